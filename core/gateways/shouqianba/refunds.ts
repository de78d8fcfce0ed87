/** What Shouqianba's answers mean for a refund: the rows of `refund-table.ts`, believed only as far as numbers and amounts agree. */
import { minorFromWire } from '../../money/amount.ts';
import type { AttemptFacts, Evidence, Outcome, RefundFacts, RefundRefusal, UnknownWhy } from '../gateway.ts';
import { rowOf } from '../wire-fields.ts';
import { businessEvidence, communicationEvidence, finishedAt, matchOf, type Match } from './order.ts';
import { doneSigns, refundCodes, refundErrors, refundRequestErrors, refusedSigns, type RefundErrorMeaning, type Signs } from './refund-table.ts';
import { orderStatuses, resultCodes, transactionStatuses } from './table.ts';
import type { WireAnswerFields, WireBusiness, WireOrder } from './wire.ts';

/** The outcome in an answer to `refund`; total. */
export function refundOutcome(attempt: AttemptFacts, wire: WireAnswerFields): Outcome {
  const { refund } = attempt;
  const row = rowOf(resultCodes, wire.result_code);
  // Without its facts nothing of the answer can be compared.
  if (refund === null) return unknown('mismatch', communicationEvidence(wire, attempt.code));
  if (row?.means === 'answered' && wire.business !== null) return businessOutcome(new Reading(attempt, refund, wire.business));
  return communicationOutcome(attempt, wire, row?.means ?? 'unlisted');
}

/** An answer without a business part: 400, 500, or nothing the document knows (appendix 1). */
function communicationOutcome(attempt: AttemptFacts, wire: WireAnswerFields, means: string): Outcome {
  const evidence = communicationEvidence(wire, attempt.code);
  if (means === 'unsure') return unknown('gatewayUnsure', evidence);
  const row = rowOf(refundRequestErrors, wire.error_code);
  // A refusal that brings a business part along contradicts itself.
  if (means !== 'refused' || row === undefined || wire.business !== null) return unknown('unlisted', evidence);
  // It speaks of this request alone.
  return row.kind === 'refundDeclined' ? { kind: 'refundDeclined', reason: row.reason, aboutRefund: false, evidence } : unknown(row.why, evidence);
}

function businessOutcome(reading: Reading): Outcome {
  const row = rowOf(refundCodes, reading.business.result_code);
  const error = rowOf(refundErrors, reading.business.error_code);
  switch (row?.means) {
    case undefined:
      return reading.unknown('unlisted');
    case 'unsure':
      return reading.unknown('gatewayUnsure');
    case 'byErrorCode':
      return errorOutcome(error, reading);
    case 'refunded':
      return reading.match === 'ours' ? reading.refunded(row.signs) : reading.unknown('mismatch');
    case 'pending':
      return reading.pending(row.signs);
    case 'failed': {
      const reason = error?.kind === 'refundDeclined' ? error.reason : 'other';
      const saidTwice = error === undefined ? reading.business.order.status === 'FAIL_CANCELED' : error.kind === 'refundDeclined';
      return saidTwice || reading.nothingGivenBack ? reading.declined(reason, row.signs) : reading.unknown('gatewayUnsure');
    }
  }
}

/** FAIL, "no flow was started" (appendix 2): its error_code says what that means. */
function errorOutcome(meaning: RefundErrorMeaning | undefined, reading: Reading): Outcome {
  switch (meaning?.kind) {
    case undefined:
      return reading.unknown('unlisted');
    case 'unknown':
      return reading.unknown(meaning.why);
    case 'refunded':
      return reading.refunded(doneSigns);
    case 'refundDeclined':
      return reading.declined(meaning.reason, refusedSigns);
  }
}

/** One business answer beside the refund it must be about. */
class Reading {
  readonly business: WireBusiness;
  readonly match: Match;
  readonly #evidence: Evidence;
  readonly #attempt: AttemptFacts;
  readonly #refund: RefundFacts;

  constructor(attempt: AttemptFacts, refund: RefundFacts, business: WireBusiness) {
    this.#attempt = attempt;
    this.#refund = refund;
    this.business = business;
    this.match = refundMatchOf(attempt, refund, business.order);
    this.#evidence = businessEvidence(business, attempt.code);
  }

  refunded(signs: Signs): Outcome {
    const { order } = this.business;
    // The whole amount was asked for, and less was given back: the only word about the amount that these answers have.
    const wasPart = this.#refund.amount.minor === this.#attempt.amount.minor && order.order_status === 'PARTIAL_REFUNDED';
    const against = this.#whyNot(signs) ?? (wasPart ? 'mismatch' : null);
    if (against !== null) return this.unknown(against);
    // Theirs is no number of its own: the refund is known by ours alone.
    return { kind: 'refunded', refund: { gatewayRefundRef: null, refundedAt: finishedAt(order) }, evidence: this.#evidence };
  }

  pending(signs: Signs): Outcome {
    const against = this.#whyNot(signs);
    return against === null
      ? { kind: 'refundPending', refund: { gatewayRefundRef: null, refundedAt: null }, evidence: this.#evidence }
      : this.unknown(against);
  }

  declined(reason: RefundRefusal, signs: Signs): Outcome {
    const against = this.#whyNot(signs);
    if (against !== null) return this.unknown(against);
    // "Failed for certain, on both sides" (appendix 4), of a transaction with our number: no repeat could have done it.
    const { client_tsn: transaction, status } = this.business.order;
    const aboutRefund = this.match === 'ours' && transaction !== '' && status === 'FAIL_CANCELED';
    return { kind: 'refundDeclined', reason, aboutRefund, evidence: this.#evidence };
  }

  /**
   * REFUND_FAIL about our order, which is whole: enough to end a first transmission, and nothing about one before a repeat,
   * which may still be under way. Doubts of the provider's stay doubts.
   */
  get nothingGivenBack(): boolean {
    const { order, result_code: code, error_code: error } = this.business;
    return code === 'REFUND_FAIL' && this.match === 'ours' && order.order_status === 'PAID' && (error === '' || error === 'TRADE_FAILED');
  }

  unknown(why: UnknownWhy): Outcome {
    return unknown(why, this.#evidence);
  }

  /** Why the answer can't be believed: another's number or amount, or states that say something else; null where it can. */
  #whyNot(signs: Signs): UnknownWhy | null {
    const { order_status: orderStatus, status } = this.business.order;
    if (this.match === 'mismatch') return 'mismatch';
    if (!signs.orderStatus.includes(orderStatus)) return rowOf(orderStatuses, orderStatus) === undefined ? 'unlisted' : 'gatewayUnsure';
    if (signs.status === null || signs.status.includes(status)) return null;
    return rowOf(transactionStatuses, status) === undefined ? 'unlisted' : 'gatewayUnsure';
  }
}

/** Order, refund number and amounts, as far as the answer names them; what it leaves out contradicts nothing. */
function refundMatchOf(attempt: AttemptFacts, refund: RefundFacts, order: WireOrder): Match {
  const { client_tsn: transaction, refund_request_no: number, refund_amount: amount } = order;
  if (transaction !== '' && transaction !== `${attempt.attemptRef}-${refund.refundRef}`) return 'mismatch';
  if (number !== '' && number !== refund.refundRef) return 'mismatch';
  if (amount !== '' && minorFromWire(amount) !== refund.amount.minor) return 'mismatch';
  return matchOf(attempt, order);
}

function unknown(why: UnknownWhy, evidence: Evidence): Outcome {
  return { kind: 'unknown', why, order: null, evidence };
}
