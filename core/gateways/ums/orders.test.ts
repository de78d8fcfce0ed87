/** The six orders of UMS' document for integrators: names and types of its table, what it refuses, and the answer's readings. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, noise, testMoment } from '../../testing/gateway-answers.ts';
import { precreated } from './fixtures/examples.ts';
import { orderNumber, settings } from './fixtures/shop.ts';
import { buildOrder, orderPaths, orderProblems, readOrder, type Order, type OrderKind } from './orders.ts';
import { umsSettings } from './settings.ts';
import { errorCodes } from './table.ts';

const yuan = (minor: number) => ({ minor, currency: 'CNY' }) as const;
const order: Order = { merOrderId: orderNumber, totalAmount: yuan(3850) };
const kinds: readonly OrderKind[] = ['wechatApp', 'alipayCode', 'qmf', 'unionPayApp', 'applePay', 'alipayMini'];

const fieldsOf = (kind: OrderKind, what: Order, block = settings) => JSON.parse(new TextDecoder().decode(buildOrder(kind, what, block, testMoment).body ?? new Uint8Array()));
const brokenBy = (change: Partial<Order>, kind: OrderKind = 'wechatApp') => orderProblems(kind, { ...order, ...change }).map(({ field }) => field);
const common = { requestTimestamp: '2016-12-27 12:13:56', mid: '898201612345678', tid: '88880001', instMid: 'APPDEFAULT' };

describe('an order', () => {
  test.each([
    ['wechatApp', 'wx/app-pre-order'], ['alipayCode', 'trade/precreate'], ['qmf', 'qmf/order'], ['unionPayApp', 'uac/app-order'], ['applePay', 'applepay/order'],
    ['alipayMini', 'trade/app-pre-order'],
  ] as const)('%s goes to %s (1.1.2)', (kind, path) => {
    const request = buildOrder(kind, { ...order, merchantUserId: 'user1', mobile: '13800000000' }, settings, testMoment);
    expect(request.url).toBe(`https://api-mop.chinaums.com/v1/netpay/${path}`);
    expect(request.headers['authorization']).toMatch(/^OPEN-BODY-SIG AppId="8a81c1be6fa1c92d016fc12b0d2a0123", Timestamp="20161227121356", Nonce=".{32}", Signature="[A-Za-z0-9+/]{43}="$/);
    expect(Object.keys(orderPaths)).toEqual(kinds);
  });

  test('the example of 1.1.4: what is required, and nothing that is not said', () => {
    expect(fieldsOf('alipayCode', { merOrderId: '90018dc89764b477474d929f29bc150b', totalAmount: yuan(1) })).toEqual({ ...common, merOrderId: '90018dc89764b477474d929f29bc150b', totalAmount: 1, tradeType: 'APP' });
  });

  test('everything that the table has, under its names and in its types (1.1.3)', () => {
    const full: Order = {
      ...order, originalAmount: yuan(4000), orderDesc: '小店', msgId: 'm1', srcReserve: 'reserve', attachedData: 'data', goodsTag: 'tag', productId: 'p1',
      expiresAt: testMoment.now + 600_000, showUrl: 'https://shop.example/order', secureTransaction: true, limitCreditCard: false, installmentNumber: 6, enablePayChnl: 'balance',
      foodOrderType: 'pre_order', merchantUserId: 'user1', mobile: '13800000000',
      goods: [{ goodsId: '1', goodsName: '鸡蛋', quantity: 2, price: yuan(1925), goodsCategory: 'FOOD', body: '两个', unit: 1, discount: 0, subMerchantId: '988460101800203', merOrderId: '1001U1', subOrderAmount: yuan(3850) }],
    };
    const block = umsSettings.parse({ ...settings, subAppId: 'wx1', notifyUrl: 'https://shop.example/ums' });
    expect(fieldsOf('qmf', full, block)).toEqual({
      ...common, merOrderId: orderNumber, totalAmount: 3850, tradeType: 'APP', originalAmount: 4000, orderDesc: '小店', msgId: 'm1', srcReserve: 'reserve', attachedData: 'data',
      subAppId: 'wx1', notifyUrl: 'https://shop.example/ums', goodsTag: 'tag', productId: 'p1', expireTime: '2016-12-27 12:23:56', showUrl: 'https://shop.example/order',
      secureTransaction: 'true', limitCreditCard: 'false', installmentNumber: 6, enablePayChnl: 'balance', retCommParams: { foodOrderType: 'pre_order' },
      merchantUserId: 'user1', mobile: '13800000000',
      goods: [{ goodsId: '1', goodsName: '鸡蛋', quantity: '2', price: '1925', goodsCategory: 'FOOD', body: '两个', unit: 1, discount: 0, subMerchantId: '988460101800203', merOrderId: '1001U1', subOrderAmount: 3850 }],
    });
    expect(fieldsOf('wechatApp', { ...order, goodsTradeNo: 'g1' })).toMatchObject({ goodsTradeNo: 'g1' });
  });

  test('a divided one says how, to the fen', () => {
    const division = { platformAmount: yuan(850), subOrders: [{ mid: '988460101800203', totalAmount: yuan(2000), merOrderId: '1001U2' }, { mid: '988460101800204', totalAmount: yuan(1000) }] };
    expect(fieldsOf('wechatApp', { ...order, division })).toMatchObject({
      divisionFlag: true, platformAmount: 850, subOrders: [{ mid: '988460101800203', totalAmount: 2000, merOrderId: '1001U2' }, { mid: '988460101800204', totalAmount: 1000 }],
    });
    const goods = [{ subMerchantId: '1', subOrderAmount: yuan(3000) }, { subOrderAmount: yuan(850) }];
    expect(brokenBy({ division: { platformAmount: yuan(850) }, goods })).toEqual([]);
    expect(brokenBy({ division: { ...division, platformAmount: yuan(851) } })).toEqual(['subOrders']);
    expect(brokenBy({ division: { platformAmount: yuan(850) } })).toEqual(['subOrders']);
    expect(brokenBy({ division: { platformAmount: yuan(850) }, goods: goods.slice(1) })).toEqual(['goods']);
    expect(brokenBy({ division, secureTransaction: true })).toEqual(['secureTransaction']);
    expect(brokenBy({ division: { platformAmount: yuan(0), subOrders: [{ mid: '1', totalAmount: yuan(3850) }] } })).toEqual(['platformAmount']);
    expect(brokenBy({ division: { platformAmount: yuan(3830), subOrders: Array.from({ length: 21 }, () => ({ mid: '1', totalAmount: yuan(0) })) } })).toEqual(['subOrders', 'subOrders']);
  });

  test.each([
    ['merOrderId', { merOrderId: '10011' }], ['merOrderId', { merOrderId: `1001${'1'.repeat(29)}` }], ['merOrderId', { merOrderId: '1001 12345' }],
    ['totalAmount', { totalAmount: yuan(0) }], ['totalAmount', { totalAmount: yuan(100_000_001) }], ['totalAmount', { totalAmount: yuan(0.5) }],
    ['totalAmount', { totalAmount: { minor: 1, currency: 'AUD' } }], ['originalAmount', { originalAmount: yuan(0) }], ['orderDesc', { orderDesc: 'x'.repeat(256) }],
    ['msgId', { msgId: 'x'.repeat(65) }], ['srcReserve', { srcReserve: 'x'.repeat(256) }], ['attachedData', { attachedData: 'x'.repeat(256) }], ['goodsTag', { goodsTag: 'x'.repeat(33) }],
    ['showUrl', { showUrl: 'x'.repeat(256) }], ['goodsTradeNo', { goodsTradeNo: '1', goods: [] }], ['mobile', { mobile: '138000000000' }], ['merchantUserId', { merchantUserId: 'x'.repeat(33) }],
  ] as const)('breaks the rule of %s', (field, change) => {
    expect(brokenBy(change)).toEqual([field]);
    expect(() => buildOrder('wechatApp', { ...order, ...change }, settings, testMoment)).toThrow(field);
  });

  test('qmf alone needs a user and a mobile number', () => {
    expect(brokenBy({}, 'qmf')).toEqual(['merchantUserId', 'mobile']);
    for (const kind of kinds.filter((one) => one !== 'qmf')) expect(brokenBy({}, kind)).toEqual([]);
  });
});

describe('the answer to an order', () => {
  const answered = (more: object = {}) => ({ errCode: 'SUCCESS', merOrderId: orderNumber, totalAmount: 3850, status: 'NEW_ORDER', seqId: '00443400012N', ...more });
  const read = (body: unknown) => readOrder(order, answerOf(body));

  test('brings what the app hands to its wallet, as it came (1.1.3)', () => {
    const appPayRequest = { appid: 'wx1', timestamp: '1546300800', package: 'Sign=WXPay', sign: 'ABC' };
    expect(read(answered({ appPayRequest, prepayId: 'wx2019' }))).toEqual({
      kind: 'created', seqId: '00443400012N', appPayRequest, jsPayRequest: null, prepayId: 'wx2019', qrCode: null, evidence: { code: 'SUCCESS/NEW_ORDER', words: null },
    });
    expect(readOrder({ merOrderId: '900147bf92274bbe4d51b9e9a2307279e4e9', totalAmount: yuan(1) }, answerOf(precreated))).toMatchObject({
      kind: 'created', qrCode: 'https://qr.alipay.com/bax03465mkipjzgposlk8001', appPayRequest: { qrCode: 'https://qr.alipay.com/bax03465mkipjzgposlk8001' },
    });
    expect(read(answered({ status: undefined, totalAmount: undefined, jsPayRequest: { a: 'b' } }))).toMatchObject({ kind: 'created', jsPayRequest: { a: 'b' } });
  });

  test.each([
    [{ merOrderId: '1001U9' }, 'mismatch'], [{ merOrderId: '' }, 'mismatch'], [{ totalAmount: 1 }, 'mismatch'], [{ status: 'TRADE_SUCCESS' }, 'gatewayUnsure'], [{ status: 'TRADE_CLOSED' }, 'gatewayUnsure'],
    [{ status: 'SOMETHING' }, 'unlisted'], [{ errCode: 'SOMETHING' }, 'unlisted'], [{ errCode: '' }, 'unlisted'], [{ errCode: 'DUP_ORDER' }, 'numberInUse'], [{ errCode: 'TIMEOUT' }, 'gatewayUnsure'],
    [{ errCode: 'BAD_SIGN', status: 'TRADE_SUCCESS' }, 'gatewayUnsure'], [{ errCode: 'BAD_SIGN', merOrderId: '1001U9' }, 'mismatch'],
  ])('with %j says nothing certain', (change, why) => {
    expect(read(answered(change))).toMatchObject({ kind: 'unknown', why });
  });

  test('every word of 2.1 refuses, or leaves it open', () => {
    for (const [errCode, { order: meaning }] of Object.entries(errorCodes)) {
      const result = read({ errCode, errMsg: 'words' });
      if (meaning.kind === 'refused') expect(result).toEqual({ kind: 'refused', reason: meaning.reason, evidence: { code: errCode, words: 'words' } });
      else expect(result.kind).toBe('unknown');
    }
    expect(Object.values(errorCodes).filter(({ order: meaning }) => meaning.kind === 'refused').length).toBeGreaterThan(8);
  });

  test('never throws, and noise is no order', () => {
    fc.assert(fc.property(noise, (body) => {
      expect(read(body)).toEqual({ kind: 'unknown', why: 'unlisted', evidence: { code: null, words: null } });
    }));
  });
});
