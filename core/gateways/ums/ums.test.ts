/** UMS: the requests, the document's own examples, all its words, the money rules at its answers, and noise. */
import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, asText, inWords, noise, testMoment } from '../../testing/gateway-answers.ts';
import type { AttemptFacts, Call, Outcome } from '../gateway.ts';
import { chinaInstant, chinaText, compactChinaText } from './china-time.ts';
import { examples, precreated, queriedPaid } from './fixtures/examples.ts';
import { orderNumber, refunding, refundNumber, settings, shown } from './fixtures/shop.ts';
import { ums } from './index.ts';
import { authorization } from './sign.ts';
import { errorCodes, orderStatuses, refundStatuses, secureStatuses, targetSystems } from './table.ts';
import { umsSettings } from './settings.ts';

const attempt = shown();
const order = { merOrderId: orderNumber, totalAmount: 3850, seqId: '00443400012N', targetSys: 'Alipay 2.0' };
const qrCode = 'https://qr.alipay.com/bax03465mkipjzgposlk8001';

const asked: readonly Call[] = ['present', 'query', 'reverse'];
const read = (call: Call, body: unknown, facts: AttemptFacts = attempt): Outcome => ums.read(call, facts, answerOf(body), settings);
const said = (call: Call, body: unknown, facts?: AttemptFacts) => inWords(read(call, body, facts));
const success = (more: object = {}) => ({ errCode: 'SUCCESS', ...order, ...more });
const status = (word: string, more: object = {}) => success({ status: word, ...more });
const failed = (errCode: string, more: object = {}) => ({ errCode, errMsg: 'words', ...more });

