/** Closing the shift: the checks, a blind count, the difference as a fact with its reason, what stays in the drawer, and the Z. */
import { message } from '../../core/contract/messages.ts';
import type { Amount, CountView, ShiftView } from '../../core/contract/types.ts';
import { amountWithSign, makeAmount } from '../../core/money/amount.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { countedMinor, countedPieces, emptyCount, movedRow, noCounts, typeCount } from './counting.ts';
import { openDrawer } from './drawer.ts';
import { deleteDigit, emptyEntry, entryOf, entryTotal, typeKey, type AmountKey, type Entry } from './entry.ts';
import { calls, refused, stay, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Part } from './part.ts';
import { pressOn } from './press.ts';
import { chosenIndex, isSentence, reasonText, sentenceMost, type Reason } from './reasons.ts';
import { drawerRules, openShiftOpen } from './shift-open.ts';
import { openX } from './shift-x.ts';
import { openZ } from './shift-z.ts';
import type { TillScreen } from './state.ts';

export interface ShiftClosePlace {
  readonly name: 'shiftClose';
  /** `sent`: the till is counting or closing. `sentence`: a reason in one's own words. `takings`: what stays in the drawer. */
  readonly stage: 'count' | 'sent' | 'difference' | 'sentence' | 'takings';
  readonly shift: ShiftView | null;
  readonly row: number;
  /** The newest count, once it was journaled; absent until then, so that the count is blind. */
  readonly count: CountView | null;
  readonly reason: Reason | null;
  readonly entry: Entry;
  /** The entry is the float, as a suggestion: the first digit replaces it. */
  readonly isSuggested: boolean;
  /** What stays for the next shift; null leaves all of it. */
  readonly leftMinor: number | null;
  /** The command under way; kept where its answer was lost, so that the repeat is the same one. */
  readonly commandId: string | null;
}

const tag = 'shiftClose';
export const differenceReasons: readonly WordKey[] = ['reason.wrongChange', 'reason.notBooked', 'reason.moveNotBooked', 'reason.notKnown', 'reason.other'];

/** `/` `5`: what fits, open or close. */
export function openShift(state: TillScreen): Step {
  if (!state.status?.shift) return openShiftOpen(state);
  const place: ShiftClosePlace = {
    name: 'shiftClose', stage: 'count', shift: null, row: 0, count: null, reason: null, entry: emptyEntry, isSuggested: false, leftMinor: null, commandId: null,
  };
  return stay({ ...state, menu: 'closed', place }, calls('shift', {}, tag));
}

export const shiftClose: Part<ShiftClosePlace> = {
  keys: (at, state) => keysOf[at.stage](at, state),
  digits: (at) => digitsOf(at),
  onDigit(state, at, key) {
    if (at.stage === 'difference') return onReasonDigit(state, at, key);
    if (at.stage === 'takings') return onTakingsKey(state, at, key);
    return at.shift && at.stage === 'count' ? onCountKey(state, at, key, at.shift.denominations) : refused(state);
  },
  onText: (state, at, text) => stay(at.stage === 'sentence' && at.reason ? { ...state, place: { ...at, reason: { ...at.reason, sentence: text.slice(0, sentenceMost) } } } : state),
  onHoldDelete: (state, at) => stay(at.stage === 'takings' ? { ...state, place: { ...at, entry: emptyEntry, isSuggested: false } } : state),
  onRow: (state, at, index) => stay(at.stage === 'count' ? { ...state, place: { ...at, row: index } } : state),
  onReply(state, at, reply) {
    if (reply.name === 'shift' && reply.tag === tag) return onShift(state, at, reply.reply);
    if (reply.tag !== at.commandId) return stay(state);
    if (reply.name === 'countDrawer') return onCounted(state, at, reply.reply);
    if (reply.name !== 'closeShift') return stay(state);
    const answer = reply.reply;
    if (answer.kind !== 'closed') return stay({ ...state, place: { ...at, stage: restingStage(at), commandId: null }, notice: { kind: 'message', message: answer.message } });
    const opened = openZ({ ...state, drawerCounts: noCounts }, answer.z.report.number, answer.z);
    return stay(opened.state, ...opened.requests, { kind: 'loadStatus' });
  },
  onLost(state, at, lost) {
    if (lost.tag !== at.commandId) return stay(state);
    return stay({ ...state, place: { ...at, stage: restingStage(at) }, notice: { kind: 'words', key: 'notice.actionFailed' } });
  },
};

