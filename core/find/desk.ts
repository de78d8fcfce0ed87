/** The day's list at a running till: totals, pages, and what is checked before a shift opens or closes. */
import type { CarriedOver, DayPage, DayView, Instant, ListFilter, PaymentView, ShiftCheck, StatusLight } from '../contract/types.ts';
import type { TillConfiguration } from '../configuration.ts';
import type { Journal } from '../journal/journal.ts';
import { dayCursor, type DaySumRecord } from '../journal/storage.ts';
import type { Clock } from '../ports.ts';
import type { StaffDesk } from '../staff/desk.ts';
import { shiftDay } from '../time/civil-day.ts';
import { dayRow, dayTotals, grouped, withoutCash } from './day.ts';

export interface DayDeskPorts {
  readonly configuration: TillConfiguration;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly staff: StaffDesk;
  shiftIsOpen(): boolean;
  /** Payments with something open, of any day. */
  unsettled(): readonly PaymentView[];
}

/** The lights of the frame that are looked at before a shift. */
export interface CheckedLights {
  lights(): { readonly scanner: StatusLight; readonly printer: StatusLight; readonly journal: StatusLight; readonly gateways: readonly StatusLight[]; readonly clockCheckedAt: number | null };
}

export class DayDesk {
  private readonly ports: DayDeskPorts;

  constructor(ports: DayDeskPorts) {
    this.ports = ports;
  }

  day(day: string, filter: ListFilter): DayView {
    const before = shiftDay(day, -1);
    const sumsBefore = this.sums(before, filter);
    const totalsBefore = dayTotals(sumsBefore);
    return {
      day,
      totals: dayTotals(this.sums(day, filter)),
      weekBefore: grouped(this.sums(shiftDay(day, -7), filter), (sum) => String(sum.hour).padStart(2, '0')),
      dayBefore: totalsBefore.rows === 0 ? null : { day: before, byCurrency: totalsBefore.byCurrency, open: totalsBefore.open.reduce((count, sum) => count + sum.count, 0) },
      unsettled: this.ports.unsettled(),
      cashShown: this.cashShown(),
    };
  }

  page(day: string, filter: ListFilter, after: string | null, count: number): DayPage {
    const rows = this.ports.journal.reader.dayRows({ fromDay: day, toDay: day, filter, after, count });
    const last = rows.at(-1);
    return { day, rows: rows.map((row) => dayRow(row, (operatorId) => this.ports.staff.name(operatorId))), next: last === undefined || rows.length < count ? null : dayCursor(last) };
  }

  now(): Instant {
    return this.ports.clock.wall();
  }

  private sums(day: string, filter: ListFilter): readonly DaySumRecord[] {
    const sums = this.ports.journal.reader.daySums({ fromDay: day, toDay: day, filter });
    return this.cashShown() ? sums : withoutCash(sums);
  }

  /** Whoever will count the drawer must not read its sum before: a cashier with an open shift sees counts alone. */
  cashShown(): boolean {
    const { staff, configuration } = this.ports;
    const { state, person } = staff.status();
    const mayKnow = state === 'signedIn' && person !== null && person.role !== 'cashier';
    return !staff.isOn() || !configuration.cash.on || !this.ports.shiftIsOpen() || mayKnow;
  }

  checks(carried: readonly CarriedOver[], lights: CheckedLights, backup: 'none' | 'written' | 'failed'): readonly ShiftCheck[] {
    const { scanner, printer, journal, gateways, clockCheckedAt } = lights.lights();
    const light = (what: ShiftCheck['what'], one: StatusLight): ShiftCheck => ({ what, fine: one.light === 'ready', count: 0, minor: 0 });
    return [
      this.carried('openPayments', carried.filter((one) => one.kind === 'payment')),
      this.carried('openRefunds', carried.filter((one) => one.kind === 'refund')),
      light('journal', journal), light('printer', printer), light('scanner', scanner),
      { what: 'gateways', fine: gateways.every((one) => one.light === 'ready'), count: gateways.filter((one) => one.light !== 'ready').length, minor: 0 },
      // What nobody has looked at yet is no line: neither fine nor wrong.
      ...(clockCheckedAt === null ? [] : [{ what: 'clock', fine: true, count: 0, minor: 0 } as const]),
      ...(backup === 'none' ? [] : [{ what: 'backup', fine: backup === 'written', count: 0, minor: 0 } as const]),
    ];
  }

  /** Sums in the store's currency alone; the count has all. */
  private carried(what: ShiftCheck['what'], carried: readonly CarriedOver[]): ShiftCheck {
    const { currency } = this.ports.configuration.store;
    const minor = carried.reduce((sum, one) => sum + (one.amount.currency === currency ? one.amount.minor : 0), 0);
    return { what, fine: carried.length === 0, count: carried.length, minor };
  }
}
