/** Exports a span of days, or the differences of a match, into a file: for the command line directly, for screens in a worker. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { TargetPlace } from '../adapters/export/target.ts';
import { writeTable } from '../adapters/export/write-table.ts';
import type { ExportFormat, ReconcileResult, ReconcileRow } from '../core/contract/types.ts';
import { dayTable } from '../core/export/day-table.ts';
import { differenceTable } from '../core/export/difference-table.ts';
import type { JournalReader } from '../core/journal/storage.ts';
import { gatewayName, peopleNames, type WorkShop } from './work-shop.ts';

/** How a file is written: where, and who hears of it. */
export interface ExportControl {
  readonly format: ExportFormat;
  readonly place: TargetPlace;
  /** Rows so far, and how many there are. */
  readonly onRows?: (done: number, total: number) => void;
  readonly onTemporary?: (path: string) => void;
  readonly signal?: AbortSignal;
}

export interface Exported {
  readonly path: string;
  readonly rows: number;
}

/**
 * Every sale and refund of these days of the shop, both included. Rejects with the system's error, `TooManyRows` or the
 * signal's reason, and then there is no new file.
 */
export async function exportDays(journal: JournalReader, shop: WorkShop, span: { readonly fromDay: string; readonly toDay: string }, control: ExportControl): Promise<Exported> {
  const query = { ...span, filter: {} };
  const total = journal.daySums(query).reduce((sum, one) => sum + one.rows, 0);
  const table = dayTable({
    journal, query, storeName: shop.storeName, timezone: shop.timezone, locale: shop.locale,
    gatewayName: (gateway) => gatewayName(shop, gateway), operatorName: peopleNames(journal),
  });
  return writeTable({ ...control, table, onRows: (done) => control.onRows?.(done, Math.max(total, done)) });
}

/** The rows of a match that differ. `differencesPath` holds them, a JSON object a line. */
export async function exportDifferences(result: ReconcileResult, differencesPath: string, shop: WorkShop, control: ExportControl): Promise<Exported> {
  const all = await readDifferences(differencesPath, result);
  const table = differenceTable({
    result, pages: inPages(all), storeName: shop.storeName, timezone: shop.timezone, locale: shop.locale, gatewayName: gatewayName(shop, result.gateway),
  });
  return writeTable({ ...control, table, onRows: (done) => control.onRows?.(done, all.length) });
}

/** Notes were made on the result that a screen has; the file is as the match left it. */
async function readDifferences(path: string, { differences }: ReconcileResult): Promise<readonly ReconcileRow[]> {
  const notes = new Map(differences.map((row) => [row.index, row.note]));
  const rows: ReconcileRow[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const row = JSON.parse(line) as ReconcileRow;
    rows.push({ ...row, note: notes.get(row.index) ?? row.note });
  }
  return rows;
}

const rowsAtOnce = 500;

function* inPages(rows: readonly ReconcileRow[]): Iterable<readonly ReconcileRow[]> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) yield rows.slice(start, start + rowsAtOnce);
}
