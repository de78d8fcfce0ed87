/** UMS' document v20200921, copied: its calls, its words, and where the till does something else. */
import { words, type SourceDocument } from '../documents.ts';

const targetSystems = ['Alipay 1.0', 'Alipay 2.0', 'WXPay', 'YQB', 'QMF', 'UnionPay', 'BaiDu', 'JD', 'SF', 'COMM', 'BestPay', 'ACP', 'NetPayBills', 'NetPayGtwy', 'QmfWebPay', 'UAC'];

export const document: SourceDocument = {
  title: '全民付移动支付 APP 综合支付 v20200921',
  calls: [
    { section: '1.1', name: 'wx/app-pre-order', implementedIn: ['orders.ts'] },
    { section: '1.1', name: 'trade/precreate', implementedIn: ['orders.ts', 'requests.ts', 'outcomes.ts'] },
    { section: '1.1', name: 'qmf/order', implementedIn: ['orders.ts'] },
    { section: '1.1', name: 'uac/app-order', implementedIn: ['orders.ts'] },
    { section: '1.1', name: 'applepay/order', implementedIn: ['orders.ts'] },
    { section: '1.1', name: 'trade/app-pre-order', implementedIn: ['orders.ts'] },
    { section: '1.2', name: 'query', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '1.3', name: 'refund', implementedIn: ['requests.ts', 'refunds.ts'] },
    { section: '1.4', name: 'refund-query', implementedIn: ['requests.ts', 'refunds.ts'] },
    { section: '1.5', name: 'secure-cancel', implementedIn: ['secure.ts'] },
    { section: '1.6', name: 'secure-complete', implementedIn: ['secure.ts'] },
    { section: '1.7', name: 'close', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '1.8', name: 'notification', implementedIn: ['notification.ts', 'sign.ts'] },
    { section: 'FIELD', name: 'Authorization: OPEN-BODY-SIG', implementedIn: ['sign.ts', 'signed-request.ts'] },
    { section: 'FIELD', name: 'poslink: pay, query, voidpayment, refund, query-refund', implementedIn: ['poslink.ts', 'poslink-wire.ts'] },
    { section: 'FIELD', name: 'OPEN-ACCESS-TOKEN, POST /v1/token/access', implementedIn: [], reason: 'a second scheme beside OPEN-BODY-SIG; the till signs each body' },
  ],
  words: [
    ...words('2.1', 'errCode', `SUCCESS INTERNAL_ERROR BAD_REQUEST NO_SERVICE TIMEOUT NO_ORDER OPERATION_NOT_ALLOWED TARGET_FAIL DUP_ORDER NET_ERROR NO_MERCHANT ORDER_PROCESSING
      INACTIVE_MERCHANT ABNORMAL_REQUEST_TIME TXN_DISCARDED BAD_SIGN INVALID_MSGSRC INVALID_ORDER NO_CROSS_DAY_TRADING DENIED_IP INVLID_MERCHANT_CONFIG INVALID_RESPONSE`),
    ...words('1.5.4', 'errCode', 'HAS_CANCELLED'),
    ...words('2.2', 'refundStatus', 'UNKNOWN SUCCESS FAIL PROCESSING'),
    ...words('2.3', 'status', 'NEW_ORDER UNKNOWN TRADE_CLOSED WAIT_BUYER_PAY TRADE_SUCCESS TRADE_REFUND'),
    ...words('2.4', 'secureStatus', 'UNCOMPLETED PARTLY_COMPLETED ALL_COMPLETED CANCELED'),
    ...targetSystems.map((word) => ({ section: '2.5', field: 'targetSys', word })),
    ...words('FIELD', 'queryResCode', '0 1 2 3 4 5 FF'),
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
