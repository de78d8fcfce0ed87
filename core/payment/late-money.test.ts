/** Money that comes when nobody waits any more: after a lapse, after the last look, after another try of the same sale. */
import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../gateways/gateway.ts';
import { Bench, facts, lost, neverSent, outcomes, withUndo } from '../testing/bench.ts';
import { notice } from '../testing/notices.ts';

const day = 86_400;
const present = { queryBy: 'attemptRef', reverse: withUndo.reverse, firstQueryAfterSeconds: 2, validSecondsMost: 240, wallets: [] } as const;
const closable: Capabilities = { ...withUndo, mpm: true, present };
const open: Capabilities = { ...closable, reverse: null, present: { ...present, reverse: null } };
/** A close that works on any day. */
const closableAnyDay: Capabilities = { ...closable, present: { ...present, reverse: { undoesPaid: false, onlyOnDayAtOffsetMinutes: null } } };

/** Lets time pass in steps; whatever goes out meanwhile is answered the same. */
async function passAnswering(bench: Bench, seconds: number, stepSeconds: number, answer: () => ReturnType<typeof outcomes.waiting>): Promise<void> {
  for (let passed = 0; passed < seconds; passed += stepSeconds) {
    await bench.clock.pass(stepSeconds);
    while (bench.pending[0] !== undefined) await bench.take(bench.pending[0].call).answer(answer());
  }
}

async function lapsed(): Promise<{ bench: Bench; paymentId: string; attemptRef: string }> {
  const bench = await Bench.started({ capabilities: open });
  const { paymentId, attemptRef } = await bench.shown();
  await bench.take('present').answer(outcomes.shown());
  await passAnswering(bench, 10 * day, 600, () => outcomes.waiting());
  expect(bench.payment(paymentId).state).toBe('lapsed');
  return { bench, paymentId, attemptRef };
}

describe('a notice about what nobody looks at any more', () => {
  it('case 27: of a lapsed code is asked about until the gateway has answered: the gateway won\'t say it again', async () => {
    const { bench, paymentId, attemptRef } = await lapsed();
    expect(bench.till.notified('bench', notice({ attemptRef, verified: true }))).toMatchObject({ status: 200 });
    await bench.take('query').end(lost);
    await passAnswering(bench, 3600, 10, () => outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterGivingUp', open: true });
  });

  it('case 27: killed while it is asked about, it is asked about at the next start, and later notices are heard', async () => {
    const { bench, paymentId, attemptRef } = await lapsed();
    bench.till.notified('bench', notice({ attemptRef, verified: true }));
    const again = bench.reborn();
    void again.till.start();
    await again.clock.pass(1);
    await again.take('query').answer(outcomes.waiting());
    expect(again.payment(paymentId).state).toBe('lapsed');
    await again.clock.pass(60);
    again.till.notified('bench', notice({ attemptRef, verified: true }));
    await again.take('query').answer(outcomes.paid());
    expect(again.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterGivingUp' });
  });

  it('case 17: of a declined payment past its looks too', async () => {
    const first = await Bench.started({ capabilities: closable });
    const { paymentId, attemptRef } = await first.started();
    await first.take('pay').answer(outcomes.declined(true));
    await passAnswering(first, 3600, 10, () => outcomes.declined(true));
    const bench = first.reborn();
    void bench.till.start();
    await passAnswering(bench, day, 60, () => outcomes.declined(true));
    const asked = bench.count('query');
    bench.till.notified('bench', notice({ attemptRef, verified: true }));
    await bench.take('query').end(lost);
    await passAnswering(bench, 3600, 10, () => outcomes.paid());
    expect(bench.count('query')).toBeGreaterThan(asked + 1);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterUndo' });
  });
});

describe('a sale that is paid twice', () => {
  it('case 1: once by a person\'s word and once by the gateway\'s, it is a loud review', async () => {
    const bench = await Bench.started({ capabilities: open });
    const first = await bench.started();
    await bench.take('pay').answer(outcomes.declined(true));
    await bench.clock.pass(50);
    await bench.started('130000000000000002', 3850, { paymentId: first.paymentId });
    await bench.take('pay').answer(outcomes.waiting('G2'));
    const answer = async (second: () => ReturnType<typeof outcomes.waiting>): Promise<void> => {
      while (bench.pending[0]?.call === 'query') {
        const query = bench.take('query');
        await query.answer(query.attemptRef === first.attemptRef ? outcomes.paid() : second());
      }
    };
    for (let second = 0; second < 14; second += 1) {
      await bench.clock.pass(1);
      await answer(() => outcomes.waiting('G2'));
    }
    const word = { commandId: 'word', paymentId: first.paymentId, as: 'paid', how: 'supportSaid', sentence: null } as const;
    // Recorded while the other try is under way, nobody would look at it again.
    expect(await bench.till.call('settle', word)).toMatchObject({ kind: 'refused', message: { key: 'settleAsking' } });
    for (let second = 0; second < 10; second += 1) {
      await bench.clock.pass(1);
      await answer(() => outcomes.paid({ order: facts({ gatewayRef: 'G2' }) }));
    }
    expect(bench.till.status().openCount).toBeGreaterThan(0);
    const names = bench.till.activePayments().find(({ paymentId }) => paymentId === first.paymentId)?.attempts.map(({ name }) => name);
    expect(names).toContain('review');
  });
});

describe('an unpaid code that the gateway doesn\'t know', () => {
  it.each([closable, closableAnyDay])('case 27: is asked about a few times a day, not for ever in a row', async (capabilities) => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await bench.shown();
    await bench.take('present').answer(outcomes.shown());
    await passAnswering(bench, day, 5, () => outcomes.notFound());
    const firstDay = bench.sent.length;
    expect(firstDay).toBeLessThan(200);
    await passAnswering(bench, day, 5, () => outcomes.notFound());
    expect(bench.sent.length - firstDay).toBeLessThan(10);
    expect(bench.payment(paymentId)).toMatchObject({ quiet: true });
  });
});

describe('a refused key', () => {
  it('case 32: the second transmission that never left ends it, and it is looked at later all the same: the first one left', async () => {
    const bench = await Bench.started({ capabilities: closable });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.unknown('tokenRefused'));
    await bench.take('pay').end(neverSent);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined' });
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterUndo' });
  });
});
