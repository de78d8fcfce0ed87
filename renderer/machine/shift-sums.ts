/** The sums of a report as its tables show them: one row per wallet in the store's currency, other currencies apart, cash by itself. */
import type { Amount, CarriedOver, Currency, ShiftSums, TenderSum, Wallet } from '../../core/contract/types.ts';
import { makeAmount } from '../../core/money/amount.ts';

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

/** What of one kind is carried over: how many, and how much of each currency. */
export interface Carried {
  readonly kind: CarriedOver['kind'];
  readonly count: number;
  readonly amounts: readonly Amount[];
}

/** Sales before refunds, never in one sum: money that may still come, and money that may have gone. Of each currency its own amount, the store's first. */
export function carried(sums: ShiftSums, currency: Currency): readonly Carried[] {
  return carriedKinds.flatMap((kind) => {
    const own = sums.carriedOver.filter((entry) => entry.kind === kind);
    const currencies = [...new Set(own.map(({ amount }) => amount.currency))].toSorted((left, right) => Number(right === currency) - Number(left === currency));
    const amounts = currencies.map((each) => makeAmount(own.reduce((sum, { amount }) => sum + (amount.currency === each ? amount.minor : 0), 0), each));
    return own.length === 0 ? [] : [{ kind, count: own.length, amounts }];
  });
}

const carriedKinds: readonly CarriedOver['kind'][] = ['payment', 'refund'];
