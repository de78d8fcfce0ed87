/** The aggregator's side against its document: both signature rules, forms, amounts, repeats, words and faults. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock, startSimulator } from '../index.ts';
import type { ManualClock, Simulator } from '../index.ts';
import { parsed, send } from '../test-client.ts';
import { readAmount, writeAmount } from './aggregator-answers.ts';
import { signNotification, signRequest } from './aggregator-sign.ts';
import { checkOrder, dataOf, orderPairs, postForm, signed, standOf, unified } from './aggregator-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
  clock = manualClock(Date.UTC(2019, 7, 17, 16, 13, 41));
  simulator = await startSimulator({ clock });
});
afterEach(() => simulator.close());

const reference = '20191234567890123456';
const pageOf = async (change: Record<string, string> = {}) => String(dataOf(await unified(simulator, change))['redirect_url']);

describe('the signature', () => {
  const request = {
    order_no: '2019xxxxxxxxxxxx', bank_code: '901', amount: '10000', appid: 'gpu10000000', return_url: 'https://www.return.com/return',
    notify_url: 'http://www.notify.com/notify', product_name: 'onlinepay',
  };
  const notification = {
    actual_amount: '10000.00', amount: '10000.00', appid: 'gpu10000000', attach: '', order_no: '2019xxxxxxxxxxxx', pay_status: '1', pay_time: '2019-08-18 00:13:41', platform_order_no: 'A2019xxxxxxxxxxxx',
  };

  it('of the document\'s request is its own, with the secret\'s missing x', () => {
    expect(signRequest(request, `c1277${'x'.repeat(9)}`)).toBe('06eb02e7332217cca8ba5a20f8c9383a');
  });

  it('of a request passes over empty values and over a sign that is there', () => {
    expect(signRequest({ ...request, attach: '', sign: 'x' }, `c1277${'x'.repeat(9)}`)).toBe('06eb02e7332217cca8ba5a20f8c9383a');
  });

  it('of the document\'s notification is its own, with the empty value among the pairs', () => {
    const secret = `229254ceaf2${'x'.repeat(12)}`;
    expect(signNotification(notification, secret)).toBe('eecb33027f752c51663f12ddbaf26ac9');
    expect(signRequest(notification, secret)).not.toBe('eecb33027f752c51663f12ddbaf26ac9');
  });

  it.each<[string, (pairs: Record<string, string>) => Record<string, string>]>([
    ['in upper case', (pairs) => ({ ...pairs, sign: (pairs['sign'] ?? '').toUpperCase() })],
    ['over other pairs', (pairs) => ({ ...pairs, amount: '1' })],
    ['that is missing', ({ sign: _sign, ...pairs }) => pairs],
    ['with empty values among the pairs', (pairs) => ({ ...pairs, attach: '', sign: signNotification({ ...pairs, attach: '' }, simulator.gateways.aggregator.secret) })],
    ['over URL-encoded values', (pairs) => ({ ...pairs, sign: signRequest(Object.fromEntries(Object.entries(pairs).map(([name, value]) => [name, encodeURIComponent(value)])), simulator.gateways.aggregator.secret) })],
  ])('%s is refused', async (_name, spoil) => {
    const result = await postForm(simulator, '/api/order/unified', spoil(signed(simulator, orderPairs(simulator))));
    expect(parsed(result)).toMatchObject({ status: '0', data: [] });
    expect(simulator.world.books().orders).toEqual([]);
  });

  it('may come with empty pairs that it passes over', async () => {
    expect(standOf(await unified(simulator, { attach: '', openid: '' }))).toBe('1 -1');
  });
});

describe('an order', () => {
  it('is answered with its address, its form, and its amount in the examples\' form', async () => {
    const result = await unified(simulator);
    const data = dataOf(result);
    expect(parsed(result)).toEqual({
      status: '1', message: '下单成功',
      data: {
        order_no: reference, platform_order_no: expect.stringMatching(/^A20190818001341\d{10}$/), pay_status: -1, bank_code: '911', amount: '10000.00',
        content: expect.stringContaining(`<form id="pay" action="${String(data['redirect_url'])}"`), redirect_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/pay\/[0-9a-f]{24}$/),
      },
    });
    expect(simulator.world.order(reference)).toMatchObject({ gateway: 'aggregator', amount: 10_000, currency: 'CNY', shown: { content: data['redirect_url'], wallets: ['alipay'] } });
  });

  it('under a number that is taken is refused, and the first one stands', async () => {
    await unified(simulator);
    expect(parsed(await unified(simulator, { amount: '1' }))).toEqual({ status: '0', message: '商户订单号已存在', data: [] });
    expect(simulator.world.order(reference)).toMatchObject({ amount: 10_000, counts: { present: 2 } });
  });

  it.each<[string, Record<string, string>]>([
    ['21 characters of order_no', { order_no: 'x'.repeat(21) }], ['no order_no', { order_no: '' }], ['no amount', { amount: '' }], ['decimals in fen', { amount: '100.00' }], ['an amount of zero', { amount: '0' }],
    ['a leading zero', { amount: '0100' }], ['no product_name', { product_name: '' }], ['an unlisted bank_code', { bank_code: '902' }], ['no notify_url', { notify_url: '' }],
    ['a return_url that is none', { return_url: 'shop' }], ['Chinese that isn\'t encoded in attach', { attach: '桌号' }], ['a key that is not in the table', { currency: 'CNY' }], ['another appid', { appid: 'gpu10000000' }],
  ])('with %s is refused and books nothing', async (_name, change) => {
    expect(parsed(await unified(simulator, change))).toMatchObject({ status: '0', data: [] });
    expect(simulator.world.books().orders).toEqual([]);
  });

  it('is a form in a POST, and nothing else', async () => {
    const pairs = signed(simulator, orderPairs(simulator));
    const query = new URLSearchParams(pairs).toString();
    const url = `${simulator.url}/api/order/unified`;
    expect(standOf(await send(`${url}?${query}`))).toBe('0 请使用POST');
    expect(standOf(await send(`${url}?${query}`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }))).toBe('0 参数格式错误');
    expect(standOf(await send(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(pairs) }))).toBe('0 参数格式错误');
    expect(standOf(await send(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `${query}&amount=1` }))).toBe('0 参数格式错误');
    expect(standOf(await postForm(simulator, '/api/order/unified', pairs, { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }))).toBe('1 -1');
  });

  it.each([['901', 'alipay'], ['911', 'alipay'], ['903', 'wechat'], ['912', 'wechat'], ['906', 'unionpay']])('of bank_code %s is paid with %s', async (bank_code, wallet) => {
    const qr = await pageOf({ bank_code });
    expect(simulator.world.shown()).toMatchObject([{ qr, wallets: [wallet] }]);
  });
});

describe('amounts', () => {
  it.each<[string, 'fen' | 'yuan', number | null]>([
    ['1234', 'fen', 1234], ['1234.00', 'fen', null], ['12.34', 'yuan', 1234], ['12.3', 'yuan', 1230], ['12', 'yuan', 1200], ['12.345', 'yuan', null], ['0.00', 'yuan', null], ['-1', 'fen', null],
  ])('%s in %s is %s', (text, unit, minorUnits) => {
    expect(readAmount(text, unit)).toBe(minorUnits);
  });

  it('have two decimals in either unit', () => {
    expect([writeAmount(1234, 'fen'), writeAmount(1234, 'yuan'), writeAmount(5, 'yuan')]).toEqual(['1234.00', '12.34', '0.05']);
  });

  it('are in yuan where the merchant\'s contract says so', async () => {
    await simulator.close();
    simulator = await startSimulator({ clock, aggregatorAmountUnit: 'yuan' });
    expect(simulator.gateways.aggregator.amountUnit).toBe('yuan');
    expect(dataOf(await unified(simulator, { amount: '12.34' }))).toMatchObject({ amount: '12.34' });
    expect(simulator.world.order(reference)).toMatchObject({ amount: 1234 });
    expect(simulator.world.control('aggregator', 'contract', { amountUnit: 'fen' })).toMatchObject({ status: 200 });
    expect(dataOf(await unified(simulator, { order_no: 'R2', amount: '1234' }))).toMatchObject({ amount: '1234.00' });
    expect(simulator.world.order('R2')).toMatchObject({ amount: 1234 });
  });
});

describe('asking about an order', () => {
  it('has the fields of the table, by GET and by POST', async () => {
    await unified(simulator, { attach: 'table%207' });
    const expected = {
      status: '1', message: '查询成功',
      data: {
        order_no: reference, bank_code: '911', amount: '10000.00', attach: 'table%207', pay_status: 0, platform_order_no: simulator.world.order(reference)?.gatewayNumber,
        created_at: '2019-08-18 00:13:41', pay_time: null,
      },
    };
    expect([parsed(await checkOrder(simulator)), parsed(await checkOrder(simulator, reference, 'POST'))]).toEqual([expected, expected]);
  });

  it('says 0 until a payer opens it, -1 until he paid, then 1; and 0 again where it failed', async () => {
    const qr = await pageOf();
    const heard = [standOf(await checkOrder(simulator))];
    simulator.world.payShown(qr, 'scans');
    heard.push(standOf(await checkOrder(simulator)));
    clock.advance(60_000);
    simulator.world.payShown(qr);
    heard.push(standOf(await checkOrder(simulator)));
    expect(dataOf(await checkOrder(simulator))).toMatchObject({ pay_time: '2019-08-18 00:14:41' });
    await unified(simulator, { order_no: 'R2' });
    simulator.world.refuse('R2', 'failed');
    heard.push(standOf(await checkOrder(simulator, 'R2')));
    expect(heard).toEqual(['1 0', '1 -1', '1 1', '1 0']);
  });

  it('that nobody knows, or signed wrongly, is answered without data', async () => {
    expect(parsed(await checkOrder(simulator, 'nobody'))).toEqual({ status: '0', message: '订单不存在' });
    const url = `${simulator.url}/api/order/check_order?appid=${simulator.gateways.aggregator.appId}&order_no=nobody&sign=${'0'.repeat(32)}`;
    expect(parsed(await send(url))).toEqual({ status: '0', message: '签名错误' });
  });

  it('of a refund or a cancel finds no address', async () => {
    expect((await postForm(simulator, '/api/order/refund', {})).status).toBe(404);
    expect((await postForm(simulator, '/api/order/cancel', {})).status).toBe(404);
  });
});

describe('scripts and rules on a shown order', () => {
  it.each([
    ['paid', '1 -1', '1 1'], ['payerCancels', '1 -1', '1 0'], ['closesItself', '1 -1', '1 0'], ['wrongPassword', '1 -1', '1 1'], ['answerLost', 'lost', '1 1'], ['requestLost', 'lost', '0 订单不存在'],
    ['lostThenBooked', 'lost', '1 1'], ['systemErrorPaid', '0 系统繁忙', '1 1'], ['alreadyKnown', '0 商户订单号已存在', '0 订单不存在'], ['status500Paid', '500 unreadable', '1 1'],
    ['garbagePaid', '200 unreadable', '1 1'], ['processedTwice', '0 商户订单号已存在', '1 1'], ['payErrorPaid', '1 -1', '1 1'],
  ])('%s: the order is answered %s, and after a minute asking %s', async (script, first, last) => {
    simulator.world.playNextShown(script);
    expect(standOf(await unified(simulator))).toBe(first);
    clock.advance(60_000);
    expect(standOf(await checkOrder(simulator))).toBe(last);
  });

  it.each<['wrongAmount' | 'wrongReference' | 'blankKey' | 'otherTypes' | 'unlistedStatus', Record<string, unknown>]>([
    ['wrongAmount', { amount: '10001.00' }], ['wrongReference', { order_no: `X${reference.slice(1)}` }], ['blankKey', { 'order_no ': reference, 'amount ': '10000.00' }],
    ['otherTypes', { pay_status: '0', amount: 10_000 }], ['unlistedStatus', { pay_status: 7 }],
  ])('%s bends the answer to a query', async (how, expected) => {
    await unified(simulator);
    simulator.world.addRule({ match: { call: 'query' }, fault: { kind: 'altered', how } });
    expect(dataOf(await checkOrder(simulator))).toMatchObject(expected);
  });

  it('otherNesting puts the data flat, otherTypes makes the status a number', async () => {
    simulator.world.addRule({ match: { call: 'present' }, fault: { kind: 'altered', how: 'otherNesting' } });
    expect(parsed(await unified(simulator))).toMatchObject({ status: '1', order_no: reference });
    simulator.world.addRule({ match: { call: 'query' }, fault: { kind: 'altered', how: 'otherTypes' } });
    expect(parsed(await checkOrder(simulator))).toMatchObject({ status: 1 });
  });
});
