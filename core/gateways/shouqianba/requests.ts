/** Builds Shouqianba's requests: JSON of strings, serialised once, signed and sent as the same bytes (document 2 and 3). */
import type { AttemptFacts, Call } from '../gateway.ts';
import type { WireRequest } from '../../ports.ts';
import { cutTo, textForWire } from '../words.ts';
import { extraFields, type JsonSent, type OrderExtras } from './extras.ts';
import { authorization } from './sign.ts';
import type { ShouqianbaSettings } from './settings.ts';
import { shownPayways } from './table.ts';

type Fields = Readonly<Record<string, JsonSent>>;

/**
 * The request of one call. Throws only where the till asks for what can't be: a payment without a code, or not in fen.
 * @param extras what an integrator's order says besides, of a pay or a precreate
 */
export function buildRequest(call: Call, attempt: AttemptFacts, settings: ShouqianbaSettings, extras: OrderExtras = {}): WireRequest {
  switch (call) {
    case 'pay':
      return signedRequest('/upay/v2/pay', { ...payFields(attempt, settings), ...extraFields(extras) }, settings);
    case 'present':
      return signedRequest('/upay/v2/precreate', { ...presentFields(attempt, settings), ...extraFields(extras) }, settings);
    case 'query':
      return signedRequest('/upay/v2/query', orderFields(attempt, settings), settings);
    case 'reverse':
      return signedRequest('/upay/v2/cancel', orderFields(attempt, settings), settings);
    case 'refund':
      return signedRequest('/upay/v2/refund', refundFields(attempt, settings), settings);
    case 'queryRefund':
      throw new Error('Shouqianba has no query of refunds: the same number again is the question');
  }
}

/** One call of the gateway. @param path as the document has it (3.2.1, 3.3.1, 3.4.1, 3.5.1, 3.6.1) */
export function signedRequest(path: string, fields: Fields, settings: ShouqianbaSettings): WireRequest {
  return signedAs(settings.terminalSn, settings.terminalKey, `${settings.baseUrl}${path}`, fields);
}

/** Serialised once: the very bytes that are signed are sent (ERRATA). @param signer a terminal's number, or the vendor's */
export function signedAs(signer: string, key: string, url: string, fields: Fields): WireRequest {
  const body = new TextEncoder().encode(JSON.stringify(fields));
  return { method: 'POST', url, headers: { 'content-type': 'application/json', authorization: authorization(signer, key, body) }, body };
}

/** Document 3.2.2. `payway` is left out: the gateway tells the wallet from the code. */
function payFields(attempt: AttemptFacts, settings: ShouqianbaSettings): Fields {
  if (attempt.code === null) throw new Error('a payment needs its code');
  if (attempt.amount.currency !== 'CNY') throw new Error(`Shouqianba counts in fen, not in ${attempt.amount.currency}`);
  return {
    terminal_sn: settings.terminalSn,
    client_sn: attempt.attemptRef,
    total_amount: String(attempt.amount.minor),
    dynamic_id: attempt.code,
    subject: textForWire(attempt.subject, 64),
    operator: textForWire(attempt.operator, 32),
    device_id: cutTo(attempt.terminalId, 32),
  };
}

/** Document 3.6.2. The code serves one wallet alone: the one that was asked for, else the settings'. */
function presentFields(attempt: AttemptFacts, settings: ShouqianbaSettings): Fields {
  if (attempt.amount.currency !== 'CNY') throw new Error(`Shouqianba counts in fen, not in ${attempt.amount.currency}`);
  const asked = attempt.showFor === null || attempt.showFor === 'other' ? undefined : shownPayways[attempt.showFor];
  return {
    terminal_sn: settings.terminalSn,
    client_sn: attempt.attemptRef,
    total_amount: String(attempt.amount.minor),
    payway: asked ?? settings.qrPayway ?? shownPayways.wechat,
    subject: textForWire(attempt.subject, 64),
    operator: textForWire(attempt.operator, 32),
    device_id: cutTo(attempt.terminalId, 32),
  };
}

/** Document 3.3.2, 3.4.2 and 3.5.2: by `sn` where it is known (it is looked up first), and by our own number always. */
function orderFields(attempt: AttemptFacts, settings: ShouqianbaSettings): Fields {
  const ours = { terminal_sn: settings.terminalSn, client_sn: attempt.attemptRef };
  return attempt.gatewayRef === null ? ours : { ...ours, sn: attempt.gatewayRef };
}

/** Document 3.3.2. Every transmission of one refund has the same number, so that it stays one refund (FIELD). */
function refundFields(attempt: AttemptFacts, settings: ShouqianbaSettings): Fields {
  const { refund } = attempt;
  if (refund === null) throw new Error('a refund needs its number and amount');
  if (refund.amount.currency !== 'CNY') throw new Error(`Shouqianba counts in fen, not in ${refund.amount.currency}`);
  return {
    ...orderFields(attempt, settings),
    refund_request_no: refund.refundRef,
    refund_amount: String(refund.amount.minor),
    operator: textForWire(attempt.operator, 64),
  };
}
