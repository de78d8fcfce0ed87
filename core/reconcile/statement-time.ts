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
