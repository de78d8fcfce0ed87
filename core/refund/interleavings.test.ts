/** Refunds beside a person's word, reversals, other attempts and restored journals: what must not let money go twice, or be told wrong. */
import { describe, expect, it } from 'vitest';
import type { PaymentView } from '../contract/types.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench, lost, outcomes, withoutUndo } from '../testing/bench.ts';
import { settle as settleNow } from '../testing/manual-clock.ts';
import { command, open, paid as paidInShop, pin, pins, signIn } from '../testing/shop.ts';

const word = { how: 'supportSaid', sentence: null } as const;

async function paid(bench: Bench, minor = 3850, code = '130000000000000001'): Promise<PaymentView> {
  const payment = await bench.started(code, minor);
  await bench.take('pay').answer(outcomes.paid());
  return payment;
}

function refund(bench: Bench, paymentId: string, minor: number) {
  return bench.till.call('refund', { commandId: command(), paymentId, amount: makeAmount(minor, 'CNY'), reason: 'returned' });
}

/** Loses every answer for a while. */
async function loseAll(bench: Bench, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    while (bench.pending.length > 0) await bench.pending.shift()?.end(lost);
    await bench.clock.pass(1);
  }
}

async function refundInReview(bench: Bench, paymentId: string, minor = 1000): Promise<string> {
  const reply = await refund(bench, paymentId, minor);
  if (reply.kind !== 'started') throw new Error(JSON.stringify(reply));
  await loseAll(bench, 75);
  while (bench.pending.length > 0) await bench.pending.shift()?.end(lost);
  expect(bench.payment(paymentId).refunds.at(-1)?.state).toBe('review');
  return reply.refund.refundRef;
}

async function paidAfterUndo(bench: Bench, minor = 3850, code = '130000000000000001'): Promise<string> {
  const { paymentId } = await bench.started(code, minor);
  await bench.take('pay').answer(outcomes.declined());
  await bench.clock.pass(60);
  await bench.take('query').answer(outcomes.paid());
  expect(bench.payment(paymentId).state).toBe('review');
  return paymentId;
}

const settle = (bench: Bench, paymentId: string, as: 'paid' | 'notPaid', refundRef?: string) =>
  bench.till.call('settle', { commandId: command(), paymentId, as, ...word, ...(refundRef === undefined ? {} : { refundRef }) });

