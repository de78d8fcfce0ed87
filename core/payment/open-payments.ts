/** Payments without an outcome: those that somebody waits for, and shown codes that nobody does (CASES 27). */
import type { OpenPayments } from '../contract/types.ts';
import type { Instant } from '../ports.ts';
import { refundIsEnded } from '../refund/state.ts';
import { isOpen, type Payment } from './payment.ts';
import { isEnded, isQuiet } from './state.ts';
import type { PaymentViews } from './views.ts';

/** True while somebody waits for an attempt of it. */
export function isWaitedFor(payment: Payment): boolean {
  return payment.attempts.some((attempt) => !isEnded(attempt) && !isQuiet(attempt));
}

/** How long after its end a code that can't be closed may still be paid by the customer who stands there. */
const freshMilliseconds = 20 * 60_000;

/** True for a shown code that nobody waits for and that was shown a moment ago: its customer may still pay it (CASES 11). */
export function isFreshlyQuiet(payment: Payment, now: Instant): boolean {
  return payment.attempts.some((attempt) => isQuiet(attempt) && attempt.qr !== null && now - attempt.created.time.wall < freshMilliseconds);
}

/** The payments of which something that somebody waits for has no outcome. */
export function withOpenMatter(payments: readonly Payment[]): readonly Payment[] {
  return payments.filter(hasOpenMatter);
}

/** Oldest first. */
export function openViews(payments: readonly Payment[], views: PaymentViews): Pick<OpenPayments, 'open' | 'quiet'> {
  const oldestFirst = (some: readonly Payment[]): OpenPayments['open'] => some.map((payment) => views.view(payment)).toSorted((left, right) => left.startedAt - right.startedAt);
  return { open: oldestFirst(withOpenMatter(payments)), quiet: oldestFirst(payments.filter((payment) => isOpen(payment) && !hasOpenMatter(payment))) };
}

function hasOpenMatter(payment: Payment): boolean {
  return isWaitedFor(payment) || payment.refunds.some((refund) => !refundIsEnded(refund));
}
