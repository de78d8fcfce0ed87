/** Payments whose money is about to go back, or should: turned reviews, and refunds without an outcome. */
import type { PaymentView, RefundView } from '../../core/contract/types.ts';
import type { LateBar } from './state.ts';

/** A review in which the gateway's last word is paid: its one key gives the money back. */
export function isTurned({ state, reviewReason, refundable }: PaymentView): boolean {
  if (state !== 'review' || refundable.left.minor === 0 || refundable.refusal) return false;
  switch (reviewReason) {
    case 'paidAfterGivingUp': case 'paidAfterUndo': case 'paidTwice': case 'notWanted': case 'dayIsOver': return true;
    default: return false;
  }
}

/** The reason that the refund of such a review begins with. */
export function turnedBecause({ reviewReason }: PaymentView): 'goodsReturned' | 'chargedTwice' {
  return reviewReason === 'paidAfterGivingUp' || reviewReason === 'dayIsOver' ? 'goodsReturned' : 'chargedTwice';
}

/** The refund that has no outcome yet; one at most (CASES 7). */
export function openRefundOf({ refunds }: PaymentView): RefundView | null {
  return refunds.find((refund) => refund.open) ?? null;
}

export function hasOpenRefund(payment: PaymentView): boolean {
  return openRefundOf(payment) !== null;
}

/** The refund that a bar tells of. */
export function lateRefund({ payment, refundRef }: LateBar): RefundView | null {
  return payment.refunds.find((refund) => refund.refundRef === refundRef) ?? null;
}
