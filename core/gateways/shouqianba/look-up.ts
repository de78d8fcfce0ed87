/** Looks up an order that isn't in this journal: a query by the number on its receipt, ours or Shouqianba's (CASES 38). */
import { minorFromWire } from '../../money/amount.ts';
import type { FoundOrder, LookUp } from '../gateway.ts';
import { rowOf } from '../wire-fields.ts';
import { keptReference } from '../words.ts';
import { businessEvidence, communicationEvidence, finishedAt, walletOf } from './order.ts';
import { signedRequest } from './requests.ts';
import type { ShouqianbaSettings } from './settings.ts';
import { businessCodes, businessErrors, orderStatuses, resultCodes, subPayways } from './table.ts';
import { readWire, type WireBusiness } from './wire.ts';

/** By which field a number is asked for; null where it is none of this gateway's. */
function fieldOf(reference: string): 'sn' | 'client_sn' | null {
  if (/^S[0-9]{22}$/.test(reference)) return 'client_sn';
  // String(16); all that were seen begin with 7, and so does no payment code and hardly a bank card: nothing else may be sent.
  return /^7[0-9]{15}$/.test(reference) ? 'sn' : null;
}

export const lookUp: LookUp<ShouqianbaSettings> = {
  mayBe: (reference) => fieldOf(reference) !== null,

  build(reference, settings) {
    const field = fieldOf(reference);
    if (field === null) throw new Error('no number of a Shouqianba order');
    return signedRequest('/upay/v2/query', { terminal_sn: settings.terminalSn, [field]: reference }, settings);
  },

  read(reference, answer) {
    const wire = readWire(answer.body);
    if (wire === null) return { kind: 'unknown', evidence: { code: null, words: null } };
    const answered = rowOf(resultCodes, wire.result_code)?.means === 'answered';
    return answered && wire.business !== null ? found(reference, wire.business) : { kind: 'unknown', evidence: communicationEvidence(wire, null) };
  },
};

function found(reference: string, business: WireBusiness): FoundOrder {
  const evidence = businessEvidence(business, null);
  const { order } = business;
  switch (rowOf(businessCodes, business.result_code)?.query?.means) {
    case 'byOrderStatus':
      break;
    case 'byErrorCode': {
      const meaning = rowOf(businessErrors, business.error_code)?.query;
      return meaning?.kind === 'notFound' && order.order_status === '' ? { kind: 'notFound', evidence } : { kind: 'unknown', evidence };
    }
    default:
      return { kind: 'unknown', evidence };
  }
  const attemptRef = keptReference(order.client_sn, null);
  const minor = minorFromWire(order.total_amount);
  const asked = fieldOf(reference) === 'sn' ? order.sn : order.client_sn;
  if (asked !== reference || attemptRef === null || minor === null || minor === 0) return { kind: 'unknown', evidence };
  if (rowOf(orderStatuses, order.order_status) === undefined) return { kind: 'unknown', evidence };
  const direction = rowOf(subPayways, order.sub_payway)?.direction;
  return {
    kind: 'found',
    attemptRef,
    gatewayRef: keptReference(order.sn, null),
    walletRef: keptReference(order.trade_no, null),
    wallet: walletOf(order.payway),
    amount: { minor, currency: 'CNY' },
    paidAt: order.order_status === 'PAID' ? finishedAt(order) : null,
    untouched: isUntouched(business),
    ...(direction === undefined ? {} : { direction }),
    evidence,
  };
}

/** PAID exactly, and the newest transaction is the payment. Never from net_amount: a discount makes it less too (FIELD). */
function isUntouched({ order }: WireBusiness): boolean {
  const newestIsPayment = order.client_tsn === '' || order.client_tsn === order.client_sn;
  return order.order_status === 'PAID' && (order.status === '' || order.status === 'SUCCESS') && newestIsPayment;
}
