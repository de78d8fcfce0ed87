/** What Omipay's answers say beside an outcome: their words, the wallet, the rate. */
import type { Wallet } from '../../contract/types.ts';
import { amountDigits, minorFromWire } from '../../money/amount.ts';
import { isCurrency, type Currency } from '../../money/currency.ts';
import { decimalText, scaledDecimal } from '../../money/exact-decimal.ts';
import type { Evidence, PaymentCode } from '../gateway.ts';
import { codeForPeople, wordsForPeople } from '../words.ts';
import type { WireAnswerFields } from './wire.ts';

/** Codes and words of an answer; where it has no words, the rate at which an order in `currency` was charged. */
export function evidenceOf(wire: WireAnswerFields, currency: Currency | null, code: PaymentCode | null): Evidence {
  const detail = wire.error_code === '' ? wire.result_code : wire.error_code;
  return {
    code: codeForPeople([wire.return_code, detail], code),
    words: wordsForPeople(wire.error_msg === '' ? wire.msg : wire.error_msg, code) ?? rateWords(currency, wire),
  };
}

/** The rate at which the payer is charged and what that makes, exactly: `1 AUD = 6.5 CNY; 5.61 CNY` (document 3.8). */
function rateWords(currency: Currency | null, wire: WireAnswerFields): string | null {
  const { pay_currency: payCurrency } = wire;
  const rate = scaledDecimal(wire.exchange_rate, 8);
  if (currency === null || rate === null || !isCurrency(payCurrency)) return null;
  const minor = minorFromWire(wire.pay_amount);
  const charged = minor === null ? '' : `; ${amountDigits({ minor, currency: payCurrency })} ${payCurrency}`;
  return `1 ${currency} = ${decimalText(rate)} ${payCurrency}${charged}`;
}

/** `platform` (document 2.2; in answers by FIELD). */
export function walletOf(platform: string): Wallet | null {
  switch (platform) {
    case '':
      return null;
    case 'WECHATPAY':
      return 'wechat';
    case 'ALIPAY':
    case 'ALIPAYONLINE':
      return 'alipay';
    case 'UPI':
      return 'unionpay';
    default:
      return 'other';
  }
}
