/** What the server asks of a simulated gateway, and what all of them share: reading a request and opening an order. */
import { playBehaviour } from '../behaviour.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Clock } from '../clock.ts';
import type { CodeBook } from '../codes.ts';
import type { Alteration, Saying } from '../fault.ts';
import type { Ledger, NewOrder } from '../ledger.ts';
import { keyOf } from '../ledger.ts';
import type { CallName, GatewayId, JsonObject, Order, RefundEntry } from '../model.ts';
import { playRefund } from '../refund-course.ts';
import type { RefundCourse } from '../refund-course.ts';
import type { Rules } from '../rules.ts';

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
  /** Whether the gateway has booked this number, of the order or of the refund, already. */
  readonly repeat: boolean;
  readonly body: Readonly<Record<string, unknown>> | null;
  /** The error code, where the request itself is refused. */
  readonly refusedAs: string | null;
  /** Processes the request. Each call is one delivery of it. */
  answer(): JsonObject;
  /** What the gateway would say without looking. */
  say(what: Saying): JsonObject;
}

export interface GatewaySide {
  readonly id: GatewayId;
  callOf(path: string): CallName | null;
  methods: readonly string[];
  read(call: CallName, request: IncomingRequest): ReadRequest;
  alter(how: Alteration, answer: JsonObject): JsonObject;
}

/** The part of the world that gateways work on. */
export class Counter {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly codes: CodeBook;
  readonly rules: Rules;
  readonly #prepared = new Set<string>();
  readonly #refundsPrepared = new Set<string>();

  constructor(clock: Clock, ledger: Ledger, codes: CodeBook, rules: Rules) {
    this.clock = clock;
    this.ledger = ledger;
    this.codes = codes;
    this.rules = rules;
  }

  /** Sets the stage for a new order: the faults of its code's script, once per order, before its first fault is looked up. */
  prepare(gateway: GatewayId, reference: string, code: string): void {
    const key = keyOf(gateway, reference);
    if (this.#prepared.has(key)) return;
    this.#prepared.add(key);
    for (const rule of this.codes.read(code, gateway, reference, null).rules) this.rules.add('script', rule);
  }

  /** Books a new order and lets its payer begin. `forced` is how the payer behaves where the gateway knows better. */
  open(fields: Omit<NewOrder, 'wallet' | 'payer'>, forced: Behaviour | null): Order {
    const { gateway, reference, code } = fields;
    const ruled = this.rules.takePayer({ gateway, call: 'pay', code, reference, repeat: false });
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
    const ruled = this.rules.takeRefundCourse({ gateway, call: 'refund', code, reference: order.reference, repeat: order.refunds.some((entry) => entry.reference === reference) });
    const refund = this.ledger.refund(order, reference, amount, terminal);
    playRefund(ruled ?? this.codes.refundCourse(code, gateway) ?? habit, order, refund, this.ledger, this.clock);
    return refund;
  }
}
