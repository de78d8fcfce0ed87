/** Omipay's GetExchangeRate: what a foreign payer will be charged, as an exact decimal (document 3.1). */
import type { Currency } from '../../money/currency.ts';
import { exactDecimal, type ExactDecimal } from '../../money/exact-decimal.ts';
import type { WireAnswer, WireRequest } from '../../ports.ts';
import type { Moment } from '../gateway.ts';
import { signedRequest } from './requests.ts';
import type { OmipaySettings } from './settings.ts';
import { readWire } from './wire.ts';

/** Asks for the rate of `currency` in `base`. */
export function buildExchangeRateRequest(currency: Currency, base: Currency, settings: OmipaySettings, moment: Moment): WireRequest {
  return signedRequest('GetExchangeRate', { currency, base_currency: base }, settings, moment);
}

/** The rate, or null where the answer has none. Total. */
export function readExchangeRate(answer: WireAnswer): ExactDecimal | null {
  const wire = readWire(answer.body);
  return wire?.return_code === 'SUCCESS' ? exactDecimal(wire.rate) : null;
}
