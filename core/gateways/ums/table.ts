/**
 * Every word of UMS' that the till knows, and what it means: section 2 of the document, its examples and FIELD.md in one place.
 * A word without a row is `unknown` (money rule 2). Only `status` says what an order is (FIELD): SUCCESS means that the call
 * was carried out, and a refusal is believed only where its words leave no room.
 */
import type { DeclineReason, Wallet } from '../../contract/types.ts';
import type { RefundRefusal, UnknownWhy } from '../gateway.ts';

interface Row {
  /** The section of the document, or FIELD.md. */
  readonly where: string;
}

/** What `errCode` means as the answer to one call. */
export type CodeMeaning<Reason> =
  /** Carried out: the other fields say what came of it. */
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reason: Reason }
  | { readonly kind: 'notFound' }
  /** A guaranteed payment that was taken back before. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy };

/** A refusal that both an order and a refund can hear. */
type RequestRefusal = DeclineReason & RefundRefusal;

export interface CodeRow extends Row {
  /** The six orders (1.1). */
  readonly order: CodeMeaning<DeclineReason>;
  readonly query: CodeMeaning<never>;
  readonly close: CodeMeaning<never>;
  readonly refund: CodeMeaning<RefundRefusal>;
  readonly queryRefund: CodeMeaning<never>;
  /** Completing (1.6) and cancelling (1.5) a guaranteed payment. */
  readonly complete: CodeMeaning<RefundRefusal>;
  readonly cancel: CodeMeaning<RefundRefusal>;
}

type Meanings = Omit<CodeRow, 'where'>;

const unknownBecause = (why: UnknownWhy) => ({ kind: 'unknown', why }) as const;
const unsure = unknownBecause('gatewayUnsure');
const keyRefused = unknownBecause('keyRefused');
const closeRefused = unknownBecause('reversalRefused');
const done = { kind: 'done' } as const;
const notFound = { kind: 'notFound' } as const;
const refused = <const Reason extends DeclineReason | RefundRefusal>(reason: Reason) => ({ kind: 'refused', reason }) as const;

const nothing: Meanings = { order: unsure, query: unsure, close: unsure, refund: unsure, queryRefund: unsure, complete: unsure, cancel: unsure };

/** Ends nothing but what is named: the request may have been carried out all the same. */
const endsNothing = (where: string, but: Partial<Meanings> = {}): CodeRow => ({ ...nothing, ...but, where });

/** The request itself is refused, as the answer to what is sent first; one that asks has learnt nothing. */
const refusesRequest = (where: string): CodeRow => {
  const meaning = refused('requestRefused');
  return { ...nothing, order: meaning, refund: meaning, complete: meaning, cancel: meaning, where };
};

/** Who we are is refused: an outcome for what is sent first, "ask again" for what is being asked about (DESIGN.md 7). */
const refusesKey = (reason: RequestRefusal, where: string): CodeRow => {
  const meaning = refused(reason);
  return { order: meaning, query: keyRefused, close: keyRefused, refund: meaning, queryRefund: keyRefused, complete: meaning, cancel: meaning, where };
};

/** `errCode` (document 2.1). */
export const errorCodes: Readonly<Record<string, CodeRow>> = {
  SUCCESS: { order: done, query: done, close: done, refund: done, queryRefund: done, complete: done, cancel: done, where: '2.1' },
  INTERNAL_ERROR: endsNothing('2.1'),
  BAD_REQUEST: refusesRequest('2.1'),
  NO_SERVICE: refusesRequest('2.1'),
  TIMEOUT: endsNothing('2.1'),
  // Also the answer under another instMid than the order's (FIELD). Of a refund: it may be sent again under its number (ERRATA 1.3.3).
  NO_ORDER: {
    ...nothing, query: notFound, close: notFound, refund: refused('orderUnknown'), queryRefund: notFound,
    complete: refused('orderUnknown'), cancel: refused('orderUnknown'), where: '2.1, FIELD',
  },
  // "Closed already", but a paid order may get it too: never read as closed (ERRATA 1.7).
  OPERATION_NOT_ALLOWED: { ...nothing, close: closeRefused, refund: refused('orderState'), complete: refused('orderState'), cancel: refused('orderState'), where: '2.1' },
  // "Not carried out, or carried out and not dealt with properly": harmless of a code that nobody saw, and no word about money.
  TARGET_FAIL: endsNothing('2.1', { order: refused('other'), close: closeRefused }),
  // Which order has the number, a query says (CASES 5).
  DUP_ORDER: endsNothing('2.1', { order: unknownBecause('numberInUse'), refund: unknownBecause('numberInUse') }),
  NET_ERROR: endsNothing('2.1'),
  NO_MERCHANT: refusesKey('terminalUnknown', '2.1'),
  ORDER_PROCESSING: endsNothing('2.1'),
  INACTIVE_MERCHANT: refusesKey('merchantBlocked', '2.1'),
  ABNORMAL_REQUEST_TIME: refusesKey('clockOff', '2.1'),
  TXN_DISCARDED: endsNothing('2.1'),
  BAD_SIGN: refusesKey('wrongKey', '2.1'),
  INVALID_MSGSRC: refusesKey('terminalUnknown', '2.1'),
  // "Lacks key data: query it, then refund": nothing was given back yet.
  INVALID_ORDER: endsNothing('2.1', { refund: refused('orderState') }),
  // About undoing what was paid yesterday; of a refund it would make no sense, and says nothing certain.
  NO_CROSS_DAY_TRADING: endsNothing('2.1', { close: closeRefused }),
  DENIED_IP: refusesKey('merchantBlocked', '2.1'),
  // As the document spells it, and as it is spelled.
  INVLID_MERCHANT_CONFIG: refusesKey('merchantBlocked', '2.1'),
  INVALID_MERCHANT_CONFIG: refusesKey('merchantBlocked', '2.1'),
  INVALID_RESPONSE: endsNothing('2.1'),
  // In an example alone: "this guaranteed payment was cancelled before".
  HAS_CANCELLED: endsNothing('1.5.4', { complete: refused('orderState'), cancel: { kind: 'cancelled' } }),
};

