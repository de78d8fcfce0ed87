/** The owner's settings at the counter: what is saved by keys holds at once, and no save cuts off what hangs on an old terminal. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { atBothCounters } from './stories.ts';

atBothCounters('the settings', 'en', (scene) => {
  const file = (): string => readFileSync(join(scene().shop.home, 'settings.json'), 'utf8');
  const written = (): { readonly refund?: { readonly reasons?: readonly string[] }; readonly gateways: { readonly shouqianba: { readonly terminalSn: string } } } => JSON.parse(file()) as ReturnType<typeof written>;

  it('take a reason for refunds, which the next refund offers', async () => {
    const { counter, shop, sell } = scene();
    await counter.menu('7', '3');
    await counter.headline('Reasons for refunds');
    await counter.press('+');
    await counter.write('Wrong size');
    await counter.press('Enter');
    await counter.sees('Wrong size');
    await counter.press('Enter');
    await counter.sees('The settings are saved');
    expect(written().refund?.reasons).toEqual(['Wrong size']);
    expect(statSync(join(shop.home, 'settings.json')).mode & 0o777).toBe(0o600);
    await counter.press('-');
    await counter.headline('Type the amount, then scan');
    await sell('12.3', shop.code('paid'));
    await counter.headline('Paid');
    await counter.press('Enter');
    await counter.menu('2');
    await counter.type('12.3');
    await counter.cap('Open');
    await counter.press('Enter');
    await counter.headline(/^Payment/);
    await counter.press('Enter');
    await counter.sees('Wrong size');
    await counter.picture('settings-reason-offered');
    await counter.press('-');
  });

  it('test a gateway without moving money, and stop before a terminal is changed that refunds still hang on (case 6)', async () => {
    const { counter, shop } = scene();
    const before = written().gateways.shouqianba.terminalSn;
    const booked = shop.simulator.world.books().orders.length;
    await counter.menu('7', '2');
    await counter.headline('Routing');
    await counter.type('6');
    await counter.headline('Shouqianba');
    await counter.press('+');
    await counter.page.locator('.test-step.passed').nth(4).waitFor();
    expect(shop.simulator.world.books().orders).toHaveLength(booked);
    await counter.type('22');
    await counter.press('Enter');
    await counter.page.keyboard.press('Control+A');
    await counter.write('100000000099');
    await counter.press('Enter');
    await counter.cap('Save');
    await counter.press('Enter');
    await counter.headline('The old one still has open matters');
    await counter.picture('settings-identity');
    await counter.press('Enter');
    await counter.headline('Shouqianba');
    expect(written().gateways.shouqianba.terminalSn).toBe(before);
    await counter.press('Enter');
    await counter.headline('The old one still has open matters');
    await counter.press('+');
    await counter.sees('The settings are saved');
    expect(written()).toMatchObject({ gateways: { shouqianba: { terminalSn: '100000000099' } }, formerGateways: { shouqianba: [{ terminalSn: before }] } });
  });
});
