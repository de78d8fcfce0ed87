/** Shifts through the real command line: opened, read and closed, each Z once, its sums those of the gateways' books, its bytes the same every time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { start, till, type Ended, type Line, type TotalLine } from './support.ts';
import { testShop } from './test-shop.ts';

const shop = testShop();
const { newHome } = shop;

async function pay(home: string, gateway: string, amount: string): Promise<Line> {
  const paid = await till(home, 'pay', '--gateway', gateway, '--amount', amount, '--code', shop.simulator.codes['paid'] ?? '');
  expect(paid.code, paid.stderr).toBe(0);
  return paid.lines.at(-1) ?? {};
}

/** What the gateways' books have of these payments, in the form of the totals. */
function booked(payments: readonly Line[]): readonly TotalLine[] {
  const totals = new Map<string, TotalLine>();
  for (const { attemptRef, gateway } of payments) {
    const order = shop.simulator.world.books().orders.find((one) => one.reference === attemptRef);
    const refunded = (order?.refunds ?? []).reduce((sum, one) => sum + (one.phase === 'done' ? one.amount : 0), 0);
    const before = totals.get(String(gateway)) ?? { gateway: String(gateway), currency: order?.currency ?? '', paid: 0, refunded: 0, net: 0 };
    const paid = before.paid + (order?.amount ?? 0);
    totals.set(String(gateway), { ...before, paid, refunded: before.refunded + refunded, net: paid - before.refunded - refunded });
  }
  return [...totals.values()].toSorted((left, right) => (left.gateway < right.gateway ? -1 : 1));
}

function shift(home: string, ...args: readonly string[]): Promise<Ended> {
  return till(home, 'shift', ...args);
}

