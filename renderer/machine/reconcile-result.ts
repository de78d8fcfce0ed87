/** Reconcile, the result: the rows that differ, what each moved, and a note on one. Nothing here changes the journal's payments. */
import type { ReconcileResult, ReconcileRow } from '../../core/contract/types.ts';
import { openEvidence } from './evidence.ts';
import { calls, refused, stay, type Moment, type Reply, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Part, Press } from './part.ts';
import type { PartPlace } from './places.ts';
import type { TillScreen } from './state.ts';
import { withTask } from './tasks.ts';

export interface ReconcileResultPlace {
  readonly name: 'reconcileResult';
  /** `note`: one of the ready sentences, by its digit; `sentence`: one that is typed. */
  readonly stage: 'rows' | 'note' | 'sentence';
  readonly taskId: string;
  /** Null until it is here; `gone` where the till doesn't keep it any more. */
  readonly result: ReconcileResult | 'gone' | null;
  readonly index: number;
  readonly sentence: string;
  /** Where `−` leads: the file, or Sale where it isn't known any more. */
  readonly back: PartPlace | null;
}

/** The ready sentences of a note; what is journaled is the sentence in the shop's language, which the screen hands over. */
export const noteDigits = ['1', '2', '3', '4'] as const;
export type NoteDigit = (typeof noteDigits)[number];
/** A sentence, not a letter. */
export const noteLongest = 200;

export function openResult(state: TillScreen, taskId: string, back: PartPlace | null = null): Step {
  const place: ReconcileResultPlace = { name: 'reconcileResult', stage: 'rows', taskId, result: null, index: 0, sentence: '', back };
  return stay({ ...state, menu: 'closed', place, taskBars: state.taskBars.filter((bar) => bar.task.taskId !== taskId) }, calls('reconcileResult', { taskId }));
}

export function differences(at: ReconcileResultPlace): readonly ReconcileRow[] {
  return at.result === null || at.result === 'gone' ? [] : at.result.differences;
}

export function ringedDifference(at: ReconcileResultPlace): ReconcileRow | null {
  return differences(at)[at.index] ?? null;
}

export const reconcileResult: Part<ReconcileResultPlace> = {
  digits: (at) => (at.stage === 'rows' ? 'move' : at.stage === 'note' ? 'choice' : 'text'),
  keys: (at) => (at.stage === 'rows' ? rowKeys(at) : at.stage === 'note' ? noteKeys : sentenceKeys(at)),
  onDigit(state, at, key) {
    if (at.stage === 'rows') return moved(state, at, key);
    if (at.stage === 'note' && noteDigits.some((digit) => digit === key)) return noted(state, at, `note.${key}`);
    return refused(state);
  },
  onText: (state, at, sentence) => stay(at.stage === 'sentence' ? { ...state, place: { ...at, sentence: sentence.slice(0, noteLongest) } } : state),
  onRow: (state, at, index) => stay({ ...state, place: { ...at, index } }),
  onReply: (state, at, reply) => onReply(state, at, reply),
  onLost: (state) => stay({ ...state, notice: { kind: 'words', key: 'notice.actionFailed' } }),
};
