/** What holds on every screen: a scan types nothing, caps and keys are the same, and the verdicts differ without colour. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleCode, sampleDeclined, samplePayment } from '../../renderer/machine/samples.ts';
import { typeAsScanner } from '../counter/keys.ts';
import { playScene, sceneNamed, screensOnce } from './play.ts';
import { training, type Scene } from './scenes.ts';
import { openTheatre, type Stage } from './stage.ts';

const code = '134829174400512345';
let theatre: Awaited<ReturnType<typeof openTheatre>>;
let page: Page;

beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

async function play(scene: Scene): Promise<Stage> {
  const stage = await playScene(theatre, scene);
  page = stage.page;
  return stage;
}

/** Every scan that reached the till. */
async function submitted(stage: Stage): Promise<readonly { readonly request: unknown }[]> {
  return (await stage.calls()).filter((call) => call.name === 'submitScan');
}

/** A scan at the pace of a scanner, however busy this machine is. */
async function burst(): Promise<void> {
  await typeAsScanner(page, code);
}

/** What a leaked digit would change: the amount, the digits of a typed code, any field. */
const typed = "[...document.querySelectorAll('.amount, .code-digits, input, textarea')].map((element) => element.value ?? element.textContent).join('|')";

describe('a keyboard scanner', () => {
  it.each(screensOnce)('on $name types nothing, whatever has the focus, and reaches the till as one scan', async (scene) => {
    const stage = await play(scene);
    const before = await page.evaluate(typed);
    const view = await page.getAttribute('.frame', 'data-view');
    for (const [index, focus] of ['#title', '.cap', '.chip'].entries()) {
      await page.evaluate(`document.querySelector(${JSON.stringify(focus)})?.focus()`);
      await burst();
      await expect.poll(async () => (await submitted(stage)).length, { timeout: 3000 }).toBe(index + 1);
      expect((await submitted(stage)).at(-1)?.request).toEqual({ text: code, source: 'keyboard' });
    }
    expect(await page.evaluate(typed)).toBe(before);
    expect(await page.getAttribute('.frame', 'data-view')).toBe(view);
    await theatre.giveBack(page);
  }, 30_000);

  it('charges the amount that stands, once, with the handle that the till gave', async () => {
    const stage = await play(sceneNamed('sale-idle'));
    await stage.reply({ submitScan: sampleCode(), pay: { kind: 'started', payment: samplePayment('paid') } });
    await stage.press('Numpad3', 'Numpad8', 'NumpadDecimal', 'Numpad5');
    await burst();
    await page.waitForSelector('[data-view="paid"]');
    const paid = (await stage.calls()).filter((call) => call.name === 'pay');
    expect(paid).toHaveLength(1);
    expect(paid[0]?.request).toMatchObject({ scanId: 'scan-1', amount: { minor: 3850, currency: 'CNY' } });
    expect(JSON.stringify(await page.evaluate('document.body.innerHTML'))).not.toContain(code);
    await theatre.giveBack(page);
  });
});

