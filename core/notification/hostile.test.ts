/** Notifications that lie, flood, or come at the worst moment: no dead end, no reversal, no planned look used up. */
import { describe, expect, it } from 'vitest';
import type { Capabilities, Outcome } from '../gateways/gateway.ts';
import type { AttemptState } from '../payment/state.ts';
import { Bench, lost, outcomes, withoutUndo, withUndo } from '../testing/bench.ts';
import { notice } from '../testing/notices.ts';

const present = { queryBy: 'attemptRef', reverse: null, firstQueryAfterSeconds: 2, validSecondsMost: 240, wallets: [] } as const;
const neverClosed: Capabilities = { ...withUndo, mpm: true, reverse: null, present };
const closedByOurs: Capabilities = { ...withUndo, mpm: true, present: { ...present, queryBy: 'gatewayRef', reverse: { undoesPaid: false, onlyOnDayAtOffsetMinutes: null } } };

function attempt(bench: Bench, paymentId: string): AttemptState {
  const found = bench.till.activePayments().find((one) => one.paymentId === paymentId)?.attempts[0];
  if (found === undefined) throw new Error('not open any more');
  return found;
}

/** Lets time pass, whatever is asked meanwhile answered the same. */
async function pass(bench: Bench, seconds: number, answer: () => Outcome, step = 1): Promise<void> {
  for (let second = 0; second < seconds; second += step) {
    await bench.clock.pass(step);
    for (let request = bench.pending.shift(); request !== undefined; request = bench.pending.shift()) await request.answer(answer());
  }
}

describe('a number that somebody names', () => {
  it('case 22: wrong, and answered after the deadline: a person takes over, nothing is stuck', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId, attemptRef } = await bench.started();
    await bench.take('pay').end(lost);
    await pass(bench, 43, outcomes.unknown);
    for (const request of bench.pending.splice(0)) await request.answer(outcomes.unknown());
    bench.till.notified('bench', notice({ attemptRef, gatewayRef: 'N1', verified: true }));
    await bench.clock.pass(5);
    await bench.take('query').answer(outcomes.unknown('mismatch'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'cannotUndo' });
  });

  it('case 22: never answered: given up after three questions, and the deadline is the deadline', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId, attemptRef } = await bench.started();
    await bench.take('pay').end(lost);
    await bench.take('pay').answer(outcomes.unknown());
    bench.till.notified('bench', notice({ attemptRef, gatewayRef: 'N1', verified: true }));
    await pass(bench, 120, () => outcomes.unknown('gatewayUnsure'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review' });
    expect(attempt(bench, paymentId).claim).toBeNull();
  });

  it('stops no undo: a code is closed under our own number, whatever anybody claimed', async () => {
    const bench = await Bench.started({ capabilities: closedByOurs });
    const { attemptRef } = await bench.shown();
    await bench.take('present').answer(outcomes.shown());
    bench.till.notified('bench', notice({ attemptRef, gatewayRef: 'HOSTILE' }));
    await pass(bench, 300, () => outcomes.unknown('gatewayUnsure'));
    expect(bench.count('reverse')).toBeGreaterThan(0);
  });
});

describe('a flood of notices', () => {
  it('case 16: sends no reversal, and shortens none of its pauses', async () => {
    const bench = await Bench.started({ capabilities: withUndo });
    const { attemptRef } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await pass(bench, 44, outcomes.waiting);
    await bench.clock.pass(1);
    await bench.take('query').answer(outcomes.waiting());
    await bench.take('reverse').answer(outcomes.unknown('reversalRefused'));
    await bench.take('query').answer(outcomes.waiting());
    for (let times = 0; times < 3; times += 1) {
      await bench.clock.pass(0.6);
      bench.till.notified('bench', notice({ attemptRef }));
    }
    expect(bench.count('reverse')).toBe(1);
  });

  it('case 27: uses up none of the looks at a quiet code, and money that one finds is loud', async () => {
    const bench = await Bench.started({ capabilities: neverClosed });
    const { paymentId, attemptRef } = await bench.shown();
    await bench.take('present').answer(outcomes.shown());
    await pass(bench, 241, outcomes.waiting);
    const planned = attempt(bench, paymentId).timers.next;
    for (let times = 0; times < 4; times += 1) {
      await bench.clock.pass(2.1);
      bench.till.notified('bench', notice({ attemptRef }));
      await bench.take('query').answer(outcomes.waiting());
    }
    expect(attempt(bench, paymentId).timers.next).toBe(planned);
    await bench.clock.pass(2.1);
    bench.till.notified('bench', notice({ attemptRef }));
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ reviewReason: 'paidAfterGivingUp', quiet: false });
  });
});

describe('case 27: quiet only what is known to be unpaid', () => {
  it('case 27: the last question\'s own answer decides, not one from before', async () => {
    const bench = await Bench.started({ capabilities: neverClosed });
    const { paymentId } = await bench.shown();
    await bench.take('present').answer(outcomes.shown());
    await pass(bench, 238, outcomes.waiting);
    for (let second = 0; second < 20; second += 1) {
      await bench.clock.pass(1);
      for (const request of bench.pending.splice(0)) await request.end(lost);
    }
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'cannotUndo', quiet: false, open: true });
  });

  it('case 27: an answer about another amount is loud, also about a quiet code', async () => {
    const bench = await Bench.started({ capabilities: neverClosed });
    const { paymentId } = await bench.shown();
    await bench.take('present').answer(outcomes.shown());
    await pass(bench, 241, outcomes.waiting);
    expect(bench.payment(paymentId).quiet).toBe(true);
    await pass(bench, 60, () => outcomes.unknown('mismatch'));
    expect(bench.payment(paymentId)).toMatchObject({ reviewReason: 'answerMismatch', quiet: false, open: true });
  });
});
