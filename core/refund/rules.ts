/** Whether and how much of a payment can be given back now, and why not: said before anything is sent. */
import { message, type Message, type MessageKey } from '../contract/messages.ts';
import type { Refundable } from '../contract/types.ts';
import type { RefundCapability, RefundRefusal } from '../gateways/gateway.ts';
import { amountWithSign, makeAmount } from '../money/amount.ts';
import { holdsMoney, isOurMoney, moneyIsMoving, openRefund, refundableMinor, refundedMinor, refundOpenMinor, verdictOf, type Payment } from '../payment/payment.ts';
import type { AttemptState } from '../payment/state.ts';
import type { Instant } from '../ports.ts';

/** What decides beside the payment itself. */
export interface RefundContext {
  readonly now: Instant;
  /** How its gateway refunds; null where it can't, or isn't set up. */
  capability(gateway: string): RefundCapability | null;
  /** True for a gateway that is set up, under whatever identity, and can't refund: then what is given back is given back elsewhere. */
  cannotRefund(gateway: string): boolean;
  /** True while the settings hold the identity that it was sent under (CASES 6). */
  identityKnown(attempt: AttemptState): boolean;
  /** CASES 29: the journal is an older copy, and what is missing may have been a refund of this gateway's. */
  lacksRefunds(gateway: string): boolean;
}

const millisecondsOfDay = 86_400_000;

/** What can be given back of an attempt now; `attempt` null where no money of the payment is known to be there. */
export function refundable(payment: Payment, attempt: AttemptState | null, context: RefundContext): Refundable {
  const { amount, attemptRef, gateway } = (attempt ?? payment.attempts[0] ?? missing(payment)).created;
  const left = attempt === null ? 0 : refundableMinor(payment, attempt);
  const refusal = refundRefusal(payment, attempt, context);
  return {
    left: makeAmount(left, amount.currency),
    refunded: makeAmount(refundedMinor(payment, attemptRef), amount.currency),
    open: makeAmount(refundOpenMinor(payment, attemptRef), amount.currency),
    wholeOnly: attempt !== null && (attempt.foreign || (attempt.cash === null && context.capability(gateway)?.partial === false)),
    refusal,
    outsideAllowed: left > 0 && attempt?.foreign === false && outsideRefusal(refusal, payment, attempt) === null,
  };
}

/** A record of what was done elsewhere is for what can't be done here: everything else has its own reason against it. */
export function outsideRefusal(refusal: Message | null, payment: Payment, attempt: AttemptState | null): Message | null {
  if (refusal !== null) return elsewhereOnly.has(refusal.key) ? null : refusal;
  const last = payment.refunds.findLast((refund) => refund.created.attemptRef === attempt?.created.attemptRef);
  if (last?.name === 'refused' && last.refusal !== null && refusedForGood.has(last.refusal)) return null;
  return message(attempt?.cash === null ? 'refundSupported' : 'refundNotPaid', { gateway: attempt?.created.gateway ?? '' });
}

const elsewhereOnly: ReadonlySet<MessageKey> = new Set<MessageKey>(['refundNotSupported', 'refundTooOld', 'refundNoGatewayRef', 'refundOnlyRecorded']);
const refusedForGood: ReadonlySet<RefundRefusal> = new Set<RefundRefusal>(['tooOld', 'orderState', 'shopBalance', 'amountRefused']);

/** Why nothing can be refunded now; null where it can. */
export function refundRefusal(payment: Payment, attempt: AttemptState | null, context: RefundContext): Message | null {
  if (attempt === null || !holdsMoney(attempt)) return refusalWithoutMoney(payment);
  const { gateway, identity } = attempt.created;
  if (openRefund(payment) !== null) return message('refundOpen');
  if (moneyIsMoving(payment)) return message('refundWhileUndoing');
  if (refundableMinor(payment, attempt) <= 0) return message('refundNothingLeft');
  if (context.lacksRefunds(gateway)) return message('refundAfterRestore');
  if (attempt.cash !== null) return null;
  // A person's word is no word of the gateway: it would be asked to give back what it may never have had.
  if (attempt.name === 'settled' && !isOurMoney(attempt)) return message('refundOnlyRecorded', { gateway });
  // Before its identity: nothing is sent for what is only recorded.
  if (context.cannotRefund(gateway)) return message('refundNotSupported', { gateway });
  if (!context.identityKnown(attempt)) return message('refundIdentityMissing', { n: identity.account, address: identity.origin });
  const capability = context.capability(gateway);
  if (capability === null) return message('refundNotSupported', { gateway });
  if (capability.withinDays !== null && context.now - (attempt.paidAt ?? attempt.created.time.wall) > capability.withinDays * millisecondsOfDay) {
    return message('refundTooOld', { gateway, n: String(capability.withinDays) });
  }
  if (capability.orderBy === 'gatewayRef' && attempt.gatewayRef === null) return message('refundNoGatewayRef', { gateway });
  return null;
}

/** Why this much can't be refunded; null where it can. */
export function amountRefusal(minor: number, able: Refundable): Message | null {
  const max = amountWithSign(able.left);
  if (minor <= 0) return message('amountMissing');
  if (minor > able.left.minor) return message('refundTooMuch', { max });
  return able.wholeOnly && minor !== able.left.minor ? message('refundWholeOnly', { max }) : null;
}

/** CASES 24: a repeat is allowed where it is the same refund by promise, or where a second one can't fit into what the gateway still holds. */
export function mayRepeat(capability: RefundCapability, minor: number, atGatewayMinor: number): boolean {
  switch (capability.repeat) {
    case 'same':
      return true;
    case 'whenMoreThanHalf':
      return minor * 2 > atGatewayMinor;
    case 'never':
      return false;
  }
}

function refusalWithoutMoney(payment: Payment): Message {
  if (payment.attempts.some((attempt) => attempt.name === 'reversing')) return message('refundWhileUndoing');
  return message(verdictOf(payment) === 'notKnownYet' ? 'refundNotKnown' : 'refundNotPaid');
}

function missing(payment: Payment): never {
  throw new Error(`payment ${payment.paymentId} has no attempt`);
}
