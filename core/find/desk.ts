/** The day's list at a running till: totals, pages, and what is checked before a shift opens or closes. */
import type { CarriedOver, DayPage, DayView, ListFilter, PaymentView, ShiftCheck, StatusLight } from '../contract/types.ts';
import type { TillConfiguration } from '../configuration.ts';
import type { Journal } from '../journal/journal.ts';
import { dayCursor, type DaySumRecord } from '../journal/storage.ts';
import { makeAmount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import type { Clock } from '../ports.ts';
import type { DayOnPaper } from '../receipt/day-receipt.ts';
import type { StaffDesk } from '../staff/desk.ts';
import { shiftDay } from '../time/civil-day.ts';
import { dayRow, dayTotals, grouped, withoutCash } from './day.ts';
import { dayOnPaper, dayRowsLeftOut } from './day-paper.ts';

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
  clockIsOff(): boolean;
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
      dayBefore: totalsBefore.rows === 0 ? null : { day: before, byCurrency: totalsBefore.byCurrency, open: totalsBefore.open },
      unsettled: this.ports.unsettled(),
      cashShown: this.cashShown(),
    };
  }

  page(day: string, filter: ListFilter, after: string | null, count: number): DayPage {
    const rows = this.ports.journal.reader.dayRows({ fromDay: day, toDay: day, filter, after, count });
    const last = rows.at(-1);
    return { day, rows: rows.map((row) => dayRow(row, (operatorId) => this.ports.staff.name(operatorId))), next: last === undefined || rows.length < count ? null : dayCursor(last) };
  }

  /** How many rows the day has, where they are too many for a roll of paper: then its totals print alone. 0 where they print. */
  rowsLeftOut(day: string): number {
    return dayRowsLeftOut(this.ports.journal.reader, day);
  }

  onPaper(day: string): DayOnPaper {
    const { journal, clock, staff } = this.ports;
    return dayOnPaper(journal.reader, day, { printedAt: clock.wall(), cashShown: this.cashShown(), nameOf: (operatorId) => staff.name(operatorId) });
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
    const { currency } = this.ports.configuration.store;
    const light = (what: ShiftCheck['what'], one: StatusLight): ShiftCheck => ({ what, fine: one.light === 'ready', count: 0, amounts: [] });
    return [
      carriedCheck('openPayments', carried.filter((one) => one.kind === 'payment'), currency),
      carriedCheck('openRefunds', carried.filter((one) => one.kind === 'refund'), currency),
      light('journal', journal), light('printer', printer), light('scanner', scanner),
      { what: 'gateways', fine: gateways.every((one) => one.light === 'ready'), count: gateways.filter((one) => one.light !== 'ready').length, amounts: [] },
      // What nobody has looked at yet is no line: neither fine nor wrong.
      ...(clockCheckedAt === null ? [] : [{ what: 'clock', fine: !lights.clockIsOff(), count: 0, amounts: [] } as const]),
      ...(backup === 'none' ? [] : [{ what: 'backup', fine: backup === 'written', count: 0, amounts: [] } as const]),
    ];
  }
}

/** Of every currency its own sum, the store's first: the Z carries them all. */
export function carriedCheck(what: ShiftCheck['what'], carried: readonly CarriedOver[], currency: Currency): ShiftCheck {
  const currencies = [...new Set(carried.map((one) => one.amount.currency))].toSorted((left, right) => Number(right === currency) - Number(left === currency) || (left < right ? -1 : 1));
  const amounts = currencies.map((each) => makeAmount(carried.reduce((sum, one) => sum + (one.amount.currency === each ? one.amount.minor : 0), 0), each));
  return { what, fine: carried.length === 0, count: carried.length, amounts };
}
