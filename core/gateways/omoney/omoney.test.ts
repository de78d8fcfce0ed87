/** OMoney: the document's own examples, links followed as given, tokens, the money rules at its answers, and noise. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, inWords, noise, testAttempt } from '../../testing/gateway-answers.ts';
import type { AttemptFacts, Call, Moment, NotificationRequest, Outcome } from '../gateway.ts';
import { cancelAnswer, paymentAnswer, paymentMethodsAnswer, paymentNotice, refundAnswer, tokenAnswer } from './fixtures/examples.ts';
import { omoney } from './index.ts';
import { readPaymentMethods } from './payment-methods.ts';
import { paymentMethodsRequest } from './requests.ts';
import { cancelStatuses, paymentStatuses, refundStatuses } from './table.ts';

const customer = { clientIp: '113.204.136.66', firstName: 'Chris', lastName: 'Ma', country: 'CN', state: 'BEIJING', city: 'BEIJING', zip: '400000', email: 'test@test.com', address1: '北京市朝阳区', phone: '86-13800000000' };
const block = {
  baseUrl: 'https://test.omoney.com', clientId: 'shop', clientSecret: 'hush', paymentMethod: 'ALIPAY', currency: 'CNY', returnUrl: 'https://www.mysite.com/return_url', notifyUrl: 'https://www.mysite.com/notify_url', website: 'https://www.mysite.com', customer,
};
const settings = omoney.settings.parse(block);
/** The document's own host is plain http on a port, which the schema refuses for anybody but this machine. */
const documented = { ...settings, baseUrl: 'http://test.omoney.com:8300' };
const moment: Moment = { now: 0, nonce: 'n', token: 'token-1' };
const calls: readonly Call[] = ['present', 'query', 'reverse', 'refund', 'queryRefund'];

const attempt = testAttempt({
  attemptRef: 'db9e9e6b-918e-11e5-8346-1c6f65f84b6d', amount: { minor: 100, currency: 'CNY' }, direction: 'show', code: null, presentSeconds: 240,
  refund: { refundRef: 'R1', gatewayRefundRef: null, kept: {}, earlier: { minor: 0, currency: 'CNY' }, amount: { minor: 100, currency: 'CNY' }, reason: 'broken' },
});
const read = (call: Call, body: unknown, facts: AttemptFacts = attempt, status = 200): Outcome => omoney.read(call, facts, answerOf(body, status), documented);
const said = (call: Call, body: unknown, facts?: AttemptFacts, status?: number): string => {
  const outcome = read(call, body, facts, status);
  return outcome.kind === 'refundDeclined' ? `refundDeclined ${outcome.reason}` : inWords(outcome);
};
const payment = (change: object): object => ({ ...(JSON.parse(paymentAnswer) as object), ...change });
const refunded = (change: object): object => ({ ...(JSON.parse(refundAnswer) as object), refund_order_id: 'R1', ...change });

