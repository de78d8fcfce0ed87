/** What a range of the journal's rows says about money: the sums of X and Z, by sequence and never by a clock (CASES 39). */
import type { CarriedOver, DrawerMove, ShiftSums, TenderSum } from '../contract/types.ts';
import type { MoveRecord, MoveSum } from '../journal/storage.ts';
import type { Currency } from '../money/currency.ts';

/** What the drawer should hold: float + cash sales − taken back − cash refunds + in − out, in the drawer's currency alone. */
export function expectedDrawer(float: { readonly minor: number; readonly currency: Currency }, sums: readonly MoveSum[]): number {
  return sums.reduce((held, sum) => held + drawerEffect(sum, float.currency), float.minor);
}

function drawerEffect(sum: MoveSum, currency: Currency): number {
  if (sum.gateway !== 'cash' || sum.currency !== currency) return 0;
  switch (sum.kind) {
    case 'sale':
    case 'drawerIn':
      return sum.minor;
    case 'refund':
    case 'cashReturned':
    case 'drawerOut':
      return -sum.minor;
    case 'outsideRefund':
    case 'settledPaid':
    case 'settledNotPaid':
    case 'settledRefunded':
    case 'drawerOpened':
      return 0;
  }
}

export interface SumsInput {
  /** The row that closed the shift before; 0 for the first shift. */
  readonly afterSequence: number;
  /** For a Z the row that closes it. */
  readonly upToSequence: number;
  /** The sums of that range, in any order. */
  readonly moveSums: readonly MoveSum[];
  /** The sums after the row that opened the shift: what moved the drawer before was there when the float was counted. */
  readonly drawerSums: readonly MoveSum[];
  readonly drawerMoves: readonly DrawerMove[];
  readonly carriedOver: readonly CarriedOver[];
  readonly float: { readonly minor: number; readonly currency: Currency };
}

/**
 * The sums of a shift. Every list has one order of its own, whatever order it came in, so that the same rows give the
 * same text. A cash sale that was taken back is in no tender: it stands under `cashReturned` alone.
 */
export function shiftSums(input: SumsInput): ShiftSums {
  const { moveSums, float } = input;
  const cashReturned = moveSums.filter((sum) => sum.kind === 'cashReturned');
  return {
    afterSequence: input.afterSequence,
    upToSequence: input.upToSequence,
    tenders: tenderSums(moveSums),
    settled: [
      ...apart(moveSums, 'settledPaid', { as: 'paid' } as const),
      ...apart(moveSums, 'settledNotPaid', { as: 'notPaid' } as const),
      ...apart(moveSums, 'settledRefunded', { as: 'refunded' } as const),
    ],
    outsideRefunds: apart(moveSums, 'outsideRefund', {}),
    cashReturned: { count: total(cashReturned, 'count'), minor: total(cashReturned, 'minor') },
    carriedOver: input.carriedOver.toSorted(byText((one) => `${String(one.startedAt).padStart(16, '0')} ${one.kind} ${one.reference}`)),
    moves: input.drawerMoves,
    expectedDrawerMinor: expectedDrawer(float, input.drawerSums),
    drawerOpenings: total(moveSums.filter((sum) => sum.kind === 'drawerOpened'), 'count'),
  };
}

function tenderSums(moveSums: readonly MoveSum[]): TenderSum[] {
  const tenders = new Map<string, TenderSum>();
  for (const sum of moveSums) {
    if (sum.kind !== 'sale' && sum.kind !== 'refund' && sum.kind !== 'cashReturned') continue;
    const { gateway, wallet, currency, count, minor } = sum;
    const key = `${currency} ${gateway} ${wallet}`;
    const before = tenders.get(key) ?? { gateway, wallet, currency, sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0 };
    const sign = sum.kind === 'cashReturned' ? -1 : 1;
    tenders.set(key, sum.kind === 'refund'
      ? { ...before, refunds: before.refunds + count, refundsMinor: before.refundsMinor + minor }
      : { ...before, sales: before.sales + sign * count, salesMinor: before.salesMinor + sign * minor });
  }
  return [...tenders.values()].toSorted(byText((one) => `${one.currency} ${one.gateway} ${one.wallet}`));
}

type CurrencySum<Extra> = Extra & { readonly currency: Currency; readonly count: number; readonly minor: number };

/** The sums of one kind by currency, with `extra` in each. */
function apart<Extra extends object>(moveSums: readonly MoveSum[], kind: MoveSum['kind'], extra: Extra): CurrencySum<Extra>[] {
  const sums = new Map<Currency, CurrencySum<Extra>>();
  for (const sum of moveSums) {
    if (sum.kind !== kind) continue;
    const before = sums.get(sum.currency);
    sums.set(sum.currency, { ...extra, currency: sum.currency, count: (before?.count ?? 0) + sum.count, minor: (before?.minor ?? 0) + sum.minor });
  }
  return [...sums.values()].toSorted(byText((one) => one.currency));
}

function total(sums: readonly MoveSum[], field: 'count' | 'minor'): number {
  return sums.reduce((before, sum) => before + sum[field], 0);
}

/** By code units: an order that no language setting changes. */
function byText<One>(textOf: (one: One) => string): (left: One, right: One) => number {
  return (left, right) => {
    const [one, other] = [textOf(left), textOf(right)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
}

/** The sums of single moves, as `moveSums` of the journal gives them: for reports made again from the rows. */
export function sumMoves(moves: Iterable<MoveRecord>): readonly MoveSum[] {
  const sums = new Map<string, MoveSum>();
  for (const { kind, gateway, wallet, currency, minor } of moves) {
    const key = `${kind} ${gateway} ${wallet} ${currency}`;
    const before = sums.get(key);
    sums.set(key, { kind, gateway, wallet, currency, count: (before?.count ?? 0) + 1, minor: (before?.minor ?? 0) + minor });
  }
  return [...sums.values()];
}