/** What `status` means: `closed` is unpaid in time, failed, or given back in full, and in each of them the payer has the money. */
export type OrderMeaning = 'waiting' | 'paid' | 'closed' | 'refunding' | 'unsure';

/** `status` (document 2.3). */
export const orderStatuses: Readonly<Record<string, Row & { readonly means: OrderMeaning; readonly payerIsThere?: true }>> = {
  NEW_ORDER: { means: 'waiting', where: '2.3' },
  UNKNOWN: { means: 'unsure', where: '2.3' },
  TRADE_CLOSED: { means: 'closed', where: '2.3' },
  // "The trade is made and waits for its buyer", beside NEW_ORDER: somebody has opened it.
  WAIT_BUYER_PAY: { means: 'waiting', payerIsThere: true, where: '2.3' },
  TRADE_SUCCESS: { means: 'paid', where: '2.3' },
  // Paid once, and a part or all of it is going back: which, it doesn't say, so a sale that waits for its money can't end on it.
  TRADE_REFUND: { means: 'refunding', where: '2.3' },
};

/** What `status` may be beside words about a refund; `REFUND` stands in the example and not in 2.3 (ERRATA 1.3). `''`: unset. */
export const statusesOfRefunds: readonly string[] = ['', 'REFUND', 'TRADE_REFUND', 'TRADE_SUCCESS', 'TRADE_CLOSED'];

/** `refundStatus` (document 2.2; its table is broken across columns, ERRATA). */
export const refundStatuses: Readonly<Record<string, Row & { readonly means: 'refunded' | 'pending' | 'failed' | 'unsure' }>> = {
  UNKNOWN: { means: 'unsure', where: '2.2' },
  SUCCESS: { means: 'refunded', where: '2.2' },
  FAIL: { means: 'failed', where: '2.2' },
  PROCESSING: { means: 'pending', where: '2.2' },
};

/** `secureStatus` (document 2.4). */
export const secureStatuses: Readonly<Record<string, Row & { readonly means: 'uncompleted' | 'partlyCompleted' | 'completed' | 'cancelled' }>> = {
  UNCOMPLETED: { means: 'uncompleted', where: '2.4' },
  PARTLY_COMPLETED: { means: 'partlyCompleted', where: '2.4' },
  ALL_COMPLETED: { means: 'completed', where: '2.4' },
  CANCELED: { means: 'cancelled', where: '2.4' },
};

/** `targetSys` (document 2.5). */
export const targetSystems: Readonly<Record<string, Row & { readonly wallet: Wallet }>> = {
  'Alipay 1.0': { wallet: 'alipay', where: '2.5' },
  'Alipay 2.0': { wallet: 'alipay', where: '2.5' },
  WXPay: { wallet: 'wechat', where: '2.5' },
  YQB: { wallet: 'other', where: '2.5' },
  QMF: { wallet: 'other', where: '2.5' },
  UnionPay: { wallet: 'unionpay', where: '2.5' },
  BaiDu: { wallet: 'other', where: '2.5' },
  JD: { wallet: 'other', where: '2.5' },
  SF: { wallet: 'other', where: '2.5' },
  COMM: { wallet: 'other', where: '2.5' },
  BestPay: { wallet: 'other', where: '2.5' },
  ACP: { wallet: 'unionpay', where: '2.5' },
  NetPayBills: { wallet: 'other', where: '2.5' },
  NetPayGtwy: { wallet: 'other', where: '2.5' },
  QmfWebPay: { wallet: 'other', where: '2.5' },
  UAC: { wallet: 'unionpay', where: '2.5' },
};
