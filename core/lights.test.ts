/** A gateway that owes an answer counts as down for a minute: then the next sale asks it again. */
import { describe, expect, it } from 'vitest';
import { Bench, lost, neverSent, outcomes } from './testing/bench.ts';

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
});
