/** The ISO 4217 currencies that the till can count in, with their number of decimals. */

const decimals = {
  AUD: 2, CAD: 2, CHF: 2, CNY: 2, DKK: 2, EUR: 2, GBP: 2, HKD: 2, IDR: 2, INR: 2, JPY: 0, KRW: 0, MOP: 2, MYR: 2,
  NOK: 2, NZD: 2, PHP: 2, SEK: 2, SGD: 2, THB: 2, TWD: 2, USD: 2, VND: 0,
} as const;

export type Currency = keyof typeof decimals;

export const currencies = Object.keys(decimals) as readonly Currency[];

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(decimals, text);
}

/** How many digits stand after the point: 2 for CNY and AUD, 0 for JPY. */
export function currencyDecimals(currency: Currency): number {
  return decimals[currency];
}
