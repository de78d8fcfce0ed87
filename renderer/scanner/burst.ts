/** A run of keys that follow each other closely, and what can be said of it by itself: a scan, a torn scan, or typing. */
import { digitRow, type DigitRow } from './key-characters.ts';

export interface BurstKey<Key> {
  readonly event: Key;
  readonly character: string;
}

export interface Burst<Key> {
  readonly keys: readonly BurstKey<Key>[];
  readonly start: number;
  readonly last: number;
  readonly widestGap: number;
}

export type BurstVerdict = 'scan' | 'garbled' | 'typing';

/** Shorter runs are no scan. */
const fewestScanCharacters = 6;
/** Longer ones are garbled: no code that a till is shown is longer. */
const mostScanCharacters = 1024;
/** Keys of a short burst closer than this can't be a person's. */
const machineGapMilliseconds = 25;

interface TimedKey {
  readonly code: string;
  readonly time: number;
}

export function burstFrom<Key extends TimedKey>(key: BurstKey<Key>): Burst<Key> {
  return { keys: [key], start: key.event.time, last: key.event.time, widestGap: 0 };
}

export function extended<Key extends TimedKey>(burst: Burst<Key>, key: BurstKey<Key>): Burst<Key> {
  const widestGap = Math.max(burst.widestGap, key.event.time - burst.last);
  // What is above the limit is counted once, so that the burst is garbled without growing.
  const keys = burst.keys.length > mostScanCharacters ? burst.keys : [...burst.keys, key];
  return { keys, start: burst.start, last: key.event.time, widestGap };
}

/** `suffixGap` is how soon Enter or Tab came after the last character; null where it didn't end the burst. */
export function judgeBurst<Key extends TimedKey>(burst: Burst<Key>, suffixGap: number | null): BurstVerdict {
  const count = burst.keys.length;
  if (count >= fewestScanCharacters) return count > mostScanCharacters || rowsOf(burst).size > 1 ? 'garbled' : 'scan';
  if (isZerosKey(burst, suffixGap)) return 'typing';
  const presses = suffixGap === null ? count : count + 1;
  // A suffix may lag behind a scanner's characters (up to 47 ms seen): it counts only where it is all there is.
  const gap = suffixGap !== null && count === 1 ? suffixGap : burst.widestGap;
  return presses >= 2 && gap <= machineGapMilliseconds ? 'garbled' : 'typing';
}

/** True where this key can be the next one of a code that `part` belongs to: a letter, or a digit of the same row of the keyboard. */
export function mayContinue<Key extends TimedKey>(part: Burst<Key>, key: BurstKey<Key>): boolean {
  const row = digitRow(key.event.code);
  return isOfCode(key) && part.keys.slice(-1).every(isOfCode) && (row === null || [...rowsOf(part)].every((other) => other === row));
}

/** Payment codes and receipt numbers are of letters and digits; a point or a plus between them is a person's. */
export function isOfCode({ character }: { readonly character: string }): boolean {
  return /^[0-9A-Za-z]$/.test(character);
}

function rowsOf<Key extends TimedKey>(burst: Burst<Key>): ReadonlySet<DigitRow> {
  return new Set(burst.keys.map((key) => digitRow(key.event.code)).filter((row) => row !== null));
}

/** The `00` or `000` key of a number pad sends its zeros as fast as a scanner. */
function isZerosKey<Key>({ keys }: Burst<Key>, suffixGap: number | null): boolean {
  const zeros = keys.length >= 2 && keys.length <= 3 && keys.every((key) => key.character === '0');
  return zeros && (suffixGap === null || suffixGap > machineGapMilliseconds);
}
