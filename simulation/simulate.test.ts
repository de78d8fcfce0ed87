/** The simulation itself: fixed seeds break no rule, and one seed is one history. */
import { describe, expect, it } from 'vitest';
import { joinedDigests, simulate, type BrokenRule, type SimulationSummary } from './simulate.ts';

async function run(payments: number, seed: number): Promise<{ readonly summary: SimulationSummary; readonly broken: readonly string[] }> {
  const broken: string[] = [];
  const onBroken = ({ rule, detail, replay, timeline }: BrokenRule): number => broken.push([`${rule}: ${detail}`, replay, ...timeline].join('\n'));
  return { summary: await simulate({ payments, seed, onBroken }), broken };
}

describe('the simulation', () => {
  it.each([1, 20_261_121, 4_000_000_007])('breaks no rule in 700 payments of seed %i, faults and crashes among them', async (seed) => {
    const { summary, broken } = await run(700, seed);
    expect(broken).toEqual([]);
    expect(summary).toMatchObject({ brokenRules: 0 });
    expect(summary.payments).toBeGreaterThanOrEqual(700);
    expect(summary.faults).toBeGreaterThan(100);
    expect(summary.crashes).toBeGreaterThan(10);
  }, 60_000);

  it('lives the same histories in lanes as in one', async () => {
    const whole = await simulate({ payments: 200, seed: 42, onBroken: () => undefined });
    const lanes = await Promise.all([0, 1, 2].map((index) => simulate({ payments: 200, seed: 42, lane: { index, of: 3 }, onBroken: () => undefined })));
    expect(lanes.reduce((sum, { payments }) => sum + payments, 0)).toBe(whole.payments);
    expect(lanes.reduce((sum, { faults }) => sum + faults, 0)).toBe(whole.faults);
    expect(lanes.reduce((digest, lane) => joinedDigests(digest, lane.digest), '')).toBe(whole.digest);
  });

  it('lives the same history of the same seed, and another of another', async () => {
    const first = await run(150, 42);
    const again = await run(150, 42);
    const other = await run(150, 43);
    expect(again.summary.digest).toBe(first.summary.digest);
    expect(other.summary.digest).not.toBe(first.summary.digest);
  });
});
