/** The rows of a day as they come in, page after page, and what becomes of them when the day is asked again. */
import type { DayPage, DayRow, DayView, ListFilter } from '../../core/contract/types.ts';
import { isOpen } from './today-filter.ts';

/** How many rows one page has, and at most: what was scrolled far past is made up for in larger ones. */
export const pageRows = 200;
const pageRowsMost = 1000;
/** So many rows before the end of what is known, the next page is asked for. */
const aheadRows = 100;

export interface LoadedRows {
  /** Newest first, without a gap. */
  readonly rows: readonly DayRow[];
  /** Cursor of the next page; null at the end of the day. */
  readonly next: string | null;
  /** The last row that somebody looked at or went to. */
  readonly wanted: number;
  /** The next page was asked for and hasn't come. */
  readonly paging: boolean;
  /** Payments that changed since the day was asked. */
  readonly touched: readonly string[];
  /** The day's first page was here: that nothing is in it was said, and isn't only not known yet. */
  readonly told: boolean;
}

export const noRows: LoadedRows = { rows: [], next: null, wanted: 0, paging: false, touched: [], told: false };

/** Whether the next page has to be asked for. */
export function needsPage({ rows, next, wanted, paging }: LoadedRows): boolean {
  return next !== null && !paging && wanted + aheadRows >= rows.length;
}

/** How many rows the next page is asked for. */
export function nextPageRows({ rows, wanted }: LoadedRows): number {
  return Math.min(pageRowsMost, Math.max(pageRows, wanted + aheadRows - rows.length));
}

export function withPage(loaded: LoadedRows, page: DayPage): LoadedRows {
  return { ...loaded, rows: [...loaded.rows, ...page.rows], next: page.next, paging: false };
}

/**
 * The first page, asked again. Rows that were loaded behind it stay where it still joins them and nothing in them has changed;
 * else they go, and come again page by page as they are looked at.
 */
export function withFirstPage(loaded: LoadedRows, page: DayPage): LoadedRows {
  const fresh = { ...loaded, rows: page.rows, next: page.next, paging: false, touched: [], told: true };
  const last = page.rows.at(-1);
  const joint = last && page.next !== null ? loaded.rows.findIndex((row) => row.cursor === last.cursor) : -1;
  if (joint < 0) return fresh;
  const kept = loaded.rows.slice(joint + 1);
  const touched = new Set(loaded.touched);
  if (kept.length === 0 || kept.some((row) => touched.has(row.paymentId))) return fresh;
  return { ...fresh, rows: [...page.rows, ...kept], next: loaded.next };
}

/** Where a row stands after the rows changed: beside itself; the newest stays the newest. */
export function indexAfter(before: readonly DayRow[], index: number, after: readonly DayRow[]): number {
  const ringed = before[index];
  if (index === 0 || !ringed) return index;
  const found = after.findIndex((row) => row.cursor === ringed.cursor);
  return found < 0 ? Math.min(index, Math.max(0, after.length - 1)) : found;
}

/** True where nothing happened on that day, and nothing hides it. Asked again it stays so until the till says otherwise: Enter means one thing. */
export function isEmptyDay({ view, loaded, filter }: { readonly view: DayView | null; readonly loaded: LoadedRows; readonly filter: ListFilter }): boolean {
  return view !== null && view.totals.rows === 0 && loaded.told && loaded.rows.length === 0 && isOpen(filter);
}

/** The screen as it is come back to: what was on its way meanwhile went past it, so the day is asked again. */
export function left<At extends { readonly loaded: LoadedRows; readonly stale: boolean; readonly asking: boolean }>(at: At): At {
  return { ...at, stale: true, asking: false, loaded: { ...at.loaded, paging: false } };
}
