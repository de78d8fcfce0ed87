/** Reads an amount as statements print it, exactly: text in, whole minor units out, and nothing in between is a float. */
import { currencyDecimals, type Currency } from '../money/currency.ts';

export type AmountUnit = 'minor' | 'major';

const currencyMarks = /^(?:(?:CNY|RMB|AUD|USD|EUR|GBP|HKD|NZD|JPY|[A-Z]{2,3}\$|[A-Z]\$|[¥$€£])\s*)|(?:\s*(?:CNY|RMB|AUD|USD|EUR|GBP|HKD|NZD|JPY|元|圆))$/giu;
const majorMark = /[元圆]$/u;
const minorMark = /分$/u;

/** At most this many digits: far below 2^53, so that they are exact as a number. */
const maximumDigits = 15;

/** `1,234.50`, `¥ 38.50`, `-38.50`, `(38.50)`, full-width digits. Null for everything else, a fraction of a minor unit too. */
export function amountCell(text: string, unit: AmountUnit, currency: Currency): number | null {
  let rest = text.normalize('NFKC').trim().replace(/[−–]/gu, '-');
  if (majorMark.test(rest) && unit === 'minor') return null;
  if (minorMark.test(rest)) {
    if (unit === 'major') return null;
    rest = rest.slice(0, -1);
  }
  const brackets = /^\((.*)\)$/u.exec(rest);
  let negative = brackets !== null;
  rest = brackets?.[1] ?? rest;
  // A sign stands before the currency's mark, or after it, never both.
  const before = takeSign(rest);
  const after = takeSign(before.rest.replace(currencyMarks, '').trim());
  if ([negative, before.sign !== '', after.sign !== ''].filter(Boolean).length > 1) return null;
  negative ||= before.sign === '-' || after.sign === '-';
  const minor = wholeMinor(after.rest, unit === 'minor' ? 0 : currencyDecimals(currency));
  return minor === null || minor === 0 || !negative ? minor : -minor;
}

function takeSign(text: string): { readonly sign: string; readonly rest: string } {
  const match = /^([+-])\s*(.*)$/u.exec(text);
  return match ? { sign: match[1] ?? '', rest: match[2] ?? '' } : { sign: '', rest: text };
}

function wholeMinor(text: string, places: number): number | null {
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/u.exec(text);
  if (!match) return null;
  const whole = (match[1] ?? '').replaceAll(',', '');
  const decimals = match[2] ?? '';
  if (!/^0*$/u.test(decimals.slice(places))) return null;
  const digits = whole + decimals.slice(0, places).padEnd(places, '0');
  return digits.replace(/^0+/u, '').length > maximumDigits ? null : Number(digits);
}
