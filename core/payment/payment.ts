/** One payment: what a sale wants paid, with its attempts and its refunds. States belong to attempts (CASES 1). */
import type { Verdict } from '../contract/types.ts';
import type { RefundCreated, RefundEvent } from '../refund/events.ts';
import { refundHoldsMoney, refundIsEnded, refundIsTakenUp, type RefundState } from '../refund/state.ts';
import { beginRefund, stepRefund } from '../refund/step.ts';
import { begin, beginCash, beginForeign } from './begin.ts';
import type { AttemptCreated, AttemptEvent, CashTaken, ForeignFound, PaymentEvent } from './events.ts';
import { after, ended, review } from './moves.ts';
import { step } from './step.ts';
import { isEnded, isTakenUp, type AttemptState, type Send, type Step } from './state.ts';

export interface Payment {
  readonly paymentId: string;
  /** In the order in which they were made; never empty. */
  readonly attempts: readonly AttemptState[];
  /** In the order in which they were made. */
  readonly refunds: readonly RefundState[];
}

export interface PaymentStep {
  readonly payment: Payment;
  readonly send: Send | null;
}

/** What an event does to a payment; `null` before its first attempt. Throws on an attempt or refund that may not be (money rules 4 and 6). */
export function stepPayment(payment: Payment | null, event: PaymentEvent): PaymentStep {
  if (event.type === 'attemptCreated' || event.type === 'cashTaken' || event.type === 'foreignFound') return withNewAttempt(payment, event);
  if (payment === null) throw new Error(`an event of an unknown payment: ${event.type}`);
  return isRefundEvent(event) ? stepItsRefund(payment, event) : stepItsAttempt(payment, event);
}

function isRefundEvent(event: AttemptEvent | RefundEvent): event is RefundEvent {
  return 'refundRef' in event;
}

// ---- attempts

function withNewAttempt(payment: Payment | null, event: AttemptCreated | CashTaken | ForeignFound): PaymentStep {
  if (payment !== null && (isOpen(payment) || isPaidOrRecorded(payment))) {
    throw new Error(`payment ${payment.paymentId} already has a live or paid attempt`);
  }
  const begun = beginAny(event);
  return { payment: { paymentId: event.paymentId, attempts: [...(payment?.attempts ?? []), begun.state], refunds: payment?.refunds ?? [] }, send: begun.send };
}

function beginAny(event: AttemptCreated | CashTaken | ForeignFound): Step {
  switch (event.type) {
    case 'attemptCreated':
      return begin(event);
    case 'cashTaken':
      return beginCash(event);
    case 'foreignFound':
      return beginForeign(event);
  }
}

function stepItsAttempt(payment: Payment, event: AttemptEvent): PaymentStep {
  const index = payment.attempts.findIndex((attempt) => attempt.created.attemptRef === event.attemptRef);
  const attempt = payment.attempts[index];
  if (attempt === undefined) throw new Error(`an event of an unknown attempt: ${event.attemptRef}`);
  const stepped = step(attempt, event);
  const others = payment.attempts.filter((_, other) => other !== index);
  const next = isSecondPaid(stepped.state, others) ? review(stepped.state, 'paidTwice') : stepped;
  const allowed = next.send?.call === 'reverse' && openRefund(payment) !== null ? heldBack(next.state, attempt) : next;
  return { payment: withAttempt(payment, index, allowed.state), send: allowed.send };
}

/** CASES 7: a reversal waits for the refund of the same payment that is out; meanwhile the order is asked about now and then. */
function heldBack(state: AttemptState, before: AttemptState): Step {
  const waiting: AttemptState = { ...state, inFlight: null, reversals: state.reversals - 1, lastWord: before.lastWord, phase: state.name === 'review' ? null : 'asking' };
  return { state: after(waiting, heldBackSeconds), send: null };
}

const heldBackSeconds = 60;

/** CASES 1: the first paid attempt pays the sale, by the gateway's word or a person's; a second one is a loud review. */
function isSecondPaid(state: AttemptState, others: readonly AttemptState[]): boolean {
  return state.name === 'paid' && others.some((other) => other.name === 'paid' || (other.name === 'settled' && other.recorded?.as === 'paid'));
}

function withAttempt(payment: Payment, index: number, state: AttemptState): Payment {
  return { ...payment, attempts: payment.attempts.map((one, other) => (other === index ? state : one)) };
}

// ---- refunds

