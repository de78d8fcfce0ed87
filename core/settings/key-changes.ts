/** From what a screen wants to the keys of settings.json that differ, so that nothing else in the file is touched. */
import type { SettingsChange } from '../contract/types.ts';
import type { KeyChange } from './store.ts';

type Raw = Readonly<Record<string, unknown>>;

/** The keys that a change makes different, in the order of the file's sections. */
export function keyChanges(change: SettingsChange, raw: Raw): readonly KeyChange[] {
  const wanted: KeyChange[] = [];
  if (change.refundReasons !== undefined) wanted.push({ path: ['refund', 'reasons'], value: change.refundReasons });
  if (change.receipt !== undefined) wanted.push({ path: ['receipt', 'header'], value: change.receipt.header }, { path: ['receipt', 'footer'], value: change.receipt.footer });
  return wanted.filter(({ path, value }) => !sameValue(valueAt(raw, path) ?? [], value));
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(raw: unknown, path: readonly string[]): unknown {
  let value = raw;
  for (const key of path) {
    if (!isGroup(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** The lines of a list of texts; none where there is no such list. */
export function linesOf(raw: unknown, path: readonly string[]): readonly string[] {
  const value = valueAt(raw, path);
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string') : [];
}

export function isGroup(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values read from JSON are the same; the order of a group's keys doesn't matter. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((item, index) => sameValue(item, right[index]));
  if (isGroup(left) && isGroup(right)) {
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]));
  }
  return left === right;
}
