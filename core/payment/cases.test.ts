/** The decided cases about attempts, reversals and time, each by its number (CASES.md). */
import { describe, expect, it } from 'vitest';
import { foldPayment } from '../journal/journal.ts';
import { Bench, facts, lost, neverSent, outcomes, undoOfUnpaidOnly, withoutUndo, type BenchOptions } from '../testing/bench.ts';

async function givenUp(options: BenchOptions = {}): Promise<{ bench: Bench; paymentId: string }> {
  const bench = await Bench.started(options);
  const { paymentId } = await bench.started();
  await bench.take('pay').end(lost);
  await bench.take('query').answer(outcomes.waiting());
  await bench.till.call('giveUp', { paymentId, commandId: 'give-up' });
  await bench.take('query').answer(outcomes.waiting());
  return { bench, paymentId };
}

/** Given up, and the first reversal is out. */
async function undoing(options: BenchOptions = {}): Promise<{ bench: Bench; paymentId: string }> {
  const { bench, paymentId } = await givenUp(options);
  while (bench.count('reverse') === 0) {
    await bench.clock.pass(1);
    if (bench.pending[0]?.call === 'query') await bench.take('query').answer(outcomes.waiting());
  }
  return { bench, paymentId };
}

describe('case 1: states belong to attempts', () => {
  it('case 1: a declined attempt and a paid one make a paid payment', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    expect(bench.payment(paymentId).verdict).toBe('notPaid');
    await bench.started('130000000000000002', 3850, { paymentId });
    await bench.take('pay').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ verdict: 'paid', state: 'paid' });
  });

  it('case 1: a second paid attempt of one payment is a loud review', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    await bench.started('130000000000000002', 3850, { paymentId });
    await bench.take('pay').answer(outcomes.paid());
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    const payment = bench.till.activePayments().find((one) => one.paymentId === paymentId);
    expect(payment?.attempts.map((attempt) => [attempt.name, attempt.reviewReason])).toEqual([['review', 'paidAfterUndo'], ['paid', null]]);
  });
});

describe('case 2: an event before each transmission; repeats are answered by words about the order alone', () => {
  it('case 2: every request has a durable row before it', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    expect(lastSend(bench, paymentId)).toBe('pay');
    await bench.take('pay').end(lost);
    expect(lastSend(bench, paymentId)).toBe('pay');
    await bench.take('pay').answer(outcomes.waiting());
    await bench.clock.pass(5);
    expect(lastSend(bench, paymentId)).toBe('query');
  });

  it('case 2: "code expired" to a repeat says nothing about the booking', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').end(lost);
    await bench.take('pay').answer(outcomes.declined(false));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'unknown', verdict: 'notKnownYet' });
  });

  it('case 2: a refused connection at a repeat says nothing about the booking', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').end(lost);
    await bench.take('pay').end(neverSent);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'unknown', verdict: 'notKnownYet' });
  });

  it('case 2: ORDER_CLOSED to a repeat ends it', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').end(lost);
    await bench.take('pay').answer(outcomes.declined(true));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined', verdict: 'notPaid' });
  });
});

describe('case 4: references', () => {
  it('case 4: are unlike each other, start with a letter and have at least 50 random bits', async () => {
    const bench = await Bench.started();
    const refs = new Set<string>();
    for (let index = 0; index < 50; index += 1) {
      const { attemptRef } = await bench.started(`1300000000000${String(index).padStart(5, '0')}`, 100 + index);
      expect(attemptRef).toMatch(/^S[0-9]{22}$/);
      refs.add(attemptRef);
    }
    expect(refs.size).toBe(50);
    expect(22 * Math.log2(10)).toBeGreaterThan(50);
  });

  it('case 4: the short number has the date with its year', async () => {
    const bench = await Bench.started();
    expect((await bench.started()).number).toBe('T01-261121-0001');
  });
});

