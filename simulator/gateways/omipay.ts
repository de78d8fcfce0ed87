/** Omipay's Web API v2.0.6, the other side: all ten calls of its document. */
import type { CallName, Json, JsonObject, Order, RefundEntry } from '../model.ts';
import type { RefundCourse } from '../refund-course.ts';
import { refundable } from '../sums.ts';
import { faultsOfFields, isJsonType } from './fields.ts';
import type { FieldTable } from './fields.ts';
import type { Counter, GatewaySide, IncomingRequest, ReadRequest } from './gateway-side.ts';
import { alter, exchangeRate, fail, firstAnswer, queryAnswer, queryRefundAnswer, refundAnswer, repeatAnswer, repeatedCreation, say } from './omipay-answers.ts';
import { contentOf, creations } from './omipay-creations.ts';
import type { Fields } from './omipay-creations.ts';
import { controlOmipay, pushPaid, signOmipay } from './omipay-push.ts';

export interface OmipayAccount {
  readonly merchantNumber: string;
  readonly secretKey: string;
  readonly posNumber: string;
}

export const omipayBasePath = '/omipay/api/v2';

const calls: Readonly<Record<string, CallName>> = {
  ...Object.fromEntries(Object.keys(creations).map((name) => [name, 'present' as const])),
  MakeScanOrder: 'pay', QueryOrder: 'query', Refund: 'refund', QueryRefund: 'queryRefund', GetExchangeRate: 'rate',
};

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

/** The document says nothing of how long such an order lives; WeChat's own codes live two hours. */
const shownSeconds = 7200;
const ownBranch = '01';

export function omipaySide(counter: Counter, account: OmipayAccount): GatewaySide {
  counter.ledger.onChange((order) => pushPaid(counter, account, order));
  return {
    id: 'omipay',
    methods: ['POST', 'GET'],
    callOf: (path) => (Object.hasOwn(calls, nameOf(path)) ? (calls[nameOf(path)] ?? null) : null),
    read: (call, request) => readRequest(counter, account, call, request),
    alter: (how, answer) => alter(how, answer as JsonObject),
    control: (name, body) => controlOmipay(counter, account, name, body),
  };
}

/** The last part of the path, which is the call's name; empty outside of the gateway's own paths. */
function nameOf(path: string): string {
  return path.startsWith(`${omipayBasePath}/`) ? path.slice(omipayBasePath.length + 1) : '';
}

