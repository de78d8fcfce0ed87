/**
 * Every word of Omipay's that the till knows, and what it means: the document's lists and FIELD.md in one place.
 * A word without a row, or a row without an entry for the call, is `unknown` (money rule 2).
 */
import type { DeclineReason } from '../../contract/types.ts';
import type { RefundRefusal, UnknownWhy } from '../gateway.ts';

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
export const orderStatuses: Readonly<Record<string, Row & { readonly means: 'paid' | 'waiting' | 'declined'; readonly reason?: DeclineReason; readonly payerIsThere?: true }>> = {
  READY: { means: 'waiting', where: '3.8' },
  // "The user is paying": whoever stands there may have paid a moment later.
  PAYING: { means: 'waiting', payerIsThere: true, where: '3.8' },
  PAID: { means: 'paid', where: '3.8' },
  // Paid, and Omipay has settled with the shop.
  SETTLED: { means: 'paid', where: '3.8' },
  CANCELLED: { means: 'declined', reason: 'closed', where: '3.8' },
  FAILED: { means: 'declined', reason: 'other', where: '3.8' },
};

/** `result_code` of QueryRefund in upper case: `CLOSED` in the example, `Closed` in the table (ERRATA, Omipay 3.11). */
export const refundStatuses: Readonly<Record<string, Row & ({ readonly means: 'refunded' | 'pending' } | { readonly means: 'declined'; readonly reason: RefundRefusal })>> = {
  APPLIED: { means: 'pending', where: '3.11' },
  MERCHANTCONFIRMED: { means: 'pending', where: '3.11' },
  ORGANIZATIONCONFIRMED: { means: 'pending', where: '3.11' },
  // Given back by the wallet, and not yet arrived: `success_time` is the arrival's, and empty in every state but Closed.
  ORGANIZATIONPAYBACK: { means: 'pending', where: '3.11' },
  CLOSED: { means: 'refunded', where: '3.11' },
  MERCHANTREJECTED: { means: 'declined', reason: 'other', where: '3.11' },
  TIMEOUTCLOSED: { means: 'declined', reason: 'tooOld', where: '3.11' },
  ORGANIZATIONFAILED: { means: 'declined', reason: 'other', where: '3.11, 3.10 note 3' },
  CUSTOMERCANCELLED: { means: 'declined', reason: 'other', where: '3.11' },
};

/** What an `error_code` means as the answer to one call. */
export type ErrorMeaning =
  /** `aboutOrder`: the words are about the order and count for a repeat too (CASES 2). */
  | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly aboutOrder: boolean }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'paidAlready' }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy };

/** What an `error_code` means as the answer to a refund or the query of one. A refusal speaks of this request alone. */
export type RefundErrorMeaning =
  | { readonly kind: 'refundDeclined'; readonly reason: RefundRefusal }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy };

/** What an `error_code` means as the answer to an order of an integrator's, or to the question for the rate. */
export type RefusalMeaning =
  | { readonly kind: 'refused'; readonly reason: DeclineReason }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy };

interface ErrorRow extends Row {
  /** To a query it may mean that the number asked for is no order of this merchant's. */
  readonly refusesNumber?: true;
  readonly pay?: ErrorMeaning;
  readonly present?: ErrorMeaning;
  readonly query?: ErrorMeaning;
  readonly refund?: RefundErrorMeaning;
  readonly queryRefund?: RefundErrorMeaning;
  /** The orders of 3.3 and 3.5 to 3.7 (`orders.ts`). */
  readonly order?: RefusalMeaning;
  /** GetExchangeRate (3.1). */
  readonly rate?: RefusalMeaning;
}

const unknownBecause = (why: UnknownWhy): { readonly kind: 'unknown'; readonly why: UnknownWhy } => ({ kind: 'unknown', why });
const gatewayUnsure = unknownBecause('gatewayUnsure');
const keyRefused = unknownBecause('keyRefused');
const declinedBecause = (reason: DeclineReason): ErrorMeaning => ({ kind: 'declined', reason, aboutOrder: false });
const refundDeclinedBecause = (reason: RefundRefusal): RefundErrorMeaning => ({ kind: 'refundDeclined', reason });

const refusedBecause = (reason: DeclineReason): RefusalMeaning => ({ kind: 'refused', reason });

/** Who we are is refused: an outcome for what is sent first, "ask again" for what is being asked about (DESIGN.md 7). */
const refusesKey = (reason: DeclineReason & RefundRefusal, where: string): ErrorRow => ({
  pay: declinedBecause(reason), present: declinedBecause(reason), query: keyRefused, refund: refundDeclinedBecause(reason), queryRefund: keyRefused,
  order: refusedBecause(reason), rate: refusedBecause(reason), where,
});

