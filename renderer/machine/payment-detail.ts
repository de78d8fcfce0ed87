/** One payment, whole: its receipt, its timeline, its references, and what can still be refunded. */
import { message } from '../../core/contract/messages.ts';
import type { PaymentDetail, PaymentView } from '../../core/contract/types.ts';
import { amountWithSign } from '../../core/money/amount.ts';
import { goBack, type Back } from './back.ts';
import { calls, refused, stay, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import { mayEnterNumber, openOrderNumber } from './order-number.ts';
import type { Part } from './part.ts';
import { remember } from './payments.ts';
import { pressOn } from './press.ts';
import { openRecord } from './record.ts';
import { openRefund } from './refund-open.ts';
import type { TillScreen } from './state.ts';
import { canGoBack, isRefusedForGood, recordsOutside } from './turned.ts';

export interface PaymentDetailPlace {
  readonly name: 'paymentDetail';
  /** `records`: every line of the journal instead of the few that tell the story. */
  readonly stage: 'loading' | 'shown' | 'records';
  readonly paymentId: string;
  readonly detail: PaymentDetail | null;
  /** The digit whose reference was copied last. */
  readonly copied: number | null;
  /** The line of the records that is in view. */
  readonly down: number;
  readonly back: Back;
}

/** Opens one payment from wherever it was found. */
export function openPaymentDetail(state: TillScreen, paymentId: string, back: Back = null): Step {
  const place: PaymentDetailPlace = { name: 'paymentDetail', stage: 'loading', paymentId, detail: null, copied: null, down: 0, back };
  return stay({ ...state, menu: 'closed', place }, calls('paymentDetail', { paymentId }, paymentId));
}

/** One reference that a digit copies, or that it is entered by. */
export interface Reference {
  readonly digit: string;
  readonly word: 'payment.ref.number' | 'payment.ref.ours' | 'payment.ref.gateway' | 'payment.ref.wallet' | 'payment.ref.sale';
  /** Null where it is missing and its digit leads to where it is entered (CASES 22). */
  readonly text: string | null;
}

export function references(payment: PaymentView): readonly Reference[] {
  const all: readonly (readonly [Reference['word'], string | null])[] = [
    ['payment.ref.number', payment.number],
    ...(payment.tender === 'cash' ? [] : [['payment.ref.ours', payment.attemptRef], ['payment.ref.gateway', payment.gatewayRef], ['payment.ref.wallet', payment.walletRef]] as const),
    ['payment.ref.sale', payment.saleRef],
  ];
  const isShown = (word: Reference['word'], text: string | null): boolean => text !== null || (word === 'payment.ref.gateway' && mayEnterNumber(payment));
  return all.flatMap(([word, text]) => (isShown(word, text) ? [{ word, text }] : [])).map((reference, index) => ({ ...reference, digit: String(index + 1) }));
}

export const paymentDetail: Part<PaymentDetailPlace> = {
  digits: (at) => (at.detail ? 'choice' : 'none'),
  keys: (at, state) => (at.detail ? keysOf(at, at.detail.payment, state) : [leave]),
  onDigit(state, at, key) {
    if (key === 'up' || key === 'down') return moved(state, at, key === 'down' ? 1 : -1);
    const reference = at.detail && references(at.detail.payment).find(({ digit }) => digit === key);
    if (!reference || !at.detail) return refused(state);
    if (reference.text === null) return openOrderNumber(state, at.detail.payment, at);
    return stay({ ...state, place: { ...at, copied: Number(key) } }, { kind: 'copy', text: reference.text });
  },
  onReply(state, at, reply) {
    if (reply.name === 'askRefundNow') return stay(reply.reply.kind === 'refused' ? { ...state, notice: { kind: 'message', message: reply.reply.message } } : state);
    if (reply.name !== 'paymentDetail' || reply.tag !== at.paymentId) return stay(state);
    const { reply: detail } = reply;
    if (!detail) {
      const step = goBack(state, at.back);
      return { ...step, state: { ...step.state, notice: { kind: 'message', message: message('paymentNotFound') } } };
    }
    return stay({ ...remember(state, detail.payment), place: { ...at, detail, stage: at.stage === 'loading' ? 'shown' : at.stage } });
  },
  onLost(state, at, { name, tag }) {
    if (tag !== at.paymentId) return stay(state);
    return stay({ ...state, notice: { kind: 'words', key: name === 'askRefundNow' ? 'notice.actionFailed' : 'notice.callFailed' } });
  },
  // A new word on it brings new lines: they are read again, and until then the old ones stand.
  onPayment: (state, at, payment) => (payment.paymentId === at.paymentId ? stay(state, calls('paymentDetail', { paymentId: at.paymentId }, at.paymentId)) : stay(state)),
};

const leave: Binding = { key: '-', word: 'cap.back', press: pressOn('paymentDetail', (state, at) => goBack(state, at.back)) };

function keysOf(at: PaymentDetailPlace, payment: PaymentView, state: TillScreen): readonly Binding[] {
  const list: Binding[] = [{ key: '*', word: at.stage === 'records' ? 'cap.lessRecords' : 'cap.allRecords', press: showRecords }];
  if (state.status?.printer.present) list.push({ key: '+', word: 'cap.printIt', press: print });
  list.push(leave);
  const enter = enterKey(payment);
  if (enter) list.push(enter);
  return list;
}

/** What Enter does for it: the open refund first, then what is open itself, then what can be refunded. */
function enterKey(payment: PaymentView): Binding | null {
  const open = payment.refunds.find((refund) => refund.open);
  if (open?.state === 'review') return { key: 'Enter', word: 'cap.record', primary: true, press: pressOn('paymentDetail', (state, at) => openRecord(state, payment, { refundRef: open.refundRef, back: at })) };
  if (open) return { key: 'Enter', word: 'cap.askNow', primary: true, press: pressOn('paymentDetail', (state) => stay(state, calls('askRefundNow', { paymentId: payment.paymentId, refundRef: open.refundRef }, payment.paymentId))) };
  if (payment.state === 'review') return { key: 'Enter', word: 'cap.record', primary: true, press: pressOn('paymentDetail', (state, at) => openRecord(state, payment, { back: at })) };
  if (payment.open || payment.quiet) return { key: 'Enter', word: 'cap.askNow', primary: true, press: (state) => stay(state, { kind: 'askNow', paymentId: payment.paymentId }) };
  const { left } = payment.refundable;
  if (!canGoBack(payment.refundable)) return null;
  const elsewhere = isRefusedForGood(payment);
  const giveBack = pressOn('paymentDetail', (state, at) => openRefund(state, payment.paymentId, { back: at, elsewhere }));
  return elsewhere || recordsOutside(payment.refundable) ? { key: 'Enter', word: 'cap.recordOutside', press: giveBack } : { key: 'Enter', word: 'cap.refundLeft', values: { amount: amountWithSign(left) }, primary: true, press: giveBack };
}

const showRecords = pressOn('paymentDetail', (state, at) => stay({ ...state, place: { ...at, stage: at.stage === 'records' ? 'shown' : 'records', down: 0 } }));

/** The receipt where there is one, else the evidence. */
const print = pressOn('paymentDetail', (state, at) => stay(state, { kind: at.detail?.receipt ? 'printReceipt' : 'printEvidence', paymentId: at.paymentId }));

function moved(state: TillScreen, at: PaymentDetailPlace, by: 1 | -1): Step {
  // The few lines of the story fit, or end with the last word; the records are gone through.
  if (at.stage !== 'records') return refused(state);
  const down = Math.min(Math.max(0, at.down + by), Math.max(0, (at.detail?.timeline.length ?? 1) - 1));
  return down === at.down ? refused(state) : stay({ ...state, place: { ...at, down } });
}
