/** One sale from a scan to a shown code and back: what was begun first has ended for certain, or is told, before the second can take money. */
import { expect, it } from 'vitest';
import type { Showing } from './showing.ts';

/** Where a scan can be undone, and a code closed. */
export function undoneForCertain(showing: () => Showing): void {
  it('a scan that stays open is undone for certain before a code is shown, and the payer who tries both pays once', async () => {
    const till = showing();
    const { counter, say, shop } = till;
    const { world } = shop.simulator;
    await till.routeTo('shouqianba');
    await till.sell('21.1', world.code('ignored', 0, 'wechat'));
    await counter.headline(say.waiting);
    const scanned = till.ordersOf('21.1')[0]?.reference ?? '';
    await counter.press('-');
    await counter.headline(say.givesUp);
    await counter.press('-');
    await counter.headline(say.undone);
    await counter.press('*');
    const code = await till.codeUp('21.1');
    expect(world.confirm(scanned)).toBe(false);
    expect(world.payShown(code.qr)).toMatchObject({ done: true });
    await till.isPaid('21.1');
    expect(till.ordersOf('21.1').map(({ timesCharged }) => timesCharged)).toEqual([0, 1]);
  });

  it('a scan is refused while the code is up, and charges once it is closed; the payer who tries both pays once', async () => {
    const till = showing();
    const { counter, say, shop, scan } = till;
    const { world } = shop.simulator;
    await till.routeTo('shouqianba');
    const code = await till.show('21.2');
    scan(shop.code('paid'));
    await counter.sees(say.scanRefused);
    expect(till.ordersOf('21.2')).toMatchObject([{ timesCharged: 0 }]);
    await counter.press('+');
    await expect.poll(async () => (await shop.paper.receipts()).at(-1)?.qrs, { timeout: 15_000 }).toEqual([code.qr]);
    expect((await shop.paper.receipts()).at(-1)?.lines.join('\n')).toContain(say.noReceipt);
    await counter.press('-');
    await counter.headline(say.undone);
    expect(world.payShown(code.qr)).toEqual({ done: false, why: 'ended' });
    scan(shop.code('paid'));
    await till.isPaid('21.2');
    expect(till.ordersOf('21.2').map(({ timesCharged }) => timesCharged)).toEqual([0, 1]);
  });
}

/** Where neither can be: what can't be proven is told, and waits. */
export function provenOrTold(showing: () => Showing): void {
  it('a scan that nothing undoes keeps the code from being shown until the customer has surely not paid', async () => {
    const till = showing();
    const { counter, say, shop } = till;
    const { world } = shop.simulator;
    await till.routeTo('omipay');
    await till.sell('22.1', world.code('ignored', 0, 'alipay'));
    await counter.headline(say.waiting);
    const [scanned] = till.ordersOf('22.1');
    expect(scanned?.gateway).toBe('omipay');
    await counter.press('-');
    await counter.headline(say.givesUp);
    await counter.press('-');
    await counter.sees(say.stopped);
    await counter.press('*');
    expect(till.ordersOf('22.1')).toHaveLength(1);
    world.refuse(scanned?.reference ?? '', 'payerCancelled');
    await counter.headline(say.notPaid);
    await counter.press('*');
    const code = await till.codeUp('22.1');
    expect(world.confirm(scanned?.reference ?? '')).toBe(false);
    expect(world.payShown(code.qr)).toMatchObject({ done: true });
    await till.isPaid('22.1');
    expect(till.ordersOf('22.1').map(({ timesCharged }) => timesCharged)).toEqual([0, 1]);
  });

  it('a code that nothing closes is told to be open; a scan charges the sale, and a payer who pays both gets one back', async () => {
    const till = showing();
    const { counter, say, shop, scan } = till;
    const { world } = shop.simulator;
    await till.routeTo('omipay');
    const code = await till.show('22.2');
    await counter.press('-');
    await counter.headline(say.notClosed);
    scan(world.code('paid', 0, 'alipay'));
    await counter.sees(say.scanRefused);
    expect(till.ordersOf('22.2')).toMatchObject([{ timesCharged: 0 }]);
    await counter.press('Enter');
    await counter.amount('¥22.20');
    scan(world.code('paid', 0, 'alipay'));
    await counter.headline(say.wasItPaid);
    expect(till.ordersOf('22.2')).toHaveLength(1);
    await counter.press('+');
    await till.isPaid('22.2');
    expect(world.payShown(code.qr)).toMatchObject({ done: true });
    await till.asksAboutQuietOne();
    await counter.sees(say.personMustLook);
    await counter.press('-');
    await counter.menu('1');
    await counter.press('Enter');
    await till.isGivenBackFromReview('22.2');
    await till.backToSale();
    const kept = till.ordersOf('22.2').filter(({ state }) => state === 'paid');
    expect(kept).toHaveLength(1);
  });

  it('a code that nothing closes and that was paid before another charge is asked about once more: nothing is charged a second time', async () => {
    const till = showing();
    const { counter, say, shop, scan } = till;
    const { world } = shop.simulator;
    await till.routeTo('omipay');
    const code = await till.show('22.3');
    await counter.press('-');
    await counter.headline(say.notClosed);
    await counter.press('Enter');
    await counter.amount('¥22.30');
    scan(world.code('paid', 0, 'alipay'));
    await counter.headline(say.wasThisPaid);
    expect(world.payShown(code.qr)).toMatchObject({ done: true });
    await counter.press('+');
    await counter.headline(say.paidMeanwhile);
    expect(till.ordersOf('22.3').map(({ timesCharged }) => timesCharged)).toEqual([1]);
    await counter.press('Enter');
    await till.isGivenBackFromReview('22.3');
    await till.backToSale();
    expect(till.ordersOf('22.3')).toHaveLength(1);
  });
}
