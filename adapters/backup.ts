/** Copies of the journal on another disk: written beside selling, read back, whole or not there at all; and the way back. */
import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { verifyChain } from '../core/journal/chain.ts';
import { JournalUnavailable } from '../core/journal/storage.ts';
import type { HeadWitness } from '../core/ports.ts';
import { errorCode, makePrivateFolder, syncFolder } from './files.ts';
import { journalFileName, lockFileName, takeLock } from './journal/database.ts';
import { translated } from './journal/errors.ts';
import { openRows, type JournalRows } from './journal/sqlite-journal.ts';
import { chainName } from './witness.ts';

export interface BackupOptions {
  /** Home of the journal; a till may be selling on it. */
  readonly folder: string;
  /** A folder that is there: it isn't made, or a stick that isn't plugged in would fill the disk of the till. */
  readonly target: string;
  /** What the file is called beside the journal's own name: `z-000213`. */
  readonly name: string;
  /** Steps done of all; copying is the first half, reading back the second. */
  readonly onProgress?: (done: number, total: number) => void;
}

export type BackupResult =
  | { readonly kind: 'done'; readonly path: string; readonly bytes: number }
  /** `why`: `noFolder`, `noSpace`, `notWritable`, `empty` (no row yet), `sourceBroken` or `copyBroken`. Nothing half is left. */
  | { readonly kind: 'failed'; readonly why: BackupFailure; readonly detail: string };

export type BackupFailure = 'noFolder' | 'noSpace' | 'notWritable' | 'empty' | 'sourceBroken' | 'copyBroken';

export type RestoreResult =
  | { readonly kind: 'done'; readonly sequence: number }
  /** `why`: `journalThere`, `inUse`, `notFound`, `broken` or `notWritable`. Nothing was changed. */
  | { readonly kind: 'refused'; readonly why: 'journalThere' | 'inUse' | 'notFound' | 'broken' | 'notWritable'; readonly detail: string };

const backupsKept = 30;
const pagesAtATime = 500;

interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Copies the journal as it is now to `target`, one at a time. Meant for a worker: reading back a big journal takes a while. The
 * newest thirty of this journal stay, older ones go; no other file is touched.
 */
export async function backupJournal(options: BackupOptions): Promise<BackupResult> {
  const { folder, target } = options;
  if (!isFolder(target)) return { kind: 'failed', why: 'noFolder', detail: target };
  let source: JournalRows;
  try {
    source = openRows(join(folder, journalFileName));
  } catch (error) {
    return { kind: 'failed', why: 'sourceBroken', detail: String(error) };
  }
  const chain = chainName(source);
  source.close();
  if (chain === null) return { kind: 'failed', why: 'empty', detail: folder };
  const stem = `scantill-${chain}`;
  const unfinished = join(target, `${stem}.part`);
  try {
    // What a till that died left behind.
    removeDatabase(unfinished);
    const head = await copy(join(folder, journalFileName), unfinished, options.onProgress);
    const problem = problemOf(unfinished, head);
    if (problem !== null) return { kind: 'failed', why: problemOf(join(folder, journalFileName), null) === null ? 'copyBroken' : 'sourceBroken', detail: problem };
    const path = join(target, `${stem}-${String(nextNumber(target, stem)).padStart(6, '0')}-${options.name.replace(/[^A-Za-z0-9-]/g, '-')}.db`);
    renameSync(unfinished, path);
    syncFolder(target);
    keepNewest(target, stem);
    options.onProgress?.(1, 1);
    return { kind: 'done', path, bytes: statSync(path).size };
  } catch (error) {
    return { kind: 'failed', why: failureOf(error), detail: String(error) };
  } finally {
    removeDatabase(unfinished);
  }
}

/**
 * Puts a backup into a home that has no journal. The witness is told that rows are missing: a restored journal is an older copy
 * wherever it is, also on a machine that never saw the newer one (CASES 29).
 */
