/** Builds the aggregator's requests: forms with a signature as one of the pairs (document 3, 4, 5.1 and 5.4). */
import { amountDigits, type Amount } from '../../money/amount.ts';
import type { WireRequest } from '../../ports.ts';
import type { AttemptFacts, Call } from '../gateway.ts';
import { textForWire } from '../words.ts';
import type { AggregatorSettings } from './settings.ts';
import { signRequest, type Pairs } from './sign.ts';
import { scannedCodes } from './table.ts';

/** The document names no limit for product_name; longer ones are of no use on a payer's phone. */
const longestProductName = 64;

/** The request of one call. Throws only where the till asks for what can't be: it has no reversal and no refund. */
export function buildRequest(call: Call, attempt: AttemptFacts, settings: AggregatorSettings): WireRequest {
  switch (call) {
    case 'present':
      return unified(attempt, settings);
    case 'query':
      return checkOrder(attempt, settings);
    case 'pay':
    case 'reverse':
    case 'refund':
    case 'queryRefund':
      throw new Error(`the aggregator has no call for ${call}`);
  }
}

/** Document 5.1: an order whose `redirect_url` the customer opens. */
function unified(attempt: AttemptFacts, settings: AggregatorSettings): WireRequest {
  const pairs: Pairs = {
    appid: settings.appId,
    order_no: attempt.attemptRef,
    amount: amountOnWire(attempt.amount, settings),
    product_name: textForWire(attempt.subject, longestProductName),
    bank_code: (attempt.showFor === null ? undefined : scannedCodes[attempt.showFor]) ?? settings.bankCode,
    notify_url: settings.notifyUrl,
    return_url: settings.returnUrl,
  };
  const body = new TextEncoder().encode(new URLSearchParams(signed(pairs, settings)).toString());
  return { method: 'POST', url: `${settings.baseUrl}/api/order/unified`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body };
}

/** Document 5.4: GET, although section 3 says that everything is posted. */
function checkOrder(attempt: AttemptFacts, settings: AggregatorSettings): WireRequest {
  const query = new URLSearchParams(signed({ appid: settings.appId, order_no: attempt.attemptRef }, settings)).toString();
  return { method: 'GET', url: `${settings.baseUrl}/api/order/check_order?${query}`, headers: {}, body: null };
}

function signed(pairs: Pairs, settings: AggregatorSettings): Record<string, string> {
  return { ...pairs, sign: signRequest(pairs, settings.secret) };
}

/** Fen as a whole number, or yuan with two decimals: as the merchant's contract says (ERRATA 5.1). */
function amountOnWire(amount: Amount, settings: AggregatorSettings): string {
  if (amount.currency !== 'CNY') throw new Error(`the aggregator counts in CNY, not in ${amount.currency}`);
  return settings.amountUnit === 'fen' ? String(amount.minor) : amountDigits(amount);
}
