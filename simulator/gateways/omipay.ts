/** Omipay's Web API v2.0.6, the other side: MakeScanOrder, QueryOrder, Refund, QueryRefund and GetExchangeRate. */
import { createHash } from 'node:crypto';
import type { Alteration, Saying } from '../fault.ts';
import { refundable } from '../ledger.ts';
import type { CallName, JsonObject, Order, Refusal, Wallet } from '../model.ts';
import { faultsOfFields, isJsonType } from './fields.ts';
import type { FieldTable } from './fields.ts';
import type { Counter, GatewaySide, IncomingRequest, ReadRequest } from './gateway-side.ts';
import { mapValues, renameKey } from './json.ts';

export interface OmipayAccount {
  readonly merchantNumber: string;
  readonly secretKey: string;
  readonly posNumber: string;
}

export const omipayBasePath = '/omipay/api/v2';

const calls: Readonly<Record<string, CallName>> = {
  MakeScanOrder: 'pay', QueryOrder: 'query', Refund: 'refund', QueryRefund: 'queryRefund', GetExchangeRate: 'rate',
};

/** 1 AUD in CNY as the document's example has it, and the same times 10^8 as QueryOrder wants it. */
const rateDecimal = 5.0154;
const rateScaled = 501_540_000;
const minutesAllowed = 5;

const security: FieldTable = {
  m_number: { required: true },
  timestamp: { required: true, pattern: /^\d{13}$/ },
  nonce_str: { required: true, pattern: /^[A-Za-z0-9]{10,32}$/ },
  sign: { required: true },
  language: { pattern: /^(EN|CHS)$/ },
};
const positiveInteger = /^[1-9]\d{0,9}$/;
const omipayNumber = { required: true, most: 32 };

/** Sections 3.1, 3.4, 3.8, 3.10, 3.11. The document gives no longest out_order_no; 64 is what the simulator stores. */
const tables: Readonly<Record<string, FieldTable>> = {
  pay: {
    order_name: { required: true, most: 128 },
    currency: { required: true, pattern: /^(AUD|CNY)$/ },
    amount: { required: true, pattern: /^\d{1,10}$/ },
    notify_url: { required: true, pattern: /^https?:\/\/[^\s]+$/ },
    qrcode: { required: true, most: 64 },
    pos_no: { required: true },
    out_order_no: { required: true, most: 64 },
  },
  query: { order_no: omipayNumber },
  refund: { order_no: omipayNumber, out_refund_no: { required: true, most: 64 }, amount: { required: true, pattern: positiveInteger } },
  queryRefund: { refund_no: omipayNumber },
  rate: { currency: { required: true }, base_currency: { required: true }, platform: { pattern: /^(WECHATPAY|ALIPAY|UPI)$/ } },
};

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

export function omipaySide(counter: Counter, account: OmipayAccount): GatewaySide {
  return {
    id: 'omipay',
    methods: ['POST', 'GET'],
    callOf: (path) => (path.startsWith(`${omipayBasePath}/`) ? (calls[path.slice(omipayBasePath.length + 1)] ?? null) : null),
    read: (call, request) => readRequest(counter, account, call, request),
    alter,
  };
}

/** Section 2.3: the four joined with ampersands, MD5, upper case. */
export function signOmipay(merchantNumber: string, timestamp: string, nonce: string, secretKey: string): string {
  return createHash('md5').update(`${merchantNumber}&${timestamp}&${nonce}&${secretKey}`).digest('hex').toUpperCase();
}

type Fields = Readonly<Record<string, string>>;

function readRequest(counter: Counter, account: OmipayAccount, call: CallName, request: IncomingRequest): ReadRequest {
  const parsed = parseQuery(request.query);
  const fields = parsed.fields;
  const refusedAs = refuseRequest(counter, account, call, request, parsed);
  const orderNow = () => findOrder(counter, fields);
  return {
    reference: orderNow()?.reference ?? fields['out_order_no'] ?? null,
    code: fields['qrcode'] ?? null,
    body: fields,
    refusedAs,
    answer: () => (refusedAs === null ? answerCall(counter, call, fields) : fail(refusedAs)),
    say: (what) => say(call, what, orderNow()),
  };
}

