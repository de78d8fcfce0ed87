/** Shouqianba: the document's own examples, its whole appendices, the money rules at its answers, and noise. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttemptFacts, Call, Outcome } from '../gateway.ts';
import { answerOf, asText, calls, inWords, noise, testAttempt, testCode, testMoment } from '../../testing/gateway-answers.ts';
import { captured, examples } from './fixtures/examples.ts';
import { shouqianba } from './index.ts';
import { authorization } from './sign.ts';
import { businessCodes, businessErrors, communicationErrors, orderStatuses, resultCodes, transactionStatuses } from './table.ts';

const settings = shouqianba.settings.parse({ baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100000330001', terminalKey: 'c9d5ff0d4d2f1ef1f9f0a2f1f5ee43ad' });
const attempt = testAttempt();
const data = { sn: '7894259244067349', client_sn: attempt.attemptRef, status: 'SUCCESS', order_status: 'PAID', total_amount: '3850', payway: '3' };

const business = (result_code: string, more: object = {}) => ({ result_code: '200', biz_response: { result_code, ...more } });
const read = (call: Call, body: unknown, facts: AttemptFacts = attempt): Outcome => shouqianba.read(call, facts, answerOf(body), settings);
const said = (call: Call, body: unknown, facts?: AttemptFacts) => inWords(read(call, body, facts));
const status = (order_status: string, more: object = {}) => business('SUCCESS', { data: { ...data, order_status, status: '', ...more } });
const fail = (error_code: string, more: object = {}) => business('FAIL', { error_code, error_message: 'words', data: null, ...more });

describe('requests', () => {
  const bodyOf = (call: Call, facts: AttemptFacts = attempt) => {
    const request = shouqianba.build(call, facts, settings, testMoment);
    const bytes = request.body ?? new Uint8Array();
    return { request, bytes, fields: JSON.parse(new TextDecoder().decode(bytes)) };
  };

  test('pay sends exactly what it signed (document 2.2, 3.2.2)', () => {
    const { request, bytes, fields } = bodyOf('pay', testAttempt({ subject: '小店', operator: '刘侃' }));
    expect(request.method).toBe('POST');
    expect(request.url).toBe('https://vsi-api.shouqianba.com/upay/v2/pay');
    const signature = createHash('md5').update(Buffer.concat([bytes, Buffer.from(settings.terminalKey)])).digest('hex');
    expect(request.headers).toEqual({ 'content-type': 'application/json', authorization: `100000330001 ${signature}` });
    expect(fields).toEqual({
      terminal_sn: '100000330001', client_sn: attempt.attemptRef, total_amount: '3850', dynamic_id: testCode,
      subject: '小店', operator: '刘侃', device_id: 'T01',
    });
  });

  test('query and cancel name both numbers, ours always', () => {
    expect(bodyOf('query').fields).toEqual({ terminal_sn: '100000330001', client_sn: attempt.attemptRef });
    const { request, fields } = bodyOf('reverse', testAttempt({ gatewayRef: '789' }));
    expect(request.url).toBe('https://vsi-api.shouqianba.com/upay/v2/cancel');
    expect(fields).toEqual({ terminal_sn: '100000330001', client_sn: attempt.attemptRef, sn: '789' });
    expect(bodyOf('query').request.url).toBe('https://vsi-api.shouqianba.com/upay/v2/query');
  });

  test('texts are cut to the lengths of the document in bytes, by whole characters', () => {
    const { fields } = bodyOf('pay', testAttempt({ subject: '😀'.repeat(70), operator: '刘'.repeat(40), terminalId: 'T'.repeat(40) }));
    expect(fields.subject).toBe('😀'.repeat(16));
    expect(fields.operator).toBe('刘'.repeat(10));
    expect(fields.device_id).toBe('T'.repeat(32));
  });

  test('the signature is lower-case MD5 of body and key', () => {
    expect(authorization('1', 'key', new TextEncoder().encode('{}'))).toBe(`1 ${createHash('md5').update('{}key').digest('hex')}`);
  });

  test('what can not be is a broken invariant', () => {
    expect(() => bodyOf('pay', testAttempt({ code: null }))).toThrow('code');
    expect(() => bodyOf('pay', testAttempt({ amount: { minor: 1, currency: 'AUD' } }))).toThrow('fen');
  });
});

describe("the document's examples", () => {
  test.each([...examples, ...captured].map((example) => [example.section, example] as const))('%s', (_section, example) => {
    const facts = testAttempt({ attemptRef: example.attemptRef, amount: { minor: 1, currency: 'CNY' } });
    expect(said(example.call, example.body, facts)).toBe(example.outcome);
    // HTTP status alone decides nothing (CASES 3).
    expect(shouqianba.read(example.call, facts, answerOf(example.body, 502), settings)).toEqual(read(example.call, example.body, facts));
  });

  test('name the order, the wallet and the time of payment', () => {
    const facts = testAttempt({ attemptRef: '12345677767776', amount: { minor: 1, currency: 'CNY' } });
    expect(read('pay', examples[0]?.body, facts)).toEqual({
      kind: 'paid',
      order: { gatewayRef: '7894259244067349', walletRef: '1006101016201512081965934048', wallet: 'wechat', payerId: 'okSzXt3uY4-W8fKBH7B4z8seMzBU', paidAt: 1_449_569_460_430 },
      aboutOrder: true, amountCompared: true, saysAlreadyPaid: false,
      evidence: { code: 'PAY_SUCCESS/PAID', words: null },
    });
    expect(read('pay', examples[1]?.body, facts)).toMatchObject({ aboutOrder: true, order: { gatewayRef: '7894259244067344' }, evidence: { code: 'PAY_FAIL/EXPIRED_BARCODE', words: '过期的支付条码' } });
  });

  test('with the comma that the document prints they are no JSON, and unknown', () => {
    expect(said('pay', '{"result_code":"400","error_code":"TERMINAL_NOT_EXISTS",}')).toBe('unknown unlisted');
  });
});

describe('every word of the appendices has a row', () => {
  const words = (text: string) => text.trim().split(/\s+/);

  test('appendix 1, result codes', () => {
    expect(Object.keys(resultCodes)).toEqual(['200', '400', '500']);
    const listed = words('INVALID_PARAMS INVALID_TERMINAL ILLEGAL_SIGN INVALID_BARCODE UNKNOWN_SYSTEM_ERROR UNEXPECTED_PROVIDER_ERROR');
    expect(Object.keys(communicationErrors)).toEqual(expect.arrayContaining([...listed, ...words('INVALID_PARAMETER TERMINAL_NOT_EXISTS MAINTENANCE_INPROGRESS')]));
  });

  test('appendix 2 and FIELD, business codes', () => {
    expect(Object.keys(businessCodes)).toEqual(expect.arrayContaining(words(`
      PAY_SUCCESS PAY_FAIL PAY_FAIL_ERROR CANCEL_SUCCESS CANCEL_ERROR CANCEL_ABORT_ERROR CANCEL_ABORT_SUCCESS REFUND_SUCCESS REFUND_ERROR
      PRECREATE_SUCCESS PRECREATE_FAIL SUCCESS FAIL
      PAY_IN_PROGRESS PAY_FAIL_IN_PROGRESS CANCEL_IN_PROGRESS CANCEL_ABORT_IN_PROGRESS REFUND_IN_PROGRESS REFUND_FAIL REFUND_FAIL_ERROR
      PRECREATE_IN_PROGRESS PRECREATE_FAIL_IN_PROGRESS PRECREATE_FAIL_ERROR`)));
  });

  test('appendix 3 and FIELD, order states', () => {
    expect(Object.keys(orderStatuses)).toEqual(expect.arrayContaining(words(`
      CREATED PAID PAY_CANCELED PAY_ERROR REFUNDED PARTIAL_REFUNDED REFUND_ERROR CANCELED CANCEL_ERROR
      CANCEL_INPROGRESS REFUND_INPROGRESS IN_QUEUE INVALID_STATUS_CODE`)));
  });

  test('appendix 4, transaction states', () => {
    expect(Object.keys(transactionStatuses)).toEqual(words('SUCCESS FAIL_CANCELED FAIL_PROTOCOL_1 FAIL_IO_1 FAIL_PROTOCOL_2 FAIL_IO_2 FAIL_PROTOCOL_3 FAIL_ERROR CANCEL_ERROR REFUND_ERROR'));
  });

  test('appendix 5 and FIELD, error codes', () => {
    expect(Object.keys(businessErrors)).toEqual(expect.arrayContaining(words(`
      AUTHCODE_EXPIRE INVALID_BARCODE INSUFFICIENT_FUND EXPIRED_BARCODE BUYER_OVER_DAILY_LIMIT BUYER_OVER_TRANSACTION_LIMIT SELLER_OVER_DAILY_LIMIT
      TRADE_NOT_EXIST TRADE_HAS_SUCCESS SELLER_BALANCE_NOT_ENOUGH REFUND_AMT_NOT_EQUAL_TOTAL TRADE_FAILED CLIENT_SN_CONFLICT UPAY_ORDER_NOT_EXIST
      REFUND_REQUEST_CONFLICT UNEXPECTED_PROVIDER_ERROR UPAY_ORDER_NOT_EXISTS UPAY_CANCEL_INVALID_ORDER_STATE UPAY_REFUND_INVALID_ORDER_STATE
      TRADE_TIMEOUT UPAY_CANCEL_ORDER_NOOP UPAY_REFUND_ORDER_NOOP UPAY_TCP_ORDER_NOT_REFUNDABLE ACCOUNT_BALANCE_NOT_ENOUGH
      REFUNDABLE_AMOUNT_NOT_ENOUGH UPAY_TERMINAL_NOT_EXISTS UPAY_TERMINAL_STATUS_ABNORMAL UPAY_STORE_OVER_DAILY_LIMIT EXTERNAL_SERVICE_EXCEPTION
      PAY_STATUS_CLOSED`)));
  });
});

describe('query: every order state (appendix 3)', () => {
  test.each([
    ['CREATED', 'waiting'], ['IN_QUEUE', 'waiting'], ['PAID', 'paid'], ['PARTIAL_REFUNDED', 'paid'], ['PAY_CANCELED', 'declined other'],
    ['CANCELED', 'reversed'], ['REFUNDED', 'reversed'],
    ['PAY_ERROR', 'unknown gatewayUnsure'], ['REFUND_ERROR', 'unknown gatewayUnsure'], ['REFUND_INPROGRESS', 'unknown gatewayUnsure'],
    ['CANCEL_ERROR', 'unknown gatewayUnsure'], ['CANCEL_INPROGRESS', 'unknown gatewayUnsure'], ['INVALID_STATUS_CODE', 'unknown gatewayUnsure'],
    ['', 'unknown unlisted'], ['paid', 'unknown unlisted'], ['SUCCESS', 'unknown unlisted'], ['constructor', 'unknown unlisted'],
  ])('%s is %s', (order_status, outcome) => {
    expect(said('query', status(order_status))).toBe(outcome);
  });

  test.each(['PAID', 'CREATED', 'PAY_CANCELED', 'CANCELED', 'REFUNDED', 'PARTIAL_REFUNDED'])('%s of another order is no word about ours', (order_status) => {
    for (const change of [{ client_sn: 'S9' }, { total_amount: '3851' }, { total_amount: '38.50' }, { total_amount: '-3850' }]) {
      expect(said('query', status(order_status, change))).toBe('unknown mismatch');
    }
    expect(said('query', status(order_status), testAttempt({ gatewayRef: '1' }))).toBe('unknown mismatch');
    // One of the two numbers is enough, where neither is another's; without both, only "in progress" is heard, which promises nothing.
    expect(said('query', status(order_status, { sn: '' }), testAttempt({ gatewayRef: '1' }))).not.toContain('unknown');
    expect(said('query', status(order_status, { client_sn: '' }), testAttempt({ gatewayRef: data.sn }))).not.toContain('unknown');
    for (const change of [{ client_sn: '' }, { client_sn: null }, { client_sn: '', sn: '' }]) {
      expect(said('query', status(order_status, change))).toBe(order_status === 'CREATED' ? 'waiting' : 'unknown mismatch');
    }
    expect(said('query', status(order_status), testAttempt({ gatewayRef: data.sn }))).not.toContain('unknown');
    expect(said('query', status(order_status), testAttempt({ amount: { minor: 3850, currency: 'AUD' } }))).toBe('unknown mismatch');
  });

  test('paid needs the amount, and never looks at what remains after discounts', () => {
    expect(said('query', status('PAID', { total_amount: '' }))).toBe('unknown mismatch');
    expect(said('query', status('PAID', { net_amount: '0' }))).toBe('paid');
    expect(said('query', status('PAID', { net_amount: '97' }))).toBe('paid');
  });

  test('a transaction state that contradicts the end of the order keeps it open (appendix 4)', () => {
    expect(said('query', status('PAID', { status: 'FAIL_CANCELED' }))).toBe('unknown gatewayUnsure');
    expect(said('query', status('PAY_CANCELED', { status: 'FAIL_ERROR' }))).toBe('unknown gatewayUnsure');
    expect(said('query', status('PAY_CANCELED', { status: 'FAIL_CANCELED' }))).toBe('declined other');
    expect(said('query', status('CANCELED', { status: 'CANCEL_ERROR' }))).toBe('unknown gatewayUnsure');
    expect(said('query', status('PAID', { status: 'SOMETHING' }))).toBe('unknown unlisted');
    expect(said('query', status('CREATED', { status: 'IN_PROG' }))).toBe('waiting');
  });

  test('the time of payment is not that of a later refund', () => {
    const times = { finish_time: '1449569460430', channel_finish_time: '1449569460000' };
    expect(read('query', status('PAID', times))).toMatchObject({ order: { paidAt: 1_449_569_460_430 } });
    expect(read('query', status('PAID', { finish_time: times.finish_time, channel_finish_time: '' }))).toMatchObject({ order: { paidAt: 1_449_569_460_430 } });
    expect(read('query', status('PARTIAL_REFUNDED', times))).toMatchObject({ order: { paidAt: null } });
    expect(read('query', status('PAID', { finish_time: '20151208' }))).toMatchObject({ order: { paidAt: null } });
  });

  test.each([['1', 'alipay'], ['2', 'alipay'], ['3', 'wechat'], ['17', 'unionpay'], ['6', 'other'], ['', null]])('payway %j is %s', (payway, wallet) => {
    expect(read('query', status('PAID', { payway }))).toMatchObject({ order: { wallet } });
  });
});

describe('pay', () => {
  test('is paid only as PAY_SUCCESS and PAID and ours', () => {
    expect(said('pay', business('PAY_SUCCESS', { data }))).toBe('paid');
    for (const order_status of Object.keys(orderStatuses).filter((one) => one !== 'PAID')) {
      expect(said('pay', business('PAY_SUCCESS', { data: { ...data, order_status } }))).toBe('unknown gatewayUnsure');
    }
    expect(said('pay', business('PAY_SUCCESS', { data: { ...data, order_status: '' } }))).toBe('unknown unlisted');
    expect(said('pay', business('PAY_SUCCESS', { data: { ...data, client_sn: 'S9' } }))).toBe('unknown mismatch');
    expect(said('pay', business('PAY_SUCCESS', { data: null }))).toBe('unknown unlisted');
    expect(said('pay', business('PAY_SUCCESS', { data: [] }))).toBe('unknown unlisted');
    expect(said('pay', { ...business('PAY_SUCCESS', { data }), result_code: '400' })).toBe('unknown unlisted');
    expect(said('pay', { ...business('PAY_SUCCESS', { data }), result_code: '500' })).toBe('unknown gatewayUnsure');
    expect(said('pay', { ...business('PAY_SUCCESS', { data }), result_code: '201' })).toBe('unknown unlisted');
  });

  test('in progress is waiting where it is ours', () => {
    expect(said('pay', business('PAY_IN_PROGRESS', { data: { ...data, order_status: 'CREATED', status: 'IN_PROG' } }))).toBe('waiting');
    expect(said('pay', business('PAY_IN_PROGRESS', { data: { ...data, order_status: 'PAID' } }))).toBe('unknown gatewayUnsure');
    expect(said('pay', business('PAY_IN_PROGRESS', { data: null }))).toBe('waiting');
    expect(said('pay', business('PAY_IN_PROGRESS', { data: { ...data, client_sn: 'S9', order_status: 'CREATED' } }))).toBe('unknown mismatch');
    expect(said('pay', business('PAY_FAIL_IN_PROGRESS', { data: { ...data, order_status: 'CREATED' } }))).toBe('unknown gatewayUnsure');
    expect(said('pay', business('PAY_FAIL_ERROR', { data: { ...data, order_status: 'PAY_ERROR' } }))).toBe('unknown gatewayUnsure');
  });

  test('PAY_FAIL is declined, unless it contradicts itself', () => {
    const failed = { ...data, order_status: 'PAY_CANCELED', status: 'FAIL_CANCELED' };
    const payFail = (more: object, error_code = 'INSUFFICIENT_FUND') => business('PAY_FAIL', { error_code, ...more });
    expect(read('pay', payFail({ data: failed }))).toMatchObject({ kind: 'declined', reason: 'insufficientBalance', aboutOrder: true });
    expect(read('pay', payFail({ data: null }))).toMatchObject({ kind: 'declined', reason: 'insufficientBalance', aboutOrder: false });
    expect(said('pay', payFail({ data: failed }, 'SOMETHING_NEW'))).toBe('declined other');
    expect(said('pay', payFail({ data: { ...failed, order_status: 'PAID' } }))).toBe('unknown gatewayUnsure');
    expect(said('pay', payFail({ data: { ...failed, order_status: 'PAY_ERROR' } }))).toBe('unknown gatewayUnsure');
    expect(said('pay', payFail({ data: { ...failed, status: 'FAIL_ERROR' } }))).toBe('unknown gatewayUnsure');
    expect(said('pay', payFail({ data: { ...failed, client_sn: 'S9' } }))).toBe('unknown mismatch');
    expect(said('pay', payFail({ data: failed }, 'TRADE_HAS_SUCCESS'))).toBe('unknown numberInUse');
  });

  test.each([
    ['AUTHCODE_EXPIRE', 'declined codeExpired'], ['EXPIRED_BARCODE', 'declined codeExpired'], ['INVALID_BARCODE', 'declined codeInvalid'],
    ['INSUFFICIENT_FUND', 'declined insufficientBalance'], ['ACCOUNT_BALANCE_NOT_ENOUGH', 'declined insufficientBalance'],
    ['BUYER_OVER_DAILY_LIMIT', 'declined walletLimit'], ['BUYER_OVER_TRANSACTION_LIMIT', 'declined walletLimit'],
    ['SELLER_OVER_DAILY_LIMIT', 'declined shopLimit'], ['UPAY_STORE_OVER_DAILY_LIMIT', 'declined shopLimit'],
    ['TRADE_FAILED', 'declined other'], ['TRADE_TIMEOUT', 'declined closed'], ['PAY_STATUS_CLOSED', 'declined closed'],
    ['UNEXPECTED_PROVIDER_ERROR', 'declined walletNotTaken'],
    ['UPAY_TERMINAL_NOT_EXISTS', 'declined terminalUnknown'], ['UPAY_TERMINAL_STATUS_ABNORMAL', 'declined merchantBlocked'],
    ['CLIENT_SN_CONFLICT', 'unknown numberInUse'], ['TRADE_HAS_SUCCESS', 'unknown numberInUse'],
    ['TRADE_NOT_EXIST', 'unknown gatewayUnsure'], ['UPAY_ORDER_NOT_EXIST', 'unknown gatewayUnsure'], ['EXTERNAL_SERVICE_EXCEPTION', 'unknown gatewayUnsure'],
    ['SELLER_BALANCE_NOT_ENOUGH', 'unknown gatewayUnsure'], ['UPAY_CANCEL_ORDER_NOOP', 'unknown gatewayUnsure'],
    ['', 'unknown unlisted'], ['SOMETHING_NEW', 'unknown unlisted'], ['ILLEGAL_SIGN', 'unknown unlisted'],
  ])('FAIL with %s is %s', (errorCode, outcome) => {
    expect(said('pay', fail(errorCode))).toBe(outcome);
    // Even beside an order that is paid it is never a decline.
    expect(said('pay', fail(errorCode, { data }))).toContain('unknown');
  });

  test('a FAIL says nothing about the order unless it names it', () => {
    expect(read('pay', fail('EXPIRED_BARCODE'))).toMatchObject({ aboutOrder: false, order: null });
    expect(read('pay', fail('EXPIRED_BARCODE', { data: { client_sn: attempt.attemptRef } }))).toMatchObject({ aboutOrder: false });
    expect(read('pay', fail('EXPIRED_BARCODE', { data: { client_sn: attempt.attemptRef, order_status: 'PAY_CANCELED' } }))).toMatchObject({ aboutOrder: true });
    expect(said('pay', fail('EXPIRED_BARCODE', { data: { client_sn: 'S9' } }))).toBe('unknown mismatch');
  });
});

describe('keys and requests that are refused (appendix 1)', () => {
  const refused = (error_code: string) => ({ result_code: '400', error_code, error_message: 'words' });
  test.each([
    ['ILLEGAL_SIGN', 'declined wrongKey', 'unknown keyRefused', 'unknown keyRefused'],
    ['INVALID_TERMINAL', 'declined terminalUnknown', 'unknown keyRefused', 'unknown keyRefused'],
    ['TERMINAL_NOT_EXISTS', 'declined terminalUnknown', 'unknown keyRefused', 'unknown keyRefused'],
    ['INVALID_PARAMS', 'declined requestRefused', 'unknown gatewayUnsure', 'unknown reversalRefused'],
    ['INVALID_PARAMETER', 'declined requestRefused', 'unknown gatewayUnsure', 'unknown reversalRefused'],
    ['INVALID_BARCODE', 'declined codeInvalid', 'unknown gatewayUnsure', 'unknown reversalRefused'],
    ['UNKNOWN_SYSTEM_ERROR', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['SOMETHING_NEW', 'unknown unlisted', 'unknown unlisted', 'unknown unlisted'],
    ['CLIENT_SN_CONFLICT', 'unknown unlisted', 'unknown unlisted', 'unknown unlisted'],
    ['', 'unknown unlisted', 'unknown unlisted', 'unknown unlisted'],
  ])('400 %s', (errorCode, ...outcomes) => {
    expect(calls.map((call) => said(call, refused(errorCode)))).toEqual(outcomes);
    // 500: the gateway failed while it was at it.
    for (const call of calls) expect(said(call, { ...refused(errorCode), result_code: '500' })).toBe('unknown gatewayUnsure');
  });

  test('are about the request, not the order', () => {
    expect(read('pay', refused('ILLEGAL_SIGN'))).toMatchObject({ aboutOrder: false, order: null, evidence: { code: '400/ILLEGAL_SIGN', words: 'words' } });
  });
});

describe('absence and reversal', () => {
  test('no such order, in both spellings, for query and cancel', () => {
    for (const errorCode of ['UPAY_ORDER_NOT_EXIST', 'UPAY_ORDER_NOT_EXISTS']) {
      expect(said('query', fail(errorCode))).toBe('notFound');
      expect(said('reverse', fail(errorCode))).toBe('notFound');
      expect(said('query', fail(errorCode, { data }))).toBe('unknown gatewayUnsure');
    }
    expect(said('query', fail('TRADE_NOT_EXIST'))).toBe('unknown gatewayUnsure');
  });

  test.each(['CANCEL_SUCCESS', 'CANCEL_ABORT_SUCCESS'])('%s is reversed where it names our order', (code) => {
    const canceled = { ...data, order_status: 'CANCELED' };
    expect(said('reverse', business(code, { data: canceled }))).toBe('reversed');
    expect(said('reverse', business(code, { data: { ...canceled, order_status: '' } }))).toBe('reversed');
    expect(said('reverse', business(code, { data: { ...canceled, order_status: 'PAID' } }))).toBe('unknown gatewayUnsure');
    expect(said('reverse', business(code, { data: { ...canceled, status: 'CANCEL_ERROR' } }))).toBe('unknown gatewayUnsure');
    expect(said('reverse', business(code, { data: { ...canceled, client_sn: 'S9' } }))).toBe('unknown mismatch');
    expect(said('reverse', business(code, { data: { ...canceled, total_amount: '1' } }))).toBe('unknown mismatch');
    expect(said('reverse', business(code))).toBe('unknown mismatch');
    expect(said('query', business(code, { data: canceled }))).toBe('unknown unlisted');
  });

  test('undone already is undone', () => {
    expect(said('reverse', fail('UPAY_CANCEL_ORDER_NOOP'))).toBe('reversed');
    expect(said('reverse', fail('UPAY_CANCEL_ORDER_NOOP', { data: { client_sn: 'S9' } }))).toBe('unknown mismatch');
    expect(said('reverse', fail('UPAY_CANCEL_ORDER_NOOP', { data }))).toBe('unknown gatewayUnsure');
  });

  test.each(['CANCEL_ERROR', 'CANCEL_ABORT_ERROR', 'CANCEL_IN_PROGRESS', 'CANCEL_ABORT_IN_PROGRESS'])('%s is not known', (code) => {
    expect(said('reverse', business(code))).toBe('unknown gatewayUnsure');
    expect(read('reverse', business(code, { data: { ...data, order_status: 'CANCEL_ERROR' } }))).toMatchObject({ why: 'gatewayUnsure', order: { gatewayRef: data.sn } });
  });

  test('a refused reversal only leads to a query', () => {
    for (const errorCode of ['UPAY_CANCEL_INVALID_ORDER_STATE', 'UPAY_TCP_ORDER_NOT_REFUNDABLE', 'SELLER_BALANCE_NOT_ENOUGH', 'TRADE_HAS_SUCCESS', 'TRADE_NOT_EXIST']) {
      expect(said('reverse', fail(errorCode))).toBe('unknown reversalRefused');
    }
    expect(said('reverse', fail('EXTERNAL_SERVICE_EXCEPTION'))).toBe('unknown gatewayUnsure');
  });
});

describe('noise', () => {
  const anyText = fc.oneof(
    fc.constantFrom('', 'PAID', 'CREATED', 'SUCCESS', '200', '400', '500', '3850', attempt.attemptRef, data.sn, testCode),
    fc.constantFrom(...Object.keys(businessCodes), ...Object.keys(businessErrors), ...Object.keys(communicationErrors), ...Object.keys(orderStatuses)),
    fc.string(), fc.jsonValue({ maxDepth: 1 }),
  );
  const anyOrder = fc.record({ sn: anyText, client_sn: anyText, status: anyText, order_status: anyText, total_amount: anyText, payer_uid: anyText, trade_no: anyText }, { requiredKeys: [] });
  const anyBusiness = fc.record({ result_code: anyText, error_code: anyText, error_message: anyText, data: fc.oneof(anyOrder, anyText) }, { requiredKeys: [] });
  const anyAnswer = fc.record({ result_code: anyText, error_code: anyText, error_message: anyText, biz_response: fc.oneof(anyBusiness, anyText) }, { requiredKeys: [] });

  test('never throws and ends nothing', () => {
    fc.assert(fc.property(noise, fc.constantFrom(...calls), (body, call) => {
      expect(inWords(shouqianba.read(call, attempt, answerOf(body), settings))).toBe('unknown unlisted');
    }));
  });

  test('answers put together by chance are paid only with our number and amount, and never leak the code', () => {
    fc.assert(fc.property(anyAnswer, fc.constantFrom(...calls), (body, call) => {
      const outcome = read(call, body);
      expect(JSON.stringify(outcome)).not.toContain(testCode);
      const order: Record<string, unknown> = { ...body.biz_response as object, ...(body.biz_response as { data?: object } | undefined)?.data };
      const numberIsOurs = order['client_sn'] === attempt.attemptRef;
      const amountIsOurs = asText(order['total_amount']) === '3850';
      expect(outcome.kind !== 'waiting' || numberIsOurs).toBe(true);
      expect(outcome.kind !== 'paid' || (numberIsOurs && amountIsOurs)).toBe(true);
    }), { numRuns: 2000 });
  });

  test('an answer that is right but for one field never ends the attempt as paid', () => {
    fc.assert(fc.property(fc.constantFrom('client_sn', 'total_amount', 'order_status', 'status'), anyText, (field, value) => {
      const body = business('PAY_SUCCESS', { data: { ...data, [field]: value } });
      const same = asText(value) === data[field];
      // `status` alone may be left out.
      const unset = field === 'status' && (value === '' || value === null);
      expect(read('pay', body).kind === 'paid').toBe(same || unset);
    }), { numRuns: 2000 });
  });

  test('a payment code in the gateway words is masked', () => {
    expect(read('pay', fail('INVALID_BARCODE', { error_message: `条码${testCode}错误` })).evidence.words).toBe('条码****错误');
  });
});