/** What was counted so far in the rows on screen. */
export function countedSoFar(state: TillScreen, at: ShiftClosePlace): Amount | null {
  const rules = drawerRules(state);
  return rules && at.shift && makeAmount(countedMinor(state.drawerCounts, at.shift.denominations), rules.currency);
}

/** What stays in the drawer and what is taken out, by what is typed; null where more would stay than was counted. */
export function takingsOf(state: TillScreen, at: ShiftClosePlace): { readonly stays: Amount; readonly out: Amount | null } | null {
  const rules = drawerRules(state);
  if (!rules || !at.count) return null;
  const stays = entryTotal(at.entry, rules);
  const outMinor = at.count.counted.minor - stays.minor;
  return { stays, out: outMinor < 0 ? null : makeAmount(outMinor, rules.currency) };
}

function restingStage(at: ShiftClosePlace): ShiftClosePlace['stage'] {
  return at.count === null ? 'count' : 'difference';
}

function digitsOf(at: ShiftClosePlace): 'text' | 'choice' | 'none' {
  if (at.stage === 'count') return at.shift?.drawer === false ? 'none' : 'text';
  if (at.stage === 'takings') return 'text';
  return at.stage === 'difference' && at.count?.differenceMinor !== 0 ? 'choice' : 'none';
}

const keysOf: Readonly<Record<ShiftClosePlace['stage'], (at: ShiftClosePlace, state: TillScreen) => readonly Binding[]>> = {
  count: countKeys,
  sent: () => [],
  difference: (at) => [
    ...(at.count?.recountUsed ? [] : [{ key: '+', word: 'cap.recount', press: recount } as const]),
    { key: '*', word: 'cap.takings', press: toTakings },
    { key: '-', word: 'cap.notYet', press: leave },
    { key: 'Enter', word: 'cap.closeShift', press: close, primary: true },
  ],
  sentence: (at) => [
    { key: '-', word: 'cap.back', press: dropSentence },
    ...((at.reason?.sentence ?? '').trim() === '' ? [] : [{ key: 'Enter', word: 'cap.useReason', press: toDifference, primary: true } as const]),
  ],
  takings: (at, state) => {
    const takings = takingsOf(state, at);
    return [
      at.entry.typed === '' ? { key: '-', word: 'cap.back', press: toDifference } : { key: '-', word: 'cap.delete', press: deleteTakings },
      ...(at.entry.typed !== '' && takings ? [{ key: 'Enter', word: 'cap.takeOut', values: { amount: takings.out ? amountWithSign(takings.out) : '' }, press: takeOut, primary: true } as const] : []),
    ];
  },
};

function countKeys(at: ShiftClosePlace, state: TillScreen): readonly Binding[] {
  if (!at.shift?.current) return [{ key: '-', word: 'cap.back', press: leave }];
  const x: Binding = { key: '*', word: 'cap.xReport', press: openX };
  if (!at.shift.drawer) return [{ key: '-', word: 'cap.notYet', press: leave }, x, { key: 'Enter', word: 'cap.closeShift', press: close, primary: true }];
  const value = at.shift.denominations[at.row];
  const isTyped = value !== undefined && (state.drawerCounts[value.minor] ?? '') !== '';
  const isLast = at.row >= at.shift.denominations.length - 1;
  return [
    isTyped ? { key: '-', word: 'cap.emptyField', press: erase } : at.row === 0 ? { key: '-', word: 'cap.notYet', press: leave } : { key: '-', word: 'cap.rowAbove', press: rowAbove },
    { key: '+', word: 'cap.cashMove', press: openDrawer },
    x,
    isLast ? { key: 'Enter', word: 'cap.showDifference', press: counted, primary: true } : { key: 'Enter', word: 'cap.nextRow', press: nextRow, primary: true },
  ];
}

function onShift(state: TillScreen, at: ShiftClosePlace, shift: ShiftView): Step {
  // Closed from elsewhere meanwhile.
  if (shift.current === null) return openShiftOpen(state);
  const { count } = shift.current;
  const stage = at.stage === 'count' && at.count === null && count !== null ? 'difference' : at.stage;
  return stay({ ...state, place: { ...at, shift, stage, count: at.count ?? count } });
}

type CountAnswer = Extract<Parameters<NonNullable<Part<ShiftClosePlace>['onReply']>>[2], { name: 'countDrawer' }>['reply'];

function onCounted(state: TillScreen, at: ShiftClosePlace, answer: CountAnswer): Step {
  if (answer.kind === 'counted') return stay({ ...state, place: { ...at, stage: 'difference', count: answer.count, commandId: null, leftMinor: null } });
  return stay({ ...state, place: { ...at, stage: 'count', commandId: null }, notice: { kind: 'message', message: answer.message } });
}

