/** What Shouqianba's simulated gateway says: its words for orders and refunds, true, untrue and bent. */
import type { Alteration, RefundSaying, Saying } from '../fault.ts';
import type { CallName, Json, JsonObject, Order, Refusal, RefundEntry, Wallet } from '../model.ts';
import { refunded } from '../sums.ts';
import { mapValues, renameKey } from './json.ts';
import { nestTerminal } from './shouqianba-terminal-answers.ts';

/** No document has a word for it; the state's is the nearest. */
export const tooOldMessage = '订单已超过退款期限';

const messages: Readonly<Record<string, string>> = {
  ILLEGAL_SIGN: '签名错误',
  TERMINAL_NOT_EXISTS: '不存在这个终端',
  INVALID_TERMINAL: '终端错误',
  INVALID_BARCODE: '条码错误',
  UNKNOWN_SYSTEM_ERROR: '未知的系统错误',
  EXPIRED_BARCODE: '过期的支付条码',
  AUTHCODE_EXPIRE: '二维码过期',
  INSUFFICIENT_FUND: '账户金额不足',
  BUYER_OVER_DAILY_LIMIT: '付款人当日付款金额超过上限',
  BUYER_OVER_TRANSACTION_LIMIT: '付款人单笔付款金额超过上限',
  TRADE_FAILED: '交易失败',
  TRADE_TIMEOUT: '交易超时自动撤单',
  CLIENT_SN_CONFLICT: 'client_sn在系统中已存在',
  UPAY_ORDER_NOT_EXISTS: '订单不存在',
  UPAY_CANCEL_ORDER_NOOP: '订单已经撤单',
  UPAY_REFUND_ORDER_NOOP: '订单已经退款',
  UPAY_TCP_ORDER_NOT_REFUNDABLE: '订单不可退款',
  SELLER_BALANCE_NOT_ENOUGH: '卖家余额不足',
  UPAY_REFUND_INVALID_ORDER_STATE: '无法对错误的订单状态执行退款操作',
  REFUNDABLE_AMOUNT_NOT_ENOUGH: '可退金额不足',
  REFUND_REQUEST_CONFLICT: '重复的退款请求',
  UNEXPECTED_PROVIDER_ERROR: '不认识的支付通道',
};

const refusalCodes: Readonly<Record<Refusal, string>> = {
  insufficient: 'INSUFFICIENT_FUND',
  expired: 'EXPIRED_BARCODE',
  used: 'AUTHCODE_EXPIRE',
  badCode: 'INVALID_BARCODE',
  payerCancelled: 'TRADE_FAILED',
  overLimit: 'BUYER_OVER_TRANSACTION_LIMIT',
  overDayLimit: 'BUYER_OVER_DAILY_LIMIT',
  cardNotSupported: 'TRADE_FAILED',
  failed: 'TRADE_FAILED',
  timedOut: 'TRADE_TIMEOUT',
};

/** Appendix 6; 17 from the newer pages. Alipay is 1 and, for them, 2 as well. */
export const payways: Readonly<Record<Wallet, { number: string; name: string; also: readonly string[] }>> = {
  wechat: { number: '3', name: '微信', also: [] },
  alipay: { number: '1', name: '支付宝', also: ['2'] },
  unionpay: { number: '17', name: '银联二维码', also: [] },
};

/** A refusal of the request itself: 400, or 500 where the system fails. */
export function refuse(code: string, message?: string): JsonObject {
  return { result_code: code === 'UNKNOWN_SYSTEM_ERROR' ? '500' : '400', error_code: code, error_message: message ?? messages[code] ?? code };
}

export function payAnswer(order: Order): JsonObject {
  switch (order.state) {
    case 'paid':
      return business('PAY_SUCCESS', orderData(order));
    case 'refused':
      return business('PAY_FAIL', orderData(order), refusalCodes[order.refusal ?? 'failed']);
    case 'error':
      return business('PAY_FAIL_ERROR', orderData(order), 'UNEXPECTED_PROVIDER_ERROR');
    default:
      return business('PAY_IN_PROGRESS', orderData(order));
  }
}

/** Section 6.3: of a new order, so nothing of its payment is set yet. */
export function precreateAnswer(order: Order): JsonObject {
  const content = order.shown?.content ?? '';
  return business('PRECREATE_SUCCESS', {
    ...orderData(order), trade_no: '', payway: payways[order.wallet].number, payway_name: payways[order.wallet].name, net_amount: String(order.amount),
    qr_code: content, qr_code_image_url: `${content}/image`,
  });
}

