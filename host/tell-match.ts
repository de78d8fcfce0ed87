/** Tells a till what a match found that it must know of, in pages: between two of them it sells. */
import type { Message } from '../core/contract/messages.ts';
import type { PersonName, ReconcileResult } from '../core/contract/types.ts';
import type { BookedThere } from '../core/reconcile/differences.ts';
import type { FoundRefund } from '../core/refund/desk.ts';
import type { Till } from '../core/till.ts';

/** What is told beside the result itself; all of it, however many there are. */
export interface MatchNews {
  /** What the statement books under our numbers while the journal doesn't: reviews at once. */
  readonly booked: readonly BookedThere[];
  /** Refunds of our payments that the journal lacks. */
  readonly refundsMissing: readonly FoundRefund[];
  /** Whether it has all of ours in its days, so that what is not on it was not done. */
  readonly showsAll: boolean;
}

/** What was matched, and by whom. */
export type MatchOf = Pick<ReconcileResult, 'gateway' | 'fromDay' | 'toDay'> & { readonly by: PersonName };

/** Each of them is a row that is synced to the disk. */
const pageRows = 20;

/**
 * A restored journal holds the refunds that it lacks and goes on where all are held and
 * the statement can't lack any (CASES 29). Stops, the rest untold, where
 * `isEnding` says so: matching the statement again tells it. Gives why refunds there still wait; null where they don't.
 */
export async function tellMatch(till: Pick<Till, 'reconciled' | 'refundsBooked' | 'bookedElsewhere' | 'whyRefundsWait'>, match: MatchOf, { booked, refundsMissing, showsAll }: MatchNews, isEnding: () => boolean): Promise<Message | null> {
  const { gateway, fromDay, toDay, by } = match;
  let areHeld = true;
  await inPages(refundsMissing, isEnding, (refunds) => {
    areHeld = till.reconciled(gateway, { days: null, refunds }, by) && areHeld;
  });
  await inPages(booked.flatMap(({ refundRef }) => refundRef ?? []), isEnding, (refundRefs) => till.refundsBooked(refundRefs, by));
  await inPages(booked.flatMap(({ attemptRefs, refundRef }) => (refundRef === null ? attemptRefs : [])), isEnding, (attemptRefs) => till.bookedElsewhere(attemptRefs, by));
  if (areHeld && showsAll && fromDay !== null && toDay !== null && !isEnding()) till.reconciled(gateway, { days: { fromDay, toDay }, refunds: [] }, by);
  return isEnding() ? null : till.whyRefundsWait(gateway, areHeld ? (showsAll ? null : 'notAll') : 'notHeld');
}

async function inPages<Item>(items: readonly Item[], isEnding: () => boolean, take: (page: readonly Item[]) => void): Promise<void> {
  for (let from = 0; from < items.length && !isEnding(); from += pageRows) {
    take(items.slice(from, from + pageRows));
    await new Promise((resume) => setImmediate(resume));
  }
}
