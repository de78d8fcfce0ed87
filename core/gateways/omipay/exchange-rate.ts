/** Omipay's GetExchangeRate: what a foreign payer will be charged, as an exact decimal (document 3.1). */
import type { DeclineReason } from '../../contract/types.ts';
import type { Currency } from '../../money/currency.ts';
import { exactDecimal, type ExactDecimal } from '../../money/exact-decimal.ts';
import type { WireAnswer, WireRequest } from '../../ports.ts';
import type { Evidence, Moment, UnknownWhy } from '../gateway.ts';
import { rowOf } from '../wire-fields.ts';
import { evidenceOf } from './order.ts';
import { signedRequest } from './requests.ts';
import type { OmipaySettings } from './settings.ts';
import { errorCodes, returnCodes } from './table.ts';
import { readWire } from './wire.ts';

/** What the question may say beside the currencies: the wallet (WeChat where nothing is said), and the language of error words. */
export interface RateOptions {
  readonly platform?: 'WECHATPAY' | 'ALIPAY' | 'UPI';
  readonly language?: 'EN' | 'CHS';
}

export type RateAnswer =
  | { readonly kind: 'rate'; readonly rate: ExactDecimal }
  | { readonly kind: 'refused'; readonly reason: DeclineReason; readonly evidence: Evidence }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy; readonly evidence: Evidence };

/** Asks for the rate of `currency` in `base`. */
export function buildExchangeRateRequest(currency: Currency, base: Currency, settings: OmipaySettings, moment: Moment, options: RateOptions = {}): WireRequest {
  return signedRequest('GetExchangeRate', { currency, base_currency: base, ...options }, settings, moment);
}

/** How many units of the base currency one unit is. Total. */
export function readExchangeRate(answer: WireAnswer): RateAnswer {
  const wire = readWire(answer.body);
  if (wire === null) return { kind: 'unknown', why: 'unlisted', evidence: { code: null, words: null } };
  const evidence = evidenceOf(wire, null);
  switch (rowOf(returnCodes, wire.return_code)?.means) {
    case 'done': {
      const rate = exactDecimal(wire.rate);
      // A rate of nothing is none: nobody could be charged by it.
      return rate === null || rate.digits === '0' ? { kind: 'unknown', why: 'unlisted', evidence } : { kind: 'rate', rate };
    }
    case 'failed': {
      const meaning = rowOf(errorCodes, wire.error_code)?.rate ?? { kind: 'unknown', why: 'unlisted' };
      return { ...meaning, evidence };
    }
    case undefined:
      return { kind: 'unknown', why: 'unlisted', evidence };
  }
}