describe('case 5: a number that is in use', () => {
  it('case 5: is ours only if a query names a time of payment after our journaling', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.unknown('numberInUse'));
    await bench.take('query').answer(outcomes.paid({ order: facts({ paidAt: bench.clock.wall() }) }));
    expect(bench.payment(paymentId).state).toBe('paid');
  });

  it('case 5: paid before our journaling it is a review, and never undone', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.unknown('numberInUse'));
    await bench.take('query').answer(outcomes.paid({ order: facts({ paidAt: bench.clock.wall() - 86_400_000 }) }));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'numberInUse' });
    await bench.clock.pass(4000);
    expect(bench.count('reverse')).toBe(0);
  });

  it('case 5: ORDER_PAID to a first transmission is a review where the gateway names no zone', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.paid({ saysAlreadyPaid: true }));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'numberInUse' });
  });
});

describe('case 6: the identity it was sent under', () => {
  it('case 6: nothing is called under another identity; the old one back, it is asked', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    bench.take('pay');
    const moved = bench.reborn({ account: '200' });
    await moved.till.start();
    expect(moved.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'identityMissing' });
    await moved.till.call('askNow', { paymentId });
    await moved.clock.pass(7200);
    expect(moved.sent).toEqual([]);
    const back = moved.reborn({ account: '100' });
    void back.till.start();
    await back.take('query').answer(outcomes.paid());
    expect(back.payment(paymentId).state).toBe('paid');
  });
});

describe('case 7: one money-moving request at a time', () => {
  it('case 7: no second reversal leaves while one is unanswered', async () => {
    const { bench, paymentId } = await undoing();
    await bench.clock.pass(3);
    await bench.till.call('askNow', { paymentId });
    expect(bench.count('reverse')).toBe(1);
    expect(bench.pending).toHaveLength(1);
  });
});

describe('case 15: reversals and paid', () => {
  it('case 15: once a reversal may have left, PAID is not an end where the reversal undoes it', async () => {
    const { bench, paymentId } = await undoing();
    await bench.take('reverse').end(lost);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId).state).toBe('reversing');
    await bench.clock.pass(2);
    await bench.take('reverse').answer(outcomes.reversed());
    await bench.take('query').answer(outcomes.reversed());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversed', verdict: 'notPaid' });
  });

  it('case 15: without any reversal, PAID after giving up is a review', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('giveUp', { paymentId, commandId: 'g' });
    await bench.clock.pass(5);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterGivingUp', verdict: 'notKnownYet' });
  });

  it('case 15: after a crash without a journaled giving-up, PAID is simply paid', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    const after = bench.reborn();
    void after.till.start();
    await after.take('query').answer(outcomes.paid());
    expect(after.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
  });
});

describe('case 16: six tries', () => {
  it('case 16: with pauses of 2, 4, 8, 16, 32 s, then review, asked at 1, 10 and 60 minutes', async () => {
    const { bench, paymentId } = await undoing();
    for (const pause of [2, 4, 8, 16, 32, 0]) {
      await bench.take('reverse').end(neverSent);
      await bench.take('query').answer(outcomes.waiting());
      if (pause === 0) break;
      await bench.clock.pass(pause - 0.1);
      expect(bench.pending).toHaveLength(0);
      await bench.clock.pass(0.1);
    }
    expect(bench.count('reverse')).toBe(6);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'reversalFailed' });
    for (const minutes of [1, 9, 50, 60]) {
      await bench.clock.pass(minutes * 60 - 1);
      expect(bench.pending).toHaveLength(0);
      await bench.clock.pass(1);
      await bench.take('query').end(lost);
    }
  });

  it('case 16: the count goes on after a restart', async () => {
    const { bench, paymentId } = await undoing();
    await bench.take('reverse').end(lost);
    const after = bench.reborn();
    void after.till.start();
    await after.take('query').answer(outcomes.waiting());
    let tries = 1;
    for (let second = 0; second < 200 && after.payment(paymentId).state === 'reversing'; second += 1) {
      await after.clock.pass(1);
      if (after.pending[0]?.call === 'reverse') {
        tries += 1;
        await after.take('reverse').end(lost);
        await after.take('query').answer(outcomes.waiting());
      }
    }
    expect(tries).toBe(6);
    expect(after.payment(paymentId).state).toBe('review');
  });
});

