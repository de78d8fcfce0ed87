/** What a cashier sees when a payment doesn't simply succeed: not paid, waiting, not known yet, and scans that must not charge. */
import { afterEach, expect, it } from 'vitest';
import { atBothCounters } from './stories.ts';

const sale = 'Type the amount, then scan';
const stop = 'Do not hand\nover the goods';
const paidOnce = [{ state: 'paid', timesCharged: 1 }];

atBothCounters('outcomes', 'en', (scene) => {
  afterEach(() => scene().shop.simulator.world.clearRules());

  const done = async (): Promise<void> => {
    const { counter } = scene();
    await counter.press('Enter');
    await counter.headline(sale);
  };

  /** A payment that was paid and whose answers are all lost, put aside. */
  const park = async (amount: string): Promise<void> => {
    const { counter, shop, sell } = scene();
    shop.simulator.world.addRule({ match: { call: 'query' }, fault: { kind: 'requestLost' }, times: 'always' });
    await sell(amount, shop.code('answerLost'));
    await counter.headline(stop);
    await counter.press('+');
    await counter.headline(sale);
    await counter.sees('1 not known yet');
  };

  it('says why it was not paid and that nothing was taken, and a new scan charges the same amount of the same payment', async () => {
    const { counter, shop, sell, scan } = scene();
    await sell('11', shop.code('insufficient'));
    await counter.headline('Not paid');
    await counter.sees('Not enough balance');
    await counter.sees('Nothing was taken from the customer.');
    await counter.sees('Scan again. The amount stays');
    scan(shop.code('paid'));
    await counter.headline('Paid');
    await counter.amount('¥11.00');
    expect(shop.booked(1100)).toMatchObject([{ state: 'refused', timesCharged: 0 }, { state: 'paid', timesCharged: 1 }]);
    await done();
    // One payment, two attempts: one row.
    expect(await counter.region('Latest payments').getByText('11.00').count()).toBe(1);
  });

  it('waits for a customer who types a password, says what follows, and ends in Paid', async () => {
    const { counter, shop, sell } = scene();
    await sell('12', shop.simulator.world.code('waits', 6));
    await counter.headline('Waiting for the customer to pay');
    await counter.sees('Not paid yet. Keep the goods');
    await counter.sees('28 s: undone for you');
    await counter.cap('Customer gives up…');
    await counter.headline('Paid');
    expect(shop.booked(1200)).toMatchObject(paidOnce);
    await done();
  });

  it('shows the payment again that stood at the counter when the page is loaded anew', async () => {
    const { counter, shop, sell } = scene();
    await sell('22', shop.code('ignored'));
    await counter.headline('Waiting for the customer to pay');
    await counter.page.reload();
    await counter.headline('Waiting for the customer to pay');
    await counter.amount('¥22.00');
    shop.simulator.world.confirm(shop.booked(2200)[0]?.reference ?? '');
    await counter.headline('Paid');
    expect(shop.booked(2200)).toMatchObject(paidOnce);
    await done();
  });

  it('undoes a payment that the customer gives up, and shows Undone only when the gateway has confirmed it', async () => {
    const { counter, shop, sell } = scene();
    await sell('13', shop.code('ignored'));
    await counter.headline('Waiting for the customer to pay');
    await counter.press('-');
    await counter.headline('Does the customer give up?');
    await counter.cap('Give up and undo');
    await counter.press('-');
    await counter.headline('Undone');
    await counter.sees('Undone and confirmed: nothing taken, or given back.');
    expect(shop.booked(1300)).toMatchObject([{ state: 'cancelled', timesCharged: 0 }]);
    await counter.press('-');
    await counter.headline(sale);
  });

  it('says to keep the goods while an answer is lost, and Paid once the gateway says so', async () => {
    const { counter, shop, sell } = scene();
    const { world } = shop.simulator;
    world.addRule({ match: { call: 'query' }, fault: { kind: 'requestLost' }, times: 'always' });
    await sell('14', shop.code('answerLost'));
    await counter.headline(stop);
    await counter.sees('Not known yet: it may be paid');
    await counter.sees('Shouqianba has not answered. We keep asking.');
    await counter.sees('Do not charge again. A screenshot is not proof.');
    await counter.sees(/Asked \d times, next in \d s/);
    await counter.sees('No answer by 28 s: undone for you');
    world.clearRules();
    await counter.headline('Paid');
    expect(shop.booked(1400)).toMatchObject(paidOnce);
    await done();
  });

  it('serves the next customer while a parked payment keeps its chip, and tells its end in a bar', async () => {
    const { counter, shop, sell } = scene();
    await park('15');
    await sell('16', shop.code('paid'));
    await counter.headline('Paid');
    await counter.sees('1 not known yet');
    expect(shop.booked(1600)).toMatchObject(paidOnce);
    await done();
    shop.simulator.world.clearRules();
    await counter.sees('The ¥15.00 you parked is paid: hand over');
    await counter.isGone('1 not known yet');
    expect(shop.booked(1500)).toMatchObject(paidOnce);
  });

  it('case 11: the amount of a parked payment asks whose it is, and charges another customer only when told', async () => {
    const { counter, shop, sell } = scene();
    await park('21');
    await sell('21', shop.code('paidAlipay'));
    await counter.headline('Is this the customer of the parked ¥21.00?');
    await counter.press('Enter');
    await counter.headline(stop);
    expect(shop.booked(2100)).toHaveLength(1);
    await counter.press('+');
    // The amount was that sale's: nobody else is charged it.
    await counter.headline(sale);
    await counter.amount('¥0.00');

    await sell('21', shop.code('paidAlipay'));
    await counter.headline('Is this the customer of the parked ¥21.00?');
    await counter.press('+');
    await counter.headline('Paid');
    expect(shop.booked(2100)).toMatchObject([...paidOnce, ...paidOnce]);
    await done();
    shop.simulator.world.clearRules();
    await counter.sees('The ¥21.00 you parked is paid: hand over');
    expect(shop.booked(2100)).toMatchObject([...paidOnce, ...paidOnce]);
  });

  it('refuses a scan while a payment runs, and says that it charged nothing', async () => {
    const { counter, shop, sell, scan } = scene();
    await sell('17', shop.code('ignored'));
    await counter.headline('Waiting for the customer to pay');
    scan(shop.code('paidAlipay'));
    await counter.page.getByRole('alert').getByText('This scan charged nothing.').waitFor();
    await counter.headline('Waiting for the customer to pay');
    const [order] = shop.booked(1700);
    expect(shop.booked(1700)).toMatchObject([{ state: 'waiting', timesCharged: 0 }]);
    shop.simulator.world.confirm(order?.reference ?? '');
    await counter.headline('Paid');
    expect(shop.booked(1700)).toMatchObject(paidOnce);
    await done();
  });

  it('opens the refund of a printed receipt that is scanned at an amount, charges nothing, and keeps the amount', async () => {
    const { counter, shop, sell, scan } = scene();
    await sell('18', shop.code('paid'));
    await counter.headline('Paid');
    await counter.sees('Receipt printed');
    await done();
    const printed = (await shop.paper.receipts()).at(-1)?.barcodes[0] ?? '';
    expect(printed).toBe(shop.booked(1800)[0]?.reference);
    await counter.type('18');
    await counter.amount('¥18.00');
    scan(printed);
    await counter.page.locator('.frame[data-view="refund"]').waitFor();
    expect(shop.booked(1800)).toHaveLength(1);
    await counter.press('-');
    await counter.amount('¥18.00');
    await counter.press('-');
    await counter.press('-');
    await counter.headline(sale);
  });

  it('case 9: a code that has just paid this amount is charged again only when a person says so', async () => {
    const { counter, shop, sell, scan } = scene();
    await sell('19', shop.code('paid'));
    await counter.headline('Paid');
    await done();
    await sell('19', shop.code('paid'));
    await counter.sees('This code has just paid ¥19.00');
    await counter.headline('This scan charged nothing');
    await counter.press('Enter');
    await counter.headline('Scan the customer’s code');
    expect(shop.booked(1900)).toHaveLength(1);
    scan(shop.code('paid'));
    await counter.cap('Charge ¥19.00 again');
    await counter.press('+');
    await counter.headline('Paid');
    expect(shop.booked(1900)).toMatchObject([...paidOnce, ...paidOnce]);
    await done();
  });
});
