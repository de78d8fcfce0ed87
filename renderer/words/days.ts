/** Days, spans of days, amounts with a sign and large numbers as people read them. */
import type { Amount, Locale } from '../../core/contract/types.ts';
import { amountText } from '../../core/money/amount.ts';
import { dayStart, type Days } from '../machine/days.ts';

const weekdays: Readonly<Record<Locale, readonly string[]>> = {
  'zh-CN': ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

export function weekdayWords(day: string, locale: Locale): string {
  return weekdays[locale][new Date(dayStart(day)).getUTCDay()] ?? '';
}

/** `11 月 20 日`, `20 November`; `short` is `11-20`, `20 Nov`. */
export function dayWords(day: string, locale: Locale, length: 'long' | 'short' = 'long'): string {
  const [, month, date] = day.split('-').map(Number);
  const name = months[(month ?? 1) - 1] ?? '';
  if (locale === 'zh-CN') return length === 'short' ? day.slice(5) : `${month} 月 ${date} 日`;
  return `${date} ${length === 'short' ? name.slice(0, 3) : name}`;
}

/** `11 月 20 日 星期四`, `Thursday 20 November`. */
export function fullDayWords(day: string, locale: Locale): string {
  const weekday = weekdayWords(day, locale);
  return locale === 'zh-CN' ? `${dayWords(day, locale)} ${weekday}` : `${weekday} ${dayWords(day, locale)}`;
}

/** `11 月 1 日到 20 日`, `1 to 20 November`: the month once where both days are in it. */
export function spanWords({ fromDay, toDay }: Days, locale: Locale, length: 'long' | 'short' = 'long'): string {
  if (fromDay === toDay) return dayWords(toDay, locale, length);
  const sameMonth = fromDay.slice(0, 7) === toDay.slice(0, 7);
  if (locale === 'zh-CN' && length === 'short') return `${dayWords(fromDay, locale, length)} 到 ${dayWords(toDay, locale, length)}`;
  if (locale === 'zh-CN') return `${dayWords(fromDay, locale)}到${sameMonth ? ` ${Number(toDay.slice(8))} 日` : ` ${dayWords(toDay, locale)}`}`;
  return `${sameMonth ? String(Number(fromDay.slice(8))) : dayWords(fromDay, locale, length)} to ${dayWords(toDay, locale, length)}`;
}

/** `61,200`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A reference that is too long for its place: the beginning and the end, by which people tell them apart. */
export function shortReference(text: string, most = 18): string {
  return text.length <= most ? text : `${text.slice(0, most - 7)}…${text.slice(-6)}`;
}

/** With a real minus, and a plus where it was asked for: `−38.50`, `+12.00`. */
export function signedText(amount: Amount, plus = false): string {
  const text = amountText({ ...amount, minor: Math.abs(amount.minor) });
  return amount.minor < 0 ? `−${text}` : plus && amount.minor > 0 ? `+${text}` : text;
}

/** `1.9 MB`, `214 KB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