describe('case 17: rounds of a review', () => {
  it('case 17: unpaid means one more reversal, and confirmed it ends', async () => {
    const { bench, paymentId } = await reviewed();
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.waiting());
    await bench.take('reverse').answer(outcomes.reversed());
    await bench.take('query').answer(outcomes.reversed());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversed', verdict: 'notPaid' });
  });

  it('case 17: paid moves nothing until a person decides', async () => {
    const { bench, paymentId } = await reviewed();
    const before = bench.count('reverse');
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    await bench.clock.pass(540);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.count('reverse')).toBe(before);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', verdict: 'notKnownYet' });
  });
});

describe('case 17: a review of what was paid', () => {
  it('case 17: recorded as paid, where the gateway says so too, it isn’t told that it has not', async () => {
    const { bench, paymentId } = await reviewed();
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    const settled = await bench.till.call('settle', { paymentId, how: 'seenInPortal', sentence: null, commandId: 'paid', as: 'paid' });
    expect(settled).toMatchObject({ kind: 'done', payment: { verdict: 'paid', message: { key: 'settledPaidConfirmed' } } });
  });

  it('case 8: a repeated word is answered as the first one was, another word under its number is not', async () => {
    const { bench, paymentId } = await reviewed();
    const word = { commandId: 'word', paymentId, as: 'paid', how: 'supportSaid', sentence: null } as const;
    expect(await bench.till.call('settle', word)).toMatchObject({ kind: 'done', payment: { verdict: 'paid' } });
    expect(await bench.till.call('settle', word)).toMatchObject({ kind: 'done', payment: { verdict: 'paid' } });
    expect(await bench.till.call('settle', { ...word, as: 'notPaid' })).toMatchObject({ kind: 'refused', message: { key: 'settledOtherwise' } });
    expect(await bench.till.call('settle', { ...word, refundRef: 'R-1' })).toMatchObject({ kind: 'refused', message: { key: 'settledOtherwise' } });
    expect(await bench.till.call('settle', { ...word, paymentId: 'another' })).toMatchObject({ kind: 'refused', message: { key: 'settledOtherwise' } });
    expect(await bench.till.call('settle', { ...word, as: 'notPaid', commandId: 'other' })).toMatchObject({ kind: 'refused', message: { key: 'settleNotOpen' } });
    expect(bench.payment(paymentId)).toMatchObject({ state: 'settled', verdict: 'paid' });
  });

  it('case 17: is not undone because one query says that there is no such order', async () => {
    const { bench, paymentId } = await reviewed();
    const before = bench.count('reverse');
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    await bench.clock.pass(540);
    await bench.take('query').answer(outcomes.notFound());
    await bench.clock.pass(60);
    expect(bench.count('reverse')).toBe(before);
    expect(bench.payment(paymentId).state).toBe('review');
  });
});

describe('case 18: the day of the payment', () => {
  it('case 18: past its day in China nothing is cancelled any more; unpaid it is asked, paid it is a review', async () => {
    // 23:59:44 in China: the first cancel leaves in the day's last second.
    const { bench, paymentId } = await undoing({ wall: Date.UTC(2026, 10, 21, 15, 59, 44) });
    await bench.take('reverse').end(lost);
    await bench.take('query').answer(outcomes.paid());
    const before = bench.count('reverse');
    await bench.clock.pass(30);
    expect(bench.count('reverse')).toBe(before);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'dayIsOver' });
  });

  it('case 18: the gateway’s Date header says which day it is', async () => {
    // Ours says 23:50 in China, theirs 00:01 of the next day for both moments: one day, so the cancel may leave.
    const bench = await Bench.started({ wall: Date.UTC(2026, 10, 21, 15, 59, 50) });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting(), 'Sat, 21 Nov 2026 16:05:00 GMT');
    await bench.till.call('giveUp', { paymentId, commandId: 'g' });
    while (bench.count('reverse') === 0) {
      if (bench.pending[0]?.call === 'query') await bench.take('query').answer(outcomes.waiting(), 'Sat, 21 Nov 2026 16:05:20 GMT');
      await bench.clock.pass(1);
    }
    expect(bench.payment(paymentId).state).toBe('reversing');
  });
});

