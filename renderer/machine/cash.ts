/** Cash beside the scan: what was handed over, and the change. A digit stands between the two Enters, or nothing is booked. */
import { message } from '../../core/contract/messages.ts';
import type { Amount, PaymentView } from '../../core/contract/types.ts';
import { amountText, amountWithSign, makeAmount } from '../../core/money/amount.ts';
import { dueInCash, handedOver } from '../../core/money/cash.ts';
import { clearedCounter, withEntry } from './actions.ts';
import { emptyEntry, entryOf, entryTotal, typeKey, type AmountKey, type EntryRules } from './entry.ts';
import { calls, refused, stay, type Moment, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import type { Part } from './part.ts';
import { remember } from './payments.ts';
import { onScan } from './scans.ts';
import { entryRules, type TillScreen } from './state.ts';
import { hasAmount, shiftIsMissing } from './view.ts';

/** The scan block's place while cash is counted. The amount stays in the entry. */
export interface CashReceivedPlace {
  readonly name: 'cashReceived';
  readonly stage: 'typing' | 'booking';
  readonly typed: string;
  /** One for as long as the screen stands: an answer that was lost never books twice. */
  readonly commandId: string;
}

/** The change of a cash sale that is booked. */
export interface CashChangePlace {
  readonly name: 'cashChange';
  readonly stage: 'shown' | 'returning';
  readonly payment: PaymentView;
}

/** Far above any sum that is handed over, and far below what an integer holds. */
const receivedMostMinor = 9_999_999_999;

/** Enter on Sale with an amount: opening this moves nothing. */
export function openCash(state: TillScreen, moment: Moment): Step {
  if (!hasAmount(state) || !state.status?.cash.on) return refused(state);
  if (shiftIsMissing(state)) return stay({ ...state, notice: { kind: 'message', message: message('shiftClosed') } });
  return stay({ ...state, place: { name: 'cashReceived', stage: 'typing', typed: '', commandId: moment.freshId } });
}

/** What this sale costs in cash; null before the till has said its currency. */
export function cashDue(state: TillScreen): Amount | null {
  const rules = entryRules(state);
  return rules && state.status ? dueInCash(entryTotal(state.entry, rules), state.status.cash.roundTo) : null;
}

/** What was handed over, by what stands in the panel. */
export function cashHandedOver(state: TillScreen, at: CashReceivedPlace): Amount | null {
  const due = cashDue(state);
  return due && handedOver(at.typed, due);
}

export const cashReceived: Part<CashReceivedPlace> = {
  busy: (at) => at.stage === 'booking',
  digits: (at) => (at.stage === 'typing' ? 'text' : 'none'),
  keys: (at, state) => (at.stage === 'typing' ? [...backKeys(at), { key: '*', word: 'cap.typeCode', press: typeCode }, takeKey(at, state)] : []),
  onDigit(state, at, key) {
    const rules = receivedRules(state);
    const entry = rules && /^[0-9.]/.test(key) ? typeKey({ lines: [], typed: at.typed }, key as AmountKey, rules) : null;
    return entry ? stay({ ...state, place: { ...at, typed: entry.typed } }) : refused(state);
  },
  onHoldDelete: (state, at) => stay({ ...state, place: { ...at, typed: '' } }),
  onScan(state, at, scan, moment) {
    if (at.stage === 'booking') return stay({ ...state, notice: { kind: 'words', key: 'notice.cashBooking' } });
    // A code is charged as if cash had never been thought of: no cash is booked.
    return scan.kind === 'paymentCode' ? onScan({ ...state, place: { name: 'counter' } }, scan, moment) : null;
  },
  onReply(state, at, reply) {
    if (reply.name !== 'payCash' || reply.tag !== at.commandId) return stay(state);
    const { reply: answer } = reply;
    if (answer.kind === 'taken') {
      return stay({ ...remember(state, answer.payment), entry: emptyEntry, place: { name: 'cashChange', stage: 'shown', payment: answer.payment } });
    }
    return stay({ ...state, place: { ...at, stage: 'typing' }, notice: { kind: 'message', message: answer.message } });
  },
  // Only its own: what another screen asked says nothing about cash.
  onLost: (state, at, { tag }) => stay(at.stage === 'booking' && tag === at.commandId ? { ...state, place: { ...at, stage: 'typing' }, notice: { kind: 'words', key: 'notice.cashUnclear' } } : state),
};

export const cashChange: Part<CashChangePlace> = {
  busy: (at) => at.stage === 'returning',
  digits: (at) => (at.stage === 'shown' ? 'nextAmount' : 'none'),
  keys: (at, state) => (at.stage === 'shown' ? [
    { key: '-', word: 'cap.notCash', press: notCash },
    ...(state.status?.printer.present ? [{ key: '+', word: 'cap.print', press: printCash } as const] : []),
    { key: 'Enter', word: 'cap.done', primary: true, press: (state) => stay(clearedCounter(state)) },
  ] : []),
  onScan(state, at, scan, moment) {
    return scan.kind === 'paymentCode' && at.stage === 'shown' ? onScan(clearedCounter(state), scan, moment) : null;
  },
  onReply(state, at, reply) {
    if (reply.name !== 'returnCash' || reply.tag !== at.payment.paymentId) return stay(state);
    const { reply: answer } = reply;
    if (answer.kind === 'refused') return stay({ ...state, place: { ...at, stage: 'shown' }, notice: { kind: 'message', message: answer.message } });
    const rules = entryRules(state);
    const back = clearedCounter(remember(state, answer.payment));
    return stay(rules ? withEntry(back, entryOf(at.payment.amount, rules)) : back);
  },
  onLost(state, at, { name, tag }) {
    if (at.stage !== 'returning' || name !== 'returnCash' || tag !== at.payment.paymentId) return stay(state);
    return stay({ ...state, place: { ...at, stage: 'shown' }, notice: { kind: 'words', key: 'notice.actionFailed' } });
  },
  onPayment: (state, at, payment) => stay(payment.paymentId === at.payment.paymentId ? { ...state, place: { ...at, payment } } : state),
};

function backKeys(at: CashReceivedPlace): readonly Binding[] {
  return [at.typed === '' ? { key: '-', word: 'cap.backToScan', press: backToScan } : { key: '-', word: 'cap.delete', press: deleteDigit }];
}

/** The filled cap stands only where Enter books: enough was handed over. */
function takeKey(at: CashReceivedPlace, state: TillScreen): Binding {
  const due = cashDue(state);
  const received = cashHandedOver(state, at);
  if (!due || !received || received.minor < due.minor) return { key: 'Enter', word: 'cap.takeCash', press: take };
  if (received.minor === due.minor) return { key: 'Enter', word: 'cap.takeExact', press: take, primary: true };
  const change = amountWithSign(makeAmount(received.minor - due.minor, due.currency));
  return { key: 'Enter', word: 'cap.takeChange', values: { amount: change }, press: take, primary: true };
}

function take(state: TillScreen): Step {
  const { place: at } = state;
  const rules = entryRules(state);
  const due = cashDue(state);
  if (at.name !== 'cashReceived' || !rules || !due) return refused(state);
  const received = cashHandedOver(state, at);
  if (!received) return stay({ ...state, notice: { kind: 'words', key: 'notice.cashTypeFirst' } });
  if (received.minor < due.minor) {
    const x = amountText(makeAmount(due.minor - received.minor, due.currency));
    return stay({ ...state, notice: { kind: 'message', message: message('cashShort', { x }) } });
  }
  const request = { commandId: at.commandId, amount: entryTotal(state.entry, rules), receivedMinor: received.minor };
  return stay({ ...state, place: { ...at, stage: 'booking' } }, calls('payCash', request, at.commandId));
}

function deleteDigit(state: TillScreen): Step {
  const { place: at } = state;
  return at.name === 'cashReceived' ? stay({ ...state, place: { ...at, typed: at.typed.slice(0, -1) } }) : refused(state);
}

function backToScan(state: TillScreen): Step {
  return stay({ ...state, place: { name: 'counter' } });
}

function typeCode(state: TillScreen): Step {
  return stay({ ...state, place: { name: 'counter' }, typedCode: '' });
}

function notCash(state: TillScreen, moment: Moment): Step {
  const { place: at } = state;
  if (at.name !== 'cashChange') return refused(state);
  const { paymentId } = at.payment;
  return stay({ ...state, place: { ...at, stage: 'returning' } }, calls('returnCash', { commandId: moment.freshId, paymentId }, paymentId));
}

function printCash(state: TillScreen): Step {
  const { place: at } = state;
  return at.name === 'cashChange' ? stay(state, { kind: 'printReceipt', paymentId: at.payment.paymentId }) : refused(state);
}

/** Notes are whole sums: a point is typed where there is one, whichever way amounts are typed on Sale. */
function receivedRules(state: TillScreen): EntryRules | null {
  const rules = entryRules(state);
  return rules && { ...rules, mode: 'decimalPoint', maximumMinor: receivedMostMinor };
}