describe('a person’s word beside the gateway’s', () => {
  it('waits while the gateway is being asked, so that no answer is thrown away', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const refundRef = await refundInReview(bench, paymentId);
    await bench.clock.pass(3600);
    expect(bench.pending).toHaveLength(1);
    expect(await settle(bench, paymentId, 'notPaid', refundRef)).toMatchObject({ kind: 'refused', message: { key: 'settleAsking' } });
    await bench.take('refund').answer(outcomes.refunded());
    expect(bench.payment(paymentId)).toMatchObject({ refundable: { left: { minor: 2850 } }, refunds: [{ state: 'refunded' }] });
  });

  it('case 8: the same word about a refund is done, the other one under its number is refused', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const refundRef = await refundInReview(bench, paymentId);
    const said = { commandId: command(), paymentId, refundRef, ...word } as const;
    for (const _ of [1, 2]) expect(await bench.till.call('settle', { ...said, as: 'notPaid' })).toMatchObject({ kind: 'done', payment: { refunds: [{ settledAs: 'notRefunded' }] } });
    expect(await bench.till.call('settle', { ...said, as: 'paid' })).toMatchObject({ kind: 'refused', message: { key: 'settledOtherwise' } });
    expect(bench.payment(paymentId).refunds).toMatchObject([{ state: 'settled', settledAs: 'notRefunded' }]);
  });

  it('recorded as refunded and confirmed counts once, and prints no second slip', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo, printer: true });
    const { paymentId } = await paid(bench);
    const first = await refund(bench, paymentId, 1000);
    if (first.kind !== 'started') throw new Error('not started');
    await bench.take('refund').answer(outcomes.refundPending('GR1'));
    await loseAll(bench, 1);
    await bench.clock.pass(8 * 86_400);
    while (bench.pending.length > 0) await bench.pending.shift()?.end(lost);
    expect(await settle(bench, paymentId, 'paid', first.refund.refundRef)).toMatchObject({ kind: 'done' });
    await bench.clock.pass(86_400);
    await bench.take('queryRefund').answer(outcomes.refunded('GR1'));
    expect(bench.payment(paymentId).refunds).toMatchObject([{ state: 'settled', settledAs: 'refunded' }]);
    expect(bench.journal.moves.map((move) => move.kind)).toEqual(['sale', 'settledRefunded']);
    expect(bench.printed.filter((job) => job.jobId.startsWith('refund.'))).toHaveLength(0);
  });

  it('recorded as not refunded and contradicted stays with a person, and its money is held', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await paid(bench);
    const reply = await refund(bench, paymentId, 1000);
    if (reply.kind !== 'started') throw new Error('not started');
    await bench.take('refund').answer(outcomes.refundPending('GR1'));
    await bench.clock.pass(2 * 86_400);
    while (bench.pending.length > 0) await bench.pending.shift()?.end(lost);
    await settle(bench, paymentId, 'notPaid', reply.refund.refundRef);
    expect(bench.payment(paymentId).refundable.left.minor).toBe(3850);
    await bench.clock.pass(86_400);
    await bench.take('queryRefund').answer(outcomes.refunded('GR1'));
    expect(bench.payment(paymentId)).toMatchObject({ refundable: { left: { minor: 2850 }, open: { minor: 1000 } }, refunds: [{ state: 'review' }] });
    await bench.clock.pass(60);
    await bench.take('queryRefund').answer(outcomes.refunded('GR1'));
    expect(bench.payment(paymentId).refunds).toMatchObject([{ state: 'review' }]);
  });

  it('what was undone by a refund that turns out not done is with a person again', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting('G1'));
    await bench.till.call('giveUp', { commandId: command(), paymentId });
    for (let second = 0; second < 60 && bench.payment(paymentId).state !== 'review'; second += 1) {
      await bench.clock.pass(1);
      while (bench.pending.length > 0) await bench.take('query').answer(outcomes.paid());
    }
    const reply = await refund(bench, paymentId, 3850);
    if (reply.kind !== 'started') throw new Error(JSON.stringify(reply));
    await bench.take('refund').answer(outcomes.refundPending('GR1'));
    await bench.clock.pass(2 * 86_400);
    while (bench.pending.length > 0) await bench.pending.shift()?.end(lost);
    await settle(bench, paymentId, 'paid', reply.refund.refundRef);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversed' });
    await bench.clock.pass(86_400);
    await bench.take('queryRefund').answer(outcomes.refundDeclined('other', true));
    expect(bench.payment(paymentId)).toMatchObject({ refunds: [{ state: 'review' }] });
    await settle(bench, paymentId, 'notPaid', reply.refund.refundRef);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'settledContradicted', refundable: { left: { minor: 3850 } } });
  });

  it('what a recorded refund undid is looked at where only the order can tell, and money that is still there is with a person again', async () => {
    const bench = await Bench.started();
    const paymentId = await paidAfterUndo(bench);
    const refundRef = await refundInReview(bench, paymentId, 3850);
    // The looks of the review itself go on beside it.
    while (bench.pending.length > 0) await bench.pending.shift()?.end(lost);
    expect(await settle(bench, paymentId, 'paid', refundRef)).toMatchObject({ kind: 'done', payment: { state: 'reversed', verdict: 'notPaid' } });
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'settledContradicted', verdict: 'notKnownYet', refunds: [{ state: 'settled' }], message: { key: 'settledContradicted', values: { name: 'T01' } } });
    expect(bench.count('reverse')).toBe(0);
  });

  it('what a recorded refund undid stays undone where the order says so too', async () => {
    const bench = await Bench.started();
    const paymentId = await paidAfterUndo(bench);
    const refundRef = await refundInReview(bench, paymentId, 3850);
    while (bench.pending.length > 0) await bench.pending.shift()?.end(lost);
    await settle(bench, paymentId, 'paid', refundRef);
    for (let minute = 0; minute < 60; minute += 1) {
      await bench.clock.pass(60);
      while (bench.pending.length > 0) await bench.take('query').answer(outcomes.reversed());
    }
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversed', verdict: 'notPaid' });
  });

  it('what the gateway itself gave back is looked at no more', async () => {
    const bench = await Bench.started();
    const paymentId = await paidAfterUndo(bench);
    await refund(bench, paymentId, 3850);
    await bench.take('refund').answer(outcomes.refunded());
    await bench.clock.pass(10 * 86_400);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversed' });
    expect(bench.pending).toHaveLength(0);
  });

  it('a refund of what was recorded as paid stands apart, and its own effect contradicts nobody', async () => {
    const bench = await Bench.started();
    const paymentId = await paidAfterUndo(bench);
    await settle(bench, paymentId, 'paid');
    await refund(bench, paymentId, 3850);
    await bench.take('refund').answer(outcomes.refunded());
    expect(bench.journal.moves.map((move) => move.kind)).toEqual(['settledPaid', 'settledRefunded']);
    await bench.clock.pass(10 * 86_400);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'settled', verdict: 'paid' });
    expect(bench.pending).toHaveLength(0);
  });

  it('recorded as paid without any word of the gateway: only what was given back elsewhere can be recorded', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await bench.started();
    await bench.take('pay').end(lost);
    await loseAll(bench, 60);
    await settle(bench, paymentId, 'paid');
    expect(await refund(bench, paymentId, 100)).toMatchObject({ kind: 'refused', message: { key: 'refundOnlyRecorded' } });
    expect(await bench.till.call('recordOutsideRefund', { commandId: command(), paymentId, amount: makeAmount(100, 'CNY'), reason: 'transfer' })).toMatchObject({ kind: 'started' });
  });

  it('case 8: the same command again is the same word', async () => {
    const bench = await Bench.started();
    const paymentId = await paidAfterUndo(bench);
    const request = { commandId: 'one-word', paymentId, as: 'paid', ...word } as const;
    await bench.till.call('settle', request);
    expect(await bench.till.call('settle', request)).toMatchObject({ kind: 'done', payment: { state: 'settled' } });
  });
});

