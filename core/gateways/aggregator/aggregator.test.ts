/** The aggregator: the document's own examples, both signature rules, the money rules at its answers, and noise. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, inWords, noise, testAttempt, testMoment } from '../../testing/gateway-answers.ts';
import type { AttemptFacts, Call, NotificationRequest } from '../gateway.ts';
import { checkAnswer, signedNotification, signedRequest } from './fixtures/examples.ts';
import { aggregator } from './index.ts';
import { signNotification, signRequest } from './sign.ts';

const block = {
  baseUrl: 'https://pay.example', appId: 'gpu10000000', secret: signedNotification.secret, bankCode: '911', amountUnit: 'fen', returnUrl: 'https://shop.example/paid', notifyUrl: 'https://shop.example/notify', currency: 'CNY',
};
const fen = aggregator.settings.parse(block);
const yuan = aggregator.settings.parse({ ...block, amountUnit: 'yuan' });
const attempt = testAttempt({ attemptRef: 'G1234567890123456789', direction: 'show', code: null, presentSeconds: 240 });
const asked: readonly Call[] = ['present', 'query'];

const order = { order_no: attempt.attemptRef, amount: '3850.00', pay_status: 1, platform_order_no: 'A201908201654224095826222' };
const said = (call: Call, body: unknown, settings = fen, facts: AttemptFacts = attempt) => inWords(aggregator.read(call, facts, answerOf(body), settings));
const query = (change: object, settings = fen, facts?: AttemptFacts) => said('query', { status: '1', message: 'ok', data: { ...order, ...change } }, settings, facts);

describe('signatures', () => {
  test('a request drops empty values: the document\'s own vector (document 4)', () => {
    expect(signRequest(signedRequest.pairs, signedRequest.secret)).toBe(signedRequest.sign);
    expect(signRequest({ ...signedRequest.pairs, attach: '' }, signedRequest.secret)).toBe(signedRequest.sign);
  });
  test('a notification keeps them: the document\'s own vector (document 4)', () => {
    expect(signNotification(signedNotification.pairs, signedNotification.secret)).toBe(signedNotification.sign);
    expect(signNotification({ ...signedNotification.pairs, sign: 'x' }, signedNotification.secret)).toBe(signedNotification.sign);
    const { attach: _none, ...without } = signedNotification.pairs;
    expect(signNotification(without, signedNotification.secret)).not.toBe(signedNotification.sign);
  });
});

describe('requests', () => {
  const formOf = (facts: AttemptFacts, settings = fen): Record<string, string> => Object.fromEntries(new URLSearchParams(new TextDecoder().decode(aggregator.build('present', facts, settings, testMoment).body ?? new Uint8Array())));

  test('an order is a form with every mandatory field, signed over what it says unencoded (document 3, 5.1)', () => {
    const request = aggregator.build('present', attempt, fen, testMoment);
    expect([request.method, request.url, request.headers]).toEqual(['POST', 'https://pay.example/api/order/unified', { 'content-type': 'application/x-www-form-urlencoded' }]);
    const { sign, ...pairs } = formOf(attempt);
    expect(pairs).toEqual({
      appid: 'gpu10000000', order_no: attempt.attemptRef, amount: '3850', product_name: 'Corner shop', bank_code: '911', notify_url: 'https://shop.example/notify', return_url: 'https://shop.example/paid',
    });
    expect(sign).toBe(signRequest(pairs, fen.secret));
  });
  test('amounts are written as the contract says, exactly (ERRATA 5.1)', () => {
    expect(formOf(attempt, yuan)['amount']).toBe('38.50');
    expect(formOf({ ...attempt, amount: { minor: 7, currency: 'CNY' } }, yuan)['amount']).toBe('0.07');
    expect(() => aggregator.build('present', { ...attempt, amount: { minor: 7, currency: 'AUD' } }, fen, testMoment)).toThrow('CNY');
  });
  test('a wallet that was asked for chooses the code to scan (document 6)', () => {
    expect(formOf({ ...attempt, showFor: 'wechat' })['bank_code']).toBe('912');
    expect(formOf({ ...attempt, showFor: 'alipay' })['bank_code']).toBe('911');
  });
  test('a query is a GET (document 5.4)', () => {
    const { method, url, body } = aggregator.build('query', attempt, fen, testMoment);
    const sign = signRequest({ appid: fen.appId, order_no: attempt.attemptRef }, fen.secret);
    expect([method, url, body]).toEqual(['GET', `https://pay.example/api/order/check_order?appid=gpu10000000&order_no=${attempt.attemptRef}&sign=${sign}`, null]);
  });
  test.each(['pay', 'reverse', 'refund', 'queryRefund'] as const)('there is no %s', (call) => {
    expect(() => aggregator.build(call, attempt, fen, testMoment)).toThrow(call);
  });
  test('the secret is in no request', () => {
    for (const call of asked) {
      const { url, body } = aggregator.build(call, attempt, fen, testMoment);
      expect(`${url} ${new TextDecoder().decode(body ?? new Uint8Array())}`).not.toContain(fen.secret);
    }
  });
});

describe('an order', () => {
  const unified = (data: unknown, status: unknown = 1) => ({ status, message: 'ok', data });
  const created = { order_no: attempt.attemptRef, platform_order_no: 'A1', pay_status: -1, amount: '3850.00', redirect_url: 'https://pay.example/go?id=1', content: '<form></form>' };

  test('shows redirect_url, not the form (ERRATA 5.1)', () => {
    expect(aggregator.read('present', attempt, answerOf(unified(created)), fen)).toMatchObject({ kind: 'shown', qr: 'https://pay.example/go?id=1', order: { gatewayRef: 'A1' } });
    expect(said('present', unified({ redirect_url: 'https://pay.example/go' }))).toBe('shown');
  });
  test.each([
    ['another order', { order_no: 'G9' }, 'unknown mismatch'],
    ['another amount', { amount: '38.50' }, 'unknown mismatch'],
    ['paid already', { pay_status: 1 }, 'unknown gatewayUnsure'],
    ['no address', { redirect_url: '' }, 'unknown unlisted'],
    ['an address that no phone opens', { redirect_url: 'javascript:alert(1)' }, 'unknown unlisted'],
  ])('%s is no code to show', (_name, change, outcome) => {
    expect(said('present', unified({ ...created, ...change }))).toBe(outcome);
  });
  test('a refusal has no order beside it: data absent, null or [] (ERRATA 5.1)', () => {
    expect(said('present', { status: 0, message: 'sign error' })).toBe('declined requestRefused');
    expect(said('present', unified([], '0'))).toBe('declined requestRefused');
    expect(said('present', unified(created, 0))).toBe('unknown gatewayUnsure');
    expect(said('present', unified(created, 2))).toBe('unknown unlisted');
  });
});

describe('a query', () => {
  test.each([[1, 'paid'], ['1', 'paid'], [-1, 'waiting'], [0, 'waiting'], [7, 'unknown unlisted'], ['', 'unknown unlisted']])('pay_status %j is %s', (pay_status, outcome) => {
    expect(query({ pay_status })).toBe(outcome);
  });
  test('the document\'s example is an order that waits, although it says 0 (ERRATA 5.4)', () => {
    const facts = { ...attempt, attemptRef: 'KFAIu2019082016542198098089614', amount: { minor: 60_000, currency: 'CNY' } as const };
    expect(said('query', checkAnswer, fen, facts)).toBe('waiting');
    expect(said('query', checkAnswer, yuan, { ...facts, amount: { minor: 6_000_000, currency: 'CNY' } })).toBe('waiting');
    expect(said('query', checkAnswer, yuan, facts)).toBe('unknown mismatch');
  });
  test('money is believed with our number and our amount alone', () => {
    expect(query({ order_no: 'G9' })).toBe('unknown mismatch');
    expect(query({ order_no: null })).toBe('unknown mismatch');
    expect(query({ amount: '3851.00' })).toBe('unknown mismatch');
    expect(query({ amount: '' })).toBe('unknown mismatch');
    expect(query({ amount: '38.50' }, yuan)).toBe('paid');
    expect(query({ amount: '3850.00' }, yuan)).toBe('unknown mismatch');
    expect(query({}, fen, { ...attempt, gatewayRef: 'A-other' })).toBe('unknown mismatch');
  });
  test('"failed" names no reason: neither unpaid nor unknown there', () => {
    expect(said('query', { status: '0', message: 'no' })).toBe('unknown gatewayUnsure');
    expect(said('query', { status: '0', message: 'no', data: order })).toBe('unknown unlisted');
  });
});

describe('a notification', () => {
  const rule = aggregator.notification;
  const post = (pairs: Record<string, string>, change: Partial<NotificationRequest> = {}) => rule?.read({ method: 'POST', headers: {}, query: '', body: new TextEncoder().encode(new URLSearchParams(pairs).toString()), ...change }, fen);

  test('of the document is verified and answered SUCCESS (document 3, 5.2)', () => {
    expect(post({ ...signedNotification.pairs, sign: signedNotification.sign })).toEqual({
      kind: 'about', attemptRef: '2019xxxxxxxxxxxx', gatewayRef: 'A2019xxxxxxxxxxxx', refundRef: null, verified: true, reply: { status: 200, contentType: 'text/plain', body: 'SUCCESS' },
    });
    expect(post({ ...signedNotification.pairs, sign: signedNotification.sign.toUpperCase() })).toMatchObject({ kind: 'about' });
  });
  test('changed, unsigned, of another merchant or twice in one is refused', () => {
    const { pairs, sign } = signedNotification;
    expect(post({ ...pairs, amount: '1.00', sign })).toMatchObject({ kind: 'refused', why: 'signature', reply: { body: 'FAIL' } });
    expect(post({ ...pairs })).toMatchObject({ kind: 'refused', why: 'signature' });
    expect(post({ ...pairs, appid: 'x', sign })).toMatchObject({ kind: 'refused', why: 'unreadable' });
    expect(post({ ...pairs, sign }, { method: 'GET' })).toMatchObject({ kind: 'refused', why: 'unreadable' });
    const twice = `${new URLSearchParams({ ...pairs, sign }).toString()}&amount=1.00`;
    expect(post({}, { body: new TextEncoder().encode(twice) })).toMatchObject({ kind: 'refused', why: 'unreadable' });
  });
  test('noise is refused', () => {
    fc.assert(fc.property(noise, (body) => {
      expect(post({}, { body })?.kind).toBe('refused');
    }));
  });
});

test('noise is unknown, whatever was asked', () => {
  fc.assert(fc.property(fc.constantFrom(...asked), noise, (call, body) => {
    expect(aggregator.read(call, attempt, answerOf(body), fen).kind).toBe('unknown');
  }));
});
