/** What Omipay's simulated gateway says: its words for orders and refunds, true, untrue and bent. */
import type { Alteration, Saying } from '../fault.ts';
import type { CallName, JsonObject, Order, Refusal, RefundEntry, RefundState, Wallet } from '../model.ts';
import { mapValues, renameKey } from './json.ts';

/** 1 AUD in CNY as the document's example has it, and the same times 10^8 as QueryOrder wants it. */
const rateDecimal = 5.0154;
const rateScaled = 501_540_000;

const messages: Readonly<Record<string, string>> = {
  PARAMETER_INVALID: '参数不正确',
  SIGN_TIMEOUT: '时间戳超时',
  MERCHANTNO_INVALID: '商户编号错误',
  SIGN_ERROR: '签名验证失败',
  SYSTEM_ERROR: '服务器错误',
  CURRENCY_ERROR: '货币类型错误',
  USERPAYING: '用户正在支付',
  ORDER_PAID: '订单已支付过',
  POS_NOT_REGISTERED: '商户POS端未注册',
  NOT_ENOUGH: '用户余额不足',
  CARD_NOT_SUPPORT: '不支持卡类型',
  ORDER_CLOSED: '订单已关闭',
  BRANCH_INVALID: '门店不存在',
  QRCODE_EXPIRED: '二维码已超时',
  QRCODE_ERROR: '二维码错误',
  AMOUNT_INVALID: '金额不正确',
  PERMISSION_ERROR: '权限错误',
  ORDER_NO_ERROR: '订单编号错误',
  ORDER_NOT_PAID: '订单未支付',
  AMOUNT_OVER_LIMIT: '金额超过退款上限',
  REFUND_NO_ERROR: '退款单号错误',
};

const refusalCodes: Readonly<Record<Refusal, string>> = {
  insufficient: 'NOT_ENOUGH',
  expired: 'QRCODE_EXPIRED',
  used: 'QRCODE_EXPIRED',
  badCode: 'QRCODE_ERROR',
  payerCancelled: 'ORDER_CLOSED',
  overLimit: 'AMOUNT_INVALID',
  overDayLimit: 'AMOUNT_INVALID',
  cardNotSupported: 'CARD_NOT_SUPPORT',
  failed: 'ORDER_CLOSED',
  timedOut: 'ORDER_CLOSED',
};

const platforms: Readonly<Record<Wallet, string>> = { wechat: 'WECHATPAY', alipay: 'ALIPAY', unionpay: 'UPI' };

export function firstAnswer(order: Order): JsonObject {
  switch (order.state) {
    case 'paid':
      return success(order, { order_no: order.gatewayNumber, out_order_no: order.reference, order_time: easternTime(order.paidAt) });
    case 'refused':
      return fail(refusalCodes[order.refusal ?? 'failed']);
    case 'error':
      return fail('SYSTEM_ERROR');
    default:
      return fail('USERPAYING', { order_no: order.gatewayNumber });
  }
}

export function repeatAnswer(order: Order): JsonObject {
  switch (order.state) {
    case 'waiting':
    case 'error':
      return fail('USERPAYING', { order_no: order.gatewayNumber });
    case 'refused':
    case 'cancelled':
      return fail('ORDER_CLOSED');
    default:
      return fail('ORDER_PAID');
  }
}

/** No word of the document says what a creation with a known number gets: the states' words, and while it waits no second code. */
export function repeatedCreation(order: Order): JsonObject {
  return order.state === 'waiting' || order.state === 'error' ? fail('PARAMETER_INVALID') : repeatAnswer(order);
}

export function queryAnswer(order: Order): JsonObject {
  return success(order, {
    result_code: statusOf(order),
    order_no: order.gatewayNumber,
    out_order_no: order.reference,
    currency: order.currency,
    amount: order.amount,
    pay_currency: 'CNY',
    pay_amount: amountInYuan(order),
    order_time: easternTime(order.createdAt),
    pay_time: easternTime(order.paidAt),
    exchange_rate: rateOf(order),
  });
}

/** Times 10^8, as QueryOrder and the push have it. */
export function rateOf(order: Order): number {
  return order.currency === 'CNY' ? 100_000_000 : rateScaled;
}

/** Refunds are told by QueryRefund alone; the order itself stays paid. */
function statusOf(order: Order): string {
  switch (order.state) {
    case 'waiting':
      return order.shown?.scannedAt === null ? 'READY' : 'PAYING';
    case 'error':
      return 'PAYING';
    case 'refused':
      return order.refusal === 'payerCancelled' || order.refusal === 'timedOut' ? 'CANCELLED' : 'FAILED';
    case 'cancelled':
      return 'CANCELLED';
    default:
      return 'PAID';
  }
}

/** What the payer paid, in fen. */
export function amountInYuan(order: Order): number {
  if (order.currency === 'CNY') return order.amount;
  const scaled = BigInt(order.amount) * BigInt(rateScaled);
  return Number((scaled + 50_000_000n) / 100_000_000n);
}

/** Section 3.10; the document promises nothing but that the request was taken. */
export function refundAnswer(order: Order, entry: RefundEntry): JsonObject {
  if (entry.state === 'unsure') return fail('SYSTEM_ERROR');
  return success(order, { refund_no: entry.gatewayNumber, currency: order.currency, amount: entry.amount, refund_time: easternTime(entry.at) });
}

