/** One payment: what a sale wants paid, with its attempts. States belong to attempts (CASES 1). */
import type { Verdict } from '../contract/types.ts';
import type { AttemptCreated, PaymentEvent } from './events.ts';
import { review } from './moves.ts';
import { begin, step } from './step.ts';
import { isEnded, isTakenUp, type AttemptState, type Send } from './state.ts';

export interface Payment {
  readonly paymentId: string;
  /** In the order in which they were made; never empty. */
  readonly attempts: readonly AttemptState[];
}

export interface PaymentStep {
  readonly payment: Payment;
  readonly send: Send | null;
}

/** What an event does to a payment; `null` before its first attempt. Throws on an attempt that may not be (money rule 4). */
export function stepPayment(payment: Payment | null, event: PaymentEvent): PaymentStep {
  if (event.type === 'attemptCreated') return withNewAttempt(payment, event);
  if (payment === null) throw new Error(`an event of an unknown payment: ${event.type}`);
  const index = payment.attempts.findIndex((attempt) => attempt.created.attemptRef === event.attemptRef);
  const attempt = payment.attempts[index];
  if (attempt === undefined) throw new Error(`an event of an unknown attempt: ${event.attemptRef}`);
  const stepped = step(attempt, event);
  const others = payment.attempts.filter((_, other) => other !== index);
  const next = isSecondPaid(stepped.state, others) ? review(stepped.state, 'paidTwice') : stepped;
  const attempts = payment.attempts.map((one, other) => (other === index ? next.state : one));
  return { payment: { ...payment, attempts }, send: next.send };
}

function withNewAttempt(payment: Payment | null, event: AttemptCreated): PaymentStep {
  if (payment?.attempts.some((attempt) => !isEnded(attempt) || attempt.name === 'paid')) {
    throw new Error(`payment ${payment.paymentId} already has a live or paid attempt`);
  }
  const begun = begin(event);
  return { payment: { paymentId: event.paymentId, attempts: [...(payment?.attempts ?? []), begun.state] }, send: begun.send };
}

/** CASES 1: the first paid attempt pays the sale; a second one is a loud review. */
function isSecondPaid(state: AttemptState, others: readonly AttemptState[]): boolean {
  return state.name === 'paid' && others.some((other) => other.name === 'paid');
}

/** The attempt that speaks for the payment: one that a person must look at, also beside a paid one; else paid, open, newest. */
export function leadingAttempt(payment: Payment): AttemptState {
  const { attempts } = payment;
  const lead = attempts.find((attempt) => attempt.name === 'review') ?? paidAttempt(payment) ?? attempts.find((attempt) => !isEnded(attempt)) ?? attempts.at(-1);
  if (lead === undefined) throw new Error(`payment ${payment.paymentId} has no attempt`);
  return lead;
}

/** The attempt that paid; null where none did. */
export function paidAttempt(payment: Payment): AttemptState | null {
  return payment.attempts.find((attempt) => attempt.name === 'paid') ?? null;
}

/** The attempt that a key acts on: the one still on its way, else the one that speaks for the payment. */
export function actingAttempt(payment: Payment): AttemptState {
  return payment.attempts.find((attempt) => !isEnded(attempt) && attempt.name !== 'review') ?? leadingAttempt(payment);
}

/** What the cashier is told (CASES 1). Paid waits for the comparison of the amount where one is under way (CASES 23). */
export function verdictOf(payment: Payment): Verdict {
  if (payment.attempts.some((attempt) => attempt.name === 'paid' && isEnded(attempt))) return 'paid';
  return payment.attempts.some((attempt) => !isEnded(attempt)) ? 'notKnownYet' : 'notPaid';
}

/** True while any attempt has no outcome. */
export function isOpen(payment: Payment): boolean {
  return payment.attempts.some((attempt) => !isEnded(attempt));
}

/** True while the payment must be in memory: open, or looked at by a sentinel. */
export function paymentIsTakenUp(payment: Payment): boolean {
  return payment.attempts.some(isTakenUp);
}