function readRequest(counter: Counter, account: OmipayAccount, call: CallName, request: IncomingRequest): ReadRequest {
  const parsed = parseQuery(request.query);
  const fields = parsed.fields;
  const refusedAs = refuseRequest(counter, account, call, request, parsed);
  const orderNow = () => findOrder(counter, fields);
  const refundNow = () => findRefund(counter, fields);
  const known = orderNow();
  return {
    reference: known?.reference ?? fields['out_order_no'] ?? null,
    code: fields['qrcode'] ?? known?.code ?? null,
    amount: known?.amount ?? (positiveInteger.test(fields['amount'] ?? '') ? Number(fields['amount']) : null),
    repeat: call === 'refund' ? refundNow() !== null : known !== null,
    body: fields,
    refusedAs,
    answer: () => (refusedAs === null ? answerCall(counter, account, call, fields, nameOf(request.path)) : fail(refusedAs)),
    say: (what) => say(call, what, orderNow(), refundNow()),
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
  const table = creations[nameOf(request.path)]?.table ?? tables[call];
  if (repeated || faultsOfFields(fields, { ...security, ...table }).length > 0) return 'PARAMETER_INVALID';
  if (fields['m_number'] !== account.merchantNumber) return 'MERCHANTNO_INVALID';
  const timestamp = fields['timestamp'] ?? '';
  if (Math.abs(counter.clock.wall() - Number(timestamp)) >= minutesAllowed * 60_000) return 'SIGN_TIMEOUT';
  if (fields['sign'] !== signOmipay(account.merchantNumber, timestamp, fields['nonce_str'] ?? '', account.secretKey)) return 'SIGN_ERROR';
  if (call !== 'pay' && call !== 'present') return null;
  if (fields['pos_no'] !== account.posNumber && (call === 'pay' || fields['pos_no'] !== undefined)) return 'POS_NOT_REGISTERED';
  if ((fields['o_number'] ?? ownBranch) !== ownBranch) return 'BRANCH_INVALID';
  if (!positiveInteger.test(fields['amount'] ?? '')) return 'AMOUNT_INVALID';
  return creations[nameOf(request.path)]?.refuses?.(fields) ?? null;
}

function findOrder(counter: Counter, fields: Fields): Order | null {
  if (fields['order_no'] !== undefined) return counter.ledger.findByGatewayNumber('omipay', fields['order_no']);
  if (fields['refund_no'] !== undefined) return counter.ledger.findRefund('omipay', fields['refund_no'])?.order ?? null;
  return fields['out_order_no'] === undefined ? null : counter.ledger.find('omipay', fields['out_order_no']);
}

function answerCall(counter: Counter, account: OmipayAccount, call: CallName, fields: Fields, name: string): Json {
  switch (call) {
    case 'present':
      return create(counter, name, fields);
    case 'pay':
      return makeScanOrder(counter, account, fields);
    case 'query': {
      const order = findOrder(counter, fields);
      return order === null ? fail('PERMISSION_ERROR') : queryAnswer(order);
    }
    case 'refund':
      return refund(counter, account, fields);
    case 'queryRefund': {
      const found = counter.ledger.findRefund('omipay', fields['refund_no'] ?? '');
      return found === null ? fail('REFUND_NO_ERROR') : queryRefundAnswer(found.order, found.refund);
    }
    default:
      return exchangeRate(fields);
  }
}

/** The same number again never charges twice: the answer is how its order stands (ERRATA, section 3.8). */
function makeScanOrder(counter: Counter, account: OmipayAccount, fields: Fields): JsonObject {
  const reference = fields['out_order_no'] ?? '';
  const known = counter.ledger.find('omipay', reference);
  if (known !== null) return repeatAnswer(known);
  const order = counter.open(
    {
      gateway: 'omipay', reference, code: fields['qrcode'] ?? '',
      amount: Number(fields['amount']), currency: fields['currency'] ?? '',
      subject: fields['order_name'] ?? '', operator: '', reflect: '', notifyUrl: fields['notify_url'] ?? null, terminal: account.posNumber,
    },
    null,
  );
  return firstAnswer(order);
}

function create(counter: Counter, name: string, fields: Fields): Json {
  const creation = creations[name];
  if (creation === undefined) throw new Error(`${name} makes no order`);
  const reference = fields['out_order_no'] ?? '';
  const known = counter.ledger.find('omipay', reference);
  if (known !== null) return repeatedCreation(known);
  return counter.show(
    {
      gateway: 'omipay', reference, amount: Number(fields['amount']), currency: fields['currency'] ?? '',
      subject: fields['order_name'] ?? '', operator: '', reflect: '', notifyUrl: fields['notify_url'] ?? null, terminal: fields['pos_no'] ?? '',
      content: contentOf(creation), wallets: creation.wallets(fields), livesSeconds: shownSeconds,
    },
    (order) => creation.answer(order, fields),
  );
}

/** By Omipay's number, or the newest with the shop's. */
function findRefund(counter: Counter, fields: Fields): RefundEntry | null {
  if (fields['refund_no'] !== undefined) return counter.ledger.findRefund('omipay', fields['refund_no'])?.refund ?? null;
  return findOrder(counter, fields)?.refunds.findLast((entry) => entry.reference === fields['out_refund_no']) ?? null;
}

/** With the wallet for two seconds before the money is back, unless a rule or the order's code says otherwise. */
const refundHabit: RefundCourse = [{ after: 0, becomes: 'merchantConfirmed' }, { after: 2, becomes: 'closed' }];

/** No word of the document says that a number given twice is one refund, so it is two. */
function refund(counter: Counter, account: OmipayAccount, fields: Fields): JsonObject {
  const order = findOrder(counter, fields);
  if (order === null) return fail('ORDER_NO_ERROR');
  if (!['paid', 'partlyRefunded', 'refunded'].includes(order.state)) return fail('ORDER_NOT_PAID');
  const amount = Number(fields['amount']);
  if (amount > refundable(order)) return fail('AMOUNT_OVER_LIMIT');
  return refundAnswer(order, counter.refund(order, fields['out_refund_no'] ?? '', amount, account.posNumber, refundHabit));
}
