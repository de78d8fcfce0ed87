/** OMoney's hosted page, where `proceed_url` leads: the payer's browser pays or cancels there. */
import { payShown } from '../shown.ts';
import type { IncomingRequest, PageAnswer } from './gateway-side.ts';
import { hostedPage, noSuchPage, pressed, seeOther } from './hosted-page.ts';
import { checkoutPath } from './omoney-links.ts';
import { writeAmount } from './omoney-money.ts';
import type { OmoneyDesk } from './omoney-trade.ts';

/** Null where the path is not the page's. */
export function checkoutPage({ counter: { ledger }, links }: OmoneyDesk, { method, path, query, headers, body }: IncomingRequest): PageAnswer | null {
  if (path !== checkoutPath) return null;
  const parameters = new URLSearchParams(query);
  const paymentId = parameters.get('payment_id') ?? '';
  const order = ledger.findByGatewayNumber('omoney', paymentId);
  if (order === null || !links.opensCheckout(paymentId, parameters.get('token'))) return noSuchPage();
  if (method === 'POST') {
    const does = pressed(body);
    if (does === 'pay') payShown(ledger, order, 'pays');
    if (does === 'cancel' && order.state === 'waiting') ledger.refuse(order, 'payerCancelled');
    return seeOther(`${path}?${query}`);
  }
  if (order.state === 'waiting') payShown(ledger, order, 'scans');
  const url = order.extras['return_url'];
  return hostedPage(
    {
      shop: order.subject, amount: `${writeAmount(order.amount, order.currency)} ${order.currency}`,
      stands: order.state === 'waiting' || order.state === 'error' ? 'waiting' : order.paidAt === null ? 'ended' : 'paid',
      back: typeof url === 'string' ? { url, fields: {} } : null,
    },
    headers['accept-language'],
  );
}
