/** Access tokens: one renewal at a time, renewed ahead and after a 401, never a second payment or refund because of one. */
import { describe, expect, it } from 'vitest';
import type { Capabilities, Outcome } from '../gateways/gateway.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench, lost, neverSent, outcomes, withUndo } from '../testing/bench.ts';
import { settle } from '../testing/manual-clock.ts';

const showing: Capabilities = { ...withUndo, mpm: true, present: { queryBy: 'attemptRef', reverse: withUndo.reverse, firstQueryAfterSeconds: 2, validSecondsMost: null, wallets: [] } };
const token = (name = 'T1', expiresInSeconds = 600) => ({ kind: 'token', token: name, expiresInSeconds }) as const;
const refusedCredentials = { kind: 'refused', evidence: { code: '401', words: null } } as const;
const tokenRefused = (): Outcome => outcomes.unknown('tokenRefused');

async function ready(): Promise<Bench> {
  return Bench.started({ capabilities: showing, tokens: true });
}

/** Paid, with the token T1 in hand. */
async function paid(): Promise<{ bench: Bench; paymentId: string }> {
  const bench = await ready();
  const { paymentId } = await bench.shown();
  await bench.take('token').answer(token());
  await bench.take('present').answer(outcomes.shown());
  await bench.clock.pass(2);
  await bench.take('query').answer(outcomes.paid());
  return { bench, paymentId };
}

async function refund(bench: Bench, paymentId: string): Promise<void> {
  await bench.till.call('refund', { commandId: 'refund-1', paymentId, amount: makeAmount(1000, 'CNY'), reason: 'broken' });
  await settle();
}

/** Gives up, and says how many whole seconds later the reversal leaves; every question meanwhile hears that nobody has paid yet. */
async function secondsUntilUndone(bench: Bench, paymentId: string): Promise<number> {
  await bench.till.call('giveUp', { commandId: 'stop', paymentId });
  await settle();
  for (let seconds = 0; seconds < 60; seconds += 1) {
    while (bench.pending.some(({ call }) => call === 'query')) await bench.take('query').answer(outcomes.waiting());
    if (bench.count('reverse') > 0) return seconds;
    await bench.clock.pass(1);
  }
  throw new Error('it was never undone');
}

const refundState = (bench: Bench, paymentId: string): string | undefined => bench.payment(paymentId).refunds[0]?.state;

describe('a token', () => {
  it('is fetched before the first request, kept for the next ones, and renewed before it ends', async () => {
    const { bench } = await paid();
    expect(bench.sent.map(({ call }) => call)).toEqual(['token', 'present', 'query']);
    await bench.clock.pass(545);
    await bench.shown(500);
    await bench.take('token').answer(token('T2'));
    expect(bench.take('present').token).toBe('T2');
  });

  it('parked while the token is fetched, the scanned code goes out all the same: whoever parks it waits for its end', async () => {
    const bench = await Bench.started({ capabilities: withUndo, tokens: true });
    const { paymentId } = await bench.started('130000000000000001');
    await bench.till.call('park', { paymentId });
    await bench.take('token').answer(token());
    expect(bench.pending.map(({ call, code }) => [call, code])).toEqual([['pay', '130000000000000001']]);
    await bench.take('pay').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid' });
  });

  it('case 25: that keeps a payment waiting keeps its reversal waiting too: 15 s count from when the payment left', async () => {
    const bench = await Bench.started({ capabilities: withUndo, tokens: true });
    const { paymentId } = await bench.started('130000000000000001');
    await bench.clock.pass(12);
    await bench.take('token').answer(token());
    await bench.take('pay').answer(outcomes.waiting());
    expect(await secondsUntilUndone(bench, paymentId)).toBe(15);
  });

  it('case 25: refused at the first try, it begins the payment’s 15 s anew at the second', async () => {
    const bench = await Bench.started({ capabilities: withUndo, tokens: true });
    const { paymentId } = await bench.started('130000000000000001');
    await bench.take('token').answer(token());
    await bench.clock.pass(10);
    await bench.take('pay').answer(tokenRefused());
    await bench.take('pay').answer(outcomes.waiting());
    expect(await secondsUntilUndone(bench, paymentId)).toBe(15);
  });

  it('is fetched once for requests that want it at the same time', async () => {
    const bench = await ready();
    await bench.shown(500);
    await bench.shown(600, { assurances: ['anotherCustomer'] });
    await bench.take('token').answer(token());
    expect(bench.pending.map(({ call, token: carried }) => [call, carried])).toEqual([['present', 'T1'], ['present', 'T1']]);
  });

  it('that can\'t be had means that nothing left: not paid, and the key is named where it was refused', async () => {
    const bench = await ready();
    const first = await bench.shown(500);
    await bench.take('token').end(lost);
    expect(bench.payment(first.paymentId)).toMatchObject({ state: 'declined', declineReason: 'gatewayUnreachable' });
    const second = await bench.shown(600);
    await bench.take('token').answer(refusedCredentials);
    expect(bench.payment(second.paymentId)).toMatchObject({ state: 'declined', declineReason: 'wrongKey' });
  });

  it('is in no row and no line of the log', async () => {
    const { bench } = await paid();
    expect(JSON.stringify(bench.journal.rows) + bench.logged.join()).not.toContain('T1"');
  });
});