describe('requests', () => {
  const built = (call: Call, facts: AttemptFacts = attempt, block = settings) => {
    const request = ums.build(call, facts, block, testMoment);
    const bytes = request.body ?? new Uint8Array();
    return { request, bytes, fields: JSON.parse(new TextDecoder().decode(bytes)) };
  };
  // 2016-12-27 04:13:56 in Greenwich.
  const common = { requestTimestamp: '2016-12-27 12:13:56', mid: '898201612345678', tid: '88880001', instMid: 'APPDEFAULT' };

  test('OPEN-BODY-SIG: a vector computed with openssl (FIELD)', () => {
    const body = new TextEncoder().encode('{"requestTimestamp":"2019-02-15 13:45:09","mid":"898201612345678","orderDesc":"测试"}');
    expect(authorization('8a81c1be6fa1c92d016fc12b0d2a0123', '0af61531c6c04ac4ac910d0cd59e6238', '20190215134509', '313644f42ecd4758b5e23b80e86efdc4', body))
      .toBe('OPEN-BODY-SIG AppId="8a81c1be6fa1c92d016fc12b0d2a0123", Timestamp="20190215134509", Nonce="313644f42ecd4758b5e23b80e86efdc4", Signature="QkHf9axZxMomM+QQvC2lMsPyRvmu+C1VZQtlTrV4zpQ="');
  });

  test.each(['present', 'query', 'reverse', 'refund', 'queryRefund'] as const)('%s sends exactly what it signed', (call) => {
    const { request, bytes } = built(call, refunding());
    const signed = `${settings.appId}20161227121356${testMoment.nonce}${createHash('sha256').update(bytes).digest('hex')}`;
    const signature = createHmac('sha256', settings.appKey).update(signed).digest('base64');
    expect(request.method).toBe('POST');
    expect(request.headers).toEqual({
      'content-type': 'application/json',
      authorization: `OPEN-BODY-SIG AppId="${settings.appId}", Timestamp="20161227121356", Nonce="${testMoment.nonce}", Signature="${signature}"`,
    });
    expect(JSON.stringify(request) + new TextDecoder().decode(bytes)).not.toContain(settings.appKey);
  });

  test('precreate asks for a code: fen as a number, payable until a minute after it is shown (1.1.3)', () => {
    const { request, fields } = built('present', shown({ subject: '小店', presentSeconds: 240 }));
    expect(request.url).toBe('https://api-mop.chinaums.com/v1/netpay/trade/precreate');
    expect(fields).toEqual({ ...common, merOrderId: orderNumber, totalAmount: 3850, tradeType: 'APP', orderDesc: '小店', expireTime: '2016-12-27 12:18:56' });
  });

  test('what is configured beside is sent with it, and only then (1.1.3, ERRATA)', () => {
    const more = umsSettings.parse({ ...settings, instMid: undefined, subAppId: 'wx1234567890', notifyUrl: 'https://shop.example/ums' });
    expect(built('present', attempt, more).fields).toEqual({
      ...common, merOrderId: orderNumber, totalAmount: 3850, tradeType: 'APP', orderDesc: 'Corner shop', subAppId: 'wx1234567890', notifyUrl: 'https://shop.example/ums',
    });
    expect(built('present', shown({ subject: '😀'.repeat(300) })).fields.orderDesc).toBe('😀'.repeat(63));
  });

  test('every later call names the order under the same merchant, terminal and business type (1.2.3, 1.3.3, 1.4.3, 1.7.3)', () => {
    const netpay = 'https://api-mop.chinaums.com/v1/netpay/';
    const qrPay = umsSettings.parse({ ...settings, instMid: 'QRPAYDEFAULT' });
    expect(built('query')).toMatchObject({ request: { url: `${netpay}query` }, fields: { ...common, merOrderId: orderNumber } });
    expect(built('query', attempt, qrPay).fields.instMid).toBe('QRPAYDEFAULT');
    expect(built('reverse')).toMatchObject({ request: { url: `${netpay}close` }, fields: { ...common, merOrderId: orderNumber } });
    expect(built('refund', refunding(1000))).toMatchObject({ request: { url: `${netpay}refund` }, fields: { ...common, merOrderId: orderNumber, refundAmount: 1000, refundOrderId: refundNumber } });
    // There `merOrderId` is the refund's own number (ERRATA 1.4).
    expect(built('queryRefund', refunding(1000))).toMatchObject({ request: { url: `${netpay}refund-query` }, fields: { ...common, merOrderId: refundNumber } });
    for (const call of ['query', 'reverse'] as const) expect(Object.keys(built(call).fields)).toEqual([...Object.keys(common), 'merOrderId']);
  });

  test('what can not be is a broken invariant', () => {
    expect(() => built('pay')).toThrow('poslink');
    expect(() => built('present', shown({ amount: { minor: 1, currency: 'AUD' } }))).toThrow('fen');
    expect(() => built('present', shown({ amount: { minor: 0, currency: 'CNY' } }))).toThrow('totalAmount');
    expect(() => built('refund')).toThrow('refund');
    expect(() => built('queryRefund')).toThrow('refund');
    expect(() => built('pay', shown({ direction: 'scan' }))).toThrow('poslink');
  });

  test('times are those of Shanghai (ERRATA)', () => {
    expect(chinaText(Date.parse('2018-12-31T16:00:00Z'))).toBe('2019-01-01 00:00:00');
    expect(compactChinaText(Date.parse('2020-02-29T15:59:59.999Z'))).toBe('20200229235959');
    expect(chinaInstant('2018-09-20 09:50:33')).toBe(Date.parse('2018-09-20T09:50:33+08:00'));
    for (const text of ['', '2018-09-20', '2018-09-31 09:50:33', '2018-13-01 00:00:00', '2018-09-20 24:00:00', '2018-09-20 23:60:00', '20180920095033', '2018-09-20T09:50:33']) {
      expect(chinaInstant(text)).toBeNull();
    }
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
      expect(chinaInstant(chinaText(seconds * 1000))).toBe(seconds * 1000);
      const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' }).formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
      if (seconds > 700_000_000) expect(chinaText(seconds * 1000)).toBe(`${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}:${parts['second']}`);
    }));
  });
});

describe('what it can do', () => {
  test('case 4: numbers begin with the source number and have 27 characters, no two kinds alike', () => {
    expect(ums.references?.(settings)).toEqual({
      order: { prefix: '1001U', length: 27, alphabet: '0123456789' }, refund: { prefix: '1001R', length: 27, alphabet: '0123456789' },
    });
    // With its letter it is no payment code, on whatever till it is scanned (CASES 36).
    expect(orderNumber).toMatch(/^1001[0-9A-Z]{23}$/);
    expect(orderNumber).not.toMatch(/^[0-9]+$/);
  });

  test('case 6: merchant, terminal and business type are who it was sent as', () => {
    expect(ums.identity(settings)).toEqual({ origin: 'https://api-mop.chinaums.com', account: '898201612345678/88880001/APPDEFAULT' });
    expect(ums.identity(umsSettings.parse({ ...settings, instMid: undefined }))).toEqual(ums.identity(settings));
    expect(ums.identity(umsSettings.parse({ ...settings, instMid: 'QRPAYDEFAULT' }))).not.toEqual(ums.identity(settings));
  });

  test('case 15: closing undoes nothing that is paid', () => {
    expect(ums.capabilities.present?.reverse).toEqual({ undoesPaid: false, onlyOnDayAtOffsetMinutes: null });
  });
});

