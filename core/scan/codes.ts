/** What a scanned text is: a payment code, or something else. Prefixes label and route, and never refuse (CASES 36). */
import type { Wallet } from '../contract/types.ts';

/** On the screens a payment code is 15 to 32 digits; on the command line 1 to 32 (CASES 36). */
export const screenCodeDigits = { least: 15, most: 32 } as const;
export const commandLineCodeDigits = { least: 1, most: 32 } as const;

/** AIM ids of EAN and UPC: goods, never a payment code. */
const goodsSymbologies = /^\]E/;

/** True for text that may be charged: ASCII digits of an allowed number, not read as a goods barcode. */
export function isPaymentCode(text: string, digits: { readonly least: number; readonly most: number }, symbology: string | null): boolean {
  if (symbology !== null && goodsSymbologies.test(symbology)) return false;
  return /^[0-9]+$/.test(text) && text.length >= digits.least && text.length <= digits.most;
}

/** The wallet by its published prefix (FIELD.md, All). */
export function walletOfCode(code: string): Wallet {
  if (/^1[0-5][0-9]{16}$/.test(code)) return 'wechat';
  if (/^(2[5-9]|30)[0-9]{14,22}$/.test(code)) return 'alipay';
  if (/^62[0-9]{17}$/.test(code)) return 'unionpay';
  return 'other';
}
