/** Which day an instant falls on: by a fixed offset for gateways, by the shop's time zone for people. */
import type { Instant } from '../ports.ts';

const millisecondsOfDay = 86_400_000;

/** Days since 1970-01-01 on a clock `offsetMinutes` east of Greenwich. */
export function dayAtOffset(instant: Instant, offsetMinutes: number): number {
  return Math.floor((instant + offsetMinutes * 60_000) / millisecondsOfDay);
}

/** The wall clock of a time zone, in parts, each with its usual number of digits. */
export interface LocalTime {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant on the wall clock of an IANA time zone. Throws on a zone that doesn't exist: settings have checked it. */
export function localTime(instant: Instant, timezone: string): LocalTime {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: timezone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    formats.set(timezone, format);
  }
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(instant)) parts[part.type] = part.value;
  const of = (name: string): string => parts[name] ?? '00';
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute'), second: of('second') };
}

/** The shop's day `2026-11-21`: hours before `dayChangeHour` belong to the day before. */
export function shopDay(instant: Instant, timezone: string, dayChangeHour: number): string {
  const now = localTime(instant, timezone);
  const today = `${now.year}-${now.month}-${now.day}`;
  if (Number(now.hour) >= dayChangeHour) return today;
  // Noon of the calendar day, one day earlier: no change of summer time is near noon.
  const before = localTime(instant - (Number(now.hour) + 12) * 3_600_000, timezone);
  return `${before.year}-${before.month}-${before.day}`;
}

/** `2026-11-21 10:42:19` in the shop's time zone. */
export function localText(instant: Instant, timezone: string): string {
  const now = localTime(instant, timezone);
  return `${now.year}-${now.month}-${now.day} ${now.hour}:${now.minute}:${now.second}`;
}

/** The shop's day, and the hour of its clock, as the journal's rows keep them. */
export function dayAndHour(instant: Instant, shop: { readonly timezone: string; readonly dayChangeHour: number }): { readonly day: string; readonly hour: number } {
  return { day: shopDay(instant, shop.timezone, shop.dayChangeHour), hour: Number(localTime(instant, shop.timezone).hour) };
}

/** `10:42` in the shop's time zone. */
export function clockText(instant: Instant, timezone: string): string {
  const { hour, minute } = localTime(instant, timezone);
  return `${hour}:${minute}`;
}
