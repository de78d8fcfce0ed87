/** Totals of the command line's list: sums of exactly the rows given, by gateway and currency; currencies are never added together. */
import { paymentCounts, refundCounts, refundIsOutside, type DayRecord } from './storage.ts';

/** Sums of one gateway and currency, in minor units. */
export interface Total {
  /** Gateway id, or `cash`. */
  readonly gateway: string;
  readonly currency: string;
  readonly paid: number;
  readonly refunded: number;
  readonly net: number;
}

/** What people recorded: in no other total (CASES 17). */
export interface SettledTotal {
  readonly gateway: string;
  readonly currency: string;
  readonly as: 'paid' | 'notPaid' | 'refunded' | 'notRefunded';
  readonly count: number;
  readonly minor: number;
}

/** What was given back elsewhere and recorded here: in no other total, since no gateway's money moved. */
export interface OutsideTotal {
  readonly gateway: string;
  readonly currency: string;
  readonly count: number;
  readonly minor: number;
}

export interface ListTotals {
  readonly totals: readonly Total[];
  readonly settled: readonly SettledTotal[];
  readonly outside: readonly OutsideTotal[];
}

export function listTotals(rows: readonly DayRecord[]): ListTotals {
  const totals = new Map<string, Total>();
  const settled = new Map<string, SettledTotal>();
  const outside = new Map<string, OutsideTotal>();
  for (const row of rows) {
    const { gateway, currency, amountMinor, settledAs } = row.record;
    const key = `${gateway} ${currency}`;
    totals.set(key, withRow(totals.get(key) ?? { gateway, currency, paid: 0, refunded: 0, net: 0 }, row));
    if (row.kind === 'refund' && refundIsOutside(row.record)) {
      const sum = outside.get(key) ?? { gateway, currency, count: 0, minor: 0 };
      outside.set(key, { ...sum, count: sum.count + 1, minor: sum.minor + amountMinor });
    }
    if (settledAs === null) continue;
    const before = settled.get(`${key} ${settledAs}`) ?? { gateway, currency, as: settledAs, count: 0, minor: 0 };
    settled.set(`${key} ${settledAs}`, { ...before, count: before.count + 1, minor: before.minor + amountMinor });
  }
  return { totals: ordered(totals), settled: ordered(settled), outside: ordered(outside) };
}

function withRow(before: Total, row: DayRecord): Total {
  if (row.kind === 'sale') {
    const paid = paymentCounts(row.record) ? row.record.amountMinor : 0;
    return { ...before, paid: before.paid + paid, net: before.net + paid };
  }
  const refunded = refundCounts(row.record) ? row.record.amountMinor : 0;
  return { ...before, refunded: before.refunded + refunded, net: before.net - refunded };
}

function ordered<Sum>(sums: ReadonlyMap<string, Sum>): readonly Sum[] {
  return [...sums].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, sum]) => sum);
}
