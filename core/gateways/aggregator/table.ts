/** Every word of the aggregator's that the till knows, and what it means; a word without a row is `unknown` (money rule 2). */
import type { Wallet } from '../../contract/types.ts';

interface Row {
  /** The section of the document. */
  readonly where: string;
}

/** `status` of an answer (document 5.1, 5.4). */
export const answerStatuses: Readonly<Record<string, Row & { readonly means: 'done' | 'failed' }>> = {
  '1': { means: 'done', where: '5.1, 5.4' },
  '0': { means: 'failed', where: '5.1, 5.4' },
};

/**
 * `pay_status` of an order (document 5.1, 5.2, 5.4). "0, failed" stands in the document's own example on an order that was
 * never paid, so it ends nothing: the code could still be paid (ERRATA 5.4).
 */
export const payStatuses: Readonly<Record<string, Row & { readonly means: 'paid' | 'waiting' }>> = {
  '1': { means: 'paid', where: '5.1, 5.4' },
  '-1': { means: 'waiting', where: '5.1, 5.4' },
  '0': { means: 'waiting', where: '5.1, 5.4; ERRATA 5.4' },
};

/** `bank_code` (document 6). */
export const bankCodes: Readonly<Record<string, Row & { readonly wallet: Wallet }>> = {
  '901': { wallet: 'alipay', where: '6' },
  '903': { wallet: 'wechat', where: '6' },
  '906': { wallet: 'other', where: '6' },
  '911': { wallet: 'alipay', where: '6' },
  '912': { wallet: 'wechat', where: '6' },
};

/** The code that a customer of this wallet scans (document 6). */
export const scannedCodes: Readonly<Partial<Record<Wallet, string>>> = { alipay: '911', wechat: '912' };
