/** Shouqianba's callback that an order changed (FIELD): signed by the platform's key; whatever it says only triggers a query. */
import { z } from 'zod';
import type { Notification, NotificationReply, NotificationRequest, NotificationRule } from '../gateway.ts';
import { isJsonObject, readJsonObject, type JsonObject } from '../json.ts';
import { decidingText } from '../wire-fields.ts';
import { keptReference } from '../words.ts';
import type { ShouqianbaSettings } from './settings.ts';
import { isSignedByPlatform } from './sign.ts';

/** FIELD: anything but this word is sent again after 1, 5, 30 and 600 seconds. */
const taken: NotificationReply = { status: 200, contentType: 'text/plain', body: 'success' };
const notTaken: NotificationReply = { status: 400, contentType: 'text/plain', body: 'fail' };

const orderSchema = z.object({ sn: decidingText, client_sn: decidingText, client_tsn: decidingText });

export const notification: NotificationRule<ShouqianbaSettings> = {
  read(request, settings) {
    const order = readOrder(request);
    if (order === null) return { kind: 'refused', why: 'unreadable', reply: notTaken };
    const { platformPublicKey: key } = settings;
    if (key !== undefined && !isSignedByPlatform(request.body, signatureOf(request), key)) return { kind: 'refused', why: 'signature', reply: notTaken };
    return about(order, key !== undefined);
  },
};

/** `Authorization: <sn> <signature>`; the number says for whom it was signed, and no field of the body repeats it. */
function signatureOf({ headers }: NotificationRequest): string {
  return /^\S+ +(\S+)$/.exec((headers['authorization'] ?? '').trim())?.[1] ?? '';
}

function about(order: z.infer<typeof orderSchema>, verified: boolean): Notification {
  const attemptRef = keptReference(order.client_sn, null);
  const gatewayRef = keptReference(order.sn, null);
  // It can be read, and names no order: there is nothing to ask for, and sending it again won't help.
  if (attemptRef === null && gatewayRef === null) return { kind: 'refused', why: 'unreadable', reply: taken };
  return { kind: 'about', attemptRef, gatewayRef, refundRef: refundNumber(order), verified, reply: taken };
}

/** `client_tsn` is our number, a hyphen, and the refund's, after a refund (FIELD). */
function refundNumber({ client_sn: number, client_tsn: transaction }: z.infer<typeof orderSchema>): string | null {
  return number !== '' && transaction.startsWith(`${number}-`) ? keptReference(transaction.slice(number.length + 1), null) : null;
}

/** The order in a posted body: flat, or nested as in an answer (document 2.3). Null where there is none. */
function readOrder({ method, body }: NotificationRequest): z.infer<typeof orderSchema> | null {
  const json = method === 'POST' ? readJsonObject(body) : null;
  const order = json && orderSchema.safeParse(innermost(json));
  return order?.success === true ? order.data : null;
}

function innermost(json: JsonObject): JsonObject {
  const response = json['biz_response'];
  const outer = isJsonObject(response) ? response : json;
  const data = outer['data'];
  return isJsonObject(data) ? data : outer;
}
