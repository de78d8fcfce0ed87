/** What the server asks of a simulated gateway, and what all of them share: reading a request and opening an order. */
import { randomBytes } from 'node:crypto';
import { playBehaviour } from '../behaviour.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Clock } from '../clock.ts';
import { payerOf } from '../codes.ts';
import type { CodeBook } from '../codes.ts';
import type { Courier } from '../courier.ts';
import type { Alteration, Saying } from '../fault.ts';
import type { Ledger, NewOrder } from '../ledger.ts';
import { keyOf } from '../ledger.ts';
import type { CallName, GatewayId, Json, Order, RefundEntry, Wallet } from '../model.ts';
import { playRefund } from '../refund-course.ts';
import type { RefundCourse } from '../refund-course.ts';
import type { Rules } from '../rules.ts';
import { digitsMeantBy, scriptOf } from '../scripts.ts';

export interface IncomingRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A request as the gateway understood it. Nothing has happened yet: `answer` is what makes it happen. */
export interface ReadRequest {
  readonly reference: string | null;
  /** The payment code in the request, or the one of the order that it names. */
  readonly code: string | null;
  /** In minor units: of the order that it names, or of the one that it asks for. */
  readonly amount: number | null;
  /** Whether the gateway has booked this number, of the order or of the refund, already. */
  readonly repeat: boolean;
  readonly body: Readonly<Record<string, unknown>> | null;
  /** The error code, where the request itself is refused. */
  readonly refusedAs: string | null;
  /** Processes the request. Each call is one delivery of it. */
  answer(): Json;
  /** What the gateway would say without looking. */
  say(what: Saying): Json;
}

/** A page for the payer's browser, where a gateway has one. */
export interface PageAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface GatewaySide {
  readonly id: GatewayId;
  /** The call behind a path; a method that `methods` lacks is refused with 405. */
  callOf(path: string, method: string): CallName | null;
  readonly methods: readonly string[];
  read(call: CallName, request: IncomingRequest): ReadRequest;
  alter(how: Alteration, answer: Json): Json;
  /** The HTTP status that goes with an answer; 200 where a side has no other. */
  statusOf?(answer: Json): number;
  /** A hosted page under the gateway's address: no call, no fault, not in the log. */
  page?(request: IncomingRequest): PageAnswer | null;
  /** A control call of this gateway alone, `POST /simulator/<gateway>/<name>`; null where it has none of that name. */
  control?(name: string, body: unknown): { readonly status: number; readonly json: Json } | null;
}

/** A new order without what follows from whoever pays it. */
export interface NewShown extends Omit<NewOrder, 'wallet' | 'payer' | 'code' | 'shown'> {
  /** What the QR code holds; null where the payer gets there another way. */
  readonly content: string | null;
  readonly wallets: readonly [Wallet, ...Wallet[]];
  /** After so long it closes by itself; null: never. */
  readonly livesSeconds: number | null;
}

/** What a shown QR code holds: a new address that leads nowhere (RFC 2606), so that a real phone that scans it in training opens nothing. */
export function shownContent(gateway: GatewayId): string {
  return `https://qr.simulator.invalid/${gateway}/${randomBytes(8).toString('hex')}`;
}

/** The part of the world that gateways work on. */
export class Counter {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly codes: CodeBook;
  readonly rules: Rules;
  readonly courier: Courier;
  /** The scripted code that each shown order plays, from its first request on. */
  readonly #plays = new Map<string, string>();
  readonly #prepared = new Set<string>();
  readonly #refundsPrepared = new Set<string>();

  constructor(clock: Clock, ledger: Ledger, codes: CodeBook, rules: Rules, courier: Courier) {
    this.clock = clock;
    this.ledger = ledger;
    this.codes = codes;
    this.rules = rules;
    this.courier = courier;
  }

