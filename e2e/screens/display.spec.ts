/** The customer display: every state, in both languages and on screens of four sizes, inside its box, with nothing that isn't the customer's. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerDisplay, DisplayShows } from '../../core/contract/types.ts';
import { sampleNow, yuan } from '../../renderer/machine/samples.ts';
import { longQr, sampleQr } from '../../renderer/machine/samples-present.ts';
import { openTheatre, type Locale } from './stage.ts';

const output = join(import.meta.dirname, '../output/screens');
/** What tills have in front of customers, from a small pole display to a second monitor. */
const sizes = [{ width: 1280, height: 800 }, { width: 1024, height: 768 }, { width: 800, height: 480 }, { width: 1920, height: 1080 }] as const;

const amount = yuan(3850);
const until = sampleNow + 108_000;
const states: Readonly<Record<string, DisplayShows>> = {
  'idle': { kind: 'idle' },
  'dark': { kind: 'dark' },
  'amount': { kind: 'amount', amount: yuan(38) },
  'pay': { kind: 'pay', amount },
  'pay-largest': { kind: 'pay', amount: { minor: 9_999_999_999, currency: 'CNY' } },
  'code': { kind: 'code', amount, qr: sampleQr, until, wallets: ['wechat', 'alipay', 'unionpay'] },
  'code-long': { kind: 'code', amount: yuan(1_234_567), qr: longQr, until, wallets: [] },
  'confirm': { kind: 'confirm', amount },
  'cash': { kind: 'cash', due: amount, received: yuan(5000), change: yuan(1150) },
  'paid': { kind: 'paid', amount, receipt: true },
  'paid-no-receipt': { kind: 'paid', amount: yuan(123_456_789), receipt: false },
  'not-paid': { kind: 'notPaid', amount },
  'checking': { kind: 'checking', amount },
};

let theatre: Awaited<ReturnType<typeof openTheatre>>;

beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

/** Runs in the page before anything else: the display's bridge, and a clock that stands. */
const bridge = `(now) => {
  Date.now = () => now;
  window.scantillDisplay = { onShows: (listener) => { window.show = listener; } };
}`;

async function openDisplay(): Promise<{ page: Page; errors: string[] }> {
  const page = await theatre.open();
  const errors: string[] = [];
  page.on('console', (entry) => (entry.type() === 'error' ? errors.push(entry.text()) : undefined));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.addInitScript({ content: `(${bridge})(${sampleNow})` });
  await page.goto(`${theatre.address}/display.html`);
  await page.waitForFunction('typeof window.show === "function"');
  return { page, errors };
}

async function show(page: Page, shows: DisplayShows, locale: Locale, training = false): Promise<void> {
  const shop: CustomerDisplay['shop'] = { name: locale === 'en' ? 'South Gate Store' : '南门便利店', locale, timezone: 'Asia/Shanghai', training };
  await page.evaluate(`window.show(${JSON.stringify({ shop, shows } satisfies CustomerDisplay)})`);
  await page.waitForSelector(`.display[data-shows="${shows.kind}"]`);
  if (shows.kind === 'code') await page.waitForSelector('.qr-code');
  await page.evaluate('document.fonts.ready.then(() => null)');
}

/** Runs in the page: whatever reaches out of the screen, or over something else that is read. */
const outside = `(() => {
  const found = [];
  const boxes = [...document.querySelectorAll('h1, p, b, time, .amount, .qr-code, .wallets .row')].filter((element) => element.getClientRects().length > 0 && element.textContent !== '');
  const rects = boxes.map((element) => ({ element, rect: element.getBoundingClientRect() }));
  for (const { element, rect } of rects) {
    if (rect.left < -1 || rect.top < -1 || rect.right > innerWidth + 1 || rect.bottom > innerHeight + 1) found.push('outside: ' + element.className + ' ' + element.textContent);
    for (const other of rects) {
      if (other.element === element || other.element.contains(element) || element.contains(other.element)) continue;
      const width = Math.min(rect.right, other.rect.right) - Math.max(rect.left, other.rect.left);
      const height = Math.min(rect.bottom, other.rect.bottom) - Math.max(rect.top, other.rect.top);
      if (width > 2 && height > 4) found.push('over: ' + element.textContent + ' / ' + other.element.textContent);
    }
  }
  return found;
})()`;

describe.each(['zh-CN', 'en'] as const)('the customer display in %s', (locale) => {
  it.each(Object.entries(states))('%s is inside its box on every screen', async (name, shows) => {
    const { page, errors } = await openDisplay();
    try {
      for (const size of sizes) {
        await page.setViewportSize(size);
        await show(page, shows, locale);
        await page.screenshot({ path: join(output, `customer-display-${name}-${size.width}-${locale === 'en' ? 'en' : 'zh'}.png`) });
        expect(await page.evaluate(outside), `${size.width}`).toEqual([]);
      }
      expect(errors).toEqual([]);
    } finally {
      await page.context().close();
    }
  }, 60_000);
});

describe('the customer display', () => {
  it('says both languages, the shop’s own first and larger', async () => {
    const { page } = await openDisplay();
    await show(page, states['pay'] ?? { kind: 'idle' }, 'en');
    const words = await page.locator('.foot').innerText();
    expect(words.split('\n').filter((line) => line !== '')).toEqual(['Show your payment code', '请出示付款码']);
    await page.context().close();
  });

  it('draws a code of 300 characters with modules of two pixels or more, black on white', async () => {
    const { page } = await openDisplay();
    await page.setViewportSize({ width: 1024, height: 768 });
    await show(page, states['code-long'] ?? { kind: 'idle' }, 'zh-CN');
    const [width, modules, dark, light] = await page.evaluate<[number, number, string, string]>(`(() => {
      const code = document.querySelector('.qr-code');
      return [code.getBoundingClientRect().width, code.viewBox.baseVal.width / 2, getComputedStyle(code.querySelector('path')).fill, getComputedStyle(code.querySelector('rect')).fill];
    })()`);
    expect(width).toBeGreaterThanOrEqual(300);
    expect(width / modules).toBeGreaterThanOrEqual(2);
    expect([dark, light]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    await page.context().close();
  });

  it('has the training frame, and says it in both languages', async () => {
    const { page } = await openDisplay();
    await show(page, states['paid'] ?? { kind: 'idle' }, 'zh-CN', true);
    await page.screenshot({ path: join(output, 'customer-display-training-1280-zh.png') });
    expect(await page.locator('.display-training').innerText()).toMatch(/练习 · 不收真钱\s+TRAINING · No real money/);
    expect(await page.evaluate(outside)).toEqual([]);
    await page.context().close();
  });
});
