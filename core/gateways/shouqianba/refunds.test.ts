/** Shouqianba's refunds: the request, every row of the table, numbers and amounts that aren't ours, repeats, and noise. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, asText, inWords, noise, testAttempt, testMoment } from '../../testing/gateway-answers.ts';
import type { AttemptFacts, Outcome } from '../gateway.ts';
import { examples, refundExamples } from './fixtures/examples.ts';
import { shouqianba } from './index.ts';
import { refundCodes, refundErrors, refundRequestErrors } from './refund-table.ts';
import { businessCodes, businessErrors, communicationErrors, orderStatuses, transactionStatuses } from './table.ts';

const settings = shouqianba.settings.parse({ baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100000330001', terminalKey: 'c9d5ff0d4d2f1ef1f9f0a2f1f5ee43ad' });
const number = 'R1234567890123456789';

/** The whole of a payment of 38.50 CNY, or `minor` of it. */
const refunding = (minor = 3850, overrides: Partial<AttemptFacts> = {}): AttemptFacts =>
  testAttempt({ code: null, refund: { refundRef: number, gatewayRefundRef: null, kept: {}, earlier: { minor: 0, currency: 'CNY' }, amount: { minor, currency: 'CNY' }, reason: 'broken' }, ...overrides });

const whole = refunding();
const part = refunding(1000);
const data = { sn: '7894259244067349', client_sn: whole.attemptRef, status: 'SUCCESS', order_status: 'REFUNDED', total_amount: '3850', payway: '3' };

const business = (result_code: string, more: object = {}) => ({ result_code: '200', biz_response: { result_code, ...more } });
const success = (more: object = {}) => business('REFUND_SUCCESS', { data: { ...data, ...more } });
const fail = (error_code: string, more: object = {}) => business('FAIL', { error_code, error_message: 'words', data: null, ...more });
const read = (body: unknown, facts: AttemptFacts = whole): Outcome => shouqianba.read('refund', facts, answerOf(body), settings);

const words = (outcome: Outcome): string => (outcome.kind === 'refundDeclined' ? `refundDeclined ${outcome.reason}` : inWords(outcome));
const said = (body: unknown, facts?: AttemptFacts) => words(read(body, facts));

describe('requests', () => {
  const bodyOf = (facts: AttemptFacts) => {
    const request = shouqianba.build('refund', facts, settings, testMoment);
    const bytes = request.body ?? new Uint8Array();
    return { request, bytes, fields: JSON.parse(new TextDecoder().decode(bytes)) };
  };

  test('a refund names order, number and fen, and sends exactly what it signed (document 2.2, 3.3.2)', () => {
    const { request, bytes, fields } = bodyOf(refunding(1000, { gatewayRef: '7894259244067349', operator: '刘侃' }));
    expect(request.url).toBe('https://vsi-api.shouqianba.com/upay/v2/refund');
    expect(request.method).toBe('POST');
    const signature = createHash('md5').update(Buffer.concat([bytes, Buffer.from(settings.terminalKey)])).digest('hex');
    expect(request.headers).toEqual({ 'content-type': 'application/json', authorization: `100000330001 ${signature}` });
    expect(fields).toEqual({
      terminal_sn: '100000330001', client_sn: whole.attemptRef, sn: '7894259244067349', refund_request_no: number, refund_amount: '1000', operator: '刘侃',
    });
    expect(bodyOf(whole).fields).not.toHaveProperty('sn');
  });

  test('a repeat is the same request, byte for byte', () => {
    expect(bodyOf(part).bytes).toEqual(shouqianba.build('refund', part, settings, { now: testMoment.now + 60_000, nonce: 'z'.repeat(32), token: null }).body);
  });

  test('what can not be is a broken invariant', () => {
    expect(() => bodyOf(testAttempt({ refund: null }))).toThrow('refund');
    expect(() => bodyOf(refunding(1, { refund: { refundRef: number, gatewayRefundRef: null, kept: {}, earlier: { minor: 0, currency: 'CNY' }, amount: { minor: 1, currency: 'AUD' }, reason: '' } }))).toThrow('fen');
    expect(() => shouqianba.build('queryRefund', whole, settings, testMoment)).toThrow('same number');
  });

  test('case 4: numbers have at most 20 bytes', () => {
    expect(shouqianba.capabilities.refund?.reference).toEqual({ prefix: 'R', length: 20, alphabet: '0123456789' });
  });
});