function onCountKey(state: TillScreen, at: ShiftClosePlace, key: PadKey, values: readonly Amount[]): Step {
  const row = movedRow(at.row, key, values.length);
  if (row !== null) return stay({ ...state, place: { ...at, row } });
  const value = values[at.row];
  const drawerCounts = value ? typeCount(state.drawerCounts, value, key) : null;
  return drawerCounts ? stay({ ...state, drawerCounts, place: { ...at, commandId: null } }) : refused(state);
}

function onReasonDigit(state: TillScreen, at: ShiftClosePlace, key: PadKey): Step {
  const index = chosenIndex(key, differenceReasons);
  if (index === null) return refused(state);
  if (!isSentence(index, differenceReasons)) return stay({ ...state, place: { ...at, reason: { index, sentence: null } } });
  return stay({ ...state, place: { ...at, stage: 'sentence', reason: { index, sentence: at.reason?.sentence ?? '' } } });
}

function onTakingsKey(state: TillScreen, at: ShiftClosePlace, key: PadKey): Step {
  const rules = drawerRules(state);
  const entry = rules && /^[0-9.]/.test(key) ? typeKey(at.isSuggested ? emptyEntry : at.entry, key as AmountKey, rules) : null;
  return entry ? stay({ ...state, place: { ...at, entry, isSuggested: false } }) : refused(state);
}

const leave = pressOn('shiftClose', (state) => stay({ ...state, place: { name: 'counter' } }));
const nextRow = pressOn('shiftClose', (state, at) => stay({ ...state, place: { ...at, row: at.row + 1 } }));
const rowAbove = pressOn('shiftClose', (state, at) => stay({ ...state, place: { ...at, row: Math.max(0, at.row - 1) } }));

const erase = pressOn('shiftClose', (state, at) => {
  const value = at.shift?.denominations[at.row];
  return value ? stay({ ...state, drawerCounts: emptyCount(state.drawerCounts, value), place: { ...at, commandId: null } }) : refused(state);
});

const counted = pressOn('shiftClose', (state, at, moment) => {
  const sum = countedSoFar(state, at);
  if (!sum || !at.shift) return refused(state);
  const commandId = at.commandId ?? moment.freshId;
  const request = { commandId, countedMinor: sum.minor, denominations: countedPieces(state.drawerCounts, at.shift.denominations) };
  return stay({ ...state, place: { ...at, stage: 'sent', commandId } }, calls('countDrawer', request, commandId));
});

const recount = pressOn('shiftClose', (state, at) => stay({ ...state, place: { ...at, stage: 'count', row: 0, commandId: null } }));
const toDifference = pressOn('shiftClose', (state, at) => stay({ ...state, place: { ...at, stage: 'difference' } }));
const dropSentence = pressOn('shiftClose', (state, at) => stay({ ...state, place: { ...at, stage: 'difference', reason: null } }));

const toTakings = pressOn('shiftClose', (state, at) => {
  const rules = drawerRules(state);
  const float = at.shift?.current?.float;
  return rules ? stay({ ...state, place: { ...at, stage: 'takings', entry: float ? entryOf(float, rules) : emptyEntry, isSuggested: true } }) : refused(state);
});

const deleteTakings = pressOn('shiftClose', (state, at) => {
  const rules = drawerRules(state);
  return rules ? stay({ ...state, place: { ...at, entry: at.isSuggested ? emptyEntry : deleteDigit(at.entry, rules), isSuggested: false } }) : refused(state);
});

const takeOut = pressOn('shiftClose', (state, at) => {
  const takings = takingsOf(state, at);
  if (!takings) return refused(state);
  if (takings.out === null) return stay({ ...state, notice: { kind: 'message', message: message('takingsTooMuch') } });
  return stay({ ...state, place: { ...at, stage: 'difference', leftMinor: takings.stays.minor } });
});

const close = pressOn('shiftClose', (state, at, moment) => {
  if (at.shift?.drawer !== false && !at.count) return refused(state);
  const differs = at.count !== null && at.count.differenceMinor !== 0;
  if (differs && !at.reason) return stay({ ...state, notice: { kind: 'message', message: message('differenceReasonMissing') } });
  const commandId = at.commandId ?? moment.freshId;
  const request = {
    commandId,
    ...(differs && at.reason ? { differenceReason: reasonText(state, at.reason, differenceReasons) } : {}),
    ...(at.leftMinor === null ? {} : { leftMinor: at.leftMinor }),
  };
  return stay({ ...state, place: { ...at, stage: 'sent', commandId } }, calls('closeShift', request, commandId));
});
