/** UMS's netpay v20200921, the other side: the six orders, query, refund, refund query, the two secure calls and close. */
import { randomBytes } from 'node:crypto';
import type { Json, JsonObject, Order, RefundEntry, Wallet } from '../model.ts';
import type { RefundCourse } from '../refund-course.ts';
import { randomDigits } from '../ledger.ts';
import { refundable } from '../sums.ts';
import { shownContent } from './gateway-side.ts';
import type { Counter, GatewaySide, IncomingRequest, ReadRequest } from './gateway-side.ts';
import { alter, closeAnswer, creationAnswer, queryAnswer, queryRefundAnswer, refundAnswer, say, secureAnswer, secureRest, umsHead } from './ums-answers.ts';
import type { Ask } from './ums-answers.ts';
import { amountOf } from './ums-fields.ts';
import { controlUms, notifyPaid } from './ums-notify.ts';
import type { NoticeSettings } from './ums-notify.ts';
import { callOfPoslink, readPoslink } from './ums-poslink.ts';
import { parseBody, refuseRequest } from './ums-requests.ts';
import type { UmsAccount, UmsCall, UmsFields } from './ums-requests.ts';
import { instantOf } from './ums-sign.ts';

/** What one of the six addresses of section 1.1.2 makes. */
interface Address {
  readonly wallet: Wallet;
  readonly targetSys: string;
  /** What the payer's app or the QR code needs. */
  request(order: Order, fields: UmsFields): JsonObject;
}

const tn = (order: Order): JsonObject => ({ appPayRequest: { tn: order.gatewayNumber } });

const addresses: Readonly<Record<string, Address>> = {
  'trade/precreate': { wallet: 'alipay', targetSys: 'Alipay 2.0', request: (order) => ({ qrCode: contentOf(order), appPayRequest: { qrCode: contentOf(order) } }) },
  'trade/app-pre-order': { wallet: 'alipay', targetSys: 'Alipay 2.0', request: (order) => ({ appPayRequest: { orderNo: order.tradeNumber } }) },
  'wx/app-pre-order': {
    wallet: 'wechat', targetSys: 'WXPay',
    request: (order, fields) => ({ prepayId: `wx${order.gatewayNumber}`, appPayRequest: { appid: String(fields['subAppId']), prepayid: `wx${order.gatewayNumber}`, package: 'Sign=WXPay', sign: randomBytes(16).toString('hex').toUpperCase() } }),
  },
  'qmf/order': { wallet: 'unionpay', targetSys: 'QMF', request: tn },
  'uac/app-order': { wallet: 'unionpay', targetSys: 'UAC', request: tn },
  'applepay/order': { wallet: 'unionpay', targetSys: 'ACP', request: tn },
};

const calls: Readonly<Record<string, UmsCall>> = {
  ...Object.fromEntries(Object.keys(addresses).map((name) => [name, 'present' as const])),
  query: 'query', refund: 'refund', 'refund-query': 'queryRefund', 'secure-cancel': 'secureCancel', 'secure-complete': 'secureComplete', close: 'cancel',
};

const base = '/v1/netpay/';
const shownSeconds = 1800;
const day = 86_400_000;
/** Section 1.1.3: a guaranteed order that nobody completed goes back by itself. */
const secureLifeMilliseconds = 30 * day;
/** As long as the wallets behind it take refunds. */
const refundableMilliseconds = 365 * day;

export function umsSide(counter: Counter, account: UmsAccount): GatewaySide {
  const notices: NoticeSettings = { url: null, signType: null };
  counter.ledger.onChange((order) => notifyPaid(counter, account, notices, order));
  return {
    id: 'ums',
    methods: ['POST'],
    callOf: (path) => callOfNetpay(path) ?? callOfPoslink(path),
    read: (call, request) => (callOfNetpay(request.path) === null ? readPoslink(counter, account, request) : readRequest(counter, account, call as UmsCall, request)),
    alter: (how, answer) => alter(how, answer as JsonObject),
    control: (name, body) => controlUms(counter, account, notices, name, body),
  };
}

function nameOf(path: string): string {
  return path.startsWith(base) ? path.slice(base.length) : '';
}

