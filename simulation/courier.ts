/** What gateways tell the shop by themselves: in time, late, twice, unsigned, or untrue (ERRATA: a notice is only a reason to ask). */
import type { NotificationReply } from '../core/gateways/gateway.ts';
import type { VirtualTime } from './clock.ts';
import type { Order } from './gateways/books.ts';
import type { GatewayServer } from './network.ts';
import type { Profile } from './profile.ts';
import type { SeededRandom } from './random.ts';

/** A notice on the wire. */
export interface Notice {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
  readonly body: Uint8Array;
}

/** What a notice says; the order's own numbers where it names no others. */
export interface NoticeSays {
  readonly paid: boolean;
  readonly isSigned: boolean;
  readonly isGarbage: boolean;
  readonly reference: string | null;
  readonly number: string | null;
}

const truth: NoticeSays = { paid: true, isSigned: true, isGarbage: false, reference: null, number: null };

export class Courier {
  profile: Profile['gateway'];
  /** How many notices were delayed, untrue or not theirs. */
  faults = 0;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #servers: readonly GatewayServer[];
  readonly #deliver: (gateway: string, request: Notice) => NotificationReply | null;

  /** `deliver` hands a notice to the till that runs; null where none does. */
  constructor(time: VirtualTime, random: SeededRandom, profile: Profile['gateway'], servers: readonly GatewayServer[], deliver: (gateway: string, request: Notice) => NotificationReply | null) {
    this.#time = time;
    this.#random = random;
    this.profile = profile;
    this.#servers = servers;
    this.#deliver = deliver;
    for (const server of servers) server.books.changed = (order) => this.#changed(server, order);
  }

  /** Somebody tells the till something untrue about an order: of this gateway, in its form, signed or not. */
  lie(): boolean {
    const server = this.#random.pick(this.#servers as [GatewayServer, ...GatewayServer[]]);
    const orders = [...server.books.orders.values()].slice(-20);
    const [order, other] = [this.#oneOf(orders), this.#oneOf(orders)];
    if (order === undefined || other === undefined) return false;
    this.faults += 1;
    const kinds: readonly Partial<NoticeSays>[] = [{}, { isSigned: false }, { isGarbage: true }, { number: other.number }, { number: `7${this.#random.digits(15)}` }, { reference: other.reference }, { paid: false }];
    this.#send(server, server.notice(order, { ...truth, ...this.#random.pick(kinds as [Partial<NoticeSays>, ...Partial<NoticeSays>[]]) }), 1);
    return true;
  }

  #changed(server: GatewayServer, order: Order): void {
    const random = this.#random;
    if (order.isForeign || (order.state !== 'paid' && order.state !== 'notPaid' && order.state !== 'undone') || !random.chance(this.profile.notices)) return;
    const isLate = random.chance(0.1);
    if (isLate) this.faults += 1;
    // An unsigned or forged copy of a true notice may come before it.
    const says = random.chance(0.05) ? { ...truth, isSigned: false } : truth;
    const notice = server.notice(order, { ...says, paid: order.state === 'paid' });
    this.#time.after(isLate ? random.between(60, 7200) * 1000 : random.between(50, 4000), () => this.#send(server, notice, 3));
    // What was heard once is heard again, hours later too.
    if (random.chance(0.1)) this.#time.after(random.between(1, 7200) * 1000, () => this.#send(server, notice, 1));
  }

  #send(server: GatewayServer, notice: Notice | null, tries: number): void {
    if (notice === null) return;
    const reply = this.#deliver(server.id, notice);
    if (reply?.status === 200 || tries <= 1) return;
    this.#time.after(this.#random.between(1, 60) * 1000, () => this.#send(server, notice, tries - 1));
  }

  #oneOf(orders: readonly Order[]): Order | undefined {
    return orders[this.#random.between(0, Math.max(0, orders.length - 1))];
  }
}
