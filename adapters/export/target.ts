/** A file that appears whole or not at all: written beside its place under another name, made durable, then renamed. */
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { errorCode, syncFolder } from '../files.ts';

export interface TargetPlace {
  readonly path: string;
  /** `replace`: the caller named this very file. `newName`: one that is there stays, ours becomes ` (2)`. */
  readonly existing: 'replace' | 'newName';
  /** False: only into a folder that is there, or a stick that isn't plugged in would fill the disk of the till under its name. */
  readonly makesFolder?: boolean;
}

export class FileTarget {
  readonly temporary: string;
  readonly #place: TargetPlace;
  #descriptor: number | null;

  /** Makes the folder where it is missing, if it may. Throws the system's error where nothing can be written there. */
  constructor(place: TargetPlace) {
    const folder = dirname(place.path);
    if (place.makesFolder !== false) mkdirSync(folder, { recursive: true });
    sweep(folder);
    this.#place = place;
    temporaryCount += 1;
    this.temporary = join(folder, `.scantill-${process.pid}-${threadId}-${temporaryCount}.part`);
    // Takings are the shop's own business: the file is this user's alone until somebody passes it on.
    this.#descriptor = openSync(this.temporary, 'wx', 0o600);
  }

  write(bytes: Uint8Array): void {
    if (this.#descriptor === null) throw new Error('the file is closed already');
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor, bytes, written);
  }

  /** Gives the file its name, durably. Returns the path that it has now. */
  commit(): string {
    if (this.#descriptor === null) throw new Error('the file is closed already');
    fsyncSync(this.#descriptor);
    this.#close();
    const path = this.#place.existing === 'replace' ? this.#replace() : this.#takeFreeName();
    syncFolder(dirname(path));
    return path;
  }

  /** Leaves nothing behind. May be called at any time, also after `commit`, and then does nothing. */
  discard(): void {
    this.#close();
    rmSync(this.temporary, { force: true });
  }

  #close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #replace(): string {
    renameSync(this.temporary, this.#place.path);
    return this.#place.path;
  }

  #takeFreeName(): string {
    for (let number = 1; ; number += 1) {
      const path = number === 1 ? this.#place.path : numbered(this.#place.path, number);
      if (takeName(this.temporary, path)) return path;
    }
  }
}

/** `takings.csv` → `takings (2).csv`. */
function numbered(path: string, number: number): string {
  const ending = extname(path);
  return join(dirname(path), `${basename(path, ending)} (${number})${ending}`);
}

/** False where the name is taken. A link can't overwrite, even if another program makes the file at this moment. */
function takeName(from: string, to: string): boolean {
  try {
    linkSync(from, to);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    // Sticks are FAT, which has no links: the look before is all there is.
    if (existsSync(to)) return false;
    renameSync(from, to);
    return true;
  }
  rmSync(from);
  return true;
}

let temporaryCount = 0;

/** Removes what a till left here that was killed at its work. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = /^\.scantill-(\d+)-\d+-\d+\.part$/u.exec(name)?.[1];
    if (owner !== undefined && Number(owner) !== process.pid && !isAlive(Number(owner))) rmSync(join(folder, name), { force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
