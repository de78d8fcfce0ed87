/** The shop's days as text, `2026-11-21`: today by the shop's clock, the days around one, and spans of days to export. */
import type { Instant, TillStatus } from '../../core/contract/types.ts';

/** What an export covers, counted back from the day on screen. */
export type DaySpan = 'day' | 'week' | 'month';

export interface Days {
  readonly fromDay: string;
  readonly toDay: string;
}

const millisecondsOfDay = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The shop's day of an instant: hours before the shop's change of day belong to the day before. */
export function shopDayOf(at: Instant, { timezone, dayChangeHour }: Pick<TillStatus, 'timezone' | 'dayChangeHour'>): string {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' });
    formats.set(timezone, format);
  }
  const parts = new Map(format.formatToParts(at).map((part) => [part.type, part.value]));
  const day = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  return Number(parts.get('hour')) < dayChangeHour ? dayPlus(day, -1) : day;
}

/** The calendar day so many days later. */
export function dayPlus(day: string, days: number): string {
  return textOf(dayStart(day) + days * millisecondsOfDay);
}

/** Midnight of a day on a clock without a time zone: only for counting and for its weekday. */
export function dayStart(day: string): Instant {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The days that an export covers: this one, the seven up to it, or its month as far as it has come. */
export function spanOf(day: string, span: DaySpan, today: string): Days {
  if (span === 'day') return { fromDay: day, toDay: day };
  if (span === 'week') return { fromDay: dayPlus(day, -6), toDay: day };
  const first = `${day.slice(0, 7)}-01`;
  const next = dayPlus(first, 31);
  const last = dayPlus(`${next.slice(0, 7)}-01`, -1);
  return { fromDay: first, toDay: last > today ? today : last };
}

function textOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}
