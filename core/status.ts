/** The frame of the screens as data: what the till is, whether it sells, who is there, and what wants attention. */
import type { TillStatus } from './contract/types.ts';
import type { TillConfiguration } from './configuration.ts';
import type { TillLights } from './lights.ts';
import type { TillPhase } from './phase.ts';
import type { ShiftDesk } from './shift/desk.ts';
import type { StaffDesk } from './staff/desk.ts';

export interface StatusParts {
  readonly configuration: TillConfiguration;
  readonly phase: TillPhase;
  readonly lights: TillLights;
  readonly staff: StaffDesk;
  readonly shifts: ShiftDesk;
  /** Payments with something open. */
  readonly openCount: number;
  readonly restored: boolean;
}

export function tillStatus({ configuration, phase, lights, staff, shifts, openCount, restored }: StatusParts): TillStatus {
  const { version, store, terminalId, maximumAmount, training } = configuration;
  return {
    version,
    training: training !== null,
    phoneUrl: training?.phoneUrl ?? null,
    storeName: store.name,
    terminalId,
    timezone: store.timezone,
    locale: store.locale,
    currency: store.currency,
    maximumAmount,
    ...phase.status(),
    openCount,
    staff: staff.status(),
    shift: openShift(shifts),
    shiftNeeded: staff.isOn(),
    cash: configuration.cash,
    refund: configuration.refund,
    showing: configuration.routeShowing() !== null,
    tasks: [],
    restored,
    dayChangeHour: store.dayChangeHour,
    ...lights.lights(),
  };
}

function openShift(shifts: ShiftDesk): TillStatus['shift'] {
  const shift = shifts.current();
  return shift === null ? null : { number: shift.number, openedAt: shift.opened.time.wall, by: shift.opened.by };
}
