/** What the command line says while a long statement is read and matched. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal, type WritableJournal } from '../adapters/journal/sqlite-journal.ts';
import { paymentRecord } from '../core/testing/day-records.ts';
import { openReading, type OpenReading } from '../host/reading.ts';
import { reconcileCommand } from './reconcile.ts';

const rows = 12_000;
let home = '';
let statement = '';
let running: WritableJournal;
let opened: OpenReading;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'scantill-reconcile-'));
  const settings = {
    store: { name: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'en', currency: 'CNY' }, terminal: { id: 'T01' },
    gateways: { shouqianba: { baseUrl: 'http://127.0.0.1:9', terminalSn: '100000330001', terminalKey: '0123456789abcdef0123456789abcdef', currency: 'CNY' } },
  };
  writeFileSync(join(home, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
  // A till that is running: the command reads beside it.
  running = openJournal({ folder: home, access: 'till' });
  running.append([], { payments: [paymentRecord({ paymentId: '0' })], refunds: [], moves: [], shifts: [], printJobs: [], commands: [] });
  const lines = Array.from({ length: rows }, (_none, index) => `T01251120${String(index).padStart(14, '0')},7895259485${String(index).padStart(6, '0')},收款,38.50`);
  statement = join(home, 'statement.csv');
  writeFileSync(statement, `商户订单号,收钱吧订单号,交易类型,实收金额(元)\n${lines.join('\n')}\n`);
  const result = openReading({ home, training: false, locale: 'en' });
  if (result.kind !== 'ok') throw new Error(result.detail);
  opened = result.opened;
});
afterEach(() => {
  opened.close();
  running.close();
  rmSync(home, { recursive: true, force: true });
});

/** Each look at the clock takes so long. */
async function reconciled(millisecondsAtEachLook: number, interrupted = new Promise<void>(() => undefined)): Promise<{ readonly code: number; readonly lines: readonly Readonly<Record<string, unknown>>[]; readonly notes: readonly string[] }> {
  const [lines, notes]: [Readonly<Record<string, unknown>>[], string[]] = [[], []];
  let now = 0;
  const output = { line: (object: Readonly<Record<string, unknown>>) => void lines.push(object), bytes: () => undefined, note: (text: string) => void notes.push(text) };
  const code = await reconcileCommand(opened, statement, { home, gateway: 'shouqianba', column: [] }, output, interrupted, { monotonic: () => (now += millisecondsAtEachLook) });
  return { code, lines, notes };
}

describe('reconcile', () => {
  it('says how many rows were read, then how many of them are matched, beside its lines', async () => {
    const { code, lines, notes } = await reconciled(1000);
    expect(code).toBe(2);
    expect(lines.at(-1)).toMatchObject({ rows, matched: 1, missingHere: rows - 1, final: true });
    const read = notes.filter((note) => /^reading: \d+ rows$/.test(note));
    const matching = notes.filter((note) => new RegExp(`^matching: \\d+ of ${rows} rows$`).test(note));
    expect(read.length).toBeGreaterThan(1);
    expect(matching.length).toBeGreaterThan(1);
    expect(notes.slice(0, read.length + matching.length)).toEqual([...read, ...matching]);
    const done = matching.map((note) => Number(/\d+/.exec(note)?.[0]));
    expect(done).toEqual(done.toSorted((left, right) => left - right));
    expect(done.at(-1)).toBeGreaterThan(0);
  });

  it('says nothing of it where it is quick', async () => {
    const { notes } = await reconciled(1);
    expect(notes.filter((note) => note.includes(' rows'))).toEqual([]);
  });

  it('that is interrupted ends with 3', async () => {
    await expect(reconciled(1, Promise.resolve())).rejects.toMatchObject({ code: 3 });
  });
});
