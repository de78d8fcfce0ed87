/** The copy of a Z in its worker: the home knows which one was finished last, also after a crash. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import { noChanges } from '../adapters/journal/testing/rows.ts';
import { firstHash, rowHash } from '../core/journal/chain.ts';
import type { Log } from '../core/ports.ts';
import { journalBackup } from './backup.ts';

// Each copy is made in a thread of its own, which reads the program anew.
vi.setConfig({ testTimeout: 90_000 });

const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
let place = '';
let home = '';
let stick = '';

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'scantill-backup-'));
  [home, stick] = [join(place, 'home'), join(place, 'stick')];
  const journal = openJournal({ folder: home, access: 'till' });
  const row = { sequence: 1, at: 1_763_700_000_000, aggregate: 'P1', type: 'test', payload: '{}', previousHash: firstHash };
  journal.append([{ ...row, hash: rowHash(row) }], noChanges);
  journal.close();
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

function made(name: string): Promise<'done' | 'failed'> {
  return new Promise((resolve) => {
    journalBackup(home, stick, log).begin(name, resolve);
  });
}

describe('a copy', () => {
  it('counts as made once it is whole, whatever becomes of the stick', async () => {
    expect(journalBackup(home, stick, log).isMade('z-000007')).toBe(false);
    expect(await made('z-000007')).toBe('failed');
    expect(journalBackup(home, stick, log).isMade('z-000007')).toBe(false);
    mkdirSync(stick);
    expect(await made('z-000007')).toBe('done');
    expect(readdirSync(stick)).toEqual([expect.stringMatching(/^scantill-.*-z-000007\.db$/)]);
    rmSync(stick, { recursive: true });
    expect(journalBackup(home, stick, log).isMade('z-000007')).toBe(true);
    expect(journalBackup(home, stick, log).isMade('z-000008')).toBe(false);
  });
});
