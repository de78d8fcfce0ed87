/** An older till's journal opens with this program without loss: the tables follow, and what they say more is in the rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refundsOf, verifyJournal } from '../../core/journal/verify.ts';
import type { MemoryJournal } from '../../core/testing/memory-journal.ts';
import { makeAmount } from '../../core/money/amount.ts';
import { Bench, outcomes, withoutUndo } from '../../core/testing/bench.ts';
import { restoreBackup } from '../backup.ts';
import { homeWitness } from '../witness.ts';
import { migrations } from './migrations.ts';
import { openJournal, type ReadableJournal, type WritableJournal } from './sqlite-journal.ts';

let folder = '';
const opened: ReadableJournal[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scantill-migrations-'));
});

afterEach(() => {
  for (const journal of opened.splice(0)) journal.close();
  rmSync(folder, { recursive: true, force: true });
});

function till(home = folder): WritableJournal {
  const journal = openJournal({ folder: home, access: 'till', refundsOf });
  opened.push(journal);
  return journal;
}

function reader(): ReadableJournal {
  const journal = openJournal({ folder, access: 'reader' });
  opened.push(journal);
  return journal;
}

/** A sale with two refunds that the gateway numbered, and another one with none. */
async function soldAndRefunded(): Promise<MemoryJournal> {
  const bench = await Bench.started({ capabilities: withoutUndo });
  const sale = await bench.started('130000000000000001', 3850);
  await bench.take('pay').answer(outcomes.paid());
  for (const [minor, number] of [[1000, 'OMI-1'], [500, 'OMI-2']] as const) {
    await bench.till.call('refund', { commandId: `back-${minor}`, paymentId: sale.paymentId, amount: makeAmount(minor, 'CNY'), reason: 'returned' });
    await bench.take('refund').answer(outcomes.refunded(number));
  }
  await bench.started('130000000000000002', 900);
  await bench.take('pay').answer(outcomes.paid({ order: { gatewayRef: 'G2', walletRef: null, wallet: null, payerId: null, paidAt: null } }));
  return bench.journal;
}

/** Puts the journal on the disk as a program of the first version left it; answers the file. */
function storeAsFirstVersion(memory: MemoryJournal): string {
  const journal = openJournal({ folder, access: 'till' });
  journal.append(memory.rows, {
    payments: [...memory.paymentRecords.values()], refunds: [...memory.refundRecords.values()], moves: memory.moves, shifts: [...memory.shifts.values()],
    printJobs: [...memory.jobs.values()], commands: [...memory.commands].map(([commandId, aggregate]) => ({ commandId, aggregate })),
  });
  journal.close();
  const file = join(folder, 'journal.db');
  const database = new Database(file);
  database.pragma('journal_mode = DELETE');
  database.exec('ALTER TABLE refunds DROP COLUMN gateway_refund_ref');
  database.pragma('user_version = 1');
  const schema = (one: Database.Database): unknown => one.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
  const first = new Database(':memory:');
  first.exec(migrations[0]?.tables ?? '');
  expect((schema(database) as { name: string; sql: string | null }[]).map(({ name, sql }) => [name, sql?.replaceAll(/\s+/g, ' ')]))
    .toEqual((schema(first) as { name: string; sql: string | null }[]).map(({ name, sql }) => [name, sql?.replaceAll(/\s+/g, ' ')]));
  first.close();
  database.close();
  return file;
}

function numbersOf(journal: ReadableJournal): readonly (string | null)[] {
  return [...journal.dumpProjections().refunds].toSorted((left, right) => left.startedAt - right.startedAt || left.lastSequence - right.lastSequence).map((refund) => refund.gatewayRefundRef);
}

describe('a home of an older program', () => {
  test('opens with every row, and each refund has the number that its own answer named', async () => {
    const memory = await soldAndRefunded();
    storeAsFirstVersion(memory);
    const journal = till();
    expect(journal.rowsAfter(0, 1000)).toEqual(memory.rows);
    expect(numbersOf(journal)).toEqual(['OMI-1', 'OMI-2']);
    expect(verifyJournal(journal, journal.dumpProjections())).toEqual({ kind: 'whole', rows: memory.rows.length });
    // Once for all: the next start finds it done.
    journal.close();
    const again = till();
    expect(numbersOf(again)).toEqual(['OMI-1', 'OMI-2']);
    expect(reader().head()).toEqual(memory.head());
  });

  test('is brought up by its till: whoever only reads says so', async () => {
    storeAsFirstVersion(await soldAndRefunded());
    expect(reader).toThrow(expect.objectContaining({ reason: 'older', message: expect.stringContaining('open the till once') as string }));
    // All of it or nothing: whoever can't make the refunds again leaves the file as it was.
    expect(() => openJournal({ folder, access: 'till' })).toThrow(/older than the program/);
    expect(reader).toThrow(/open the till once/);
    till().close();
    expect(numbersOf(reader())).toEqual(['OMI-1', 'OMI-2']);
  });

  test('case 30: opens also where rows were changed: it keeps what it had of them, and verify tells', async () => {
    const memory = await soldAndRefunded();
    const file = storeAsFirstVersion(memory);
    const database = new Database(file);
    database.exec("DROP TRIGGER events_never_change; UPDATE events SET payload = '{}' WHERE type = 'refundCreated'");
    database.close();
    const journal = till();
    expect(numbersOf(journal)).toEqual([null, null]);
    expect(journal.refunds({ open: true })).toEqual([]);
    expect(journal.rowsAfter(0, 1000)).toHaveLength(memory.rows.length);
    expect(verifyJournal(journal, journal.dumpProjections())).toMatchObject({ kind: 'broken' });
  });

  test('a backup of it is restored, and left as it is', async () => {
    const memory = await soldAndRefunded();
    const file = storeAsFirstVersion(memory);
    const fresh = join(folder, 'fresh');
    expect(restoreBackup(file, fresh, (journal) => homeWitness(journal, { home: fresh, terminalId: 'T01', folder: join(folder, 'state') }))).toEqual({ kind: 'done', sequence: memory.rows.length });
    expect(numbersOf(till(fresh))).toEqual(['OMI-1', 'OMI-2']);
    const before = new Database(file, { readonly: true });
    expect(before.pragma('user_version', { simple: true })).toBe(1);
    before.close();
  });
});
