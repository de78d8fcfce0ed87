/** Amounts that gateways write with a decimal point, to and from minor units, exactly and never through a float. */
import { currencyDecimals, type Currency } from '../money/currency.ts';

/** `38.5`, `38.50` and `38.500` are 3850 fen; null for signs, exponents, blanks, and decimals that the currency doesn't have. */
export function minorFromDecimal(text: string, currency: Currency): number | null {
  return shifted(text, currencyDecimals(currency));
}

/** `3850` and `3850.00` are 3850: a whole number that a gateway writes with decimals; null for anything that is none. */
export function wholeFromDecimal(text: string): number | null {
  return shifted(text, 0);
}

function shifted(text: string, places: number): number | null {
  const match = /^([0-9]{1,12})(?:\.([0-9]{1,8}))?$/.exec(text);
  if (match === null) return null;
  const [, whole = '', decimals = ''] = match;
  const beyond = decimals.slice(places);
  if (/[1-9]/.test(beyond)) return null;
  const minor = Number(whole + decimals.slice(0, places).padEnd(places, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}
