/** The decided cases of refunds, each by its number, over a whole till: one wire, one journal, one clock in the test's hands. */
import { describe, expect, it } from 'vitest';
import type { PaymentView, RefundReply, RefundView } from '../contract/types.ts';
import type { Capabilities, Outcome } from '../gateways/gateway.ts';
import { rowHash } from '../journal/chain.ts';
import { verifyJournal } from '../journal/verify.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench, lost, neverSent, outcomes, withoutUndo, withUndo, type BenchOptions } from '../testing/bench.ts';
import { notice } from '../testing/notices.ts';

let commands = 0;

async function paid(bench: Bench, minor = 3850, code = '130000000000000001'): Promise<PaymentView> {
  const payment = await bench.started(code, minor);
  await bench.take('pay').answer(outcomes.paid());
  return payment;
}

function refund(bench: Bench, paymentId: string, minor: number, commandId = `refund-${(commands += 1)}`): Promise<RefundReply> {
  return bench.till.call('refund', { commandId, paymentId, amount: makeAmount(minor, 'CNY'), reason: 'returned' });
}

async function begun(bench: Bench, paymentId: string, minor: number): Promise<RefundView> {
  const reply = await refund(bench, paymentId, minor);
  if (reply.kind !== 'started') throw new Error(`not started: ${JSON.stringify(reply)}`);
  return reply.refund;
}

function newest(bench: Bench, paymentId: string): RefundView {
  const last = bench.payment(paymentId).refunds.at(-1);
  if (last === undefined) throw new Error('no refund');
  return last;
}

/** A lost one that a person has recorded as given back by hand: at the gateway it may be or not. */
async function givenFromTheDrawer(bench: Bench, paymentId: string): Promise<void> {
  await begun(bench, paymentId, 1500);
  await bench.take('refund').end(lost);
  await bench.till.call('settle', { commandId: 'from-the-drawer', paymentId, refundRef: newest(bench, paymentId).refundRef, as: 'paid', how: 'other', sentence: 'from the drawer' });
}

function verified(bench: Bench): string {
  const { journal } = bench;
  return verifyJournal(journal, {
    payments: journal.paymentRecords.values(), refunds: journal.refundRecords.values(), moves: journal.moves, shifts: journal.shifts.values(),
    printJobs: journal.jobs.values(), commands: [...journal.commands].map(([commandId, aggregate]) => ({ commandId, aggregate })),
  }).kind;
}