describe("the document's examples", () => {
  test.each(refundExamples.map((example) => [example.section, example] as const))('%s', (_section, example) => {
    const amount = { minor: 1, currency: 'CNY' } as const;
    const facts = testAttempt({ attemptRef: example.attemptRef, amount, code: null, refund: { refundRef: 'R1', gatewayRefundRef: null, kept: {}, earlier: { minor: 0, currency: 'CNY' }, amount, reason: '' } });
    expect(said(example.body, facts)).toBe(example.outcome);
    expect(shouqianba.read('refund', facts, answerOf(example.body, 502), settings)).toEqual(read(example.body, facts));
    // There is no query of refunds, so nothing answers one.
    expect(words(shouqianba.read('queryRefund', facts, answerOf(example.body), settings))).toBe('unknown unlisted');
  });

  test('answers to other calls are none to a refund', () => {
    const others = examples.filter(({ body }) => body.includes('"200"') && !body.includes('REFUND'));
    expect(others.length).toBeGreaterThan(3);
    for (const { body, attemptRef } of others) expect(read(body, refunding(1, { attemptRef, amount: { minor: 1, currency: 'CNY' } })).kind).toBe('unknown');
  });

  test('say when it was done', () => {
    expect(read(success({ finish_time: '1449563206776', channel_finish_time: '1449563206632' }))).toEqual({
      kind: 'refunded', refund: { gatewayRefundRef: null, refundedAt: 1_449_563_206_776 }, evidence: { code: 'REFUND_SUCCESS/REFUNDED', words: null },
    });
  });
});

describe('REFUND_SUCCESS', () => {
  test('is refunded where it names our order, our number and our amount, as far as it names them', () => {
    expect(said(success())).toBe('refunded');
    expect(said(success({ order_status: 'PARTIAL_REFUNDED' }), part)).toBe('refunded');
    // The last part of several ends the order.
    expect(said(success(), part)).toBe('refunded');
    expect(said(success({ order_status: '', status: '' }))).toBe('refunded');
    expect(said(success({ client_tsn: `${whole.attemptRef}-${number}`, refund_request_no: number, refund_amount: '3850' }))).toBe('refunded');
    expect(said(success({ client_sn: '' }), refunding(3850, { gatewayRef: data.sn }))).toBe('refunded');
  });

  test.each([
    { client_sn: 'S9' }, { total_amount: '3851' }, { total_amount: '38.50' }, { refund_amount: '3849' }, { refund_request_no: 'R9' },
    { client_tsn: 'S9-R9' }, { client_tsn: `${whole.attemptRef}-R9` }, { client_tsn: whole.attemptRef }, { client_sn: '' }, { client_sn: null, sn: null },
  ])('with %j is no word about ours', (change) => {
    expect(said(success(change))).toBe('unknown mismatch');
  });

  test('of another order by their number, of another currency, or of nothing is no word about ours', () => {
    expect(said(success(), refunding(3850, { gatewayRef: '1' }))).toBe('unknown mismatch');
    expect(said(success(), refunding(3850, { amount: { minor: 3850, currency: 'AUD' } }))).toBe('unknown mismatch');
    expect(said(business('REFUND_SUCCESS', { data: null }))).toBe('unknown mismatch');
    expect(said(success(), testAttempt({ refund: null }))).toBe('unknown mismatch');
  });

  test('less than was asked for is not what was asked for', () => {
    expect(said(success({ order_status: 'PARTIAL_REFUNDED' }))).toBe('unknown mismatch');
  });

  test('beside any other state it contradicts itself', () => {
    for (const order_status of Object.keys(orderStatuses).filter((state) => !state.startsWith('REFUNDED') && state !== 'PARTIAL_REFUNDED')) {
      expect(said(success({ order_status }), part)).toBe('unknown gatewayUnsure');
    }
    for (const status of Object.keys(transactionStatuses).filter((state) => state !== 'SUCCESS')) expect(said(success({ status }))).toBe('unknown gatewayUnsure');
    expect(said(success({ order_status: 'SOMETHING' }))).toBe('unknown unlisted');
    expect(said(success({ status: 'SOMETHING' }))).toBe('unknown unlisted');
    expect(said({ ...success(), result_code: '400' })).toBe('unknown unlisted');
    expect(said({ ...success(), result_code: '500' })).toBe('unknown gatewayUnsure');
  });
});

