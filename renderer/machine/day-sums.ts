/** The till's sums of a day, laid out for the screen: one currency in front, the others beside, never added. */
import type { Currency, DaySum, DayTotals, DayView } from '../../core/contract/types.ts';

/** What the large figure and its neighbours say. */
export interface DayHead {
  readonly main: DaySum;
  readonly others: readonly DaySum[];
}

/** The store's currency in front. */
export function dayHead(totals: DayTotals, currency: Currency): DayHead {
  return { main: totalOf(totals, currency), others: totals.byCurrency.filter((sum) => sum.currency !== currency && (sum.sales > 0 || sum.refunds > 0)) };
}

export function emptySum(currency: Currency, key = currency as string): DaySum {
  return { key, currency, sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0, netMinor: 0 };
}

/** The rows of a table in one currency, and their sum; the currencies after the first one stand below it, each with its own. */
export interface SumTable {
  readonly currency: Currency;
  readonly rows: readonly DaySum[];
  readonly total: DaySum;
}

/** One table for each currency, the store's first. */
export function sumTables(rows: readonly DaySum[], totals: DayTotals, currency: Currency): readonly SumTable[] {
  const currencies = [currency, ...new Set(rows.map((row) => row.currency).filter((other) => other !== currency))];
  return currencies.map((each) => ({
    currency: each,
    rows: rows.filter((row) => row.currency === each),
    total: totalOf(totals, each),
  })).filter((table) => table.rows.length > 0 || table.currency === currency);
}

function totalOf(totals: DayTotals, currency: Currency): DaySum {
  return totals.byCurrency.find((sum) => sum.currency === currency) ?? emptySum(currency);
}

/** One hour of the chart. */
export interface HourBar {
  /** `08`. */
  readonly hour: string;
  readonly now: number;
  readonly before: number;
}

/**
 * The hours from the first to the last in which something was sold, then or now: takings in minor units, or numbers of sales.
 * They begin where the shop's day begins.
 */
export function hourBars(view: DayView, currency: Currency, what: 'takings' | 'sales', dayChangeHour: number): readonly HourBar[] {
  const hours = [...hoursOfDay.slice(dayChangeHour), ...hoursOfDay.slice(0, dayChangeHour)];
  const of = (sums: readonly DaySum[]): ReadonlyMap<string, number> => new Map(
    sums.filter((sum) => sum.currency === currency).map((sum) => [sum.key, what === 'sales' ? sum.sales : sum.salesMinor]),
  );
  const now = of(view.totals.byHour);
  const before = of(view.weekBefore);
  const used = hours.filter((hour) => now.has(hour) || before.has(hour));
  const first = hours.indexOf(used[0] ?? '08');
  const last = hours.indexOf(used.at(-1) ?? '21');
  return hours.slice(first, last + 1).map((hour) => ({ hour, now: now.get(hour) ?? 0, before: before.get(hour) ?? 0 }));
}

const hoursOfDay: readonly string[] = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

export interface Share {
  readonly key: string;
  readonly minor: number;
  /** Whole per cent; all of them together are 100. */
  readonly percent: number;
}

/** What part of the takings each wallet has, greatest first. Whole per cents by the greatest remainders, so that they add up. */
export function shares(rows: readonly DaySum[], currency: Currency): readonly Share[] {
  const counted = rows.filter((row) => row.currency === currency && row.salesMinor > 0).sort((left, right) => right.salesMinor - left.salesMinor);
  const total = counted.reduce((sum, row) => sum + row.salesMinor, 0);
  const floors = counted.map((row) => Math.floor((row.salesMinor * 100) / total));
  const left = 100 - floors.reduce((sum, floor) => sum + floor, 0);
  const byRemainder = counted.map((row, index) => ({ index, rest: (row.salesMinor * 100) % total })).sort((one, other) => other.rest - one.rest);
  const raised = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return counted.map((row, index) => ({ key: row.key, minor: row.salesMinor, percent: (floors[index] ?? 0) + (raised.has(index) ? 1 : 0) }));
}
