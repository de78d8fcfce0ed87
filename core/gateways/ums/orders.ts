/**
 * The six orders of the document (1.1), for integrators: one builder, and one reader of their common answer. The till itself
 * shows the code of `alipayCode`; the others start a payment inside an app and need a wallet on the same phone.
 */
import type { DeclineReason } from '../../contract/types.ts';
import type { Amount } from '../../money/amount.ts';
import { minorFromWire } from '../../money/amount.ts';
import type { Instant, WireAnswer, WireRequest } from '../../ports.ts';
import type { Evidence, Moment, UnknownWhy } from '../gateway.ts';
import type { JsonObject } from '../json.ts';
import { rowOf } from '../wire-fields.ts';
import { keptReference } from '../words.ts';
import { chinaText } from './china-time.ts';
import { evidenceOf } from './order.ts';
import type { UmsSettings } from './settings.ts';
import { netpayRequest, type Fields } from './signed-request.ts';
import { errorCodes, orderStatuses } from './table.ts';
import { readWire, type WireAnswerFields } from './wire.ts';

/** The six orders, with their addresses below `/v1/netpay/` (document 1.1.2). */
export const orderPaths = {
  wechatApp: 'wx/app-pre-order',
  alipayCode: 'trade/precreate',
  qmf: 'qmf/order',
  unionPayApp: 'uac/app-order',
  applePay: 'applepay/order',
  alipayMini: 'trade/app-pre-order',
} as const;

export type OrderKind = keyof typeof orderPaths;

/** One of the goods (document 1.1.3, `goods`). Texts may have the lengths of its table. */
export interface OrderGoods {
  readonly goodsId?: string;
  readonly goodsName?: string;
  readonly quantity?: number;
  readonly price?: Amount;
  readonly goodsCategory?: string;
  readonly body?: string;
  readonly unit?: number;
  readonly discount?: number;
  readonly subMerchantId?: string;
  readonly merOrderId?: string;
  readonly subOrderAmount?: Amount;
}

/** What a merchant below ours gets of a divided order (document 1.1.3, `subOrders`). */
export interface SubOrder {
  readonly mid: string;
  readonly totalAmount: Amount;
  readonly merOrderId?: string;
}

/** One order. What is left out isn't sent. */
export interface Order {
  /** Ours: the source number and up to 28 characters more (ERRATA 1.1). */
  readonly merOrderId: string;
  readonly totalAmount: Amount;
  /** Before any discount of the shop's own till. */
  readonly originalAmount?: Amount;
  readonly orderDesc?: string;
  readonly msgId?: string;
  readonly srcReserve?: string;
  readonly attachedData?: string;
  readonly goods?: readonly OrderGoods[];
  /** Instead of `goods`. */
  readonly goodsTradeNo?: string;
  readonly goodsTag?: string;
  readonly productId?: string;
  readonly expiresAt?: Instant;
  readonly showUrl?: string;
  /** Divided between merchants: `platformAmount` is what we keep. */
  readonly division?: { readonly platformAmount: Amount; readonly subOrders?: readonly SubOrder[] };
  /** Guaranteed: settled only once it is completed, given back once it is cancelled (secure.ts), or after 30 days. */
  readonly secureTransaction?: boolean;
  readonly limitCreditCard?: boolean;
  readonly installmentNumber?: 3 | 6 | 12;
  readonly enablePayChnl?: 'balance' | 'moneyFund' | 'pcredit' | 'pcreditpayInstallment' | 'creditCard' | 'debitCardExpress';
  readonly foodOrderType?: 'pre_order';
  /** qmf only, and required there. */
  readonly merchantUserId?: string;
  readonly mobile?: string;
}

/** Why an order can't be sent: the field, and the rule of document 1.1.3 that it breaks. */
export interface OrderProblem {
  readonly field: string;
  readonly rule: string;
}

/** The request of an order. Throws where `orderProblems` has any. */
export function buildOrder(kind: OrderKind, order: Order, settings: UmsSettings, moment: Moment): WireRequest {
  const [problem] = orderProblems(kind, order);
  if (problem !== undefined) throw new Error(`${problem.field} ${problem.rule}`);
  return netpayRequest(orderPaths[kind], orderFields(order, settings), settings, moment);
}