/** MakeScanOrder alone says it. */
const declinesPayment = (reason: DeclineReason, where: string): ErrorRow => ({ pay: declinedBecause(reason), where });

/** Refund alone says it. */
const declinesRefund = (reason: RefundRefusal, where: string): ErrorRow => ({ refund: refundDeclinedBecause(reason), where });

/** `platform` of a code that a customer of this wallet scans (document 2.2, 3.2). */
export const shownPlatforms = { wechat: 'WECHATPAY', alipay: 'ALIPAY', unionpay: 'UPI' } as const;

/** `error_code` (document 2.4 for all calls, the lists of 3.1 to 3.4, 3.8, 3.10 and 3.11; 3.5 to 3.7 have none). */
export const errorCodes: Readonly<Record<string, ErrorRow>> = {
  // The number is wrong, and the key may be right (2.4).
  MERCHANTNO_INVALID: refusesKey('terminalUnknown', '2.4, 3.1 to 3.4, 3.8, 3.10, 3.11'),
  SIGN_ERROR: refusesKey('wrongKey', '2.4, 3.1 to 3.4, 3.8, 3.10, 3.11'),
  SIGN_TIMEOUT: refusesKey('clockOff', '3.1 to 3.4, 3.8, 3.10, 3.11'),
  SIGN_TIMEOUOT: refusesKey('clockOff', 'examples of 3.2, 3.3, 3.8 to 3.11'),
  MERCHANTNO_DISABLE: refusesKey('merchantBlocked', '2.4'),
  BRANCH_INVALID: refusesKey('terminalUnknown', '2.4'),
  POS_NOT_REGISTERED: declinesPayment('terminalUnknown', '3.4'),
  SYSTEM_ERROR: { pay: gatewayUnsure, present: gatewayUnsure, query: gatewayUnsure, refund: gatewayUnsure, queryRefund: gatewayUnsure, order: gatewayUnsure, rate: gatewayUnsure, where: '2.4, 3.1 to 3.4, 3.8, 3.10, 3.11' },
  // The request itself is refused; a query that hears it has learnt nothing.
  PARAMETER_INVALID: {
    refusesNumber: true, pay: declinedBecause('requestRefused'), present: declinedBecause('requestRefused'), query: gatewayUnsure, refund: refundDeclinedBecause('requestRefused'), queryRefund: gatewayUnsure,
    order: refusedBecause('requestRefused'), rate: refusedBecause('requestRefused'), where: '3.1 to 3.4, 3.8, 3.10, 3.11',
  },
  USERPAYING: { pay: { kind: 'waiting' }, where: '3.4' },
  ORDER_PAID: { pay: { kind: 'paidAlready' }, where: '3.4' },
  ORDER_CLOSED: { pay: { kind: 'declined', reason: 'closed', aboutOrder: true }, where: '3.4' },
  NOT_ENOUGH: declinesPayment('insufficientBalance', '3.4'),
  CARD_NOT_SUPPORT: declinesPayment('cardNotSupported', '3.4'),
  QRCODE_EXPIRED: declinesPayment('codeExpired', '3.4'),
  QRCODE_ERROR: declinesPayment('codeInvalid', '3.4'),
  AMOUNT_INVALID: { pay: declinedBecause('amountRefused'), present: declinedBecause('amountRefused'), order: refusedBecause('amountRefused'), where: '3.2, 3.3, 3.4' },
  // "Another merchant's": about the number that was asked for, and no word about whether it was paid or given back.
  PERMISSION_ERROR: { refusesNumber: true, query: gatewayUnsure, refund: refundDeclinedBecause('orderUnknown'), queryRefund: gatewayUnsure, where: '3.8, 3.10, 3.11' },
  ORDER_NO_ERROR: declinesRefund('orderUnknown', '3.10'),
  ORDER_NOT_PAID: declinesRefund('orderState', '3.10'),
  // To a repeat it probably means "done": whoever knows that it was one judges it so (CASES 24).
  AMOUNT_OVER_LIMIT: declinesRefund('amountTooMuch', '3.10'),
  // The number came from Omipay itself; that it is wrong says nothing about the refund.
  REFUND_NO_ERROR: { queryRefund: gatewayUnsure, where: '3.11' },
  CURRENCY_ERROR: { rate: refusedBecause('other'), where: '3.1' },
  // Omipay opened no web shop for this merchant, and so makes no codes for it.
  WEBSTORE_NOT_EXISTS: { present: declinedBecause('merchantBlocked'), where: '3.2' },
  WECHAT_STORE_NOT_EXISTS: { order: refusedBecause('merchantBlocked'), where: '3.3' },
};
