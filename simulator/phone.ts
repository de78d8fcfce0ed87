/** The payer's phone: whose code is on its screen, how its owner behaves, what its network does, and what it shows. */
import { z } from 'zod';
import { declineToPay, playBehaviour } from './behaviour.ts';
import type { Behaviour } from './behaviour.ts';
import type { Clock } from './clock.ts';
import { payerOf } from './codes.ts';
import type { CodeBook } from './codes.ts';
import { keyOf } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { wallets } from './model.ts';
import type { Order, Wallet } from './model.ts';
import type { PhoneState } from './phone/state.ts';
import type { Rules } from './rules.ts';
import { returnedToWallet } from './sums.ts';

const manners = ['atOnce', 'password', 'notEnough', 'ignores', 'cancels', 'late', 'paysAll'] as const;
export type Manner = (typeof manners)[number];
const troubles = ['loseOne', 'late', 'status500', 'none'] as const;
export type Trouble = (typeof troubles)[number];

/** Long enough for a cashier to give up in between, so that both codes of one sale are open to him. */
const payAllSeconds = 10;

const behaviours: Readonly<Record<Manner, Behaviour>> = {
  atOnce: [{ after: 0, does: 'pays' }],
  password: [{ after: 8, does: 'pays' }],
  notEnough: [{ after: 0, does: 'insufficient' }],
  ignores: [],
  cancels: [{ after: 3, does: 'payerCancelled' }],
  late: [{ after: 50, does: 'pays' }],
  paysAll: [{ after: payAllSeconds, does: 'pays' }],
};

export const deedSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('wallet'), wallet: z.enum(wallets) }),
  z.strictObject({ do: z.literal('renew') }),
  z.strictObject({ do: z.literal('pay'), order: z.string() }),
  z.strictObject({ do: z.literal('cancel'), order: z.string() }),
  z.strictObject({ do: z.literal('scan'), order: z.string() }),
  z.strictObject({ do: z.literal('behave'), manner: z.enum(manners) }),
  z.strictObject({ do: z.literal('network'), trouble: z.enum(troubles), on: z.boolean() }),
]);
export type Deed = z.infer<typeof deedSchema>;

/** As many as the page has buttons for. */
const mostShown = 4;
const codeShownMilliseconds = 60_000;
const startBalance = 20_000;
/** The picture's behaviour: the page is for playing the wait, so a payer who types a password comes first. */
const firstManner: Manner = 'password';

export class Phone {
  readonly #clock: Clock;
  readonly #ledger: Ledger;
  readonly #codes: CodeBook;
  readonly #rules: Rules;
  readonly #balances: Record<Wallet, number> = { wechat: startBalance, alipay: startBalance, unionpay: startBalance };
  readonly #taken = new Map<string, number>();
  /** What this phone was charged for, or has scanned and not put away. */
  #orders: Order[] = [];
  /** How to make its owner forget a shown order again. */
  readonly #plans = new Map<Order, () => void>();
  readonly #listeners = new Set<() => void>();
  readonly #troubles = new Set<Trouble>();
  #wallet: Wallet = 'wechat';
  #manner: Manner = firstManner;
  #code: string | null = null;
  #codeSince = 0;
  #cancelRenewal: () => void = () => undefined;