describe('the other business codes', () => {
  test.each(['REFUND_ERROR', 'REFUND_FAIL_ERROR'])('%s: nobody knows, whatever stands beside it', (code) => {
    for (const order_status of [...Object.keys(orderStatuses), '']) {
      expect(said(business(code, { error_code: 'SELLER_BALANCE_NOT_ENOUGH', data: { ...data, status: 'FAIL_CANCELED', order_status } }))).toBe('unknown gatewayUnsure');
    }
    expect(said(business(code))).toBe('unknown gatewayUnsure');
  });

  test('REFUND_IN_PROGRESS is accepted and not arrived', () => {
    const inProgress = (more: object) => business('REFUND_IN_PROGRESS', { data: { ...data, status: 'IN_PROG', ...more } });
    for (const order_status of ['REFUND_INPROGRESS', 'PAID', 'PARTIAL_REFUNDED', '']) expect(said(inProgress({ order_status }))).toBe('refundPending');
    expect(said(business('REFUND_IN_PROGRESS', { data: null }))).toBe('refundPending');
    expect(said(inProgress({ order_status: 'PAID', client_sn: 'S9' }))).toBe('unknown mismatch');
    for (const order_status of ['REFUND_ERROR', 'CANCELED', 'REFUNDED']) expect(said(inProgress({ order_status }))).toBe('unknown gatewayUnsure');
  });

  test('REFUND_FAIL refuses only beside a second word that says the same', () => {
    const failed = (error_code: string, more: object | null) => business('REFUND_FAIL', { error_code, data: more && { ...data, order_status: 'PAID', status: '', ...more } });
    expect(said(failed('', null))).toBe('unknown gatewayUnsure');
    // An order that is whole shows that nothing went back; a part of it gone may be this refund.
    expect(said(failed('', {}))).toBe('refundDeclined other');
    expect(said(failed('TRADE_FAILED', {}))).toBe('refundDeclined other');
    expect(said(failed('', { order_status: 'PARTIAL_REFUNDED' }))).toBe('unknown gatewayUnsure');
    expect(said(failed('EXTERNAL_SERVICE_EXCEPTION', {}))).toBe('unknown gatewayUnsure');
    expect(said(failed('', { status: 'FAIL_CANCELED' }))).toBe('refundDeclined other');
    expect(said(failed('SELLER_BALANCE_NOT_ENOUGH', null))).toBe('refundDeclined shopBalance');
    expect(said(failed('SELLER_BALANCE_NOT_ENOUGH', { status: 'FAIL_CANCELED' }))).toBe('refundDeclined shopBalance');
    expect(said(failed('EXTERNAL_SERVICE_EXCEPTION', { status: 'FAIL_CANCELED' }))).toBe('unknown gatewayUnsure');
    expect(said(failed('UPAY_REFUND_ORDER_NOOP', { status: 'FAIL_CANCELED' }))).toBe('unknown gatewayUnsure');
    for (const status of ['SUCCESS', 'FAIL_IO_1', 'FAIL_ERROR', 'REFUND_ERROR']) expect(said(failed('SELLER_BALANCE_NOT_ENOUGH', { status }))).toBe('unknown gatewayUnsure');
    for (const order_status of ['REFUND_ERROR', 'REFUND_INPROGRESS', 'REFUNDED']) expect(said(failed('', { status: 'FAIL_CANCELED', order_status }))).toBe('unknown gatewayUnsure');
    expect(said(failed('', { status: 'FAIL_CANCELED', client_sn: 'S9' }))).toBe('unknown mismatch');
  });

  test('case 2: it is about the refund only where it names our number of it', () => {
    const failed = (more: object) => read(business('REFUND_FAIL', { data: { ...data, order_status: 'PARTIAL_REFUNDED', status: 'FAIL_CANCELED', ...more } }));
    expect(failed({})).toMatchObject({ kind: 'refundDeclined', aboutRefund: false });
    expect(failed({ client_tsn: `${whole.attemptRef}-${number}` })).toMatchObject({ kind: 'refundDeclined', aboutRefund: true });
    expect(failed({ order_status: 'PAID' })).toMatchObject({ kind: 'refundDeclined', aboutRefund: false });
  });

  test('codes of other calls and codes of nobody are unlisted', () => {
    const others = Object.keys(businessCodes).filter((code) => !Object.hasOwn(refundCodes, code));
    expect(others).toContain('PAY_SUCCESS');
    for (const code of [...others, '', 'refund_success', 'toString']) expect(said(business(code, { data }))).toBe('unknown unlisted');
  });
});

