/** The auditor's own account of money that became certain, row by row: what every X, Z and total must say. */
import { isGone, sumOf, type SeenAttempt, type SeenRefund } from './seen.ts';

export type MoveKind = 'sale' | 'refund' | 'outsideRefund' | 'cashReturned' | 'settledPaid' | 'settledNotPaid' | 'settledRefunded' | 'drawerIn' | 'drawerOut' | 'drawerOpened';

export interface Move {
  readonly sequence: number;
  readonly kind: MoveKind;
  /** Gateway id, or `cash`. */
  readonly gateway: string;
  readonly minor: number;
  readonly paymentId: string | null;
}

export interface TenderTotal {
  readonly sales: number;
  readonly salesMinor: number;
  readonly refunds: number;
  readonly refundsMinor: number;
}

export const nothing: TenderTotal = { sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0 };

export class Ledger {
  readonly moves: Move[] = [];

  attemptMoved(attempt: SeenAttempt, before: string | null, sequence: number): void {
    const { gateway, paymentId, amountMinor, state, isForeign } = attempt;
    if (isForeign || state === before) return;
    const add = (kind: MoveKind, minor = amountMinor): number => this.moves.push({ sequence, kind, gateway, minor, paymentId });
    if (state === 'paid') add('sale');
    if (before === 'paid' && gateway === 'cash' && state === 'reversed') add('cashReturned');
    if (state !== 'settled') return;
    // What was given back before the word is no part of what it says was paid.
    if (attempt.settledAs === 'paid') add('settledPaid', Math.max(0, amountMinor - sumOf(attempt.refunds, isGone)));
    else add('settledNotPaid');
  }

  refundMoved(refund: SeenRefund, before: string | null, sequence: number, attemptBefore: string): void {
    const { attempt, amountMinor: minor, state } = refund;
    if (state === before) return;
    const add = (kind: MoveKind): number => this.moves.push({ sequence, kind, gateway: attempt.gateway, minor, paymentId: attempt.paymentId });
    const hasGone = isGone(refund);
    // What a person recorded as paid stands apart, and so does what is given back of it.
    if (attemptBefore === 'settled' && attempt.settledAs === 'paid' && hasGone) add('settledRefunded');
    // Given back elsewhere it is told apart, also of what never was a sale here.
    if (state === 'refunded' && refund.way === 'outside' && attemptBefore !== 'settled') add('outsideRefund');
    if (attemptBefore !== 'paid') return;
    if (state === 'refunded' && refund.way !== 'outside') add('refund');
    if (state !== 'refunded' && hasGone) add('settledRefunded');
  }

  drawerMoved(direction: 'in' | 'out' | 'opened', minor: number, sequence: number): void {
    const kind = { in: 'drawerIn', out: 'drawerOut', opened: 'drawerOpened' } as const;
    this.moves.push({ sequence, kind: kind[direction], gateway: 'cash', minor, paymentId: null });
  }

  forget(): void {
    this.moves.length = 0;
  }

  /** Moves of rows after `after`, up to and with `upTo`. */
  within(after: number, upTo: number): readonly Move[] {
    return this.moves.filter(({ sequence }) => sequence > after && sequence <= upTo);
  }
}

/** Sums by gateway; a cash sale that was taken back is in none. */
export function tenders(moves: readonly Move[]): ReadonlyMap<string, TenderTotal> {
  const totals = new Map<string, TenderTotal>();
  for (const { kind, gateway, minor } of moves) {
    if (kind !== 'sale' && kind !== 'refund' && kind !== 'cashReturned') continue;
    const before = totals.get(gateway) ?? nothing;
    const sign = kind === 'cashReturned' ? -1 : 1;
    totals.set(gateway, kind === 'refund'
      ? { ...before, refunds: before.refunds + 1, refundsMinor: before.refundsMinor + minor }
      : { ...before, sales: before.sales + sign, salesMinor: before.salesMinor + sign * minor });
  }
  return totals;
}

/** What these moves did to the drawer. */
export function drawerEffect(moves: readonly Move[]): number {
  return moves.reduce((sum, { kind, gateway, minor }) => {
    if (gateway !== 'cash') return sum;
    if (kind === 'sale' || kind === 'drawerIn') return sum + minor;
    return kind === 'refund' || kind === 'cashReturned' || kind === 'drawerOut' ? sum - minor : sum;
  }, 0);
}

export function sumOfKind(moves: readonly Move[], kind: MoveKind): { readonly count: number; readonly minor: number } {
  const own = moves.filter((move) => move.kind === kind);
  return { count: own.length, minor: own.reduce((sum, { minor }) => sum + minor, 0) };
}
