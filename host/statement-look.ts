/** Looks at a statement before it is matched: whose it is, its columns, days and rows. Reads the whole file once. */
import { basename } from 'node:path';
import { readLines } from '../adapters/statement/lines.ts';
import { readShapes, type FileShape } from '../adapters/statement/shape.ts';
import { message, type Message } from '../core/contract/messages.ts';
import type { StatementLook, StatementMapping } from '../core/contract/types.ts';
import { canMatch, findColumns, findMapped, mapColumns, recognise, type FoundColumns } from '../core/reconcile/columns.ts';
import { cleanCell, readRow, type RowReading } from '../core/reconcile/read-row.ts';
import type { StatementDays } from '../core/reconcile/statement.ts';
import { daysIn } from '../core/reconcile/statement-time.ts';
import { statementProfiles } from './statement-profiles.ts';
import type { WorkShop } from './work-shop.ts';

export interface LookRequest {
  readonly path: string;
  /** Null lets the file say whose it is. */
  readonly gateway: string | null;
  /** What the person on the screen chose; null takes what is remembered, or what the headings say. */
  readonly mapping: StatementMapping | null;
  /** How each gateway's statements were read last. */
  readonly remembered: Readonly<Record<string, StatementMapping>>;
}

export interface Looked {
  readonly look: StatementLook;
  /** Null where the file can't be matched as it stands. */
  readonly reading: { readonly shape: FileShape; readonly found: FoundColumns } | null;
  readonly days: StatementDays | null;
}

/** Never rejects because of the file: what is wrong with it is the look's `problem`. Rejects with the signal's reason. `onRows` gets the rows so far. */
export async function lookAtStatement(request: LookRequest, shop: WorkShop, signal?: AbortSignal, onRows?: (rows: number) => void): Promise<Looked> {
  const shapes = await shapesOf(request.path);
  const [table] = tablesIn(shapes, request);
  if (table === undefined) return unreadable(request, shapes[0]?.encodingName ?? '');
  const { shape, found } = table;
  const counting = new Counting(found, currencyOf(shop, found.gateway));
  try {
    await readLines({ path: request.path, shape, onLine: (cells, place) => counting.line(cells, place), onPiece: () => onRows?.(counting.rows), ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    // The file went away, or it isn't what it seemed.
    if (error instanceof Error) return unreadable(request, shape.encodingName);
    throw error;
  }
  const days = daysOf(shape, found, counting);
  const problem = problemOf(found);
  const look: StatementLook = {
    path: request.path, gateway: found.gateway, terminal: counting.terminal, fromDay: days?.fromDay ?? null, toDay: days?.toDay ?? null, rows: counting.rows, encoding: shape.encodingName,
    columns: found.headings.map((theirs, index) => ({ theirs, ours: found.fields[index] ?? null, example: counting.examples[index] ?? '' })), amountUnit: found.amountUnit, problem,
  };
  return { look, days, reading: problem === null ? { shape, found } : null };
}

/** None where the file can't be read. */
async function shapesOf(path: string): Promise<readonly FileShape[]> {
  try {
    return await readShapes(path);
  } catch {
    return [];
  }
}

/** Of a workbook's sheets the one that can be matched comes first, however many covers and sums stand before it. */
function tablesIn(shapes: readonly FileShape[], request: LookRequest): readonly { readonly shape: FileShape; readonly found: FoundColumns }[] {
  const tables = shapes.flatMap((shape) => {
    const found = columnsOf(shape, request);
    return found === null ? [] : [{ shape, found }];
  });
  return tables.toSorted((left, right) => Number(canMatch(right.found.fields)) - Number(canMatch(left.found.fields)));
}

function columnsOf(shape: FileShape, { gateway, mapping, remembered }: LookRequest): FoundColumns | null {
  const whose = gateway ?? recognise(statementProfiles, shape.head);
  const found = findColumns(statementProfiles, shape.head, whose);
  if (mapping !== null) return findMapped(statementProfiles, shape.head, mapping, whose) ?? (found === null ? null : mapColumns(found, mapping));
  const before = whose === null ? undefined : remembered[whose];
  return (before === undefined ? null : findMapped(statementProfiles, shape.head, before, whose)) ?? found;
}

function currencyOf(shop: WorkShop, gateway: string | null): RowReading['currency'] {
  return (gateway === null ? undefined : shop.gateways[gateway]?.currency) ?? shop.currency;
}

function problemOf(found: FoundColumns): Message | null {
  if (!canMatch(found.fields)) return message('statementUnreadable');
  return found.amountUnit === null ? message('statementNoUnit') : null;
}

function unreadable(request: LookRequest, encoding: string): Looked {
  const look: StatementLook = { path: request.path, gateway: request.gateway, terminal: null, fromDay: null, toDay: null, rows: 0, encoding, columns: [], amountUnit: null, problem: message('statementNotRead', { file: basename(request.path) }) };
  return { look, reading: null, days: null };
}

/** Counts rows as the match will: by columns alone, so that it can be done before the unit is known. */
class Counting {
  readonly #found: FoundColumns;
  readonly #reading: RowReading;
  examples: readonly string[] = [];
  rows = 0;
  terminal: string | null = null;
  fromDay: string | null = null;
  toDay: string | null = null;

  constructor(found: FoundColumns, currency: RowReading['currency']) {
    this.#found = found;
    this.#reading = { fields: found.fields, amountUnit: found.amountUnit ?? 'major', currency };
  }

  line(cells: readonly string[], place: number): void {
    if (place <= this.#found.line) return;
    const row = readRow(cells, this.#reading);
    // Before a person has said what the columns are, a line as wide as the head is all that a row can be told by.
    const isRow = canMatch(this.#found.fields) ? row !== null : cells.length === this.#found.headings.length;
    if (!isRow) return;
    if (this.rows === 0) {
      this.examples = cells.map(cleanCell);
      this.terminal = row?.terminal ?? null;
    }
    this.rows += 1;
    if (row === null || row.day === null) return;
    if (this.fromDay === null || row.day < this.fromDay) this.fromDay = row.day;
    if (this.toDay === null || row.day > this.toDay) this.toDay = row.day;
  }
}

/** The days of the rows, and those that the lines above the table name: a day without a row is covered too. */
function daysOf(shape: FileShape, found: FoundColumns, counting: Counting): StatementDays | null {
  const above = shape.head.slice(0, found.line).map((cells) => cells.join(' ')).filter((line) => !/导出|打印|生成|下载|export|print|generated|download/iu.test(line));
  const days = [...above.flatMap(daysIn), ...[counting.fromDay, counting.toDay].filter((day) => day !== null)].toSorted();
  const fromDay = days[0];
  const toDay = days.at(-1);
  return fromDay === undefined || toDay === undefined ? null : { fromDay, toDay };
}
