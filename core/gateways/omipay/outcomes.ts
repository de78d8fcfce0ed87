/** What Omipay's answers mean for an attempt: the tables of `table.ts`, believed only as far as numbers and amount agree. */
import { minorFromWire } from '../../money/amount.ts';
import type { WireAnswer } from '../../ports.ts';
import type { AttemptCall, AttemptFacts, Call, Evidence, OrderFacts, Outcome, UnknownWhy } from '../gateway.ts';
import { isScannable } from '../shown-code.ts';
import { rowOf } from '../wire-fields.ts';
import { keptReference } from '../words.ts';
import { chargeOf, evidenceOf, walletOf } from './order.ts';
import { queryRefundOutcome, refundOutcome } from './refunds.ts';
import { errorCodes, orderStatuses, returnCodes, type ErrorMeaning } from './table.ts';
import { readWire, type WireAnswerFields } from './wire.ts';

/** The outcome in an answer; total. The HTTP status decides nothing (CASES 3). */
export function readOutcome(call: Call, attempt: AttemptFacts, answer: WireAnswer): Outcome {
  const wire = readWire(answer.body);
  if (wire === null) return { kind: 'unknown', why: 'unlisted', order: null, evidence: { code: null, words: null } };
  switch (call) {
    case 'pay':
    case 'present':
    case 'query':
    case 'reverse':
      return attemptOutcome(call, new Reading(attempt, wire));
    case 'refund':
      return refundOutcome(attempt, wire);
    case 'queryRefund':
      return queryRefundOutcome(attempt, wire);
  }
}

function attemptOutcome(call: AttemptCall, reading: Reading): Outcome {
  const { wire } = reading;
  switch (rowOf(returnCodes, wire.return_code)?.means) {
    case 'done':
      return doneOutcome(call, reading);
    case 'failed':
      return call === 'reverse' ? reading.unknown('unlisted') : errorOutcome(rowOf(errorCodes, wire.error_code)?.[call], reading);
    case undefined:
      return reading.unknown('unlisted');
  }
}

function doneOutcome(call: AttemptCall, reading: Reading): Outcome {
  switch (call) {
    case 'pay':
      return scanOrderOutcome(reading);
    case 'present':
      return qrOrderOutcome(reading);
    case 'query':
      return queryOutcome(reading);
    case 'reverse':
      return reading.unknown('unlisted');
  }
}

/**
 * MakeQROrder's SUCCESS (document 3.2). It has neither our number nor the amount: a query by its `order_no` compares both before
 * anything is paid here. Without that number nobody could ask how the order ended, so its code is not shown.
 */
function qrOrderOutcome(reading: Reading): Outcome {
  if (reading.numbers === 'mismatch' || reading.amount === 'differs') return reading.unknown('mismatch');
  const { result_code: status, qrcode } = reading.wire;
  const order = reading.orderFacts();
  const { evidence } = reading;
  // The document gives this answer no state of the order; one that says anything but unpaid contradicts it.
  if (status !== '' && rowOf(orderStatuses, status.toUpperCase())?.means !== 'waiting') return { kind: 'unknown', why: 'gatewayUnsure', order, evidence };
  if (order.gatewayRef === null || !isScannable(qrcode)) return { kind: 'unknown', why: 'unlisted', order, evidence };
  return { kind: 'shown', qr: qrcode, order, evidence };
}

/** MakeScanOrder's SUCCESS (document 3.4): paid on our own number; a query right after compares the amount (CASES 23). */
function scanOrderOutcome(reading: Reading): Outcome {
  if (reading.numbers !== 'ours' || reading.amount === 'differs') return reading.unknown('mismatch');
  const { result_code: status } = reading.wire;
  // The document gives this answer no state of the order; one that says anything but paid contradicts it.
  if (status !== '' && rowOf(orderStatuses, status.toUpperCase())?.means !== 'paid') return reading.unknown('gatewayUnsure');
  return reading.paid({ saysAlreadyPaid: false });
}

/** QueryOrder's SUCCESS (document 3.8). It was asked by Omipay's number, so our own may be missing, never different. */
function queryOutcome(reading: Reading): Outcome {
  const row = rowOf(orderStatuses, reading.wire.result_code.toUpperCase());
  const asked = reading.numbers === 'ours' || (reading.numbers === 'unnamed' && reading.askedByNumber);
  if (row === undefined) return reading.unknown('unlisted');
  // Money is believed with its amount alone; other states promise none, so theirs may be missing, never different.
  if (!asked || reading.amount === 'differs' || (row.means === 'paid' && reading.amount === 'missing')) return reading.unknown('mismatch');
  switch (row.means) {
    case 'paid':
      return reading.paid({ saysAlreadyPaid: false });
    case 'waiting':
      return { kind: 'waiting', order: reading.orderFacts(), payerIsThere: row.payerIsThere === true, evidence: reading.evidence };
    case 'declined':
      return { kind: 'declined', reason: row.reason ?? 'other', aboutOrder: true, order: reading.orderFacts(), evidence: reading.evidence };
  }
}

