/** `kill -9` of the till in the middle of a payment: the next start takes it up before the eyes of the cashier, and nothing happens twice. */
import { afterEach, expect, it } from 'vitest';
import { atBothCounters } from './stories.ts';

const sale = 'Type the amount, then scan';
const stop = 'Do not hand\nover the goods';
const paidOnce = [{ state: 'paid', timesCharged: 1 }];

atBothCounters('after kill -9', 'en', (scene) => {
  afterEach(() => scene().shop.simulator.world.clearRules());

  /** The receipts of one payment on paper, copies apart. */
  const receiptsOf = async (reference: string): Promise<{ readonly originals: number; readonly copies: number }> => {
    const printed = (await scene().shop.paper.receipts()).filter((receipt) => receipt.barcodes.includes(reference));
    const copies = printed.filter((receipt) => receipt.lines.some((line) => line.includes('COPY'))).length;
    return { originals: printed.length - copies, copies };
  };

  it('case 26: takes up a waiting payment before anything new is sold, and ends it as the customer does', async () => {
    const { counter, shop, sell } = scene();
    const { world } = shop.simulator;
    await sell('31', shop.code('ignored'));
    await counter.headline('Waiting for the customer to pay');
    await counter.kill();
    world.addRule({ match: { call: 'query' }, fault: { kind: 'answerLate', seconds: 3.5 } });
    await counter.start();

    await counter.headline('First, what was left open');
    await counter.sees('0 of 1 asked');
    await counter.scanAsKeyboard(shop.code('paid'));
    await counter.page.getByRole('alert').getByText('Nothing new was charged.').waitFor();
    await counter.headline('Waiting for the customer to pay');
    await counter.amount('¥31.00');
    const [order] = shop.booked(3100);
    world.confirm(order?.reference ?? '');
    await counter.headline('Paid');
    await expect.poll(() => receiptsOf(order?.reference ?? '')).toEqual({ originals: 1, copies: 0 });
    expect(shop.booked(3100)).toMatchObject(paidOnce);
    await counter.press('Enter');
    await counter.headline(sale);
  });

  it('finds out that a payment whose answer died with the till was paid, charges nothing again, and prints its one receipt', async () => {
    const { counter, shop, sell } = scene();
    const { world } = shop.simulator;
    world.addRule({ match: { call: 'query' }, fault: { kind: 'requestLost' }, times: 'always' });
    await sell('32', shop.code('answerLost'));
    await counter.headline(stop);
    await counter.kill();
    await counter.start();
    await counter.headline(stop);
    await counter.amount('¥32.00');
    world.clearRules();
    await counter.headline('Paid');
    await counter.sees('Receipt printed');
    const [order] = shop.booked(3200);
    expect(shop.booked(3200)).toMatchObject(paidOnce);
    expect(await receiptsOf(order?.reference ?? '')).toEqual({ originals: 1, copies: 0 });

    // A further start changes nothing of what has ended.
    await counter.press('Enter');
    await counter.kill();
    await counter.start();
    await counter.sees('Scanner is ready');
    await counter.region('Latest payments').getByText('32.00').waitFor();
    expect(shop.booked(3200)).toMatchObject(paidOnce);
    expect(await receiptsOf(order?.reference ?? '')).toEqual({ originals: 1, copies: 0 });
    await sell('33', shop.code('paid'));
    await counter.headline('Paid');
    expect(shop.booked(3300)).toMatchObject(paidOnce);
    await counter.press('Enter');
  });

  it('case 40: prints a receipt that had not begun before the kill, once and as no copy', async () => {
    const { counter, shop, sell } = scene();
    await shop.paper.switchOff();
    await sell('34', shop.code('paid'));
    await counter.headline('Paid');
    await counter.sees('Receipt not printed yet');
    await counter.press('Enter');
    // Until then its first try may be under way, and a job that was begun waits for a key.
    await counter.sees(/The printer cannot be reached. Payments are not affected and receipts are kept/);
    await counter.kill();
    await shop.paper.switchOn();
    await counter.start();
    await counter.sees('Scanner is ready');
    const reference = shop.booked(3400)[0]?.reference ?? '';
    await expect.poll(() => receiptsOf(reference), { timeout: 15_000 }).toEqual({ originals: 1, copies: 0 });
    expect(shop.booked(3400)).toMatchObject(paidOnce);
  });
});
