/** The pieces that every paper is made of: lines, sums with their sign, and the frame around them with its banners. */
import { amountWithSign, makeAmount, type Amount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import type { ReceiptShop } from './payment-receipt.ts';
import { receiptWords } from './words.ts';

export interface BlockStyle {
  readonly align?: 'left' | 'center' | 'right';
  readonly bold?: boolean;
  readonly size?: 1 | 2;
}

export function text(content: string, style: BlockStyle = {}): ReceiptBlock {
  return { type: 'text', text: content, align: style.align ?? 'left', bold: style.bold ?? false, size: style.size ?? 1 };
}

export function row(left: string, right: string, style: BlockStyle = {}): ReceiptBlock {
  return { type: 'row', left, right, bold: style.bold ?? false, size: style.size ?? 1 };
}

/** Label and value, and nothing where there is no value. */
export function rows(pairs: readonly (readonly [string, string | null])[]): readonly ReceiptBlock[] {
  return pairs.flatMap(([label, value]) => (value === null ? [] : [row(label, value)]));
}

export const rule: ReceiptBlock = { type: 'rule', style: 'dashed' };

/** Blocks under a dashed line; nothing at all where there are none. */
export function section(...blocks: readonly ReceiptBlock[]): readonly ReceiptBlock[] {
  return blocks.length === 0 ? [] : [rule, ...blocks];
}

/** A sum of a report; one that is taken off has its minus before the sign of currency: `-¥53.00`. */
export function sumText(minor: number, currency: Currency): string {
  const text = amountWithSign(makeAmount(Math.abs(minor), currency));
  return minor < 0 ? `-${text}` : text;
}

/** A difference, whose plus is said too: `+¥0.02`, `-¥2.50`, `¥0.00`. */
export function differenceText(minor: number, currency: Currency): string {
  return minor > 0 ? `+${sumText(minor, currency)}` : sumText(minor, currency);
}

export function takenOff(amount: Amount): string {
  return sumText(-amount.minor, amount.currency);
}

/** A line to sign on: the label, and room in the paper's width. */
export function signature(label: string): readonly ReceiptBlock[] {
  return [{ type: 'feed', lines: 2 }, text(label), { type: 'rule', style: 'solid' }];
}

/** A whole paper: training and copy are said at both ends, so that neither is torn off unseen. */
export function paper(shop: ReceiptShop, copy: boolean, blocks: readonly ReceiptBlock[]): ReceiptDocument {
  const words = receiptWords(shop.locale);
  const banners = [...(shop.training ? [words.training] : []), ...(copy ? [words.copy] : [])];
  const marks = banners.map((banner): ReceiptBlock => ({ type: 'banner', text: banner }));
  return { blocks: [...marks, text(shop.storeName, { bold: true, size: 2, align: 'center' }), { type: 'rule', style: 'solid' }, ...blocks, ...marks, { type: 'feed', lines: 3 }, { type: 'cut' }] };
}
