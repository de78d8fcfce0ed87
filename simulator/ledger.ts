/** The gateways' books: every order, what was charged for it and what went back, and nothing that money did not do. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Books, CallCounts, GatewayId, Order, OrderState, Refusal, RefundEntry, Totals, Wallet } from './model.ts';

export interface NewOrder {
  readonly gateway: GatewayId;
  readonly reference: string;
  readonly code: string;
  readonly wallet: Wallet;
  readonly payer: string;
  readonly amount: number;
  readonly currency: string;
  readonly subject: string;
  readonly operator: string;
  readonly reflect: string;
  readonly notifyUrl: string | null;
}

export class Ledger {
  readonly #clock: Clock;
  readonly #orders = new Map<string, Order>();
  readonly #byGatewayNumber = new Map<string, Order>();
  readonly #counts = new Map<string, CallCounts>();
  readonly #listeners = new Set<(order: Order) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Called after every change of an order. */
  onChange(listener: (order: Order) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  find(gateway: GatewayId, reference: string): Order | null {
    return this.#orders.get(keyOf(gateway, reference)) ?? null;
  }

  findByGatewayNumber(gateway: GatewayId, gatewayNumber: string): Order | null {
    return this.#byGatewayNumber.get(keyOf(gateway, gatewayNumber)) ?? null;
  }

  findRefund(gateway: GatewayId, refundNumber: string): { order: Order; refund: RefundEntry } | null {
    for (const order of this.#orders.values()) {
      if (order.gateway !== gateway) continue;
      const refund = order.refunds.find((entry) => entry.gatewayNumber === refundNumber);
      if (refund !== undefined) return { order, refund };
    }
    return null;
  }

  count(gateway: GatewayId, reference: string, call: keyof CallCounts): void {
    this.#countsOf(gateway, reference)[call] += 1;
  }

  open(fields: NewOrder): Order {
    const key = keyOf(fields.gateway, fields.reference);
    if (this.#orders.has(key)) throw new Error(`order ${key} is booked already`);
    const order: Order = {
      ...fields,
      gatewayNumber: newGatewayNumber(fields.gateway),
      tradeNumber: newTradeNumber(),
      createdAt: this.#clock.wall(),
      state: 'waiting',
      refusal: null,
      paidAt: null,
      endedAt: null,
      timesCharged: 0,
      wrongPasswords: 0,
      refunds: [],
      counts: this.#countsOf(fields.gateway, fields.reference),
    };
    this.#orders.set(key, order);
    this.#byGatewayNumber.set(keyOf(fields.gateway, order.gatewayNumber), order);
    this.#changed(order);
    return order;
  }

  charge(order: Order): void {
    requireState(order, ['waiting', 'error']);
    order.state = 'paid';
    order.refusal = null;
    order.timesCharged += 1;
    order.paidAt = this.#clock.wall();
    order.endedAt = order.paidAt;
    this.#changed(order);
  }

  refuse(order: Order, refusal: Refusal): void {
    requireState(order, ['waiting', 'error']);
    order.state = 'refused';
    order.refusal = refusal;
    order.endedAt = this.#clock.wall();
    this.#changed(order);
  }

  fail(order: Order): void {
    requireState(order, ['waiting', 'error']);
    order.state = 'error';
    this.#changed(order);
  }

  noteWrongPassword(order: Order): void {
    order.wrongPasswords += 1;
    this.#changed(order);
  }

  cancel(order: Order): void {
    requireState(order, ['waiting', 'error', 'paid']);
    order.state = 'cancelled';
    order.endedAt = this.#clock.wall();
    this.#changed(order);
  }

  refund(order: Order, reference: string, amount: number): RefundEntry {
    requireState(order, ['paid', 'partlyRefunded']);
    if (amount > refundable(order)) throw new Error(`refund of ${amount} is more than is left of ${order.reference}`);
    const refund = { reference, gatewayNumber: randomBytes(12).toString('hex'), amount, at: this.#clock.wall() };
    order.refunds.push(refund);
    order.state = refundable(order) === 0 ? 'refunded' : 'partlyRefunded';
    order.endedAt = refund.at;
    this.#changed(order);
    return refund;
  }

  books(): Books {
    const orders = [...this.#orders.values()].map((order) => structuredClone(order));
    return { orders, totals: totalsOf(orders), strangers: this.#strangers() };
  }

  #strangers(): Books['strangers'] {
    const strangers: Books['strangers'][number][] = [];
    for (const [key, counts] of this.#counts) {
      if (this.#orders.has(key)) continue;
      const slash = key.indexOf('/');
      strangers.push({ gateway: key.slice(0, slash) as GatewayId, reference: key.slice(slash + 1), counts: { ...counts } });
    }
    return strangers;
  }

  #countsOf(gateway: GatewayId, reference: string): CallCounts {
    const key = keyOf(gateway, reference);
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const counts = { pay: 0, query: 0, cancel: 0, refund: 0 };
    this.#counts.set(key, counts);
    return counts;
  }

  #changed(order: Order): void {
    for (const listener of this.#listeners) listener(order);
  }
}

export function refunded(order: Order): number {
  return order.refunds.reduce((sum, refund) => sum + refund.amount, 0);
}

export function refundable(order: Order): number {
  return order.amount - refunded(order);
}

export function keyOf(gateway: GatewayId, reference: string): string {
  return `${gateway}/${reference}`;
}

function requireState(order: Order, allowed: readonly OrderState[]): void {
  if (!allowed.includes(order.state)) throw new Error(`order ${order.reference} is ${order.state}`);
}

function totalsOf(orders: readonly Order[]): Totals[] {
  const byKey = new Map<string, Totals>();
  for (const order of orders) {
    const key = `${order.gateway} ${order.currency}`;
    const before = byKey.get(key) ?? { gateway: order.gateway, currency: order.currency, charged: 0, cancelled: 0, refunded: 0, net: 0 };
    const charged = before.charged + order.amount * order.timesCharged;
    const cancelled = before.cancelled + (order.state === 'cancelled' ? order.amount * order.timesCharged : 0);
    const returned = before.refunded + refunded(order);
    byKey.set(key, { ...before, charged, cancelled, refunded: returned, net: charged - cancelled - returned });
  }
  return [...byKey.values()];
}

/** Shouqianba: 16 digits. Omipay: 24 characters as captured, where the document says 32. */
function newGatewayNumber(gateway: GatewayId): string {
  return gateway === 'shouqianba' ? `789${randomDigits(13)}` : randomBytes(12).toString('hex');
}

function newTradeNumber(): string {
  return `42000${randomDigits(23)}`;
}

export function randomDigits(length: number): string {
  let digits = '';
  for (let index = 0; index < length; index += 1) digits += String(randomInt(10));
  return digits;
}