describe('a refund through the gateway', () => {
  it('is journaled, sent once, and done on the gateway’s word', async () => {
    const bench = await Bench.started({ printer: true });
    const { paymentId } = await paid(bench);
    const { refundRef } = await begun(bench, paymentId, 1000);
    expect(bench.journal.rows.at(-1)?.type).toBe('refundCreated');
    await bench.take('refund').answer(outcomes.refunded());
    expect(newest(bench, paymentId)).toMatchObject({ refundRef, state: 'refunded', gatewayRefundRef: 'GR1', open: false });
    expect(bench.payment(paymentId)).toMatchObject({ verdict: 'paid', refundable: { left: { minor: 2850 }, refunded: { minor: 1000 } } });
    expect(bench.printed.filter((job) => job.jobId.startsWith('refund.'))).toHaveLength(1);
    expect(verified(bench)).toBe('whole');
  });

  it('has the gateway’s number of its own in the day’s list, beside others of the same sale', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId, day } = await paid(bench);
    for (const [minor, answer] of [[2000, outcomes.refunded('OMI-2')], [100, outcomes.refunded('OMI-1')], [50, outcomes.refundDeclined('tooOld')]] as const) {
      await begun(bench, paymentId, minor);
      await bench.take('refund').answer(answer);
    }
    const { rows } = await bench.till.call('dayPage', { day, filter: {}, after: null, count: 9 });
    expect(rows.filter((row) => row.kind === 'refund').map((row) => [row.amount.minor, row.gatewayRef]).toSorted((left, right) => Number(right[0]) - Number(left[0]))).toEqual([[2000, 'OMI-2'], [100, 'OMI-1'], [50, null]]);
    expect(verified(bench)).toBe('whole');
  });

  it('money rule 6: never gives back more than was paid less what is refunded or open', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    expect(await refund(bench, paymentId, 3851)).toMatchObject({ kind: 'refused', message: { key: 'refundTooMuch' } });
    await begun(bench, paymentId, 2000);
    await bench.take('refund').answer(outcomes.refunded());
    expect(await refund(bench, paymentId, 1851)).toMatchObject({ kind: 'refused', message: { key: 'refundTooMuch' } });
    await begun(bench, paymentId, 1850);
    await bench.take('refund').answer(outcomes.refunded());
    expect(await refund(bench, paymentId, 1)).toMatchObject({ kind: 'refused', message: { key: 'refundNothingLeft' } });
    expect(bench.count('refund')).toBe(2);
  });

  it('case 7: one refund at a time, and none while a reversal is out', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 100);
    expect(await refund(bench, paymentId, 100)).toMatchObject({ kind: 'refused', message: { key: 'refundOpen' } });
    const other = await bench.started('130000000000000002', 500);
    await bench.take('refund').answer(outcomes.refundPending());
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('giveUp', { paymentId: other.paymentId, commandId: 'give-up' });
    expect(await refund(bench, other.paymentId, 100)).toMatchObject({ kind: 'refused', message: { key: 'refundWhileUndoing' } });
  });

  it('case 8: the same command again gets the first one’s refund', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const first = await refund(bench, paymentId, 100, 'twice');
    const second = await refund(bench, paymentId, 100, 'twice');
    expect(first).toMatchObject({ kind: 'started' });
    expect(second.kind === 'started' && first.kind === 'started' && second.refund.refundRef === first.refund.refundRef).toBe(true);
    await bench.take('refund').answer(outcomes.refunded());
    await refund(bench, paymentId, 100, 'twice');
    expect(bench.count('refund')).toBe(1);
  });

  it('case 2: a lost answer is asked for under the same number, and a refusal of the repeat says nothing about the first', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const { refundRef } = await begun(bench, paymentId, 1000);
    await bench.take('refund').end(lost);
    const repeat = bench.take('refund');
    expect(repeat.refundRef).toBe(refundRef);
    await repeat.answer(outcomes.refundDeclined('shopBalance'));
    expect(newest(bench, paymentId).state).toBe('unknown');
    await bench.clock.pass(3);
    await bench.take('refund').answer(outcomes.refundDeclined('shopBalance', true));
    expect(newest(bench, paymentId)).toMatchObject({ state: 'refused', message: { key: 'refundRefusedBalance' } });
    expect(bench.payment(paymentId).refundable.left.minor).toBe(3850);
  });

  it('case 2: never sent ends it only as the end of its first transmission', async () => {
    const bench = await Bench.started();
    const first = await paid(bench);
    await begun(bench, first.paymentId, 1000);
    await bench.take('refund').end(neverSent);
    expect(newest(bench, first.paymentId)).toMatchObject({ state: 'refused', message: { key: 'refundUnreachable' } });
    const second = await paid(bench, 900, '130000000000000002');
    await begun(bench, second.paymentId, 900);
    await bench.take('refund').end(lost);
    await bench.take('refund').end(neverSent);
    expect(newest(bench, second.paymentId).state).toBe('unknown');
  });

  it('a refund without an answer ends with a person, is asked on, and counts as gone meanwhile', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1000);
    for (let second = 0; second < 90; second += 1) {
      while (bench.pending.length > 0) await bench.take('refund').end(lost);
      await bench.clock.pass(1);
    }
    expect(newest(bench, paymentId)).toMatchObject({ state: 'review', open: true, message: { key: 'refundReview' } });
    expect(bench.payment(paymentId).refundable).toMatchObject({ left: { minor: 2850 }, open: { minor: 1000 } });
    const asked = bench.count('refund');
    await bench.clock.pass(60);
    expect(bench.count('refund')).toBeGreaterThan(asked);
    while (bench.pending.length > 0) await bench.take('refund').answer(outcomes.refunded());
    expect(newest(bench, paymentId).state).toBe('refunded');
    expect(new Set(bench.sent.filter((one) => one.call === 'refund').map((one) => one.refundRef)).size).toBe(1);
  });

  it('what is open is taken up at the next start, under its number', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const { refundRef } = await begun(bench, paymentId, 1000);
    const after = bench.reborn();
    void after.till.start();
    const repeat = after.take('refund');
    expect(repeat.refundRef).toBe(refundRef);
    // An answer to a repeat: "can't be reached" or a plain refusal would not end it.
    await repeat.end(neverSent);
    expect(newest(after, paymentId).state).toBe('unknown');
    await after.clock.pass(3);
    await after.take('refund').answer(outcomes.refunded());
    expect(newest(after, paymentId).state).toBe('refunded');
    expect(verified(after)).toBe('whole');
  });

  it('accepted is not arrived: it is watched with growing pauses, across restarts', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1000);
    await bench.take('refund').answer(outcomes.refundPending('GR7'));
    expect(newest(bench, paymentId)).toMatchObject({ state: 'pending', gatewayRefundRef: 'GR7', message: { key: 'refundPending' } });
    await bench.clock.pass(2);
    await bench.take('queryRefund').answer(outcomes.refundPending('GR7'));
    const after = bench.reborn();
    void after.till.start();
    await after.take('queryRefund').answer(outcomes.refundDeclined('tooOld', true));
    expect(newest(after, paymentId)).toMatchObject({ state: 'refused' });
    expect(after.payment(paymentId).refundable.left.minor).toBe(3850);
  });
});

