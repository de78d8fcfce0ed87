/** UMS's side against its document: OPEN-BODY-SIG, fields, the six orders, query, close, refunds and what is guaranteed. */
import { describe, expect, it } from 'vitest';
import type { ManualClock, Simulator } from './index.ts';
import { parsed, send, simulatorForEach } from './test-client.ts';
import { chinaText, numberOf, ums, umsRequest, umsWord } from './ums-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

simulatorForEach((made) => ({ clock, simulator } = made));

const order = numberOf('R1');
const create = (change: Record<string, unknown> = {}, address = 'trade/precreate') => ums(simulator, address, { merOrderId: order, totalAmount: 100, tradeType: 'APP', ...change });
const query = (change: Record<string, unknown> = {}) => ums(simulator, 'query', { merOrderId: order, ...change });
const close = () => ums(simulator, 'close', { merOrderId: order });
const refund = (name: string, refundAmount: unknown, change: Record<string, unknown> = {}) => ums(simulator, 'refund', { merOrderId: order, refundOrderId: numberOf(name), refundAmount, ...change });
const refundQuery = (name: string, change: Record<string, unknown> = {}) => ums(simulator, 'refund-query', { merOrderId: numberOf(name), ...change });
const pay = () => simulator.world.confirm(order);
const booked = () => simulator.world.order(order);

