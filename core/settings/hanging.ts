/** What still hangs on an identity of a gateway: open payments, refunds without an outcome, and what may still be refunded (CASES 6). */
import type { Hanging, PaymentView } from '../contract/types.ts';
import { sameIdentity } from '../configuration.ts';
import type { Gateway, GatewayIdentity } from '../gateways/gateway.ts';
import type { JournalReader, PaymentRecord } from '../journal/storage.ts';
import { openRefund, refundableMinor, type Payment } from '../payment/payment.ts';
import { isEnded } from '../payment/state.ts';

export interface HangingPorts {
  readonly reader: JournalReader;
  /** Payments in memory: everything that is open is among them. */
  active(): readonly Payment[];
  load(paymentId: string): Payment | null;
  /** Payments that can't be read. */
  unreadable(): readonly PaymentRecord[];
  view(payment: Payment): PaymentView;
  /** The shop's day so many days ago. */
  dayBefore(days: number): string;
}

/** Where a gateway names no end, what is older than this is asked for by nobody. */
const refundDaysMost = 365;
/** So many are looked at one by one; more of them are counted alone. */
const lookedAtMost = 200;

export type Matters = Pick<Hanging, 'open' | 'openRefunds' | 'unreadable' | 'refundable' | 'withinDays'>;

/** Null where nothing hangs on it. */
export function hangingOn(gateway: Gateway, identity: GatewayIdentity, ports: HangingPorts): Matters | null {
  const isIts = (created: { readonly gateway: string; readonly identity: GatewayIdentity }): boolean => created.gateway === gateway.id && sameIdentity(created.identity, identity);
  const active = ports.active();
  const open = active.filter((payment) => payment.attempts.some((attempt) => isIts(attempt.created) && !isEnded(attempt)));
  const refunds = active.flatMap((payment) => {
    const refund = openRefund(payment);
    const attempt = refund === null ? undefined : payment.attempts.find((one) => one.created.attemptRef === refund.created.attemptRef);
    return refund !== null && attempt !== undefined && isIts(attempt.created) ? [{ payment: ports.view(payment), amount: refund.created.amount, startedAt: refund.created.time.wall }] : [];
  });
  // Their identity stands in no projection: each may be one of this one's.
  const unreadable = ports.unreadable().filter((record) => isOpenAt(gateway.id, record, ports.reader)).map(({ number }) => number);
  const withinDays = gateway.capabilities.refund?.withinDays ?? null;
  const refundable = gateway.capabilities.refund === null ? 0 : refundableCount(gateway.id, isIts, { ports, days: withinDays ?? refundDaysMost });
  if (open.length === 0 && refunds.length === 0 && unreadable.length === 0 && refundable === 0) return null;
  return { open: open.map((payment) => ports.view(payment)).toSorted((left, right) => left.startedAt - right.startedAt), openRefunds: refunds, unreadable, refundable, withinDays };
}

function isOpenAt(gateway: string, record: PaymentRecord, reader: JournalReader): boolean {
  return (record.open && record.gateway === gateway) || reader.refunds({ paymentId: record.paymentId }).some((refund) => refund.open && refund.gateway === gateway);
}

function refundableCount(gateway: string, isIts: (created: Payment['attempts'][number]['created']) => boolean, { ports, days }: { readonly ports: HangingPorts; readonly days: number }): number {
  const query = { fromDay: ports.dayBefore(days), toDay: ports.dayBefore(0), filter: { gateway } };
  const paid = ports.reader.daySums(query).filter((sum) => sum.kind === 'sale' && sum.counts).reduce((rows, sum) => rows + sum.rows, 0);
  // Too many to look at each: some of them may have been refunded, or sent under an identity before this one.
  if (paid === 0 || paid > lookedAtMost) return paid;
  let found = 0;
  for (const row of ports.reader.dayRows({ ...query, after: null, count: lookedAtMost * 10 })) {
    if (row.kind !== 'sale' || row.record.verdict !== 'paid') continue;
    const payment = ports.load(row.record.paymentId);
    const may = payment === null ? row.record.refundedMinor + row.record.refundOpenMinor < row.record.amountMinor : payment.attempts.some((attempt) => isIts(attempt.created) && refundableMinor(payment, attempt) > 0);
    if (may) found += 1;
  }
  return found;
}
