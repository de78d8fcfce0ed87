/** What a match found reaches the till, all of it, in pages. */
import { describe, expect, it } from 'vitest';
import { Bench, outcomes, type BenchOptions } from '../core/testing/bench.ts';
import { tellMatch, type MatchNews } from './tell-match.ts';

const result = { gateway: 'bench', fromDay: '2026-11-21', toDay: '2026-11-21', by: { operatorId: 'o7', name: 'Lan' } };
const goesOn = (): boolean => false;

/** A till whose journal is an older copy, with so many paid payments. Its host opened it for the statement alone. */
async function restored(count: number, options: BenchOptions = {}): Promise<{ readonly bench: Bench; readonly news: MatchNews }> {
  const bench = await Bench.started(options);
  const refundsMissing = [];
  for (let index = 0; index < count; index += 1) {
    const { paymentId } = await bench.started(`1300000000000${String(10_000 + index)}`, 3850 + index);
    await bench.take('pay').answer(outcomes.paid());
    refundsMissing.push({ paymentId, minor: 1000, reference: `GR${index}` });
  }
  return { bench: bench.reborn({ witness: { read: () => ({ sequence: 100_000, hash: 'f'.repeat(64) }), write: () => undefined } }), news: { booked: [], refundsMissing, showsAll: true } };
}

describe('case 29: a restored journal', () => {
  it('case 29: holds every refund that a statement shows, more than a page of them, and goes on', async () => {
    const { bench, news } = await restored(45);
    expect(await tellMatch(bench.till, result, news, goesOn)).toBeNull();
    expect(bench.till.status()).toMatchObject({ restored: false, journal: { light: 'ready', message: null } });
    for (const { paymentId } of news.refundsMissing) expect(bench.payment(paymentId).refundable.refunded.minor).toBe(1000);
  });

  it('case 29: says which days are missing, where the statement covers others', async () => {
    const { bench, news } = await restored(1);
    const said = await tellMatch(bench.till, { ...result, fromDay: '2026-10-01', toDay: '2026-10-31' }, news, goesOn);
    expect(said).toMatchObject({ key: 'restoredDays', values: { gateway: 'bench', from: expect.stringMatching(/^2026-11-\d\d \d\d:/), to: expect.stringMatching(/^2026-11-/) } });
    expect(bench.till.status()).toMatchObject({ restored: true, journal: { message: { key: 'restoredDays' } } });
  });

  it('case 29: stays held where one refund of an earlier page could not be held', async () => {
    const { bench, news } = await restored(25);
    const broken = { ...news, refundsMissing: [{ paymentId: 'nowhere', minor: 1, reference: 'GR' }, ...news.refundsMissing] };
    expect(await tellMatch(bench.till, result, broken, goesOn)).toMatchObject({ key: 'restoredNotHeld' });
    expect(bench.till.status()).toMatchObject({ restored: true, journal: { light: 'attention', message: { key: 'restoredNotHeld' } } });
    await tellMatch(bench.till, result, news, goesOn);
    expect(bench.till.status().restored).toBe(false);
    for (const { paymentId } of news.refundsMissing) expect(bench.payment(paymentId).refundable.refunded.minor).toBe(1000);
  });

  it('case 29: stays held where the statement may lack some of ours, though every refund on it is held', async () => {
    const { bench, news } = await restored(1);
    expect(await tellMatch(bench.till, result, { ...news, refundsMissing: [], showsAll: false }, goesOn)).toMatchObject({ key: 'restoredNotAll' });
    await tellMatch(bench.till, result, { ...news, showsAll: false }, goesOn);
    expect(bench.till.status().restored).toBe(true);
    await tellMatch(bench.till, result, news, goesOn);
    expect(bench.till.status().restored).toBe(false);
  });

  it('case 29: where another gateway still owes its statement, the status bar says so, and no more why the first one did not do', async () => {
    const { bench, news } = await restored(1, { others: ['other'] });
    await tellMatch(bench.till, { ...result, fromDay: '2026-10-01', toDay: '2026-10-31' }, news, goesOn);
    expect(bench.till.status().journal).toMatchObject({ message: { key: 'restoredDays', values: { gateway: 'bench' } } });
    expect(await tellMatch(bench.till, result, news, goesOn)).toBeNull();
    expect(bench.till.status()).toMatchObject({ restored: true, journal: { light: 'attention', message: { key: 'restoredWorld' } } });
    await tellMatch(bench.till, { ...result, gateway: 'other' }, { ...news, refundsMissing: [] }, goesOn);
    expect(bench.till.status()).toMatchObject({ restored: false, journal: { light: 'ready', message: null } });
  });

  it('case 29: the reason that a second gateway still waits stays while the first one is lifted', async () => {
    const { bench, news } = await restored(1, { others: ['other'] });
    await tellMatch(bench.till, { ...result, gateway: 'other', fromDay: '2026-10-01', toDay: '2026-10-31' }, { ...news, refundsMissing: [] }, goesOn);
    await tellMatch(bench.till, result, news, goesOn);
    expect(bench.till.status()).toMatchObject({ restored: true, journal: { message: { key: 'restoredDays', values: { gateway: 'other' } } } });
  });

  it('case 29: stays held where the till ends meanwhile, or the statement names no days', async () => {
    const { bench, news } = await restored(1);
    await tellMatch(bench.till, result, news, () => true);
    await tellMatch(bench.till, { ...result, toDay: null }, news, goesOn);
    expect(bench.till.status().restored).toBe(true);
  });
});