describe('the signature', () => {
  const url = () => `${simulator.url}/v1/netpay/query`;
  const bodyOf = (gap?: number) => {
    const { merchantId: mid, terminalId: tid, instMid } = simulator.gateways.ums;
    return JSON.stringify({ requestTimestamp: chinaText(clock.wall()), mid, tid, instMid, merOrderId: order }, null, gap);
  };
  const withHeader = (change: (header: string) => string) => {
    const signed = umsRequest(simulator, bodyOf());
    return send(url(), { ...signed, headers: { ...signed.headers, authorization: change(signed.headers?.['authorization'] ?? '') } });
  };

  it('is made over the bytes of the body, with or without blanks after its commas', async () => {
    expect(umsWord(await send(url(), umsRequest(simulator, bodyOf(3))))).toBe('NO_ORDER');
    expect(umsWord(await withHeader((header) => header.replaceAll(', ', ',')))).toBe('NO_ORDER');
  });

  it.each<[string, (header: string) => string, string]>([
    ['no header', () => '', 'BAD_SIGN'],
    ['another scheme', (header) => header.replace('OPEN-BODY-SIG', 'OPEN-FORM-PARAM'), 'BAD_SIGN'],
    ['its parts in another order', (header) => header.replace(/(AppId="[^"]*"), (Timestamp="[^"]*")/, '$2, $1'), 'BAD_SIGN'],
    ['another app', (header) => header.replace(/AppId="[^"]*"/, 'AppId="x"'), 'INVALID_MSGSRC'],
    ['another nonce', (header) => header.replace('nonce-0', 'nonce-1'), 'BAD_SIGN'],
    ['a timestamp of yesterday', (header) => header.replace(/Timestamp="\d+"/, 'Timestamp="20261120120000"'), 'ABNORMAL_REQUEST_TIME'],
    ['a timestamp that is none', (header) => header.replace(/Timestamp="\d+"/, 'Timestamp="2026112012"'), 'BAD_SIGN'],
  ])('is refused for %s', async (_name, change, word) => {
    expect(umsWord(await withHeader(change))).toBe(word);
  });

  it('of another body is refused and books nothing', async () => {
    const body = bodyOf().replace('}', ',"totalAmount":1,"tradeType":"APP"}');
    expect(umsWord(await send(`${simulator.url}/v1/netpay/trade/precreate`, umsRequest(simulator, body, body.replace('1,', '2,'))))).toBe('BAD_SIGN');
    expect(simulator.world.books().orders).toEqual([]);
  });

  it('comes by POST with a JSON object and nothing in the address', async () => {
    expect((await send(url())).status).toBe(405);
    expect(umsWord(await send(url(), umsRequest(simulator, '[]')))).toBe('BAD_REQUEST');
    expect(umsWord(await send(`${url()}?a=1`, umsRequest(simulator, bodyOf())))).toBe('BAD_REQUEST');
    const signed = umsRequest(simulator, bodyOf());
    expect(umsWord(await send(url(), { ...signed, headers: { ...signed.headers, 'content-type': 'text/plain' } }))).toBe('BAD_REQUEST');
  });
});

describe('the fields of a new order', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no amount', { totalAmount: undefined }, 'BAD_REQUEST'],
    ['amount of zero', { totalAmount: 0 }, 'BAD_REQUEST'],
    ['amount in yuan', { totalAmount: '1.00' }, 'BAD_REQUEST'],
    ['half a fen', { totalAmount: 1.5 }, 'BAD_REQUEST'],
    ['more than a million yuan', { totalAmount: 100_000_001 }, 'BAD_REQUEST'],
    ['six characters', { merOrderId: '100100' }, 'BAD_REQUEST'],
    ['28 characters', { merOrderId: `${order}0` }, 'BAD_REQUEST'],
    ['another source number', { merOrderId: order.replace('1001', '1002') }, 'BAD_REQUEST'],
    ['a hyphen in the number', { merOrderId: '1001-000001' }, 'BAD_REQUEST'],
    ['no tradeType', { tradeType: undefined }, 'BAD_REQUEST'],
    ['a time without seconds', { requestTimestamp: '2026-11-21 12:00' }, 'BAD_REQUEST'],
    ['a time five minutes off', { requestTimestamp: '2026-11-21 12:05:00' }, 'ABNORMAL_REQUEST_TIME'],
    ['another merchant', { mid: '898000000000001' }, 'NO_MERCHANT'],
    ['a short merchant', { mid: '8980' }, 'BAD_REQUEST'],
    ['another terminal', { tid: 'SIM00009' }, 'INVLID_MERCHANT_CONFIG'],
    ['an unknown instMid', { instMid: 'MINIDEFAULT' }, 'INVLID_MERCHANT_CONFIG'],
    ['a key that is in no table', { total_amount: 1 }, 'BAD_REQUEST'],
    ['a nested key that is in no table', { goods: [{ goodsId: '1', colour: 'red' }] }, 'BAD_REQUEST'],
    ['goods that are no list', { goods: {} }, 'BAD_REQUEST'],
    ['a division that doesn\'t add up', { divisionFlag: true, platformAmount: 10, subOrders: [{ mid: '988460101800203', totalAmount: 89 }] }, 'BAD_REQUEST'],
    ['a divided order that is guaranteed', { divisionFlag: true, secureTransaction: 'true', platformAmount: 10, subOrders: [{ mid: '988460101800203', totalAmount: 90 }] }, 'BAD_REQUEST'],
    ['a guarantee that is no text', { secureTransaction: true }, 'BAD_REQUEST'],
    ['four instalments', { installmentNumber: 4 }, 'BAD_REQUEST'],
    ['a notifyUrl that is none', { notifyUrl: 'shop' }, 'BAD_REQUEST'],
    ['an end in the past', { expireTime: '2026-11-21 11:59:59' }, 'BAD_REQUEST'],
  ])('%s is refused and books nothing', async (_name, change, word) => {
    expect(umsWord(await create(change))).toBe(word);
    expect(simulator.world.books().orders).toEqual([]);
  });

  it('are all taken at their longest, and the amount as digits too', async () => {
    const longest = {
      totalAmount: '100000000', msgId: 'm'.repeat(64), srcReserve: 's'.repeat(255), attachedData: 'a'.repeat(255), orderDesc: '单'.repeat(255), originalAmount: 1, goodsTag: 'g', expireTime: '2026-11-21 12:00:10',
      goods: [{ goodsId: '1', goodsName: '茶', quantity: '1', price: '1', goodsCategory: 'T', body: 'b', unit: 1, discount: 1, subMerchantId: '898201612345678', subOrderAmount: 0 }],
      notifyUrl: 'https://shop.example/n', showUrl: 'https://shop.example/s', secureTransaction: 'false', limitCreditCard: 'true', installmentNumber: 12, enablePayChnl: 'pcredit', retCommParams: { foodOrderType: 'pre_order' },
    };
    expect(parsed(await create(longest))).toMatchObject({ errCode: 'SUCCESS', totalAmount: 100_000_000, msgId: longest.msgId, srcReserve: longest.srcReserve });
    clock.advance(10_000);
    expect(booked()).toMatchObject({ state: 'refused', refusal: 'timedOut' });
  });
});

