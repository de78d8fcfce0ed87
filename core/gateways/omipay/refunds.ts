/** What Omipay's answers mean for a refund: the rows of `table.ts`, believed only as far as numbers and amount agree. */
import { minorFromWire } from '../../money/amount.ts';
import type { AttemptFacts, Evidence, Outcome, RefundCall, RefundFacts, RefundOrderFacts, UnknownWhy } from '../gateway.ts';
import { rowOf } from '../wire-fields.ts';
import { keptReference } from '../words.ts';
import { evidenceOf } from './order.ts';
import { errorCodes, refundStatuses, returnCodes } from './table.ts';
import type { WireAnswerFields } from './wire.ts';

/** The outcome in an answer to Refund (document 3.10); total. */
export function refundOutcome(attempt: AttemptFacts, wire: WireAnswerFields): Outcome {
  return outcome('refund', attempt, wire, acceptedOutcome);
}

/** The outcome in an answer to QueryRefund (document 3.11); total. */
export function queryRefundOutcome(attempt: AttemptFacts, wire: WireAnswerFields): Outcome {
  return outcome('queryRefund', attempt, wire, statusOutcome);
}

function outcome(call: RefundCall, attempt: AttemptFacts, wire: WireAnswerFields, whenDone: (reading: Reading) => Outcome): Outcome {
  // Without its facts nothing of the answer can be compared.
  if (attempt.refund === null) return unknown('mismatch', evidenceOf(wire, attempt.code));
  const reading = new Reading(attempt, attempt.refund, wire);
  switch (rowOf(returnCodes, wire.return_code)?.means) {
    case 'done':
      return whenDone(reading);
    case 'failed':
      return failedOutcome(call, reading);
    case undefined:
      return reading.unknown('unlisted');
  }
}

/** Refund's SUCCESS: the application was sent, which is no word about its success (3.10, note 3). */
function acceptedOutcome(reading: Reading): Outcome {
  const { result_code: status } = reading.wire;
  // The answer has no number of ours, so it is held to Omipay's and to the amount.
  if (reading.numbers === 'mismatch' || reading.amount !== 'agrees' || reading.facts.gatewayRefundRef === null) return reading.unknown('mismatch');
  const row = rowOf(refundStatuses, status.toUpperCase());
  // The document gives this answer no state of the refund; one that says that it failed contradicts it.
  if (status !== '' && (row === undefined || row.means === 'declined')) return reading.unknown('gatewayUnsure');
  return { kind: 'refundPending', refund: reading.facts, evidence: reading.evidence };
}

/** QueryRefund's SUCCESS. It was asked by Omipay's number, so our own may be missing, never different. */
function statusOutcome(reading: Reading): Outcome {
  const row = rowOf(refundStatuses, reading.wire.result_code.toUpperCase());
  if (row === undefined) return reading.unknown('unlisted');
  // "Given back" is believed with its amount alone; the other states promise no money, so theirs may be missing, never different.
  const unproven = row.means === 'refunded' && reading.amount === 'missing';
  if (reading.numbers !== 'ours' || reading.amount === 'differs' || unproven) return reading.unknown('mismatch');
  switch (row.means) {
    case 'refunded':
      return { kind: 'refunded', refund: reading.facts, evidence: reading.evidence };
    case 'pending':
      return { kind: 'refundPending', refund: reading.facts, evidence: reading.evidence };
    case 'declined':
      return { kind: 'refundDeclined', reason: row.reason, aboutRefund: true, evidence: reading.evidence };
  }
}

function failedOutcome(call: RefundCall, reading: Reading): Outcome {
  const meaning = rowOf(errorCodes, reading.wire.error_code)?.[call];
  if (meaning === undefined) return reading.unknown('unlisted');
  if (reading.numbers === 'mismatch' || reading.amount === 'differs') return reading.unknown('mismatch');
  // "Failed", and then the number of a refund or its state: one of them is wrong.
  if (call === 'refund' && (reading.wire.refund_no !== '' || reading.wire.result_code !== '')) return reading.unknown('gatewayUnsure');
  return meaning.kind === 'unknown'
    ? reading.unknown(meaning.why)
    : { kind: 'refundDeclined', reason: meaning.reason, aboutRefund: false, evidence: reading.evidence };
}

/** One answer beside the refund it must be about. */
class Reading {
  readonly wire: WireAnswerFields;
  readonly evidence: Evidence;
  /** `ours`: it names our number, or was asked for by Omipay's; `mismatch`: it names another's. */
  readonly numbers: 'ours' | 'unnamed' | 'mismatch';
  readonly amount: 'agrees' | 'missing' | 'differs';
  /** Times are "EST" without a zone: nothing is decided from them (ERRATA, Omipay 2.2). */
  readonly facts: RefundOrderFacts;

  constructor(attempt: AttemptFacts, refund: RefundFacts, wire: WireAnswerFields) {
    this.wire = wire;
    this.evidence = evidenceOf(wire, attempt.code);
    this.numbers = numbersOf(attempt, refund, wire);
    this.amount = amountOf(refund, wire);
    this.facts = { gatewayRefundRef: keptReference(wire.refund_no, attempt.code) ?? refund.gatewayRefundRef, refundedAt: null };
  }

  unknown(why: UnknownWhy): Outcome {
    return unknown(why, this.evidence);
  }
}

function numbersOf(attempt: AttemptFacts, refund: RefundFacts, wire: WireAnswerFields): 'ours' | 'unnamed' | 'mismatch' {
  const { gatewayRef } = attempt;
  const { gatewayRefundRef } = refund;
  if (wire.out_order_no !== '' && wire.out_order_no !== attempt.attemptRef) return 'mismatch';
  if (wire.order_no !== '' && gatewayRef !== null && wire.order_no !== gatewayRef) return 'mismatch';
  if (wire.out_refund_no !== '' && wire.out_refund_no !== refund.refundRef) return 'mismatch';
  if (wire.refund_no !== '' && gatewayRefundRef !== null && wire.refund_no !== gatewayRefundRef) return 'mismatch';
  return wire.out_refund_no !== '' || gatewayRefundRef !== null ? 'ours' : 'unnamed';
}

function amountOf(refund: RefundFacts, wire: WireAnswerFields): 'agrees' | 'missing' | 'differs' {
  if (wire.amount !== '' && minorFromWire(wire.amount) !== refund.amount.minor) return 'differs';
  if (wire.currency !== '' && wire.currency !== refund.amount.currency) return 'differs';
  return wire.amount === '' ? 'missing' : 'agrees';
}

function unknown(why: UnknownWhy, evidence: Evidence): Outcome {
  return { kind: 'unknown', why, order: null, evidence };
}
