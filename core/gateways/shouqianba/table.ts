/**
 * Every word of Shouqianba's that the till knows, and what it means for a payment: the document's appendices and FIELD.md in
 * one place; what the same words mean for a refund is `refund-table.ts`. A word without a row, or a row without an entry for
 * the call, is `unknown` (money rule 2).
 */
import type { DeclineReason, Wallet } from '../../contract/types.ts';
import type { AttemptCall, Direction, UnknownWhy } from '../gateway.ts';
import type { TerminalRefusal } from '../terminal-rule.ts';

/** What words mean for the order: an outcome's kind, or `unsure` where the gateway itself doesn't know or is at it. */
export type OrderMeaning = 'paid' | 'waiting' | 'declined' | 'reversed' | 'unsure';

interface Row {
  /** The section of the document, or FIELD.md. */
  readonly where: string;
}

/** `result_code` of the communication (document 2.3, appendix 1). */
export const resultCodes: Readonly<Record<string, Row & { readonly means: 'answered' | 'refused' | 'unsure' }>> = {
  '200': { means: 'answered', where: '3.2 i' },
  '400': { means: 'refused', where: 'appendix 1' },
  // The request may have been carried out before the server failed.
  '500': { means: 'unsure', where: 'appendix 1' },
};

/** What a business code means as the answer to one call. */
export type BusinessMeaning =
  /** The words themselves say it; `orderStatus` lists the order states that don't contradict them (`''`: unset). */
  | { readonly means: 'paid' | 'shown' | 'waiting' | 'declined' | 'reversed'; readonly orderStatus: readonly string[] }
  | { readonly means: 'unsure' }
  /** `order_status` says it. */
  | { readonly means: 'byOrderStatus' }
  /** `error_code` says it. */
  | { readonly means: 'byErrorCode' };

type CallRow<Meaning> = Row & { readonly [call in AttemptCall]?: Meaning };

/** Words of refunds: known, and no answer to a payment, a query or a reversal. */
const elsewhere = (where: string): Row => ({ where });

const unsure = { means: 'unsure' } as const;
const byErrorCode = { means: 'byErrorCode' } as const;

/** `biz_response.result_code` (appendix 2). */
export const businessCodes: Readonly<Record<string, CallRow<BusinessMeaning>>> = {
  PAY_SUCCESS: { pay: { means: 'paid', orderStatus: ['PAID'] }, where: 'appendix 2, 3.2 i' },
  // "Failed, and reversed already": the money, if it ever moved, is back.
  PAY_FAIL: { pay: { means: 'declined', orderStatus: ['PAY_CANCELED', 'CANCELED', ''] }, where: 'appendix 2, 2.4, 3.2 iii' },
  PAY_FAIL_ERROR: { pay: unsure, where: 'appendix 2, 2.4' },
  PAY_IN_PROGRESS: { pay: { means: 'waiting', orderStatus: ['CREATED', 'IN_QUEUE', ''] }, where: 'FIELD' },
  PAY_FAIL_IN_PROGRESS: { pay: unsure, where: 'FIELD' },
  CANCEL_SUCCESS: { reverse: { means: 'reversed', orderStatus: ['CANCELED', 'PAY_CANCELED', ''] }, where: 'appendix 2, 3.2 xi' },
  CANCEL_ABORT_SUCCESS: { reverse: { means: 'reversed', orderStatus: ['CANCELED', 'PAY_CANCELED', ''] }, where: 'appendix 2, 2.4' },
  CANCEL_ERROR: { reverse: unsure, where: 'appendix 2' },
  CANCEL_ABORT_ERROR: { reverse: unsure, where: 'appendix 2' },
  CANCEL_IN_PROGRESS: { reverse: unsure, where: 'FIELD' },
  CANCEL_ABORT_IN_PROGRESS: { reverse: unsure, where: 'FIELD' },
  REFUND_SUCCESS: elsewhere('appendix 2'),
  REFUND_ERROR: elsewhere('appendix 2'),
  REFUND_IN_PROGRESS: elsewhere('FIELD'),
  REFUND_FAIL: elsewhere('FIELD'),
  REFUND_FAIL_ERROR: elsewhere('FIELD'),
  PRECREATE_SUCCESS: { present: { means: 'shown', orderStatus: ['CREATED', 'IN_QUEUE', ''] }, where: 'appendix 2, 3.2 x' },
  PRECREATE_FAIL: { present: { means: 'declined', orderStatus: ['PAY_CANCELED', 'CANCELED', ''] }, where: 'appendix 2' },
  // An order may stand without a code to show: it is closed like one whose answer was lost.
  PRECREATE_IN_PROGRESS: { present: unsure, where: 'FIELD' },
  PRECREATE_FAIL_IN_PROGRESS: { present: unsure, where: 'FIELD' },
  PRECREATE_FAIL_ERROR: { present: unsure, where: 'FIELD' },
  SUCCESS: { query: { means: 'byOrderStatus' }, where: 'appendix 2, 3.2 ix' },
  FAIL: { pay: byErrorCode, present: byErrorCode, query: byErrorCode, reverse: byErrorCode, where: 'appendix 2, 2.4' },
};

