/** Folders and files that belong to the till's user alone and survive power loss once made. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes a folder for this user alone. A folder that is there already keeps its mode: it may be somebody else's. */
export function makePrivateFolder(folder: string): void {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path) && dirname(path) !== path; path = dirname(path)) missing.push(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A new folder's own name lives in its parent: without this a power cut could take the whole home away.
  for (const path of missing) syncFolder(dirname(path));
}

/** Makes the names in a folder durable: a file's fsync covers its content, not its name. */
export function syncFolder(folder: string): void {
  // Windows can't open a folder as a file and keeps names durable by its own journal.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Creates an empty file for this user alone, durably. Returns false where it exists, and then doesn't open it: closing
 * any descriptor of a SQLite file drops the locks that this process holds on it (POSIX), `lock.db`'s above all.
 */
export function createPrivateFile(path: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  syncFolder(dirname(path));
  return true;
}

/** Replaces a file as a whole: after a power cut it holds either the old content or the new. Durable on return. */
export function replaceFile(path: string, content: Uint8Array): void {
  // The process id keeps two processes that write at once from writing into one temporary file.
  const temporary = join(dirname(path), `.${process.pid}.${temporaryCount++}.new`);
  try {
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      for (let written = 0; written < content.length; ) written += writeSync(descriptor, content, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

let temporaryCount = 0;

/** The system's code of an error, such as `ENOSPC`; an empty text where it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
