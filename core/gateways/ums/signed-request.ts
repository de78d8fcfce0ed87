/** A signed POST to UMS: JSON, serialised once, signed and sent as the same bytes (document 1, FIELD). */
import type { WireRequest } from '../../ports.ts';
import type { Moment } from '../gateway.ts';
import { chinaText, compactChinaText } from './china-time.ts';
import { authorization } from './sign.ts';
import { defaultInstMid, type UmsSettings } from './settings.ts';

/** A JSON value of a request; amounts are whole numbers of fen. */
export type WireValue = string | number | boolean | readonly WireValue[] | { readonly [key: string]: WireValue };
export type Fields = Readonly<Record<string, WireValue>>;

/** One call of netpay with the fields that all of them have. @param path what follows `/v1/netpay/`, as the document has it */
export function netpayRequest(path: string, fields: Fields, settings: UmsSettings, moment: Moment): WireRequest {
  const all: Fields = {
    requestTimestamp: chinaText(moment.now),
    mid: settings.merchantId,
    tid: settings.terminalId,
    // The one that the order was made under, or it is not found (FIELD).
    instMid: settings.instMid ?? defaultInstMid,
    ...fields,
  };
  return signedRequest(`/v1/netpay/${path}`, all, settings, moment);
}

/** A signed POST of these fields and no others. @param path with its slash */
export function signedRequest(path: string, fields: Fields, settings: UmsSettings, moment: Moment): WireRequest {
  const body = new TextEncoder().encode(JSON.stringify(fields));
  return {
    method: 'POST',
    url: `${settings.baseUrl}${path}`,
    headers: {
      'content-type': 'application/json',
      authorization: authorization(settings.appId, settings.appKey, compactChinaText(moment.now), moment.nonce, body),
    },
    body,
  };
}
