/** What a list narrowed to a state lets through: by what is known of the money, so that "not known yet" has every row that is. */
import type { ListFilter } from '../contract/types.ts';
import type { PaymentRecord, RefundRecord } from './storage.ts';

type WantedState = NonNullable<ListFilter['state']>;

/** `hasRefund`: something of it was given back, or is under way. */
export function saleHasState(sale: Pick<PaymentRecord, 'state' | 'verdict' | 'settledAs' | 'open'>, hasRefund: boolean, wanted: WantedState): boolean {
  switch (wanted) {
    case 'paid':
      // Also where another attempt of the sale is looked at: its money is in the totals.
      return sale.verdict === 'paid' && sale.settledAs === null;
    case 'declined':
      return sale.state === 'declined' || sale.state === 'reversed';
    case 'unknown':
      return sale.open || sale.verdict === 'notKnownYet';
    case 'refunded':
      return hasRefund;
    case 'settled':
      return sale.settledAs !== null;
    default:
      return sale.state === wanted;
  }
}

/** A refund's own row: with its sale where it gave something back or may have, and among the unknown while it is open. */
export function refundHasState(refund: Pick<RefundRecord, 'state' | 'settledAs' | 'open'>, wanted: WantedState): boolean {
  switch (wanted) {
    case 'unknown':
      return refund.open;
    case 'refunded':
      return refund.state === 'refunded' || refund.open || refund.settledAs === 'refunded';
    case 'settled':
      return refund.settledAs !== null;
    default:
      return refund.state === wanted;
  }
}

/** Whether anything of a sale was given back, or is under way. */
export function saleHasRefund(sale: Pick<PaymentRecord, 'refundedMinor' | 'refundOpenMinor'>): boolean {
  return sale.refundedMinor > 0 || sale.refundOpenMinor > 0;
}
