/** Payments whose money is about to go back, or should: turned reviews, and refunds without an outcome. */
import type { PaymentView, RefundView } from '../../core/contract/types.ts';
import { amountWithSign } from '../../core/money/amount.ts';
import type { LateBar } from './state.ts';

/** Where nothing can be refunded, but recorded: it is given back elsewhere. An order number that is only missing can be entered. */
export function recordsOutside({ refusal, outsideAllowed }: PaymentView['refundable']): boolean {
  return refusal !== null && outsideAllowed && refusal.key !== 'refundNoGatewayRef';
}

/** Whether its gateway refused the last refund in a way that no other amount and no other day changes: it can only be given back elsewhere. */
export function isRefusedForGood({ refunds, refundable }: PaymentView): boolean {
  const last = refunds.at(-1);
  return refundable.refusal === null && refundable.outsideAllowed && last?.state === 'refused' && (last.message?.key === 'refundRefusedOld' || last.message?.key === 'refundRefusedState');
}

/** Whether something of it is left that goes back: through its gateway, or elsewhere and recorded here. */
export function canGoBack(refundable: PaymentView['refundable']): boolean {
  return refundable.left.minor > 0 && (refundable.refusal === null || recordsOutside(refundable));
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
export function goesBackCap(refundable: PaymentView['refundable']): { readonly word: 'cap.recordOutside' } | { readonly word: 'cap.refundTurned'; readonly values: { readonly amount: string } } {
  return recordsOutside(refundable) ? { word: 'cap.recordOutside' } : { word: 'cap.refundTurned', values: { amount: amountWithSign(refundable.left) } };
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
