/** Reconcile, the result: the rows that differ, what each moved, and a note on one. Nothing here changes the journal's payments. */
import type { ReconcileResult, ReconcileRow } from '../../core/contract/types.ts';
import { en } from '../words/en.ts';
import { zhCN } from '../words/zh-CN.ts';
import { calls, refused, stay, type Moment, type Reply, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Part } from './part.ts';
import type { PartPlace } from './places.ts';
import { openPaymentDetail } from './payment-detail.ts';
import { pressOn } from './press.ts';
import type { TillScreen } from './state.ts';
import { withStarted } from './tasks.ts';

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

/** The ready sentences of a note. What is journaled is the sentence in the shop's language. */
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
  onDigit(state, at, key, moment) {
    if (at.stage === 'rows') return moved(state, at, key);
    const ready = at.stage === 'note' ? noteDigits.find((digit) => digit === key) : undefined;
    return ready ? noted(state, at, readySentence(state, ready), moment) : refused(state);
  },
  onText: (state, at, sentence) => stay(at.stage === 'sentence' ? { ...state, place: { ...at, sentence: sentence.slice(0, noteLongest) } } : state),
  onRow: (state, at, index) => stay({ ...state, place: { ...at, index } }),
  onReply: (state, at, reply) => onReply(state, at, reply),
  onLost: (state, _at, { name }) => stay(name !== 'reconcileResult' && name !== 'exportDifferences' && name !== 'noteDifference' ? state : { ...state, notice: { kind: 'words', key: 'notice.actionFailed' } }),
};

function rowKeys(at: ReconcileResultPlace): readonly Binding[] {
  const row = ringedDifference(at);
  const back = { key: '-', word: 'cap.back', press: pressOn('reconcileResult', goBack) } as const;
  if (!row) return [{ ...back, key: 'Enter', primary: true }, { ...back, offRail: 'also' }];
  return [
    ...(differences(at).length > 1 ? [{ key: '82', word: 'cap.choose', press: refused } as const] : []),
    { key: '*', word: 'cap.note', press: pressOn('reconcileResult', (state, place) => stay({ ...state, place: { ...place, stage: 'note' } })) },
    { key: '+', word: 'cap.exportDifferences', press: pressOn('reconcileResult', (state, place) => stay(state, calls('exportDifferences', { taskId: place.taskId, format: 'xlsx' }))) },
    // Where nothing of ours stands beside it there is no evidence, and Enter would promise one.
    ...(row.ours ? [{ ...back, offRail: 'also' } as const, { key: 'Enter', word: 'cap.evidenceOf', press: pressOn('reconcileResult', openRinged), primary: true } as const] : [back]),
  ];
}

const noteKeys: readonly Binding[] = [
  { key: '*', word: 'cap.typeNote', press: pressOn('reconcileResult', (state, at) => stay({ ...state, place: { ...at, stage: 'sentence', sentence: ringedDifference(at)?.note ?? '' } })) },
  { key: '-', word: 'cap.back', press: pressOn('reconcileResult', (state, at) => stay({ ...state, place: { ...at, stage: 'rows' } })) },
];

function sentenceKeys(at: ReconcileResultPlace): readonly Binding[] {
  return [
    { key: '-', word: 'cap.back', press: pressOn('reconcileResult', (state, place) => stay({ ...state, place: { ...place, stage: 'rows' } })) },
    ...(at.sentence.trim() === '' ? [] : [{
      key: 'Enter', word: 'cap.writeNote', press: pressOn('reconcileResult', (state, place, moment) => noted(state, place, place.sentence.trim(), moment)), primary: true,
    } as const]),
  ];
}

function moved(state: TillScreen, at: ReconcileResultPlace, key: PadKey): Step {
  const rows = differences(at).length;
  const by = key === '8' || key === 'up' ? -1 : key === '2' || key === 'down' ? 1 : 0;
  if (by === 0 || rows < 2) return refused(state);
  return stay({ ...state, place: { ...at, index: (at.index + by + rows) % rows } });
}

function noted(state: TillScreen, at: ReconcileResultPlace, note: string, moment: Moment): Step {
  const row = ringedDifference(at);
  if (!row) return refused(state);
  return stay({ ...state, place: { ...at, stage: 'rows' } }, calls('noteDifference', { commandId: moment.freshId, taskId: at.taskId, index: row.index, note }));
}

function readySentence(state: TillScreen, digit: NoteDigit): string {
  return (state.status?.locale === 'en' ? en : zhCN)[`note.${digit}`];
}

function onReply(state: TillScreen, at: ReconcileResultPlace, reply: Reply): Step {
  switch (reply.name) {
    case 'reconcileResult': {
      const { reply: answer } = reply;
      if (answer && 'kind' in answer) return stay({ ...state, place: { ...at, result: 'gone' }, notice: { kind: 'message', message: answer.message } });
      return stay({ ...state, place: { ...at, result: answer ?? 'gone' } });
    }
    case 'noteDifference': {
      const { reply: answer } = reply;
      if (answer && 'kind' in answer) return stay({ ...state, notice: { kind: 'message', message: answer.message } });
      return stay(answer ? { ...state, place: { ...at, result: answer } } : { ...state, notice: { kind: 'words', key: 'notice.actionFailed' } });
    }
    case 'exportDifferences':
      if (reply.reply.kind === 'refused') return stay({ ...state, notice: { kind: 'message', message: reply.reply.message } });
      return stay(withStarted(state, reply.reply.task));
    default: return stay(state);
  }
}

function openRinged(state: TillScreen, at: ReconcileResultPlace): Step {
  const ours = ringedDifference(at)?.ours;
  return ours ? openPaymentDetail(state, ours.paymentId, at) : refused(state);
}

function goBack(state: TillScreen, at: ReconcileResultPlace): Step {
  return stay({ ...state, place: at.back ?? { name: 'counter' } });
}