describe('case 19: cancel says not exists', () => {
  it('case 19: proven by a query 15 s later it is declined, with the sentinel on', async () => {
    const { bench, paymentId } = await undoing();
    await bench.take('reverse').answer(outcomes.notFound());
    await bench.clock.pass(14.9);
    expect(bench.pending).toHaveLength(0);
    await bench.clock.pass(0.1);
    await bench.take('query').answer(outcomes.notFound());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined', declineReason: 'neverArrived' });
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterUndo' });
  });

  it('case 19: the proof waits its 15 s even if a person asks now', async () => {
    const { bench, paymentId } = await undoing();
    await bench.take('reverse').answer(outcomes.notFound());
    await bench.clock.pass(3);
    await bench.till.call('askNow', { paymentId });
    expect(bench.pending).toHaveLength(0);
  });

  it('case 19: a payment that turns up meanwhile is undone', async () => {
    const { bench, paymentId } = await undoing();
    await bench.take('reverse').answer(outcomes.notFound());
    await bench.clock.pass(15);
    await bench.take('query').answer(outcomes.paid());
    await bench.clock.pass(2);
    await bench.take('reverse').answer(outcomes.reversed());
    await bench.take('query').answer(outcomes.reversed());
    expect(bench.payment(paymentId).state).toBe('reversed');
  });
});

/** Given up, and its reversal confirmed by the gateway: the question that follows is out. */
async function confirming(): Promise<{ bench: Bench; paymentId: string }> {
  const bench = await Bench.started();
  const { paymentId } = await bench.started();
  await bench.take('pay').answer(outcomes.waiting());
  await bench.clock.pass(20);
  while (bench.pending.length > 0) await bench.take('query').answer(outcomes.waiting());
  await bench.till.call('giveUp', { paymentId, commandId: 'give-up' });
  await bench.take('query').answer(outcomes.waiting());
  await bench.take('reverse').answer(outcomes.reversed());
  return { bench, paymentId };
}

describe('a reversal that the gateway confirms', () => {
  it('money rule 2: stands where the question after it gets no answer, or finds no such order', async () => {
    const lostOne = await confirming();
    await lostOne.bench.take('query').end(lost);
    expect(lostOne.bench.payment(lostOne.paymentId).state).toBe('reversed');
    const gone = await confirming();
    await gone.bench.take('query').answer(outcomes.notFound());
    expect(gone.bench.payment(gone.paymentId).state).toBe('reversed');
  });

  it('money rule 2: is a loud review where the question after it finds money of another amount or number', async () => {
    const { bench, paymentId } = await confirming();
    await bench.take('query').answer(outcomes.unknown('mismatch'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'answerMismatch', verdict: 'notKnownYet' });
  });

  it.each(['unlisted', 'gatewayUnsure', 'keyRefused'] as const)('money rule 2: is asked about again, and then with a person, where the question after it is answered %s', async (why) => {
    const { bench, paymentId } = await confirming();
    for (let second = 0; second < 200 && bench.payment(paymentId).state === 'reversing'; second += 1) {
      for (const next = bench.pending[0]; next !== undefined && bench.pending.includes(next); ) await bench.take(next.call).answer(next.call === 'query' ? outcomes.unknown(why) : outcomes.reversed());
      await bench.clock.pass(1);
    }
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'reversalFailed' });
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.reversed());
    expect(bench.payment(paymentId).state).toBe('reversed');
  });
});

describe('a journal from before the second rules', () => {
  /** The rows as the program of then wrote them. */
  function olderRows(bench: Bench, paymentId: string) {
    return bench.journal.rowsOf(paymentId).map((row) => ({ ...row, payload: row.payload.replace('"rules":2,', '') }));
  }

  it('money rule 7: folds as it was decided then, so that what followed from it still stands behind it', async () => {
    const { bench: undone, paymentId } = await confirming();
    await undone.take('query').answer(outcomes.unknown('unlisted'));
    expect(undone.payment(paymentId).state).toBe('reversing');
    expect(foldPayment(olderRows(undone, paymentId))?.attempts[0]?.name).toBe('reversed');

    const sold = await Bench.started({ capabilities: withoutUndo });
    const sale = await sold.started();
    await sold.take('pay').answer(outcomes.paid({ amountCompared: false }));
    await sold.take('query').answer(outcomes.waiting());
    expect(sold.payment(sale.paymentId).state).toBe('waitingForPayer');
    expect(foldPayment(olderRows(sold, sale.paymentId))?.attempts[0]).toMatchObject({ name: 'paid', amountCheck: 'unanswered' });
  });
});

