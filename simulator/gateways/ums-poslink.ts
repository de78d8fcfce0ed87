/** UMS's sister product poslink, which takes scanned codes: as little as is known of it from elsewhere, none of it in the document. */
import type { Saying } from '../fault.ts';
import type { CallName, JsonObject, Order, RefundEntry } from '../model.ts';
import { refundable } from '../sums.ts';
import { isJsonType } from './fields.ts';
import type { Counter, IncomingRequest, ReadRequest } from './gateway-side.ts';
import { amountOf, faultsOfUms } from './ums-fields.ts';
import type { UmsTable } from './ums-fields.ts';
import { parseBody, refuseSignature } from './ums-requests.ts';
import type { UmsAccount, UmsFields } from './ums-requests.ts';
import { chinaTime } from './ums-sign.ts';

type PoslinkCall = 'pay' | 'query' | 'cancel' | 'refund' | 'queryRefund';

const base = '/v6/poslink/transaction/';
/** The undoing has three names among those who use it; voiding and reversing are told apart by queries alone. */
const calls: Readonly<Record<string, PoslinkCall>> = {
  pay: 'pay', query: 'query', voidpayment: 'cancel', reverse: 'cancel', reversepayment: 'cancel', refund: 'refund', 'query-refund': 'queryRefund',
};

const head: UmsTable = { merchantCode: { required: true, least: 15, most: 15 }, terminalCode: { required: true, least: 8, most: 8 }, merchantOrderId: { required: true, most: 64 }, originalOrderId: { most: 64 } };
const free: UmsTable = { merchantRemark: { most: 128 }, srcReserved: { most: 255 }, oriTransDate: { pattern: /^\d{8}$/ } };
const tables: Readonly<Record<PoslinkCall, UmsTable>> = {
  pay: {
    ...head, ...free, merchantRemark: { required: true, most: 128 }, transactionAmount: { required: true, kind: 'amount', least: 1, most: 100_000_000 },
    transactionCurrencyCode: { required: true, pattern: /^156$/ }, payMode: { required: true, pattern: /^CODE_SCAN$/ }, payCode: { required: true, pattern: /^\d{1,32}$/ },
    deviceType: { most: 2 }, ip: { most: 64 }, longitude: {}, latitude: {}, storeId: { most: 50 }, operatorId: { most: 50 }, orderDesc: { most: 255 }, limitCreditCard: {},
  },
  query: { ...head, ...free },
  cancel: { ...head, ...free },
  refund: { ...head, ...free, refundRequestId: { required: true, most: 50 }, transactionAmount: { required: true, kind: 'amount', least: 1, most: 100_000_000 }, refundDesc: { most: 255 } },
  queryRefund: { ...head, ...free, refundRequestId: { required: true, most: 50 } },
};

export function callOfPoslink(path: string): PoslinkCall | null {
  const name = path.startsWith(base) ? path.slice(base.length) : '';
  return Object.hasOwn(calls, name) ? (calls[name] ?? null) : null;
}

export function readPoslink(counter: Counter, account: UmsAccount, request: IncomingRequest): ReadRequest {
  const call = callOfPoslink(request.path) ?? 'query';
  const fields = parseBody(request.body) ?? {};
  const refusal = refuse(counter, account, call, request, fields);
  const reference = String(fields['merchantOrderId'] ?? '');
  const orderNow = () => counter.ledger.find('ums', reference);
  const refundNow = () => orderNow()?.refunds.find((entry) => entry.reference === fields['refundRequestId']) ?? null;
  const known = orderNow();
  return {
    reference: reference === '' ? null : reference,
    code: typeof fields['payCode'] === 'string' ? fields['payCode'] : (known?.code ?? null),
    amount: known?.amount ?? amountOf(fields['transactionAmount']),
    repeat: call === 'refund' ? refundNow() !== null : known !== null,
    body: fields,
    refusedAs: refusal,
    answer: () => (refusal === null ? answerCall(counter, account, call, request.path, fields) : poslink(refusal)),
    say: (what) => sayPoslink(call, what, orderNow(), refundNow()),
  };
}

