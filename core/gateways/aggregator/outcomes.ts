/** What the aggregator's answers mean: the tables of `table.ts`, believed only as far as order number and amount agree. */
import type { WireAnswer } from '../../ports.ts';
import type { AttemptFacts, Call, Evidence, OrderFacts, Outcome, UnknownWhy } from '../gateway.ts';
import { minorFromDecimal, wholeFromDecimal } from '../decimal.ts';
import { isPageAddress } from '../shown-code.ts';
import { rowOf } from '../wire-fields.ts';
import { codeForPeople, keptReference, wordsForPeople } from '../words.ts';
import type { AggregatorSettings } from './settings.ts';
import { answerStatuses, bankCodes, payStatuses } from './table.ts';
import { readWire, type WireAnswerFields, type WireOrder } from './wire.ts';

/** The outcome in an answer; total. The HTTP status decides nothing (CASES 3). */
export function readOutcome(call: Call, attempt: AttemptFacts, answer: WireAnswer, settings: AggregatorSettings): Outcome {
  const wire = readWire(answer.body);
  if (wire === null) return { kind: 'unknown', why: 'unlisted', order: null, evidence: { code: null, words: null } };
  const reading = new Reading(attempt, wire, settings);
  switch (call) {
    case 'present':
      return unifiedOutcome(reading);
    case 'query':
      return checkOutcome(reading);
    case 'pay':
    case 'reverse':
    case 'refund':
    case 'queryRefund':
      // There are no such calls here, so nothing is an answer to one.
      return reading.unknown('unlisted');
  }
}

/** Document 5.1. The code is `redirect_url`, "use this way" (ERRATA); `content` is a page to print, and no code. */
function unifiedOutcome(reading: Reading): Outcome {
  const { wire, evidence } = reading;
  switch (rowOf(answerStatuses, wire.status)?.means) {
    case undefined:
      return reading.unknown('unlisted');
    case 'failed':
      // A refusal that describes an order contradicts itself.
      return wire.order === null ? { kind: 'declined', reason: 'requestRefused', aboutOrder: false, order: null, evidence } : reading.unknown('gatewayUnsure');
    case 'done':
      break;
  }
  const { order } = wire;
  if (order === null) return reading.unknown('unlisted');
  // An answer to an order of our own: what it leaves out contradicts nothing, what it names must be ours.
  if (reading.number === 'differs' || reading.amount === 'differs') return reading.unknown('mismatch');
  if (order.pay_status !== '' && rowOf(payStatuses, order.pay_status)?.means !== 'waiting') return reading.unknown('gatewayUnsure');
  return isPageAddress(order.redirect_url) ? { kind: 'shown', qr: order.redirect_url, order: reading.facts(order), evidence } : reading.unknown('unlisted');
}

/** Document 5.4: fields of the order come with status 1 alone. */
function checkOutcome(reading: Reading): Outcome {
  const { wire, evidence } = reading;
  const answered = rowOf(answerStatuses, wire.status)?.means;
  // "Failed" names no reason that the document lists: not that there is no such order either.
  if (answered !== 'done') return reading.unknown(answered === 'failed' && wire.order === null ? 'gatewayUnsure' : 'unlisted');
  const { order } = wire;
  if (order === null) return reading.unknown('unlisted');
  const row = rowOf(payStatuses, order.pay_status);
  if (row === undefined) return reading.unknown('unlisted');
  if (reading.number !== 'ours' || reading.amount !== 'ours') return reading.unknown('mismatch');
  switch (row.means) {
    case 'paid':
      return { kind: 'paid', order: reading.facts(order), aboutOrder: true, amountCompared: true, saysAlreadyPaid: false, evidence };
    case 'waiting':
      return { kind: 'waiting', order: reading.facts(order), evidence };
  }
}

type Compared = 'ours' | 'differs' | 'missing';

/** One answer beside the attempt that it must be about. */
class Reading {
  readonly wire: WireAnswerFields;
  readonly evidence: Evidence;
  readonly number: Compared;
  readonly amount: Compared;

  constructor(attempt: AttemptFacts, wire: WireAnswerFields, settings: AggregatorSettings) {
    this.wire = wire;
    this.evidence = { code: codeForPeople([wire.status, wire.order?.pay_status ?? ''], null), words: wordsForPeople(wire.message, null) };
    this.number = compared(attempt, wire.order);
    this.amount = comparedAmount(attempt, wire.order?.amount ?? '', settings);
  }

  unknown(why: UnknownWhy): Outcome {
    const isOurs = this.wire.order !== null && this.number === 'ours' && this.amount !== 'differs';
    return { kind: 'unknown', why, order: isOurs && this.wire.order !== null ? this.facts(this.wire.order) : null, evidence: this.evidence };
  }

  /** No zone is named beside pay_time, so it is no instant. */
  facts(order: WireOrder): OrderFacts {
    return { gatewayRef: keptReference(order.platform_order_no, null), walletRef: null, wallet: rowOf(bankCodes, order.bank_code)?.wallet ?? null, payerId: null, paidAt: null };
  }
}

/** Our number, and theirs where it is known already. */
function compared(attempt: AttemptFacts, order: WireOrder | null): Compared {
  if (order === null) return 'missing';
  const theirs = order.platform_order_no !== '' && attempt.gatewayRef !== null && order.platform_order_no !== attempt.gatewayRef;
  if (theirs || (order.order_no !== '' && order.order_no !== attempt.attemptRef)) return 'differs';
  return order.order_no === '' ? 'missing' : 'ours';
}

function comparedAmount({ amount }: AttemptFacts, text: string, { amountUnit }: AggregatorSettings): Compared {
  if (text === '') return 'missing';
  const minor = amountUnit === 'fen' ? wholeFromDecimal(text) : minorFromDecimal(text, 'CNY');
  return amount.currency === 'CNY' && minor === amount.minor ? 'ours' : 'differs';
}
