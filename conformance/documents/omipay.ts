/** Omipay's document v2.0.6, copied: its calls, its words, and where the till does something else. */
import { ability, words, type May, type SourceDocument } from '../documents.ts';

/** Who asks, or what is asked, is refused; a question that hears it has learnt nothing of what it asks about. */
const refused: May = { pay: 'declined', present: 'declined', refund: 'refundDeclined' };
const applied: May = { queryRefund: 'refundPending' };
const notGiven: May = { queryRefund: 'refundDeclined' };

export const document: SourceDocument = {
  title: 'Omipay Web API v2.0.6',
  calls: [
    { section: '3.1', name: 'GetExchangeRate', implementedIn: ['exchange-rate.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '3.2', name: 'MakeQROrder', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.3', name: 'MakeJSAPIOrder', implementedIn: ['orders.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '3.4', name: 'MakeScanOrder', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.5', name: 'MakeOnlineOrder', implementedIn: ['orders.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '3.6', name: 'MakeAPPOrder', implementedIn: ['orders.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '3.7', name: 'MakeAppletOrder', implementedIn: ['orders.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '3.8', name: 'QueryOrder', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.9', name: 'push', implementedIn: ['notification.ts'] },
    { section: '3.10', name: 'Refund', implementedIn: ['requests.ts', 'refunds.ts'] },
    { section: '3.11', name: 'QueryRefund', implementedIn: ['requests.ts', 'refunds.ts'] },
    { section: '2.3', name: 'signature', implementedIn: ['sign.ts'], usedBy: 'every request' },
  ],
  words: [
    ...words('3.1', 'return_code', 'SUCCESS', { pay: 'paid', present: 'shown', query: '*', refund: 'refundPending', queryRefund: '*' }),
    ...words('3.1', 'return_code', 'FAIL', { pay: 'declined waiting paid', present: 'declined', refund: 'refundDeclined' }),
    ...words('2.4', 'error_code', 'MERCHANTNO_INVALID SIGN_ERROR MERCHANTNO_DISABLE BRANCH_INVALID', refused),
    ...words('2.4', 'error_code', 'SYSTEM_ERROR'),
    ...words('3.1', 'error_code', 'CURRENCY_ERROR'),
    ...words('3.1 to 3.4, 3.8, 3.10, 3.11', 'error_code', 'PARAMETER_INVALID SIGN_TIMEOUT', refused),
    ...words('3.2', 'error_code', 'SIGN_TIMEOUOT', refused),
    ...words('3.2', 'error_code', 'WEBSTORE_NOT_EXISTS', { present: 'declined' }),
    ...words('3.2', 'error_code', 'AMOUNT_INVALID', { present: 'declined' }),
    // MakeJSAPIOrder, which isn't the till's.
    ...words('3.3', 'error_code', 'WECHAT_STORE_NOT_EXISTS'),
    ...words('3.4', 'error_code', 'AMOUNT_INVALID POS_NOT_REGISTERED NOT_ENOUGH CARD_NOT_SUPPORT ORDER_CLOSED QRCODE_EXPIRED QRCODE_ERROR', { pay: 'declined' }),
    // "The payer is paying": what becomes of it, a query says.
    ...words('3.4', 'error_code', 'USERPAYING', { pay: 'waiting' }),
    ...words('3.4', 'error_code', 'ORDER_PAID', { pay: 'paid' }),
    ...words('3.8', 'result_code', 'READY PAYING', { query: 'waiting' }),
    ...words('3.8', 'result_code', 'PAID SETTLED', { query: 'paid' }),
    ...words('3.8', 'result_code', 'CANCELLED FAILED', { query: 'declined' }),
    // Of an order or a refund that was asked about: nothing of the money.
    ...words('3.8', 'error_code', 'PERMISSION_ERROR'),
    ...words('3.10', 'error_code', 'PERMISSION_ERROR ORDER_NO_ERROR ORDER_NOT_PAID AMOUNT_OVER_LIMIT', { refund: 'refundDeclined' }),
    ...words('3.11', 'result_code', 'Applied MerchantConfirmed OrganizationConfirmed OrganizationPayback', applied),
    ...words('3.11', 'result_code', 'Closed', { queryRefund: 'refunded' }),
    ...words('3.11', 'result_code', 'MerchantRejected TimeoutClosed OrganizationFailed CustomerCancelled', notGiven),
    ...words('3.11', 'error_code', 'REFUND_NO_ERROR'),
  ],
  abilities: [
    ability('3.8', 'queryBy', 'gatewayRef'),
    ability('CASES 21', 'repeatPayWithinSeconds', 45),
    ability('ERRATA 3.4', 'reverse', null),
    ability('3.8', 'present.queryBy', 'gatewayRef'),
    ability('ERRATA 3.4', 'present.reverse', null),
    ability('3.2', 'present.validSecondsMost', null),
    ability('3.10', 'refund.orderBy', 'gatewayRef'),
    ability('3.10, note 2', 'refund.partial', true),
    ability('3.10', 'refund.withinDays', null),
    ability('CASES 24', 'refund.repeat', 'whenMoreThanHalf'),
    ability('3.11', 'refund.queryBy', 'gatewayRefundRef'),
    ability('3.10, CASES 4', 'refund.reference.length', 20),
    ability('3.4, CASES 4', 'reference.length', 23),
  ],
  notices: { signed: 'part' },
  // CASES 2.
  speakOfOrder: ['ORDER_CLOSED'],
  deviations: [
    { section: '2.3', document: 'one copy of the example’s sign lacks its first character', till: 'the one of 32 characters is right', reason: 'ERRATA: recomputed' },
    { section: 'examples', document: 'SIGN_TIMEOUOT beside SIGN_TIMEOUT', till: 'takes both', reason: 'ERRATA' },
    { section: '3.4', document: 'no cancel', till: 'at the deadline a person looks, and asking goes on', reason: 'CASES 22' },
    { section: '3.8', document: 'QueryOrder takes Omipay’s number alone', till: 'a lost answer: the same order again while the code is fresh', reason: 'CASES 21: a code is good once, so that can’t charge twice' },
    { section: '3.4', document: 'MakeScanOrder’s SUCCESS has no amount', till: 'paid on our number; a query right after compares it', reason: 'CASES 23' },
    { section: '3.2', document: 'MakeQROrder’s SUCCESS has neither our number nor the amount', till: 'shown, and every query compares both', reason: 'nothing is paid by showing' },
    { section: '3.11', document: 'CLOSED in the example, Closed in the table', till: 'compares without case', reason: 'ERRATA' },
    { section: '3.10', document: 'the key "refund_no " with a blank', till: 'trims keys', reason: 'ERRATA' },
    { section: '3.10', document: 'no word that out_refund_no given twice is one refund', till: 'sent again only where a second one can’t fit', reason: 'CASES 24' },
    { section: '2.2', document: 'times without a zone', till: 'nothing is decided from them', reason: 'ERRATA' },
    { section: '3.1, 3.8', document: 'a decimal rate, and one times 10^8', till: 'one exact type', reason: 'ERRATA' },
    { section: '3.9, 2.3', document: 'the push’s signature covers number, time and nonce, not its content', till: 'whatever it says only has a query sent', reason: 'ERRATA' },
    { section: '2.1', document: 'parameters travel in the address', till: 'kept out of every log', reason: 'ERRATA' },
  ],
};