function refuse(counter: Counter, account: UmsAccount, call: PoslinkCall, request: IncomingRequest, fields: UmsFields): string | null {
  const badSignature = refuseSignature(account, request, counter.clock.wall());
  if (badSignature !== null) return badSignature.code;
  if (!isJsonType(request.headers['content-type']) || faultsOfUms(fields, tables[call]).length > 0) return 'BAD_REQUEST';
  return fields['merchantCode'] === account.merchantId && fields['terminalCode'] === account.terminalId ? null : 'NO_MERCHANT';
}

function answerCall(counter: Counter, account: UmsAccount, call: PoslinkCall, path: string, fields: UmsFields): JsonObject {
  if (call === 'pay') return pay(counter, account, fields);
  const order = counter.ledger.find('ums', String(fields['merchantOrderId']));
  if (order === null) return poslink('NO_ORDER');
  switch (call) {
    case 'query':
      return queryAnswer(order);
    case 'cancel':
      return undo(counter, order, path.endsWith('/voidpayment') ? 'voided' : 'reversed');
    case 'refund':
      return refund(counter, account, order, fields);
    case 'queryRefund': {
      const entry = order.refunds.find((one) => one.reference === fields['refundRequestId']);
      return entry === undefined ? poslink('NO_ORDER') : poslink('00', { queryResCode: refundCode(entry), refundOrderId: entry.gatewayNumber, originalAmount: String(entry.amount), refundInvoiceAmount: String(entry.amount), dealType: 'refund' });
    }
  }
}

function pay(counter: Counter, account: UmsAccount, fields: UmsFields): JsonObject {
  const reference = String(fields['merchantOrderId']);
  if (counter.ledger.find('ums', reference) !== null) return poslink('DUP_ORDER');
  const order = counter.open(
    {
      gateway: 'ums', reference, code: String(fields['payCode']), amount: amountOf(fields['transactionAmount']) ?? 0, currency: 'CNY',
      subject: String(fields['merchantRemark']), operator: '', reflect: '', notifyUrl: null, terminal: account.terminalId, extras: { poslink: true, instMid: account.instMid },
    },
    null,
  );
  return payAnswer(order);
}

/** "00" says that the call worked: a payer who still types a password gets it too, without the amounts. */
function payAnswer(order: Order): JsonObject {
  switch (order.state) {
    case 'refused':
      return poslink('TARGET_FAIL', {}, order.refusal ?? '');
    case 'error':
      return poslink('TIMEOUT');
    case 'paid':
      return poslink('00', { ...numbers(order), actualTransactionAmount: order.amount, thirdPartyOrderId: order.tradeNumber, thirdPartyBuyerId: order.payer });
    default:
      return poslink('00', numbers(order), '等待用户付款');
  }
}

function numbers(order: Order): JsonObject {
  const at = chinaTime(order.paidAt ?? order.createdAt).replace(/\D/g, '');
  return {
    orderId: order.gatewayNumber, merchantOrderId: order.reference, transactionAmount: order.amount, amount: order.amount,
    transactionDateWithYear: at.slice(0, 8), transactionTime: at.slice(8), retrievalRefNum: order.gatewayNumber,
  };
}

function queryAnswer(order: Order): JsonObject {
  return poslink('00', {
    queryResCode: codeOf(order), orderId: order.gatewayNumber, merchantOrderId: order.reference, originalTransactionAmount: order.amount, amount: order.amount,
    originalTransactionTime: chinaTime(order.paidAt ?? order.createdAt).replace(/\D/g, ''), refundedAmount: order.amount - refundable(order),
    ...(order.timesCharged > 0 ? { actualTransactionAmount: order.amount, thirdPartyOrderId: order.tradeNumber } : {}),
  });
}

