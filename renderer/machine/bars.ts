/** The one line over a screen: a notice, and what ended elsewhere. Two of them stand beside each other; more wait for room. */
import type { LateBar, Notice, TaskBar, TillScreen } from './state.ts';
import { viewName, type ViewName } from './view.ts';

export type OverBar = { readonly kind: 'late'; readonly bar: LateBar } | { readonly kind: 'task'; readonly bar: TaskBar };

/** What the line says now. */
export interface OverLine {
  readonly notice: Notice | null;
  readonly bars: readonly OverBar[];
  /** How many bars wait for room. */
  readonly waiting: number;
}

/** The line is as high as the top bar, so that it covers nothing else: only so many fit beside each other. */
const besideEachOther = 2;
const barStaysMs = 60_000;

/** These screens say a notice themselves, where it belongs. */
const saysItself: ReadonlySet<ViewName> = new Set(['sale']);

export function overLine(state: TillScreen): OverLine {
  const notice = state.notice && (state.notice.kind === 'done' || !saysItself.has(viewName(state))) ? state.notice : null;
  const all = barsInTurn(state);
  const bars = all.slice(0, besideEachOther - (notice ? 1 : 0));
  return { notice, bars, waiting: all.length - bars.length };
}

export function hasOverLine(state: TillScreen): boolean {
  const { notice, bars } = overLine(state);
  return notice !== null || bars.length > 0;
}

/** Bars leave after a minute in sight. Whoever waited for room has the whole minute from then on: no bar goes unseen. */
export function withoutOldBars(state: TillScreen): TillScreen {
  const { bars, waiting } = overLine(state);
  const old = new Set(bars.map(({ bar }) => bar).filter((bar) => !stays(bar) && state.now - bar.since >= barStaysMs));
  if (old.size === 0) return state;
  const seen = new Set(bars.map(({ bar }) => bar));
  const kept = <Bar extends LateBar | TaskBar>(all: readonly Bar[]): readonly Bar[] => (
    all.filter((bar) => !old.has(bar)).map((bar) => (waiting > 0 && !seen.has(bar) ? { ...bar, since: state.now } : bar))
  );
  return { ...state, bars: kept(state.bars), taskBars: kept(state.taskBars) };
}

/** What leaves by itself comes first; what stays until it is looked at would keep everything else from being seen. */
function barsInTurn({ bars, taskBars }: TillScreen): readonly OverBar[] {
  const late = bars.map((bar) => ({ kind: 'late', bar }) as const);
  const tasks = taskBars.map((bar) => ({ kind: 'task', bar }) as const);
  return [...late.filter(({ bar }) => !stays(bar)), ...tasks, ...late.filter(({ bar }) => stays(bar))];
}

function stays(bar: LateBar | TaskBar): boolean {
  return 'payment' in bar && bar.payment.state === 'review';
}
