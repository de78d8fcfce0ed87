/** UMS' notifications: the document's digests, what is signed, what is refused, and noise. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Notification, NotificationRequest } from '../gateway.ts';
import { notificationDigests, notificationExample, notificationFields, notificationKey } from './fixtures/examples.ts';
import { orderNumber, refundNumber, settings } from './fixtures/shop.ts';
import { notification } from './notification.ts';
import { notificationSignature, textToSign } from './sign.ts';

const posted = (body: string | Uint8Array, more: Partial<NotificationRequest> = {}): NotificationRequest =>
  ({ method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, query: '', body: typeof body === 'string' ? new TextEncoder().encode(body) : body, ...more });
const { notifyKey: _key, ...withoutKey } = settings;
const read = (body: string | Uint8Array, block = settings): Notification => notification.read(posted(body), block);

/** Signed as the document says, computed here a second time. */
function signed(fields: Readonly<Record<string, string>>, algorithm: 'md5' | 'sha256' = 'md5', key = notificationKey): string {
  const text = Object.keys(fields).toSorted().filter((name) => fields[name] !== '').map((name) => `${name}=${fields[name]}`).join('&');
  const sign = createHash(algorithm).update(text + key, 'utf8').digest('hex').toUpperCase();
  return new URLSearchParams({ ...fields, sign }).toString();
}

const paid = {
  mid: '898201612345678', tid: '88880001', instMid: 'APPDEFAULT', merOrderId: orderNumber, totalAmount: '3850', status: 'TRADE_SUCCESS', seqId: '0031510000N',
  payTime: '2018-09-20 09:50:33', targetSys: 'Alipay 2.0', orderDesc: '街角小店 & 咖啡+茶', billFunds: '现金支付:3850', attachedData: '', randomKey: 'x=1',
};
const success = { status: 200, contentType: 'text/plain', body: 'SUCCESS' };
const failed = { status: 200, contentType: 'text/plain', body: 'FAILED' };

describe('the signature (1.8.4)', () => {
  const fields = new Map(Object.entries(notificationFields));

  test("is the document's, by MD5 and by SHA-256", () => {
    expect(notificationSignature(fields, notificationKey, 'MD5')).toBe(notificationDigests.md5.toLowerCase());
    expect(notificationSignature(fields, notificationKey, 'SHA256')).toBe(notificationDigests.sha256);
  });

  test('is over all fields with a value but itself, in ASCII order, nested JSON as it came', () => {
    expect(textToSign(fields)).toMatch(/^billDate=2017-06-26&billNo=31940000201700002&goods=\[\{"body":"微信二维码测试","price":"1",.*\}\]&instMid=.*&walletOption=SINGLE$/);
    expect(textToSign(new Map([['b', ''], ['Z', '1'], ['a', '2'], ['sign', '3'], ['_', '4']]))).toBe('Z=1&_=4&a=2');
    // What could be read as the same JSON is another text.
    const respaced = new Map([...fields, ['goods', (fields.get('goods') ?? '').replaceAll(',', ', ')]]);
    expect(notificationSignature(respaced, notificationKey, 'MD5')).not.toBe(notificationDigests.md5.toLowerCase());
  });

  test("the document's fields, sent as a form, are verified by either digest", () => {
    const { sign: _old, ...rest } = notificationFields;
    const form = (more: Record<string, string>) => new URLSearchParams({ ...rest, ...more }).toString();
    expect(read(form({ sign: notificationDigests.md5 }))).toMatchObject({ kind: 'about', verified: true, attemptRef: null, reply: success });
    // Compared without case (ERRATA 1.8.4).
    expect(read(form({ sign: notificationDigests.md5.toLowerCase() }))).toMatchObject({ kind: 'about', verified: true });
    expect(read(signed({ ...rest, signType: 'SHA256' }, 'sha256'))).toMatchObject({ kind: 'about', verified: true });
    expect(read(form({ sign: notificationDigests.sha256 }))).toEqual({ kind: 'refused', why: 'signature', reply: failed });
    // The sign that its example prints is of other fields.
    expect(read(form({ sign: notificationFields['sign'] ?? '' }))).toMatchObject({ kind: 'refused', why: 'signature' });
  });
});

