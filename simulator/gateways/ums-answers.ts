/** What UMS's simulated gateway says: its words for orders and refunds, true, untrue and bent. */
import type { Alteration, Saying } from '../fault.ts';
import type { CallName, Json, JsonObject, Order, RefundEntry, RefundState, Wallet } from '../model.ts';
import { refundable } from '../sums.ts';
import { mapValues, renameKey } from './json.ts';
import { chinaTime } from './ums-sign.ts';

/** Section 2.1, and the word of section 1.5's example. */
const messages: Readonly<Record<string, string>> = {
  INTERNAL_ERROR: '内部错误',
  BAD_REQUEST: '请求报文有错',
  TIMEOUT: '处理超时',
  NO_ORDER: '找不到请求的原始订单',
  OPERATION_NOT_ALLOWED: '当前不允许此操作',
  TARGET_FAIL: '支付渠道处理失败',
  DUP_ORDER: '重复的订单请求',
  NET_ERROR: '通讯异常',
  NO_MERCHANT: '找不到请求指定的商户',
  ORDER_PROCESSING: '订单正在处理中',
  ABNORMAL_REQUEST_TIME: '请求时间异常',
  BAD_SIGN: '签名错误',
  INVALID_MSGSRC: '商户来源错误',
  INVLID_MERCHANT_CONFIG: '错误的商户配置',
  HAS_CANCELLED: '该笔担保交易已撤销',
};

const merchantName = '模拟商户';

/** What every answer repeats of its request, and the time by the simulator's clock. */
export interface Ask {
  readonly call: CallName;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly now: number;
}

export function umsHead({ fields, now }: Ask, code = 'SUCCESS', message?: string): JsonObject {
  const said = message ?? messages[code];
  const text = (name: string): JsonObject => (typeof fields[name] === 'string' ? { [name]: fields[name] } : {});
  return {
    errCode: code, ...(said === undefined ? {} : { errMsg: said }), ...text('msgId'), ...text('srcReserve'),
    responseTimestamp: chinaTime(now), ...text('mid'), ...text('tid'), ...text('instMid'),
  };
}

/** Section 2.3. What was closed unpaid, what failed and what was refunded in full have one word. */
export function statusOf(order: Order): string {
  if (order.refunds.some((entry) => entry.phase === 'open')) return 'TRADE_REFUND';
  switch (order.state) {
    case 'waiting':
      return order.shown?.scannedAt === null ? 'NEW_ORDER' : 'WAIT_BUYER_PAY';
    case 'paid':
      return 'TRADE_SUCCESS';
    case 'error':
      return 'UNKNOWN';
    case 'partlyRefunded':
      // What a completion in part gave back is no refund of the shop's.
      return order.refunds.every((entry) => entry.reference === secureRest) ? 'TRADE_SUCCESS' : 'TRADE_REFUND';
    case 'refused':
    case 'cancelled':
    case 'refunded':
      return 'TRADE_CLOSED';
  }
}

/** Under which number the rest of a completion in part goes back to the payer. */
export const secureRest = 'secure-complete';

const systems: Readonly<Record<Wallet, string>> = { alipay: 'Alipay 2.0', wechat: 'WXPay', unionpay: 'UAC' };
const fundNames: Readonly<Record<Wallet, string>> = { alipay: '支付宝余额', wechat: '微信零钱', unionpay: '银联卡' };

export function targetSystem(order: Order): string {
  return String(order.extras['targetSys'] ?? systems[order.wallet]);
}

/** What answers about an order have in common. */
function orderPart(order: Order): JsonObject {
  return {
    merName: merchantName, merOrderId: order.reference, seqId: order.gatewayNumber, settleRefId: order.gatewayNumber, status: statusOf(order), totalAmount: order.amount,
    targetSys: targetSystem(order), targetMid: '2088000000051771', connectSys: 'UNIONPAY',
    ...(typeof order.extras['secure'] === 'string' ? { secureStatus: order.extras['secure'] } : {}),
  };
}

