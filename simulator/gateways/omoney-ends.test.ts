/** How OMoney's payments end: by the shop's cancel, and on the page on which a browser is the payer. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator } from '../index.ts';
import type { Simulator } from '../index.ts';
import { parsed, send } from '../test-client.ts';
import { examplePayment, linkOf, omoneyCaller, standOf } from './omoney-test-client.ts';
import type { OmoneyCaller } from './omoney-test-client.ts';

let simulator: Simulator;
let caller: OmoneyCaller;

beforeEach(async () => {
  simulator = await startSimulator();
  caller = await omoneyCaller(simulator);
});
afterEach(() => simulator.close());

const orderId = examplePayment.order_id;

describe('a cancel', () => {
  const cancel = (id = orderId) => caller.post(`/v1/payment/${id}/cancel`);

  it('of what waits says SUCCESS, and the payment FAIL: no word means cancelled', async () => {
    const result = await caller.create();
    expect(parsed(await cancel())).toEqual({ transaction_id: expect.any(String), order_id: orderId, payment_id: parsed(result)['payment_id'], status: 'SUCCESS' });
    expect(standOf(await caller.get(linkOf(result, 'self')))).toBe('200 FAIL');
    expect(simulator.world.payShown(linkOf(result, 'proceed_url'))).toEqual({ done: false, why: 'ended' });
    expect(standOf(await cancel())).toBe('200 SUCCESS');
  });

  it('of what is paid says FAIL and undoes nothing', async () => {
    const result = await caller.create();
    simulator.world.confirm(orderId);
    expect(standOf(await cancel())).toBe('200 FAIL');
    expect(standOf(await caller.get(linkOf(result, 'self')))).toBe('200 SUCCESS');
    expect(simulator.world.books().totals).toMatchObject([{ charged: 100, cancelled: 0, net: 100 }]);
  });

  it('of a number that nobody knows is 404, and its payment may come later', async () => {
    expect(standOf(await cancel('nobody'))).toBe('404 订单不存在');
    expect(standOf(await caller.create({ order_id: 'nobody' }))).toBe('200 WAIT_PAY');
  });

  it('tells the payment_id where the creation\'s answer was lost, and its bare address is good from then on', async () => {
    simulator.world.addRule({ match: { call: 'present' }, fault: { kind: 'answerLost' } });
    expect(standOf(await caller.create())).toBe('lost');
    const id = String(parsed(await cancel())['payment_id']);
    expect(standOf(await caller.get(`/v1/payment/${id}`))).toBe('200 FAIL');
  });

  it('is a POST without anything in it', async () => {
    await caller.create();
    expect((await caller.get(`/v1/payment/${orderId}/cancel`)).status).toBe(405);
    expect((await caller.post(`/v1/payment/${orderId}/cancel`, { reason: 'x' })).status).toBe(400);
    expect(standOf(await caller.post(`/v1/payment/${orderId}/cancel`, '{}'))).toBe('200 SUCCESS');
  });
});

describe('the hosted page', () => {
  const press = (url: string, does: string) => send(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `does=${does}` });

  it('lets a browser pay once, and leads back to the shop', async () => {
    const page = linkOf(await caller.create({ description: '<b>店</b>' }), 'proceed_url');
    const before = (await send(page)).text;
    expect([before.includes('1.00 CNY'), before.includes('&lt;b&gt;店'), before.includes('value="pay"')]).toEqual([true, true, true]);
    expect(await press(page, 'pay')).toMatchObject({ status: 303 });
    await press(page, 'pay');
    expect(simulator.world.order(orderId)).toMatchObject({ state: 'paid', timesCharged: 1 });
    const after = (await send(page, { headers: { 'accept-language': 'en-GB' } })).text;
    expect([after.includes('Paid'), after.includes('value="pay"'), after.includes(examplePayment.return_url)]).toEqual([true, false, true]);
  });

  it('lets a browser cancel, which ends the payment', async () => {
    const result = await caller.create();
    await press(linkOf(result, 'proceed_url'), 'cancel');
    await press(linkOf(result, 'proceed_url'), 'pay');
    expect(standOf(await caller.get(linkOf(result, 'self')))).toBe('200 FAIL');
  });
});
