/** A locked till, and cash that nobody meant: what must not charge, must not book, and must not be lost. */
import { expect, it } from 'vitest';
import { till } from '../cli/support.ts';
import { wordsIn } from './day-words.ts';
import { addOwner, signIn } from './people.ts';
import { atBothCounters } from './stories.ts';

const say = wordsIn('en');
const owner = { name: 'Chen', pin: '2749' };
const wrongPin = '8163';
const paidOnce = [{ state: 'paid', timesCharged: 1 }];

atBothCounters('locked, and cash taken back', 'en', (scene) => {
  /** A till that nobody was added to asks for nobody; these stories need somebody, and a shift. */
  const withOwner = async (): Promise<void> => {
    const { counter } = scene();
    if (await counter.shows(say('sale'))) {
      if (await counter.page.getByRole('banner').getByText(owner.name).isVisible()) return;
    }
    await addOwner(counter, say, owner);
    await counter.press('-');
    await counter.headline(say('noShift'));
    await counter.press('Enter');
    await counter.headline(say('open'));
    await counter.type('100');
    await counter.press('Enter');
    await counter.headline(say('sale'));
  };

  /** What the journal has under an amount, as the command line reads it beside the running till. */
  const listed = async (minor: number): Promise<readonly unknown[]> => {
    const { lines } = await till(scene().shop.home, 'list');
    return lines.filter(({ amount }) => amount === minor).map(({ gateway, state }) => ({ gateway, state }));
  };

  it('charges nothing while locked, takes no wrong PIN, and keeps the typed amount for whoever unlocks', async () => {
    await withOwner();
    const { counter, shop, scan } = scene();
    await counter.type('38.5');
    await counter.amount('¥38.50');
    await counter.menu('8');
    await counter.headline(say('signIn'));
    await counter.sees('The ¥38.50 you typed is kept');
    scan(shop.code('paid'));
    await counter.page.getByRole('alert').getByText('The till is locked').waitFor();
    await counter.type(wrongPin);
    await counter.sees('Wrong PIN, 4 tries left');
    await counter.picture('lock-wrong-pin');
    // Nobody's name on a locked screen.
    expect(await counter.page.locator('.frame').textContent()).not.toContain(owner.name);
    await signIn(counter, owner);
    await counter.headline('Scan the customer’s code');
    await counter.amount('¥38.50');
    expect(shop.booked(3850)).toEqual([]);
    scan(shop.code('paid'));
    await counter.headline(say('paid'));
    expect(shop.booked(3850)).toMatchObject(paidOnce);
    await counter.press('Enter');
    await counter.headline(say('sale'));
  });

  it('books no cash by any run of Enters: a digit must stand between two', async () => {
    await withOwner();
    const { counter, shop } = scene();
    const openings = shop.paper.drawerOpenings();
    await counter.type('21');
    await counter.amount('¥21.00');
    const asFastAsKeysGo = async (): Promise<void> => {
      for (const code of ['NumpadEnter', 'Enter', 'NumpadEnter', 'NumpadEnter', 'Enter', 'Enter']) await counter.page.keyboard.press(code);
    };
    await asFastAsKeysGo();
    // And at a person's pace, past the guard: the first opens the panel where none of the fast ones did.
    for (let times = 0; times < 3; times += 1) await counter.press('Enter');
    await counter.sees('Type what you were given; 0 for exact.');
    await asFastAsKeysGo();
    await counter.picture('cash-run-of-enters');
    await counter.headline(say('cash'));
    await counter.press('-');
    await counter.headline('Scan the customer’s code');
    await counter.amount('¥21.00');
    expect(await listed(2100)).toEqual([]);
    expect(shop.paper.drawerOpenings()).toBe(openings);
    await counter.press('-');
    await counter.press('-');
    await counter.headline(say('sale'));
  });

  it('takes cash back before the next sale: the amount stands again, and a scan charges it once', async () => {
    await withOwner();
    const { counter, shop, scan } = scene();
    await counter.type('22');
    await counter.press('Enter');
    await counter.headline(say('cash'));
    await counter.type('0');
    await counter.cap('Take it, exact');
    await counter.press('Enter');
    await counter.headline('Exact: no change');
    await counter.sees(say('drawerOpen'));
    expect(await listed(2200)).toEqual([{ gateway: 'cash', state: 'paid' }]);
    await counter.press('-');
    await counter.headline('Scan the customer’s code');
    await counter.amount('¥22.00');
    await counter.picture('cash-taken-back');
    scan(shop.code('paidAlipay'));
    await counter.headline(say('paid'));
    await counter.press('Enter');
    await counter.headline(say('sale'));
    expect(shop.booked(2200)).toMatchObject(paidOnce);
    const sales = await listed(2200);
    expect(sales).toHaveLength(2);
    expect(sales.filter((sale) => JSON.stringify(sale).includes('"paid"'))).toEqual([{ gateway: 'shouqianba', state: 'paid' }]);
    await counter.menu('5');
    await counter.headline(say('count'));
    await counter.press('*');
    await counter.headline(/^Shift 1 · /);
    await counter.page.locator('.x-drawer dl div').filter({ hasText: 'Not cash after all' }).getByText('1 sale', { exact: true }).waitFor();
    await counter.picture('x-cash-taken-back');
    await counter.press('Enter');
    await counter.headline(say('count'));
    await counter.press('-');
    await counter.headline(say('sale'));
  });
});
