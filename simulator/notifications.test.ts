/** What UMS, Shouqianba and Omipay tell a shop by themselves: form, signature, tries, the word that ends them, replays. */
import { createHash, createVerify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signNotice } from './gateways/ums-sign.ts';
import type { ManualClock, Simulator } from './index.ts';
import { omipay, parsed, send, shouqianba, simulatorForEach, tellerOf } from './test-client.ts';
import { startListener } from './test-listener.ts';
import type { Listener } from './test-listener.ts';
import { nextNotice } from './test-notices.ts';
import { numberOf, ums } from './ums-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;
let shop: Listener;

simulatorForEach((made) => ({ clock, simulator } = made));
beforeEach(async () => {
  shop = await startListener();
});
afterEach(() => shop.close());

const order = numberOf('R1');
const paid = (reference: string) => nextNotice(simulator, () => simulator.world.confirm(reference));

describe('UMS\'s signature', () => {
  const key = 'fcAmtnx7MwismjWNhNKdHC44mNXtnEQeJkRrhKJwyrW2ysRR';
  const example = {
    walletOption: 'SINGLE', billNo: '31940000201700002', billDate: '2017-06-26', sign: '2631915B7F7822C4B00A488A32E03764', requestTimestamp: '2017-06-26 17:28:02', instMid: 'QRPAYDEFAULT',
    msgSrc: 'WWW.TEST.COM', totalAmount: '1', msgType: 'bills.getQRCode', mid: '898340149000005', tid: '88880001', unset: '',
    goods: '[{"body":"微信二维码测试","price":"1","goodsName":"微信二维码测试","goodsId":"1","quantity":"1","goodsCategory":"TEST"}]',
  };

  it('is the document\'s in both of its examples', () => {
    expect(signNotice(example, key, 'MD5')).toBe('57F81BAF8E3BAE1190B26D6C733038AF');
    expect(signNotice(example, key, 'SHA256').toLowerCase()).toBe('a9eced8dd8425d1fc4047cf94e672c69ed1073557ee831c51287341cfab0b21f');
  });
});

