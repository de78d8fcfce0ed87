/** A shop's day: customers with money and patience, and a cashier who works through the till's contract alone. */
import type { Assurance, ListFilter, PaymentView, PayReply, TillCalls } from '../core/contract/types.ts';
import type { VirtualTime } from './clock.ts';
import type { CodePayers } from './code-payers.ts';
import type { Counter } from './counter.ts';
import type { Crew } from './crew.ts';
import type { SimulatedDevices } from './devices.ts';
import type { Payer, Payers } from './gateways/payers.ts';
import type { Profile } from './profile.ts';
import type { SeededRandom } from './random.ts';
import type { Returns } from './returns.ts';
import type { Screen } from './screen.ts';
import { cashRoundTo, showing } from './shop.ts';
import type { TillDrawer } from './till-drawer.ts';

/** What one customer came to pay for, and what the cashier did about it. */
export interface Basket {
  readonly payer: Payer;
  readonly amountMinor: number;
  readonly saleRef: string | null;
  readonly payments: Set<string>;
  /** The codes that the payer showed for it. */
  readonly codes: Set<string>;
  /** False once the cashier told the till something untrue about it: then a second charge is the cashier's. */
  isHonest: boolean;
  /** The payer shows a payment code although a shown one is open on the phone already: two are paid, if anybody lets him. */
  holdsUpCode: boolean;
}

export interface WorkloadPorts {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly screen: Screen;
  readonly devices: SimulatedDevices;
  readonly payers: Payers;
  readonly people: Profile['people'];
  readonly counter: Counter;
  readonly crew: Crew;
  readonly drawer: TillDrawer;
  readonly returns: Returns;
  readonly codePayers: CodePayers;
  /** True where the shop works in shifts although nobody signs in. */
  readonly shifts: boolean;
  /** The shop's day by the till's own clock. */
  today(): string;
  /** How many payments the journal holds. */
  payments(): number;
}

/** `quiet`: a shown code that nobody could close, and nobody has paid. */
type End = 'paid' | 'notPaid' | 'quiet' | 'left';
/** The customer's code is scanned, or ours is shown. */
type Way = 'scan' | 'show';

const currency = 'CNY' as const;
/** A few prices come again and again: the same amount twice is where mistakes happen. */
const commonAmounts = [100, 350, 888, 1200, 3850] as const;

/** What the day's list is narrowed to, in turn: mostly to nothing. */
const listFilters: readonly ListFilter[] = [{}, {}, { state: 'unknown' }, {}, {}, { gateway: 'shouqianba' }, {}, { state: 'refunded' }, {}, { wallet: 'wechat' }];

export class Workload {
  readonly baskets: Basket[] = [];
  readonly #ports: WorkloadPorts;
  #untilClose: number;
  #listsRead = 0;

  constructor(ports: WorkloadPorts) {
    this.#ports = ports;
    this.#untilClose = ports.random.between(6, 25);
  }

  /** Serves customers until there were enough payments. */
  async work(payments: number): Promise<void> {
    const { time, random, screen, crew, drawer, shifts } = this.#ports;
    await crew.hire();
    if (shifts) await drawer.open();
    for (let customers = 0; this.#ports.payments() < payments && customers < payments * 6; customers += 1) {
      await time.sleep(random.between(1, 40) * 1000);
      await screen.untilUp();
      await drawer.ready();
      await this.#serve(this.#newBasket());
      if (random.chance(0.15)) await this.#lookAround();
      if (random.chance(0.22)) await this.#ports.returns.comeBack();
      await this.#shiftWork();
    }
    if (random.chance(0.5)) await this.#closeShift();
  }

  /** What was said before an older journal came back is nobody's promise any more. */
  restored(): void {
    for (const basket of this.baskets) basket.isHonest = false;
  }

  /** Somebody recorded something untrue about a payment: whatever comes of it is theirs. */
  misled(paymentId: string): void {
    for (const basket of this.baskets) if (basket.payments.has(paymentId)) basket.isHonest = false;
  }

  async #shiftWork(): Promise<void> {
    const { random, crew, drawer, shifts } = this.#ports;
    if (!crew.isOn && !shifts) return;
    if (random.chance(0.08)) await drawer.moveCash();
    if (random.chance(0.08)) await drawer.x();
    this.#untilClose -= 1;
    if (this.#untilClose > 0) return;
    this.#untilClose = random.between(6, 40);
    await this.#closeShift();
    if (random.chance(0.3)) await this.#ports.returns.comeBack();
    if (shifts && !crew.isOn) await drawer.open();
  }

