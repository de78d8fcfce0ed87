/** Omipay's document v2.0.6, copied: its calls, its words, and where the till does something else. */
import { words, type SourceDocument } from '../documents.ts';

const all = 'SYSTEM_ERROR PARAMETER_INVALID SIGN_TIMEOUT MERCHANTNO_INVALID SIGN_ERROR';

export const document: SourceDocument = {
  title: 'Omipay Web API v2.0.6',
  calls: [
    { section: '3.1', name: 'GetExchangeRate', implementedIn: ['exchange-rate.ts'] },
    { section: '3.2', name: 'MakeQROrder', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.3', name: 'MakeJSAPIOrder', implementedIn: ['orders.ts'] },
    { section: '3.4', name: 'MakeScanOrder', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.5', name: 'MakeOnlineOrder', implementedIn: ['orders.ts'] },
    { section: '3.6', name: 'MakeAPPOrder', implementedIn: ['orders.ts'] },
    { section: '3.7', name: 'MakeAppletOrder', implementedIn: ['orders.ts'] },
    { section: '3.8', name: 'QueryOrder', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.9', name: 'push', implementedIn: ['notification.ts'] },
    { section: '3.10', name: 'Refund', implementedIn: ['requests.ts', 'refunds.ts'] },
    { section: '3.11', name: 'QueryRefund', implementedIn: ['requests.ts', 'refunds.ts'] },
    { section: '2.3', name: 'signature', implementedIn: ['sign.ts'] },
  ],
  words: [
    ...words('2.4', 'error_code', 'MERCHANTNO_INVALID SIGN_ERROR SYSTEM_ERROR MERCHANTNO_DISABLE BRANCH_INVALID'),
    ...words('3.1', 'return_code', 'SUCCESS FAIL'),
    ...words('3.1', 'error_code', `${all} CURRENCY_ERROR`),
    ...words('3.2', 'error_code', `${all} WEBSTORE_NOT_EXISTS AMOUNT_INVALID SIGN_TIMEOUOT`),
    ...words('3.3', 'error_code', `${all} WECHAT_STORE_NOT_EXISTS AMOUNT_INVALID`),
    ...words('3.4', 'error_code', `${all} USERPAYING ORDER_PAID POS_NOT_REGISTERED NOT_ENOUGH CARD_NOT_SUPPORT ORDER_CLOSED QRCODE_EXPIRED QRCODE_ERROR AMOUNT_INVALID`),
    ...words('3.8', 'result_code', 'READY PAYING PAID SETTLED CANCELLED FAILED'),
    ...words('3.8', 'error_code', `${all} PERMISSION_ERROR`),
    ...words('3.10', 'error_code', `${all} PERMISSION_ERROR ORDER_NO_ERROR ORDER_NOT_PAID AMOUNT_OVER_LIMIT`),
    ...words('3.11', 'result_code', 'Applied MerchantConfirmed OrganizationConfirmed OrganizationPayback Closed MerchantRejected TimeoutClosed OrganizationFailed CustomerCancelled'),
    ...words('3.11', 'error_code', `${all} PERMISSION_ERROR REFUND_NO_ERROR`),
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
