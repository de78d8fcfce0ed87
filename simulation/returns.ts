/** Customers who come back with a receipt, and people who settle what nobody knows: refunds as they are asked for, well and badly. */
import type { PaymentView, RefundReply, RefundRequest } from '../core/contract/types.ts';
import type { Counter } from './counter.ts';
import type { Crew } from './crew.ts';
import type { Books } from './gateways/books.ts';
import type { Payers } from './gateways/payers.ts';
import type { Profile } from './profile.ts';
import { approvalAboveMinor } from './shop.ts';
import type { TillDrawer } from './till-drawer.ts';

/** What one customer wanted back, and by which commands. */
export interface Wish {
  readonly commandIds: Set<string>;
  readonly amountMinor: number;
  /** How often it was asked for on purpose, or freed by a person's word. */
  times: number;
}

export interface ReturnsPorts {
  readonly counter: Counter;
  readonly crew: Crew;
  readonly drawer: TillDrawer;
  readonly payers: Payers;
  readonly books: readonly Books[];
  readonly habits: Profile['people'];
  /** A person recorded something untrue about this payment. */
  readonly misled: (paymentId: string) => void;
  /** Somebody looks at the day's list, whole. */
  readonly readList: () => Promise<void>;
}

const currency = 'CNY' as const;
const reason = 'returned';
/** Numbers of another till's orders, where a gateway says enough of one to give it back. */
const foreignForms: Readonly<Record<string, { readonly prefix: string; readonly digits: number }>> = { omipay: { prefix: 'A', digits: 24 }, shouqianba: { prefix: 'S', digits: 16 }, ums: { prefix: '3194U', digits: 20 } };

export class Returns {
  readonly wishes: Wish[] = [];
  readonly #ports: ReturnsPorts;
  readonly #receipts: { readonly paymentId: string; readonly reference: string }[] = [];
  /** Refunds whose notes were handed over. */
  readonly #paidOut = new Set<string>();

  constructor(ports: ReturnsPorts) {
    this.#ports = ports;
  }

  /** A customer leaves with this receipt. */
  receipt(view: PaymentView): void {
    this.#receipts.push({ paymentId: view.paymentId, reference: view.attemptRef });
  }

  async comeBack(): Promise<void> {
    const { random } = this.#ports.counter;
    switch (random.weighted({ receipt: 12, hanging: 3, settles: 3, numbers: 3, foreign: 2, outside: 1 })) {
      case 'receipt':
        return await this.#withReceipt();
      case 'hanging':
        return await this.#hanging();
      case 'settles':
        return await this.#settles();
      case 'numbers':
        return await this.#enters();
      case 'foreign':
        return await this.#foreign();
      case 'outside':
        return await this.#outside();
    }
  }

  // ---- our own receipts

