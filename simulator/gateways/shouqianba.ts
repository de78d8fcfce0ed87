/** Shouqianba's upay gateway 2.0, the other side: pay, query, cancel and refund as its document tells them. */
import { createHash } from 'node:crypto';
import type { Behaviour } from '../behaviour.ts';
import type { Alteration, Saying } from '../fault.ts';
import { refundable, refunded } from '../ledger.ts';
import type { CallName, JsonObject, Order, Refusal, RefundEntry, Wallet } from '../model.ts';
import { faultsOfFields, isJsonType } from './fields.ts';
import type { FieldTable } from './fields.ts';
import type { Counter, GatewaySide, IncomingRequest, ReadRequest } from './gateway-side.ts';
import { mapValues, renameKey } from './json.ts';

export interface ShouqianbaAccount {
  readonly terminalSn: string;
  readonly terminalKey: string;
}

const paths: Readonly<Record<string, CallName>> = {
  '/upay/v2/pay': 'pay', '/upay/v2/query': 'query', '/upay/v2/cancel': 'cancel', '/upay/v2/refund': 'refund',
};

const digits = /^\d+$/;
const positiveAmount = /^[1-9]\d{0,9}$/;
const terminal = { required: true, most: 32, bytes: true };
const clientSn = { most: 32, bytes: true };
const gatewaySn = { most: 16, pattern: digits };

/** Sections 2.2, 3.2, 4.2, 5.2; client_sn is 32 bytes in the newer pages where the document says 64. */
const tables: Readonly<Record<'pay' | 'query' | 'cancel' | 'refund', FieldTable>> = {
  pay: {
    terminal_sn: terminal,
    client_sn: { ...clientSn, required: true },
    total_amount: { required: true, most: 10, pattern: positiveAmount },
    payway: { pattern: digits },
    dynamic_id: { required: true, most: 32, bytes: true },
    subject: { required: true, most: 64 },
    operator: { required: true, most: 32 },
    description: { most: 256 },
    longitude: { pattern: /^-?\d+(\.\d+)?$/ },
    latitude: { pattern: /^-?\d+(\.\d+)?$/ },
    device_id: { most: 32 },
    extended: { most: 256 },
    reflact: { most: 64 },
    reflect: { most: 64 },
  },
  query: { terminal_sn: terminal, sn: gatewaySn, client_sn: clientSn },
  cancel: { terminal_sn: terminal, sn: gatewaySn, client_sn: clientSn },
  refund: {
    terminal_sn: terminal,
    sn: gatewaySn,
    client_sn: clientSn,
    refund_request_no: { required: true, most: 20, bytes: true },
    operator: { required: true, most: 64 },
    refund_amount: { required: true, most: 10, pattern: positiveAmount },
  },
};

const messages: Readonly<Record<string, string>> = {
  ILLEGAL_SIGN: '签名错误',
  TERMINAL_NOT_EXISTS: '不存在这个终端',
  INVALID_TERMINAL: '终端错误',
  INVALID_BARCODE: '条码错误',
  UNKNOWN_SYSTEM_ERROR: '未知的系统错误',
  EXPIRED_BARCODE: '过期的支付条码',
  AUTHCODE_EXPIRE: '二维码过期',
  INSUFFICIENT_FUND: '账户金额不足',
  BUYER_OVER_DAILY_LIMIT: '付款人当日付款金额超过上限',
  BUYER_OVER_TRANSACTION_LIMIT: '付款人单笔付款金额超过上限',
  TRADE_FAILED: '交易失败',
  TRADE_TIMEOUT: '交易超时自动撤单',
  CLIENT_SN_CONFLICT: 'client_sn在系统中已存在',
  UPAY_ORDER_NOT_EXISTS: '订单不存在',
  UPAY_CANCEL_ORDER_NOOP: '订单已经撤单',
  UPAY_REFUND_INVALID_ORDER_STATE: '无法对错误的订单状态执行退款操作',
  REFUNDABLE_AMOUNT_NOT_ENOUGH: '可退金额不足',
  REFUND_REQUEST_CONFLICT: '重复的退款请求',
  UNEXPECTED_PROVIDER_ERROR: '不认识的支付通道',
};

const refusalCodes: Readonly<Record<Refusal, string>> = {
  insufficient: 'INSUFFICIENT_FUND',
  expired: 'EXPIRED_BARCODE',
  used: 'AUTHCODE_EXPIRE',
  badCode: 'INVALID_BARCODE',
  payerCancelled: 'TRADE_FAILED',
  overLimit: 'BUYER_OVER_TRANSACTION_LIMIT',
  overDayLimit: 'BUYER_OVER_DAILY_LIMIT',
  cardNotSupported: 'TRADE_FAILED',
  failed: 'TRADE_FAILED',
  timedOut: 'TRADE_TIMEOUT',
};