describe('UMS\'s notification', () => {
  const create = (change: Record<string, unknown> = {}) =>
    ums(simulator, 'trade/precreate', { merOrderId: order, totalAmount: 3850, tradeType: 'APP', notifyUrl: `${shop.url}/ums`, attachedData: 'till & co', ...change });
  /** By the document's words, without the simulator's own function. */
  const isSigned = (form: URLSearchParams, algorithm: string) => {
    const text = [...form].filter(([name, value]) => name !== 'sign' && value !== '').map(([name, value]) => `${name}=${value}`).toSorted().join('&');
    return createHash(algorithm).update(text + simulator.gateways.ums.notifyKey).digest('hex').toUpperCase() === form.get('sign');
  };

  it('is a form with the table\'s fields, signed with MD5, an odd key among them', async () => {
    await create();
    expect(await paid(order)).toMatchObject({ gateway: 'ums', reference: order, outcome: 'taken', answer: 'SUCCESS' });
    const [heard] = shop.heard;
    expect(heard?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    const form = new URLSearchParams(heard?.body);
    expect(Object.fromEntries(form)).toMatchObject({
      mid: '898000000051771', tid: 'SIM00001', instMid: 'APPDEFAULT', merOrderId: order, totalAmount: '3850', status: 'TRADE_SUCCESS', payTime: '2026-11-21 12:00:00', settleDate: '2026-11-21',
      attachedData: 'till & co', targetSys: 'Alipay 2.0', buyerPayAmount: '3850', couponAmount: '0', sign: expect.stringMatching(/^[0-9A-F]{32}$/),
    });
    expect([...form.keys()].some((name) => name.startsWith('rnd'))).toBe(true);
    expect(form.has('signType')).toBe(false);
    expect(isSigned(form, 'md5')).toBe(true);
  });

  it('is signed with SHA-256 where the shop asked for it, and goes to the shop\'s own address too', async () => {
    expect(simulator.world.control('ums', 'notifications', { url: `${shop.url}/own`, signType: 'SHA256' })).toMatchObject({ status: 200 });
    await create();
    await paid(order);
    clock.advance(0);
    expect(simulator.world.notifications().map(({ url }) => url)).toEqual([`${shop.url}/ums`, `${shop.url}/own`]);
    const form = new URLSearchParams(simulator.world.notifications()[0]?.body);
    expect([form.get('signType'), isSigned(form, 'sha256')]).toEqual(['SHA256', true]);
  });

  it('can be made up by a test, signed or not', async () => {
    await create();
    const notice = (given: unknown) => nextNotice(simulator, () => simulator.world.control('ums', 'notice', given));
    await notice({ reference: order, change: { status: 'TRADE_SUCCESS', totalAmount: '1' } });
    await notice({ reference: order, signed: false });
    const forms = shop.heard.map(({ body }) => new URLSearchParams(body));
    expect(forms.map((form) => [form.get('status'), form.get('totalAmount'), isSigned(form, 'md5')])).toEqual([['TRADE_SUCCESS', '1', true], ['NEW_ORDER', '3850', false]]);
  });

  it('is tried again until somebody says SUCCESS, and not when nobody asked for it', async () => {
    shop.answerWith(200, 'FAILED');
    await create();
    expect(await paid(order)).toMatchObject({ try: 1, outcome: 'refused' });
    expect(await nextNotice(simulator, () => clock.advance(10_000))).toMatchObject({ try: 2, outcome: 'refused' });
    shop.answerWith(200, 'SUCCESS');
    expect(await nextNotice(simulator, () => clock.advance(30_000))).toMatchObject({ try: 3, outcome: 'taken' });
    clock.advance(86_400_000);
    await create({ merOrderId: numberOf('R2'), notifyUrl: undefined });
    simulator.world.confirm(numberOf('R2'));
    expect(simulator.world.notifications()).toHaveLength(3);
  });

  it('can be lost, doubled, and played again, by rules and control calls', async () => {
    simulator.world.addRule({ match: { call: 'notify' }, fault: { kind: 'requestLost' } });
    await create();
    expect(await paid(order)).toMatchObject({ outcome: 'lost' });
    expect(shop.heard).toEqual([]);
    expect(await nextNotice(simulator, () => clock.advance(10_000))).toMatchObject({ outcome: 'taken' });
    const json = { 'content-type': 'application/json' };
    const again = nextNotice(simulator, () => undefined);
    expect((await send(`${simulator.url}/simulator/notify-again`, { method: 'POST', headers: json, body: JSON.stringify({ reference: order }) })).status).toBe(200);
    expect(await again).toMatchObject({ try: 0, outcome: 'taken' });
    expect(shop.heard.map(({ body }) => body)).toEqual([shop.heard[0]?.body, shop.heard[0]?.body]);
    expect(parsed(await send(`${simulator.url}/simulator/notifications`))).toMatchObject({ notifications: [{ outcome: 'lost' }, { try: 2 }, { try: 0 }] });
    expect((await send(`${simulator.url}/simulator/notify-again`, { method: 'POST', headers: json, body: '{"reference":"nobody"}' })).status).toBe(409);
  });
});

describe('Omipay\'s push', () => {
  const create = () =>
    omipay(simulator, 'MakeQROrder', { order_name: '茶', currency: 'AUD', amount: '100', notify_url: `${shop.url}/omipay`, out_order_no: 'R1', platform: 'WECHATPAY' });

  it('is JSON with the document\'s fields, signed without its merchant number', async () => {
    shop.answerWith(200, '{"return_code":"SUCCESS"}');
    await create();
    expect(await paid('R1')).toMatchObject({ outcome: 'taken' });
    const push = JSON.parse(shop.heard[0]?.body ?? '') as Record<string, unknown>;
    const { merchantNumber, secretKey } = simulator.gateways.omipay;
    expect(push).toEqual({
      return_code: 'SUCCESS', nonce_str: expect.stringMatching(/^[0-9a-f]{32}$/), timestamp: clock.wall(), order_no: simulator.world.order('R1')?.gatewayNumber, out_order_no: 'R1', currency: 'AUD',
      total_amount: 100, order_time: '20261121140000', pay_time: '20261121140000', exchange_rate: 501_540_000, cny_amount: 502,
      sign: createHash('md5').update(`${merchantNumber}&${clock.wall()}&${String(push['nonce_str'])}&${secretKey}`).digest('hex').toUpperCase(),
    });
    expect(shop.heard[0]?.headers['content-type']).toBe('application/json');
  });

  it('is tried three times and no more', async () => {
    shop.answerWith(200, 'SUCCESS');
    await create();
    expect(await paid('R1')).toMatchObject({ try: 1, outcome: 'refused' });
    expect(await nextNotice(simulator, () => clock.advance(10_000))).toMatchObject({ try: 2 });
    expect(await nextNotice(simulator, () => clock.advance(30_000))).toMatchObject({ try: 3 });
    clock.advance(86_400_000);
    expect(shop.heard).toHaveLength(3);
  });

  it('can be made up by a test: another payment\'s amount, signed or not', async () => {
    await create();
    const notice = (given: unknown) => nextNotice(simulator, () => simulator.world.control('omipay', 'notice', given));
    await notice({ reference: 'R1', change: { total_amount: 1, timestamp: 5 } });
    await notice({ reference: 'R1', signed: false });
    const [changed, unsigned] = shop.heard.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    const { merchantNumber, secretKey } = simulator.gateways.omipay;
    const right = (push: Record<string, unknown> | undefined) =>
      createHash('md5').update(`${merchantNumber}&${String(push?.['timestamp'])}&${String(push?.['nonce_str'])}&${secretKey}`).digest('hex').toUpperCase() === push?.['sign'];
    expect([changed?.['total_amount'], changed?.['timestamp'], right(changed), right(unsigned)]).toEqual([1, 5, true, false]);
    expect(simulator.world.order('R1')?.state).toBe('waiting');
    expect(simulator.world.control('omipay', 'notice', { reference: 'nobody' })).toEqual({ status: 409, json: { done: false } });
  });

  it('of a scanned order goes to the address that it named', async () => {
    const teller = tellerOf(simulator, 'omipay');
    await teller.pay('R2', simulator.world.code('waits'));
    expect(await paid('R2')).toMatchObject({ url: simulator.gateways.omipay.notifyUrl, outcome: 'taken' });
  });
});

describe('Shouqianba\'s callback', () => {
  const create = () => shouqianba(simulator, 'precreate', { client_sn: 'R1', total_amount: '100', payway: '3', subject: '茶', operator: '01' });

  it('is signed with the platform\'s key over its bytes, sent where the back office says', async () => {
    simulator.world.control('shouqianba', 'callback', { url: `${shop.url}/callback` });
    shop.answerWith(200, 'success');
    await create();
    expect(await paid('R1')).toMatchObject({ outcome: 'taken' });
    const [heard] = shop.heard;
    expect(JSON.parse(heard?.body ?? '')).toMatchObject({ client_sn: 'R1', order_status: 'PAID', total_amount: '100', sub_payway: '2' });
    const [sn, signature = ''] = String(heard?.headers['authorization']).split(' ');
    const { json } = simulator.world.control('shouqianba', 'public-key', {}) ?? { json: null };
    const verify = (body: string) => createVerify('RSA-SHA256').update(body).verify((json as { publicKey: string }).publicKey, signature, 'base64');
    expect([sn, verify(heard?.body ?? ''), verify(`${heard?.body ?? ''} `)]).toEqual(['SIMULATOR000001', true, false]);
  });

  it('can be made up by a test, signed or not', async () => {
    await create();
    expect(simulator.world.control('shouqianba', 'notice', { reference: 'R1' })).toMatchObject({ status: 409 });
    simulator.world.control('shouqianba', 'callback', { url: `${shop.url}/callback` });
    await nextNotice(simulator, () => simulator.world.control('shouqianba', 'notice', { reference: 'R1', change: { order_status: 'PAID' }, signed: false }));
    const [heard] = shop.heard;
    const { json } = simulator.world.control('shouqianba', 'public-key', {}) ?? { json: null };
    const signature = String(heard?.headers['authorization']).split(' ')[1] ?? '';
    const isSigned = createVerify('RSA-SHA256').update(heard?.body ?? '').verify((json as { publicKey: string }).publicKey, signature, 'base64');
    expect([(JSON.parse(heard?.body ?? '') as Record<string, unknown>)['order_status'], isSigned, simulator.world.order('R1')?.state]).toEqual(['PAID', false, 'waiting']);
  });

  it('is tried after 1, 5, 30 and 600 seconds more, and not at all without an address', async () => {
    await create();
    simulator.world.confirm('R1');
    expect(simulator.world.notifications()).toEqual([]);
    simulator.world.control('shouqianba', 'callback', { url: `${shop.url}/callback` });
    await shouqianba(simulator, 'precreate', { client_sn: 'R2', total_amount: '100', payway: '1', subject: '茶', operator: '01' });
    expect(await paid('R2')).toMatchObject({ outcome: 'refused' });
    for (const seconds of [1, 5, 30, 600]) expect(await nextNotice(simulator, () => clock.advance(seconds * 1000))).toMatchObject({ outcome: 'refused' });
    clock.advance(86_400_000);
    expect(shop.heard).toHaveLength(5);
  });
});
