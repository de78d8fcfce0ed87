/**
 * The head of the chain written outside the home, so that an older copy of the journal is noticed (CASES 29).
 *
 * A witness belongs to one journal (by its first row) at one place (by the home's path): two copies of one journal that go
 * on selling in two homes don't deny each other. A home that was moved or copied has no witness of its own yet; the
 * furthest one of its journal on this machine speaks then. Moved, it agrees with it; copied late, it is behind, and rightly so.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { JournalReader } from '../core/journal/storage.ts';
import type { HeadWitness } from '../core/ports.ts';
import { errorCode, makePrivateFolder, replaceFile } from './files.ts';

type Head = NonNullable<ReturnType<HeadWitness['read']>>;

export interface WitnessPlace {
  /** Whose journal it is about. */
  readonly home: string;
  readonly terminalId: string;
  /** A folder outside of every home; `witnessFolder()` unless a test says otherwise. */
  readonly folder: string;
}

const headSchema = z.object({ sequence: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** The system's folder for the state of this user's programs: on the same machine, but in nobody's copy of a home. */
export function witnessFolder(platform: NodeJS.Platform = process.platform, environment: Readonly<Record<string, string | undefined>> = process.env, userFolder: string = homedir()): string {
  switch (platform) {
    case 'darwin':
      return join(userFolder, 'Library', 'Application Support', 'ScanTill', 'witness');
    case 'win32':
      return join(environment['LOCALAPPDATA'] || join(userFolder, 'AppData', 'Local'), 'ScanTill', 'witness');
    default:
      return join(environment['XDG_STATE_HOME'] || join(userFolder, '.local', 'state'), 'scantill');
  }
}

/** The witness of the journal that `reader` reads. A journal without a row has none, and none is written. */
export function homeWitness(reader: Pick<JournalReader, 'row'>, place: WitnessPlace): HeadWitness {
  return {
    read: () => {
      const chain = chainName(reader);
      if (chain === null) return null;
      return readHead(join(place.folder, fileName(chain, place.home))) ?? furthest(chain, place.folder);
    },
    write: (head) => {
      const chain = chainName(reader);
      if (chain === null) return;
      makePrivateFolder(place.folder);
      const { sequence, hash } = head;
      replaceFile(join(place.folder, fileName(chain, place.home)), new TextEncoder().encode(`${JSON.stringify({ sequence, hash, terminalId: place.terminalId })}\n`));
    },
  };
}

/** Names a journal by its first row: copies and backups of it have the same; null where it has no row. */
export function chainName(reader: Pick<JournalReader, 'row'>): string | null {
  const first = reader.row(1);
  return first === null ? null : shortHash(first.hash);
}

function fileName(chain: string, home: string): string {
  return `${chain}-${shortHash(wholePath(home))}.json`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** One path for one folder, also through a link. */
function wholePath(home: string): string {
  try {
    return realpathSync(home);
  } catch {
    return resolve(home);
  }
}

function furthest(chain: string, folder: string): Head | null {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const heads = names.filter((name) => name.startsWith(`${chain}-`) && name.endsWith('.json')).flatMap((name) => readHead(join(folder, name)) ?? []);
  return heads.toSorted((left, right) => right.sequence - left.sequence)[0] ?? null;
}

/** What can't be read says nothing: the till sells on without a witness, and the next close writes a new one. */
function readHead(path: string): Head | null {
  try {
    return headSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
