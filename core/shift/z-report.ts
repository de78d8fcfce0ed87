/** X and Z: a shift's report, and the same Z made again from the journal's rows, to the byte. */
import type { CarriedOver, PersonName, ShiftSums, XReport, ZReport } from '../contract/types.ts';
import type { MoveRecord } from '../journal/storage.ts';
import { makeAmount } from '../money/amount.ts';
import type { Instant } from '../ports.ts';
import type { EventTime } from '../payment/events.ts';
import { openShiftView, type Shift } from './shift.ts';
import { shiftSums, sumMoves } from './sums.ts';

/** What the close itself adds to a Z. */
export interface CloseFacts {
  readonly time: EventTime;
  readonly by: PersonName;
  readonly differenceReason: string | null;
  readonly leftMinor: number;
  /** Null in a shop without a drawer. */
  readonly countedMinor: number | null;
}

/** The Z of a shift; it has the shift's number. */
export function zReport(shift: Shift, close: CloseFacts, sums: ShiftSums): ZReport {
  const { opened } = shift;
  const { currency } = opened;
  return {
    number: shift.number,
    shift: shift.number,
    terminalId: opened.terminalId,
    openedAt: opened.time.wall,
    openedBy: opened.by,
    closedAt: close.time.wall,
    closedBy: close.by,
    float: makeAmount(opened.floatMinor, currency),
    sums,
    counted: close.countedMinor === null ? null : makeAmount(close.countedMinor, currency),
    differenceMinor: close.countedMinor === null ? 0 : close.countedMinor - sums.expectedDrawerMinor,
    differenceReason: close.differenceReason,
    recounts: Math.max(0, shift.counts.length - 1),
    left: makeAmount(close.leftMinor, currency),
    training: opened.training,
  };
}

/** The X of an open shift. Until a supervisor shows them, cash sums and the expected drawer are 0; counts and moves stay. */
export function xReport(shift: Shift, sums: ShiftSums, seen: { readonly at: Instant; readonly by: PersonName | null; readonly cashShown: boolean }): XReport {
  return { shift: openShiftView(shift, sums.expectedDrawerMinor), ...seen, sums: seen.cashShown ? sums : withoutCash(sums) };
}

function withoutCash(sums: ShiftSums): ShiftSums {
  const tenders = sums.tenders.map((tender) => (tender.gateway === 'cash' ? { ...tender, salesMinor: 0, refundsMinor: 0 } : tender));
  return { ...sums, tenders, cashReturned: { ...sums.cashReturned, minor: 0 }, expectedDrawerMinor: 0 };
}

/** The one text of a Z: JSON with sorted keys. Two Zs are the same exactly where their texts are. */
export function zText(z: ZReport): string {
  return JSON.stringify(z, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  });
}

/** A closed shift and what its range of rows moved. */
export interface ClosedRange {
  /** Folded up to and with its close. */
  readonly shift: Shift;
  /** The row that closed the shift before (0 for the first), and the one that closed this one. */
  readonly afterSequence: number;
  readonly upToSequence: number;
  /** The row that opened it: the drawer counts from there. */
  readonly openedSequence: number;
  readonly moves: readonly MoveRecord[];
  /** What is without an outcome after the closing row. */
  readonly carriedOver: readonly CarriedOver[];
}

/** The Z of a closed shift made again. Reads nothing of the Z that the closing row holds. Throws where the shift is open. */
export function zMadeAgain({ shift, afterSequence, upToSequence, openedSequence, moves, carriedOver }: ClosedRange): ZReport {
  const { opened, closed } = shift;
  if (closed === null) throw new Error(`shift ${shift.number} is open`);
  const sums = shiftSums({
    afterSequence, upToSequence, carriedOver,
    moveSums: sumMoves(moves),
    drawerSums: sumMoves(moves.filter((move) => move.sequence > openedSequence)),
    drawerMoves: shift.moves,
    float: { minor: opened.floatMinor, currency: opened.currency },
  });
  const { time, by, differenceReason, leftMinor } = closed;
  const countedMinor = closed.counted ? (shift.counts.at(-1)?.countedMinor ?? null) : null;
  return zReport(shift, { time, by, differenceReason, leftMinor, countedMinor }, sums);
}
