/** Omipay's push: who signed it, what it names, and what it is answered (document 3.9). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noise } from '../../testing/gateway-answers.ts';
import type { Notification, NotificationRequest } from '../gateway.ts';
import { exampleOrderNo, exampleOutOrderNo } from './fixtures/examples.ts';
import { omipay } from './index.ts';
import { notification } from './notification.ts';
import { sign } from './sign.ts';

const settings = omipay.settings.parse({
  baseUrl: 'https://www.omipay.com.au/omipay/api/v2', merchantNumber: '123456', secretKey: '0af61531c6c04ac4ac910d0cd59e6238', posNumber: 'posno_123',
});
/** All fields of the table; time, nonce and sign are those of the document's one vector (2.3). */
const push = {
  return_code: 'SUCCESS', nonce_str: '313644f42ecd4758b5e23b80e86efdc4', timestamp: 1482812036067, sign: '8516A3B52F9C8897F52239B19CD8A499', order_no: exampleOrderNo,
  out_order_no: exampleOutOrderNo, currency: 'AUD', total_amount: 100, order_time: '20161227105530', pay_time: '20161227105602', exchange_rate: 650000000, cny_amount: 650,
};
const posted = (body: string | Uint8Array, change: Partial<NotificationRequest> = {}): NotificationRequest =>
  ({ method: 'POST', headers: { 'content-type': 'application/json' }, query: '', body: typeof body === 'string' ? new TextEncoder().encode(body) : body, ...change });
const read = (change: object = {}): Notification => notification.read(posted(JSON.stringify({ ...push, ...change })), settings);
const taken = { status: 200, contentType: 'application/json', body: '{"return_code":"SUCCESS"}' };
const notTaken = { status: 400, contentType: 'application/json', body: '{"return_code":"FAIL"}' };

describe('a push', () => {
  test("signed as the document's vector is verified with our own merchant number, and names the order (2.3, 3.9)", () => {
    expect(read()).toEqual({ kind: 'about', attemptRef: exampleOutOrderNo, gatewayRef: exampleOrderNo, refundRef: null, verified: true, reply: taken });
    expect(omipay.notification).toBe(notification);
    expect(read({ m_number: '123456', sign: push.sign.toLowerCase(), timestamp: String(push.timestamp) })).toMatchObject({ kind: 'about' });
  });
  test('is the same however often it comes', () => {
    expect(read()).toEqual(read());
  });
  test.each([
    ['another signature', { sign: `${push.sign.slice(0, -1)}0` }], ['the signature that the document prints one character short', { sign: push.sign.slice(1) }], ['none', { sign: '' }],
    ['another time', { timestamp: 1482812036068 }], ['another nonce', { nonce_str: 'x' }], ['no time', { timestamp: null, sign: sign('123456', '', push.nonce_str, settings.secretKey) }],
    ['no nonce', { nonce_str: '', sign: sign('123456', String(push.timestamp), '', settings.secretKey) }],
    ["another merchant's number", { m_number: '000034', sign: sign('000034', String(push.timestamp), push.nonce_str, settings.secretKey) }],
  ])('with %s is refused', (_name, change) => {
    expect(read(change)).toEqual({ kind: 'refused', why: 'signature', reply: notTaken });
  });
  test('may leave one number out; without both there is nothing to ask', () => {
    expect(read({ out_order_no: null })).toMatchObject({ kind: 'about', attemptRef: null, gatewayRef: exampleOrderNo });
    expect(read({ order_no: '' })).toMatchObject({ kind: 'about', attemptRef: exampleOutOrderNo, gatewayRef: null });
    expect(read({ order_no: 'a b', out_order_no: '' })).toEqual({ kind: 'refused', why: 'unreadable', reply: taken });
  });
  test('that is no posted JSON object is refused', () => {
    const body = JSON.stringify(push);
    for (const request of [posted(body, { method: 'GET' }), posted(''), posted('[]'), posted(`${body}x`), posted(JSON.stringify({ ...push, return_code: '' })), posted(JSON.stringify({ ...push, sign: [push.sign] }))]) {
      expect(notification.read(request, settings)).toEqual({ kind: 'refused', why: 'unreadable', reply: notTaken });
    }
  });
  test('never leaks the key, and noise is refused', () => {
    fc.assert(fc.property(noise, (body) => {
      const outcome = notification.read(posted(body), settings);
      expect(outcome.kind).toBe('refused');
      expect(JSON.stringify(outcome)).not.toContain(settings.secretKey);
    }));
  });
});