function errorOutcome(meaning: ErrorMeaning | undefined, reading: Reading): Outcome {
  if (meaning === undefined) return reading.unknown('unlisted');
  // What refuses the number that a person entered says that it is no order of this shop's.
  if (meaning.kind === 'unknown') return reading.unknown(reading.isClaim && rowOf(errorCodes, reading.wire.error_code)?.refusesNumber === true ? 'mismatch' : meaning.why);
  if (reading.isClaim && reading.numbers !== 'ours') return reading.unknown('mismatch');
  // A FAIL need not name the order; where it does, it must be ours.
  if (reading.numbers === 'mismatch' || reading.amount === 'differs') return reading.unknown('mismatch');
  switch (meaning.kind) {
    case 'waiting':
      return { kind: 'waiting', order: reading.orderFacts(), evidence: reading.evidence };
    case 'paidAlready':
      return reading.paid({ saysAlreadyPaid: true });
    case 'declined':
      return {
        kind: 'declined', reason: meaning.reason, aboutOrder: meaning.aboutOrder,
        order: reading.numbers === 'ours' ? reading.orderFacts() : null, evidence: reading.evidence,
      };
  }
}

/** One answer beside the attempt it must be about. */
class Reading {
  readonly wire: WireAnswerFields;
  readonly evidence: Evidence;
  /** `ours`: it names our number; `unnamed`: it doesn't; `mismatch`: it names another's. */
  readonly numbers: 'ours' | 'unnamed' | 'mismatch';
  readonly amount: 'agrees' | 'missing' | 'differs';
  /** Whether the number that was asked for is a person's claim, which only an answer with our own makes true (CASES 22). */
  readonly isClaim: boolean;
  /** Whether the order was asked for by a number that Omipay itself had named for it. */
  readonly askedByNumber: boolean;
  readonly #attempt: AttemptFacts;

  constructor(attempt: AttemptFacts, wire: WireAnswerFields) {
    this.#attempt = attempt;
    this.wire = wire;
    this.numbers = numbersOf(attempt, wire);
    this.amount = amountOf(attempt, wire);
    this.isClaim = attempt.gatewayRefIsClaim === true;
    this.askedByNumber = attempt.gatewayRef !== null && !this.isClaim;
    this.evidence = evidenceOf(wire, attempt.code);
  }

  paid({ saysAlreadyPaid }: { saysAlreadyPaid: boolean }): Outcome {
    return { kind: 'paid', order: this.orderFacts(), aboutOrder: true, amountCompared: this.amount === 'agrees', saysAlreadyPaid, evidence: this.evidence };
  }

  unknown(why: UnknownWhy): Outcome {
    const surelyOurs = this.numbers === 'ours' && this.amount !== 'differs';
    return { kind: 'unknown', why, order: surelyOurs ? this.orderFacts() : null, evidence: this.evidence };
  }

  orderFacts(): OrderFacts {
    const charged = chargeOf(this.wire, this.#attempt.amount.currency);
    return {
      gatewayRef: keptReference(this.wire.order_no, this.#attempt.code),
      walletRef: null,
      wallet: walletOf(this.wire.platform),
      payerId: null,
      // Times are "EST" without a zone: nothing is decided from them (ERRATA, Omipay 2.2).
      paidAt: null,
      ...(charged === null ? {} : { charged }),
    };
  }
}

function numbersOf(attempt: AttemptFacts, wire: WireAnswerFields): 'ours' | 'unnamed' | 'mismatch' {
  if (wire.out_order_no !== '' && wire.out_order_no !== attempt.attemptRef) return 'mismatch';
  if (wire.order_no !== '' && attempt.gatewayRef !== null && wire.order_no !== attempt.gatewayRef) return 'mismatch';
  return wire.out_order_no === '' ? 'unnamed' : 'ours';
}

function amountOf(attempt: AttemptFacts, wire: WireAnswerFields): 'agrees' | 'missing' | 'differs' {
  if (wire.amount !== '' && minorFromWire(wire.amount) !== attempt.amount.minor) return 'differs';
  if (wire.currency !== '' && wire.currency !== attempt.amount.currency) return 'differs';
  return wire.amount === '' ? 'missing' : 'agrees';
}
