/** Notifications: a reason to ask and nothing else, whoever sent them, however often. */
import { describe, expect, it } from 'vitest';
import type { PaymentView } from '../contract/types.ts';
import { Journal } from '../journal/journal.ts';
import { Bench, facts, lost, outcomes, undoOfUnpaidOnly, withoutUndo, withUndo } from '../testing/bench.ts';
import { notice } from '../testing/notices.ts';
import { makeUnreadable } from '../testing/unreadable.ts';

describe('a notification', () => {
  it('of an open payment asks the gateway at once, and what it answers decides', async () => {
    const bench = await Bench.started({ capabilities: withUndo });
    const { paymentId, attemptRef } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    expect(bench.till.notified('bench', notice({ attemptRef }))).toMatchObject({ status: 200, body: 'success' });
    await bench.clock.pass(0);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId).verdict).toBe('paid');
  });

  it('of a payment that can’t be read is not acknowledged, so that it comes again, and is in the log', async () => {
    const before = await Bench.started({ capabilities: withUndo });
    const { paymentId, attemptRef } = await before.started();
    await before.take('pay').answer(outcomes.paid());
    makeUnreadable(before, paymentId);
    const bench = before.reborn();
    await bench.till.start();
    for (const about of [{ attemptRef }, { attemptRef, dispute: 'chargeback' }, { gatewayRef: 'G1' }]) expect(bench.till.notified('bench', notice(about))).toMatchObject({ status: 503 });
    expect(bench.logged.filter((line) => line.startsWith('a notification is about a payment that can’t be read'))).toHaveLength(3);
    expect(bench.pending).toEqual([]);
    expect(bench.till.notified('bench', notice({ attemptRef: 'nobodys' }))).toMatchObject({ status: 200 });
  });

  it('by the gateway\'s number finds its payment too', async () => {
    const bench = await Bench.started({ capabilities: withUndo });
    await bench.started();
    await bench.take('pay').answer(outcomes.waiting('G1'));
    bench.till.notified('bench', notice({ gatewayRef: 'G1' }));
    expect(bench.count('query')).toBe(1);
  });

  it('that comes again and again asks once in two seconds, and writes nothing where nothing follows', async () => {
    const bench = await Bench.started({ capabilities: withUndo });
    const { attemptRef } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    for (let times = 0; times < 50; times += 1) bench.till.notified('bench', notice({ attemptRef }));
    expect(bench.count('query')).toBe(1);
    await bench.take('query').answer(outcomes.paid());
    const rows = bench.journal.rows.length;
    await bench.clock.pass(10);
    for (let times = 0; times < 50; times += 1) bench.till.notified('bench', notice({ attemptRef }));
    expect(bench.journal.rows).toHaveLength(rows);
  });

  it('that comes while another is being asked about is asked about when that is over: it may tell what the first answer did not', async () => {
    const bench = await Bench.started({ capabilities: withUndo });
    const { paymentId, attemptRef } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('setNotWanted', { paymentId, on: true });
    await bench.clock.pass(4);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId).state).toBe('review');
    const before = bench.count('query');
    bench.till.notified('bench', notice({ attemptRef }));
    bench.till.notified('bench', notice({ attemptRef }));
    await bench.take('query').answer(outcomes.waiting());
    bench.till.notified('bench', notice({ attemptRef }));
    expect(bench.count('query')).toBe(before + 1);
    await bench.clock.pass(3);
    expect(bench.count('query')).toBe(before + 2);
    await bench.take('query').answer(outcomes.waiting());
    await bench.clock.pass(20);
    expect(bench.count('query')).toBe(before + 2);
  });

  it('whose question in a review got no answer is asked about again within a minute, however far the next round is', async () => {
    const bench = await Bench.started({ capabilities: undoOfUnpaidOnly });
    const { paymentId, attemptRef } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('setNotWanted', { paymentId, on: true });
    await bench.clock.pass(4);
    await bench.take('query').answer(outcomes.paid());
    await bench.clock.pass(61);
    await bench.take('query').end(lost);
    for (const end of [() => bench.take('query').end(lost), () => bench.take('query').answer(outcomes.unknown('unlisted'))]) {
      const before = bench.count('query');
      bench.till.notified('bench', notice({ attemptRef }));
      await end();
      await bench.clock.pass(61);
      expect(bench.count('query')).toBe(before + 2);
      await bench.take('query').end(lost);
    }
  });

  it('of an order that nobody here knows, or of another gateway, changes nothing and is answered as usual', async () => {
    const bench = await Bench.started();
    const { attemptRef } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    const rows = bench.journal.rows.length;
    expect(bench.till.notified('bench', notice({ attemptRef: 'S9999', gatewayRef: 'nobody' }))).toMatchObject({ status: 200 });
    expect(bench.till.notified('omipay', notice({ attemptRef }))).toBeNull();
    expect(bench.journal.rows).toHaveLength(rows);
  });

  it('with a wrong signature is refused and asks nothing', async () => {
    const bench = await Bench.started();
    await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    expect(bench.till.notified('bench', notice({ kind: 'refused' }))).toMatchObject({ status: 400, body: 'FAIL' });
    expect(bench.count('query')).toBe(0);
    expect(bench.logged.join()).toContain('signature');
  });

  it('refused a thousand times over is a line in ten seconds, which counts them', async () => {
    const bench = await Bench.started();
    for (let times = 0; times < 1000; times += 1) bench.till.notified('bench', notice({ kind: 'refused' }));
    await bench.clock.pass(10);
    bench.till.notified('bench', notice({ kind: 'refused' }));
    const refused = bench.logged.filter((line) => line.includes('a notification was refused'));
    expect(refused).toHaveLength(2);
    expect(refused[1]).toContain('999');
  });

  it('of what had ended without money makes the sentinel look, and money found is loud (case 20)', async () => {
    const bench = await Bench.started();
    const { paymentId, attemptRef } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    bench.till.notified('bench', notice({ attemptRef }));
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterUndo' });
  });

  it('before anything may be sold is put off: whoever sent it sends it again', async () => {
    const bench = await Bench.started();
    const { attemptRef } = await bench.started();
    const again = bench.reborn();
    expect(again.till.notified('bench', notice({ attemptRef }))).toMatchObject({ status: 503 });
  });
});

