/** Omipay's orders for integrators: the fields of 3.3, 3.5, 3.6 and 3.7, their answers, and every documented code. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, noise, testMoment } from '../../testing/gateway-answers.ts';
import type { WireRequest } from '../../ports.ts';
import { exampleOrderNo } from './fixtures/examples.ts';
import { omipay } from './index.ts';
import {
  buildAppletOrder, buildAppOrder, buildJsapiOrder, buildOnlineOrder, readAppletOrder, readAppOrder, readJsapiOrder, readOnlineOrder, signedPage,
  type AppletOrder, type AppOrder, type JsapiOrder, type OnlineOrder, type OrderBasics,
} from './orders.ts';
import { errorCodes } from './table.ts';

const settings = omipay.settings.parse({
  baseUrl: 'https://www.omipay.com.au/omipay/api/v2', merchantNumber: '123456', secretKey: '0af61531c6c04ac4ac910d0cd59e6238', posNumber: 'posno_123',
});
const basics: OrderBasics = { orderName: '测试商品', amount: { minor: 100, currency: 'AUD' }, outOrderNo: 'SEORD000001', notifyUrl: 'http://your_site.com/receive_notify.html' };
const jsapi: JsapiOrder = { ...basics, redirectUrl: 'http://your_site.com/redirect_to.html' };
const online: OnlineOrder = { ...basics, type: 'wap', platform: 'POLI', returnUrl: 'http://your_site.com/receive_return.html' };
const app: AppOrder = { ...basics, platform: 'ALIPAYONLINE' };
const applet: AppletOrder = { ...basics, appId: 'wx20u82a9', customerId: 'o98c8sq9xz0' };

const signed = 'm_number=123456&timestamp=1482812036067&nonce_str=313644f42ecd4758b5e23b80e86efdc4&sign=8516A3B52F9C8897F52239B19CD8A499';
const common = { order_name: '测试商品', currency: 'AUD', amount: '100', notify_url: 'http://your_site.com/receive_notify.html', out_order_no: 'SEORD000001' };
const fieldsOf = ({ url }: WireRequest, name: string): Record<string, string> => {
  expect(url.startsWith(`https://www.omipay.com.au/omipay/api/v2/${name}?${signed}&`)).toBe(true);
  const { m_number: _m, timestamp: _t, nonce_str: _n, sign: _s, ...rest } = Object.fromEntries(new URL(url).searchParams);
  return rest;
};

describe('requests', () => {
  test("JSAPI (3.3): the document's example, and everything that its table has", () => {
    expect(fieldsOf(buildJsapiOrder(jsapi, settings, testMoment), 'MakeJSAPIOrder')).toEqual({ ...common, redirect_url: jsapi.redirectUrl });
    const full: JsapiOrder = { ...jsapi, directPay: true, showPcPayUrl: true, branchNumber: '01', posNumber: 'P1' };
    expect(fieldsOf(buildJsapiOrder(full, settings, testMoment), 'MakeJSAPIOrder')).toEqual({ ...common, redirect_url: jsapi.redirectUrl, direct_pay: '1', show_pc_pay_url: '1', o_number: '01', pos_no: 'P1' });
    expect(fieldsOf(buildJsapiOrder({ ...jsapi, directPay: false }, settings, testMoment), 'MakeJSAPIOrder')).toEqual({ ...common, redirect_url: jsapi.redirectUrl });
  });
  test("online (3.5): the document's example", () => {
    expect(fieldsOf(buildOnlineOrder(online, settings, testMoment), 'MakeOnlineOrder')).toEqual({ ...common, return_url: online.returnUrl, type: 'wap', platform: 'POLI' });
    expect(fieldsOf(buildOnlineOrder({ ...basics, type: 'web' }, settings, testMoment), 'MakeOnlineOrder')).toEqual({ ...common, type: 'web' });
    expect(() => buildOnlineOrder({ ...online, amount: { minor: 1, currency: 'AUD' } }, settings, testMoment)).toThrow('POLi');
  });
  test("APP (3.6): the document's example; the app's id for WeChat alone", () => {
    expect(fieldsOf(buildAppOrder(app, settings, testMoment), 'MakeAPPOrder')).toEqual({ ...common, platform: 'ALIPAYONLINE' });
    expect(fieldsOf(buildAppOrder({ ...basics, platform: 'WECHATPAY', appId: 'wxc571a1u199z0qc240', branchNumber: '01' }, settings, testMoment), 'MakeAPPOrder'))
      .toEqual({ ...common, platform: 'WECHATPAY', o_number: '01', app_id: 'wxc571a1u199z0qc240' });
  });
  test("applet (3.7): the document's example", () => {
    expect(fieldsOf(buildAppletOrder(applet, settings, testMoment), 'MakeAppletOrder')).toEqual({ ...common, platform: 'WECHATPAY', app_id: 'wx20u82a9', customer_id: 'o98c8sq9xz0' });
  });
  test("the address for notices is the order's, else the settings', else none", () => {
    const { notifyUrl: _none, ...silent } = app;
    const notified = { ...settings, notifyUrl: 'https://shop.example/omipay' };
    expect(fieldsOf(buildAppOrder(silent, notified, testMoment), 'MakeAPPOrder')['notify_url']).toBe('https://shop.example/omipay');
    expect(fieldsOf(buildAppOrder(silent, settings, testMoment), 'MakeAPPOrder')['notify_url']).toBeUndefined();
  });
  test('what can not be is a broken invariant, and the key is in no request', () => {
    expect(() => buildAppOrder({ ...app, amount: { minor: 0, currency: 'AUD' } }, settings, testMoment)).toThrow('amount');
    expect(() => buildAppOrder({ ...app, amount: { minor: 1.5, currency: 'AUD' } }, settings, testMoment)).toThrow('amount');
    expect(() => buildAppOrder({ ...app, amount: { minor: 1, currency: 'USD' } }, settings, testMoment)).toThrow('USD');
    expect(() => buildAppOrder({ ...app, outOrderNo: '' }, settings, testMoment)).toThrow('number');
    for (const request of [buildJsapiOrder(jsapi, settings, testMoment), buildAppletOrder(applet, settings, testMoment)]) expect(request.url).not.toContain(settings.secretKey);
  });
  test('a page is signed like a call (3.2, 3.3)', () => {
    const page = signedPage('https://www.omipay.com.au/Omipay/pay/qrpay?paycode=x', 'https://shop.example/done?a=1', settings, testMoment);
    expect(page).toBe(`https://www.omipay.com.au/Omipay/pay/qrpay?paycode=x&${signed}&redirect_url=https%3A%2F%2Fshop.example%2Fdone%3Fa%3D1`);
  });
});

const readers = {
  jsapi: (body: unknown) => readJsapiOrder(jsapi, answerOf(body)),
  online: (body: unknown) => readOnlineOrder(online, answerOf(body)),
  app: (body: unknown) => readAppOrder(app, answerOf(body)),
  applet: (body: unknown) => readAppletOrder(applet, answerOf(body)),
};
const made = (more: object) => ({ return_code: 'SUCCESS', order_no: exampleOrderNo, ...more });
const payUrl = 'https://www.omipay.com.au/Omipay/pay/jsapi?paycode=x';
const sheet = { timeStamp: '1513242617', nonceStr: 'uXWTAw0g3q5HOHjdZW4opDbfp1a7dBOI', signType: 'MD5', paySign: '1266C828F67A1C5BD0DC0203405D4480' };

describe('answers', () => {
  test('say how the payment starts, with the number to ask for', () => {
    expect(readers.jsapi(made({ pay_url: payUrl }))).toEqual({ kind: 'started', orderNo: exampleOrderNo, start: { payUrl, pcPayUrl: null }, evidence: { code: 'SUCCESS', words: null } });
    expect(readers.jsapi(made({ pay_url: payUrl, pc_pay_url: payUrl }))).toMatchObject({ start: { pcPayUrl: payUrl } });
    expect(readers.online(made({ pay_url: payUrl }))).toMatchObject({ kind: 'started', start: { payUrl } });
    expect(readers.app(made({ order_string: 'app_id=1&sign=x' }))).toMatchObject({ kind: 'started', start: { orderString: 'app_id=1&sign=x' } });
    expect(readers.app(made({ order_string: { appid: 'wx1', sign: 'x' } }))).toMatchObject({ kind: 'started', start: { orderString: '{"appid":"wx1","sign":"x"}' } });
    expect(readers.applet(made({ ...sheet, Package: 'prepay_id=1' }))).toMatchObject({ kind: 'started', start: { ...sheet, package: 'prepay_id=1' } });
    expect(readers.applet(made({ ...sheet, package: 'prepay_id=1' }))).toMatchObject({ start: { package: 'prepay_id=1' } });
  });
  test.each(Object.entries(readers))('%s: without a number or a start it is not known what was made', (_name, read) => {
    const all = { pay_url: payUrl, order_string: 'x', ...sheet, Package: 'p' };
    expect(read(made(all)).kind).toBe('started');
    expect(read(made({ ...all, order_no: '' }))).toMatchObject({ kind: 'unknown', why: 'unlisted' });
    expect(read(made({}))).toMatchObject({ kind: 'unknown', why: 'unlisted' });
    expect(read(made({ ...all, out_order_no: 'SEORD000002' }))).toMatchObject({ kind: 'unknown', why: 'mismatch' });
    expect(read({ ...made(all), return_code: 'OK' })).toMatchObject({ kind: 'unknown', why: 'unlisted' });
  });
  test('a page that no browser should open is none', () => {
    for (const pay_url of ['javascript:alert(1)', 'ftp://x', 'https://a b', '']) expect(readers.online(made({ pay_url })).kind).toBe('unknown');
    expect(readers.jsapi(made({ pay_url: payUrl, pc_pay_url: 'javascript:alert(1)' })).kind).toBe('unknown');
  });
  test.each(Object.entries(readers))('%s: the codes of 2.4 and 3.3 refuse, all others end nothing', (_name, read) => {
    const refused: Record<string, string> = {
      PARAMETER_INVALID: 'requestRefused', SIGN_TIMEOUT: 'clockOff', SIGN_TIMEOUOT: 'clockOff', MERCHANTNO_INVALID: 'terminalUnknown', SIGN_ERROR: 'wrongKey', MERCHANTNO_DISABLE: 'merchantBlocked',
      BRANCH_INVALID: 'terminalUnknown', WECHAT_STORE_NOT_EXISTS: 'merchantBlocked', AMOUNT_INVALID: 'amountRefused',
    };
    for (const code of [...Object.keys(errorCodes), 'NEW', '']) {
      const reason = refused[code];
      const why = code === 'SYSTEM_ERROR' ? 'gatewayUnsure' : 'unlisted';
      expect(read({ return_code: 'FAIL', error_code: code, error_msg: 'words' }), code).toMatchObject(reason === undefined ? { kind: 'unknown', why } : { kind: 'refused', reason });
    }
  });
  test('noise is unknown', () => {
    fc.assert(fc.property(noise, fc.constantFrom(...Object.values(readers)), (body, read) => {
      expect(read(body)).toMatchObject({ kind: 'unknown', why: 'unlisted' });
    }));
  });
});

test('every error code of the document has a row that says what each call makes of it', () => {
  for (const [code, { where: _where, refusesNumber: _refuses, ...meanings }] of Object.entries(errorCodes)) expect(Object.keys(meanings).length, code).toBeGreaterThan(0);
});
