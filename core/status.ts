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
    showing: showing(configuration),
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

const everyWallet = ['wechat', 'alipay', 'unionpay'] as const;

/** Who can scan the codes of the gateway that shows them: one code serves all where no wallet can be asked for. */
function showing(configuration: TillConfiguration): TillStatus['showing'] {
  const id = configuration.routeShowing();
  const present = id === null ? null : (configuration.gateways.get(id)?.gateway.capabilities.present ?? null);
  if (present === null) return null;
  if (present.wallets.length === 0) return { wallets: everyWallet };
  return { wallets: present.wallets.length === 1 ? present.wallets : [] };
}
