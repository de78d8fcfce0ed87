/** The head of the chain outside the home: who is behind it, and what a moved or copied home means. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MemoryJournal } from '../core/testing/memory-journal.ts';
import { noChanges, rowAfter } from './journal/testing/rows.ts';
import { homeWitness, witnessFolder } from './witness.ts';

let place = '';

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'scantill-witness-'));
  mkdirSync(join(place, 'home'));
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

function journalOf(rows: number, first = 'P1'): MemoryJournal {
  const journal = new MemoryJournal();
  for (let count = 0; count < rows; count += 1) journal.append([rowAfter(journal.head(), first)], noChanges);
  return journal;
}

const witnessOf = (journal: MemoryJournal, home = 'home') => homeWitness(journal, { home: join(place, home), terminalId: 'T01', folder: join(place, 'state') });

describe('case 29: the head of the chain outside the home', () => {
  test('what was written is read, the newest alone, in a file for this user alone', () => {
    const journal = journalOf(3);
    expect(witnessOf(journal).read()).toBeNull();
    witnessOf(journal).write({ sequence: 2, hash: journal.row(2)?.hash ?? '' });
    witnessOf(journal).write(journal.head());
    expect(witnessOf(journal).read()).toEqual(journal.head());
    const [name = '', ...more] = readdirSync(join(place, 'state'));
    expect(more).toEqual([]);
    if (process.platform !== 'win32') expect(statSync(join(place, 'state', name)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(place, 'state', name), 'utf8'))).toMatchObject({ terminalId: 'T01', sequence: 3 });
  });

  test('an older copy in the same home is told by it', () => {
    const journal = journalOf(5);
    witnessOf(journal).write(journal.head());
    const older = journalOf(3);
    expect(witnessOf(older).read()?.sequence).toBe(5);
  });

  test('a moved home agrees with the witness of where it was', () => {
    const journal = journalOf(4);
    witnessOf(journal).write(journal.head());
    mkdirSync(join(place, 'moved'));
    expect(witnessOf(journal, 'moved').read()).toEqual(journal.head());
  });

  test('two copies that go on selling in two homes do not deny each other', () => {
    const here = journalOf(4);
    const there = journalOf(4);
    mkdirSync(join(place, 'copy'));
    witnessOf(here).write(here.head());
    witnessOf(there, 'copy').write(there.head());
    here.append([rowAfter(here.head(), 'here')], noChanges);
    witnessOf(here).write(here.head());
    expect(witnessOf(there, 'copy').read()).toEqual(there.head());
    expect(witnessOf(here).read()).toEqual(here.head());
  });

  test('another journal in the same home has a witness of its own', () => {
    const journal = journalOf(4);
    witnessOf(journal).write(journal.head());
    expect(witnessOf(journalOf(2, 'another')).read()).toBeNull();
    expect(witnessOf(journalOf(0)).read()).toBeNull();
  });

  test('a link to the home is the same home', () => {
    if (process.platform === 'win32') return void process.stdout.write('skipped: links need a privilege here\n');
    symlinkSync(join(place, 'home'), join(place, 'link'));
    const journal = journalOf(2);
    witnessOf(journal, 'link').write(journal.head());
    witnessOf(journal).write(journal.head());
    expect(readdirSync(join(place, 'state'))).toHaveLength(1);
  });

  test('a spoilt file says nothing, and is written anew', () => {
    const journal = journalOf(2);
    witnessOf(journal).write(journal.head());
    const [name = ''] = readdirSync(join(place, 'state'));
    for (const text of ['', '{"sequence":2', '{"sequence":-1,"hash":"x"}']) {
      writeFileSync(join(place, 'state', name), text);
      expect(witnessOf(journal).read()).toBeNull();
    }
    witnessOf(journal).write(journal.head());
    expect(witnessOf(journal).read()).toEqual(journal.head());
  });

  test('its folder is the system’s for the state of programs', () => {
    expect(witnessFolder('linux', { XDG_STATE_HOME: '/state' }, '/user')).toBe(join('/state', 'scantill'));
    expect(witnessFolder('linux', {}, '/user')).toBe(join('/user', '.local', 'state', 'scantill'));
    expect(witnessFolder('darwin', {}, '/user')).toBe(join('/user', 'Library', 'Application Support', 'ScanTill', 'witness'));
    expect(witnessFolder('win32', { LOCALAPPDATA: 'local' }, '/user')).toBe(join('local', 'ScanTill', 'witness'));
  });
});