describe('the six orders', () => {
  it('precreate answers as the document\'s example, with a code of at most 64 characters', async () => {
    const answer = parsed(await create());
    expect(answer).toMatchObject({
      errCode: 'SUCCESS', merOrderId: order, status: 'NEW_ORDER', totalAmount: 100, targetSys: 'Alipay 2.0', targetStatus: '10000', connectSys: 'UNIONPAY',
      mid: '898000000051771', tid: 'SIM00001', responseTimestamp: '2026-11-21 12:00:00', seqId: expect.stringMatching(/^\d{11}N$/),
    });
    expect(String(answer['qrCode']).length).toBeLessThanOrEqual(64);
    expect(answer['appPayRequest']).toEqual({ qrCode: answer['qrCode'] });
    expect(booked()).toMatchObject({ state: 'waiting', shown: { content: answer['qrCode'], scannedAt: null } });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['wx/app-pre-order', { subAppId: 'wx1234567890' }, 'WXPay'], ['qmf/order', { merchantUserId: 'u', mobile: '13800000000' }, 'QMF'],
    ['uac/app-order', {}, 'UAC'], ['applepay/order', {}, 'ACP'], ['trade/app-pre-order', {}, 'Alipay 2.0'],
  ])('%s makes what an app needs, and no code', async (address, fields, targetSys) => {
    const answer = parsed(await create(fields, address));
    expect(answer).toMatchObject({ errCode: 'SUCCESS', status: 'NEW_ORDER', targetSys, appPayRequest: expect.any(Object) });
    expect(answer).not.toHaveProperty('qrCode');
    expect(pay()).toBe(true);
    expect(parsed(await query())).toMatchObject({ status: 'TRADE_SUCCESS', targetSys });
  });

  it.each<[string, Record<string, unknown>]>([
    ['wx/app-pre-order', {}], ['wx/app-pre-order', { subAppId: 'wx1', tradeType: 'JSAPI' }], ['qmf/order', { mobile: '13800000000' }], ['uac/app-order', { enablePayChnl: 'balance' }],
  ])('%s wants what its remarks say: %o is refused', async (address, fields) => {
    expect(umsWord(await create(fields, address))).toBe('BAD_REQUEST');
  });

  it('a number twice is DUP_ORDER and makes no second one', async () => {
    await create();
    expect(umsWord(await create({ totalAmount: 200 }))).toBe('DUP_ORDER');
    expect(booked()).toMatchObject({ amount: 100, counts: { present: 2 } });
  });
});

describe('query', () => {
  it('of an unpaid order says SUCCESS, NEW_ORDER, and has payTime and settleDate, as captured', async () => {
    await create();
    expect(parsed(await query({ msgId: 'm' }))).toMatchObject({
      errCode: 'SUCCESS', status: 'NEW_ORDER', targetStatus: 'ACQ.TRADE_NOT_EXIST', payTime: '2026-11-21 12:00:00', settleDate: '2026-11-21', billFunds: '', totalAmount: 100, msgId: 'm', instMid: 'APPDEFAULT',
    });
  });

  it('of a scanned and of a paid one', async () => {
    const qr = String(parsed(await create())['qrCode']);
    simulator.world.payShown(qr, 'scans');
    expect(umsWord(await query())).toBe('WAIT_BUYER_PAY');
    clock.advance(5000);
    simulator.world.payShown(qr);
    const answer = parsed(await query());
    expect(answer).toMatchObject({ status: 'TRADE_SUCCESS', payTime: '2026-11-21 12:00:05', buyerPayAmount: 100, targetOrderId: booked()?.tradeNumber, billFunds: '支付宝余额:100' });
    expect(umsWord(await query({ merOrderId: undefined, targetOrderId: answer['targetOrderId'] }))).toBe('TRADE_SUCCESS');
  });

  it('under another instMid, of another number, or of none', async () => {
    await create();
    expect(umsWord(await query({ instMid: 'QRPAYDEFAULT' }))).toBe('NO_ORDER');
    expect(umsWord(await query({ merOrderId: numberOf('R2') }))).toBe('NO_ORDER');
    expect(umsWord(await query({ merOrderId: undefined }))).toBe('BAD_REQUEST');
  });

  it('after half an hour unpaid says TRADE_CLOSED', async () => {
    await create();
    clock.advance(1_799_999);
    expect(umsWord(await query())).toBe('NEW_ORDER');
    clock.advance(1);
    expect(umsWord(await query())).toBe('TRADE_CLOSED');
  });
});

describe('close', () => {
  it('ends what is unpaid, once; nobody can pay it then', async () => {
    await create();
    expect(parsed(await close())).toMatchObject({ errCode: 'SUCCESS', status: 'TRADE_CLOSED', merOrderId: order });
    expect([umsWord(await close()), umsWord(await query()), pay()]).toEqual(['OPERATION_NOT_ALLOWED', 'TRADE_CLOSED', false]);
    expect(booked()).toMatchObject({ state: 'cancelled', timesCharged: 0 });
  });

  it('of a paid order has the same word, and undoes nothing', async () => {
    await create();
    pay();
    expect(umsWord(await close())).toBe('OPERATION_NOT_ALLOWED');
    expect(booked()?.state).toBe('paid');
    expect(umsWord(await ums(simulator, 'close', { merOrderId: numberOf('R2') }))).toBe('NO_ORDER');
  });
});

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
