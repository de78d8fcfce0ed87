/** Looking up an order of another till at Omipay (CASES 38). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, noise, testMoment } from '../../testing/gateway-answers.ts';
import { exampleOrderNo, exampleOutOrderNo } from './fixtures/examples.ts';
import { omipay } from './index.ts';
import { lookUp } from './look-up.ts';
import { orderStatuses } from './table.ts';

const settings = omipay.settings.parse({
  baseUrl: 'https://www.omipay.com.au/omipay/api/v2', merchantNumber: '123456', secretKey: '0af61531c6c04ac4ac910d0cd59e6238', posNumber: 'posno_123',
});
const answer = (more: object = {}) => ({
  return_code: 'SUCCESS', result_code: 'PAID', out_order_no: exampleOutOrderNo, currency: 'AUD', amount: 100, pay_currency: 'CNY', pay_amount: 561,
  order_time: '20161227105530', pay_time: '20161227105602', exchange_rate: 650000000, platform: 'ALIPAY', ...more,
});
const read = (body: unknown, configured = settings) => lookUp.read(exampleOrderNo, answerOf(body), configured);

describe('what is asked for', () => {
  test("is Omipay's own number, in both lengths (3.8, FIELD)", () => {
    expect(lookUp.mayBe(exampleOrderNo)).toBe(true);
    expect(lookUp.mayBe('5f3a1b2c3d4e5f6071829304')).toBe(true);
    const signed = 'm_number=123456&timestamp=1482812036067&nonce_str=313644f42ecd4758b5e23b80e86efdc4&sign=8516A3B52F9C8897F52239B19CD8A499';
    expect(lookUp.build(exampleOrderNo, settings, testMoment).url).toBe(`https://www.omipay.com.au/omipay/api/v2/QueryOrder?${signed}&order_no=${exampleOrderNo}`);
  });

  test.each(['', 'A1234567890123456789012', 'S1234567890123456789012', '134567890123456789', '301234567890123456789012', `${exampleOrderNo}0`, 'bc112874260946a2af2b7107825e6ce/'])(
    '%j is none, and is not sent',
    (text) => {
      expect(lookUp.mayBe(text)).toBe(false);
      expect(() => lookUp.build(text, settings, testMoment)).toThrow('no number');
    },
  );

  test('no payment code is ever sent', () => {
    fc.assert(fc.property(fc.stringMatching(/^(1[0-5]\d{16}|(2[5-9]|30)\d{14,22}|62\d{17})$/), (code) => {
      expect(lookUp.mayBe(code)).toBe(false);
    }));
  });
});

describe('what is found', () => {
  test('case 38: a paid order that nothing in the answer says was given back is untouched', () => {
    const found = {
      kind: 'found', attemptRef: exampleOutOrderNo, gatewayRef: exampleOrderNo, walletRef: null, wallet: 'alipay', amount: { minor: 100, currency: 'AUD' },
      paidAt: null, untouched: true, evidence: { code: 'SUCCESS/PAID', words: null },
    };
    expect(read(answer())).toEqual(found);
    expect(read(answer({ order_no: exampleOrderNo, refund_amount: 0, refund_no: null, refunded: false }))).toEqual(found);
    expect(read(answer({ result_code: 'Settled' }))).toMatchObject({ kind: 'found', untouched: true });
  });

  test('case 38: an answer that speaks of a refund is not', () => {
    for (const more of [{ refund_amount: 1 }, { refund_no: 'X' }, { 'out_refund_no ': 'X' }, { isRefunded: true }, { refunds: [] }, { data: { refund_status: 'Applied' } }]) {
      expect(read(answer(more))).toMatchObject({ kind: 'found', untouched: false });
    }
  });

  test('case 38: every state but paid is not', () => {
    const others = Object.keys(orderStatuses).filter((state) => state !== 'PAID' && state !== 'SETTLED');
    expect(others).toEqual(['READY', 'PAYING', 'CANCELLED', 'FAILED']);
    for (const result_code of others) expect(read(answer({ result_code }))).toMatchObject({ kind: 'found', untouched: false });
  });

  test('an answer about another order, or without our number, amount, currency or a known state, is none', () => {
    for (const change of [
      { order_no: 'another' }, { out_order_no: '' }, { amount: '' }, { amount: 0 }, { amount: '1.00' }, { amount: -100 }, { currency: '' }, { currency: 'CNY' },
      { currency: 'XXX' }, { result_code: '' }, { result_code: 'REFUNDED' }, { return_code: 'OK' },
    ]) expect(read(answer(change)).kind).toBe('unknown');
    expect(read(answer({ currency: 'CNY' }), { ...settings, currency: 'CNY' })).toMatchObject({ kind: 'found', amount: { minor: 100, currency: 'CNY' } });
  });

  test("another merchant's number is absent; every other failure says nothing", () => {
    const failed = (error_code: string, more: object = {}) => ({ return_code: 'FAIL', error_code, error_msg: 'words', ...more });
    expect(read(failed('PERMISSION_ERROR'))).toEqual({ kind: 'notFound', evidence: { code: 'FAIL/PERMISSION_ERROR', words: 'words' } });
    expect(read(failed('PERMISSION_ERROR', { result_code: 'PAID' })).kind).toBe('unknown');
    for (const code of ['SIGN_ERROR', 'SIGN_TIMEOUT', 'SYSTEM_ERROR', 'PARAMETER_INVALID', 'ORDER_NO_ERROR', '']) expect(read(failed(code)).kind).toBe('unknown');
  });

  test('never throws, and finds nothing in noise', () => {
    fc.assert(fc.property(noise, (body) => {
      expect(read(body)).toEqual({ kind: 'unknown', evidence: { code: null, words: null } });
    }));
  });
});