describe('case 24: a gateway that promises no idempotency', () => {
  const capabilities = withoutUndo;

  it('case 24: more than half of what was left is sent again, and over the limit then means probably done', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1926);
    await bench.take('refund').end(lost);
    await bench.take('refund').answer(outcomes.refundDeclined('amountTooMuch'));
    expect(newest(bench, paymentId)).toMatchObject({ state: 'pending', open: true });
    expect(bench.payment(paymentId).refundable.left.minor).toBe(1924);
  });

  it('case 24: half or less is never sent again: a person looks', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1925);
    await bench.take('refund').end(lost);
    expect(newest(bench, paymentId).state).toBe('review');
    await bench.clock.pass(7200);
    const after = bench.reborn();
    await after.till.start();
    expect(bench.count('refund') + after.count('refund')).toBe(1);
  });

  it('case 24: half is counted from what was left, not from what was paid', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 2000);
    await bench.take('refund').answer(outcomes.refundPending());
    await bench.clock.pass(2);
    await bench.take('queryRefund').answer(outcomes.refunded());
    await begun(bench, paymentId, 1000);
    await bench.take('refund').end(lost);
    expect(bench.count('refund')).toBe(3);
  });

  it('case 24: what a person recorded as given back may still lie at the gateway, where a second refund would fit: not sent again', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await givenFromTheDrawer(bench, paymentId);
    expect(newest(bench, paymentId).state).toBe('settled');
    await begun(bench, paymentId, 1500);
    await bench.take('refund').end(lost);
    expect(newest(bench, paymentId).state).toBe('review');
    expect(bench.pending).toHaveLength(0);
    expect(bench.count('refund')).toBe(2);
  });

  it('case 24: one that an older program would have sent again is looked at by today’s rule at the next start: not sent again', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await givenFromTheDrawer(bench, paymentId);
    await begun(bench, paymentId, 1500);
    const created = bench.journal.rows.pop();
    if (created === undefined) throw new Error('no row');
    const older = { ...created, payload: created.payload.replace('"mayRepeat":false', '"mayRepeat":true') };
    bench.journal.rows.push({ ...older, hash: rowHash(older) });
    const after = bench.reborn();
    await after.till.start();
    expect(after.journal.rows.at(-1)).toMatchObject({ type: 'refundTakenUp', payload: expect.stringContaining('"mayRepeat":false') });
    expect([newest(after, paymentId).state, after.count('refund')]).toEqual(['review', 0]);
  });

  it('case 24: what was given back elsewhere still lies at the gateway: not sent again', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1500);
    await bench.take('refund').answer(outcomes.refundDeclined('tooOld'));
    const outside = await bench.till.call('recordOutsideRefund', { commandId: 'elsewhere', paymentId, amount: makeAmount(1500, 'CNY'), reason: 'returned' });
    expect(outside).toMatchObject({ kind: 'started' });
    await begun(bench, paymentId, 1500);
    await bench.take('refund').end(lost);
    expect(newest(bench, paymentId).state).toBe('review');
    expect(bench.pending).toHaveLength(0);
  });

  it('case 24: what probably went through is asked no more, so a person who has seen it at the gateway records it at once', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1926);
    await bench.take('refund').end(lost);
    await bench.take('refund').answer(outcomes.refundDeclined('amountTooMuch'));
    expect(newest(bench, paymentId)).toMatchObject({ state: 'pending', message: { key: 'refundProbablyDone' } });
    const settled = await bench.till.call('settle', { commandId: 'seen', paymentId, refundRef: newest(bench, paymentId).refundRef, as: 'paid', how: 'seenInPortal', sentence: null });
    expect(settled).toMatchObject({ kind: 'done' });
    expect(newest(bench, paymentId)).toMatchObject({ state: 'settled', open: false });
  });
});

