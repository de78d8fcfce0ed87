/** Which means of payment the simulated merchant has at OMoney: sections 2.2.12 and 2.3, and ALIPAY of the examples. */
import type { Json } from '../model.ts';

interface PaymentMethod {
  readonly name: string;
  readonly code: string;
  readonly currencies: readonly string[];
  /** Absent: every country but those in `notIn`. */
  readonly onlyIn?: readonly string[];
  readonly notIn?: readonly string[];
  /** Paid with a credit card: what the customer table says of state and zip depends on it. */
  readonly card?: boolean;
}

/** Section 2.3, the same row for both cards. */
const cardCurrencies = [
  'SGD', 'USD', 'MYR', 'AUD', 'CAD', 'NZD', 'CHF', 'THB', 'GBP', 'JPY', 'HKD', 'KRW', 'LKR', 'TWD', 'INR', 'PHP', 'IDR', 'MOP', 'EUR',
];

/** In the order of the document's example; its contract is made up, as every merchant's is its own. */
const methods: readonly PaymentMethod[] = [
  { name: 'Alipay', code: 'ALIPAY', currencies: ['CNY', 'USD', 'EUR', 'JPY', 'KWD'] },
  { name: 'WeChat Pay', code: 'WECHATPAY', currencies: ['CNY'] },
  { name: 'ADYEN_UNIONPAY', code: 'ADYEN_UNIONPAY', currencies: ['RUB', 'CNY', 'USD', 'EUR'] },
  { name: 'Mastercard', code: 'GOO_MASTERCARD', currencies: ['RUB'], card: true },
  { name: 'Visa', code: 'GOO_VISA', currencies: ['RUB'], card: true },
  { name: 'QIWI Wallet', code: 'QIWI', currencies: ['RUB'], onlyIn: ['RU'] },
  { name: 'Yandex Money', code: 'YANDEX', currencies: ['RUB'], onlyIn: ['RU'] },
  { name: 'Visa', code: 'VISA', currencies: cardCurrencies, notIn: ['DZ', 'CU', 'KR', 'CN', 'AF'], card: true },
  { name: 'Mastercard', code: 'MASTERCARD', currencies: cardCurrencies, notIn: ['DZ', 'CU', 'KR', 'AF'], card: true },
  { name: 'EBANX', code: 'EBANX', currencies: ['BRL'], onlyIn: ['BR'] },
];

function isOpenIn({ onlyIn, notIn }: PaymentMethod, country: string): boolean {
  return onlyIn === undefined ? !(notIn ?? []).includes(country) : onlyIn.includes(country);
}

/** Section 2.2.12's answer for a currency and a country; every means of this merchant takes WEB and WAP. */
export function listMethods(currency: string, country: string): Json {
  return methods.filter((method) => method.currencies.includes(currency) && isOpenIn(method, country)).map(({ name, code }) => ({ name, code }));
}

/** Why this merchant can't be paid so, as a sentence; null where it can. */
export function refuseMethod(code: string, currency: string, country: string): string | null {
  const method = methods.find((entry) => entry.code === code);
  if (method === undefined) return `payment_method ${code} 未开通`;
  if (!method.currencies.includes(currency)) return `payment_method ${code} 不支持币种 ${currency}`;
  return isOpenIn(method, country) ? null : `payment_method ${code} 不支持国家 ${country}`;
}

export function isCard(code: string): boolean {
  return methods.find((entry) => entry.code === code)?.card === true;
}
