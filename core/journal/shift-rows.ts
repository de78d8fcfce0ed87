/** Shifts as `verify` folds them: their records, the drawer's moves, and each Z made again from its rows. */
import { drawerMoveRecord, shiftEvent, type ShiftClosed } from '../shift/events.ts';
import { stepShift, type Shift } from '../shift/shift.ts';
import { zMadeAgain, zText } from '../shift/z-report.ts';
import type { CarriedOver } from '../contract/types.ts';
import type { JournalRow, MoveRecord, ShiftRecord } from './storage.ts';

export interface ShiftFold {
  readonly shifts: Map<number, ShiftRecord>;
  /** A move of the drawer, for the projection; it comes back by `moved`. */
  moved(move: MoveRecord): void;
  carriedOver(): readonly CarriedOver[];
}

export class ShiftFolder {
  private readonly fold: ShiftFold;
  private shift: Shift | null = null;
  private openedSequence = 0;
  private closedBefore = 0;
  /** What moved since the last close. */
  private moves: MoveRecord[] = [];

  constructor(fold: ShiftFold) {
    this.fold = fold;
  }

  /** Takes what a row moved, of a shift or of a payment. */
  moved(move: MoveRecord): void {
    this.moves.push(move);
  }

  /** Takes one row of a shift; says what is wrong with it, null where nothing is. */
  take(row: JournalRow): string | null {
    const event = shiftEvent(row);
    if (event.type === 'shiftOpened') {
      if (event.number !== (this.shift?.number ?? 0) + 1) return `shift ${event.number} follows shift ${this.shift?.number ?? 0}`;
      this.shift = null;
      this.openedSequence = row.sequence;
    }
    this.shift = stepShift(this.shift, event);
    const { number, opened } = this.shift;
    const move = drawerMoveRecord(event, row.sequence, opened.currency);
    if (move !== null) this.fold.moved(move);
    const closedSequence = event.type === 'shiftClosed' ? row.sequence : null;
    if (event.type === 'shiftOpened' || closedSequence !== null) this.fold.shifts.set(number, { number, openedSequence: this.openedSequence, closedSequence });
    return event.type === 'shiftClosed' ? this.takeClose(this.shift, event, row.sequence) : null;
  }

  private takeClose(shift: Shift, closed: ShiftClosed, sequence: number): string | null {
    const afterSequence = this.closedBefore;
    const moves = this.moves;
    this.closedBefore = sequence;
    this.moves = [];
    const made = zMadeAgain({ shift, afterSequence, openedSequence: this.openedSequence, upToSequence: sequence, moves, carriedOver: this.fold.carriedOver() });
    return zText(made) === zText(closed.z) ? null : `Z report ${closed.z.number} is not what its rows make`;
  }
}
