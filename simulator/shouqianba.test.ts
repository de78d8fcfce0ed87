/** Shouqianba's side against its document: signature, fields, shapes, and what each call does to the books. */
import { describe, expect, it } from 'vitest';
import type { ManualClock, Simulator } from './index.ts';
import { parsed, send, shouqianba, shouqianbaRequest, simulatorForEach, tellerOf, wordOf } from './test-client.ts';
import type { Answer, Teller } from './test-client.ts';

let clock: ManualClock;
let simulator: Simulator;
let teller: Teller;

simulatorForEach((made) => {
  ({ clock, simulator } = made);
  teller = tellerOf(simulator, 'shouqianba');
});

const code = (name: string) => simulator.codes[name] ?? '';
const goodPay = () => ({ client_sn: 'R1', total_amount: '1', dynamic_id: code('paid'), subject: '达美乐披萨', operator: '刘侃' });
const dataOf = (answer: Answer) => (answer['biz_response'] as Answer)['data'] as Answer;
const bizOf = (answer: Answer) => answer['biz_response'] as Answer;

describe('the signature', () => {
  const url = () => `${simulator.url}/upay/v2/pay`;
  const body = () => JSON.stringify({ terminal_sn: simulator.gateways.shouqianba.terminalSn, ...goodPay() });

  it('is made over the bytes of the body, whatever their spacing', async () => {
    const spaced = JSON.stringify({ terminal_sn: simulator.gateways.shouqianba.terminalSn, ...goodPay() }, null, 3);
    expect(wordOf(await send(url(), shouqianbaRequest(simulator, spaced)))).toBe('PAY_SUCCESS');
  });

  it('that belongs to another body is refused and books nothing', async () => {
    const signed = shouqianbaRequest(simulator, body());
    const answer = parsed(await send(url(), { ...signed, body: body().replace('"1"', '"2"') }));
    expect(answer).toEqual({ result_code: '400', error_code: 'ILLEGAL_SIGN', error_message: '签名错误' });
    expect(simulator.world.books().orders).toEqual([]);
  });

  it('may not be missing, and must name a known terminal', async () => {
    const { authorization, ...headers } = shouqianbaRequest(simulator, body()).headers ?? {};
    expect(wordOf(await send(url(), { method: 'POST', headers, body: body() }))).toBe('ILLEGAL_SIGN');
    const stranger = { ...headers, authorization: String(authorization).replace(/^\S+/, 'STRANGER') };
    expect(wordOf(await send(url(), { method: 'POST', headers: stranger, body: body() }))).toBe('TERMINAL_NOT_EXISTS');
  });

  it('must come with a JSON content type and a JSON object', async () => {
    const signed = shouqianbaRequest(simulator, body());
    expect(wordOf(await send(url(), { ...signed, headers: { ...signed.headers, 'content-type': 'text/plain' } }))).toBe('INVALID_PARAMS');
    expect(wordOf(await send(url(), shouqianbaRequest(simulator, '[1]')))).toBe('INVALID_PARAMS');
    expect(wordOf(await send(url(), shouqianbaRequest(simulator, '\u0000{{')))).toBe('INVALID_PARAMS');
  });

  it('only by POST', async () => {
    expect((await send(url())).status).toBe(405);
  });
});

