/** What OMoney's simulated gateway says: payments, refunds and errors in the document's shapes, true, untrue and bent. */
import type { Alteration, Saying } from '../fault.ts';
import type { CallName, Json, JsonObject, Order, OrderState, RefundEntry } from '../model.ts';
import { isObject } from './omoney-fields.ts';
import type { Links } from './omoney-links.ts';
import { digitsOfCurrency, readAmount, writeAmount } from './omoney-money.ts';
import { mapValues, renameKey } from './json.ts';

const statuses = new WeakMap<object, number>();

/** Section 2.4's shape. The document names no HTTP status; the simulator's are the usual ones. */
export function problem(status: number, message: string): JsonObject {
  const answer = { message };
  statuses.set(answer, status);
  return answer;
}

export function statusOf(answer: Json): number {
  return typeof answer === 'object' && answer !== null ? (statuses.get(answer) ?? 200) : 200;
}

/** SUCCESS, FAIL, WAIT_PAY: no word means cancelled or refunded (section 2.1.6). */
export function paymentStatus(state: OrderState): string {
  switch (state) {
    case 'waiting':
    case 'error':
      return 'WAIT_PAY';
    case 'refused':
    case 'cancelled':
      return 'FAIL';
    case 'paid':
    case 'partlyRefunded':
    case 'refunded':
      return 'SUCCESS';
  }
}

/** Section 2.1.6; `order_id` is in the example and not in the table. */
export function paymentAnswer(order: Order, links: Links): JsonObject {
  const { gatewayNumber, tradeNumber, amount, currency, reference, subject, notifyUrl, createdAt, endedAt } = order;
  return {
    payment_id: gatewayNumber, transaction_id: tradeNumber, create_time: isoTime(createdAt), update_time: isoTime(endedAt ?? createdAt),
    payment_method: methodOf(order), status: paymentStatus(order.state), source: order.extras['source'] ?? {},
    return_url: order.extras['return_url'] ?? '', notify_url: notifyUrl ?? '', website: order.extras['website'] ?? '',
    order_id: reference, description: subject, amount: writeAmount(amount, currency), currency, request_type: order.extras['request_type'] ?? 'WEB',
    links: links.ofPayment(gatewayNumber),
  };
}

function methodOf(order: Order): Json {
  return order.extras['payment_method'] ?? 'ALIPAY';
}

/** Section 2.1.9: SUCCESS is the cancel's own, and the same word as paid. */
export function cancelAnswer(order: Order, done: boolean): JsonObject {
  return { transaction_id: order.tradeNumber, order_id: order.reference, payment_id: order.gatewayNumber, status: done ? 'SUCCESS' : 'FAIL' };
}

/** Section 2.2.5. */
export function refundAnswer(order: Order, entry: RefundEntry, notifyUrl: string, links: Links): JsonObject {
  return {
    refund_id: entry.gatewayNumber, create_time: isoTime(entry.at), update_time: isoTime(entry.endedAt ?? entry.at), amount: writeAmount(entry.amount, order.currency),
    currency: order.currency, order_id: order.reference, refund_order_id: entry.reference, links: links.ofRefund(entry.gatewayNumber), status: refundStatus(entry), notify_url: notifyUrl,
  };
}

function refundStatus({ phase }: RefundEntry): string {
  switch (phase) {
    case 'open':
      return 'WAIT';
    case 'done':
      return 'SUCCESS';
    case 'failed':
      return 'FAIL';
  }
}

/** Section 2.1.8. */
export function paymentNotice(order: Order): JsonObject {
  return {
    transaction_id: order.tradeNumber, order_id: order.reference, payment_id: order.gatewayNumber, payment_method: methodOf(order),
    chargeback_status: '', chargeback_reason: '', status: paymentStatus(order.state),
  };
}

function isoTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** What the sayings stand on: the order and the refund that the request names, where they are booked. */
export interface Named {
  readonly order: Order | null;
  readonly entry: RefundEntry | null;
  readonly refundNotifyUrl: string;
  readonly links: Links;
}

export const unknownMessage = '订单不存在';
export const takenMessage = 'order_id已存在';
export const unpaidMessage = '订单未支付';
export const overMessage = '退款金额超过可退金额';

/** Says something without looking whether it is true. */
export function say(call: CallName, what: Saying, named: Named): Json {
  switch (what) {
    case 'notExist':
      return problem(404, unknownMessage);
    case 'inProgress':
      return sayInProgress(call, named);
    case 'alreadyKnown':
      return problem(400, takenMessage);
    case 'cancelError':
    case 'cancelAbortError':
      return named.order === null ? problem(404, unknownMessage) : cancelAnswer(named.order, false);
    case 'systemError':
      return problem(500, '系统错误');
    // The error's shape with the status of a success: nothing can be told from it.
    case 'refundError':
      return problem(200, '处理超时，结果未知');
    case 'refundFail':
      return sayRefund(named, 'organizationFailed');
    case 'refundConflict':
      return problem(400, 'refund_order_id已存在');
    case 'shopBalanceShort':
      return problem(400, '商户余额不足');
    case 'refundOrderState':
      return problem(400, unpaidMessage);
    case 'refundTooOld':
      return problem(400, '超过退款期限');
    case 'refundOverLimit':
    case 'refundNoop':
      return problem(400, overMessage);
    case 'notRefundable':
      return problem(403, '此支付方式不支持退款');
    // Not the document's shape.
    case 'unlistedError':
      return { error: 'REFUND_CHANNEL_BUSY' };
  }
}

function sayInProgress(call: CallName, named: Named): Json {
  if (call === 'refund' || call === 'queryRefund') return sayRefund(named, 'merchantConfirmed');
  const { order, links } = named;
  return order === null ? problem(404, unknownMessage) : paymentAnswer({ ...order, state: 'waiting', endedAt: null }, links);
}

function sayRefund({ order, entry, refundNotifyUrl, links }: Named, state: 'merchantConfirmed' | 'organizationFailed'): Json {
  if (order === null || entry === null) return problem(500, '系统错误');
  return refundAnswer(order, { ...entry, state, phase: state === 'merchantConfirmed' ? 'open' : 'failed', endedAt: null }, refundNotifyUrl, links);
}

/** Bends an otherwise true answer; errors stay as they are. */
export function alter(how: Alteration, answer: Json): Json {
  if (!isPlain(answer) || statuses.has(answer)) return answer;
  switch (how) {
    case 'wrongAmount':
      return mapValues(answer, (name, value) => (name === 'amount' ? otherAmount(String(value), String(answer['currency'])) : value));
    case 'wrongReference':
      return mapValues(answer, (name, value) => (name === 'order_id' || name === 'refund_order_id' ? `X${String(value).slice(1)}` : value));
    case 'blankKey':
      return ['order_id', 'refund_order_id', 'amount'].reduce((changed, name) => renameKey(changed, name, `${name} `), answer);
    case 'otherTypes':
      return mapValues(answer, (name, value) => (name === 'amount' ? Number(value) : value));
    case 'otherNesting':
      return { data: answer };
    case 'unlistedStatus':
      return mapValues(answer, (name, value) => (name === 'status' ? 'REVIEWING' : value));
    case 'smallerNet':
      return answer;
  }
}

function isPlain(answer: Json): answer is JsonObject {
  return isObject(answer);
}

/** One minor unit more, or what the form has as its smallest step. */
function otherAmount(text: string, currency: string): string {
  const step = digitsOfCurrency(currency) === 3 ? 10 : 1;
  return writeAmount((readAmount(text, currency) ?? 0) + step, currency);
}
