/** What UMS' answers mean for an attempt: the tables of `table.ts`, believed only as far as number and amount agree. */
import type { WireAnswer } from '../../ports.ts';
import type { AttemptFacts, Call, Evidence, OrderFacts, Outcome, UnknownWhy } from '../gateway.ts';
import { isScannable } from '../shown-code.ts';
import { rowOf } from '../wire-fields.ts';
import { evidenceOf, matchOf, orderFacts, type Match } from './order.ts';
import { isPoslinks, readPoslink } from './poslink.ts';
import { queryRefundOutcome, refundOutcome } from './refunds.ts';
import type { UmsSettings } from './settings.ts';
import { errorCodes, orderStatuses, type CodeMeaning, type OrderMeaning } from './table.ts';
import { readWire, type WireAnswerFields } from './wire.ts';

/** The outcome in an answer; total. The HTTP status decides nothing (CASES 3). */
export function readOutcome(call: Call, attempt: AttemptFacts, answer: WireAnswer, settings: UmsSettings): Outcome {
  // Scanned codes are charged by the sister product, which has answers of its own.
  if (isPoslinks(attempt, settings)) return readPoslink(call, attempt, answer);
  const wire = readWire(answer.body);
  if (wire === null) return { kind: 'unknown', why: 'unlisted', order: null, evidence: { code: null, words: null } };
  const reading = new Reading(attempt, wire, settings);
  const row = rowOf(errorCodes, wire.errCode);
  switch (call) {
    case 'pay':
      // No code is ever charged through this interface, so nothing is an answer to it.
      return reading.unknown('unlisted');
    case 'present':
      return outcome(row?.order, reading, shownOutcome);
    case 'query':
      return outcome(row?.query, reading, queryOutcome);
    case 'reverse':
      return outcome(row?.close, reading, closeOutcome);
    case 'refund':
      return refundOutcome(attempt, wire, settings);
    case 'queryRefund':
      return queryRefundOutcome(attempt, wire, settings);
  }
}

function outcome<Reason extends Extract<Outcome, { kind: 'declined' }>['reason']>(meaning: CodeMeaning<Reason> | undefined, reading: Reading, whenDone: (reading: Reading) => Outcome): Outcome {
  if (meaning === undefined) return reading.unknown('unlisted');
  if (meaning.kind === 'unknown') return reading.unknown(meaning.why);
  // A refusal need not name the order; what it does name must be ours.
  if (reading.match === 'mismatch') return reading.unknown('mismatch');
  switch (meaning.kind) {
    case 'done':
      return whenDone(reading);
    case 'notFound':
      // "No such order", and then its state.
      return reading.wire.status === '' ? { kind: 'notFound', evidence: reading.evidence } : reading.unknown('gatewayUnsure');
    case 'refused':
      // "Refused", and then a code to pay by, or the state of an order that stands.
      if (reading.qr !== '' || (reading.means !== null && reading.means !== 'closed')) return reading.unknown('gatewayUnsure');
      return { kind: 'declined', reason: meaning.reason, aboutOrder: false, order: null, evidence: reading.evidence };
    case 'cancelled':
      // A word about guaranteed payments, which this till doesn't make.
      return reading.unknown('gatewayUnsure');
  }
}

/** The order stands, and its code is shown only where it is surely ours (document 1.1.3). */
function shownOutcome(reading: Reading): Outcome {
  const { qr } = reading;
  // `merOrderId` is optional there: an answer that names no number is held to the amount.
  if (reading.match === 'mismatch' || (reading.match === 'unnamed' && reading.wire.totalAmount === '')) return reading.unknown('mismatch');
  if (reading.means === undefined) return reading.unknown('unlisted');
  if (reading.means !== null && reading.means !== 'waiting') return reading.unknown('gatewayUnsure');
  // The document's 64 characters are too few for the codes in use.
  if (!isScannable(qr)) return reading.unknown('gatewayUnsure');
  return { kind: 'shown', order: reading.facts(false), qr, evidence: reading.evidence };
}

/** Only `status` decides: SUCCESS beside NEW_ORDER is an unpaid order, whatever times it has (FIELD). */
function queryOutcome(reading: Reading): Outcome {
  const { means, evidence, match } = reading;
  switch (means) {
    case null:
    case undefined:
      return reading.unknown('unlisted');
    case 'unsure':
    case 'refunding':
      return reading.unknown('gatewayUnsure');
    case 'waiting':
      // It promises nothing, so it need not name the order.
      return { kind: 'waiting', order: match === 'ours' ? reading.facts(false) : noFacts, payerIsThere: rowOf(orderStatuses, reading.wire.status)?.payerIsThere === true, evidence };
    case 'paid':
      if (match !== 'ours' || reading.wire.totalAmount === '') return reading.unknown('mismatch');
      return { kind: 'paid', order: reading.facts(true), aboutOrder: true, amountCompared: true, saysAlreadyPaid: false, evidence };
    case 'closed':
      if (match !== 'ours') return reading.unknown('mismatch');
      // What it was closed by, the journal knows: after a reversal the engine calls it reversed (ERRATA 2.3).
      return { kind: 'declined', reason: 'closed', aboutOrder: true, order: reading.facts(false), evidence };
  }
}

/** Close says SUCCESS, and its example names neither order nor state (document 1.7.4); a query confirms it. */
function closeOutcome(reading: Reading): Outcome {
  switch (reading.means) {
    case null:
    case 'closed':
      return { kind: 'reversed', order: reading.ownOrder(), evidence: reading.evidence };
    case undefined:
      return reading.unknown('unlisted');
    case 'paid':
    case 'refunding':
      return reading.unknown('reversalRefused');
    case 'waiting':
    case 'unsure':
      return reading.unknown('gatewayUnsure');
  }
}

/** One answer beside the attempt it must be about. */
class Reading {
  readonly wire: WireAnswerFields;
  readonly evidence: Evidence;
  readonly match: Match;
  /** What `status` means; null where there is none, undefined where no table lists it. */
  readonly means: OrderMeaning | null | undefined;
  /** The code to show, `''` where there is none, or two different ones (document 1.1.4 has it twice). */
  readonly qr: string;
  readonly #attempt: AttemptFacts;

  constructor(attempt: AttemptFacts, wire: WireAnswerFields, settings: UmsSettings) {
    this.#attempt = attempt;
    this.wire = wire;
    this.match = matchOf(attempt, wire, settings);
    this.evidence = evidenceOf(wire, wire.status, attempt.code);
    this.means = wire.status === '' ? null : rowOf(orderStatuses, wire.status)?.means;
    this.qr = qrOf(wire);
  }

  unknown(why: UnknownWhy): Outcome {
    return { kind: 'unknown', why, order: this.ownOrder(), evidence: this.evidence };
  }

  ownOrder(): OrderFacts | null {
    return this.match === 'ours' ? this.facts(false) : null;
  }

  facts(isPaid: boolean): OrderFacts {
    return orderFacts(this.wire, this.#attempt.code, isPaid);
  }
}

function qrOf(wire: WireAnswerFields): string {
  const nested = wire.appPayRequest?.['qrCode'];
  const inner = typeof nested === 'string' ? nested : '';
  if (wire.qrCode === '') return inner;
  return inner === '' || inner === wire.qrCode ? wire.qrCode : '';
}

const noFacts: OrderFacts = { gatewayRef: null, walletRef: null, wallet: null, payerId: null, paidAt: null };
