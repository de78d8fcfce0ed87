/** A gateway's books: its orders, and where the money of each is. Written for the simulated gateways, read by the auditor. */
import type { VirtualTime } from '../clock.ts';
import type { Profile } from '../profile.ts';
import type { SeededRandom } from '../random.ts';
import type { Payer } from './payers.ts';

export type OrderState = 'created' | 'paid' | 'notPaid' | 'unsure' | 'undoing' | 'undone';

export interface Order {
  readonly gateway: string;
  /** The shop's number of it. */
  readonly reference: string;
  /** The gateway's own. */
  readonly number: string;
  readonly amountMinor: number;
  readonly payer: Payer;
  /** The code that was charged. */
  readonly code: string;
  readonly createdAt: number;
  /** Queries and reversals don't find it earlier. */
  readonly visibleFrom: number;
  state: OrderState;
  /** True while the payer's money is with the shop. */
  isCharged: boolean;
  changedAt: number;
  /** True once the shop can ask for it: a word that is taken back where nobody can ask is found by no till. */
  canBeAsked: boolean;
  /** How often a reversal still goes wrong. */
  reversalTroubles: number;
  /** Kept up to date for the auditor: every movement of money. */
  readonly movements: { readonly at: number; readonly kind: 'charged' | 'returned' }[];
}

export class Books {
  readonly orders = new Map<string, Order>();
  readonly byNumber = new Map<string, Order>();
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly gateway: string;
  profile: Profile['gateway'];

  readonly #askedByReference: boolean;

  constructor(gateway: string, askedByReference: boolean, time: VirtualTime, random: SeededRandom, profile: Profile['gateway']) {
    this.gateway = gateway;
    this.#askedByReference = askedByReference;
    this.time = time;
    this.random = random;
    this.profile = profile;
  }

  open(reference: string, amountMinor: number, payer: Payer, code: string, numberDigits: number): Order {
    const { time, random, profile } = this;
    const invisible = random.chance(profile.invisible) ? random.between(500, random.chance(0.2) ? 120_000 : 12_000) : 0;
    const order: Order = {
      gateway: this.gateway,
      reference,
      number: `7${random.digits(numberDigits - 1)}`,
      amountMinor,
      payer,
      code,
      createdAt: time.now,
      visibleFrom: time.now + invisible,
      state: 'created',
      isCharged: false,
      changedAt: time.now,
      canBeAsked: this.#askedByReference,
      reversalTroubles: random.chance(profile.reversalTrouble) ? random.pick([1, 1, 2, 3, 5, 6, 99]) : 0,
      movements: [],
    };
    this.orders.set(reference, order);
    this.byNumber.set(order.number, order);
    return order;
  }

  /** The order as a query finds it. */
  visible(reference: string): Order | null {
    const order = this.orders.get(reference);
    return order !== undefined && order.visibleFrom <= this.time.now ? order : null;
  }

  become(order: Order, state: OrderState): void {
    order.state = state;
    order.changedAt = this.time.now;
  }

  /** Moves the payer's money to the shop; false where there isn't enough. */
  charge(order: Order): boolean {
    if (order.isCharged) return true;
    if (order.payer.balanceMinor < order.amountMinor) return false;
    order.payer.balanceMinor -= order.amountMinor;
    order.isCharged = true;
    order.movements.push({ at: this.time.now, kind: 'charged' });
    return true;
  }

  giveBack(order: Order): void {
    if (!order.isCharged) return;
    order.payer.balanceMinor += order.amountMinor;
    order.isCharged = false;
    order.movements.push({ at: this.time.now, kind: 'returned' });
  }

  pay(order: Order): void {
    this.become(order, this.charge(order) ? 'paid' : 'notPaid');
  }

  undo(order: Order): void {
    this.giveBack(order);
    this.become(order, 'undone');
  }

  /** What the payer does about the password that the phone asks for; the order may be over by then. */
  askPayer(order: Order): void {
    const { time, random } = this;
    const does = random.weighted({ paysSoon: 6, paysLate: 2, paysLastSecond: 1.5, cancels: 1, ignores: 1.5 });
    const seconds = { paysSoon: random.between(1, 12), paysLate: random.between(12, 42), paysLastSecond: random.between(43, 50), cancels: random.between(2, 30), ignores: 0 }[does];
    const still = (): boolean => order.state === 'created';
    if (does !== 'ignores') {
      time.after(seconds * 1000 + random.between(0, 999), () => {
        if (!still()) return;
        if (does === 'cancels') this.#close(order);
        else this.pay(order);
      });
    }
    // Some wallets close an order that nobody confirms, others leave it open.
    if (random.chance(0.7)) time.after(random.between(40, 70) * 1000, () => still() && this.#close(order));
  }

  #close(order: Order): void {
    this.become(order, 'notPaid');
    if (order.canBeAsked && this.random.chance(this.profile.takesBackItsWord)) this.takeBackWord(order);
  }

  /** Says one thing and does another, minutes later at most: what a sentinel is for. */
  takeBackWord(order: Order): void {
    this.time.after(this.random.between(2, 300) * 1000, () => {
      if (order.state === 'notPaid' || order.state === 'undone') this.pay(order);
    });
  }
}
