/** What OMoney tells the shop by itself, unsigned: the end of a payment (section 2.1.8) and of a refund (2.2.7). */
import { z } from 'zod';
import type { Json, JsonObject, Order, RefundEntry } from '../model.ts';
import { paymentNotice, refundAnswer } from './omoney-answers.ts';
import { refundKey } from './omoney-trade.ts';
import type { OmoneyDesk } from './omoney-trade.ts';

/** Once: the document speaks of no second try. */
const pausesSeconds = [0];

export function tellShop(desk: OmoneyDesk): void {
  const { counter, links } = desk;
  const told = new WeakSet<Order | RefundEntry>();
  counter.ledger.onChange((order) => {
    if (order.gateway !== 'omoney') return;
    // A cancel is the shop's own doing, and only a payer's end is told.
    if ((order.state === 'paid' || order.state === 'refused') && !told.has(order)) {
      told.add(order);
      send(desk, order, order.notifyUrl, paymentNotice(order));
    }
    for (const entry of order.refunds) {
      if (entry.phase === 'open' || told.has(entry)) continue;
      told.add(entry);
      const url = desk.refundNotifyUrls.get(refundKey(order.reference, entry.reference)) ?? null;
      send(desk, order, url, refundAnswer(order, entry, url ?? '', links));
    }
  });
  counter.courier.onEnd(({ gateway, reference, status, url }) => {
    const order = gateway === 'omoney' && status !== null && !links.isOwn(url) ? counter.ledger.find('omoney', reference) : null;
    if (order !== null) links.tellBare(order.gatewayNumber);
  });
}

function send({ counter }: OmoneyDesk, { reference }: Order, url: string | null, notice: JsonObject): void {
  if (url === null) return;
  counter.courier.send({
    gateway: 'omoney', reference, url, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(notice), pausesSeconds,
    isTaken: (status) => status === 200,
  });
}

/** What a test lets OMoney say, true or not; UNCAPTURE, chargeback and fraud are in notifications only (section 2.1.8). */
const controlSchema = z.strictObject({
  reference: z.string().min(1),
  /** Fields in place of the true ones. */
  change: z.record(z.string(), z.string()).default({}),
});

/** `POST /simulator/omoney/notice`: one notification about a payment, whatever the truth is. */
export function sendNotice(desk: OmoneyDesk, body: unknown): { readonly status: number; readonly json: Json } {
  const parsed = controlSchema.safeParse(body);
  if (!parsed.success) return { status: 400, json: { message: z.prettifyError(parsed.error) } };
  const order = desk.counter.ledger.find('omoney', parsed.data.reference);
  if (order === null || order.notifyUrl === null) return { status: 409, json: { done: false } };
  send(desk, order, order.notifyUrl, { ...paymentNotice(order), ...parsed.data.change });
  return { status: 200, json: { done: true } };
}
