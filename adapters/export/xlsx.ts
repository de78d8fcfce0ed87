/** XLSX with real types: amounts that can be summed, dates that can be sorted, references that stay text, and a sheet of totals. */
import { Writable } from 'node:stream';
import writeExcelFile from 'write-excel-file/node';
import { isAmountCell, type Cell, type CellKind, type Column, type FileTable } from '../../core/export/table.ts';
import { amountDigits, currencySign } from '../../core/money/amount.ts';
import { currencyDecimals, type Currency } from '../../core/money/currency.ts';
import { breathe, eachPage, TooManyRows, type Writing } from './writing.ts';

/** The whole sheet is in memory before it is written, about 5 KB a row; CSV has no such limit. */
export const mostSheetRows = 150_000;

type SheetCell = { value: string | number | Date; type: StringConstructor | NumberConstructor | DateConstructor; format?: string; fontWeight?: 'bold'; align?: 'right' } | null;

/** Resolves with the number of rows; rejects with `TooManyRows`. */
export async function writeXlsx(writing: Writing): Promise<number> {
  const { table, target, signal } = writing;
  const rows: SheetCell[][] = [headOf(table.columns)];
  const count = await eachPage(writing, (page) => {
    if (rows.length + page.length > mostSheetRows + 1) throw new TooManyRows(mostSheetRows);
    for (const row of page) rows.push(table.columns.map((column, index) => sheetCell(row[index] ?? null, column.kind)));
  });
  const pieces = new Writable({
    write(piece: Uint8Array, _encoding, done) {
      try {
        signal.throwIfAborted();
        target.write(piece);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  await breathe(signal);
  await writeExcelFile([
    { data: rows, sheet: table.rowsName, columns: table.columns.map(({ width }) => ({ width })), stickyRowsCount: 1 },
    { data: sumsOf(table), sheet: table.sumsName, columns: sumWidths(table) },
  ]).toStream(pieces);
  return count;
}

function headOf(columns: readonly Column[]): SheetCell[] {
  return columns.map(({ heading, kind }) => ({ value: heading, type: String, fontWeight: 'bold', ...(kind === 'amount' || kind === 'count' ? { align: 'right' as const } : {}) }));
}

function sheetCell(cell: Cell, kind: CellKind): SheetCell {
  if (cell === null || cell === '') return null;
  if (isAmountCell(cell)) return { value: Number(amountDigits(cell)), type: Number, format: moneyFormat(cell.currency) };
  if (typeof cell === 'number') return { value: cell, type: Number };
  // A sheet's date is a number of days without a zone: the shop's own clock is what people mean by it.
  if (kind === 'time') return { value: new Date(`${cell.slice(0, 19)}Z`), type: Date, format: 'yyyy-mm-dd hh:mm:ss' };
  if (kind === 'day') return { value: new Date(`${cell}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  return { value: cell, type: String };
}

/** `"¥"#,##0.00`: the sign is quoted, so that no spreadsheet makes its own currency of it. */
function moneyFormat(currency: Currency): string {
  const places = currencyDecimals(currency);
  return `"${currencySign(currency)}"#,##0${places === 0 ? '' : `.${'0'.repeat(places)}`}`;
}

function sumsOf(table: FileTable): SheetCell[][] {
  return table.sums().flatMap((sums) => [
    [{ value: sums.title, type: String, fontWeight: 'bold' as const }],
    headOf(sums.columns),
    ...sums.rows.map((row) => sums.columns.map((column, index) => sheetCell(row[index] ?? null, column.kind))),
    [null],
  ]);
}

function sumWidths(table: FileTable): { width: number }[] {
  const all = table.sums().map((sums) => sums.columns.map(({ width }) => width));
  const most = Math.max(0, ...all.map((widths) => widths.length));
  return Array.from({ length: most }, (_none, index) => ({ width: Math.max(...all.map((widths) => widths[index] ?? 0)) }));
}
