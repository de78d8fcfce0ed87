/** Reasons that are chosen with one digit: the last is a sentence of one's own. Written down in the store's language. */
import { en } from '../words/en.ts';
import { zhCN, type WordKey } from '../words/zh-CN.ts';
import type { PadKey } from './keys.ts';
import type { TillScreen } from './state.ts';

export const sentenceMost = 120;

/** What was chosen: one of the list, or the sentence that stands for its last entry. */
export interface Reason {
  readonly index: number;
  readonly sentence: string | null;
}

/** Which entry a digit stands for; null where it stands for none. */
export function chosenIndex(key: PadKey, reasons: readonly WordKey[]): number | null {
  const index = /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
  return index >= 0 && index < reasons.length ? index : null;
}

export function isSentence(index: number, reasons: readonly WordKey[]): boolean {
  return index === reasons.length - 1;
}

/** What the journal keeps of a reason. */
export function reasonText(state: TillScreen, reason: Reason, reasons: readonly WordKey[]): string {
  if (reason.sentence !== null) return reason.sentence.trim();
  const word = reasons[reason.index];
  if (word === undefined) throw new Error('a reason that is in no list');
  return (state.status?.locale === 'en' ? en : zhCN)[word];
}
