/** What Shouqianba's answers mean for an attempt: the tables of `table.ts`, believed only as far as reference and amount agree. */
import type { DeclineReason } from '../../contract/types.ts';
import type { Instant, WireAnswer } from '../../ports.ts';
import type { AttemptCall, AttemptFacts, Call, Evidence, OrderFacts, Outcome, UnknownWhy } from '../gateway.ts';
import { isScannable } from '../shown-code.ts';
import { rowOf } from '../wire-fields.ts';
import { keptReference } from '../words.ts';
import { businessEvidence, communicationEvidence, finishedAt, matchOf, walletOf, type Match } from './order.ts';
import { refundOutcome } from './refunds.ts';
import {
  businessCodes, businessErrors, communicationErrors, orderStatuses, resultCodes, transactionStatuses,
  type ErrorMeaning, type OrderMeaning,
} from './table.ts';
import { readWire, type WireAnswerFields, type WireBusiness } from './wire.ts';

/** The outcome in an answer; total. The HTTP status decides nothing (CASES 3). */
export function readOutcome(call: Call, attempt: AttemptFacts, answer: WireAnswer): Outcome {
  const wire = readWire(answer.body);
  if (wire === null) return unknown('unlisted', null, { code: null, words: null });
  switch (call) {
    case 'pay':
    case 'present':
    case 'query':
    case 'reverse':
      return attemptOutcome(call, attempt, wire);
    case 'refund':
      return refundOutcome(attempt, wire);
    case 'queryRefund':
      // There is no such call here, so nothing is an answer to it.
      return unknown('unlisted', null, communicationEvidence(wire, attempt.code));
  }
}

function attemptOutcome(call: AttemptCall, attempt: AttemptFacts, wire: WireAnswerFields): Outcome {
  const row = rowOf(resultCodes, wire.result_code);
  if (row?.means === 'answered' && wire.business !== null) return businessOutcome(call, new Reading(attempt, wire.business));
  return communicationOutcome(call, attempt, wire, row?.means ?? 'unlisted');
}

/** An answer without a business part: 400, 500, or nothing the document knows (appendix 1). */
function communicationOutcome(call: AttemptCall, attempt: AttemptFacts, wire: WireAnswerFields, means: string): Outcome {
  const evidence = communicationEvidence(wire, attempt.code);
  if (means === 'unsure') return unknown('gatewayUnsure', null, evidence);
  const row = rowOf(communicationErrors, wire.error_code);
  // A refusal that brings a business part along contradicts itself.
  if (means !== 'refused' || row === undefined || wire.business !== null) return unknown('unlisted', null, evidence);
  const meaning = row[call];
  return meaning.kind === 'declined'
    ? { kind: 'declined', reason: meaning.reason, aboutOrder: false, order: null, evidence }
    : unknown(meaning.kind === 'unknown' ? meaning.why : 'unlisted', null, evidence);
}

function businessOutcome(call: AttemptCall, reading: Reading): Outcome {
  const { order, error_code: errorCode } = reading.business;
  const meaning = rowOf(businessCodes, reading.business.result_code)?.[call];
  switch (meaning?.means) {
    case undefined:
      return reading.unknown('unlisted');
    case 'unsure':
      return reading.unknown('gatewayUnsure');
    case 'byErrorCode':
      return errorOutcome(rowOf(businessErrors, errorCode)?.[call], reading);
    case 'byOrderStatus': {
      const row = rowOf(orderStatuses, order.order_status);
      return row === undefined ? reading.unknown('unlisted') : reading.outcome(row.means, reading.declineReason());
    }
    case 'declined': {
      const known = rowOf(businessErrors, errorCode)?.pay;
      // "Failed and reversed" beside "paid already" or "number in use": one of them is wrong.
      if (known?.kind === 'unknown' && known.why === 'numberInUse') return reading.unknown('numberInUse');
      return meaning.orderStatus.includes(order.order_status) ? reading.declined(reading.declineReason(), true) : reading.contradicted();
    }
    case 'shown':
      return meaning.orderStatus.includes(order.order_status) ? reading.shown() : reading.contradicted();
    case 'paid':
    case 'waiting':
    case 'reversed':
      return meaning.orderStatus.includes(order.order_status) ? reading.outcome(meaning.means, 'other') : reading.contradicted();
  }
}

/** FAIL, "no flow was started" (appendix 2): its error_code says what that means for this call. */
function errorOutcome(meaning: ErrorMeaning | undefined, reading: Reading): Outcome {
  if (meaning === undefined) return reading.unknown('unlisted');
  if (meaning.kind === 'unknown') return reading.unknown(meaning.why);
  const status = rowOf(orderStatuses, reading.business.order.order_status)?.means;
  switch (meaning.kind) {
    case 'declined':
      // Without a state of the order the refusal speaks of this request alone.
      return reading.saysNothingBut('declined', status) ? reading.declined(meaning.reason, status === 'declined') : reading.contradicted();
    case 'reversed':
      if (reading.match === 'mismatch') return reading.unknown('mismatch');
      return reading.saysNothingBut('reversed', status) ? { kind: 'reversed', order: reading.ownOrder(), evidence: reading.evidence } : reading.contradicted();
    case 'notFound':
      // "No such order", and then one is described.
      return reading.business.order.order_status === '' ? { kind: 'notFound', evidence: reading.evidence } : reading.contradicted();
  }
}

