/** Sums over the books: what is refunded, what is left, and what was refunded twice. */
import type { Books, Order, RefundPhase, RefundState, Totals } from './model.ts';

/** Only `closed` is an end with the money back: Omipay tells a time of arrival for no other state. */
export function phaseOf(state: RefundState): RefundPhase {
  switch (state) {
    case 'applied':
    case 'merchantConfirmed':
    case 'organizationConfirmed':
    case 'organizationPayback':
    case 'unsure':
      return 'open';
    case 'closed':
      return 'done';
    case 'merchantRejected':
    case 'timeoutClosed':
    case 'organizationFailed':
    case 'customerCancelled':
      return 'failed';
  }
}

/** What was refunded and is done, in minor units. */
export function refunded(order: Order): number {
  return sumOf(order, 'done');
}

/** What is left to refund: open refunds hold their amount. */
export function refundable(order: Order): number {
  return order.amount - sumOf(order, 'done') - sumOf(order, 'open');
}

/** What the payer's wallet has back. */
export function returnedToWallet(order: Order): number {
  return order.refunds.reduce((sum, refund) => (refund.backAt === null ? sum : sum + refund.amount), 0);
}

export function totalsOf(orders: readonly Order[]): Totals[] {
  const byKey = new Map<string, Totals>();
  for (const order of orders) {
    const key = `${order.gateway} ${order.currency}`;
    const before = byKey.get(key) ?? { gateway: order.gateway, currency: order.currency, charged: 0, cancelled: 0, refunded: 0, refundsOpen: 0, net: 0 };
    const charged = before.charged + order.amount * order.timesCharged;
    const cancelled = before.cancelled + (order.state === 'cancelled' ? order.amount * order.timesCharged : 0);
    const returned = before.refunded + refunded(order);
    const refundsOpen = before.refundsOpen + sumOf(order, 'open');
    byKey.set(key, { ...before, charged, cancelled, refunded: returned, refundsOpen, net: charged - cancelled - returned });
  }
  return [...byKey.values()];
}

export function doubleRefundsOf(orders: readonly Order[]): Books['doubleRefunds'] {
  return orders.flatMap((order) => {
    const times = new Map<string, number>();
    for (const refund of order.refunds) {
      if (refund.phase !== 'failed') times.set(refund.reference, (times.get(refund.reference) ?? 0) + 1);
    }
    return [...times].filter(([, count]) => count > 1).map(([refundReference, count]) => ({ gateway: order.gateway, reference: order.reference, refundReference, times: count }));
  });
}

function sumOf(order: Order, phase: RefundPhase): number {
  return order.refunds.reduce((sum, refund) => (refund.phase === phase ? sum + refund.amount : sum), 0);
}
