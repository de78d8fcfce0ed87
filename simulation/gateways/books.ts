/** A gateway's books: its orders, and where the money of each is. Written for the simulated gateways, read by the auditor. */
import type { VirtualTime } from '../clock.ts';
import type { Profile } from '../profile.ts';
import type { SeededRandom } from '../random.ts';
import type { Payer } from './payers.ts';

export type OrderState = 'created' | 'paid' | 'notPaid' | 'unsure' | 'undoing' | 'undone';

/** Money on its way back to a payer, or given back. */
export interface BookedRefund {
  readonly order: Order;
  /** The shop's number of it. */
  readonly reference: string;
  /** The gateway's own. */
  readonly number: string;
  readonly amountMinor: number;
  /** `portal`: somebody of the shop did it in the gateway's back office, and no till knows of it. */
  readonly by: 'till' | 'portal';
  state: 'pending' | 'done' | 'failed';
  changedAt: number;
}

export interface Order {
  readonly gateway: string;
  /** The shop's number of it. */
  readonly reference: string;
  /** The gateway's own. */
  readonly number: string;
  readonly amountMinor: number;
  /** Of a shown code `nobody`, until somebody opens it. */
  payer: Payer;
  /** The code that was charged, or the one that was made to be shown. */
  readonly code: string;
  readonly direction: 'scan' | 'show';
  /** Another till's of the same shop: this one's journal doesn't know it. */
  readonly isForeign: boolean;
  readonly createdAt: number;
  /** Queries and reversals don't find it earlier. */
  readonly visibleFrom: number;
  state: OrderState;
  /** True while the payer's money is with the shop, whatever of it was refunded since. */
  isCharged: boolean;
  changedAt: number;
  /** True once the shop can ask for it: a word that is taken back where nobody can ask is found by no till. */
  canBeAsked: boolean;
  /** How often a reversal still goes wrong. */
  reversalTroubles: number;
  readonly refunds: BookedRefund[];
  /** Kept up to date for the auditor: every movement of money. */
  readonly movements: { readonly at: number; readonly kind: 'charged' | 'returned' }[];
}

/** Who has opened a shown code that nobody has opened yet. */
export const nobody: Payer = { id: 'nobody', wallet: 'wechat', balanceAtFirst: 0, balanceMinor: 0 };

/** What the one who opened a shown code does on the phone. */
export type PhoneAct = 'pays' | 'cancels';

export class Books {
  readonly orders = new Map<string, Order>();
  /** Orders of shown codes, by what the customer scans. */
  readonly byShownCode = new Map<string, Order>();
  readonly byNumber = new Map<string, Order>();
  readonly refundsByNumber = new Map<string, BookedRefund>();
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly gateway: string;
  profile: Profile['gateway'];
  /** Hears of every order that changed: gateways tell shops of it by themselves. */
  changed: (order: Order) => void = () => undefined;
  /** False where a payer who cancels leaves the code payable. */
  readonly cancelsEnd: boolean;

  readonly #askedByReference: boolean;
  #isHurried = false;

  constructor(gateway: string, askedByReference: boolean, time: VirtualTime, random: SeededRandom, profile: Profile['gateway'], cancelsEnd = true) {
    this.gateway = gateway;
    this.cancelsEnd = cancelsEnd;
    this.#askedByReference = askedByReference;
    this.time = time;
    this.random = random;
    this.profile = profile;
  }

  /** An order whose code is to be shown; it closes by itself once its time is over. */
  openShown(reference: string, amountMinor: number, code: string, numberDigits: number, livesMilliseconds: number): Order {
    const order = this.open(reference, amountMinor, nobody, code, numberDigits, false, 'show');
    this.byShownCode.set(code, order);
    if (Number.isFinite(livesMilliseconds)) this.time.after(livesMilliseconds, () => order.state === 'created' && this.become(order, 'notPaid'));
    return order;
  }

  /** Somebody's phone opens a shown code, and does something about it a moment later. False where it can't be opened any more. */
  openOnPhone(order: Order, payer: Payer, does: PhoneAct, milliseconds: number): boolean {
    if (order.state !== 'created' || (order.payer !== nobody && order.payer !== payer)) return false;
    order.payer = payer;
    this.time.after(milliseconds, () => {
      if (order.state !== 'created') return;
      if (does === 'cancels') {
        if (this.cancelsEnd) this.#close(order);
      } else if (this.random.chance(this.profile.unsure)) this.becomeUnsure(order);
      // A balance that is too small leaves the code open.
      else if (this.charge(order)) this.become(order, 'paid');
    });
    return true;
  }