describe('case 24: a gateway to which every request is a refund of its own, and a lost answer hides its number', () => {
  const capabilities: Capabilities = { ...withoutUndo, refund: { orderBy: 'attemptRef', partial: true, withinDays: null, repeat: 'never', queryBy: 'gatewayRefundRef', asksPaymentInstead: true, reference: { prefix: 'R', length: 20, alphabet: '0123456789' } } };
  const saysPayment: Outcome = { kind: 'unknown', why: 'gatewayUnsure', order: null, evidence: { code: 'payment/SUCCESS', words: null } };

  it('case 24: it is pending, its payment is asked about with growing pauses, then a person looks, and it is never sent again', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 3850);
    await bench.take('refund').end(lost);
    expect(newest(bench, paymentId)).toMatchObject({ state: 'pending', open: true, message: { key: 'refundUnknown' } });
    for (const pause of [2, 3, 5, 10, 30, 60, 600, 3600]) {
      expect([bench.pending.length, newest(bench, paymentId).state]).toEqual([0, 'pending']);
      await bench.clock.pass(pause - 1);
      expect(bench.pending).toHaveLength(0);
      await bench.clock.pass(1);
      await bench.take('queryRefund').answer(saysPayment);
    }
    expect(newest(bench, paymentId)).toMatchObject({ state: 'review', open: true, asked: 8, gatewayCode: 'payment/SUCCESS', message: { key: 'refundReview' } });
    await bench.clock.pass(86_400);
    const after = bench.reborn();
    await after.till.start();
    await after.clock.pass(7200);
    expect([bench.count('refund') + after.count('refund'), after.pending.length]).toEqual([1, 0]);
    expect(after.payment(paymentId).refundable).toMatchObject({ left: { minor: 0 }, open: { minor: 3850 } });
    expect(verified(after)).toBe('whole');
  });

  it('case 24: one that was sent before a power cut is taken up the same way, and its words never end it', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1000);
    const after = bench.reborn();
    void after.till.start();
    await after.take('queryRefund').answer(outcomes.paid());
    expect(newest(after, paymentId)).toMatchObject({ state: 'pending', message: { key: 'refundUnknown' } });
    await after.clock.pass(3);
    await after.take('queryRefund').end(lost);
    expect(newest(after, paymentId).state).toBe('pending');
    // A person who doesn't want to wait asks now.
    await after.till.call('askRefundNow', { paymentId, refundRef: newest(after, paymentId).refundRef });
    await after.take('queryRefund').answer(saysPayment);
    expect(newest(after, paymentId)).toMatchObject({ state: 'pending', gatewayCode: 'payment/SUCCESS' });
    expect(after.count('refund')).toBe(0);
  });

  it('case 24: a person who has seen it in the portal records it at once', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1000);
    await bench.take('refund').end(lost);
    expect(await bench.till.call('settle', { commandId: 'seen-there', paymentId, refundRef: newest(bench, paymentId).refundRef, as: 'paid', how: 'seenInPortal', sentence: null })).toMatchObject({ kind: 'done' });
    expect(newest(bench, paymentId)).toMatchObject({ state: 'settled', open: false });
  });

  it('an answer that isn’t understood but names the refund gives the number to ask by', async () => {
    const bench = await Bench.started({ capabilities });
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1000);
    await bench.take('refund').answer({ kind: 'unknown', why: 'unlisted', order: null, refund: { gatewayRefundRef: 'GR8', refundedAt: null }, evidence: { code: 'FOO', words: null } });
    expect(newest(bench, paymentId)).toMatchObject({ state: 'unknown', gatewayRefundRef: 'GR8', message: { key: 'refundUnknown' } });
    await bench.clock.pass(2);
    await bench.take('queryRefund').answer(outcomes.refunded('GR8'));
    expect(newest(bench, paymentId).state).toBe('refunded');
    expect(bench.count('refund')).toBe(1);
  });
});

describe('case 18: the reversal’s day is over', () => {
  async function givenUpBeforeMidnight(): Promise<{ bench: Bench; paymentId: string }> {
    // 23:59:40 in China.
    const bench = await Bench.started({ wall: Date.UTC(2026, 10, 21, 15, 59, 40) });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('giveUp', { paymentId, commandId: 'give-up' });
    return { bench, paymentId };
  }

  it('case 18: paid is given back in full under a stored number, and then it is undone', async () => {
    const { bench, paymentId } = await givenUpBeforeMidnight();
    for (let second = 0; second < 60 && bench.count('refund') === 0; second += 1) {
      await bench.clock.pass(1);
      while (bench.pending[0]?.call === 'reverse') await bench.take('reverse').end(lost);
      while (bench.pending[0]?.call === 'query') await bench.take('query').answer(bench.clock.wall() < Date.UTC(2026, 10, 21, 16) ? outcomes.waiting() : outcomes.paid());
    }
    expect(bench.count('refund')).toBe(1);
    expect(newest(bench, paymentId)).toMatchObject({ amount: { minor: 3850 }, state: 'submitting' });
    await bench.take('refund').answer(outcomes.refunded());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversed', verdict: 'notPaid', open: false });
    const reversals = bench.sent.filter((one) => one.call === 'reverse');
    await bench.clock.pass(7200);
    expect(bench.sent.filter((one) => one.call === 'reverse')).toHaveLength(reversals.length);
    expect(verified(bench)).toBe('whole');
  });
});

