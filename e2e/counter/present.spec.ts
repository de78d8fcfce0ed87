/** The customer scans us: a code on the cashier's and the customer's screen, paid by the simulator's payer, and one that is taken back. */
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hosts } from './hosts.ts';
import { openScene, whyNot, type Scene } from './stories.ts';

const host = hosts[0];
const why = host === undefined ? 'there is no browser host' : whyNot(host);
if (why !== null) console.warn(`shown codes in Chromium: skipped, ${why}.`);

describe.skipIf(host === undefined || why !== null)(why === null ? 'shown codes in Chromium' : `shown codes in Chromium (skipped: ${why})`, () => {
  let scene: Scene;
  let customer: Page;

  beforeAll(async () => {
    if (host === undefined) throw new Error('there is no browser host');
    scene = await openScene(host, 'zh-CN');
    customer = await scene.counter.page.context().newPage();
    await customer.setViewportSize({ width: 1024, height: 600 });
    await customer.goto(new URL('/display', scene.counter.page.url()).href);
    await scene.counter.page.bringToFront();
  });
  afterAll(async () => {
    await scene.counter.stop();
    await scene.shop.close();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await scene.counter.picture(`present-${task.name}`);
  });

  const shows = (kind: string): Promise<void> => customer.locator(`.display[data-shows="${kind}"]`).waitFor();

  /** The content of the one code that could be paid now. */
  async function codeUp(minor: number): Promise<string> {
    await scene.counter.headline('请顾客扫码付款');
    const shown = scene.shop.simulator.world.shown().filter((order) => order.amount === minor);
    expect(shown).toHaveLength(1);
    return shown[0]?.qr ?? '';
  }

  it('shows a code for the amount on both screens, and is Paid once the payer has paid it', async () => {
    const { counter, shop } = scene;
    await shows('idle');
    await counter.type('38.5');
    await shows('pay');
    await customer.getByText('请出示付款码').waitFor();
    await counter.press('*');
    const qr = await codeUp(3850);
    await shows('code');
    await customer.locator('.qr-code').waitFor();
    await counter.page.locator('.qr-code').waitFor();
    await counter.sees('钱还没到，先别交货');
    await counter.sees('顾客屏上也有这个码');
    // Both screens draw the very same code.
    const path = '.qr-code path';
    expect(await customer.locator(path).getAttribute('d')).toBe(await counter.page.locator(path).getAttribute('d'));
    expect(shop.simulator.world.payShown(qr)).toMatchObject({ done: true });
    await counter.headline('收款成功');
    await shows('paid');
    await customer.getByText('谢谢，请拿好小票').waitFor();
    expect(shop.booked(3850)).toMatchObject([{ state: 'paid', timesCharged: 1 }]);
    const receipts = await shop.paper.receipts();
    expect(receipts).toHaveLength(1);
    expect(receipts[0]?.qrs).toEqual([shop.booked(3850)[0]?.reference]);
    await counter.press('Enter');
    await shows('idle');
  });

  it('refuses a scan while the code is up, prints the code, and charges the scan once the code is taken back and closed', async () => {
    const { counter, shop, scan } = scene;
    await counter.type('12');
    await counter.press('*');
    const qr = await codeUp(1200);
    scan(shop.code('paid'));
    await counter.sees('这一次扫码没有收款');
    expect(shop.booked(1200)).toMatchObject([{ timesCharged: 0 }]);
    await counter.press('+');
    await expect.poll(async () => (await shop.paper.receipts()).at(-1)?.qrs, { timeout: 15_000 }).toEqual([qr]);
    expect((await shop.paper.receipts()).at(-1)?.lines.join('\n')).toContain('还没有付款，这不是小票');
    await counter.press('-');
    await counter.headline('正在关掉这个码');
    await shows('checking');
    await counter.headline('已撤销');
    await shows('notPaid');
    expect(shop.simulator.world.payShown(qr)).toEqual({ done: false, why: 'ended' });
    scan(shop.code('paid'));
    await counter.headline('收款成功');
    expect(shop.booked(1200).map(({ timesCharged }) => timesCharged).toSorted((left, right) => left - right)).toEqual([0, 1]);
    await counter.press('Enter');
  });
});