describe('FAIL, by its error code', () => {
  test.each([
    ['UPAY_REFUND_ORDER_NOOP', 'refunded'],
    ['UPAY_REFUND_INVALID_ORDER_STATE', 'refundDeclined orderState'], ['UPAY_TCP_ORDER_NOT_REFUNDABLE', 'refundDeclined orderState'],
    ['REFUNDABLE_AMOUNT_NOT_ENOUGH', 'refundDeclined amountTooMuch'], ['REFUND_AMT_NOT_EQUAL_TOTAL', 'refundDeclined amountRefused'],
    ['SELLER_BALANCE_NOT_ENOUGH', 'refundDeclined shopBalance'], ['ACCOUNT_BALANCE_NOT_ENOUGH', 'refundDeclined shopBalance'], ['INSUFFICIENT_FUND', 'refundDeclined shopBalance'],
    ['UPAY_ORDER_NOT_EXIST', 'refundDeclined orderUnknown'], ['UPAY_ORDER_NOT_EXISTS', 'refundDeclined orderUnknown'],
    ['TERMINAL_NOT_EXISTS', 'refundDeclined terminalUnknown'], ['UPAY_TERMINAL_NOT_EXISTS', 'refundDeclined terminalUnknown'], ['UPAY_TERMINAL_STATUS_ABNORMAL', 'refundDeclined merchantBlocked'],
    ['REFUND_REQUEST_CONFLICT', 'unknown numberInUse'],
    ['TRADE_NOT_EXIST', 'unknown gatewayUnsure'], ['TRADE_FAILED', 'unknown gatewayUnsure'], ['TRADE_TIMEOUT', 'unknown gatewayUnsure'], ['PAY_STATUS_CLOSED', 'unknown gatewayUnsure'],
    ['TRADE_HAS_SUCCESS', 'unknown gatewayUnsure'], ['UNEXPECTED_PROVIDER_ERROR', 'unknown gatewayUnsure'], ['EXTERNAL_SERVICE_EXCEPTION', 'unknown gatewayUnsure'],
    ['UPAY_CANCEL_ORDER_NOOP', 'unknown gatewayUnsure'], ['UPAY_CANCEL_INVALID_ORDER_STATE', 'unknown gatewayUnsure'],
  ])('%s is %s', (errorCode, outcome) => {
    expect(Object.keys(refundErrors)).toContain(errorCode);
    expect(said(fail(errorCode))).toBe(outcome);
    const ofAnother = outcome.startsWith('refund') ? 'unknown mismatch' : outcome;
    expect(said(fail(errorCode, { data: { ...data, client_sn: 'S9' } }))).toBe(ofAnother);
    expect(said(fail(errorCode, { data: { ...data, client_tsn: `${whole.attemptRef}-R9` } }))).toBe(ofAnother);
    // Somebody is at it: neither done nor refused.
    for (const order_status of ['REFUND_ERROR', 'REFUND_INPROGRESS', 'SOMETHING']) expect(said(fail(errorCode, { data: { ...data, order_status } }))).toContain('unknown');
    expect(said(fail(errorCode, { data: { ...data, status: 'REFUND_ERROR' } }))).toContain('unknown');
    // A refusal of a request says nothing about an earlier one with the same number (CASES 2).
    expect(read(fail(errorCode))).not.toMatchObject({ aboutRefund: true });
  });

  test('every row of the table was asked for, and words of payments are unlisted', () => {
    expect(Object.keys(refundErrors)).toHaveLength(23);
    const others = Object.keys(businessErrors).filter((code) => !Object.hasOwn(refundErrors, code));
    expect(others.toSorted()).toEqual([
      'AUTHCODE_EXPIRE', 'BUYER_OVER_DAILY_LIMIT', 'BUYER_OVER_TRANSACTION_LIMIT', 'CLIENT_SN_CONFLICT', 'EXPIRED_BARCODE', 'INVALID_BARCODE',
      'SELLER_OVER_DAILY_LIMIT', 'UPAY_STORE_OVER_DAILY_LIMIT',
    ]);
    for (const code of [...others, '', 'SOMETHING_NEW', 'ILLEGAL_SIGN', 'valueOf']) expect(said(fail(code))).toBe('unknown unlisted');
  });

  test('"done already" beside an order of which nothing was given back contradicts itself', () => {
    expect(said(fail('UPAY_REFUND_ORDER_NOOP', { data }))).toBe('refunded');
    expect(said(fail('UPAY_REFUND_ORDER_NOOP', { data: { ...data, order_status: 'PARTIAL_REFUNDED' } }), part)).toBe('refunded');
    expect(said(fail('UPAY_REFUND_ORDER_NOOP', { data: { ...data, order_status: 'PARTIAL_REFUNDED' } }))).toBe('unknown mismatch');
    expect(said(fail('UPAY_REFUND_ORDER_NOOP', { data: { ...data, order_status: 'PAID' } }))).toBe('unknown gatewayUnsure');
  });
});

