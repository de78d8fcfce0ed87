/** Exported files read back: types, sums, references whole, and nothing half-written ever. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { default as readSheet } from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayTable } from '../../core/export/day-table.ts';
import type { FileTable } from '../../core/export/table.ts';
import { journalOf, morning, paymentRecord, refundRecord } from '../../core/testing/day-records.ts';
import { withoutFormula } from './csv.ts';
import { PdfFonts } from './pdf-fonts.ts';
import { FileTarget } from './target.ts';
import { writeTable } from './write-table.ts';
import { mostSheetRows } from './xlsx.ts';
import { TooManyRows } from './writing.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scantill-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const long = '42000012340000000000123';

function day(change: { locale?: 'en' | 'zh-CN'; storeName?: string; sales?: number; outside?: boolean } = {}): FileTable {
  const first = paymentRecord({ paymentId: '1', saleRef: '=1+2', references: [{ value: 'T012511200000000000001', kind: 'attemptRef' }, { value: long, kind: 'walletRef' }] });
  const dollars = paymentRecord({ paymentId: '2', currency: 'AUD', gateway: 'omipay', amountMinor: 1450, wallet: 'alipay', startedAt: morning + 1000 });
  const more = Array.from({ length: change.sales ?? 0 }, (_none, index) => paymentRecord({ paymentId: String(index + 10), startedAt: morning + 2000 + index, amountMinor: 101 }));
  return dayTable({
    journal: journalOf([first, dollars, ...more], [refundRecord(first, 'R1'), ...(change.outside ? [refundRecord(first, 'R2', { way: 'outside', amountMinor: 410 })] : [])]), query: { fromDay: '2026-11-21', toDay: '2026-11-21', filter: {} },
    storeName: change.storeName ?? 'Corner shop', timezone: 'Asia/Shanghai', locale: change.locale ?? 'en', gatewayName: (id) => id, operatorName: () => '+Li',
  });
}

function write(table: FileTable, format: 'csv' | 'xlsx' | 'pdf', name = `a.${format}`, existing: 'replace' | 'newName' = 'newName'): Promise<{ readonly path: string; readonly rows: number }> {
  return writeTable({ table, format, place: { path: join(folder, name), existing } });
}

describe('CSV', () => {
  it('begins with a mark, has exact amounts that stay numbers, ISO times, and text that runs no formula', async () => {
    const { path, rows } = await write(day(), 'csv');
    const text = readFileSync(path, 'utf8');
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(text).toContain('\r\n');
    const read = parse<Record<string, string>>(text, { bom: true, columns: true });
    expect(read).toHaveLength(rows);
    expect(read.map((row) => [row['Kind'], row['Amount'], row['In totals'], row['Currency']])).toEqual([['Refund', '-10.00', '-10.00', 'CNY'], ['Sale', '14.50', '14.50', 'AUD'], ['Sale', '38.50', '38.50', 'CNY']]);
    expect(read[2]).toMatchObject({ 'Sale reference': "'=1+2", Operator: "'+Li", Time: '2026-11-21T10:42:19+08:00', 'Wallet reference': long, Gateway: 'shouqianba' });
  });

  it('has a column for what was given back elsewhere, and its rows add nothing to the totals', async () => {
    const { path } = await write(day({ outside: true }), 'csv');
    const read = parse<Record<string, string>>(readFileSync(path, 'utf8'), { bom: true, columns: true });
    expect(read.map((row) => [row['Kind'], row['Amount'], row['In totals'], row['Given back elsewhere']])).toEqual([
      ['Refund', '-4.10', '0.00', '-4.10'], ['Refund', '-10.00', '-10.00', ''], ['Sale', '14.50', '14.50', ''], ['Sale', '38.50', '38.50', ''],
    ]);
  });

  it('keeps every text away from the formula bar', () => {
    for (const text of ['=1', '+1', '-1', '@a', '\t=1', '\r=1', '＝1', '＠a']) expect(withoutFormula(text)).toBe(`'${text}`);
    for (const text of ['', '1', 'a=b', ' =1', '茶']) expect(withoutFormula(text)).toBe(text);
  });
});

describe('XLSX', () => {
  it('has dates, numbers and whole references, and totals that equal the rows', async () => {
    const { path } = await write(day({ sales: 40 }), 'xlsx');
    const sheets = await readSheet(path);
    const [rows, totals] = sheets.map((sheet) => sheet.data);
    const head = rows?.[0]?.map(String) ?? [];
    const at = (name: string): number => head.indexOf(name);
    const body = rows?.slice(1) ?? [];
    const oldest = body.at(-1) ?? [];
    expect(sheets.map((sheet) => sheet.sheet)).toEqual(['Rows', 'Totals']);
    // A sheet counts days in a float: a reader may be a thousandth of a second off.
    expect(Math.abs(Number(oldest[at('Time')]) - Date.UTC(2026, 10, 21, 10, 42, 19))).toBeLessThan(2);
    expect(oldest[at('Day')]).toEqual(new Date('2026-11-21T00:00:00Z'));
    expect(oldest[at('Wallet reference')]).toBe(long);
    expect(oldest[at('Amount')]).toBe(38.5);
    const sum = (currency: string): number => body.filter((row) => row[at('Currency')] === currency).reduce((total, row) => total + Math.round(Number(row[at('In totals')]) * 100), 0);
    expect(sum('CNY')).toBe(3850 - 1000 + 40 * 101);
    const byCurrency = totals?.slice(2, 4).map((row) => [row[1], Math.round(Number(row[6]) * 100)]);
    expect(byCurrency).toEqual([['AUD', sum('AUD')], ['CNY', sum('CNY')]]);
  });

  it('sums what was given back elsewhere apart', async () => {
    const { path } = await write(day({ outside: true }), 'xlsx');
    const [rows, totals] = (await readSheet(path)).map((sheet) => sheet.data);
    const column = rows?.[0]?.map(String).indexOf('Given back elsewhere') ?? -1;
    expect(rows?.slice(1).map((row) => row[column] ?? null)).toEqual([-4.1, null, null, null]);
    const apart = totals?.findIndex((row) => row[0] === 'Not in the totals') ?? -1;
    expect(totals?.slice(apart).find((row) => row[0] === 'Given back elsewhere')?.slice(0, 4)).toEqual(['Given back elsewhere', 'CNY', 1, 4.1]);
    expect(totals?.find((row) => row[0] === 'CNY')?.[6]).toBe(28.5);
  });

  it('has a frozen head and the currency in the cell\'s format', async () => {
    const { path } = await write(day(), 'xlsx');
    const { unzipSync, strFromU8 } = await import('fflate');
    const files = unzipSync(readFileSync(path));
    const part = (name: string): string => strFromU8(files[name] ?? new Uint8Array(0));
    expect(part('xl/worksheets/sheet1.xml')).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/u);
    expect(part('xl/styles.xml')).toContain('&quot;A$&quot;#,##0.00');
  });

  it('refuses more rows than it can hold', async () => {
    const table = { ...day(), pages: (function* pages() { for (let page = 0; page <= mostSheetRows / 1000; page += 1) yield Array.from({ length: 1000 }, () => []); })() };
    await expect(write(table, 'xlsx')).rejects.toThrow(TooManyRows);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('PDF', () => {
  it('has a page for every piece of the day, and embeds what it draws', async () => {
    const { path } = await write(day({ locale: 'zh-CN', storeName: '南门便利店', sales: 90 }), 'pdf');
    const text = readFileSync(path, 'latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text.match(/\/Type \/Page\b/gu)).toHaveLength(4);
    expect(text).not.toContain('Helvetica');
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
  });

  it('takes each character from the piece of the font that has it', () => {
    const runs = new PdfFonts().runs('今天 12.50 ☃\u{10ffff}', 400);
    expect(runs.map((run) => run.text).join('')).toContain('12.50');
    expect(runs.map((run) => run.text).join('')).toMatch(/^今天 12\.50 .〓$/u);
    for (const run of runs) for (const character of run.text) expect([character, run.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)]).toEqual([character, true]);
  });

  it('has other outlines and widths at another weight', () => {
    const fonts = new PdfFonts();
    const [plain, bold] = [400, 700].map((weight) => fonts.runs('收', weight === 400 ? 400 : 700)[0]?.font.glyphForCodePoint(0x6536));
    expect(plain?.path.commands.length).toBeGreaterThan(10);
    expect(bold?.path.bbox).not.toEqual(plain?.path.bbox);
  });
});

describe('the file itself', () => {
  it('takes a free name and leaves an older one alone', async () => {
    writeFileSync(join(folder, 'a.csv'), 'older');
    const paths = [await write(day(), 'csv'), await write(day(), 'csv')].map(({ path }) => path);
    expect(paths).toEqual([join(folder, 'a (2).csv'), join(folder, 'a (3).csv')]);
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('older');
    expect(readdirSync(folder).toSorted()).toEqual(['a (2).csv', 'a (3).csv', 'a.csv']);
  });

  it('replaces one that the caller named', async () => {
    writeFileSync(join(folder, 'a.csv'), 'older');
    expect((await write(day(), 'csv', 'a.csv', 'replace')).path).toBe(join(folder, 'a.csv'));
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toContain('Sale');
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('leaves nothing behind where it was cancelled, in any format, and the older one as it was', async () => {
    for (const format of ['csv', 'xlsx', 'pdf'] as const) {
      const name = `old.${format}`;
      writeFileSync(join(folder, name), 'older');
      const cancel = new AbortController();
      const writing = writeTable({ table: day({ sales: 3000 }), format, place: { path: join(folder, name), existing: 'replace' }, signal: cancel.signal, onRows: (rows) => { if (rows >= 1000) cancel.abort(); } });
      await expect(writing).rejects.toThrow('abort');
      expect(readFileSync(join(folder, name), 'utf8')).toBe('older');
    }
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('leaves nothing behind where it could not be written', async () => {
    const table = { ...day(), pages: (function* pages() { yield [['x']]; throw new Error('the journal went away'); })() };
    await expect(write(table, 'csv')).rejects.toThrow('went away');
    expect(readdirSync(folder)).toEqual([]);
    mkdirSync(join(folder, 'shut'));
    chmodSync(join(folder, 'shut'), 0o500);
    if (process.getuid?.() !== 0) await expect(write(day(), 'csv', 'shut/a.csv')).rejects.toThrow();
    writeFileSync(join(folder, 'file'), '');
    await expect(write(day(), 'csv', 'file/a.csv')).rejects.toThrow();
  });

  it('sweeps away what a killed till left', () => {
    writeFileSync(join(folder, '.scantill-999999999-0-1.part'), 'half');
    writeFileSync(join(folder, `.scantill-${process.ppid}-0-1.part`), 'at work');
    new FileTarget({ path: join(folder, 'a.csv'), existing: 'newName' }).discard();
    expect(readdirSync(folder)).toEqual([`.scantill-${process.ppid}-0-1.part`]);
  });
});