/** Section 3.11, with the table's spelling; the example has capitals. */
const refundWords: Readonly<Record<RefundState, string>> = {
  applied: 'Applied',
  merchantConfirmed: 'MerchantConfirmed',
  organizationConfirmed: 'OrganizationConfirmed',
  organizationPayback: 'OrganizationPayback',
  closed: 'Closed',
  merchantRejected: 'MerchantRejected',
  timeoutClosed: 'TimeoutClosed',
  organizationFailed: 'OrganizationFailed',
  customerCancelled: 'CustomerCancelled',
  unsure: 'MerchantConfirmed',
};

export function queryRefundAnswer(order: Order, entry: RefundEntry): JsonObject {
  return success(order, {
    result_code: refundWords[entry.state],
    out_refund_no: entry.reference,
    currency: order.currency,
    amount: entry.amount,
    refund_time: easternTime(entry.at),
    success_time: entry.state === 'closed' ? easternTime(entry.backAt) : '',
  });
}

export function exchangeRate(fields: Readonly<Record<string, string>>): JsonObject {
  if (fields['currency'] !== 'AUD' || fields['base_currency'] !== 'CNY') return fail('CURRENCY_ERROR');
  return { return_code: 'SUCCESS', rate: rateDecimal };
}

/** With the extra keys of captured answers. */
export function success(order: Order, fields: JsonObject): JsonObject {
  return { return_code: 'SUCCESS', error_code: null, error_msg: null, msg: 'success', success: true, platform: platforms[order.wallet], ...fields };
}

export function fail(code: string, fields: JsonObject = {}): JsonObject {
  const message = messages[code] ?? code;
  return { return_code: 'FAIL', error_code: code, error_msg: message, msg: message, success: false, platform: null, ...fields };
}

/** yyyyMMddHHmmss in Australian Eastern time without summer time; the document doesn't say which. Empty where it didn't happen. */
export function easternTime(instant: number | null): string {
  if (instant === null) return '';
  return new Date(instant + 10 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** Says something without looking whether it is true. `entry` is the refund that the request names, where it is booked. */
export function say(call: CallName, what: Saying, order: Order | null, entry: RefundEntry | null): JsonObject {
  switch (what) {
    case 'notExist':
      return fail(unknownWords[call] ?? 'PERMISSION_ERROR');
    case 'alreadyKnown':
      return fail('ORDER_PAID');
    case 'inProgress':
      return order === null ? fail(unknownWords[call] ?? 'PERMISSION_ERROR') : sayInProgress(call, order, entry);
    case 'shopBalanceShort':
    case 'refundOverLimit':
    case 'refundNoop':
      return fail('AMOUNT_OVER_LIMIT');
    case 'refundOrderState':
      return fail('ORDER_NOT_PAID');
    case 'refundConflict':
      return fail('PARAMETER_INVALID');
    case 'notRefundable':
    case 'refundTooOld':
      return fail('PERMISSION_ERROR');
    case 'unlistedError':
      return fail('REFUND_CHANNEL_BUSY');
    default:
      return fail('SYSTEM_ERROR');
  }
}

const unknownWords: Readonly<Partial<Record<CallName, string>>> = { refund: 'ORDER_NO_ERROR', queryRefund: 'REFUND_NO_ERROR' };

/** Of a refund, Omipay has no other answer than that it was taken; QueryRefund says how far it is. */
function sayInProgress(call: CallName, order: Order, entry: RefundEntry | null): JsonObject {
  switch (call) {
    case 'pay':
    case 'present':
      return fail('USERPAYING', { order_no: order.gatewayNumber });
    case 'refund':
      return entry === null ? fail('SYSTEM_ERROR') : refundAnswer(order, entry);
    case 'queryRefund':
      return entry === null ? fail('REFUND_NO_ERROR') : queryRefundAnswer(order, { ...entry, state: 'merchantConfirmed' });
    default:
      return order.refunds.length > 0 ? queryAnswer(order) : queryAnswer({ ...order, state: 'waiting', paidAt: null });
  }
}

const anothersRefund = '0000000000000000000000fe';

/** Bends an otherwise true answer. */
export function alter(how: Alteration, answer: JsonObject): JsonObject {
  switch (how) {
    case 'wrongAmount':
      return mapValues(answer, (name, value) => (name === 'amount' ? Number(value) + 1 : value));
    case 'wrongReference':
      return mapValues(answer, (name, value) => (name === 'out_order_no' || name === 'out_refund_no' ? `X${String(value).slice(1)}` : name === 'refund_no' ? anothersRefund : value));
    case 'blankKey':
      return ['order_no', 'refund_no', 'amount'].reduce((changed, name) => renameKey(changed, name, `${name} `), answer);
    case 'otherTypes':
      return mapValues(answer, (_name, value) => (typeof value === 'number' ? String(value) : value));
    case 'otherNesting': {
      const { return_code, error_code, error_msg, ...data } = answer;
      return { return_code: return_code ?? null, error_code: error_code ?? null, error_msg: error_msg ?? null, data };
    }
    case 'unlistedStatus':
      return mapValues(answer, (name, value) => (name === 'result_code' ? 'REVIEWING' : value));
    case 'smallerNet':
      return answer;
  }
}