describe('the keys', () => {
  it('no field of any kind is on Sale, and nothing there has a ring but what Tab went to', async () => {
    const stage = await play(sceneNamed('sale-idle'));
    expect(await page.locator('input, textarea, select, [contenteditable]').count()).toBe(0);
    expect(await stage.check('rings')).toBe(0);
    await page.keyboard.press('Tab');
    await expect.poll(() => stage.check('rings')).toBe(1);
    await theatre.giveBack(page);
  });

  it('a touched cap does what its key does', async () => {
    const stage = await play(sceneNamed('not-known-yet'));
    await stage.skip(500);
    await page.click('[data-key="Enter"]');
    await stage.press('NumpadEnter');
    expect((await stage.calls()).filter((call) => call.name === 'askNow')).toHaveLength(2);
    await theatre.giveBack(page);
  });

  it('a run of Enters after a scan charges nothing more and hands nothing over', async () => {
    const stage = await play(sceneNamed('paid'));
    for (let press = 0; press < 6; press += 1) await stage.press('Enter');
    expect((await stage.calls()).filter((call) => call.name === 'pay')).toHaveLength(1);
    await theatre.giveBack(page);
  });

  it('Enter right after a verdict does nothing for 400 ms', async () => {
    const stage = await play({ ...sceneNamed('not-paid'), script: { preferences: { volume: 1 } }, play: async (acting) => {
      await acting.reply({ pay: { kind: 'started', payment: sampleDeclined() } });
      await acting.touch('38.5');
      await acting.page.evaluate(`(${stopClockAndListen})()`);
      await acting.push({ type: 'scan', scan: sampleCode() });
    } });
    // The tick of a refused key says that it was seen.
    await page.keyboard.press('Enter');
    await page.waitForFunction('window.ticks === 1');
    expect(await page.getAttribute('.frame', 'data-view')).toBe('notPaid');
    await page.evaluate('Date.now = window.runningClock');
    await stage.skip(500);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-view="sale"]');
    expect(await page.evaluate('window.ticks')).toBe(1);
    await theatre.giveBack(page);
  });

  it('the customer’s phone opens with / 9 and by touching the band, and the sale stands as it stood', async () => {
    const stage = await play(sceneNamed('training'));
    await stage.press('NumpadDivide', 'Numpad9');
    await page.click('.training-band');
    expect((await stage.calls()).filter((call) => call.name === 'openPhone')).toHaveLength(2);
    expect(await page.textContent('#amount')).toBe('¥38.50');
    expect(await page.locator('.menu-panel, .notice, .panel-question').count()).toBe(0);
    await theatre.giveBack(page);
  });

  it('where no browser opens, the phone’s address is said', async () => {
    const stage = await play(sceneNamed('training'));
    await stage.reply({ noBrowser: true });
    await page.click('.training-band');
    await page.getByText(training.phoneUrl).waitFor();
    expect(await stage.check<string[]>('overflow')).toEqual([]);
    await theatre.giveBack(page);
  });

  it('there is no phone outside training', async () => {
    const stage = await play(sceneNamed('menu'));
    await stage.press('Numpad9');
    expect(await page.locator('.menu-choice[data-digit="9"], .training-band').count()).toBe(0);
    expect((await stage.calls()).map((call) => call.name)).not.toContain('openPhone');
    await theatre.giveBack(page);
  });

  it('the language changes with / 7 6 1 and the theme with 2', async () => {
    const stage = await play(sceneNamed('sale-idle'));
    await stage.press('NumpadDivide', 'Numpad7', 'Numpad6', 'Numpad1', 'Numpad2', 'Numpad2');
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('light');
    await theatre.giveBack(page);
  });
});

it('a device that was never set up has no green light', async () => {
  await play(sceneNamed('sale-no-devices'));
  expect(await page.locator('.light.ready').allTextContents()).toEqual(['Shouqianba', 'Omipay', 'Journal']);
  expect(await page.locator('.light.absent').allTextContents()).toEqual(['No scanner', 'No printer']);
  expect(await page.getByText('Scanner is ready').count()).toBe(1);
  await theatre.giveBack(page);
});

it('an hour that stands alone has a bar no wider than an eighth of the chart', async () => {
  await play(sceneNamed('today-one-hour'));
  const chart = await page.locator('.day-chart-plot').boundingBox();
  const bars = await page.locator('.recharts-bar-rectangle rect').all();
  expect(bars).toHaveLength(2);
  for (const bar of bars) expect((await bar.boundingBox())?.width).toBeLessThan((chart?.width ?? 0) / 8);
  await theatre.giveBack(page);
});

describe('the verdicts without colour', () => {
  it('differ in grey at 160 pixels wide in both languages', async () => {
    const verdicts = ['paid', 'not-paid', 'not-known-yet'];
    for (const locale of ['zh-CN', 'en'] as const) {
      const shots: string[] = [];
      for (const name of verdicts) {
        page = (await playScene(theatre, sceneNamed(name), locale)).page;
        shots.push((await page.screenshot()).toString('base64'));
        if (name !== verdicts.at(-1)) await theatre.giveBack(page);
      }
      const differences: readonly number[] = await page.evaluate(`(${greyDifferences})(${JSON.stringify(shots)})`);
      for (const difference of differences) expect(difference).toBeGreaterThan(40);
      await theatre.giveBack(page);
    }
  }, 60_000);
});

/** No time passes until `Date.now` is put back, and the ticks of refused keys are counted. Runs in the page. */
const stopClockAndListen = `() => {
  window.runningClock = Date.now;
  const now = Date.now();
  Date.now = () => now;
  window.ticks = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    if (this.frequency.value === 1200) window.ticks += 1;
    return start.apply(this, when);
  };
}`;

/** Mean difference in grey levels between each two pictures, 160 by 100 pixels each, with brightness evened out. Runs in the page. */
const greyDifferences = `async (shots) => {
  const greys = [];
  for (const shot of shots) {
    const bytes = Uint8Array.from(atob(shot), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(160, 100);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, 160, 100);
    const data = context.getImageData(0, 0, 160, 100).data;
    greys.push(Array.from({ length: 16000 }, (_, index) => 0.2126 * data[index * 4] + 0.7152 * data[index * 4 + 1] + 0.0722 * data[index * 4 + 2]));
  }
  const pairs = [[0, 1], [0, 2], [1, 2]];
  return pairs.map(([first, second]) => greys[first].reduce((sum, grey, index) => sum + Math.abs(grey - greys[second][index]), 0) / 16000);
}`;