export function restoreBackup(path: string, home: string, witnessFor: (journal: JournalRows) => HeadWitness): RestoreResult {
  if (!existsSync(path)) return { kind: 'refused', why: 'notFound', detail: path };
  const problem = problemOf(path, null);
  if (problem !== null) return { kind: 'refused', why: 'broken', detail: problem };
  const journalPath = join(home, journalFileName);
  let lock: Database.Database | null = null;
  try {
    makePrivateFolder(home);
    lock = takeLock(join(home, lockFileName));
    // A write-ahead log without its journal would be played into the backup.
    const there = ['', '-wal', '-shm'].map((ending) => journalPath + ending).find((one) => existsSync(one));
    if (there !== undefined) return { kind: 'refused', why: 'journalThere', detail: there };
    const unfinished = `${journalPath}.part`;
    rmSync(unfinished, { force: true });
    copyFileSync(path, unfinished);
    const sequence = tellWitness(unfinished, witnessFor);
    syncFile(unfinished);
    renameSync(unfinished, journalPath);
    syncFolder(home);
    return { kind: 'done', sequence };
  } catch (error) {
    const known = translated(error);
    return { kind: 'refused', why: known instanceof JournalUnavailable && known.reason === 'inUse' ? 'inUse' : 'notWritable', detail: String(error) };
  } finally {
    lock?.close();
  }
}

/** The row after the last one counts as missing, unless somebody on this machine saw even later ones. */
function tellWitness(path: string, witnessFor: (journal: JournalRows) => HeadWitness): number {
  const journal = openRows(path);
  try {
    const { sequence } = journal.head();
    const witness = witnessFor(journal);
    const seen = witness.read();
    witness.write(seen !== null && seen.sequence > sequence ? seen : { sequence: sequence + 1, hash: '0'.repeat(64) });
    return sequence;
  } finally {
    journal.close();
  }
}

/** One state of the journal, whatever is appended meanwhile; durable on return. */
async function copy(from: string, to: string, onProgress: BackupOptions['onProgress']): Promise<Head> {
  const database = new Database(from, { readonly: true, timeout: 2000 });
  try {
    // Held open over all steps: without it every sale in between would start the copy again from its first page.
    database.exec('BEGIN');
    const head = database.prepare('SELECT sequence, hash FROM events WHERE sequence = (SELECT max(sequence) FROM events)').get() as Head;
    await database.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress?.(totalPages - remainingPages, 2 * totalPages);
        return pagesAtATime;
      },
    });
    settle(to);
    return head;
  } finally {
    database.close();
  }
}

/** One file that needs no other: without a write-ahead log it can be read on a medium that is write-protected. */
function settle(path: string): void {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
  syncFile(path);
}

/** Why a backup isn't the whole journal up to `head` (null: up to wherever it goes); null where it is. */
function problemOf(path: string, head: Head | null): string | null {
  try {
    const database = new Database(path, { readonly: true });
    try {
      const integrity = database.pragma('integrity_check(1)', { simple: true });
      if (integrity !== 'ok') return String(integrity);
    } finally {
      database.close();
    }
    const journal = openRows(path);
    try {
      const there = journal.head();
      if (head !== null && (there.sequence !== head.sequence || there.hash !== head.hash)) return `it ends at row ${there.sequence} and not ${head.sequence}`;
      if (there.sequence === 0) return 'it holds no row';
      const chain = verifyChain(journal);
      return chain.kind === 'whole' ? null : `row ${chain.sequence}: ${chain.why}`;
    } finally {
      journal.close();
    }
  } catch (error) {
    return String(error);
  }
}

function failureOf(error: unknown): BackupFailure {
  const code = errorCode(error);
  // Sticks without room answer the file system's way or SQLite's.
  if (code === 'ENOSPC' || code === 'SQLITE_FULL' || code === 'EDQUOT' || code === 'EFBIG') return 'noSpace';
  const known = translated(error);
  return known instanceof JournalUnavailable && known.reason === 'broken' ? 'sourceBroken' : 'notWritable';
}

/** Numbered by what lies there and not by a clock, which may have been set back. */
function nextNumber(target: string, stem: string): number {
  return (backupsIn(target, stem)[0]?.number ?? 0) + 1;
}

function keepNewest(target: string, stem: string): void {
  for (const { name } of backupsIn(target, stem).slice(backupsKept)) rmSync(join(target, name), { force: true });
}

/** Newest first. */
function backupsIn(target: string, stem: string): readonly { readonly name: string; readonly number: number }[] {
  const found = readdirSync(target).flatMap((name) => {
    const number = name.startsWith(`${stem}-`) ? /^(\d{6,})-[A-Za-z0-9-]*\.db$/.exec(name.slice(stem.length + 1))?.[1] : undefined;
    return number === undefined ? [] : [{ name, number: Number(number) }];
  });
  return found.toSorted((left, right) => right.number - left.number);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A database and what SQLite may have laid beside it. */
function removeDatabase(path: string): void {
  for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(path + ending, { force: true });
}
