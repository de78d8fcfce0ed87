/** What prints by itself when a payment changes: its receipt, a refund's slip, and the drawer that opens. */
import type { PaymentEvent } from '../payment/events.ts';
import { paidAttempt, type Payment } from '../payment/payment.ts';
import { isEnded } from '../payment/state.ts';
import type { PrintWork } from './print-queue.ts';

/** `hasReceipt` says whether this payment's attempt has a receipt that printed, prints or waits. */
export function printsItself(before: Payment | null, after: Payment, event: PaymentEvent, hasReceipt: (paymentId: string, attemptRef: string) => boolean): readonly PrintWork[] {
  const { paymentId: aggregate } = after;
  const drawer: PrintWork = { kind: 'drawer', aggregate, subject: '' };
  if (event.type === 'cashTaken' || event.type === 'cashReturned') return [drawer];
  if (event.type === 'foreignFound') return [];
  if ('refundRef' in event) return refundPrints(before, after, event.refundRef, drawer);
  if ((before !== null && isPaid(before)) || !isPaid(after)) return [];
  // Of the attempt that paid: the receipt of cash that was given back stands for nothing that comes after it.
  const subject = paidAttempt(after)?.created.attemptRef ?? '';
  return hasReceipt(aggregate, subject) ? [] : [{ kind: 'receipt', aggregate, subject }];
}

function refundPrints(before: Payment | null, after: Payment, refundRef: string, drawer: PrintWork): readonly PrintWork[] {
  const was = before?.refunds.find((refund) => refund.created.refundRef === refundRef);
  const is = after.refunds.find((refund) => refund.created.refundRef === refundRef);
  // What a statement showed was told to the customer when it happened.
  if (is?.name !== 'refunded' || was?.name === 'refunded' || is.created.found) return [];
  const slip: PrintWork = { kind: 'refund', aggregate: after.paymentId, subject: refundRef };
  return is.created.way === 'cash' ? [drawer, slip] : [slip];
}

function isPaid(payment: Payment): boolean {
  return payment.attempts.some((attempt) => attempt.name === 'paid' && isEnded(attempt));
}
