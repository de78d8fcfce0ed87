/** Shouqianba's callback: whose signature it has, what it names, and what it is answered (FIELD). */
import { createSign, generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noise } from '../../testing/gateway-answers.ts';
import type { Notification, NotificationRequest } from '../gateway.ts';
import { shouqianba } from './index.ts';
import { notification } from './notification.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const inner = pem.replace(/-----[A-Z ]+-----|\s/g, '');
const block = { baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100000330001', terminalKey: 'c9d5ff0d4d2f1ef1f9f0a2f1f5ee43ad' };
const bare = shouqianba.settings.parse(block);
const keyed = shouqianba.settings.parse({ ...block, platformPublicKey: inner });

const order = { sn: '7894259244067349', client_sn: 'S1234567890123456789012', status: 'SUCCESS', order_status: 'PAID', total_amount: '3850', reflect: '' };
const signatureOf = (body: string | Uint8Array) => createSign('sha256').update(body).sign(privateKey, 'base64');
const posted = (body: string | Uint8Array, authorization?: string): NotificationRequest =>
  ({ method: 'POST', headers: authorization === undefined ? {} : { authorization }, query: '', body: typeof body === 'string' ? new TextEncoder().encode(body) : body });
const signed = (content: unknown, settings = keyed): Notification => {
  const body = JSON.stringify(content);
  return notification.read(posted(body, `100000330001 ${signatureOf(body)}`), settings);
};
const taken = { status: 200, contentType: 'text/plain', body: 'success' };
const refused = (why: string) => ({ kind: 'refused', why, reply: { status: 400, contentType: 'text/plain', body: 'fail' } });
const about = { kind: 'about', attemptRef: order.client_sn, gatewayRef: order.sn, refundRef: null, verified: true, reply: taken };

describe('with the platform’s key', () => {
  test('a signed callback is verified, and answered with plain success', () => {
    expect(signed(order)).toEqual(about);
    expect(signed({ result_code: '200', biz_response: { result_code: 'PAY_SUCCESS', data: order } })).toEqual(about);
    expect(shouqianba.notification).toBe(notification);
  });
  test('the signature is over the bytes as they came', () => {
    const body = JSON.stringify(order);
    expect(notification.read(posted(`${body} `, `1 ${signatureOf(body)}`), keyed)).toEqual(refused('signature'));
    expect(notification.read(posted(body.replace('3850', '1'), `1 ${signatureOf(body)}`), keyed)).toEqual(refused('signature'));
  });
  test.each([undefined, '', '100000330001', signatureOf('x'), '100000330001 ', '100000330001 AAAA', '100000330001 ***', 'a b c'])('%j signs nothing', (authorization) => {
    expect(notification.read(posted(JSON.stringify(order), authorization), keyed)).toEqual(refused('signature'));
  });
  test('a signature by another key is refused', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(signed(order, shouqianba.settings.parse({ ...block, platformPublicKey: other }))).toEqual(refused('signature'));
  });
});

describe('without it', () => {
  test('whatever comes is unverified: a reason to ask, no more', () => {
    expect(notification.read(posted(JSON.stringify(order), 'x y'), bare)).toEqual({ ...about, verified: false });
    expect(notification.read(posted(JSON.stringify(order)), bare)).toEqual({ ...about, verified: false });
  });
});

test('after a refund it names the refund', () => {
  expect(signed({ ...order, client_tsn: `${order.client_sn}-R1234567890123456789` })).toEqual({ ...about, refundRef: 'R1234567890123456789' });
  expect(signed({ ...order, client_tsn: order.client_sn })).toEqual(about);
  expect(signed({ ...order, client_tsn: 'S9-R1' })).toEqual(about);
});

test('one number is enough; without both there is nothing to ask', () => {
  expect(signed({ ...order, client_sn: '' })).toMatchObject({ kind: 'about', attemptRef: null });
  expect(signed({ ...order, sn: null })).toMatchObject({ kind: 'about', gatewayRef: null });
  expect(signed({ status: 'SUCCESS' })).toEqual({ kind: 'refused', why: 'unreadable', reply: taken });
});

test('what is no posted JSON object is refused', () => {
  for (const body of ['', '[]', 'sn=1', '{"sn":["1"]}']) expect(notification.read(posted(body), bare)).toEqual(refused('unreadable'));
  expect(notification.read({ ...posted(JSON.stringify(order)), method: 'GET' }, bare)).toEqual(refused('unreadable'));
  fc.assert(fc.property(noise, (body) => {
    expect(notification.read(posted(body), bare).kind).toBe('refused');
  }));
});

test('the key is taken as PEM or as its inner part, and nothing else', () => {
  const takes = (platformPublicKey: unknown) => shouqianba.settings.safeParse({ ...block, platformPublicKey }).success;
  expect([pem, inner, pem.replaceAll('\n', '\r\n')].map(takes)).toEqual([true, true, true]);
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(['', 'AAAA', 'key', inner.slice(1), curve, secret, 7].map(takes)).toEqual(Array(7).fill(false));
});
