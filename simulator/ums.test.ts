/** UMS's side against its document: OPEN-BODY-SIG, fields, the six orders, query and close. */
import { describe, expect, it } from 'vitest';
import type { ManualClock, Simulator } from './index.ts';
import { parsed, send, simulatorForEach } from './test-client.ts';
import { chinaText, numberOf, ums, umsRequest, umsShop, umsWord } from './ums-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

simulatorForEach((made) => ({ clock, simulator } = made));

const { order, create, query, pay, booked } = umsShop(() => simulator);
const close = () => ums(simulator, 'close', { merOrderId: order });

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