  constructor(clock: Clock, ledger: Ledger, codes: CodeBook, rules: Rules) {
    this.#clock = clock;
    this.#ledger = ledger;
    this.#codes = codes;
    this.#rules = rules;
    ledger.onChange((order) => this.#noteOrder(order));
  }

  behaviour(): Behaviour {
    return behaviours[this.#manner];
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The digits on the screen now; drawn anew when they are a minute old or used up. */
  code(): string {
    const stale = this.#clock.monotonic() - this.#codeSince >= codeShownMilliseconds;
    if (this.#code === null || stale || this.#codes.isUsed(this.#code)) this.#drawCode();
    return this.#code ?? '';
  }

  state(): PhoneState {
    const code = this.code();
    const waiting = this.#newest((order) => order.state === 'waiting');
    const last = waiting === null ? this.#newest(() => true) : null;
    return {
      wallet: this.#wallet,
      code,
      renewsInMilliseconds: Math.max(0, codeShownMilliseconds - (this.#clock.monotonic() - this.#codeSince)),
      balance: this.#balances[this.#wallet],
      manner: this.#manner,
      troubles: [...this.#troubles],
      charge: waiting === null ? null : describeOrder(waiting),
      last: last === null ? null : describeOrder(last),
      shown: this.#shownElsewhere().map(describeOrder),
    };
  }

  act(deed: Deed): void {
    switch (deed.do) {
      case 'wallet':
        this.#wallet = deed.wallet;
        this.#drawCode();
        break;
      case 'renew':
        this.#drawCode();
        break;
      case 'pay':
      case 'cancel':
        this.#decide(deed.order, deed.do);
        break;
      case 'scan':
        this.#scan(this.#shownElsewhere().find((entry) => idOf(entry) === deed.order) ?? null, behaviours[this.#manner]);
        break;
      case 'behave':
        this.#manner = deed.manner;
        break;
      case 'network':
        this.#setTrouble(deed.trouble, deed.on);
        break;
    }
    this.#tell();
  }

  #drawCode(): void {
    this.#cancelRenewal();
    this.#code = this.#codes.issue(this.#wallet);
    this.#codeSince = this.#clock.monotonic();
    // Only while somebody looks; else it is drawn when somebody does.
    this.#cancelRenewal = this.#clock.after(codeShownMilliseconds, () => {
      if (this.#listeners.size > 0) this.#tell();
    });
  }

  #decide(id: string, what: 'pay' | 'cancel'): void {
    const order = this.#orders.find((entry) => idOf(entry) === id);
    if (order?.state !== 'waiting') return;
    if (what === 'pay') this.#ledger.charge(order);
    else declineToPay(order, 'payerCancelled', this.#ledger);
  }

  /** What the shop shows and this phone hasn't open, newest first. */
  #shownElsewhere(): Order[] {
    return this.#ledger.waiting().filter((order) => order.shown !== null && !this.#orders.includes(order)).slice(-mostShown).toReversed();
  }

  /** Opens a shown order with the wallet on the screen, or with one that can read it, and does what its owner does when charged. */
  #scan(order: Order | null, behaviour: Behaviour): void {
    if (order === null || order.shown === null || order.state !== 'waiting') return;
    const { wallets: readable } = order.shown;
    const wallet = readable.find((name) => name === this.#wallet) ?? readable[0];
    if (wallet === undefined) return;
    this.#ledger.scan(order, wallet, payerOf(wallet, 'phone'));
    this.#orders.push(order);
    this.#plans.set(order, playBehaviour(behaviour, order, this.#ledger, this.#clock));
  }

  /** Whoever refused puts the phone away: a shown code then waits for its next payer. */
  #putAway(order: Order): void {
    this.#orders = this.#orders.filter((entry) => entry !== order);
    this.#plans.get(order)?.();
    this.#plans.delete(order);
  }

  #setTrouble(trouble: Trouble, on: boolean): void {
    if (on) this.#troubles.add(trouble);
    else this.#troubles.delete(trouble);
    this.#applyTroubles();
  }

  /** A network that is down answers nothing, so the worst trouble comes first. */
  #applyTroubles(): void {
    this.#rules.clear('phone');
    if (this.#troubles.has('none')) this.#rules.add('phone', { fault: { kind: 'requestLost' }, times: 'always' });
    if (this.#troubles.has('loseOne')) {
      for (const call of ['pay', 'present'] as const) this.#rules.add('phone', { match: { call }, fault: { kind: 'answerLost' }, times: 1 });
    }
    if (this.#troubles.has('status500')) this.#rules.add('phone', { fault: { kind: 'httpStatus', status: 500, processed: false }, times: 'always' });
    if (this.#troubles.has('late')) this.#rules.add('phone', { fault: { kind: 'answerLate', seconds: 20 }, times: 'always' });
  }

  /** The tick beside *lose one answer* goes out when it was lost. */
  noteFault(kind: string | null): void {
    if (kind !== 'answerLost' || !this.#troubles.delete('loseOne')) return;
    this.#applyTroubles();
    this.#tell();
  }

  #noteOrder(order: Order): void {
    if (order.shown !== null) this.#noteShown(order);
    else if (!this.#codes.isPhoneCode(order.code)) return;
    else if (!this.#orders.includes(order)) this.#orders.push(order);
    if (this.#orders.includes(order)) this.#moveBalance(order);
    this.#tell();
  }

  #noteShown(order: Order): void {
    if (order.state === 'waiting' && order.refusal !== null) this.#putAway(order);
    const isNew = order.state === 'waiting' && order.shown?.scannedAt === null && order.refusal === null;
    if (isNew && this.#manner === 'paysAll') this.#clock.after(payAllSeconds * 1000, () => this.#scan(order, behaviours.atOnce));
  }

  /** What the wallet is out of pocket for this order, and the difference to what it was before. */
  #moveBalance(order: Order): void {
    const key = keyOf(order.gateway, order.reference);
    const returned = order.state === 'cancelled' ? order.amount : returnedToWallet(order);
    const out = order.timesCharged === 0 ? 0 : order.amount - returned;
    this.#balances[order.wallet] -= out - (this.#taken.get(key) ?? 0);
    this.#taken.set(key, out);
    // The linked bank card fills the wallet up: a newcomer's day must not end at 200.00.
    if (this.#balances[order.wallet] < 0) this.#balances[order.wallet] = startBalance;
  }

  #newest(which: (order: Order) => boolean): Order | null {
    return this.#orders.findLast(which) ?? null;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function idOf(order: Order): string {
  return keyOf(order.gateway, order.reference);
}

function describeOrder(order: Order): NonNullable<PhoneState['charge']> {
  return {
    id: idOf(order),
    shop: order.subject,
    amount: order.amount,
    currency: order.currency,
    state: order.state,
  };
}
