/** Backups of the journal: whole or not there, and the way back. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowHash } from '../core/journal/chain.ts';
import type { JournalRow } from '../core/journal/storage.ts';
import { backupJournal, restoreBackup } from './backup.ts';
import { openJournal, openRows, type WritableJournal } from './journal/sqlite-journal.ts';
import { noChanges, paymentRecord } from './journal/testing/rows.ts';
import { homeWitness } from './witness.ts';

let place = '';
let home = '';
let stick = '';
const opened: WritableJournal[] = [];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'scantill-backup-'));
  [home, stick] = [join(place, 'home'), join(place, 'stick')];
  mkdirSync(stick);
});

afterEach(() => {
  for (const journal of opened.splice(0)) journal.close();
  rmSync(place, { recursive: true, force: true });
});

function till(folder = home): WritableJournal {
  const journal = openJournal({ folder, access: 'till' });
  opened.push(journal);
  return journal;
}

function next(head: { readonly sequence: number; readonly hash: string }, payload = '{}'): JournalRow {
  const { sequence, hash } = head;
  const row = { sequence: sequence + 1, at: 1_763_700_000_000 + sequence, aggregate: 'P1', type: 'test', payload, previousHash: hash };
  return { ...row, hash: rowHash(row) };
}

/** So many rows in one append. */
function sell(journal: WritableJournal, count: number): void {
  const rows: JournalRow[] = [];
  for (let index = 0; index < count; index += 1) rows.push(next(rows.at(-1) ?? journal.head(), JSON.stringify('x'.repeat(500))));
  journal.append(rows, { ...noChanges, payments: [paymentRecord('P1', 1, { lastSequence: rows.at(-1)?.sequence ?? 0 })] });
}

const witnessAt = (folder: string) => (journal: { row(sequence: number): JournalRow | null }) => homeWitness(journal, { home: folder, terminalId: 'T01', folder: join(place, 'state') });

