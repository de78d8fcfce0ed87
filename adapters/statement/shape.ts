/** What kind of file a statement is: text, with its encoding and what stands between its cells, or a sheet of a workbook. */
import { closeSync, openSync, readSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { looksLikeWorkbook, readWorkbook } from './workbook.ts';

export type StatementEncoding = 'utf-8' | 'utf-16le' | 'gb18030';

interface Shape {
  /** The encoding for people: `UTF-8`, `UTF-8 BOM`, `UTF-16`, `GB18030`, `XLSX`. */
  readonly encodingName: string;
  /** The first lines of the file, in cells. */
  readonly head: readonly (readonly string[])[];
}

export interface TextShape extends Shape {
  readonly kind: 'text';
  readonly encoding: StatementEncoding;
  readonly delimiter: string;
}

/** A sheet is in memory as a whole: its file can't be read in pieces. */
export interface SheetShape extends Shape {
  readonly kind: 'sheet';
  readonly lines: readonly (readonly string[])[];
}

export type FileShape = TextShape | SheetShape;

/** The table's head stands within the first lines of a file. */
const headBytes = 256 * 1024;
const headLines = 60;
const delimiters = [',', ';', '\t'] as const;

/**
 * What a file may be read as: one shape of a text, one for each sheet of a workbook, none of anything else. Rejects with the
 * system's error where it can't be read.
 */
export async function readShapes(path: string): Promise<readonly FileShape[]> {
  const bytes = beginningOf(path);
  if (!looksLikeWorkbook(bytes)) return textShapes(bytes);
  const sheets = await readWorkbook(path);
  return sheets.map(({ lines }) => ({ kind: 'sheet', encodingName: 'XLSX', head: lines.slice(0, headLines), lines }));
}

function textShapes(bytes: Uint8Array): readonly TextShape[] {
  const { encoding, encodingName } = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) return [];
  const tables = delimiters.map((delimiter) => ({ delimiter, head: linesOf(text, delimiter, bytes.length === headBytes) }));
  // The mark that makes the most of the lines' cells is the one between them.
  const best = tables.toSorted((left, right) => cellsIn(right.head) - cellsIn(left.head))[0];
  return best === undefined ? [] : [{ kind: 'text', encoding, encodingName, ...best }];
}

/** How csv-parse is told to forgive what real files have: a quote inside a cell, lines of fewer cells above and below the table. */
export const forgiving = { relax_quotes: true, relax_column_count: true, skip_empty_lines: true } as const;

function beginningOf(path: string): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(headBytes);
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, bytes, length, headBytes - length, null);
      length += read;
      if (read === 0 || length === headBytes) return bytes.subarray(0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}

function encodingOf(bytes: Uint8Array): { readonly encoding: StatementEncoding; readonly encodingName: string } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', encodingName: 'UTF-8 BOM' };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', encodingName: 'UTF-16' };
  try {
    // `stream` forgives a character that the sample cuts in two.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return { encoding: 'utf-8', encodingName: 'UTF-8' };
  } catch {
    return { encoding: 'gb18030', encodingName: 'GB18030' };
  }
}

function linesOf(text: string, delimiter: string, cut: boolean): string[][] {
  const lines: string[][] = parse(text, { ...forgiving, delimiter, to: headLines + 1, bom: true });
  return cut && lines.length <= headLines ? lines.slice(0, -1) : lines.slice(0, headLines);
}

function cellsIn(lines: readonly (readonly string[])[]): number {
  return lines.reduce((sum, cells) => sum + cells.length - 1, 0);
}
