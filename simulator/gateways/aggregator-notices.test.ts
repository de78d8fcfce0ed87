/** What the aggregator tells the shop by itself, and the page on which a browser is the payer. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock, startSimulator } from '../index.ts';
import type { ManualClock, Simulator } from '../index.ts';
import { send } from '../test-client.ts';
import { noticesEnded, startListener } from '../test-listener.ts';
import type { Listener } from '../test-listener.ts';
import { signNotification } from './aggregator-sign.ts';
import { checkOrder, dataOf, standOf, unified } from './aggregator-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
  clock = manualClock(Date.UTC(2019, 7, 17, 16, 13, 41));
  simulator = await startSimulator({ clock });
});
afterEach(() => simulator.close());

const reference = '20191234567890123456';

describe('notifications', () => {
  let shop: Listener;
  beforeEach(async () => {
    shop = await startListener();
  });
  afterEach(() => shop.close());

  const ended = async (count: number) => {
    await noticesEnded(simulator, count);
    expect(simulator.world.notifications()).toHaveLength(count);
  };
  const pairsOf = (index: number) => Object.fromEntries(new URLSearchParams(shop.heard[index]?.body ?? ''));
  const proper = ({ sign, ...pairs }: Record<string, string>) => {
    const text = Object.entries({ ...pairs, secret: simulator.gateways.aggregator.secret }).map((pair) => pair.join('=')).toSorted().join('&');
    return sign === createHash('md5').update(text).digest('hex');
  };

  it('are signed forms with the example\'s pairs', async () => {
    await unified(simulator, { notify_url: `${shop.url}/notify` });
    simulator.world.confirm(reference);
    await ended(1);
    expect(shop.heard).toMatchObject([{ method: 'POST', path: '/notify', headers: { 'content-type': 'application/x-www-form-urlencoded' } }]);
    expect(pairsOf(0)).toEqual({
      actual_amount: '10000.00', amount: '10000.00', appid: simulator.gateways.aggregator.appId, attach: '', order_no: reference, pay_status: '1', pay_time: '2019-08-18 00:13:41',
      platform_order_no: simulator.world.order(reference)?.gatewayNumber, sign: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(proper(pairsOf(0))).toBe(true);
    clock.advance(3_600_000);
    expect(shop.heard).toHaveLength(1);
  });

  it('come again each minute, five times more, while the shop doesn\'t answer SUCCESS', async () => {
    shop.answerWith(200, 'success');
    await unified(simulator, { notify_url: `${shop.url}/notify` });
    simulator.world.confirm(reference);
    for (let tries = 1; tries <= 6; tries += 1) {
      await ended(tries);
      clock.advance(60_000);
    }
    clock.advance(3_600_000);
    expect(simulator.world.notifications().map((entry) => entry.outcome)).toEqual(Array.from({ length: 6 }, () => 'refused'));
  });

  it('say 0 and no time where the order failed', async () => {
    await unified(simulator, { notify_url: `${shop.url}/notify` });
    simulator.world.refuse(reference, 'failed');
    await ended(1);
    expect(pairsOf(0)).toMatchObject({ pay_status: '0', pay_time: '' });
    expect(proper(pairsOf(0))).toBe(true);
  });

  it('can be lies, well signed or not', async () => {
    await unified(simulator, { notify_url: `${shop.url}/notify` });
    expect(simulator.world.control('aggregator', 'notice', { reference, change: { pay_status: '1', amount: '1.00' } })).toMatchObject({ status: 200 });
    await ended(1);
    expect(simulator.world.control('aggregator', 'notice', { reference, signed: false })).toMatchObject({ status: 200 });
    await ended(2);
    expect(pairsOf(0)).toMatchObject({ pay_status: '1', amount: '1.00' });
    expect([proper(pairsOf(0)), proper(pairsOf(1))]).toEqual([true, false]);
    expect(simulator.world.order(reference)).toMatchObject({ state: 'waiting' });
    expect(simulator.world.control('aggregator', 'notice', { reference: 'nobody' })).toMatchObject({ status: 409 });
  });

  it('to the simulator\'s own address are taken at once', async () => {
    await unified(simulator, { notify_url: simulator.gateways.aggregator.notifyUrl });
    simulator.world.confirm(reference);
    await ended(1);
    expect(simulator.world.notifications()).toMatchObject([{ outcome: 'taken' }]);
  });
});

describe('the hosted page', () => {
  const press = (url: string, does: string) => send(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `does=${does}` });

  it('shows yuan, lets a browser pay once, and sends it back with a signed form', async () => {
    const page = String(dataOf(await unified(simulator))['redirect_url']);
    expect((await send(page)).text).toContain('¥100.00');
    expect(await press(page, 'pay')).toMatchObject({ status: 303 });
    await press(page, 'pay');
    expect(simulator.world.order(reference)).toMatchObject({ state: 'paid', timesCharged: 1 });
    const after = (await send(page)).text;
    const sign = signNotification({ order_no: reference, pay_status: '1' }, simulator.gateways.aggregator.secret);
    expect([after.includes('action="https://www.return.com/return"'), after.includes(`name="sign" value="${sign}"`)]).toEqual([true, true]);
  });

  it('lets a browser cancel, which ends the order', async () => {
    const page = String(dataOf(await unified(simulator))['redirect_url']);
    await press(page, 'cancel');
    expect(standOf(await checkOrder(simulator))).toBe('1 0');
    expect(simulator.world.payShown(page)).toEqual({ done: false, why: 'ended' });
  });

  it('has an address that nobody can guess', async () => {
    await unified(simulator);
    expect((await send(`${simulator.url}/pay/${reference}`)).status).toBe(404);
  });
});
