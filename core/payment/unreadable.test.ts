/** One payment that can't be folded from its rows, by a fault of ours: the rest of the shop goes on, and everybody hears of it. */
import { describe, expect, it } from 'vitest';
import { Bench, lost, outcomes } from '../testing/bench.ts';
import { makeUnreadable } from '../testing/unreadable.ts';

/** Two open payments, of which nothing can be made of the first one's rows any more. */
async function withUnreadable(): Promise<{ bench: Bench; unreadable: { readonly paymentId: string; readonly number: string }; other: string }> {
  const before = await Bench.started();
  const unreadable = await before.started('130000000000000001', 3850);
  await before.take('pay').end(lost);
  const other = await before.started('130000000000000002', 900);
  makeUnreadable(before, unreadable.paymentId);
  return { bench: before.reborn({ screens: true }), unreadable, other: other.paymentId };
}

describe('money rule 7: a payment that can’t be read', () => {
  it('keeps the till neither from starting nor from asking about the others, and is told until somebody has looked', async () => {
    const { bench, unreadable, other } = await withUnreadable();
    const starting = bench.till.start();
    await bench.take('query').answer(outcomes.paid());
    await starting;
    expect(bench.payment(other).state).toBe('paid');
    const said = { light: 'attention', message: { key: 'paymentUnreadable', values: { number: unreadable.number } } };
    expect(bench.till.status()).toMatchObject({ phase: 'ready', journal: said });
    expect(bench.till.unreadablePayments()).toEqual([unreadable.number]);
    expect(bench.logged.filter((line) => line.includes(unreadable.paymentId))).toHaveLength(1);
    expect(bench.till.paymentDetail(unreadable.paymentId)).toBeNull();
    expect(bench.till.recentPayments(9)).toHaveLength(1);
  });

  it('lets nobody charge its code again, nor its amount while its customer may still stand there', async () => {
    const { bench, unreadable } = await withUnreadable();
    const starting = bench.till.start();
    await bench.take('query').answer(outcomes.paid());
    await starting;
    const refused = { kind: 'refused', message: { key: 'unreadableBefore', values: { number: unreadable.number } } };
    expect(await bench.pay('130000000000000001', 100)).toMatchObject(refused);
    expect(await bench.pay('130000000000000003', 3850)).toMatchObject(refused);
    expect(await bench.pay('130000000000000003', 100)).toMatchObject({ kind: 'started' });
    expect(bench.count('pay')).toBe(1);
  });
});
