/** Omipay's side against its document: the example signature, the window of time, fields, shapes and repeats. */
import { describe, expect, it } from 'vitest';
import { signOmipay } from './gateways/omipay-push.ts';
import type { ManualClock, Simulator } from './index.ts';
import { omipay, omipayQuery, parsed, send, simulatorForEach, tellerOf, wordOf } from './test-client.ts';
import type { Teller } from './test-client.ts';

let clock: ManualClock;
let simulator: Simulator;
let teller: Teller;

simulatorForEach((made) => {
  ({ clock, simulator } = made);
  teller = tellerOf(simulator, 'omipay');
}, Date.UTC(2016, 11, 27, 0, 55, 30));

const code = (name: string) => simulator.codes[name] ?? '';
const rate = (change: Record<string, string>) => omipay(simulator, 'GetExchangeRate', { currency: 'AUD', base_currency: 'CNY', ...change }, 'GET');

describe('the signature', () => {
  it('of the document\'s example is the 32-character one', () => {
    expect(signOmipay('123456', '1482812036067', '313644f42ecd4758b5e23b80e86efdc4', '0af61531c6c04ac4ac910d0cd59e6238')).toBe('8516A3B52F9C8897F52239B19CD8A499');
  });

  it('is refused in lower case, and with another key', async () => {
    const sign = new URLSearchParams(omipayQuery(simulator, {})).get('sign') ?? '';
    expect(wordOf(await rate({ sign: sign.toLowerCase() }))).toBe('SIGN_ERROR');
    expect(wordOf(await rate({ sign: signOmipay('0000000001', String(clock.wall()), 'nonce0123456789', 'x') }))).toBe('SIGN_ERROR');
  });

  it.each([
    ['nine characters of nonce', { nonce_str: 'abcdefghi' }, 'PARAMETER_INVALID'],
    ['33 characters of nonce', { nonce_str: 'a'.repeat(33) }, 'PARAMETER_INVALID'],
    ['a nonce with a hyphen', { nonce_str: 'abcdefghi-j' }, 'PARAMETER_INVALID'],
    ['a timestamp in seconds', { timestamp: '1482812036' }, 'PARAMETER_INVALID'],
    ['another merchant', { m_number: '9' }, 'MERCHANTNO_INVALID'],
    ['an unlisted language', { language: 'FR' }, 'PARAMETER_INVALID'],
  ])('%s is refused', async (_name, change, expected) => {
    expect(wordOf(await rate(change))).toBe(expected);
  });

  it('is good for less than five minutes on either side', async () => {
    const at = (instant: number) => rate({ timestamp: String(instant), sign: signOmipay('0000000001', String(instant), 'nonce0123456789', simulator.gateways.omipay.secretKey) });
    expect(wordOf(await at(clock.wall() - 299_999))).toBe('SUCCESS');
    expect(wordOf(await at(clock.wall() - 300_000))).toBe('SIGN_TIMEOUT');
    expect(wordOf(await at(clock.wall() + 300_000))).toBe('SIGN_TIMEOUT');
  });
});

describe('the exchange rate', () => {
  it('is the document\'s example', async () => {
    expect(parsed(await rate({}))).toEqual({ return_code: 'SUCCESS', rate: 5.0154 });
  });

  it('of other currencies is not known', async () => {
    expect(wordOf(await rate({ currency: 'USD' }))).toBe('CURRENCY_ERROR');
  });
});

