/** The owner activates a terminal at the counter, with keys alone: the next sale goes through it (CASES 32). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { atBothCounters } from './stories.ts';

atBothCounters('an activation', 'en', (scene) => {
  it('case 32: by the vendor’s code gives a terminal whose key no file of the settings and no screen shows', async () => {
    const { counter, shop, sell } = scene();
    const { vendor, world } = shop.simulator;
    await counter.menu('7', '2');
    await counter.headline('Routing');
    await counter.type('6');
    await counter.headline('Shouqianba');
    await counter.press('*');
    await counter.headline('Activate a terminal at Shouqianba');
    for (const text of [vendor.activationCode, vendor.appId, vendor.vendorSn, vendor.vendorKey]) {
      await counter.press('Enter');
      await counter.write(text);
      await counter.press('Enter');
    }
    await counter.cap('Activate');
    await counter.picture('activation-typed');
    await counter.press('Enter');
    await counter.sees(/Terminal SIMULATOR1\d+ is active/);
    await counter.headline('Shouqianba');
    await counter.picture('activation-done');
    await counter.press('+');
    await counter.page.locator('.test-step.passed').nth(4).waitFor();
    const settings = readFileSync(join(shop.home, 'settings.json'), 'utf8');
    expect((JSON.parse(settings) as { gateways: { shouqianba: object } }).gateways.shouqianba).not.toHaveProperty('terminalKey');
    const { terminals } = JSON.parse(readFileSync(join(shop.home, 'secrets', 'terminal-shouqianba'), 'utf8')) as { terminals: readonly { number: string; newest: string }[] };
    const shown = await counter.page.content();
    for (const secret of [...terminals.map(({ newest }) => newest), vendor.vendorKey]) expect(`${settings}${shown}`).not.toContain(secret);
    await counter.press('-');
    await sell('12.3', shop.code('paid'));
    await counter.headline('Paid');
    expect(world.requests().flatMap(({ call, body }) => (body?.['terminal_sn'] === terminals[0]?.number ? [call] : [])).filter((call) => call !== 'query')).toEqual(['checkin', 'pay']);
  });
});