/** Appendix 6; 17 from the newer pages. Alipay is 1 and, for them, 2 as well. */
const payways: Readonly<Record<Wallet, { number: string; name: string; also: readonly string[] }>> = {
  wechat: { number: '3', name: '微信', also: [] },
  alipay: { number: '1', name: '支付宝', also: ['2'] },
  unionpay: { number: '17', name: '银联二维码', also: [] },
};

export function shouqianbaSide(counter: Counter, account: ShouqianbaAccount): GatewaySide {
  return {
    id: 'shouqianba',
    methods: ['POST'],
    callOf: (path) => paths[path] ?? null,
    read: (call, request) => readRequest(counter, account, call as keyof typeof tables, request),
    alter,
  };
}

/** Section 2: the header names the terminal and signs the body's bytes. */
function signBody(body: Buffer, key: string): string {
  return createHash('md5').update(body).update(key).digest('hex');
}

function readRequest(counter: Counter, account: ShouqianbaAccount, call: keyof typeof tables, request: IncomingRequest): ReadRequest {
  const fields = parseBody(request.body);
  const refusal = refuseRequest(account, call, request, fields);
  const known = fields === null ? null : findOrder(counter, fields);
  const reference = known?.reference ?? textOf(fields, 'client_sn');
  return {
    reference,
    code: textOf(fields, 'dynamic_id'),
    body: fields,
    refusedAs: refusal === null ? null : String(refusal['error_code']),
    answer: () => refusal ?? answerCall(counter, account, call, (fields ?? {}) as Readonly<Record<string, string>>),
    say: (what) => say(account, call, what, fields === null ? null : findOrder(counter, fields)),
  };
}

