/** Another till's orders that were looked up: kept for ten minutes, and no longer. */
import { expect, it } from 'vitest';
import { makeAmount } from '../money/amount.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { LookUps, type FoundForeign } from './look-ups.ts';

const order: FoundForeign = {
  kind: 'found', attemptRef: 'A1', gatewayRef: 'G1', walletRef: null, wallet: null, paidAt: null, amount: makeAmount(3850, 'CNY'), untouched: true, direction: 'scan', evidence: { code: null, words: null },
};

it('keeps what was found for ten minutes under a handle of its own, and drops it by the next one at the latest', async () => {
  const clock = new ManualClock(0);
  let byte = 0;
  const lookUps = new LookUps(clock, { bytes: (length) => new Uint8Array(length).fill((byte += 1)) });
  const first = lookUps.keep({ gateway: 'bench', reference: 'A1', order });
  await clock.pass(300);
  const second = lookUps.keep({ gateway: 'bench', reference: 'G1', order });
  await clock.pass(300);
  expect([lookUps.find(first)?.reference, lookUps.find(second)?.reference, lookUps.find('other')]).toEqual(['A1', 'G1', null]);
  await clock.pass(1);
  expect([lookUps.find(first), lookUps.find(second)?.reference]).toEqual([null, 'G1']);
  await clock.pass(600);
  lookUps.keep({ gateway: 'bench', reference: 'A1', order });
  expect(lookUps.size).toBe(1);
});
