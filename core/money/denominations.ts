/** The notes and coins of each currency, for counting a drawer and for making up change. */
import type { Amount } from './amount.ts';
import type { Currency } from './currency.ts';

/** Values in minor units, greatest first; `leastNote` and above are paper (or plastic), the rest are coins. */
const pieces: Readonly<Record<Currency, { readonly values: readonly number[]; readonly leastNote: number }>> = {
  AUD: { values: [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5], leastNote: 500 },
  CAD: { values: [10_000, 5000, 2000, 1000, 500, 200, 100, 25, 10, 5], leastNote: 500 },
  CHF: { values: [100_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5], leastNote: 1000 },
  CNY: { values: [10_000, 5000, 2000, 1000, 500, 100, 50, 10], leastNote: 100 },
  DKK: { values: [50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50], leastNote: 5000 },
  EUR: { values: [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1], leastNote: 500 },
  GBP: { values: [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1], leastNote: 500 },
  HKD: { values: [100_000, 50_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10], leastNote: 1000 },
  IDR: { values: [10_000_000, 5_000_000, 2_000_000, 1_000_000, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000], leastNote: 100_000 },
  INR: { values: [50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100], leastNote: 1000 },
  JPY: { values: [10_000, 5000, 1000, 500, 100, 50, 10, 5, 1], leastNote: 1000 },
  KRW: { values: [50_000, 10_000, 5000, 1000, 500, 100, 50, 10], leastNote: 1000 },
  MOP: { values: [100_000, 50_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10], leastNote: 1000 },
  MYR: { values: [10_000, 5000, 2000, 1000, 500, 100, 50, 20, 10, 5], leastNote: 100 },
  NOK: { values: [100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 100], leastNote: 5000 },
  NZD: { values: [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10], leastNote: 500 },
  PHP: { values: [100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 100, 25, 5, 1], leastNote: 2000 },
  SEK: { values: [100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100], leastNote: 2000 },
  SGD: { values: [10_000, 5000, 1000, 500, 200, 100, 50, 20, 10, 5], leastNote: 200 },
  THB: { values: [100_000, 50_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 25], leastNote: 2000 },
  TWD: { values: [200_000, 100_000, 50_000, 20_000, 10_000, 5000, 1000, 500, 100], leastNote: 10_000 },
  USD: { values: [10_000, 5000, 2000, 1000, 500, 100, 25, 10, 5, 1], leastNote: 100 },
  VND: { values: [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000], leastNote: 1000 },
};

/** Notes and coins of a currency, greatest first. */
export function denominationsOf(currency: Currency): readonly Amount[] {
  return pieces[currency].values.map((minor) => ({ minor, currency }));
}

export function isCoin(value: Amount): boolean {
  return value.minor < pieces[value.currency].leastNote;
}
