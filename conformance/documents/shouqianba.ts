/** Shouqianba's document (upay gateway 2.0), copied: its calls, its words, and where the till does something else. */
import { ability, labels, words, type May, type SourceDocument } from '../documents.ts';

/** The request is refused before anything began; a question that hears it has learnt nothing. */
const refused: May = { pay: 'declined', present: 'declined', refund: 'refundDeclined' };
/** Other fields say it. */
const anything: May = { pay: '*', present: '*', query: '*', reverse: '*', refund: '*' };
/** "Made, being paid." */
const atIt: May = { pay: 'waiting', present: 'shown', query: 'waiting', refund: 'refundDeclined' };
const underWay: May = { pay: 'waiting', query: 'waiting', refund: 'refundPending' };
const notThere: May = { query: 'notFound', reverse: 'notFound', refund: 'refundDeclined' };

export const document: SourceDocument = {
  title: '收钱吧 支付网关 2.0',
  calls: [
    { section: '3.2', name: 'POST /upay/v2/pay', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.3', name: 'POST /upay/v2/refund', implementedIn: ['requests.ts', 'refunds.ts'] },
    { section: '3.4', name: 'POST /upay/v2/query', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.5', name: 'POST /upay/v2/cancel', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.6', name: 'POST /upay/v2/precreate', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '2.2', name: 'signature', implementedIn: ['sign.ts'], usedBy: 'every request' },
    { section: 'FIELD', name: 'POST /terminal/activate, /terminal/checkin', implementedIn: ['terminal.ts'], usedBy: 'activation, and the check-in of the day' },
    { section: 'FIELD', name: 'callback', implementedIn: ['notification.ts'] },
    { section: 'FIELD', name: 'POST /upay/v2/revoke', implementedIn: [], reason: 'a person’s undo with the effect of cancel; the till sends cancel' },
  ],
  words: [
    ...words('appendix 1', 'result_code', '200', anything),
    ...words('appendix 1', 'result_code', '400', refused),
    ...words('appendix 1', 'result_code', '500'),
    ...words('appendix 1', 'error_code', 'INVALID_PARAMS INVALID_TERMINAL ILLEGAL_SIGN', refused),
    ...words('appendix 1', 'error_code', 'INVALID_BARCODE', { pay: 'declined' }),
    // "System error", "provider not recognised", with 500: it may have been carried out.
    ...words('appendix 1', 'error_code', 'UNKNOWN_SYSTEM_ERROR UNEXPECTED_PROVIDER_ERROR'),
    ...words('3.2', 'error_code', 'TERMINAL_NOT_EXISTS INVALID_PARAMETER', refused),
    ...words('3.2', 'error_code', 'MAINTENANCE_INPROGRESS'),
    ...words('FIELD', 'error_code', 'UPAY_TERMINAL_NOT_EXISTS UPAY_TERMINAL_STATUS_ABNORMAL', refused),

    ...words('appendix 2', 'biz_response.result_code', 'PAY_SUCCESS', { pay: 'paid' }),
    // "Failed, and reversed."
    ...words('appendix 2', 'biz_response.result_code', 'PAY_FAIL', { pay: 'declined' }),
    // "Failed, and not sure of the provider's state."
    ...words('appendix 2', 'biz_response.result_code', 'PAY_FAIL_ERROR CANCEL_ERROR CANCEL_ABORT_ERROR REFUND_ERROR'),
    ...words('appendix 2', 'biz_response.result_code', 'CANCEL_SUCCESS CANCEL_ABORT_SUCCESS', { reverse: 'reversed' }),
    ...words('appendix 2', 'biz_response.result_code', 'REFUND_SUCCESS', { refund: 'refunded' }),
    ...words('appendix 2', 'biz_response.result_code', 'PRECREATE_SUCCESS', { present: 'shown' }),
    ...words('appendix 2', 'biz_response.result_code', 'PRECREATE_FAIL', { present: 'declined' }),
    // `order_status` says it.
    ...words('appendix 2', 'biz_response.result_code', 'SUCCESS', { query: 'paid waiting declined reversed' }),
    // "Failed, no flow was started": `error_code` says it.
    ...words('appendix 2', 'biz_response.result_code', 'FAIL', { pay: 'declined', present: 'declined', query: 'notFound', reverse: 'notFound reversed', refund: 'refundDeclined refunded' }),
    ...words('FIELD', 'biz_response.result_code', 'PAY_IN_PROGRESS', { pay: 'waiting' }),
    ...words('FIELD', 'biz_response.result_code', 'REFUND_IN_PROGRESS', { refund: 'refundPending' }),
    ...words('FIELD', 'biz_response.result_code', 'REFUND_FAIL', { refund: 'refundDeclined' }),
    // At it still, or failed with an outcome that nobody knows.
    ...words('FIELD', 'biz_response.result_code', `PAY_FAIL_IN_PROGRESS CANCEL_IN_PROGRESS CANCEL_ABORT_IN_PROGRESS REFUND_FAIL_ERROR
      PRECREATE_IN_PROGRESS PRECREATE_FAIL_IN_PROGRESS PRECREATE_FAIL_ERROR`),

    ...words('appendix 3', 'biz_response.data.order_status', 'CREATED', atIt),
    ...words('appendix 3', 'biz_response.data.order_status', 'PAID', { pay: 'paid', query: 'paid', refund: 'refundPending refundDeclined' }),
    // "Failed, and certainly reversed."
    ...words('appendix 3', 'biz_response.data.order_status', 'PAY_CANCELED', { pay: 'declined', present: 'declined', query: 'declined', reverse: 'reversed', refund: 'refundDeclined' }),
    // "Failed, and not sure": money may have moved.
    ...words('appendix 3', 'biz_response.data.order_status', 'PAY_ERROR REFUND_ERROR CANCEL_ERROR'),
    ...words('appendix 3', 'biz_response.data.order_status', 'REFUNDED', { query: 'reversed', refund: 'refunded refundDeclined' }),
    ...words('appendix 3', 'biz_response.data.order_status', 'PARTIAL_REFUNDED', { query: 'paid', refund: 'refunded refundPending refundDeclined' }),
    ...words('appendix 3', 'biz_response.data.order_status', 'CANCELED', { pay: 'declined', present: 'declined', query: 'reversed', reverse: 'reversed', refund: 'refundDeclined' }),
    ...words('FIELD', 'biz_response.data.order_status', 'IN_QUEUE', atIt),
    ...words('FIELD', 'biz_response.data.order_status', 'REFUND_INPROGRESS', { refund: 'refundPending' }),
    ...words('FIELD', 'biz_response.data.order_status', 'CANCEL_INPROGRESS INVALID_STATUS_CODE'),

    ...words('appendix 4', 'biz_response.data.status', 'SUCCESS', anything),
    // "Failed for certain, on both sides."
    ...words('appendix 4', 'biz_response.data.status', 'FAIL_CANCELED', { pay: 'declined waiting', present: 'declined', query: 'declined reversed waiting', reverse: 'reversed', refund: 'refundDeclined refundPending' }),
    // "Failed, and not sure what the payer sees": beside them at most what is said to be under way.
    ...words('appendix 4', 'biz_response.data.status', 'FAIL_PROTOCOL_1 FAIL_IO_1 FAIL_PROTOCOL_2 FAIL_IO_2 FAIL_PROTOCOL_3 FAIL_ERROR CANCEL_ERROR REFUND_ERROR', underWay),

    ...words('appendix 5', 'biz_response.error_code', 'AUTHCODE_EXPIRE INVALID_BARCODE EXPIRED_BARCODE BUYER_OVER_DAILY_LIMIT BUYER_OVER_TRANSACTION_LIMIT', { pay: 'declined' }),
    ...words('appendix 5', 'biz_response.error_code', 'INSUFFICIENT_FUND', { pay: 'declined', refund: 'refundDeclined' }),
    ...words('appendix 5', 'biz_response.error_code', 'SELLER_OVER_DAILY_LIMIT TRADE_FAILED UNEXPECTED_PROVIDER_ERROR', { pay: 'declined', present: 'declined' }),
    ...words('appendix 5', 'biz_response.error_code', 'SELLER_BALANCE_NOT_ENOUGH REFUND_AMT_NOT_EQUAL_TOTAL', { refund: 'refundDeclined' }),
    // The wallet's, "paid already", "number in use", "requested already": a query says what became of it.
    ...words('appendix 5', 'biz_response.error_code', 'TRADE_NOT_EXIST TRADE_HAS_SUCCESS CLIENT_SN_CONFLICT REFUND_REQUEST_CONFLICT'),
    ...words('appendix 5', 'biz_response.error_code', 'UPAY_ORDER_NOT_EXIST', notThere),
    ...words('2.4', 'biz_response.error_code', 'UPAY_ORDER_NOT_EXISTS', notThere),
    ...words('3.3.3', 'biz_response.error_code', 'UPAY_REFUND_INVALID_ORDER_STATE', { refund: 'refundDeclined' }),
    ...words('3.5.3', 'biz_response.error_code', 'UPAY_CANCEL_INVALID_ORDER_STATE'),
    ...words('FIELD', 'biz_response.error_code', 'TRADE_TIMEOUT PAY_STATUS_CLOSED', { pay: 'declined' }),
    // "Already done: success."
    ...words('FIELD', 'biz_response.error_code', 'UPAY_CANCEL_ORDER_NOOP', { reverse: 'reversed' }),
    ...words('FIELD', 'biz_response.error_code', 'UPAY_REFUND_ORDER_NOOP', { refund: 'refunded' }),
    ...words('FIELD', 'biz_response.error_code', 'UPAY_TCP_ORDER_NOT_REFUNDABLE REFUNDABLE_AMOUNT_NOT_ENOUGH', { refund: 'refundDeclined' }),
    ...words('FIELD', 'biz_response.error_code', 'ACCOUNT_BALANCE_NOT_ENOUGH', { pay: 'declined', refund: 'refundDeclined' }),
    ...words('FIELD', 'biz_response.error_code', 'UPAY_STORE_OVER_DAILY_LIMIT', { pay: 'declined', present: 'declined' }),
    ...words('FIELD', 'biz_response.error_code', 'EXTERNAL_SERVICE_EXCEPTION'),
    // At which level they come, FIELD doesn't say.
    ...words('FIELD', 'biz_response.error_code', 'TERMINAL_NOT_EXISTS UPAY_TERMINAL_NOT_EXISTS UPAY_TERMINAL_STATUS_ABNORMAL', refused),

    ...labels('appendix 6', 'biz_response.data.payway', 'alipay', '1'),
    ...labels('appendix 6', 'biz_response.data.payway', 'wechat', '3'),
    ...labels('appendix 6', 'biz_response.data.payway', 'other', '4 5'),
    ...labels('FIELD', 'biz_response.data.payway', 'alipay', '2'),
    ...labels('FIELD', 'biz_response.data.payway', 'other', '6 18'),
    ...labels('FIELD', 'biz_response.data.payway', 'unionpay', '17'),
    ...labels('appendix 7', 'biz_response.data.sub_payway', 'scan', '1'),
    ...labels('appendix 7', 'biz_response.data.sub_payway', 'show', '2'),
  ],
  // PAY_FAIL and REFUND_FAIL say what happened by themselves.
  reasons: [{ section: 'appendix 2, 5', field: 'biz_response.error_code', beside: { 'biz_response.result_code': 'FAIL' } }],
  abilities: [
    ability('3.4', 'queryBy', 'attemptRef'),
    ability('2.4, CASES 21', 'repeatPayWithinSeconds', null),
    // CASES 15, 18; FIELD: cancel works on the day of the payment, China time, also of what is paid.
    ability('3.5, CASES 15', 'reverse.undoesPaid', true),
    ability('FIELD, CASES 18', 'reverse.onlyOnDayAtOffsetMinutes', 480),
    ability('3.4', 'present.queryBy', 'attemptRef'),
    ability('3.5, CASES 15', 'present.reverse.undoesPaid', true),
    ability('FIELD, CASES 18', 'present.reverse.onlyOnDayAtOffsetMinutes', 480),
    ability('FIELD', 'present.validSecondsMost', 240),
    ability('3.3', 'refund.orderBy', 'attemptRef'),
    ability('1', 'refund.partial', true),
    // "Within 3 months."
    ability('FIELD', 'refund.withinDays', 90),
    ability('FIELD', 'refund.repeat', 'same'),
    ability('3.3', 'refund.queryBy', null),
    ability('FIELD', 'refund.reference.length', 20),
    ability('CASES 4', 'reference.length', 23),
  ],
  notices: {
    signed: 'whole',
    block: (block, world) => ({ ...block, platformPublicKey: publicKeyOf(world.control('shouqianba', 'public-key', {})?.json) }),
  },
  deviations: [
    { section: '2.4, appendix 5', document: 'UPAY_ORDER_NOT_EXISTS and UPAY_ORDER_NOT_EXIST', till: 'takes both', reason: 'ERRATA' },
    { section: '2.4', document: 'a 400 or 500 answer to pay only "raises"', till: 'a parsed 400 with a listed code declines; 500 is unknown', reason: 'ERRATA: a 500 may come after the booking' },
    { section: '2.4', document: '"order does not exist" needs no cancel', till: 'asked until the deadline, then cancelled and asked again', reason: 'CASES 19: the payment may arrive later' },
    { section: '2.4', document: 'poll knows four states', till: 'every state of appendix 3 and FIELD; others are unknown', reason: 'ERRATA' },
    { section: '2.4', document: 'a lost answer to cancel ends in "call support"', till: 'six tries, also after a restart, then a person', reason: 'CASES 16' },
    { section: '2.3', document: 'biz_response flat in the table, nested in the examples', till: 'reads both', reason: 'ERRATA' },
    { section: '2.2, 3.6.2', document: '`reflact` and `reflect`', till: 'sends `reflect`', reason: 'ERRATA' },
    { section: '3.6.1', document: '/Upay/v2/precreate', till: '/upay/v2/precreate', reason: 'ERRATA' },
    { section: '3.2', document: 'INVALID_PARAMETER beside INVALID_PARAMS', till: 'takes both', reason: 'ERRATA' },
    { section: '3.1', document: 'all returned values are strings', till: 'numbers are read too; amounts strictly as integers of fen', reason: 'ERRATA' },
    { section: '2.3', document: 'answers are not signed', till: 'number and amount must agree, or it is unknown', reason: 'ERRATA' },
    { section: '3.3.2', document: 'refund_request_no without a limit', till: '20 characters, the same at every repeat', reason: 'FIELD' },
    { section: 'appendix 4, note', document: '"failed, not sure what the payer sees" is to be taken for failed', till: 'unknown', reason: 'money rule 2: money may have moved' },
  ],
};

function publicKeyOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'publicKey' in json ? json.publicKey : undefined;
}
