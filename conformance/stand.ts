/** A gateway and its simulator across from each other: sales and refunds by the gateway's own two functions, nothing else. */
import { randomBytes } from 'node:crypto';
import type { AttemptFacts, Call, Direction, Gateway, Kept, Moment, Outcome, PresentCapability, ReferenceRule, RefundFacts, TokenAnswer } from '../core/gateways/gateway.ts';
import { numberBy } from '../core/payment/reference.ts';
import type { WireAnswer, WireRequest } from '../core/ports.ts';
import { manualClock, startSimulator } from '../simulator/index.ts';
import type { GatewayId, LoggedRequest, ManualClock, Order, Simulator } from '../simulator/index.ts';
import type { Variant } from './documents.ts';
import { Wire } from './wire.ts';

/** One question, what came back, and what the gateway made of it. */
export interface Exchange {
  readonly call: Call;
  /** As the gateway was told of it when it read the answer. */
  readonly facts: AttemptFacts;
  readonly request: WireRequest;
  /** Null where none came. */
  readonly answer: WireAnswer | null;
  readonly outcome: Outcome | null;
  /** The fault that the request met. */
  readonly fault: string | null;
  /** Why the simulator refused the request itself. */
  readonly refusedAs: string | null;
  /** Which transmission of this attempt or refund it was, of the calls that move money. */
  readonly transmission: number;
  /** What the simulator has booked when the answer is there. */
  readonly order: Order | null;
}

/** One sale at the stand; what answers taught is in `facts`. */
export interface Sale {
  facts: AttemptFacts;
  readonly openings: { count: number };
}

export const plain: Variant = { name: 'as the simulator hands it out', block: (block) => block };

export class Stand {
  readonly gateway: Gateway;
  readonly settings: unknown;
  readonly block: Readonly<Record<string, unknown>>;
  readonly simulator: Simulator;
  readonly clock: ManualClock;
  readonly #wire = new Wire();
  readonly #refundTransmissions = new Map<string, number>();
  #token: string | null = null;
  #logged: LoggedRequest | null = null;

  private constructor(gateway: Gateway, simulator: Simulator, clock: ManualClock, block: Readonly<Record<string, unknown>>) {
    this.gateway = gateway;
    this.simulator = simulator;
    this.clock = clock;
    this.block = block;
    this.settings = gateway.settings.parse(block);
    simulator.world.onRequest((request) => {
      if (request.call === 'token') return;
      this.#logged = request;
      this.#wire.met(request.fault);
    });
  }

  /** Null where the simulator has no such gateway. */
  static async open(gateway: Gateway, variant: Variant = plain): Promise<Stand> {
    const clock = manualClock();
    const simulator = await startSimulator({ clock });
    const given: Readonly<Record<string, unknown>> | undefined = blockOf(simulator, gateway.id);
    if (given === undefined) {
      await simulator.close();
      throw new Error(`the simulator has no side for ${gateway.id}: without an opponent nothing of it is proven`);
    }
    variant.prepare?.(simulator.world);
    return new Stand(gateway, simulator, clock, variant.block(given, simulator.world));
  }

  async close(): Promise<void> {
    this.#wire.close();
    await this.simulator.close();
  }

  get id(): GatewayId {
    return this.gateway.id as GatewayId;
  }

  /** Both ways in which this block of settings allows a sale. */
  get directions(): readonly Direction[] {
    const { cpm, mpm } = this.gateway.directions?.(this.settings) ?? this.gateway.capabilities;
    return [...(cpm ? ['scan' as const] : []), ...(mpm ? ['show' as const] : [])];
  }

  get rules(): { readonly order: ReferenceRule; readonly refund: ReferenceRule | null } {
    const { reference, refund } = this.gateway.capabilities;
    return this.gateway.references?.(this.settings) ?? { order: reference, refund: refund?.reference ?? null };
  }

  /** Where requests went so far. */
  get asked(): ReadonlySet<string> {
    return this.#wire.asked;
  }

  /** What the settings say of secrets. */
  get secrets(): readonly string[] {
    return this.gateway.secretKeys.map((key) => this.block[key]).filter((value): value is string => typeof value === 'string');
  }

  /** The access token in use; null where there is none. */
  get token(): string | null {
    return this.#token;
  }

  /** A new sale whose payer plays `script`. @param minor minor units of the block's currency */
  sale(direction: Direction, script: string, minor = 1234): Sale {
    const attemptRef = numberBy(this.rules.order, random);
    if (direction === 'show') this.simulator.world.playNextShown(script, { gateway: this.id, reference: attemptRef });
    const [name = '', parameter = '0'] = script.split(':');
    return {
      openings: { count: 0 },
      facts: {
        attemptRef, gatewayRef: null, amount: { minor, currency: this.gateway.currency(this.settings) }, direction,
        code: direction === 'scan' ? this.simulator.world.code(name, Number(parameter)) : null,
        showFor: null, presentSeconds: direction === 'show' ? 240 : null, kept: {}, refund: null, subject: '街角小店', operator: '01', terminalId: 'T01',
      },
    };
  }

