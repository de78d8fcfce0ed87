/** The projections' rows as pure functions of the journal's rows: rebuilt and compared by `verify`. */
import { isEnded, shownState, type AttemptState } from '../payment/state.ts';
import { isOpen, leadingAttempt, paidAttempt, paymentIsTakenUp, refundedMinor, verdictOf, type Payment } from '../payment/payment.ts';
import { refundHoldsMoney, refundIsEnded, type RefundState } from '../refund/state.ts';
import type { MoveRecord, PaymentRecord, ReferenceRecord, RefundRecord } from './storage.ts';

/** The row of one payment after the journal's row `sequence`, its newest; `paidBefore` is the row that had made it paid already. */
export function paymentRecord(payment: Payment, sequence: number, paidBefore: number | null): PaymentRecord {
  const lead = leadingAttempt(payment);
  const first = payment.attempts[0] ?? lead;
  const { created } = first;
  const recorded = payment.attempts.some(isPaid) ? [] : payment.attempts.filter((attempt) => attempt.name === 'settled');
  const settled = recorded.find((attempt) => attempt.recorded?.as === 'paid') ?? recorded.at(-1);
  // The attempt that paid names amount, gateway and wallet, also beside one that a person must look at: totals count it so.
  const shown = paidAttempt(payment) ?? lead;
  // What undid another attempt was never this sale's money.
  const { attemptRef: payingRef } = shown.created;
  return {
    paymentId: payment.paymentId,
    number: created.number,
    day: created.day,
    hour: created.hour,
    startedAt: created.time.wall,
    amountMinor: shown.created.amount.minor,
    currency: shown.created.amount.currency,
    gateway: shown.created.gateway,
    wallet: walletOf(shown),
    last4: shown.created.last4,
    state: shownState(lead),
    verdict: verdictOf(payment),
    operatorId: shown.created.by.operatorId,
    foreign: first.foreign,
    settledAs: settled?.recorded?.as ?? null,
    refundedMinor: sumOf(payment.refunds, (refund) => refund.created.attemptRef === payingRef && refundIsEnded(refund) && refundHoldsMoney(refund)),
    refundOpenMinor: sumOf(payment.refunds, (refund) => !refundIsEnded(refund)),
    takenUp: paymentIsTakenUp(payment),
    open: isOpen(payment),
    paidSequence: payment.attempts.some(isPaid) ? (paidBefore ?? sequence) : null,
    saleRef: created.saleRef,
    references: references(payment),
    codeHashes: unique(payment.attempts.map((attempt) => attempt.created.codeHash)),
    payerIds: unique(payment.attempts.map((attempt) => attempt.payerId)),
    lastSequence: sequence,
  };
}

/** The row of one refund after the journal's row `sequence`; `before` is what it was, for the rows that stay with their moment. */
export function refundRecord(payment: Payment, refund: RefundState, sequence: number, before: RefundRecord | null): RefundRecord {
  const { created } = refund;
  const attempt = attemptOf(payment, created.attemptRef);
  const isRefunded = refund.name === 'refunded';
  return {
    refundRef: created.refundRef,
    gatewayRefundRef: refund.gatewayRefundRef,
    paymentId: payment.paymentId,
    number: payment.attempts[0]?.created.number ?? attempt.created.number,
    day: created.day,
    hour: created.hour,
    startedAt: created.time.wall,
    amountMinor: created.amount.minor,
    currency: created.amount.currency,
    gateway: attempt.created.gateway,
    wallet: walletOf(attempt),
    way: created.way,
    state: refund.name,
    settledAs: refund.name === 'settled' ? (refund.recorded?.as ?? null) : null,
    open: !refundIsEnded(refund),
    undo: before?.undo ?? !isPaid(attempt),
    operatorId: created.by.operatorId,
    approvedById: created.approvedBy?.operatorId ?? null,
    refundedSequence: isRefunded ? (before?.refundedSequence ?? sequence) : null,
    lastSequence: sequence,
  };
}

/**
 * Money that the row `sequence` made certain, from what the payment was before it and is after it. At most one: a row is
 * about one attempt or one refund.
 */
