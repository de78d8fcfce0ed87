/** What a day's paper shows, read from the journal: the same for the till that prints it and for the command line that writes it into a file. */
import type { Instant, PersonName } from '../contract/types.ts';
import type { JournalReader } from '../journal/storage.ts';
import type { DayOnPaper } from '../receipt/day-receipt.ts';
import { dayRow, dayTotals, withoutCash } from './day.ts';

/** A longer list is no use on a roll of paper. */
const paperRowsMost = 300;

export interface DayPaperAbout {
  readonly printedAt: Instant;
  readonly cashShown: boolean;
  nameOf(operatorId: string): PersonName;
}

/** All rows of the day, whatever a screen was narrowed to; oldest first. */
export function dayOnPaper(reader: JournalReader, day: string, about: DayPaperAbout): DayOnPaper {
  const { printedAt, cashShown } = about;
  const query = { fromDay: day, toDay: day, filter: {} };
  const sums = reader.daySums(query);
  const totals = dayTotals(cashShown ? sums : withoutCash(sums));
  const rowsLeftOut = tooManyForPaper(totals.rows);
  const rows = rowsLeftOut > 0 ? [] : reader.dayRows({ ...query, after: null, count: totals.rows });
  return { day, printedAt, totals, rows: rows.map((row) => dayRow(row, (operatorId) => about.nameOf(operatorId))).toReversed(), rowsLeftOut, cashShown };
}

/** How many rows the day has, where they are too many for a roll of paper: then its totals print alone. 0 where they print. */
export function dayRowsLeftOut(reader: JournalReader, day: string): number {
  return tooManyForPaper(reader.daySums({ fromDay: day, toDay: day, filter: {} }).reduce((count, sum) => count + sum.rows, 0));
}

function tooManyForPaper(rows: number): number {
  return rows > paperRowsMost ? rows : 0;
}
