/** Looking up an order of another till at Shouqianba (CASES 38). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, noise, testMoment } from '../../testing/gateway-answers.ts';
import { captured, examples } from './fixtures/examples.ts';
import { shouqianba } from './index.ts';
import { lookUp } from './look-up.ts';
import { orderStatuses } from './table.ts';

const settings = shouqianba.settings.parse({ baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100000330001', terminalKey: 'c9d5ff0d4d2f1ef1f9f0a2f1f5ee43ad' });
const ours = 'S1234567890123456789012';
const theirs = '7894259244067349';
const data = {
  sn: theirs, client_sn: ours, status: 'SUCCESS', order_status: 'PAID', total_amount: '3850', net_amount: '3850', payway: '3',
  trade_no: '1006101016201512081965934048', finish_time: '1449569460430',
};

const answer = (more: object = {}) => ({ result_code: '200', biz_response: { result_code: 'SUCCESS', data: { ...data, ...more } } });
const read = (body: unknown, reference = ours) => lookUp.read(reference, answerOf(body), settings);

describe('what is asked for', () => {
  test('is a number of ours or of theirs', () => {
    expect(lookUp.mayBe(ours)).toBe(true);
    expect(lookUp.mayBe(theirs)).toBe(true);
    const { prefix, length } = shouqianba.capabilities.reference;
    expect(lookUp.mayBe(prefix + '7'.repeat(length - prefix.length))).toBe(true);
    const bodyOf = (reference: string) => new TextDecoder().decode(lookUp.build(reference, settings, testMoment).body ?? undefined);
    expect(lookUp.build(ours, settings, testMoment).url).toBe('https://vsi-api.shouqianba.com/upay/v2/query');
    expect(JSON.parse(bodyOf(ours))).toEqual({ terminal_sn: '100000330001', client_sn: ours });
    expect(JSON.parse(bodyOf(theirs))).toEqual({ terminal_sn: '100000330001', sn: theirs });
  });

  test.each(['', '134567890123456789', '281234567890123456', '2812345678901234', '6212345678901234567', '4111111111111111', 'A1234567890123456789012', `${ours}1`, 'S12', ` ${ours}`, '78942592440673490'])(
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
  test('case 38: a paid order that nothing was given back of is untouched', () => {
    const found = {
      kind: 'found', attemptRef: ours, gatewayRef: theirs, walletRef: '1006101016201512081965934048', wallet: 'wechat', amount: { minor: 3850, currency: 'CNY' },
      paidAt: 1_449_569_460_430, untouched: true, evidence: { code: 'SUCCESS/PAID', words: null },
    };
    expect(read(answer())).toEqual(found);
    expect(read(answer(), theirs)).toEqual(found);
    // A discount makes the net amount less than what was paid (FIELD).
    expect(read(answer({ net_amount: '0' }))).toEqual(found);
    expect(read(answer({ client_tsn: ours, status: '' }))).toEqual(found);
  });

  test('case 38: every other state is not', () => {
    for (const order_status of Object.keys(orderStatuses).filter((state) => state !== 'PAID')) {
      expect(read(answer({ order_status }))).toMatchObject({ kind: 'found', untouched: false, paidAt: null });
    }
    for (const change of [{ client_tsn: `${ours}-R1` }, { status: 'REFUND_ERROR' }, { status: 'FAIL_CANCELED' }, { status: 'SOMETHING' }]) {
      expect(read(answer(change))).toMatchObject({ kind: 'found', untouched: false });
    }
  });

  test('an answer about another order, or without number, amount or state, is none', () => {
    for (const change of [{ client_sn: 'S9' }, { client_sn: '' }, { total_amount: '' }, { total_amount: '0' }, { total_amount: '38.50' }, { order_status: '' }, { order_status: 'paid' }]) {
      expect(read(answer(change)).kind).toBe('unknown');
    }
    expect(read(answer({ sn: '7894259244067340' }), theirs).kind).toBe('unknown');
    expect(read(answer({ client_sn: '' }), theirs).kind).toBe('unknown');
    expect(read({ ...answer(), result_code: '500' }).kind).toBe('unknown');
  });

  test.each(['UPAY_ORDER_NOT_EXIST', 'UPAY_ORDER_NOT_EXISTS'])('%s is absent', (error_code) => {
    const failed = (more: object | null) => ({ result_code: '200', biz_response: { result_code: 'FAIL', error_code, error_message: '订单不存在', data: more } });
    expect(read(failed(null))).toEqual({ kind: 'notFound', evidence: { code: `FAIL/${error_code}`, words: '订单不存在' } });
    expect(read(failed(data)).kind).toBe('unknown');
  });

  test.each(['TRADE_NOT_EXIST', 'EXTERNAL_SERVICE_EXCEPTION', 'UPAY_TERMINAL_NOT_EXISTS', 'SOMETHING_NEW', ''])('FAIL with %j says nothing', (error_code) => {
    expect(read({ result_code: '200', biz_response: { result_code: 'FAIL', error_code, data: null } }).kind).toBe('unknown');
  });

  test('a refused key says nothing about the order, and answers to other calls are none', () => {
    expect(read({ result_code: '400', error_code: 'ILLEGAL_SIGN', error_message: '签名错误' })).toEqual({ kind: 'unknown', evidence: { code: '400/ILLEGAL_SIGN', words: '签名错误' } });
    for (const { body, call, attemptRef } of [...examples, ...captured]) if (call !== 'query') expect(read(body, attemptRef).kind).toBe('unknown');
  });

  test('never throws, and finds nothing in noise', () => {
    fc.assert(fc.property(noise, (body) => {
      expect(read(body)).toEqual({ kind: 'unknown', evidence: { code: null, words: null } });
    }));
  });
});
