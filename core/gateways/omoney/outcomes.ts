/** What OMoney's answers mean: the tables of `table.ts`, believed only as far as numbers, amount and currency agree. */
import type { Wallet } from '../../contract/types.ts';
import type { WireAnswer } from '../../ports.ts';
import type { AttemptFacts, Call, Evidence, Kept, OrderFacts, Outcome, RefundOrderFacts, UnknownWhy } from '../gateway.ts';
import { minorFromDecimal } from '../decimal.ts';
import { rowOf } from '../wire-fields.ts';
import { codeForPeople, keptReference, wordsForPeople } from '../words.ts';
import { ownAddress, pageAddress, proceedLink, selfLink } from './links.ts';
import type { OmoneySettings } from './settings.ts';
import { cancelStatuses, paymentStatuses, refundStatuses } from './table.ts';
import { readWire, type WireFields } from './wire.ts';

/** The outcome in an answer; total. */
export function readOutcome(call: Call, attempt: AttemptFacts, answer: WireAnswer, settings: OmoneySettings): Outcome {
  const wire = readWire(answer.body);
  switch (wire.kind) {
    case 'none':
      // A bare 401 may be a proxy's: the token is doubted, and nothing else is concluded.
      return unknown(answer.status === 401 && isQuestion(call) ? 'tokenRefused' : 'unlisted', noEvidence);
    case 'error':
      return errorOutcome(call, answer.status, { code: codeForPeople([String(answer.status)], null), words: wordsForPeople(wire.words, null) });
    case 'fields':
      return fieldsOutcome(call, new Reading(attempt, wire.fields, settings));
  }
}

/** A 408, 409, 425, 429 or 499 may be a proxy's, after the booking: only words that speak of the request itself refuse. */
const refusals: ReadonlySet<number> = new Set([400, 402, 403, 404, 422]);

/**
 * Document 2.4: words without a code. They refuse the creation of a payment, which moves no money; a refund only with a 4xx
 * status of a refusal (CASES 3); a question or a cancel learns nothing from them.
 */
function errorOutcome(call: Call, status: number, evidence: Evidence): Outcome {
  // Its words may repeat the token, which is still good where only its scope was refused: they are kept nowhere.
  if (status === 401) return unknown('tokenRefused', { ...evidence, words: null });
  switch (call) {
    case 'present':
      return { kind: 'declined', reason: 'requestRefused', aboutOrder: false, order: null, evidence };
    case 'refund':
      return refusals.has(status) ? { kind: 'refundDeclined', reason: 'requestRefused', aboutRefund: false, evidence } : unknown('gatewayUnsure', evidence);
    case 'reverse':
      return unknown('reversalRefused', evidence);
    case 'query':
    case 'queryRefund':
    case 'pay':
      return unknown('gatewayUnsure', evidence);
  }
}

function fieldsOutcome(call: Call, reading: Reading): Outcome {
  switch (call) {
    case 'present':
      return createdOutcome(reading);
    case 'query':
      return queryOutcome(reading);
    case 'reverse':
      return cancelOutcome(reading);
    case 'refund':
      return refundOutcome(reading);
    case 'queryRefund':
      return reading.isPaymentInstead() ? paymentInstead(reading) : refundOutcome(reading);
    case 'pay':
      return reading.unknown('unlisted');
  }
}

/** Document 2.1.6: the page of `proceed_url` is what the customer scans. The table has no `order_id`: a page needs none, an end does. */
function createdOutcome(reading: Reading): Outcome {
  const means = rowOf(paymentStatuses, reading.fields.status)?.means;
  if (!(means === 'waiting' ? reading.isCreatedForUs() : reading.isOurPayment())) return reading.unknown('mismatch');
  switch (means) {
    case 'waiting': {
      const qr = pageAddress(reading.fields.links[proceedLink]);
      // Without its number nobody could ask about it: it is not shown, and closed under ours.
      return qr === null || reading.order().gatewayRef === null ? reading.unknown('unlisted') : { kind: 'shown', qr, order: reading.order(), evidence: reading.evidence };
    }
    case 'declined':
      return { kind: 'declined', reason: 'other', aboutOrder: true, order: reading.order(), evidence: reading.evidence };
    case 'paid':
    case 'unsure':
      return reading.unknown('gatewayUnsure');
    case undefined:
      return reading.unknown('unlisted');
  }
}

/** Document 2.1.7. */
function queryOutcome(reading: Reading): Outcome {
  if (!reading.isOurPayment()) return reading.unknown('mismatch');
  const { evidence } = reading;
  switch (rowOf(paymentStatuses, reading.fields.status)?.means) {
    case 'paid':
      return { kind: 'paid', order: reading.order(), aboutOrder: true, amountCompared: true, saysAlreadyPaid: false, evidence };
    case 'waiting':
      return { kind: 'waiting', order: reading.order(), evidence };
    case 'declined':
      return { kind: 'declined', reason: 'closed', aboutOrder: true, order: reading.order(), evidence };
    case 'unsure':
      return reading.unknown('gatewayUnsure');
    case undefined:
      return reading.unknown('unlisted');
  }
}

/** Document 2.1.9: it names no amount, and its SUCCESS is the word for paid too; it gives the payment's number, and a query tells. */
function cancelOutcome(reading: Reading): Outcome {
  if (!reading.isOurOrder()) return reading.unknown('mismatch');
  const row = rowOf(cancelStatuses, reading.fields.status);
  if (row === undefined) return reading.unknown('unlisted');
  return { kind: 'unknown', why: row.means === 'taken' ? 'gatewayUnsure' : 'reversalRefused', order: reading.order(), evidence: reading.evidence };
}