  /** A refund of the sale; the same object is one refund, however often it is sent. */
  refundOf(sale: Sale, minor: number, earlier = 0): RefundFacts {
    const { refund } = this.rules;
    if (refund === null) throw new Error('this gateway gives nothing back');
    const { currency } = sale.facts.amount;
    return { refundRef: numberBy(refund, random), gatewayRefundRef: null, amount: { minor, currency }, earlier: { minor: earlier, currency }, kept: {}, reason: '顾客退货' };
  }

  /** What holds for asking about and undoing this sale. */
  traits(sale: Sale): Pick<PresentCapability, 'queryBy' | 'reverse'> {
    const { capabilities } = this.gateway;
    return sale.facts.direction === 'scan' ? capabilities : (capabilities.present ?? { queryBy: 'attemptRef', reverse: null });
  }

  canQuery(sale: Sale): boolean {
    return this.traits(sale).queryBy === 'attemptRef' || sale.facts.gatewayRef !== null;
  }

  canQueryRefund(sale: Sale): boolean {
    const by = this.gateway.capabilities.refund?.queryBy ?? null;
    return by === 'refundRef' || (by === 'gatewayRefundRef' && (sale.facts.refund?.gatewayRefundRef ?? null) !== null);
  }

  async moment(): Promise<Moment> {
    if (this.gateway.token !== null) this.#token ??= await this.newToken();
    return { now: this.clock.wall(), nonce: randomBytes(16).toString('hex'), token: this.#token };
  }

  async newToken(): Promise<string> {
    const { answer } = await this.askToken(this.settings);
    if (answer?.kind !== 'token') throw new Error(`no token: ${JSON.stringify(answer)}`);
    this.#token = answer.token;
    return answer.token;
  }

  async askToken(settings: unknown): Promise<{ readonly request: WireRequest; readonly wire: WireAnswer | null; readonly answer: TokenAnswer | null }> {
    const rule = this.gateway.token;
    if (rule === null) throw new Error('this gateway has no token');
    const request = rule.build(settings);
    const wire = await this.#wire.send(request);
    return { request, wire, answer: wire === null ? null : rule.read(wire) };
  }

  /** What the call tells a gateway: the code with a payment alone, and no refund where none is meant. */
  private told(call: Call, facts: AttemptFacts): AttemptFacts {
    const isOfRefund = call === 'refund' || call === 'queryRefund';
    return { ...facts, code: call === 'pay' ? facts.code : null, refund: isOfRefund ? facts.refund : null };
  }

  async build(call: Call, sale: Sale): Promise<WireRequest> {
    return this.gateway.build(call, this.told(call, sale.facts), this.settings, await this.moment());
  }

  read(call: Call, facts: AttemptFacts, answer: WireAnswer): Outcome {
    return this.gateway.read(call, facts, answer, this.settings);
  }

  /** Sends anything, as itself. */
  send(request: WireRequest): Promise<WireAnswer | null> {
    return this.#wire.send(request);
  }

  /** Asks once, and keeps what the answer taught. */
  async ask(call: Call, sale: Sale): Promise<Exchange> {
    const facts = this.told(call, sale.facts);
    const request = await this.build(call, sale);
    this.#logged = null;
    const answer = await this.#wire.send(request);
    const outcome = answer === null ? null : this.read(call, facts, answer);
    if (outcome !== null) sale.facts = learnt(sale.facts, outcome);
    const logged = this.#logged as LoggedRequest | null;
    return {
      call, facts, request, answer, outcome, fault: logged?.fault ?? null, refusedAs: logged?.refusedAs ?? (logged === null ? 'it reached no call of the simulator' : null),
      transmission: this.#count(call, sale), order: this.simulator.world.order(facts.attemptRef, this.id),
    };
  }

  #count(call: Call, sale: Sale): number {
    const { refund } = sale.facts;
    if (call === 'pay' || call === 'present') return (sale.openings.count += 1);
    if (call !== 'refund' || refund === null) return 1;
    const count = (this.#refundTransmissions.get(refund.refundRef) ?? 0) + 1;
    this.#refundTransmissions.set(refund.refundRef, count);
    return count;
  }
}

/** The block of settings that the simulator hands out for a gateway; undefined where it plays none of that name. */
export function blockOf(simulator: Simulator, id: string): Readonly<Record<string, unknown>> | undefined {
  const blocks: Readonly<Record<string, unknown>> = { ...simulator.gateways };
  const block = Object.hasOwn(blocks, id) ? blocks[id] : undefined;
  return typeof block === 'object' && block !== null ? { ...block } : undefined;
}

export const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };

/** The facts with what an outcome taught, as the engine keeps it. */
export function learnt(facts: AttemptFacts, outcome: Outcome): AttemptFacts {
  switch (outcome.kind) {
    case 'notFound':
    case 'refundDeclined':
      return facts;
    case 'refunded':
    case 'refundPending': {
      const { refund } = facts;
      return refund === null ? facts : { ...facts, refund: { ...refund, gatewayRefundRef: outcome.refund.gatewayRefundRef ?? refund.gatewayRefundRef, kept: laidOver(refund.kept, outcome.refund.kept) } };
    }
    default: {
      const { order } = outcome;
      return order === null ? facts : { ...facts, gatewayRef: order.gatewayRef ?? facts.gatewayRef, kept: laidOver(facts.kept, order.kept) };
    }
  }
}

function laidOver(before: Kept, now: Kept | undefined): Kept {
  return { ...before, ...now };
}
