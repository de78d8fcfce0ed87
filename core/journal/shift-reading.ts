/** Shifts read from a journal without a till: the X of the open one and the Zs of closed ones. */
import type { XReport, ZReport } from '../contract/types.ts';
import type { Clock } from '../ports.ts';
import { carriedOver, carriedOverUnread } from '../shift/carried-over.ts';
import { isShiftRow, shiftAggregate, shiftEvent } from '../shift/events.ts';
import { shiftOf, type Shift } from '../shift/shift.ts';
import { shiftSums } from '../shift/sums.ts';
import { xReport } from '../shift/z-report.ts';
import { readablePayment } from './journal.ts';
import type { JournalReader } from './storage.ts';

/** The Z of this number, as its close kept it; null where there is none. */
export function readZ(reader: JournalReader, number: number): ZReport | null {
  return readShift(reader, number)?.closed?.z ?? null;
}

/** The newest Z; null where no shift was ever closed. */
export function readNewestZ(reader: JournalReader): ZReport | null {
  const newest = reader.shift('newest');
  if (newest === null) return null;
  return readZ(reader, newest.closedSequence === null ? newest.number - 1 : newest.number);
}

/** The X of the open shift up to the newest row; null where none is open. Read it within one snapshot. */
export function readX(reader: JournalReader, clock: Clock): XReport | null {
  const record = reader.shift('newest');
  if (record === null || record.closedSequence !== null) return null;
  const shift = readShift(reader, record.number);
  if (shift === null) return null;
  // What came after the close before counts here, also from between two shifts (CASES 39).
  const afterSequence = record.number === 1 ? 0 : (reader.shift(record.number - 1)?.closedSequence ?? 0);
  const upToSequence = reader.head().sequence;
  const active = reader.payments({ by: 'takenUp' }).map((one) => ({ record: one, payment: readablePayment(reader.rowsOf(one.paymentId)) }));
  const carried = [...carriedOver(active.flatMap(({ payment }) => payment ?? [])), ...carriedOverUnread(active.flatMap(({ record: one, payment }) => (payment === null ? [one] : [])), reader)];
  const { floatMinor: minor, currency } = shift.opened;
  const sums = shiftSums({ afterSequence, upToSequence, moveSums: reader.moveSums({ afterSequence, upToSequence }), drawerSums: reader.moveSums({ afterSequence: record.openedSequence, upToSequence }), drawerMoves: shift.moves, carriedOver: carried, float: { minor, currency } });
  return xReport(shift, sums, { at: clock.wall(), by: null, cashShown: true });
}

function readShift(reader: JournalReader, number: number): Shift | null {
  return shiftOf(reader.rowsOf(shiftAggregate(number)).flatMap((row) => (isShiftRow(row) ? [shiftEvent(row)] : [])));
}
