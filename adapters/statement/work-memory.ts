/** What the screens' long work remembers from one time to the next: folders, how each gateway's statements are read, what was matched. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { StatementMapping } from '../../core/contract/types.ts';
import { makePrivateFolder, replaceFile } from '../files.ts';

const field = z.enum(['attemptRef', 'gatewayRef', 'walletRef', 'refundRef', 'amount', 'refundAmount', 'kind', 'time', 'state', 'currency', 'terminal', 'fee']);
const schema = z.object({
  exportFolder: z.string().nullable().catch(null),
  statementFolder: z.string().nullable().catch(null),
  mappings: z.record(z.string(), z.object({ columns: z.record(z.string(), field), amountUnit: z.enum(['minor', 'major']) })).catch({}),
  /** By path; `changedAt` tells whether the file is still the one that was matched. */
  matched: z.record(z.string(), z.object({ at: z.int(), changedAt: z.int(), differencesLeft: z.int() })).catch({}),
});

export interface MatchedFile {
  readonly at: number;
  readonly changedAt: number;
  readonly differencesLeft: number;
}

interface Remembered {
  readonly exportFolder: string | null;
  readonly statementFolder: string | null;
  readonly mappings: Readonly<Record<string, StatementMapping>>;
  readonly matched: Readonly<Record<string, MatchedFile>>;
}

const nothing: Remembered = { exportFolder: null, statementFolder: null, mappings: {}, matched: {} };
const mostMatched = 500;

/** A lost or broken file costs a choice that is made again, nothing else: neither reading nor writing it ever fails. */
export class WorkMemory {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  read(): Remembered {
    try {
      return schema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      return nothing;
    }
  }

  rememberExportFolder(exportFolder: string): void {
    this.#write({ ...this.read(), exportFolder });
  }

  rememberStatementFolder(statementFolder: string): void {
    this.#write({ ...this.read(), statementFolder });
  }

  rememberMapping(gateway: string, mapping: StatementMapping): void {
    const now = this.read();
    this.#write({ ...now, mappings: { ...now.mappings, [gateway]: mapping } });
  }

  rememberMatch(path: string, matched: MatchedFile): void {
    const now = this.read();
    const others = Object.entries(now.matched).filter(([other]) => other !== path).slice(1 - mostMatched);
    this.#write({ ...now, matched: Object.fromEntries([...others, [path, matched]]) });
  }

  #write(remembered: Remembered): void {
    try {
      makePrivateFolder(dirname(this.#path));
      replaceFile(this.#path, new TextEncoder().encode(`${JSON.stringify(remembered)}\n`));
    } catch {
      // A full disk is said aloud by the journal; a forgotten folder is no reason to fail an export.
    }
  }
}
