/** OMoney's notifications of payments and refunds (document 2.1.8, 2.2.7): unsigned, so never believed; they trigger a query. */
import { z } from 'zod';
import type { Notification, NotificationReply, NotificationRequest } from '../gateway.ts';
import { readJsonObject } from '../json.ts';
import { decidingText, shownText } from '../wire-fields.ts';
import { keptReference, wordsForPeople } from '../words.ts';

/** The document names no answer: 200 says that it arrived. */
const taken: NotificationReply = { status: 200, contentType: 'text/plain', body: 'OK' };
const notTaken: NotificationReply = { status: 400, contentType: 'text/plain', body: 'unreadable' };

const schema = z.object({ order_id: decidingText, payment_id: decidingText, refund_order_id: decidingText, chargeback_status: shownText, chargeback_reason: shownText });

export function readNotification({ method, body }: NotificationRequest): Notification {
  const read = method === 'POST' ? schema.safeParse(readJsonObject(body)) : null;
  const attemptRef = read?.success === true ? keptReference(read.data.order_id.trim(), null) : null;
  if (read?.success !== true || attemptRef === null) return { kind: 'refused', why: 'unreadable', reply: notTaken };
  return {
    kind: 'about', attemptRef, gatewayRef: keptReference(read.data.payment_id.trim(), null), refundRef: keptReference(read.data.refund_order_id.trim(), null), verified: false, ...disputeIn(read.data), reply: taken,
  };
}

/**
 * `chargeback` or `fraud`, with the reason (document 2.1.8). A word that the document doesn't list is told as well: it stays empty
 * until the payer disputes the payment, and all that follows is that a person looks.
 */
function disputeIn({ chargeback_status: status, chargeback_reason: reason }: { readonly chargeback_status: string; readonly chargeback_reason: string }): { readonly dispute?: string } {
  if (status.trim() === '') return {};
  return { dispute: wordsForPeople([status.trim(), reason.trim()].filter((part) => part !== '').join(': '), null) ?? 'chargeback' };
}