  /** Sets the stage for a new order: the faults of its code's script, once per order, before its first fault is looked up. */
  prepare(gateway: GatewayId, reference: string, code: string): void {
    const key = keyOf(gateway, reference);
    if (this.#prepared.has(key)) return;
    this.#prepared.add(key);
    for (const rule of this.codes.read(code, gateway, reference, null).rules) this.rules.add('script', rule);
  }

  /** The same for a shown order, whose script no code names but a rule that was set beforehand. */
  prepareShown(gateway: GatewayId, reference: string, amount: number | null): void {
    const key = keyOf(gateway, reference);
    if (this.#prepared.has(key)) return;
    this.#prepared.add(key);
    const play = this.rules.takePlay({ gateway, call: 'present', code: null, reference, amount, repeat: false });
    const digits = play === null ? null : digitsMeantBy(play);
    if (digits === null) return;
    this.#plays.set(key, digits);
    for (const rule of scriptOf(digits)?.rules(gateway, reference, 'present') ?? []) this.rules.add('script', rule);
  }

  /** Books a new order that waits for whoever scans it and makes its answer; only then a scripted payer begins, who can't scan what nobody has answered. */
  show(fields: NewShown, answer: (order: Order) => Json): Json {
    const { content, wallets, livesSeconds, ...rest } = fields;
    const { gateway, reference, amount } = rest;
    const code = this.#plays.get(keyOf(gateway, reference)) ?? '';
    const script = scriptOf(code);
    const wallet = wallets.find((name) => name === script?.wallet) ?? wallets[0];
    const payer = this.rules.takePayer({ gateway, call: 'present', code, reference, amount, repeat: false }) ?? script?.payer ?? [];
    const expiresAt = livesSeconds === null ? null : this.clock.wall() + livesSeconds * 1000;
    const order = this.ledger.open({ ...rest, code, wallet, payer: payerOf(wallet, 'script'), shown: { content, wallets, expiresAt, scannedAt: null } });
    if (livesSeconds !== null) this.clock.after(livesSeconds * 1000, () => this.#expire(order));
    const said = answer(order);
    playBehaviour(payer, order, this.ledger, this.clock);
    return said;
  }

  #expire(order: Order): void {
    if (order.state === 'waiting') this.ledger.refuse(order, 'timedOut');
  }

  /** Books a new order and lets its payer begin. `forced` is how the payer behaves where the gateway knows better. */
  open(fields: Omit<NewOrder, 'wallet' | 'payer' | 'shown'>, forced: Behaviour | null): Order {
    const { gateway, reference, code, amount } = fields;
    const ruled = this.rules.takePayer({ gateway, call: 'pay', code, reference, amount, repeat: false });
    const reading = this.codes.read(code, gateway, reference, forced ?? ruled);
    const order = this.ledger.open({ ...fields, wallet: reading.wallet, payer: reading.payer });
    playBehaviour(reading.behaviour, order, this.ledger, this.clock);
    if (order.state !== 'refused') this.codes.use(code);
    return order;
  }

  /** Sets the stage for an order's refunds: the faults that its code's script keeps for them, once per order, with the first refund request. */
  prepareRefunds(order: Order): void {
    const key = keyOf(order.gateway, order.reference);
    if (this.#refundsPrepared.has(key)) return;
    this.#refundsPrepared.add(key);
    for (const rule of this.codes.refundRules(order.code, order.gateway, order.reference)) this.rules.add('script', rule);
  }

  /** Books a new refund and lets it go its way: a rule's, its code's, or the gateway's habit. */
  refund(order: Order, reference: string, amount: number, terminal: string, habit: RefundCourse): RefundEntry {
    const { gateway, code } = order;
    const ruled = this.rules.takeRefundCourse({ gateway, call: 'refund', code, reference: order.reference, amount: order.amount, repeat: order.refunds.some((entry) => entry.reference === reference) });
    const refund = this.ledger.refund(order, reference, amount, terminal);
    playRefund(ruled ?? this.codes.refundCourse(code, gateway) ?? habit, order, refund, this.ledger, this.clock);
    return refund;
  }
}
