/** UMS' times: no section names a zone, so they are Asia/Shanghai (ERRATA), eight hours ahead of Greenwich without summer time. */
import type { Instant } from '../../ports.ts';
import { civilDay, dayStart } from '../../time/civil-day.ts';
import { dayAtOffset } from '../../time/day.ts';

const offsetMinutes = 480;

/** `2019-02-15 13:45:09`, the form of every time in the document. */
export function chinaText(instant: Instant): string {
  const day = civilDay(dayAtOffset(instant, offsetMinutes));
  const seconds = Math.floor((instant - dayStart(day, offsetMinutes)) / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${day} ${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

/** `20190215134509`, the form in the signature (FIELD). */
export function compactChinaText(instant: Instant): string {
  return chinaText(instant).replace(/[^0-9]/g, '');
}

/** The instant of a time in an answer; null for any other text, and for a time that no clock shows. */
export function chinaInstant(text: string): Instant | null {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2}):(\d{2})$/.exec(text);
  if (match === null) return null;
  const [, day = '', hours, minutes, seconds] = match;
  const instant = dayStart(day, offsetMinutes) + (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  // The 31st of February and 25:00:00 come back as another text.
  return chinaText(instant) === text ? instant : null;
}
