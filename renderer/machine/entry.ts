/** Typing an amount: digits become minor units of the store's currency, and nothing that is no amount gets in. */
import { amountText, makeAmount, parseAmount, type Amount } from '../../core/money/amount.ts';
import { currencyDecimals, type Currency } from '../../core/money/currency.ts';

/** What was typed so far: finished lines in minor units, and the digits of the line being typed. */
export interface Entry {
  readonly lines: readonly number[];
  readonly typed: string;
}

export interface EntryRules {
  readonly currency: Currency;
  readonly maximumMinor: number;
  readonly mode: 'decimalPoint' | 'centsFirst';
}

/** A key that writes into the amount. */
export type AmountKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | '.';

export const emptyEntry: Entry = { lines: [], typed: '' };

/** The entry after one key; null where the key is refused (a second point, a decimal too many, above the limit). */
export function typeKey(entry: Entry, key: AmountKey, rules: EntryRules): Entry | null {
  const typed = rules.mode === 'centsFirst' ? withCentsKey(entry.typed, key) : withDecimalKey(entry.typed, key, rules);
  if (typed === null || isTooLarge(typed, rules)) return null;
  const next = { ...entry, typed };
  const total = lineMinor(next, rules) + linesMinor(next);
  return total > rules.maximumMinor ? null : next;
}

/** Takes the last digit back; where the line is empty, the last finished line comes back to be edited. */
export function deleteDigit(entry: Entry, rules: EntryRules): Entry {
  if (entry.typed !== '') return { ...entry, typed: entry.typed.slice(0, -1) };
  const last = entry.lines.at(-1);
  if (last === undefined) return entry;
  return { lines: entry.lines.slice(0, -1), typed: typedFor({ minor: last, currency: rules.currency }, rules) };
}

/** Finishes the line that is being typed; null where there is nothing to finish. */
export function addLine(entry: Entry, rules: EntryRules): Entry | null {
  const minor = lineMinor(entry, rules);
  return minor === 0 ? null : { lines: [...entry.lines, minor], typed: '' };
}

/** The sum of all lines; minor 0 where nothing was typed. */
export function entryTotal(entry: Entry, rules: EntryRules): Amount {
  return makeAmount(linesMinor(entry) + lineMinor(entry, rules), rules.currency);
}

/** Every line, the one being typed included, for the sum line under the amount. */
export function entryLines(entry: Entry, rules: EntryRules): readonly Amount[] {
  const current = lineMinor(entry, rules);
  const minors = current === 0 ? entry.lines : [...entry.lines, current];
  return minors.map((minor) => makeAmount(minor, rules.currency));
}


export function entryIsEmpty(entry: Entry): boolean {
  return entry.lines.length === 0 && entry.typed === '';
}

/** An entry that holds this amount as if it had been typed. */
export function entryOf(amount: Amount, rules: EntryRules): Entry {
  return { lines: [], typed: typedFor(amount, rules) };
}

function typedFor(amount: Amount, rules: EntryRules): string {
  const digits = amountText(amount).replaceAll(',', '');
  return rules.mode === 'centsFirst' ? digits.replace('.', '').replace(/^0+/, '') : digits;
}

function withCentsKey(typed: string, key: AmountKey): string | null {
  if (key === '.') return null;
  return (typed + key).replace(/^0+/, '');
}

function withDecimalKey(typed: string, key: AmountKey, rules: EntryRules): string | null {
  const places = currencyDecimals(rules.currency);
  if (key === '.') return places === 0 || typed.includes('.') ? null : `${typed === '' ? '0' : typed}.`;
  const [whole = '', decimals] = typed.split('.');
  if (decimals !== undefined) return decimals.length + key.length > places ? null : typed + key;
  return (whole + key).replace(/^0+(?=\d)/, '');
}

function linesMinor(entry: Entry): number {
  return entry.lines.reduce((sum, minor) => sum + minor, 0);
}

function lineMinor(entry: Entry, rules: EntryRules): number {
  const parsed = parseAmount(plainText(entry.typed, rules), rules.currency);
  return parsed.kind === 'amount' ? parsed.amount.minor : 0;
}

function isTooLarge(typed: string, rules: EntryRules): boolean {
  const parsed = parseAmount(plainText(typed, rules), rules.currency);
  return parsed.kind === 'problem' && parsed.problem === 'tooLarge';
}

function plainText(typed: string, rules: EntryRules): string {
  if (rules.mode === 'decimalPoint') return typed.endsWith('.') ? typed.slice(0, -1) : typed;
  const places = currencyDecimals(rules.currency);
  if (places === 0 || typed === '') return typed;
  const padded = typed.padStart(places + 1, '0');
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}