function stepItsRefund(payment: Payment, event: RefundEvent): PaymentStep {
  if (event.type === 'refundCreated') return withNewRefund(payment, event);
  const index = payment.refunds.findIndex((refund) => refund.created.refundRef === event.refundRef);
  const refund = payment.refunds[index];
  if (refund === undefined) throw new Error(`an event of an unknown refund: ${event.refundRef}`);
  const stepped = stepRefund(refund, event);
  const next: Payment = { ...payment, refunds: payment.refunds.map((one, other) => (other === index ? stepped.state : one)) };
  const send: Send | null = stepped.send === null ? null : { attemptRef: event.attemptRef, refundRef: event.refundRef, call: stepped.send };
  return { payment: givenBackInFull(payment, next, event), send };
}

function withNewRefund(payment: Payment, event: RefundCreated): PaymentStep {
  const index = payment.attempts.findIndex((attempt) => attempt.created.attemptRef === event.attemptRef);
  const attempt = payment.attempts[index];
  if (attempt === undefined) throw new Error(`a refund of an unknown attempt: ${event.attemptRef}`);
  // The last line of defence: whoever called must have refused before.
  if (event.amount.minor <= 0 || event.amount.minor > refundableMinor(payment, attempt)) throw new Error(`a refund of more than is left of ${event.attemptRef}`);
  if (moneyIsMoving(payment)) throw new Error(`a refund of payment ${payment.paymentId} while another request about its money is out`);
  const begun = beginRefund(event);
  const marked = withAttempt(payment, index, { ...attempt, refundBegun: true });
  const next: Payment = { ...marked, refunds: [...payment.refunds, begun.state] };
  const send: Send | null = begun.send === null ? null : { attemptRef: event.attemptRef, refundRef: event.refundRef, call: begun.send };
  return { payment: givenBackInFull(payment, next, event), send };
}

/** CASES 17: a review whose money went back in full is undone; where that turns out not so, somebody must look again. */
function givenBackInFull(before: Payment, after: Payment, event: RefundEvent): Payment {
  const { attemptRef } = event;
  const index = after.attempts.findIndex((attempt) => attempt.created.attemptRef === attemptRef);
  const found = after.attempts[index];
  if (found === undefined) return after;
  const attempt: AttemptState = { ...found, heldByRefundsMinor: heldMinor(after, attemptRef) };
  const payment = withAttempt(after, index, attempt);
  const { minor } = attempt.created.amount;
  const isBack = refundedMinor(payment, attemptRef) >= minor;
  // Only what refunds alone had ended comes back: a gateway that said "undone" itself goes on being believed.
  if (attempt.undoneByRefunds && !isBack && refundedMinor(before, attemptRef) >= minor) return withAttempt(payment, index, review({ ...attempt, changed: event.time, undoneByRefunds: false }, 'settledContradicted').state);
  if (!isBack) return payment;
  if (attempt.name === 'settled') return withAttempt(payment, index, { ...attempt, sentinel: null, timers: {} });
  if (attempt.name !== 'review') return payment;
  const undone = ended({ ...attempt, changed: event.time, inFlight: null }, 'reversed', null, !restsOnWordAlone(payment, attemptRef)).state;
  return withAttempt(payment, index, { ...undone, undoneByRefunds: true });
}

/** A person's word about a refund that can't be asked about itself: only the order can still contradict it (CASES 17). */
function restsOnWordAlone(payment: Payment, attemptRef: string): boolean {
  const held = payment.refunds.filter((refund) => refund.created.attemptRef === attemptRef && refundHoldsMoney(refund));
  // What was given back elsewhere leaves the order paid, and then it tells nothing.
  return held.every(({ created }) => created.way === 'gateway') && held.some(({ name, created }) => name === 'settled' && created.traits.queryBy === null);
}

/** What was given back of an attempt. */
export function refundedMinor(payment: Payment, attemptRef: string): number {
  return sumOf(payment, (refund) => refund.created.attemptRef === attemptRef && refundHoldsMoney(refund) && refundIsEnded(refund));
}

/** What is on its way back: neither given back nor available (money rule 6). */
export function refundOpenMinor(payment: Payment, attemptRef: string): number {
  return sumOf(payment, (refund) => refund.created.attemptRef === attemptRef && !refundIsEnded(refund));
}

/** What can still be given back of an attempt, refunds without an outcome counted as gone (money rule 6). */
export function refundableMinor(payment: Payment, attempt: AttemptState): number {
  if (!holdsMoney(attempt)) return 0;
  const { attemptRef, amount } = attempt.created;
  // What a statement showed as gone may be more than there was: nothing is left then.
  return Math.max(0, amount.minor - heldMinor(payment, attemptRef));
}

/**
 * The most that the gateway can still give back of an attempt: paid, less what the gateway itself said went back. What a person
 * recorded as given back, or gave back elsewhere, may have left it untouched.
 */