describe('after a 401', () => {
  it('any call\'s drops the token, so that nothing is asked with a dead one until its own end', async () => {
    const bench = await ready();
    await bench.shown(500);
    await bench.take('token').answer(token('T1', 86_400));
    await bench.take('present').answer(outcomes.unknown('unlisted'), undefined, 401);
    await bench.take('token').answer(token('T2'));
    expect(bench.take('query').token).toBe('T2');
  });

  it('a refund that was not looked at goes out once more under its number, and what ends a first one ends it', async () => {
    const { bench, paymentId } = await paid();
    await refund(bench, paymentId);
    const first = bench.take('refund');
    await first.answer(tokenRefused(), undefined, 401);
    await bench.take('token').answer(token('T2'));
    const second = bench.take('refund');
    expect([second.refundRef, second.token]).toEqual([first.refundRef, 'T2']);
    await second.answer(outcomes.refundDeclined('shopBalance'));
    expect(refundState(bench, paymentId)).toBe('refused');
    expect(bench.count('refund')).toBe(2);
  });

  it('never goes out a third time', async () => {
    const { bench, paymentId } = await paid();
    await refund(bench, paymentId);
    await bench.take('refund').answer(tokenRefused(), undefined, 401);
    await bench.take('token').answer(token('T2'));
    await bench.take('refund').answer(tokenRefused(), undefined, 401);
    expect(refundState(bench, paymentId)).not.toBe('refunded');
    expect(bench.pending.filter(({ call }) => call === 'refund')).toEqual([]);
  });

  it('a refund whose second token can\'t be had was never carried out: refused, and nothing holds its money', async () => {
    const { bench, paymentId } = await paid();
    await refund(bench, paymentId);
    await bench.take('refund').answer(tokenRefused(), undefined, 401);
    await bench.take('token').end(neverSent);
    expect(refundState(bench, paymentId)).toBe('refused');
    expect(bench.payment(paymentId).refundable.left.minor).toBe(3850);
  });

  it('a code whose second token is refused is not paid, and names the key', async () => {
    const bench = await ready();
    const { paymentId } = await bench.shown();
    await bench.take('token').answer(token());
    await bench.take('present').answer(tokenRefused(), undefined, 401);
    await bench.take('token').answer(refusedCredentials);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined', declineReason: 'wrongKey' });
  });
});

describe('while a token is fetched', () => {
  it('case 31: a till that ends sends nothing more', async () => {
    const bench = await ready();
    await bench.shown();
    const fetching = bench.take('token');
    bench.till.stop();
    await fetching.answer(token());
    expect(bench.pending).toEqual([]);
  });

  it('what was given up meanwhile is never sent', async () => {
    const bench = await ready();
    const { paymentId } = await bench.shown();
    const fetching = bench.take('token');
    await bench.till.call('giveUp', { paymentId, commandId: 'give-up' });
    await fetching.answer(token());
    expect(bench.count('present')).toBe(0);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined', verdict: 'notPaid' });
  });
});