describe('the fields of MakeScanOrder', () => {
  const make = (change: Record<string, string>) =>
    omipay(simulator, 'MakeScanOrder', {
      order_name: '测试商品', currency: 'AUD', amount: '100', notify_url: 'http://127.0.0.1/notify', qrcode: code('paid'), pos_no: 'SIMPOS01', out_order_no: 'SEORD000001', ...change,
    });

  it.each([
    ['amount with a point', { amount: '1.00' }, 'PARAMETER_INVALID'],
    ['amount of zero', { amount: '0' }, 'AMOUNT_INVALID'],
    ['negative amount', { amount: '-1' }, 'PARAMETER_INVALID'],
    ['another currency', { currency: 'USD' }, 'PARAMETER_INVALID'],
    ['currency in lower case', { currency: 'aud' }, 'PARAMETER_INVALID'],
    ['an unregistered till', { pos_no: 'other' }, 'POS_NOT_REGISTERED'],
    ['no out_order_no', { out_order_no: '' }, 'PARAMETER_INVALID'],
    ['no notify_url', { notify_url: '' }, 'PARAMETER_INVALID'],
    ['a notify_url that is none', { notify_url: 'shop' }, 'PARAMETER_INVALID'],
    ['a key that is not in the table', { total_amount: '100' }, 'PARAMETER_INVALID'],
  ])('%s is refused and books nothing', async (_name, change, expected) => {
    expect(wordOf(await make(change))).toBe(expected);
    expect(simulator.world.books().orders).toEqual([]);
  });

  it('travel in the query string, not in a body', async () => {
    const url = `${simulator.gateways.omipay.baseUrl}/GetExchangeRate?${omipayQuery(simulator, { currency: 'AUD', base_currency: 'CNY' })}`;
    expect(wordOf(await send(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"amount":1}' }))).toBe('PARAMETER_INVALID');
    expect(wordOf(await send(url, { method: 'POST', headers: { 'content-type': 'text/plain' } }))).toBe('PARAMETER_INVALID');
    expect(wordOf(await send(`${url}&currency=AUD`))).toBe('PARAMETER_INVALID');
    expect(wordOf(await send(url))).toBe('SUCCESS');
  });
});

describe('the answers', () => {
  it('to a paid order carry no amount, and an order_no of 24 characters', async () => {
    const answer = parsed(await teller.pay('R1', code('paid')));
    expect(answer).toEqual({
      return_code: 'SUCCESS', error_code: null, error_msg: null, msg: 'success', success: true, platform: 'WECHATPAY',
      order_no: expect.stringMatching(/^[0-9a-f]{24}$/), out_order_no: 'R1', order_time: '20161227105530',
    });
  });

  it('to a query have the document\'s fields, amounts as integers and the rate times 10^8', async () => {
    await teller.pay('R1', code('waits'));
    expect(parsed(await teller.query('R1'))).toMatchObject({ result_code: 'PAYING', pay_time: '' });
    clock.advance(32_000);
    expect(parsed(await teller.query('R1'))).toMatchObject({
      return_code: 'SUCCESS', result_code: 'PAID', out_order_no: 'R1', currency: 'AUD', amount: 100, pay_currency: 'CNY', pay_amount: 502,
      order_time: '20161227105530', pay_time: '20161227105535', exchange_rate: 501_540_000,
    });
  });

  it('to a waiting payer are USERPAYING with the order_no', async () => {
    expect(parsed(await teller.pay('R1', code('ignored')))).toMatchObject({
      return_code: 'FAIL', error_code: 'USERPAYING', error_msg: '用户正在支付', success: false, order_no: simulator.world.order('R1')?.gatewayNumber,
    });
  });

  it('about a stranger\'s order are PERMISSION_ERROR', async () => {
    expect(wordOf(await omipay(simulator, 'QueryOrder', { order_no: 'bc112874260946a2af2b7107825e6ce2' }))).toBe('PERMISSION_ERROR');
  });
});

describe('the same number again', () => {
  it.each([
    ['paid', 'ORDER_PAID', 1],
    ['ignored', 'USERPAYING', 0],
    ['insufficient', 'ORDER_CLOSED', 0],
  ])('of an order that is %s: %s, and never a second charge', async (name, expected, charged) => {
    await teller.pay('R1', code(name));
    const again = await teller.pay('R1', code(name));
    expect(wordOf(again)).toBe(expected);
    expect(parsed(again)['order_no']).toBe(expected === 'USERPAYING' ? simulator.world.order('R1')?.gatewayNumber : undefined);
    expect(simulator.world.order('R1')).toMatchObject({ timesCharged: charged, counts: { pay: 2 } });
  });
});

describe('refund', () => {
  it('goes in parts, and the same number again is a second refund', async () => {
    await teller.pay('R1', code('paid'));
    const order_no = simulator.world.order('R1')?.gatewayNumber ?? '';
    const refund = (amount: string) => omipay(simulator, 'Refund', { order_no, out_refund_no: 'F1', amount });
    const first = parsed(await refund('40'));
    expect(first).toMatchObject({ return_code: 'SUCCESS', currency: 'AUD', amount: 40, refund_time: '20161227105530' });
    expect(wordOf(await refund('40'))).toBe('SUCCESS');
    expect(wordOf(await refund('40'))).toBe('AMOUNT_OVER_LIMIT');
    expect(simulator.world.books()).toMatchObject({
      totals: [{ refunded: 0, refundsOpen: 80, net: 100 }],
      doubleRefunds: [{ gateway: 'omipay', reference: 'R1', refundReference: 'F1', times: 2 }],
    });
    const query = () => omipay(simulator, 'QueryRefund', { refund_no: String(first['refund_no']) });
    expect(parsed(await query())).toMatchObject({ result_code: 'MerchantConfirmed', success_time: '' });
    clock.advance(2000);
    expect(parsed(await query())).toMatchObject({ result_code: 'Closed', out_refund_no: 'F1', amount: 40, success_time: '20161227105532' });
    expect(simulator.world.books().totals).toMatchObject([{ refunded: 80, refundsOpen: 0, net: 20 }]);
  });

  it('wants a known and paid order', async () => {
    await teller.pay('R1', code('ignored'));
    const refund = (order_no: string) => omipay(simulator, 'Refund', { order_no, out_refund_no: 'F1', amount: '1' });
    expect(wordOf(await refund('nobody'))).toBe('ORDER_NO_ERROR');
    expect(wordOf(await refund(simulator.world.order('R1')?.gatewayNumber ?? ''))).toBe('ORDER_NOT_PAID');
    expect(wordOf(await omipay(simulator, 'QueryRefund', { refund_no: 'nobody' }))).toBe('REFUND_NO_ERROR');
  });

  it('goes through the nine states, and only Closed has a time of arrival', async () => {
    await teller.pay('R1', code('refundSteps'));
    await teller.refund('R1', 'F1', '40');
    const heard: unknown[] = [];
    for (let index = 0; index < 5; index += 1) {
      const { result_code, success_time } = parsed(await teller.queryRefund('R1'));
      heard.push([result_code, success_time]);
      clock.advance(2000);
    }
    // The money is in the wallet with OrganizationPayback, and that is the time that Closed tells.
    expect(heard).toEqual([['Applied', ''], ['MerchantConfirmed', ''], ['OrganizationConfirmed', ''], ['OrganizationPayback', ''], ['Closed', '20161227105536']]);
  });

  it.each([
    ['refundMerchantRejected', 'MerchantRejected'], ['refundTimeoutClosed', 'TimeoutClosed'],
    ['refundOrganizationFailed', 'OrganizationFailed'], ['refundCustomerCancelled', 'CustomerCancelled'],
  ])('%s ends as %s, and the amount can be refunded again', async (name, word) => {
    await teller.pay('R1', code(name));
    await teller.refund('R1', 'F1', '100');
    expect(wordOf(await teller.refund('R1', 'F2', '1'))).toBe('AMOUNT_OVER_LIMIT');
    clock.advance(4000);
    expect(parsed(await teller.queryRefund('R1'))).toMatchObject({ result_code: word, success_time: '' });
    expect(wordOf(await teller.refund('R1', 'F2', '100'))).toBe('SUCCESS');
    expect(simulator.world.books().doubleRefunds).toEqual([]);
  });

  it('case 24: a lost answer sent again is a second refund where both fit, and refused where they don\'t', async () => {
    await teller.pay('R1', code('refundAnswerLost'));
    expect([wordOf(await teller.refund('R1', 'F1', '50')), wordOf(await teller.refund('R1', 'F1', '50'))]).toEqual(['lost', 'SUCCESS']);
    expect(simulator.world.books().doubleRefunds).toMatchObject([{ reference: 'R1', times: 2 }]);
    await teller.pay('R2', code('refundAnswerLost'));
    expect([wordOf(await teller.refund('R2', 'F2', '51')), wordOf(await teller.refund('R2', 'F2', '51'))]).toEqual(['lost', 'AMOUNT_OVER_LIMIT']);
    expect(simulator.world.order('R2')?.refunds).toHaveLength(1);
  });
});