describe('requests', () => {
  const bodyOf = (call: Call, facts: AttemptFacts = attempt, block = settings): unknown => JSON.parse(new TextDecoder().decode(omoney.build(call, facts, block, moment).body ?? new Uint8Array()));

  test('a payment has every mandatory field of the tables (document 2.1.4, 2.1.5), and the token in a header', () => {
    const request = omoney.build('present', attempt, settings, moment);
    expect([request.method, request.url]).toEqual(['POST', 'https://test.omoney.com/v1/payment']);
    expect(request.headers).toEqual({ authorization: 'Bearer token-1', accept: 'application/json', 'content-type': 'application/json' });
    expect(bodyOf('present')).toEqual({
      order_id: attempt.attemptRef, payment_method: 'ALIPAY', amount: '1.00', currency: 'CNY', request_type: 'WAP', description: 'Corner shop', return_url: 'https://www.mysite.com/return_url',
      notify_url: 'https://www.mysite.com/notify_url', website: 'https://www.mysite.com',
      source: { client_ip: '113.204.136.66', first_name: 'Chris', last_name: 'Ma', country: 'CN', state: 'BEIJING', city: 'BEIJING', zip: '400000', email: 'test@test.com', address1: '北京市朝阳区', phone: '86-13800000000' },
    });
  });
  test.each([[3850, 'CNY', '38.50'], [7, 'CNY', '0.07'], [500, 'JPY', '500.00'], [1234567, 'USD', '12345.67']] as const)('%i minor units of %s are %s', (minor, currency, amount) => {
    expect(bodyOf('present', { ...attempt, amount: { minor, currency } }, { ...settings, currency })).toMatchObject({ amount, currency });
  });
  test('gives back in the currency of the sale, whatever the settings say today', () => {
    const { refund } = attempt;
    expect(bodyOf('refund', { ...attempt, refund: refund && { ...refund, amount: { minor: 100, currency: 'USD' } } })).toMatchObject({ amount: '1.00', currency: 'USD' });
  });
  test('asks by the link as it was given, with the document\'s path only where none was given (document 1.6, 2.1.7)', () => {
    const self = 'https://test.omoney.com/v1/payment/65df?key=opaque';
    const at = (kept: AttemptFacts['kept']): string => omoney.build('query', { ...attempt, gatewayRef: '65df', kept }, settings, moment).url;
    expect(at({ self })).toBe(self);
    expect(at({})).toBe('https://test.omoney.com/v1/payment/65df');
  });
  test('never follows a link to another origin, with the token or without', () => {
    for (const self of ['https://evil.example/v1/payment/65df', 'http://test.omoney.com/v1/payment/65df', 'https://test.omoney.com:444/x', 'https://u:p@test.omoney.com/x', '//test.omoney.com/x', 'javascript:1']) {
      expect(omoney.build('query', { ...attempt, gatewayRef: '65df', kept: { self } }, settings, moment).url).toBe('https://test.omoney.com/v1/payment/65df');
    }
    expect(read('present', payment({ links: [{ href: 'https://evil.example/x', rel: 'self' }, { href: 'https://pay.example/x', rel: 'proceed_url' }] }))).toMatchObject({ kind: 'shown', order: { kept: {} } });
  });
  test('cancels and refunds by our own number (document 2.1.9, 2.2.2), asks a refund by its link', () => {
    expect([omoney.build('reverse', attempt, settings, moment).url, bodyOf('reverse')]).toEqual([`https://test.omoney.com/v1/payment/${attempt.attemptRef}/cancel`, {}]);
    expect([omoney.build('refund', attempt, settings, moment).url, bodyOf('refund')]).toEqual([`https://test.omoney.com/v1/refund/${attempt.attemptRef}`, { refund_order_id: 'R1', amount: '1.00', currency: 'CNY', notify_url: 'https://www.mysite.com/notify_url' }]);
    const { refund } = attempt;
    if (refund === null) throw new Error('no refund');
    const facts = { ...attempt, refund: { ...refund, gatewayRefundRef: '2c04', kept: { self: 'https://test.omoney.com/v1/refund/2c04?key=1' } } };
    expect(omoney.build('queryRefund', facts, settings, moment).url).toBe('https://test.omoney.com/v1/refund/2c04?key=1');
  });
  test('the secret is in the token\'s header alone', () => {
    const { url, headers } = omoney.token?.build(settings) ?? { url: '', headers: {} };
    expect(url).toBe('https://test.omoney.com/v1/oauth/token?grant_type=client_credentials&scope=write,read');
    expect(headers).toEqual({ authorization: `Basic ${Buffer.from('shop:hush').toString('base64')}`, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' });
    const known: AttemptFacts = { ...attempt, gatewayRef: 'p', refund: attempt.refund && { ...attempt.refund, gatewayRefundRef: 'r' } };
    for (const call of calls) expect(JSON.stringify(omoney.build(call, known, settings, moment))).not.toContain('hush');
  });
  test('without a token nothing can be built', () => {
    expect(() => omoney.build('present', attempt, settings, { ...moment, token: null })).toThrow('token');
  });
});

describe('the token', () => {
  test('of the document (1.7)', () => {
    expect(omoney.token?.read(answerOf(tokenAnswer))).toEqual({ kind: 'token', token: '653633b2-8287-47b6-a7e4-40ec252fe9a8', expiresInSeconds: 43_035 });
  });
  test.each([
    [200, '{"access_token":"","token_type":"bearer","expires_in":5}', 'unknown'], [200, '{"access_token":"a","token_type":"mac","expires_in":5}', 'unknown'], [200, '{"access_token":"a","token_type":"bearer","expires_in":0}', 'unknown'],
    [200, '{"access_token":"a b","token_type":"bearer","expires_in":5}', 'unknown'], [200, '{"access_token":"a","token_type":"bearer","expires_in":"soon"}', 'unknown'], [401, '{"error":"invalid_client"}', 'refused'], [400, '{"message":"Bad credentials"}', 'refused'], [401, '<html>', 'unknown'], [500, '{"message":"x"}', 'unknown'],
    [502, tokenAnswer, 'unknown'],
  ])('%i %s is %s', (status, body, kind) => {
    expect(omoney.token?.read(answerOf(body, status)).kind).toBe(kind);
  });
  test('without expires_in, which OAuth only recommends, is used for a minute', () => {
    expect(omoney.token?.read(answerOf('{"access_token":"a","token_type":"Bearer","scope":"write,read"}'))).toEqual({ kind: 'token', token: 'a', expiresInSeconds: 60 });
    expect(omoney.token?.read(answerOf('{"access_token":"a","token_type":"Bearer","expires_in":null}'))).toEqual({ kind: 'token', token: 'a', expiresInSeconds: 60 });
  });
  test('noise is no token', () => {
    fc.assert(fc.property(noise, (body) => {
      expect(omoney.token?.read(answerOf(body)).kind).not.toBe('token');
    }));
  });
});

describe('answers', () => {
  test('the document\'s payment shows its page and keeps its link (2.1.6)', () => {
    expect(read('present', paymentAnswer)).toEqual({
      kind: 'shown', qr: 'http://test.omoney.com:8400/standard?payment_id=65df5a6791a211e583461c6f65f84b6d', evidence: { code: 'WAIT_PAY', words: null },
      order: {
        gatewayRef: '65df5a6791a211e583461c6f65f84b6d', walletRef: '72c17f2d91a211e583461c6f65f84b6d', wallet: 'alipay', payerId: null, paidAt: null,
        kept: { self: 'http://test.omoney.com:8300/v1/payment/65df5a6791a211e583461c6f65f84b6d' },
      },
    });
    expect(said('query', paymentAnswer)).toBe('waiting');
  });
  test('every status of a payment, asked for and created (2.1.6, 2.1.8)', () => {
    const expected: Record<string, readonly [string, string]> = { SUCCESS: ['paid', 'unknown gatewayUnsure'], WAIT_PAY: ['waiting', 'shown'], FAIL: ['declined closed', 'declined other'], UNCAPTURE: ['unknown gatewayUnsure', 'unknown gatewayUnsure'] };
    expect(Object.keys(expected).toSorted()).toEqual(Object.keys(paymentStatuses).toSorted());
    for (const [status, words] of Object.entries(expected)) expect([said('query', payment({ status })), said('present', payment({ status }))], status).toEqual(words);
    expect([said('query', payment({ status: 'PAID' })), said('query', payment({ status: 'toString' }))]).toEqual(['unknown unlisted', 'unknown unlisted']);
  });
  test.each([
    ['another order', { order_id: 'x' }], ['no order', { order_id: '' }], ['another amount', { amount: '10.00' }], ['no amount', { amount: null }], ['more decimals', { amount: '1.001' }], ['a float', { amount: 1.01 }], ['another currency', { currency: 'USD' }],
  ])('%s is a mismatch, whatever it says', (_name, change) => {
    for (const call of ['present', 'query'] as const) expect(said(call, payment({ status: 'SUCCESS', ...change }))).toBe('unknown mismatch');
  });
  test('an answer that is surely ours tells its number even where its word is unknown, and one that isn\'t tells none', () => {
    expect(read('query', payment({ status: 'PAID' }))).toMatchObject({ why: 'unlisted', order: { gatewayRef: expect.stringMatching(/./) } });
    expect(read('present', payment({ status: 'UNCAPTURE' }))).toMatchObject({ why: 'gatewayUnsure', order: { gatewayRef: expect.stringMatching(/./) } });
    for (const change of [{ amount: '0.99' }, { currency: 'EUR' }, { order_id: 'x' }]) expect(read('query', payment({ status: 'PAID', ...change }))).toMatchObject({ why: 'mismatch', order: null });
  });
  test('a creation without order_id, as in the table, is shown where it names our amount and currency; it ends nothing (2.1.6)', () => {
    for (const order_id of [undefined, null, '']) expect(read('present', payment({ order_id }))).toMatchObject({ kind: 'shown', order: { gatewayRef: '65df5a6791a211e583461c6f65f84b6d' } });
    for (const change of [{ order_id: 'x' }, { amount: '1.01' }, { amount: undefined }, { currency: 'USD' }, { currency: undefined }]) expect(said('present', payment({ order_id: '', ...change }))).toBe('unknown mismatch');
    for (const status of ['SUCCESS', 'FAIL', 'UNCAPTURE', 'PAID']) expect(read('present', payment({ order_id: '', status }))).toMatchObject({ kind: 'unknown', order: null });
  });
  test('asked by its own number, a payment may leave ours out as the table does; under a number that somebody claimed it may not', () => {
    const known = { ...attempt, gatewayRef: '65df5a6791a211e583461c6f65f84b6d' };
    const asked = payment({ order_id: undefined, status: 'SUCCESS' });
    expect(said('query', asked, known)).toBe('paid');
    expect([said('query', asked), said('query', asked, { ...known, gatewayRefIsClaim: true }), said('query', asked, { ...known, gatewayRef: 'other' })]).toEqual(Array(3).fill('unknown mismatch'));
    for (const change of [{ payment_id: '' }, { amount: '1.01' }, { order_id: 'x' }]) expect(said('query', { ...asked, ...change }, known)).toBe('unknown mismatch');
  });
  test('a refund’s answer that is ours by every number keeps the number to ask by, whatever its status says (2.2.5, 2.2.6)', () => {
    for (const status of ['DONE', '', null, undefined]) {
      expect(read('refund', refunded({ status }))).toMatchObject({
        why: 'unlisted', order: null, refund: { gatewayRefundRef: '2c04080b91a211e583461c6f65f84b6d', kept: { self: 'http://test.omoney.com:8300/v1/refund/2c04080b91a211e583461c6f65f84b6d' } },
      });
    }
    for (const change of [{ refund_order_id: 'R2' }, { order_id: 'x' }, { amount: '0.99' }, { currency: 'EUR' }]) expect(read('refund', refunded({ status: 'DONE', ...change }))).not.toHaveProperty('refund');
  });
  test('case 24: a refund whose number a lost answer hid has its payment asked about, and no status of that ends it (2.1.7)', () => {
    const facts: AttemptFacts = { ...attempt, gatewayRef: '65df5a6791a211e583461c6f65f84b6d', kept: { self: 'https://test.omoney.com/v1/payment/65df?key=opaque' } };
    expect(omoney.build('queryRefund', facts, settings, moment)).toMatchObject({ method: 'GET', url: 'https://test.omoney.com/v1/payment/65df?key=opaque' });
    for (const status of [...Object.keys(paymentStatuses), 'REFUNDED']) {
      expect(read('queryRefund', payment({ status }), facts)).toEqual({ kind: 'unknown', why: 'gatewayUnsure', order: null, evidence: { code: `payment/${status}`, words: null } });
    }
    expect(said('queryRefund', payment({ amount: '9.00' }), facts)).toBe('unknown mismatch');
  });
  test('a payment with another number than the known one is a mismatch; an amount as a number is read exactly', () => {
    expect(said('query', payment({ status: 'SUCCESS' }), { ...attempt, gatewayRef: 'other' })).toBe('unknown mismatch');
    expect(said('query', payment({ status: 'SUCCESS', amount: 1 }))).toBe('paid');
  });
  test('a cancel\'s SUCCESS is no word about the money; it gives the number to ask by (2.1.9)', () => {
    expect(read('reverse', cancelAnswer)).toMatchObject({ kind: 'unknown', why: 'gatewayUnsure', order: { gatewayRef: '65df5a6791a211e583461c6f65f84b6d' } });
    expect(said('reverse', (JSON.parse(cancelAnswer) as { status: string }) && { ...(JSON.parse(cancelAnswer) as object), status: 'FAIL' })).toBe('unknown reversalRefused');
    expect(said('reverse', { ...(JSON.parse(cancelAnswer) as object), order_id: 'x' })).toBe('unknown mismatch');
    expect(Object.keys(cancelStatuses).toSorted()).toEqual(['FAIL', 'SUCCESS']);
  });
  test('every status of a refund (2.2.5)', () => {
    const expected: Record<string, string> = { SUCCESS: 'refunded', WAIT: 'refundPending', FAIL: 'refundDeclined other' };
    expect(Object.keys(expected).toSorted()).toEqual(Object.keys(refundStatuses).toSorted());
    for (const [status, words] of Object.entries(expected)) for (const call of ['refund', 'queryRefund'] as const) expect(said(call, refunded({ status }))).toBe(words);
    expect(said('refund', refunded({ status: 'DONE' }))).toBe('unknown unlisted');
  });
  test('a refund of another number, order or amount is a mismatch; the document\'s own misprint too', () => {
    for (const change of [{ refund_order_id: 'R2' }, { order_id: 'x' }, { amount: '0.99' }, { currency: 'EUR' }]) expect(said('refund', refunded({ status: 'SUCCESS', ...change }))).toBe('unknown mismatch');
    expect(said('refund', refundAnswer)).toBe('unknown mismatch');
  });
  test('case 3: {message} refuses a refund only with a 4xx status, a creation always, and answers no question (2.4)', () => {
    const error = { message: '余额不足' };
    expect([200, 400, 404, 408, 429, 499, 500].map((status) => said('refund', error, attempt, status))).toEqual(['unknown gatewayUnsure', 'refundDeclined requestRefused', 'refundDeclined requestRefused', ...Array(4).fill('unknown gatewayUnsure')]);
    expect([200, 400, 500].map((status) => said('present', error, attempt, status))).toEqual(Array(3).fill('declined requestRefused'));
    for (const call of ['query', 'queryRefund'] as const) expect(said(call, error, attempt, 404)).toBe('unknown gatewayUnsure');
    expect(said('reverse', error, attempt, 400)).toBe('unknown reversalRefused');
    expect(read('refund', error, attempt, 400)).toMatchObject({ aboutRefund: false, evidence: { words: '余额不足' } });
  });
  test('401 in the document\'s or OAuth\'s shape wants another token; a bare one is believed by questions alone', () => {
    for (const call of calls) for (const body of [{ message: 'expired' }, { error: 'invalid_token', error_description: 'x' }]) expect(said(call, body, attempt, 401)).toBe('unknown tokenRefused');
    expect([said('query', '', attempt, 401), said('refund', '', attempt, 401), said('present', '<html>', attempt, 401)]).toEqual(['unknown tokenRefused', 'unknown unlisted', 'unknown unlisted']);
  });
  test('noise is unknown, whatever was asked', () => {
    fc.assert(fc.property(fc.constantFrom(...calls), fc.constantFrom(200, 201, 204, 502), noise, (call, status, body) => {
      expect(read(call, body, attempt, status).kind).toBe('unknown');
    }));
  });
});

describe('notifications', () => {
  const post = (body: string | Uint8Array, change: Partial<NotificationRequest> = {}) => omoney.notification?.read({ method: 'POST', headers: {}, query: '', body: typeof body === 'string' ? new TextEncoder().encode(body) : body, ...change }, settings);

  test('a chargeback is told with its reason, whatever its word; an ordinary one says nothing of it (2.1.8)', () => {
    const withStatus = (status: unknown, reason = '') => post(JSON.stringify({ order_id: 'M1', payment_id: 'P1', status: 'SUCCESS', chargeback_status: status, chargeback_reason: reason }));
    expect(withStatus('chargeback', 'item not received')).toMatchObject({ kind: 'about', attemptRef: 'M1', verified: false, dispute: 'chargeback: item not received' });
    expect([withStatus('fraud'), withStatus('retrieval')]).toMatchObject([{ dispute: 'fraud' }, { dispute: 'retrieval' }]);
    for (const status of ['', ' ', null, undefined, {}]) expect(withStatus(status)).not.toHaveProperty('dispute');
  });

  test('name what to ask about and are never verified (2.1.8, 2.2.7)', () => {
    expect(post(paymentNotice)).toEqual({
      kind: 'about', attemptRef: attempt.attemptRef, gatewayRef: '65df5a6791a211e583461c6f65f84b6d', refundRef: null, verified: false, reply: { status: 200, contentType: 'text/plain', body: 'OK' },
    });
    expect(post(refundAnswer)).toMatchObject({ kind: 'about', refundRef: 'e8578eb-91a0-11e5-8346-1c6f65f84b6d', verified: false });
  });
  test('noise is refused', () => {
    fc.assert(fc.property(noise, (body) => {
      expect(post(body)?.kind).toBe('refused');
    }));
    expect(post(paymentNotice, { method: 'GET' })?.kind).toBe('refused');
  });
});

test('means of payment (2.2.11, 2.2.12)', () => {
  expect(paymentMethodsRequest('CN', settings, moment)).toMatchObject({ method: 'GET', url: 'https://test.omoney.com/v1/paymentmethod?currency=CNY&country=CN&type=WAP', body: null });
  expect(readPaymentMethods(answerOf(paymentMethodsAnswer))?.map(({ code }) => code)).toEqual(['ADYEN_UNIONPAY', 'GOO_MASTERCARD', 'GOO_VISA']);
  expect([readPaymentMethods(answerOf('{"message":"no"}', 400)), readPaymentMethods(answerOf('[1]')), readPaymentMethods(answerOf('x'))]).toEqual([null, null, null]);
});
