/** Omipay: the document's own examples, all its words, the money rules at its answers, and noise. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttemptFacts, Call, OrderFacts, Outcome } from '../gateway.ts';
import { answerOf, asText, calls, inWords, noise, testAttempt, testCode, testMoment } from '../../testing/gateway-answers.ts';
import { exactDecimal, scaledDecimal } from '../../money/exact-decimal.ts';
import { buildExchangeRateRequest, readExchangeRate } from './exchange-rate.ts';
import { captured, curlyQuotes, exampleOrderNo, exampleOutOrderNo, examples } from './fixtures/examples.ts';
import { omipay } from './index.ts';
import { sign } from './sign.ts';
import { errorCodes, orderStatuses, returnCodes } from './table.ts';

const settings = omipay.settings.parse({
  baseUrl: 'https://www.omipay.com.au/omipay/api/v2', merchantNumber: '123456', secretKey: '0af61531c6c04ac4ac910d0cd59e6238', posNumber: 'posno_123',
  notifyUrl: 'https://your_site.com/receive_notify.html',
});
const attempt = testAttempt({ attemptRef: exampleOutOrderNo, amount: { minor: 100, currency: 'AUD' } });
const asked: AttemptFacts = { ...attempt, gatewayRef: exampleOrderNo, code: null };

const read = (call: Call, body: unknown, facts: AttemptFacts = call === 'query' ? asked : attempt): Outcome => omipay.read(call, facts, answerOf(body), settings);
const said = (call: Call, body: unknown, facts?: AttemptFacts) => inWords(read(call, body, facts));
const scanned = (more: object = {}) => ({ return_code: 'SUCCESS', order_no: exampleOrderNo, out_order_no: exampleOutOrderNo, order_time: '20161227105602', ...more });
const queried = (result_code: string, more: object = {}) => ({ return_code: 'SUCCESS', result_code, currency: 'AUD', amount: 100, pay_currency: 'CNY', pay_amount: 561, ...more });
const fail = (error_code: string, more: object = {}) => ({ return_code: 'FAIL', error_code, error_msg: 'words', ...more });

describe('requests', () => {
  const signature = '8516A3B52F9C8897F52239B19CD8A499';
  const common = `m_number=123456&timestamp=1482812036067&nonce_str=313644f42ecd4758b5e23b80e86efdc4&sign=${signature}`;

  test("the document's signature (2.3, README)", () => {
    expect(sign('123456', '1482812036067', '313644f42ecd4758b5e23b80e86efdc4', '0af61531c6c04ac4ac910d0cd59e6238')).toBe(signature);
  });

  test('MakeScanOrder is a POST of a signed query string (2.1, 3.4)', () => {
    const request = omipay.build('pay', { ...attempt, subject: '测试商品 & more' }, settings, testMoment);
    expect(request).toEqual({
      method: 'POST',
      url: `https://www.omipay.com.au/omipay/api/v2/MakeScanOrder?${common}&order_name=%E6%B5%8B%E8%AF%95%E5%95%86%E5%93%81%20%26%20more&currency=AUD&amount=100`
        + `&notify_url=https%3A%2F%2Fyour_site.com%2Freceive_notify.html&qrcode=${testCode}&pos_no=posno_123&out_order_no=SEORD000001`,
      headers: { 'content-type': 'application/json' },
      body: null,
    });
    expect(request.url).not.toContain(settings.secretKey);
  });

  test('QueryOrder asks by order_no (3.8)', () => {
    expect(omipay.build('query', asked, settings, testMoment).url).toBe(`https://www.omipay.com.au/omipay/api/v2/QueryOrder?${common}&order_no=${exampleOrderNo}`);
  });

  test('GetExchangeRate is read exactly (3.1)', () => {
    expect(buildExchangeRateRequest('AUD', 'CNY', settings, testMoment).url).toBe(`https://www.omipay.com.au/omipay/api/v2/GetExchangeRate?${common}&currency=AUD&base_currency=CNY`);
    expect(buildExchangeRateRequest('AUD', 'CNY', settings, testMoment, { platform: 'UPI', language: 'EN' }).url).toMatch(/&base_currency=CNY&platform=UPI&language=EN$/);
    expect(readExchangeRate(answerOf('{ "return_code": "SUCCESS", "rate": 5.01540000 }'))).toEqual({ kind: 'rate', rate: { digits: '50154', scale: 4 } });
    for (const body of ['{ "return_code": "FAIL", "rate": 5.01540000 }', '{ "return_code": "SUCCESS", "rate": "x" }', '{ "return_code": "SUCCESS", "rate": 0.0 }', '{ "return_code": "OK", "rate": 5 }', '']) {
      expect(readExchangeRate(answerOf(body))).toMatchObject({ kind: 'unknown', why: 'unlisted' });
    }
  });

  test('GetExchangeRate: the error codes of 2.4 and 3.1', () => {
    const refused: Record<string, string> = {
      PARAMETER_INVALID: 'requestRefused', SIGN_TIMEOUT: 'clockOff', SIGN_TIMEOUOT: 'clockOff', MERCHANTNO_INVALID: 'terminalUnknown', SIGN_ERROR: 'wrongKey', MERCHANTNO_DISABLE: 'merchantBlocked',
      BRANCH_INVALID: 'terminalUnknown', CURRENCY_ERROR: 'other',
    };
    for (const code of [...Object.keys(errorCodes), 'NEW']) {
      const reason = refused[code];
      const why = code === 'SYSTEM_ERROR' ? 'gatewayUnsure' : 'unlisted';
      expect(readExchangeRate(answerOf(fail(code))), code).toMatchObject(reason === undefined ? { kind: 'unknown', why } : { kind: 'refused', reason, evidence: { code: `FAIL/${code}`, words: 'words' } });
    }
  });

  test('one exact type for both forms of the rate: the sale shows what the payer is charged (3.1, 3.8)', () => {
    const body = '{ "return_code": "SUCCESS", "result_code": "PAID", "currency": "AUD", "amount": 100, "pay_currency": "CNY", "pay_amount": 502, "exchange_rate": 501540000 }';
    const charged = (text: string) => (read('query', text) as { order?: OrderFacts }).order?.charged;
    expect(charged(body)).toEqual({ rate: '5.0154', currency: 'CNY', minor: 502 });
    expect(charged(body.replace('502', '"?"'))).toEqual({ rate: '5.0154', currency: 'CNY', minor: null });
    expect(charged(body.replace('501540000', '0'))).toEqual({ rate: null, currency: 'CNY', minor: 502 });
    expect(charged(body.replace(', "pay_amount": 502, "exchange_rate": 501540000', ''))).toBeUndefined();
    expect(charged(body.replace('"pay_currency": "CNY"', '"pay_currency": "AUD"'))).toBeUndefined();
    // With the words that captured answers have besides (FIELD), nothing of it is lost.
    const said = body.replace('{ ', '{ "msg": "success", "success": true, ');
    expect([charged(said), read('query', said).evidence.words]).toEqual([{ rate: '5.0154', currency: 'CNY', minor: 502 }, 'success']);
    expect(scaledDecimal('501540000', 8)).toEqual(exactDecimal('5.01540000'));
    expect(scaledDecimal('650000000', 8)).toEqual(exactDecimal('6.5'));
  });

  test('without a notify address none is sent', () => {
    const { notifyUrl: _none, ...rest } = settings;
    expect(omipay.build('pay', attempt, rest, testMoment).url).not.toContain('notify_url');
  });

  test('what can not be is a broken invariant', () => {
    expect(() => omipay.build('pay', { ...attempt, code: null }, settings, testMoment)).toThrow('code');
    expect(() => omipay.build('query', attempt, settings, testMoment)).toThrow('order number');
    expect(() => omipay.build('reverse', asked, settings, testMoment)).toThrow('no reversal');
  });
});

describe("the document's examples", () => {
  test.each([...examples, ...captured].map((example) => [example.section, example] as const))('%s', (_section, example) => {
    expect(said(example.call, example.body)).toBe(example.outcome);
    expect(omipay.read(example.call, example.call === 'query' ? asked : attempt, answerOf(example.body, 500), settings)).toEqual(read(example.call, example.body));
  });

  test('with curly quotation marks they are no JSON, and unknown', () => {
    expect(said('query', curlyQuotes)).toBe('unknown unlisted');
  });
});

describe('every word of the document has a row', () => {
  const words = (text: string) => text.trim().split(/\s+/);

  test('return codes and order states (3.8)', () => {
    expect(Object.keys(returnCodes)).toEqual(['SUCCESS', 'FAIL']);
    expect(Object.keys(orderStatuses)).toEqual(words('READY PAYING PAID SETTLED CANCELLED FAILED'));
  });

  test('error codes of 2.4, 3.1, 3.2, 3.3, 3.4, 3.8, 3.10, 3.11', () => {
    expect(Object.keys(errorCodes)).toEqual(expect.arrayContaining(words(`
      MERCHANTNO_INVALID SIGN_ERROR SYSTEM_ERROR MERCHANTNO_DISABLE BRANCH_INVALID PARAMETER_INVALID SIGN_TIMEOUT SIGN_TIMEOUOT CURRENCY_ERROR
      WEBSTORE_NOT_EXISTS AMOUNT_INVALID WECHAT_STORE_NOT_EXISTS USERPAYING ORDER_PAID POS_NOT_REGISTERED NOT_ENOUGH CARD_NOT_SUPPORT ORDER_CLOSED
      QRCODE_EXPIRED QRCODE_ERROR PERMISSION_ERROR ORDER_NO_ERROR ORDER_NOT_PAID AMOUNT_OVER_LIMIT REFUND_NO_ERROR`)));
  });
});

describe('MakeScanOrder (3.4)', () => {
  test('SUCCESS is paid on our number; it names no amount (CASES 23)', () => {
    expect(read('pay', scanned())).toEqual({
      kind: 'paid', order: { gatewayRef: exampleOrderNo, walletRef: null, wallet: null, payerId: null, paidAt: null },
      aboutOrder: true, amountCompared: false, saysAlreadyPaid: false, evidence: { code: 'SUCCESS', words: null },
    });
    expect(read('pay', scanned({ currency: 'AUD', amount: 100, platform: 'UPI' }))).toMatchObject({ amountCompared: true, order: { wallet: 'unionpay' } });
  });

  test('SUCCESS without our number, or about another order or sum, is unknown', () => {
    for (const change of [{ out_order_no: '' }, { out_order_no: null }, { out_order_no: undefined }, { out_order_no: 'SEORD000002' }, { amount: 101 }, { currency: 'CNY' }]) {
      expect(said('pay', scanned(change))).toBe('unknown mismatch');
    }
    expect(said('pay', scanned(), { ...attempt, gatewayRef: 'another' })).toBe('unknown mismatch');
    expect(said('pay', scanned({ result_code: 'FAILED' }))).toBe('unknown gatewayUnsure');
    expect(said('pay', scanned({ result_code: 'Paid' }))).toBe('paid');
    expect(said('pay', scanned({ data: { out_order_no: 'SEORD000002' } }))).toBe('unknown unlisted');
  });

  test('USERPAYING waits and keeps the order number', () => {
    expect(read('pay', fail('USERPAYING', { order_no: exampleOrderNo }))).toMatchObject({ kind: 'waiting', order: { gatewayRef: exampleOrderNo } });
    expect(read('pay', fail('USERPAYING'))).toMatchObject({ kind: 'waiting', order: { gatewayRef: null } });
    expect(said('pay', fail('USERPAYING', { out_order_no: 'SEORD000002' }))).toBe('unknown mismatch');
  });

  test('ORDER_PAID and ORDER_CLOSED speak of the order (CASES 2, 5, 22)', () => {
    expect(read('pay', fail('ORDER_PAID'))).toMatchObject({ kind: 'paid', saysAlreadyPaid: true, aboutOrder: true, amountCompared: false });
    expect(said('pay', fail('ORDER_PAID', { out_order_no: 'SEORD000002' }))).toBe('unknown mismatch');
    expect(read('pay', fail('ORDER_CLOSED'))).toMatchObject({ kind: 'declined', reason: 'closed', aboutOrder: true });
  });

  test.each([
    ['SIGN_TIMEOUT', 'declined clockOff', 'unknown keyRefused'], ['SIGN_TIMEOUOT', 'declined clockOff', 'unknown keyRefused'],
    ['SIGN_ERROR', 'declined wrongKey', 'unknown keyRefused'], ['MERCHANTNO_INVALID', 'declined terminalUnknown', 'unknown keyRefused'],
    ['MERCHANTNO_DISABLE', 'declined merchantBlocked', 'unknown keyRefused'], ['BRANCH_INVALID', 'declined terminalUnknown', 'unknown keyRefused'],
    ['POS_NOT_REGISTERED', 'declined terminalUnknown', 'unknown unlisted'], ['NOT_ENOUGH', 'declined insufficientBalance', 'unknown unlisted'],
    ['CARD_NOT_SUPPORT', 'declined cardNotSupported', 'unknown unlisted'], ['QRCODE_EXPIRED', 'declined codeExpired', 'unknown unlisted'],
    ['QRCODE_ERROR', 'declined codeInvalid', 'unknown unlisted'], ['AMOUNT_INVALID', 'declined amountRefused', 'unknown unlisted'],
    ['PARAMETER_INVALID', 'declined requestRefused', 'unknown gatewayUnsure'], ['SYSTEM_ERROR', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['PERMISSION_ERROR', 'unknown unlisted', 'unknown gatewayUnsure'], ['ORDER_PAID', 'paid', 'unknown unlisted'], ['USERPAYING', 'waiting', 'unknown unlisted'],
    ['ORDER_NO_ERROR', 'unknown unlisted', 'unknown unlisted'], ['CURRENCY_ERROR', 'unknown unlisted', 'unknown unlisted'],
    ['', 'unknown unlisted', 'unknown unlisted'], ['SOMETHING_NEW', 'unknown unlisted', 'unknown unlisted'], ['toString', 'unknown unlisted', 'unknown unlisted'],
  ])('FAIL with %s: %s to a payment, %s to a query', (errorCode, pay, query) => {
    expect(said('pay', fail(errorCode))).toBe(pay);
    expect(said('query', fail(errorCode))).toBe(query);
    expect(said('reverse', fail(errorCode))).toBe('unknown unlisted');
  });

  test('a refusal of this request says nothing about the order', () => {
    for (const errorCode of ['QRCODE_EXPIRED', 'SIGN_ERROR', 'AMOUNT_INVALID']) expect(read('pay', fail(errorCode))).toMatchObject({ aboutOrder: false });
    expect(said('pay', fail('QRCODE_EXPIRED', { out_order_no: 'SEORD000002' }))).toBe('unknown mismatch');
  });
});

describe('QueryOrder (3.8)', () => {
  test.each([
    ['PAID', 'paid'], ['Paid', 'paid'], ['SETTLED', 'paid'], ['READY', 'waiting'], ['paying', 'waiting'], ['CANCELLED', 'declined closed'], ['Failed', 'declined other'],
    ['', 'unknown unlisted'], ['CLOSED', 'unknown unlisted'], ['REFUNDED', 'unknown unlisted'],
  ])('%s is %s', (state, outcome) => {
    expect(said('query', queried(state))).toBe(outcome);
  });

  test('PAYING says that the payer is at it, READY that nobody is', () => {
    expect(read('query', queried('PAYING'))).toMatchObject({ kind: 'waiting', payerIsThere: true });
    expect(read('query', queried('READY'))).toMatchObject({ kind: 'waiting', payerIsThere: false });
  });

  test.each(['PAID', 'SETTLED', 'READY', 'PAYING', 'CANCELLED', 'FAILED'])('%s is believed only of our order and sum', (state) => {
    for (const change of [{ amount: 101 }, { amount: '1.00' }, { currency: 'CNY' }, { out_order_no: 'SEORD000002' }, { order_no: 'another' }]) {
      expect(said('query', queried(state, change))).toBe('unknown mismatch');
    }
    expect(said('query', queried(state, { out_order_no: exampleOutOrderNo, order_no: exampleOrderNo }))).not.toContain('unknown');
    // Money is believed with its amount alone; a state that promises none may leave it out.
    const isPaid = state === 'PAID' || state === 'SETTLED';
    expect(said('query', queried(state, { amount: null })).startsWith('unknown mismatch')).toBe(isPaid);
    expect(said('query', queried(state, { currency: '' }))).not.toContain('unknown');
    // Nobody can have asked without Omipay's number; our own would have to be there.
    expect(said('query', queried(state), attempt)).toBe('unknown mismatch');
  });

  test('states what it compared, and no time: its zone is unknown (2.2)', () => {
    expect(read('query', queried('PAID', { pay_time: '20161227105602' }))).toMatchObject({ amountCompared: true, saysAlreadyPaid: false, aboutOrder: true, order: { paidAt: null } });
    expect(read('query', queried('FAILED'))).toMatchObject({ aboutOrder: true });
  });
});

describe('noise', () => {
  const anyText = fc.oneof(
    fc.constantFrom('', 'SUCCESS', 'FAIL', 'AUD', 'CNY', '100', 100, exampleOrderNo, exampleOutOrderNo, testCode),
    fc.constantFrom(...Object.keys(errorCodes), ...Object.keys(orderStatuses)), fc.string(), fc.jsonValue({ maxDepth: 1 }),
  );
  const fields = { return_code: anyText, result_code: anyText, error_code: anyText, error_msg: anyText, order_no: anyText, out_order_no: anyText, currency: anyText, amount: anyText };
  const anyAnswer = fc.record({ ...fields, data: fc.oneof(anyText, fc.record(fields, { requiredKeys: [] })) }, { requiredKeys: [] });

  test('never throws and ends nothing', () => {
    fc.assert(fc.property(noise, fc.constantFrom(...calls), (body, call) => {
      expect(said(call, body)).toBe('unknown unlisted');
    }));
  });

  test('answers put together by chance are paid only on our number and sum, and never leak the code', () => {
    fc.assert(fc.property(anyAnswer, fc.constantFrom(...calls), (body, call) => {
      const outcome = omipay.read(call, call === 'query' ? { ...asked, code: testCode } : attempt, answerOf(body), settings);
      expect(JSON.stringify(outcome)).not.toContain(testCode);
      const said: Record<string, unknown> = { ...body, ...(typeof body.data === 'object' ? body.data : {}) };
      const sumIsOurs = [undefined, null, '', 'AUD'].includes(said['currency'] as string) && ['', '100', 'null'].includes(asText(said['amount']));
      const numberIsOurs = said['out_order_no'] === exampleOutOrderNo;
      const compared = outcome.kind === 'paid' && (call === 'query' ? outcome.amountCompared : outcome.saysAlreadyPaid || numberIsOurs);
      expect(outcome.kind !== 'paid' || (sumIsOurs && compared)).toBe(true);
    }), { numRuns: 2000 });
  });

  test('a payment code in the gateway words is masked', () => {
    expect(read('pay', fail('QRCODE_ERROR', { error_msg: `bad qrcode ${testCode}` })).evidence.words).toBe('bad qrcode ****');
  });
});
