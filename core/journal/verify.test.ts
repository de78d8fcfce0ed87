/** Edits of a journal or of its projections are found, and named. */
import { describe, expect, it } from 'vitest';
import { Bench, lost, outcomes } from '../testing/bench.ts';
import type { MemoryJournal } from '../testing/memory-journal.ts';
import { rowHash } from './chain.ts';
import type { JournalRow } from './storage.ts';
import { verifyJournal } from './verify.ts';

function check(journal: MemoryJournal): ReturnType<typeof verifyJournal> {
  return verifyJournal(journal, {
    payments: journal.paymentRecords.values(),
    printJobs: journal.jobs.values(),
    commands: [...journal.commands].map(([commandId, aggregate]) => ({ commandId, aggregate })),
    refunds: journal.refundRecords.values(),
    moves: journal.moves,
    shifts: journal.shifts.values(),
  });
}

async function usedJournal(): Promise<MemoryJournal> {
  const bench = await Bench.started({ printer: true });
  const first = await bench.started();
  await bench.take('pay').answer(outcomes.paid());
  await bench.started('130000000000000002', 900);
  await bench.take('pay').end(lost);
  await bench.take('query').answer(outcomes.waiting());
  await bench.till.call('giveUp', { paymentId: first.paymentId, commandId: 'none' });
  await bench.clock.pass(100);
  return bench.journal;
}

function edit(journal: MemoryJournal, index: number, change: Partial<JournalRow>): void {
  const row = journal.rows[index];
  if (!row) throw new Error('no row');
  journal.rows[index] = { ...row, ...change };
}

describe('verify', () => {
  it('finds a used journal whole', async () => {
    const journal = await usedJournal();
    expect(check(journal)).toEqual({ kind: 'whole', rows: journal.rows.length });
  });

  it('names the row whose content was changed', async () => {
    const journal = await usedJournal();
    edit(journal, 2, { payload: '{}' });
    expect(check(journal)).toMatchObject({ kind: 'broken', sequence: 3 });
  });

  it('names the row of which the engine can make nothing at all', async () => {
    const journal = await usedJournal();
    const last = journal.rows.at(-1);
    if (last === undefined) throw new Error('no row');
    const { paymentId } = [...journal.paymentRecords.values()][0] ?? { paymentId: '' };
    const row = { sequence: last.sequence + 1, at: last.at, aggregate: paymentId, type: 'notified', payload: JSON.stringify({ event: { type: 'notified', attemptRef: 'nobody' }, state: 'unknown', send: null }), previousHash: last.hash };
    journal.rows.push({ ...row, hash: rowHash(row) });
    expect(check(journal)).toMatchObject({ kind: 'broken', sequence: row.sequence, why: expect.stringContaining('nobody') });
  });

  it('names the place of a row that is gone', async () => {
    const journal = await usedJournal();
    journal.rows.splice(1, 1);
    expect(check(journal)).toMatchObject({ kind: 'broken', sequence: 2 });
  });

  it.each([
    ['amountMinor', 1],
    ['state', 'declined'],
    ['open', true],
    ['references', []],
  ] as const)('finds an edited %s in the projection of payments', async (field, value) => {
    const journal = await usedJournal();
    const [paymentId, record] = [...journal.paymentRecords][0] ?? [];
    if (!paymentId || !record) throw new Error('no payment');
    journal.paymentRecords.set(paymentId, { ...record, [field]: value });
    expect(check(journal)).toMatchObject({ kind: 'broken' });
  });

  it('finds a payment, a print job or a command that the projections lack', async () => {
    for (const table of ['paymentRecords', 'jobs', 'commands'] as const) {
      const journal = await usedJournal();
      const key = [...journal[table].keys()][0];
      if (key !== undefined) journal[table].delete(key);
      expect(check(journal)).toMatchObject({ kind: 'broken' });
    }
  });
});
