/** OMoney's refunds, notifications and faults: by which number, never idempotent, unsigned, bent. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock, startSimulator } from '../index.ts';
import type { ManualClock, Simulator } from '../index.ts';
import { parsed, send } from '../test-client.ts';
import { noticesEnded, startListener } from '../test-listener.ts';
import type { Listener } from '../test-listener.ts';
import { examplePayment, exampleRefund, linkOf, omoneyCaller, standOf } from './omoney-test-client.ts';
import type { OmoneyCaller } from './omoney-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;
let caller: OmoneyCaller;
let shop: Listener;

beforeEach(async () => {
  clock = manualClock(Date.UTC(2015, 6, 7, 9, 10, 52));
  simulator = await startSimulator({ clock });
  caller = await omoneyCaller(simulator);
  shop = await startListener();
});
afterEach(async () => {
  await simulator.close();
  await shop.close();
});

const orderId = examplePayment.order_id;

/** Ten yuan, paid. */
async function paid(): Promise<void> {
  await caller.create({ amount: '10.00' });
  simulator.world.confirm(orderId);
}

async function told(count: number): Promise<void> {
  await noticesEnded(simulator, count);
  expect(simulator.world.notifications()).toHaveLength(count);
}

describe('a refund', () => {
  it('of the document\'s example waits, and is done when its self link says so', async () => {
    await paid();
    const result = await caller.refund(orderId);
    expect(parsed(result)).toEqual({
      refund_id: expect.stringMatching(/^[0-9a-f]{24}$/), create_time: '2015-07-07T09:10:52Z', update_time: '2015-07-07T09:10:52Z', amount: '1.00', currency: 'CNY', order_id: orderId,
      refund_order_id: exampleRefund.refund_order_id, links: [{ href: expect.any(String), rel: 'self', method: 'GET' }], status: 'WAIT', notify_url: exampleRefund.notify_url,
    });
    expect(standOf(await caller.get(linkOf(result, 'self')))).toBe('200 WAIT');
    clock.advance(2000);
    expect(parsed(await caller.get(linkOf(result, 'self')))).toMatchObject({ status: 'SUCCESS', update_time: '2015-07-07T09:10:54Z', amount: '1.00' });
    expect(standOf(await caller.get(`/v1/refund/${String(parsed(result)['refund_id'])}`))).toBe('404 订单不存在');
    expect(simulator.world.order(orderId)).toMatchObject({ state: 'partlyRefunded' });
  });

  it('leaves the payment SUCCESS: no word means refunded', async () => {
    const created = await caller.create({ amount: '10.00' });
    simulator.world.confirm(orderId);
    await caller.refund(orderId, { amount: '10.00' });
    clock.advance(2000);
    expect(standOf(await caller.get(linkOf(created, 'self')))).toBe('200 SUCCESS');
  });

  it('case 24: sent again under its own number is a second refund', async () => {
    await paid();
    simulator.world.addRule({ match: { call: 'refund' }, fault: { kind: 'answerLost' } });
    expect([standOf(await caller.refund(orderId)), standOf(await caller.refund(orderId))]).toEqual(['lost', '200 WAIT']);
    expect(simulator.world.books().doubleRefunds).toMatchObject([{ gateway: 'omoney', reference: orderId, times: 2 }]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['more than is left', { amount: '10.01' }, '400 退款金额超过可退金额'], ['another currency', { currency: 'USD' }, '400 币种与支付订单不一致'], ['no decimals', { amount: '1' }, '400 amount格式错误'],
    ['no number', { refund_order_id: '' }, '400 refund_order_id不可以为空'], ['no notify_url', { notify_url: undefined }, '400 notify_url不可以为空'],
    ['a key that is not in the table', { order_id: 'x' }, '400 order_id不是此接口的参数'],
  ])('of %s is refused', async (_name, change, expected) => {
    await paid();
    expect(standOf(await caller.refund(orderId, change))).toBe(expected);
    expect(simulator.world.order(orderId)?.refunds).toEqual([]);
  });

  it('wants a payment that is known and paid', async () => {
    await caller.create();
    expect(standOf(await caller.refund('nobody'))).toBe('404 订单不存在');
    expect(standOf(await caller.refund(orderId))).toBe('400 订单未支付');
    await caller.post(`/v1/payment/${orderId}/cancel`);
    expect(standOf(await caller.refund(orderId))).toBe('400 订单未支付');
  });

  it.each([
    ['refundFails', 'FAIL', 'FAIL'], ['refundInProgress', 'WAIT', 'SUCCESS'], ['refundOrganizationFailed', 'WAIT', 'FAIL'], ['refundNeverEnds', 'WAIT', 'WAIT'], ['refundErrorThenDone', 'WAIT', 'SUCCESS'],
  ])('of a payment that plays %s says %s, and %s in the end', async (script, first, last) => {
    simulator.world.playNextShown(script);
    await caller.create();
    const result = await caller.refund(orderId);
    expect(standOf(result)).toBe(`200 ${first}`);
    clock.advance(60_000);
    expect(standOf(await caller.get(linkOf(result, 'self')))).toBe(`200 ${last}`);
  });

  it.each([
    ['refundShopBalance', '400 商户余额不足'], ['refundTooOld', '400 超过退款期限'], ['refundNotRefundable', '403 此支付方式不支持退款'], ['refundOverLimit', '400 退款金额超过可退金额'],
    ['refundSystemErrorDone', '500 系统错误'], ['refundErrorDone', '200 处理超时，结果未知'], ['refundUnlistedError', '200 undefined'],
  ])('of a payment that plays %s is answered %s', async (script, expected) => {
    simulator.world.playNextShown(script);
    await caller.create();
    expect(standOf(await caller.refund(orderId))).toBe(expected);
  });
});

describe('a script on a shown payment', () => {
  it.each([
    ['paid', '200 WAIT_PAY', 'paid'], ['payerCancels', '200 WAIT_PAY', 'waiting'], ['closesItself', '200 WAIT_PAY', 'refused'], ['answerLost', 'lost', 'paid'],
    ['requestLost', 'lost', undefined], ['lostThenBooked', 'lost', 'paid'], ['systemErrorPaid', '500 系统错误', 'paid'], ['systemError', '500 系统错误', undefined],
    ['payErrorPaid', '200 WAIT_PAY', 'paid'], ['cutInHalf', 'lost', 'paid'], ['status500Paid', '500 unreadable', 'paid'], ['garbagePaid', '200 unreadable', 'paid'],
    ['processedTwice', '400 order_id已存在', 'paid'], ['alreadyKnown', '400 order_id已存在', undefined],
  ])('%s: the creation is %s, and after a minute the book has it %s', async (script, answer, state) => {
    simulator.world.playNextShown(script);
    expect(standOf(await caller.create())).toBe(answer);
    clock.advance(60_000);
    expect(simulator.world.order(orderId)?.state).toBe(state);
  });

  it.each<[string, Record<string, unknown>]>([
    ['wrongAmount', { amount: '1.01' }], ['wrongReference', { order_id: `X${orderId.slice(1)}` }], ['blankKey', { 'order_id ': orderId, 'amount ': '1.00' }], ['otherTypes', { amount: 1 }],
  ])('%s bends the creation\'s answer', async (script, expected) => {
    simulator.world.playNextShown(script);
    expect(parsed(await caller.create())).toMatchObject(expected);
  });

  it('unlistedStatus is a word that no document lists, otherNesting a wrapper', async () => {
    simulator.world.addRule({ match: { call: 'query' }, fault: { kind: 'altered', how: 'unlistedStatus' } });
    simulator.world.addRule({ match: { call: 'query' }, fault: { kind: 'altered', how: 'otherNesting' } });
    const self = linkOf(await caller.create(), 'self');
    expect(standOf(await caller.get(self))).toBe('200 REVIEWING');
    expect(parsed(await caller.get(self))).toMatchObject({ data: { order_id: orderId } });
  });

  it('paidInsteadOfCancel: the cancel says FAIL and the payment SUCCESS', async () => {
    simulator.world.playNextShown('paidInsteadOfCancel');
    const self = linkOf(await caller.create(), 'self');
    expect([standOf(await caller.post(`/v1/payment/${orderId}/cancel`)), standOf(await caller.get(self))]).toEqual(['200 FAIL', '200 SUCCESS']);
  });

  it('notExistFirst: the first queries don\'t know it', async () => {
    simulator.world.addRule({ match: { call: 'query' }, fault: { kind: 'says', what: 'notExist', processed: false } });
    const self = linkOf(await caller.create(), 'self');
    expect([standOf(await caller.get(self)), standOf(await caller.get(self))]).toEqual(['404 订单不存在', '200 WAIT_PAY']);
  });
});

describe('what OMoney tells by itself', () => {
  it('is the end of a payment: unsigned JSON, sent once, whatever the shop answers', async () => {
    shop.answerWith(500, 'no');
    const created = await caller.create({ notify_url: `${shop.url}/omoney` });
    simulator.world.confirm(orderId);
    await told(1);
    expect(shop.heard).toMatchObject([{ method: 'POST', path: '/omoney', headers: { 'content-type': 'application/json; charset=utf-8' } }]);
    expect(JSON.parse(shop.heard[0]?.body ?? '')).toEqual({
      transaction_id: parsed(created)['transaction_id'], order_id: orderId, payment_id: parsed(created)['payment_id'], payment_method: 'ALIPAY', chargeback_status: '', chargeback_reason: '', status: 'SUCCESS',
    });
    clock.advance(3_600_000);
    expect(shop.heard).toHaveLength(1);
    // It told a payment_id without a link.
    expect(standOf(await caller.get(`/v1/payment/${String(parsed(created)['payment_id'])}`))).toBe('200 SUCCESS');
  });

  it('is FAIL where the payment ended unpaid, and nothing for the shop\'s own cancel', async () => {
    await caller.create({ notify_url: `${shop.url}/omoney` });
    await caller.post(`/v1/payment/${orderId}/cancel`);
    await caller.create({ notify_url: `${shop.url}/omoney`, order_id: 'R2' });
    simulator.world.refuse('R2', 'failed');
    await told(1);
    expect(JSON.parse(shop.heard[0]?.body ?? '')).toMatchObject({ order_id: 'R2', status: 'FAIL' });
  });

  it('is the end of a refund, in the shape of its answer', async () => {
    await paid();
    const result = await caller.refund(orderId, { notify_url: `${shop.url}/refund` });
    clock.advance(2000);
    await told(2);
    expect(JSON.parse(shop.heard[0]?.body ?? '')).toEqual({ ...parsed(result), status: 'SUCCESS', update_time: '2015-07-07T09:10:54Z' });
  });

  it('can be said by a test, true or not, and again', async () => {
    await caller.create({ notify_url: `${shop.url}/omoney` });
    const body = JSON.stringify({ reference: orderId, change: { status: 'UNCAPTURE', chargeback_status: 'fraud' } });
    const result = await send(`${simulator.url}/simulator/omoney/notice`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(parsed(result)).toEqual({ done: true });
    await told(1);
    expect(simulator.world.notifyAgain(orderId)).toBe(true);
    await told(2);
    expect(shop.heard.map((heard) => (JSON.parse(heard.body) as { status: string }).status)).toEqual(['UNCAPTURE', 'UNCAPTURE']);
    expect(simulator.world.order(orderId)).toMatchObject({ state: 'waiting' });
    expect(simulator.world.control('omoney', 'notice', { reference: 'nobody' })).toMatchObject({ status: 409 });
  });
});
