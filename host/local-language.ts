/** The language of this machine, as far as the till speaks it. */
import type { Locale } from '../core/contract/types.ts';

export function localeOf(languageTag: string): Locale {
  return /^zh\b/i.test(languageTag.replace('_', '-')) ? 'zh-CN' : 'en';
}

export function systemLocale(): Locale {
  return localeOf(Intl.DateTimeFormat().resolvedOptions().locale);
}
