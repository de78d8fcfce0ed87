/** Opening the shift: the checks, and the float as one sum or note by note. What the last shift left is compared after Enter. */
import type { Amount, ShiftView } from '../../core/contract/types.ts';
import { amountWithSign, makeAmount } from '../../core/money/amount.ts';
import { countedMinor, countedPieces, emptyCount, movedRow, noCounts, typeCount } from './counting.ts';
import { deleteDigit, emptyEntry, entryTotal, typeKey, type AmountKey, type Entry, type EntryRules } from './entry.ts';
import { calls, refused, stay, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Part } from './part.ts';
import { pressOn } from './press.ts';
import { openZ } from './shift-z.ts';
import { entryRules, type TillScreen } from './state.ts';

export interface ShiftOpenPlace {
  readonly name: 'shiftOpen';
  /** `compared`: it differs from what the last shift left, and is said before it is written down. */
  readonly stage: 'float' | 'pieces' | 'compared' | 'opening';
  readonly shift: ShiftView | null;
  readonly entry: Entry;
  readonly byPieces: boolean;
  readonly row: number;
  /** The command under way; kept where its answer was lost, so that the repeat is the same one. */
  readonly commandId: string | null;
}

const tag = 'shiftOpen';
/** Far above any float, and far below what an integer holds. */
export const drawerMostMinor = 9_999_999_999;

export function openShiftOpen(state: TillScreen): Step {
  const place: ShiftOpenPlace = { name: 'shiftOpen', stage: 'float', shift: null, entry: emptyEntry, byPieces: false, row: 0, commandId: null };
  return stay({ ...state, menu: 'closed', place }, calls('shift', {}, tag));
}

/** Sums of the drawer are whole amounts of the store's currency, typed with a point where there is one. */
export function drawerRules(state: TillScreen): EntryRules | null {
  const rules = entryRules(state);
  return rules && { ...rules, mode: 'decimalPoint', maximumMinor: drawerMostMinor };
}

/** What was counted into the float; null where nothing was typed yet. */
export function floatOf(state: TillScreen, at: ShiftOpenPlace): Amount | null {
  const rules = drawerRules(state);
  if (!rules || !at.shift) return null;
  if (!at.shift.drawer) return makeAmount(0, rules.currency);
  if (at.byPieces) return makeAmount(countedMinor(state.drawerCounts, at.shift.denominations), rules.currency);
  return at.entry.typed === '' ? null : entryTotal(at.entry, rules);
}

export const shiftOpen: Part<ShiftOpenPlace> = {
  keys: (at, state) => (at.stage === 'opening' ? [] : openKeys(at, state)),
  digits: (at) => (at.stage === 'opening' || at.shift?.drawer === false ? 'none' : 'text'),
  onDigit: (state, at, key) => onDigit(state, at, key),
  onHoldDelete: (state, at) => stay(at.byPieces || at.stage === 'opening' ? state : { ...state, place: { ...at, stage: 'float', entry: emptyEntry } }),
  onRow: (state, at, index) => stay(at.byPieces && at.stage !== 'opening' ? { ...state, place: { ...at, row: index } } : state),
  onReply(state, at, reply) {
    if (reply.name === 'shift' && reply.tag === tag) return stay({ ...state, place: { ...at, shift: reply.reply } });
    if (reply.name !== 'openShift' || reply.tag !== at.commandId) return stay(state);
    const answer = reply.reply;
    if (answer.kind !== 'done') return stay({ ...state, place: { ...at, stage: stageOf(at), commandId: null }, notice: { kind: 'message', message: answer.message } });
    return stay({ ...state, place: { name: 'counter' }, drawerCounts: noCounts }, { kind: 'loadStatus' });
  },
  onLost(state, at, lost) {
    if (lost.tag !== at.commandId) return stay(state);
    return stay({ ...state, place: { ...at, stage: stageOf(at) }, notice: { kind: 'words', key: 'notice.actionFailed' } });
  },
};

function stageOf(at: ShiftOpenPlace): ShiftOpenPlace['stage'] {
  return at.byPieces ? 'pieces' : 'float';
}

