/** OMoney's document V1.2.1, copied: its calls, its words, and where the till does something else. */
import { words, type SourceDocument } from '../documents.ts';

export const document: SourceDocument = {
  title: 'OMoney 商户支付接口 V1.2.1',
  calls: [
    { section: '1.7', name: 'POST /v1/oauth/token', implementedIn: ['requests.ts', 'token.ts'] },
    { section: '1.6', name: 'links', implementedIn: ['links.ts'] },
    { section: '2.1.2 to 2.1.6', name: 'POST /v1/payment', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '2.1.7', name: 'GET /v1/payment/{payment_id}', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '2.1.8', name: 'notification of a payment', implementedIn: ['notification.ts'] },
    { section: '2.1.9', name: 'POST /v1/payment/{order_id}/cancel', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '2.2.2 to 2.2.5', name: 'POST /v1/refund/{order_id}', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '2.2.6', name: 'GET /v1/refund/{refund_id}', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '2.2.7', name: 'notification of a refund', implementedIn: ['notification.ts'] },
    { section: '2.2.8 to 2.2.12', name: 'GET /v1/paymentmethod', implementedIn: ['requests.ts', 'payment-methods.ts'] },
    { section: '2.4', name: 'errors: {"message"}', implementedIn: ['wire.ts', 'outcomes.ts'] },
  ],
  words: [
    ...words('2.1.6', 'status', 'SUCCESS FAIL WAIT_PAY'),
    ...words('2.1.8', 'status', 'SUCCESS FAIL WAIT_PAY UNCAPTURE'),
    ...words('2.1.9', 'status', 'SUCCESS FAIL'),
    ...words('2.2.5', 'status', 'SUCCESS FAIL WAIT'),
  ],
  notices: { signed: 'not' },
  deviations: [
    { section: '2.1.7, 2.1.9, 2.2.2, 2.2.6', document: 'four calls by four different numbers', till: 'the journal keeps all four', reason: 'ERRATA' },
    { section: '2.1.8, 2.2.7', document: 'notifications carry no signature', till: 'they only have a query sent', reason: 'ERRATA: anybody could send one' },
    { section: '1.7', document: 'a token lasts expires_in seconds', till: 'renewed ahead, and once after a 401', reason: 'ERRATA' },
    { section: '2.1.4, 2.1.5', document: 'the payer’s address, e-mail and IP are mandatory', till: 'one default customer from the settings', reason: 'ERRATA: at a counter nobody has them' },
    { section: '1.4', document: 'a plain http address', till: 'https, but for this machine itself', reason: 'ERRATA: a token must not travel openly' },
    { section: '2.1.9', document: 'a cancel’s SUCCESS is the word for paid too', till: 'a query confirms it, always', reason: 'ERRATA' },
    { section: '2.2', document: 'no word that a refund_order_id given twice is one refund', till: 'a refund is never sent again by itself', reason: 'CASES 24' },
    { section: '2.4', document: 'errors without an HTTP status', till: 'words refuse a refund with a 4xx alone', reason: 'CASES 3' },
    { section: '1.6', document: 'links', till: 'followed as given, never to another origin', reason: 'an answer must not send the token elsewhere' },
    { section: '2.1.6', document: 'order_id is not in the table, and has a blank in the example', till: 'read and compared, trimmed', reason: 'ERRATA' },
    { section: '1.3', document: '/v1/payments/payment beside /v1/payment', till: '/v1/payment, and links', reason: 'ERRATA' },
  ],
};
