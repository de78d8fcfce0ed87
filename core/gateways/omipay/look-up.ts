/** Looks up an order that isn't in this journal: QueryOrder by Omipay's own number, the only one it knows (document 3.8, CASES 38). */
import { minorFromWire } from '../../money/amount.ts';
import type { FoundOrder, LookUp } from '../gateway.ts';
import { rowOf } from '../wire-fields.ts';
import { keptReference, looksLikePaymentCode } from '../words.ts';
import { evidenceOf, walletOf } from './order.ts';
import { signedRequest } from './requests.ts';
import type { OmipaySettings } from './settings.ts';
import { orderStatuses, returnCodes } from './table.ts';
import { readWire, type WireAnswerFields } from './wire.ts';

/** 32 characters by the document (3.2), 24 captured (FIELD); Alipay's payment codes may be as long, and are never sent. */
function mayBe(reference: string): boolean {
  return /^[0-9A-Za-z]{24,32}$/.test(reference) && !looksLikePaymentCode(reference);
}

export const lookUp: LookUp<OmipaySettings> = {
  mayBe,

  build(reference, settings, moment) {
    if (!mayBe(reference)) throw new Error('no number of an Omipay order');
    return signedRequest('QueryOrder', { order_no: reference }, settings, moment);
  },

  read(reference, answer, settings) {
    const wire = readWire(answer.body);
    if (wire === null) return { kind: 'unknown', evidence: { code: null, words: null } };
    return found(reference, wire, settings);
  },
};

function found(reference: string, wire: WireAnswerFields, settings: OmipaySettings): FoundOrder {
  const evidence = evidenceOf(wire, null);
  if (rowOf(returnCodes, wire.return_code)?.means !== 'done') {
    // "Not an order of this merchant's": for a number that somebody typed, that is the answer.
    const isAbsent = wire.return_code === 'FAIL' && wire.error_code === 'PERMISSION_ERROR' && wire.result_code === '';
    return { kind: isAbsent ? 'notFound' : 'unknown', evidence };
  }
  const row = rowOf(orderStatuses, wire.result_code.toUpperCase());
  const attemptRef = keptReference(wire.out_order_no, null);
  const minor = minorFromWire(wire.amount);
  const isAsked = wire.order_no === '' || wire.order_no === reference;
  // The till counts in one currency per gateway; a refund in another would be another sum.
  const currency = settings.currency ?? 'AUD';
  if (row === undefined || attemptRef === null || minor === null || minor === 0 || !isAsked || wire.currency !== currency) return { kind: 'unknown', evidence };
  return {
    kind: 'found',
    attemptRef,
    gatewayRef: reference,
    walletRef: null,
    wallet: walletOf(wire.platform),
    amount: { minor, currency },
    // Times are "EST" without a zone (ERRATA, Omipay 2.2).
    paidAt: null,
    // QueryOrder has neither a state nor a field for refunds: an order that was given back still says PAID. So this only says
    // that nothing in the answer speaks of one; what stops a second refund is that the whole amount can't fit twice (3.10, note 2).
    untouched: row.means === 'paid' && !wire.speaksOfRefund,
    evidence,
  };
}
