/** A home that is only asked: what each state of its journal says, and what can be read all the same. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import { messageText } from '../core/contract/messages.ts';
import { openForCopies, openReading } from './reading.ts';

let home = '';
const asked = () => ({ home, training: true, locale: 'en' as const });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'scantill-reading-'));
  openJournal({ folder: join(home, 'training'), access: 'till' }).close();
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function change(action: (database: Database.Database) => void): void {
  const database = new Database(join(home, 'training', 'journal.db'));
  action(database);
  database.close();
}

describe('a home of an older program that no till has opened since', () => {
  beforeEach(() => change((database) => {
    database.exec('ALTER TABLE refunds DROP COLUMN gateway_refund_ref');
    database.pragma('user_version = 1');
  }));

  it('says so, and nothing of a disk that is full', () => {
    const result = openReading(asked());
    if (result.kind !== 'journalOlder') throw new Error(result.kind);
    expect(messageText(result.message, 'en')).toBe('The journal was written by an older version. All data is there, unchanged. Open the till once, then look again.');
    expect(messageText(result.message, 'zh-CN')).toBe('账本是旧版程序写的。数据都在，没有改动。打开一次收银程序，再看。');
  });

  it('can be copied', () => {
    expect(openForCopies(asked())).toMatchObject({ kind: 'ok', opened: { folder: join(home, 'training') } });
  });

  it('is read once a till has opened it', () => {
    openJournal({ folder: join(home, 'training'), access: 'till', refundsOf: () => [] }).close();
    const result = openReading(asked());
    if (result.kind !== 'ok') throw new Error(result.kind);
    result.opened.close();
  });
});

describe('what can not be copied either', () => {
  it('a newer program’s journal', () => {
    change((database) => database.pragma('user_version = 99'));
    expect(openForCopies(asked())).toMatchObject({ kind: 'journalNewer' });
  });

  it('what is no journal', () => {
    rmSync(join(home, 'training'), { recursive: true });
    mkdirSync(join(home, 'training'));
    writeFileSync(join(home, 'training', 'journal.db'), 'this is no database, and long enough to be looked at '.repeat(20));
    expect(openForCopies(asked())).toMatchObject({ kind: 'journalBroken' });
  });

  it('a home without a journal has nothing to copy, and that is no error', () => {
    rmSync(join(home, 'training'), { recursive: true });
    expect(openForCopies(asked()).kind).toBe('ok');
  });
});
