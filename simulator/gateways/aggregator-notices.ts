/** What the aggregator tells the shop by itself (section 5.2): a signed form, once a minute until it hears SUCCESS. */
import { z } from 'zod';
import type { Json, Order } from '../model.ts';
import { chinaTime, payStatus, writeAmount } from './aggregator-answers.ts';
import type { AmountUnit } from './aggregator-answers.ts';
import { signNotification } from './aggregator-sign.ts';
import type { Pairs } from './aggregator-sign.ts';
import type { Counter } from './gateway-side.ts';

export interface AggregatorAccount {
  readonly appId: string;
  readonly secret: string;
  /** A test can change the contract while the simulator runs. */
  amountUnit: AmountUnit;
}

/** At once, and five times more a minute apart (section 3). */
const pausesSeconds = [0, 60, 60, 60, 60, 60];

export function tellShop(counter: Counter, account: AggregatorAccount): void {
  const told = new WeakSet<Order>();
  counter.ledger.onChange((order) => {
    if (order.gateway !== 'aggregator' || (order.state !== 'paid' && order.state !== 'refused') || told.has(order)) return;
    told.add(order);
    send(counter, order, signed(noticeOf(order, account), account), pausesSeconds);
  });
}

/** The example's pairs, empty ones included. */
function noticeOf(order: Order, { appId, amountUnit }: AggregatorAccount): Pairs {
  const amount = writeAmount(order.amount, amountUnit);
  return {
    actual_amount: amount, amount, appid: appId, attach: String(order.extras['attach'] ?? ''), order_no: order.reference, pay_status: String(payStatus(order)),
    pay_time: order.paidAt === null ? '' : chinaTime(order.paidAt), platform_order_no: order.gatewayNumber,
  };
}

function signed(pairs: Pairs, { secret }: AggregatorAccount): Pairs {
  return { ...pairs, sign: signNotification(pairs, secret) };
}

/** What the payer's browser brings back to the shop (section 5.3). */
export function returnFields(order: Order, account: AggregatorAccount): Pairs {
  return signed({ order_no: order.reference, pay_status: String(payStatus(order)) }, account);
}

function send(counter: Counter, { reference, notifyUrl }: Order, pairs: Pairs, pauses: readonly number[]): void {
  if (notifyUrl === null) return;
  counter.courier.send({
    gateway: 'aggregator', reference, url: notifyUrl, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(pairs).toString(), pausesSeconds: pauses,
    isTaken: (status, text) => status === 200 && text === 'SUCCESS',
  });
}

/** What a test lets the gateway say, true or not. */
const controlSchema = z.strictObject({
  reference: z.string().min(1),
  /** Pairs in place of the true ones, signed with them. */
  change: z.record(z.string(), z.string()).default({}),
  /** False: the last character of the signature is another. */
  signed: z.boolean().default(true),
});

/** `POST /simulator/aggregator/notice`: one notification, whatever the truth is. */
export function sendNotice(counter: Counter, account: AggregatorAccount, body: unknown): { readonly status: number; readonly json: Json } {
  const parsed = controlSchema.safeParse(body);
  if (!parsed.success) return { status: 400, json: { message: z.prettifyError(parsed.error) } };
  const order = counter.ledger.find('aggregator', parsed.data.reference);
  if (order === null || order.notifyUrl === null) return { status: 409, json: { done: false } };
  const pairs = signed({ ...noticeOf(order, account), ...parsed.data.change }, account);
  send(counter, order, parsed.data.signed ? pairs : { ...pairs, sign: spoilt(pairs['sign'] ?? '') }, [0]);
  return { status: 200, json: { done: true } };
}

function spoilt(signature: string): string {
  return `${signature.slice(0, -1)}${signature.endsWith('0') ? '1' : '0'}`;
}
