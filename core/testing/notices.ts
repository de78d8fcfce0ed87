/** Notifications for tests: the bench's gateway believes what the body says it says, and only what the till makes of it is looked at. */
import type { Notification, NotificationRequest } from '../gateways/gateway.ts';

/** About an order of ours unless it says otherwise; `refused` is one that is not signed as it must be. */
export function notice(says: Partial<Extract<Notification, { kind: 'about' }>> | { readonly kind: 'refused' }): NotificationRequest {
  const reply = { status: 200, contentType: 'text/plain', body: 'success' };
  const about = { kind: 'about', attemptRef: null, gatewayRef: null, refundRef: null, verified: false, reply };
  const body = 'kind' in says && says.kind === 'refused' ? { kind: 'refused', why: 'signature', reply: { ...reply, status: 400, body: 'FAIL' } } : { ...about, ...says };
  return { method: 'POST', headers: {}, query: '', body: new TextEncoder().encode(JSON.stringify(body)) };
}
