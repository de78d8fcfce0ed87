/** The journal on SQLite: durable, exclusive, honest about failing, and never slow by scanning. */
import { execFileSync, spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JournalUnavailable, type PaymentQuery, type PaymentRecord } from '../../core/journal/storage.ts';
import { migrations } from './migrations.ts';
import { openJournal, type WritableJournal } from './sqlite-journal.ts';
import { facetLookup, findLookups, headSearches, refundWalks, saleWalks, tailSearches } from './list-statements.ts';
import { otherLookups, paymentLookups, recordLookups } from './statements.ts';
import { attemptRefs, noChanges, paymentRecord, rowAfter } from './testing/rows.ts';

const childPath = join(import.meta.dirname, 'testing', 'journal-child.ts');

let folder = '';
const opened: { close(): void }[] = [];
const children: ChildProcessWithoutNullStreams[] = [];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'scantill-journal-')), 'home');
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const journal of opened.splice(0)) journal.close();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

function till(): WritableJournal {
  const journal = openJournal({ folder, access: 'till' });
  opened.push(journal);
  return journal;
}

function reader(): ReturnType<typeof openReader> {
  const journal = openReader();
  opened.push(journal);
  return journal;
}
const openReader = () => openJournal({ folder, access: 'reader' });

function reasonOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof JournalUnavailable) return error.reason;
    return `another error: ${String(error)}`;
  }
  return 'nothing thrown';
}

/** A child till whose lines arrive one by one. */
function startChild(task: string): { readonly child: ChildProcessWithoutNullStreams; line(): Promise<string> } {
  const child = spawn(process.execPath, [childPath, task, folder]);
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    line: async () => {
      const next = await lines.next();
      if (next.done) throw new Error(`the child ended: ${String(child.stderr.read())}`);
      return next.value;
    },
  };
}

