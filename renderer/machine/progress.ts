/** Long work on screen: it can be left alone or cancelled, and it shows nothing of itself in its first second. */
import type { LongTask } from '../../core/contract/types.ts';
import type { Days } from './days.ts';
import { calls, refused, stay, type Step } from './inputs.ts';
import type { Part } from './part.ts';
import { openResult } from './reconcile-result.ts';
import type { Place, TillScreen } from './state.ts';
import { taskById } from './tasks.ts';

export interface ProgressPlace {
  readonly name: 'progress';
  readonly stage: 'running' | 'cancelling';
  readonly task: LongTask;
  /** The days that an export covers; null where it has none. */
  readonly days: Days | null;
  /** Where it was begun, and where a cancelled one leads back to. */
  readonly back: Place;
}

/** Shows a task that runs longer than a second. */
export function openProgress(state: TillScreen, task: LongTask, back: Place, days: Days | null): Step {
  return stay({ ...state, place: { name: 'progress', stage: 'running', task, days, back } });
}

/** The line on the status bar leads to the work, the bar of a match that is done to its result; other bars have said what they say. */
export function onTaskTouched(state: TillScreen, taskId: string): Step {
  const task = taskById(state, taskId);
  if (task?.state === 'done' && task.kind === 'reconcile') return openResult(state, taskId);
  if (task?.state === 'running') return openProgress(state, task, state.place, null);
  return stay({ ...state, taskBars: state.taskBars.filter((bar) => bar.task.taskId !== taskId) });
}

export const progress: Part<ProgressPlace> = {
  digits: () => 'none',
  keys: (at) => [
    ...(at.stage === 'running' ? [{ key: '-', word: at.task.kind === 'export' ? 'cap.cancelExport' : 'cap.cancelWork', press: cancel } as const] : []),
    { key: 'Enter', word: 'cap.backToSale', press: (state) => stay({ ...state, place: { name: 'counter' } }), primary: true },
  ],
  onTick(state, at) {
    const task = taskById(state, at.task.taskId);
    if (task === null || task === at.task) return stay(state);
    if (task.state === 'running') return stay({ ...state, place: { ...at, task } });
    if (task.state === 'done' && task.kind === 'reconcile') return openResult(state, task.taskId, at.back.name === 'reconcile' ? at.back : null);
    const back = { ...state, place: at.back };
    return stay(task.state === 'cancelled' ? { ...back, notice: { kind: 'words', key: task.kind === 'export' ? 'notice.exportCancelled' : 'notice.workCancelled' } } : back);
  },
  onLost: (state, at, { name }) => stay(name !== 'cancelTask' ? state : { ...state, place: { ...at, stage: 'running' }, notice: { kind: 'words', key: 'notice.actionFailed' } }),
};

function cancel(state: TillScreen): Step {
  const { place: at } = state;
  return at.name === 'progress' ? stay({ ...state, place: { ...at, stage: 'cancelling' } }, calls('cancelTask', { taskId: at.task.taskId })) : refused(state);
}
