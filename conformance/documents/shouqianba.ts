/** Shouqianba's document (upay gateway 2.0), copied: its calls, its words, and where the till does something else. */
import { words, type SourceDocument } from '../documents.ts';

export const document: SourceDocument = {
  title: '收钱吧 支付网关 2.0',
  calls: [
    { section: '3.2', name: 'POST /upay/v2/pay', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.3', name: 'POST /upay/v2/refund', implementedIn: ['requests.ts', 'refunds.ts'] },
    { section: '3.4', name: 'POST /upay/v2/query', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.5', name: 'POST /upay/v2/cancel', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '3.6', name: 'POST /upay/v2/precreate', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '2.2', name: 'signature', implementedIn: ['sign.ts'] },
    { section: 'FIELD', name: 'POST /terminal/activate, /terminal/checkin', implementedIn: ['terminal.ts'] },
    { section: 'FIELD', name: 'callback', implementedIn: ['notification.ts'] },
    { section: 'FIELD', name: 'POST /upay/v2/revoke', implementedIn: [], reason: 'a person’s undo with the effect of cancel; the till sends cancel' },
  ],
  words: [
    ...words('appendix 1', 'result_code', '200 400 500'),
    ...words('appendix 1', 'error_code', 'INVALID_PARAMS INVALID_TERMINAL ILLEGAL_SIGN INVALID_BARCODE UNKNOWN_SYSTEM_ERROR UNEXPECTED_PROVIDER_ERROR'),
    ...words('3.2', 'error_code', 'TERMINAL_NOT_EXISTS INVALID_PARAMETER MAINTENANCE_INPROGRESS'),
    ...words('appendix 2', 'biz_response.result_code', `PAY_SUCCESS PAY_FAIL PAY_FAIL_ERROR CANCEL_SUCCESS CANCEL_ERROR CANCEL_ABORT_ERROR CANCEL_ABORT_SUCCESS
      REFUND_SUCCESS REFUND_ERROR PRECREATE_SUCCESS PRECREATE_FAIL SUCCESS FAIL`),
    ...words('FIELD', 'biz_response.result_code', `PAY_IN_PROGRESS PAY_FAIL_IN_PROGRESS CANCEL_IN_PROGRESS CANCEL_ABORT_IN_PROGRESS REFUND_IN_PROGRESS REFUND_FAIL
      REFUND_FAIL_ERROR PRECREATE_IN_PROGRESS PRECREATE_FAIL_IN_PROGRESS PRECREATE_FAIL_ERROR`),
    ...words('appendix 3', 'biz_response.data.order_status', 'CREATED PAID PAY_CANCELED PAY_ERROR REFUNDED PARTIAL_REFUNDED REFUND_ERROR CANCELED CANCEL_ERROR'),
    ...words('FIELD', 'biz_response.data.order_status', 'CANCEL_INPROGRESS REFUND_INPROGRESS IN_QUEUE INVALID_STATUS_CODE'),
    ...words('appendix 4', 'biz_response.data.status', 'SUCCESS FAIL_CANCELED FAIL_PROTOCOL_1 FAIL_IO_1 FAIL_PROTOCOL_2 FAIL_IO_2 FAIL_PROTOCOL_3 FAIL_ERROR CANCEL_ERROR REFUND_ERROR'),
    ...words('appendix 5', 'biz_response.error_code', `AUTHCODE_EXPIRE INVALID_BARCODE INSUFFICIENT_FUND EXPIRED_BARCODE BUYER_OVER_DAILY_LIMIT BUYER_OVER_TRANSACTION_LIMIT
      SELLER_OVER_DAILY_LIMIT TRADE_NOT_EXIST TRADE_HAS_SUCCESS SELLER_BALANCE_NOT_ENOUGH REFUND_AMT_NOT_EQUAL_TOTAL TRADE_FAILED CLIENT_SN_CONFLICT
      UPAY_ORDER_NOT_EXIST REFUND_REQUEST_CONFLICT UNEXPECTED_PROVIDER_ERROR`),
    ...words('2.4', 'biz_response.error_code', 'UPAY_ORDER_NOT_EXISTS'),
    ...words('3.3.3', 'biz_response.error_code', 'UPAY_REFUND_INVALID_ORDER_STATE'),
    ...words('3.5.3', 'biz_response.error_code', 'UPAY_CANCEL_INVALID_ORDER_STATE'),
    ...words('FIELD', 'biz_response.error_code', `TRADE_TIMEOUT UPAY_CANCEL_ORDER_NOOP UPAY_REFUND_ORDER_NOOP UPAY_TCP_ORDER_NOT_REFUNDABLE ACCOUNT_BALANCE_NOT_ENOUGH
      REFUNDABLE_AMOUNT_NOT_ENOUGH UPAY_TERMINAL_NOT_EXISTS UPAY_TERMINAL_STATUS_ABNORMAL UPAY_STORE_OVER_DAILY_LIMIT EXTERNAL_SERVICE_EXCEPTION PAY_STATUS_CLOSED`),
    ...words('appendix 6', 'biz_response.data.payway', '1 3 4 5'),
    ...words('FIELD', 'biz_response.data.payway', '2 6 17 18'),
    ...words('appendix 7', 'biz_response.data.sub_payway', '1 2'),
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