describe('case 17: reviews, refunds and a person’s word', () => {
  async function paidAfterUndo(options: BenchOptions = {}): Promise<{ bench: Bench; paymentId: string }> {
    const bench = await Bench.started(options);
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterUndo' });
    return { bench, paymentId };
  }

  it('case 17: a loud review whose last word is paid is refunded, and refunded in full it is undone', async () => {
    const { bench, paymentId } = await paidAfterUndo();
    await begun(bench, paymentId, 3850);
    await bench.take('refund').answer(outcomes.refunded());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversed', verdict: 'notPaid' });
    // It never was a sale, so giving it back takes nothing from the day.
    expect(bench.journal.moves).toEqual([]);
    await bench.clock.pass(100_000);
    expect(bench.payment(paymentId).state).toBe('reversed');
  });

  it('case 17: a review whose last word isn’t paid is not refunded', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.unknown('mismatch'));
    for (let second = 0; second < 200 && bench.payment(paymentId).state !== 'review'; second += 1) {
      await bench.clock.pass(1);
      while (bench.pending.length > 0) await bench.take(bench.pending[0]?.call ?? 'query').end(lost);
    }
    expect(await refund(bench, paymentId, 100)).toMatchObject({ kind: 'refused', message: { key: 'refundNotKnown' } });
  });

  const word = { how: 'supportSaid', sentence: null } as const;

  it('case 17: a named person’s word ends a review, nothing is reversed any more, and the gateway is asked daily for 7 days', async () => {
    const { bench, paymentId } = await paidAfterUndo();
    const reply = await bench.till.call('settle', { commandId: 'word', paymentId, as: 'paid', ...word });
    expect(reply).toMatchObject({ kind: 'done', payment: { state: 'settled', verdict: 'paid', open: false, settled: { as: 'paid', by: { name: 'T01' } } } });
    expect(bench.journal.moves.map((move) => move.kind)).toEqual(['settledPaid']);
    const asked = bench.count('query');
    for (let hour = 0; hour < 24 * 10; hour += 1) {
      await bench.clock.pass(3600);
      while (bench.pending.length > 0) await bench.take('query').end(lost);
    }
    expect(bench.count('query') - asked).toBe(7);
    expect(bench.count('reverse')).toBe(0);
    expect(bench.payment(paymentId).state).toBe('settled');
    expect(verified(bench)).toBe('whole');
  });

  it('case 17: money that contradicts it opens it again, also after restarts, and still nothing is reversed', async () => {
    const { bench, paymentId } = await paidAfterUndo();
    await bench.till.call('settle', { commandId: 'word', paymentId, as: 'notPaid', ...word });
    expect(bench.payment(paymentId)).toMatchObject({ verdict: 'notPaid' });
    const after = bench.reborn();
    void after.till.start();
    await after.take('query').answer(outcomes.paid());
    expect(after.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'settledContradicted', verdict: 'notKnownYet', open: true });
    for (let round = 0; round < 20; round += 1) {
      await after.clock.pass(600);
      while (after.pending.length > 0) await after.take('query').answer(outcomes.waiting());
    }
    expect(after.count('reverse')).toBe(0);
  });

  it('case 17: after its week a notice alone makes the till ask again, and money under "not paid" is a review', async () => {
    const { bench, paymentId } = await paidAfterUndo();
    await bench.till.call('settle', { commandId: 'word', paymentId, as: 'notPaid', ...word });
    for (let hour = 0; hour < 24 * 10; hour += 1) {
      await bench.clock.pass(3600);
      while (bench.pending.length > 0) await bench.take('query').end(lost);
    }
    const { attemptRef } = bench.payment(paymentId);
    bench.till.notified('bench', notice({ attemptRef, verified: true }));
    await bench.take('query').answer(outcomes.waiting());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'settled', open: false });
    await bench.clock.pass(3600);
    bench.till.notified('bench', notice({ attemptRef, verified: true }));
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'settledContradicted', open: true });
  });

  it('case 17: only a review takes a person’s word, and twice the same command is one word', async () => {
    const { bench, paymentId } = await paidAfterUndo();
    const other = await paid(bench, 500, '130000000000000002');
    expect(await bench.till.call('settle', { commandId: 'other', paymentId: other.paymentId, as: 'notPaid', ...word })).toMatchObject({ kind: 'refused', message: { key: 'settleNotOpen' } });
    await bench.till.call('settle', { commandId: 'word', paymentId, as: 'paid', ...word });
    const rows = bench.journal.rows.length;
    await bench.till.call('settle', { commandId: 'word', paymentId, as: 'notPaid', ...word });
    expect(bench.journal.rows).toHaveLength(rows);
    expect(bench.payment(paymentId)).toMatchObject({ verdict: 'paid' });
  });
});