/** Section 1.1.3. */
export function creationAnswer(ask: Ask, order: Order, request: JsonObject): JsonObject {
  return { ...umsHead(ask), ...orderPart(order), targetStatus: '10000', ...request };
}

/** Section 1.2.3; an unpaid order has payTime and settleDate too, as captured. */
export function queryAnswer(ask: Ask, order: Order): JsonObject {
  const paid = order.timesCharged > 0;
  const at = chinaTime(order.paidAt ?? order.createdAt);
  return {
    ...umsHead(ask), ...orderPart(order), targetStatus: paid ? 'TRADE_SUCCESS' : 'ACQ.TRADE_NOT_EXIST', payTime: at, settleDate: at.slice(0, 10),
    billFunds: paid ? `${fundNames[order.wallet]}:${order.amount}` : '', billFundsDesc: paid ? `${fundNames[order.wallet]}支付${order.amount / 100}元。` : '',
    ...(paid ? { targetOrderId: order.tradeNumber, buyerId: order.payer, invoiceAmount: order.amount, buyerPayAmount: order.amount, receiptAmount: order.amount, couponAmount: 0, refId: order.gatewayNumber } : {}),
  };
}

/** Section 2.2, from the simulator's finer states. */
function refundStatusOf(entry: RefundEntry): string {
  if (entry.state === 'unsure') return 'UNKNOWN';
  return { open: 'PROCESSING', done: 'SUCCESS', failed: 'FAIL' }[entry.phase];
}

/** Section 1.3.4: `REFUND` is no word of 2.3, and the amount is all that was refunded so far. */
export function refundAnswer(ask: Ask, order: Order, entry: RefundEntry): JsonObject {
  return {
    ...umsHead(ask), merOrderId: order.reference, status: 'REFUND', refundStatus: refundStatusOf(entry), refundOrderId: entry.reference,
    refundTargetOrderId: entry.gatewayNumber, refundAmount: order.amount - refundable(order), totalAmount: order.amount, billDate: chinaTime(entry.at).slice(0, 10),
  };
}

/** Section 1.4: the table writes responseTimeStamp where the example has responseTimestamp; here the table's. */
export function queryRefundAnswer(ask: Ask, order: Order, entry: RefundEntry): JsonObject {
  const at = chinaTime(order.paidAt ?? order.createdAt);
  return {
    ...renameKey({ ...umsHead(ask, 'SUCCESS', '查询成功'), ...orderPart(order) }, 'responseTimestamp', 'responseTimeStamp'), status: 'TRADE_SUCCESS',
    refundStatus: refundStatusOf(entry), refundOrderId: entry.reference, refundTargetOrderId: entry.gatewayNumber, payTime: at, settleDate: at.slice(0, 10),
    refundFunds: `${fundNames[order.wallet]}:${entry.amount}`, refundInvoiceAmount: String(entry.amount), sendBackAmount: String(entry.amount),
  };
}

/** Section 1.6. */
export function secureAnswer(ask: Ask, order: Order, message: string): JsonObject {
  return {
    ...umsHead(ask, 'SUCCESS', message), ...orderPart(order), completedAmount: Number(order.extras['completedAmount'] ?? 0), targetOrderId: order.tradeNumber,
  };
}

export function closeAnswer(ask: Ask, order: Order): JsonObject {
  return { ...umsHead(ask, 'SUCCESS', '成功关闭订单'), ...orderPart(order), settleDate: chinaTime(ask.now).slice(0, 10) };
}

