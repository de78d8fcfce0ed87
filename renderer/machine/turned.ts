/** Payments whose money is about to go back, or should: turned reviews, and refunds without an outcome. */
import type { Message, PaymentView, RefundView } from '../../core/contract/types.ts';
import { amountWithSign } from '../../core/money/amount.ts';
import type { LateBar } from './state.ts';

/** Why nothing can be refunded, where it can be recorded instead: it is given back elsewhere. */
export function recordsOutside(refusal: Message | null): boolean {
  return refusal?.key === 'refundNotSupported' || refusal?.key === 'refundTooOld' || refusal?.key === 'refundOnlyRecorded';
}

/** Whether something of it is left that goes back: through its gateway, or elsewhere and recorded here. */
export function canGoBack({ left, refusal }: PaymentView['refundable']): boolean {
  return left.minor > 0 && (refusal === null || recordsOutside(refusal));
}

/** A review in which the gateway's last word is paid: its one key gives the money back, or records that it was. */
export function isTurned({ state, reviewReason, refundable }: PaymentView): boolean {
  if (state !== 'review' || !canGoBack(refundable)) return false;
  switch (reviewReason) {
    case 'paidAfterGivingUp': case 'paidAfterUndo': case 'paidTwice': case 'notWanted': case 'dayIsOver': return true;
    default: return false;
  }
}

/** The reason that the refund of such a review begins with. */
export function turnedBecause({ reviewReason }: PaymentView): 'goodsReturned' | 'chargedTwice' {
  return reviewReason === 'paidAfterGivingUp' || reviewReason === 'dayIsOver' ? 'goodsReturned' : 'chargedTwice';
}

/** What the key says that gives all that is left back. */
export function goesBackCap({ refusal, left }: PaymentView['refundable']): { readonly word: 'cap.recordOutside' } | { readonly word: 'cap.refundTurned'; readonly values: { readonly amount: string } } {
  return recordsOutside(refusal) ? { word: 'cap.recordOutside' } : { word: 'cap.refundTurned', values: { amount: amountWithSign(left) } };
}

/** Whether money was taken and went back: "nothing was taken" would be wrong. */
export function wentBack({ refunds }: PaymentView): boolean {
  return refunds.some(({ state, settledAs }) => state === 'refunded' || settledAs === 'refunded');
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