describe('case 6: refunds under another identity', () => {
  it('case 6: nothing is sent, and the sentence names the terminal', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const after = bench.reborn({ account: '200' });
    await after.till.start();
    expect(await refund(after, paymentId, 100)).toMatchObject({ kind: 'refused', message: { key: 'refundIdentityMissing', values: { n: '100' } } });
  });

  it('case 6: an open refund waits with a person until the terminal is back', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1000);
    const away = bench.reborn({ account: '200' });
    await away.till.start();
    expect(newest(away, paymentId)).toMatchObject({ state: 'review', message: { key: 'refundIdentityMissingOpen' } });
    expect(away.sent).toHaveLength(0);
    const back = away.reborn({ account: '100' });
    void back.till.start();
    await back.take('refund').answer(outcomes.refunded());
    expect(newest(back, paymentId).state).toBe('refunded');
  });
});

describe('what can’t be refunded is refused before anything is sent', () => {
  it('says that the gateway can’t, and records what was given back elsewhere apart', async () => {
    const bench = await Bench.started({ capabilities: { ...withUndo, refund: null } });
    const { paymentId } = await paid(bench);
    expect(await refund(bench, paymentId, 100)).toMatchObject({ kind: 'refused', message: { key: 'refundNotSupported' } });
    const reply = await bench.till.call('recordOutsideRefund', { commandId: 'outside', paymentId, amount: makeAmount(100, 'CNY'), reason: 'cash at the office' });
    expect(reply).toMatchObject({ kind: 'started', refund: { way: 'outside', state: 'refunded' } });
    expect(bench.journal.moves.map((move) => move.kind)).toEqual(['sale', 'outsideRefund']);
    expect(bench.count('refund')).toBe(0);
    expect(verified(bench)).toBe('whole');
  });

  it('case 6: records it also where the sale was under another account, since nothing is sent for it', async () => {
    const bench = await Bench.started({ capabilities: { ...withUndo, refund: null } });
    const { paymentId } = await paid(bench);
    const moved = bench.reborn({ account: '200' });
    await moved.till.start();
    expect(moved.payment(paymentId).refundable.refusal).toMatchObject({ key: 'refundNotSupported' });
    expect(await moved.till.call('recordOutsideRefund', { commandId: 'outside', paymentId, amount: makeAmount(3850, 'CNY'), reason: 'by transfer' })).toMatchObject({ kind: 'started', refund: { way: 'outside', state: 'refunded' } });
    expect(moved.count('refund')).toBe(0);
    // Where the gateway can refund, it is the terminal that is missing, and nothing is recorded past it.
    const able = await Bench.started();
    const other = await paid(able);
    const away = able.reborn({ account: '200' });
    await away.till.start();
    expect(await away.till.call('recordOutsideRefund', { commandId: 'outside', paymentId: other.paymentId, amount: makeAmount(100, 'CNY'), reason: 'x' })).toMatchObject({ kind: 'refused', message: { key: 'refundIdentityMissing' } });
  });

  it('records parts elsewhere, prints each, and never more than was paid less what was recorded', async () => {
    const bench = await Bench.started({ printer: true, capabilities: { ...withUndo, refund: null } });
    const { paymentId } = await paid(bench);
    const outside = (minor: number, commandId: string) => bench.till.call('recordOutsideRefund', { commandId, paymentId, amount: makeAmount(minor, 'CNY'), reason: 'by transfer' });
    expect(await outside(3851, 'o1')).toMatchObject({ kind: 'refused', message: { key: 'refundTooMuch' } });
    const [first, again] = [await outside(3000, 'o2'), await outside(3000, 'o2')];
    expect(again).toEqual(first);
    expect(await outside(851, 'o3')).toMatchObject({ kind: 'refused', message: { key: 'refundTooMuch', values: { max: '¥8.50' } } });
    expect(await outside(850, 'o4')).toMatchObject({ kind: 'started' });
    expect(await outside(1, 'o5')).toMatchObject({ kind: 'refused', message: { key: 'refundNothingLeft' } });
    expect(bench.payment(paymentId)).toMatchObject({ verdict: 'paid', refundable: { left: { minor: 0 }, refunded: { minor: 3850 } } });
    expect(bench.printed.filter((job) => job.jobId.startsWith('refund.'))).toHaveLength(2);
    expect(verified(bench)).toBe('whole');
  });

  it('case 15: what was paid after giving up and given back elsewhere is told apart, though it was never a sale', async () => {
    const bench = await Bench.started({ capabilities: { ...withoutUndo, refund: null } });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('giveUp', { paymentId, commandId: 'g' });
    await bench.clock.pass(5);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', refundable: { left: { minor: 3850 }, refusal: { key: 'refundNotSupported' } } });
    await bench.till.call('recordOutsideRefund', { commandId: 'outside', paymentId, amount: makeAmount(3850, 'CNY'), reason: 'by transfer' });
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversed', verdict: 'notPaid' });
    expect(bench.journal.moves).toMatchObject([{ kind: 'outsideRefund', minor: 3850 }]);
    const { totals } = await bench.till.call('day', { day: bench.payment(paymentId).day, filter: {} });
    expect(totals).toMatchObject({ byCurrency: [], outside: [{ currency: 'CNY', count: 1, minor: 3850 }] });
    expect(verified(bench)).toBe('whole');
  });

  it('refuses to record elsewhere what the gateway could give back', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    expect(await bench.till.call('recordOutsideRefund', { commandId: 'outside', paymentId, amount: makeAmount(100, 'CNY'), reason: 'x' })).toMatchObject({ kind: 'refused', message: { key: 'refundSupported' } });
  });

  it('case 22: without the gateway’s number it waits for it', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').end(lost);
    await bench.take('pay').answer(outcomes.paid({ order: { gatewayRef: null, walletRef: null, wallet: null, payerId: null, paidAt: null } }));
    expect(bench.payment(paymentId).verdict).toBe('paid');
    expect(await refund(bench, paymentId, 100)).toMatchObject({ kind: 'refused', message: { key: 'refundNoGatewayRef' } });
  });

  it('too old, not paid, nothing left, and without a reason', async () => {
    const bench = await Bench.started();
    const first = await paid(bench);
    expect(await bench.till.call('refund', { commandId: 'r', paymentId: first.paymentId, amount: makeAmount(1, 'CNY'), reason: ' ' })).toMatchObject({ message: { key: 'reasonMissing' } });
    const second = await bench.started('130000000000000002', 500);
    await bench.take('pay').answer(outcomes.declined());
    expect(await refund(bench, second.paymentId, 100)).toMatchObject({ message: { key: 'refundNotPaid' } });
    bench.clock.setWall(bench.clock.wall() + 91 * 86_400_000);
    expect(await refund(bench, first.paymentId, 100)).toMatchObject({ message: { key: 'refundTooOld', values: { n: '90' } } });
  });

  it('case 29: in a restored journal no refund is sent before it was reconciled', async () => {
    const seen = { sequence: 400, hash: 'f'.repeat(64) };
    const bench = await Bench.started({ witness: { read: () => seen, write: () => undefined } });
    const { paymentId } = await paid(bench);
    expect(bench.till.status()).toMatchObject({ restored: true, journal: { light: 'attention', message: { key: 'restoredWorld' } } });
    expect(await refund(bench, paymentId, 100)).toMatchObject({ kind: 'refused', message: { key: 'refundAfterRestore' } });
  });
});

