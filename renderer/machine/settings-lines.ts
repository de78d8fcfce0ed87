/** Settings that are lists of lines: the reasons of refunds (section 3), the receipt's lines (section 4). Saved as one, never at a keystroke. */
import type { SettingProblem, SettingsChange, SettingsView } from '../../core/contract/types.ts';
import { calls, refused, stay, type Reply, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Part } from './part.ts';
import { pressOn } from './press.ts';
import { askedAgain, leaveSettings, loadSettings, mayLoad, nobodyAsked, onOwnerSigned, ownerBadge, ownerDigit, ownerKeys, settingsTag, type OwnerAccess } from './settings-owner.ts';
import type { TillScreen } from './state.ts';

export type LinesSection = 'reasons' | 'receipt';
export type ListId = 'reasons' | 'header' | 'footer';

export interface LineList {
  readonly id: ListId;
  readonly lines: readonly string[];
}

export interface SettingsLinesPlace {
  readonly name: 'settingsLines';
  /** `owner`: the PIN comes first. `typing`: the ringed line is in the field. `saving`: the till has been asked. */
  readonly stage: 'owner' | 'loading' | 'form' | 'typing' | 'saving';
  readonly section: LinesSection;
  readonly access: OwnerAccess;
  readonly view: SettingsView | null;
  readonly lists: readonly LineList[];
  readonly ring: LineRow;
  /** What stands in the field. */
  readonly text: string;
  readonly problems: readonly SettingProblem[];
  /** The command that carries these lines; a repeat after a lost answer is the same one. */
  readonly sentAs: { readonly commandId: string; readonly lists: readonly LineList[] } | null;
}

/** A line of a list, or the place behind the last one, where a new one is written. */
export interface LineRow {
  readonly list: number;
  readonly line: number;
}

export const lineMost = 200;
/** A digit for each on the refund's screen, and one for a sentence of one's own. */
export const reasonsMost = 8;
const linesMost: Readonly<Record<ListId, number>> = { reasons: reasonsMost, header: 12, footer: 12 };
const listsOf: Readonly<Record<LinesSection, readonly ListId[]>> = { reasons: ['reasons'], receipt: ['header', 'footer'] };

export function openSettingsLines(state: TillScreen, section: LinesSection): Step {
  const place: SettingsLinesPlace = {
    name: 'settingsLines', stage: 'owner', section, access: nobodyAsked, view: null, lists: [], ring: { list: 0, line: 0 }, text: '', problems: [], sentAs: null,
  };
  return loaded({ ...state, menu: 'closed', place }, place);
}

/** Every row of the screen, from above. */
export function lineRows({ lists }: Pick<SettingsLinesPlace, 'lists'>): readonly LineRow[] {
  return lists.flatMap(({ id, lines }, list) => Array.from({ length: Math.max(lines.length, Math.min(lines.length + 1, linesMost[id])) }, (_, line) => ({ list, line })));
}

export function lineText({ lists }: Pick<SettingsLinesPlace, 'lists'>, row: LineRow): string | null {
  return lists[row.list]?.lines[row.line] ?? null;
}

export function isChanged(at: SettingsLinesPlace): boolean {
  return at.view !== null && JSON.stringify(at.lists) !== JSON.stringify(listsFrom(at.section, at.view));
}

export const settingsLines: Part<SettingsLinesPlace> = {
  keys: keysOf,
  busy: (at) => at.stage === 'saving',
  digits: (at) => (at.stage === 'owner' ? 'text' : at.stage === 'form' ? 'move' : 'none'),
  onDigit(state, at, key) {
    if (at.stage === 'form') return onMove(state, at, key);
    const next = at.stage === 'owner' ? ownerDigit(state, at.access, key) : null;
    return next ? stay({ ...state, place: { ...at, access: next.access } }, ...next.requests) : refused(state);
  },
  onText: (state, at, text) => stay(at.stage === 'typing' ? { ...state, place: { ...at, text: text.slice(0, lineMost) } } : state),
  onRow(state, at, index) {
    const ring = lineRows(at)[index];
    return ring && at.stage === 'form' ? stay({ ...state, place: { ...at, ring } }) : stay(state);
  },
  onHoldDelete: (state, at) => stay(at.stage === 'owner' && !at.access.pin.sent ? { ...state, place: { ...at, access: { ...at.access, pin: nobodyAsked.pin } } } : state),
  onScan(state, at, scan) {
    if (at.stage !== 'owner' || scan.kind !== 'badge') return null;
    const next = ownerBadge(at.access, scan.scanId);
    return stay({ ...state, place: { ...at, access: next.access } }, ...next.requests);
  },
  onReply,
  onLost(state, at, lost) {
    if (lost.tag !== settingsTag && lost.tag !== at.sentAs?.commandId) return stay(state);
    if (lost.name === 'saveSettings') return stay({ ...state, place: { ...at, stage: 'form' }, notice: { kind: 'words', key: 'notice.settingsUnclear' } });
    const next = at.stage === 'loading' ? leaveSettings(state) : stay({ ...state, place: { ...at, access: nobodyAsked } });
    return { ...next, state: { ...next.state, notice: { kind: 'words', key: 'notice.actionFailed' } } };
  },
};

