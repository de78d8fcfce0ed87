/** The command line's own sentences; all that screens say too stands in the contract's messages. */
import type { Locale } from '../core/contract/types.ts';
import { filled } from './filled.ts';

const words = {
  severalPayments: {
    'zh-CN': '有 {n} 笔收款都用 {key}。什么都没有做。用其中一笔自己的单号。',
    en: '{n} payments have {key}. Nothing was done. Use a number that one of them alone has.',
  },
  moreFound: {
    'zh-CN': '这里只有最新的 {n} 笔。还有更早的没有显示。多输几位单号。',
    en: 'These are the newest {n}. There are more, not shown. Give more of the number.',
  },
  returnedGoods: { 'zh-CN': '顾客退货', en: 'customer returned the goods' },
  outsideReason: {
    'zh-CN': '--outside 要有 --reason。什么都没有记。写下钱是怎么退的。',
    en: '--outside needs --reason. Nothing was recorded. Say how the money was given back.',
  },
  refundWasOpen: {
    'zh-CN': '开始时，这笔有一个同样金额的退款还没有结果；它已经退成，所以没有再退。还要再退，再运行一次。',
    en: 'A refund of this amount was still open when this command began. It has gone through, so none was sent beside it. For a further one, give the command again.',
  },
  dayListLeftOut: {
    'zh-CN': '这一天有 {n} 笔，纸上打不下，只有合计。csv、xlsx 和 pdf 里有全部。',
    en: 'The day has {n} rows, too many for paper: it has the totals alone. csv, xlsx and pdf have them all.',
  },
  rowsExported: { 'zh-CN': '导出：{n} / {total} 行', en: 'export: {n} of {total} rows' },
  rowsRead: { 'zh-CN': '读文件：{n} 行', en: 'reading: {n} rows' },
  rowsMatched: { 'zh-CN': '核对：{n} / {total} 行', en: 'matching: {n} of {total} rows' },
  requestUsed: {
    'zh-CN': '{key} 这个名字已经用在另一个退款上（{n}）。没有退款。换一个名字。',
    en: 'The name {key} belongs to another refund ({n}). Nothing was given back. Take another name.',
  },
  stillAsked: {
    'zh-CN': '还在问网关。什么都没有记。先运行 resolve，再记。',
    en: 'The gateway is still being asked. Nothing was recorded. Run resolve first, then record it.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Locale, string>>>>;

export type Word = keyof typeof words;

export function word(key: Word, locale: Locale, values: Readonly<Record<string, string>> = {}): string {
  return filled(words[key][locale], values);
}