describe('case 20: the sentinel', () => {
  it('case 20: money of another amount under what ended without any is a loud review', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.unknown('mismatch'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'answerMismatch' });
  });

  it('case 20: looks after 1 and 10 minutes, and PAID is a loud review', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.declined(true));
    await bench.clock.pass(540);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterUndo', verdict: 'notKnownYet', message: { key: 'paidAfterDecline' } });
  });

  it('case 20: looks again at the next start, and isn’t open meanwhile', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    const after = bench.reborn();
    await after.till.start();
    expect(after.till.status()).toMatchObject({ phase: 'ready', openCount: 0 });
    await after.take('query').answer(outcomes.paid());
    expect(after.payment(paymentId).state).toBe('review');
  });

  it('case 20: starts do not use up the planned looks', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    let after = bench;
    for (let start = 0; start < 3; start += 1) {
      after = after.reborn();
      await after.till.start();
      await after.take('query').answer(outcomes.declined(true));
    }
    await after.clock.pass(60);
    await after.take('query').answer(outcomes.declined(true));
    await after.clock.pass(540);
    await after.take('query').answer(outcomes.paid());
    expect(after.payment(paymentId).state).toBe('review');
  });

  it('case 20: a till that is started ten times in an hour has not asked for a week', async () => {
    let bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    for (let start = 0; start < 12; start += 1) {
      bench = bench.reborn();
      void bench.till.start();
      for (let look = 0; look < 4; look += 1) {
        while (bench.pending.length > 0) await bench.take('query').end(lost);
        await bench.clock.pass(61);
      }
    }
    await bench.clock.pass(86_500);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterUndo' });
  });

  it('case 20: unanswered it tries three times, then daily for 7 days, then rests', async () => {
    const bench = await Bench.started();
    await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    let looks = 0;
    for (let hour = 0; hour < 24 * 10; hour += 1) {
      for (let minute = 0; minute < 60; minute += 10) {
        await bench.clock.pass(600);
        while (bench.pending.length > 0) {
          looks += 1;
          await bench.take('query').end(lost);
        }
      }
    }
    expect(looks).toBe(3 + 7);
  });
});

