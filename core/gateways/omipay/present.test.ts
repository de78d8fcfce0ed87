/** Showing a code at Omipay: MakeQROrder's request, its words, and what may be shown to a customer (document 3.2). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, inWords, noise, testAttempt, testMoment } from '../../testing/gateway-answers.ts';
import type { AttemptFacts, Outcome } from '../gateway.ts';
import { exampleOrderNo, exampleOutOrderNo, presentExamples } from './fixtures/examples.ts';
import { omipay } from './index.ts';
import { errorCodes } from './table.ts';

const settings = omipay.settings.parse({
  baseUrl: 'https://www.omipay.com.au/omipay/api/v2', merchantNumber: '123456', secretKey: '0af61531c6c04ac4ac910d0cd59e6238', posNumber: 'posno_123',
  notifyUrl: 'https://your_site.com/receive_notify.html', qrPlatform: 'ALIPAY',
});
const attempt = testAttempt({ attemptRef: exampleOutOrderNo, amount: { minor: 100, currency: 'AUD' }, direction: 'show', code: null, presentSeconds: 240 });

const read = (body: unknown, facts: AttemptFacts = attempt): Outcome => omipay.read('present', facts, answerOf(body), settings);
const said = (body: unknown, facts?: AttemptFacts) => inWords(read(body, facts));
const qrcode = 'https://www.omipay.com.au/Omipay/pay/qr?paycode=x';
const created = (change: object = {}) => ({ return_code: 'SUCCESS', order_no: exampleOrderNo, qrcode, pay_url: 'https://www.omipay.com.au/Omipay/pay/qrpay?paycode=x', ...change });

describe('the request', () => {
  const common = 'm_number=123456&timestamp=1482812036067&nonce_str=313644f42ecd4758b5e23b80e86efdc4&sign=8516A3B52F9C8897F52239B19CD8A499';

  test('has the fields of 3.2, the address for notices where there is one', () => {
    const request = omipay.build('present', { ...attempt, subject: '测试商品' }, settings, testMoment);
    expect(request.url).toBe(
      `https://www.omipay.com.au/omipay/api/v2/MakeQROrder?${common}&order_name=%E6%B5%8B%E8%AF%95%E5%95%86%E5%93%81&currency=AUD&amount=100`
      + '&notify_url=https%3A%2F%2Fyour_site.com%2Freceive_notify.html&out_order_no=SEORD000001&platform=ALIPAY',
    );
    const { notifyUrl: _none, qrPlatform: _neither, ...rest } = settings;
    const bare = omipay.build('present', attempt, rest, testMoment).url;
    expect(bare).not.toContain('notify_url');
    expect(bare).toContain('platform=WECHATPAY');
  });
  test.each([['wechat', 'WECHATPAY'], ['alipay', 'ALIPAY'], ['unionpay', 'UPI'], ['other', 'UPI'], [null, 'UPI']] as const)('for %s the platform is %s', (showFor, platform) => {
    const { url } = omipay.build('present', { ...attempt, showFor }, { ...settings, qrPlatform: 'UPI' }, testMoment);
    expect(new URL(url).searchParams.get('platform')).toBe(platform);
  });
});

describe("the document's answers", () => {
  test.each(presentExamples.map((example) => [example.section, example] as const))('%s', (_section, example) => {
    expect(said(example.body)).toBe(example.outcome);
    expect(omipay.read('present', attempt, answerOf(example.body, 500), settings)).toEqual(read(example.body));
  });
});

describe('a code', () => {
  test('is shown with the number by which its order can be asked for', () => {
    expect(read(created())).toEqual({
      kind: 'shown', qr: qrcode, order: { gatewayRef: exampleOrderNo, walletRef: null, wallet: null, payerId: null, paidAt: null }, evidence: { code: 'SUCCESS', words: null },
    });
    expect(said(created({ out_order_no: exampleOutOrderNo, amount: 100, currency: 'AUD', result_code: 'READY' }))).toBe('shown');
  });
  test('without that number, or without a code, is not', () => {
    expect(read(created({ order_no: '' }))).toMatchObject({ kind: 'unknown', why: 'unlisted' });
    expect(read(created({ qrcode: '' }))).toMatchObject({ kind: 'unknown', why: 'unlisted', order: { gatewayRef: exampleOrderNo } });
    for (const wrong of ['a b', 'x'.repeat(1025), ['x'], null]) expect(said(created({ qrcode: wrong }))).toBe('unknown unlisted');
  });
  test('of another order or sum is not', () => {
    for (const change of [{ out_order_no: 'SEORD000002' }, { amount: 101 }, { currency: 'CNY' }]) expect(said(created(change))).toBe('unknown mismatch');
  });
  test('of an order that is not waiting is not, and is asked for', () => {
    for (const result_code of ['PAID', 'CANCELLED', 'SOMETHING']) expect(read(created({ result_code }))).toMatchObject({ kind: 'unknown', why: 'gatewayUnsure', order: { gatewayRef: exampleOrderNo } });
  });
});

test('the error codes of 2.4 and 3.2 decline, all others end nothing', () => {
  const declined: Record<string, string> = {
    PARAMETER_INVALID: 'requestRefused', SIGN_TIMEOUT: 'clockOff', SIGN_TIMEOUOT: 'clockOff', MERCHANTNO_INVALID: 'terminalUnknown', SIGN_ERROR: 'wrongKey', WEBSTORE_NOT_EXISTS: 'merchantBlocked',
    AMOUNT_INVALID: 'amountRefused', MERCHANTNO_DISABLE: 'merchantBlocked', BRANCH_INVALID: 'terminalUnknown',
  };
  for (const error_code of [...Object.keys(errorCodes), 'SOMETHING_NEW', '']) {
    const reason = declined[error_code];
    const expected = reason === undefined ? `unknown ${error_code === 'SYSTEM_ERROR' ? 'gatewayUnsure' : 'unlisted'}` : `declined ${reason}`;
    expect(said({ return_code: 'FAIL', error_code, error_msg: 'words' }), error_code).toBe(expected);
  }
  expect(said({ return_code: 'FAIL', error_code: 'AMOUNT_INVALID', out_order_no: 'SEORD000002' })).toBe('unknown mismatch');
});

test('noise is never shown', () => {
  fc.assert(fc.property(noise, (body) => {
    expect(said(body)).toBe('unknown unlisted');
  }));
});
