/** How a table is written, whatever the file's kind: row counts as it goes on, an end at any moment. */
import type { Cell, FileTable } from '../../core/export/table.ts';
import type { FileTarget } from './target.ts';

export interface Writing {
  readonly table: FileTable;
  readonly target: FileTarget;
  /** Called after each page, with the rows so far. */
  readonly onRows: (rows: number) => void;
  readonly signal: AbortSignal;
}

/** Reads the pages one by one and lets the process breathe between two, so that a cancel is heard. Rejects with the signal's reason. */
export async function eachPage({ table, onRows, signal }: Writing, page: (rows: readonly (readonly Cell[])[]) => void): Promise<number> {
  let count = 0;
  for (const rows of table.pages) {
    page(rows);
    count += rows.length;
    onRows(count);
    await breathe(signal);
  }
  return count;
}

export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  signal.throwIfAborted();
}

/** More rows than this kind of file can take. */
export class TooManyRows extends Error {
  readonly most: number;
  constructor(most: number) {
    super(`more than ${most} rows`);
    this.name = 'TooManyRows';
    this.most = most;
  }
}
