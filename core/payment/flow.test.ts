/** The engine's ordinary flows through the whole till: what the documents call pay, poll and cancel. */
import { describe, expect, it } from 'vitest';
import { Bench, lost, neverSent, outcomes, undoOfUnpaidOnly, withoutUndo } from '../testing/bench.ts';

describe('a scanned payment', () => {
  it('is journaled before its first byte leaves, and paid by the gateway’s word', async () => {
    const bench = await Bench.started();
    const payment = await bench.started();
    expect(payment.state).toBe('submitting');
    expect(bench.journal.rowsOf(payment.paymentId).map((row) => row.type)).toEqual(['attemptCreated']);
    await bench.take('pay').answer(outcomes.paid());
    expect(bench.payment(payment.paymentId)).toMatchObject({ state: 'paid', verdict: 'paid', open: false });
  });

  it('is not sent at all when the journal cannot be written, and selling stops', async () => {
    const bench = await Bench.started();
    bench.journal.full = true;
    const reply = await bench.pay('130000000000000001', 3850);
    expect(reply).toMatchObject({ kind: 'refused', message: { key: 'journalNotWritable' } });
    expect(bench.sent).toEqual([]);
    expect((await bench.pay('130000000000000002', 100)).kind).toBe('refused');
    bench.journal.full = false;
    expect((await bench.till.call('retryJournal', {})).phase).toBe('ready');
    expect((await bench.pay('130000000000000002', 100)).kind).toBe('started');
  });

  it('asks first after 3 s, then every 3 s, while the payer types', async () => {
    const bench = await Bench.started();
    await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.clock.pass(2.9);
    expect(bench.pending).toHaveLength(0);
    await bench.clock.pass(0.1);
    await bench.take('query').answer(outcomes.waiting());
    await bench.clock.pass(3);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.till.recentPayments(1)[0]?.state).toBe('paid');
  });

  it('asks at once after a lost answer', async () => {
    const bench = await Bench.started();
    const payment = await bench.started();
    await bench.take('pay').end(lost);
    expect(bench.payment(payment.paymentId).state).toBe('unknown');
    expect(bench.pending.map((one) => one.call)).toEqual(['query']);
  });

  it('is declined when the connection was never established: exactly then no money moved without asking', async () => {
    const bench = await Bench.started();
    const payment = await bench.started();
    await bench.take('pay').end(neverSent);
    expect(bench.payment(payment.paymentId)).toMatchObject({ state: 'declined', declineReason: 'gatewayUnreachable', verdict: 'notPaid' });
    await bench.clock.pass(3600);
    expect(bench.pending).toHaveLength(0);
  });

  it('is undone at 45 s: one last query, the reversal, a query to confirm', async () => {
    const bench = await Bench.started();
    const payment = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    for (let second = 3; second < 45; second += 3) {
      await bench.clock.pass(3);
      await bench.take('query').answer(outcomes.waiting());
    }
    await bench.clock.pass(3);
    await bench.take('query').answer(outcomes.waiting());
    expect(bench.payment(payment.paymentId).state).toBe('reversing');
    await bench.take('reverse').answer(outcomes.reversed());
    await bench.take('query').answer(outcomes.reversed());
    expect(bench.payment(payment.paymentId)).toMatchObject({ state: 'reversed', verdict: 'notPaid' });
  });

  it('is paid, not undone, when the last query says paid', async () => {
    const bench = await Bench.started();
    const payment = await bench.started();
    await bench.take('pay').end(lost);
    const last = bench.take('query');
    await bench.clock.pass(45);
    expect(bench.payment(payment.paymentId).state).toBe('reversing');
    await last.answer(outcomes.paid());
    expect(bench.payment(payment.paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
    expect(bench.count('reverse')).toBe(0);
  });

  it('is given up early with queries only: no reversal before 15 s', async () => {
    const bench = await Bench.started();
    const payment = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.clock.pass(1);
    await bench.till.call('giveUp', { paymentId: payment.paymentId, commandId: 'give-up-1' });
    for (let turn = 0; turn < 5; turn += 1) {
      await bench.take('query').answer(outcomes.waiting());
      expect(bench.count('reverse')).toBe(0);
      if (turn < 4) await bench.clock.pass(3);
    }
    await bench.clock.pass(2);
    await bench.take('query').answer(outcomes.waiting());
    expect(bench.count('reverse')).toBe(1);
    expect(bench.sent.find((one) => one.call === 'reverse')?.at).toBeGreaterThanOrEqual(15_000);
  });

  it('stays paid when it was given up early and the query says paid before a reversal left', async () => {
    const bench = await Bench.started();
    const payment = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('giveUp', { paymentId: payment.paymentId, commandId: 'give-up-1' });
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(payment.paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
  });

  it('never ends by an order that does not exist before the deadline', async () => {
    const bench = await Bench.started();
    const payment = await bench.started();
    await bench.take('pay').end(lost);
    await bench.take('query').answer(outcomes.notFound());
    await bench.clock.pass(3);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(payment.paymentId).state).toBe('paid');
  });

  it('keeps a last word that the gateway cannot undo for a person: the close of an unpaid order only', async () => {
    const bench = await Bench.started({ capabilities: undoOfUnpaidOnly });
    const payment = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('giveUp', { paymentId: payment.paymentId, commandId: 'give-up-1' });
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(payment.paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterGivingUp' });
  });
});

describe('a gateway that asks only by its own number', () => {
  it('waits 5 s before the first query', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.clock.pass(4.9);
    expect(bench.pending).toHaveLength(0);
    await bench.clock.pass(0.1);
    expect(bench.pending.map((one) => one.call)).toEqual(['query']);
  });

  it('gets the same payment again after a lost answer, with pauses after the first repeat', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const payment = await bench.started();
    await bench.take('pay').end({ ...lost, reason: 'closed' });
    const second = bench.take('pay');
    expect(second.attemptRef).toBe(payment.attemptRef);
    await second.end({ ...lost, reason: 'closed' });
    expect(bench.pending).toHaveLength(0);
    await bench.clock.pass(3);
    await bench.take('pay').answer(outcomes.paid({ saysAlreadyPaid: true, amountCompared: false, order: { gatewayRef: null, walletRef: null, wallet: null, payerId: null, paidAt: null } }));
    expect(bench.payment(payment.paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
  });
});
