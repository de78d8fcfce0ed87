/** Omipay's push that an order was paid (document 3.9): signed JSON; whatever it says only triggers a query. */
import { z } from 'zod';
import type { Notification, NotificationReply, NotificationRequest, NotificationRule } from '../gateway.ts';
import { readJsonObject } from '../json.ts';
import { sameSignature } from '../same-signature.ts';
import { decidingText } from '../wire-fields.ts';
import { keptReference } from '../words.ts';
import type { OmipaySettings } from './settings.ts';
import { sign } from './sign.ts';

/** Document 3.9: anything else is sent again, three times in all. */
const taken: NotificationReply = { status: 200, contentType: 'application/json', body: '{"return_code":"SUCCESS"}' };
const notTaken: NotificationReply = { status: 400, contentType: 'application/json', body: '{"return_code":"FAIL"}' };

/** What the till reads of a push. The amount, the times and the rate are asked for: the signature covers none of them (2.3). */
const pushSchema = z.object({
  return_code: decidingText, nonce_str: decidingText, timestamp: decidingText, sign: decidingText, order_no: decidingText, out_order_no: decidingText, m_number: decidingText,
});

export const notification: NotificationRule<OmipaySettings> = {
  read(request, settings) {
    const push = readPush(request);
    if (push === null) return { kind: 'refused', why: 'unreadable', reply: notTaken };
    return isSigned(push, settings) ? about(push) : { kind: 'refused', why: 'signature', reply: notTaken };
  },
};

/** The push names no merchant: it is signed with ours or not at all (FIELD). One that names another is another's. */
function isSigned(push: z.infer<typeof pushSchema>, settings: OmipaySettings): boolean {
  const { timestamp, nonce_str: nonce, m_number: merchant } = push;
  if (timestamp === '' || nonce === '' || (merchant !== '' && merchant !== settings.merchantNumber)) return false;
  return sameSignature(push.sign.toUpperCase(), sign(settings.merchantNumber, timestamp, nonce, settings.secretKey));
}

function about(push: z.infer<typeof pushSchema>): Notification {
  const attemptRef = keptReference(push.out_order_no, null);
  const gatewayRef = keptReference(push.order_no, null);
  // It is ours, and names no order: there is nothing to ask for, and sending it again won't help.
  if (attemptRef === null && gatewayRef === null) return { kind: 'refused', why: 'unreadable', reply: taken };
  return { kind: 'about', attemptRef, gatewayRef, refundRef: null, verified: true, reply: taken };
}

/** The body of a posted push; null where it is none. `return_code` says SUCCESS in every one that is sent (3.9). */
function readPush({ method, body }: NotificationRequest): z.infer<typeof pushSchema> | null {
  const push = method === 'POST' ? pushSchema.safeParse(readJsonObject(body)) : null;
  return push?.success === true && push.data.return_code !== '' ? push.data : null;
}
