/** Statement files as banks and gateways write them: encodings, separators, heads, and a folder of them. */
import { appendFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listStatements } from './folder.ts';
import { readLines } from './lines.ts';
import { readShapes, type FileShape } from './shape.ts';
import { WorkMemory } from './work-memory.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scantill-statement-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = '对账单\r\n\r\n商户订单号,金额,备注\r\n\t123,38.50,"茶, 大杯"\r\n`456,"1,234.50",="007"\r\n合计,,\r\n';

function file(bytes: Uint8Array | string, name = 'a.csv'): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

async function shapeOf(path: string): Promise<FileShape> {
  const [shape, ...others] = await readShapes(path);
  if (shape === undefined || others.length > 0) throw new Error('not one table');
  return shape;
}

async function linesOf(path: string): Promise<readonly (readonly string[])[]> {
  const shape = await shapeOf(path);
  const lines: (readonly string[])[] = [];
  await readLines({ path, shape, onLine: (cells) => lines.push(cells) });
  return lines;
}

describe('a statement file', () => {
  it('is read in each encoding, its cells as they stand', async () => {
    const forms: readonly (readonly [Uint8Array, string])[] = [
      [Buffer.from(text, 'utf8'), 'UTF-8'], [Buffer.from(`\ufeff${text}`, 'utf8'), 'UTF-8 BOM'], [iconv.encode(text, 'gb18030'), 'GB18030'], [iconv.encode(`\ufeff${text}`, 'utf16-le'), 'UTF-16'],
    ];
    for (const [bytes, encodingName] of forms) {
      const path = file(bytes);
      expect(await shapeOf(path)).toMatchObject({ encodingName, delimiter: ',' });
      expect(await linesOf(path)).toEqual([['对账单'], ['商户订单号', '金额', '备注'], ['\t123', '38.50', '茶, 大杯'], ['`456', '1,234.50', '="007"'], ['合计', '', '']]);
    }
  });

  it('has commas, semicolons or tabs between its cells', async () => {
    for (const delimiter of [',', ';', '\t']) expect(await shapeOf(file(`a${delimiter}b${delimiter}c\n1${delimiter}2${delimiter}3\n`))).toMatchObject({ delimiter, head: [['a', 'b', 'c'], ['1', '2', '3']] });
  });

  it('keeps every character where its bytes fall on both sides of a piece', async () => {
    const rows = 40_000;
    const path = file(iconv.encode(`订单号,金额\n${'茶馆壹贰叁,1.00\n'.repeat(rows)}`, 'gb18030'));
    const lines = await linesOf(path);
    expect(lines).toHaveLength(rows + 1);
    expect(new Set(lines.slice(1).map((cells) => cells.join()))).toEqual(new Set(['茶馆壹贰叁,1.00']));
  });

  it('is none where it is no text, and says why where it cannot be read', async () => {
    expect(await readShapes(file(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 0, 0])))).toEqual([]);
    await expect(readShapes(file(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0])))).rejects.toThrow();
    await expect(readShapes(join(folder, 'gone.csv'))).rejects.toThrow('ENOENT');
    const path = file(text);
    const shape = await shapeOf(path);
    rmSync(path);
    await expect(readLines({ path, shape, onLine: () => undefined })).rejects.toThrow('ENOENT');
  });

  it('ends at once where it is cancelled, or where its reader has had enough', async () => {
    const path = file(`a,b\n${'1,2\n'.repeat(300_000)}`);
    const shape = await shapeOf(path);
    const cancel = new AbortController();
    await expect(readLines({ path, shape, signal: cancel.signal, onLine: (_cells, place) => { if (place === 10) cancel.abort(); } })).rejects.toThrow('abort');
    await expect(readLines({ path, shape, onLine: () => { throw new Error('enough'); } })).rejects.toThrow('enough');
  });

  it('is refused where it breaks off within a quoted cell, and read where it breaks off between lines', async () => {
    const path = file('a,b\n1,2\n');
    appendFileSync(path, '3,"4');
    await expect(linesOf(path)).rejects.toThrow('Quote Not Closed');
    truncateSync(path, 8);
    expect(await linesOf(path)).toEqual([['a', 'b'], ['1', '2']]);
  });
});

describe('a folder', () => {
  it('lists what may be a statement, newest first', () => {
    for (const [name, at] of [['old.csv', 1000], ['new.TXT', 2000], ['.hidden.csv', 3000], ['picture.png', 4000]] as const) utimesSync(file('x', name), at, at);
    expect(listStatements(folder).map(({ name, changedAt, bytes }) => ({ name, changedAt, bytes }))).toEqual([{ name: 'new.TXT', changedAt: 2_000_000, bytes: 1 }, { name: 'old.csv', changedAt: 1_000_000, bytes: 1 }]);
    expect(listStatements(join(folder, 'none'))).toEqual([]);
  });
});

describe('the memory of long work', () => {
  it('comes back, and a broken one costs nothing but itself', () => {
    const path = join(folder, 'sub', 'work.json');
    const memory = new WorkMemory(path);
    const mapping = { columns: { 金额: 'amount' }, amountUnit: 'major' } as const;
    memory.rememberExportFolder('/e');
    memory.rememberStatementFolder('/s');
    memory.rememberMapping('ums', mapping);
    memory.rememberMatch('/s/a.csv', { at: 1, changedAt: 2, differencesLeft: 3 });
    expect(new WorkMemory(path).read()).toEqual({ exportFolder: '/e', statementFolder: '/s', mappings: { ums: mapping }, matched: { '/s/a.csv': { at: 1, changedAt: 2, differencesLeft: 3 } } });
    writeFileSync(path, '{"exportFolder": 7, "mappings": []}');
    expect(memory.read()).toEqual({ exportFolder: null, statementFolder: null, mappings: {}, matched: {} });
    writeFileSync(path, '{');
    expect(memory.read().exportFolder).toBeNull();
  });
});
