/** A day of 100,000 rows in the page: it scrolls without slow frames, and only the rows in sight are in it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleDayView } from '../../renderer/machine/samples-day.ts';
import { scriptOf } from './scenes.ts';
import { openTheatre, setStage, type Theatre } from './stage.ts';

const rows = 100_000;
/** A frame that takes longer than one and a half at 60 Hz is a slow one. */
const slowMs = 16.7 * 1.5;
const slowMost = 0.02;

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
  page.on('console', (entry) => console.log(entry.text()));
  await stage.press('NumpadDivide', 'Numpad4');
  await page.waitForSelector('.day-row');
  await page.waitForTimeout(800);
  const frames: readonly number[] = await page.evaluate(`(${scroll})()`);
  const slow = frames.filter((frame) => frame > slowMs).length;
  const sorted = frames.toSorted((one, other) => one - other);
  console.log(`${frames.length} frames, ${slow} slow, median ${sorted[frames.length >> 1]?.toFixed(1)} ms, longest ${sorted.at(-1)?.toFixed(1)} ms`);
  expect(slow / frames.length).toBeLessThanOrEqual(slowMost);
  expect(await page.locator('.day-row').count()).toBeLessThan(40);
  await page.waitForFunction(`[...document.querySelectorAll('.day-row')].at(-1)?.textContent.includes('${rows - 1}')`, undefined, { timeout: 60_000 });
  await page.context().close();
}, 180_000);

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
 * Runs in the page: a wheel that turns quickly for a while, as a person does, then a thumb that is drawn to the end. The time
 * from frame to frame is what somebody sees; pages come in meanwhile.
 */
const scroll = `async () => {
  const list = document.querySelector('.day-rows');
  const frames = [];
  let last = await new Promise(requestAnimationFrame);
  const step = async (by) => {
    list.scrollTop += by;
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - last);
    last = now;
  };
  for (let frame = 0; frame < 200; frame += 1) await step(0);
  const still = frames.splice(0);
  for (let frame = 0; frame < 400; frame += 1) await step(120);
  const wheel = frames.slice();
  const far = (list.scrollHeight - list.scrollTop) / 400;
  for (let frame = 0; frame < 400; frame += 1) await step(far);
  const count = (list) => list.filter((f) => f > 25).length; console.log('still', count(still), 'wheel', count(wheel), 'drag', count(frames) - count(wheel));
  return frames;
}`;
