/** Reads an HTTP `Date` header: the only clock of a gateway that every answer carries. */
import type { Instant } from '../ports.ts';

/** Further apart, a clock is off: gateways sign with the time, and FIELD knows of none that forgives more than a few minutes. */
export const secondsApartMost = 120;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sat, 21 Nov 2026 02:57:26 GMT` as an instant; null for any other form (RFC 9110 5.6.7, IMF-fixdate). */
export function httpDate(text: string | undefined): Instant | null {
  const match = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text ?? '');
  if (!match) return null;
  const month = months.indexOf(match[2] ?? '');
  if (month < 0) return null;
  const days = daysBefore(Number(match[3]), month) + Number(match[1]) - 1;
  return (days * 86_400 + Number(match[4]) * 3600 + Number(match[5]) * 60 + Number(match[6])) * 1000;
}

/** Days from 1970-01-01 to the first of a month (0 is January), by the civil calendar. */
function daysBefore(year: number, month: number): number {
  // Years counted from March, so that the leap day is a year's last day.
  const shifted = month < 2 ? year - 1 : year;
  const monthFromMarch = (month + 10) % 12;
  const days = 365 * shifted + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + Math.floor((153 * monthFromMarch + 2) / 5);
  return days - 719_468;
}
