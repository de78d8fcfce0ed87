/** The same day's money from five sides: the gateways' books, the list on screen, the Z on paper, and both sheets of the spreadsheet. */
import readExcel from 'read-excel-file/node';
import type { ReadBack } from '../../native-bridge/printer/read-back.ts';
import type { Totals } from '../../simulator/model.ts';
import type { Words } from './day-words.ts';

/** Sums of one tender or of all, in minor units; refunds are positive. */
export interface DaySum {
  readonly sales: number;
  readonly refunds: number;
  readonly net: number;
}

/** Minor units of a figure as people read it: `−12.30`, `-￥1,284.60`, `¥0.05`. */
export function minorOf(figure: string): number {
  const read = /^([-−+]?)[¥￥]?([0-9,]+)\.([0-9]{2})$/.exec(figure.trim());
  if (read === null) throw new Error(`no amount: ${figure}`);
  const minor = Number(`${read[2]?.replaceAll(',', '')}${read[3]}`);
  return read[1] === '-' || read[1] === '−' ? -minor : minor;
}

/** The books over the wire, as a test driver outside the process reads them. */
export async function gatewaysBooks(gatewayAddress: string): Promise<DaySum> {
  const answer = await fetch(new URL('/simulator/books', gatewayAddress));
  const { totals } = (await answer.json()) as { readonly totals: readonly Totals[] };
  const [total] = totals;
  if (total === undefined || totals.length !== 1) throw new Error(`${totals.length} totals in the books`);
  return { sales: total.charged - total.cancelled, refunds: total.refunded, net: total.net };
}

/** A row of a paper: what stands at its right edge. Rows that say the same are told apart by what stands before them. */
export function paperRow(paper: ReadBack, label: string): string {
  const line = paper.lines.find((one) => one.startsWith(`${label} `));
  if (line === undefined) throw new Error(`no ${label} on:\n${paper.lines.join('\n')}`);
  return line.slice(label.length).trim();
}

export function paperMinor(paper: ReadBack, label: string): number {
  return minorOf(paperRow(paper, label));
}

/** All that is counted on the spreadsheet's rows, and what its totals sheet says of the same. */
export interface SheetSums {
  readonly rows: number;
  readonly all: DaySum;
  readonly gateway: DaySum;
  readonly totalsAll: DaySum;
  readonly totalsGateway: DaySum;
}

type Cells = readonly (readonly unknown[])[];

export async function sheetSums(path: string, say: Words): Promise<SheetSums> {
  const sheets = await readExcel(path);
  const data = (name: string): Cells => sheets.find(({ sheet }) => sheet === name)?.data ?? [];
  const [head = [], ...rows] = data(say('rowsSheet'));
  const cell = (row: readonly unknown[], heading: string): unknown => row[head.indexOf(heading)];
  const sum = (counted: Cells): DaySum => {
    const of = (which: (minor: number, isSale: boolean) => number): number => counted.reduce((total, row) => total + which(cents(cell(row, say('inTotals'))), cell(row, say('kind')) === say('sheetSale')), 0);
    return { sales: of((minor, isSale) => (isSale ? minor : 0)), refunds: of((minor, isSale) => (isSale ? 0 : -minor)), net: of((minor) => minor) };
  };
  const totals = data(say('totalsSheet'));
  return {
    rows: rows.length, all: sum(rows), gateway: sum(rows.filter((row) => cell(row, say('sheetGateway')) === say('gateway'))),
    totalsAll: totalsRow(totals, say('byCurrency'), 'CNY'), totalsGateway: totalsRow(totals, say('byGateway'), say('gateway')),
  };
}

/** Below a title: name, currency, sales and their sum, refunds and their sum, net. */
function totalsRow(totals: Cells, title: string, name: string): DaySum {
  const from = totals.findIndex((row) => row[0] === title);
  const row = from < 0 ? undefined : totals.slice(from).find((one) => one[0] === name);
  if (row === undefined) throw new Error(`no ${name} under ${title} in ${JSON.stringify(totals)}`);
  return { sales: cents(row[3]), refunds: cents(row[5]), net: cents(row[6]) };
}

/** A cell of a spreadsheet is a double; a minor unit is a whole number, so it must come within a millionth of one. */
function cents(value: unknown): number {
  const minor = Math.round(Number(value) * 100);
  if (typeof value !== 'number' || Math.abs(value * 100 - minor) > 1e-6) throw new Error(`no amount: ${String(value)}`);
  return minor;
}