describe('case 22: the push names the number that the till lacks', () => {
  it('case 22: it is asked under, and believed only where the answer is about our order', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId, attemptRef } = await bench.started();
    await bench.take('pay').end(lost);
    await bench.take('pay').end(lost);
    bench.till.notified('bench', notice({ attemptRef, gatewayRef: 'N1', verified: true }));
    await bench.take('query').answer(outcomes.paid({ order: facts({ gatewayRef: 'N1' }) }));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', gatewayRef: 'N1' });
  });

  it('case 22: another order\'s number is forgotten, and the till goes on as before', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId, attemptRef } = await bench.started();
    await bench.take('pay').end(lost);
    await bench.take('pay').end(lost);
    bench.till.notified('bench', notice({ attemptRef, gatewayRef: 'N1', verified: true }));
    await bench.take('query').answer(outcomes.unknown('mismatch'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'unknown', gatewayRef: null });
    await bench.clock.pass(3);
    await bench.take('pay').answer(outcomes.paid());
    expect(bench.payment(paymentId).verdict).toBe('paid');
  });

  it('case 22: a number that another payment has is nobody\'s claim', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    await bench.started();
    await bench.take('pay').answer(outcomes.paid({ order: facts({ gatewayRef: 'N1' }) }));
    const { attemptRef } = await bench.started('130000000000000002', 1200);
    await bench.take('pay').end(lost);
    await bench.take('pay').end(lost);
    bench.till.notified('bench', notice({ attemptRef, gatewayRef: 'N1', verified: true }));
    expect(bench.count('query')).toBe(0);
  });
});

