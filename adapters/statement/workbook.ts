/** Reads the sheets of an XLSX file as lines of text cells, each number as it was written: no amount passes through arithmetic. */
import { statSync } from 'node:fs';
import readExcelFile, { type CellValue } from 'read-excel-file/node';

export interface Sheet {
  readonly name: string;
  /** Every line that isn't empty, all with as many cells. */
  readonly lines: readonly (readonly string[])[];
}

/** All sheets are in memory at once, some 300 bytes a row: 150,000 rows are 5 MB packed. Larger statements are CSV. */
const mostBytes = 64 * 1024 * 1024;

/** The sheets in which something stands. Rejects where the file can't be read, is too large, or is no XLSX. */
export async function readWorkbook(path: string): Promise<readonly Sheet[]> {
  if (statSync(path).size > mostBytes) throw new Error(`an XLSX file of more than ${mostBytes} bytes isn't read`);
  const sheets = await readExcelFile<WrittenNumber>(path, { trim: false, parseNumber: (written) => ({ written }) });
  return sheets.map(({ sheet, data }) => ({ name: sheet, lines: data.map((row) => row.map(cellText)).filter((cells) => cells.some((cell) => cell.trim() !== '')) })).filter(({ lines }) => lines.length > 0);
}

/** True where the file begins as every XLSX does: it is a ZIP archive. */
export function looksLikeWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/** Apart from a text of the same digits, which stays as it stands. */
interface WrittenNumber {
  readonly written: string;
}

function cellText(cell: CellValue<WrittenNumber> | null): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (cell instanceof Date) return timeText(cell);
  return 'written' in cell ? numberText(cell.written) : '';
}

/**
 * The number as its author typed it. Spreadsheets keep `1234.1` as the nearest double and may write that out as
 * `1234.0999999999999`: the shortest decimal of the same double is what was meant. Whole numbers stay as they are written,
 * since order numbers have more digits than a double.
 */
export function numberText(written: string): string {
  if (/^-?\d+$/u.test(written)) return written;
  const shortest = String(Number(written));
  return /^-?\d+(?:\.\d+)?$/u.test(shortest) ? shortest : written;
}

/** By the sheet's own clock, which has no zone. Times are fractions of a day there, and come back a hair off their second. */
function timeText(time: Date): string {
  const text = new Date(Math.round(time.getTime() / 1000) * 1000).toISOString();
  const [day, clock] = [text.slice(0, 10), text.slice(11, 19)];
  // A time without a day counts from the day before the first.
  return day < '1900-01-01' ? clock : `${day} ${clock}`;
}
