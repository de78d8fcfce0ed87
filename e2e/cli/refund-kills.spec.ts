/** `kill -9` at every durable step of a refund, and of a shift's close: afterwards the book has the money back once, whatever died (money rules 1, 6, 8). */
import { describe, expect, it } from 'vitest';
import { canKillAtSteps, dropHome, inParallel, killedAtStep, makeHome, start, till } from './support.ts';
import { testShop } from './test-shop.ts';

const shop = testShop();

async function paidHome(gateway: string, code: string): Promise<{ readonly home: string; readonly attemptRef: string }> {
  const home = makeHome(shop.simulator.gateways);
  const paid = await till(home, 'pay', '--gateway', gateway, '--amount', '7.00', '--code', code);
  expect(paid.code, paid.stderr).toBe(0);
  return { home, attemptRef: String(paid.lines.at(-1)?.attemptRef) };
}

function refundsOf(attemptRef: string): readonly { readonly reference: string; readonly amount: number; readonly phase: string }[] {
  return shop.simulator.world.books().orders.find((order) => order.reference === attemptRef)?.refunds ?? [];
}

/** As a shop does: resolves, and asks for the refund once more. Whatever was cut off, all of it has gone back then, once. */
async function expectGivenBackOnce(home: string, attemptRef: string, told: string): Promise<void> {
  const resolved = await till(home, 'resolve');
  expect(resolved.code, `${told}: ${resolved.stdout}${resolved.stderr}`).toBe(0);
  const before = refundsOf(attemptRef);
  const again = await till(home, 'refund', '--payment', attemptRef);
  // Journaled before it was sent: either nothing had left, or the journal knows it and refuses a second one.
  expect(again.code, `${told}: ${again.stdout}${again.stderr}`).toBe(before.length === 0 ? 0 : 2);
  expect(refundsOf(attemptRef), told).toMatchObject([{ amount: 700, phase: 'done' }]);
  const [listed, totals] = (await till(home, 'list')).lines;
  expect(listed?.refunds, told).toMatchObject([{ state: 'refunded', amount: 700, refundRef: refundsOf(attemptRef)[0]?.reference }]);
  expect(totals?.totals, told).toMatchObject([{ paid: 700, refunded: 700, net: 0 }]);
  expect((await till(home, 'verify')).code, told).toBe(0);
}

/**
 * Omipay promises nothing about a repeat, and its answer was lost (CASES 24): nobody can say that it is over, and whatever was
 * cut off, resolved and asked for once more, no second refund is in its book.
 */
async function expectHeldOnce(home: string, attemptRef: string, amount: '7' | '3', told: string): Promise<void> {
  const isWhole = amount === '7';
  const resolved = await till(home, 'resolve');
  expect([0, 3], `${told}: ${resolved.stdout}${resolved.stderr}`).toContain(resolved.code);
  // Nothing was journaled: then nothing had left, and this is the first one.
  const again = await till(home, 'refund', '--payment', attemptRef, '--amount', amount);
  expect(again.code, `${told}: ${again.stdout}${again.stderr}`).toBe(resolved.code === 0 ? 3 : 2);
  const sent = shop.simulator.world.requests().filter((request) => request.call === 'refund' && request.reference === attemptRef);
  // Below half a second one would fit: it is sent once or, killed in between, perhaps never.
  if (!isWhole) expect(sent.length, told).toBeLessThanOrEqual(1);
  const [listed, totals] = (await till(home, 'list')).lines;
  const held = { state: isWhole ? 'pending' : 'review', amount: Number(amount) * 100 };
  expect(listed?.refunds, told).toMatchObject([held]);
  const booked = { amount: held.amount, reference: listed?.refunds?.[0]?.refundRef };
  expect(refundsOf(attemptRef), told).toMatchObject(isWhole || sent.length === 1 ? [booked] : []);
  expect(shop.simulator.world.books().doubleRefunds.filter(({ reference }) => reference === attemptRef), told).toEqual([]);
  expect(totals?.totals, told).toMatchObject([{ paid: 700, refunded: 0, net: 700 }]);
  expect((await till(home, 'verify')).code, told).toBe(0);
}

const stories = [
  { gateway: 'shouqianba', story: 'paid', steps: 7 },
  { gateway: 'shouqianba', story: 'refundAnswerLost', steps: 9 },
  { gateway: 'shouqianba', story: 'refundInProgressOnce', steps: 9 },
  { gateway: 'omipay', story: 'paid', steps: 9 },
] as const;

