/** Opens the journal's files: locked, durable, at this program's version, or not at all (DESIGN.md 5, CASES 28). */
import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';
import { JournalUnavailable } from '../../core/journal/storage.ts';
import { createPrivateFile, errorCode } from '../files.ts';
import { migrations } from './migrations.ts';
import { remakeRefunds, type RefundsOf } from './remake.ts';
import { writes } from './statements.ts';

export const journalFileName = 'journal.db';
export const lockFileName = 'lock.db';

/** `PRAGMA synchronous` = FULL: fsync before every commit is acknowledged. */
const synchronousFull = 2;

/** Holds `BEGIN EXCLUSIVE` on a file of its own, so that readers of the journal stay welcome. */
export function takeLock(path: string): Database.Database {
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

export function openDatabase(path: string, refundsOf: RefundsOf | undefined): Database.Database {
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
    migrate(database, refundsOf);
    assertFull(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** True where the file's making was cut off: SQLite can't roll that back through a connection that only reads. */
export function isHalfMade(error: unknown): boolean {
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
export function versionOf(database: Database.Database): number {
  const version = database.pragma('user_version', { simple: true });
  if (typeof version !== 'number' || version < 0) throw new JournalUnavailable('broken', 'the journal names no version');
  if (version > migrations.length) throw new JournalUnavailable('newer', `the journal has version ${version}, this program knows ${migrations.length}`);
  const tables = database.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").pluck().get();
  if (version === 0 && tables !== 0) throw new JournalUnavailable('broken', 'the file is a database, but no journal');
  return version;
}

/**
 * Brings the tables up to date, all of it or nothing. Writes in every case, so that what is read back afterwards was said after
 * a write.
 */
function migrate(database: Database.Database, refundsOf?: RefundsOf): void {
  const version = versionOf(database);
  database.exec(writes.begin);
  try {
    const due = migrations.slice(version);
    for (const { tables } of due) database.exec(tables);
    if (version > 0 && due.some(({ remakes }) => remakes === 'refunds')) remakeRefunds(database, refundsOf);
    database.pragma(`user_version = ${migrations.length}`);
    database.exec(writes.commit);
  } catch (error) {
    if (database.inTransaction) database.exec(writes.rollback);
    throw error;
  }
}

export function emptyDatabase(): Database.Database {
  const database = new Database(':memory:');
  migrate(database);
  database.pragma('query_only = ON');
  return database;
}

export function assertFull(database: Database.Database): void {
  // Prepared anew each time: SQLite fixes a pragma's answer when it is prepared, not when it runs.
  const level = database.pragma('synchronous', { simple: true });
  if (level !== synchronousFull) throw new JournalUnavailable('notWritable', `synchronous is ${String(level)} and not FULL: a power cut could take acknowledged rows`);
}
