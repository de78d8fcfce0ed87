/** A day at the counter, step by step, with what screens, papers, books and spreadsheet must say after each. */
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ReadBack } from '../../native-bridge/printer/read-back.ts';
import { gatewaysBooks, minorOf, paperMinor, paperRow, sheetSums, type DaySum } from './day-sums.ts';
import { wordsIn, type Language, type Words } from './day-words.ts';
import { addOwner, addPerson, signIn, takeOver, type StaffMember } from './people.ts';
import type { Scene } from './stories.ts';

export type DayStaff = Readonly<Record<'owner' | 'supervisor' | 'cashier', StaffMember>>;

/** In minor units: what the four sales and two refunds come to. */
const cash: DaySum = { sales: 3850, refunds: 0, net: 3850 };
const scanned: DaySum = { sales: 8600 + 4530 + 1720, refunds: 6000 + 2600, net: 6250 };
const all: DaySum = { sales: cash.sales + scanned.sales, refunds: scanned.refunds, net: cash.net + scanned.net };
const float = 50_000;
/** 50 fen are missing: a difference is stated, with its reason. */
const drawerCount = { typed: ['5', '', '1', '1', '1', '3', '', ''], minor: 53_800, difference: -50 };

/** The steps of the day, in their order; each ends on the screen where the next begins. */
export class Day {
  readonly #scene: Scene;
  readonly #language: Language;
  readonly #staff: DayStaff;
  readonly #say: Words;
  #pictures = 0;

  constructor(scene: Scene, language: Language, staff: DayStaff) {
    this.#scene = scene;
    this.#language = language;
    this.#staff = staff;
    this.#say = wordsIn(language);
  }

