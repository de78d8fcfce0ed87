/** A counter that shows codes: routed by the owner's settings, watched on both screens, and paid by the simulator's payers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { GatewayId, Order } from '../../simulator/index.ts';
import { till } from '../cli/support.ts';
import type { Counter } from './counter.ts';
import type { Language } from './day-words.ts';
import { showingWords, type ShowingWords } from './present-words.ts';
import type { Shop } from './shop.ts';
import type { Scene } from './stories.ts';

/** The order in which codes are shown stands last on the form, a row for each gateway that can. */
const upToTheFirst = '8'.repeat(5);

/** An order as its gateway has it, whose code is on the screen. */
export interface CodeUp {
  readonly gateway: GatewayId;
  readonly reference: string;
  readonly qr: string;
  readonly createdAt: number;
}

export class Showing {
  readonly counter: Counter;
  readonly shop: Shop;
  readonly say: ShowingWords;
  readonly scan: Scene['scan'];
  readonly sell: Scene['sell'];
  readonly #customer: Page;

  constructor(scene: Scene, customer: Page, language: Language) {
    this.counter = scene.counter;
    this.shop = scene.shop;
    this.scan = scene.scan;
    this.sell = scene.sell;
    this.say = showingWords(language);
    this.#customer = customer;
  }

  /** The owner puts another gateway first among those that show codes; what is first already stays. */
  async routeTo(gateway: GatewayId): Promise<void> {
    const { counter, say } = this;
    const routed = (): GatewayId | undefined => (JSON.parse(readFileSync(join(this.shop.home, 'settings.json'), 'utf8')) as { routing: { mpm: readonly GatewayId[] } }).routing.mpm[0];
    await counter.headline(say.sale);
    for (let changes = 0; routed() !== gateway; changes += 1) {
      if (changes > 6) throw new Error(`the settings never name ${gateway}`);
      await counter.menu('7', '2');
      await counter.headline(say.routing);
      await counter.type(upToTheFirst);
      await counter.type('6');
      await counter.press('Enter');
      await counter.sees(say.saved);
      await counter.press('-');
      await counter.headline(say.sale);
    }
  }

  /** Waits for what stands in front of the customer. */
  async customerSees(kind: 'idle' | 'pay' | 'code' | 'confirm' | 'checking' | 'paid' | 'notPaid', words?: string): Promise<void> {
    const display = this.#customer.locator(`.display[data-shows="${kind}"]`);
    await display.waitFor();
    if (words !== undefined) await display.getByText(words, { exact: true }).waitFor();
  }

  /** Types an amount and asks for a code: it comes up on both screens, the very same one. */
  async show(amount: string): Promise<CodeUp> {
    await this.typeAmount(amount);
    await this.counter.press('*');
    return this.codeUp(amount);
  }

  /** Types an amount and looks at it, as a cashier does: on a machine as busy as this one a key may be taken for a torn scan. */
  async typeAmount(amount: string): Promise<void> {
    const { counter } = this;
    const shown = counter.page.locator('#amount');
    await counter.type(amount);
    const stands = `¥${Number(amount).toFixed(2)}`;
    await shown.filter({ hasText: stands }).waitFor({ timeout: 2000 }).catch(async () => {
      console.warn(`typed ${amount}, and ${await shown.textContent()} stands: typed again`);
      for (let digits = amount.length; digits > 0; digits -= 1) await counter.press('-');
      await counter.type(amount);
    });
    await counter.amount(stands);
  }

