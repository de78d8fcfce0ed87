/** Long work of the till as the screens follow it: what runs stands on the status bar, what ended says so once, in a bar. */
import type { LongTask } from '../../core/contract/types.ts';
import type { TaskBar, TillScreen } from './state.ts';

/** Work that is over sooner is not worth a word. */
export const progressAfterMs = 1000;
/** Before this nobody knows how long the rest takes. */
const restKnownAfterMs = 3000;
const barsMost = 6;

/** A task as the till tells it: kept with the status, and a bar where it has just ended. */
export function onTask(state: TillScreen, task: LongTask): TillScreen {
  const before = taskById(state, task.taskId);
  const next = withTask(state, task);
  const ended = task.state === 'done' || task.state === 'failed';
  if (!ended || before?.state === task.state) return next;
  const others = next.taskBars.filter((bar) => bar.task.taskId !== task.taskId);
  return { ...next, taskBars: [...others, { task, since: state.now } satisfies TaskBar].slice(-barsMost) };
}

/** Puts a task beside the others of the status, in place of its older word. */
export function withTask(state: TillScreen, task: LongTask): TillScreen {
  if (!state.status) return state;
  const others = state.status.tasks.filter(({ taskId }) => taskId !== task.taskId);
  return { ...state, status: { ...state.status, tasks: [...others, task] } };
}

/** A task that was just begun; its end may already be known, and stays. */
export function withStarted(state: TillScreen, task: LongTask): TillScreen {
  return taskById(state, task.taskId) ? state : withTask(state, task);
}

export function taskById(state: TillScreen, taskId: string): LongTask | null {
  return state.status?.tasks.find((task) => task.taskId === taskId) ?? state.taskBars.find(({ task }) => task.taskId === taskId)?.task ?? null;
}

/** What runs long enough to be named. */
export function runningTasks(state: TillScreen): readonly LongTask[] {
  return (state.status?.tasks ?? []).filter((task) => task.state === 'running' && state.now - task.startedAt >= progressAfterMs);
}

/** The newest match that is done and whose result can still be looked at from here. */
export function lastReconciled(state: TillScreen): LongTask | null {
  return (state.status?.tasks ?? []).findLast((task) => task.kind === 'reconcile' && task.state === 'done') ?? null;
}

/** Whole per cent of the work that is done; null while nobody knows how much there is. */
export function percentDone({ done, total }: LongTask): number | null {
  return total === null || total === 0 ? null : Math.min(100, Math.floor((done * 100) / total));
}

/** How long it has run and how long it will, in whole seconds; the rest is null while it is a guess. */
export function taskSeconds(task: LongTask, now: number): { readonly so: number; readonly rest: number | null } {
  const elapsed = Math.max(0, now - task.startedAt);
  const known = elapsed >= restKnownAfterMs && task.total !== null && task.done > 0;
  return { so: Math.floor(elapsed / 1000), rest: known ? Math.max(1, Math.ceil((elapsed * (task.total - task.done)) / task.done / 1000)) : null };
}
