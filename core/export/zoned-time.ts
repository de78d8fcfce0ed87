/** ISO 8601 times with the offset of the shop's time zone: exact to a machine, and readable by people. */
import type { Instant } from '../ports.ts';
import { civilDay, daysSince1970 } from '../time/civil-day.ts';
import { localTime } from '../time/day.ts';

const minute = 60_000;

/** Clocks change on quarters of an hour, in every zone and every law of this century. */
const quarter = 15 * minute;

/**
 * Makes `2026-11-21T10:42:19+08:00` of an instant. The offset of a quarter of an hour is asked for once: asking for each row
 * would take longer than everything else.
 */
export function zonedTime(timezone: string): (instant: Instant) => string {
  let askedQuarter = Number.NaN;
  let offset = 0;
  return (instant) => {
    const thisQuarter = Math.floor(instant / quarter);
    if (thisQuarter !== askedQuarter) {
      askedQuarter = thisQuarter;
      offset = offsetMinutes(instant, timezone);
    }
    return isoText(instant, offset);
  };
}

function offsetMinutes(instant: Instant, timezone: string): number {
  const local = localTime(instant, timezone);
  const clock = daysSince1970(Number(local.year), Number(local.month), Number(local.day)) * 1440 + Number(local.hour) * 60 + Number(local.minute);
  return clock - Math.floor(instant / minute);
}

function isoText(instant: Instant, offset: number): string {
  const seconds = Math.floor(instant / 1000) + offset * 60;
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const sign = offset < 0 ? '-' : '+';
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${civilDay(days)}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}${zone}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