  async #closeShift(): Promise<void> {
    const { crew, drawer, shifts } = this.#ports;
    if (crew.isOn || shifts) await drawer.close();
  }

  #newBasket(): Basket {
    const { random, payers, people } = this.#ports;
    const amountMinor = random.chance(0.4) ? random.pick(commonAmounts) : random.between(1, 50_000);
    const isPoor = random.chance(0.05);
    const regular = random.chance(0.2) ? payers.all[random.between(0, payers.all.length - 1)] : undefined;
    const payer = regular ?? payers.newPayer(isPoor ? random.between(0, amountMinor) : random.between(amountMinor, amountMinor + 500_000));
    const before = this.baskets.at(-1);
    const repeatsRef = random.chance(people.mistakes / 10) && before !== undefined ? before.saleRef : null;
    const saleRef = repeatsRef ?? (random.chance(0.2) ? `SALE-${this.baskets.length + 1}` : null);
    const basket: Basket = { payer, amountMinor, saleRef, payments: new Set(), codes: new Set(), isHonest: true, holdsUpCode: false };
    this.baskets.push(basket);
    return basket;
  }

  #newCode(basket: Basket): string {
    const code = this.#ports.payers.showCode(basket.payer);
    basket.codes.add(code);
    return code;
  }

  async #serve(basket: Basket): Promise<void> {
    const { random, time, people } = this.#ports;
    if (random.chance(0.12)) return await this.#payCash(basket, undefined);
    let code = this.#newCode(basket);
    let paymentId: string | undefined;
    let way: Way = random.chance(0.5) ? 'show' : 'scan';
    for (let tries = random.between(1, 4); tries > 0; tries -= 1) {
      await this.#ports.screen.untilUp();
      const found = await this.#charge(basket, way, code, paymentId);
      if (found === null) {
        await time.sleep(random.between(1, 15) * 1000);
        if (random.chance(0.5)) code = this.#newCode(basket);
        if (random.chance(0.3)) way = other(way);
        continue;
      }
      basket.payments.add(found);
      const end = await this.#waitFor(basket, found, code);
      // The code is still under the scanner when the customer puts the phone away.
      if (end === 'paid' && way === 'scan' && random.chance(people.mistakes / 3)) await this.#scanTwice(basket, code);
      if (end !== 'notPaid' && end !== 'quiet') return;
      // The next try belongs to the same payment or is a new one; the code is refreshed or not.
      paymentId = end === 'notPaid' && random.chance(0.7) ? found : undefined;
      if (random.chance(0.4)) way = other(way);
      if (random.chance(0.15)) return await this.#payCash(basket, paymentId);
      if (random.chance(0.8)) code = this.#newCode(basket);
      await time.sleep(random.between(1, 8) * 1000);
    }
  }

  // ---- cash

  /** Notes on the counter: too few, exact, or more; and now and then not cash after all. */
  async #payCash(basket: Basket, paymentId: string | undefined): Promise<void> {
    const { random, counter, crew, drawer, screen, people } = this.#ports;
    const due = Math.max(cashRoundTo, Math.floor((basket.amountMinor + cashRoundTo / 2) / cashRoundTo) * cashRoundTo);
    const request = { commandId: counter.newCommand(), amount: { minor: basket.amountMinor, currency }, paymentId, saleRef: basket.saleRef ?? undefined };
    if (random.chance(people.mistakes)) await screen.call('payCash', { ...request, receivedMinor: due - random.between(1, due) });
    const receivedMinor = random.chance(0.3) ? due : due + random.between(0, 50) * 100;
    const reply = await counter.insist('payCash', () => Promise.resolve({ ...request, receivedMinor }), () => drawer.ready());
    if (reply?.kind !== 'taken') return;
    basket.payments.add(reply.payment.paymentId);
    drawer.put(due);
    if (random.chance(0.1)) await screen.call('payCash', { ...request, receivedMinor });
    if (!random.chance(0.12)) return this.#ports.returns.receipt(reply.payment);
    const commandId = counter.newCommand();
    const back = await counter.insist('returnCash', () => Promise.resolve({ commandId, paymentId: reply.payment.paymentId }), () => crew.ready());
    if (back?.kind === 'done') drawer.take(due);
    else this.#ports.returns.receipt(reply.payment);
  }

  // ---- charging

  /** Scans and charges; the payment that the basket is in now, or null where none began. */
  async #charge(basket: Basket, way: Way, code: string, paymentId: string | undefined): Promise<string | null> {
    return way === 'scan' ? await this.#chargeCode(basket, code, paymentId) : await this.#showCode(basket, paymentId);
  }

  /** Asks for a code that the customer scans. */
  async #showCode(basket: Basket, paymentId: string | undefined): Promise<string | null> {
    const { random, drawer } = this.#ports;
    await drawer.ready();
    const gateway = random.chance(0.1) ? random.pick(showing) : undefined;
    const wallet = random.chance(0.15) ? random.pick(['alipay', 'wechat'] as const) : undefined;
    return await this.#sell(basket, 'present', { commandId: this.#ports.counter.newCommand(), amount: { minor: basket.amountMinor, currency }, paymentId, saleRef: basket.saleRef ?? undefined, gateway, wallet }, null);
  }

  async #chargeCode(basket: Basket, code: string, paymentId: string | undefined): Promise<string | null> {
    const { random, screen, drawer } = this.#ports;
    await drawer.ready();
    if (random.chance(0.5)) await screen.call('amountEntered', { amount: { minor: basket.amountMinor, currency } });
    const scanId = await this.#scan(code);
    if (scanId === null) {
      if (screen.status?.phase === 'stopped') await screen.call('retryJournal', {});
      return null;
    }
    const gateway = random.chance(0.1) ? random.pick(['shouqianba', 'omipay']) : undefined;
    return await this.#sell(basket, 'pay', { commandId: this.#ports.counter.newCommand(), scanId, amount: { minor: basket.amountMinor, currency }, paymentId, saleRef: basket.saleRef ?? undefined, gateway }, code);
  }

  /** The command with its questions, until the sale is begun or isn't. */
  async #sell<Name extends 'pay' | 'present'>(basket: Basket, name: Name, asked: TillCalls[Name][0], code: string | null): Promise<string | null> {
    const { random, screen, people } = this.#ports;
    const assurances: Assurance[] = [];
    for (let questions = 0; questions < 4; questions += 1) {
      const request = { ...asked, assurances: [...assurances] };
      const reply: PayReply | null = await screen.call(name, request);
      if (reply === null) return await this.#afterDeath(basket, name, request);
      if (reply.kind === 'started') {
        if (random.chance(0.1)) await screen.call(name, request);
        if (code !== null && random.chance(people.mistakes)) await this.#scanTwice(basket, code);
        return reply.payment.paymentId;
      }
      const next = this.#answer(basket, reply, assurances);
      if (next !== 'again') {
        if (reply.kind === 'refused' && screen.status?.phase === 'stopped') await screen.call('retryJournal', {});
        return next.paymentId;
      }
    }
    return null;
  }

  /** The cashier's answer to a question: charge again with it, or take the payment that is there, or leave it. */
  #answer(basket: Basket, reply: Exclude<PayReply, { kind: 'started' }>, assurances: Assurance[]): { readonly paymentId: string | null } | 'again' {
    const { random, people } = this.#ports;
    switch (reply.kind) {
      case 'refused':
        return { paymentId: null };
      case 'codeOpen':
        return { paymentId: basket.payments.has(reply.other.paymentId) ? reply.other.paymentId : null };
      case 'askSameCustomer': {
        const isTheSame = basket.payments.has(reply.other.paymentId) || !this.#isOfAnother(basket, reply.other);
        const givesUp = isTheSame && reply.givenUp;
        if (isTheSame && !givesUp && !random.chance(people.mistakes)) return { paymentId: reply.other.paymentId };
        // Said of one who is still open, "another customer" would be a lie.
        if (isTheSame && !givesUp) basket.isHonest = false;
        assurances.push('anotherCustomer');
        return 'again';
      }
      case 'askCodePaid':
        if (basket.payments.has(reply.other.paymentId) && !random.chance(people.mistakes)) return { paymentId: reply.other.paymentId };
        basket.isHonest = false;
        assurances.push('chargeAgain');
        return 'again';
      case 'askSameCodeFailed':
        if (random.chance(0.5)) return { paymentId: null };
        assurances.push('sameCodeAgain');
        return 'again';
    }
  }

  /** The till died over it: the same command once more after the restart, then a look at the newest payments. */
  async #afterDeath<Name extends 'pay' | 'present'>(basket: Basket, name: Name, request: TillCalls[Name][0]): Promise<string | null> {
    const { screen, time } = this.#ports;
    for (let looks = 0; looks < 10; looks += 1) {
      await screen.untilUp();
      const reply: PayReply | null = await screen.call(name, request);
      if (reply?.kind === 'started') return reply.payment.paymentId;
      const recent = await screen.call('recentPayments', { count: 3 });
      if (recent !== null) return recent.find((view) => !this.#isOfAnother(basket, view))?.paymentId ?? null;
      await time.sleep(2000);
    }
    return null;
  }

  /** A payment of this amount that no customer before had can only be this one's, begun when the till died. */
  #isOfAnother(basket: Basket, view: PaymentView): boolean {
    return view.amount.minor !== basket.amountMinor || this.baskets.some((other) => other !== basket && other.payments.has(view.paymentId));
  }

  async #scan(code: string): Promise<string | null> {
    const { random, screen, devices } = this.#ports;
    if (random.chance(0.5)) {
      const seen = await screen.call('submitScan', { text: code, source: random.pick(['keyboard', 'typed']) });
      return seen?.kind === 'paymentCode' ? seen.scanId : null;
    }
    if (!screen.isUp) return null;
    const scanned = screen.nextScan();
    if (random.chance(0.03)) devices.tell({ type: 'garbled', scannerId: 'scanner' });
    else devices.tell({ type: 'scan', scannerId: 'scanner', text: code, symbology: random.pick([null, ']Q1', ']C0']) });
    return await scanned;
  }

  /** The trigger was pulled twice: the same code comes again, as another command. */
  async #scanTwice(basket: Basket, code: string): Promise<void> {
    const { random, screen } = this.#ports;
    const scanId = await this.#scan(code);
    if (scanId === null) return;
    const minor = random.chance(0.7) ? basket.amountMinor : basket.amountMinor + 1;
    const reply = await screen.call('pay', { commandId: this.#ports.counter.newCommand(), scanId, amount: { minor, currency } });
    if (reply?.kind === 'started') basket.payments.add(reply.payment.paymentId);
  }

  // ---- waiting

  async #waitFor(basket: Basket, paymentId: string, code: string): Promise<End> {
    const { time, random, screen, people, codePayers } = this.#ports;
    const patience = random.chance(people.impatient) ? random.between(2, 30) : random.between(40, 150);
    const until = time.now + patience * 1000;
    for (;;) {
      const view = await this.#look(paymentId);
      if (view?.verdict === 'paid') {
        this.#ports.returns.receipt(view);
        if (random.chance(0.03)) await screen.call('setNotWanted', { paymentId, on: true });
        return 'paid';
      }
      if (view?.verdict === 'notPaid') return 'notPaid';
      if (view !== null) codePayers.see(basket, view);
      // "This code could not be closed, and nobody has paid it": it is sold again, or the customer has had enough.
      if (view?.quiet === true && random.chance(0.6)) return 'quiet';
      if (view?.state === 'review' || time.now > until) return await this.#leave(basket, paymentId);
      await this.#fidget(paymentId);
      if (random.chance(view?.direction === 'show' && basket.holdsUpCode ? 0.4 : 0.02)) await this.#otherWay(basket, paymentId, code);
      await time.sleep(random.between(500, 4000));
      await screen.untilUp();
      if (screen.status?.phase === 'stopped') await screen.call('retryJournal', {});
    }
  }

  /** What the screen shows; after a restart it asks. */
  async #look(paymentId: string): Promise<PaymentView | null> {
    const { screen } = this.#ports;
    const shown = screen.views.get(paymentId);
    if (shown !== undefined) return shown;
    return (await screen.call('paymentDetail', { paymentId }))?.payment ?? null;
  }

  async #fidget(paymentId: string): Promise<void> {
    const { random, screen } = this.#ports;
    if (random.chance(0.04)) await screen.call('askNow', { paymentId });
    if (random.chance(0.02)) await screen.call('keepWaiting', { paymentId });
    if (random.chance(0.01)) await screen.call('printReceipt', { paymentId });
    if (random.chance(0.02)) await screen.call('printCode', { paymentId });
  }

  /** "Couldn't I rather…": the same sale by the other way, although the first one hangs. The till refuses, or both could be paid. */
  async #otherWay(basket: Basket, paymentId: string, code: string): Promise<void> {
    const { random, screen } = this.#ports;
    const sale = { commandId: this.#ports.counter.newCommand(), amount: { minor: basket.amountMinor, currency }, paymentId: random.chance(0.7) ? paymentId : undefined, saleRef: basket.saleRef ?? undefined };
    const scanId = random.chance(0.6) ? await this.#scan(code) : null;
    // What has been paid meanwhile stands green on the screen.
    if ((await this.#look(paymentId))?.verdict === 'paid') return;
    const reply: PayReply | null = scanId === null ? await screen.call('present', sale) : await screen.call('pay', { ...sale, scanId });
    if (reply?.kind === 'started') basket.payments.add(reply.payment.paymentId);
  }

  /** Patience is over: give up, park, or take cash and say so. */
  async #leave(basket: Basket, paymentId: string): Promise<End> {
    const { random, screen, time, people } = this.#ports;
    switch (random.weighted({ givesUp: 4, parks: 2, cash: 1, walksAway: 1 })) {
      case 'givesUp': {
        const commandId = this.#ports.counter.newCommand();
        await screen.call('giveUp', { commandId, paymentId });
        if (random.chance(0.2)) await screen.call('giveUp', { commandId, paymentId });
        return await this.#afterGivingUp(paymentId);
      }
      case 'parks':
        await screen.call('park', { paymentId });
        break;
      case 'cash':
        await screen.call('park', { paymentId });
        await time.sleep(random.between(1, 30) * 1000);
        await screen.call('setNotWanted', { paymentId, on: true });
        if (random.chance(people.mistakes)) await screen.call('setNotWanted', { paymentId, on: false });
        break;
      case 'walksAway':
        break;
    }
    if (random.chance(0.2)) await screen.call('printEvidence', { paymentId });
    if (!random.chance(people.mistakes)) return 'left';
    // Charging again while the first try is open: what comes of that is the cashier's doing.
    basket.isHonest = false;
    return 'notPaid';
  }

  async #afterGivingUp(paymentId: string): Promise<End> {
    const { time, random, screen } = this.#ports;
    for (let looks = random.between(0, 30); looks > 0; looks -= 1) {
      await time.sleep(random.between(1000, 4000));
      await screen.untilUp();
      const view = await this.#look(paymentId);
      if (view?.verdict === 'notPaid') return 'notPaid';
      if (view?.verdict === 'paid') return 'paid';
    }
    return 'left';
  }

  /** Between two customers: lists, copies, an old payment asked again. */
  async #lookAround(): Promise<void> {
    const { random, screen } = this.#ports;
    const open = await screen.call('openPayments', {});
    const recent = await screen.call('recentPayments', { count: 5 });
    const old = recent?.[random.between(0, 4)];
    if (old !== undefined) {
      await screen.call('paymentDetail', { paymentId: old.paymentId });
      if (random.chance(0.4)) await screen.call('printReceipt', { paymentId: old.paymentId });
    }
    if (random.chance(0.3)) await this.readList();
    if (old !== undefined && random.chance(0.3)) await screen.call('find', { text: random.pick([old.attemptRef, old.number, old.attemptRef.slice(0, 6)]), filter: {}, count: 5 });
    const hanging = open?.open[0];
    if (hanging !== undefined) await screen.call(random.pick(['askNow', 'askNow', 'keepWaiting'] as const), { paymentId: hanging.paymentId });
  }

  /** One after the other and not by chance: no other history becomes another one by it. */
  #nextFilter(): ListFilter {
    this.#listsRead += 1;
    return listFilters[this.#listsRead % listFilters.length] ?? {};
  }

  /** The day's totals and its rows, page by page, at one moment. */
  async readList(filter: ListFilter = this.#nextFilter()): Promise<void> {
    const { screen } = this.#ports;
    const day = this.#ports.today();
    const view = await screen.call('day', { day, filter });
    let page = view === null ? null : await screen.call('dayPage', { day, filter, after: null, count: 7 });
    while (page !== null && page.next !== null) page = await screen.call('dayPage', { day, filter, after: page.next, count: 7 });
  }
}

function other(way: Way): Way {
  return way === 'scan' ? 'show' : 'scan';
}
