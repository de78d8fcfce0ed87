/** CSV for spreadsheets and scripts alike: UTF-8 with a mark, CR LF, exact amounts, and no cell that could run as a formula. */
import { stringify } from 'csv-stringify/sync';
import { isAmountCell, type Cell, type FileTable } from '../../core/export/table.ts';
import { amountDigits } from '../../core/money/amount.ts';
import { eachPage, type Writing } from './writing.ts';

const byteOrderMark = '\ufeff';

/** Resolves with the number of rows, without the head. Sums are for people: a file for machines has rows alone. */
export async function writeCsv(writing: Writing): Promise<number> {
  const { table, target } = writing;
  const encoder = new TextEncoder();
  target.write(encoder.encode(byteOrderMark + lines([table.columns.map((column) => column.heading)])));
  return eachPage(writing, (rows) => target.write(encoder.encode(lines(rows.map((row) => cellsOf(row, table.columns))))));
}

function lines(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { record_delimiter: 'windows' });
}

function cellsOf(row: readonly Cell[], columns: FileTable['columns']): string[] {
  return columns.map((column, index) => {
    const cell = row[index] ?? null;
    if (cell === null) return '';
    if (isAmountCell(cell)) return amountDigits(cell);
    return column.kind === 'text' ? withoutFormula(String(cell)) : String(cell);
  });
}

/** What a spreadsheet would take for a formula, in the full-width forms too, gets an apostrophe before it and stays text. */
export function withoutFormula(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
}
