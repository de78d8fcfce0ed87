/** A table on its way into a file, whatever the file's kind: columns with types, rows one after the other, sums at the end. */
import type { Amount } from '../money/amount.ts';

/**
 * What a column's cells are. `text`: a string, references too, never a number. `day`: `2026-11-21`. `time`: ISO 8601 with
 * the shop's offset. `amount`: money. `count`: a whole number. A cell that has nothing is null.
 */
export type CellKind = 'text' | 'day' | 'time' | 'amount' | 'count';

export type Cell = string | number | Amount | null;

export interface Column {
  readonly key: string;
  readonly heading: string;
  readonly kind: CellKind;
  /** In characters, for files that have widths. */
  readonly width: number;
}

/** A small table of sums, made from the rows that were written. */
export interface SumTable {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface FileTable {
  /** Stands above every page. */
  readonly title: string;
  readonly subtitle: string;
  /** Names of the two sheets. */
  readonly rowsName: string;
  readonly sumsName: string;
  readonly columns: readonly Column[];
  /** In pages, so that what writes them can rest between two. Can be read once. */
  readonly pages: Iterable<readonly (readonly Cell[])[]>;
  /** To be asked once the rows were read to their end. */
  sums(): readonly SumTable[];
  /** How a printed row is laid out: keys of its first line, and of the second, smaller one. */
  readonly printed: { readonly first: readonly string[]; readonly second: readonly string[] };
  /** Rows that are in no total, and are printed paler. */
  muted(row: readonly Cell[]): boolean;
  /** `Page {n}`: how many there are isn't known before the last row. */
  readonly pageWords: string;
}

/** Everything that can become a cell of a table whose rows are known. */
export function isAmountCell(cell: Cell): cell is Amount {
  return typeof cell === 'object' && cell !== null;
}
