/** The sums of a cash sale, the same on the screen and in the till: what is due, what one digit stands for, and how to make up the change. */
import { makeAmount, parseAmount, type Amount } from './amount.ts';
import { currencyDecimals } from './currency.ts';
import { denominationsOf, isCoin } from './denominations.ts';

/**
 * What is due in cash, in minor units: the nearest multiple of the smallest coin, half goes up. Never nothing: a sale that is
 * smaller than half a coin costs one.
 */
export function roundCash(amountMinor: number, roundToMinor: number): number {
  const rest = amountMinor % roundToMinor;
  const rounded = amountMinor - rest + (rest * 2 >= roundToMinor ? roundToMinor : 0);
  return rounded === 0 && amountMinor > 0 ? roundToMinor : rounded;
}

/** `roundCash` for amounts of one currency. */
export function dueInCash(amount: Amount, roundTo: Amount): Amount {
  return makeAmount(roundCash(amount.minor, roundTo.minor), amount.currency);
}

/**
 * What was handed over, by the digits typed so far: `0` is exact, one digit is the note that is enough (due 38.50: `4` 40,
 * `5` 50, `1` 100), more count as typed. Null where nothing is typed; zero where it is no amount (yet).
 */
export function handedOver(typed: string, due: Amount): Amount | null {
  if (typed === '') return null;
  if (typed === '0') return due;
  if (/^[1-9]$/.test(typed)) return noteOf(Number(typed), due);
  const read = parseAmount(typed.endsWith('.') ? typed.slice(0, -1) : typed, due.currency);
  return read.kind === 'amount' ? read.amount : makeAmount(0, due.currency);
}

/** One way to pay that a single digit stands for. */
export interface CashOffer {
  readonly digit: string;
  readonly received: Amount;
  readonly change: Amount;
}

const offersMost = 4;

/** Exact and the likeliest, least first: the next round sum, then the single notes above it. */
export function cashOffers(due: Amount, notes: readonly Amount[]): readonly CashOffer[] {
  const single = new Set(notes.filter(({ currency }) => currency === due.currency).map(({ minor }) => minor));
  const above = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({ digit, minor: noteOf(digit, due).minor })).filter(({ minor }) => minor > due.minor);
  const next = Math.min(...above.map(({ minor }) => minor));
  const likely = above.filter(({ minor }) => minor === next || single.has(minor)).toSorted((left, right) => left.minor - right.minor);
  const exact: CashOffer = { digit: '0', received: due, change: makeAmount(0, due.currency) };
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

/** The change in notes and coins, greatest first; empty where there is none, or its coins can't make it. */
export function makeChange(change: Amount, values: readonly Amount[] = denominationsOf(change.currency)): readonly ChangePiece[] {
  let left = change.minor;
  const made: ChangePiece[] = [];
  for (const value of values) {
    const pieces = Math.floor(left / value.minor);
    if (pieces <= 0) continue;
    left -= pieces * value.minor;
    made.push({ value, pieces, coin: isCoin(value) });
  }
  return left === 0 ? made : [];
}

/** A digit with as many zeros as make it enough. */
function noteOf(digit: number, due: Amount): Amount {
  let minor = digit * 10 ** currencyDecimals(due.currency);
  while (minor < due.minor) minor *= 10;
  return makeAmount(minor, due.currency);
}
