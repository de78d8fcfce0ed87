/** Builds OMoney's requests: REST with JSON, a bearer token, links as they were given (document 1.5 to 2.2). */
import { amountDigits, type Amount } from '../../money/amount.ts';
import { currencyDecimals } from '../../money/currency.ts';
import type { WireRequest } from '../../ports.ts';
import type { AttemptFacts, Call, Kept, Moment } from '../gateway.ts';
import { textForWire } from '../words.ts';
import { ownAddress, selfLink } from './links.ts';
import type { OmoneySettings } from './settings.ts';

/** The request of one call. Throws only where the till asks for what can't be: a scanned code, or a number that isn't known. */
export function buildRequest(call: Call, attempt: AttemptFacts, settings: OmoneySettings, moment: Moment): WireRequest {
  switch (call) {
    case 'pay':
      throw new Error('OMoney takes no scanned codes');
    case 'present':
      return post('/v1/payment', paymentFields(attempt, settings), settings, moment);
    case 'query':
      return get(attempt.kept, `/v1/payment/${known(attempt.gatewayRef)}`, settings, moment);
    case 'reverse':
      return post(`/v1/payment/${encodeURIComponent(attempt.attemptRef)}/cancel`, {}, settings, moment);
    case 'refund':
      return post(`/v1/refund/${encodeURIComponent(attempt.attemptRef)}`, refundFields(attempt, settings), settings, moment);
    case 'queryRefund':
      // A refund whose number a lost answer hid: its payment is looked at (ERRATA 2.2).
      if (attempt.refund !== null && attempt.refund.gatewayRefundRef === null) return buildRequest('query', attempt, settings, moment);
      return get(attempt.refund?.kept ?? {}, `/v1/refund/${known(attempt.refund?.gatewayRefundRef ?? null)}`, settings, moment);
  }
}

/** Document 1.7. The credentials stand in a header alone. */
export function tokenRequest(settings: OmoneySettings): WireRequest {
  return {
    method: 'POST',
    url: `${settings.baseUrl}/v1/oauth/token?grant_type=client_credentials&scope=write,read`,
    headers: { authorization: basicAuthorization(settings.clientId, settings.clientSecret), accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new Uint8Array(),
  };
}

/** The `Authorization` header of the token's request alone (document 1.7). */
export function basicAuthorization(clientId: string, clientSecret: string): string {
  return `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
}

/** Document 2.2.11: the means of payment that are open in a country. @param country two letters */
export function paymentMethodsRequest(country: string, settings: OmoneySettings, moment: Moment): WireRequest {
  const query = new URLSearchParams({ currency: settings.currency ?? 'CNY', country, type: requestType }).toString();
  return { method: 'GET', url: `${settings.baseUrl}/v1/paymentmethod?${query}`, headers: headers(moment), body: null };
}

/** The customer opens the page on a phone (document 2.1.4, `request_type`). */
const requestType = 'WAP';

/** Document 2.1.4 and 2.1.5: everything mandatory; what is optional only where it is configured. */
function paymentFields(attempt: AttemptFacts, settings: OmoneySettings): object {
  const { customer } = settings;
  return {
    order_id: attempt.attemptRef,
    payment_method: settings.paymentMethod,
    amount: amountOnWire(attempt.amount),
    currency: attempt.amount.currency,
    request_type: requestType,
    description: textForWire(attempt.subject, 255),
    return_url: settings.returnUrl,
    notify_url: settings.notifyUrl,
    website: settings.website,
    source: {
      client_ip: customer.clientIp,
      first_name: customer.firstName,
      ...(customer.middleName === undefined ? {} : { middle_name: customer.middleName }),
      last_name: customer.lastName,
      country: customer.country,
      state: customer.state,
      city: customer.city,
      zip: customer.zip,
      email: customer.email,
      address1: customer.address1,
      ...(customer.address2 === undefined ? {} : { address2: customer.address2 }),
      phone: customer.phone,
      ...(customer.cpf === undefined ? {} : { cpf: customer.cpf }),
    },
  };
}

/** Document 2.2.4. */
function refundFields(attempt: AttemptFacts, settings: OmoneySettings): object {
  const { refund } = attempt;
  if (refund === null) throw new Error('a refund needs its number and amount');
  return { refund_order_id: refund.refundRef, amount: amountOnWire(refund.amount), currency: refund.amount.currency, notify_url: settings.notifyUrl };
}

/**
 * Two decimals, whatever the currency has (document 2.1.4, `13,2`); made of the minor units' own digits. By the amount's own
 * currency: what was sold before the settings changed is given back in what it was sold in.
 */
export function amountOnWire(amount: Amount): string {
  return currencyDecimals(amount.currency) === 0 ? `${amountDigits(amount)}.00` : amountDigits(amount);
}

function post(path: string, fields: object, settings: OmoneySettings, moment: Moment): WireRequest {
  return { method: 'POST', url: settings.baseUrl + path, headers: headers(moment), body: new TextEncoder().encode(JSON.stringify(fields)) };
}

/** By the link that an answer gave; by the document's path only where none was given (2.1.7, 2.2.6). */
function get(kept: Kept, path: string, settings: OmoneySettings, moment: Moment): WireRequest {
  return { method: 'GET', url: ownAddress(kept[selfLink], settings.baseUrl) ?? settings.baseUrl + path, headers: headers(moment), body: null };
}

/** Document 1.5: Accept and Content-Type with every request, GET too. */
function headers(moment: Moment): Readonly<Record<string, string>> {
  if (moment.token === null) throw new Error('OMoney wants an access token');
  return { authorization: `Bearer ${moment.token}`, accept: 'application/json', 'content-type': 'application/json' };
}

function known(number: string | null): string {
  if (number === null) throw new Error('OMoney is asked by its own number, and none is known');
  return encodeURIComponent(number);
}
