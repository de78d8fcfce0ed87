/** The sums of a report as its tables show them: one row per wallet in the store's currency, other currencies apart, cash by itself. */
import type { Currency, ShiftSums, TenderSum, Wallet } from '../../core/contract/types.ts';

export interface SumRow {
  readonly sales: number;
  readonly salesMinor: number;
  readonly refunds: number;
  readonly refundsMinor: number;
}

export interface OtherSum extends SumRow {
  readonly gateway: string;
  readonly currency: Currency;
}

export const noSums: SumRow = { sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0 };

const wallets: readonly Wallet[] = ['wechat', 'alipay', 'unionpay', 'other'];

export function netMinor(row: SumRow): number {
  return row.salesMinor - row.refundsMinor;
}

export function walletRows(sums: ShiftSums, currency: Currency): readonly (SumRow & { readonly wallet: Wallet })[] {
  return wallets.flatMap((wallet) => {
    const found = sums.tenders.filter((tender) => tender.wallet === wallet && tender.currency === currency);
    return found.length === 0 ? [] : [{ wallet, ...added(found) }];
  });
}

export function cashRow(sums: ShiftSums, currency: Currency): SumRow {
  return added(sums.tenders.filter((tender) => tender.wallet === 'cash' && tender.currency === currency));
}

/** Money in other currencies is never added to the store's: by gateway and currency. */
export function otherSums(sums: ShiftSums, currency: Currency): readonly OtherSum[] {
  const others = sums.tenders.filter((tender) => tender.currency !== currency);
  const keys = [...new Set(others.map((tender) => `${tender.gateway} ${tender.currency}`))];
  return keys.flatMap((key) => {
    const found = others.filter((tender) => `${tender.gateway} ${tender.currency}` === key);
    const [first] = found;
    return first ? [{ gateway: first.gateway, currency: first.currency, ...added(found) }] : [];
  });
}

export function added(rows: readonly (SumRow | TenderSum)[]): SumRow {
  return rows.reduce<SumRow>((sum, row) => ({
    sales: sum.sales + row.sales, salesMinor: sum.salesMinor + row.salesMinor,
    refunds: sum.refunds + row.refunds, refundsMinor: sum.refundsMinor + row.refundsMinor,
  }), noSums);
}

/** What went in or out of the drawer beside sales. */
export function movedMinor(sums: ShiftSums, direction: 'in' | 'out'): number {
  return sums.moves.filter((move) => move.direction === direction).reduce((sum, move) => sum + move.amount.minor, 0);
}

/** What is carried over in this currency: how many, and how much. */
export function carried(sums: ShiftSums, currency: Currency): { readonly count: number; readonly minor: number } {
  const own = sums.carriedOver.filter((entry) => entry.amount.currency === currency);
  return { count: sums.carriedOver.length, minor: own.reduce((sum, entry) => sum + entry.amount.minor, 0) };
}
