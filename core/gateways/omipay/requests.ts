/** Builds Omipay's requests: POST without a body, everything in the signed query string (document 2.1, 2.3). */
import type { WireRequest } from '../../ports.ts';
import type { AttemptFacts, Call, Moment } from '../gateway.ts';
import { textForWire } from '../words.ts';
import { sign } from './sign.ts';
import type { OmipaySettings } from './settings.ts';
import { shownPlatforms } from './table.ts';

/** The document names no limit for order_name; longer ones are of no use on a payer's phone. */
export const longestOrderName = 64;

export type Fields = Readonly<Record<string, string>>;

/** The request of one call. Throws only where the till asks for what can't be, such as a reversal: there is none. */
export function buildRequest(call: Call, attempt: AttemptFacts, settings: OmipaySettings, moment: Moment): WireRequest {
  switch (call) {
    case 'pay':
      return signedRequest('MakeScanOrder', payFields(attempt, settings), settings, moment);
    case 'present':
      return signedRequest('MakeQROrder', presentFields(attempt, settings), settings, moment);
    case 'query':
      return signedRequest('QueryOrder', queryFields(attempt), settings, moment);
    case 'reverse':
      throw new Error('Omipay has no reversal');
    case 'refund':
      return signedRequest('Refund', refundFields(attempt), settings, moment);
    case 'queryRefund':
      return signedRequest('QueryRefund', queryRefundFields(attempt), settings, moment);
  }
}

/**
 * One call of the API. The URL holds the payment code: it must not be logged (ERRATA, Omipay 2.1).
 * @param name the last part of the path, as the document has it
 */
export function signedRequest(name: string, fields: Fields, settings: OmipaySettings, moment: Moment): WireRequest {
  const query = Object.entries({ ...signedFields(settings, moment), ...fields }).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
  return { method: 'POST', url: `${settings.baseUrl}/${name}?${query}`, headers: { 'content-type': 'application/json' }, body: null };
}

/** What every call carries (document 2.3). It says nothing of the call's own fields, and is good for five minutes (2.1). */
export function signedFields(settings: OmipaySettings, moment: Moment): Fields {
  const timestamp = String(moment.now);
  return {
    m_number: settings.merchantNumber,
    timestamp,
    nonce_str: moment.nonce,
    sign: sign(settings.merchantNumber, timestamp, moment.nonce, settings.secretKey),
  };
}

/** Document 3.4. A repeat is the same order under a new time and nonce (CASES 21). */
function payFields(attempt: AttemptFacts, settings: OmipaySettings): Fields {
  if (attempt.code === null) throw new Error('a payment needs its code');
  return {
    order_name: textForWire(attempt.subject, longestOrderName),
    currency: attempt.amount.currency,
    amount: String(attempt.amount.minor),
    ...(settings.notifyUrl === undefined ? {} : { notify_url: settings.notifyUrl }),
    qrcode: attempt.code,
    pos_no: settings.posNumber,
    out_order_no: attempt.attemptRef,
  };
}

/** Document 3.2. Its answer's `qrcode` serves one wallet alone: the one that was asked for, else the settings'. */
function presentFields(attempt: AttemptFacts, settings: OmipaySettings): Fields {
  const asked = attempt.showFor === null || attempt.showFor === 'other' ? undefined : shownPlatforms[attempt.showFor];
  return {
    order_name: textForWire(attempt.subject, longestOrderName),
    currency: attempt.amount.currency,
    amount: String(attempt.amount.minor),
    ...(settings.notifyUrl === undefined ? {} : { notify_url: settings.notifyUrl }),
    out_order_no: attempt.attemptRef,
    platform: asked ?? settings.qrPlatform ?? shownPlatforms.wechat,
  };
}

/** Document 3.8: Omipay's own number is the only one it can be asked by. */
function queryFields(attempt: AttemptFacts): Fields {
  if (attempt.gatewayRef === null) throw new Error('Omipay can be asked by its own order number only');
  return { order_no: attempt.gatewayRef };
}

/** Document 3.10: the amount is in the currency of the order, whose number must be Omipay's. */
function refundFields(attempt: AttemptFacts): Fields {
  const { refund, gatewayRef, amount } = attempt;
  if (refund === null) throw new Error('a refund needs its number and amount');
  if (gatewayRef === null) throw new Error('Omipay refunds by its own order number only');
  if (refund.amount.currency !== amount.currency) throw new Error(`an order in ${amount.currency} is not refunded in ${refund.amount.currency}`);
  return { order_no: gatewayRef, out_refund_no: refund.refundRef, amount: String(refund.amount.minor) };
}

/** Document 3.11. */
function queryRefundFields(attempt: AttemptFacts): Fields {
  const number = attempt.refund?.gatewayRefundRef ?? null;
  if (number === null) throw new Error('Omipay can be asked by its own refund number only');
  return { refund_no: number };
}