describe('a shift', () => {
  it('opens once, is read any time, closes once; the next one has the next number, and both Zs the books’ sums', async () => {
    const home = newHome();
    expect((await shift(home, 'x')).code).toBe(2);
    expect((await shift(home, 'z')).code).toBe(2);
    expect((await shift(home, 'close')).code).toBe(2);
    expect(await shift(home, 'open', '--float', '500')).toMatchObject({ code: 0, lines: [{ shift: 1, float: 50000, currency: 'CNY' }] });
    expect((await shift(home, 'open')).code).toBe(2);
    const payments = [await pay(home, 'shouqianba', '12.34'), await pay(home, 'shouqianba', '0.66'), await pay(home, 'omipay', '8.01')];
    expect((await till(home, 'refund', '--payment', String(payments[0]?.attemptRef), '--amount', '2.34')).code).toBe(0);
    const x = await shift(home, 'x');
    expect(x, x.stderr).toMatchObject({ code: 0, lines: [{ number: 1, totals: booked(payments) }] });
    expect((await shift(home, 'close', '--counted', '498.50')).code).toBe(2);
    const first = await shift(home, 'close', '--counted', '498.50', '--reason', 'a coin too much', '--left', '200');
    expect(first, first.stderr).toMatchObject({ code: 0, lines: [{ number: 1, totals: booked(payments), counted: { minor: 49850 }, differenceMinor: -150, differenceReason: 'a coin too much', left: { minor: 20000 } }] });
    expect(first.lines).toHaveLength(1);
    expect((await shift(home, 'close', '--counted', '200')).code).toBe(2);

    // Between two shifts something is sold and given back: it counts in the next one (CASES 39).
    const between = [await pay(home, 'shouqianba', '3.00')];
    expect((await shift(home, 'open')).lines).toMatchObject([{ shift: 2, float: 20000 }]);
    const second = await shift(home, 'close');
    expect(second, second.stderr).toMatchObject({ code: 0, lines: [{ number: 2, totals: booked(between), counted: null, differenceMinor: 0 }] });
    expect((await shift(home, 'close')).code).toBe(2);
    expect((await shift(home, 'z')).lines).toEqual(second.lines);
    expect((await till(home, 'verify')).code).toBe(0);
  });

  it('case 39: a payment counts where it became paid, a refund of an earlier one where it went back', async () => {
    const home = newHome({ cash: { on: false } });
    await shift(home, 'open');
    const waiting = (await till(home, 'pay', '--gateway', 'omipay', '--amount', '5.00', '--code', shop.simulator.codes['ignored'] ?? '')).lines.at(-1) ?? {};
    const paid = await pay(home, 'shouqianba', '4.00');
    const first = (await shift(home, 'close')).lines[0];
    expect(first).toMatchObject({ number: 1, counted: null, totals: [{ gateway: 'shouqianba', paid: 400, refunded: 0 }], sums: { carriedOver: [{ kind: 'payment', reference: waiting.attemptRef }] } });
    await shift(home, 'open');
    shop.simulator.world.confirm(String(waiting.attemptRef), 'omipay');
    // Omipay's word after the deadline is for a person to decide; it counts once it is paid.
    expect((await till(home, 'refund', '--payment', String(paid.attemptRef))).code).toBe(0);
    const second = (await shift(home, 'close')).lines[0];
    expect(second).toMatchObject({ number: 2, totals: [{ gateway: 'shouqianba', paid: 0, refunded: 400, net: -400 }] });
    expect((await till(home, 'verify')).code).toBe(0);
  });

  it('a Z is the same to the byte: on repeat, after verify, after more sales, as file and as line', async () => {
    const home = newHome();
    await shift(home, 'open', '--float', '0');
    await pay(home, 'shouqianba', '1.00');
    const closed = await shift(home, 'close');
    const file = join(home, 'z.json');
    const written = async (...more: readonly string[]): Promise<string> => {
      expect((await till(home, 'report', '--z', '1', '--out', file, ...more)).code).toBe(0);
      return readFileSync(file, 'utf8');
    };
    const first = await written();
    const paper = await written('--text');
    expect(first).toBe(closed.stdout);
    expect((await till(home, 'verify')).code).toBe(0);
    await shift(home, 'open');
    await pay(home, 'shouqianba', '2.00');
    await shift(home, 'close');
    expect(await written()).toBe(first);
    expect(await written('--text')).toBe(paper);
    expect((await till(home, 'report', '--z', '1')).stdout).toBe(first);
    expect((await start(['report', '--home', home, '--z', '1', '--text']).ended).stdout).toBe(paper);
    expect(paper).toContain('Z 1');
    expect((await till(home, 'report', '--z', '2')).lines).toMatchObject([{ number: 2 }]);
    expect((await till(home, 'report', '--z', '3')).code).toBe(2);
  });

  it('one count and one recount; a repeated count with its reason needs no third', async () => {
    const home = newHome();
    await shift(home, 'open', '--float', '100');
    expect((await shift(home, 'close', '--counted', '99')).code).toBe(2);
    expect((await shift(home, 'close', '--counted', '98')).code).toBe(2);
    expect((await shift(home, 'close', '--counted', '97', '--reason', 'x')).code).toBe(2);
    expect(await shift(home, 'close', '--counted', '98', '--reason', 'two are missing')).toMatchObject({ code: 0, lines: [{ recounts: 1, differenceMinor: -200 }] });
  });

  it('is read beside a running till, and not opened there', async () => {
    const home = newHome();
    await shift(home, 'open');
    const running = start(['pay', '--home', home, '--json', '--gateway', 'omipay', '--amount', '5', '--code', shop.simulator.codes['ignored'] ?? '']);
    await new Promise((done) => running.child.stdout?.once('data', done));
    expect((await shift(home, 'close')).code).toBe(74);
    expect((await till(home, 'refund', '--payment', 'x')).code).toBe(74);
    expect(await shift(home, 'x')).toMatchObject({ code: 0, lines: [{ number: 1, sums: { carriedOver: [{ kind: 'payment' }] } }] });
    running.child.kill('SIGTERM');
    await running.ended;
  });

  it('wrong usage is 64', async () => {
    const home = newHome();
    for (const args of [['shift'], ['shift', 'begin'], ['shift', 'open', '--float', '1.234'], ['shift', 'open', '--counted', '1'], ['shift', 'close', '--counted', '-1'], ['shift', 'close', '--float', '1'], ['shift', 'x', '--left', '1'], ['report'], ['report', '--z', 'one'], ['report', '--z', '-1']]) {
      const ended = await till(home, ...args);
      expect({ code: ended.code, stdout: ended.stdout }, args.join(' ')).toEqual({ code: 64, stdout: '' });
    }
  });
});
