/** Shouqianba's upay gateway 2.0, the other side: pay, query, cancel and refund as its document tells them. */
import { createHash } from 'node:crypto';
import type { Behaviour } from '../behaviour.ts';
import type { CallName, JsonObject, Order, RefundEntry } from '../model.ts';
import type { RefundCourse } from '../refund-course.ts';
import { refundable } from '../sums.ts';
import { faultsOfFields, isJsonType } from './fields.ts';
import type { FieldTable } from './fields.ts';
import type { Counter, GatewaySide, IncomingRequest, ReadRequest } from './gateway-side.ts';
import { alter, business, failure, orderData, payAnswer, payways, refundAnswer, refuse, say, statusOf, tooOldMessage } from './shouqianba-answers.ts';

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
/** 16 characters for their own number; the wallet's trade_no, which may stand there too by the newer pages, is longer. */
const gatewaySn = { most: 64, pattern: digits };

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
  const orderNow = () => (fields === null ? null : findOrder(counter, fields));
  const refundNow = () => findRefund(orderNow(), textOf(fields, 'refund_request_no'));
  const known = orderNow();
  const reference = known?.reference ?? textOf(fields, 'client_sn');
  return {
    reference,
    code: textOf(fields, 'dynamic_id') ?? known?.code ?? null,
    repeat: call === 'refund' ? refundNow() !== null : known !== null,
    body: fields,
    refusedAs: refusal === null ? null : String(refusal['error_code']),
    answer: () => refusal ?? answerCall(counter, account, call, (fields ?? {}) as Readonly<Record<string, string>>),
    say: (what) => say(call, what, orderNow(), refundNow()),
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

function findRefund(order: Order | null, number: string | null): RefundEntry | null {
  return order?.refunds.find((entry) => entry.reference === number) ?? null;
}

/** By sn first, then by client_sn (section 4.2). */
function findOrder(counter: Counter, fields: Readonly<Record<string, unknown>>): Order | null {
  const sn = textOf(fields, 'sn');
  const bySn = sn === null ? null : (counter.ledger.findByGatewayNumber('shouqianba', sn) ?? counter.ledger.findByTradeNumber('shouqianba', sn));
  const reference = textOf(fields, 'client_sn');
  return bySn ?? (reference === null ? null : counter.ledger.find('shouqianba', reference));
}

function answerCall(counter: Counter, account: ShouqianbaAccount, call: keyof typeof tables, fields: Readonly<Record<string, string>>): JsonObject {
  if (call === 'pay') return pay(counter, account, fields);
  const order = findOrder(counter, fields);
  if (order === null) return failure('UPAY_ORDER_NOT_EXISTS');
  switch (call) {
    case 'query':
      return business('SUCCESS', orderData(order));
    case 'cancel':
      return cancel(counter, order);
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
      reflect: fields['reflect'] ?? fields['reflact'] ?? '', notifyUrl: null, terminal: account.terminalSn,
    },
    wrongPayway(counter, code, fields['payway']),
  );
  return payAnswer(order);
}

/** A payway, once set, overrules the reading of the code: the other wallet's system doesn't know it. */
function wrongPayway(counter: Counter, code: string, payway: string | undefined): Behaviour | null {
  if (payway === undefined || payway === '') return null;
  const expected = payways[counter.codes.read(code, 'shouqianba', '', null).wallet];
  return payway === expected.number || expected.also.includes(payway) ? null : [{ after: 0, does: 'badCode' }];
}

/** Undoes an order on the day of its payment, China time, once, and never after a refund. */
function cancel(counter: Counter, order: Order): JsonObject {
  switch (order.state) {
    case 'waiting':
    case 'error':
      counter.ledger.cancel(order);
      return business('CANCEL_ABORT_SUCCESS', orderData(order));
    case 'paid':
      if (order.refunds.length > 0) return invalidCancel(order);
      if (chinaDay(order.paidAt ?? 0) !== chinaDay(counter.clock.wall())) return invalidCancel(order);
      counter.ledger.cancel(order);
      return business('CANCEL_SUCCESS', orderData(order));
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

/** Within three months, say the newer pages: 92 days at their longest. */
const refundableMilliseconds = 92 * 86_400_000;

/** Done within the answer, unless a rule or the order's code says otherwise. */
const refundHabit: RefundCourse = [{ after: 0, becomes: 'closed' }];

/** The same number with the same amount is the same refund, and the answer is how it stands; with another amount it conflicts. */
function refund(counter: Counter, account: ShouqianbaAccount, order: Order, fields: Readonly<Record<string, string>>): JsonObject {
  const number = fields['refund_request_no'] ?? '';
  const amount = Number(fields['refund_amount']);
  const before = findRefund(order, number);
  if (before !== null) return before.amount === amount ? refundAnswer(order, before) : failure('REFUND_REQUEST_CONFLICT');
  if (order.state !== 'paid' && order.state !== 'partlyRefunded') return failure('UPAY_REFUND_INVALID_ORDER_STATE');
  if (counter.clock.wall() - (order.paidAt ?? 0) > refundableMilliseconds) return failure('UPAY_REFUND_INVALID_ORDER_STATE', tooOldMessage);
  if (amount > refundable(order)) return failure('REFUNDABLE_AMOUNT_NOT_ENOUGH');
  return refundAnswer(order, counter.refund(order, number, amount, account.terminalSn, refundHabit));
}