describe('case 29: an open refund in a restored journal', () => {
  it('case 29: is not sent again before the statement was matched', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    await begun(bench, paymentId, 1000);
    const after = bench.reborn({ witness: { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined } });
    await after.till.start();
    await after.clock.pass(100_000);
    expect(after.count('refund')).toBe(0);
    expect(newest(after, paymentId)).toMatchObject({ state: 'review', open: true });
    const before = { days: { fromDay: '2026-11-20', toDay: '2026-11-20' }, refunds: [] };
    after.till.reconciled('bench', before, after.till.who());
    expect(after.till.status().restored).toBe(true);
    after.till.reconciled('bench', { ...before, days: { fromDay: '2026-11-21', toDay: '2026-11-21' } }, after.till.who());
    await after.take('refund').answer(outcomes.refunded());
    expect(newest(after, paymentId).state).toBe('refunded');
    expect(after.till.status().restored).toBe(false);
  });
});

describe('case 29: refunds that the copy doesn’t know', () => {
  it('case 29: are held once the statement shows them', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const after = bench.reborn({ witness: { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined } });
    await after.till.start();
    after.till.reconciled('bench', { days: { fromDay: '2026-11-21', toDay: '2026-11-21' }, refunds: [{ paymentId, minor: 1000, reference: 'GR9' }] }, after.till.who());
    expect(after.payment(paymentId).refundable).toMatchObject({ left: { minor: 2850 }, refunded: { minor: 1000 }, refusal: null });
    expect(after.count('refund')).toBe(0);
    expect(await refund(after, paymentId, 2851)).toMatchObject({ kind: 'refused', message: { key: 'refundTooMuch' } });
    expect(verified(after)).toBe('whole');
  });
});