describe('the fields of pay', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['amount as a number', { total_amount: 1 }, 'INVALID_PARAMS'],
    ['amount of zero', { total_amount: '0' }, 'INVALID_PARAMS'],
    ['amount with a point', { total_amount: '1.00' }, 'INVALID_PARAMS'],
    ['negative amount', { total_amount: '-1' }, 'INVALID_PARAMS'],
    ['amount of eleven digits', { total_amount: '12345678901' }, 'INVALID_PARAMS'],
    ['no client_sn', { client_sn: undefined }, 'INVALID_PARAMS'],
    ['client_sn of 33 bytes', { client_sn: 'x'.repeat(33) }, 'INVALID_PARAMS'],
    ['no subject', { subject: '' }, 'INVALID_PARAMS'],
    ['subject of 65 characters', { subject: '店'.repeat(65) }, 'INVALID_PARAMS'],
    ['no operator', { operator: undefined }, 'INVALID_PARAMS'],
    ['dynamic_id of 33 bytes', { dynamic_id: '1'.repeat(33) }, 'INVALID_PARAMS'],
    ['dynamic_id that is no number', { dynamic_id: '13x' }, 'INVALID_BARCODE'],
    ['longitude alone', { longitude: '121.5' }, 'INVALID_PARAMS'],
    ['a key that is not in the table', { notify_url: 'http://127.0.0.1/' }, 'INVALID_PARAMS'],
    ['another terminal than the header\'s', { terminal_sn: 'OTHER' }, 'INVALID_TERMINAL'],
  ])('%s is refused', async (_name, change, expected) => {
    expect(wordOf(await shouqianba(simulator, 'pay', { ...goodPay(), ...change }))).toBe(expected);
    expect(simulator.world.books().orders).toEqual([]);
  });

  it('are all taken at their longest', async () => {
    const longest = {
      client_sn: 'x'.repeat(32), total_amount: '9999999999', subject: '店'.repeat(64), operator: '员'.repeat(32), reflect: 'r'.repeat(64),
      payway: '3', longitude: '121.5', latitude: '31.2', device_id: 'd', description: 'd', extended: '{}',
    };
    expect(wordOf(await shouqianba(simulator, 'pay', { ...goodPay(), ...longest }))).toBe('PAY_SUCCESS');
  });

  it('name a payway that overrules the code', async () => {
    expect(wordOf(await shouqianba(simulator, 'pay', { ...goodPay(), payway: '1' }))).toBe('INVALID_BARCODE');
  });
});

describe('the answers', () => {
  it('to a paid pay have the document\'s example\'s fields, all strings', async () => {
    const result = await shouqianba(simulator, 'pay', { ...goodPay(), reflect: 'r' });
    const answer = parsed(result);
    expect(answer).toMatchObject({ result_code: '200', error_code: '', error_message: '', biz_response: { result_code: 'PAY_SUCCESS', error_code: '', error_message: '' } });
    expect(dataOf(answer)).toMatchObject({
      client_sn: 'R1', status: 'SUCCESS', order_status: 'PAID', payway: '3', sub_payway: '1', total_amount: '1', net_amount: '1',
      finish_time: String(clock.wall()), terminal_sn: 'SIMULATOR000001', subject: '达美乐披萨', operator: '刘侃', reflect: 'r',
    });
    expect(dataOf(answer)['sn']).toMatch(/^\d{16}$/);
    const { payment_list, ...texts } = dataOf(answer);
    expect(payment_list).toEqual([{ type: 'WALLET', amount_total: '1' }]);
    for (const value of Object.values(texts)) expect(typeof value).toBe('string');
    expect(result.headers['date']).toBe(new Date(clock.wall()).toUTCString());
  });

  it('to a refused pay are PAY_FAIL with FAIL_CANCELED and PAY_CANCELED, as in example iii', async () => {
    const answer = parsed(await teller.pay('R1', code('expired')));
    expect(bizOf(answer)).toMatchObject({ result_code: 'PAY_FAIL', error_code: 'EXPIRED_BARCODE', error_message: '过期的支付条码' });
    expect(dataOf(answer)).toMatchObject({ status: 'FAIL_CANCELED', order_status: 'PAY_CANCELED', total_amount: '100' });
  });

  it('while in progress lack net_amount, payway and finish_time', async () => {
    const answer = parsed(await teller.pay('R1', code('ignored')));
    expect(bizOf(answer)['result_code']).toBe('PAY_IN_PROGRESS');
    expect(dataOf(answer)).toMatchObject({ order_status: 'CREATED', total_amount: '100' });
    for (const absent of ['net_amount', 'payway', 'finish_time']) expect(dataOf(answer)).not.toHaveProperty(absent);
  });

  it('to unknown orders are FAIL with data null', async () => {
    for (const call of ['query', 'cancel']) {
      const biz = bizOf(parsed(await shouqianba(simulator, call, { client_sn: 'nobody' })));
      expect(biz).toMatchObject({ result_code: 'FAIL', error_code: 'UPAY_ORDER_NOT_EXISTS', data: null });
    }
    expect(simulator.world.books().strangers).toEqual([{ gateway: 'shouqianba', reference: 'nobody', counts: { pay: 0, present: 0, query: 1, cancel: 1, refund: 0, queryRefund: 0 } }]);
  });

  it('find an order by sn first, then by client_sn, and want one of them', async () => {
    const sn = dataOf(parsed(await teller.pay('R1', code('paid'))))['sn'];
    expect(wordOf(await shouqianba(simulator, 'query', { sn, client_sn: 'other' }))).toBe('PAID');
    expect(wordOf(await shouqianba(simulator, 'query', { sn: '1', client_sn: 'R1' }))).toBe('PAID');
    expect(wordOf(await shouqianba(simulator, 'query', {}))).toBe('INVALID_PARAMS');
  });
});

