/** The journal on SQLite: an acknowledged row survives power loss, and whatever can't be stored leaves nothing behind (DESIGN.md 5). */
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { JournalUnavailable } from '../../core/journal/storage.ts';
import type {
  JournalReader,
  JournalRow,
  JournalStorage,
  PaymentQuery,
  PaymentRecord,
  PrintJobRecord,
  ProjectionChanges,
} from '../../core/journal/storage.ts';
import { createPrivateFile, errorCode, makePrivateFolder } from '../files.ts';
import { migrations } from './migrations.ts';
import { dumps, otherLookups, paymentLookups, projectionTables, writes } from './statements.ts';

/** Every row of the projections in the order of their keys, so that `verify` can compare them with what the rows say. */
export interface ProjectionDump {
  readonly payments: Iterable<PaymentRecord>;
  readonly printJobs: Iterable<PrintJobRecord>;
  readonly commands: Iterable<{ readonly commandId: string; readonly paymentId: string }>;
}

/** A journal that is only read. Works beside a running till and without one. */
export interface ReadableJournal extends JournalReader {
  /** Runs `action` on one unchanging state of the journal, whatever the till appends meanwhile. */
  snapshot<Result>(action: () => Result): Result;
  /** The stored projections. Read each to its end, or break off, before the next call. */
  dumpProjections(): ProjectionDump;
  close(): void;
}

/** The journal of the one till that may write it. */
export interface WritableJournal extends JournalStorage, ReadableJournal {
  /** Replaces all projections in one transaction. `changes` must not read from this journal row by row (`rowsAfter` is fine). */
  rebuildProjections(changes: Iterable<ProjectionChanges>): void;
  /** Makes a durable write that changes nothing. Throws JournalUnavailable while the journal can't take a row. */
  assertWritable(): void;
}

interface JournalPlace {
  /** The home of this till, on a local disk. Made where it is missing. */
  readonly folder: string;
}

const journalFileName = 'journal.db';
const lockFileName = 'lock.db';

/** `PRAGMA synchronous` = FULL: fsync before every commit is acknowledged. */
const synchronousFull = 2;
const noHash = '0'.repeat(64);

/**
 * Opens the journal. `till` takes the lock of this folder and may write; another till gets `inUse` at once, and the system
 * frees the lock when the process dies (CASES 28). `reader` takes no lock; a home without a journal reads as an empty one.
 */
export function openJournal(options: JournalPlace & { readonly access: 'till' }): WritableJournal;
export function openJournal(options: JournalPlace & { readonly access: 'reader' }): ReadableJournal;
export function openJournal(options: JournalPlace & { readonly access: 'till' | 'reader' }): WritableJournal | ReadableJournal {
  return translating(() => (options.access === 'till' ? openForTill(options.folder) : openForReader(options.folder)));
}

function openForTill(folder: string): WritableJournal {
  makePrivateFolder(folder);
  const lock = takeLock(join(folder, lockFileName));
  try {
    return new TillJournal(openDatabase(join(folder, journalFileName)), lock);
  } catch (error) {
    lock.close();
    throw error;
  }
}

function openForReader(folder: string): ReadableJournal {
  const path = join(folder, journalFileName);
  if (!existsSync(path)) return new SqliteReader(emptyDatabase());
  const database = new Database(path, { readonly: true, timeout: 2000 });
  try {
    const version = versionOf(database);
    if (version === 0) {
      // A till is making it at this moment, or died at it.
      database.close();
      return new SqliteReader(emptyDatabase());
    }
    if (version < migrations.length) throw new JournalUnavailable('notWritable', `${path} has version ${version}; open the till once, so that it is brought up to ${migrations.length}`);
    return new SqliteReader(database);
  } catch (error) {
    database.close();
    if (isHalfMade(error)) return new SqliteReader(emptyDatabase());
    throw error;
  }
}

/** Holds `BEGIN EXCLUSIVE` on a file of its own, so that readers of the journal stay welcome. */
function takeLock(path: string): Database.Database {
  createPrivateFile(path);
  const lock = new Database(path, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (errorCode(error).startsWith('SQLITE_BUSY')) throw new JournalUnavailable('inUse', `another till holds ${path}`);
    if (errorCode(error) === 'SQLITE_NOTADB') throw new JournalUnavailable('notWritable', `${path} is no lock file; delete it while no till runs`);
    throw error;
  }
}

