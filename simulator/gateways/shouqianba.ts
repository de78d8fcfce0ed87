/** Shouqianba's upay gateway 2.0, the other side: every call of its document, and a terminal's own two. */
import type { Behaviour } from '../behaviour.ts';
import type { CallName, Json, JsonObject, Order, RefundEntry, Wallet } from '../model.ts';
import type { RefundCourse } from '../refund-course.ts';
import { refundable } from '../sums.ts';
import { faultsOfFields, isJsonType } from './fields.ts';
import { shownContent } from './gateway-side.ts';
import type { Counter, GatewaySide, IncomingRequest, ReadRequest } from './gateway-side.ts';
import {
  alter, business, failure, orderData, payAnswer, payways, precreateAnswer, refundAnswer, refuse, say, statusOf, tooOldMessage,
} from './shouqianba-answers.ts';
import { activated, checkedIn } from './shouqianba-terminal-answers.ts';
import { callBack } from './shouqianba-callback.ts';
import type { CallbackSettings } from './shouqianba-callback.ts';
import { controlShouqianba } from './shouqianba-control.ts';
import { digits, faultsBetweenFields, positiveAmount, tables, textOf } from './shouqianba-fields.ts';
import type { ShouqianbaCall } from './shouqianba-fields.ts';
import { Terminals } from './shouqianba-terminals.ts';
import type { ShouqianbaAccount, ShouqianbaVendor } from './shouqianba-terminals.ts';

const paths: Readonly<Record<string, CallName>> = {
  '/upay/v2/pay': 'pay', '/upay/v2/precreate': 'present', '/upay/v2/query': 'query', '/upay/v2/cancel': 'cancel', '/upay/v2/revoke': 'cancel', '/upay/v2/refund': 'refund',
  '/terminal/activate': 'activate', '/terminal/checkin': 'checkin',
};

export function shouqianbaSide(counter: Counter, account: ShouqianbaAccount, vendor: ShouqianbaVendor): GatewaySide {
  const terminals = new Terminals(counter.clock, account, vendor);
  const callbacks: CallbackSettings = { url: null };
  counter.ledger.onChange((order) => callBack(counter, callbacks, order));
  return {
    id: 'shouqianba',
    methods: ['POST'],
    callOf: (path) => paths[path] ?? null,
    read: (call, request) => readRequest(counter, terminals, call as ShouqianbaCall, request),
    alter: (how, answer) => alter(how, answer as JsonObject),
    control: (name, body) => controlShouqianba(counter, terminals, callbacks, account.terminalSn, name, body),
  };
}

/** Who signed it: the first word of the header (section 2). */
function signerOf(request: IncomingRequest): { readonly sn: string; readonly signature: string } | null {
  const found = /^(\S+) ([0-9a-f]{32})$/.exec(String(request.headers['authorization'] ?? ''));
  return found === null ? null : { sn: found[1] ?? '', signature: found[2] ?? '' };
}