export function business(resultCode: string, data: JsonObject, errorCode = ''): JsonObject {
  return {
    result_code: '200', error_code: '', error_message: '',
    biz_response: { result_code: resultCode, error_code: errorCode, error_message: errorCode === '' ? '' : (messages[errorCode] ?? errorCode), data },
  };
}

/** A FAIL carries no data (captured). */
export function failure(errorCode: string, message?: string): JsonObject {
  return {
    result_code: '200', error_code: '', error_message: '',
    biz_response: { result_code: 'FAIL', error_code: errorCode, error_message: message ?? messages[errorCode] ?? errorCode, data: null },
  };
}

/** Appendices 3 and 4; REFUND_INPROGRESS from the newer pages. A refund that hasn't ended speaks before the order. */
export function statusOf(order: Order): { flow: string; order: string } {
  if (order.refunds.some((entry) => entry.state === 'unsure')) return { flow: 'REFUND_ERROR', order: 'REFUND_ERROR' };
  if (order.refunds.some((entry) => entry.phase === 'open')) return { flow: 'IN_PROG', order: 'REFUND_INPROGRESS' };
  switch (order.state) {
    case 'waiting':
      return { flow: 'IN_PROG', order: 'CREATED' };
    case 'paid':
      return { flow: 'SUCCESS', order: 'PAID' };
    case 'refused':
      return { flow: 'FAIL_CANCELED', order: 'PAY_CANCELED' };
    case 'error':
      return { flow: 'FAIL_ERROR', order: 'PAY_ERROR' };
    case 'cancelled':
      return { flow: 'SUCCESS', order: 'CANCELED' };
    case 'partlyRefunded':
      return { flow: 'SUCCESS', order: 'PARTIAL_REFUNDED' };
    case 'refunded':
      return { flow: 'SUCCESS', order: 'REFUNDED' };
  }
}

/** Section 2.3 and the captured answers: strings all, unset ones empty, and fewer of them while in progress. */
export function orderData(order: Order, refundEntry?: RefundEntry): JsonObject {
  const status = statusOf(order);
  const always = {
    terminal_sn: refundEntry?.terminal ?? order.terminal,
    sn: order.gatewayNumber,
    client_sn: order.reference,
    client_tsn: refundEntry === undefined ? order.reference : `${order.reference}-${refundEntry.reference}`,
    ctime: String(order.createdAt),
    status: status.flow,
    order_status: status.order,
    total_amount: String(order.amount),
    subject: order.subject,
    operator: order.operator,
    reflect: order.reflect,
    store_id: '49',
    sub_payway: order.shown === null ? '1' : '2',
  };
  if (order.state === 'waiting') return always;
  const payway = payways[order.wallet];
  const wasPaid = order.timesCharged > 0;
  const inProgress = refundEntry !== undefined && refundEntry.phase === 'open';
  const finished = String(refundEntry?.endedAt ?? order.endedAt ?? order.createdAt);
  return {
    ...always,
    payway: payway.number,
    payway_name: payway.name,
    payer_uid: wasPaid ? order.payer : '',
    payer_login: '',
    trade_no: wasPaid ? order.tradeNumber : '',
    net_amount: String(netAmount(order)),
    ...(inProgress ? {} : { finish_time: finished, channel_finish_time: wasPaid ? finished : '' }),
    payment_list: wasPaid ? [{ type: 'WALLET', amount_total: String(order.amount) }] : [],
  };
}

/** How one refund stands; a failed one says so with its own flow, whatever the order's. */
export function refundAnswer(order: Order, entry: RefundEntry): JsonObject {
  const data = orderData(order, entry);
  switch (entry.phase) {
    case 'done':
      return business('REFUND_SUCCESS', { ...data, status: 'SUCCESS' });
    case 'failed':
      return business('REFUND_FAIL', { ...data, status: 'FAIL_CANCELED' }, 'TRADE_FAILED');
    case 'open':
      return entry.state === 'unsure' ? business('REFUND_ERROR', data, 'UNEXPECTED_PROVIDER_ERROR') : business('REFUND_IN_PROGRESS', data);
  }
}

/** A refused order keeps its net amount in the document's example iii; a cancelled or refunded one doesn't. */
function netAmount(order: Order): number {
  return order.state === 'cancelled' ? 0 : order.amount - refunded(order);
}