describe('money that isn’t surely there is not given back', () => {
  it('case 5: an order under a number that was in use may be another’s', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.unknown('numberInUse'));
    await bench.take('query').answer(outcomes.paid({ order: { gatewayRef: 'G1', walletRef: null, wallet: null, payerId: null, paidAt: bench.clock.wall() - 3_600_000 } }));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'numberInUse', refundable: { left: { minor: 0 } } });
    expect(await refund(bench, paymentId, 100)).toMatchObject({ kind: 'refused' });
  });

  it('case 7: a word from before the reversals is no word about the order now', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('giveUp', { commandId: command(), paymentId });
    let said = false;
    for (let second = 0; second < 200 && bench.payment(paymentId).state !== 'review'; second += 1) {
      while (bench.pending.length > 0) {
        const request = bench.pending.shift();
        if (request?.call === 'query' && bench.count('reverse') === 1 && !said) {
          said = true;
          await request.answer(outcomes.paid());
        } else await request?.end(lost);
      }
      await bench.clock.pass(1);
    }
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'reversalFailed' });
    expect(await refund(bench, paymentId, 100)).toMatchObject({ kind: 'refused', message: { key: 'refundNotKnown' } });
  });

  it('case 7: a reversal waits for the refund of the same payment', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    const again = await bench.started('130000000000000002', 3850, { paymentId, assurances: ['anotherCustomer'] });
    expect(again.paymentId).toBe(paymentId);
    await bench.take('pay').answer(outcomes.waiting());
    for (let second = 0; second < 61 && bench.payment(paymentId).state !== 'review'; second += 1) {
      await bench.clock.pass(1);
      while (bench.pending.length > 0) {
        const request = bench.pending.shift();
        await request?.answer(request.attemptRef === again.attemptRef ? outcomes.waiting() : outcomes.paid());
      }
      if (second === 40) break;
    }
    // The first attempt turns out paid while the second one still waits.
    await bench.clock.pass(1);
    const refunding = bench.payment(paymentId).state === 'review' ? await refund(bench, paymentId, 100) : null;
    if (refunding?.kind !== 'started') return;
    await bench.clock.pass(60);
    expect(bench.count('reverse')).toBe(0);
  });

  it('case 10: what undid another attempt doesn’t free the number of a paid sale', async () => {
    const bench = await Bench.started();
    const first = await bench.started('130000000000000001', 3850, { saleRef: 'ORDER-1' });
    await bench.take('pay').answer(outcomes.declined());
    await bench.started('130000000000000002', 3850, { paymentId: first.paymentId, assurances: ['anotherCustomer'] });
    await bench.take('pay').answer(outcomes.paid());
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    await refund(bench, first.paymentId, 3850);
    await bench.take('refund').answer(outcomes.refunded());
    expect(bench.payment(first.paymentId).verdict).toBe('paid');
    expect(await bench.pay('130000000000000003', 3850, { saleRef: 'ORDER-1', assurances: ['anotherCustomer'] })).toMatchObject({ kind: 'refused', message: { key: 'saleRefUsed' } });
  });

  it('a refund that is accepted for ever can be recorded after a day, and stays with a person once it was', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await paid(bench);
    const reply = await refund(bench, paymentId, 1000);
    if (reply.kind !== 'started') throw new Error('not started');
    const { refundRef } = reply.refund;
    await bench.take('refund').answer(outcomes.refundPending('GR1'));
    expect(await settle(bench, paymentId, 'paid', refundRef)).toMatchObject({ kind: 'refused', message: { key: 'settleNotOpen' } });
    for (let hour = 0; hour < 200; hour += 1) {
      while (bench.pending.length > 0) await bench.take('queryRefund').answer(outcomes.refundPending('GR1'));
      await bench.clock.pass(3600);
    }
    while (bench.pending.length > 0) await bench.take('queryRefund').answer(outcomes.refundPending('GR1'));
    expect(bench.payment(paymentId).refunds).toMatchObject([{ state: 'review' }]);
  });
});