  /** The owner adds themselves, a supervisor and a cashier; the cashier takes over. */
  async people(): Promise<void> {
    const { counter } = this.#scene;
    await addOwner(counter, this.#say, this.#staff.owner);
    await addPerson(counter, this.#say, this.#staff.supervisor, 'supervisor');
    await addPerson(counter, this.#say, this.#staff.cashier, 'cashier');
    await this.#picture('people');
    await counter.press('-');
    await counter.headline(this.#say('noShift'));
    await takeOver(counter, this.#say, this.#staff.cashier);
    await this.#picture('no-shift');
  }

  async open(): Promise<void> {
    const { counter } = this.#scene;
    await counter.press('Enter');
    await counter.headline(this.#say('open'));
    await counter.type(String(float / 100));
    await this.#picture('open');
    await counter.press('Enter');
    await counter.headline(this.#say('sale'));
  }

  async sell(): Promise<void> {
    const { counter, shop, sell } = this.#scene;
    await this.#sellForCash();
    await sell('86', shop.code('paid'));
    await this.#paid();
    // Its answer is lost, and the gateway doesn't know it for a while.
    await sell('17.2', shop.simulator.world.code('notExistFirst', 4));
    await counter.headline(this.#say('stop'));
    await this.#picture('lost-answer');
    await counter.press('+');
    await counter.headline(this.#say('sale'));
    await counter.sees(this.#say('oneOpen'));
    const ended = counter.sees(this.#say('parkedPaid', { amount: '17.20' }));
    await sell('45.3', shop.code('paidAlipay'));
    await this.#paid();
    await ended;
    await this.#picture('parked-paid');
    for (const minor of [8600, 1720, 4530]) expect(shop.booked(minor)).toMatchObject([{ state: 'paid', timesCharged: 1 }]);
  }

  async #sellForCash(): Promise<void> {
    const { counter, shop } = this.#scene;
    await counter.type('38.5');
    await counter.amount('¥38.50');
    await counter.press('Enter');
    await counter.headline(this.#say('cash'));
    await counter.type('5');
    await counter.cap(this.#say('takeChange', { change: '11.50' }));
    await this.#picture('cash');
    expect(shop.paper.drawerOpenings()).toBe(0);
    await counter.press('Enter');
    await counter.headline(this.#say('giveChange'));
    await counter.amount('¥11.50');
    await counter.sees(this.#say('drawerOpen'));
    expect(shop.paper.drawerOpenings()).toBe(1);
    await this.#picture('change');
    await counter.press('Enter');
    await counter.headline(this.#say('sale'));
  }

  async #paid(): Promise<void> {
    const { counter } = this.#scene;
    await counter.headline(this.#say('paid'));
    await counter.sees(this.#say('printed'));
    await counter.press('Enter');
    await counter.headline(this.#say('sale'));
  }

  /** By its printed barcode; above the limit a cashier's own PIN isn't enough, whatever the parts. */
  async refund(): Promise<void> {
    const { counter, shop, scan } = this.#scene;
    const reference = shop.booked(8600)[0]?.reference ?? '';
    const printed = (await shop.paper.receipts()).flatMap((receipt) => receipt.barcodes);
    expect(printed).toContain(reference);
    await counter.menu('2');
    await counter.headline(this.#say('find'));
    scan(printed.find((barcode) => barcode === reference) ?? '');
    await counter.cap(this.#say('refundLeft', { amount: '86.00' }));
    await this.#picture('found');
    await counter.press('Enter');
    await counter.headline(this.#say('refund'));
    await counter.press('*');
    await counter.type('60');
    await counter.amount('¥60.00');
    await counter.press('Enter');
    await counter.sees(this.#say('goodsReturned'));
    await counter.press('Enter');
    await counter.cap(this.#say('refundIt', { amount: '60.00' }));
    await counter.type(this.#staff.cashier.pin);
    await counter.press('Enter');
    await counter.sees(this.#say('cashierMayNot'));
    expect(shop.simulator.world.requests().filter(({ call }) => call === 'refund')).toEqual([]);
    await this.#picture('refund-not-alone');
    await this.#approve('partly', '−¥60.00');
    await counter.press('*');
    await counter.headline(this.#say('refund'));
    await counter.amount('¥26.00');
    // Two small ones are one large one.
    await counter.sees(this.#say('aboveTheLimit'));
    await this.#approve('refunded', '−¥26.00');
    await counter.press('Enter');
    await counter.headline(new RegExp(`^${this.#say('payment')}`));
    await this.#picture('both-refunds');
  }

  async #approve(word: 'partly' | 'refunded', amount: string): Promise<void> {
    const { counter } = this.#scene;
    await counter.type(this.#staff.supervisor.pin);
    await this.#picture(`approving-${word}`);
    await counter.press('Enter');
    await counter.headline(this.#say(word));
    await counter.amount(amount);
    await this.#picture(word);
  }

  /** Wallets on screen and paper; what is in the drawer is no business of whoever counts it. */
  async readX(): Promise<void> {
    const { counter, shop } = this.#scene;
    await counter.menu('5');
    await counter.headline(this.#say('count'));
    await counter.press('*');
    await counter.headline(new RegExp(`^${this.#say('xOf')}`));
    await counter.sees(this.#say('sumsHidden'));
    const [, ...sums] = await counter.page.locator('.sums tr.total').locator('td').allTextContents();
    expect(sums.map(minorOf)).toEqual([scanned.sales, -scanned.refunds, scanned.net]);
    expect(await counter.page.locator('.frame').textContent()).not.toMatch(/538\.50|38\.50/);
    await counter.press('+');
    await this.#picture('x');
    await expect.poll(() => this.#paper(this.#say('xTitle')), { timeout: 15_000 }).toBeDefined();
    const paper = await this.#paper(this.#say('xTitle'));
    if (paper === undefined) throw new Error('no X on paper');
    expect(paperMinor(paper, this.#say('netWithoutCash'))).toBe(scanned.net);
    expect(paperRow(paper, this.#say('expected'))).toBe(this.#say('afterTheCount'));
    expect(paper.lines.join('\n')).not.toMatch(/38\.50/);
    expect(shop.paper.drawerOpenings()).toBe(1);
    await counter.press('Enter');
    await counter.headline(this.#say('count'));
  }

  async close(): Promise<void> {
    const { counter } = this.#scene;
    await counter.sees(this.#say('countHidden'));
    for (const [row, digits] of drawerCount.typed.entries()) {
      await counter.type(digits);
      if (row === drawerCount.typed.length - 1) await this.#picture('count');
      await counter.press('Enter');
    }
    await counter.sees(this.#say('difference'));
    await counter.type('4');
    await counter.page.getByRole('button', { name: this.#say('notKnown'), pressed: true }).waitFor();
    await this.#picture('difference');
    await counter.press('Enter');
    await counter.headline(this.#say('closed'));
    await counter.sees('Z 1');
    await counter.sees(this.#say('backup'));
    await this.#picture('z');
    await this.#readZ();
  }

  async #readZ(): Promise<void> {
    const paper = await this.#paper('Z 1');
    if (paper === undefined) throw new Error('no Z on paper');
    const say = this.#say;
    const tender = (wallet: 'wechat' | 'alipay', count: number): number => paperMinor(paper, `${say('gateway')} ${say(wallet)} x${count}`);
    expect(tender('wechat', 2) + tender('alipay', 1)).toBe(scanned.sales);
    expect(paperMinor(paper, `${say('paperCash')} x1`)).toBe(cash.sales);
    expect(paperMinor(paper, `${say('paperSales')} x4`)).toBe(all.sales);
    expect(paperMinor(paper, `${say('paperRefunds')} x2`)).toBe(-all.refunds);
    expect(paperMinor(paper, say('paperNet'))).toBe(all.net);
    expect(paperMinor(paper, say('expected'))).toBe(float + cash.net);
    expect(paperMinor(paper, say('counted'))).toBe(drawerCount.minor);
    expect(paperMinor(paper, say('paperDifference'))).toBe(drawerCount.difference);
    expect(paperRow(paper, say('reason'))).toBe(say('notKnown'));
    expect(paper.lines.join('\n')).not.toContain(say('copy'));
    const books = await this.#books();
    expect({ sales: tender('wechat', 2) + tender('alipay', 1), refunds: -paperMinor(paper, `${say('paperRefunds')} x2`), net: paperMinor(paper, say('paperNet')) - paperMinor(paper, `${say('paperCash')} x1`) }).toEqual(books);
  }

  /** The owner looks at the day and writes it into a spreadsheet in their own folder. */
  async export(user: string): Promise<void> {
    const { counter, shop } = this.#scene;
    const say = this.#say;
    await counter.press('Enter');
    await counter.headline(say('signIn'));
    await signIn(counter, this.#staff.owner);
    await counter.menu('4');
    await counter.headline(new RegExp(`${say('today')}$`));
    await counter.amount(`¥${(all.net / 100).toFixed(2)}`);
    await counter.sees(say('fourSales'));
    const [sales = '', ...sums] = await counter.page.locator('.day-sums tfoot td').allTextContents();
    expect([Number(sales), ...sums.map(minorOf)]).toEqual([4, all.sales, -all.refunds, all.net]);
    const rows = await counter.page.locator('.day-row-sum').allTextContents();
    expect(rows).toHaveLength(6);
    expect(rows.map(minorOf).reduce((sum, minor) => sum + minor, 0)).toBe(all.net);
    await this.#picture('today');
    await counter.press('+');
    await counter.headline(say('export'));
    await counter.type('1');
    const path = join(user, 'Documents', 'ScanTill');
    const bar = counter.page.getByRole('button', { name: say('exported') });
    await bar.waitFor();
    await this.#picture('exported');
    const file = /\/\S+\.xlsx/.exec((await bar.textContent()) ?? '')?.[0] ?? '';
    expect(file.startsWith(path)).toBe(true);
    expect(await sheetSums(file, say)).toEqual({ rows: 6, all, gateway: await this.#books(), totalsAll: all, totalsGateway: scanned });
    expect(shop.simulator.world.books()).toMatchObject({ doubleRefunds: [], strangers: [] });
  }

  async #books(): Promise<DaySum> {
    const books = await gatewaysBooks(this.#scene.shop.simulator.gateways.shouqianba.baseUrl);
    expect(books).toEqual(scanned);
    return books;
  }

  /** The newest paper with this line on it. */
  async #paper(line: string): Promise<ReadBack | undefined> {
    return (await this.#scene.shop.paper.receipts()).findLast((paper) => paper.lines.some((one) => one.trim() === line));
  }

  /** Every screen of the day on request: under a busy Xvfb they take longer than the steps between them. */
  async #picture(step: string): Promise<void> {
    if (process.env['SCANTILL_PICTURES'] === undefined) return;
    this.#pictures += 1;
    await this.#scene.counter.picture(`day-${this.#language}-${String(this.#pictures).padStart(2, '0')}-${step}`);
  }
}