/** Asks for the settings as soon as somebody who may stands there; a till that is handed over to somebody else closes them. */
export function linesWithOwner(state: TillScreen, at: SettingsLinesPlace): Step | null {
  if (at.stage === 'owner') return mayLoad(state, at.access) ? loaded(state, at) : null;
  return mayLoad(state, at.access) ? null : openSettingsLines(state, at.section);
}

function loaded(state: TillScreen, at: SettingsLinesPlace): Step {
  return mayLoad(state, at.access) ? stay({ ...state, place: { ...at, stage: 'loading' } }, loadSettings) : stay({ ...state, place: { ...at, stage: 'owner' } });
}

function onReply(state: TillScreen, at: SettingsLinesPlace, reply: Reply): Step {
  if (reply.name === 'signIn' && reply.tag === settingsTag) return onOwnerSigned(state, at.access, reply, (access) => ({ ...at, access }));
  if (reply.name === 'settings' && at.stage === 'loading') return onSettings(state, at, reply.reply);
  return reply.name === 'saveSettings' && reply.tag === at.sentAs?.commandId ? onSaved(state, at, reply.reply) : stay(state);
}

function onSettings(state: TillScreen, at: SettingsLinesPlace, answer: Extract<Reply, { name: 'settings' }>['reply']): Step {
  if (answer.kind === 'settings') {
    const { settings } = answer;
    // What was typed before the PIN was asked for again is still meant, where the file is the same.
    const lists = at.view?.mark === settings.mark ? at.lists : listsFrom(at.section, settings);
    return stay({ ...state, place: { ...at, stage: 'form', access: { ...nobodyAsked, signed: at.access.signed }, view: settings, lists } });
  }
  if (answer.kind !== 'refused') return stay({ ...state, place: { ...at, stage: 'owner', access: askedAgain(answer) } });
  return { ...leaveSettings(state), state: { ...leaveSettings(state).state, notice: { kind: 'message', message: answer.message } } };
}

function onSaved(state: TillScreen, at: SettingsLinesPlace, answer: Extract<Reply, { name: 'saveSettings' }>['reply']): Step {
  switch (answer.kind) {
    case 'saved':
      return stay({ ...state, place: fresh(at, answer.settings), notice: { kind: 'done', key: answer.settings.kept ? 'notice.settingsSaved' : 'notice.settingsSavedTraining' } }, { kind: 'loadStatus' });
    case 'changedMeanwhile':
      return stay({ ...state, place: fresh(at, answer.settings), notice: { kind: 'message', message: answer.message } });
    case 'wrong':
      return stay({ ...state, place: { ...at, stage: 'form', problems: answer.problems, sentAs: null, ring: rowOfProblem(at, answer.problems[0]) } });
    case 'refused':
      return stay({ ...state, place: { ...at, stage: 'form', sentAs: null }, notice: { kind: 'message', message: answer.message } });
    // Of gateways alone.
    case 'hanging':
      return stay({ ...state, place: { ...at, stage: 'form', sentAs: null } });
    default:
      return stay({ ...state, place: { ...at, stage: 'owner', sentAs: null, access: askedAgain(answer) } });
  }
}

function fresh(at: SettingsLinesPlace, view: SettingsView): SettingsLinesPlace {
  return { ...at, stage: 'form', view, lists: listsFrom(at.section, view), problems: [], sentAs: null };
}

function listsFrom(section: LinesSection, view: SettingsView): readonly LineList[] {
  const lines = { reasons: view.refundReasons, header: view.receipt.header, footer: view.receipt.footer };
  return listsOf[section].map((id) => ({ id, lines: lines[id] }));
}

/** `receipt.footer[1]` is a line; whatever else is wrong rings the first. */
function rowOfProblem(at: SettingsLinesPlace, problem: SettingProblem | undefined): LineRow {
  const found = /\.(\w+)\[(\d+)\]$/.exec(problem?.key ?? '');
  const list = at.lists.findIndex(({ id }) => id === found?.[1]);
  return found && list >= 0 ? { list, line: Number(found[2]) } : { list: 0, line: 0 };
}

// ---- keys

function keysOf(at: SettingsLinesPlace): readonly Binding[] {
  switch (at.stage) {
    case 'owner': return ownerKeys(at.access, pressOn('settingsLines', leaveSettings), (state, access) => ({ ...state, place: { ...at, access } }));
    case 'loading': return [{ key: '-', word: 'cap.backToSale', press: pressOn('settingsLines', leaveSettings) }];
    case 'typing': return [{ key: '-', word: 'cap.leaveLine', press: leaveLine }, { key: 'Enter', word: at.text.trim() === '' && lineText(at, at.ring) !== null ? 'cap.removeLine' : 'cap.lineDone', press: lineDone, primary: true }];
    case 'form': return formKeys(at);
    case 'saving': return [];
  }
}

