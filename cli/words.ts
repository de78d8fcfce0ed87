/** The command line's own sentences; all that screens say too stands in the contract's messages. */
import type { Locale } from '../core/contract/types.ts';

const words = {
  severalPayments: {
    'zh-CN': '有 {n} 笔收款都用 {key}。什么都没有做。用其中一笔自己的单号。',
    en: '{n} payments have {key}. Nothing was done. Use a number that one of them alone has.',
  },
  returnedGoods: { 'zh-CN': '顾客退货', en: 'customer returned the goods' },
  outsideReason: {
    'zh-CN': '--outside 要有 --reason。什么都没有记。写下钱是怎么退的。',
    en: '--outside needs --reason. Nothing was recorded. Say how the money was given back.',
  },
  stillAsked: {
    'zh-CN': '还在问网关。什么都没有记。先运行 resolve，再记。',
    en: 'The gateway is still being asked. Nothing was recorded. Run resolve first, then record it.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Locale, string>>>>;

export function word(key: keyof typeof words, locale: Locale, values: Readonly<Record<string, string>> = {}): string {
  return words[key][locale].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