export function moveOf(before: Payment | null, after: Payment, sequence: number): MoveRecord | null {
  for (const attempt of after.attempts) {
    const kind = attemptMove(before?.attempts.find((one) => one.created.attemptRef === attempt.created.attemptRef) ?? null, attempt);
    if (kind === null) continue;
    const made = move(kind, sequence, after, attempt, null);
    // What was given back before the word is no part of it.
    return kind === 'settledPaid' ? { ...made, minor: Math.max(0, made.minor - refundedMinor(after, attempt.created.attemptRef)) } : made;
  }
  for (const refund of after.refunds) {
    const kind = refundMove(before?.refunds.find((one) => one.created.refundRef === refund.created.refundRef) ?? null, refund);
    const attempt = attemptOf(after, refund.created.attemptRef);
    // Given back elsewhere it stands in no gateway's sums: it is told apart, also of what never was a sale here.
    if (kind === 'outsideRefund' && attempt.name !== 'settled') return move(kind, sequence, after, attempt, refund);
    // What gives back money that never counted as a sale isn't counted either: net sums stay those of the gateway.
    if (kind !== null && isSale(before, after, attempt)) return move(kind, sequence, after, attempt, refund);
    // What a person recorded as paid stands apart, and so does what is given back of it.
    if (kind !== null && attempt.name === 'settled' && attempt.recorded?.as === 'paid') return move('settledRefunded', sequence, after, attempt, refund);
  }
  return null;
}

/** Whether the attempt's money stood in the totals when its refund went through. */
function isSale(before: Payment | null, after: Payment, attempt: AttemptState): boolean {
  const was = before?.attempts.find((one) => one.created.attemptRef === attempt.created.attemptRef) ?? attemptOf(after, attempt.created.attemptRef);
  return isPaid(was);
}

function attemptMove(before: AttemptState | null, after: AttemptState): MoveRecord['kind'] | null {
  if (after.foreign) return null;
  const wasPaid = before !== null && isPaid(before);
  if (!wasPaid && isPaid(after)) return 'sale';
  if (wasPaid && after.cash !== null && !isPaid(after)) return 'cashReturned';
  if (before?.name !== 'settled' && after.name === 'settled') return after.recorded?.as === 'paid' ? 'settledPaid' : 'settledNotPaid';
  return null;
}

function refundMove(before: RefundState | null, after: RefundState): MoveRecord['kind'] | null {
  if (before?.name !== 'refunded' && after.name === 'refunded') return after.created.way === 'outside' ? 'outsideRefund' : 'refund';
  if (before?.name !== 'settled' && after.name === 'settled' && after.recorded?.as === 'refunded') return 'settledRefunded';
  return null;
}

function move(kind: MoveRecord['kind'], sequence: number, payment: Payment, attempt: AttemptState, refund: RefundState | null): MoveRecord {
  const amount = refund?.created.amount ?? attempt.created.amount;
  return {
    sequence, kind,
    paymentId: payment.paymentId,
    refundRef: refund?.created.refundRef ?? null,
    gateway: attempt.created.gateway,
    wallet: walletOf(attempt),
    currency: amount.currency,
    minor: amount.minor,
    operatorId: refund?.created.by.operatorId ?? attempt.created.by.operatorId,
  };
}

/** True where the attempt is paid and nothing about it is compared any more. */
export function isPaid(lead: AttemptState): boolean {
  return lead.name === 'paid' && isEnded(lead);
}

function walletOf(attempt: AttemptState): PaymentRecord['wallet'] {
  return attempt.cash === null ? attempt.wallet : 'cash';
}

function attemptOf(payment: Payment, attemptRef: string): AttemptState {
  const attempt = payment.attempts.find((one) => one.created.attemptRef === attemptRef);
  if (attempt === undefined) throw new Error(`no attempt ${attemptRef} in payment ${payment.paymentId}`);
  return attempt;
}

function sumOf(refunds: readonly RefundState[], wanted: (refund: RefundState) => boolean): number {
  return refunds.reduce((sum, refund) => sum + (wanted(refund) ? refund.created.amount.minor : 0), 0);
}

/** The first kind of a value stands: our own numbers before theirs. */
function references(payment: Payment): readonly ReferenceRecord[] {
  const found = new Map<string, ReferenceRecord>();
  const add = (value: string | null, kind: ReferenceRecord['kind']): void => {
    if (value !== null && value !== '' && !found.has(value)) found.set(value, { value, kind });
  };
  for (const attempt of payment.attempts) {
    add(attempt.created.number, 'number');
    add(attempt.created.attemptRef, 'attemptRef');
    add(attempt.gatewayRef, 'gatewayRef');
    add(attempt.walletRef, 'walletRef');
    add(attempt.created.saleRef, 'saleRef');
  }
  for (const refund of payment.refunds) {
    add(refund.created.refundRef, 'refundRef');
    add(refund.gatewayRefundRef, 'gatewayRefundRef');
  }
  add(payment.paymentId, 'paymentId');
  return [...found.values()].toSorted((left, right) => (left.value < right.value ? -1 : 1));
}

function unique(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))].sort();
}
