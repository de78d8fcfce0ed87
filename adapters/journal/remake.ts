/** Makes projections again from the journal's own rows, where a migration asks for it. */
import type Database from 'better-sqlite3';
import type { JournalRow, RefundRecord } from '../../core/journal/storage.ts';
import { prepareAll } from './prepare.ts';
import { ProjectionWriter } from './projections.ts';
import { otherLookups, writes } from './statements.ts';

/** The engine's fold of one payment's rows; null where a row isn't what the engine makes of it. */
export type RefundsOf = (rows: readonly JournalRow[]) => readonly RefundRecord[] | null;

const paymentsWithRefunds = 'SELECT DISTINCT payment_id FROM refunds JOIN payments ON payments.row = refunds.payment';

/**
 * One payment after the other, and only those that have a refund: a till with a million of others starts as fast as before.
 * Throws without `refundsOf`, so that no journal is brought up to date by halves.
 */
export function remakeRefunds(database: Database.Database, refundsOf: RefundsOf | undefined): void {
  if (refundsOf === undefined) throw new Error('this journal is older than the program, and nobody said how its refunds are made again');
  const rowsOf = database.prepare<[string], JournalRow>(otherLookups.rowsOf);
  const projections = new ProjectionWriter(prepareAll(database, writes));
  for (const paymentId of database.prepare<[], string>(paymentsWithRefunds).pluck().all()) {
    const refunds = refundsAgain(rowsOf.all(paymentId), refundsOf);
    projections.apply({ payments: [], refunds, moves: [], shifts: [], printJobs: [], commands: [] });
  }
}

/** None where the rows make no sense: a till with such a journal starts all the same with what it has, and `verify` tells (CASES 30). */
function refundsAgain(rows: readonly JournalRow[], refundsOf: RefundsOf): readonly RefundRecord[] {
  try {
    return refundsOf(rows) ?? [];
  } catch {
    return [];
  }
}