  async #withReceipt(): Promise<void> {
    const { counter } = this.#ports;
    const receipt = this.#receipts[counter.random.between(Math.max(0, this.#receipts.length - 12), this.#receipts.length - 1)];
    if (receipt === undefined) return;
    const seen = await counter.screen.call('submitScan', { text: receipt.reference, source: 'keyboard' });
    if (seen?.kind !== 'receipt') return;
    for (let visits = counter.random.pick([1, 1, 1, 2, 3]); visits > 0; visits -= 1) await this.#refund(seen.paymentId);
  }

  /** A refund of what is still open, or of a review whose last word is paid. */
  async #hanging(): Promise<void> {
    const { counter } = this.#ports;
    const open = (await counter.screen.call('openPayments', {}))?.open ?? [];
    if (open.length > 0) await this.#refund(counter.random.pick(open as [PaymentView, ...PaymentView[]]).paymentId);
  }

  async #refund(paymentId: string): Promise<void> {
    const { counter } = this.#ports;
    const { random, screen } = counter;
    const plan = await screen.call('refundPlan', { paymentId });
    if (plan === null || plan === undefined || 'kind' in plan) return;
    const left = plan.refundable.left.minor;
    const most = Math.max(1, left);
    const minor = random.weighted({ full: 4, part: 5, tooMuch: 1, small: 2 });
    const amountMinor = { full: most, part: random.between(1, most), tooMuch: most + random.between(1, 500), small: Math.min(most, random.between(1, 3000)) }[minor];
    const wish: Wish = { commandIds: new Set(), amountMinor, times: 1 };
    this.wishes.push(wish);
    const attemptRef = random.chance(0.2) ? plan.payment.attemptRef : undefined;
    const request = { paymentId, attemptRef, amount: { minor: amountMinor, currency }, reason };
    if (plan.way === 'cash' && left > approvalAboveMinor && random.chance(0.3)) await this.#twoAtOnce(request);
    else await this.#ask('refund', request, wish, amountMinor > approvalAboveMinor);
    if (random.chance(0.15)) {
      // "Nothing happened": the same wish again, as a command of its own, said on purpose.
      wish.times += 1;
      await this.#ask('refund', request, wish, true);
    }
  }

  /** One command until it is answered; above the limit with a PIN, and now and then with the wrong one first. */
  async #ask(name: 'refund' | 'recordOutsideRefund', request: Omit<RefundRequest, 'commandId' | 'approval'>, wish: Wish, withApproval: boolean): Promise<void> {
    const { counter, crew } = this.#ports;
    const { random, screen, time } = counter;
    const commandId = counter.newCommand();
    wish.commandIds.add(commandId);
    let needsIt = withApproval;
    for (let tries = 0; tries < 5; tries += 1) {
      const isDouble = random.chance(0.15);
      const reply = await counter.insist(name, async () => {
        const full = { ...request, commandId, approval: needsIt || random.chance(0.1) ? await crew.approval('supervisor') : undefined };
        if (isDouble) void screen.call(name, full).then((first) => this.#answered(first));
        return full;
      }, () => crew.ready());
      this.#answered(reply);
      if (reply?.kind === 'started') return await this.#watch(reply);
      if (reply === null || reply.kind === 'refused') return;
      needsIt = true;
      await time.sleep(reply.kind === 'pinWait' ? 61_000 : random.between(500, 4000));
    }
  }

  /** Two windows of one impatience: each of the two is small, and together they are above the limit. */
  async #twoAtOnce(whole: Omit<RefundRequest, 'commandId' | 'approval'>): Promise<void> {
    const { counter, crew } = this.#ports;
    const { screen } = counter;
    const minor = counter.random.between(Math.ceil(approvalAboveMinor / 2), approvalAboveMinor);
    const request = { ...whole, amount: { minor, currency } };
    const wish: Wish = { commandIds: new Set(), amountMinor: minor, times: 2 };
    this.wishes.push(wish);
    const commands = [counter.newCommand(), counter.newCommand()] as const;
    for (const commandId of commands) wish.commandIds.add(commandId);
    const slow = screen.call('refund', { ...request, commandId: commands[0], approval: crew.ownPin() });
    const fast = screen.call('refund', { ...request, commandId: commands[1] });
    for (const [index, reply] of (await Promise.all([slow, fast])).entries()) {
      const commandId = commands[index] ?? '';
      this.#answered(reply ?? (await counter.insist('refund', () => Promise.resolve({ ...request, commandId }), () => crew.ready())));
    }
  }

  /** Notes leave the drawer once for each refund that the till says is given back in cash. */
  #answered(reply: RefundReply | null): void {
    if (reply?.kind !== 'started' || reply.refund.way !== 'cash' || this.#paidOut.has(reply.refund.refundRef)) return;
    this.#paidOut.add(reply.refund.refundRef);
    this.#ports.drawer.take(reply.refund.amount.minor);
  }

  async #watch({ refund }: Extract<RefundReply, { kind: 'started' }>): Promise<void> {
    const { random, screen, time } = this.#ports.counter;
    const { paymentId, refundRef } = refund;
    for (let looks = random.between(0, 3); looks > 0; looks -= 1) {
      await time.sleep(random.between(500, 5000));
      if (random.chance(0.2)) await screen.call('askRefundNow', { paymentId, refundRef });
      if (random.chance(0.2)) await screen.call('printRefund', { paymentId, refundRef });
      const view = (await screen.call('paymentDetail', { paymentId }))?.payment.refunds.find((one) => one.refundRef === refundRef);
      if (view?.state === 'refused') await this.#elsewhere(paymentId, view.amount);
      if (view?.open === false) return;
    }
  }

  /** What the gateway refused for good is given back by hand, recorded, and looked for in the list. */
  async #elsewhere(paymentId: string, amount: RefundRequest['amount']): Promise<void> {
    const wish: Wish = { commandIds: new Set(), amountMinor: amount.minor, times: 1 };
    this.wishes.push(wish);
    await this.#ask('recordOutsideRefund', { paymentId, amount, reason }, wish, true);
    await this.#ports.readList();
  }

  async #outside(): Promise<void> {
    const { counter } = this.#ports;
    const recent = (await counter.screen.call('recentPayments', { count: 6 })) ?? [];
    const view = recent.find((one) => one.verdict === 'paid' && one.refundable.left.minor > 0);
    if (view === undefined) return;
    const wish: Wish = { commandIds: new Set(), amountMinor: view.refundable.left.minor, times: 1 };
    this.wishes.push(wish);
    await this.#ask('recordOutsideRefund', { paymentId: view.paymentId, amount: view.refundable.left, reason }, wish, true);
    await this.#ports.readList();
  }

  // ---- a person's word

  /** The owner looks into the portal and records what is there; mostly rightly. */
  async #settles(): Promise<void> {
    const { counter } = this.#ports;
    const { random } = counter;
    const open = ((await counter.screen.call('openPayments', {}))?.open ?? []).filter((view) => view.state === 'review' || view.refunds.some((refund) => refund.state === 'review'));
    if (open.length === 0) return;
    const view = random.pick(open as [PaymentView, ...PaymentView[]]);
    const refund = view.refunds.find((one) => one.state === 'review');
    const order = this.#ports.books.map((books) => books.orders.get(view.attemptRef)).find((one) => one !== undefined);
    const isTrue = refund === undefined ? order?.isCharged === true : order?.refunds.some((one) => one.reference === refund.refundRef && one.state !== 'failed') === true;
    const isRight = !random.chance(this.#ports.habits.mistakes / 2);
    const as = isTrue === isRight ? 'paid' : 'notPaid';
    if (!isRight) this.#ports.misled(view.paymentId);
    await this.#settle(view, refund?.refundRef, as);
  }

  async #settle(view: PaymentView, refundRef: string | undefined, as: 'paid' | 'notPaid'): Promise<void> {
    const { counter, crew } = this.#ports;
    const { random, time } = counter;
    const commandId = counter.newCommand();
    const how = random.pick(['supportSaid', 'seenInPortal', 'onStatement', 'other'] as const);
    for (let tries = 0; tries < 4; tries += 1) {
      const sentence = how === 'other' && random.chance(0.8) ? 'the customer showed it' : null;
      const reply = await counter.insist('settle', async () => ({ commandId, paymentId: view.paymentId, refundRef, as, how, sentence, approval: await crew.approval('owner') }), () => crew.ready());
      if (reply?.kind === 'done' && refundRef !== undefined && as === 'notPaid') {
        const command = view.refunds.find((one) => one.refundRef === refundRef);
        // Recorded as not given back, it may be asked for again.
        for (const wish of this.wishes) if (command !== undefined && wish.amountMinor === command.amount.minor) wish.times += 1;
      }
      if (reply === null || reply.kind === 'done' || reply.kind === 'refused') return;
      await time.sleep(reply.kind === 'pinWait' ? 61_000 : 1000);
    }
  }

  /** A supervisor copies a gateway's number that no answer named; now and then another order's, or one that is none (CASES 22). */
  async #enters(): Promise<void> {
    const { counter, crew, habits, books } = this.#ports;
    const { random, screen, time } = counter;
    const newest = (await screen.call('recentPayments', { count: 40 })) ?? [];
    const wanted = newest.filter((view) => view.orderNumberEntry !== 'none');
    if (wanted.length === 0) return;
    const view = random.pick(wanted as [PaymentView, ...PaymentView[]]);
    const own = books.map((one) => one.orders.get(view.attemptRef)).find((one) => one !== undefined);
    const isRight = own !== undefined && !random.chance(habits.mistakes);
    const number = isRight ? own.number : random.chance(0.5) ? this.#foreignNumber(view.gateway) : `7${random.digits(23)}`;
    const commandId = counter.newCommand();
    for (let tries = 0; tries < 4; tries += 1) {
      const reply = await counter.insist('enterOrderNumber', async () => ({ commandId, paymentId: view.paymentId, number, approval: await crew.approval('supervisor') }), () => crew.ready());
      if (reply === null || reply.kind === 'done' || reply.kind === 'refused') return;
      await time.sleep(reply.kind === 'pinWait' ? 61_000 : 1000);
    }
  }

  /** The number of another till's order at a gateway that knows orders by its own number alone. */
  #foreignNumber(gateway: string): string {
    const { payers, books, counter } = this.#ports;
    const { random } = counter;
    const own = books.find((one) => one.gateway === gateway);
    if (own === undefined) return `7${random.digits(23)}`;
    const amountMinor = random.between(1, 20_000);
    const order = own.open(`A${random.digits(22)}`, amountMinor, payers.newPayer(amountMinor), '', 24, true);
    own.pay(order);
    return order.number;
  }

  // ---- another till's receipt

  async #foreign(): Promise<void> {
    const { counter, crew } = this.#ports;
    const { random, screen, time } = counter;
    const reference = this.#foreignOrder();
    if (random.chance(0.5)) await screen.call('submitScan', { text: reference, source: 'keyboard' });
    const found = await screen.call('lookUp', { reference });
    if (found?.kind !== 'foreign') return;
    const { lookUpId } = found.order;
    const commandId = counter.newCommand();
    for (let tries = 0; tries < 4; tries += 1) {
      const request = { commandId, lookUpId, reason, approval: await crew.approval('supervisor') };
      const [reply] = await Promise.all([screen.call('refundForeign', request), random.chance(0.1) ? screen.call('refundForeign', { ...request, commandId: counter.newCommand() }) : null]);
      if (reply === null || reply.kind === 'started') return;
      await time.sleep(reply.kind === 'pinWait' ? 61_000 : 1000);
    }
  }

  /** An order of another till of this shop: paid, and now and then given back by it already. */
  #foreignOrder(): string {
    const { payers, books, counter } = this.#ports;
    const { random } = counter;
    const amountMinor = random.between(1, 20_000);
    const own = random.pick(books.filter(({ gateway }) => gateway in foreignForms) as [Books, ...Books[]]);
    const form = foreignForms[own.gateway];
    if (form === undefined) throw new Error(`no other till charges at ${own.gateway}`);
    const payer = payers.newPayer(amountMinor);
    const order = own.open(form.prefix + random.digits(22), amountMinor, payer, '', form.digits, true);
    own.pay(order);
    if (random.chance(0.2)) own.endRefund(own.beginRefund(order, `P${random.digits(19)}`, random.between(1, amountMinor), 'portal'), 'done');
    return own.gateway === 'omipay' || (own.gateway === 'shouqianba' && random.chance(0.3)) ? order.number : order.reference;
  }
}
