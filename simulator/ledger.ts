/** The gateways' books: every order, what was charged for it and what went back, and nothing that money did not do. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from './clock.ts';
import { doubleRefundsOf, phaseOf, refundable, refunded, totalsOf } from './sums.ts';
import type { Books, CallCounts, GatewayId, Json, Order, OrderState, Refusal, RefundEntry, RefundState, ShownCode, Wallet } from './model.ts';

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
  readonly terminal: string;
  /** Absent where the shop scanned the payer's code. */
  readonly shown?: ShownCode;
  readonly extras?: Readonly<Record<string, Json>>;
  /** Absent: drawn in the gateway's form. */
  readonly gatewayNumber?: string;
}

export class Ledger {
  readonly #clock: Clock;
  readonly #orders = new Map<string, Order>();
  readonly #byGatewayNumber = new Map<string, Order>();
  readonly #byTradeNumber = new Map<string, Order>();
  readonly #refundsByNumber = new Map<string, { order: Order; refund: RefundEntry }>();
  readonly #shown = new Map<string, Order>();
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

  /** By the wallet's own bill number, which the payer's phone shows. */
  findByTradeNumber(gateway: GatewayId, tradeNumber: string): Order | null {
    return this.#byTradeNumber.get(keyOf(gateway, tradeNumber)) ?? null;
  }

  /** By what its QR code holds. */
  findShown(content: string): Order | null {
    return this.#shown.get(content) ?? null;
  }

  /** Orders that wait for their payer, oldest first. */
  waiting(): readonly Order[] {
    return [...this.#orders.values()].filter((order) => order.state === 'waiting');
  }

  /** By the shop's own number of the refund, of any order; the newest where there are several. */
  findRefundByReference(gateway: GatewayId, reference: string): { order: Order; refund: RefundEntry } | null {
    return [...this.#refundsByNumber.values()].findLast(({ order, refund }) => order.gateway === gateway && refund.reference === reference) ?? null;
  }

  findRefund(gateway: GatewayId, refundNumber: string): { order: Order; refund: RefundEntry } | null {
    return this.#refundsByNumber.get(keyOf(gateway, refundNumber)) ?? null;
  }

  count(gateway: GatewayId, reference: string, call: keyof CallCounts): void {
    this.#countsOf(gateway, reference)[call] += 1;
  }

  /** `at`, for an order that is older than this simulator. */
  open(fields: NewOrder, at = this.#clock.wall()): Order {
    const key = keyOf(fields.gateway, fields.reference);
    if (this.#orders.has(key)) throw new Error(`order ${key} is booked already`);
    const order: Order = {
      ...fields,
      shown: fields.shown ?? null,
      extras: { ...fields.extras },
      gatewayNumber: fields.gatewayNumber ?? newGatewayNumber(fields.gateway),
      tradeNumber: newTradeNumber(),
      createdAt: at,
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
    this.#byTradeNumber.set(keyOf(fields.gateway, order.tradeNumber), order);
    if (order.shown?.content) this.#shown.set(order.shown.content, order);
    this.#changed(order);
    return order;
  }

  /** Somebody opened a shown order on their phone; who pays in the end may be another. */
  scan(order: Order, wallet: Wallet, payer: string): void {
    requireState(order, ['waiting']);
    if (order.shown === null) throw new Error(`order ${order.reference} shows no code`);
    order.wallet = wallet;
    order.payer = payer;
    order.refusal = null;
    order.shown.scannedAt ??= this.#clock.wall();
    this.#changed(order);
  }

  /** A payer of a shown order didn't pay; it waits for the next one. */
  noteRefusal(order: Order, refusal: Refusal): void {
    requireState(order, ['waiting', 'error']);
    order.refusal = refusal;
    this.#changed(order);
  }

  charge(order: Order, at = this.#clock.wall()): void {
    requireState(order, ['waiting', 'error']);
    if (order.shown !== null) order.shown.scannedAt ??= at;
    order.state = 'paid';
    order.refusal = null;
    order.timesCharged += 1;
    order.paidAt = at;
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
    if (order.refunds.length > 0) throw new Error(`order ${order.reference} has a refund and can't be cancelled`);
    order.state = 'cancelled';
    order.endedAt = this.#clock.wall();
    this.#changed(order);
  }

  /** Takes a refund as applied for; `moveRefund` is what makes it go on. Throws where it is more than is left. */
  refund(order: Order, reference: string, amount: number, terminal: string, at = this.#clock.wall()): RefundEntry {
    requireState(order, ['paid', 'partlyRefunded']);
    if (!Number.isInteger(amount) || amount <= 0) throw new Error(`${amount} is no amount to refund`);
    if (amount > refundable(order)) throw new Error(`refund of ${amount} is more than is left of ${order.reference}`);
    const refund: RefundEntry = {
      reference, gatewayNumber: randomBytes(12).toString('hex'), amount, terminal, at,
      state: 'applied', phase: 'open', backAt: null, endedAt: null, steps: [{ state: 'applied', at }],
    };
    order.refunds.push(refund);
    this.#refundsByNumber.set(keyOf(order.gateway, refund.gatewayNumber), { order, refund });
    this.#changed(order);
    return refund;
  }

  /** The next state of an open refund; an ended one stays as it ended. */
  moveRefund(order: Order, refund: RefundEntry, state: RefundState, at = this.#clock.wall()): void {
    if (refund.phase !== 'open' || refund.state === state) return;
    refund.state = state;
    refund.phase = phaseOf(state);
    refund.steps.push({ state, at });
    if (state === 'organizationPayback' || state === 'closed') refund.backAt ??= at;
    // A bank can send money back that the wallet had paid out already.
    if (refund.phase === 'failed') refund.backAt = null;
    if (refund.phase !== 'open') refund.endedAt = at;
    if (refund.phase === 'done') {
      order.state = refunded(order) === order.amount ? 'refunded' : 'partlyRefunded';
      order.endedAt = at;
    }
    this.#changed(order);
  }

  books(): Books {
    const orders = [...this.#orders.values()].map((order) => structuredClone(order));
    return { orders, totals: totalsOf(orders), doubleRefunds: doubleRefundsOf(orders), strangers: this.#strangers() };
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
    const counts = { pay: 0, present: 0, query: 0, cancel: 0, refund: 0, queryRefund: 0 };
    this.#counts.set(key, counts);
    return counts;
  }

  #changed(order: Order): void {
    for (const listener of this.#listeners) listener(order);
  }
}

export function keyOf(gateway: GatewayId, reference: string): string {
  return `${gateway}/${reference}`;
}

function requireState(order: Order, allowed: readonly OrderState[]): void {
  if (!allowed.includes(order.state)) throw new Error(`order ${order.reference} is ${order.state}`);
}

/** Shouqianba: 16 digits. UMS: as its examples' seqId. Omipay: 24 characters as captured, where the document says 32. */
function newGatewayNumber(gateway: GatewayId): string {
  switch (gateway) {
    case 'shouqianba':
      return `789${randomDigits(13)}`;
    case 'ums':
      return `00${randomDigits(9)}N`;
    default:
      return randomBytes(12).toString('hex');
  }
}

function newTradeNumber(): string {
  return `42000${randomDigits(23)}`;
}

export function randomDigits(length: number): string {
  let digits = '';
  for (let index = 0; index < length; index += 1) digits += String(randomInt(10));
  return digits;
}