describe('a notification of a chargeback', () => {
  const said = (bench: Bench, attemptRef: string, dispute = 'chargeback: not received') => bench.till.notified('bench', notice({ attemptRef, dispute }));

  it('is kept with the payment once and told on the status bar until a shift is closed; nothing is asked and no money moves', async () => {
    const bench = await Bench.started({ capabilities: withUndo });
    const { paymentId, attemptRef, number } = await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    const [queries, reversals] = [bench.count('query'), bench.count('reverse')];
    expect(said(bench, attemptRef)).toMatchObject({ status: 200 });
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid', disputed: true });
    expect(bench.till.paymentDetail(paymentId)?.timeline.at(-1)).toMatchObject({ what: 'disputed', by: 'unknown', detail: 'chargeback: not received' });
    const light = () => bench.till.status().gateways.find(({ id }) => id === 'bench');
    expect(light()).toMatchObject({ light: 'attention', message: { key: 'paymentDisputed', values: { gateway: 'bench', number } } });
    const rows = bench.journal.rows.length;
    for (let times = 0; times < 5; times += 1) said(bench, attemptRef, 'fraud');
    await bench.clock.pass(30);
    expect([bench.journal.rows.length, bench.count('query'), bench.count('reverse')]).toEqual([rows, queries, reversals]);
    const reborn = bench.reborn();
    await reborn.till.start();
    expect(reborn.payment(paymentId)).toMatchObject({ state: 'paid', disputed: true });
  });

  it('is on the status bar again after a restart, with how many there are, until a shift is closed', async () => {
    // The owner's machine has no shift; the screens of the same shop have.
    const owner = await Bench.started({ capabilities: withUndo });
    const paid: PaymentView[] = [];
    for (const [code, gatewayRef] of [['130000000000000001', 'G1'], ['130000000000000002', 'G2'], ['130000000000000003', 'G3']] as const) {
      paid.push(await owner.started(code, 1000 + paid.length));
      await owner.take('pay').answer(outcomes.paid({ order: facts({ gatewayRef }) }));
    }
    const [first, second, third] = paid.map(({ attemptRef, number }) => ({ attemptRef, number }));
    const light = (bench: Bench) => bench.till.status().gateways.find(({ id }) => id === 'bench');
    said(owner, first?.attemptRef ?? '');
    const screens = owner.reborn({ screens: true });
    await screens.till.start();
    expect(light(screens)).toMatchObject({ light: 'attention', message: { key: 'paymentDisputed', values: { gateway: 'bench', number: first?.number } } });
    said(screens, second?.attemptRef ?? '');
    expect(light(screens)).toMatchObject({ message: { key: 'paymentsDisputed', values: { gateway: 'bench', number: second?.number, n: '2' } } });
    const again = screens.reborn();
    await again.till.start();
    expect(light(again)).toMatchObject({ message: { key: 'paymentsDisputed', values: { number: second?.number, n: '2' } } });
    // A shift that is open changes nothing; its close ends it, also for the next start.
    const opened = again.reborn({ screens: false });
    await opened.till.start();
    await opened.till.call('openShift', { commandId: 'open', floatMinor: 0 });
    const during = opened.reborn({ screens: true });
    await during.till.start();
    expect(light(during)).toMatchObject({ message: { key: 'paymentsDisputed', values: { n: '2' } } });
    const closed = during.reborn({ screens: false });
    await closed.till.start();
    await closed.till.call('countDrawer', { commandId: 'count', countedMinor: 0 });
    expect(await closed.till.call('closeShift', { commandId: 'close' })).toMatchObject({ kind: 'closed' });
    const after = closed.reborn({ screens: true });
    await after.till.start();
    expect(light(after)).toMatchObject({ light: 'ready', message: null });
    said(after, third?.attemptRef ?? '');
    const last = after.reborn();
    await last.till.start();
    expect(light(last)).toMatchObject({ message: { key: 'paymentDisputed', values: { number: third?.number } } });
  });

  it('that can no longer be read from an old page keeps no till from asking about what is open, and from selling', async () => {
    const before = await Bench.started({ capabilities: withUndo });
    const disputed = await before.started();
    await before.take('pay').answer(outcomes.paid());
    said(before, disputed.attemptRef);
    const { paymentId } = await before.started('130000000000000002', 900);
    await before.take('pay').end(lost);
    // Further back than the rows that a start checks.
    for (let row = 0; row < 520; row += 1) new Journal(before.journal, before.clock).append([{ aggregate: 'till', type: 'journalRetried', payload: {} }]);
    const bench = before.reborn({ screens: true });
    const rowsOf = bench.journal.rowsOf.bind(bench.journal);
    bench.journal.rowsOf = (aggregate) => {
      if (aggregate === disputed.paymentId) throw new Error('database disk image is malformed');
      return rowsOf(aggregate);
    };
    const started = bench.till.start();
    await bench.take('query').answer(outcomes.paid({ order: facts({ gatewayRef: 'G2' }) }));
    await started;
    expect([bench.till.status().phase, bench.payment(paymentId).verdict]).toEqual(['ready', 'paid']);
    expect(bench.till.status().gateways.find(({ id }) => id === 'bench')).toMatchObject({ light: 'ready', message: null });
    expect(bench.logged.filter((line) => line.includes('disputed payments'))).toHaveLength(1);
  });

  it('of a payment that is open is kept too, and it is asked about as after any other', async () => {
    const bench = await Bench.started({ capabilities: withUndo });
    const { paymentId, attemptRef } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    said(bench, attemptRef);
    expect(bench.payment(paymentId)).toMatchObject({ verdict: 'notKnownYet', disputed: true });
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ verdict: 'paid', disputed: true });
  });
});
