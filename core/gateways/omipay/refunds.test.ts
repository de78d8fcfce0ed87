/** Omipay's refunds: the requests, all nine states, every error code, numbers and amounts that aren't ours, repeats, and noise. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, asText, inWords, noise, testAttempt, testMoment } from '../../testing/gateway-answers.ts';
import type { AttemptFacts, Outcome, RefundCall } from '../gateway.ts';
import { exampleOrderNo, exampleOutOrderNo, exampleOutRefundNo, exampleRefundNo, examples, refundExamples } from './fixtures/examples.ts';
import { omipay } from './index.ts';
import { errorCodes, refundStatuses } from './table.ts';

const settings = omipay.settings.parse({
  baseUrl: 'https://www.omipay.com.au/omipay/api/v2', merchantNumber: '123456', secretKey: '0af61531c6c04ac4ac910d0cd59e6238', posNumber: 'posno_123',
});

const refund = { refundRef: exampleOutRefundNo, gatewayRefundRef: null, kept: {}, earlier: { minor: 0, currency: 'CNY' }, amount: { minor: 100, currency: 'AUD' }, reason: 'broken' } as const;
const attempt = testAttempt({ attemptRef: exampleOutOrderNo, gatewayRef: exampleOrderNo, amount: { minor: 100, currency: 'AUD' }, code: null, refund });
const asked: AttemptFacts = { ...attempt, refund: { ...refund, gatewayRefundRef: exampleRefundNo } };

const read = (call: RefundCall, body: unknown, facts = call === 'refund' ? attempt : asked): Outcome => omipay.read(call, facts, answerOf(body), settings);
const words = (outcome: Outcome): string => (outcome.kind === 'refundDeclined' ? `refundDeclined ${outcome.reason}` : inWords(outcome));
const said = (call: RefundCall, body: unknown, facts?: AttemptFacts) => words(read(call, body, facts));
const accepted = (more: object = {}) => ({ return_code: 'SUCCESS', refund_no: exampleRefundNo, currency: 'AUD', amount: 100, refund_time: '20161227105530', ...more });
const stated = (result_code: string, more: object = {}) => ({ return_code: 'SUCCESS', result_code, currency: 'AUD', amount: 100, success_time: '', ...more });
const fail = (error_code: string, more: object = {}) => ({ return_code: 'FAIL', error_code, error_msg: 'words', ...more });

describe('requests', () => {
  const common = 'm_number=123456&timestamp=1482812036067&nonce_str=313644f42ecd4758b5e23b80e86efdc4&sign=8516A3B52F9C8897F52239B19CD8A499';

  test("Refund is the document's request (3.10)", () => {
    expect(omipay.build('refund', attempt, settings, testMoment)).toEqual({
      method: 'POST',
      url: `https://www.omipay.com.au/omipay/api/v2/Refund?${common}&order_no=bc112874260946a2af2b7107825e6ce2&out_refund_no=xxxxxxx&amount=100`,
      headers: { 'content-type': 'application/json' },
      body: null,
    });
  });

  test("QueryRefund asks by Omipay's number (3.11)", () => {
    expect(omipay.build('queryRefund', asked, settings, testMoment).url).toBe(`https://www.omipay.com.au/omipay/api/v2/QueryRefund?${common}&refund_no=ADDFGHJKL`);
  });

  test('case 24: a repeat has the same order, number and amount', () => {
    const fields = (url: string) => [...new URL(url).searchParams].filter(([name]) => !['timestamp', 'nonce_str', 'sign'].includes(name));
    const again = omipay.build('refund', attempt, settings, { now: testMoment.now + 60_000, nonce: 'z'.repeat(32), token: null });
    expect(fields(again.url)).toEqual(fields(omipay.build('refund', attempt, settings, testMoment).url));
    expect(omipay.capabilities.refund).toMatchObject({ repeat: 'whenMoreThanHalf', orderBy: 'gatewayRef', queryBy: 'gatewayRefundRef' });
  });

  test('what can not be is a broken invariant', () => {
    expect(() => omipay.build('refund', { ...attempt, refund: null }, settings, testMoment)).toThrow('refund');
    expect(() => omipay.build('refund', { ...attempt, gatewayRef: null }, settings, testMoment)).toThrow('order number');
    expect(() => omipay.build('refund', { ...attempt, refund: { ...refund, amount: { minor: 1, currency: 'CNY' } } }, settings, testMoment)).toThrow('CNY');
    expect(() => omipay.build('queryRefund', attempt, settings, testMoment)).toThrow('refund number');
    expect(() => omipay.build('queryRefund', { ...attempt, refund: null }, settings, testMoment)).toThrow('refund number');
  });
});

describe("the document's examples", () => {
  test.each(refundExamples.map((example) => [example.section, example] as const))('%s', (_section, example) => {
    const call = example.call === 'refund' ? 'refund' : 'queryRefund';
    expect(said(call, example.body)).toBe(example.outcome);
    expect(omipay.read(call, call === 'refund' ? attempt : asked, answerOf(example.body, 500), settings)).toEqual(read(call, example.body));
  });

  test('answers to payments and queries end no refund', () => {
    for (const { body } of examples.filter((example) => !/SIGN_TIME|refund_no/.test(example.body))) {
      expect(read('refund', body).kind).toBe('unknown');
      expect(read('queryRefund', body).kind).toBe('unknown');
    }
  });
});

describe('Refund (3.10)', () => {
  test('SUCCESS is accepted, not arrived, and names the number to ask by', () => {
    expect(read('refund', accepted())).toEqual({
      kind: 'refundPending', refund: { gatewayRefundRef: exampleRefundNo, refundedAt: null }, evidence: { code: 'SUCCESS', words: null },
    });
    for (const change of [{ currency: '' }, { out_refund_no: exampleOutRefundNo, order_no: exampleOrderNo, out_order_no: exampleOutOrderNo }, { result_code: 'Applied' }, { result_code: 'CLOSED' }]) {
      expect(said('refund', accepted(change))).toBe('refundPending');
    }
  });

  test.each([
    { amount: 101 }, { amount: '1.00' }, { amount: '' }, { amount: null }, { currency: 'CNY' }, { refund_no: '' }, { refund_no: null }, { out_refund_no: 'R9' },
    { order_no: 'another' }, { out_order_no: 'SEORD000002' },
  ])('SUCCESS with %j is no word about ours', (change) => {
    expect(said('refund', accepted(change))).toBe('unknown mismatch');
  });

  test('SUCCESS that contradicts itself or what is known is unknown', () => {
    for (const result_code of ['MerchantRejected', 'OrganizationFailed', 'PAID', 'SOMETHING']) expect(said('refund', accepted({ result_code }))).toBe('unknown gatewayUnsure');
    expect(said('refund', accepted({ refund_no: 'SECOND' }), asked)).toBe('unknown mismatch');
    expect(said('refund', accepted(), { ...attempt, refund: null })).toBe('unknown mismatch');
    expect(said('refund', accepted({ return_code: 'success' }))).toBe('unknown unlisted');
    expect(said('refund', accepted({ data: { amount: '101' } }))).toBe('unknown unlisted');
  });

  test('case 24: over the limit is a refusal of this request alone; only who knows of the repeat can tell more', () => {
    expect(read('refund', fail('AMOUNT_OVER_LIMIT'))).toEqual({
      kind: 'refundDeclined', reason: 'amountTooMuch', aboutRefund: false, evidence: { code: 'FAIL/AMOUNT_OVER_LIMIT', words: 'words' },
    });
  });
});

describe('every error code (2.4, 3.10, 3.11)', () => {
  const expected: readonly (readonly [string, string, string])[] = [
    ['SIGN_TIMEOUT', 'refundDeclined clockOff', 'unknown keyRefused'], ['SIGN_TIMEOUOT', 'refundDeclined clockOff', 'unknown keyRefused'],
    ['SIGN_ERROR', 'refundDeclined wrongKey', 'unknown keyRefused'], ['MERCHANTNO_INVALID', 'refundDeclined terminalUnknown', 'unknown keyRefused'],
    ['MERCHANTNO_DISABLE', 'refundDeclined merchantBlocked', 'unknown keyRefused'], ['BRANCH_INVALID', 'refundDeclined terminalUnknown', 'unknown keyRefused'],
    ['PARAMETER_INVALID', 'refundDeclined requestRefused', 'unknown gatewayUnsure'], ['SYSTEM_ERROR', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['PERMISSION_ERROR', 'refundDeclined orderUnknown', 'unknown gatewayUnsure'], ['ORDER_NO_ERROR', 'refundDeclined orderUnknown', 'unknown unlisted'],
    ['ORDER_NOT_PAID', 'refundDeclined orderState', 'unknown unlisted'], ['AMOUNT_OVER_LIMIT', 'refundDeclined amountTooMuch', 'unknown unlisted'],
    ['REFUND_NO_ERROR', 'unknown unlisted', 'unknown gatewayUnsure'],
  ];

  test.each(expected)('FAIL with %s: %s to a refund, %s to a query of one', (errorCode, toRefund, toQuery) => {
    expect(said('refund', fail(errorCode))).toBe(toRefund);
    expect(said('queryRefund', fail(errorCode))).toBe(toQuery);
    // A refusal of a request says nothing about an earlier one (CASES 2).
    expect(read('refund', fail(errorCode))).not.toMatchObject({ aboutRefund: true });
    for (const change of [{ out_refund_no: 'R9' }, { order_no: 'another' }, { amount: 7 }]) expect(said('refund', fail(errorCode, change))).toContain('unknown');
    // "Failed", and then the number of a refund or its state.
    for (const change of [{ refund_no: exampleRefundNo }, { result_code: 'Applied' }]) expect(said('refund', fail(errorCode, change))).toContain('unknown');
  });

  test('the others are unlisted', () => {
    const listed = new Set(expected.map(([code]) => code));
    const others = Object.keys(errorCodes).filter((code) => !listed.has(code));
    expect(others).toHaveLength(Object.keys(errorCodes).length - expected.length);
    for (const code of [...others, '', 'SOMETHING_NEW', 'toString']) {
      expect(said('refund', fail(code))).toBe('unknown unlisted');
      expect(said('queryRefund', fail(code))).toBe('unknown unlisted');
    }
  });
});

describe('QueryRefund (3.11)', () => {
  const states: readonly (readonly [string, string])[] = [
    ['Applied', 'refundPending'], ['MerchantConfirmed', 'refundPending'], ['OrganizationConfirmed', 'refundPending'], ['OrganizationPayback', 'refundPending'],
    ['Closed', 'refunded'], ['MerchantRejected', 'refundDeclined other'], ['TimeoutClosed', 'refundDeclined tooOld'], ['OrganizationFailed', 'refundDeclined other'],
    ['CustomerCancelled', 'refundDeclined other'],
  ];

  test.each(states)('%s is %s, however it is written', (state, outcome) => {
    for (const text of [state, state.toUpperCase(), state.toLowerCase()]) expect(said('queryRefund', stated(text))).toBe(outcome);
  });

  test('these are the nine of the document, and a refusal among them is about the refund itself', () => {
    expect(Object.keys(refundStatuses)).toEqual(expect.arrayContaining(states.map(([state]) => state.toUpperCase())));
    expect(Object.keys(refundStatuses)).toHaveLength(9);
    expect(read('queryRefund', stated('OrganizationFailed', { msg: '银行账号冻结' }))).toEqual({
      kind: 'refundDeclined', reason: 'other', aboutRefund: true, evidence: { code: 'SUCCESS/OrganizationFailed', words: '银行账号冻结' },
    });
    for (const state of ['', 'PAID', 'REFUNDED', 'SUCCESS', 'CLOSED ', 'constructor']) expect(said('queryRefund', stated(state))).toBe('unknown unlisted');
  });

  test.each(states)('%s is believed only of our refund and sum', (state) => {
    for (const change of [{ amount: 101 }, { amount: '1.00' }, { currency: 'CNY' }, { out_refund_no: 'R9' }, { refund_no: 'another' }, { order_no: 'another' }, { out_order_no: 'another' }]) {
      expect(said('queryRefund', stated(state, change))).toBe('unknown mismatch');
    }
    expect(said('queryRefund', stated(state, { out_refund_no: exampleOutRefundNo, refund_no: exampleRefundNo }))).not.toContain('unknown');
    expect(said('queryRefund', stated(state, { currency: '' }))).not.toContain('unknown');
    // "Given back" is believed with its amount alone.
    expect(said('queryRefund', stated(state, { amount: null })) === 'unknown mismatch').toBe(state === 'Closed');
    // Nobody can have asked without Omipay's number; our own would have to be there.
    expect(said('queryRefund', stated(state), attempt)).toBe('unknown mismatch');
    expect(said('queryRefund', stated(state), { ...attempt, refund: null })).toBe('unknown mismatch');
  });

  test('keeps the number it was asked by, and no time: its zone is unknown (2.2)', () => {
    expect(read('queryRefund', stated('Closed', { success_time: '20161227105602' }))).toMatchObject({ refund: { gatewayRefundRef: exampleRefundNo, refundedAt: null } });
  });
});

describe('noise', () => {
  const anyText = fc.oneof(
    fc.constantFrom('', 'SUCCESS', 'FAIL', 'AUD', 'CNY', '100', 100, exampleOrderNo, exampleOutRefundNo, exampleRefundNo),
    fc.constantFrom(...Object.keys(errorCodes), ...Object.keys(refundStatuses)), fc.string(), fc.jsonValue({ maxDepth: 1 }),
  );
  const fields = { result_code: anyText, error_code: anyText, refund_no: anyText, out_refund_no: anyText, order_no: anyText, currency: anyText, amount: anyText };
  const anyAnswer = fc.record({ return_code: fc.oneof(fc.constantFrom('SUCCESS', 'FAIL'), anyText), ...fields }, { requiredKeys: [] });

  test('never throws and ends nothing', () => {
    fc.assert(fc.property(noise, fc.constantFrom<RefundCall>('refund', 'queryRefund'), (body, call) => {
      expect(said(call, body)).toBe('unknown unlisted');
    }));
  });

  test('answers put together by chance are given back only as Closed, by the query, with our sum', () => {
    fc.assert(fc.property(anyAnswer, fc.constantFrom<RefundCall>('refund', 'queryRefund'), (body, call) => {
      const outcome = read(call, body);
      const isDone = call === 'queryRefund' && asText(body.result_code).toUpperCase() === 'CLOSED' && asText(body.amount) === '100';
      expect(outcome.kind !== 'refunded' || isDone).toBe(true);
    }), { numRuns: 3000 });
  });
});
