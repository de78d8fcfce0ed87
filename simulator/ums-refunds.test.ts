/** UMS's refunds, their query, and orders whose money is guaranteed first, against the document. */
import { describe, expect, it } from 'vitest';
import type { ManualClock, Simulator } from './index.ts';
import { parsed, simulatorForEach } from './test-client.ts';
import { numberOf, ums, umsShop, umsWord } from './ums-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

simulatorForEach((made) => ({ clock, simulator } = made));

const { order, create, query, refund, pay, booked } = umsShop(() => simulator);
const refundQuery = (name: string, change: Record<string, unknown> = {}) => ums(simulator, 'refund-query', { merOrderId: numberOf(name), ...change });

describe('refund', () => {
  it('goes in parts; its answer has the sum so far and a status that 2.3 lacks', async () => {
    await create();
    pay();
    expect(parsed(await refund('F1', 40))).toMatchObject({ errCode: 'SUCCESS', status: 'REFUND', refundStatus: 'SUCCESS', refundAmount: 40, refundOrderId: numberOf('F1'), merOrderId: order });
    expect(umsWord(await query())).toBe('TRADE_REFUND');
    expect(parsed(await refund('F2', '60'))).toMatchObject({ refundAmount: 100, refundOrderId: numberOf('F2') });
    expect(umsWord(await query())).toBe('TRADE_CLOSED');
    expect(simulator.world.books().totals).toMatchObject([{ gateway: 'ums', charged: 100, refunded: 100, net: 0 }]);
  });

  it('with the same number is the same refund, whatever its amount; with another order\'s number it is DUP_ORDER', async () => {
    await create();
    pay();
    await refund('F1', 40);
    expect(parsed(await refund('F1', 50))).toMatchObject({ refundStatus: 'SUCCESS', refundAmount: 40 });
    await create({ merOrderId: numberOf('R2') });
    simulator.world.confirm(numberOf('R2'));
    expect(umsWord(await refund('F1', 1, { merOrderId: numberOf('R2') }))).toBe('DUP_ORDER');
    expect(booked()?.refunds).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['more than is left', { refundAmount: 101 }, 'TARGET_FAIL'], ['nothing', { refundAmount: 0 }, 'BAD_REQUEST'], ['a number without our source', { refundOrderId: `2001${'0'.repeat(20)}` }, 'BAD_REQUEST'],
    ['a number of 28', { refundOrderId: `1001${'0'.repeat(24)}` }, 'BAD_REQUEST'], ['an order number', { refundOrderId: order }, 'DUP_ORDER'], ['another instMid', { instMid: 'QRPAYDEFAULT' }, 'NO_ORDER'],
    ['parts that don\'t add up', { subOrders: [{ mid: '988460101800203', totalAmount: 1 }], platformAmount: 1 }, 'BAD_REQUEST'],
  ])('of %s is refused', async (_name, change, word) => {
    await create();
    pay();
    expect(umsWord(await refund('F1', 40, change))).toBe(word);
    expect(booked()?.refunds).toEqual([]);
  });

  it('wants a paid order, and its own number from the second time on', async () => {
    await create();
    expect(umsWord(await refund('F1', 40))).toBe('OPERATION_NOT_ALLOWED');
    pay();
    expect(umsWord(await refund('', 40, { refundOrderId: undefined }))).toBe('SUCCESS');
    expect(umsWord(await refund('', 40, { refundOrderId: undefined }))).toBe('BAD_REQUEST');
  });

  it('query names the refund\'s own number, and knows neither another nor another instMid', async () => {
    await create();
    pay();
    await refund('F1', 40);
    expect(parsed(await refundQuery('F1'))).toMatchObject({
      errCode: 'SUCCESS', refundStatus: 'SUCCESS', refundOrderId: numberOf('F1'), merOrderId: order, totalAmount: 100, sendBackAmount: '40', status: 'TRADE_SUCCESS', responseTimeStamp: '2026-11-21 12:00:00',
    });
    expect([umsWord(await refundQuery('F2')), umsWord(await refundQuery('F1', { instMid: 'QRPAYDEFAULT' })), umsWord(await ums(simulator, 'refund-query', { merOrderId: order }))]).toEqual(['NO_ORDER', 'NO_ORDER', 'NO_ORDER']);
  });

  it.each([['refundInProgress', 'PROCESSING', 'SUCCESS'], ['refundErrorThenDone', 'UNKNOWN', 'SUCCESS'], ['refundErrorThenFailed', 'UNKNOWN', 'FAIL'], ['refundFails', 'FAIL', 'FAIL']])('%s: %s, then %s', async (script, first, later) => {
    simulator.world.playNextShown(script);
    await create();
    expect(umsWord(await refund('F1', 40))).toBe(first);
    expect(umsWord(await refundQuery('F1'))).toBe(first);
    clock.advance(10_000);
    expect(umsWord(await refundQuery('F1'))).toBe(later);
  });
});

