/** The files of a folder that may be statements. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface ListedFile {
  readonly path: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly bytes: number;
}

const mostFiles = 200;

/** Newest first; empty where the folder is missing or can't be read. */
export function listStatements(folder: string): readonly ListedFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.filter((name) => /\.(?:csv|tsv|txt|xlsx)$/iu.test(name) && !name.startsWith('.')).flatMap((name) => listed(join(folder, name), name))
    .toSorted((left, right) => right.changedAt - left.changedAt).slice(0, mostFiles);
}

/** A file that went away meanwhile is no file. */
function listed(path: string, name: string): ListedFile[] {
  try {
    const facts = statSync(path);
    return facts.isFile() ? [{ path, name, changedAt: Math.trunc(facts.mtimeMs), bytes: facts.size }] : [];
  } catch {
    return [];
  }
}