describe('what ends by other words than the refund’s', () => {
  it('an undone payment stays undone while its refund is merely under way, and when it is refused', async () => {
    const bench = await Bench.started();
    const paymentId = await paidAfterUndo(bench);
    await refund(bench, paymentId, 1000);
    await bench.take('refund').end(lost);
    const repeat = bench.take('refund');
    await bench.clock.pass(60);
    const query = bench.pending.find((request) => request.call === 'query');
    await query?.answer(outcomes.reversed());
    expect(bench.payment(paymentId).state).toBe('reversed');
    await repeat.answer(outcomes.refundDeclined('orderState', true));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversed', refundable: { left: { minor: 0 } } });
  });

  it('case 24: asking now about what is probably done is refused, and starts keep it as it is for a day', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await paid(bench);
    const reply = await refund(bench, paymentId, 3000);
    if (reply.kind !== 'started') throw new Error('not started');
    await bench.take('refund').end(lost);
    await bench.take('refund').answer(outcomes.refundDeclined('amountTooMuch'));
    expect(await bench.till.call('askRefundNow', { paymentId, refundRef: reply.refund.refundRef })).toMatchObject({ kind: 'refused', message: { key: 'nothingToAsk' } });
    const again = new Bench({ capabilities: withoutUndo, journal: bench.journal, secrets: bench.secrets, wall: bench.clock.wall() + 1000 });
    await again.till.start();
    expect(again.payment(paymentId).refunds).toMatchObject([{ state: 'pending' }]);
    const late = again.reborn({ wall: bench.clock.wall() + 90_000_000 });
    await late.till.start();
    expect(late.payment(paymentId).refunds).toMatchObject([{ state: 'review' }]);
    expect([again, late].flatMap((one) => one.sent.filter(({ call }) => call === 'refund'))).toHaveLength(0);
  });

  it('case 24: what is probably done waits a day for the statement, and then for a person', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await paid(bench);
    await refund(bench, paymentId, 3000);
    await bench.take('refund').end(lost);
    await bench.take('refund').answer(outcomes.refundDeclined('amountTooMuch'));
    await bench.clock.pass(86_400);
    expect(bench.payment(paymentId).refunds).toMatchObject([{ state: 'review' }]);
    expect(bench.count('refund')).toBe(2);
  });

  it('case 24: sent twice, the failure of the second says nothing about the first', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const { paymentId } = await paid(bench);
    await refund(bench, paymentId, 3000);
    await bench.take('refund').end(lost);
    await bench.take('refund').answer(outcomes.refundPending('GR2'));
    await bench.clock.pass(2);
    await bench.take('queryRefund').answer(outcomes.refundDeclined('other', true));
    expect(bench.payment(paymentId)).toMatchObject({ refundable: { left: { minor: 850 } }, refunds: [{ state: 'review' }] });
  });

  it('a refund that the statement has as done and the till as refused is with a person, its money held', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const reply = await refund(bench, paymentId, 1000);
    if (reply.kind !== 'started') throw new Error('not started');
    await bench.take('refund').answer(outcomes.refundDeclined('other'));
    bench.till.refundsBooked([reply.refund.refundRef], bench.till.who());
    expect(bench.payment(paymentId)).toMatchObject({ refundable: { left: { minor: 2850 }, open: { minor: 1000 } }, refunds: [{ state: 'review' }] });
  });

  it('what a person recorded is not sent again, also where the statement contradicts it', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const refundRef = await refundInReview(bench, paymentId);
    await settle(bench, paymentId, 'notPaid', refundRef);
    bench.till.refundsBooked([refundRef], bench.till.who());
    expect(bench.payment(paymentId)).toMatchObject({ refundable: { left: { minor: 2850 }, open: { minor: 1000 } }, refunds: [{ state: 'review' }] });
    const sent = bench.count('refund');
    await bench.clock.pass(86_400);
    expect(bench.count('refund')).toBe(sent);
  });

  it('what a person recorded as paid counts without what had been given back before', async () => {
    const bench = await Bench.started();
    const paymentId = await paidAfterUndo(bench);
    await refund(bench, paymentId, 1000);
    await bench.take('refund').answer(outcomes.refunded());
    await settle(bench, paymentId, 'paid');
    expect(bench.journal.moves).toMatchObject([{ kind: 'settledPaid', minor: 2850 }]);
  });

  it('case 30: a broken journal stays the reason, whatever fails besides', async () => {
    const bench = await Bench.started();
    await bench.started();
    bench.till.chainChecked({ kind: 'broken', sequence: 1, why: 'x' });
    bench.journal.full = true;
    await bench.take('pay').answer(outcomes.waiting());
    bench.journal.full = false;
    expect(await bench.till.call('retryJournal', {})).toMatchObject({ phase: 'stopped', stopMessage: { key: 'journalBroken' } });
    expect(await bench.pay('130000000000000009', 100)).toMatchObject({ kind: 'refused' });
  });

  it('case 29: refunds stay blocked while one that the statement shows can’t be held, and each is held once', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const after = bench.reborn({ witness: { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined } });
    await after.till.start();
    const days = { fromDay: '2026-11-21', toDay: '2026-11-21' };
    const found = { paymentId, minor: 1000, reference: 'GR9' };
    expect(after.till.reconciled('bench', { days, refunds: [found, { paymentId: 'nowhere', minor: 1, reference: 'GR8' }] }, after.till.who())).toBe(false);
    expect(after.till.status().restored).toBe(true);
    expect(after.till.reconciled('bench', { days: null, refunds: [found] }, after.till.who())).toBe(true);
    expect(after.till.status().restored).toBe(true);
    expect(after.till.reconciled('bench', { days, refunds: [found] }, after.till.who())).toBe(true);
    expect(after.till.status().restored).toBe(false);
    expect(after.payment(paymentId).refundable).toMatchObject({ left: { minor: 2850 }, refunded: { minor: 1000 } });
  });

  it('case 29: a refund on the statement of what ended here without money has nothing to hold', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    const after = bench.reborn({ witness: { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined } });
    const starting = after.till.start();
    await settleNow();
    await after.take('query').answer(outcomes.reversed());
    await starting;
    expect(after.payment(paymentId).state).toBe('reversed');
    const days = { fromDay: '2026-11-21', toDay: '2026-11-21' };
    expect(after.till.reconciled('bench', { days, refunds: [{ paymentId, minor: 1000, reference: 'GR8' }, { paymentId, minor: 2850, reference: 'GR9' }] }, after.till.who())).toBe(true);
    expect(after.till.status().restored).toBe(false);
    expect(after.payment(paymentId).refunds).toEqual([]);
  });

  it('case 29: a part refund of what ended here as declined keeps refunds blocked: there may be money left', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    const after = bench.reborn({ witness: { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined } });
    void after.till.start();
    await settleNow();
    const state = after.payment(paymentId).state;
    expect(state).toBe('declined');
    expect(after.till.reconciled('bench', { days: null, refunds: [{ paymentId, minor: 1000, reference: 'GR9' }] }, after.till.who())).toBe(false);
    expect(after.till.reconciled('bench', { days: null, refunds: [{ paymentId, minor: 3850, reference: 'GR9' }] }, after.till.who())).toBe(true);
  });

  it('case 29: a refund of what is held as given back in full already has nothing left to hold', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench);
    const after = bench.reborn({ witness: { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined } });
    await after.till.start();
    const found = (minor: number, reference: string) => ({ paymentId, minor, reference });
    expect(after.till.reconciled('bench', { days: null, refunds: [found(1000, 'GR7'), found(2851, 'GR8')] }, after.till.who())).toBe(false);
    expect(after.till.reconciled('bench', { days: null, refunds: [found(2850, 'GR8'), found(1, 'GR9')] }, after.till.who())).toBe(true);
    expect(after.payment(paymentId).refundable).toMatchObject({ left: { minor: 0 }, refunded: { minor: 3850 } });
  });

  it('case 29: a statement covers by the hours of its own days, not by those of the shop', async () => {
    // 22:00 in Shanghai; the shop's day goes on until four.
    const bench = await Bench.started({ wall: Date.UTC(2026, 10, 21, 14), dayChangeHour: 4 });
    await paid(bench);
    const after = bench.reborn({ wall: Date.UTC(2026, 10, 21, 18), witness: { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined } });
    await after.till.start();
    after.till.reconciled('bench', { days: { fromDay: '2026-11-21', toDay: '2026-11-21' }, refunds: [] }, after.till.who());
    expect(after.till.status().restored).toBe(true);
    after.till.reconciled('bench', { days: { fromDay: '2026-11-21', toDay: '2026-11-22' }, refunds: [] }, after.till.who());
    expect(after.till.status().restored).toBe(false);
  });

  it('case 29: an open refund goes on once its own gateway’s statement was matched, whatever others still owe', async () => {
    const bench = await Bench.started({ others: ['other'] });
    const { paymentId } = await paid(bench);
    await refund(bench, paymentId, 1000);
    const after = bench.reborn({ witness: { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined } });
    await after.till.start();
    const statement = { days: { fromDay: '2026-11-21', toDay: '2026-11-21' }, refunds: [] };
    after.till.reconciled('other', { ...statement, days: { fromDay: '2026-11-22', toDay: '2026-11-22' } }, after.till.who());
    await settleNow();
    expect(after.count('refund')).toBe(0);
    after.till.reconciled('bench', statement, after.till.who());
    await settleNow();
    await after.take('refund').answer(outcomes.refunded());
    expect(after.till.status().restored).toBe(true);
    expect(after.payment(paymentId).refunds).toMatchObject([{ state: 'refunded' }]);
  });

  it('case 31: giving up sends nothing once the till is ending', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    bench.till.stop();
    expect(await bench.till.call('giveUp', { commandId: command(), paymentId })).toMatchObject({ kind: 'refused', message: { key: 'tillEnding' } });
    expect(bench.sent).toHaveLength(1);
  });
});

