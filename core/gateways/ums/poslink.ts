/**
 * Charging scanned codes through poslink, UMS' sister product: off unless configured, because no document of ours describes
 * it. The facts are FIELD's and UMS' public page of poslink v6; only a query's `queryResCode` ends anything.
 */
import { minorFromWire } from '../../money/amount.ts';
import type { WireAnswer, WireRequest } from '../../ports.ts';
import type { AttemptFacts, Call, Evidence, Moment, OrderFacts, Outcome, UnknownWhy } from '../gateway.ts';
import { readJsonObject } from '../json.ts';
import { rowOf } from '../wire-fields.ts';
import { codeForPeople, keptReference, textForWire, wordsForPeople } from '../words.ts';
import { poslinkCodes, queryResults, refundResults } from './poslink-table.ts';
import { poslinkAnswer, type PoslinkAnswer } from './poslink-wire.ts';
import { defaultDeviceType, type PoslinkSettings, type UmsSettings } from './settings.ts';
import { signedRequest, type Fields } from './signed-request.ts';

/** Whether an attempt is poslink's. Without its settings nothing was ever charged through it under this identity (CASES 6). */
export function isPoslinks(attempt: AttemptFacts, settings: UmsSettings): boolean {
  return attempt.direction === 'scan' && settings.poslink !== undefined;
}

/** The request of one call of a scanned code. */
export function buildPoslink(call: Call, attempt: AttemptFacts, settings: UmsSettings, moment: Moment): WireRequest {
  const { poslink } = settings;
  if (poslink === undefined) throw new Error('not set up for poslink');
  if (attempt.amount.currency !== 'CNY') throw new Error(`UMS counts in fen, not in ${attempt.amount.currency}`);
  const asUs: Fields = { merchantCode: poslink.merchantCode, terminalCode: poslink.terminalCode, merchantOrderId: attempt.attemptRef };
  const request = (path: string, fields: Fields) => signedRequest(`/v6/poslink/transaction/${path}`, { ...asUs, ...fields }, settings, moment);
  switch (call) {
    case 'pay':
      return request('pay', payFields(attempt, poslink));
    case 'present':
      throw new Error('poslink shows no codes');
    case 'query':
      return request('query', {});
    case 'reverse':
      return request('voidpayment', {});
    case 'refund':
    case 'queryRefund': {
      const { refund } = attempt;
      if (refund === null) throw new Error('a refund needs its number and amount');
      const number = { refundRequestId: refund.refundRef };
      return call === 'refund' ? request('refund', { ...number, transactionAmount: refund.amount.minor }) : request('query-refund', number);
    }
  }
}

function payFields(attempt: AttemptFacts, poslink: PoslinkSettings): Fields {
  if (attempt.code === null) throw new Error('a payment needs its code');
  return {
    transactionAmount: attempt.amount.minor,
    transactionCurrencyCode: '156',
    merchantRemark: textForWire(attempt.subject, 64),
    payMode: 'CODE_SCAN',
    payCode: attempt.code,
    deviceType: poslink.deviceType ?? defaultDeviceType,
    ...(poslink.ip === undefined ? {} : { ip: poslink.ip }),
  };
}

/** The outcome in an answer about a scanned code; total. */
export function readPoslink(call: Call, attempt: AttemptFacts, answer: WireAnswer): Outcome {
  const json = readJsonObject(answer.body);
  const wire = json === null ? null : poslinkAnswer(json);
  if (wire === null) return unknown('unlisted', null, { code: null, words: null });
  const evidence = {
    code: codeForPeople([wire.errCode, wire.queryResCode], attempt.code),
    words: wordsForPeople([wire.errInfo, wire.queryResDesc].filter((text) => text !== '').join(' '), attempt.code),
  };
  // No list of its error codes is known: one of them may as well come after the wallet has booked.
  if (rowOf(poslinkCodes, wire.errCode) === undefined) return unknown('unlisted', null, evidence);
  if (isOthers(attempt, wire)) return unknown('mismatch', null, evidence);
  switch (call) {
    case 'query':
      return queryOutcome(attempt, wire, evidence);
    case 'queryRefund':
      return queryRefundOutcome(attempt, wire, evidence);
    case 'pay':
    case 'reverse':
    case 'refund':
      // "The call worked": what came of it, a query says (FIELD).
      return unknown('gatewayUnsure', orderFacts(wire, attempt), evidence);
    case 'present':
      return unknown('unlisted', null, evidence);
  }
}

function queryOutcome(attempt: AttemptFacts, wire: PoslinkAnswer, evidence: Evidence): Outcome {
  const means = rowOf(queryResults, wire.queryResCode)?.means;
  const order = orderFacts(wire, attempt);
  switch (means?.kind) {
    case undefined:
      return unknown('unlisted', order, evidence);
    case 'unknown':
      return unknown(means.why, order, evidence);
    case 'reversed':
      return { kind: 'reversed', order, evidence };
    case 'declined':
      return { kind: 'declined', reason: 'other', aboutOrder: true, order, evidence };
    case 'paid':
      // It was asked by our number, so that may be missing in the answer; the amount may not.
      if (amountsOf(wire).length === 0) return unknown('mismatch', order, evidence);
      return { kind: 'paid', order, aboutOrder: true, amountCompared: true, saysAlreadyPaid: false, evidence };
  }
}

function queryRefundOutcome({ refund }: AttemptFacts, wire: PoslinkAnswer, evidence: Evidence): Outcome {
  if (refund === null || (wire.refundRequestId !== '' && wire.refundRequestId !== refund.refundRef)) return unknown('mismatch', null, evidence);
  if (rowOf(refundResults, wire.queryResCode) === undefined) return unknown('gatewayUnsure', null, evidence);
  return { kind: 'refunded', refund: { gatewayRefundRef: null, refundedAt: null }, evidence };
}

/** Another's number, or another amount than the order's; beside a refund it may be the refund's. */
function isOthers({ attemptRef, amount, gatewayRef, refund }: AttemptFacts, wire: PoslinkAnswer): boolean {
  if (wire.merchantOrderId !== '' && wire.merchantOrderId !== attemptRef) return true;
  if (wire.orderId !== '' && gatewayRef !== null && wire.orderId !== gatewayRef) return true;
  return amount.currency !== 'CNY' || [...amountsOf(wire), ...(refund === null ? [] : refundAmountsOf(wire))].some((minor) => minor !== amount.minor && minor !== refund?.amount.minor);
}

/** What a query of a refund has in place of them: the refund's amount, in the answer that somebody got; the order's by its name. */
function refundAmountsOf({ originalAmount }: PoslinkAnswer): readonly (number | null)[] {
  return originalAmount === '' ? [] : [minorFromWire(originalAmount)];
}

/** What the answer calls the order's amount, by the names of its versions (FIELD); `amount`, what the payer paid, may be less. */
function amountsOf(wire: PoslinkAnswer): readonly (number | null)[] {
  return [wire.originalTransactionAmount, wire.transactionAmount, wire.totalAmount].filter((text) => text !== '').map(minorFromWire);
}

function orderFacts(wire: PoslinkAnswer, { code }: AttemptFacts): OrderFacts {
  return {
    gatewayRef: keptReference(wire.orderId, code),
    walletRef: keptReference(wire.thirdPartyOrderId, code),
    wallet: null,
    payerId: keptReference(wire.thirdPartyBuyerId, code),
    paidAt: null,
  };
}

function unknown(why: UnknownWhy, order: OrderFacts | null, evidence: Evidence): Outcome {
  return { kind: 'unknown', why, order, evidence };
}