function parseQuery(query: string): { fields: Fields; repeated: boolean } {
  const parameters = new URLSearchParams(query);
  const fields: Record<string, string> = {};
  let repeated = false;
  for (const [name, value] of parameters) {
    // The document's own example has an empty pair (`&&`); URLSearchParams drops it.
    if (Object.hasOwn(fields, name)) repeated = true;
    fields[name] = value;
  }
  return { fields, repeated };
}

function refuseRequest(
  counter: Counter, account: OmipayAccount, call: CallName, request: IncomingRequest, parsed: { fields: Fields; repeated: boolean },
): string | null {
  const { fields, repeated } = parsed;
  if (request.method === 'POST' && !isJsonType(request.headers['content-type'])) return 'PARAMETER_INVALID';
  // Everything travels in the query string; a body is somebody's misreading.
  if (request.body.length > 0 && request.body.toString('utf8').trim() !== '{}') return 'PARAMETER_INVALID';
  if (repeated || faultsOfFields(fields, { ...security, ...tables[call] }).length > 0) return 'PARAMETER_INVALID';
  if (fields['m_number'] !== account.merchantNumber) return 'MERCHANTNO_INVALID';
  const timestamp = fields['timestamp'] ?? '';
  if (Math.abs(counter.clock.wall() - Number(timestamp)) >= minutesAllowed * 60_000) return 'SIGN_TIMEOUT';
  if (fields['sign'] !== signOmipay(account.merchantNumber, timestamp, fields['nonce_str'] ?? '', account.secretKey)) return 'SIGN_ERROR';
  if (call === 'pay' && fields['pos_no'] !== account.posNumber) return 'POS_NOT_REGISTERED';
  if (call === 'pay' && !positiveInteger.test(fields['amount'] ?? '')) return 'AMOUNT_INVALID';
  return null;
}

function findOrder(counter: Counter, fields: Fields): Order | null {
  if (fields['order_no'] !== undefined) return counter.ledger.findByGatewayNumber('omipay', fields['order_no']);
  if (fields['refund_no'] !== undefined) return counter.ledger.findRefund('omipay', fields['refund_no'])?.order ?? null;
  return fields['out_order_no'] === undefined ? null : counter.ledger.find('omipay', fields['out_order_no']);
}

function answerCall(counter: Counter, call: CallName, fields: Fields): JsonObject {
  switch (call) {
    case 'pay':
      return makeScanOrder(counter, fields);
    case 'query': {
      const order = findOrder(counter, fields);
      return order === null ? fail('PERMISSION_ERROR') : queryAnswer(order);
    }
    case 'refund':
      return refund(counter, fields);
    case 'queryRefund':
      return queryRefund(counter, fields);
    default:
      return exchangeRate(fields);
  }
}

/** The same number again never charges twice: the answer is how its order stands (ERRATA, section 3.8). */
function makeScanOrder(counter: Counter, fields: Fields): JsonObject {
  const reference = fields['out_order_no'] ?? '';
  const known = counter.ledger.find('omipay', reference);
  if (known !== null) return repeatAnswer(known);
  const order = counter.open(
    {
      gateway: 'omipay', reference, code: fields['qrcode'] ?? '',
      amount: Number(fields['amount']), currency: fields['currency'] ?? '',
      subject: fields['order_name'] ?? '', operator: '', reflect: '', notifyUrl: fields['notify_url'] ?? null,
    },
    null,
  );
  return firstAnswer(order);
}

function firstAnswer(order: Order): JsonObject {
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

function repeatAnswer(order: Order): JsonObject {
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

function queryAnswer(order: Order): JsonObject {
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
    exchange_rate: order.currency === 'CNY' ? 100_000_000 : rateScaled,
  });
}

