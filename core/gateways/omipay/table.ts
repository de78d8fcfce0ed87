/**
 * Every word of Omipay's that the till knows, and what it means: the document's lists and FIELD.md in one place.
 * A word without a row, or a row without an entry for the call, is `unknown` (money rule 2).
 */
import type { DeclineReason } from '../../contract/types.ts';
import type { UnknownWhy } from '../gateway.ts';

interface Row {
  /** The section of the document, or FIELD.md. */
  readonly where: string;
}

/** `return_code` (document 3.1 and on): whether the call was carried out. */
export const returnCodes: Readonly<Record<string, Row & { readonly means: 'done' | 'failed' }>> = {
  SUCCESS: { means: 'done', where: '3.4, 3.8' },
  FAIL: { means: 'failed', where: '3.4, 3.8' },
};

/** `result_code` of QueryOrder in upper case: it is compared without case (ERRATA, Omipay 3.11). */
export const orderStatuses: Readonly<Record<string, Row & { readonly means: 'paid' | 'waiting' | 'declined'; readonly reason?: DeclineReason }>> = {
  READY: { means: 'waiting', where: '3.8' },
  PAYING: { means: 'waiting', where: '3.8' },
  PAID: { means: 'paid', where: '3.8' },
  // Paid, and Omipay has settled with the shop.
  SETTLED: { means: 'paid', where: '3.8' },
  CANCELLED: { means: 'declined', reason: 'closed', where: '3.8' },
  FAILED: { means: 'declined', reason: 'other', where: '3.8' },
};

/** What an `error_code` means as the answer to one call. */
export type ErrorMeaning =
  /** `aboutOrder`: the words are about the order and count for a repeat too (CASES 2). */
  | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly aboutOrder: boolean }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'paidAlready' }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy };

type ErrorRow = Row & { readonly pay?: ErrorMeaning; readonly query?: ErrorMeaning };

const unknownBecause = (why: UnknownWhy): ErrorMeaning => ({ kind: 'unknown', why });
const declinedBecause = (reason: DeclineReason): ErrorMeaning => ({ kind: 'declined', reason, aboutOrder: false });

/** Who we are is refused: an outcome for a payment, "ask again" for an attempt that is being asked about (DESIGN.md 7). */
const refusesKey = (reason: DeclineReason, where: string): ErrorRow => ({ pay: declinedBecause(reason), query: unknownBecause('keyRefused'), where });

/** The request itself is refused; a query that hears it has learnt nothing. */
const refusesRequest = (where: string): ErrorRow => ({ pay: declinedBecause('requestRefused'), query: unknownBecause('gatewayUnsure'), where });

/** MakeScanOrder alone says it. */
const declinesPayment = (reason: DeclineReason, where: string): ErrorRow => ({ pay: declinedBecause(reason), where });

/** Words of calls that this till doesn't make yet: known, and no answer to any of ours. */
const elsewhere = (where: string): Row => ({ where });

/** `error_code` (document 2.4 for all calls, the lists of 3.4 and 3.8). */
export const errorCodes: Readonly<Record<string, ErrorRow>> = {
  MERCHANTNO_INVALID: refusesKey('wrongKey', '2.4, 3.4, 3.8'),
  SIGN_ERROR: refusesKey('wrongKey', '2.4, 3.4, 3.8'),
  SIGN_TIMEOUT: refusesKey('clockOff', '3.4, 3.8'),
  SIGN_TIMEOUOT: refusesKey('clockOff', 'examples of 3.2, 3.3, 3.8 to 3.11'),
  MERCHANTNO_DISABLE: refusesKey('merchantBlocked', '2.4'),
  BRANCH_INVALID: refusesKey('terminalUnknown', '2.4'),
  POS_NOT_REGISTERED: declinesPayment('terminalUnknown', '3.4'),
  SYSTEM_ERROR: { pay: unknownBecause('gatewayUnsure'), query: unknownBecause('gatewayUnsure'), where: '2.4, 3.4, 3.8' },
  PARAMETER_INVALID: refusesRequest('3.4, 3.8'),
  USERPAYING: { pay: { kind: 'waiting' }, where: '3.4' },
  ORDER_PAID: { pay: { kind: 'paidAlready' }, where: '3.4' },
  ORDER_CLOSED: { pay: { kind: 'declined', reason: 'closed', aboutOrder: true }, where: '3.4' },
  NOT_ENOUGH: declinesPayment('insufficientBalance', '3.4'),
  CARD_NOT_SUPPORT: declinesPayment('cardNotSupported', '3.4'),
  QRCODE_EXPIRED: declinesPayment('codeExpired', '3.4'),
  QRCODE_ERROR: declinesPayment('codeInvalid', '3.4'),
  AMOUNT_INVALID: declinesPayment('amountRefused', '3.4'),
  // "Another merchant's order": about the number that was asked for, and no word about whether it was paid.
  PERMISSION_ERROR: { query: unknownBecause('gatewayUnsure'), where: '3.8' },
  CURRENCY_ERROR: elsewhere('3.1'),
  WEBSTORE_NOT_EXISTS: elsewhere('3.2'),
  WECHAT_STORE_NOT_EXISTS: elsewhere('3.3'),
  ORDER_NO_ERROR: elsewhere('3.10'),
  ORDER_NOT_PAID: elsewhere('3.10'),
  AMOUNT_OVER_LIMIT: elsewhere('3.10'),
  REFUND_NO_ERROR: elsewhere('3.11'),
};