/** Says something without looking whether it is true. `entry` is the refund that the request names, where it is booked. */
export function say(ask: Ask, what: Saying, order: Order | null, entry: RefundEntry | null): JsonObject {
  switch (what) {
    case 'notExist':
      return umsHead(ask, 'NO_ORDER');
    case 'alreadyKnown':
    case 'refundConflict':
      return umsHead(ask, 'DUP_ORDER');
    case 'inProgress':
      return order === null ? umsHead(ask, 'NO_ORDER') : sayInProgress(ask, order, entry);
    case 'cancelError':
      return umsHead(ask, 'TARGET_FAIL');
    case 'cancelAbortError':
      return umsHead(ask, 'TIMEOUT');
    case 'systemError':
      return umsHead(ask, 'INTERNAL_ERROR');
    case 'refundError':
      return sayOfRefund(ask, order, entry, 'unsure');
    case 'refundFail':
      return sayOfRefund(ask, order, entry, 'organizationFailed');
    case 'shopBalanceShort':
      return umsHead(ask, 'TARGET_FAIL', '商户余额不足');
    case 'refundOverLimit':
      return umsHead(ask, 'TARGET_FAIL', '退款金额超过可退金额');
    case 'notRefundable':
      return umsHead(ask, 'TARGET_FAIL', '该订单不支持退款');
    case 'refundNoop':
    case 'refundOrderState':
    case 'refundTooOld':
      return umsHead(ask, 'OPERATION_NOT_ALLOWED');
    case 'unlistedError':
      return umsHead(ask, 'REFUND_CHANNEL_BUSY');
  }
}

/** A refund's answer that says `state`, whatever it is; a refund that isn't booked has no number. */
function sayOfRefund(ask: Ask, order: Order | null, entry: RefundEntry | null, state: RefundState): JsonObject {
  if (order === null || entry === null) return umsHead(ask, 'TIMEOUT');
  return refundAnswer(ask, order, { ...entry, state, phase: state === 'organizationFailed' ? 'failed' : 'open' });
}

function sayInProgress(ask: Ask, order: Order, entry: RefundEntry | null): JsonObject {
  const open: RefundEntry | null = entry === null ? null : { ...entry, state: 'merchantConfirmed', phase: 'open' };
  switch (ask.call) {
    case 'refund':
      return open === null ? umsHead(ask, 'ORDER_PROCESSING') : refundAnswer(ask, order, open);
    case 'queryRefund':
      return open === null ? umsHead(ask, 'NO_ORDER') : queryRefundAnswer(ask, order, open);
    case 'present':
      return creationAnswer(ask, { ...order, state: 'waiting' }, { qrCode: order.shown?.content ?? '' });
    default:
      return order.refunds.length > 0 ? queryAnswer(ask, order) : queryAnswer(ask, { ...order, state: 'waiting', timesCharged: 0, paidAt: null });
  }
}

/** Bends an otherwise true answer. */
export function alter(how: Alteration, answer: JsonObject): JsonObject {
  const amounts = ['totalAmount', 'refundAmount', 'transactionAmount', 'originalTransactionAmount'];
  const one = (value: Json): Json => (typeof value === 'string' ? String(Number(value) + 1) : Number(value) + 1);
  const another = (value: Json): Json => `X${String(value).slice(1)}`;
  switch (how) {
    case 'wrongAmount':
      return mapValues(answer, (name, value) => (amounts.includes(name) || name === 'sendBackAmount' || name === 'refundInvoiceAmount' ? one(value) : value));
    case 'wrongReference':
      return mapValues(answer, (name, value) => (['merOrderId', 'refundOrderId', 'merchantOrderId'].includes(name) ? another(value) : value));
    case 'blankKey':
      return amounts.reduce((changed, name) => renameKey(changed, name, `${name} `), answer);
    case 'otherTypes':
      return mapValues(answer, (_name, value) => (typeof value === 'number' ? String(value) : value));
    case 'otherNesting': {
      const { errCode, errMsg, ...data } = answer;
      return { errCode: errCode ?? null, ...(errMsg === undefined ? {} : { errMsg }), data };
    }
    case 'unlistedStatus':
      return mapValues(answer, (name, value) => (name === 'status' || name === 'refundStatus' ? 'TRADE_FROZEN' : name === 'queryResCode' ? '9' : value));
    case 'smallerNet':
      return mapValues(answer, (name, value) => (['invoiceAmount', 'buyerPayAmount', 'receiptAmount'].includes(name) ? 0 : value));
  }
}