describe("the document's examples", () => {
  const amount = { minor: 1, currency: 'CNY' } as const;
  const about = ({ attemptRef, refundRef }: { attemptRef: string; refundRef?: string | undefined }) =>
    refundRef === undefined ? shown({ attemptRef, amount }) : refunding(1, 0, { attemptRef, amount, refund: { refundRef, gatewayRefundRef: null, amount, earlier: { minor: 0, currency: 'CNY' }, kept: {}, reason: '' } });

  /** The examples are of several merchants: each is read by the one that it names. */
  const readBy = ({ call, body }: { call: Call; body: string }, facts: AttemptFacts, status = 200): Outcome => {
    const { mid = settings.merchantId } = JSON.parse(body) as { mid?: string };
    return ums.read(call, facts, answerOf(body, status), { ...settings, merchantId: mid });
  };

  test.each(examples.map((example) => [example.section, example] as const))('%s', (_section, example) => {
    const facts = about(example);
    expect(inWords(readBy(example, facts))).toBe(example.outcome);
    // HTTP status alone decides nothing (CASES 3).
    expect(readBy(example, facts, 502)).toEqual(readBy(example, facts));
    // The question of the example has another number than its answer, and so does every other order.
    expect(inWords(readBy(example, { ...facts, attemptRef: '1001U0000000000000000000000' }))).toBe(example.section === '1.7.4' ? 'reversed' : 'unknown mismatch');
  });

  test('a code to show, with what the order is called there (1.1.4)', () => {
    expect(read('present', precreated, about({ attemptRef: '900147bf92274bbe4d51b9e9a2307279e4e9' }))).toEqual({
      kind: 'shown', qr: qrCode,
      order: { gatewayRef: '00443400012N', walletRef: null, wallet: 'alipay', payerId: null, paidAt: null },
      evidence: { code: 'SUCCESS/NEW_ORDER', words: null },
    });
  });

  test('a payment, with the wallet, the payer and its time (1.2.4)', () => {
    expect(readBy({ call: 'query', body: queriedPaid }, about({ attemptRef: '90012018092009395265848826440' }))).toEqual({
      kind: 'paid', aboutOrder: true, amountCompared: true, saysAlreadyPaid: false,
      order: { gatewayRef: '0031510000N', walletRef: '2018092022001418830581229369', wallet: 'alipay', payerId: '2088702631618837', paidAt: Date.parse('2018-09-20T09:50:33+08:00') },
      evidence: { code: 'SUCCESS/TRADE_SUCCESS', words: null },
    });
  });
});

