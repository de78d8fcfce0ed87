/** What is without an outcome at one moment, as a report carries it over. */
import type { CarriedOver } from '../contract/types.ts';
import { isEnded } from '../payment/state.ts';
import type { Payment } from '../payment/payment.ts';
import { refundIsEnded } from '../refund/state.ts';

/** Every attempt and refund of these payments that has no outcome. */
export function carriedOver(payments: Iterable<Payment>): readonly CarriedOver[] {
  const carried: CarriedOver[] = [];
  for (const payment of payments) {
    for (const attempt of payment.attempts) {
      const { created } = attempt;
      if (isEnded(attempt)) continue;
      carried.push({ kind: 'payment', number: created.number, reference: created.attemptRef, amount: created.amount, startedAt: created.time.wall });
    }
    for (const refund of payment.refunds) {
      const { refundRef, amount, time } = refund.created;
      if (!refundIsEnded(refund)) carried.push({ kind: 'refund', number: payment.attempts[0]?.created.number ?? '', reference: refundRef, amount, startedAt: time.wall });
    }
  }
  return carried;
}