/** `order_status` as the answer to a query (appendix 3). */
export const orderStatuses: Readonly<Record<string, Row & { readonly means: OrderMeaning }>> = {
  CREATED: { means: 'waiting', where: 'appendix 3' },
  IN_QUEUE: { means: 'waiting', where: 'FIELD' },
  PAID: { means: 'paid', where: 'appendix 3' },
  PAY_CANCELED: { means: 'declined', where: 'appendix 3' },
  PAY_ERROR: { means: 'unsure', where: 'appendix 3' },
  // Paid, and given back in full, by whomever: the payer has the money. (What this till gave back itself is asked for no more.)
  REFUNDED: { means: 'reversed', where: 'appendix 3' },
  PARTIAL_REFUNDED: { means: 'paid', where: 'appendix 3' },
  // Paid once, and someone is giving it back: neither word would be true for long.
  REFUND_ERROR: { means: 'unsure', where: 'appendix 3' },
  REFUND_INPROGRESS: { means: 'unsure', where: 'FIELD' },
  CANCELED: { means: 'reversed', where: 'appendix 3' },
  CANCEL_ERROR: { means: 'unsure', where: 'appendix 3' },
  CANCEL_INPROGRESS: { means: 'unsure', where: 'FIELD' },
  INVALID_STATUS_CODE: { means: 'unsure', where: 'FIELD' },
};

/** `status`, the newest transaction of the order (appendix 4): which states of the order it doesn't contradict. */
export const transactionStatuses: Readonly<Record<string, Row & { readonly agreesWith: readonly OrderMeaning[] }>> = {
  SUCCESS: { agreesWith: ['waiting', 'paid', 'declined', 'reversed'], where: 'appendix 4' },
  FAIL_CANCELED: { agreesWith: ['declined', 'reversed'], where: 'appendix 4' },
  // "Failed, and not sure what the payer sees": no end follows from these.
  FAIL_PROTOCOL_1: { agreesWith: [], where: 'appendix 4' },
  FAIL_IO_1: { agreesWith: [], where: 'appendix 4' },
  FAIL_PROTOCOL_2: { agreesWith: [], where: 'appendix 4' },
  FAIL_IO_2: { agreesWith: [], where: 'appendix 4' },
  FAIL_PROTOCOL_3: { agreesWith: [], where: 'appendix 4' },
  FAIL_ERROR: { agreesWith: [], where: 'appendix 4' },
  CANCEL_ERROR: { agreesWith: [], where: 'appendix 4' },
  REFUND_ERROR: { agreesWith: [], where: 'appendix 4' },
};

/** What an `error_code` means as the answer to one call. */
export type ErrorMeaning =
  | { readonly kind: 'declined'; readonly reason: DeclineReason }
  | { readonly kind: 'reversed' }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy };

type ErrorRow = Row & { readonly [call in AttemptCall]: ErrorMeaning };

const unknownBecause = (why: UnknownWhy): ErrorMeaning => ({ kind: 'unknown', why });
const gatewayUnsure = unknownBecause('gatewayUnsure');
const refusedReversal = unknownBecause('reversalRefused');

/** The order is refused, of a scanned code or one to show; a query or a reversal that hears these words has learnt nothing about it. */
const declines = (reason: DeclineReason, where: string): ErrorRow => ({
  pay: { kind: 'declined', reason }, present: { kind: 'declined', reason }, query: gatewayUnsure, reverse: refusedReversal, where,
});

