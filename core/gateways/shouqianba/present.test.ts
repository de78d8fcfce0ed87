/** Showing a code at Shouqianba: precreate's request, its words, and what may be shown to a customer (document 3.6). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, inWords, noise, testAttempt, testMoment } from '../../testing/gateway-answers.ts';
import type { AttemptFacts, Outcome } from '../gateway.ts';
import { presentExamples } from './fixtures/examples.ts';
import { shouqianba } from './index.ts';
import { businessCodes, businessErrors, communicationErrors, orderStatuses, payways, subPayways, transactionStatuses } from './table.ts';

const settings = shouqianba.settings.parse({ baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100000330001', terminalKey: 'c9d5ff0d4d2f1ef1f9f0a2f1f5ee43ad' });
const attempt = testAttempt({ direction: 'show', code: null, presentSeconds: 240 });
const qr = 'weixin://wxpay/bizpayurl?pr=8zA5G6Y';
const data = { sn: '7894259244061958', client_sn: attempt.attemptRef, status: 'IN_PROG', order_status: 'CREATED', total_amount: '3850', payway: '3', sub_payway: '2', qr_code: qr };

const read = (body: unknown, facts: AttemptFacts = attempt): Outcome => shouqianba.read('present', facts, answerOf(body), settings);
const said = (body: unknown, facts?: AttemptFacts) => inWords(read(body, facts));
const business = (result_code: string, more: object = {}) => ({ result_code: '200', biz_response: { result_code, ...more } });
const created = (change: object = {}) => business('PRECREATE_SUCCESS', { data: { ...data, ...change } });

describe('the request', () => {
  const fieldsOf = (facts: AttemptFacts, block = settings) => JSON.parse(new TextDecoder().decode(shouqianba.build('present', facts, block, testMoment).body ?? new Uint8Array()));

  test('has every mandatory field of 3.6.2, and no code', () => {
    const request = shouqianba.build('present', testAttempt({ code: null, subject: '小店', operator: '刘侃' }), settings, testMoment);
    expect([request.method, request.url]).toEqual(['POST', 'https://vsi-api.shouqianba.com/upay/v2/precreate']);
    expect(fieldsOf(testAttempt({ code: null, subject: '小店', operator: '刘侃' }))).toEqual({
      terminal_sn: '100000330001', client_sn: attempt.attemptRef, total_amount: '3850', payway: '3', subject: '小店', operator: '刘侃', device_id: 'T01',
    });
  });
  test.each([['wechat', '3'], ['alipay', '1'], ['unionpay', '17'], ['other', '18'], [null, '18']] as const)('for %s the payway is %s', (showFor, payway) => {
    expect(fieldsOf({ ...attempt, showFor }, { ...settings, qrPayway: '18' }).payway).toBe(payway);
  });
  test('another currency than fen is a broken invariant', () => {
    expect(() => fieldsOf({ ...attempt, amount: { minor: 1, currency: 'AUD' } })).toThrow('fen');
  });
});

describe("the document's answers", () => {
  test.each(presentExamples.map((example) => [example.section, example] as const))('%s', (_section, example) => {
    const facts = { ...attempt, attemptRef: example.attemptRef, amount: { minor: 1, currency: 'CNY' } as const };
    expect(said(example.body, facts)).toBe(example.outcome);
    // HTTP status alone decides nothing (CASES 3).
    expect(shouqianba.read('present', facts, answerOf(example.body, 502), settings)).toEqual(read(example.body, facts));
  });
});

describe('a code', () => {
  test('is shown with the order that it pays', () => {
    expect(read(created())).toEqual({
      kind: 'shown', qr, order: { gatewayRef: data.sn, walletRef: null, wallet: 'wechat', payerId: null, paidAt: null }, evidence: { code: 'PRECREATE_SUCCESS/CREATED', words: null },
    });
    expect(said(created({ order_status: '', status: '' }))).toBe('shown');
    expect(said(created({ order_status: 'IN_QUEUE' }))).toBe('shown');
  });
  test.each([
    ['another number', { client_sn: 'S9' }], ['no number', { client_sn: '' }], ['another amount', { total_amount: '3851' }], ['an amount in yuan', { total_amount: '38.50' }], ['no amount', { total_amount: '' }],
  ])('with %s is not shown', (_name, change) => {
    expect(said(created(change))).toBe('unknown mismatch');
  });
  test('of an order that is anything but waiting is not shown', () => {
    for (const order_status of Object.keys(orderStatuses).filter((one) => one !== 'CREATED' && one !== 'IN_QUEUE')) expect(said(created({ order_status }))).toBe('unknown gatewayUnsure');
    for (const status of Object.keys(transactionStatuses).filter((one) => one !== 'SUCCESS')) expect(said(created({ status }))).toBe('unknown gatewayUnsure');
    expect(said(created({ order_status: 'NEW' }))).toBe('unknown unlisted');
  });
  test.each([['nothing', ''], ['null', null], ['a list', [qr]], ['blanks', 'a b'], ['controls', 'a\u0000b'], ['more than a phone reads', 'x'.repeat(1025)]])('of %s is not shown', (_name, qr_code) => {
    expect(said(created({ qr_code }))).toBe('unknown unlisted');
  });
});

describe('words', () => {
  test('of every business code but those of precreating say nothing here', () => {
    for (const code of Object.keys(businessCodes)) {
      const outcome = said(business(code, { data }));
      if (code === 'PRECREATE_SUCCESS') expect(outcome).toBe('shown');
      else expect(outcome).toMatch(/^unknown /);
    }
  });
  test('PRECREATE_FAIL declines, unless it contradicts itself', () => {
    expect(read(business('PRECREATE_FAIL', { data: null }))).toMatchObject({ kind: 'declined', aboutOrder: false });
    expect(read(business('PRECREATE_FAIL', { data: { ...data, order_status: 'PAY_CANCELED', status: 'FAIL_CANCELED' } }))).toMatchObject({ kind: 'declined', aboutOrder: true });
    expect(said(business('PRECREATE_FAIL', { data: { ...data, order_status: 'PAID' } }))).toBe('unknown gatewayUnsure');
    expect(said(business('PRECREATE_FAIL', { data: { ...data, client_sn: 'S9', order_status: 'PAY_CANCELED' } }))).toBe('unknown mismatch');
    expect(said(business('PRECREATE_FAIL', { data: null, error_code: 'CLIENT_SN_CONFLICT' }))).toBe('unknown numberInUse');
  });
  test.each(['PRECREATE_IN_PROGRESS', 'PRECREATE_FAIL_IN_PROGRESS', 'PRECREATE_FAIL_ERROR'])('%s is unknown: an order may stand', (code) => {
    expect(said(business(code, { data }))).toBe('unknown gatewayUnsure');
  });
  test('every error code has a meaning; those of a payer or of a scanned code end nothing', () => {
    for (const code of Object.keys(businessErrors)) expect(said(business('FAIL', { error_code: code, data: null }))).toMatch(/^(declined|unknown)/);
    for (const code of ['AUTHCODE_EXPIRE', 'EXPIRED_BARCODE', 'INVALID_BARCODE', 'INSUFFICIENT_FUND', 'BUYER_OVER_DAILY_LIMIT', 'TRADE_TIMEOUT', 'TRADE_NOT_EXIST', 'UPAY_ORDER_NOT_EXIST', 'EXTERNAL_SERVICE_EXCEPTION']) {
      expect(said(business('FAIL', { error_code: code }))).toBe('unknown gatewayUnsure');
    }
    expect(said(business('FAIL', { error_code: 'SELLER_OVER_DAILY_LIMIT' }))).toBe('declined shopLimit');
    expect(said(business('FAIL', { error_code: 'UNEXPECTED_PROVIDER_ERROR' }))).toBe('declined walletNotTaken');
    expect(said(business('FAIL', { error_code: 'TRADE_HAS_SUCCESS' }))).toBe('unknown numberInUse');
    expect(said(business('FAIL', { error_code: 'SOMETHING_NEW' }))).toBe('unknown unlisted');
  });
  test('a refused request declines by listed words alone', () => {
    const refused = (error_code: string, result_code = '400') => said({ result_code, error_code });
    expect(refused('ILLEGAL_SIGN')).toBe('declined wrongKey');
    expect(refused('INVALID_PARAMS')).toBe('declined requestRefused');
    expect(refused('INVALID_BARCODE')).toBe('unknown gatewayUnsure');
    expect(refused('SOMETHING_NEW')).toBe('unknown unlisted');
    for (const code of Object.keys(communicationErrors)) expect(refused(code, '500')).toBe('unknown gatewayUnsure');
  });
  test('appendix 6 and 7: ways to pay', () => {
    expect(Object.keys(payways)).toEqual(['1', '2', '3', '4', '5', '6', '17', '18']);
    expect(Object.keys(subPayways)).toEqual(['1', '2']);
  });
});

test('noise is never shown', () => {
  fc.assert(fc.property(noise, (body) => {
    expect(said(body)).toBe('unknown unlisted');
  }));
});
