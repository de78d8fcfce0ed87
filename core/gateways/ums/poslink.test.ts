/** Scanned codes through poslink: off unless configured, ended by a query alone, and unknown wherever FIELD is silent. */
import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, asText, inWords, noise, testCode, testMoment } from '../../testing/gateway-answers.ts';
import type { AttemptFacts, Call, Outcome } from '../gateway.ts';
import { refundQueried, refundTaken } from './fixtures/poslink.ts';
import { orderNumber, poslinkSettings, refunding, refundNumber, settings, shown } from './fixtures/shop.ts';
import { ums } from './index.ts';
import { queryResults } from './poslink-table.ts';

const scanned = shown({ direction: 'scan', code: testCode });
const asked = shown({ direction: 'scan' });
const refund = refunding(1000, 0, { direction: 'scan' });
const factsOf = (call: Call): AttemptFacts => (call === 'pay' ? scanned : call === 'refund' || call === 'queryRefund' ? refund : asked);
const every: readonly Call[] = ['pay', 'query', 'reverse', 'refund', 'queryRefund'];
const read = (call: Call, body: unknown, facts = factsOf(call)): Outcome => ums.read(call, facts, answerOf(body), poslinkSettings);
const said = (call: Call, body: unknown, facts?: AttemptFacts) => inWords(read(call, body, facts));
const worked = (more: object = {}) => ({ errCode: '00', errInfo: 'ok', orderId: '20230713201936190033303567', ...more });
const queried = (queryResCode: string, more: object = {}) => worked({ queryResCode, originalTransactionAmount: 3850, ...more });

describe('requests', () => {
  const built = (call: Call, block = poslinkSettings) => {
    const request = ums.build(call, factsOf(call), block, testMoment);
    return { request, fields: JSON.parse(new TextDecoder().decode(request.body ?? new Uint8Array())) };
  };
  const asUs = { merchantCode: '898201612345679', terminalCode: '88880002', merchantOrderId: orderNumber };

  test('charge a code, with what FIELD lists', () => {
    const { request, fields } = built('pay');
    expect(request.url).toBe('https://api-mop.chinaums.com/v6/poslink/transaction/pay');
    expect(fields).toEqual({
      ...asUs, transactionAmount: 3850, transactionCurrencyCode: '156', merchantRemark: 'Corner shop', payMode: 'CODE_SCAN', payCode: testCode, deviceType: '11', ip: '192.0.2.7',
    });
  });

  test('ask, undo and give back under the same number and merchant', () => {
    expect(built('query')).toMatchObject({ request: { url: expect.stringMatching(/\/v6\/poslink\/transaction\/query$/) }, fields: asUs });
    expect(built('reverse')).toMatchObject({ request: { url: expect.stringMatching(/\/v6\/poslink\/transaction\/voidpayment$/) }, fields: asUs });
    expect(built('refund')).toMatchObject({ request: { url: expect.stringMatching(/\/transaction\/refund$/) }, fields: { ...asUs, refundRequestId: refundNumber, transactionAmount: 1000 } });
    expect(built('queryRefund')).toMatchObject({ request: { url: expect.stringMatching(/\/transaction\/query-refund$/) }, fields: { ...asUs, refundRequestId: refundNumber } });
  });

  test.each(every)('%s sends exactly what it signed', (call) => {
    const { body, headers } = ums.build(call, factsOf(call), poslinkSettings, testMoment);
    const signed = `${settings.appId}20161227121356${testMoment.nonce}${createHash('sha256').update(body ?? new Uint8Array()).digest('hex')}`;
    expect(headers['authorization']).toContain(`Signature="${createHmac('sha256', settings.appKey).update(signed).digest('base64')}"`);
  });

  test('it is off unless its own numbers are configured', () => {
    expect(ums.directions?.(settings)).toEqual({ cpm: false, mpm: true });
    expect(ums.directions?.(poslinkSettings)).toEqual({ cpm: true, mpm: true });
    expect(() => built('pay', settings)).toThrow('poslink');
    expect(ums.identity(poslinkSettings).account).toBe('898201612345678/88880001/APPDEFAULT/898201612345679/88880002');
  });

  test('case 38: without it every order is asked for and given back at netpay', () => {
    expect(built('query', settings)).toMatchObject({ request: { url: expect.stringMatching(/\/v1\/netpay\/query$/) }, fields: { merOrderId: orderNumber } });
    expect(built('refund', settings)).toMatchObject({ request: { url: expect.stringMatching(/\/v1\/netpay\/refund$/) }, fields: { refundOrderId: refundNumber, refundAmount: 1000 } });
    const given = { errCode: 'SUCCESS', refundOrderId: refundNumber, refundStatus: 'SUCCESS', refundAmount: 1000 };
    expect(inWords(ums.read('refund', refund, answerOf(given), settings))).toBe('refunded');
  });

  test('what can not be is a broken invariant', () => {
    expect(() => ums.build('pay', asked, poslinkSettings, testMoment)).toThrow('code');
    expect(() => ums.build('present', asked, poslinkSettings, testMoment)).toThrow('shows no codes');
    expect(() => ums.build('refund', asked, poslinkSettings, testMoment)).toThrow('refund');
    expect(() => ums.build('query', shown({ direction: 'scan', amount: { minor: 1, currency: 'AUD' } }), poslinkSettings, testMoment)).toThrow('fen');
  });
});

