/** Statements as XLSX: amounts to the minor unit, long numbers whole, times by the sheet's own clock. */
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { amountCell } from '../../core/reconcile/amount-cell.ts';
import { readLines } from './lines.ts';
import { readShapes } from './shape.ts';
import { numberText, readWorkbook } from './workbook.ts';

type Value = string | number | Date | boolean | null;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scantill-workbook-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function workbook(...sheets: readonly (readonly (readonly Value[])[])[]): Promise<string> {
  const path = join(folder, 'statement.xlsx');
  await writeExcelFile(sheets.map((rows, index) => ({ sheet: `S${index + 1}`, data: rows.map((row) => row.map(cell)) }))).toFile(path);
  return path;
}

function cell(value: Value): { value: string | number | Date | boolean; format?: string } | null {
  if (value === null) return null;
  return value instanceof Date ? { value, format: 'yyyy-mm-dd hh:mm:ss' } : { value };
}

/** Changes the first sheet as another program would have written it. */
function rewritten(path: string, from: string, to: string): void {
  const files = unzipSync(readFileSync(path));
  const name = 'xl/worksheets/sheet1.xml';
  const sheet = strFromU8(files[name] ?? new Uint8Array());
  if (!sheet.includes(from)) throw new Error(`${from} is not in the sheet`);
  writeFileSync(path, zipSync({ ...files, [name]: strToU8(sheet.replace(from, to)) }));
}

describe('a workbook', () => {
  it('gives each sheet’s lines as text, numbers as they were typed', async () => {
    const path = await workbook([['cover'], [null, null]], [['订单号', '时间', '金额', '备注'], ['7894100000000001', new Date(Date.UTC(2026, 10, 21, 10, 42, 19)), 38.5, true], [null, null, null, null], ['x', new Date(Date.UTC(2026, 10, 21)), -1234.1, '¥1,234.50']]);
    const [cover, table] = await readWorkbook(path);
    expect(cover).toEqual({ name: 'S1', lines: [['cover']] });
    expect(table?.lines).toEqual([['订单号', '时间', '金额', '备注'], ['7894100000000001', '2026-11-21 10:42:19', '38.5', 'TRUE'], ['x', '2026-11-21 00:00:00', '-1234.1', '¥1,234.50']]);
  });

  it('keeps amounts exact however a spreadsheet writes its doubles', async () => {
    const path = await workbook([['a', 'b'], [1234.1, 5]]);
    rewritten(path, '<v>1234.1</v>', '<v>1234.0999999999999</v>');
    rewritten(path, '<v>5</v>', '<v>5.0000000000000003E-2</v>');
    expect((await readWorkbook(path))[0]?.lines[1]).toEqual(['1234.1', '0.05']);
  });

  it('keeps every digit of a number that no double can hold', async () => {
    const path = await workbook([['a'], [5]]);
    rewritten(path, '<v>5</v>', '<v>4200002612345678901234567890</v>');
    expect((await readWorkbook(path))[0]?.lines[1]).toEqual(['4200002612345678901234567890']);
    // What was lost before it came here is not made up.
    expect(numberText('4.2000026123456788E+27')).toBe('4.2000026123456788E+27');
  });

  it('every amount that a person can type comes back to the minor unit, whichever digits its double was written with', () => {
    fc.assert(fc.property(fc.integer({ min: -99_999_999_99, max: 99_999_999_99 }), (minor) => {
      const typed = minor / 100;
      for (const written of [String(typed), typed.toPrecision(17), typed.toExponential(16)]) expect(amountCell(numberText(written), 'major', 'CNY')).toBe(minor === 0 ? 0 : minor);
    }));
  });

  it('refuses more decimals than the currency has', () => {
    expect(amountCell(numberText(String(0.1 + 0.2)), 'major', 'CNY')).toBeNull();
    expect(amountCell(numberText('38.505'), 'major', 'CNY')).toBeNull();
    expect(amountCell(numberText('38.5'), 'minor', 'CNY')).toBeNull();
  });

  it('is read line by line, and ends where it is cancelled', async () => {
    const path = await workbook([['a', 'b'], ...Array.from({ length: 12_000 }, (_none, index) => [String(index), index])]);
    const [shape] = await readShapes(path);
    if (shape === undefined) throw new Error('no sheet');
    const lines: (readonly string[])[] = [];
    let pieces = 0;
    await readLines({ path, shape, onLine: (cells) => lines.push(cells), onPiece: () => { pieces += 1; } });
    expect(lines).toHaveLength(12_001);
    expect(lines.at(-1)).toEqual(['11999', '11999']);
    expect(pieces).toBe(3);
    const cancel = new AbortController();
    await expect(readLines({ path, shape, signal: cancel.signal, onLine: (_cells, place) => { if (place === 10) cancel.abort(); } })).rejects.toThrow('abort');
  });

  it('that is torn or empty is none', async () => {
    const path = await workbook([['a', 'b'], ['1', 2]]);
    truncateSync(path, 700);
    await expect(readWorkbook(path)).rejects.toThrow();
    expect(await readShapes(await workbook([[null]]))).toEqual([]);
  });
});
