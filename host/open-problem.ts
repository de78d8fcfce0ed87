/** Why no till could be opened, each with the sentences that a person is told. */
import { message, type Message } from '../core/contract/messages.ts';
import type { SettingsProblem } from '../core/contract/settings.ts';
import type { Locale } from '../core/contract/types.ts';
import { JournalUnavailable } from '../core/journal/storage.ts';

export type OpenProblem =
  | { readonly kind: 'missingSettings'; readonly path: string; readonly message: Message; readonly detail: string }
  | { readonly kind: 'settingsProblem'; readonly path: string; readonly problem: SettingsProblem; readonly message: Message; readonly detail: string }
  | { readonly kind: 'journalInUse' | 'journalNewer' | 'journalOlder' | 'journalBroken' | 'notWritable'; readonly message: Message; readonly detail: string };

export function missingSettings(path: string, locale: Locale): OpenProblem {
  const why = { 'zh-CN': `没有 ${path}`, en: `there is no ${path}` };
  return { kind: 'missingSettings', path, message: message('settingsWrong', { key: why[locale] }), detail: why.en };
}

export function wrongSettings(path: string, problem: SettingsProblem, locale: Locale): OpenProblem {
  return { kind: 'settingsProblem', path, problem, message: message('settingsWrong', { key: clauseOf(problem.sentence[locale]) }), detail: problem.sentence.en };
}

/** The sentence as it stands inside another: without the file's name before it and the full stop behind. */
function clauseOf(sentence: string): string {
  return sentence.replace(/^settings\.json /, '').replace(/[.。]$/, '');
}

/** What an error at opening means; an error that isn't the journal's is a broken invariant and stays one. */
export function journalProblem(error: unknown): OpenProblem {
  if (!(error instanceof JournalUnavailable)) throw error;
  const detail = error.message;
  switch (error.reason) {
    case 'inUse':
      return { kind: 'journalInUse', message: message('journalInUse'), detail };
    case 'newer':
      return { kind: 'journalNewer', message: message('journalNewer'), detail };
    case 'older':
      return { kind: 'journalOlder', message: message('journalOlder'), detail };
    case 'broken':
      // The file itself is no database any more, so no row of it is to blame.
      return { kind: 'journalBroken', message: message('journalBroken', { n: '1' }), detail };
    case 'notWritable':
    case 'settingsLost':
      return { kind: 'notWritable', message: message('journalNotWritable'), detail };
  }
}
