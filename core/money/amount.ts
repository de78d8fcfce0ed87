/** Money as integer minor units of an ISO 4217 currency: the only place where text becomes an amount or an amount text. */
import { currencyDecimals, isCurrency, type Currency } from './currency.ts';

/** A sum of money: `minor` is a safe integer in the currency's smallest unit (fen, cents). Never a float (money rule 5). */
export interface Amount {
  readonly minor: number;
  readonly currency: Currency;
}

/** Why a text is no amount. */
export type AmountProblem = 'empty' | 'notDigits' | 'tooManyDecimals' | 'tooLarge' | 'zero';

export type ParsedAmount =
  | { readonly kind: 'amount'; readonly amount: Amount }
  | { readonly kind: 'problem'; readonly problem: AmountProblem };

/** At most this many digits before the decimal point (DESIGN.md 7). */
export const maximumWholeDigits = 8;

/**
 * Reads what a person typed: ASCII digits, one optional point, at most as many decimals as the currency has.
 * `12`, `12.3` and `12.30` are the same CNY amount; zero, signs, exponents, blanks and full-width digits are problems.
 */
export function parseAmount(text: string, currency: Currency): ParsedAmount {
  if (text === '') return { kind: 'problem', problem: 'empty' };
  const match = /^([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!match) return { kind: 'problem', problem: 'notDigits' };
  const whole = match[1] ?? '';
  const decimals = match[2] ?? '';
  const places = currencyDecimals(currency);
  if (decimals.length > places) return { kind: 'problem', problem: 'tooManyDecimals' };
  if (whole.length > maximumWholeDigits) return { kind: 'problem', problem: 'tooLarge' };
  // Digits only, at most 8 + places of them: an integer far below 2^53, so Number() is exact here.
  const minor = Number(whole + decimals.padEnd(places, '0'));
  if (minor === 0) return { kind: 'problem', problem: 'zero' };
  return { kind: 'amount', amount: { minor, currency } };
}

/** The amount as plain digits with the currency's decimals, for machines and for the wire: `38.50`. */
export function amountDigits(amount: Amount): string {
  const places = currencyDecimals(amount.currency);
  const negative = amount.minor < 0;
  const digits = String(Math.abs(amount.minor)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const text = places === 0 ? whole : `${whole}.${digits.slice(digits.length - places)}`;
  return negative ? `-${text}` : text;
}

/** The amount for people, thousands grouped, without a sign of currency: `1,284.60`. */
export function amountText(amount: Amount): string {
  const [whole = '', decimals] = amountDigits(amount).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** The amount for people with its sign of currency: `¥38.50`, `A$14.50`. */
export function amountWithSign(amount: Amount): string {
  return `${currencySign(amount.currency)}${amountText(amount)}`;
}

const signs: Readonly<Record<string, string>> = { CNY: '¥', AUD: 'A$', USD: 'US$', EUR: '€', GBP: '£', JPY: 'JP¥', HKD: 'HK$', NZD: 'NZ$' };

/** The sign that stands before an amount; the ISO code where a currency has no sign of its own. */
export function currencySign(currency: Currency): string {
  return signs[currency] ?? `${currency} `;
}

/** The sum of two amounts of one currency. Throws on different currencies: they are never added. */
export function addAmounts(left: Amount, right: Amount): Amount {
  if (left.currency !== right.currency) throw new Error(`cannot add ${left.currency} and ${right.currency}`);
  return makeAmount(left.minor + right.minor, left.currency);
}

export function sameAmount(left: Amount, right: Amount): boolean {
  return left.minor === right.minor && left.currency === right.currency;
}

/** An amount from minor units. Throws where they are no safe integer or the currency is unknown: a broken invariant. */
export function makeAmount(minor: number, currency: string): Amount {
  if (!Number.isSafeInteger(minor)) throw new Error(`not a whole number of minor units: ${minor}`);
  if (!isCurrency(currency)) throw new Error(`unknown currency: ${currency}`);
  return { minor, currency };
}

/** Minor units from a gateway's answer: ASCII digits only, as text or as an integer. Null for anything else. */
export function minorFromWire(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  if (typeof value !== 'string' || !/^[0-9]{1,15}$/.test(value)) return null;
  return Number(value);
}