/** Words about the payer or the scanned code: there is none yet where a code is to be shown. */
const declinesPayer = (reason: DeclineReason, where: string): ErrorRow => ({ ...declines(reason, where), present: gatewayUnsure });

/** Who we are is refused: an outcome for a new order, "ask again" for an attempt that is being asked about (DESIGN.md 7). */
const refusesKey = (reason: DeclineReason, where: string): ErrorRow => ({
  ...declines(reason, where), query: unknownBecause('keyRefused'), reverse: unknownBecause('keyRefused'),
});

const nothing = { pay: gatewayUnsure, present: gatewayUnsure, query: gatewayUnsure, reverse: gatewayUnsure } as const;

/** No answer that ends anything, whatever was asked. */
const endsNothing = (where: string): ErrorRow => ({ ...nothing, where });

/** Words about a reversal or a refund: as the answer to a payment or a query they make no sense. */
const refusesReversal = (where: string): ErrorRow => ({ ...nothing, reverse: refusedReversal, where });

/** The number, or its trade at the wallet, is in use already: only a query says by whom (CASES 5). */
const inUse = (where: string): ErrorRow => ({ ...nothing, pay: unknownBecause('numberInUse'), present: unknownBecause('numberInUse'), reverse: refusedReversal, where });

const notExisting = (where: string): ErrorRow => ({ ...nothing, query: { kind: 'notFound' }, reverse: { kind: 'notFound' }, where });

/** FIELD names these without saying at which level they come. */
const terminalStates: Readonly<Record<string, ErrorRow>> = {
  TERMINAL_NOT_EXISTS: refusesKey('terminalUnknown', '3.2 iv'),
  UPAY_TERMINAL_NOT_EXISTS: refusesKey('terminalUnknown', 'FIELD'),
  UPAY_TERMINAL_STATUS_ABNORMAL: refusesKey('merchantBlocked', 'FIELD'),
};

/** `error_code` beside `result_code` (appendix 1). With 500 they end nothing, whatever they are. */
export const communicationErrors: Readonly<Record<string, ErrorRow>> = {
  INVALID_PARAMS: declines('requestRefused', 'appendix 1, 3.2.3'),
  INVALID_PARAMETER: declines('requestRefused', '3.2 v'),
  INVALID_TERMINAL: refusesKey('terminalUnknown', 'appendix 1'),
  ILLEGAL_SIGN: refusesKey('wrongKey', 'appendix 1'),
  INVALID_BARCODE: declinesPayer('codeInvalid', 'appendix 1'),
  UNKNOWN_SYSTEM_ERROR: endsNothing('appendix 1, 3.2 vi'),
  UNEXPECTED_PROVIDER_ERROR: endsNothing('appendix 1'),
  MAINTENANCE_INPROGRESS: endsNothing('3.2 vii'),
  ...terminalStates,
};

/** `biz_response.error_code` (appendix 5). */
export const businessErrors: Readonly<Record<string, ErrorRow>> = {
  AUTHCODE_EXPIRE: declinesPayer('codeExpired', 'appendix 5'),
  INVALID_BARCODE: declinesPayer('codeInvalid', 'appendix 5'),
  INSUFFICIENT_FUND: declinesPayer('insufficientBalance', 'appendix 5'),
  ACCOUNT_BALANCE_NOT_ENOUGH: declinesPayer('insufficientBalance', 'FIELD'),
  EXPIRED_BARCODE: declinesPayer('codeExpired', 'appendix 5, 3.2 iii'),
  BUYER_OVER_DAILY_LIMIT: declinesPayer('walletLimit', 'appendix 5'),
  BUYER_OVER_TRANSACTION_LIMIT: declinesPayer('walletLimit', 'appendix 5'),
  SELLER_OVER_DAILY_LIMIT: declines('shopLimit', 'appendix 5'),
  UPAY_STORE_OVER_DAILY_LIMIT: declines('shopLimit', 'FIELD'),
  TRADE_FAILED: declines('other', 'appendix 5'),
  TRADE_TIMEOUT: declinesPayer('closed', 'FIELD'),
  PAY_STATUS_CLOSED: declinesPayer('closed', 'FIELD'),
  UNEXPECTED_PROVIDER_ERROR: declines('walletNotTaken', 'appendix 5'),
  CLIENT_SN_CONFLICT: inUse('appendix 5, FIELD'),
  // "Paid already" is the opposite of "no money moved", whoever paid it.
  TRADE_HAS_SUCCESS: inUse('appendix 5'),
  // The wallet doesn't know the trade; the gateway may know the order all the same.
  TRADE_NOT_EXIST: refusesReversal('appendix 5'),
  UPAY_ORDER_NOT_EXIST: notExisting('appendix 5'),
  UPAY_ORDER_NOT_EXISTS: notExisting('2.4'),
  UPAY_CANCEL_ORDER_NOOP: { ...nothing, reverse: { kind: 'reversed' }, where: 'FIELD' },
  UPAY_CANCEL_INVALID_ORDER_STATE: refusesReversal('3.5.3, FIELD'),
  UPAY_TCP_ORDER_NOT_REFUNDABLE: refusesReversal('FIELD'),
  UPAY_REFUND_INVALID_ORDER_STATE: refusesReversal('3.3.3'),
  UPAY_REFUND_ORDER_NOOP: refusesReversal('FIELD'),
  SELLER_BALANCE_NOT_ENOUGH: refusesReversal('appendix 5'),
  REFUNDABLE_AMOUNT_NOT_ENOUGH: refusesReversal('FIELD'),
  REFUND_AMT_NOT_EQUAL_TOTAL: refusesReversal('appendix 5'),
  REFUND_REQUEST_CONFLICT: refusesReversal('appendix 5'),
  EXTERNAL_SERVICE_EXCEPTION: endsNothing('FIELD'),
  ...terminalStates,
};

