/** What OMoney's calls do to the book: creating, cancelling and refunding payments, and looking at them. */
import { randomBytes } from 'node:crypto';
import type { Json, Wallet } from '../model.ts';
import type { RefundCourse } from '../refund-course.ts';
import { refundable } from '../sums.ts';
import type { Counter } from './gateway-side.ts';
import { cancelAnswer, overMessage, paymentAnswer, problem, refundAnswer, takenMessage, unknownMessage, unpaidMessage } from './omoney-answers.ts';
import type { Fields } from './omoney-fields.ts';
import type { Links } from './omoney-links.ts';
import { readAmount } from './omoney-money.ts';

export interface OmoneyDesk {
  readonly counter: Counter;
  readonly links: Links;
  /** Where each refund's end is told, by `refundKey`. */
  readonly refundNotifyUrls: Map<string, string>;
}

export function refundKey(orderId: string, refundOrderId: string): string {
  return `${orderId}/${refundOrderId}`;
}

const walletsOfMethods: Readonly<Record<string, readonly [Wallet, ...Wallet[]]>> = { ALIPAY: ['alipay'], WECHATPAY: ['wechat'], ADYEN_UNIONPAY: ['unionpay'] };

/** A number that is taken can't stand for a second payment: cancel and refund know payments by it. */
export function createPayment({ counter, links }: OmoneyDesk, fields: Fields): Json {
  const reference = String(fields['order_id']);
  const currency = String(fields['currency']);
  const method = String(fields['payment_method']);
  if (counter.ledger.find('omoney', reference) !== null) return problem(400, takenMessage);
  const gatewayNumber = randomBytes(16).toString('hex');
  return counter.show(
    {
      gateway: 'omoney', reference, gatewayNumber, amount: readAmount(String(fields['amount']), currency) ?? 0, currency,
      subject: String(fields['description']), operator: '', reflect: '', notifyUrl: String(fields['notify_url']), terminal: '',
      extras: {
        payment_method: method, request_type: String(fields['request_type']), return_url: String(fields['return_url']),
        website: String(fields['website']), source: fields['source'] as Json,
      },
      content: links.checkout(gatewayNumber), wallets: walletsOfMethods[method] ?? ['alipay', 'wechat', 'unionpay'], livesSeconds: null,
    },
    (order) => paymentAnswer(order, links),
  );
}

export function queryPayment({ counter: { ledger }, links }: OmoneyDesk, paymentId: string): Json {
  const order = ledger.findByGatewayNumber('omoney', paymentId);
  return order === null ? problem(404, unknownMessage) : paymentAnswer(order, links);
}

/** Ends what nobody has paid. What is paid stays paid: money goes back by a refund alone. */
export function cancelPayment({ counter: { ledger }, links }: OmoneyDesk, orderId: string): Json {
  const order = ledger.find('omoney', orderId);
  if (order === null) return problem(404, unknownMessage);
  links.tellBare(order.gatewayNumber);
  if (order.state === 'waiting' || order.state === 'error') ledger.cancel(order);
  return cancelAnswer(order, order.state === 'cancelled');
}

/** With OMoney for two seconds before the money is back, unless a rule or the order's script says otherwise. */
const refundHabit: RefundCourse = [{ after: 0, becomes: 'merchantConfirmed' }, { after: 2, becomes: 'closed' }];

/** No word of the document says that a refund_order_id given twice is one refund, so it is two. */
export function refundPayment({ counter, links, refundNotifyUrls }: OmoneyDesk, orderId: string, fields: Fields): Json {
  const order = counter.ledger.find('omoney', orderId);
  if (order === null) return problem(404, unknownMessage);
  if (!['paid', 'partlyRefunded', 'refunded'].includes(order.state)) return problem(400, unpaidMessage);
  if (fields['currency'] !== order.currency) return problem(400, '币种与支付订单不一致');
  const amount = readAmount(String(fields['amount']), order.currency) ?? 0;
  if (amount > refundable(order)) return problem(400, overMessage);
  const refundOrderId = String(fields['refund_order_id']);
  const notifyUrl = String(fields['notify_url']);
  // First, since a refund may be done, and told, before `refund` returns.
  refundNotifyUrls.set(refundKey(orderId, refundOrderId), notifyUrl);
  return refundAnswer(order, counter.refund(order, refundOrderId, amount, '', refundHabit), notifyUrl, links);
}

export function queryRefund({ counter: { ledger }, links, refundNotifyUrls }: OmoneyDesk, refundId: string): Json {
  const found = ledger.findRefund('omoney', refundId);
  return found === null ? problem(404, '退款不存在') : refundAnswer(found.order, found.refund, refundNotifyUrls.get(refundKey(found.order.reference, found.refund.reference)) ?? '', links);
}
