/** The aggregator's asynchronous notification (document 5.2): a signed form; whatever it says only triggers a query. */
import type { Notification, NotificationReply, NotificationRequest } from '../gateway.ts';
import { sameSignature } from '../same-signature.ts';
import { keptReference } from '../words.ts';
import type { AggregatorSettings } from './settings.ts';
import { signNotification } from './sign.ts';

/** Document 3 (2): anything but this word is sent again, five times, a minute apart. */
const taken: NotificationReply = { status: 200, contentType: 'text/plain', body: 'SUCCESS' };
const notTaken: NotificationReply = { status: 400, contentType: 'text/plain', body: 'FAIL' };

export function readNotification(request: NotificationRequest, settings: AggregatorSettings): Notification {
  const pairs = formPairs(request);
  if (pairs === null || pairs['appid'] !== settings.appId) return { kind: 'refused', why: 'unreadable', reply: notTaken };
  const { sign = '', order_no: orderNumber = '', platform_order_no: platformNumber = '' } = pairs;
  if (!sameSignature(sign.toLowerCase(), signNotification(pairs, settings.secret))) return { kind: 'refused', why: 'signature', reply: notTaken };
  return { kind: 'about', attemptRef: keptReference(orderNumber, null), gatewayRef: keptReference(platformNumber, null), refundRef: null, verified: true, reply: taken };
}

/** The pairs of a posted form; null where it is none, or names one key twice: then nobody knows which of them was signed. */
function formPairs({ method, body }: NotificationRequest): Record<string, string> | null {
  if (method !== 'POST') return null;
  const pairs: Record<string, string> = Object.create(null);
  for (const [key, value] of new URLSearchParams(new TextDecoder().decode(body))) {
    if (Object.hasOwn(pairs, key)) return null;
    pairs[key] = value;
  }
  return pairs;
}
