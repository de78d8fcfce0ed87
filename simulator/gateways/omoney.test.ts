/** OMoney's side against its document: token, headers, fields, links, amounts and methods. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock, startSimulator } from '../index.ts';
import type { ManualClock, Simulator } from '../index.ts';
import { parsed, send } from '../test-client.ts';
import { digitsOfCurrency, readAmount, writeAmount } from './omoney-money.ts';
import { askToken, exampleCustomer, examplePayment, linkOf, omoneyCaller, standOf } from './omoney-test-client.ts';
import type { OmoneyCaller } from './omoney-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;
let caller: OmoneyCaller;

beforeEach(async () => {
  clock = manualClock(Date.UTC(2015, 6, 7, 8, 5, 38));
  simulator = await startSimulator({ clock });
  caller = await omoneyCaller(simulator);
});
afterEach(() => simulator.close());

const orderId = examplePayment.order_id;

describe('the token', () => {
  it('has the document\'s fields', async () => {
    expect(parsed(await askToken(simulator))).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/), token_type: 'bearer', expires_in: 43_035, scope: 'write,read',
    });
  });

  it.each<[string, Record<string, string>, string | undefined, string, number]>([
    ['another client', { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }, undefined, '', 401],
    ['a bearer for its basic', { authorization: 'Bearer x' }, undefined, '', 401],
    ['JSON', { 'content-type': 'application/json' }, undefined, '', 400],
    ['no Accept', { accept: '*/*' }, undefined, '', 400],
    ['its parameters in the body', {}, '/v1/oauth/token', 'grant_type=client_credentials&scope=write,read', 400],
    ['another grant', {}, '/v1/oauth/token?grant_type=password&scope=write,read', '', 400],
    ['half of the scope', {}, '/v1/oauth/token?grant_type=client_credentials&scope=read', '', 400],
  ])('is refused for %s', async (_name, headers, path, body, status) => {
    const result = await askToken(simulator, headers, path, body);
    expect([result.status, Object.keys(parsed(result))]).toEqual([status, ['message']]);
  });

  it('is good until it ends, and the next one too', async () => {
    const created = await caller.create();
    const self = linkOf(created, 'self');
    clock.advance(43_034_999);
    expect(standOf(await caller.get(self))).toBe('200 WAIT_PAY');
    const next = await omoneyCaller(simulator);
    clock.advance(1);
    expect([standOf(await caller.get(self)), standOf(await next.get(self))]).toEqual(['401 access_token无效或已过期', '200 WAIT_PAY']);
  });

  it('can be made short, revoked and late by a test', async () => {
    expect(simulator.world.control('omoney', 'token', { expiresIn: 30 })).toMatchObject({ status: 200, json: { expiresIn: 30 } });
    expect(parsed(await askToken(simulator))).toMatchObject({ expires_in: 30 });
    const short = await omoneyCaller(simulator);
    clock.advance(29_999);
    expect(standOf(await short.create())).toBe('200 WAIT_PAY');
    clock.advance(1);
    expect((await short.create({ order_id: 'R2' })).status).toBe(401);
    const revoked = await send(`${simulator.url}/simulator/omoney/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"revoke":true,"expiresIn":null}' });
    expect(parsed(revoked)).toEqual({ made: 3, good: 0, expiresIn: 43_035 });
    expect((await caller.create({ order_id: 'R3' })).status).toBe(401);
    expect(simulator.world.control('omoney', 'token', { expiresIn: 0 })).toMatchObject({ status: 400 });
    simulator.world.addRule({ match: { gateway: 'omoney', call: 'token' }, fault: { kind: 'answerLost' } });
    expect((await askToken(simulator)).kind).toBe('lost');
  });

  it('is asked for by every other call, and is in no log', async () => {
    const stranger = { authorization: 'Bearer 653633b2-8287-47b6-a7e4-40ec252fe9a8' };
    const results = [
      await caller.post('/v1/payment', examplePayment, stranger), await caller.get('/v1/payment/1', stranger), await caller.post('/v1/payment/1/cancel', undefined, stranger),
      await caller.post('/v1/refund/1', {}, stranger), await caller.get('/v1/refund/1', stranger), await caller.get('/v1/paymentmethod?currency=CNY&country=CN&type=WEB', stranger),
    ];
    expect(results.map((result) => result.status)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(simulator.world.books().orders).toEqual([]);
    const log = JSON.stringify(simulator.world.requests());
    expect([log.includes(caller.token), log.includes(simulator.gateways.omoney.clientSecret)]).toEqual([false, false]);
  });
});

describe('a payment', () => {
  it('of the document\'s example is answered with its fields and its two links', async () => {
    const result = await caller.create();
    expect(parsed(result)).toEqual({
      payment_id: expect.stringMatching(/^[0-9a-f]{32}$/), transaction_id: expect.stringMatching(/^\d{28}$/), create_time: '2015-07-07T08:05:38Z', update_time: '2015-07-07T08:05:38Z',
      payment_method: 'ALIPAY', status: 'WAIT_PAY', source: exampleCustomer, return_url: examplePayment.return_url, notify_url: examplePayment.notify_url, website: 'http://www.mysite.com ',
      order_id: orderId, description: '支付订单', amount: '1.00', currency: 'CNY', request_type: 'WEB',
      links: [{ href: expect.any(String), rel: 'self', method: 'GET' }, { href: expect.any(String), rel: 'proceed_url', method: 'REDIRECT' }],
    });
    expect(simulator.world.order(orderId)).toMatchObject({ gateway: 'omoney', amount: 100, currency: 'CNY', state: 'waiting', shown: { content: linkOf(result, 'proceed_url') } });
  });

  it('is asked about by its self link, and by no address that somebody built', async () => {
    const result = await caller.create();
    const id = String(parsed(result)['payment_id']);
    const { links, ...first } = parsed(result);
    expect(links).toHaveLength(2);
    expect(parsed(await caller.get(linkOf(result, 'self')))).toMatchObject(first);
    expect(standOf(await caller.get(`/v1/payment/${id}`))).toBe('404 订单不存在');
    expect(standOf(await caller.get(`${linkOf(result, 'self')}0`))).toBe('404 订单不存在');
    expect(standOf(await caller.get('/v1/payment/65df5a6791a211e583461c6f65f84b6d'))).toBe('404 订单不存在');
    expect((await send(`${simulator.url}/standard?payment_id=${id}`)).status).toBe(404);
  });

  it('has links to another origin where a test wants them', async () => {
    expect(simulator.world.control('omoney', 'links', { origin: 'http://127.0.0.1:9' })).toMatchObject({ status: 200 });
    const result = await caller.create();
    expect([linkOf(result, 'self').startsWith('http://127.0.0.1:9/v1/payment/'), linkOf(result, 'proceed_url').startsWith(simulator.url)]).toEqual([true, true]);
    simulator.world.control('omoney', 'links', { origin: null });
    expect(linkOf(await caller.create({ order_id: 'R2' }), 'self').startsWith(simulator.url)).toBe(true);
  });

  it('of another till is asked about by its bare address', async () => {
    const order = simulator.world.bookForeign({ gateway: 'omoney', amount: 1200, currency: 'CNY' });
    expect(parsed(await caller.get(`/v1/payment/${order?.gatewayNumber ?? ''}`))).toMatchObject({ status: 'SUCCESS', order_id: order?.reference, amount: '12.00' });
  });

  it('is SUCCESS once it is paid, with the time of that', async () => {
    const result = await caller.create();
    clock.advance(3000);
    expect(simulator.world.payShown(linkOf(result, 'proceed_url'))).toMatchObject({ done: true });
    expect(parsed(await caller.get(linkOf(result, 'self')))).toMatchObject({ status: 'SUCCESS', amount: '1.00', create_time: '2015-07-07T08:05:38Z', update_time: '2015-07-07T08:05:41Z' });
  });

  it('with a number that is taken is refused, and the first one stands', async () => {
    await caller.create();
    expect(standOf(await caller.create({ amount: '2.00' }))).toBe('400 order_id已存在');
    expect(simulator.world.order(orderId)).toMatchObject({ amount: 100, counts: { present: 2 } });
  });

  it.each<[string, Record<string, string>]>([
    ['no Accept', { accept: '*/*' }], ['a form', { 'content-type': 'application/x-www-form-urlencoded' }], ['a foreign charset', { 'content-type': 'application/json; charset=gbk' }],
  ])('with %s is refused', async (_name, headers) => {
    expect((await caller.post('/v1/payment', examplePayment, headers)).status).toBe(400);
    expect(simulator.world.books().orders).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['an amount without decimals', { amount: '1' }], ['one decimal', { amount: '1.0' }], ['three decimals', { amount: '1.000' }], ['a number for an amount', { amount: 1 }],
    ['a leading zero', { amount: '01.00' }], ['zero', { amount: '0.00' }], ['a negative amount', { amount: '-1.00' }], ['fourteen digits', { amount: '123456789012.00' }],
    ['half a yen', { currency: 'JPY', amount: '1.50' }], ['a currency in lower case', { currency: 'cny' }], ['a currency that ALIPAY lacks', { currency: 'RUB' }],
    ['a method that nobody signed for', { payment_method: 'PAYPAYL' }], ['a device that is none', { request_type: 'SDK' }], ['51 characters of order_id', { order_id: 'x'.repeat(51) }],
    ['no description', { description: '' }], ['256 characters of description', { description: 'x'.repeat(256) }], ['no notify_url', { notify_url: undefined }],
    ['a return_url that is none', { return_url: 'shop' }], ['no website', { website: undefined }], ['a key that is not in the table', { sign: 'x' }], ['no customer', { source: undefined }],
    ['a customer that is a text', { source: 'Ma' }], ['the Visa of a country without it', { payment_method: 'VISA', currency: 'USD' }],
  ])('with %s is refused and books nothing', async (_name, change) => {
    const result = await caller.create(change);
    expect([result.status, Object.keys(parsed(result))]).toEqual([400, ['message']]);
    expect(simulator.world.books().orders).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no client_ip', { client_ip: undefined }], ['the document\'s blank in client_ip', { client_ip: undefined, 'client_ip ': '113.204.136.66' }], ['a name for an address', { client_ip: 'localhost' }],
    ['no first_name', { first_name: '' }], ['no last_name', { last_name: '' }], ['no country', { country: '' }], ['no state', { state: '' }], ['no city', { city: '' }], ['no zip', { zip: '' }],
    ['eleven characters of zip', { zip: '12345678901' }], ['no email', { email: undefined }], ['an email that is none', { email: 'test' }], ['no address1', { address1: '' }], ['no phone', { phone: '' }],
    ['a number for a phone', { phone: 13_800_000_000 }], ['a cpf of ten digits', { cpf: '1234567890' }], ['a US zip without its four digits', { country: 'US', zip: '12345' }],
    ['a Canadian zip without its blank', { country: 'CA', zip: 'A1B2C3' }],
  ])('of a customer with %s is refused', async (_name, change) => {
    expect((await caller.create({ source: { ...exampleCustomer, ...change } })).status).toBe(400);
    expect(simulator.world.books().orders).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, number]>([
    ['a card and a US address', { payment_method: 'VISA', currency: 'USD' }, { country: 'US', state: 'FL', zip: '12345-6789' }, 200],
    ['a card and a Canadian address', { payment_method: 'VISA', currency: 'CAD' }, { country: 'CA', state: 'ON', zip: 'A1B 2C3' }, 200],
    ['a card in Germany, without state and zip', { payment_method: 'VISA', currency: 'EUR' }, { country: 'DE', state: '', zip: '' }, 200],
    ['a card in the US, without state', { payment_method: 'VISA', currency: 'USD' }, { country: 'US', state: '', zip: '12345-6789' }, 400],
    ['EBANX with its cpf', { payment_method: 'EBANX', currency: 'BRL' }, { country: 'BR', cpf: '12345678901' }, 200],
    ['EBANX without', { payment_method: 'EBANX', currency: 'BRL' }, { country: 'BR' }, 400],
  ])('with %s', async (_name, change, customer, status) => {
    expect((await caller.create({ ...change, source: { ...exampleCustomer, ...customer } })).status).toBe(status);
  });

  it('that is no JSON object, or has a query string, is refused', async () => {
    expect((await caller.post('/v1/payment', 'amount=1')).status).toBe(400);
    expect((await caller.post('/v1/payment', '[]')).status).toBe(400);
    expect((await caller.post('/v1/payment?amount=1.00', examplePayment)).status).toBe(400);
    expect((await caller.get('/v1/payment')).status).toBe(405);
  });
});

describe('amounts', () => {
  it.each([
    ['CNY', '1.00', 100], ['CNY', '0.01', 1], ['CNY', '12345678901.99', 1_234_567_890_199], ['JPY', '100.00', 100], ['KWD', '1.23', 1230],
  ])('%s %s are %i minor units and back', (currency, text, minorUnits) => {
    expect([readAmount(text, currency), writeAmount(minorUnits, currency)]).toEqual([minorUnits, text]);
  });

  it('have the currency\'s own digits', () => {
    expect([digitsOfCurrency('KRW'), digitsOfCurrency('USD'), digitsOfCurrency('BHD')]).toEqual([0, 2, 3]);
  });

  it('of a yen payment come back as they went', async () => {
    expect(parsed(await caller.create({ amount: '1200.00', currency: 'JPY' }))).toMatchObject({ amount: '1200.00', currency: 'JPY' });
    expect(simulator.world.order(orderId)).toMatchObject({ amount: 1200, currency: 'JPY' });
  });
});

describe('the payment methods', () => {
  it('are the document\'s example for its currency and country', async () => {
    expect(parsed(await caller.get('/v1/paymentmethod?currency=RUB&country=RU&type=WEB'))).toEqual([
      { name: 'ADYEN_UNIONPAY', code: 'ADYEN_UNIONPAY' }, { name: 'Mastercard', code: 'GOO_MASTERCARD' }, { name: 'Visa', code: 'GOO_VISA' },
      { name: 'QIWI Wallet', code: 'QIWI' }, { name: 'Yandex Money', code: 'YANDEX' },
    ]);
  });

  it('are told to a POST too, and to nobody who leaves something out', async () => {
    expect(parsed(await caller.post('/v1/paymentmethod?currency=CNY&country=CN&type=WAP'))).toContainEqual({ name: 'Alipay', code: 'ALIPAY' });
    for (const rest of ['country=CN&type=WEB', 'currency=CNY&type=WEB', 'currency=CNY&country=CN', 'currency=CNY&country=CHN&type=WEB', 'currency=CNY&country=CN&type=SDK']) {
      expect((await caller.get(`/v1/paymentmethod?${rest}`)).status).toBe(400);
    }
  });
});
