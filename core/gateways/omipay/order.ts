/** What Omipay's answers say beside an outcome: their words, the wallet, what the payer is charged. */
import type { Wallet } from '../../contract/types.ts';
import { minorFromWire } from '../../money/amount.ts';
import { isCurrency, type Currency } from '../../money/currency.ts';
import { decimalText, scaledDecimal } from '../../money/exact-decimal.ts';
import type { PayerCharge } from '../../money/payer-charge.ts';
import type { Evidence, PaymentCode } from '../gateway.ts';
import { codeForPeople, wordsForPeople } from '../words.ts';
import type { WireAnswerFields } from './wire.ts';

/** Codes and words of an answer. */
export function evidenceOf(wire: WireAnswerFields, code: PaymentCode | null): Evidence {
  const detail = wire.error_code === '' ? wire.result_code : wire.error_code;
  return {
    code: codeForPeople([wire.return_code, detail], code),
    words: wordsForPeople(wire.error_msg === '' ? wire.msg : wire.error_msg, code),
  };
}

/** The rate at which the payer is charged and what that makes, exactly (document 3.8); null where it is the shop's own currency, or not named. */
export function chargeOf(wire: WireAnswerFields, currency: Currency): PayerCharge | null {
  const { pay_currency: payCurrency } = wire;
  if (!isCurrency(payCurrency) || payCurrency === currency) return null;
  const scaled = scaledDecimal(wire.exchange_rate, 8);
  // A rate of nothing is none.
  const rate = scaled === null || scaled.digits === '0' ? null : decimalText(scaled);
  const minor = minorFromWire(wire.pay_amount);
  return rate === null && minor === null ? null : { rate, currency: payCurrency, minor };
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