describe('cases 21 to 23: a gateway that asks only by its own number', () => {
  it('case 21: the code is sent again only within 45 s of the scan', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    for (let second = 0; second < 120; second += 1) {
      while (bench.pending.length > 0) await bench.take('pay').end(lost);
      await bench.clock.pass(1);
    }
    expect(Math.max(...bench.sent.map((one) => one.at))).toBeLessThan(45_000);
    expect(bench.count('pay')).toBeGreaterThan(10);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'cannotUndo' });
  });

  it('case 21: never after parking', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.till.call('park', { paymentId });
    await bench.take('pay').end(lost);
    await bench.clock.pass(60);
    expect(bench.count('pay')).toBe(1);
    expect(bench.payment(paymentId).state).toBe('review');
  });

  it('case 21: never after giving up', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.till.call('giveUp', { paymentId, commandId: 'g' });
    await bench.take('pay').end(lost);
    await bench.clock.pass(60);
    expect(bench.count('pay')).toBe(1);
    expect(bench.payment(paymentId).state).toBe('review');
  });

  it('case 21: never after a restart', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    const after = bench.reborn();
    await after.till.start();
    expect(after.sent).toEqual([]);
    expect(after.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'cannotUndo' });
  });

  it('case 22: at the deadline it is a review that cannot be undone, asked on where the number is known', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    for (let second = 0; second < 46; second += 1) {
      await bench.clock.pass(1);
      while (bench.pending.length > 0) await bench.take('query').answer(outcomes.waiting());
    }
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'cannotUndo', canUndo: false });
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.declined(true));
    expect(bench.payment(paymentId).state).toBe('declined');
  });

  it('case 23: SUCCESS without an amount is compared by one query before the verdict', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.paid({ amountCompared: false }));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'submitting', verdict: 'notKnownYet' });
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
  });

  it('case 23: unanswered it is paid; a mismatch is a loud review', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const first = await bench.started();
    await bench.take('pay').answer(outcomes.paid({ amountCompared: false }));
    await bench.take('query').end(lost);
    expect(bench.payment(first.paymentId).verdict).toBe('paid');
    const second = await bench.started('130000000000000002', 500);
    await bench.take('pay').answer(outcomes.paid({ amountCompared: false }));
    await bench.take('query').answer(outcomes.unknown('mismatch'));
    expect(bench.payment(second.paymentId)).toMatchObject({ state: 'review', reviewReason: 'answerMismatch' });
  });

  it('case 23: an answer that nobody has paid is no silence: it is asked on, and only a second paid is believed', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.paid({ amountCompared: false }));
    await bench.take('query').answer(outcomes.waiting());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'waitingForPayer', verdict: 'notKnownYet' });
    await bench.clock.pass(5);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
  });

  it('case 23: asked on until its time is up, it is a person’s to end', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.paid({ amountCompared: false }));
    for (let second = 0; second < 120 && bench.payment(paymentId).state !== 'review'; second += 1) {
      while (bench.pending.length > 0) await bench.take('query').answer(outcomes.waiting());
      await bench.clock.pass(1);
    }
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'cannotUndo' });
    expect(bench.count('pay')).toBe(1);
  });

  it('case 23: closed after it said paid is a loud review that says so, and that the same gateway’s paid ends', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.paid({ amountCompared: false }));
    await bench.take('query').answer(outcomes.declined(true));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'saidPaidAndNot', message: { key: 'saidPaidAndNot' } });
    await bench.clock.pass(61);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
  });
});

describe('case 16: a review of what was not wanted', () => {
  it('case 16: is asked with growing pauses although the gateway goes on saying paid', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('setNotWanted', { paymentId, on: true });
    await bench.clock.pass(4);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'notWanted' });
    const asked = bench.count('query');
    for (let minute = 0; minute < 59; minute += 1) {
      await bench.clock.pass(60);
      while (bench.pending.length > 0) await bench.take('query').answer(outcomes.paid());
    }
    expect(bench.count('query') - asked).toBe(2);
  });
});

describe('case 14: not wanted while the amount is being compared', () => {
  it('case 14: becomes a review, however the comparison ends', async () => {
    for (const compared of [true, false]) {
      const bench = await Bench.started({ capabilities: withoutUndo });
      const { paymentId } = await bench.started();
      await bench.take('pay').answer(outcomes.paid({ amountCompared: false }));
      await bench.till.call('setNotWanted', { paymentId, on: true });
      const query = bench.take('query');
      await (compared ? query.answer(outcomes.paid()) : query.end(lost));
      expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'notWanted' });
    }
  });
});

describe('cases 25 and 26: after a restart', () => {
  it('case 25: asks at once, undoes nothing before 15 s, and counts the deadline from here', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.clock.pass(3);
    const after = bench.reborn();
    void after.till.start();
    await after.take('query').answer(outcomes.waiting());
    for (let second = 0; second < 100 && after.count('reverse') === 0; second += 1) {
      await after.clock.pass(1);
      while (after.pending[0]?.call === 'query') await after.take('query').answer(outcomes.waiting());
    }
    const at = after.sent.find((one) => one.call === 'reverse')?.at ?? 0;
    expect(at).toBeGreaterThanOrEqual(15_000);
    expect(at).toBeLessThanOrEqual(46_000);
    expect(after.payment(paymentId).state).toBe('reversing');
  });

  it('case 25: waits are counted by the monotonic clock: a wall clock set back changes nothing', async () => {
    const bench = await Bench.started();
    await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    bench.clock.setWall(bench.clock.wall() - 86_400_000);
    await bench.clock.pass(3);
    expect(bench.pending.map((one) => one.call)).toEqual(['query']);
  });

  it('case 26: nothing new is sold before everything open was asked once', async () => {
    const bench = await Bench.started();
    await bench.started();
    await bench.started('130000000000000002', 700);
    const after = bench.reborn();
    const started = after.till.start();
    expect(after.till.status()).toMatchObject({ phase: 'recovering', recovery: { open: 2, asked: 0 } });
    expect(after.count('query')).toBe(2);
    expect(await after.pay('130000000000000003', 900)).toMatchObject({ kind: 'refused', message: { key: 'recovering' } });
    await after.take('query').answer(outcomes.waiting());
    expect(after.till.status().phase).toBe('recovering');
    await after.take('query').end(lost);
    await started;
    expect(after.till.status().phase).toBe('ready');
    expect((await after.pay('130000000000000003', 900)).kind).toBe('started');
  });
});

