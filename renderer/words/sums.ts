/** Sums that may be below zero, as tables and papers write them. */
import type { Currency } from '../../core/contract/types.ts';
import { amountText, currencySign, makeAmount } from '../../core/money/amount.ts';

/** `1,284.60`, `−12.00`; with a true minus, as wide as a figure. */
export function sumText(minor: number, currency: Currency): string {
  return amountText(makeAmount(minor, currency)).replace('-', '−');
}

/** `¥100`, `¥0.5`: a note or a coin as people name it. */
export function pieceText(minor: number, currency: Currency): string {
  return currencySign(currency) + amountText(makeAmount(minor, currency)).replace(/\.0+$|(\.\d*?)0+$/, '$1');
}
