/** What a gateway's statement of one day lists, whatever its file looks like: payments, refunds and what was undone. */
import type { GatewayId, Order, RefundEntry } from '../model.ts';

export interface StatementRow {
  readonly kind: 'payment' | 'refund' | 'cancel';
  /** When it is listed as having happened. */
  readonly at: number;
  readonly order: Order;
  readonly refund: RefundEntry | null;
  readonly terminal: string;
  /** In minor units; negative where money went back. */
  readonly amount: number;
}

const chinasHours = 8;

/** Days end by China's clock, but at Omipay by Australia's east without summer time, and at OMoney, whose times are all UTC. */
const otherHours: Readonly<Partial<Record<GatewayId, number>>> = { omipay: 10, omoney: 0 };

export function hoursAheadOf(gateway: GatewayId): number {
  return otherHours[gateway] ?? chinasHours;
}

/** `YYYY-MM-DD HH:mm:ss` by the gateway's clock. */
export function timeOf(gateway: GatewayId, instant: number): string {
  return new Date(instant + hoursAheadOf(gateway) * 3_600_000).toISOString().replace('T', ' ').slice(0, 19);
}

/** The rows of `YYYY-MM-DD`, in the order of their times. */
export function rowsOf(orders: readonly Order[], gateway: GatewayId, day: string): StatementRow[] {
  return orders
    .filter((order) => order.gateway === gateway && order.timesCharged > 0)
    .flatMap(rowsOfOrder)
    .filter((row) => timeOf(gateway, row.at).slice(0, 10) === day)
    .toSorted((one, other) => one.at - other.at);
}

function rowsOfOrder(order: Order): StatementRow[] {
  const { terminal } = order;
  const rows: StatementRow[] = [{ kind: 'payment', at: order.paidAt ?? order.createdAt, order, refund: null, terminal, amount: order.amount }];
  if (order.state === 'cancelled') rows.push({ kind: 'cancel', at: order.endedAt ?? order.createdAt, order, refund: null, terminal, amount: -order.amount });
  for (const refund of order.refunds) {
    if (isListed(order.gateway, refund)) rows.push({ kind: 'refund', at: listedAt(order.gateway, refund), order, refund, terminal: refund.terminal, amount: -refund.amount });
  }
  return rows;
}

/** These list what they took, with a status, and leave failed ones out; the others list what is done. */
const listWhatTheyTook: ReadonlySet<GatewayId> = new Set(['omipay', 'omoney']);

function isListed(gateway: GatewayId, refund: RefundEntry): boolean {
  return refund.phase === 'done' || (listWhatTheyTook.has(gateway) && refund.phase === 'open');
}

function listedAt(gateway: GatewayId, refund: RefundEntry): number {
  return listWhatTheyTook.has(gateway) ? refund.at : (refund.endedAt ?? refund.at);
}

/** Minor units with two decimals, as both gateways' currencies have. */
export function decimals(amount: number): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