/** 0 paid, 1 timeout, 2 voided, 3 refunded, also for a part, 4 reversed, 5 failed, FF unknown. */
function codeOf(order: Order): string {
  if (order.refunds.some((entry) => entry.phase !== 'failed')) return '3';
  switch (order.state) {
    case 'paid':
      return '0';
    case 'refused':
      return order.refusal === 'timedOut' ? '1' : '5';
    case 'cancelled':
      return order.extras['undone'] === 'voided' ? '2' : '4';
    case 'waiting':
    case 'error':
      return 'FF';
    case 'partlyRefunded':
    case 'refunded':
      return '3';
  }
}

/** A refund's codes are its own: an answer that somebody got has 00 where the money went back, and whoever uses it reads the same. */
function refundCode(entry: RefundEntry): string {
  return { open: 'FF', done: '00', failed: '5' }[entry.phase];
}

function undo({ ledger }: Counter, order: Order, how: 'voided' | 'reversed'): JsonObject {
  const isOpen = order.state === 'waiting' || order.state === 'error' || order.state === 'paid';
  if (!isOpen || order.refunds.length > 0) return poslink('OPERATION_NOT_ALLOWED');
  order.extras['undone'] = how;
  ledger.cancel(order);
  return poslink('00', numbers(order));
}

/** The same number is the same refund. */
function refund(counter: Counter, account: UmsAccount, order: Order, fields: UmsFields): JsonObject {
  const number = String(fields['refundRequestId']);
  const amount = amountOf(fields['transactionAmount']) ?? 0;
  const before = order.refunds.find((entry) => entry.reference === number);
  if (before === undefined && order.state !== 'paid' && order.state !== 'partlyRefunded') return poslink('OPERATION_NOT_ALLOWED');
  if (before === undefined && amount > refundable(order)) return poslink('TARGET_FAIL', {}, '退款金额超过可退金额');
  const entry = before ?? counter.refund(order, number, amount, account.terminalId, [{ after: 0, becomes: 'closed' }]);
  return refundAnswer(order, entry);
}

/** No word of the outcome but the code of the call itself, as in the answer that somebody got. */
function refundAnswer(order: Order, entry: RefundEntry): JsonObject {
  if (entry.phase === 'failed') return poslink('TARGET_FAIL');
  return poslink('00', { orderId: order.gatewayNumber, merchantOrderId: order.reference, transactionAmount: entry.amount, refundInvoiceAmount: String(entry.amount), refundOrderId: entry.gatewayNumber });
}

function poslink(code: string, fields: JsonObject = {}, info?: string): JsonObject {
  return { errCode: code, errInfo: info ?? (code === '00' ? '00000成功响应码' : code), ...fields };
}

function sayPoslink(call: CallName, what: Saying, order: Order | null, entry: RefundEntry | null): JsonObject {
  switch (what) {
    case 'notExist':
      return poslink('NO_ORDER');
    case 'alreadyKnown':
    case 'refundConflict':
      return poslink('DUP_ORDER');
    case 'inProgress':
      if (order === null) return poslink('NO_ORDER');
      if (call === 'pay') return payAnswer({ ...order, state: 'waiting' });
      return entry === null ? queryAnswer({ ...order, state: 'waiting', timesCharged: 0 }) : refundAnswer(order, { ...entry, phase: 'open' });
    case 'refundFail':
      return order === null || entry === null ? poslink('TARGET_FAIL') : refundAnswer(order, { ...entry, phase: 'failed' });
    case 'cancelAbortError':
    case 'refundError':
      return poslink('TIMEOUT');
    case 'refundNoop':
    case 'refundOrderState':
    case 'refundTooOld':
      return poslink('OPERATION_NOT_ALLOWED');
    case 'unlistedError':
      return poslink('REFUND_CHANNEL_BUSY');
    case 'systemError':
      return poslink('INTERNAL_ERROR');
    case 'cancelError':
    case 'shopBalanceShort':
    case 'refundOverLimit':
    case 'notRefundable':
      return poslink('TARGET_FAIL');
  }
}