function openKeys(at: ShiftOpenPlace, state: TillScreen): readonly Binding[] {
  const { shift } = at;
  if (!shift) return [{ key: '-', word: 'cap.back', press: leave }];
  const list: Binding[] = [];
  if (shift.lastZ) list.push({ key: '+', word: 'cap.lastZ', press: toLastZ });
  if (shift.drawer) list.push({ key: '*', word: at.byPieces ? 'cap.oneSum' : 'cap.byPieces', press: otherWay });
  list.push(backKey(at, state));
  const float = floatOf(state, at);
  if (at.byPieces && at.row < shift.denominations.length - 1) list.push({ key: 'Enter', word: 'cap.nextRow', press: nextRow, primary: true });
  else if (!shift.drawer) list.push({ key: 'Enter', word: 'cap.openShift', press: open, primary: true });
  else if (float) {
    list.push({ key: 'Enter', word: at.stage === 'compared' ? 'cap.openAnyway' : 'cap.openWith', values: { amount: amountWithSign(float) }, press: open, primary: true });
  }
  return list;
}

function backKey(at: ShiftOpenPlace, state: TillScreen): Binding {
  if (!at.byPieces) return at.entry.typed === '' ? { key: '-', word: 'cap.notYet', press: leave } : { key: '-', word: 'cap.delete', press: erase };
  const value = at.shift?.denominations[at.row];
  if (value && (state.drawerCounts[value.minor] ?? '') !== '') return { key: '-', word: 'cap.emptyField', press: erase };
  return at.row === 0 ? { key: '-', word: 'cap.notYet', press: leave } : { key: '-', word: 'cap.rowAbove', press: rowAbove };
}

function onDigit(state: TillScreen, at: ShiftOpenPlace, key: PadKey): Step {
  const rules = drawerRules(state);
  if (!rules || !at.shift) return refused(state);
  if (at.byPieces) return onPiecesKey(state, at, key, at.shift.denominations);
  const entry = /^[0-9.]/.test(key) ? typeKey(at.entry, key as AmountKey, rules) : null;
  return entry ? stay({ ...state, place: { ...at, stage: 'float', entry, commandId: null } }) : refused(state);
}

function onPiecesKey(state: TillScreen, at: ShiftOpenPlace, key: PadKey, values: readonly Amount[]): Step {
  const row = movedRow(at.row, key, values.length);
  if (row !== null) return stay({ ...state, place: { ...at, stage: 'pieces', row } });
  const value = values[at.row];
  const drawerCounts = value ? typeCount(state.drawerCounts, value, key) : null;
  return drawerCounts ? stay({ ...state, drawerCounts, place: { ...at, stage: 'pieces', commandId: null } }) : refused(state);
}

const leave = pressOn('shiftOpen', (state) => stay({ ...state, place: { name: 'counter' } }));
const nextRow = pressOn('shiftOpen', (state, at) => stay({ ...state, place: { ...at, stage: 'pieces', row: at.row + 1 } }));
const rowAbove = pressOn('shiftOpen', (state, at) => stay({ ...state, place: { ...at, stage: 'pieces', row: Math.max(0, at.row - 1) } }));
const otherWay = pressOn('shiftOpen', (state, at) => stay({ ...state, place: { ...at, stage: at.byPieces ? 'float' : 'pieces', byPieces: !at.byPieces, row: 0, commandId: null } }));

const toLastZ = pressOn('shiftOpen', (state, at) => (at.shift?.lastZ ? openZ(state, at.shift.lastZ.number) : refused(state)));

const erase = pressOn('shiftOpen', (state, at) => {
  const rules = drawerRules(state);
  const value = at.shift?.denominations[at.row];
  if (at.byPieces) return value ? stay({ ...state, drawerCounts: emptyCount(state.drawerCounts, value), place: { ...at, stage: 'pieces', commandId: null } }) : refused(state);
  return rules ? stay({ ...state, place: { ...at, stage: 'float', entry: deleteDigit(at.entry, rules), commandId: null } }) : refused(state);
});

const open = pressOn('shiftOpen', (state, at, moment) => {
  const { shift } = at;
  const float = floatOf(state, at);
  if (!shift || !float) return refused(state);
  const differs = shift.drawer && shift.lastZ !== null && shift.lastZ.left.minor !== float.minor;
  if (differs && at.stage !== 'compared') return stay({ ...state, place: { ...at, stage: 'compared' } });
  const commandId = at.commandId ?? moment.freshId;
  const request = {
    commandId, floatMinor: float.minor,
    ...(at.byPieces ? { denominations: countedPieces(state.drawerCounts, shift.denominations) } : {}),
  };
  return stay({ ...state, place: { ...at, stage: 'opening', commandId } }, calls('openShift', request, commandId));
});