describe('storing', () => {
  test('rows and projections come back as they went in, also after a restart', () => {
    const journal = till();
    const first = rowAfter(journal.head(), 'P1', '{"text":"中文 🧾 \\u0000"}');
    const second = rowAfter(first, 'P2');
    const record = paymentRecord('P1', first.at, { takenUp: true, open: true, paidSequence: 2, saleRef: 'S-1', codeHashes: ['c1', 'c2'], payerIds: ['payer'] });
    journal.append([first, second], {
      ...noChanges,
      payments: [record],
      printJobs: [{ jobId: 'J1', paymentId: 'P1', state: 'waiting', queuedAt: 5 }],
      commands: [{ commandId: 'C1', aggregate: 'P1' }],
    });
    for (let pass = 0; pass < 2; pass += 1) {
      const again = pass === 0 ? journal : till();
      expect(again.head()).toEqual({ sequence: 2, hash: second.hash });
      expect(again.rowsOf('P1')).toEqual([first]);
      expect(again.rowsAfter(0, 10)).toEqual([first, second]);
      expect(again.rowsAfter(0, 1)).toEqual([first]);
      expect(again.rowsAfter(1, 10)).toEqual([second]);
      expect(again.payments({ by: 'paymentId', value: 'P1' })).toEqual([record]);
      expect(again.printJobs({ unfinished: true })).toEqual([{ jobId: 'J1', paymentId: 'P1', state: 'waiting', queuedAt: 5 }]);
      expect(again.aggregateOfCommand('C1')).toBe('P1');
      expect(again.aggregateOfCommand('C2')).toBeNull();
      again.close();
    }
  });

  test('a gap, a repeat or another previous hash is a broken invariant and stores nothing', () => {
    const journal = till();
    const first = rowAfter(journal.head());
    journal.append([first], noChanges);
    const next = rowAfter(first);
    for (const row of [{ ...next, sequence: 3 }, { ...next, sequence: 1 }, { ...next, previousHash: 'f'.repeat(64) }]) {
      expect(() => journal.append([row], noChanges)).toThrow(/doesn't follow/);
    }
    expect(() => journal.append([next, { ...rowAfter(next), sequence: 4 }], noChanges)).toThrow(/doesn't follow/);
    expect(journal.head().sequence).toBe(1);
    journal.append([next], noChanges);
    expect(journal.head().sequence).toBe(2);
  });

  test('a command id that is used already stores nothing of the append (CASES 8)', () => {
    const journal = till();
    const first = rowAfter(journal.head());
    const changes = { ...noChanges, commands: [{ commandId: 'C1', aggregate: 'P1' }] };
    journal.append([first], changes);
    expect(() => journal.append([rowAfter(first)], changes)).toThrow(/UNIQUE|constraint/i);
    expect(journal.head().sequence).toBe(1);
  });

  test('a stored row can neither be changed nor deleted through SQL', () => {
    const journal = till();
    journal.append([rowAfter(journal.head())], noChanges);
    const other = new Database(join(folder, 'journal.db'));
    opened.push(other);
    expect(() => other.exec("UPDATE events SET payload = 'x'")).toThrow(/append-only/);
    expect(() => other.exec('DELETE FROM events')).toThrow(/append-only/);
  });

  test('a record replaces the one before, shorter lists included', () => {
    const journal = till();
    const first = rowAfter(journal.head());
    journal.append([first], { ...noChanges, payments: [paymentRecord('P1', 1, { references: attemptRefs('a', 'b', 'c'), codeHashes: ['h1', 'h2'], payerIds: ['x'], takenUp: true })] });
    const after = paymentRecord('P1', 1, { references: attemptRefs('a', 'd'), codeHashes: ['h2'], payerIds: [], state: 'declined', verdict: 'notPaid' });
    journal.append([rowAfter(first)], { ...noChanges, payments: [after], printJobs: [] });
    expect(journal.payments({ by: 'reference', value: 'd' })).toEqual([after]);
    for (const query of [{ by: 'reference', value: 'b' }, { by: 'reference', value: 'c' }, { by: 'codeHash', value: 'h1' }, { by: 'payerId', value: 'x', since: 0 }, { by: 'takenUp' }] as const) {
      expect(journal.payments(query)).toEqual([]);
    }
  });
});

describe('looking up', () => {
  function filled(): WritableJournal {
    const journal = till();
    const records: PaymentRecord[] = [
      paymentRecord('P3', 300, { day: '2026-11-22', saleRef: 'S-9', payerIds: ['payer'], references: attemptRefs('ref-P3', 'shared') }),
      paymentRecord('P1', 100, { takenUp: true, open: true, codeHashes: ['code'], payerIds: ['payer'], references: attemptRefs('ref-P1', 'shared') }),
      paymentRecord('P2', 200, { takenUp: true, saleRef: 'S-9', codeHashes: ['code'] }),
    ];
    journal.append([rowAfter(journal.head())], {
      ...noChanges,
      payments: records,
      printJobs: [
        { jobId: 'J1', paymentId: 'P1', state: 'printed', queuedAt: 1 },
        { jobId: 'J2', paymentId: 'P1', state: 'interrupted', queuedAt: 2 },
        { jobId: 'J3', paymentId: null, state: 'waiting', queuedAt: 3 },
        { jobId: 'J4', paymentId: 'P2', state: 'dropped', queuedAt: 4 },
        { jobId: 'J5', paymentId: 'P2', state: 'printing', queuedAt: 5 },
      ],
      commands: [],
    });
    return journal;
  }
  const ids = (journal: WritableJournal, query: PaymentQuery): string[] => journal.payments(query).map((record) => record.paymentId);

  test('each query finds its payments, oldest first', () => {
    const journal = filled();
    expect(ids(journal, { by: 'paymentId', value: 'P2' })).toEqual(['P2']);
    expect(ids(journal, { by: 'reference', value: 'shared' })).toEqual(['P1', 'P3']);
    expect(ids(journal, { by: 'reference', value: 'share' })).toEqual([]);
    expect(ids(journal, { by: 'reference', value: 'share%' })).toEqual([]);
    expect(ids(journal, { by: 'codeHash', value: 'code' })).toEqual(['P1', 'P2']);
    expect(ids(journal, { by: 'payerId', value: 'payer', since: 100 })).toEqual(['P1', 'P3']);
    expect(ids(journal, { by: 'payerId', value: 'payer', since: 101 })).toEqual(['P3']);
    expect(ids(journal, { by: 'saleRef', value: 'S-9' })).toEqual(['P2', 'P3']);
    expect(ids(journal, { by: 'takenUp' })).toEqual(['P1', 'P2']);
    expect(ids(journal, { by: 'day', value: '2026-11-21' })).toEqual(['P1', 'P2']);
    expect(ids(journal, { by: 'amount', minor: 3850, currency: 'CNY', since: 200 })).toEqual(['P2', 'P3']);
    expect(ids(journal, { by: 'amount', minor: 3851, currency: 'CNY', since: 0 })).toEqual([]);
    expect(ids(journal, { by: 'newest', count: 2 })).toEqual(['P3', 'P2']);
    expect(journal.countOfDay('2026-11-21')).toBe(2);
    expect(journal.countOfDay('2026-11-20')).toBe(0);
    expect(journal.printJobs({ unfinished: true }).map((job) => job.jobId)).toEqual(['J2', 'J3', 'J5']);
    expect(journal.printJobs({ paymentId: 'P1' }).map((job) => job.jobId)).toEqual(['J1', 'J2']);
  });

  const named = (prefix: string, texts: Readonly<Record<string, string>>): [string, string][] => Object.entries(texts).map(([name, text]) => [`${prefix}.${name}`, text]);

  test.each([
    ...named('payments', paymentLookups), ...named('others', otherLookups), ...named('records', recordLookups), ...named('sales', saleWalks), ...named('refunds', refundWalks),
    ...named('find', findLookups), ...named('head', headSearches), ...named('tail', tailSearches), ...named('facets', { facetLookup }),
  ])('%s is answered from an index', (_name, text) => {
    till();
    const database = new Database(join(folder, 'journal.db'), { readonly: true });
    opened.push(database);
    const names = [...text.matchAll(/@(\w+)/g)].map(([, name = '']) => [name, 1]);
    const unnamed = Array.from({ length: text.split('?').length - 1 }, () => 1);
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...unnamed, ...(names.length > 0 ? [Object.fromEntries(names)] : [])) as { detail: string }[];
    expect(plan.length).toBeGreaterThan(0);
    // A list of parameters and the few rows that a LIMIT has cut off are read to their end; tables never are.
    const scans = plan.map((step) => step.detail).filter((detail) => detail.includes('SCAN') && !/^SCAN (json_each|wanted|near|CONSTANT ROW)/.test(detail));
    expect(scans).toEqual([]);
  });

  test('projections are rebuilt as a whole, and a failing rebuild changes nothing', () => {
    const journal = filled();
    const rebuilt = paymentRecord('P7', 700);
    expect(() => journal.rebuildProjections((function* () {
      yield { ...noChanges, payments: [rebuilt] };
      throw new Error('the rows do not add up');
    })())).toThrow('do not add up');
    expect([...journal.dumpProjections().payments].map((record) => record.paymentId)).toEqual(['P1', 'P2', 'P3']);

    journal.rebuildProjections([{ ...noChanges, payments: [rebuilt] }, { ...noChanges, commands: [{ commandId: 'C7', aggregate: 'P7' }] }]);
    const dump = journal.dumpProjections();
    expect([...dump.payments]).toEqual([rebuilt]);
    expect([...dump.printJobs]).toEqual([]);
    expect([...dump.commands]).toEqual([{ commandId: 'C7', aggregate: 'P7' }]);
    expect(journal.payments({ by: 'reference', value: 'shared' })).toEqual([]);
    expect(journal.head().sequence).toBe(1);
  });
});

describe('durability', () => {
  test('the files and the folder are for this user alone', () => {
    const journal = till();
    journal.append([rowAfter(journal.head())], noChanges);
    const mode = (path: string): number => statSync(path).mode & 0o777;
    expect(mode(folder)).toBe(0o700);
    for (const name of ['journal.db', 'journal.db-wal', 'journal.db-shm', 'lock.db']) expect([name, mode(join(folder, name))]).toEqual([name, 0o600]);
  });

  test('this build of SQLite drops to NORMAL by itself, so saying FULL at every open is not idle', () => {
    const database = new Database(join(folder, '..', 'plain.db'));
    opened.push(database);
    database.pragma('journal_mode = WAL');
    database.exec('CREATE TABLE t (a)');
    expect(database.pragma('synchronous', { simple: true })).toBe(1);
  });

  test('each of 200 appends reaches the disk before it returns', (context) => {
    if (spawnSync('strace', ['-V']).status !== 0) {
      process.stdout.write('skipped: strace is not installed\n');
      return context.skip('strace is not installed');
    }
    const trace = join(folder, '..', 'trace.txt');
    const run = spawnSync('strace', ['-f', '-e', 'trace=fsync,fdatasync,write', '-e', 'signal=none', '-o', trace, process.execPath, childPath, 'append200', folder], { encoding: 'utf8' });
    if (run.status !== 0 && /ptrace|PTRACE/.test(run.stderr)) {
      process.stdout.write('skipped: this machine does not let strace trace\n');
      return context.skip('tracing is not allowed here');
    }
    expect(run.stderr).toBe('');
    let syncs = 0;
    const perAppend: number[] = [];
    for (const line of readFileSync(trace, 'utf8').split('\n')) {
      if (/ f(?:data)?sync\(\d+\)\s+= 0/.test(line)) syncs += 1;
      if (!/ write\(1, "acknowledged /.test(line)) continue;
      perAppend.push(syncs);
      syncs = 0;
    }
    // The first mark stands before the first append: journal, lock and folder entry were made durable before it.
    expect(perAppend.length).toBe(201);
    expect(perAppend[0]).toBeGreaterThanOrEqual(3);
    expect(perAppend.slice(1).filter((count) => count < 1)).toEqual([]);
  }, 60_000);

  test('a row of a killed till is there for the next one', async () => {
    const held = startChild('hold');
    expect(await held.line()).toBe('open');
    const gone = new Promise((resolve) => held.child.once('exit', resolve));
    held.child.kill('SIGKILL');
    await gone;
    expect(reader().rowsOf('held')).toHaveLength(1);
    expect(till().rowsOf('held')).toHaveLength(1);
  }, 30_000);
});

describe('one till, many readers (CASES 28)', () => {
  test('a second till in another process is refused at once; readers are welcome; death frees the lock', async () => {
    const held = startChild('hold');
    expect(await held.line()).toBe('open');
    expect(reasonOf(till)).toBe('inUse');
    expect(reader().head().sequence).toBe(1);
    const gone = new Promise((resolve) => held.child.once('exit', resolve));
    held.child.kill('SIGKILL');
    await gone;
    expect(till().head().sequence).toBe(1);
  }, 30_000);

  test('a second till in this process is refused, and its try leaves the first one its lock', () => {
    const first = till();
    expect(reasonOf(till)).toBe('inUse');
    const second = spawnSync(process.execPath, [childPath, 'hold', folder], { encoding: 'utf8', input: '\n' });
    expect(second.stderr).toContain('another till holds');
    first.close();
    till();
  }, 30_000);

  test('a reader sees what the till appends, keeps to one state in a snapshot, and cannot write', () => {
    const journal = till();
    const first = rowAfter(journal.head());
    journal.append([first], noChanges);
    const other = reader();
    expect(other.head().sequence).toBe(1);
    const seen = other.snapshot(() => {
      const before = other.head().sequence;
      journal.append([rowAfter(first)], noChanges);
      return [before, other.head().sequence];
    });
    expect(seen).toEqual([1, 1]);
    expect(other.head().sequence).toBe(2);
    expect('append' in other).toBe(false);
  });

  test('a reader works when no till runs, and an absent journal reads as an empty one without being made', () => {
    const empty = reader();
    expect(empty.head().sequence).toBe(0);
    expect(empty.payments({ by: 'newest', count: 5 })).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    const journal = till();
    journal.append([rowAfter(journal.head())], noChanges);
    journal.close();
    expect(reader().head().sequence).toBe(1);
  });
});

describe('what can not be opened or written', () => {
  const file = (): string => join(folder, 'journal.db');

  test('a newer journal is refused and not one byte of it changes', () => {
    till().close();
    const database = new Database(file());
    database.pragma(`user_version = ${migrations.length + 1}`);
    database.close();
    const before = readFileSync(file());
    expect(reasonOf(till)).toBe('newer');
    expect(reasonOf(reader)).toBe('newer');
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  test('what is no journal is broken', () => {
    till().close();
    rmSync(join(folder, 'journal.db-wal'), { force: true });
    writeFileSync(file(), 'this is not a database, it is long enough to look like one'.repeat(40));
    expect(reasonOf(till)).toBe('broken');
    expect(reasonOf(reader)).toBe('broken');
    rmSync(file());
    const foreign = new Database(file());
    foreign.exec('CREATE TABLE somebody_elses (a)');
    foreign.close();
    expect(reasonOf(till)).toBe('broken');
  });

  test('damaged pages are broken', () => {
    const journal = till();
    let head = journal.head();
    for (let count = 0; count < 50; count += 1) {
      const row = rowAfter(head, 'P1', JSON.stringify('x'.repeat(2000)));
      journal.append([row], noChanges);
      head = row;
    }
    journal.close();
    const descriptor = openSync(file(), 'r+');
    // Everything but the first page, which holds the version and the tables' names.
    const garbage = Buffer.alloc(statSync(file()).size - 4096, 0x5a);
    writeSync(descriptor, garbage, 0, garbage.length, 4096);
    closeSync(descriptor);
    expect(reasonOf(() => till().rowsAfter(0, 100))).toBe('broken');
    // The failed open has let go of the lock, or `inUse` would hide what is wrong.
    for (const journalLeft of opened.splice(0)) journalLeft.close();
    expect(reasonOf(() => till().rowsAfter(0, 100))).toBe('broken');
  });

  test('a file where a folder should be, or a folder where a file should be, is not writable', () => {
    writeFileSync(folder, '');
    expect(reasonOf(till)).toBe('notWritable');
    rmSync(folder);
    const inside = new Database(join(folder, '..', 'unused.db'));
    inside.close();
    till().close();
    rmSync(file());
    execFileSync('mkdir', [file()]);
    expect(reasonOf(till)).toBe('notWritable');
  });

  test('a full disk stores nothing of the append, and the next one works when there is space again', async (context) => {
    if (spawnSync('prlimit', ['--version']).status !== 0) {
      process.stdout.write('skipped: prlimit is not installed\n');
      return context.skip('prlimit is not installed');
    }
    const filling = startChild('fill');
    expect(await filling.line()).toBe('open');
    const limit = (bytes: string): void => void execFileSync('prlimit', ['--pid', String(filling.child.pid), `--fsize=${bytes}`]);
    limit('400000:unlimited');
    filling.child.stdin.write('\n');
    const failed = JSON.parse(await filling.line()) as { acknowledged: number; head: number; reason: string };
    expect(failed.reason).toBe('notWritable');
    expect(failed.acknowledged).toBeGreaterThan(2);
    expect(failed.head).toBe(failed.acknowledged);
    limit('unlimited:unlimited');
    filling.child.stdin.write('\n');
    expect(JSON.parse(await filling.line())).toEqual({ head: failed.acknowledged + 1 });
    await new Promise((resolve) => filling.child.once('exit', resolve));
    const journal = till();
    expect(journal.head().sequence).toBe(failed.acknowledged + 1);
    expect(journal.payments({ by: 'paymentId', value: 'P1' })[0]?.lastSequence).toBe(failed.acknowledged - 1);
    const check = new Database(file(), { readonly: true });
    opened.push(check);
    expect(check.pragma('integrity_check', { simple: true })).toBe('ok');
  }, 60_000);

  // The calls that this build of SQLite makes: pages by pwrite64, commits by fsync.
  test.each([['ENOSPC', 'pwrite64'], ['EIO', 'pwrite64'], ['EIO', 'fsync']])('%s of %s is not writable, leaves no half state, and passes', (error, call) => {
    if (spawnSync('strace', ['-V']).status !== 0) return void process.stdout.write('skipped: strace is not installed\n');
    till().close();
    const run = spawnSync('strace', ['-f', '-e', `trace=${call}`, '-e', 'signal=none', '-o', '/dev/null', '-e', `inject=${call}:error=${error}:when=60`, process.execPath, childPath, 'fill', folder], { encoding: 'utf8', input: '\n\n' });
    if (/ptrace|PTRACE/.test(run.stderr)) return void process.stdout.write('skipped: this machine does not let strace trace\n');
    expect(run.stderr).toBe('');
    const [, failure = '{}', after = '{}'] = run.stdout.trim().split('\n');
    const failed = JSON.parse(failure) as { acknowledged: number; head: number; reason: string };
    expect(failed.reason).toBe('notWritable');
    expect(failed.head).toBe(failed.acknowledged);
    expect(JSON.parse(after)).toEqual({ head: failed.acknowledged + 1 });
    expect(till().head().sequence).toBe(failed.acknowledged + 1);
  }, 60_000);

  test('assertWritable writes durably and changes nothing', () => {
    const journal = till();
    const before = journal.head();
    journal.assertWritable();
    expect(journal.head()).toEqual(before);
  });
});
