/** Times and spans as the screens write them, in the store's time zone. */
import type { Instant, Locale } from '../../core/contract/types.ts';

type Detail = 'minutes' | 'seconds' | 'milliseconds';

const formats = new Map<string, Intl.DateTimeFormat>();

/** `10:42:19` in the store's zone; `10:42` with `minutes`, `10:42:19.108` with `milliseconds`. */
export function clockText(at: Instant, timezone: string | undefined, detail: Detail = 'seconds'): string {
  const text = formatOf(timezone, detail).format(at);
  return detail === 'milliseconds' ? `${text}.${String(at % 1000).padStart(3, '0')}` : text;
}

/** `11-20 10:42`, for what is not from today. */
export function dayText(at: Instant, timezone: string | undefined): string {
  const parts = formatOf(timezone, 'minutes', true).formatToParts(at);
  const part = (type: string): string => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

/** `2025 年 11 月 20 日 10:42:19`, `20 Nov 2025, 10:42:19`: as a receipt says it. */
export function dateText(at: Instant, timezone: string | undefined, locale: Locale): string {
  const zone = timezone === undefined ? {} : { timeZone: timezone };
  const parts = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: locale === 'en' ? 'short' : 'numeric', day: 'numeric', ...zone }).formatToParts(at);
  const part = (type: string): string => parts.find((candidate) => candidate.type === type)?.value ?? '';
  const time = clockText(at, timezone);
  if (locale === 'en') return `${part('day')} ${part('month')} ${part('year')}, ${time}`;
  return `${part('year')} 年 ${part('month')} 月 ${part('day')} 日 ${time}`;
}

/** Whole seconds until then, never below 0. */
export function secondsUntil(at: Instant, now: Instant): number {
  return Math.max(0, Math.ceil((at - now) / 1000));
}

/** Whole seconds that have passed, never below 0. */
export function secondsSince(at: Instant, now: Instant): number {
  return Math.max(0, Math.floor((now - at) / 1000));
}

/** `00:21`, `12:05`. */
export function stopwatch(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `1:48`: what is left, in minutes and seconds. */
export function timeLeft(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function formatOf(timezone: string | undefined, detail: Detail, withDay = false): Intl.DateTimeFormat {
  const key = `${timezone}/${detail}/${withDay}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
    ...(detail === 'minutes' ? {} : { second: '2-digit' }),
    ...(withDay ? { month: '2-digit', day: '2-digit' } : {}),
    ...(timezone === undefined ? {} : { timeZone: timezone }),
  });
  formats.set(key, made);
  return made;
}
