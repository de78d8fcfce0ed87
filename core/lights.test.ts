/** A gateway's light follows what each request to it met; one that was left unanswered counts as down for a minute. */
import { describe, expect, it } from 'vitest';
import { message } from './contract/messages.ts';
import { Bench, lost, neverSent, outcomes } from './testing/bench.ts';
import { makeUnreadable } from './testing/unreadable.ts';

/** What the bench's routing is told of its one gateway. */
async function bench(): Promise<{ readonly bench: Bench; readonly isDown: () => boolean }> {
  const told: { isDown: ((gateway: string) => boolean) | null } = { isDown: null };
  const one = await Bench.started({
    routeCode: (_, isDown) => {
      told.isDown = isDown ?? null;
      return 'bench';
    },
  });
  return { bench: one, isDown: () => told.isDown?.('bench') ?? false };
}

function light(one: Bench): unknown {
  return one.till.status().gateways[0];
}

describe('a gateway is down', () => {
  it('after a request that never reached it, for a minute', async () => {
    const { bench: one, isDown } = await bench();
    await one.started();
    expect(isDown()).toBe(false);
    await one.take('pay').end(neverSent);
    expect(isDown()).toBe(true);
    await one.clock.pass(59);
    expect(isDown()).toBe(true);
    await one.clock.pass(2);
    expect(isDown()).toBe(false);
  });

  it('after a lost answer, until it answers anything', async () => {
    const { bench: one, isDown } = await bench();
    await one.started();
    await one.take('pay').end(lost);
    expect(isDown()).toBe(true);
    await one.take('query').answer(outcomes.paid());
    expect(isDown()).toBe(false);
  });

  it('after questions alone that it leaves unanswered', async () => {
    const { bench: one, isDown } = await bench();
    const sale = await one.started();
    await one.take('pay').answer(outcomes.waiting());
    for (let question = 0; question < 3; question += 1) {
      await one.clock.pass(3);
      await one.take('query').end(lost);
    }
    expect(one.payment(sale.paymentId).state).toBe('waitingForPayer');
    expect(isDown()).toBe(true);
    expect(light(one)).toMatchObject({ light: 'gone', message: { key: 'gatewaySilent' } });
    await one.clock.pass(3);
    await one.take('query').answer(outcomes.waiting());
    expect(isDown()).toBe(false);
    expect(light(one)).toMatchObject({ light: 'ready', message: null });
  });

  it('and stays so where a question of another payment is lost, until one of any payment is answered', async () => {
    const { bench: one, isDown } = await bench();
    await one.started();
    await one.take('pay').answer(outcomes.waiting());
    await one.started('130000000000000002', 1200);
    await one.take('pay').end(lost);
    await one.take('query').end(lost);
    const checkedAt = one.till.status().clockCheckedAt;
    await one.clock.pass(3);
    await one.take('query').end(lost);
    expect(isDown()).toBe(true);
    expect(light(one)).toMatchObject({ light: 'gone' });
    expect(one.till.status().clockCheckedAt).toBe(checkedAt);
    await one.take('query').answer(outcomes.waiting());
    expect(light(one)).toMatchObject({ light: 'ready' });
  });

  it('after a refund that it leaves unanswered', async () => {
    const { bench: one, isDown } = await bench();
    const sale = await one.started();
    await one.take('pay').answer(outcomes.paid());
    await one.till.call('refund', { commandId: 'refund', paymentId: sale.paymentId, amount: sale.amount, reason: 'test' });
    await one.take('refund').end(lost);
    expect(isDown()).toBe(true);
    expect(light(one)).toMatchObject({ light: 'gone' });
  });

  it('after an access token that nobody gave, and not after one that was refused: then the key is wrong', async () => {
    const one = await Bench.started({ tokens: true });
    await one.started();
    await one.take('token').end(lost);
    expect(light(one)).toMatchObject({ light: 'gone', message: { key: 'gatewayUnreachable' } });
    await one.started('130000000000000002');
    await one.take('token').answer({ kind: 'refused', evidence: { code: null, words: null } });
    expect(light(one)).toMatchObject({ light: 'attention', message: { key: 'wrongKey' } });
  });

  it('still, where something that is not in its documents answers for it', async () => {
    const { bench: one, isDown } = await bench();
    await one.started();
    await one.take('pay').end(lost);
    await one.take('query').answer(outcomes.unknown('unlisted'));
    expect(isDown()).toBe(true);
  });
});

describe('a gateway that refuses us', () => {
  it('is said so until it takes something, also where only questions are asked', async () => {
    const one = await Bench.started();
    await one.started();
    await one.take('pay').answer(outcomes.waiting());
    await one.clock.pass(3);
    await one.take('query').answer(outcomes.unknown('keyRefused'));
    expect(light(one)).toMatchObject({ light: 'attention', message: { key: 'keyRefused' } });
    await one.clock.pass(3);
    await one.take('query').answer(outcomes.unknown('gatewayUnsure'));
    expect(light(one)).toMatchObject({ light: 'attention' });
    await one.clock.pass(3);
    await one.take('query').answer(outcomes.waiting());
    expect(light(one)).toMatchObject({ light: 'ready' });
  });
});

it('the clock counts as checked by an answer with a date, and by no other', async () => {
  const one = await Bench.started();
  await one.started();
  await one.take('pay').answer(outcomes.waiting());
  expect(one.till.status().clockCheckedAt).toBeNull();
  await one.clock.pass(3);
  await one.take('query').answer(outcomes.waiting(), new Date(one.clock.wall()).toUTCString());
  expect(one.till.status().clockCheckedAt).toBe(one.clock.wall());
});

it('before a shift the clock is off where a gateway’s own time is minutes away, and right again once one agrees', async () => {
  const one = await Bench.started();
  const clock = async (): Promise<unknown> => (await one.till.call('shift', {})).checks.find((check) => check.what === 'clock')?.fine;
  expect(await clock()).toBeUndefined();
  await one.started();
  await one.take('pay').answer(outcomes.waiting(), new Date(one.clock.wall() - 180_000).toUTCString());
  expect(await clock()).toBe(false);
  await one.clock.pass(3);
  await one.take('query').answer(outcomes.waiting(), new Date(one.clock.wall() + 119_000).toUTCString());
  expect(await clock()).toBe(true);
});

it('a payment that can’t be read is said beside every other note of the journal', async () => {
  const before = await Bench.started();
  const { paymentId, number } = await before.started();
  await before.take('pay').end(lost);
  makeUnreadable(before, paymentId);
  before.till.stop();
  // Its secrets are gone, too: the rule about codes is off, and that note stays.
  const after = await Bench.started({ journal: before.journal });
  expect(after.till.status().journal).toEqual({ light: 'attention', message: message('codeHashLost'), also: message('paymentUnreadable', { number }) });
});