describe('case 10: a sale given back in full', () => {
  it('case 10: frees its number', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started('130000000000000001', 3850, { saleRef: 'SALE-1' });
    await bench.take('pay').answer(outcomes.paid());
    expect(await bench.pay('130000000000000002', 3850, { saleRef: 'SALE-1', assurances: ['anotherCustomer'] })).toMatchObject({ kind: 'refused', message: { key: 'saleRefUsed' } });
    await begun(bench, paymentId, 3850);
    await bench.take('refund').answer(outcomes.refunded());
    expect(await bench.pay('130000000000000002', 3850, { saleRef: 'SALE-1', assurances: ['anotherCustomer'] })).toMatchObject({ kind: 'started' });
  });
});

describe('case 38: another till’s receipt', () => {
  const reference = 'S9999999999999999999999';
  const found = {
    kind: 'found', attemptRef: reference, gatewayRef: 'G9', walletRef: 'W9', wallet: 'wechat', amount: makeAmount(1234, 'CNY'), paidAt: null, untouched: true, evidence: { code: null, words: null },
  } as const;

  async function lookedUp(bench: Bench, order: Parameters<Awaited<ReturnType<typeof asked>>>[0] = found) {
    const reply = bench.till.call('lookUp', { reference });
    await (await asked(bench))(order);
    return reply;
  }

  async function asked(bench: Bench) {
    const request = bench.take('query');
    return (order: Parameters<typeof request.answer>[0]) => request.answer(order);
  }

  it('case 38: is looked up, marked, asked once more, and refunded in full, once', async () => {
    const bench = await Bench.started();
    expect(bench.scan(reference)).toMatchObject({ kind: 'foreignReceipt', gateway: 'bench' });
    const reply = await lookedUp(bench);
    if (reply.kind !== 'foreign') throw new Error(reply.kind);
    const refunding = bench.till.call('refundForeign', { commandId: 'foreign', lookUpId: reply.order.lookUpId, reason: 'returned' });
    await Promise.resolve();
    await (await asked(bench))(found);
    const started = await refunding;
    expect(started).toMatchObject({ kind: 'started', payment: { foreign: true, verdict: 'paid' }, refund: { amount: { minor: 1234 } } });
    await bench.take('refund').answer(outcomes.refunded());
    // The refund counts, the sale was another till's.
    expect(bench.journal.moves.map((move) => move.kind)).toEqual(['refund']);
    expect(await bench.till.call('lookUp', { reference })).toMatchObject({ kind: 'ours', payment: { refundable: { left: { minor: 0 } } } });
    expect(verified(bench)).toBe('whole');
  });

  it('case 38: what was touched is not refunded', async () => {
    const bench = await Bench.started();
    expect(await lookedUp(bench, { ...found, untouched: false })).toMatchObject({ kind: 'foreign', order: { refusal: { key: 'foreignTouched' } } });
    const reply = await lookedUp(bench);
    if (reply.kind !== 'foreign') throw new Error(reply.kind);
    const refunding = bench.till.call('refundForeign', { commandId: 'foreign', lookUpId: reply.order.lookUpId, reason: 'returned' });
    await Promise.resolve();
    await (await asked(bench))({ ...found, untouched: false });
    expect(await refunding).toMatchObject({ kind: 'refused', message: { key: 'foreignTouched' } });
    expect(bench.count('refund')).toBe(0);
  });

  it('case 38: no answer is no answer', async () => {
    const bench = await Bench.started();
    const reply = bench.till.call('lookUp', { reference });
    await bench.take('query').end(lost);
    expect(await reply).toMatchObject({ kind: 'notKnown' });
  });
});
