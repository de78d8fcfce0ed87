/** Builds Shouqianba's requests: JSON of strings, serialised once, signed and sent as the same bytes (document 2 and 3). */
import type { AttemptFacts, Call } from '../gateway.ts';
import type { WireRequest } from '../../ports.ts';
import { cutTo, textForWire } from '../words.ts';
import { authorization } from './sign.ts';
import type { ShouqianbaSettings } from './settings.ts';

/** The document's paths (3.2.1, 3.4.1, 3.5.1). */
const paths: Readonly<Record<Call, string>> = { pay: '/upay/v2/pay', query: '/upay/v2/query', reverse: '/upay/v2/cancel' };

/** The request of one call. Throws only where the till asks for what can't be: a payment without a code, or not in fen. */
export function buildRequest(call: Call, attempt: AttemptFacts, settings: ShouqianbaSettings): WireRequest {
  const fields = call === 'pay' ? payFields(attempt, settings) : orderFields(attempt, settings);
  const body = new TextEncoder().encode(JSON.stringify(fields));
  return {
    method: 'POST',
    url: `${settings.baseUrl}${paths[call]}`,
    headers: { 'content-type': 'application/json', authorization: authorization(settings.terminalSn, settings.terminalKey, body) },
    body,
  };
}

/** Document 3.2.2. `payway` is left out: the gateway tells the wallet from the code. */
function payFields(attempt: AttemptFacts, settings: ShouqianbaSettings): Readonly<Record<string, string>> {
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

/** Document 3.4.2 and 3.5.2: by `sn` where it is known (it is looked up first), and by our own number always. */
function orderFields(attempt: AttemptFacts, settings: ShouqianbaSettings): Readonly<Record<string, string>> {
  const ours = { terminal_sn: settings.terminalSn, client_sn: attempt.attemptRef };
  return attempt.gatewayRef === null ? ours : { ...ours, sn: attempt.gatewayRef };
}
