/** One shift, folded from its rows. */
import type { CountView, DrawerMove, OpenShift } from '../contract/types.ts';
import { makeAmount } from '../money/amount.ts';
import type { DrawerCounted, ShiftClosed, ShiftEvent, ShiftOpened } from './events.ts';

export interface Shift {
  readonly number: number;
  readonly opened: ShiftOpened;
  /** Oldest first. */
  readonly moves: readonly DrawerMove[];
  readonly counts: readonly DrawerCounted[];
  /** How often the cash sums were shown before a count. */
  readonly timesShown: number;
  readonly closed: ShiftClosed | null;
}

/** The shift of these rows; null where there are none. Throws where they are no shift's: a broken invariant. */
export function shiftOf(events: Iterable<ShiftEvent>): Shift | null {
  let shift: Shift | null = null;
  for (const event of events) shift = stepShift(shift, event);
  return shift;
}

export function stepShift(shift: Shift | null, event: ShiftEvent): Shift {
  if (event.type === 'shiftOpened') {
    if (shift !== null) throw new Error(`shift ${event.number} is opened twice`);
    return { number: event.number, opened: event, moves: [], counts: [], timesShown: 0, closed: null };
  }
  if (shift === null || shift.closed !== null) throw new Error(`${event.type} without an open shift`);
  switch (event.type) {
    case 'cashMoved': {
      const { direction, reason, by, approvedBy } = event;
      const move = { at: event.time.wall, direction, amount: makeAmount(event.minor, shift.opened.currency), reason, by, approvedBy };
      return { ...shift, moves: [...shift.moves, move] };
    }
    case 'drawerCounted':
      return { ...shift, counts: [...shift.counts, event] };
    case 'expectedShown':
      return { ...shift, timesShown: shift.timesShown + 1 };
    case 'shiftClosed':
      return { ...shift, closed: event };
  }
}

/** The counts that still hold: those made since the drawer last moved. At most two, the second is the recount. */
export function standingCounts(shift: Shift, expectedMinor: number): readonly DrawerCounted[] {
  const firstStanding = shift.counts.findLastIndex((count) => count.expectedMinor !== expectedMinor) + 1;
  return shift.counts.slice(firstStanding);
}

/** What the newest count found; null where the drawer wasn't counted since it last moved. */
export function countView(shift: Shift, expectedMinor: number): CountView | null {
  const counts = standingCounts(shift, expectedMinor);
  const newest = counts.at(-1);
  if (newest === undefined) return null;
  const { currency } = shift.opened;
  return {
    counted: makeAmount(newest.countedMinor, currency),
    expected: makeAmount(expectedMinor, currency),
    differenceMinor: newest.countedMinor - expectedMinor,
    recountUsed: counts.length > 1,
  };
}

/** A shift that is open, as screens see it. */
export function openShiftView(shift: Shift, expectedMinor: number): OpenShift {
  const { opened } = shift;
  return {
    number: shift.number,
    openedAt: opened.time.wall,
    openedBy: opened.by,
    float: makeAmount(opened.floatMinor, opened.currency),
    count: countView(shift, expectedMinor),
  };
}
