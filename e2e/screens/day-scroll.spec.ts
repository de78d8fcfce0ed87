/** A day of 100,000 rows in the page: it scrolls without slow frames, and only the rows in sight are in it. */
import type { CDPSession } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleDayView } from '../../renderer/machine/samples-day.ts';
import { scriptOf } from './scenes.ts';
import { openTheatre, setStage, type Theatre } from './stage.ts';

const rows = 100_000;
/** A frame that takes longer than one and a half at 60 Hz is a slow one. */
const slowMs = 16.7 * 1.5;
const slowMost = 0.02;
/** Where even a page that stands still has so many slow frames, other work has this machine, and frame times say nothing. */
const stillMost = 0.005;
/** There the page's own time on the processor decides: in this it leaves a quarter of each frame free. */
const busyMostMs = 12.5;

let theatre: Theatre & { readonly address: string };
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

it('scrolls 100,000 rows with at most 2 % slow frames, and shows the last of them', async () => {
  const page = await theatre.open();
  const view = { ...sampleDayView, totals: { ...sampleDayView.totals, rows } };
  await page.addInitScript({ content: `window.stageReplies = { dayPage: (request) => new Promise((done) => setTimeout(() => done((${dayPage})(request)), 3)) };` });
  const stage = await setStage(page, theatre.address, 'zh-CN', scriptOf({ name: 'today', view: 'today', script: { day: view, people: [] } }));
  await stage.press('NumpadDivide', 'Numpad4');
  await page.waitForSelector('.day-row');
  await page.waitForTimeout(800);
  const still = (): Promise<readonly number[]> => page.evaluate(`(${scroll})(200, [0])`);
  const stillBefore = await still();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await mainThreadMs(session);
  const frames: readonly number[] = await page.evaluate(`(${scroll})(400, [120, null])`);
  const busyMs = (await mainThreadMs(session) - before) / frames.length;
  await expect.poll(() => page.evaluate<string | null>("[...document.querySelectorAll('.day-row')].at(-1)?.textContent ?? null"), { timeout: 60_000 }).toContain(String(rows - 1));
  const [slow, stillSlow] = [slowShare(frames), Math.max(slowShare(stillBefore), slowShare(await still()))];
  console.log(`${frames.length} frames: ${(slow * 100).toFixed(1)} % slow, ${busyMs.toFixed(1)} ms of the processor each; standing still ${(stillSlow * 100).toFixed(1)} % slow`);
  if (stillSlow <= stillMost) expect(slow).toBeLessThanOrEqual(slowMost);
  else console.log('this machine is busy with other work: the page is judged by its own time on the processor');
  expect(busyMs).toBeLessThan(busyMostMs);
  expect(await page.locator('.day-row').count()).toBeLessThan(40);
  await page.context().close();
}, 180_000);

function slowShare(frames: readonly number[]): number {
  return frames.filter((frame) => frame > slowMs).length / frames.length;
}

/** What the page's main thread has spent on the processor so far, whatever else runs on this machine. */
async function mainThreadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** Runs in the page: a till with as many rows as were asked for, told from the cursor. */
const dayPage = `(request) => {
  const from = request.after === null ? 0 : Number(request.after) + 1;
  const count = Math.max(0, Math.min(request.count, ${rows} - from));
  const wallets = ['wechat', 'alipay', 'unionpay'];
  const rows = Array.from({ length: count }, (_, offset) => {
    const index = from + offset;
    const paid = index % 11 !== 0;
    return {
      kind: 'sale', cursor: String(index), paymentId: 'd-' + index, number: 'T01-251120-' + index, at: Date.now() - index * 800, amount: { minor: 100 + (index * 37) % 90000, currency: 'CNY' },
      gateway: 'shouqianba', wallet: wallets[index % 3], last4: String(1000 + index % 9000), state: paid ? 'paid' : 'declined', verdict: paid ? 'paid' : 'notPaid', counts: paid, settled: false, open: false,
      operator: { operatorId: 'o-1', name: '李薇' }, reference: 'T01251120' + index, gatewayRef: '78952594854' + index, saleRef: null,
    };
  });
  return { day: request.day, rows, next: from + count < ${rows} ? String(from + count - 1) : null };
}`;

/**
 * Runs in the page: so many frames for each way of scrolling, and how long each frame took. A number is a wheel that turns
 * quickly, as a person's does; null is a thumb that is drawn to the end, with pages coming in meanwhile.
 */
const scroll = `async (each, ways) => {
  const list = document.querySelector('.day-rows');
  const frames = [];
  let last = await new Promise(requestAnimationFrame);
  for (const way of ways) {
    const by = way ?? (list.scrollHeight - list.scrollTop) / each;
    for (let frame = 0; frame < each; frame += 1) {
      list.scrollTop += by;
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      last = now;
    }
  }
  return frames;
}`;
