/** UMS's two signatures: OPEN-BODY-SIG over a request's bytes, and MD5 or SHA-256 over a notification's parameters (section 1.8.4). */
import { createHash, createHmac } from 'node:crypto';

export interface BodySignature {
  readonly appId: string;
  /** `yyyyMMddHHmmss` in China. */
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
}

const part = (name: string): string => `${name}="([^"]*)"`;
/** Some callers leave out the blanks after the commas. */
const headerPattern = new RegExp(`^OPEN-BODY-SIG ${['AppId', 'Timestamp', 'Nonce', 'Signature'].map(part).join(', ?')}$`);

/** The header's four parts in their order; null where it is anything else. */
export function readBodySignature(header: string): BodySignature | null {
  const found = headerPattern.exec(header);
  if (found === null) return null;
  const [, appId = '', timestamp = '', nonce = '', signature = ''] = found;
  return /^\d{14}$/.test(timestamp) && nonce !== '' ? { appId, timestamp, nonce, signature } : null;
}

/** Base64 of HMAC-SHA256 under the app's key, over app id, timestamp, nonce and the body's SHA-256 in lower-case hex. */
export function signBody(appId: string, appKey: string, timestamp: string, nonce: string, body: Buffer): string {
  const bodyHash = createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', appKey).update(appId + timestamp + nonce + bodyHash, 'utf8').digest('base64');
}

export type NoticeSignType = 'MD5' | 'SHA256';

/** What is signed: every parameter that has a value, sorted by its name, joined, with the key behind; never `sign` itself. */
export function noticeText(parameters: Readonly<Record<string, string>>, key: string): string {
  const pairs = Object.entries(parameters).filter(([name, value]) => name !== 'sign' && value !== '');
  return pairs.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => `${name}=${value}`).join('&') + key;
}

/** Upper case for both, as captured; the document's SHA-256 example is in lower case. */
export function signNotice(parameters: Readonly<Record<string, string>>, key: string, type: NoticeSignType): string {
  return createHash(type === 'MD5' ? 'md5' : 'sha256').update(noticeText(parameters, key), 'utf8').digest('hex').toUpperCase();
}

const chinaOffset = 8 * 3_600_000;

/** `yyyy-MM-dd HH:mm:ss` in China. */
export function chinaTime(instant: number): string {
  return new Date(instant + chinaOffset).toISOString().replace('T', ' ').slice(0, 19);
}

/** The instant of `yyyy-MM-dd HH:mm:ss` or `yyyyMMddHHmmss` in China; null where it is no time. */
export function instantOf(text: string): number | null {
  const found = /^(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)$/.exec(text) ?? /^(\d{4})(\d\d)(\d\d)(\d{6})$/.exec(text);
  if (found === null) return null;
  const [, year = '', month = '', day = '', clock = ''] = found;
  const time = clock.includes(':') ? clock : clock.replace(/^(\d\d)(\d\d)(\d\d)$/, '$1:$2:$3');
  const instant = Date.parse(`${year}-${month}-${day}T${time}+08:00`);
  return Number.isNaN(instant) ? null : instant;
}