describe('backing up', () => {
  test('the copy is the journal as it was, one file, and readable where nothing can be written', async () => {
    const journal = till();
    sell(journal, 40);
    const progress: [number, number][] = [];
    const result = await backupJournal({ folder: home, target: stick, name: 'z-000001', onProgress: (done, total) => progress.push([done, total]) });
    if (result.kind !== 'done') throw new Error(JSON.stringify(result));
    expect(readdirSync(stick)).toEqual([expect.stringMatching(/^scantill-[0-9a-f]{16}-000001-z-000001\.db$/)]);
    expect(result.bytes).toBe(statSync(result.path).size);
    const copyHome = join(place, 'copy');
    cpSync(result.path, join(copyHome, 'journal.db'));
    const copy = openJournal({ folder: copyHome, access: 'reader' });
    expect(copy.head()).toEqual(journal.head());
    expect([...copy.dumpProjections().payments]).toEqual([...journal.dumpProjections().payments]);
    copy.close();
    // Not in a write-ahead log's mode: bytes 18 and 19 of the header.
    expect([...readFileSync(result.path).subarray(18, 20)]).toEqual([1, 1]);
    expect(progress.at(-1)?.[0]).toBe(progress.at(-1)?.[1]);
    expect(progress.every(([done, total]) => done <= total)).toBe(true);
  });

  test('sales during the copy are not in it, do not start it again, and are stored', async () => {
    const journal = till();
    sell(journal, 4000);
    const before = journal.head();
    let steps = 0;
    const result = await backupJournal({ folder: home, target: stick, name: 'z-000001', onProgress: (done, total) => {
      steps += 1;
      if (steps > 200) throw new Error('it began again and again');
      if (done < total) sell(journal, 1);
    } });
    if (result.kind !== 'done') throw new Error(JSON.stringify(result));
    expect(steps).toBeGreaterThan(2);
    const copy = openRows(result.path);
    expect(copy.head()).toEqual(before);
    copy.close();
    expect(journal.head().sequence).toBeGreaterThan(before.sequence);
  });

  test('a journal of an older program is copied as it is, before any till of this one has opened it', async () => {
    const journal = till();
    sell(journal, 3);
    const head = journal.head();
    journal.close();
    opened.length = 0;
    const older = new Database(join(home, 'journal.db'));
    older.exec('ALTER TABLE refunds DROP COLUMN gateway_refund_ref');
    older.pragma('user_version = 1');
    older.close();
    const result = await backupJournal({ folder: home, target: stick, name: 'manual' });
    if (result.kind !== 'done') throw new Error(JSON.stringify(result));
    const copy = openRows(result.path);
    expect(copy.head()).toEqual(head);
    copy.close();
    const same = new Database(result.path, { readonly: true });
    expect(same.pragma('user_version', { simple: true })).toBe(1);
    same.close();
  });

  test('the newest thirty of this journal stay, and nothing else is touched', async () => {
    sell(till(), 2);
    const other = join(place, 'other');
    const journal = till(other);
    journal.append([next(journal.head(), '{"another":true}')], noChanges);
    await backupJournal({ folder: other, target: stick, name: 'z-000001' });
    for (const name of ['notes.txt', 'scantill-holiday.db', 'scantill-0000000000000000-000001-z.db']) writeFileSync(join(stick, name), 'mine');
    const others = readdirSync(stick);
    for (let count = 1; count <= 33; count += 1) {
      const result = await backupJournal({ folder: home, target: stick, name: `z-${count}` });
      expect(result.kind).toBe('done');
    }
    const left = readdirSync(stick);
    expect(others.filter((name) => !left.includes(name))).toEqual([]);
    const ours = left.filter((name) => !others.includes(name)).toSorted();
    expect(ours).toHaveLength(30);
    expect(ours[0]).toContain('-000004-z-4.db');
    expect(ours.at(-1)).toContain('-000033-z-33.db');
  });

  test('a stick that is not plugged in is not made; an empty journal is no backup', async () => {
    sell(till(), 1);
    expect(await backupJournal({ folder: home, target: join(place, 'absent'), name: 'z' })).toMatchObject({ kind: 'failed', why: 'noFolder' });
    expect(existsSync(join(place, 'absent'))).toBe(false);
    expect(await backupJournal({ folder: join(place, 'nobody'), target: stick, name: 'z' })).toMatchObject({ kind: 'failed', why: 'empty' });
    expect(readdirSync(stick)).toEqual([]);
  });

  test('a full stick leaves no half file, and older backups stay', async (context) => {
    if (spawnSync('prlimit', ['--version']).status !== 0) {
      process.stdout.write('skipped: prlimit is not installed\n');
      return context.skip('prlimit is not installed');
    }
    const journal = till();
    sell(journal, 20);
    expect((await backupJournal({ folder: home, target: stick, name: 'z-1' })).kind).toBe('done');
    const before = readdirSync(stick);
    sell(journal, 600);
    const child = join(import.meta.dirname, 'journal', 'testing', 'backup-child.ts');
    const run = spawnSync('prlimit', ['--fsize=150000', process.execPath, child, home, stick], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toMatchObject({ kind: 'failed' });
    expect(readdirSync(stick)).toEqual(before);
  });

  test('what a till that died at it left behind is cleared away', async () => {
    sell(till(), 3);
    await backupJournal({ folder: home, target: stick, name: 'z' });
    const [first = ''] = readdirSync(stick);
    const stem = first.slice(0, 'scantill-'.length + 16);
    for (const ending of ['.part', '.part-journal']) writeFileSync(join(stick, stem + ending), 'half');
    expect((await backupJournal({ folder: home, target: stick, name: 'z' })).kind).toBe('done');
    expect(readdirSync(stick).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('a journal whose chain is broken is told, and not kept as a backup', async () => {
    const journal = till();
    sell(journal, 3);
    journal.append([{ ...next(journal.head()), hash: 'f'.repeat(64) }], noChanges);
    expect(await backupJournal({ folder: home, target: stick, name: 'z' })).toMatchObject({ kind: 'failed', why: 'sourceBroken' });
    expect(readdirSync(stick)).toEqual([]);
  });
});

describe('restoring', () => {
  async function backedUp(): Promise<string> {
    const journal = till();
    sell(journal, 10);
    const result = await backupJournal({ folder: home, target: stick, name: 'z' });
    if (result.kind !== 'done') throw new Error(JSON.stringify(result));
    return result.path;
  }

  test('an empty home gets the journal, and a till can go on with it', async () => {
    const path = await backedUp();
    const fresh = join(place, 'fresh');
    expect(restoreBackup(path, fresh, witnessAt(fresh))).toEqual({ kind: 'done', sequence: 10 });
    const journal = till(fresh);
    expect(journal.head()).toEqual(opened[0]?.head());
    sell(journal, 1);
    expect(journal.head().sequence).toBe(11);
    expect(readdirSync(fresh).filter((name) => name.includes('part'))).toEqual([]);
    if (process.platform !== 'win32') expect(statSync(join(fresh, 'journal.db')).mode & 0o777).toBe(0o600);
  });

  test('case 29: a restored journal is an older copy, also on a machine that never saw the newer one', async () => {
    const path = await backedUp();
    const fresh = join(place, 'fresh');
    restoreBackup(path, fresh, witnessAt(fresh));
    const journal = till(fresh);
    const seen = witnessAt(fresh)(journal).read();
    expect(seen?.sequence).toBe(11);
    sell(journal, 5);
    expect(journal.row(11)?.hash).not.toBe(seen?.hash);
  });

  test('case 29: what this machine saw of later rows still counts', async () => {
    const path = await backedUp();
    const [journal] = opened;
    if (journal === undefined) throw new Error('no journal');
    sell(journal, 7);
    witnessAt(home)(journal).write(journal.head());
    const head = journal.head();
    journal.close();
    opened.length = 0;
    rmSync(home, { recursive: true });
    expect(restoreBackup(path, home, witnessAt(home)).kind).toBe('done');
    expect(witnessAt(home)(till()).read()).toEqual(head);
  });

  test('a home that has a journal keeps it, and so does one with a log of it or a till at work', async () => {
    const path = await backedUp();
    expect(restoreBackup(path, home, witnessAt(home))).toMatchObject({ kind: 'refused', why: 'inUse' });
    for (const journal of opened.splice(0)) journal.close();
    const before = readFileSync(join(home, 'journal.db'));
    expect(restoreBackup(path, home, witnessAt(home))).toMatchObject({ kind: 'refused', why: 'journalThere' });
    expect(readFileSync(join(home, 'journal.db')).equals(before)).toBe(true);
    const half = join(place, 'half');
    mkdirSync(half);
    writeFileSync(join(half, 'journal.db-wal'), 'rows of another file');
    expect(restoreBackup(path, half, witnessAt(half))).toMatchObject({ kind: 'refused', why: 'journalThere' });
  });

  test('a spoilt backup is refused: cut short, a changed row, no journal at all', async () => {
    const path = await backedUp();
    const fresh = join(place, 'fresh');
    const spoilt = join(place, 'spoilt.db');
    const why = (): unknown => restoreBackup(spoilt, fresh, witnessAt(fresh));
    expect(why()).toMatchObject({ kind: 'refused', why: 'notFound' });
    writeFileSync(spoilt, readFileSync(path).subarray(0, statSync(path).size - 8192));
    expect(why()).toMatchObject({ kind: 'refused', why: 'broken' });
    cpSync(path, spoilt);
    const database = new Database(spoilt);
    database.exec("DROP TRIGGER events_never_change; UPDATE events SET payload = '\"y\"' WHERE sequence = 5");
    database.close();
    expect(why()).toMatchObject({ kind: 'refused', why: 'broken' });
    writeFileSync(spoilt, 'no journal');
    expect(why()).toMatchObject({ kind: 'refused', why: 'broken' });
    expect(existsSync(join(fresh, 'journal.db'))).toBe(false);
  });
});