  async codeUp(amount: string): Promise<CodeUp> {
    const { counter, say } = this;
    await counter.headline(say.codeUp);
    await counter.sees(say.keepGoods);
    await this.customerSees('code', say.scanThis);
    const drawn = (page: Page): Promise<string | null> => page.locator('.qr-code path').getAttribute('d');
    expect(await drawn(this.#customer)).toBe(await drawn(counter.page));
    const waiting = this.shop.simulator.world.shown().filter((order) => order.amount === minorOf(amount));
    expect(waiting).toHaveLength(1);
    const [order] = waiting;
    if (order === undefined || order.qr === null) throw new Error('nothing is shown');
    return { ...order, qr: order.qr };
  }

  /** Paid on both screens, once in the book, with its receipt; then the next customer. */
  async isPaid(amount: string): Promise<void> {
    const { counter, say } = this;
    await counter.headline(say.paid);
    await this.customerSees('paid', say.thanks);
    await counter.sees(say.printed);
    expect(this.ordersOf(amount).at(-1)).toMatchObject({ state: 'paid', timesCharged: 1 });
    await counter.press('Enter');
    await counter.headline(say.sale);
  }

  /** Leaves what stands, until the next sale can begin. */
  async backToSale(): Promise<void> {
    for (let presses = 0; presses < 4 && !(await this.counter.shows(this.say.sale)); presses += 1) {
      await this.counter.press('-');
    }
    await this.counter.headline(this.say.sale);
  }

  /** The review that stands says that it was paid after it was taken back: Enter, and Enter on the refund that it opens. */
  async isGivenBackFromReview(amount: string): Promise<void> {
    const { counter, say } = this;
    await counter.headline(say.review);
    await counter.sees(say.paidAfterGivingUp);
    await counter.press('Enter');
    await counter.headline(say.refund);
    await counter.cap(`${say.refundIt}${Number(amount).toFixed(2)}`);
    await counter.press('Enter');
    await counter.headline(say.refunded);
    expect(this.ordersOf(amount).filter(({ state }) => state === 'refunded')).toMatchObject([{ timesCharged: 1, refunds: [{ amount: minorOf(amount), phase: 'done' }] }]);
    await counter.press('Enter');
  }

  /** The newest receipt on paper, by what its barcode says. */
  async printedReference(): Promise<string> {
    return (await this.shop.paper.receipts()).at(-1)?.barcodes[0] ?? '';
  }

  /** The payer pays with the till's first question in the last second before its deadline, or after it. */
  paysInTheLastSecond({ reference, qr, createdAt }: CodeUp, presentSeconds: number): void {
    const { world } = this.shop.simulator;
    const end = world.onRequest(({ call, reference: asked, at }) => {
      if (call !== 'query' || asked !== reference || at < createdAt + (presentSeconds - 1) * 1000) return;
      end();
      world.payShown(qr);
    });
  }

  /** The payer pays in the moment in which the till's closing arrives. */
  paysWhileItIsClosed({ reference, qr }: CodeUp): void {
    const { world } = this.shop.simulator;
    const end = world.onRequest(({ call, reference: closed }) => {
      if (call !== 'cancel' || closed !== reference) return;
      end();
      world.payShown(qr);
    });
  }

  /** The list of codes that were left open: the one that is ringed is asked about now. */
  async asksAboutQuietOne(): Promise<void> {
    const { counter, say } = this;
    await counter.menu('1');
    const quiet = counter.page.getByRole('heading', { level: 1, name: say.quietList });
    await quiet.or(counter.page.getByRole('button', { name: say.otherList })).first().waitFor();
    if (!(await quiet.isVisible())) await counter.type('6');
    await quiet.waitFor();
    await counter.press('Enter');
  }

  ordersOf(amount: string): readonly Order[] {
    return this.shop.simulator.world.books().orders.filter((order) => order.amount === minorOf(amount));
  }

  /** What the gateway keeps equals what the till counts, and what the till says that a person must look at. */
  async equalsTheBook(gateway: GatewayId, toldMinor = 0): Promise<void> {
    const books = this.shop.simulator.world.books();
    const kept = books.totals.find((total) => total.gateway === gateway)?.net ?? 0;
    // Usually one; midnight passes some day while this runs.
    const days = [...new Set(books.orders.map(({ createdAt }) => dayInChina(createdAt)))];
    const lists = await Promise.all(days.map((day) => till(this.shop.home, 'list', '--day', day)));
    const counted = lists.flatMap(({ lines }) => lines.at(-1)?.totals ?? []).reduce((sum, total) => sum + (total.gateway === gateway ? total.net : 0), 0);
    expect({ kept, doubleRefunds: books.doubleRefunds }).toEqual({ kept: counted + toldMinor, doubleRefunds: [] });
  }
}

/** YYYY-MM-DD where the shop is. */
function dayInChina(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
}

export function minorOf(amount: string): number {
  return Math.round(Number(amount) * 100);
}
