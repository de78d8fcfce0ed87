/** Exports of a day on the command line: how it prints, what is said of long ones, and how they end where nothing is written. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import { paymentRecord, refundRecord } from '../core/testing/day-records.ts';
import { openReading, type OpenReading } from '../host/reading.ts';
import { exportCommand, type ExportOptions } from './export.ts';

const day = '2026-11-21';
const shortDay = '2026-11-20';
const never = new Promise<void>(() => undefined);
let home = '';
let folder = '';
let opened: OpenReading;
let lines: Readonly<Record<string, unknown>>[] = [];
let notes: string[] = [];
let stdout: Uint8Array[] = [];
const out = { line: (object: Readonly<Record<string, unknown>>) => void lines.push(object), bytes: (bytes: Uint8Array) => void stdout.push(bytes), note: (text: string) => void notes.push(text) };

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'scantill-export-'));
  const journal = openJournal({ folder: join(home, 'training'), access: 'till' });
  const long = Array.from({ length: 3000 }, (_none, index) => paymentRecord({ paymentId: String(index) }));
  const short = [1, 2, 3].map((index) => paymentRecord({ paymentId: `s${index}`, number: `T01-261120-000${index}`, day: shortDay, amountMinor: index * 1000 }));
  const cash = paymentRecord({ paymentId: 's4', number: 'T01-261120-0004', day: shortDay, gateway: 'cash', wallet: 'cash', amountMinor: 700, references: [], last4: null });
  const [sale = cash] = short;
  journal.append([], { payments: [...long, ...short, cash], refunds: [refundRecord(sale, 'R1', { amountMinor: 250 })], moves: [], shifts: [], printJobs: [], commands: [] });
  journal.close();
  const result = openReading({ home, training: true, locale: 'en' });
  if (result.kind !== 'ok') throw new Error(result.detail);
  opened = result.opened;
});
afterAll(() => {
  opened.close();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  [lines, notes, stdout] = [[], [], []];
  folder = mkdtempSync(join(home, 'out-'));
});

function run(options: Partial<ExportOptions>, interrupted = never, millisecondsAtEachLook = 0): Promise<number> {
  let now = 0;
  return exportCommand(opened, { day: shortDay, format: 'text', ...options }, out, interrupted, { wall: () => Date.UTC(2026, 10, 21, 10, 0, 0), monotonic: () => (now += millisecondsAtEachLook) });
}

describe('export', () => {
  it.each(['csv', 'xlsx', 'pdf', 'escpos', 'text'])('that is interrupted ends with 3 and leaves no file: %s', async (format) => {
    const path = join(folder, `day.${format}`);
    await expect(run({ day, format, out: path }, Promise.resolve())).rejects.toMatchObject({ code: 3, message: expect.stringContaining('cancelled') });
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['csv', 'escpos', 'text'])('to a place that cannot be written ends with 64: %s', async (format) => {
    writeFileSync(join(folder, 'file'), '');
    await expect(run({ format, out: join(folder, 'file', 'day') })).rejects.toMatchObject({ code: 64 });
    await expect(run({ format, out: folder })).rejects.toMatchObject({ code: 64 });
  });

  it('of a kind that there is none of, of a file without its place, and of bytes among lines ends with 64', async () => {
    await expect(run({ format: 'doc', out: join(folder, 'day.doc') })).rejects.toMatchObject({ code: 64, message: expect.stringContaining('csv, xlsx, pdf, escpos, text') });
    await expect(run({ format: 'csv' })).rejects.toMatchObject({ code: 64, message: expect.stringContaining('--out') });
    await expect(run({ format: 'escpos', json: true })).rejects.toMatchObject({ code: 64, message: expect.stringContaining('--out') });
    expect([lines, stdout]).toEqual([[], []]);
  });

  it.each(['csv', 'xlsx', 'pdf'])('says how far it is, beside its line: %s', async (format) => {
    expect(await run({ day, format, out: join(folder, `day.${format}`) }, never, 700)).toBe(0);
    expect(notes).toEqual(['export: 2000 of 3000 rows']);
    expect(lines).toMatchObject([{ rows: 3000 }]);
  });

  it('that is quick says nothing of how far it is', async () => {
    expect(await run({ day, format: 'csv', out: join(folder, 'day.csv') }, never, 200)).toBe(0);
    expect(notes).toEqual([]);
  });
});

describe('export of the day as it prints', () => {
  it('has the totals, the cash among them, and then every sale and refund, oldest first', async () => {
    expect(await run({})).toBe(0);
    const text = new TextDecoder().decode(stdout[0]);
    expect(text).toContain('2026-11-20');
    expect(text).toContain('Printed');
    expect(text).toContain('2026-11-21 18:00');
    expect(text).toMatch(/Sales x4 +￥67\.00/);
    expect(text).toMatch(/Refunds x1 +-￥2\.50/);
    expect(text).toMatch(/Net +￥64\.50/);
    expect([...text.matchAll(/#(\d{4}) (\w+)/g)].map(([, number, what]) => [number, what])).toEqual([['0001', 'WeChat'], ['0002', 'WeChat'], ['0003', 'WeChat'], ['0004', 'Cash'], ['0001', 'Refund']]);
    expect([lines, notes]).toEqual([[], []]);
  });

  it('is the same in a file as on the screen, and text is what the printer’s bytes say', async () => {
    const [text, bytes] = [join(folder, 'day.txt'), join(folder, 'day.bin')];
    expect([await run({}), await run({ out: text }), await run({ format: 'escpos' }), await run({ format: 'escpos', out: bytes })]).toEqual([0, 0, 0, 0]);
    expect(readFileSync(text)).toEqual(Buffer.from(stdout[0] ?? []));
    expect(readFileSync(bytes)).toEqual(Buffer.from(stdout[1] ?? []));
    expect([...readFileSync(bytes).subarray(0, 2)]).toEqual([0x1b, 0x40]);
    const printed = new TextDecoder('gb18030').decode(readFileSync(bytes));
    const words = readFileSync(text, 'utf8').split(/[\s*]+/).filter((word) => /\w/.test(word));
    expect(words.length).toBeGreaterThan(40);
    // In this order, each behind the one before it.
    expect(words.reduce((at, word) => (at < 0 ? at : printed.indexOf(word, at)), 0)).toBeGreaterThan(0);
    expect(lines).toEqual([
      { day: shortDay, format: 'text', rows: 5, rowsLeftOut: 0, out: text, bytes: stdout[0]?.length },
      { day: shortDay, format: 'escpos', rows: 5, rowsLeftOut: 0, out: bytes, bytes: stdout[1]?.length },
    ]);
  });

  it('is a line of its own among lines', async () => {
    await run({});
    expect(await run({ json: true })).toBe(0);
    expect(lines).toEqual([{ day: shortDay, format: 'text', rows: 5, rowsLeftOut: 0, text: new TextDecoder().decode(stdout[0]) }]);
    expect(stdout).toHaveLength(1);
  });

  it('has the totals alone above three hundred rows, and says so', async () => {
    expect(await run({ day, out: join(folder, 'day.txt') })).toBe(0);
    const text = readFileSync(join(folder, 'day.txt'), 'utf8');
    expect(text).toContain('Sales x3000');
    expect(text).toContain('Left out: 3000 rows');
    expect(text).not.toContain('#0');
    expect(lines).toMatchObject([{ rows: 0, rowsLeftOut: 3000 }]);
    expect(notes).toEqual([expect.stringContaining('3000 rows')]);
  });

  it('replaces a file as a whole, and writes through a link into what it names', async () => {
    const [file, link] = [join(folder, 'printer'), join(folder, 'link')];
    writeFileSync(file, 'before');
    symlinkSync(file, link);
    await run({ out: link });
    const written = readFileSync(file, 'utf8');
    expect(readdirSync(folder).toSorted()).toEqual(['link', 'printer']);
    expect(written).toContain('2026-11-20');
    writeFileSync(file, 'before');
    await run({ out: file });
    expect(readFileSync(file, 'utf8')).toBe(written);
    expect(readFileSync(link, 'utf8')).toBe(written);
  });
});
