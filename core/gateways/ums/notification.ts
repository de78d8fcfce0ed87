/** UMS' notification of a payment: a signed form post (document 1.8). Whatever it says only triggers a query. */
import type { Notification, NotificationReply, NotificationRequest, NotificationRule } from '../gateway.ts';
import { isJsonObject, readJsonObject } from '../json.ts';
import { sameSignature } from '../same-signature.ts';
import { keptReference } from '../words.ts';
import type { UmsSettings } from './settings.ts';
import { notificationSignature, type NotificationSignType } from './sign.ts';

/** Document 1.8: these two words, nothing around them. */
const reply = (word: 'SUCCESS' | 'FAILED'): NotificationReply => ({ status: 200, contentType: 'text/plain', body: word });

/** A notification has some fifty fields; what has more is none. */
const mostFields = 200;

export const notification: NotificationRule<UmsSettings> = {
  read(request, settings) {
    const fields = readForm(request);
    if (fields === null) return { kind: 'refused', why: 'unreadable', reply: reply('FAILED') };
    const isVerified = settings.notifyKey === undefined ? false : isSigned(fields, settings.notifyKey);
    if (settings.notifyKey !== undefined && !isVerified) return { kind: 'refused', why: 'signature', reply: reply('FAILED') };
    return about(fields, isVerified);
  },
};

/** Document 1.8.4: MD5 unless `signType` says otherwise; compared without case (ERRATA 1.8.4). */
function isSigned(fields: ReadonlyMap<string, string>, key: string): boolean {
  const type = signTypes.get((fields.get('signType') ?? '').toUpperCase());
  const sign = fields.get('sign') ?? '';
  return type !== undefined && sign !== '' && sameSignature(sign.toLowerCase(), notificationSignature(fields, key, type));
}

const signTypes: ReadonlyMap<string, NotificationSignType> = new Map<string, NotificationSignType>([['', 'MD5'], ['MD5', 'MD5'], ['SHA256', 'SHA256']]);

function about(fields: ReadonlyMap<string, string>, verified: boolean): Notification {
  const nested = billPayment(fields);
  const named = (key: string) => keptReference(fields.get(key) ?? '', null) ?? nested(key);
  return {
    kind: 'about',
    attemptRef: named('merOrderId'),
    gatewayRef: named('seqId') ?? nested('paySeqId'),
    refundRef: named('refundOrderId') ?? named('refundExtOrderId'),
    verified,
    reply: reply('SUCCESS'),
  };
}

/** The example (1.8.5) has the order's fields inside `billPayment`, as JSON text. */
function billPayment(fields: ReadonlyMap<string, string>): (key: string) => string | null {
  const json = readJsonObject(new TextEncoder().encode(fields.get('billPayment') ?? ''));
  return (key) => {
    const value = isJsonObject(json ?? undefined) ? json?.[key] : undefined;
    return typeof value === 'string' ? keptReference(value, null) : null;
  };
}

/** The fields of a form post, decoded; null where it is none, or where one name stands twice: then nobody knows which is meant. */
function readForm(request: NotificationRequest): ReadonlyMap<string, string> | null {
  if (request.method !== 'POST') return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(request.body);
    const pairs = text.split('&').filter((pair) => pair !== '');
    const fields = new Map(pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [decoded(pair), ''] as const : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))] as const;
    }));
    return fields.size === 0 || fields.size !== pairs.length || fields.size > mostFields ? null : fields;
  } catch {
    return null;
  }
}

/** Throws on what is no encoding. */
function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
