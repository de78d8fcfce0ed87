/** The calendar's arithmetic on days `2026-11-21`, free of clocks and time zones. */
import type { Instant } from '../ports.ts';

const millisecondsOfDay = 86_400_000;

/** Days from 1970-01-01 by the civil calendar; months and dates begin at 1. */
export function daysSince1970(year: number, month: number, date: number): number {
  // Years counted from March, so that the leap day is a year's last day.
  const shifted = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1;
  return 365 * shifted + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + dayOfYear - 719_468;
}

/** The day that is `days` after 1970-01-01. */
export function civilDay(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return `${yearOfEra + era * 400 + (month <= 2 ? 1 : 0)}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** The day `count` days after `day`. */
export function shiftDay(day: string, count: number): string {
  return civilDay(daysOf(day) + count);
}

/** The instant at which a day begins on a clock `offsetMinutes` east of Greenwich. */
export function dayStart(day: string, offsetMinutes: number): Instant {
  return daysOf(day) * millisecondsOfDay - offsetMinutes * 60_000;
}

function daysOf(day: string): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return daysSince1970(year, month, date);
}
