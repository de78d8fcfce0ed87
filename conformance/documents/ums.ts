/** UMS' document v20200921, copied: its calls, its words, and where the till does something else. */
import { ability, labels, words, type DocumentWord, type May, type SourceDocument } from '../documents.ts';

/** Refused before anything began; a question that hears it has learnt nothing. */
const refused: May = { present: 'declined', refund: 'refundDeclined' };
/** Beside words of a refund these states of its order say nothing against them (ERRATA 1.3). */
const besideRefund: May = { refund: 'refunded refundPending refundDeclined', queryRefund: 'refunded refundPending refundDeclined' };

export const document: SourceDocument = {
  title: '全民付移动支付 APP 综合支付 v20200921',
  calls: [
    { section: '1.1', name: 'wx/app-pre-order', implementedIn: ['orders.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '1.1', name: 'trade/precreate', implementedIn: ['orders.ts', 'requests.ts', 'outcomes.ts'] },
    { section: '1.1', name: 'qmf/order', implementedIn: ['orders.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '1.1', name: 'uac/app-order', implementedIn: ['orders.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '1.1', name: 'applepay/order', implementedIn: ['orders.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '1.1', name: 'trade/app-pre-order', implementedIn: ['orders.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '1.2', name: 'query', implementedIn: ['requests.ts', 'outcomes.ts'], path: '/v1/netpay/query' },
    { section: '1.3', name: 'refund', implementedIn: ['requests.ts', 'refunds.ts'], path: '/v1/netpay/refund' },
    { section: '1.4', name: 'refund-query', implementedIn: ['requests.ts', 'refunds.ts'], path: '/v1/netpay/refund-query' },
    { section: '1.5', name: 'secure-cancel', implementedIn: ['secure.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '1.6', name: 'secure-complete', implementedIn: ['secure.ts'], usedBy: 'whoever builds on the folder; not the till' },
    { section: '1.7', name: 'close', implementedIn: ['requests.ts', 'outcomes.ts'], path: '/v1/netpay/close' },
    { section: '1.8', name: 'notification', implementedIn: ['notification.ts', 'sign.ts'] },
    { section: 'FIELD', name: 'Authorization: OPEN-BODY-SIG', implementedIn: ['sign.ts', 'signed-request.ts'], usedBy: 'every request' },
    { section: 'FIELD', name: 'poslink: pay, query, voidpayment, refund, query-refund', implementedIn: ['poslink.ts', 'poslink-wire.ts'], path: '/v6/poslink/transaction/pay' },
    { section: 'FIELD', name: 'OPEN-ACCESS-TOKEN, POST /v1/token/access', implementedIn: [], reason: 'a second scheme beside OPEN-BODY-SIG; the till signs each body' },
  ],
  words: [
    // "Only `status` decides" (FIELD).
    ...words('2.1', 'errCode', 'SUCCESS', { present: '*', query: '*', reverse: '*', refund: '*', queryRefund: '*' }),
    ...words('2.1', 'errCode', `BAD_REQUEST NO_SERVICE NO_MERCHANT INACTIVE_MERCHANT ABNORMAL_REQUEST_TIME BAD_SIGN INVALID_MSGSRC DENIED_IP
      INVLID_MERCHANT_CONFIG`, refused),
    ...words('2.1, as it is spelled', 'errCode', 'INVALID_MERCHANT_CONFIG', refused),
    // Errors of the system's, of the wallet's answer, of a doubled number: it may have been carried out.
    ...words('2.1', 'errCode', 'INTERNAL_ERROR TIMEOUT NET_ERROR ORDER_PROCESSING TXN_DISCARDED INVALID_RESPONSE DUP_ORDER NO_CROSS_DAY_TRADING'),
    ...words('2.1', 'errCode', 'NO_ORDER', { query: 'notFound', reverse: 'notFound', queryRefund: 'notFound', refund: 'refundDeclined' }),
    // "Closed already"; a paid order may get it too (ERRATA 1.7).
    ...words('2.1', 'errCode', 'OPERATION_NOT_ALLOWED INVALID_ORDER', { refund: 'refundDeclined' }),
    // "Not carried out, or carried out and not dealt with": harmless of a code that nobody saw.
    ...words('2.1', 'errCode', 'TARGET_FAIL', { present: 'declined' }),
    ...words('1.5.4', 'errCode', 'HAS_CANCELLED'),
    ...words('2.2', 'refundStatus', 'UNKNOWN'),
    ...words('2.2', 'refundStatus', 'SUCCESS', { refund: 'refunded', queryRefund: 'refunded' }),
    ...words('2.2', 'refundStatus', 'FAIL', { refund: 'refundDeclined', queryRefund: 'refundDeclined' }),
    ...words('2.2', 'refundStatus', 'PROCESSING', { refund: 'refundPending', queryRefund: 'refundPending' }),
    ...words('2.3', 'status', 'NEW_ORDER WAIT_BUYER_PAY', { present: 'shown', query: 'waiting' }),
    // "Not clear."
    ...words('2.3', 'status', 'UNKNOWN'),
    ...words('2.3', 'status', 'TRADE_CLOSED', { query: 'declined', reverse: 'reversed', ...besideRefund }),
    ...words('2.3', 'status', 'TRADE_SUCCESS', { query: 'paid', ...besideRefund }),
    // "A part or all of it": a sale that waits for its money ends on neither.
    ...words('2.3', 'status', 'TRADE_REFUND', besideRefund),
    ...labels('2.4', 'secureStatus', 'uncompleted', 'UNCOMPLETED'),
    ...labels('2.4', 'secureStatus', 'partlyCompleted', 'PARTLY_COMPLETED'),
    ...labels('2.4', 'secureStatus', 'completed', 'ALL_COMPLETED'),
    ...labels('2.4', 'secureStatus', 'cancelled', 'CANCELED'),
    ...['Alipay 1.0', 'Alipay 2.0'].map((word) => targetSystem(word, 'alipay')),
    targetSystem('WXPay', 'wechat'),
    ...['UnionPay', 'ACP', 'UAC'].map((word) => targetSystem(word, 'unionpay')),
    ...['YQB', 'QMF', 'BaiDu', 'JD', 'SF', 'COMM', 'BestPay', 'NetPayBills', 'NetPayGtwy', 'QmfWebPay'].map((word) => targetSystem(word, 'other')),
    // Poslink. "00 only says that the call worked."
    ...words('FIELD', 'errCode', '00', { query: '*', reverse: '*', refund: '*', queryRefund: '*' }),
    ...words('FIELD', 'queryResCode', '0', { query: 'paid' }),
    ...words('FIELD', 'queryResCode', '2 4', { query: 'reversed' }),
    ...words('FIELD', 'queryResCode', '5', { query: 'declined' }),
    // Timeout; refunded, also for a part; unknown.
    ...words('FIELD', 'queryResCode', '1 3 FF'),
    ...words('UMS’ page of poslink v6', 'queryResCode', '00', { queryRefund: 'refunded' }),
  ],
  abilities: [
    ability('1.2', 'queryBy', 'attemptRef'),
    ability('CASES 21', 'repeatPayWithinSeconds', null),
    // Poslink’s voiding of a payment, on its day as such voiding is everywhere (2.1, NO_CROSS_DAY_TRADING).
    ability('FIELD', 'reverse.undoesPaid', true),
    ability('2.1', 'reverse.onlyOnDayAtOffsetMinutes', 480),
    ability('1.2', 'present.queryBy', 'attemptRef'),
    // "An order that wasn’t paid."
    ability('1.7, CASES 15', 'present.reverse.undoesPaid', false),
    ability('1.7', 'present.reverse.onlyOnDayAtOffsetMinutes', null),
    // `expireTime`: 30 minutes.
    ability('1.1.3', 'present.validSecondsMost', 1800),
    ability('1.3', 'refund.orderBy', 'attemptRef'),
    ability('1.3.3', 'refund.partial', true),
    ability('1.3', 'refund.withinDays', null),
    // `refundOrderId`: the same two numbers give no second refund.
    ability('1.3.3', 'refund.repeat', 'same'),
    ability('1.4', 'refund.queryBy', 'refundRef'),
    ability('1.1, CASES 4', 'refund.reference.length', 27),
    ability('1.1, CASES 4', 'reference.length', 27),
  ],
  notices: { signed: 'whole' },
  uncompared: [
    { call: 'queryRefund', field: 'sendBackAmount', reason: '1.4.3: what the shop itself gives back, less than the refund where a coupon paid a part; the refund’s own number is compared' },
    { call: 'queryRefund', field: 'refundInvoiceAmount', reason: '1.4.3: the part that was paid in money, less than the refund where a coupon paid a part; the refund’s own number is compared' },
  ],
  variants: [{
    name: 'with poslink',
    block: (block) => ({ ...block, poslink: { merchantCode: block['merchantId'], terminalCode: block['terminalId'] } }),
  }],
  deviations: [
    { section: '1.1.3', document: '`Authorization`: "see the authentication chapter", which is missing', till: 'OPEN-BODY-SIG', reason: 'ERRATA, FIELD' },
    { section: '1.1', document: 'merOrderId "less than 28", field 6 to 32', till: 'sends 27, never digits alone; takes what comes', reason: 'ERRATA, CASES 36: 27 digits could pass for a payment code' },
    { section: '1.1.4, 1.2.4', document: 'four spellings of instMid', till: 'a setting, APPDEFAULT unless set', reason: 'ERRATA' },
    { section: '1.1.3', document: 'merOrderId and totalAmount of the answer are optional', till: 'a code is shown where one of them is ours, never where either is another’s; nothing ends by such an answer', reason: 'money rule 2' },
    { section: '1.2.3, 1.3.3, 1.4.3, 2.1', document: 'mid and tid come back as sent, an order’s key is mid and merOrderId; NO_MERCHANT: a merchant may have been transferred', till: 'another mid is a mismatch, an absent one isn’t; tid and targetMid are not compared', reason: 'answers of 1.4.4 and 1.7.4 name another tid than their questions; channels convert targetMid; a transferred merchant’s old number is NO_MERCHANT, and its new one belongs in the settings' },
    { section: '2.2', document: 'the table is broken across its columns', till: 'UNKNOWN, SUCCESS, FAIL, PROCESSING', reason: 'ERRATA' },
    { section: '2.3', document: 'TRADE_CLOSED is three things at once', till: 'closed; what it means the journal knows', reason: 'ERRATA' },
    { section: '2.3', document: 'TRADE_REFUND is "a part or all"', till: 'a sale can’t end on it: unknown', reason: 'money rule 2' },
    { section: '1.8.4', document: 'MD5 in capitals, SHA-256 in small letters', till: 'compares without case; nested JSON is signed as it came', reason: 'ERRATA' },
    { section: '1.4', document: 'merOrderId of a refund query is the refund’s number', till: 'sent so; in an answer it may be either', reason: 'ERRATA' },
    { section: '1.7', document: 'OPERATION_NOT_ALLOWED on close reads "already closed"', till: 'never taken for closed: asked', reason: 'ERRATA: a paid order may get it too' },
    { section: '1.3.3', document: 'refund-query may say NO_ORDER', till: 'the same number once more, never a new one', reason: 'ERRATA' },
    { section: '1.3, 1.4', document: 'refundAmount may be the total so far; REFUND is not in 2.3', till: 'compared with the journal’s own sums; REFUND taken beside words of refunds', reason: 'ERRATA' },
    { section: '-', document: 'no time zone', till: 'Asia/Shanghai', reason: 'ERRATA' },
    { section: '1.2.4', document: 'a key twice in the example', till: 'read where both values are the same', reason: 'ERRATA' },
    { section: '1.4.3', document: 'a refund query has amounts of what the shop and the payer got, none of the refund', till: 'the refund’s own number is compared, these amounts are not', reason: 'with a coupon they are less than the refund' },
  ],
};

/** They hold blanks. */
function targetSystem(word: string, label: string): DocumentWord {
  return { section: '2.5', field: 'targetSys', word, may: {}, label };
}
