/** UMS' two signatures: OPEN-BODY-SIG of our requests (FIELD), MD5 or SHA-256 of its notifications (document 1.8.4). */
import { createHash, createHmac } from 'node:crypto';
import { md5Hex } from '../md5.ts';

/**
 * The `Authorization` header. `body` must be the very bytes that are sent; the signature is
 * Base64(HMAC-SHA256(appKey, appId + timestamp + nonce + hex(SHA256(body)))).
 */
export function authorization(appId: string, appKey: string, timestamp: string, nonce: string, body: Uint8Array): string {
  const digest = createHash('sha256').update(body).digest('hex');
  const signature = createHmac('sha256', appKey).update(appId + timestamp + nonce + digest).digest('base64');
  return `OPEN-BODY-SIG AppId="${appId}", Timestamp="${timestamp}", Nonce="${nonce}", Signature="${signature}"`;
}

/** `signType` of a notification; one without it is signed with MD5. */
export type NotificationSignType = 'MD5' | 'SHA256';

/** The signature of a notification's fields, in lower case. `fields` as received: decoded, nested JSON as the text it is. */
export function notificationSignature(fields: ReadonlyMap<string, string>, key: string, type: NotificationSignType): string {
  const text = textToSign(fields) + key;
  return type === 'MD5' ? md5Hex(text) : createHash('sha256').update(text).digest('hex');
}

/** Every field but `sign` that has a value, by name in ASCII order: `a=1&b=2`. */
export function textToSign(fields: ReadonlyMap<string, string>): string {
  return [...fields]
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
