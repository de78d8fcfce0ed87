/** Every screen, in both languages, both themes and both sizes: readable, inside its box, one ring, words as large as they must be. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import { sampleNow, samplePayment } from '../../renderer/machine/samples.ts';
import { playScene } from './play.ts';
import { scenes, type Scene } from './scenes.ts';
import { openTheatre, type Locale, type Stage } from './stage.ts';

const output = join(import.meta.dirname, '../output/screens');
/** `SCENES=paid,open` plays only the scenes whose names begin so. */
const only = process.env['SCENES']?.split(',');
const played = scenes.filter((scene) => only === undefined || only.some((name) => scene.name.startsWith(name)));
const wide = { width: 1280, height: 800 } as const;
const narrow = { width: 1024, height: 768 } as const;
const sizes = [wide, narrow] as const;
type Size = (typeof sizes)[number];

let theatre: Awaited<ReturnType<typeof openTheatre>>;

beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

// A scene waits for most of its time: several are looked at at once.
describe.concurrent.each(['zh-CN', 'en'] as const)('screens in %s', (locale) => {
  it.each(played)('$name is readable and inside its box in both sizes, light and dark', async (scene) => {
    const page = await theatre.lend();
    const errors: string[] = [];
    page.on('console', (entry) => (entry.type() === 'error' ? errors.push(entry.text()) : undefined));
    page.on('pageerror', (error) => errors.push(error.message));
    const stage = await playScene(theatre, scene, locale, page);
    for (const size of sizes) await checkSize(stage, scene, locale, size);
    await checkCovered(stage);
    expect(errors).toEqual([]);
    await theatre.giveBack(page);
  }, 60_000);
});

/** Sizes decide what overflows, themes what contrasts: each pair is looked at in one of the two languages, with a picture. */
async function checkSize(stage: Stage, scene: Scene, locale: Locale, size: Size): Promise<void> {
  await stage.page.setViewportSize(size);
  const theme = (size.width === 1280) === (locale === 'zh-CN') ? 'light' : 'dark';
  await showTheme(stage.page, theme);
  await picture(stage.page, scene, locale, size, theme === 'dark' ? '-dark' : '');
  expect(await stage.check<string[]>('overflow')).toEqual([]);
  expect(await stage.check<string[]>('contrast')).toEqual([]);
  if (locale === 'zh-CN') expect(await stage.check<string[]>('narrowMarks')).toEqual([]);
  expect((await stage.check('focusedField')) !== null).toBe(scene.field ?? false);
  expect(await stage.check<number>('rings')).toBeLessThanOrEqual(1);
  await checkWord(stage, scene, locale, size);
}

/** Whatever ends elsewhere meanwhile, and whatever is said: it takes the top bar's place, and covers nothing of the screen. */
async function checkCovered(stage: Stage): Promise<void> {
  for (const paymentId of ['late-1', 'late-2', 'late-3']) await stage.pay({ ...samplePayment('unknown'), paymentId, parked: true });
  await stage.pay({ ...samplePayment('paid'), paymentId: 'late-1', parked: true, changedAt: sampleNow + 1 });
  await stage.pay({ ...samplePayment('reversed'), paymentId: 'late-2', parked: true, changedAt: sampleNow + 1 });
  await stage.pay({ ...samplePayment('review'), paymentId: 'late-3', parked: true, changedAt: sampleNow + 1 });
  await checkOver(stage, 'bars', [narrow, wide]);
  await stage.push({ type: 'scan', scan: { kind: 'other', scanId: null, message: message('paperOut') } });
  await checkOver(stage, 'notice', [wide, narrow]);
}

/** In the order in which the window changes least often: each change is drawn. */
async function checkOver(stage: Stage, over: string, inOrder: readonly Size[]): Promise<void> {
  for (const size of inOrder) {
    await stage.page.setViewportSize(size);
    expect(await stage.check<string[]>('overflow'), over).toEqual([]);
  }
}

/** Themes are attributes of the root: the same screen is looked at in both. */
async function showTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
}

async function picture(page: Page, scene: Scene, locale: Locale, size: Size, suffix: string): Promise<void> {
  const name = `${scene.name}-${size.width}-${locale === 'en' ? 'en' : 'zh'}${suffix}.png`;
  await page.screenshot({ path: join(output, name) });
}

/** The one word is as large as SCREENS.md 2 says, so that it is read from 3 m. */
async function checkWord(stage: Stage, scene: Scene, locale: Locale, size: Size): Promise<void> {
  const isVerdict = scene.view === 'paid' || scene.view === 'notPaid' || scene.view === 'unknown' || scene.view === 'reversing';
  // A new code in hand, or a receipt looked at beside the word, shrinks it on purpose.
  if (!isVerdict || scene.name.endsWith('guard-held') || scene.name.endsWith('paid-receipt')) return;
  const stop = scene.view === 'unknown' || scene.view === 'reversing';
  const isWide = size === wide;
  const [least, most] = stop && locale === 'en' ? (isWide ? [130, 130] : [104, 104]) : isWide ? [184, 216] : [152, 176];
  const measured = await stage.check<number>('titleSize');
  expect(measured).toBeGreaterThanOrEqual(least);
  expect(measured).toBeLessThanOrEqual(most);
}