describe('only a query ends a payment (FIELD)', () => {
  test.each(['pay', 'reverse', 'refund'] as const)('%s: 00 says that the call worked, and nothing else', (call) => {
    expect(said(call, worked())).toBe('unknown gatewayUnsure');
    expect(said(call, queried('0'))).toBe('unknown gatewayUnsure');
    for (const errCode of ['01', '99', 'SUCCESS', '0000', 'TARGET_FAIL', 'NO_ORDER', 'BAD_SIGN']) expect(said(call, worked({ errCode }))).toBe('unknown unlisted');
  });

  test.each([
    ['0', 'paid'], ['1', 'unknown gatewayUnsure'], ['2', 'reversed'], ['3', 'unknown gatewayUnsure'], ['4', 'reversed'], ['5', 'declined other'], ['FF', 'unknown gatewayUnsure'],
    ['00', 'unknown unlisted'], ['6', 'unknown unlisted'], ['', 'unknown unlisted'],
  ])('queryResCode %s: %s', (code, outcome) => {
    expect(said('query', queried(code))).toBe(outcome);
    expect(said('query', queried(code, { merchantOrderId: orderNumber }))).toBe(outcome);
    for (const change of [{ merchantOrderId: '1001U9' }, { originalTransactionAmount: 3851 }, { totalAmount: '385000' }, { transactionAmount: '38.50' }]) expect(said('query', queried(code, change))).toBe('unknown mismatch');
    expect(said('query', queried(code), { ...asked, gatewayRef: 'another' })).toBe('unknown mismatch');
    expect(said('query', queried(code, { errCode: '01' }))).toBe('unknown unlisted');
  });

  test('every code of FIELD has a row', () => {
    expect(Object.keys(queryResults).toSorted()).toEqual(['0', '1', '2', '3', '4', '5', 'FF']);
  });

  test('paid needs its amount, by whichever name, and may have been less for the payer', () => {
    expect(said('query', worked({ queryResCode: '0' }))).toBe('unknown mismatch');
    expect(said('query', worked({ queryResCode: '0', amount: 3850 }))).toBe('unknown mismatch');
    for (const name of ['originalTransactionAmount', 'transactionAmount', 'totalAmount']) expect(said('query', worked({ queryResCode: '0', amount: 3800, [name]: '3850' }))).toBe('paid');
    expect(read('query', queried('0', { thirdPartyOrderId: '4200001857202307136819383689', thirdPartyBuyerId: 'oUpF8u' }))).toMatchObject({
      order: { gatewayRef: '20230713201936190033303567', walletRef: '4200001857202307136819383689', payerId: 'oUpF8u', wallet: null }, amountCompared: true, evidence: { code: '00/0', words: 'ok' },
    });
  });

  test('netpay answers are none of its own, and the other way round', () => {
    const netpay = { errCode: 'SUCCESS', merOrderId: orderNumber, totalAmount: 3850, status: 'TRADE_SUCCESS' };
    for (const call of every) expect(said(call, netpay)).toBe('unknown unlisted');
    expect(said('query', queried('0'), shown())).toBe('unknown unlisted');
  });
});

