/** The rows and sums of a day in words: what became of each, who took it, and what it was paid with. */
import type { DayRow, DaySum, Person, TillStatus, Wallet } from '../../core/contract/types.ts';
import type { DayTable } from '../machine/today.ts';
import type { Said, Translate } from './i18n.ts';

/** What a row says and how it is drawn: the mark, and whether its words carry a verdict. */
export type RowKind = 'paid' | 'notPaid' | 'open' | 'refunded' | 'recorded';

export function rowKind(row: DayRow): RowKind {
  if (row.settled) return 'recorded';
  if (row.kind === 'refund') return row.state === 'refunded' ? 'refunded' : row.state === 'refused' ? 'notPaid' : 'open';
  return row.verdict === 'paid' ? 'paid' : row.verdict === 'notPaid' ? 'notPaid' : 'open';
}

export function rowWords(t: Translate, row: DayRow): string {
  if (row.settled) return t(row.verdict === 'paid' && row.kind === 'sale' ? 'row.settledPaid' : 'row.settledOther');
  if (row.kind === 'refund') {
    switch (row.state) {
      case 'refunded': return t(row.outside ? 'row.outside' : 'row.refunded');
      case 'refused': return t('row.refundRefused');
      case 'pending': return t('row.refundPending');
      case 'review': return t('row.review');
      default: return t('row.refundOpen');
    }
  }
  if (row.state === 'review') return t('row.review');
  if (row.state === 'reversed') return t('verdict.undone');
  return t(row.verdict === 'paid' ? 'verdict.paid' : row.verdict === 'notPaid' ? 'verdict.notPaid' : 'verdict.notKnown');
}

/** `WeChat •• 4417`, `Cash`. */
export function rowPaidBy(t: Translate, row: DayRow): string {
  const wallet = t(`wallet.${row.wallet}`);
  return row.last4 === null ? wallet : `${wallet} •• ${row.last4}`;
}

/** The last part of the receipt's number, as people say it. */
export function shortNumber(number: string): string {
  return number.split('-').at(-1) ?? number;
}

/** The name of a table's row. */
export function sumName(sum: DaySum, table: DayTable, said: Pick<Said, 't' | 'locale'>, status: TillStatus | null, people: readonly Person[]): string {
  const { t, locale } = said;
  if (sum.key === 'cash') return t('wallet.cash');
  if (table === 'wallet') return t(`wallet.${sum.key as Wallet}`);
  if (table === 'gateway') return status?.gateways.find(({ id }) => id === sum.key)?.names[locale] ?? sum.key;
  return sum.key === '' ? t('today.nobody') : people.find(({ operatorId }) => operatorId === sum.key)?.name ?? sum.key;
}

/** `yuan`; other currencies by their code. */
export function currencyWords(t: Translate, currency: string): string {
  return currency === 'CNY' ? t('currency.CNY') : t('currency.own', { code: currency });
}
