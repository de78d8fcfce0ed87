/** Virtual time adds and subtracts exactly: a rule about "fifteen seconds later" must never fail by a rounding of the clock. */
import { expect, test } from 'vitest';
import { VirtualTime } from './clock.ts';
import { SeededRandom } from './random.ts';

test('what is planned fifteen seconds from any moment happens no hair earlier', async () => {
  const time = new VirtualTime(0);
  const random = new SeededRandom(7);
  for (let round = 0; round < 500; round += 1) {
    await time.run(time.now + random.fraction() * 100_000);
    const planned = time.now;
    let happened = 0;
    time.after(15_000, () => {
      happened = time.now;
    });
    await time.run(time.now + 15_000);
    expect(happened - planned).toBe(15_000);
  }
});