describe('people at the desk', () => {
  it('one badge scan approves once', async () => {
    const bench = await open();
    await signIn(bench, 'owner');
    const [owner] = await bench.till.call('people', {});
    const other = bench.scan('BADGE-0815');
    await bench.till.call('setBadge', { commandId: command(), operatorId: owner?.operatorId ?? '', scanId: other.kind === 'other' ? other.scanId : null });
    const badge = bench.scan('BADGE-0815');
    const scanId = badge.kind === 'badge' ? badge.scanId : '';
    expect(await bench.till.call('signIn', { approval: { kind: 'badge', scanId } })).toMatchObject({ kind: 'signedIn' });
    const { paymentId } = await paidInShop(bench, 30_000, '130000000000000001');
    expect(await bench.till.call('refund', { commandId: command(), paymentId, amount: makeAmount(30_000, 'CNY'), reason: 'x', approval: { kind: 'badge', scanId } })).toMatchObject({ kind: 'refused' });
    expect(bench.till.submitScan('BADGE-0815', null, true)).toMatchObject({ kind: 'other', scanId: null });
  });

  it('on a locked screen the approver is the one who acts', async () => {
    const bench = await open();
    const { paymentId } = await paidInShop(bench, 3000, '130000000000000001');
    await bench.till.call('lock', {});
    expect(await bench.till.call('refund', { commandId: command(), paymentId, amount: makeAmount(100, 'CNY'), reason: 'x', approval: pin(pins.owner) })).toMatchObject({ kind: 'started', refund: { by: { name: 'owner' } } });
    expect(await bench.till.call('giveUp', { commandId: command(), paymentId })).toMatchObject({ kind: 'refused', message: { key: 'tillLocked' } });
  });

  it('the owner who is long signed in shows who they are before the list of people changes', async () => {
    const bench = await open();
    await signIn(bench, 'owner');
    await bench.clock.pass(301);
    expect(await bench.till.call('addPerson', { commandId: command(), name: 'x', role: 'owner' })).toMatchObject({ kind: 'approvalNeeded', role: 'owner' });
    expect(await bench.till.call('addPerson', { commandId: command(), name: 'x', role: 'owner', approval: pin(pins.owner) })).toMatchObject({ kind: 'done' });
  });

  it('the same command twice at once is one person', async () => {
    const bench = await open();
    const request = { commandId: 'one-person', name: 'twice', role: 'cashier', approval: pin(pins.owner) } as const;
    await Promise.all([bench.till.call('addPerson', request), bench.till.call('addPerson', request)]);
    expect((await bench.till.call('people', {})).filter((person) => person.name === 'twice')).toHaveLength(1);
  });

  it('cash sums are hidden while nobody is signed in', async () => {
    const bench = (await open()).reborn();
    await bench.till.start();
    expect(await bench.till.call('day', { day: '2026-11-21', filter: {} })).toMatchObject({ cashShown: false });
  });

  it('case 31: nothing is begun once the till is ending', async () => {
    const bench = await open();
    const { paymentId } = await paidInShop(bench, 3000, '130000000000000001');
    const reply = bench.till.call('refund', { commandId: command(), paymentId, amount: makeAmount(100, 'CNY'), reason: 'x', approval: pin(pins.cashier) });
    bench.till.stop();
    expect(await reply).toMatchObject({ kind: 'refused', message: { key: 'tillEnding' } });
    expect(bench.count('refund')).toBe(0);
  });
});