describe('kill -9', () => {
  it.skipIf(!canKillAtSteps).each(stories)('at each sync to the disk of a refund at $gateway, $story', async ({ gateway, story, steps }) => {
    await inParallel(Array.from({ length: steps }, (_, index) => index + 1), 8, async (step) => {
      const { home, attemptRef } = await paidHome(gateway, shop.simulator.codes[story] ?? '');
      await killedAtStep(['refund', '--home', home, '--json', '--payment', attemptRef], step);
      await expectGivenBackOnce(home, attemptRef, `${gateway} ${story}, killed at sync ${step}`);
      dropHome(home);
    });
  }, 400_000);

  it.skipIf(!canKillAtSteps).each([
    { what: 'all of it, which is sent again', amount: '7', steps: 8 },
    { what: 'less than half of it, which never is', amount: '3', steps: 7 },
  ] as const)('case 24: at each sync to the disk of a refund at omipay whose answer is lost: $what', async ({ amount, steps }) => {
    await inParallel(Array.from({ length: steps }, (_, index) => index + 1), 8, async (step) => {
      const { home, attemptRef } = await paidHome('omipay', shop.simulator.codes['refundAnswerLost'] ?? '');
      await killedAtStep(['refund', '--home', home, '--json', '--payment', attemptRef, '--amount', amount], step);
      await expectHeldOnce(home, attemptRef, amount, `${amount} of 7, killed at sync ${step}`);
      dropHome(home);
    });
  }, 400_000);

  it.skipIf(!canKillAtSteps)('at each sync to the disk of a close: the Z is made once, or not at all and then again', async () => {
    await inParallel(Array.from({ length: 7 }, (_, index) => index + 1), 8, async (step) => {
      const { home } = await paidHome('shouqianba', shop.simulator.codes['paid'] ?? '');
      expect((await till(home, 'shift', 'open', '--float', '10')).code).toBe(0);
      await killedAtStep(['shift', 'close', '--home', home, '--json', '--counted', '10'], step);
      const there = await till(home, 'report', '--z', '1');
      const again = await till(home, 'shift', 'close', '--counted', '10');
      expect(again.code, `killed at sync ${step}: ${again.stderr}`).toBe(there.code === 0 ? 2 : 0);
      const [z] = (await till(home, 'report', '--z', '1')).lines;
      expect(z, `killed at sync ${step}`).toMatchObject({ number: 1, differenceMinor: 0, totals: [{ paid: 700 }] });
      if (there.code === 0) expect(there.lines[0]).toEqual(z);
      expect((await till(home, 'shift', 'open')).lines, `killed at sync ${step}`).toMatchObject([{ shift: 2, float: 1000 }]);
      expect((await till(home, 'verify')).code).toBe(0);
      dropHome(home);
    });
  }, 400_000);

  it('money rule 8: a command that was cut off may be given again: it takes up the first refund, and sends none beside it', async () => {
    await inParallel([300, 700, 1100], 3, async (milliseconds) => {
      const { home, attemptRef } = await paidHome('shouqianba', shop.simulator.codes['refundAnswersLost'] ?? '');
      const command = ['refund', '--home', home, '--json', '--payment', attemptRef, '--amount', '3'];
      const run = start(command);
      const timer = setTimeout(() => run.child.kill('SIGKILL'), milliseconds);
      await run.ended;
      clearTimeout(timer);
      const again = await start(command).ended;
      expect([0, 2], again.stdout).toContain(again.code);
      expect((await till(home, 'resolve')).code).toBe(0);
      expect(refundsOf(attemptRef), `killed after ${milliseconds} ms: ${again.stdout}${again.stderr}`).toMatchObject([{ amount: 300, phase: 'done' }]);
      dropHome(home);
    });
  }, 200_000);

  it('at moments all over a refund with a lost answer', async () => {
    await inParallel(Array.from({ length: 8 }, (_, index) => 200 + index * 130), 8, async (milliseconds) => {
      const { home, attemptRef } = await paidHome('shouqianba', shop.simulator.codes['refundAnswersLost'] ?? '');
      const run = start(['refund', '--home', home, '--json', '--payment', attemptRef]);
      const timer = setTimeout(() => run.child.kill('SIGKILL'), milliseconds);
      await run.ended;
      clearTimeout(timer);
      await expectGivenBackOnce(home, attemptRef, `killed after ${milliseconds} ms`);
      dropHome(home);
    });
  }, 400_000);
});
