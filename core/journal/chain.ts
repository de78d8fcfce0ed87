/** The hash chain: every row names the one before, so that any edit, removal or insertion shows (money rule 10). */
import { createHash } from 'node:crypto';
import type { JournalReader, JournalRow } from './storage.ts';

export const firstHash = '0'.repeat(64);

/** The hash of a row over its own fields and the hash before it. */
export function rowHash(row: Omit<JournalRow, 'hash'>): string {
  return createHash('sha256').update(JSON.stringify([row.sequence, row.at, row.aggregate, row.type, row.payload, row.previousHash])).digest('hex');
}

export type ChainState = { readonly kind: 'whole'; readonly rows: number } | { readonly kind: 'broken'; readonly sequence: number; readonly why: string };

const pageRows = 1000;

/** Recomputes the chain above `after`, whose hash is `hashBefore`; says where it breaks first. */
export function verifyChain(reader: Pick<JournalReader, 'rowsAfter'>, after = 0, hashBefore = firstHash): ChainState {
  let sequence = after;
  let previousHash = hashBefore;
  for (;;) {
    const rows = reader.rowsAfter(sequence, pageRows);
    for (const row of rows) {
      const why = rowProblem(row, sequence + 1, previousHash);
      if (why !== null) return { kind: 'broken', sequence: sequence + 1, why };
      sequence = row.sequence;
      previousHash = row.hash;
    }
    if (rows.length < pageRows) return { kind: 'whole', rows: sequence - after };
  }
}

function rowProblem(row: JournalRow, sequence: number, previousHash: string): string | null {
  if (row.sequence !== sequence) return `row ${sequence} is missing`;
  if (row.previousHash !== previousHash) return 'it does not follow the row before it';
  return rowHash(row) === row.hash ? null : 'its content was changed';
}
