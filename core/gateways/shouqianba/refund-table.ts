/**
 * Every word of Shouqianba's that can come to a refund, and what it means: the document's appendices and FIELD.md.
 * A word without a row is `unknown`, and asking again under the same number is harmless: it stays the same refund (FIELD). So
 * only words that speak of a refund's own conditions refuse one; those of payments, and all that leave room, are unknown.
 */
import type { RefundRefusal, UnknownWhy } from '../gateway.ts';

interface Row {
  /** The section of the document, or FIELD.md. */
  readonly where: string;
}

/** The states beside which words may be believed; any other contradicts them (appendices 3 and 4; `''`: unset). */
export interface Signs {
  readonly orderStatus: readonly string[];
  /** `status`, the newest transaction; null where it decides nothing. */
  readonly status: readonly string[] | null;
}

/** What a business code means as the answer to a refund. */
export type RefundCodeMeaning =
  | { readonly means: 'refunded' | 'pending' | 'failed'; readonly signs: Signs }
  | { readonly means: 'unsure' }
  /** `error_code` says it. */
  | { readonly means: 'byErrorCode' };

/** Given back: in full or in part. */
export const doneSigns: Signs = { orderStatus: ['REFUNDED', 'PARTIAL_REFUNDED', ''], status: ['SUCCESS', ''] };

/** Refused before anything began: the order may be in any state that is an end of something, and nothing may be under way. */
export const refusedSigns: Signs = {
  orderStatus: ['CREATED', 'IN_QUEUE', 'PAID', 'PAY_CANCELED', 'CANCELED', 'REFUNDED', 'PARTIAL_REFUNDED', ''],
  status: ['SUCCESS', 'FAIL_CANCELED', ''],
};

/** `biz_response.result_code` (appendix 2). */
export const refundCodes: Readonly<Record<string, Row & RefundCodeMeaning>> = {
  REFUND_SUCCESS: { means: 'refunded', signs: doneSigns, where: 'appendix 2, 3.2 viii' },
  REFUND_ERROR: { means: 'unsure', where: 'appendix 2' },
  REFUND_IN_PROGRESS: { means: 'pending', signs: { orderStatus: ['REFUND_INPROGRESS', 'PAID', 'PARTIAL_REFUNDED', ''], status: null }, where: 'FIELD' },
  // Believed only beside a second word that says the same: FIELD has the code without its meaning.
  REFUND_FAIL: { means: 'failed', signs: { orderStatus: ['PAID', 'PARTIAL_REFUNDED', ''], status: ['FAIL_CANCELED', ''] }, where: 'FIELD, appendix 4' },
  REFUND_FAIL_ERROR: { means: 'unsure', where: 'FIELD' },
  FAIL: { means: 'byErrorCode', where: 'appendix 2, 3.3.3' },
};

/** What an `error_code` means as the answer to a refund. */
export type RefundErrorMeaning =
  | { readonly kind: 'refunded' }
  | { readonly kind: 'refundDeclined'; readonly reason: RefundRefusal }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy };

/** The request itself never says "already done". */
type RequestErrorRow = Row & Exclude<RefundErrorMeaning, { kind: 'refunded' }>;

const refuses = (reason: RefundRefusal, where: string): RequestErrorRow => ({ kind: 'refundDeclined', reason, where });
const unknownBecause = (why: UnknownWhy, where: string): RequestErrorRow => ({ kind: 'unknown', why, where });

/** FIELD names these without saying at which level they come. */
const terminalErrors: Readonly<Record<string, RequestErrorRow>> = {
  TERMINAL_NOT_EXISTS: refuses('terminalUnknown', '3.2 iv'),
  UPAY_TERMINAL_NOT_EXISTS: refuses('terminalUnknown', 'FIELD'),
  UPAY_TERMINAL_STATUS_ABNORMAL: refuses('merchantBlocked', 'FIELD'),
};

/** `error_code` beside `result_code` 400 (appendix 1). */
export const refundRequestErrors: Readonly<Record<string, RequestErrorRow>> = {
  INVALID_PARAMS: refuses('requestRefused', 'appendix 1'),
  INVALID_PARAMETER: refuses('requestRefused', '3.2 v'),
  INVALID_TERMINAL: refuses('terminalUnknown', 'appendix 1'),
  ILLEGAL_SIGN: refuses('wrongKey', 'appendix 1'),
  UNKNOWN_SYSTEM_ERROR: unknownBecause('gatewayUnsure', 'appendix 1, 3.2 vi'),
  UNEXPECTED_PROVIDER_ERROR: unknownBecause('gatewayUnsure', 'appendix 1'),
  MAINTENANCE_INPROGRESS: unknownBecause('gatewayUnsure', '3.2 vii'),
  ...terminalErrors,
};

/** `biz_response.error_code` (appendix 5). */
export const refundErrors: Readonly<Record<string, Row & RefundErrorMeaning>> = {
  // "Already done": this very number was carried out, by a transmission whose answer was lost.
  UPAY_REFUND_ORDER_NOOP: { kind: 'refunded', where: 'FIELD' },
  UPAY_REFUND_INVALID_ORDER_STATE: refuses('orderState', '3.3.3'),
  UPAY_TCP_ORDER_NOT_REFUNDABLE: refuses('orderState', 'FIELD'),
  REFUNDABLE_AMOUNT_NOT_ENOUGH: refuses('amountTooMuch', 'FIELD'),
  REFUND_AMT_NOT_EQUAL_TOTAL: refuses('amountRefused', 'appendix 5'),
  // In a refund it is the shop's account that pays.
  SELLER_BALANCE_NOT_ENOUGH: refuses('shopBalance', 'appendix 5'),
  ACCOUNT_BALANCE_NOT_ENOUGH: refuses('shopBalance', 'FIELD'),
  INSUFFICIENT_FUND: refuses('shopBalance', 'appendix 5'),
  UPAY_ORDER_NOT_EXIST: refuses('orderUnknown', 'appendix 5'),
  UPAY_ORDER_NOT_EXISTS: refuses('orderUnknown', '2.4'),
  // "Requested already": how that one ended isn't said.
  REFUND_REQUEST_CONFLICT: unknownBecause('numberInUse', 'appendix 5'),
  // The wallet's words: the refund may have come as far as the wallet.
  TRADE_NOT_EXIST: unknownBecause('gatewayUnsure', 'appendix 5'),
  TRADE_FAILED: unknownBecause('gatewayUnsure', 'appendix 5'),
  TRADE_TIMEOUT: unknownBecause('gatewayUnsure', 'FIELD'),
  PAY_STATUS_CLOSED: unknownBecause('gatewayUnsure', 'FIELD'),
  TRADE_HAS_SUCCESS: unknownBecause('gatewayUnsure', 'appendix 5'),
  UNEXPECTED_PROVIDER_ERROR: unknownBecause('gatewayUnsure', 'appendix 5'),
  EXTERNAL_SERVICE_EXCEPTION: unknownBecause('gatewayUnsure', 'FIELD'),
  // The order was undone as a whole, which this refund didn't do.
  UPAY_CANCEL_ORDER_NOOP: unknownBecause('gatewayUnsure', 'FIELD'),
  UPAY_CANCEL_INVALID_ORDER_STATE: unknownBecause('gatewayUnsure', '3.5.3, FIELD'),
  ...terminalErrors,
};
