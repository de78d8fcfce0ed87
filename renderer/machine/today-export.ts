/** What `+` offers on Today: a file of the days that are chosen, in a folder that is there, and reconciling. */
import type { ExportFormat, TaskReply, TillCalls } from '../../core/contract/types.ts';
import { shopDayOf, spanOf, type DaySpan } from './days.ts';
import { calls, refused, stay, type Moment, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import { pressOn } from './press.ts';
import { openReconcile } from './reconcile.ts';
import { openResult } from './reconcile-result.ts';
import type { TillScreen } from './state.ts';
import { lastReconciled, withStarted } from './tasks.ts';
import type { TodayPlace } from './today.ts';
import { left } from './today-rows.ts';

/** Opens it, and asks where files can go. */
export const exportKey: Binding = { key: '+', word: 'cap.export', press: pressOn('today', (state, at) => stay({ ...state, place: { ...at, stage: 'export' } }, calls('exportFolders', {}))) };

/** What `+` offers, each on its digit. `5` only where something was reconciled in this sitting. */
const exportFormats: Readonly<Record<'1' | '2' | '3', ExportFormat>> = { 1: 'xlsx', 2: 'csv', 3: 'pdf' };

export function onExportDigit(state: TillScreen, at: TodayPlace, key: PadKey, moment: Moment): Step {
  const back: TodayPlace = left({ ...at, stage: 'list' });
  if (key === '4') return openReconcile(state, back);
  if (key === '5') {
    const task = lastReconciled(state);
    return task ? openResult(state, task.taskId, back) : refused(state);
  }
  const format = key === '1' || key === '2' || key === '3' ? exportFormats[key] : null;
  if (!format || !state.status) return refused(state);
  const days = spanOf(at.day, at.span, shopDayOf(state.now, state.status));
  return stay({ ...state, place: { ...at, stage: 'list', exported: days } }, calls('startExport', { commandId: moment.freshId, ...days, format, ...(at.folder === null ? {} : { folder: at.folder }) }));
}

const nextSpan: Readonly<Record<DaySpan, DaySpan>> = { day: 'week', week: 'month', month: 'day' };

export function exportKeys({ folders }: TodayPlace): readonly Binding[] {
  return [
    { key: '*', word: 'cap.otherDays', press: pressOn('today', (state, at) => stay({ ...state, place: { ...at, span: nextSpan[at.span] } })) },
    ...((folders?.length ?? 0) > 1 ? [{ key: '+', word: 'cap.otherFolder', press: pressOn('today', (state, at) => stay({ ...state, place: { ...at, folder: nextFolder(at) } })) } as const] : []),
    { key: '-', word: 'cap.back', press: pressOn('today', (state, at) => stay({ ...state, place: { ...at, stage: 'list' } })) },
  ];
}

/** The folder that a file goes to; null until the till has said so. */
export function exportFolder({ folder, folders }: TodayPlace): string | null {
  return folder ?? folders?.[0] ?? null;
}

function nextFolder(at: TodayPlace): string | null {
  const folders = at.folders ?? [];
  return folders[(folders.indexOf(exportFolder(at) ?? '') + 1) % Math.max(1, folders.length)] ?? null;
}

/** With the folders as the till has just found them: a stick that was chosen may be gone. */
export function withFolders(at: TodayPlace, { folder, folders }: TillCalls['exportFolders'][1]): TodayPlace {
  return { ...at, folders: [folder, ...folders.filter((other) => other !== folder)], folder: at.folder !== null && folders.includes(at.folder) ? at.folder : null };
}

export function onExportStarted(state: TillScreen, at: TodayPlace, reply: TaskReply): Step {
  if (reply.kind === 'refused') return stay({ ...state, notice: { kind: 'message', message: reply.message } });
  return stay({ ...withStarted(state, reply.task), place: { ...at, taskId: reply.task.taskId } });
}
