/** A PDF to print or to pass on: A4, two lines a row, a head and a number on every page, the totals at the end. */
import { default as PDFDocument } from 'pdfkit';
import { isAmountCell, type Cell, type Column, type FileTable, type SumTable } from '../../core/export/table.ts';
import { amountText, currencySign } from '../../core/money/amount.ts';
import { PdfFonts } from './pdf-fonts.ts';
import { PdfText, type TextStyle } from './pdf-page.ts';
import { breathe, eachPage, TooManyRows, type Writing } from './writing.ts';

/** About 1,600 pages, a minute's work: nobody prints more. */
export const mostPrintedRows = 50_000;

/** Points of 1/72 inch. */
const margin = 36;
const pageWidth = 595.28;
const pageHeight = 841.89;
const room = pageWidth - 2 * margin;
const gap = 6;
const bottom = pageHeight - margin - 14;

const title: TextStyle = { size: 12, weight: 700, color: '#111816' };
const strong: TextStyle = { size: 8, weight: 700, color: '#111816' };
const plain: TextStyle = { size: 8, weight: 400, color: '#111816' };
const pale: TextStyle = { size: 8, weight: 400, color: '#6d7976' };
const small: TextStyle = { size: 6.5, weight: 400, color: '#5a6663' };
const heading: TextStyle = { size: 7, weight: 400, color: '#5a6663' };

/** Resolves with the number of rows; rejects with `TooManyRows`. */
export async function writePdf(writing: Writing): Promise<number> {
  const printing = new Printing(writing.table);
  let rows = 0;
  const count = await eachPage(writing, (page) => {
    rows += page.length;
    if (rows > mostPrintedRows) throw new TooManyRows(mostPrintedRows);
    for (const row of page) printing.row(row);
    for (const piece of printing.finished()) writing.target.write(piece);
  });
  for (const sums of writing.table.sums()) printing.sums(sums);
  printing.end();
  await breathe(writing.signal);
  for (const piece of printing.finished()) writing.target.write(piece);
  return count;
}

interface Placed {
  readonly column: Column;
  readonly index: number;
  readonly x: number;
  readonly room: number;
}

class Printing {
  readonly #table: FileTable;
  readonly #document = new PDFDocument({ size: 'A4', margin, autoFirstPage: false, font: '', fontLayoutCache: false, info: { Producer: 'ScanTill', Creator: 'ScanTill' } });
  readonly #text: PdfText;
  readonly #first: readonly Placed[];
  readonly #second: readonly { readonly column: Column; readonly index: number }[];
  #y = 0;
  #pages = 0;

  constructor(table: FileTable) {
    this.#table = table;
    this.#text = new PdfText(this.#document, new PdfFonts());
    this.#document.info.Title = table.title;
    const find = (key: string): { column: Column; index: number }[] => table.columns.flatMap((column, index) => (column.key === key ? [{ column, index }] : []));
    this.#first = place(table.printed.first.flatMap(find));
    this.#second = table.printed.second.flatMap(find);
    this.#newPage(this.#first);
  }

  row(row: readonly Cell[]): void {
    const second = this.#second.flatMap(({ column, index }) => {
      const text = textOf(row[index] ?? null, column);
      return text === '' ? [] : [`${column.heading} ${text}`];
    });
    this.#makeRoom(second.length === 0 ? 14 : 23, this.#first);
    this.#line(row, this.#first, this.#table.muted(row) ? pale : plain);
    if (second.length > 0) {
      this.#text.draw(second.join('  ·  '), { x: margin, y: this.#y, room, align: 'left' }, small);
      this.#y += 9;
    }
    this.#rule('#dfe5e3');
  }

  sums(sums: SumTable): void {
    const placed = place(sums.columns.map((column, index) => ({ column, index })));
    // Title, head and first row stay together.
    this.#makeRoom(60, null);
    this.#y += 14;
    this.#text.draw(sums.title, { x: margin, y: this.#y, room, align: 'left' }, strong);
    this.#y += 14;
    this.#headings(placed);
    for (const row of sums.rows) {
      this.#makeRoom(14, placed);
      this.#line(row, placed, plain);
      this.#rule('#dfe5e3');
    }
  }

  end(): void {
    this.#document.end();
  }

  /** What stands for certain by now: finished pages leave the memory at once. */
  *finished(): Iterable<Uint8Array> {
    for (let piece = this.#read(); piece !== null; piece = this.#read()) yield piece;
  }

  #read(): Uint8Array | null {
    return this.#document.read() as Uint8Array | null;
  }

  #makeRoom(height: number, placed: readonly Placed[] | null): void {
    if (this.#y + height > bottom) this.#newPage(placed);
  }

  #newPage(placed: readonly Placed[] | null): void {
    // Without a lower margin, for the page's number stands in it and must not begin a page of its own.
    this.#document.addPage({ size: 'A4', margins: { top: margin, left: margin, right: margin, bottom: 0 } });
    this.#y = margin;
    this.#pages += 1;
    this.#text.draw(this.#table.pageWords.replace('{n}', String(this.#pages)), { x: margin, y: pageHeight - margin - 8, room, align: 'right' }, small);
    this.#text.draw(this.#table.title, { x: margin, y: this.#y, room: room * 0.7, align: 'left' }, title);
    this.#text.draw(this.#table.subtitle, { x: margin + room * 0.7, y: this.#y + 3, room: room * 0.3, align: 'right' }, plain);
    this.#y += 24;
    if (placed !== null) this.#headings(placed);
  }

  #headings(placed: readonly Placed[]): void {
    for (const { column, x, room: width } of placed) this.#text.draw(column.heading, { x, y: this.#y, room: width, align: alignOf(column) }, heading);
    this.#y += 12;
    this.#rule('#111816');
  }

  #line(row: readonly Cell[], placed: readonly Placed[], style: TextStyle): void {
    for (const { column, index, x, room: width } of placed) {
      const text = textOf(row[index] ?? null, column);
      if (text !== '') this.#text.draw(text, { x, y: this.#y, room: width, align: alignOf(column) }, column.kind === 'amount' && style !== pale ? { ...style, weight: 700 } : style);
    }
    this.#y += 12;
  }

  #rule(color: string): void {
    this.#document.moveTo(margin, this.#y).lineTo(margin + room, this.#y).lineWidth(0.4).stroke(color);
    this.#y += 2;
  }
}

/** Columns share the page by their widths. */
function place(columns: readonly { readonly column: Column; readonly index: number }[]): readonly Placed[] {
  const all = columns.reduce((sum, { column }) => sum + column.width, 0);
  const share = (room - gap * (columns.length - 1)) / all;
  let x = margin;
  return columns.map(({ column, index }) => {
    const placed = { column, index, x, room: column.width * share };
    x += placed.room + gap;
    return placed;
  });
}

function alignOf(column: Column): 'left' | 'right' {
  return column.kind === 'amount' || column.kind === 'count' ? 'right' : 'left';
}

function textOf(cell: Cell, column: Column): string {
  if (cell === null) return '';
  if (isAmountCell(cell)) return `${cell.minor < 0 ? '-' : ''}${currencySign(cell.currency)}${amountText({ ...cell, minor: Math.abs(cell.minor) })}`;
  return column.kind === 'time' ? String(cell).slice(0, 19).replace('T', ' ') : String(cell);
}
