/** A refund as screens, lists and the command line show it: plain data without a secret. */
import { message, type Message, type MessageKey } from '../contract/messages.ts';
import type { RefundView } from '../contract/types.ts';
import type { RefundRefusal } from '../gateways/gateway.ts';
import { amountWithSign } from '../money/amount.ts';
import type { AttemptState } from '../payment/state.ts';
import type { Clock } from '../ports.ts';
import { refundIsEnded, type RefundState } from './state.ts';
import { asksPayment } from './step.ts';

/** What a refund's view needs beside it; as in a payment's. */
interface RefundViewContext {
  readonly clock: Clock;
  keyName(gateway: string): string | null;
  numberName(gateway: string, code: string | null): string;
}

export function refundView(paymentId: string, attempt: AttemptState, refund: RefundState, context: RefundViewContext): RefundView {
  const { created } = refund;
  const next = refund.inFlight === null ? refund.next : null;
  return {
    refundRef: created.refundRef,
    paymentId,
    attemptRef: created.attemptRef,
    amount: created.amount,
    state: refund.name,
    open: !refundIsEnded(refund),
    settledAs: refund.name === 'settled' ? (refund.recorded?.as ?? null) : null,
    way: created.way,
    reason: created.reason,
    by: created.by,
    approvedBy: created.approvedBy,
    gatewayRefundRef: refund.gatewayRefundRef,
    startedAt: created.time.wall,
    changedAt: refund.changed.wall,
    asked: refund.asked,
    nextAt: next === null ? null : context.clock.wall() + Math.max(0, next - context.clock.monotonic()),
    message: messageOf(attempt, refund, context),
    gatewayCode: refund.evidence?.code ?? null,
    gatewayWords: refund.evidence?.words ?? null,
  };
}

const refusalMessages: Readonly<Record<RefundRefusal, MessageKey>> = {
  amountTooMuch: 'refundRefusedAmount',
  amountRefused: 'refundRefusedAmount',
  shopBalance: 'refundRefusedBalance',
  tooOld: 'refundRefusedOld',
  orderState: 'refundRefusedState',
  orderUnknown: 'refundRefusedUnknownOrder',
  wrongKey: 'refundWrongKey',
  clockOff: 'refundClockOff',
  merchantBlocked: 'refundMerchantBlocked',
  terminalUnknown: 'refundNumberUnknown',
  requestRefused: 'refundRefusedOther',
  gatewayUnreachable: 'refundUnreachable',
  other: 'refundRefusedOther',
};

function messageOf(attempt: AttemptState, refund: RefundState, context: RefundViewContext): Message {
  const { gateway, identity } = attempt.created;
  const secret = context.keyName(gateway);
  const key = refund.refusal === 'wrongKey' ? (secret ?? '') : context.numberName(gateway, refund.evidence?.code ?? null);
  const values = { gateway, amount: amountWithSign(refund.created.amount), key, n: identity.account, address: identity.origin };
  return message(refund.name === 'refused' && refund.refusal === 'wrongKey' && secret === null ? 'refundWrongKeyActivated' : messageKey(refund), values);
}

function messageKey(refund: RefundState): MessageKey {
  switch (refund.name) {
    case 'submitting':
      return 'refundSubmitting';
    case 'unknown':
      return 'refundUnknown';
    case 'pending':
      if (asksPayment(refund)) return 'refundUnknown';
      return refund.unknownWhy === 'refundLimit' ? 'refundProbablyDone' : 'refundPending';
    case 'review':
      return refund.identityKnown ? 'refundReview' : 'refundIdentityMissingOpen';
    case 'refunded':
      return doneMessages[refund.created.way];
    case 'refused':
      return refusalMessages[refund.refusal ?? 'other'];
    case 'settled':
      return refund.recorded?.as === 'refunded' ? 'refundSettledDone' : 'refundSettledNot';
  }
}

const doneMessages = { gateway: 'refundDone', cash: 'refundCashDone', outside: 'refundOutsideDone' } as const;