export function atGatewayMinor(payment: Payment, attempt: AttemptState): number {
  const { attemptRef, amount } = attempt.created;
  return Math.max(0, amount.minor - sumOf(payment, ({ name, created }) => created.attemptRef === attemptRef && created.way === 'gateway' && name === 'refunded'));
}

function heldMinor(payment: Payment, attemptRef: string): number {
  return sumOf(payment, (refund) => refund.created.attemptRef === attemptRef && refundHoldsMoney(refund));
}

/** Paid, recorded as paid, or a review about which the gateway's last matching word is paid (CASES 17). */
export function holdsMoney(attempt: AttemptState): boolean {
  if (attempt.name === 'paid') return isEnded(attempt);
  if (attempt.name === 'settled' && attempt.recorded?.as === 'paid') return true;
  return (attempt.name === 'review' || attempt.name === 'settled') && isOurMoney(attempt);
}

/** Whether the gateway's last word says paid, about an order that is surely ours (CASES 5). */
export function isOurMoney(attempt: AttemptState): boolean {
  return attempt.lastWord === 'paid' && !(attempt.name !== 'paid' && attempt.numberInUse) && attempt.reviewReason !== 'answerMismatch';
}

function sumOf(payment: Payment, wanted: (refund: RefundState) => boolean): number {
  return payment.refunds.reduce((sum, refund) => sum + (wanted(refund) ? refund.created.amount.minor : 0), 0);
}

/** CASES 7: one request that moves a payment's money may be unconfirmed at a time. */
export function moneyIsMoving(payment: Payment): boolean {
  return openRefund(payment) !== null || payment.attempts.some((attempt) => attempt.name === 'reversing' || attempt.inFlight === 'reverse');
}

/** The refund without an outcome; null where none is. There is at most one (CASES 7). */
export function openRefund(payment: Payment): RefundState | null {
  return payment.refunds.find((refund) => !refundIsEnded(refund)) ?? null;
}

// ---- the payment as a whole

/** The attempt that speaks for the payment: one that a person must look at, also beside a paid one; else paid, open, newest. */
export function leadingAttempt(payment: Payment): AttemptState {
  const { attempts } = payment;
  const lead = attempts.find((attempt) => attempt.name === 'review') ?? paidAttempt(payment) ?? attempts.find((attempt) => !isEnded(attempt))
    ?? attempts.findLast((attempt) => attempt.name === 'settled') ?? attempts.at(-1);
  if (lead === undefined) throw new Error(`payment ${payment.paymentId} has no attempt`);
  return lead;
}

/** The attempt that paid; null where none did. */
export function paidAttempt(payment: Payment): AttemptState | null {
  return payment.attempts.find((attempt) => attempt.name === 'paid') ?? null;
}

/** The attempt whose money a refund gives back: the one that a person must look at, where its money is there, else the one that paid. */
export function attemptToRefund(payment: Payment): AttemptState | null {
  return payment.attempts.find((attempt) => attempt.name === 'review' && holdsMoney(attempt)) ?? paidAttempt(payment) ?? payment.attempts.find(holdsMoney) ?? null;
}

/** The attempt that a key acts on: the one still on its way, else the one that speaks for the payment. */
export function actingAttempt(payment: Payment): AttemptState {
  return payment.attempts.find((attempt) => !isEnded(attempt) && attempt.name !== 'review') ?? leadingAttempt(payment);
}

/** What the cashier is told (CASES 1). Paid waits for the comparison of the amount where one is under way (CASES 23). */
export function verdictOf(payment: Payment): Verdict {
  if (payment.attempts.some((attempt) => attempt.name === 'paid' && isEnded(attempt))) return 'paid';
  if (payment.attempts.some((attempt) => !isEnded(attempt) || attempt.name === 'lapsed')) return 'notKnownYet';
  return payment.attempts.some((attempt) => attempt.name === 'settled' && attempt.recorded?.as === 'paid') ? 'paid' : 'notPaid';
}

/** Paid, by the gateway's word or a person's that stands: such a sale takes no further attempt (money rule 4). */
export function isPaidOrRecorded(payment: Payment): boolean {
  return payment.attempts.some((attempt) => attempt.name === 'paid' || (attempt.name === 'settled' && attempt.recorded?.as === 'paid'));
}

/** True while any attempt has no outcome. */
export function isOpen(payment: Payment): boolean {
  return payment.attempts.some((attempt) => !isEnded(attempt));
}

/** True while the payment must be in memory: something of it is open, or looked at by a sentinel. */
export function paymentIsTakenUp(payment: Payment): boolean {
  return payment.attempts.some(isTakenUp) || payment.refunds.some(refundIsTakenUp);
}