describe('keys and requests that are refused (appendix 1)', () => {
  const refused = (error_code: string) => ({ result_code: '400', error_code, error_message: 'words' });

  test.each([
    ['INVALID_PARAMS', 'refundDeclined requestRefused'], ['INVALID_PARAMETER', 'refundDeclined requestRefused'], ['INVALID_TERMINAL', 'refundDeclined terminalUnknown'],
    ['ILLEGAL_SIGN', 'refundDeclined wrongKey'], ['TERMINAL_NOT_EXISTS', 'refundDeclined terminalUnknown'], ['UPAY_TERMINAL_NOT_EXISTS', 'refundDeclined terminalUnknown'],
    ['UPAY_TERMINAL_STATUS_ABNORMAL', 'refundDeclined merchantBlocked'], ['UNKNOWN_SYSTEM_ERROR', 'unknown gatewayUnsure'],
    ['UNEXPECTED_PROVIDER_ERROR', 'unknown gatewayUnsure'], ['MAINTENANCE_INPROGRESS', 'unknown gatewayUnsure'],
  ])('400 %s is %s', (errorCode, outcome) => {
    expect(said(refused(errorCode))).toBe(outcome);
    expect(said({ ...refused(errorCode), result_code: '500' })).toBe('unknown gatewayUnsure');
    expect(said({ ...refused(errorCode), biz_response: { result_code: 'REFUND_SUCCESS', data } })).toBe('unknown unlisted');
  });

  test('they are all that is listed, and about the request alone', () => {
    expect(Object.keys(refundRequestErrors)).toHaveLength(10);
    expect(Object.keys(communicationErrors).filter((code) => !Object.hasOwn(refundRequestErrors, code))).toEqual(['INVALID_BARCODE']);
    for (const code of ['', 'SOMETHING_NEW', 'UPAY_REFUND_ORDER_NOOP', 'INVALID_BARCODE']) expect(said(refused(code))).toBe('unknown unlisted');
    expect(read(refused('ILLEGAL_SIGN'))).toEqual({ kind: 'refundDeclined', reason: 'wrongKey', aboutRefund: false, evidence: { code: '400/ILLEGAL_SIGN', words: 'words' } });
  });
});