describe('every word of section 2 has a row', () => {
  const words = (text: string) => text.trim().split(/\s+/);

  test('2.1, errCode, and the one that stands in an example alone', () => {
    expect(Object.keys(errorCodes)).toEqual(expect.arrayContaining(words(`
      SUCCESS INTERNAL_ERROR BAD_REQUEST NO_SERVICE TIMEOUT NO_ORDER OPERATION_NOT_ALLOWED TARGET_FAIL DUP_ORDER NET_ERROR NO_MERCHANT ORDER_PROCESSING
      INACTIVE_MERCHANT ABNORMAL_REQUEST_TIME TXN_DISCARDED BAD_SIGN INVALID_MSGSRC INVALID_ORDER NO_CROSS_DAY_TRADING DENIED_IP INVLID_MERCHANT_CONFIG
      INVALID_RESPONSE HAS_CANCELLED`)));
  });

  test('2.2 refundStatus, 2.3 status, 2.4 secureStatus', () => {
    expect(Object.keys(refundStatuses)).toEqual(words('UNKNOWN SUCCESS FAIL PROCESSING'));
    expect(Object.keys(orderStatuses)).toEqual(words('NEW_ORDER UNKNOWN TRADE_CLOSED WAIT_BUYER_PAY TRADE_SUCCESS TRADE_REFUND'));
    expect(Object.keys(secureStatuses)).toEqual(words('UNCOMPLETED PARTLY_COMPLETED ALL_COMPLETED CANCELED'));
  });

  test('2.5, targetSys', () => {
    expect(Object.keys(targetSystems)).toEqual(['Alipay 1.0', 'Alipay 2.0', ...words('WXPay YQB QMF UnionPay BaiDu JD SF COMM BestPay ACP NetPayBills NetPayGtwy QmfWebPay UAC')]);
    for (const [targetSys, { wallet }] of Object.entries(targetSystems)) expect(read('query', status('WAIT_BUYER_PAY', { targetSys }))).toMatchObject({ order: { wallet } });
    expect(read('query', status('WAIT_BUYER_PAY', { targetSys: 'NEW' }))).toMatchObject({ order: { wallet: 'other' } });
    expect(read('query', status('WAIT_BUYER_PAY', { targetSys: undefined }))).toMatchObject({ order: { wallet: null } });
  });

  test('each row names its section', () => {
    for (const table of [errorCodes, orderStatuses, refundStatuses, secureStatuses, targetSystems]) {
      for (const { where } of Object.values(table)) expect(where).toMatch(/^(\d\.\d|FIELD)/);
    }
  });
});

