/** The day's list and its totals: sums of exactly the rows shown, currencies apart, cash hidden from whoever will count it. */
import type { DayRow, DaySum, DayTotals, PersonName } from '../contract/types.ts';
import { dayCursor, paymentCounts, refundCounts, refundIsOutside, type DayRecord, type DaySumRecord } from '../journal/storage.ts';
import { makeAmount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';

export function dayRow(row: DayRecord, nameOf: (operatorId: string) => PersonName): DayRow {
  return row.kind === 'sale' ? saleRow(row, nameOf) : refundRow(row, nameOf);
}

function saleRow(row: Extract<DayRecord, { kind: 'sale' }>, nameOf: (operatorId: string) => PersonName): DayRow {
  const { record } = row;
  return {
    kind: 'sale', cursor: dayCursor(row), paymentId: record.paymentId, number: record.number, at: record.startedAt,
    amount: makeAmount(record.amountMinor, record.currency), gateway: record.gateway, wallet: record.wallet, last4: record.last4, state: record.state, verdict: record.verdict,
    counts: paymentCounts(record), outside: false, settled: record.settledAs !== null, open: record.open, operator: nameOf(record.operatorId),
    reference: valueOf(record.references, 'attemptRef') ?? record.paymentId, gatewayRef: valueOf(record.references, 'gatewayRef'), saleRef: record.saleRef,
  };
}

function refundRow(row: Extract<DayRecord, { kind: 'refund' }>, nameOf: (operatorId: string) => PersonName): DayRow {
  const { record, payment } = row;
  return {
    kind: 'refund', cursor: dayCursor(row), paymentId: record.paymentId, number: record.number, at: record.startedAt,
    amount: makeAmount(record.amountMinor, record.currency), gateway: record.gateway, wallet: record.wallet, last4: payment.last4, state: record.state, verdict: payment.verdict,
    counts: refundCounts(record), outside: refundIsOutside(record), settled: record.settledAs !== null, open: record.open, operator: nameOf(record.operatorId),
    reference: record.refundRef, gatewayRef: record.gatewayRefundRef, saleRef: payment.saleRef,
  };
}

function valueOf(references: readonly { readonly value: string; readonly kind: string }[], kind: string): string | null {
  return references.find((one) => one.kind === kind)?.value ?? null;
}

/** All totals out of one list of sums, so that none can disagree with another. */
export function dayTotals(sums: readonly DaySumRecord[]): DayTotals {
  return {
    byCurrency: grouped(sums, (sum) => sum.currency),
    byGateway: grouped(sums, (sum) => sum.gateway),
    byWallet: grouped(sums, (sum) => sum.wallet),
    byOperator: grouped(sums, (sum) => sum.operatorId),
    byHour: grouped(sums, (sum) => String(sum.hour).padStart(2, '0')),
    open: (['sale', 'refund'] as const).flatMap((kind) => currencySums(sums, (sum) => sum.open && sum.kind === kind).map((sum) => ({ kind, ...sum }))),
    settled: settledSums(sums),
    outside: currencySums(sums, (sum) => sum.outside),
    rows: sums.reduce((rows, sum) => rows + sum.rows, 0),
  };
}

/** Cash counts stay, its money doesn't: whoever will count the drawer must not read the sum before (SCREENS.md 5.13). */
export function withoutCash(sums: readonly DaySumRecord[]): readonly DaySumRecord[] {
  return sums.map((sum) => (sum.gateway === 'cash' ? { ...sum, minor: 0 } : sum));
}

export function grouped(sums: readonly DaySumRecord[], keyOf: (sum: DaySumRecord) => string): readonly DaySum[] {
  const groups = new Map<string, DaySum>();
  for (const sum of sums) {
    if (!sum.counts) continue;
    const key = keyOf(sum);
    const id = `${key} ${sum.currency}`;
    const before = groups.get(id) ?? { key, currency: sum.currency, sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0, netMinor: 0 };
    groups.set(id, sum.kind === 'sale'
      ? { ...before, sales: before.sales + sum.rows, salesMinor: before.salesMinor + sum.minor, netMinor: before.netMinor + sum.minor }
      : { ...before, refunds: before.refunds + sum.rows, refundsMinor: before.refundsMinor + sum.minor, netMinor: before.netMinor - sum.minor });
  }
  return [...groups.values()].toSorted((left, right) => (`${left.currency} ${left.key}` < `${right.currency} ${right.key}` ? -1 : 1));
}

/** What stands in no total, by currency. */
function currencySums(sums: readonly DaySumRecord[], wanted: (sum: DaySumRecord) => boolean): DayTotals['outside'] {
  const found = new Map<Currency, { currency: Currency; count: number; minor: number }>();
  for (const sum of sums) {
    if (!wanted(sum)) continue;
    const before = found.get(sum.currency) ?? { currency: sum.currency, count: 0, minor: 0 };
    found.set(sum.currency, { ...before, count: before.count + sum.rows, minor: before.minor + sum.minor });
  }
  return [...found.values()].toSorted((left, right) => (left.currency < right.currency ? -1 : 1));
}

const settledWords = { paid: 'paid', notPaid: 'notPaid', refunded: 'refunded', notRefunded: null } as const;

function settledSums(sums: readonly DaySumRecord[]): DayTotals['settled'] {
  const settled = new Map<string, { as: 'paid' | 'notPaid' | 'refunded'; currency: Currency; count: number; minor: number }>();
  for (const sum of sums) {
    const as = sum.settledAs === null ? null : settledWords[sum.settledAs];
    if (as === null) continue;
    const key = `${as} ${sum.currency}`;
    const before = settled.get(key) ?? { as, currency: sum.currency, count: 0, minor: 0 };
    settled.set(key, { ...before, count: before.count + sum.rows, minor: before.minor + sum.minor });
  }
  return [...settled.values()];
}
