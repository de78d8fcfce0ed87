/**
 * Today over a large journal, in the till's own windows: from the key to its first rows on the glass. The times are printed and
 * compared with nothing. `SCANTILL_PAYMENTS=1000000` makes it a million payments, `SCANTILL_JOURNAL=FOLDER` keeps them for the
 * next run. By touch it is the same without the time in which a key may still be a scanner's. The check of the whole chain
 * runs beside it, as after every start.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalFileName } from '../../adapters/journal/database.ts';
import { makeBigJournal } from '../../bench/big-journal.ts';
import { startSimulator } from '../../simulator/index.ts';
import { dropHome, makeHome } from '../cli/support.ts';
import { Counter } from './counter.ts';
import { hosts } from './hosts.ts';

/** A thousand a day, and more days than are looked at. */
const payments = Number(process.env['SCANTILL_PAYMENTS'] ?? 12_000);
const rounds = process.env['SCANTILL_PAYMENTS'] === undefined ? 2 : 9;
/** Between two keys of a person who reads what is on the screen. */
const readingMilliseconds = 700;
const makingMilliseconds = 900_000;
const todayChoice = '.menu-choice[data-digit="4"]';
const onSale = '.frame[data-view="sale"]';

let temporary = '';
let folder = '';

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'scantill-large-'));
  folder = process.env['SCANTILL_JOURNAL'] ?? join(temporary, 'journal');
  makeBigJournal(folder, payments, shopToday());
}, makingMilliseconds);

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe.each(hosts)('a large journal $name', (host) => {
  it.skipIf(host.whySkipped !== null)(host.whySkipped ?? 'shows the first rows of a day, newest first', async () => {
    const simulator = await startSimulator();
    const home = makeHome({ shouqianba: simulator.gateways.shouqianba });
    const counter = new Counter(host, home);
    move(folder, home);
    try {
      await counter.start({ XDG_STATE_HOME: join(home, 'state'), XDG_CONFIG_HOME: join(home, 'config') });
      const { page } = counter;
      await page.waitForSelector(onSale, { timeout: 120_000 });
      await page.evaluate(watch);
      // The screen's own code comes with the first look at it.
      const first = await today(counter, () => page.click(todayChoice));
      const touch = await several(() => today(counter, () => page.click(todayChoice)));
      const key = await several(() => today(counter, () => page.keyboard.press('Numpad4')));
      const dayBefore = await dayBeforeByKey(counter);
      expect(await page.locator('.day-row:not(.coming)').count()).toBeGreaterThan(5);
      console.log(JSON.stringify({ window: host.name, payments, milliseconds: { firstByTouch: Math.round(first), touch, key, dayBefore } }));
    } finally {
      await counter.stop();
      move(home, folder);
      dropHome(home);
      await simulator.close();
    }
  }, 400_000);
});

/** Opens the menu, chooses Today, and goes back to Sale. */
async function today(counter: Counter, choose: () => Promise<void>): Promise<number> {
  await counter.press('/');
  await counter.page.waitForSelector(todayChoice);
  const milliseconds = await untilRows(counter.page, choose);
  await counter.press('-');
  await counter.page.waitForSelector(onSale);
  return milliseconds;
}

/** `4` on Today: one day back, each time a day that was not asked for before. */
async function dayBeforeByKey(counter: Counter): Promise<Times> {
  const { page } = counter;
  await counter.press('/');
  await page.waitForSelector(todayChoice);
  await untilRows(page, () => page.keyboard.press('Numpad4'));
  return several(() => untilRows(page, () => page.keyboard.press('Numpad4')));
}

/** From the act's event to the frame after the one in which rows stand that were not there before. */
async function untilRows(page: Page, act: () => Promise<void>): Promise<number> {
  await page.waitForTimeout(readingMilliseconds);
  await page.evaluate(() => window.rowsDrawn.begin());
  await act();
  return page.evaluate(() => window.rowsDrawn.ended);
}

declare global {
  interface Window {
    rowsDrawn: { begin(): void; ended: Promise<number> };
  }
}

/** Runs in the page. */
function watch(): void {
  let since: number | null = null;
  // A key's way down is the till's alone; it comes up at once after it.
  for (const type of ['keyup', 'mousedown']) {
    window.addEventListener(type, (event) => {
      since ??= event.timeStamp;
    }, true);
  }
  const firstRow = (): string | null => document.querySelector('.day-row:not(.coming) .day-row-facts')?.textContent ?? null;
  window.rowsDrawn = {
    ended: Promise.resolve(0),
    begin() {
      const before = firstRow();
      since = null;
      this.ended = new Promise((resolve) => {
        const look = (): void => {
          const now = firstRow();
          const began = since;
          if (began === null || now === null || now === before) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(performance.now() - began));
        };
        look();
      });
    },
  };
}

interface Times {
  readonly median: number;
  readonly slowest: number;
}

async function several(one: () => Promise<number>): Promise<Times> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await one());
  const sorted = times.toSorted((left, right) => left - right);
  return { median: Math.round(sorted[Math.floor(rounds / 2)] ?? Number.NaN), slowest: Math.round(sorted.at(-1) ?? Number.NaN) };
}

/** The journal lies in the till's home meanwhile, and goes back to its folder afterwards. */
function move(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of ['', '-wal', '-shm'].map((ending) => journalFileName + ending)) if (existsSync(join(from, name))) renameSync(join(from, name), join(to, name));
}

/** Of the shop that `makeHome` makes. */
function shopToday(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date());
}
