/**
 * Exporting journals of ten thousand to a million payments, beside the barest SQLite statement that reads the same rows, in
 * the same run. Sizes may be given: `export.ts 10000 100000`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { mostPrintedRows } from '../adapters/export/pdf.ts';
import { mostSheetRows } from '../adapters/export/xlsx.ts';
import { journalFileName } from '../adapters/journal/database.ts';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import type { ExportFormat } from '../core/contract/types.ts';
import { exportDays } from '../host/export-work.ts';
import type { WorkShop } from '../host/work-shop.ts';
import { makeBigJournal, type BigJournal } from './big-journal.ts';

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [10_000, 100_000, 1_000_000];
const shop: WorkShop = { storeName: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'en', currency: 'CNY', gatewayNames: {}, gateways: {} };

/** Run by itself for one file, so that its memory is its own. */
const [, , task = '', journalFolder = '', target = '', fromDay = '', toDay = ''] = process.argv;
if (task === 'csv' || task === 'xlsx' || task === 'pdf') {
  console.log(JSON.stringify(await exportOne(journalFolder, { fromDay, toDay }, task, target)));
  process.exit();
}

const folder = mkdtempSync(join(tmpdir(), 'scantill-bench-export-'));
const csvSeconds: number[] = [];
try {
  for (const payments of sizes) {
    const big = makeBigJournal(join(folder, String(payments)), payments);
    const bareSeconds = bare(big);
    const csv = timed(big, 'csv', bareSeconds);
    csvSeconds.push(csv.seconds);
    console.log(JSON.stringify({
      payments, bareSqliteSeconds: round(bareSeconds), csv,
      xlsx: csv.rows <= mostSheetRows ? timed(big, 'xlsx', bareSeconds) : `more than ${mostSheetRows} rows`,
      pdf: csv.rows <= mostPrintedRows ? timed(big, 'pdf', bareSeconds) : `more than ${mostPrintedRows} rows`,
    }));
    rmSync(big.folder, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify({ from: sizes[0], to: sizes.at(-1), csvGrowth: round((csvSeconds.at(-1) ?? 0) / (csvSeconds[0] ?? 1)) }));

/** Every payment with its references, newest first, as SQLite gives them. */
function bare(big: BigJournal): number {
  const database = new Database(join(big.folder, journalFileName), { readonly: true });
  try {
    const payments = database.prepare('SELECT payments.*, facets.* FROM payments JOIN facets ON facets.facet = payments.facet ORDER BY payments.started_at DESC');
    const references = database.prepare('SELECT value, kind FROM payment_references WHERE payment = ?');
    const began = performance.now();
    for (const row of payments.iterate() as Iterable<{ readonly row: number }>) references.all(row.row);
    return (performance.now() - began) / 1000;
  } finally {
    database.close();
  }
}

interface Measured {
  readonly rows: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
  readonly residentMegabytes: number;
}

function timed(big: BigJournal, format: ExportFormat, bareSeconds: number): Measured & { readonly ratio: number } {
  const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), format, big.folder, join(folder, `all.${format}`), big.firstDay, big.lastDay], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  const measured = JSON.parse(stdout) as Measured;
  return { ...measured, ratio: round(measured.seconds / bareSeconds) };
}

async function exportOne(home: string, span: { readonly fromDay: string; readonly toDay: string }, format: ExportFormat, path: string): Promise<Measured> {
  const journal = openJournal({ folder: home, access: 'reader' });
  const began = performance.now();
  const { rows } = await exportDays(journal, shop, span, { format, place: { path, existing: 'replace' } });
  const seconds = round((performance.now() - began) / 1000);
  journal.close();
  const { user, system } = process.cpuUsage();
  return { rows, seconds, cpuSeconds: round((user + system) / 1e6), megabytes: round(statSync(path).size / 1e6), residentMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
