/** Every act that is journaled carries who did it: paper that somebody asked for, and what a match of a statement writes. */
import { describe, expect, it } from 'vitest';
import { makeAmount } from '../money/amount.ts';
import { foldPayment } from '../journal/journal.ts';
import { outcomes, type Bench } from '../testing/bench.ts';
import { command, open, paid, signIn, staffed } from '../testing/shop.ts';

/** Whom the rows of a type name, oldest first; null where a row names nobody. */
function byOf(bench: Bench, type: string): readonly (string | null)[] {
  return bench.journal.rows.filter((row) => row.type === type).map((row) => {
    const payload = JSON.parse(row.payload) as { readonly by?: { readonly name: string }; readonly event?: { readonly by?: { readonly name: string } } };
    return (payload.event ?? payload).by?.name ?? null;
  });
}

describe('paper', () => {
  it('that somebody asked for names them; what prints by itself names nobody', async () => {
    const bench = await open(50_000, { printer: true });
    const { paymentId } = await paid(bench, 3850, '130000000000000001');
    expect(byOf(bench, 'printQueued')).toEqual([null]);
    expect(await bench.till.call('printReceipt', { paymentId })).toMatchObject({ kind: 'done' });
    await signIn(bench, 'supervisor');
    await bench.till.call('printEvidence', { paymentId });
    await bench.till.call('printX', {});
    await bench.till.call('printDay', { day: '2026-11-21' });
    expect(byOf(bench, 'printQueued')).toEqual([null, 'cashier', 'supervisor', 'supervisor', 'supervisor']);
  });
});

describe('a match', () => {
  it('names whoever matched it, in the payment, in the refund and where it lifts CASES 29; rows without a name still read', async () => {
    const bench = await staffed({ screens: false });
    const refused = await bench.started('130000000000000001', 1000);
    await bench.take('pay').answer(outcomes.declined(true));
    const sold = await bench.started('130000000000000002', 2000);
    await bench.take('pay').answer(outcomes.paid());
    const reply = await bench.till.call('refund', { commandId: command(), paymentId: sold.paymentId, amount: makeAmount(500, 'CNY'), reason: 'broken' });
    if (reply.kind !== 'started') throw new Error(JSON.stringify(reply));
    await bench.take('refund').answer(outcomes.refundDeclined('other'));
    const after = bench.reborn({ screens: true, witness: { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined } });
    await after.till.start();
    await signIn(after, 'supervisor');
    const by = after.till.who();
    after.till.bookedElsewhere([refused.attemptRef], by);
    after.till.refundsBooked([reply.refund.refundRef], by);
    expect(after.till.status().restored).toBe(true);
    after.till.reconciled('bench', { days: { fromDay: '2026-11-21', toDay: '2026-11-21' }, refunds: [] }, by);
    for (const type of ['bookedElsewhere', 'refundBooked', 'reconciled']) expect(byOf(after, type), type).toEqual(['supervisor']);

    for (const paymentId of [refused.paymentId, sold.paymentId]) {
      const rows = after.journal.rowsOf(paymentId);
      const older = rows.map((row) => (/"type":"(bookedElsewhere|refundBooked)"/.test(row.payload) ? { ...row, payload: row.payload.replace(/,"by":\{[^}]*\}/, '') } : row));
      expect(older).not.toEqual(rows);
      expect(foldPayment(older)).toEqual(foldPayment(rows));
    }
  });
});
