/** Everything that can happen to a shift: the rows of the aggregate `shift-N`, and what they mean for the projections. */
import type { Denomination, DrawerMove, PersonName, ZReport } from '../contract/types.ts';
import type { MoveRecord } from '../journal/storage.ts';
import type { Currency } from '../money/currency.ts';
import type { EventTime } from '../payment/events.ts';

/** When, by whom and on which command. */
export interface ShiftAct {
  readonly time: EventTime;
  /** With the name they had then, so that a report made again names them as it did. */
  readonly by: PersonName;
  /** Null where no command of a screen asked for it (CASES 8). */
  readonly commandId: string | null;
}

export interface ShiftOpened extends ShiftAct {
  readonly type: 'shiftOpened';
  readonly number: number;
  readonly floatMinor: number;
  /** The store's: the drawer counts in it alone. */
  readonly currency: Currency;
  /** What the shift before left in the drawer; null where there was none. */
  readonly lastLeftMinor: number | null;
  /** Empty where the float was given as one sum. */
  readonly denominations: readonly Denomination[];
  readonly terminalId: string;
  readonly training: boolean;
}

/** Cash put in or taken out, or the drawer opened with nothing to book. */
export interface CashMoved extends ShiftAct {
  readonly type: 'cashMoved';
  readonly direction: DrawerMove['direction'];
  /** Zero for `opened`, else positive. */
  readonly minor: number;
  readonly reason: string;
  readonly approvedBy: PersonName | null;
}

/** A count. Only once it is journaled does anyone hear what it should have been. */
export interface DrawerCounted extends ShiftAct {
  readonly type: 'drawerCounted';
  readonly countedMinor: number;
  readonly expectedMinor: number;
  /** The second look at the same drawer. */
  readonly recount: boolean;
  readonly denominations: readonly Denomination[];
}

/** Somebody saw the cash sums before the count; `by` is who allowed it. */
export interface ExpectedShown extends ShiftAct {
  readonly type: 'expectedShown';
}

export interface ShiftClosed extends ShiftAct {
  readonly type: 'shiftClosed';
  /** Null where nothing differs. */
  readonly differenceReason: string | null;
  readonly leftMinor: number;
  /** True where the newest count stands in the Z; false in a shop without a drawer. */
  readonly counted: boolean;
  readonly z: ZReport;
}

export type ShiftEvent = ShiftOpened | CashMoved | DrawerCounted | ExpectedShown | ShiftClosed;

const shiftEventTypes: ReadonlySet<string> = new Set<ShiftEvent['type']>(['shiftOpened', 'cashMoved', 'drawerCounted', 'expectedShown', 'shiftClosed']);

export function shiftAggregate(number: number): string {
  return `shift-${number}`;
}

export function shiftNumber(aggregate: string): number {
  return Number(aggregate.slice('shift-'.length));
}

export function isShiftRow(row: { readonly type: string }): boolean {
  return shiftEventTypes.has(row.type);
}

export function shiftEvent(row: { readonly payload: string }): ShiftEvent {
  return JSON.parse(row.payload) as ShiftEvent;
}

const moveKinds: Readonly<Record<CashMoved['direction'], MoveRecord['kind']>> = { in: 'drawerIn', out: 'drawerOut', opened: 'drawerOpened' };

/** The row of the projection `moves` that this event makes at its sequence; null where it moves no cash. */
export function drawerMoveRecord(event: ShiftEvent, sequence: number, currency: Currency): MoveRecord | null {
  if (event.type !== 'cashMoved') return null;
  return { sequence, kind: moveKinds[event.direction], paymentId: null, refundRef: null, gateway: 'cash', wallet: 'cash', currency, minor: event.minor, operatorId: event.by.operatorId };
}