/** `payway` (appendix 6 and FIELD): Baidu, JD, QQ and BestPay are wallets without a name of their own here. */
export const payways: Readonly<Record<string, Row & { readonly wallet: Wallet }>> = {
  '1': { wallet: 'alipay', where: 'appendix 6' },
  '2': { wallet: 'alipay', where: 'FIELD' },
  '3': { wallet: 'wechat', where: 'appendix 6' },
  '4': { wallet: 'other', where: 'appendix 6' },
  '5': { wallet: 'other', where: 'appendix 6' },
  '6': { wallet: 'other', where: 'FIELD' },
  '17': { wallet: 'unionpay', where: 'FIELD' },
  '18': { wallet: 'other', where: 'FIELD' },
};

/** The `payway` of a code that a customer of this wallet scans (3.6.2). */
export const shownPayways = { wechat: '3', alipay: '1', unionpay: '17' } as const satisfies Readonly<Partial<Record<Wallet, string>>>;

/** `sub_payway` (appendix 7): how an order is paid. */
export const subPayways: Readonly<Record<string, Row & { readonly direction: Direction }>> = {
  '1': { direction: 'scan', where: 'appendix 7' },
  '2': { direction: 'show', where: 'appendix 7' },
};

/** The calls of a terminal (FIELD). */
export type TerminalCall = 'activate' | 'checkin';

/** `biz_response.result_code` of a terminal's answer (FIELD); `''` where it has none. Any other code is unknown. */
export const terminalCodes: Readonly<Record<string, Row & { readonly [call in TerminalCall]?: 'done' }>> = {
  ACTIVATE_SUCCESS: { activate: 'done', where: 'FIELD' },
  TERMINAL_CHECKIN_SUCCESS: { checkin: 'done', where: 'FIELD' },
  SUCCESS: { activate: 'done', checkin: 'done', where: 'appendix 2' },
  '': { activate: 'done', checkin: 'done', where: 'FIELD' },
};

/** `error_code` beside `result_code` 400 of a terminal's answer (appendix 1, FIELD). */
export const terminalErrors: Readonly<Record<string, Row & { readonly means: TerminalRefusal }>> = {
  INVALID_PARAMS: { means: 'codeRefused', where: 'appendix 1' },
  INVALID_PARAMETER: { means: 'codeRefused', where: '3.2 v' },
  ILLEGAL_SIGN: { means: 'keyRefused', where: 'appendix 1' },
  INVALID_TERMINAL: { means: 'terminalUnknown', where: 'appendix 1' },
  TERMINAL_NOT_EXISTS: { means: 'terminalUnknown', where: '3.2 iv' },
  UPAY_TERMINAL_NOT_EXISTS: { means: 'terminalUnknown', where: 'FIELD' },
  UPAY_TERMINAL_STATUS_ABNORMAL: { means: 'terminalUnknown', where: 'FIELD' },
};