function formKeys(at: SettingsLinesPlace): readonly Binding[] {
  const isLine = lineText(at, at.ring) !== null;
  const changed = isChanged(at);
  const list: Binding[] = [];
  if (lineRows(at).length > 1) list.push({ key: '82', word: 'cap.chooseLine', press: refused });
  if (isLine && (at.lists[at.ring.list]?.lines.length ?? 0) > 1) list.push({ key: '46', word: 'cap.order', press: refused });
  // With the caps of a change the rail is full; the empty row adds as well.
  if (mayAdd(at)) list.push({ key: '+', word: 'cap.addLine', press: addLine, ...(changed ? { offRail: 'also' as const } : {}) });
  list.push({ key: '*', word: isLine ? 'cap.changeLine' : 'cap.writeLine', press: typeLine, ...(changed ? {} : { offRail: 'also' as const }) });
  list.push(changed ? { key: '-', word: 'cap.doNotSave', press: drop } : { key: '-', word: 'cap.back', press: pressOn('settingsLines', leaveSettings) });
  list.push(changed ? { key: 'Enter', word: 'cap.save', press: save, primary: true } : { key: 'Enter', word: isLine ? 'cap.changeLine' : 'cap.writeLine', press: typeLine, primary: true });
  return list;
}

function mayAdd(at: SettingsLinesPlace): boolean {
  const list = at.lists[at.ring.list];
  return list !== undefined && list.lines.length < linesMost[list.id];
}

/** `8` `2` choose a line, `4` `6` put it earlier or later. */
function onMove(state: TillScreen, at: SettingsLinesPlace, key: PadKey): Step {
  if (key === '4' || key === 'left') return onOrder(state, at, -1);
  if (key === '6' || key === 'right') return onOrder(state, at, 1);
  const by = key === '8' || key === 'up' ? -1 : key === '2' || key === 'down' ? 1 : 0;
  const rows = lineRows(at);
  if (by === 0 || rows.length < 2) return refused(state);
  const index = rows.findIndex((row) => row.list === at.ring.list && row.line === at.ring.line);
  const ring = rows[(index + by + rows.length) % rows.length];
  return ring ? stay({ ...state, place: { ...at, ring } }) : refused(state);
}

function onOrder(state: TillScreen, at: SettingsLinesPlace, by: 1 | -1): Step {
  const list = at.lists[at.ring.list];
  const text = lineText(at, at.ring);
  if (!list || text === null || list.lines.length < 2) return refused(state);
  const others = list.lines.filter((_, line) => line !== at.ring.line);
  const line = (at.ring.line + by + list.lines.length) % list.lines.length;
  return stay({ ...state, place: withLines({ ...at, ring: { ...at.ring, line } }, [...others.slice(0, line), text, ...others.slice(line)]) });
}

function withLines(at: SettingsLinesPlace, lines: readonly string[]): SettingsLinesPlace {
  return { ...at, problems: [], lists: at.lists.map((list, index) => (index === at.ring.list ? { ...list, lines } : list)) };
}

const typeLine = pressOn('settingsLines', (state, at) => stay({ ...state, place: { ...at, stage: 'typing', text: lineText(at, at.ring) ?? '' } }));
const addLine = pressOn('settingsLines', (state, at) => {
  const ring = { ...at.ring, line: at.lists[at.ring.list]?.lines.length ?? 0 };
  return stay({ ...state, place: { ...at, stage: 'typing', ring, text: '' } });
});
const leaveLine = pressOn('settingsLines', (state, at) => stay({ ...state, place: { ...at, stage: 'form' } }));
const drop = pressOn('settingsLines', (state, at) => (at.view ? stay({ ...state, place: { ...fresh(at, at.view), ring: { list: 0, line: 0 } } }) : refused(state)));

/** An empty line takes the line away; a new one is put behind the others. */
const lineDone = pressOn('settingsLines', (state, at) => {
  const text = at.text.trim();
  const lines = at.lists[at.ring.list]?.lines ?? [];
  const isNew = at.ring.line >= lines.length;
  const next = text !== '' ? [...lines.slice(0, at.ring.line), text, ...lines.slice(at.ring.line + 1)] : isNew ? lines : lines.filter((_, line) => line !== at.ring.line);
  const place = withLines({ ...at, stage: 'form' }, next);
  return stay({ ...state, place: text !== '' && isNew ? { ...place, ring: { ...at.ring, line: lines.length } } : place });
});

const save = pressOn('settingsLines', (state, at, moment) => {
  if (!at.view || !isChanged(at)) return refused(state);
  const commandId = at.sentAs !== null && at.sentAs.lists === at.lists ? at.sentAs.commandId : moment.freshId;
  const lines = (id: ListId): readonly string[] => at.lists.find((list) => list.id === id)?.lines ?? [];
  const change: SettingsChange = at.section === 'reasons' ? { refundReasons: lines('reasons') } : { receipt: { header: lines('header'), footer: lines('footer') } };
  return stay({ ...state, place: { ...at, stage: 'saving', sentAs: { commandId, lists: at.lists } } }, calls('saveSettings', { commandId, mark: at.view.mark, change }, commandId));
});