/** Everything about an order that the document's table refuses. */
export function orderProblems(kind: OrderKind, order: Order): readonly OrderProblem[] {
  const { division } = order;
  const checks: readonly (readonly [boolean, string, string])[] = [
    [/^[0-9A-Za-z]{6,32}$/.test(order.merOrderId), 'merOrderId', 'has 6 to 32 letters or digits'],
    [isFen(order.totalAmount, 1), 'totalAmount', 'is 1 to 100000000 fen'],
    [order.originalAmount === undefined || isFen(order.originalAmount, 1), 'originalAmount', 'is 1 to 100000000 fen'],
    ...longestTexts.map(([field, most]): readonly [boolean, string, string] => [[...(order[field] ?? '')].length <= most, field, `has at most ${most} characters`]),
    [order.goods === undefined || order.goodsTradeNo === undefined, 'goodsTradeNo', 'stands instead of goods'],
    [kind !== 'qmf' || (order.merchantUserId ?? '') !== '', 'merchantUserId', 'is required for qmf'],
    [kind !== 'qmf' || (order.mobile ?? '') !== '', 'mobile', 'is required for qmf'],
    [division === undefined || order.secureTransaction !== true, 'secureTransaction', 'is not for divided orders'],
    [division === undefined || isFen(division.platformAmount, 1), 'platformAmount', 'is 1 to 100000000 fen'],
    [division === undefined || order.goods !== undefined || division.subOrders !== undefined, 'subOrders', 'or goods say how it is divided'],
    [(division?.subOrders?.length ?? 0) <= 20, 'subOrders', 'are at most 20'],
    [isDividedWhole(order, division?.subOrders?.map((part) => part.totalAmount)), 'subOrders', 'and platformAmount make totalAmount'],
    [division === undefined || isGoodsWhole(order), 'goods', 'of a divided order make totalAmount'],
  ];
  return checks.filter(([isKept]) => !isKept).map(([, field, rule]) => ({ field, rule }));
}

const longestTexts = [['orderDesc', 255], ['msgId', 64], ['srcReserve', 255], ['attachedData', 255], ['goodsTag', 32], ['showUrl', 255], ['merchantUserId', 32], ['mobile', 11]] as const;

const mostFen = 100_000_000;

function isFen({ minor, currency }: Amount, least: number): boolean {
  return currency === 'CNY' && Number.isSafeInteger(minor) && minor >= least && minor <= mostFen;
}

function isDividedWhole(order: Order, parts: readonly Amount[] | undefined): boolean {
  if (order.division === undefined || parts === undefined) return true;
  const sum = parts.reduce((total, part) => total + part.minor, order.division.platformAmount.minor);
  return parts.every((part) => isFen(part, 0)) && sum === order.totalAmount.minor;
}

/** Goods that name no amounts of their own divide nothing, and are bound to no sum. */
function isGoodsWhole({ goods, totalAmount }: Order): boolean {
  const amounts = (goods ?? []).flatMap((one) => (one.subOrderAmount === undefined ? [] : [one.subOrderAmount]));
  return amounts.length === 0 || (amounts.every((one) => isFen(one, 0)) && amounts.reduce((total, one) => total + one.minor, 0) === totalAmount.minor);
}

/** Names and types of document 1.1.3: amounts as numbers, but prices and counts of goods as text, and truths as text but one. */
function orderFields(order: Order, settings: UmsSettings): Fields {
  const { division } = order;
  return present({
    merOrderId: order.merOrderId,
    totalAmount: order.totalAmount.minor,
    // "Required, WeChat must send APP"; the example of the Alipay code has it too.
    tradeType: 'APP',
    originalAmount: order.originalAmount?.minor,
    orderDesc: order.orderDesc,
    msgId: order.msgId,
    srcReserve: order.srcReserve,
    attachedData: order.attachedData,
    subAppId: settings.subAppId,
    notifyUrl: settings.notifyUrl,
    goods: order.goods?.map(goodsFields),
    goodsTradeNo: order.goodsTradeNo,
    goodsTag: order.goodsTag,
    productId: order.productId,
    expireTime: order.expiresAt === undefined ? undefined : chinaText(order.expiresAt),
    showUrl: order.showUrl,
    divisionFlag: division === undefined ? undefined : true,
    platformAmount: division?.platformAmount.minor,
    subOrders: division?.subOrders?.map((part) => present({ mid: part.mid, totalAmount: part.totalAmount.minor, merOrderId: part.merOrderId })),
    secureTransaction: order.secureTransaction === undefined ? undefined : String(order.secureTransaction),
    limitCreditCard: order.limitCreditCard === undefined ? undefined : String(order.limitCreditCard),
    installmentNumber: order.installmentNumber,
    enablePayChnl: order.enablePayChnl,
    retCommParams: order.foodOrderType === undefined ? undefined : { foodOrderType: order.foodOrderType },
    merchantUserId: order.merchantUserId,
    mobile: order.mobile,
  });
}

