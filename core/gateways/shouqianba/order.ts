/** What Shouqianba's answers name of an order, beside what the till knows of it: numbers, amount, wallet, times, words. */
import type { Wallet } from '../../contract/types.ts';
import { minorFromWire } from '../../money/amount.ts';
import type { Instant } from '../../ports.ts';
import type { AttemptFacts, Evidence, PaymentCode } from '../gateway.ts';
import { rowOf } from '../wire-fields.ts';
import { codeForPeople, wordsForPeople } from '../words.ts';
import { payways } from './table.ts';
import type { WireAnswerFields, WireBusiness, WireOrder } from './wire.ts';

/** `ours`: it names our numbers; `unnamed`: it names none; `mismatch`: it names another's number or amount. */
export type Match = 'ours' | 'unnamed' | 'mismatch';

export function matchOf(attempt: AttemptFacts, order: WireOrder): Match {
  const { amount, gatewayRef } = attempt;
  if (order.client_sn !== '' && order.client_sn !== attempt.attemptRef) return 'mismatch';
  if (order.sn !== '' && gatewayRef !== null && order.sn !== gatewayRef) return 'mismatch';
  if (order.total_amount !== '' && (amount.currency !== 'CNY' || minorFromWire(order.total_amount) !== amount.minor)) return 'mismatch';
  // One of the two numbers is enough: ours is random, theirs was asked for; a number that is left out contradicts nothing.
  const named = order.client_sn !== '' || (order.sn !== '' && gatewayRef !== null);
  return named ? 'ours' : 'unnamed';
}

/** The wallet of a `payway`; one that no table lists is a wallet all the same. */
export function walletOf(payway: string): Wallet | null {
  return payway === '' ? null : (rowOf(payways, payway)?.wallet ?? 'other');
}

/** When the newest transaction of the order was done: milliseconds since 1970 in String(13) (document 3.2.3, 3.3.3, 3.4.3). */
export function finishedAt(order: WireOrder): Instant | null {
  return instantFrom(order.finish_time) ?? instantFrom(order.channel_finish_time);
}

/** The evidence in an answer that has a business part. */
export function businessEvidence(business: WireBusiness, code: PaymentCode | null): Evidence {
  const detail = business.error_code === '' ? business.order.order_status : business.error_code;
  return { code: codeForPeople([business.result_code, detail], code), words: wordsForPeople(business.error_message, code) };
}

/** The evidence in an answer without one: 400, 500, or nothing the document knows (appendix 1). */
export function communicationEvidence(wire: WireAnswerFields, code: PaymentCode | null): Evidence {
  return { code: codeForPeople([wire.result_code, wire.error_code], code), words: wordsForPeople(wire.error_message, code) };
}

function instantFrom(text: string): Instant | null {
  return /^[1-9][0-9]{12}$/.test(text) ? Number(text) : null;
}