describe('a guaranteed order', () => {
  const guaranteed = async () => {
    await create({ secureTransaction: 'true' });
    pay();
  };
  const complete = (completedAmount: unknown) => ums(simulator, 'secure-complete', { merOrderId: order, completedAmount });
  const cancel = () => ums(simulator, 'secure-cancel', { merOrderId: order });

  it('is completed in full, once, and refunded only then', async () => {
    await guaranteed();
    expect(parsed(await query())).toMatchObject({ status: 'TRADE_SUCCESS', secureStatus: 'UNCOMPLETED' });
    expect(umsWord(await refund('F1', 1))).toBe('OPERATION_NOT_ALLOWED');
    expect(parsed(await complete('100'))).toMatchObject({ errCode: 'SUCCESS', secureStatus: 'ALL_COMPLETED', completedAmount: 100, totalAmount: 100, status: 'TRADE_SUCCESS' });
    expect(umsWord(await complete(100))).toBe('OPERATION_NOT_ALLOWED');
    expect(umsWord(await refund('F1', 1))).toBe('SUCCESS');
  });

  it('is completed in part, and the rest is the payer\'s again', async () => {
    await guaranteed();
    expect(umsWord(await complete(101))).toBe('BAD_REQUEST');
    expect(parsed(await complete(30))).toMatchObject({ secureStatus: 'PARTLY_COMPLETED', status: 'TRADE_SUCCESS', completedAmount: 30 });
    expect(simulator.world.books().totals).toMatchObject([{ charged: 100, refunded: 70, net: 30 }]);
    expect(umsWord(await refund('F1', 31))).toBe('TARGET_FAIL');
  });

  it('is given back in full by a cancel, or by itself after 30 days', async () => {
    await guaranteed();
    expect(parsed(await cancel())).toMatchObject({ errCode: 'SUCCESS', secureStatus: 'CANCELED', status: 'TRADE_CLOSED' });
    expect([umsWord(await cancel()), umsWord(await complete(1))]).toEqual(['HAS_CANCELLED', 'HAS_CANCELLED']);
    expect(simulator.world.books().totals).toMatchObject([{ cancelled: 100, net: 0 }]);
    await create({ merOrderId: numberOf('R2'), secureTransaction: 'true' });
    simulator.world.confirm(numberOf('R2'));
    clock.advance(30 * 86_400_000 + 1);
    expect(parsed(await query({ merOrderId: numberOf('R2') }))).toMatchObject({ status: 'TRADE_CLOSED', secureStatus: 'CANCELED' });
  });

  it('has to be one, and paid', async () => {
    await create();
    pay();
    expect([umsWord(await complete(1)), umsWord(await cancel())]).toEqual(['OPERATION_NOT_ALLOWED', 'OPERATION_NOT_ALLOWED']);
    await create({ merOrderId: numberOf('R2'), secureTransaction: 'true' });
    expect(umsWord(await ums(simulator, 'secure-cancel', { merOrderId: numberOf('R2') }))).toBe('OPERATION_NOT_ALLOWED');
  });
});