describe('a number that is known', () => {
  it('conflicts and charges nothing more', async () => {
    await teller.pay('R1', code('paid'));
    expect(wordOf(await teller.pay('R1', code('paid'), '200'))).toBe('CLIENT_SN_CONFLICT');
    expect(simulator.world.order('R1')).toMatchObject({ amount: 100, timesCharged: 1, counts: { pay: 2 } });
  });
});

describe('cancel', () => {
  const cancel = () => shouqianba(simulator, 'cancel', { client_sn: 'R1' });

  it('undoes a paid order once', async () => {
    await teller.pay('R1', code('paid'));
    const answer = parsed(await cancel());
    expect(bizOf(answer)['result_code']).toBe('CANCEL_SUCCESS');
    expect(dataOf(answer)).toMatchObject({ status: 'SUCCESS', order_status: 'CANCELED', net_amount: '0' });
    expect(wordOf(await cancel())).toBe('UPAY_CANCEL_ORDER_NOOP');
    expect(wordOf(await teller.query('R1'))).toBe('CANCELED');
    expect(simulator.world.books().totals).toEqual([{ gateway: 'shouqianba', currency: 'CNY', charged: 100, cancelled: 100, refunded: 0, refundsOpen: 0, net: 0 }]);
  });

  it('stops an order in progress, and its payer can\'t pay it any more', async () => {
    await teller.pay('R1', code('waits'));
    expect(wordOf(await cancel())).toBe('CANCEL_ABORT_SUCCESS');
    clock.advance(60_000);
    expect(simulator.world.order('R1')).toMatchObject({ state: 'cancelled', timesCharged: 0 });
  });

  it('works on the day of the payment in China only', async () => {
    clock.setWall(Date.UTC(2026, 10, 21, 15, 59, 59));
    await teller.pay('R1', code('paid'));
    clock.advance(2000);
    expect(wordOf(await cancel())).toBe('UPAY_CANCEL_INVALID_ORDER_STATE');
    expect(simulator.world.order('R1')?.state).toBe('paid');
  });

  it('never works after a refund, nor on a refused order', async () => {
    await teller.pay('R1', code('paid'));
    await shouqianba(simulator, 'refund', { client_sn: 'R1', refund_request_no: '1', operator: '01', refund_amount: '1' });
    expect(wordOf(await cancel())).toBe('UPAY_CANCEL_INVALID_ORDER_STATE');
    await teller.pay('R2', code('insufficient'));
    expect(wordOf(await shouqianba(simulator, 'cancel', { client_sn: 'R2' }))).toBe('UPAY_CANCEL_INVALID_ORDER_STATE');
  });
});