/** Document 2.2.5 and 2.2.6: one form for both. */
function refundOutcome(reading: Reading): Outcome {
  const { evidence } = reading;
  // Its links and numbers are a refund's: nothing of them is the order's.
  if (!reading.isOurRefund()) return unknown('mismatch', evidence);
  switch (rowOf(refundStatuses, reading.fields.status)?.means) {
    case 'refunded':
      return { kind: 'refunded', refund: reading.refund(), evidence };
    case 'pending':
      return { kind: 'refundPending', refund: reading.refund(), evidence };
    case 'declined':
      return { kind: 'refundDeclined', reason: 'other', aboutRefund: true, evidence };
    case undefined:
      // It is ours by every number: what its word means, a query may tell.
      return { kind: 'unknown', why: 'unlisted', order: null, refund: reading.refund(), evidence };
  }
}

/** Document 2.1.7: no status of a payment says whether any of it went back, so nothing ends by it; a person is shown it (ERRATA 2.2). */
function paymentInstead(reading: Reading): Outcome {
  if (!reading.isOurPayment()) return unknown('mismatch', reading.evidence);
  return unknown('gatewayUnsure', { ...reading.evidence, code: codeForPeople(['payment', reading.fields.status], null) });
}

/** One answer beside the attempt that it must be about. */
class Reading {
  readonly fields: WireFields;
  readonly evidence: Evidence;
  readonly #attempt: AttemptFacts;
  readonly #settings: OmoneySettings;

  constructor(attempt: AttemptFacts, fields: WireFields, settings: OmoneySettings) {
    this.#attempt = attempt;
    this.#settings = settings;
    this.fields = fields;
    this.evidence = { code: codeForPeople([fields.status], null), words: null };
  }

  /** Our order number, and the payment's where it is known already. */
  isOurOrder(): boolean {
    return this.fields.order_id === this.#attempt.attemptRef && this.#isNoOtherPayment();
  }

  /** The answer to a creation may leave our number out, as the table does (document 2.1.6); never name another. */
  isCreatedForUs(): boolean {
    return this.fields.order_id === '' ? this.#isNoOtherPayment() && this.#isOurAmount() : this.isOurPayment();
  }

  isOurPayment(): boolean {
    return (this.isOurOrder() || this.#isAnswerByTheirNumber()) && this.#isOurAmount();
  }

  /** A payment was asked about, because the answer to the refund was lost, and its number with it. */
  isPaymentInstead(): boolean {
    return this.#attempt.refund !== null && this.#attempt.refund.gatewayRefundRef === null && this.fields.refund_id === '';
  }

  isOurRefund(): boolean {
    const { refund } = this.#attempt;
    if (refund === null) return false;
    const { refund_order_id: ours, refund_id: theirs, order_id: order } = this.fields;
    const numbers = ours === refund.refundRef && order === this.#attempt.attemptRef && (refund.gatewayRefundRef === null || theirs === '' || theirs === refund.gatewayRefundRef);
    return numbers && this.#isAmount(refund.amount.minor, refund.amount.currency);
  }

  order(): OrderFacts {
    const { payment_id: number, transaction_id: bill, payment_method: method } = this.fields;
    return { gatewayRef: keptReference(number, null), walletRef: keptReference(bill, null), wallet: walletOf(method), payerId: null, paidAt: null, kept: this.#kept() };
  }

  refund(): RefundOrderFacts {
    return { gatewayRefundRef: keptReference(this.fields.refund_id, null), refundedAt: null, kept: this.#kept() };
  }

  /** With the payment's number and link where the answer is surely about ours, so that it can be asked about. */
  unknown(why: UnknownWhy): Outcome {
    const { amount, currency } = this.fields;
    const isOurs = amount === '' && currency === '' ? this.isOurOrder() : this.isOurPayment();
    return { kind: 'unknown', why, order: isOurs ? this.order() : null, evidence: this.evidence };
  }

  /** What is asked by their number may leave ours out, as the table does; where somebody claimed that number, ours must stand there. */
  #isAnswerByTheirNumber(): boolean {
    const { order_id: ours, payment_id: theirs } = this.fields;
    return ours === '' && theirs !== '' && theirs === this.#attempt.gatewayRef && this.#attempt.gatewayRefIsClaim !== true;
  }

  #isNoOtherPayment(): boolean {
    const { payment_id: theirs } = this.fields;
    const { gatewayRef } = this.#attempt;
    return gatewayRef === null || theirs === '' || theirs === gatewayRef;
  }

  #isOurAmount(): boolean {
    return this.#isAmount(this.#attempt.amount.minor, this.#attempt.amount.currency);
  }

  #isAmount(minor: number, currency: string): boolean {
    return this.fields.currency === currency && minorFromDecimal(this.fields.amount, this.#attempt.amount.currency) === minor;
  }

  /** The link to ask by; one that leads elsewhere is dropped. */
  #kept(): Kept {
    const href = ownAddress(this.fields.links[selfLink], this.#settings.baseUrl);
    return href === null ? {} : { [selfLink]: href };
  }
}

const noEvidence: Evidence = { code: null, words: null };

function unknown(why: UnknownWhy, evidence: Evidence): Outcome {
  return { kind: 'unknown', why, order: null, evidence };
}

/** A question may be asked again whatever refused it. */
function isQuestion(call: Call): boolean {
  return call === 'query' || call === 'queryRefund';
}

/** `payment_method` (document 2.3 gives examples; contracts name their own). */
export function walletOf(method: string): Wallet | null {
  if (method === '') return null;
  if (/WE_?CHAT|WX/i.test(method)) return 'wechat';
  if (/ALIPAY/i.test(method)) return 'alipay';
  return /UNION_?PAY/i.test(method) ? 'unionpay' : 'other';
}