function openDatabase(path: string): Database.Database {
  if (!createPrivateFile(path)) {
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    refuseNewer(path);
  }
  const database = new Database(path, { timeout: 1000 });
  try {
    const mode = database.pragma('journal_mode = WAL', { simple: true });
    if (mode !== 'wal') throw new JournalUnavailable('notWritable', `${path} can't use a write-ahead log; is it on a local disk?`);
    // Said aloud at every open: unsaid, this build of SQLite drops to NORMAL after the first transaction in WAL mode.
    database.pragma('synchronous = FULL');
    // Apple's fsync reaches the drive's cache only; this asks for the platter.
    database.pragma('fullfsync = ON');
    database.pragma('checkpoint_fullfsync = ON');
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    // Small and frequent: a checkpoint runs inside a commit, and that process is about to pay.
    database.pragma('wal_autocheckpoint = 250');
    database.pragma(`journal_size_limit = ${4 * 1024 * 1024}`);
    migrate(database);
    assertFull(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** True where the file's making was cut off: SQLite can't roll that back through a connection that only reads. */
function isHalfMade(error: unknown): boolean {
  return errorCode(error) === 'SQLITE_READONLY_ROLLBACK';
}

/** Looks at the version through a read-only connection: one that can write would already tidy up at its close. */
function refuseNewer(path: string): void {
  const database = new Database(path, { readonly: true, timeout: 1000 });
  try {
    versionOf(database);
  } catch (error) {
    // A till died while it made this file, so there is no version to look at yet: opening it to write rolls that back.
    if (!isHalfMade(error)) throw error;
  } finally {
    database.close();
  }
}

/** The number of migrations that this file has seen. Throws where it is newer than this program or no journal at all. */
function versionOf(database: Database.Database): number {
  const version = database.pragma('user_version', { simple: true });
  if (typeof version !== 'number' || version < 0) throw new JournalUnavailable('broken', 'the journal names no version');
  if (version > migrations.length) throw new JournalUnavailable('newer', `the journal has version ${version}, this program knows ${migrations.length}`);
  const tables = database.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").pluck().get();
  if (version === 0 && tables !== 0) throw new JournalUnavailable('broken', 'the file is a database, but no journal');
  return version;
}

/** Brings the tables up to date. Writes in every case, so that what is read back afterwards was said after a write. */
function migrate(database: Database.Database): void {
  const version = versionOf(database);
  database.exec(writes.begin);
  try {
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.pragma(`user_version = ${migrations.length}`);
    database.exec(writes.commit);
  } catch (error) {
    if (database.inTransaction) database.exec(writes.rollback);
    throw error;
  }
}

function emptyDatabase(): Database.Database {
  const database = new Database(':memory:');
  migrate(database);
  database.pragma('query_only = ON');
  return database;
}

function assertFull(database: Database.Database): void {
  // Prepared anew each time: SQLite fixes a pragma's answer when it is prepared, not when it runs.
  const level = database.pragma('synchronous', { simple: true });
  if (level !== synchronousFull) throw new JournalUnavailable('notWritable', `synchronous is ${String(level)} and not FULL: a power cut could take acknowledged rows`);
}

type Statement = Database.Statement;

function prepareAll<Name extends string>(database: Database.Database, texts: Readonly<Record<Name, string>>): Readonly<Record<Name, Statement>> {
  const prepared: Partial<Record<Name, Statement>> = {};
  for (const name of Object.keys(texts) as Name[]) prepared[name] = database.prepare(texts[name]);
  return prepared as Record<Name, Statement>;
}

class SqliteReader implements ReadableJournal {
  protected readonly database: Database.Database;
  readonly #payments: Readonly<Record<PaymentQuery['by'], Statement>>;
  readonly #others: Readonly<Record<keyof typeof otherLookups, Statement>>;

  constructor(database: Database.Database) {
    this.database = database;
    this.#payments = prepareAll(database, paymentLookups);
    this.#others = prepareAll(database, otherLookups);
    this.#others.countOfDay.pluck();
    this.#others.paymentOfCommand.pluck();
  }

  head(): { readonly sequence: number; readonly hash: string } {
    return translating(() => (this.#others.head.get() as { sequence: number; hash: string } | undefined) ?? { sequence: 0, hash: noHash });
  }

  rowsOf(aggregate: string): readonly JournalRow[] {
    return translating(() => this.#others.rowsOf.all(aggregate) as JournalRow[]);
  }

  rowsAfter(after: number, count: number): readonly JournalRow[] {
    return translating(() => this.#others.rowsAfter.all(after, count) as JournalRow[]);
  }

  payments(query: PaymentQuery): readonly PaymentRecord[] {
    const statement = this.#payments[query.by];
    return translating(() => (statement.all(...parametersOf(query)) as PaymentRow[]).map(paymentOf));
  }

  countOfDay(day: string): number {
    return translating(() => this.#others.countOfDay.get(day) as number);
  }

  /** Unfinished jobs are those that wait, print, or were broken off: a person or the printer still has to end them. */
  printJobs(query: { readonly paymentId: string } | { readonly unfinished: true }): readonly PrintJobRecord[] {
    return translating(
      () => ('paymentId' in query ? this.#others.printJobsOfPayment.all(query.paymentId) : this.#others.printJobsUnfinished.all()) as PrintJobRecord[],
    );
  }

  paymentOfCommand(commandId: string): string | null {
    return translating(() => (this.#others.paymentOfCommand.get(commandId) as string | undefined) ?? null);
  }

  snapshot<Result>(action: () => Result): Result {
    return translating(() => this.database.transaction(action).deferred());
  }

  dumpProjections(): ProjectionDump {
    const database = this.database;
    return {
      payments: dumping<PaymentRow, PaymentRecord>(database, dumps.payments, paymentOf),
      printJobs: dumping<PrintJobRecord, PrintJobRecord>(database, dumps.printJobs, (row) => row),
      commands: dumping<{ commandId: string; paymentId: string }, { commandId: string; paymentId: string }>(database, dumps.commands, (row) => row),
    };
  }

  close(): void {
    this.database.close();
  }
}

class TillJournal extends SqliteReader implements WritableJournal {
  readonly #lock: Database.Database;
  readonly #writes: Readonly<Record<keyof typeof writes, Statement>>;
  /** A roll-back failed with the disk: it is made up for before the next write. */
  #rollBackDue = false;

  constructor(database: Database.Database, lock: Database.Database) {
    super(database);
    this.#lock = lock;
    this.#writes = prepareAll(database, writes);
  }

  append(rows: readonly JournalRow[], changes: ProjectionChanges): void {
    this.#write(() => {
      let { sequence, hash } = this.head();
      for (const row of rows) {
        if (row.sequence !== sequence + 1 || row.previousHash !== hash) throw new Error(`row ${row.sequence} doesn't follow the journal's head ${sequence}`);
        this.#writes.addEvent.run(row.sequence, row.at, row.aggregate, row.type, row.payload, row.previousHash, row.hash);
        ({ sequence, hash } = row);
      }
      this.#apply(changes);
    });
  }

  rebuildProjections(changes: Iterable<ProjectionChanges>): void {
    this.#write(() => {
      for (const table of projectionTables) this.database.exec(`DELETE FROM ${table}`);
      for (const change of changes) this.#apply(change);
    });
  }

  assertWritable(): void {
    this.#write(() => this.database.pragma(`user_version = ${migrations.length}`));
  }

  override close(): void {
    super.close();
    this.#lock.close();
  }

  #apply(changes: ProjectionChanges): void {
    for (const record of changes.payments) this.#putPayment(record);
    for (const job of changes.printJobs) this.#writes.putPrintJob.run(job.jobId, job.paymentId, job.state, job.queuedAt);
    for (const command of changes.commands) this.#writes.addCommand.run(command.commandId, command.paymentId);
  }

  #putPayment(record: PaymentRecord): void {
    const id = record.paymentId;
    this.#writes.putPayment.run(
      id, record.number, record.day, record.startedAt, record.amountMinor, record.currency, record.gateway, record.state,
      record.verdict, record.takenUp ? 1 : 0, record.open ? 1 : 0, record.paidSequence, record.saleRef, record.lastSequence,
    );
    record.references.forEach((value, position) => this.#writes.putReference.run(id, position, value));
    this.#writes.cutReferences.run(id, record.references.length);
    record.codeHashes.forEach((value, position) => this.#writes.putCode.run(id, position, value));
    this.#writes.cutCodes.run(id, record.codeHashes.length);
    record.payerIds.forEach((value, position) => this.#writes.putPayer.run(id, position, value, record.startedAt));
    this.#writes.cutPayers.run(id, record.payerIds.length);
  }

  /**
   * One transaction, durable on return or without any effect. (Where the disk takes the bytes and then fails the fsync, a
   * power cut before the next append can still bring the row back: an attempt that was journaled and not sent, which asking clears up.)
   */
  #write(action: () => void): void {
    translating(() => {
      if (this.#rollBackDue && this.database.inTransaction) this.#writes.rollback.run();
      this.#rollBackDue = false;
      this.#writes.begin.run();
      try {
        action();
        assertFull(this.database);
        this.#writes.commit.run();
      } catch (error) {
        this.#rollBack();
        throw error;
      }
    });
  }

  #rollBack(): void {
    // SQLite has rolled back by itself after some errors, disk full among them.
    if (!this.database.inTransaction) return;
    try {
      this.#writes.rollback.run();
    } catch {
      // The first error is the one to report.
      this.#rollBackDue = true;
    }
  }
}

interface PaymentRow extends Omit<PaymentRecord, 'takenUp' | 'open' | 'references' | 'codeHashes' | 'payerIds'> {
  readonly takenUp: number;
  readonly open: number;
  readonly refs: string;
  readonly codes: string;
  readonly payers: string;
}

function paymentOf(row: PaymentRow): PaymentRecord {
  const { refs, codes, payers, ...rest } = row;
  return {
    ...rest,
    takenUp: row.takenUp === 1,
    open: row.open === 1,
    references: JSON.parse(refs) as string[],
    codeHashes: JSON.parse(codes) as string[],
    payerIds: JSON.parse(payers) as string[],
  };
}

function parametersOf(query: PaymentQuery): readonly (string | number)[] {
  switch (query.by) {
    case 'takenUp': return [];
    case 'newest': return [query.count];
    case 'payerId': return [query.value, query.since];
    case 'amount': return [query.minor, query.currency, query.since];
    default: return [query.value];
  }
}

function* dumping<Row, Result>(database: Database.Database, text: string, shape: (row: Row) => Result): Generator<Result> {
  try {
    for (const row of database.prepare<unknown[], Row>(text).iterate()) yield shape(row);
  } catch (error) {
    throw translated(error);
  }
}

function translating<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw translated(error);
  }
}

/** What an error of SQLite or of the file system means for the till. Anything else is a broken invariant and stays as it is. */
function translated(error: unknown): unknown {
  if (error instanceof JournalUnavailable || !(error instanceof Error)) return error;
  const code = errorCode(error);
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT|IOERR_CORRUPTFS)/.test(code)) return new JournalUnavailable('broken', `${code}: ${error.message}`);
  // Tables that are missing or have other columns: the file's version doesn't say what is in it.
  if (code === 'SQLITE_ERROR' && /no such (table|column)|malformed/.test(error.message)) return new JournalUnavailable('broken', `${code}: ${error.message}`);
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM|AUTH|BUSY|LOCKED|NOMEM|PROTOCOL|NOLFS|TOOBIG)/.test(code)) return new JournalUnavailable('notWritable', `${code}: ${error.message}`);
  if (/^E[A-Z]+$/.test(code)) return new JournalUnavailable('notWritable', error.message);
  // better-sqlite3 says this one without a code.
  if (error instanceof TypeError && error.message.startsWith('Cannot open database')) return new JournalUnavailable('notWritable', error.message);
  return error;
}