describe('case 29: an open attempt of an older copy of the journal', () => {
  const witness = { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined };

  /** Open in the copy; what became of it afterwards is in the rows that are missing. */
  async function restored(options: BenchOptions = {}): Promise<{ bench: Bench; paymentId: string }> {
    const before = await Bench.started(options);
    const { paymentId } = await before.started();
    await before.take('pay').answer(outcomes.waiting());
    const bench = before.reborn({ witness });
    void bench.till.start();
    return { bench, paymentId };
  }

  it('case 29: paid is no end, because a reversal may have left', async () => {
    const { bench, paymentId } = await restored({ printer: true });
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', verdict: 'notKnownYet', reviewReason: 'historyMissing' });
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'historyMissing' });
    expect(bench.printed).toHaveLength(0);
  });

  it('case 29: paid stays no end at the starts after it', async () => {
    const { bench, paymentId } = await restored();
    await bench.take('query').answer(outcomes.waiting());
    const again = bench.reborn({ witness });
    void again.till.start();
    await again.take('query').answer(outcomes.paid());
    expect(again.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'historyMissing' });
  });

  it('case 29: no reversal leaves, because it may have been told paid', async () => {
    const { bench, paymentId } = await restored();
    await bench.take('query').answer(outcomes.waiting());
    for (let second = 0; second < 7200; second += 1) {
      await bench.clock.pass(1);
      while (bench.pending.length > 0) await bench.take('query').answer(outcomes.waiting());
    }
    expect(bench.count('reverse')).toBe(0);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'historyMissing', message: { key: 'historyMissing' } });
    await bench.clock.pass(3600);
    await bench.take('query').answer(outcomes.declined(true));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined', verdict: 'notPaid' });
  });

  it('case 29: a reversal that was under way goes no further', async () => {
    const { bench: before, paymentId } = await undoing();
    const bench = before.reborn({ witness });
    void bench.till.start();
    for (let second = 0; second < 60; second += 1) {
      while (bench.pending.length > 0) await bench.take('query').answer(outcomes.paid());
      await bench.clock.pass(1);
    }
    expect(bench.count('reverse')).toBe(0);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'historyMissing' });
  });

  it('case 29: a payment that began after the copy came back is as any other', async () => {
    const { bench } = await restored();
    await bench.take('query').answer(outcomes.declined(true));
    const { paymentId } = await bench.started('130000000000000002', 700);
    await bench.take('pay').answer(outcomes.waiting());
    const again = bench.reborn({ witness });
    void again.till.start();
    while (again.payment(paymentId).state !== 'paid' && again.pending.length > 0) await again.pending.shift()?.answer(outcomes.paid());
    expect(again.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
  });

  it('case 29: where a reversal never undoes what is paid, paid is paid', async () => {
    const { bench, paymentId } = await restored({ capabilities: undoOfUnpaidOnly });
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
  });
});

async function reviewed(): Promise<{ bench: Bench; paymentId: string }> {
  const { bench, paymentId } = await undoing();
  while (bench.payment(paymentId).state !== 'review') {
    if (bench.pending[0]?.call === 'reverse') await bench.take('reverse').end(lost);
    else if (bench.pending[0]?.call === 'query') await bench.take('query').answer(outcomes.waiting());
    else await bench.clock.pass(1);
  }
  return { bench, paymentId };
}

function lastSend(bench: Bench, paymentId: string): string | null {
  const row = bench.journal.rowsOf(paymentId).at(-1);
  return row === undefined ? null : (JSON.parse(row.payload) as { send: string | null }).send;
}
