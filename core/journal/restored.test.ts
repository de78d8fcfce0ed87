/** A restored journal owes each gateway's statement, whether the gateway is on or not. */
import { describe, expect, it } from 'vitest';
import { Bench, outcomes } from '../testing/bench.ts';
import type { MemoryJournal } from '../testing/memory-journal.ts';
import { Journal } from './journal.ts';
import { RestoredJournal } from './restored.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const now = Date.UTC(2026, 10, 21, 6);
const whole = { from: now - 86_400_000, to: now + 86_400_000 };

/** A journal with a payment at `bench`, and the head that the world outside saw. */
async function sold(): Promise<Bench> {
  const bench = await Bench.started();
  await bench.started();
  await bench.take('pay').answer(outcomes.paid());
  return bench;
}

function witnessed(seen: { sequence: number; hash: string }) {
  return { read: () => seen, write: (head: { sequence: number; hash: string }) => void Object.assign(seen, head) };
}

function noticed(restored: RestoredJournal, bench: Bench): void {
  const entry = restored.noticeEntry(now);
  if (entry !== null) new Journal(bench.journal, bench.clock).append([entry]);
}

function matched(restored: RestoredJournal, bench: Bench, gateway: string): void {
  new Journal(bench.journal, bench.clock).append(restored.reconciledEntries(gateway, whole, by));
  restored.noteReconciled(gateway, whole);
}

const by = { operatorId: 'o1', name: 'Lan' };
const open = (journal: MemoryJournal, witness: ReturnType<typeof witnessed>, on: readonly string[]) => new RestoredJournal(journal, witness, () => on, silent);

describe('case 29: a gateway that was off', () => {
  it('case 29: still owes its statement when it is switched on, in this process or in a later one', async () => {
    const bench = await sold();
    const witness = witnessed({ sequence: 400, hash: 'f'.repeat(64) });
    const on = ['other'];
    const restored = open(bench.journal, witness, on);
    noticed(restored, bench);
    expect(restored.lacksRefunds('other')).toBe(true);
    matched(restored, bench, 'other');
    expect(restored.isRestored()).toBe(false);
    expect(restored.lacksRefunds('cash')).toBe(false);
    restored.write();
    expect(witness.read()).toEqual(bench.journal.head());
    on.push('bench');
    expect(restored.lacksRefunds('bench')).toBe(true);
    expect(restored.lacksRefunds('other')).toBe(false);

    const later = open(bench.journal, witness, ['other', 'bench']);
    expect(later.rowsMissing).toBe(0);
    expect([later.isRestored(), later.lacksRefunds('bench'), later.lacksRefunds('other')]).toEqual([true, true, false]);
    matched(later, bench, 'bench');
    expect([later.isRestored(), later.lacksRefunds('bench')]).toEqual([false, false]);
    expect(open(bench.journal, witness, ['other', 'bench']).isRestored()).toBe(false);
  });

  it('case 29: owes nothing where it was set up after all was matched and the journal never had anything of it', async () => {
    const bench = await sold();
    const on = ['bench'];
    const restored = open(bench.journal, witnessed({ sequence: 400, hash: 'f'.repeat(64) }), on);
    noticed(restored, bench);
    on.push('early');
    expect(restored.lacksRefunds('early')).toBe(true);
    matched(restored, bench, 'bench');
    expect(restored.isRestored()).toBe(true);
    matched(restored, bench, 'early');
    on.push('late');
    expect([restored.isRestored(), restored.lacksRefunds('late')]).toEqual([false, false]);
  });

  it('case 29: a span that begins after the copy’s newest row, or ends before the restore was noticed, lifts nothing', async () => {
    const bench = await sold();
    const headAt = bench.journal.row(bench.journal.head().sequence)?.at ?? 0;
    const restored = open(bench.journal, witnessed({ sequence: 400, hash: 'f'.repeat(64) }), ['bench']);
    noticed(restored, bench);
    expect(restored.reconciledEntries('bench', { from: headAt + 1, to: now + 1 }, by)).toEqual([]);
    expect(restored.reconciledEntries('bench', { from: headAt, to: now }, by)).toEqual([]);
    expect(restored.reconciledEntries('bench', { from: headAt, to: now + 1 }, by)).toHaveLength(1);
  });
});
