/** What UMS' answers mean for a refund: the rows of `table.ts`, believed only as far as numbers and amounts agree. */
import { minorFromWire } from '../../money/amount.ts';
import type { AttemptFacts, Evidence, Outcome, RefundFacts, RefundOrderFacts, UnknownWhy } from '../gateway.ts';
import { rowOf } from '../wire-fields.ts';
import { keptReference } from '../words.ts';
import { evidenceOf, isOtherMerchants } from './order.ts';
import type { UmsSettings } from './settings.ts';
import { errorCodes, orderStatuses, refundStatuses, statusesOfRefunds, type CodeRow } from './table.ts';
import type { WireAnswerFields } from './wire.ts';

/** The outcome in an answer to refund (document 1.3); total. The same number again is answered with the same refund. */
export function refundOutcome(attempt: AttemptFacts, wire: WireAnswerFields, settings: UmsSettings): Outcome {
  return outcome('refund', attempt, wire, settings);
}

/** The outcome in an answer to refund-query (document 1.4); total. */
export function queryRefundOutcome(attempt: AttemptFacts, wire: WireAnswerFields, settings: UmsSettings): Outcome {
  return outcome('queryRefund', attempt, wire, settings);
}

function outcome(call: 'refund' | 'queryRefund', attempt: AttemptFacts, wire: WireAnswerFields, settings: UmsSettings): Outcome {
  // Without its facts nothing of the answer can be compared.
  if (attempt.refund === null) return unknown('mismatch', evidenceOf(wire, wire.refundStatus, attempt.code));
  const reading = new Reading(attempt, attempt.refund, wire);
  const meaning: CodeRow['refund'] | undefined = rowOf(errorCodes, wire.errCode)?.[call];
  if (meaning === undefined) return reading.unknown('unlisted');
  if (meaning.kind === 'unknown') return reading.unknown(meaning.why);
  if (reading.numbers === 'mismatch' || reading.amounts === 'differ' || isOtherMerchants(wire, settings)) return reading.unknown('mismatch');
  // "Not there" or "refused", and then a refund is described: one of them is wrong.
  if (meaning.kind !== 'done' && wire.refundStatus !== '') return reading.unknown('gatewayUnsure');
  switch (meaning.kind) {
    case 'done':
      return statusOutcome(reading);
    case 'notFound':
      return { kind: 'notFound', evidence: reading.evidence };
    case 'refused':
      // It speaks of this request alone: an earlier one under the same number may have been carried out (CASES 2).
      return { kind: 'refundDeclined', reason: meaning.reason, aboutRefund: false, evidence: reading.evidence };
    case 'cancelled':
      return reading.unknown('gatewayUnsure');
  }
}

/** The call was carried out: `refundStatus` says what came of it, and nothing else does (document 2.2). */
function statusOutcome(reading: Reading): Outcome {
  const row = rowOf(refundStatuses, reading.wire.refundStatus);
  if (row === undefined) return reading.unknown('unlisted');
  if (row.means === 'unsure') return reading.unknown('gatewayUnsure');
  if (reading.numbers !== 'ours') return reading.unknown('mismatch');
  const { status } = reading.wire;
  // An order that was never paid can't be given back.
  if (!statusesOfRefunds.includes(status)) return reading.unknown(rowOf(orderStatuses, status) === undefined ? 'unlisted' : 'gatewayUnsure');
  const { evidence, facts } = reading;
  switch (row.means) {
    case 'refunded':
      return { kind: 'refunded', refund: facts, evidence };
    case 'pending':
      return { kind: 'refundPending', refund: facts, evidence };
    case 'failed':
      return { kind: 'refundDeclined', reason: 'other', aboutRefund: true, evidence };
  }
}

/** One answer beside the refund it must be about. */
class Reading {
  readonly wire: WireAnswerFields;
  readonly evidence: Evidence;
  /** `ours`: it names our number of the refund; `mismatch`: it names another's, or another order. */
  readonly numbers: 'ours' | 'unnamed' | 'mismatch';
  /** Amounts that the answer leaves out contradict nothing: the number stands for one amount alone. */
  readonly amounts: 'agree' | 'differ';
  readonly facts: RefundOrderFacts;

  constructor(attempt: AttemptFacts, refund: RefundFacts, wire: WireAnswerFields) {
    this.wire = wire;
    this.evidence = evidenceOf(wire, wire.refundStatus === '' ? wire.status : wire.refundStatus, attempt.code);
    this.numbers = numbersOf(attempt, refund, wire);
    this.amounts = amountsOf(attempt, refund, wire);
    // `payTime` of a refund-query may be the payment's: nothing says whose it is.
    this.facts = { gatewayRefundRef: keptReference(wire.refundTargetOrderId, attempt.code), refundedAt: null };
  }

  unknown(why: UnknownWhy): Outcome {
    return unknown(why, this.evidence);
  }
}

/** `merOrderId` is the order's in answers, and the refund's in the question (ERRATA 1.4): in an answer it may be either. */
function numbersOf(attempt: AttemptFacts, refund: RefundFacts, wire: WireAnswerFields): 'ours' | 'unnamed' | 'mismatch' {
  const { merOrderId, refundOrderId } = wire;
  if (refundOrderId !== '' && refundOrderId !== refund.refundRef) return 'mismatch';
  if (merOrderId !== '' && merOrderId !== attempt.attemptRef && merOrderId !== refund.refundRef) return 'mismatch';
  return refundOrderId !== '' || merOrderId === refund.refundRef ? 'ours' : 'unnamed';
}

/** `refundAmount` is this refund's, or the total so far, as the journal counts it (ERRATA 1.3). */
function amountsOf(attempt: AttemptFacts, refund: RefundFacts, { refundAmount, totalAmount }: WireAnswerFields): 'agree' | 'differ' {
  if (attempt.amount.currency !== 'CNY' || refund.amount.currency !== 'CNY') return 'differ';
  const given = minorFromWire(refundAmount);
  const isGiven = refundAmount === '' || given === refund.amount.minor || given === refund.earlier.minor + refund.amount.minor;
  const total = minorFromWire(totalAmount);
  // "Total paid", the order's; beside a refund's own number it may be the refund's.
  const isTotal = totalAmount === '' || total === attempt.amount.minor || total === refund.amount.minor;
  return isGiven && isTotal ? 'agree' : 'differ';
}

function unknown(why: UnknownWhy, evidence: Evidence): Outcome {
  return { kind: 'unknown', why, order: null, evidence };
}