describe('errCode (2.1)', () => {
  // As the answers to present, query and close.
  test.each([
    ['INTERNAL_ERROR', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['BAD_REQUEST', 'declined requestRefused', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['NO_SERVICE', 'declined requestRefused', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['TIMEOUT', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['NO_ORDER', 'unknown gatewayUnsure', 'notFound', 'notFound'],
    ['OPERATION_NOT_ALLOWED', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown reversalRefused'],
    ['TARGET_FAIL', 'declined other', 'unknown gatewayUnsure', 'unknown reversalRefused'],
    ['DUP_ORDER', 'unknown numberInUse', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['NET_ERROR', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['NO_MERCHANT', 'declined terminalUnknown', 'unknown keyRefused', 'unknown keyRefused'],
    ['ORDER_PROCESSING', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['INACTIVE_MERCHANT', 'declined merchantBlocked', 'unknown keyRefused', 'unknown keyRefused'],
    ['ABNORMAL_REQUEST_TIME', 'declined clockOff', 'unknown keyRefused', 'unknown keyRefused'],
    ['TXN_DISCARDED', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['BAD_SIGN', 'declined wrongKey', 'unknown keyRefused', 'unknown keyRefused'],
    ['INVALID_MSGSRC', 'declined terminalUnknown', 'unknown keyRefused', 'unknown keyRefused'],
    ['INVALID_ORDER', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['NO_CROSS_DAY_TRADING', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown reversalRefused'],
    ['DENIED_IP', 'declined merchantBlocked', 'unknown keyRefused', 'unknown keyRefused'],
    ['INVLID_MERCHANT_CONFIG', 'declined merchantBlocked', 'unknown keyRefused', 'unknown keyRefused'],
    ['INVALID_RESPONSE', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['HAS_CANCELLED', 'unknown gatewayUnsure', 'unknown gatewayUnsure', 'unknown gatewayUnsure'],
    ['SOMETHING_NEW', 'unknown unlisted', 'unknown unlisted', 'unknown unlisted'],
    ['toString', 'unknown unlisted', 'unknown unlisted', 'unknown unlisted'],
    ['', 'unknown unlisted', 'unknown unlisted', 'unknown unlisted'],
  ])('%s', (errCode, ...outcomes) => {
    expect(asked.map((call) => said(call, failed(errCode)))).toEqual(outcomes);
    // No word of a refusal is believed beside an order that is paid, nor one about another order.
    for (const call of asked) {
      expect(said(call, failed(errCode, { ...order, status: 'TRADE_SUCCESS' }))).toContain('unknown');
      expect(said(call, failed(errCode, { merOrderId: '1001U9' }))).toContain('unknown');
      expect(said(call, failed(errCode, { ...order, totalAmount: 3851 }))).toContain('unknown');
    }
  });

  test('a refusal is about the request, not the order', () => {
    expect(read('present', failed('BAD_SIGN'))).toEqual({ kind: 'declined', reason: 'wrongKey', aboutOrder: false, order: null, evidence: { code: 'BAD_SIGN', words: 'words' } });
    expect(said('present', failed('BAD_SIGN', { status: 'SOMETHING' }))).toBe('unknown gatewayUnsure');
    expect(said('present', failed('TARGET_FAIL', { ...order, status: 'TRADE_CLOSED' }))).toBe('declined other');
    expect(said('present', failed('TARGET_FAIL', { ...order, qrCode }))).toBe('unknown gatewayUnsure');
  });

  test('there is no answer to a payment: codes are shown, not charged', () => {
    for (const body of [precreated, queriedPaid, status('TRADE_SUCCESS'), failed('BAD_SIGN')]) expect(said('pay', body, { ...attempt, attemptRef: orderNumber })).toBe('unknown unlisted');
  });
});

describe('status (2.3) as the answer to a query', () => {
  test.each([
    ['NEW_ORDER', 'waiting'], ['WAIT_BUYER_PAY', 'waiting'], ['UNKNOWN', 'unknown gatewayUnsure'], ['TRADE_SUCCESS', 'paid'], ['TRADE_CLOSED', 'declined closed'],
    ['TRADE_REFUND', 'unknown gatewayUnsure'], ['REFUND', 'unknown unlisted'], ['trade_success', 'unknown unlisted'], ['PAID', 'unknown unlisted'], ['', 'unknown unlisted'],
  ])('%s: %s', (word, outcome) => {
    expect(said('query', status(word))).toBe(outcome);
    expect(said('query', status(word, { totalAmount: '3850' }))).toBe(outcome);
    for (const change of [{ merOrderId: '1001U9' }, { totalAmount: 3851 }, { totalAmount: 385 }, { totalAmount: '38.50' }]) expect(said('query', status(word, change))).toContain('unknown');
  });

  test('money is believed with our number and its amount alone', () => {
    for (const change of [{ merOrderId: '' }, { merOrderId: null }, { merOrderId: undefined }, { totalAmount: '' }, { totalAmount: null }, { totalAmount: undefined }]) {
      expect(said('query', status('TRADE_SUCCESS', change))).toBe('unknown mismatch');
    }
    expect(said('query', status('TRADE_CLOSED', { merOrderId: '' }))).toBe('unknown mismatch');
    expect(said('query', status('TRADE_SUCCESS'), shown({ amount: { minor: 3850, currency: 'AUD' } }))).toBe('unknown mismatch');
  });

  test('an unpaid order stays unpaid beside times of payment, and need not be named (FIELD)', () => {
    const unpaid = { payTime: '2020-01-02 10:00:00', settleDate: '2020-01-02', targetStatus: 'ACQ.TRADE_NOT_EXIST' };
    expect(read('query', status('NEW_ORDER', unpaid))).toMatchObject({ kind: 'waiting', order: { paidAt: null, gatewayRef: '00443400012N' } });
    expect(read('query', { errCode: 'SUCCESS', status: 'NEW_ORDER' })).toMatchObject({ kind: 'waiting', order: { gatewayRef: null } });
    expect(read('query', status('TRADE_SUCCESS', { payTime: 'yesterday' }))).toMatchObject({ kind: 'paid', order: { paidAt: null } });
  });

  test('WAIT_BUYER_PAY says that somebody has opened the code, NEW_ORDER that nobody has', () => {
    expect(read('query', status('WAIT_BUYER_PAY'))).toMatchObject({ kind: 'waiting', payerIsThere: true });
    expect(read('query', status('NEW_ORDER'))).toMatchObject({ kind: 'waiting', payerIsThere: false });
  });

  test('an answer that says two things at once ends nothing', () => {
    expect(said('query', failed('NO_ORDER', { status: 'NEW_ORDER' }))).toBe('unknown gatewayUnsure');
    expect(said('query', '{"errCode":"SUCCESS","status":"TRADE_SUCCESS","status":"NEW_ORDER"}')).toBe('unknown unlisted');
    expect(said('query', status('TRADE_SUCCESS', { merOrderId: [orderNumber] }))).toBe('unknown unlisted');
  });

  test('an unknown answer about our order gives its numbers all the same', () => {
    expect(read('query', status('UNKNOWN', { targetOrderId: '2018' }))).toMatchObject({ why: 'gatewayUnsure', order: { gatewayRef: '00443400012N', walletRef: '2018' } });
    expect(read('query', status('UNKNOWN', { merOrderId: '1001U9' }))).toMatchObject({ order: null });
  });
});

describe('a code to show (1.1.3)', () => {
  const answered = (more: object = {}) => status('NEW_ORDER', { qrCode, ...more });

  test('is shown where the order is ours', () => {
    expect(read('present', answered())).toMatchObject({ kind: 'shown', qr: qrCode });
    expect(read('present', answered({ status: 'WAIT_BUYER_PAY' }))).toMatchObject({ kind: 'shown' });
    // The table requires neither (1.1.3).
    expect(read('present', answered({ status: undefined, totalAmount: undefined }))).toMatchObject({ kind: 'shown' });
    expect(read('present', answered({ qrCode: undefined, appPayRequest: { qrCode } }))).toMatchObject({ kind: 'shown', qr: qrCode });
  });

  test('is shown where the answer names no number at all, and our amount: `merOrderId` is optional there', () => {
    for (const merOrderId of [undefined, '', null]) expect(read('present', answered({ merOrderId }))).toMatchObject({ kind: 'shown', qr: qrCode, order: { gatewayRef: '00443400012N' } });
    // Nothing else ends by such an answer.
    for (const word of ['TRADE_SUCCESS', 'TRADE_CLOSED']) expect(said('present', answered({ merOrderId: undefined, status: word }))).toBe('unknown gatewayUnsure');
    for (const word of ['TRADE_SUCCESS', 'TRADE_CLOSED']) expect(said('query', status(word, { merOrderId: undefined }))).toBe('unknown mismatch');
  });

  test.each([
    [{ merOrderId: '1001U9' }, 'unknown mismatch'], [{ merOrderId: undefined, totalAmount: undefined }, 'unknown mismatch'], [{ merOrderId: undefined, totalAmount: 3851 }, 'unknown mismatch'],
    [{ mid: '898201612349999' }, 'unknown mismatch'], [{ merOrderId: undefined, mid: '898201612349999' }, 'unknown mismatch'], [{ totalAmount: 3851 }, 'unknown mismatch'],
    [{ qrCode: '' }, 'unknown gatewayUnsure'], [{ qrCode: 'two words' }, 'unknown gatewayUnsure'], [{ qrCode: 'x'.repeat(1025) }, 'unknown gatewayUnsure'],
    [{ qrCode: '二维码' }, 'unknown gatewayUnsure'], [{ appPayRequest: { qrCode: 'https://other.example' } }, 'unknown gatewayUnsure'], [{ qrCode: { a: 1 } }, 'unknown unlisted'],
    [{ status: 'TRADE_SUCCESS' }, 'unknown gatewayUnsure'], [{ status: 'TRADE_CLOSED' }, 'unknown gatewayUnsure'], [{ status: 'UNKNOWN' }, 'unknown gatewayUnsure'],
    [{ status: 'SOMETHING' }, 'unknown unlisted'],
  ])('is not shown with %j', (change, outcome) => {
    expect(said('present', answered(change))).toBe(outcome);
  });
});

describe('whose order it is (1.2.3, 1.3.3, 1.4.3, 2.1)', () => {
  const other = { mid: '898201612349999' };

  test('an answer that names another merchant is a mismatch, whatever it says; one that names none is ours', () => {
    for (const call of asked) for (const word of ['TRADE_SUCCESS', 'TRADE_CLOSED', 'NEW_ORDER']) expect(said(call, status(word, { qrCode, ...other }))).toBe('unknown mismatch');
    expect([said('query', failed('NO_ORDER', other)), said('present', failed('NO_MERCHANT', other)), said('reverse', { errCode: 'SUCCESS', ...other })]).toEqual(Array(3).fill('unknown mismatch'));
    for (const mid of [undefined, '', null, settings.merchantId]) expect(said('query', status('TRADE_SUCCESS', { mid }))).toBe('paid');
    for (const call of ['refund', 'queryRefund'] as const) {
      const refunded = { errCode: 'SUCCESS', merOrderId: orderNumber, refundOrderId: refundNumber, refundStatus: 'SUCCESS', status: 'TRADE_REFUND' };
      expect([said(call, refunded, refunding()), said(call, { ...refunded, ...other }, refunding())]).toEqual(['refunded', 'unknown mismatch']);
    }
  });

  test('the wallet’s merchant number and the terminal are not compared: the document’s own answers name others (1.4.4, 1.7.4)', () => {
    expect(said('query', status('TRADE_SUCCESS', { mid: settings.merchantId, tid: '12340042', targetMid: '2088000148435296' }))).toBe('paid');
  });
});

describe('closing (1.7)', () => {
  test('closed is closed, with or without the order named; a query confirms it', () => {
    expect(read('reverse', { errCode: 'SUCCESS', errMsg: '成功关闭二维码' })).toEqual({ kind: 'reversed', order: null, evidence: { code: 'SUCCESS', words: '成功关闭二维码' } });
    expect(read('reverse', status('TRADE_CLOSED'))).toMatchObject({ kind: 'reversed', order: { gatewayRef: '00443400012N' } });
  });

  test('beside any other state it is not', () => {
    for (const word of ['TRADE_SUCCESS', 'TRADE_REFUND']) expect(said('reverse', status(word))).toBe('unknown reversalRefused');
    for (const word of ['NEW_ORDER', 'WAIT_BUYER_PAY', 'UNKNOWN']) expect(said('reverse', status(word))).toBe('unknown gatewayUnsure');
    expect(said('reverse', status('SOMETHING'))).toBe('unknown unlisted');
    expect(said('reverse', status('TRADE_CLOSED', { merOrderId: '1001U9' }))).toBe('unknown mismatch');
    expect(said('reverse', success({ totalAmount: 1 }))).toBe('unknown mismatch');
  });
});

describe('noise', () => {
  const anyText = fc.oneof(
    fc.constantFrom('', 'SUCCESS', '3850', 3850, orderNumber, qrCode), fc.constantFrom(...Object.keys(errorCodes), ...Object.keys(orderStatuses)),
    fc.string(), fc.jsonValue({ maxDepth: 1 }),
  );
  const anyAnswer = fc.record({
    errCode: fc.oneof(fc.constant('SUCCESS'), anyText), errMsg: anyText, merOrderId: fc.oneof(fc.constant(orderNumber), anyText), totalAmount: fc.oneof(fc.constant(3850), anyText),
    status: anyText, qrCode: anyText, appPayRequest: anyText, seqId: anyText, targetOrderId: anyText, payTime: anyText,
  }, { requiredKeys: [] });

  test('never throws and ends nothing', () => {
    fc.assert(fc.property(noise, fc.constantFrom(...asked), (body, call) => {
      expect(said(call, body)).toBe('unknown unlisted');
    }));
  });

  test('answers put together by chance are paid or shown only with our number and amount', () => {
    fc.assert(fc.property(anyAnswer, fc.constantFrom(...asked), (body, call) => {
      const outcome = read(call, body);
      const numberIsOurs = body.merOrderId === orderNumber;
      const amountIsOurs = asText(body.totalAmount) === '3850';
      expect(outcome.kind !== 'paid' || (numberIsOurs && amountIsOurs && body.status === 'TRADE_SUCCESS' && body.errCode === 'SUCCESS')).toBe(true);
      const namesNone = (body.merOrderId ?? '') === '' && amountIsOurs;
      expect(outcome.kind !== 'shown' || ((numberIsOurs || namesNone) && body.errCode === 'SUCCESS')).toBe(true);
      expect(outcome.kind !== 'declined' || call !== 'query' || (numberIsOurs && body.status === 'TRADE_CLOSED')).toBe(true);
    }), { numRuns: 3000 });
  });

  test('an answer that is right but for one field never ends the order as paid', () => {
    fc.assert(fc.property(fc.constantFrom('merOrderId', 'totalAmount', 'status', 'errCode'), anyText, (field, value) => {
      const right: Record<string, unknown> = status('TRADE_SUCCESS');
      expect(read('query', { ...right, [field]: value }).kind === 'paid').toBe(asText(value) === asText(right[field]));
    }), { numRuns: 2000 });
  });

  test('a payment code in the words of UMS is masked', () => {
    expect(read('query', failed('TARGET_FAIL', { errMsg: '条码134567890123456789错误' })).evidence.words).toBe('条码****错误');
  });
});