describe('noise', () => {
  const anyText = fc.oneof(
    fc.constantFrom('', 'SUCCESS', 'FAIL_CANCELED', '200', '400', '3850', '1000', whole.attemptRef, data.sn, number, `${whole.attemptRef}-${number}`),
    fc.constantFrom(...Object.keys(refundCodes), ...Object.keys(refundErrors), ...Object.keys(orderStatuses)), fc.string(), fc.jsonValue({ maxDepth: 1 }),
  );
  const fields = { sn: anyText, client_sn: anyText, client_tsn: anyText, status: anyText, order_status: anyText, total_amount: anyText, refund_amount: anyText };
  const anyBusiness = fc.record({ result_code: anyText, error_code: anyText, data: fc.oneof(fc.record(fields, { requiredKeys: [] }), anyText) }, { requiredKeys: [] });

  test('never throws and ends nothing', () => {
    fc.assert(fc.property(noise, fc.constantFrom('refund', 'queryRefund'), (body, call) => {
      expect(words(shouqianba.read(call, whole, answerOf(body), settings))).toBe('unknown unlisted');
    }));
  });

  test('answers put together by chance never give back what is another’s', () => {
    fc.assert(fc.property(anyBusiness, (biz_response) => {
      const outcome = read({ result_code: '200', biz_response });
      const order: Record<string, unknown> = { ...biz_response, ...(biz_response.data as object | undefined) };
      const isUnset = (name: string) => order[name] === undefined || order[name] === null || order[name] === '';
      const agrees = (name: string, value: string) => isUnset(name) || asText(order[name]) === value;
      const ours = agrees('client_sn', whole.attemptRef) && agrees('client_tsn', `${whole.attemptRef}-${number}`) && agrees('total_amount', '3850') && agrees('refund_amount', '3850');
      const saysDone = order['error_code'] === 'UPAY_REFUND_ORDER_NOOP' || (order['result_code'] === 'REFUND_SUCCESS' && !isUnset('client_sn'));
      expect(outcome.kind !== 'refunded' || (ours && saysDone)).toBe(true);
    }), { numRuns: 3000 });
  });

  test('an answer that is right but for one field never ends the refund as done', () => {
    const right = { ...data, client_tsn: `${whole.attemptRef}-${number}`, refund_amount: '3850' };
    fc.assert(fc.property(fc.constantFrom('client_sn', 'client_tsn', 'total_amount', 'refund_amount', 'order_status', 'status'), anyText, (field, value) => {
      const same = asText(value) === right[field];
      const unset = field !== 'client_sn' && (value === '' || value === null);
      expect(read(success({ ...right, [field]: value })).kind === 'refunded').toBe(same || unset);
    }), { numRuns: 3000 });
  });

  test('what looks like a payment code is masked in the words', () => {
    expect(read(fail('SELLER_BALANCE_NOT_ENOUGH', { error_message: '条码134567890123456789' })).evidence.words).toBe('条码****');
  });
});
