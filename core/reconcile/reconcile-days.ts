/** Where a statement's days begin and end: on the gateway's clock, or on the shop's where it has none. */
import type { Instant } from '../ports.ts';
import { dayStart, shiftDay } from '../time/civil-day.ts';
import { localTime } from '../time/day.ts';
import { profileOf, type KnownProfile } from './profiles.ts';
import type { StatementDays } from './statement.ts';

export function statementBounds(profiles: readonly KnownProfile[], days: StatementDays, gateway: string, timezone: string): { readonly from: Instant; readonly to: Instant } {
  const after = shiftDay(days.toDay, 1);
  const offset = profileOf(profiles, gateway)?.offsetMinutes ?? null;
  if (offset !== null) return { from: dayStart(days.fromDay, offset), to: dayStart(after, offset) };
  return { from: dayStartIn(days.fromDay, timezone), to: dayStartIn(after, timezone) };
}

/** Midnight of a day in a time zone. Where the clock skips midnight, the instant at which it does. */
function dayStartIn(day: string, timezone: string): Instant {
  const asUtc = dayStart(day, 0);
  // The offset at a first guess, and again at what it leads to: the clock may change in between.
  const first = asUtc - offsetAt(asUtc, timezone);
  return asUtc - offsetAt(first, timezone);
}

function offsetAt(instant: Instant, timezone: string): number {
  const local = localTime(instant, timezone);
  const clock = dayStart(`${local.year}-${local.month}-${local.day}`, 0) + (Number(local.hour) * 3600 + Number(local.minute) * 60 + Number(local.second)) * 1000;
  return clock - Math.floor(instant / 1000) * 1000;
}
