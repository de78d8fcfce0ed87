/** The projections' rows as pure functions of the journal's rows: rebuilt and compared by `verify`. */
import { isEnded, shownState, type AttemptState } from '../payment/state.ts';
import { isOpen, leadingAttempt, paymentIsTakenUp, verdictOf, type Payment } from '../payment/payment.ts';
import type { PaymentRecord } from './storage.ts';

/** The row of one payment after the journal's row `sequence`, its newest; `paidBefore` is the row that had made it paid already. */
export function paymentRecord(payment: Payment, sequence: number, paidBefore: number | null): PaymentRecord {
  const lead = leadingAttempt(payment);
  const first = payment.attempts[0] ?? lead;
  const { created } = first;
  return {
    paymentId: payment.paymentId,
    number: created.number,
    day: created.day,
    startedAt: created.time.wall,
    amountMinor: created.amount.minor,
    currency: created.amount.currency,
    gateway: lead.created.gateway,
    state: shownState(lead),
    verdict: verdictOf(payment),
    takenUp: paymentIsTakenUp(payment),
    open: isOpen(payment),
    paidSequence: payment.attempts.some(isPaid) ? (paidBefore ?? sequence) : null,
    saleRef: created.saleRef,
    references: unique(payment.attempts.flatMap((attempt) => [payment.paymentId, attempt.created.number, attempt.created.attemptRef, attempt.gatewayRef, attempt.walletRef, attempt.created.saleRef])),
    codeHashes: unique(payment.attempts.map((attempt) => attempt.created.codeHash)),
    payerIds: unique(payment.attempts.map((attempt) => attempt.payerId)),
    lastSequence: sequence,
  };
}

/** True where the attempt is paid and nothing about it is compared any more. */
export function isPaid(lead: AttemptState): boolean {
  return lead.name === 'paid' && isEnded(lead);
}

function unique(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))].sort();
}