describe('refund', () => {
  const refund = (number: string, amount: string) =>
    shouqianba(simulator, 'refund', { client_sn: 'R1', refund_request_no: number, operator: '01', refund_amount: amount });

  it('goes in parts up to what was paid; the same number is the same refund', async () => {
    await teller.pay('R1', code('paid'));
    expect(dataOf(parsed(await refund('1', '40')))).toMatchObject({ order_status: 'PARTIAL_REFUNDED', net_amount: '60', client_tsn: 'R1-1' });
    expect(wordOf(await refund('1', '40'))).toBe('REFUND_SUCCESS');
    expect(wordOf(await refund('1', '41'))).toBe('REFUND_REQUEST_CONFLICT');
    expect(wordOf(await refund('2', '61'))).toBe('REFUNDABLE_AMOUNT_NOT_ENOUGH');
    expect(dataOf(parsed(await refund('3', '60')))).toMatchObject({ order_status: 'REFUNDED', net_amount: '0' });
    expect(simulator.world.books().totals).toMatchObject([{ refunded: 100, net: 0 }]);
  });

  it('wants a paid order and a number of at most 20 bytes', async () => {
    await teller.pay('R1', code('ignored'));
    expect(wordOf(await refund('1', '1'))).toBe('UPAY_REFUND_INVALID_ORDER_STATE');
    expect(wordOf(await refund('x'.repeat(21), '1'))).toBe('INVALID_PARAMS');
  });

  it('finds the order by the wallet\'s own bill number in sn, as query does', async () => {
    await teller.pay('R1', code('paid'));
    const sn = simulator.world.order('R1')?.tradeNumber;
    expect(wordOf(await shouqianba(simulator, 'query', { sn }))).toBe('PAID');
    expect(wordOf(await shouqianba(simulator, 'refund', { sn, refund_request_no: '1', operator: '01', refund_amount: '100' }))).toBe('REFUND_SUCCESS');
  });

  it('is refused three months after the payment', async () => {
    await teller.pay('R1', code('paid'));
    clock.advance(92 * 86_400_000);
    expect(wordOf(await refund('1', '40'))).toBe('REFUND_SUCCESS');
    clock.advance(1);
    expect(bizOf(parsed(await refund('2', '40')))).toMatchObject({ error_code: 'UPAY_REFUND_INVALID_ORDER_STATE', error_message: '订单已超过退款期限' });
  });

  it('in progress says so in the answer and in the order, and lacks a time of finish', async () => {
    await teller.pay('R1', code('refundInProgress'));
    const answer = parsed(await refund('1', '40'));
    expect(bizOf(answer)['result_code']).toBe('REFUND_IN_PROGRESS');
    expect(dataOf(answer)).toMatchObject({ order_status: 'REFUND_INPROGRESS', net_amount: '100', client_tsn: 'R1-1' });
    expect(dataOf(answer)).not.toHaveProperty('finish_time');
    expect(wordOf(await refund('2', '61'))).toBe('REFUNDABLE_AMOUNT_NOT_ENOUGH');
    expect(wordOf(await shouqianba(simulator, 'cancel', { client_sn: 'R1' }))).toBe('UPAY_CANCEL_INVALID_ORDER_STATE');
    clock.advance(5000);
    expect(dataOf(parsed(await teller.query('R1')))).toMatchObject({ order_status: 'PARTIAL_REFUNDED', net_amount: '60' });
  });

  it('that failed is REFUND_FAIL under its number for good; another number may try', async () => {
    await teller.pay('R1', code('refundFails'));
    expect(bizOf(parsed(await refund('1', '100')))).toMatchObject({ result_code: 'REFUND_FAIL', data: { status: 'FAIL_CANCELED', order_status: 'PAID', net_amount: '100' } });
    expect(bizOf(parsed(await refund('1', '100')))).toMatchObject({ result_code: 'REFUND_FAIL' });
    simulator.world.addRule({ match: { call: 'refund' }, refundGoes: [{ after: 0, becomes: 'closed' }] });
    expect(bizOf(parsed(await refund('2', '100')))).toMatchObject({ result_code: 'REFUND_SUCCESS', data: { order_status: 'REFUNDED' } });
  });
});
