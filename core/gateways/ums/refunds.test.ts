/** UMS' refunds: every word of the tables, numbers and amounts that aren't ours, repeats, and noise. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, asText, inWords, noise, testMoment } from '../../testing/gateway-answers.ts';
import type { AttemptFacts, Outcome, RefundCall } from '../gateway.ts';
import { orderNumber, refunding, refundNumber, settings, shown } from './fixtures/shop.ts';
import { ums } from './index.ts';
import { errorCodes, refundStatuses } from './table.ts';

const whole = refunding();
const part = refunding(1000);
const both: readonly RefundCall[] = ['refund', 'queryRefund'];

const read = (call: RefundCall, body: unknown, facts: AttemptFacts = whole): Outcome => ums.read(call, facts, answerOf(body), settings);
const words = (outcome: Outcome): string => (outcome.kind === 'refundDeclined' ? `refundDeclined ${outcome.reason}` : inWords(outcome));
const said = (call: RefundCall, body: unknown, facts?: AttemptFacts) => words(read(call, body, facts));
const answered = (refundStatus: string, more: object = {}) => ({
  errCode: 'SUCCESS', merOrderId: orderNumber, refundOrderId: refundNumber, refundTargetOrderId: '2018092022001418830580874945', refundStatus, status: 'TRADE_REFUND', ...more,
});
const failed = (errCode: string, more: object = {}) => ({ errCode, errMsg: 'words', ...more });

describe.each(both)('refundStatus (2.2) as the answer to %s', (call) => {
  test.each([
    ['SUCCESS', 'refunded'], ['PROCESSING', 'refundPending'], ['FAIL', 'refundDeclined other'], ['UNKNOWN', 'unknown gatewayUnsure'],
    ['SOMETHING', 'unknown unlisted'], ['success', 'unknown unlisted'], ['', 'unknown unlisted'],
  ])('%s: %s', (word, outcome) => {
    expect(said(call, answered(word))).toBe(outcome);
    for (const change of [{ refundOrderId: '1001R9' }, { merOrderId: '1001U9' }, { refundAmount: 3849 }, { refundAmount: '38.50' }, { totalAmount: 3851 }]) {
      expect(said(call, answered(word, change))).toContain('unknown');
    }
  });

  test('names the number that the wallet gave it, and its words', () => {
    expect(read(call, answered('SUCCESS', { errMsg: '退款成功', payTime: '2018-09-20 10:21:57' }))).toEqual({
      kind: 'refunded', refund: { gatewayRefundRef: '2018092022001418830580874945', refundedAt: null }, evidence: { code: 'SUCCESS/SUCCESS', words: '退款成功' },
    });
    // Failed for certain, by the number of this refund: enough to end a repeat too.
    expect(read(call, answered('FAIL'))).toMatchObject({ kind: 'refundDeclined', aboutRefund: true });
  });

  test('must name the refund: the order alone is not enough, its own number as merOrderId is (ERRATA 1.4)', () => {
    expect(said(call, answered('SUCCESS', { refundOrderId: undefined }))).toBe('unknown mismatch');
    expect(said(call, answered('SUCCESS', { refundOrderId: '', merOrderId: refundNumber }))).toBe('refunded');
    expect(said(call, answered('SUCCESS', { merOrderId: undefined }))).toBe('refunded');
    expect(said(call, answered('SUCCESS', { merOrderId: undefined, refundOrderId: undefined }))).toBe('unknown mismatch');
    expect(said(call, answered('SUCCESS'), shown())).toBe('unknown mismatch');
  });

  test('is believed beside states of an order that was paid, and no other (2.3)', () => {
    for (const status of ['REFUND', 'TRADE_REFUND', 'TRADE_SUCCESS', 'TRADE_CLOSED', '', undefined]) expect(said(call, answered('SUCCESS', { status }))).toBe('refunded');
    for (const status of ['NEW_ORDER', 'WAIT_BUYER_PAY', 'UNKNOWN']) expect(said(call, answered('SUCCESS', { status }))).toBe('unknown gatewayUnsure');
    expect(said(call, answered('SUCCESS', { status: 'SOMETHING' }))).toBe('unknown unlisted');
  });

  test('money rule 5: refundAmount is this refund or the total so far by the journal, and nothing else (ERRATA 1.3)', () => {
    const second = refunding(1000, 500);
    for (const refundAmount of [1000, '1000', 1500, undefined, '']) expect(said(call, answered('SUCCESS', { refundAmount }), second)).toBe('refunded');
    for (const refundAmount of [999, 1001, 500, 0, 3850, 10.5, '10.00', -1000]) expect(said(call, answered('SUCCESS', { refundAmount }), second)).toBe('unknown mismatch');
    for (const totalAmount of [3850, 1000]) expect(said(call, answered('SUCCESS', { totalAmount }), second)).toBe('refunded');
    expect(said(call, answered('SUCCESS', { totalAmount: 500 }), second)).toBe('unknown mismatch');
    expect(said(call, answered('SUCCESS'), refunding(3850, 0, { amount: { minor: 3850, currency: 'AUD' } }))).toBe('unknown mismatch');
  });
});

describe('errCode (2.1)', () => {
  // As the answers to refund and to refund-query.
  test.each([
    ['INTERNAL_ERROR', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['BAD_REQUEST', 'refundDeclined requestRefused', 'unknown gatewayUnsure'],
    ['NO_SERVICE', 'refundDeclined requestRefused', 'unknown gatewayUnsure'],
    ['TIMEOUT', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['NO_ORDER', 'refundDeclined orderUnknown', 'notFound'],
    ['OPERATION_NOT_ALLOWED', 'refundDeclined orderState', 'unknown gatewayUnsure'],
    ['TARGET_FAIL', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['DUP_ORDER', 'unknown numberInUse', 'unknown gatewayUnsure'],
    ['NET_ERROR', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['NO_MERCHANT', 'refundDeclined terminalUnknown', 'unknown keyRefused'],
    ['ORDER_PROCESSING', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['INACTIVE_MERCHANT', 'refundDeclined merchantBlocked', 'unknown keyRefused'],
    ['ABNORMAL_REQUEST_TIME', 'refundDeclined clockOff', 'unknown keyRefused'],
    ['TXN_DISCARDED', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['BAD_SIGN', 'refundDeclined wrongKey', 'unknown keyRefused'],
    ['INVALID_MSGSRC', 'refundDeclined terminalUnknown', 'unknown keyRefused'],
    ['INVALID_ORDER', 'refundDeclined orderState', 'unknown gatewayUnsure'],
    ['NO_CROSS_DAY_TRADING', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['DENIED_IP', 'refundDeclined merchantBlocked', 'unknown keyRefused'],
    ['INVLID_MERCHANT_CONFIG', 'refundDeclined merchantBlocked', 'unknown keyRefused'],
    ['INVALID_RESPONSE', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['HAS_CANCELLED', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['SOMETHING_NEW', 'unknown unlisted', 'unknown unlisted'],
  ])('%s', (errCode, ...outcomes) => {
    expect(both.map((call) => said(call, failed(errCode)))).toEqual(outcomes);
    for (const call of both) {
      // Beside a refund that is described, or about another's, no refusal and no absence is believed.
      expect(said(call, failed(errCode, { refundOrderId: refundNumber, refundStatus: 'SUCCESS' }))).toContain('unknown');
      expect(said(call, failed(errCode, { refundOrderId: '1001R9' }))).toContain('unknown');
    }
  });

  test('case 2: a refusal speaks of the request alone; the first one under this number may have been carried out', () => {
    for (const errCode of ['OPERATION_NOT_ALLOWED', 'NO_ORDER', 'BAD_SIGN', 'INVALID_ORDER']) expect(read('refund', failed(errCode))).toMatchObject({ kind: 'refundDeclined', aboutRefund: false });
  });
});

test('a repeat is the same refund under the same number (1.3.3)', () => {
  const bodyAt = (now: number) => JSON.parse(new TextDecoder().decode(ums.build('refund', part, settings, { ...testMoment, now }).body ?? new Uint8Array()));
  const { requestTimestamp: first, ...rest } = bodyAt(testMoment.now);
  const { requestTimestamp: second, ...again } = bodyAt(testMoment.now + 60_000);
  expect(again).toEqual(rest);
  expect(second).not.toBe(first);
  expect(ums.capabilities.refund).toMatchObject({ repeat: 'same', queryBy: 'refundRef', partial: true });
});

test('answers about the order are none about its refund', () => {
  for (const call of both) expect(said(call, { errCode: 'SUCCESS', merOrderId: orderNumber, totalAmount: 3850, status: 'TRADE_REFUND' })).toBe('unknown unlisted');
});

describe('noise', () => {
  const anyText = fc.oneof(
    fc.constantFrom('', 'SUCCESS', '3850', 3850, 1000, orderNumber, refundNumber), fc.constantFrom(...Object.keys(errorCodes), ...Object.keys(refundStatuses)),
    fc.string(), fc.jsonValue({ maxDepth: 1 }),
  );
  const anyAnswer = fc.record({
    errCode: fc.oneof(fc.constant('SUCCESS'), anyText), refundStatus: anyText, status: anyText, merOrderId: anyText, refundOrderId: fc.oneof(fc.constant(refundNumber), anyText),
    refundAmount: anyText, totalAmount: anyText,
  }, { requiredKeys: [] });

  test('never throws and ends nothing', () => {
    fc.assert(fc.property(noise, fc.constantFrom(...both), (body, call) => {
      expect(said(call, body)).toBe('unknown unlisted');
    }));
  });

  test('answers put together by chance are given back only as SUCCESS, under our number, with our sum', () => {
    fc.assert(fc.property(anyAnswer, fc.constantFrom(...both), (body, call) => {
      const isOurs = body.refundOrderId === refundNumber || body.merOrderId === refundNumber;
      const isSum = ['', '3850', 'null'].includes(asText(body.refundAmount ?? ''));
      const isDone = body.errCode === 'SUCCESS' && body.refundStatus === 'SUCCESS' && isOurs && isSum;
      expect(read(call, body).kind !== 'refunded' || isDone).toBe(true);
    }), { numRuns: 3000 });
  });
});