function callOfNetpay(path: string): UmsCall | null {
  const name = nameOf(path);
  return Object.hasOwn(calls, name) ? (calls[name] ?? null) : null;
}

function readRequest(counter: Counter, account: UmsAccount, call: UmsCall, request: IncomingRequest): ReadRequest {
  const fields = parseBody(request.body);
  const now = counter.clock.wall();
  const refusal = refuseRequest(account, call, request, fields, now);
  const ask: Ask = { call, fields: fields ?? {}, now };
  const orderNow = () => findOrder(counter, account, call, ask.fields);
  const refundNow = () => findRefund(counter, call, ask.fields);
  const known = orderNow();
  return {
    reference: known?.reference ?? (call === 'queryRefund' ? null : textOf(ask.fields, 'merOrderId')),
    code: known?.code ?? null,
    amount: known?.amount ?? amountOf(ask.fields['totalAmount']),
    repeat: call === 'refund' ? refundNow() !== null : known !== null,
    body: fields,
    refusedAs: refusal?.code ?? null,
    answer: () => (refusal === null ? answerCall(counter, account, request.path, { ...ask, now: counter.clock.wall() }) : umsHead(ask, refusal.code, refusal.message)),
    say: (what) => say({ ...ask, now: counter.clock.wall() }, what, orderNow(), refundNow()),
  };
}

