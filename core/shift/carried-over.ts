/** What is without an outcome at one moment, as a report carries it over. */
import type { CarriedOver } from '../contract/types.ts';
import type { JournalReader, PaymentRecord } from '../journal/storage.ts';
import { makeAmount } from '../money/amount.ts';
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

/** The same of payments that can't be read, by what the journal still holds of them: their attempts are one entry. */
export function carriedOverUnread(records: readonly PaymentRecord[], reader: Pick<JournalReader, 'refunds'>): readonly CarriedOver[] {
  return records.flatMap((record) => {
    const { paymentId, number, startedAt } = record;
    const open = record.open ? [{ kind: 'payment', number, reference: referenceOf(record), amount: makeAmount(record.amountMinor, record.currency), startedAt } as const] : [];
    const refunds = reader.refunds({ paymentId }).filter((refund) => refund.open);
    return [...open, ...refunds.map((refund) => ({ kind: 'refund', number, reference: refund.refundRef, amount: makeAmount(refund.amountMinor, refund.currency), startedAt: refund.startedAt } as const))];
  });
}

/** The attempt's own where there was one alone; which of several is open, the record doesn't tell. */
function referenceOf({ paymentId, references }: PaymentRecord): string {
  const [attemptRef, another] = references.filter(({ kind }) => kind === 'attemptRef');
  return attemptRef === undefined || another !== undefined ? paymentId : attemptRef.value;
}

/** Whether something of a payment that can't be read had no outcome when it still could. */
export function isOpenUnread({ open, refundOpenMinor }: PaymentRecord): boolean {
  return open || refundOpenMinor > 0;
}