function readRequest(counter: Counter, terminals: Terminals, call: ShouqianbaCall, request: IncomingRequest): ReadRequest {
  const fields = parseBody(request.body);
  const refusal = refuseRequest(terminals, call, request, fields);
  const isOfOrder = call !== 'activate' && call !== 'checkin';
  const orderNow = () => (fields === null || !isOfOrder ? null : findOrder(counter, fields));
  const refundNow = () => findRefund(orderNow(), textOf(fields, 'refund_request_no'));
  const known = orderNow();
  const reference = isOfOrder ? (known?.reference ?? textOf(fields, 'client_sn')) : null;
  return {
    reference,
    code: textOf(fields, 'dynamic_id') ?? known?.code ?? null,
    amount: known?.amount ?? amountOf(fields),
    repeat: call === 'refund' ? refundNow() !== null : known !== null,
    body: fields,
    refusedAs: refusal === null ? null : String(refusal['error_code']),
    answer: () => refusal ?? answerCall({ counter, terminals, terminalSn: signerOf(request)?.sn ?? '' }, call, (fields ?? {}) as Readonly<Record<string, string>>),
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

function amountOf(fields: Readonly<Record<string, unknown>> | null): number | null {
  const text = textOf(fields, 'total_amount');
  return text === null || !positiveAmount.test(text) ? null : Number(text);
}

/** The refusal of the request itself, or null where it may be processed. */
function refuseRequest(terminals: Terminals, call: ShouqianbaCall, request: IncomingRequest, fields: Readonly<Record<string, unknown>> | null): JsonObject | null {
  const signer = signerOf(request);
  if (signer === null) return refuse('ILLEGAL_SIGN');
  const verdict = terminals.verify(signer.sn, signer.signature, request.body, call);
  if (verdict !== 'good') return refuse(verdict === 'unknown' ? 'TERMINAL_NOT_EXISTS' : 'ILLEGAL_SIGN');
  if (!isJsonType(request.headers['content-type'])) return refuse('INVALID_PARAMS', 'Content-Type必须是application/json');
  if (fields === null) return refuse('INVALID_PARAMS', '请求主体不是JSON对象');
  const faults = [...faultsOfFields(fields, tables[call]), ...faultsBetweenFields(call, fields)];
  if (faults.length > 0) return refuse('INVALID_PARAMS', faults.join('; '));
  if (call === 'activate') return refuseCode(terminals, fields);
  if (fields['terminal_sn'] !== signer.sn) return refuse('INVALID_TERMINAL');
  if (call === 'checkin' && !terminals.isDeviceOf(signer.sn, String(fields['device_id']))) return refuse('INVALID_TERMINAL', '设备与终端不符');
  if (call === 'pay' && !digits.test(String(fields['dynamic_id']))) return refuse('INVALID_BARCODE', '支付条码错误');
  return null;
}

function refuseCode(terminals: Terminals, fields: Readonly<Record<string, unknown>>): JsonObject | null {
  const why = terminals.refusesCode(String(fields['app_id']), String(fields['code']));
  return why === null ? null : refuse('INVALID_PARAMS', why);
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

interface Desk {
  readonly counter: Counter;
  readonly terminals: Terminals;
  /** The terminal that asks. */
  readonly terminalSn: string;
}

type Fields = Readonly<Record<string, string>>;

function answerCall(desk: Desk, call: ShouqianbaCall, fields: Fields): Json {
  switch (call) {
    case 'pay':
      return pay(desk, fields);
    case 'present':
      return precreate(desk, fields);
    case 'activate':
      return activated(desk.terminals.activate(fields['code'] ?? '', fields['device_id'] ?? ''));
    case 'checkin':
      return checkedIn(desk.terminalSn, desk.terminals.rotate(desk.terminalSn));
    case 'query':
    case 'cancel':
    case 'refund':
      return answerAbout(desk, call, fields);
  }
}

function answerAbout(desk: Desk, call: 'query' | 'cancel' | 'refund', fields: Fields): JsonObject {
  const order = findOrder(desk.counter, fields);
  if (order === null) return failure('UPAY_ORDER_NOT_EXISTS');
  switch (call) {
    case 'query':
      return business('SUCCESS', orderData(order));
    case 'cancel':
      return cancel(desk.counter, order);
    case 'refund':
      return refund(desk, order, fields);
  }
}

/** What pay and precreate write down alike. */
function saleOf({ terminalSn }: Desk, fields: Fields) {
  return {
    gateway: 'shouqianba' as const, reference: fields['client_sn'] ?? '', amount: Number(fields['total_amount']), currency: 'CNY',
    subject: fields['subject'] ?? '', operator: fields['operator'] ?? '',
    reflect: fields['reflect'] ?? fields['reflact'] ?? '', notifyUrl: null, terminal: terminalSn,
  };
}

function pay(desk: Desk, fields: Fields): JsonObject {
  const { counter } = desk;
  const sale = saleOf(desk, fields);
  const code = fields['dynamic_id'] ?? '';
  if (counter.ledger.find('shouqianba', sale.reference) !== null) return failure('CLIENT_SN_CONFLICT');
  return payAnswer(counter.open({ ...sale, code }, wrongPayway(counter, code, fields['payway'])));
}

/** A QR code lives about four minutes, and its order closes with it. */
const shownSeconds = 240;

function precreate(desk: Desk, fields: Fields): Json {
  const sale = saleOf(desk, fields);
  if (desk.counter.ledger.find('shouqianba', sale.reference) !== null) return failure('CLIENT_SN_CONFLICT');
  const wallet = walletOf(fields['payway'] ?? '');
  if (wallet === null) return failure('UNEXPECTED_PROVIDER_ERROR');
  return desk.counter.show({ ...sale, content: shownContent('shouqianba'), wallets: [wallet], livesSeconds: shownSeconds }, precreateAnswer);
}

/** A precreated code is one wallet's. */
function walletOf(payway: string): Wallet | null {
  return (Object.entries(payways) as [Wallet, (typeof payways)[Wallet]][]).find(([, { number, also }]) => number === payway || also.includes(payway))?.[0] ?? null;
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
function refund({ counter, terminalSn }: Desk, order: Order, fields: Fields): JsonObject {
  const number = fields['refund_request_no'] ?? '';
  const amount = Number(fields['refund_amount']);
  const before = findRefund(order, number);
  if (before !== null) return before.amount === amount ? refundAnswer(order, before) : failure('REFUND_REQUEST_CONFLICT');
  if (order.state !== 'paid' && order.state !== 'partlyRefunded') return failure('UPAY_REFUND_INVALID_ORDER_STATE');
  if (counter.clock.wall() - (order.paidAt ?? 0) > refundableMilliseconds) return failure('UPAY_REFUND_INVALID_ORDER_STATE', tooOldMessage);
  if (amount > refundable(order)) return failure('REFUNDABLE_AMOUNT_NOT_ENOUGH');
  return refundAnswer(order, counter.refund(order, number, amount, terminalSn, refundHabit));
}