function textOf(fields: UmsFields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** By the shop's number or the wallet's, under the instMid of its creation; a refund query names the refund (section 1.4). */
function findOrder({ ledger, clock }: Counter, account: UmsAccount, call: UmsCall, fields: UmsFields): Order | null {
  const number = textOf(fields, 'merOrderId');
  const target = textOf(fields, 'targetOrderId');
  const byNumber = number === null ? null : call === 'queryRefund' ? (ledger.findRefundByReference('ums', number)?.order ?? null) : ledger.find('ums', number);
  const order = byNumber ?? (call === 'query' && number === null && target !== null ? ledger.findByTradeNumber('ums', target) : null);
  if (order === null) return null;
  const isOverdue = order.extras['secure'] === 'UNCOMPLETED' && order.state === 'paid' && clock.wall() - (order.paidAt ?? 0) > secureLifeMilliseconds;
  if (isOverdue) {
    order.extras['secure'] = 'CANCELED';
    ledger.cancel(order);
  }
  return call === 'present' || fields['instMid'] === (order.extras['instMid'] ?? account.instMid) ? order : null;
}

function findRefund({ ledger }: Counter, call: UmsCall, fields: UmsFields): RefundEntry | null {
  const number = textOf(fields, call === 'queryRefund' ? 'merOrderId' : 'refundOrderId');
  return number === null ? null : (ledger.findRefundByReference('ums', number)?.refund ?? null);
}

function answerCall(counter: Counter, account: UmsAccount, path: string, ask: Ask): Json {
  const call = ask.call as UmsCall;
  if (call === 'present') return create(counter, account, path, ask);
  const order = findOrder(counter, account, call, ask.fields);
  if (order === null) return umsHead(ask, 'NO_ORDER');
  switch (call) {
    case 'query':
      return queryAnswer(ask, order);
    case 'cancel':
      return close(counter, order, ask);
    case 'refund':
      return refund(counter, account, order, ask);
    case 'queryRefund': {
      const entry = findRefund(counter, call, ask.fields);
      return entry === null ? umsHead(ask, 'NO_ORDER') : queryRefundAnswer(ask, order, entry);
    }
    case 'secureCancel':
    case 'secureComplete':
      return secure(counter, call, order, ask);
  }
}

function create(counter: Counter, account: UmsAccount, path: string, ask: Ask): Json {
  const { fields } = ask;
  const address = addresses[nameOf(path)];
  if (address === undefined) throw new Error(`${path} makes no order`);
  const reference = textOf(fields, 'merOrderId') ?? '';
  if (counter.ledger.find('ums', reference) !== null || counter.ledger.findRefundByReference('ums', reference) !== null) return umsHead(ask, 'DUP_ORDER');
  const until = instantOf(textOf(fields, 'expireTime') ?? '');
  if (until !== null && until <= ask.now) return umsHead(ask, 'BAD_REQUEST', 'expireTime已过');
  return counter.show(
    {
      gateway: 'ums', reference, amount: amountOf(fields['totalAmount']) ?? 0, currency: 'CNY', subject: textOf(fields, 'orderDesc') ?? '', operator: '', reflect: '',
      notifyUrl: textOf(fields, 'notifyUrl'), terminal: account.terminalId,
      content: nameOf(path) === 'trade/precreate' ? shownContent('ums') : null, wallets: [address.wallet], livesSeconds: until === null ? shownSeconds : (until - ask.now) / 1000,
      extras: {
        instMid: textOf(fields, 'instMid') ?? '', targetSys: address.targetSys, attachedData: textOf(fields, 'attachedData') ?? '',
        ...(fields['secureTransaction'] === 'true' ? { secure: 'UNCOMPLETED' } : {}),
      },
    },
    (order) => creationAnswer(ask, order, address.request(order, fields)),
  );
}

function contentOf(order: Order): string {
  return order.shown?.content ?? '';
}

/** Section 1.7: ends what is unpaid; the same word says *already closed* and *paid*. */
function close({ ledger }: Counter, order: Order, ask: Ask): JsonObject {
  if (order.state === 'error') return umsHead(ask, 'ORDER_PROCESSING');
  if (order.state !== 'waiting') return umsHead(ask, 'OPERATION_NOT_ALLOWED');
  ledger.cancel(order);
  return closeAnswer(ask, order);
}

/** Done within the answer, unless a rule or the order's script says otherwise. */
const refundHabit: RefundCourse = [{ after: 0, becomes: 'closed' }];

/** Section 1.3: a number that this order has already is the same refund, whatever its amount; another order's is taken. */
function refund(counter: Counter, account: UmsAccount, order: Order, ask: Ask): JsonObject {
  const given = textOf(ask.fields, 'refundOrderId');
  const amount = amountOf(ask.fields['refundAmount']) ?? 0;
  const before = given === null ? null : counter.ledger.findRefundByReference('ums', given);
  if (before !== null) return before.order === order ? refundAnswer(ask, order, before.refund) : umsHead(ask, 'DUP_ORDER');
  if (given !== null && counter.ledger.find('ums', given) !== null) return umsHead(ask, 'DUP_ORDER');
  if (given === null && order.refunds.length > 0) return umsHead(ask, 'BAD_REQUEST', '多次退款refundOrderId必传');
  if ((order.state !== 'paid' && order.state !== 'partlyRefunded') || order.extras['secure'] === 'UNCOMPLETED') return umsHead(ask, 'OPERATION_NOT_ALLOWED');
  if (ask.now - (order.paidAt ?? 0) > refundableMilliseconds) return umsHead(ask, 'OPERATION_NOT_ALLOWED');
  if (amount > refundable(order)) return umsHead(ask, 'TARGET_FAIL', '退款金额超过可退金额');
  const reference = given ?? `${account.sourceId}${randomDigits(23)}`;
  return refundAnswer(ask, order, counter.refund(order, reference, amount, account.terminalId, refundHabit));
}

/** Sections 1.5 and 1.6: what is guaranteed is either given to the shop, in part or whole, or goes back. */
function secure({ ledger }: Counter, call: 'secureCancel' | 'secureComplete', order: Order, ask: Ask): JsonObject {
  if (order.extras['secure'] === 'CANCELED') return umsHead(ask, 'HAS_CANCELLED');
  if (order.extras['secure'] !== 'UNCOMPLETED' || order.state !== 'paid') return umsHead(ask, 'OPERATION_NOT_ALLOWED');
  if (call === 'secureCancel') {
    order.extras['secure'] = 'CANCELED';
    ledger.cancel(order);
    return secureAnswer(ask, order, '担保撤销成功');
  }
  const completed = amountOf(ask.fields['completedAmount']) ?? 0;
  if (completed > order.amount) return umsHead(ask, 'BAD_REQUEST', 'completedAmount超出订单金额');
  order.extras['completedAmount'] = completed;
  order.extras['secure'] = completed === order.amount ? 'ALL_COMPLETED' : 'PARTLY_COMPLETED';
  const rest = order.amount - completed;
  if (rest > 0) ledger.moveRefund(order, ledger.refund(order, secureRest, rest, order.terminal), 'closed');
  return secureAnswer(ask, order, '担保完成成功');
}