function parseBody(body: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function textOf(fields: Readonly<Record<string, unknown>> | null, name: string): string | null {
  const value = fields?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The refusal of the request itself, or null where it may be processed. */
function refuseRequest(
  account: ShouqianbaAccount, call: keyof typeof tables, request: IncomingRequest, fields: Readonly<Record<string, unknown>> | null,
): JsonObject | null {
  const signature = /^(\S+) ([0-9a-f]{32})$/.exec(String(request.headers['authorization'] ?? ''));
  if (signature === null) return refuse('ILLEGAL_SIGN');
  if (signature[1] !== account.terminalSn) return refuse('TERMINAL_NOT_EXISTS');
  if (signature[2] !== signBody(request.body, account.terminalKey)) return refuse('ILLEGAL_SIGN');
  if (!isJsonType(request.headers['content-type'])) return refuse('INVALID_PARAMS', 'Content-Type必须是application/json');
  if (fields === null) return refuse('INVALID_PARAMS', '请求主体不是JSON对象');
  const faults = [...faultsOfFields(fields, tables[call]), ...faultsBetweenFields(call, fields)];
  if (faults.length > 0) return refuse('INVALID_PARAMS', faults.join('; '));
  if (fields['terminal_sn'] !== account.terminalSn) return refuse('INVALID_TERMINAL');
  if (call === 'pay' && !digits.test(String(fields['dynamic_id']))) return refuse('INVALID_BARCODE', '支付条码错误');
  return null;
}

function faultsBetweenFields(call: keyof typeof tables, fields: Readonly<Record<string, unknown>>): string[] {
  if (call === 'pay') {
    const together = (fields['longitude'] === undefined) === (fields['latitude'] === undefined);
    return together ? [] : ['经纬度必须同时出现'];
  }
  return textOf(fields, 'sn') === null && textOf(fields, 'client_sn') === null ? ['sn与client_sn不能同时为空'] : [];
}

function refuse(code: string, message?: string): JsonObject {
  return { result_code: code === 'UNKNOWN_SYSTEM_ERROR' ? '500' : '400', error_code: code, error_message: message ?? messages[code] ?? code };
}

/** By sn first, then by client_sn (section 4.2). */
function findOrder(counter: Counter, fields: Readonly<Record<string, unknown>>): Order | null {
  const sn = textOf(fields, 'sn');
  const bySn = sn === null ? null : counter.ledger.findByGatewayNumber('shouqianba', sn);
  const reference = textOf(fields, 'client_sn');
  return bySn ?? (reference === null ? null : counter.ledger.find('shouqianba', reference));
}

function answerCall(counter: Counter, account: ShouqianbaAccount, call: keyof typeof tables, fields: Readonly<Record<string, string>>): JsonObject {
  if (call === 'pay') return pay(counter, account, fields);
  const order = findOrder(counter, fields);
  if (order === null) return failure('UPAY_ORDER_NOT_EXISTS');
  switch (call) {
    case 'query':
      return business('SUCCESS', orderData(account, order));
    case 'cancel':
      return cancel(counter, account, order);
    case 'refund':
      return refund(counter, account, order, fields);
  }
}

function pay(counter: Counter, account: ShouqianbaAccount, fields: Readonly<Record<string, string>>): JsonObject {
  const reference = fields['client_sn'] ?? '';
  const code = fields['dynamic_id'] ?? '';
  if (counter.ledger.find('shouqianba', reference) !== null) return failure('CLIENT_SN_CONFLICT');
  const order = counter.open(
    {
      gateway: 'shouqianba', reference, code,
      amount: Number(fields['total_amount']), currency: 'CNY',
      subject: fields['subject'] ?? '', operator: fields['operator'] ?? '',
      reflect: fields['reflect'] ?? fields['reflact'] ?? '', notifyUrl: null,
    },
    wrongPayway(counter, code, fields['payway']),
  );
  return payAnswer(account, order);
}

/** A payway, once set, overrules the reading of the code: the other wallet's system doesn't know it. */
function wrongPayway(counter: Counter, code: string, payway: string | undefined): Behaviour | null {
  if (payway === undefined || payway === '') return null;
  const expected = payways[counter.codes.read(code, 'shouqianba', '', null).wallet];
  return payway === expected.number || expected.also.includes(payway) ? null : [{ after: 0, does: 'badCode' }];
}

function payAnswer(account: ShouqianbaAccount, order: Order): JsonObject {
  switch (order.state) {
    case 'paid':
      return business('PAY_SUCCESS', orderData(account, order));
    case 'refused':
      return business('PAY_FAIL', orderData(account, order), refusalCodes[order.refusal ?? 'failed']);
    case 'error':
      return business('PAY_FAIL_ERROR', orderData(account, order), 'UNEXPECTED_PROVIDER_ERROR');
    default:
      return business('PAY_IN_PROGRESS', orderData(account, order));
  }
}

/** Undoes an order on the day of its payment, China time, once, and never after a refund. */
function cancel(counter: Counter, account: ShouqianbaAccount, order: Order): JsonObject {
  switch (order.state) {
    case 'waiting':
    case 'error':
      counter.ledger.cancel(order);
      return business('CANCEL_ABORT_SUCCESS', orderData(account, order));
    case 'paid':
      if (chinaDay(order.paidAt ?? 0) !== chinaDay(counter.clock.wall())) return invalidCancel(order);
      counter.ledger.cancel(order);
      return business('CANCEL_SUCCESS', orderData(account, order));
    case 'cancelled':
      return failure('UPAY_CANCEL_ORDER_NOOP');
    default:
      return invalidCancel(order);
  }
}

function invalidCancel(order: Order): JsonObject {
  return failure('UPAY_CANCEL_INVALID_ORDER_STATE', `当前的订单状态是${statusOf(order).order}`);
}

function chinaDay(instant: number): number {
  return Math.floor((instant + 8 * 3_600_000) / 86_400_000);
}

/** The same number with the same amount is the same refund; with another amount it conflicts. */
function refund(counter: Counter, account: ShouqianbaAccount, order: Order, fields: Readonly<Record<string, string>>): JsonObject {
  const number = fields['refund_request_no'] ?? '';
  const amount = Number(fields['refund_amount']);
  const before = order.refunds.find((entry) => entry.reference === number);
  if (before !== undefined) {
    return before.amount === amount ? business('REFUND_SUCCESS', orderData(account, order, before)) : failure('REFUND_REQUEST_CONFLICT');
  }
  if (order.state !== 'paid' && order.state !== 'partlyRefunded') return failure('UPAY_REFUND_INVALID_ORDER_STATE');
  if (amount > refundable(order)) return failure('REFUNDABLE_AMOUNT_NOT_ENOUGH');
  const entry = counter.ledger.refund(order, number, amount);
  return business('REFUND_SUCCESS', orderData(account, order, entry));
}

function business(resultCode: string, data: JsonObject, errorCode = ''): JsonObject {
  return {
    result_code: '200', error_code: '', error_message: '',
    biz_response: { result_code: resultCode, error_code: errorCode, error_message: errorCode === '' ? '' : (messages[errorCode] ?? errorCode), data },
  };
}

/** A FAIL carries no data (captured). */
function failure(errorCode: string, message?: string): JsonObject {
  return {
    result_code: '200', error_code: '', error_message: '',
    biz_response: { result_code: 'FAIL', error_code: errorCode, error_message: message ?? messages[errorCode] ?? errorCode, data: null },
  };
}

/** Appendices 3 and 4. */
function statusOf(order: Order): { flow: string; order: string } {
  switch (order.state) {
    case 'waiting':
      return { flow: 'IN_PROG', order: 'CREATED' };
    case 'paid':
      return { flow: 'SUCCESS', order: 'PAID' };
    case 'refused':
      return { flow: 'FAIL_CANCELED', order: 'PAY_CANCELED' };
    case 'error':
      return { flow: 'FAIL_ERROR', order: 'PAY_ERROR' };
    case 'cancelled':
      return { flow: 'SUCCESS', order: 'CANCELED' };
    case 'partlyRefunded':
      return { flow: 'SUCCESS', order: 'PARTIAL_REFUNDED' };
    case 'refunded':
      return { flow: 'SUCCESS', order: 'REFUNDED' };
  }
}

/** Section 2.3 and the captured answers: strings all, unset ones empty, and fewer of them while in progress. */
function orderData(account: ShouqianbaAccount, order: Order, refundEntry?: RefundEntry): JsonObject {
  const status = statusOf(order);
  const always = {
    terminal_sn: account.terminalSn,
    sn: order.gatewayNumber,
    client_sn: order.reference,
    client_tsn: refundEntry === undefined ? order.reference : `${order.reference}-${refundEntry.reference}`,
    ctime: String(order.createdAt),
    status: status.flow,
    order_status: status.order,
    total_amount: String(order.amount),
    subject: order.subject,
    operator: order.operator,
    reflect: order.reflect,
    store_id: '49',
    sub_payway: '1',
  };
  if (order.state === 'waiting') return always;
  const payway = payways[order.wallet];
  const wasPaid = order.timesCharged > 0;
  return {
    ...always,
    payway: payway.number,
    payway_name: payway.name,
    payer_uid: wasPaid ? order.payer : '',
    payer_login: '',
    trade_no: wasPaid ? order.tradeNumber : '',
    net_amount: String(netAmount(order)),
    finish_time: String(refundEntry?.at ?? order.endedAt ?? order.createdAt),
    channel_finish_time: wasPaid ? String(refundEntry?.at ?? order.endedAt ?? order.createdAt) : '',
    payment_list: wasPaid ? [{ type: 'WALLET', amount_total: String(order.amount) }] : [],
  };
}

/** A refused order keeps its net amount in the document's example iii; a cancelled or refunded one doesn't. */
function netAmount(order: Order): number {
  return order.state === 'cancelled' ? 0 : order.amount - refunded(order);
}

function say(account: ShouqianbaAccount, call: CallName, what: Saying, order: Order | null): JsonObject {
  switch (what) {
    case 'notExist':
      return failure('UPAY_ORDER_NOT_EXISTS');
    case 'alreadyKnown':
      return failure('CLIENT_SN_CONFLICT');
    case 'inProgress': {
      if (order === null) return failure('UPAY_ORDER_NOT_EXISTS');
      const then: Order = { ...order, state: 'waiting' };
      return business(call === 'pay' ? 'PAY_IN_PROGRESS' : 'SUCCESS', orderData(account, then));
    }
    case 'cancelError':
    case 'cancelAbortError': {
      const code = what === 'cancelError' ? 'CANCEL_ERROR' : 'CANCEL_ABORT_ERROR';
      return order === null ? failure('UPAY_ORDER_NOT_EXISTS') : business(code, orderData(account, order), 'UNEXPECTED_PROVIDER_ERROR');
    }
    case 'systemError':
      return refuse('UNKNOWN_SYSTEM_ERROR');
  }
}

function alter(how: Alteration, answer: JsonObject): JsonObject {
  const biz = answer['biz_response'] as JsonObject | undefined;
  const data = biz?.['data'] as JsonObject | null | undefined;
  if (biz === undefined || data === undefined || data === null) return answer;
  const withData = (changed: JsonObject): JsonObject => ({ ...answer, biz_response: { ...biz, data: changed } });
  switch (how) {
    case 'wrongAmount':
      return withData({ ...data, total_amount: String(Number(data['total_amount']) + 1) });
    case 'wrongReference':
      return withData({ ...data, client_sn: `X${String(data['client_sn']).slice(1)}`, sn: '7890000000000000' });
    case 'blankKey':
      return withData(renameKey(data, 'total_amount', 'total_amount '));
    case 'otherTypes':
      return withData(mapValues(data, (name, value) => (name.endsWith('amount') || name.endsWith('time') ? Number(value) : value)));
    case 'otherNesting': {
      const { data: _nested, ...rest } = biz;
      return { ...answer, biz_response: { ...data, ...rest } };
    }
    case 'unlistedStatus':
      return withData({ ...data, status: 'IN_QUEUE', order_status: 'IN_QUEUE' });
    case 'smallerNet':
      return withData(data['net_amount'] === undefined ? data : { ...data, net_amount: '0' });
  }
}