/** Refunds are told by QueryRefund alone; the order itself stays paid. */
function statusOf(order: Order): string {
  switch (order.state) {
    case 'waiting':
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

function amountInYuan(order: Order): number {
  if (order.currency === 'CNY') return order.amount;
  const scaled = BigInt(order.amount) * BigInt(rateScaled);
  return Number((scaled + 50_000_000n) / 100_000_000n);
}

/** No word of the document says that a number given twice is one refund, so it is two. */
function refund(counter: Counter, fields: Fields): JsonObject {
  const order = findOrder(counter, fields);
  if (order === null) return fail('ORDER_NO_ERROR');
  if (!['paid', 'partlyRefunded', 'refunded'].includes(order.state)) return fail('ORDER_NOT_PAID');
  const amount = Number(fields['amount']);
  if (amount > refundable(order)) return fail('AMOUNT_OVER_LIMIT');
  const entry = counter.ledger.refund(order, fields['out_refund_no'] ?? '', amount);
  return success(order, { refund_no: entry.gatewayNumber, currency: order.currency, amount, refund_time: easternTime(entry.at) });
}

/** A refund is with the wallet for two seconds before the money is back. */
const refundTakesMilliseconds = 2000;

function queryRefund(counter: Counter, fields: Fields): JsonObject {
  const found = counter.ledger.findRefund('omipay', fields['refund_no'] ?? '');
  if (found === null) return fail('REFUND_NO_ERROR');
  const { order, refund: entry } = found;
  const closed = counter.clock.wall() - entry.at >= refundTakesMilliseconds;
  return success(order, {
    result_code: closed ? 'Closed' : 'MerchantConfirmed',
    out_refund_no: entry.reference,
    currency: order.currency,
    amount: entry.amount,
    refund_time: easternTime(entry.at),
    success_time: closed ? easternTime(entry.at + refundTakesMilliseconds) : '',
  });
}

function exchangeRate(fields: Fields): JsonObject {
  if (fields['currency'] !== 'AUD' || fields['base_currency'] !== 'CNY') return fail('CURRENCY_ERROR');
  return { return_code: 'SUCCESS', rate: rateDecimal };
}

/** With the extra keys of captured answers. */
function success(order: Order, fields: JsonObject): JsonObject {
  return { return_code: 'SUCCESS', error_code: null, error_msg: null, msg: null, success: true, platform: platforms[order.wallet], ...fields };
}

function fail(code: string, fields: JsonObject = {}): JsonObject {
  const message = messages[code] ?? code;
  return { return_code: 'FAIL', error_code: code, error_msg: message, msg: message, success: false, platform: null, ...fields };
}

/** yyyyMMddHHmmss in Australian Eastern time without summer time; the document doesn't say which. Empty where it didn't happen. */
function easternTime(instant: number | null): string {
  if (instant === null) return '';
  return new Date(instant + 10 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
}

function say(call: CallName, what: Saying, order: Order | null): JsonObject {
  switch (what) {
    case 'notExist':
      return fail('PERMISSION_ERROR');
    case 'alreadyKnown':
      return fail('ORDER_PAID');
    case 'inProgress': {
      if (order === null) return fail('PERMISSION_ERROR');
      return call === 'pay' ? fail('USERPAYING', { order_no: order.gatewayNumber }) : queryAnswer({ ...order, state: 'waiting', paidAt: null });
    }
    default:
      return fail('SYSTEM_ERROR');
  }
}

function alter(how: Alteration, answer: JsonObject): JsonObject {
  switch (how) {
    case 'wrongAmount':
      return mapValues(answer, (name, value) => (name === 'amount' ? Number(value) + 1 : value));
    case 'wrongReference':
      return mapValues(answer, (name, value) => (name === 'out_order_no' ? `X${String(value).slice(1)}` : value));
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
