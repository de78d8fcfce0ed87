/** Days out of the times that statements print. */

/** The day `2026-11-21` of `2026-11-21 10:42:19`, `2026/11/21`, `20261121104219`, `2026年11月21日` or `21/11/2026`; null for anything else. */
export function dayOf(text: string): string | null {
  const yearFirst = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日|\b)|(\d{2})(\d{2})(?=\d{6}|\b))/u.exec(text.normalize('NFKC').trim());
  if (yearFirst) return dayText(yearFirst[1], yearFirst[2] ?? yearFirst[4], yearFirst[3] ?? yearFirst[5]);
  const dayFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b/u.exec(text.normalize('NFKC').trim());
  // Day before month, as Australia and China's neighbours write it; a month above 12 shows that it is the other way.
  if (!dayFirst) return null;
  return dayText(dayFirst[3], dayFirst[2], dayFirst[1]) ?? dayText(dayFirst[3], dayFirst[1], dayFirst[2]);
}

/** Every day that a line names, in the order of the text. */
export function daysIn(text: string): readonly string[] {
  return (text.normalize('NFKC').match(/\d{4}(?:[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{4}(?!\d))/gu) ?? []).flatMap((found) => dayOf(found) ?? []);
}

function dayText(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  const numbers = [Number(year), Number(month), Number(day)] as const;
  if (numbers[0] < 2000 || numbers[0] > 2199 || numbers[1] < 1 || numbers[1] > 12 || numbers[2] < 1 || numbers[2] > 31) return null;
  return `${numbers[0]}-${String(numbers[1]).padStart(2, '0')}-${String(numbers[2]).padStart(2, '0')}`;
}

const millisecondsOfDay = 86_400_000;

/** The instant at which a day `2026-11-21` begins on a clock `offsetMinutes` east of Greenwich. */
export function dayStart(day: string, offsetMinutes: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return daysSince1970(year, month, date) * millisecondsOfDay - offsetMinutes * 60_000;
}

/** The day `count` days after `day`. */
export function shiftDay(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return civilDay(daysSince1970(year, month, date) + count);
}

/** Days from 1970-01-01 by the civil calendar; years begin in March, so that the leap day is a year's last. */
function daysSince1970(year: number, month: number, date: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const fromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * fromMarch + 2) / 5) + date - 1;
  return 365 * shifted + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + dayOfYear - 719_468;
}

function civilDay(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
