/** What UMS' answers name of an order, beside what the till knows of it: numbers, amount, wallet, times, words. */
import type { Wallet } from '../../contract/types.ts';
import { minorFromWire } from '../../money/amount.ts';
import type { AttemptFacts, Evidence, OrderFacts, PaymentCode } from '../gateway.ts';
import { rowOf } from '../wire-fields.ts';
import { codeForPeople, keptReference, wordsForPeople } from '../words.ts';
import { chinaInstant } from './china-time.ts';
import { targetSystems } from './table.ts';
import type { UmsSettings } from './settings.ts';
import type { WireAnswerFields } from './wire.ts';

/** `ours`: it names our number; `unnamed`: it names none; `mismatch`: it names another's number or amount. */
export type Match = 'ours' | 'unnamed' | 'mismatch';

/** seqId isn't compared: no section says that it stays the same from call to call, and a refund has one of its own (1.4.4). */
export function matchOf(attempt: AttemptFacts, wire: WireAnswerFields, settings: UmsSettings): Match {
  if (isOtherMerchants(wire, settings)) return 'mismatch';
  if (wire.merOrderId !== '' && wire.merOrderId !== attempt.attemptRef) return 'mismatch';
  if (wire.totalAmount !== '' && !isAmount(wire.totalAmount, attempt)) return 'mismatch';
  return wire.merOrderId === '' ? 'unnamed' : 'ours';
}

/**
 * An order's key is mid and merOrderId (document 2.1), and mid comes back as it was sent (1.2.3, 1.3.3, 1.4.3); what the channels
 * convert is `targetMid`. `tid` isn't compared: the document's own answers name 88880001 to questions of another (1.4.4, 1.7.4).
 */
export function isOtherMerchants({ mid }: WireAnswerFields, { merchantId }: UmsSettings): boolean {
  return mid !== '' && mid !== merchantId;
}

/** Whether fen in an answer are the attempt's amount. */
function isAmount(fen: string, { amount }: AttemptFacts): boolean {
  return amount.currency === 'CNY' && minorFromWire(fen) === amount.minor;
}

export function walletOf(targetSys: string): Wallet | null {
  return targetSys === '' ? null : (rowOf(targetSystems, targetSys)?.wallet ?? 'other');
}

/** `isPaid`: only then `payTime` is the time of payment; unpaid orders have one too (FIELD). */
export function orderFacts(wire: WireAnswerFields, code: PaymentCode | null, isPaid: boolean): OrderFacts {
  return {
    gatewayRef: keptReference(wire.seqId, code),
    walletRef: keptReference(wire.targetOrderId, code),
    wallet: walletOf(wire.targetSys),
    payerId: keptReference(wire.buyerId, code),
    paidAt: isPaid ? chinaInstant(wire.payTime) : null,
  };
}

/** `detail`: the field that says what it is about. */
export function evidenceOf(wire: WireAnswerFields, detail: string, code: PaymentCode | null): Evidence {
  return { code: codeForPeople([wire.errCode, detail], code), words: wordsForPeople(wire.errMsg, code) };
}