  /** "We don't know about the wallet": the gateway sorts it out by itself, some minutes later. */
  becomeUnsure(order: Order): void {
    if (this.random.chance(0.5)) this.charge(order);
    this.become(order, 'unsure');
    this.time.after(this.random.between(5000, 240_000), () => {
      if (order.state !== 'unsure') return;
      if (order.isCharged && this.random.chance(0.3)) return this.become(order, 'paid');
      this.giveBack(order);
      this.become(order, 'notPaid');
    });
  }

  open(reference: string, amountMinor: number, payer: Payer, code: string, numberDigits: number, isForeign = false, direction: Order['direction'] = 'scan'): Order {
    const { time, random, profile } = this;
    const invisible = random.chance(profile.invisible) ? random.between(500, random.chance(0.2) ? 120_000 : 12_000) : 0;
    const order: Order = {
      gateway: this.gateway,
      reference,
      number: `7${random.digits(numberDigits - 1)}`,
      amountMinor,
      payer,
      code,
      direction,
      isForeign,
      createdAt: time.now,
      visibleFrom: time.now + invisible,
      state: 'created',
      isCharged: false,
      changedAt: time.now,
      canBeAsked: this.#askedByReference,
      reversalTroubles: random.chance(profile.reversalTrouble) ? random.pick([1, 1, 2, 3, 5, 6, 99]) : 0,
      refunds: [],
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
    this.changed(order);
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

  // ---- refunds

  /** What of the payer's money is with the shop, refunds under way counted as there. */
  keptMinor(order: Order): number {
    return order.isCharged ? order.amountMinor - refundedMinor(order, ['done']) : 0;
  }

  /** What can still be given back. */
  leftMinor(order: Order): number {
    return order.state === 'paid' ? order.amountMinor - refundedMinor(order, ['done', 'pending']) : 0;
  }

  /** Books a refund as under way. */
  beginRefund(order: Order, reference: string, amountMinor: number, by: BookedRefund['by'] = 'till'): BookedRefund {
    const refund: BookedRefund = { order, reference, number: `F${this.random.digits(19)}`, amountMinor, by, state: 'pending', changedAt: this.time.now };
    order.refunds.push(refund);
    this.refundsByNumber.set(refund.number, refund);
    if (this.#isHurried) this.#endSoon(refund);
    return refund;
  }

  /** The money is back with the payer, or never will be by this refund. */
  endRefund(refund: BookedRefund, how: 'done' | 'failed'): void {
    if (refund.state !== 'pending') return;
    refund.state = how;
    refund.changedAt = this.time.now;
    if (how === 'failed') return;
    refund.order.payer.balanceMinor += refund.amountMinor;
    refund.order.movements.push({ at: this.time.now, kind: 'returned' });
  }

  /** Closing time: what is under way ends within minutes. */
  hurry(): void {
    this.#isHurried = true;
    for (const refund of this.refundsByNumber.values()) if (refund.state === 'pending') this.#endSoon(refund);
  }

  #endSoon(refund: BookedRefund): void {
    this.time.after(this.random.between(1000, 300_000), () => this.endRefund(refund, 'done'));
  }

  /** Somebody gives money back in the gateway's portal, beside every till. */
  refundInPortal(): boolean {
    const paid = [...this.orders.values()].filter((order) => order.canBeAsked && this.leftMinor(order) > 0 && this.time.now - order.changedAt > 60_000);
    if (paid.length === 0) return false;
    const order = this.random.pick(paid as [Order, ...Order[]]);
    const left = this.leftMinor(order);
    this.endRefund(this.beginRefund(order, `P${this.random.digits(19)}`, this.random.chance(0.5) ? left : this.random.between(1, left), 'portal'), 'done');
    return true;
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

/** What refunds in one of these states come to. */
export function refundedMinor(order: Order, states: readonly BookedRefund['state'][]): number {
  return order.refunds.reduce((sum, refund) => sum + (states.includes(refund.state) ? refund.amountMinor : 0), 0);
}
