/** Counting the drawer note by note and coin by coin: how many of each, typed row by row. */
import type { Amount, Denomination } from '../../core/contract/types.ts';
import type { PadKey } from './keys.ts';

/** Digits typed for each denomination, by its value in minor units. */
export type Counts = Readonly<Record<number, string>>;

export const noCounts: Counts = {};
/** 99,999 pieces of one kind: more than a drawer holds. */
const digitsMost = 5;

/** The counts after one key in this row; null where the key is refused. */
export function typeCount(counts: Counts, value: Amount, key: PadKey): Counts | null {
  if (!/^[0-9]+$/.test(key)) return null;
  const typed = ((counts[value.minor] ?? '') + key).replace(/^0+(?=\d)/, '');
  return typed.length > digitsMost ? null : { ...counts, [value.minor]: typed };
}

export function emptyCount(counts: Counts, value: Amount): Counts {
  return { ...counts, [value.minor]: '' };
}

export function piecesOf(counts: Counts, value: Amount): number {
  return Number(counts[value.minor] ?? '');
}

export function countedMinor(counts: Counts, values: readonly Amount[]): number {
  return values.reduce((sum, value) => sum + value.minor * piecesOf(counts, value), 0);
}

export function countedPieces(counts: Counts, values: readonly Amount[]): readonly Denomination[] {
  return values.map((value) => ({ value, pieces: piecesOf(counts, value) }));
}

/** Up and down by arrows alone: digits are counts here. */
export function movedRow(row: number, key: PadKey, rows: number): number | null {
  const by = key === 'up' ? -1 : key === 'down' ? 1 : 0;
  const next = row + by;
  return by === 0 || next < 0 || next >= rows ? null : next;
}
