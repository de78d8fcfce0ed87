/** What may be done with a shift: each rule gives the event to journal, or says why not. */
import { message, type Message } from '../contract/messages.ts';
import type { Denomination, DrawerMove, PersonName, ShiftSums } from '../contract/types.ts';
import type { Currency } from '../money/currency.ts';
import type { CashMoved, DrawerCounted, ExpectedShown, ShiftAct, ShiftClosed, ShiftEvent, ShiftOpened } from './events.ts';
import { standingCounts, type Shift } from './shift.ts';
import { zReport } from './z-report.ts';

/** The event to journal, or a sentence. Nothing was changed yet in either case. */
export type ShiftDecision<Event extends ShiftEvent> = { readonly kind: 'done'; readonly event: Event } | { readonly kind: 'refused'; readonly message: Message };

export interface Opening {
  readonly floatMinor: number;
  readonly currency: Currency;
  readonly denominations: readonly Denomination[];
  readonly terminalId: string;
  readonly training: boolean;
}

/** Opens the shift after `newest` (null: the first ever). Numbers run on without a gap, and so do those of the Zs. */
export function openShift(newest: Shift | null, opening: Opening, act: ShiftAct): ShiftDecision<ShiftOpened> {
  if (newest !== null && newest.closed === null) return refused(message('shiftAlreadyOpen'));
  const lastLeftMinor = newest?.closed?.leftMinor ?? null;
  return { kind: 'done', event: { ...act, type: 'shiftOpened', number: (newest?.number ?? 0) + 1, ...opening, lastLeftMinor } };
}

export interface CashMove {
  readonly direction: Exclude<DrawerMove['direction'], 'opened'>;
  /** Zero opens the drawer with nothing to book. */
  readonly minor: number;
  readonly reason: string;
  readonly approvedBy: PersonName | null;
}

export function moveCash(shift: Shift | null, move: CashMove, act: ShiftAct): ShiftDecision<CashMoved> {
  if (!isOpen(shift)) return refused(message('shiftNotOpen'));
  return { kind: 'done', event: { ...act, type: 'cashMoved', direction: move.minor === 0 ? 'opened' : move.direction, minor: move.minor, reason: move.reason, approvedBy: move.approvedBy } };
}

/** A supervisor has the cash sums shown before the count. */
export function showExpected(shift: Shift | null, act: ShiftAct): ShiftDecision<ExpectedShown> {
  return isOpen(shift) ? { kind: 'done', event: { ...act, type: 'expectedShown' } } : refused(message('shiftNotOpen'));
}

export interface Count {
  readonly countedMinor: number;
  /** What the drawer should hold at this moment; told to nobody before the event is durable. */
  readonly expectedMinor: number;
  readonly denominations: readonly Denomination[];
}

/** One count and one recount of the same drawer. A count of before the drawer last moved holds no more: count anew. */
export function countDrawer(shift: Shift | null, count: Count, act: ShiftAct): ShiftDecision<DrawerCounted> {
  if (!isOpen(shift)) return refused(message('shiftNotOpen'));
  const standing = standingCounts(shift, count.expectedMinor).length;
  if (standing > 1) return refused(message('recountUsed'));
  return { kind: 'done', event: { ...act, type: 'drawerCounted', ...count, recount: standing === 1 } };
}

export interface Closing {
  /** Made for the range that the close's own row ends. */
  readonly sums: ShiftSums;
  /** False in a shop without a drawer: then nothing is counted. */
  readonly drawer: boolean;
  /** Closed from outside the counter: the Z says that nobody counted, and what should be there stays. */
  readonly uncounted: boolean;
  readonly differenceReason: string | null;
  /** What stays for the next shift; null leaves all that was counted. */
  readonly leftMinor: number | null;
}

/** Closes the shift with its Z. It can't be done twice. */
export function closeShift(shift: Shift | null, closing: Closing, act: ShiftAct): ShiftDecision<ShiftClosed> {
  if (!isOpen(shift)) return refused(message('shiftNotOpen'));
  const expectedMinor = closing.sums.expectedDrawerMinor;
  const count = closing.drawer && !closing.uncounted ? standingCounts(shift, expectedMinor).at(-1) : undefined;
  if (closing.drawer && !closing.uncounted && count === undefined) return refused(message('countFirst'));
  const countedMinor = count?.countedMinor ?? null;
  const differs = countedMinor !== null && countedMinor !== expectedMinor;
  const reason = closing.differenceReason?.trim() ?? '';
  if (differs && reason === '') return refused(message('differenceReasonMissing'));
  const heldMinor = countedMinor ?? (closing.drawer ? Math.max(0, expectedMinor) : 0);
  const leftMinor = closing.drawer ? (closing.leftMinor ?? heldMinor) : 0;
  // Taking out less than nothing would leave more than there is.
  if (leftMinor < 0 || leftMinor > heldMinor) return refused(message('takingsTooMuch'));
  const close = { differenceReason: differs ? reason : null, leftMinor };
  const z = zReport(shift, { time: act.time, by: act.by, ...close, countedMinor }, closing.sums);
  return { kind: 'done', event: { ...act, type: 'shiftClosed', ...close, counted: countedMinor !== null, z } };
}

function isOpen(shift: Shift | null): shift is Shift {
  return shift !== null && shift.closed === null;
}

function refused(said: Message): { readonly kind: 'refused'; readonly message: Message } {
  return { kind: 'refused', message: said };
}
