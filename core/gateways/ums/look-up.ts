/** Looks up an order that isn't in this journal: a query by the order's number, or by the wallet's own (document 1.2.3, CASES 38). */
import { minorFromWire } from '../../money/amount.ts';
import type { FoundOrder, LookUp } from '../gateway.ts';
import { rowOf } from '../wire-fields.ts';
import { keptReference, looksLikePaymentCode } from '../words.ts';
import { chinaInstant } from './china-time.ts';
import { evidenceOf, isOtherMerchants, walletOf } from './order.ts';
import type { UmsSettings } from './settings.ts';
import { netpayRequest } from './signed-request.ts';
import { errorCodes, orderStatuses } from './table.ts';
import { readWire, type WireAnswerFields } from './wire.ts';

/** Ours have 27 characters, other tills' 28 and more are in use (FIELD), and so have the wallets' own; nothing shorter is sent. */
function mayBe(reference: string): boolean {
  // The digits of ours may begin as a payment code does; the letter among them says that they are none.
  if (/^[0-9A-Za-z]{4}U[0-9]{22}$/.test(reference)) return true;
  return /^[0-9A-Za-z]{27,36}$/.test(reference) && !looksLikePaymentCode(reference);
}

/** All orders of a shop begin with its source number (document 1.1); what doesn't may be the wallet's number. */
function isOrderNumber(reference: string, settings: UmsSettings): boolean {
  return reference.startsWith(settings.sourceId);
}

export const lookUp: LookUp<UmsSettings> = {
  mayBe,

  build(reference, settings, moment) {
    if (!mayBe(reference)) throw new Error('no number of a UMS order');
    return netpayRequest('query', isOrderNumber(reference, settings) ? { merOrderId: reference } : { targetOrderId: reference }, settings, moment);
  },

  read(reference, answer, settings) {
    const wire = readWire(answer.body);
    if (wire === null) return { kind: 'unknown', evidence: { code: null, words: null } };
    return found(reference, wire, settings);
  },
};

function found(reference: string, wire: WireAnswerFields, settings: UmsSettings): FoundOrder {
  const evidence = evidenceOf(wire, wire.status, null);
  const meaning = rowOf(errorCodes, wire.errCode)?.query;
  if (meaning?.kind !== 'done') return { kind: meaning?.kind === 'notFound' && wire.status === '' ? 'notFound' : 'unknown', evidence };
  const row = rowOf(orderStatuses, wire.status);
  const attemptRef = keptReference(wire.merOrderId, null);
  const minor = minorFromWire(wire.totalAmount);
  const asked = isOrderNumber(reference, settings) ? wire.merOrderId : wire.targetOrderId;
  if (isOtherMerchants(wire, settings) || asked !== reference || attemptRef === null || minor === null || minor === 0 || row === undefined) return { kind: 'unknown', evidence };
  return {
    kind: 'found',
    attemptRef,
    gatewayRef: keptReference(wire.seqId, null),
    walletRef: keptReference(wire.targetOrderId, null),
    wallet: walletOf(wire.targetSys),
    amount: { minor, currency: 'CNY' },
    // Netpay found it, and netpay gives it back, whatever poslink is set up for.
    direction: 'show',
    paidAt: row.means === 'paid' ? chinaInstant(wire.payTime) : null,
    // TRADE_REFUND is "a part or all of it" (document 2.3), and then it is no longer TRADE_SUCCESS.
    untouched: row.means === 'paid' && !wire.speaksOfRefund,
    evidence,
  };
}