/** Says something without looking whether it is true. `entry` is the refund that the request names, where it is booked. */
export function say(call: CallName, what: Saying, order: Order | null, entry: RefundEntry | null): JsonObject {
  switch (what) {
    case 'notExist':
      return failure('UPAY_ORDER_NOT_EXISTS');
    case 'alreadyKnown':
      return failure('CLIENT_SN_CONFLICT');
    case 'inProgress':
      return order === null ? failure('UPAY_ORDER_NOT_EXISTS') : sayInProgress(call, order, entry);
    case 'cancelError':
    case 'cancelAbortError': {
      const code = what === 'cancelError' ? 'CANCEL_ERROR' : 'CANCEL_ABORT_ERROR';
      return order === null ? failure('UPAY_ORDER_NOT_EXISTS') : business(code, orderData(order), 'UNEXPECTED_PROVIDER_ERROR');
    }
    case 'systemError':
      return refuse('UNKNOWN_SYSTEM_ERROR');
    default:
      return order === null ? failure('UPAY_ORDER_NOT_EXISTS') : sayOfRefund(what, order, entry);
  }
}

function sayInProgress(call: CallName, order: Order, entry: RefundEntry | null): JsonObject {
  if (call === 'refund') return business('REFUND_IN_PROGRESS', { ...orderData(order, pending(entry)), status: 'IN_PROG', order_status: 'REFUND_INPROGRESS' });
  if (order.refunds.length > 0) return business('SUCCESS', { ...orderData(order), status: 'IN_PROG', order_status: 'REFUND_INPROGRESS' });
  return business(inProgressWords[call] ?? 'SUCCESS', orderData({ ...order, state: 'waiting' }));
}

const inProgressWords: Readonly<Partial<Record<CallName, string>>> = { pay: 'PAY_IN_PROGRESS', present: 'PRECREATE_IN_PROGRESS' };

function pending(entry: RefundEntry | null): RefundEntry | undefined {
  return entry === null ? undefined : { ...entry, phase: 'open' };
}

const refundWords: Readonly<Record<Exclude<RefundSaying, 'refundError' | 'refundFail'>, { readonly code: string; readonly message?: string }>> = {
  refundNoop: { code: 'UPAY_REFUND_ORDER_NOOP' },
  refundConflict: { code: 'REFUND_REQUEST_CONFLICT' },
  shopBalanceShort: { code: 'SELLER_BALANCE_NOT_ENOUGH' },
  refundOrderState: { code: 'UPAY_REFUND_INVALID_ORDER_STATE' },
  refundTooOld: { code: 'UPAY_REFUND_INVALID_ORDER_STATE', message: tooOldMessage },
  refundOverLimit: { code: 'REFUNDABLE_AMOUNT_NOT_ENOUGH' },
  notRefundable: { code: 'UPAY_TCP_ORDER_NOT_REFUNDABLE' },
  unlistedError: { code: 'REFUND_CHANNEL_BUSY' },
};

function sayOfRefund(what: RefundSaying, order: Order, entry: RefundEntry | null): JsonObject {
  switch (what) {
    case 'refundError':
      return business('REFUND_ERROR', { ...orderData(order, pending(entry)), status: 'REFUND_ERROR', order_status: 'REFUND_ERROR' }, 'UNEXPECTED_PROVIDER_ERROR');
    case 'refundFail':
      return business('REFUND_FAIL', { ...orderData(order, entry ?? undefined), status: 'FAIL_CANCELED' }, 'TRADE_FAILED');
    default:
      return failure(refundWords[what].code, refundWords[what].message);
  }
}

/** Bends an otherwise true answer. */
export function alter(how: Alteration, answer: JsonObject): JsonObject {
  const biz = answer['biz_response'] as JsonObject | undefined;
  const data = biz?.['data'] as JsonObject | null | undefined;
  if (biz?.['terminal_key'] !== undefined && how === 'otherNesting') return nestTerminal(answer, biz);
  if (biz === undefined || data === undefined || data === null) return answer;
  const withData = (changed: JsonObject): JsonObject => ({ ...answer, biz_response: { ...biz, data: changed } });
  switch (how) {
    case 'wrongAmount':
      return withData({ ...data, total_amount: String(Number(data['total_amount']) + 1) });
    case 'wrongReference':
      return withData({ ...data, client_sn: anothers(data['client_sn']), client_tsn: anothers(data['client_tsn']), sn: '7890000000000000' });
    case 'blankKey':
      return withData(renameKey(data, 'total_amount', 'total_amount '));
    case 'otherTypes':
      return withData(mapValues(data, (name, value) => (name.endsWith('amount') || name.endsWith('time') ? Number(value) : value)));
    case 'otherNesting': {
      const { data: _nested, ...rest } = biz;
      return { ...answer, biz_response: { ...data, ...rest } };
    }
    case 'unlistedStatus':
      return withData({ ...data, status: 'IN_QUEUE', order_status: 'IN_QUEUE' });
    case 'smallerNet':
      return withData(data['net_amount'] === undefined ? data : { ...data, net_amount: '0' });
  }
}

function anothers(reference: Json | undefined): string {
  return `X${String(reference).slice(1)}`;
}