describe('a notification', () => {
  const about = { kind: 'about', attemptRef: orderNumber, gatewayRef: '0031510000N', refundRef: null, verified: true, reply: success };

  test('that is signed names its order, and is answered with SUCCESS (1.8)', () => {
    expect(read(signed(paid))).toEqual(about);
    expect(read(signed({ ...paid, signType: 'SHA256' }, 'sha256'))).toEqual(about);
    expect(read(signed({ ...paid, signType: 'MD5' }))).toEqual(about);
    // A repeat reads the same: what it triggers, a query, changes nothing twice.
    expect(read(signed(paid))).toEqual(read(signed(paid)));
  });

  test('of a refund names the refund', () => {
    expect(read(signed({ ...paid, status: 'TRADE_REFUND', refundOrderId: refundNumber, refundAmount: '1000' }))).toEqual({ ...about, refundRef: refundNumber });
    expect(read(signed({ ...paid, refundExtOrderId: refundNumber }))).toMatchObject({ refundRef: refundNumber });
  });

  test('may have its order inside billPayment (1.8.5)', () => {
    expect(read(notificationExample)).toMatchObject({ kind: 'refused', why: 'signature' });
    expect(notification.read(posted(notificationExample), withoutKey)).toEqual({
      kind: 'about', attemptRef: '100120160928381005022325873000', gatewayRef: '00096057515N', refundRef: null, verified: false, reply: success,
    });
    expect(read(signed({ billStatus: 'PAID', billPayment: '{"merOrderId":"100120160928381005022325873000","totalAmount":1}' }))).toMatchObject({ verified: true, attemptRef: '100120160928381005022325873000' });
    expect(read(signed({ billStatus: 'PAID', billPayment: 'none' }))).toMatchObject({ verified: true, attemptRef: null });
  });

  test('is verified by nobody where no key is configured', () => {
    expect(notification.read(posted(signed(paid)), withoutKey)).toEqual({ ...about, verified: false });
  });

  test.each([
    ['another key', signed(paid, 'md5', 'another')],
    ['another digest than it says', signed({ ...paid, signType: 'SHA256' }, 'md5')],
    ['a digest that is not offered', signed({ ...paid, signType: 'RSA' })],
    ['no signature', new URLSearchParams(paid).toString()],
    ['an empty signature', `${new URLSearchParams(paid).toString()}&sign=`],
    ['one field changed', signed(paid).replace('totalAmount=3850', 'totalAmount=3851')],
    ['one field more', `${signed(paid)}&extra=1`],
  ])('with %s is refused', (_why, body) => {
    expect(read(body)).toEqual({ kind: 'refused', why: 'signature', reply: failed });
  });

  test('an empty field more is no field more (1.8.4)', () => {
    expect(read(`${signed(paid)}&extra=`)).toEqual(about);
  });

  test.each([
    ['nothing', ''], ['one name with two values', `${signed(paid)}&merOrderId=1001U9`], ['what is no encoding', `${signed(paid)}&a=%E4%B8`], ['what is no text', new Uint8Array([0xff, 0x3d, 0x31])],
    ['more fields than there are', Array.from({ length: 201 }, (_, index) => `a${index}=1`).join('&')],
  ])('made of %s is unreadable', (_what, body) => {
    expect(read(body)).toEqual({ kind: 'refused', why: 'unreadable', reply: failed });
  });

  test('comes by POST alone', () => {
    expect(notification.read(posted(signed(paid), { method: 'GET' }), settings)).toMatchObject({ kind: 'refused', why: 'unreadable' });
  });
});

describe('noise', () => {
  test('never throws, and is never verified', () => {
    const anyBody = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string().map((text) => new TextEncoder().encode(text)), fc.webQueryParameters().map((text) => new TextEncoder().encode(text)));
    fc.assert(fc.property(anyBody, (body) => {
      expect(read(body).kind).toBe('refused');
    }), { numRuns: 1000 });
  });

  test('whatever fields are signed, they are verified as they were, and not with one character changed', () => {
    const anyFields = fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,8}$/).filter((name) => name !== 'sign' && name !== 'signType'), fc.string({ unit: 'grapheme' }), { minKeys: 1, maxKeys: 8 });
    fc.assert(fc.property(anyFields, fc.constantFrom('md5', 'sha256'), (fields, algorithm) => {
      const all = algorithm === 'md5' ? fields : { ...fields, signType: 'SHA256' };
      expect(read(signed(all, algorithm))).toMatchObject({ kind: 'about', verified: true });
      expect(read(`${signed(all, algorithm)}&qqqqqqqqq=1`)).toMatchObject({ kind: 'refused' });
    }));
  });
});
