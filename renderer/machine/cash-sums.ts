/** The sums of a cash sale: what is due after rounding, what one digit stands for, and how to make up the change. */
import { makeAmount, parseAmount, type Amount } from '../../core/money/amount.ts';
import { currencyDecimals, type Currency } from '../../core/money/currency.ts';

/** What is due in cash: the nearest sum that coins can make; half goes up. */
export function dueInCash(amount: Amount, roundTo: Amount): Amount {
  const rest = amount.minor % roundTo.minor;
  return makeAmount(amount.minor - rest + (rest * 2 >= roundTo.minor ? roundTo.minor : 0), amount.currency);
}

/** What was handed over by the digits typed so far: `0` is exact, one digit is the note that is enough, more count as typed. Null: nothing typed. */
export function handedOver(typed: string, due: Amount): Amount | null {
  if (typed === '') return null;
  if (typed === '0') return due;
  if (/^[1-9]$/.test(typed)) return note(Number(typed), due);
  const parsed = parseAmount(typed.endsWith('.') ? typed.slice(0, -1) : typed, due.currency);
  return parsed.kind === 'amount' ? parsed.amount : makeAmount(0, due.currency);
}

/** One way to pay that a single digit stands for. */
export interface Offer {
  readonly digit: string;
  readonly received: Amount;
  readonly change: Amount;
}

const offersMost = 4;

/** Exact and the likeliest: the next round sum, then the notes above it. */
export function cashOffers(due: Amount, notes: readonly Amount[]): readonly Offer[] {
  const known = new Set(notes.map((value) => value.minor));
  const byDigit = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({ digit, minor: note(digit, due).minor })).filter(({ minor }) => minor > due.minor);
  const least = Math.min(...byDigit.map(({ minor }) => minor));
  const likely = byDigit.filter(({ minor }) => minor === least || known.has(minor)).sort((left, right) => left.minor - right.minor);
  const exact: Offer = { digit: '0', received: due, change: makeAmount(0, due.currency) };
  return [exact, ...likely.map(({ digit, minor }) => ({
    digit: String(digit), received: makeAmount(minor, due.currency), change: makeAmount(minor - due.minor, due.currency),
  }))].slice(0, offersMost);
}

/** A note or coin of the change, and how many of it. */
export interface ChangePiece {
  readonly value: Amount;
  readonly pieces: number;
  readonly coin: boolean;
}

/** Notes and coins in whole minor units, greatest first, and from which value on they are paper. */
const money: Readonly<Partial<Record<Currency, { readonly values: readonly number[]; readonly leastNote: number }>>> = {
  CNY: { values: [10000, 5000, 2000, 1000, 500, 100, 50, 10], leastNote: 100 },
  AUD: { values: [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5], leastNote: 500 },
  NZD: { values: [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10], leastNote: 500 },
  USD: { values: [10000, 5000, 2000, 1000, 500, 100, 25, 10, 5, 1], leastNote: 100 },
  EUR: { values: [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1], leastNote: 500 },
  GBP: { values: [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1], leastNote: 500 },
  HKD: { values: [50000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10], leastNote: 1000 },
  JPY: { values: [10000, 5000, 1000, 500, 100, 50, 10, 5, 1], leastNote: 1000 },
};

/** The change in as few pieces as can be; empty where this currency's coins aren't known or can't make it. */
export function changePieces(change: Amount): readonly ChangePiece[] {
  const known = money[change.currency];
  if (!known) return [];
  let left = change.minor;
  const pieces = known.values.flatMap((value) => {
    const count = Math.floor(left / value);
    left -= count * value;
    return count === 0 ? [] : [{ value: makeAmount(value, change.currency), pieces: count, coin: value < known.leastNote }];
  });
  return left === 0 ? pieces : [];
}

/** A digit with as many zeros as make it enough. */
function note(digit: number, due: Amount): Amount {
  let minor = digit * 10 ** currencyDecimals(due.currency);
  while (minor < due.minor) minor *= 10;
  return makeAmount(minor, due.currency);
}
