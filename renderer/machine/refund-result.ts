/** What became of a refund: running, done, refused, or not known yet. Drawn from what the till says of it, and from nothing else. */
import { message } from '../../core/contract/messages.ts';
import type { PaymentView, RefundStateName, RefundView } from '../../core/contract/types.ts';
import { amountText } from '../../core/money/amount.ts';
import { clearedCounter } from './actions.ts';
import { goBack, type Back } from './back.ts';
import { calls, stay, type Request, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import type { Part } from './part.ts';
import { remember } from './payments.ts';
import { pressOn } from './press.ts';
import { openRecord } from './record.ts';
import { openRefund } from './refund-open.ts';
import type { TillScreen } from './state.ts';
import { canGoBack, isRefusedForGood, recordsOutside } from './turned.ts';

export interface RefundResultPlace {
  readonly name: 'refundResult';
  readonly stage: RefundStateName;
  readonly payment: PaymentView;
  readonly refundRef: string;
  readonly back: Back;
}

export function openResult(state: TillScreen, payment: PaymentView, refundRef: string, back: Back): Step {
  const known = remember(state, payment);
  const stage = payment.refunds.find((refund) => refund.refundRef === refundRef)?.state ?? 'submitting';
  return stay({ ...known, place: { name: 'refundResult', stage, payment, refundRef, back } }, ...heard('submitting', stage));
}

/** The refund that the screen is about; null where the till's view lost it, which no till does. */
export function shownRefund(at: RefundResultPlace): RefundView | null {
  return at.payment.refunds.find((refund) => refund.refundRef === at.refundRef) ?? null;
}

/** How it stands for the person at the till: a recorded one reads as what was recorded. */
export function refundVerdict(refund: RefundView): 'running' | 'done' | 'refused' | 'stop' {
  switch (refund.state) {
    case 'submitting': return 'running';
    case 'refunded': return 'done';
    case 'refused': return 'refused';
    case 'settled': return refund.settledAs === 'refunded' ? 'done' : 'refused';
    case 'unknown': case 'pending': case 'review': return 'stop';
  }
}

export const refundResult: Part<RefundResultPlace> = {
  digits: () => 'none',
  keys(at, state) {
    const refund = shownRefund(at);
    return refund ? keysOf(at, refund, state) : [done];
  },
  onScan(state, at, scan) {
    const refund = shownRefund(at);
    if (scan.kind === 'paymentCode' && !refund?.open) return stay({ ...state, notice: { kind: 'words', key: 'notice.refundScan' } });
    if (scan.kind === 'receipt' && !refund?.open) return openRefund(state, scan.paymentId, { back: at.back });
    const refuses = scan.kind === 'paymentCode' || scan.kind === 'receipt' || scan.kind === 'foreignReceipt';
    return refuses && refund?.open ? stay({ ...state, notice: { kind: 'message', message: message('refundWaitsForOutcome') } }) : null;
  },
  onReply(state, at, reply) {
    if (reply.name !== 'askRefundNow' && reply.name !== 'printRefund') return stay(state);
    const { reply: answer } = reply;
    return answer.kind === 'done' ? told(remember(state, answer.payment), at, answer.payment) : stay({ ...state, notice: { kind: 'message', message: answer.message } });
  },
  onLost: (state, at, { tag }) => stay(tag !== at.refundRef ? state : { ...state, notice: { kind: 'words', key: 'notice.actionFailed' } }),
  onPayment: told,
};

function told(state: TillScreen, at: RefundResultPlace, payment: PaymentView): Step {
  if (payment.paymentId !== at.payment.paymentId || payment.changedAt < at.payment.changedAt) return stay(state);
  const stage = payment.refunds.find((refund) => refund.refundRef === at.refundRef)?.state ?? at.stage;
  return stay({ ...state, place: { ...at, payment, stage } }, ...heard(at.stage, stage));
}

/** Money that went out has no sound of its own: two rising notes say that money came in. */
function heard(before: RefundStateName, now: RefundStateName): readonly Request[] {
  if (before === now) return [];
  if (now === 'refused') return [{ kind: 'sound', sound: 'notPaid' }];
  return now === 'unknown' || now === 'pending' || now === 'review' ? [{ kind: 'sound', sound: 'notKnown' }] : [];
}

function keysOf(at: RefundResultPlace, refund: RefundView, state: TillScreen): readonly Binding[] {
  const printer = state.status?.printer.present ?? false;
  switch (refundVerdict(refund)) {
    case 'done': {
      const more = canGoBack(at.payment.refundable);
      return [...(more ? [{ key: '*', word: recordsOutside(at.payment.refundable) ? 'cap.recordMore' : 'cap.refundMore', press: refundMore } as const] : []), ...(printer ? [{ key: '+', word: 'cap.printAgain', press: print } as const] : []), done];
    }
    case 'refused': return [
      ...(isRefusedForGood(at.payment) || (at.payment.refundable.wholeOnly && at.payment.refundable.outsideAllowed) ? [{ key: '*', word: 'cap.recordOutside', press: recordElsewhere } as const] : at.payment.refundable.wholeOnly ? [] : [{ key: '*', word: 'cap.changeAmount', press: changeAmount } as const]),
      { key: '+', word: 'cap.tryAgain', press: tryAgain }, done,
    ];
    case 'running': return [{ ...park }, askNow];
    case 'stop': return [
      ...(printer ? [{ key: '*', word: 'cap.slip', press: print } as const] : []), park,
      refund.state === 'review' ? { key: 'Enter', word: 'cap.record', primary: true, press: record } : askNow,
    ];
  }
}

const done: Binding = { key: 'Enter', word: 'cap.done', primary: true, press: pressOn('refundResult', (state, at) => goBack(state, at.back)) };
const park: Binding = { key: '+', word: 'cap.park', press: (state) => stay(clearedCounter(state)) };
const askNow: Binding = {
  key: 'Enter', word: 'cap.askNow', primary: true,
  press: pressOn('refundResult', (state, at) => stay(state, calls('askRefundNow', { paymentId: at.payment.paymentId, refundRef: at.refundRef }, at.refundRef))),
};

const print = pressOn('refundResult', (state, at) => stay(state, calls('printRefund', { paymentId: at.payment.paymentId, refundRef: at.refundRef }, at.refundRef)));
const refundMore = pressOn('refundResult', (state, at) => openRefund(state, at.payment.paymentId, { back: at.back }));
const changeAmount = pressOn('refundResult', (state, at) => openRefund(state, at.payment.paymentId, { back: at.back, atAmount: true }));
const recordElsewhere = pressOn('refundResult', (state, at) => openRefund(state, at.payment.paymentId, { back: at.back, elsewhere: true }));
const tryAgain = pressOn('refundResult', (state, at) => {
  const refund = shownRefund(at);
  const whole = refund?.amount.minor === at.payment.refundable.left.minor;
  return openRefund(state, at.payment.paymentId, { back: at.back, ...(refund && !whole ? { typed: amountText(refund.amount).replaceAll(',', '') } : {}) });
});
const record = pressOn('refundResult', (state, at) => openRecord(state, at.payment, { refundRef: at.refundRef, back: at.back }));
