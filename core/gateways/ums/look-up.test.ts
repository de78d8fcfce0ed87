/** Looking up an order of another till at UMS (CASES 38). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, noise, testMoment } from '../../testing/gateway-answers.ts';
import { orderNumber, settings } from './fixtures/shop.ts';
import { lookUp } from './look-up.ts';
import { errorCodes, orderStatuses } from './table.ts';

const walletNumber = '2018092022001418830581229369';
const answer = (more: object = {}) => ({
  errCode: 'SUCCESS', merOrderId: orderNumber, totalAmount: 3850, status: 'TRADE_SUCCESS', seqId: '0031510000N', targetOrderId: walletNumber, targetSys: 'WXPay',
  payTime: '2018-09-20 09:50:33', ...more,
});
const read = (body: unknown, reference = orderNumber) => lookUp.read(reference, answerOf(body), settings);
const found = {
  kind: 'found', attemptRef: orderNumber, gatewayRef: '0031510000N', walletRef: walletNumber, wallet: 'wechat', amount: { minor: 3850, currency: 'CNY' }, direction: 'show',
  paidAt: Date.parse('2018-09-20T09:50:33+08:00'), untouched: true, evidence: { code: 'SUCCESS/TRADE_SUCCESS', words: null },
};

describe('what is asked for', () => {
  const fields = (reference: string) => JSON.parse(new TextDecoder().decode(lookUp.build(reference, settings, testMoment).body ?? new Uint8Array()));

  test("is the order's number, in the lengths in use, or the wallet's (1.2.3, FIELD)", () => {
    for (const number of [orderNumber, '1001201609234113339074548947', '90018dc89764b477474d929f29bc150b80c7', walletNumber]) expect(lookUp.mayBe(number)).toBe(true);
    expect(lookUp.build(orderNumber, settings, testMoment).url).toBe('https://api-mop.chinaums.com/v1/netpay/query');
    expect(fields(orderNumber)).toEqual({ requestTimestamp: '2016-12-27 12:13:56', mid: '898201612345678', tid: '88880001', instMid: 'APPDEFAULT', merOrderId: orderNumber });
    expect(fields(walletNumber)).toMatchObject({ targetOrderId: walletNumber });
    expect(fields(walletNumber)).not.toHaveProperty('merOrderId');
  });

  test.each(['', 'S1234567890123456789012', '1001U123456789012345678901', '1'.repeat(37), '1001-1234567890123456789012', '6212345678901234567'])('%j is none, and is not sent', (text) => {
    expect(lookUp.mayBe(text)).toBe(false);
    expect(() => lookUp.build(text, settings, testMoment)).toThrow('no number');
  });

  test('every number of ours may be asked for, also one whose digits begin as a payment code does', () => {
    expect(lookUp.mayBe('1001U2812345678901234567890')).toBe(true);
    fc.assert(fc.property(fc.stringMatching(/^1001U[0-9]{22}$/), (number) => {
      expect(lookUp.mayBe(number)).toBe(true);
    }));
  });

  test('no payment code is ever sent', () => {
    fc.assert(fc.property(fc.stringMatching(/^(1[0-5]\d{16}|(2[5-9]|30)\d{14,22}|62\d{17})$/), (code) => {
      expect(lookUp.mayBe(code)).toBe(false);
    }));
  });
});

describe('what is found', () => {
  test('case 38: a paid order of which nothing was given back is untouched', () => {
    expect(read(answer())).toEqual(found);
    expect(read(answer({ refundAmount: 0, refundStatus: null }))).toEqual(found);
    expect(read(answer(), walletNumber)).toEqual(found);
  });

  test('an order of another merchant’s is none of ours; another terminal’s is (2.1)', () => {
    expect(read(answer({ mid: settings.merchantId, tid: '88889999' }))).toEqual(found);
    expect(read(answer({ mid: '898201612349999' }))).toMatchObject({ kind: 'unknown' });
  });

  test('case 38: in every other state, or beside a word about a refund, it is not', () => {
    const others = Object.keys(orderStatuses).filter((status) => status !== 'TRADE_SUCCESS');
    expect(others).toHaveLength(5);
    for (const status of others) expect(read(answer({ status }))).toMatchObject({ kind: 'found', untouched: false, paidAt: null });
    for (const more of [{ refundAmount: 1 }, { refundStatus: 'SUCCESS' }, { refundOrderId: 'x' }, { refunds: [] }]) expect(read(answer(more))).toMatchObject({ kind: 'found', untouched: false });
  });

  test('an answer about another order, or without number, amount or a known state, is none', () => {
    for (const more of [{ merOrderId: '1001U9' }, { merOrderId: '' }, { totalAmount: '' }, { totalAmount: 0 }, { totalAmount: '38.50' }, { status: '' }, { status: 'PAID' }, { errCode: 'DONE' }]) {
      expect(read(answer(more)).kind).toBe('unknown');
    }
    expect(read(answer({ targetOrderId: '1' }), walletNumber).kind).toBe('unknown');
    expect(read(answer({ merOrderId: undefined }), walletNumber).kind).toBe('unknown');
  });

  test('NO_ORDER is absent; every other refusal says nothing', () => {
    expect(read({ errCode: 'NO_ORDER', errMsg: 'words' })).toEqual({ kind: 'notFound', evidence: { code: 'NO_ORDER', words: 'words' } });
    expect(read({ errCode: 'NO_ORDER', status: 'TRADE_SUCCESS' }).kind).toBe('unknown');
    for (const errCode of Object.keys(errorCodes).filter((code) => code !== 'NO_ORDER' && code !== 'SUCCESS')) expect(read({ ...answer(), errCode }).kind).toBe('unknown');
  });

  test('never throws, and finds nothing in noise', () => {
    fc.assert(fc.property(noise, (body) => {
      expect(read(body)).toEqual({ kind: 'unknown', evidence: { code: null, words: null } });
    }));
  });
});
