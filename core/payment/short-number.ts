/** The short number `T01-261121-0386`: for people, only ever a search (CASES 4). */
import type { JournalReader } from '../journal/storage.ts';

/** The next one of the shop's day, `day` being `2026-11-21`. */
export function newShortNumber(reader: JournalReader, terminalId: string, day: string): string {
  const count = reader.countOfDay(day) + 1;
  return `${terminalId}-${day.slice(2).replaceAll('-', '')}-${String(count).padStart(4, '0')}`;
}
