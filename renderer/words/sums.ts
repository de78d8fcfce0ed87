/** Sums that may be below zero, as tables and papers write them. */
import type { Amount, Currency } from '../../core/contract/types.ts';
import { amountText, amountWithSign, currencySign, makeAmount } from '../../core/money/amount.ts';

/** `1,284.60`, `−12.00`; with a true minus, as wide as a figure. */
export function sumText(minor: number, currency: Currency): string {
  return amountText(makeAmount(minor, currency)).replace('-', '−');
}

/** `¥26.00 + A$10.00`: currencies side by side, never added. */
export function amountsText(amounts: readonly Amount[]): string {
  return amounts.map((amount) => amountWithSign(amount)).join(' + ');
}

/** `¥100`, `¥0.5`: a note or a coin as people name it. */
export function pieceText(minor: number, currency: Currency): string {
  return currencySign(currency) + amountText(makeAmount(minor, currency)).replace(/\.0+$|(\.\d*?)0+$/, '$1');
}