/** One business answer beside the attempt it must be about. */
class Reading {
  readonly business: WireBusiness;
  readonly evidence: Evidence;
  readonly match: Match;
  readonly #attempt: AttemptFacts;

  constructor(attempt: AttemptFacts, business: WireBusiness) {
    this.#attempt = attempt;
    this.business = business;
    this.match = matchOf(attempt, business.order);
    this.evidence = businessEvidence(business, attempt.code);
  }

  /** What the answer says about the order, where it is ours and doesn't contradict itself. */
  outcome(means: OrderMeaning, reason: DeclineReason): Outcome {
    if (means === 'unsure') return this.unknown('gatewayUnsure');
    // Never from net_amount: a discount makes it less than what was paid (FIELD).
    const amountMissing = means === 'paid' && this.business.order.total_amount === '';
    // "In progress" promises nothing, so it need not name the order.
    if (means === 'waiting' && this.match === 'unnamed') return { kind: 'waiting', order: noFacts, evidence: this.evidence };
    if (this.match !== 'ours' || amountMissing) return this.unknown('mismatch');
    if (means === 'waiting') return { kind: 'waiting', order: this.#orderFacts(null), evidence: this.evidence };
    const against = this.#statusAgainst(means);
    if (against !== null) return this.unknown(against);
    switch (means) {
      case 'paid':
        return { kind: 'paid', order: this.#orderFacts(this.#paidAt()), aboutOrder: true, amountCompared: true, saysAlreadyPaid: false, evidence: this.evidence };
      case 'declined':
        return { kind: 'declined', reason, aboutOrder: true, order: this.#orderFacts(null), evidence: this.evidence };
      case 'reversed':
        return { kind: 'reversed', order: this.#orderFacts(null), evidence: this.evidence };
    }
  }

  /** The code to show. A customer pays whatever order it belongs to, so the answer must name ours and its amount (3.6.3: mandatory). */
  shown(): Outcome {
    const { qr_code: qr, total_amount: amount } = this.business.order;
    if (this.match !== 'ours' || amount === '') return this.unknown('mismatch');
    // `status` of an order that waits is in no table of the document; a listed one mustn't speak of a failure.
    if (this.#statusAgainst('waiting') === 'gatewayUnsure') return this.unknown('gatewayUnsure');
    // Document 3.6.3 has 128 characters; codes in use are longer.
    return isScannable(qr) ? { kind: 'shown', qr, order: this.#orderFacts(null), evidence: this.evidence } : this.unknown('unlisted');
  }

  /** The payment was refused in answer to this request, which need not name the order; what it does name must be ours. */
  declined(reason: DeclineReason, aboutOrder: boolean): Outcome {
    const why = this.match === 'mismatch' ? 'mismatch' : this.#statusAgainst('declined');
    if (why !== null) return this.unknown(why);
    return { kind: 'declined', reason, aboutOrder: aboutOrder && this.match === 'ours', order: this.ownOrder(), evidence: this.evidence };
  }

  declineReason(): DeclineReason {
    const meaning = rowOf(businessErrors, this.business.error_code)?.pay;
    return meaning?.kind === 'declined' ? meaning.reason : 'other';
  }

  /** Whether the order's state is left out, or says what the error says. */
  saysNothingBut(means: OrderMeaning, status: OrderMeaning | undefined): boolean {
    return this.business.order.order_status === '' || status === means;
  }

  /** The answer says two things at once. */
  contradicted(): Outcome {
    return this.unknown(rowOf(orderStatuses, this.business.order.order_status) === undefined ? 'unlisted' : 'gatewayUnsure');
  }

  unknown(why: UnknownWhy): Outcome {
    return unknown(why, this.ownOrder(), this.evidence);
  }

  ownOrder(): OrderFacts | null {
    return this.match === 'ours' ? this.#orderFacts(null) : null;
  }

  /** Why the newest transaction's `status` speaks against this end of the order; null where it doesn't. */
  #statusAgainst(means: OrderMeaning): 'unlisted' | 'gatewayUnsure' | null {
    const { status } = this.business.order;
    if (status === '') return null;
    const row = rowOf(transactionStatuses, status);
    if (row === undefined) return 'unlisted';
    return row.agreesWith.includes(means) ? null : 'gatewayUnsure';
  }

  #orderFacts(paidAt: Instant | null): OrderFacts {
    const { order } = this.business;
    const { code } = this.#attempt;
    return {
      gatewayRef: keptReference(order.sn, code),
      walletRef: keptReference(order.trade_no, code),
      wallet: walletOf(order.payway),
      payerId: keptReference(order.payer_uid, code),
      paidAt,
    };
  }

  /** The times are those of the newest transaction: the payment's only while nothing was refunded (document 3.4.3). */
  #paidAt(): Instant | null {
    const { order } = this.business;
    return order.order_status === 'PAID' ? finishedAt(order) : null;
  }
}

const noFacts: OrderFacts = { gatewayRef: null, walletRef: null, wallet: null, payerId: null, paidAt: null };

function unknown(why: UnknownWhy, order: OrderFacts | null, evidence: Evidence): Outcome {
  return { kind: 'unknown', why, order, evidence };
}
