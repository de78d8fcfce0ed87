/** The payments that payers dispute since a shift was closed last, read from the journal: a start tells them again. */
import { paymentEntry } from '../journal/journal.ts';
import type { JournalReader } from '../journal/storage.ts';

export interface Dispute {
  readonly gateway: string;
  /** The receipt's. */
  readonly number: string;
}

/** More than a shop writes in a month: a till that never closes a shift looks back no further, so that it starts as fast as others. */
const rowsMost = 100_000;

/** Oldest first. Whoever closed a shift has read the ones before. */
export function disputesSinceClose(reader: JournalReader): readonly Dispute[] {
  const after = Math.max(lastClose(reader), reader.head().sequence - rowsMost);
  return reader.rowsOfType('disputed', after).flatMap(({ aggregate, payload }) => {
    const { attemptRef } = paymentEntry({ payload }).event;
    // Its own row and no fold: a payment that can't be made of its rows is disputed all the same.
    const created = reader.rowsOf(aggregate).filter(({ type }) => type === 'attemptCreated').map((row) => paymentEntry(row).event).find((event) => event.attemptRef === attemptRef);
    return created?.type === 'attemptCreated' ? [{ gateway: created.gateway, number: created.number }] : [];
  });
}

/** The row that closed a shift last; 0 where none ever was. */
function lastClose(reader: JournalReader): number {
  const newest = reader.shift('newest');
  if (newest === null) return 0;
  return newest.closedSequence ?? reader.shift(newest.number - 1)?.closedSequence ?? 0;
}