function goodsFields(one: OrderGoods): Fields {
  return present({
    goodsId: one.goodsId,
    goodsName: one.goodsName,
    quantity: one.quantity === undefined ? undefined : String(one.quantity),
    price: one.price === undefined ? undefined : String(one.price.minor),
    goodsCategory: one.goodsCategory,
    body: one.body,
    unit: one.unit,
    discount: one.discount,
    subMerchantId: one.subMerchantId,
    merOrderId: one.merOrderId,
    subOrderAmount: one.subOrderAmount?.minor,
  });
}

function present(fields: Readonly<Record<string, Fields[string] | undefined>>): Fields {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])));
}

/** What came of an order. Whether it is paid, a query says. */
export type OrderResult =
  | {
      readonly kind: 'created';
      /** Theirs. */
      readonly seqId: string | null;
      /** For the wallet's own program on the phone, as it came. */
      readonly appPayRequest: JsonObject | null;
      readonly jsPayRequest: JsonObject | null;
      readonly prepayId: string | null;
      readonly qrCode: string | null;
      readonly evidence: Evidence;
    }
  | { readonly kind: 'refused'; readonly reason: DeclineReason; readonly evidence: Evidence }
  /** Nothing may be concluded from it: the order may stand. */
  | { readonly kind: 'unknown'; readonly why: UnknownWhy; readonly evidence: Evidence };

/** The answer to an order; total. It is created only where it names this order, its amount and a state that waits for the payer. */
export function readOrder(order: Pick<Order, 'merOrderId' | 'totalAmount'>, answer: WireAnswer): OrderResult {
  const wire = readWire(answer.body);
  if (wire === null) return { kind: 'unknown', why: 'unlisted', evidence: { code: null, words: null } };
  const evidence = evidenceOf(wire, wire.status, null);
  const meaning = rowOf(errorCodes, wire.errCode)?.order;
  const means = wire.status === '' ? null : rowOf(orderStatuses, wire.status)?.means;
  const isOthers = (wire.merOrderId !== '' && wire.merOrderId !== order.merOrderId) || (wire.totalAmount !== '' && minorFromWire(wire.totalAmount) !== order.totalAmount.minor);
  if (meaning?.kind === 'done') {
    if (isOthers || wire.merOrderId === '') return { kind: 'unknown', why: 'mismatch', evidence };
    if (means === undefined) return { kind: 'unknown', why: 'unlisted', evidence };
    return means === null || means === 'waiting' ? created(wire, evidence) : { kind: 'unknown', why: 'gatewayUnsure', evidence };
  }
  if (meaning?.kind === 'refused' && !isOthers && (means === null || means === 'closed')) return { kind: 'refused', reason: meaning.reason, evidence };
  const why = meaning?.kind === 'unknown' ? meaning.why : meaning === undefined ? 'unlisted' : isOthers ? 'mismatch' : 'gatewayUnsure';
  return { kind: 'unknown', why, evidence };
}

function created(wire: WireAnswerFields, evidence: Evidence): OrderResult {
  return {
    kind: 'created', seqId: keptReference(wire.seqId, null), appPayRequest: wire.appPayRequest, jsPayRequest: wire.jsPayRequest,
    prepayId: keptReference(wire.prepayId, null), qrCode: wire.qrCode === '' ? null : wire.qrCode, evidence,
  };
}
