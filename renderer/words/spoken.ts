/** Amounts as a person says them: `38 元 5 角`, `38 yuan 50`. */
import type { Amount, Locale } from '../../core/contract/types.ts';
import { amountDigits } from '../../core/money/amount.ts';

const units: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  CNY: { 'zh-CN': '元', en: 'yuan' },
  AUD: { 'zh-CN': '澳元', en: 'dollars' },
  NZD: { 'zh-CN': '新西兰元', en: 'dollars' },
  USD: { 'zh-CN': '美元', en: 'dollars' },
  HKD: { 'zh-CN': '港元', en: 'dollars' },
  EUR: { 'zh-CN': '欧元', en: 'euros' },
  GBP: { 'zh-CN': '英镑', en: 'pounds' },
  JPY: { 'zh-CN': '日元', en: 'yen' },
};

export function spokenAmount(amount: Amount, locale: Locale): string {
  const unit = units[amount.currency]?.[locale] ?? amount.currency;
  const [whole = '0', decimals = ''] = amountDigits(amount).split('.');
  if (locale === 'zh-CN') return amount.currency === 'CNY' ? spokenYuan(whole, decimals) : `${amountDigits(amount)} ${unit}`;
  return Number(decimals) === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${decimals}`;
}

function spokenYuan(whole: string, decimals: string): string {
  const [tenths = '0', hundredths = '0'] = decimals;
  const parts = [
    whole === '0' && decimals !== '00' ? '' : `${whole} 元`,
    tenths === '0' ? (hundredths === '0' || whole === '0' ? '' : '零') : `${tenths} 角`,
    hundredths === '0' ? '' : `${hundredths} 分`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
