/** UMS's poslink: scanned codes, "00" that says nothing, the codes of its query, undoing and refunding. */
import { describe, expect, it } from 'vitest';
import type { ManualClock, Simulator } from '../index.ts';
import { parsed, send, simulatorForEach } from '../test-client.ts';
import { poslink, umsRequest } from '../ums-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

simulatorForEach((made) => ({ clock, simulator } = made));

const pay = (script: string, change: Record<string, unknown> = {}) =>
  poslink(simulator, 'pay', {
    transactionAmount: 100, transactionCurrencyCode: '156', merchantOrderId: 'R1', merchantRemark: '茶', payMode: 'CODE_SCAN', payCode: simulator.codes[script], deviceType: '11', ...change,
  });
const ask = async (call: string, fields: Record<string, unknown> = {}) => parsed(await poslink(simulator, call, { merchantOrderId: 'R1', ...fields }));
const codeNow = async () => (await ask('query'))['queryResCode'];

describe('pay', () => {
  it('says 00 with amounts when paid, and 00 without while the payer types', async () => {
    expect(parsed(await pay('paid'))).toMatchObject({ errCode: '00', merchantOrderId: 'R1', transactionAmount: 100, actualTransactionAmount: 100 });
    const waiting = parsed(await pay('waits', { merchantOrderId: 'R2' }));
    expect(waiting['errCode']).toBe('00');
    expect(waiting).not.toHaveProperty('actualTransactionAmount');
  });

  it.each([
    ['yuan', { transactionAmount: '1.00' }, 'BAD_REQUEST'], ['another currency', { transactionCurrencyCode: '840' }, 'BAD_REQUEST'], ['another way', { payMode: 'MANUAL' }, 'BAD_REQUEST'],
    ['no code', { payCode: '' }, 'BAD_REQUEST'], ['an unknown key', { totalAmount: 1 }, 'BAD_REQUEST'], ['another merchant', { merchantCode: '898000000000001' }, 'NO_MERCHANT'],
  ])('with %s is refused', async (_name, change, word) => {
    expect(parsed(await pay('paid', change))['errCode']).toBe(word);
    expect(simulator.world.books().orders).toEqual([]);
  });

  it('charges a known number only once, and only what is signed', async () => {
    await pay('paid');
    expect(parsed(await pay('paid'))['errCode']).toBe('DUP_ORDER');
    expect(simulator.world.order('R1')).toMatchObject({ gateway: 'ums', timesCharged: 1, shown: null });
    const unsigned = umsRequest(simulator, '{}', '{"a":1}');
    expect(parsed(await send(`${simulator.url}/v6/poslink/transaction/pay`, unsigned))['errCode']).toBe('BAD_SIGN');
  });
});

describe('the query\'s code', () => {
  it.each([['paid', '0'], ['ignored', 'FF'], ['payError', 'FF'], ['insufficient', '5']])('of %s is %s', async (script, code) => {
    await pay(script);
    expect(await codeNow()).toBe(code);
  });

  it('is 1 for what the wallet closed, and 3 for a refund in part', async () => {
    await pay('closesItself');
    clock.advance(45_000);
    expect(await codeNow()).toBe('1');
    await pay('paid', { merchantOrderId: 'R2' });
    expect(await ask('refund', { merchantOrderId: 'R2', refundRequestId: 'F1', transactionAmount: 40 })).toMatchObject({ errCode: '00', transactionAmount: 40 });
    expect(await ask('query', { merchantOrderId: 'R2' })).toMatchObject({ queryResCode: '3', refundedAmount: 40 });
    expect(await ask('query', { merchantOrderId: 'R3' })).toMatchObject({ errCode: 'NO_ORDER' });
  });

  it.each([['voidpayment', '2'], ['reverse', '4'], ['reversepayment', '4']])('after %s is %s', async (call, code) => {
    await pay('paid');
    expect(await ask(call)).toMatchObject({ errCode: '00' });
    expect([await codeNow(), (await ask(call))['errCode'], simulator.world.order('R1')?.state]).toEqual([code, 'OPERATION_NOT_ALLOWED', 'cancelled']);
  });
});

describe('refund', () => {
  it('with the same number is the same refund, and never more than was paid', async () => {
    await pay('paid');
    const refund = (refundRequestId: string, transactionAmount: number) => ask('refund', { refundRequestId, transactionAmount });
    await refund('F1', 40);
    expect(await refund('F1', 40)).toMatchObject({ errCode: '00', transactionAmount: 40 });
    expect((await refund('F2', 61))['errCode']).toBe('TARGET_FAIL');
    expect(await ask('query-refund', { refundRequestId: 'F1' })).toMatchObject({ errCode: '00', queryResCode: '00', originalAmount: '40', refundInvoiceAmount: '40', dealType: 'refund' });
    expect(simulator.world.order('R1')?.refunds).toHaveLength(1);
  });

  it.each([['refundNeverEnds', 'FF'], ['refundFails', '5']])('of %s is told by its query alone', async (script, code) => {
    await pay(script);
    await ask('refund', { refundRequestId: 'F1', transactionAmount: 40 });
    expect(await ask('query-refund', { refundRequestId: 'F1' })).toMatchObject({ errCode: '00', queryResCode: code });
  });
});