describe('refunds', () => {
  test('are given back where the query of the refund says 00, and unknown everywhere else', () => {
    const answer = (queryResCode: string, more: object = {}) => worked({ queryResCode, ...more });
    expect(read('queryRefund', answer('00'))).toMatchObject({ kind: 'refunded', evidence: { code: '00/00' } });
    for (const code of ['0', '1', '3', '5', 'FF', '']) expect(said('queryRefund', answer(code))).toBe('unknown gatewayUnsure');
    // An amount beside it may be the order's or the refund's, and no other.
    for (const transactionAmount of [1000, 3850]) expect(said('queryRefund', answer('00', { transactionAmount }))).toBe('refunded');
    expect(said('queryRefund', answer('00', { transactionAmount: 999 }))).toBe('unknown mismatch');
    expect(said('queryRefund', answer('00', { refundRequestId: '1001R9' }))).toBe('unknown mismatch');
    expect(said('queryRefund', answer('00', { merchantOrderId: '1001U9' }))).toBe('unknown mismatch');
    expect(said('queryRefund', answer('00'), asked)).toBe('unknown mismatch');
  });

  test('as shops get them: taken says nothing yet, its query 00 ends it, for this amount alone', () => {
    const answered = (call: Call, body: string) => said(call, JSON.parse(body));
    expect(answered('refund', refundTaken)).toBe('unknown gatewayUnsure');
    expect(answered('queryRefund', refundQueried)).toBe('refunded');
    expect(answered('queryRefund', refundQueried.replace('"queryResCode": "00"', '"queryResCode": "0"'))).toBe('unknown gatewayUnsure');
    expect(answered('queryRefund', refundQueried.replace('"originalAmount": "1000"', '"originalAmount": "999"'))).toBe('unknown mismatch');
    expect(answered('queryRefund', refundQueried.replace('"originalAmount": "1000"', '"originalAmount": "3850"'))).toBe('refunded');
  });
});

describe('noise', () => {
  const anyText = fc.oneof(fc.constantFrom('00', '0', '2', '5', '3850', 3850, orderNumber, testCode), fc.string(), fc.jsonValue({ maxDepth: 1 }));
  const anyAnswer = fc.record({ errCode: fc.oneof(fc.constant('00'), anyText), errInfo: anyText, queryResCode: anyText, merchantOrderId: anyText, originalTransactionAmount: anyText, orderId: anyText, thirdPartyOrderId: anyText }, { requiredKeys: [] });

  test('never throws and ends nothing', () => {
    fc.assert(fc.property(noise, fc.constantFrom(...every), (body, call) => {
      expect(said(call, body)).toBe('unknown unlisted');
    }));
  });

  test('answers put together by chance are paid only with our amount, and never leak the code', () => {
    fc.assert(fc.property(anyAnswer, fc.constantFrom(...every), (body, call) => {
      const outcome = read(call, body);
      const isPaid = call === 'query' && body.errCode === '00' && asText(body.queryResCode) === '0' && asText(body.originalTransactionAmount) === '3850';
      expect(outcome.kind !== 'paid' || isPaid).toBe(true);
      expect(call === 'pay' && JSON.stringify(outcome).includes(testCode)).toBe(false);
    }), { numRuns: 3000 });
  });
});
