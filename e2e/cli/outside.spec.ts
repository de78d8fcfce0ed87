/** What no gateway gives back (the aggregator's document has no refund): refused beforehand, recorded as given back elsewhere, and apart in every total. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { start, till, type Ended, type Line } from './support.ts';
import { testShop } from './test-shop.ts';

const shop = testShop();
const { newHome } = shop;
const times = { deadlineSeconds: 4, presentSeconds: 6, answerTimeoutSeconds: 2, reverseNotBeforeSeconds: 1, pollIntervalSeconds: 1 };

/** A code that the aggregator showed and somebody paid; its last line. */
async function paidByShowing(home: string, amount: string): Promise<Line> {
  const { child, ended } = start(['present', '--home', home, '--json', '--gateway', 'aggregator', '--amount', amount]);
  await new Promise<void>((shown) => {
    let text = '';
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('"qr":')) shown();
    });
  });
  shop.simulator.world.payAllWaiting();
  const { code, lines, stderr } = await ended;
  expect(code, stderr).toBe(0);
  return lines.at(-1) ?? {};
}

function refund(home: string, payment: Line, ...more: readonly string[]): Promise<Ended> {
  return till(home, 'refund', '--payment', String(payment.attemptRef), ...more);
}

/** Exit 2, one line that says why, and nothing reached a gateway. */
async function expectRefused(ended: Promise<Ended>, words: RegExp): Promise<void> {
  const before = shop.simulator.world.requests().length;
  const { code, lines, stderr } = await ended;
  // A review is told first, as it stands.
  expect(lines.filter(({ state }) => state !== 'review'), stderr).toEqual([expect.objectContaining({ state: 'refused', refundRef: null, final: true, message: expect.stringMatching(words) as string })]);
  expect([code, shop.simulator.world.requests().length]).toEqual([2, before]);
}

describe('a gateway without refunds', () => {
  it('says so beforehand; what was given back elsewhere is recorded, never more than was paid, and stands apart in list, Z, export and on paper', async () => {
    const home = newHome({ payment: times });
    expect((await till(home, 'shift', 'open')).code).toBe(0);
    const payment = await paidByShowing(home, '10.00');
    const asked = shop.simulator.world.requests().length;
    await expectRefused(refund(home, payment, '--amount', '4.00'), /cannot refund.*record it here/);
    expect(await refund(home, payment, '--outside')).toMatchObject({ code: 64, stdout: '', stderr: expect.stringContaining('--reason') as string });
    await expectRefused(refund(home, payment, '--outside', '--amount', '10.01', '--reason', 'too much'), /At most ¥10.00/);

    const part = await refund(home, payment, '--outside', '--amount', '4.00', '--reason', 'cash at the office');
    expect(part, part.stderr).toMatchObject({ code: 0, lines: [{ paymentId: payment.paymentId, state: 'refunded', way: 'outside', amount: 400, reason: 'cash at the office', message: expect.stringContaining('given back elsewhere') as string, final: true }] });
    await expectRefused(refund(home, payment, '--outside', '--amount', '6.01', '--reason', 'too much'), /At most ¥6.00/);
    const rest = await refund(home, payment, '--outside', '--reason', 'by transfer');
    expect(rest.lines).toMatchObject([{ amount: 600, way: 'outside', final: true }]);
    await expectRefused(refund(home, payment, '--outside', '--reason', 'again'), /given back already/);

    // Nothing was sent for any of it, and the gateway's book is as it was.
    expect(shop.simulator.world.requests().length).toBe(asked);
    expect(shop.simulator.world.books().orders.find((order) => order.reference === payment.attemptRef)).toMatchObject({ state: 'paid', refunds: [] });
    await expectApart(home, part.lines[0]?.refundRef ?? '');
  });

  async function expectApart(home: string, refundRef: string): Promise<void> {
    const [listed, totals] = (await till(home, 'list')).lines;
    expect(listed?.refunds).toMatchObject([{ amount: 400, way: 'outside', counts: false, reason: 'cash at the office' }, { amount: 600, way: 'outside', counts: false }]);
    const own = { gateway: 'aggregator', currency: 'CNY', paid: 1000, refunded: 0, net: 1000 };
    expect(totals).toEqual({ totals: [own], outside: [{ gateway: 'aggregator', currency: 'CNY', count: 2, minor: 1000 }] });
    const z = (await till(home, 'shift', 'close')).lines[0];
    expect(z).toMatchObject({ number: 1, totals: [own], sums: { outsideRefunds: [{ currency: 'CNY', count: 2, minor: 1000 }], tenders: [{ salesMinor: 1000, refunds: 0, refundsMinor: 0 }] } });
    expect((await till(home, 'report', '--z', '1', '--text', '--out', join(home, 'z.txt'))).code).toBe(0);
    expect(readFileSync(join(home, 'z.txt'), 'utf8')).toMatch(/Given back elsewhere \(not above\)\n *Refunds x2 +-.10\.00/);
    expect((await till(home, 'receipt', refundRef, '--text', '--out', join(home, 'slip.txt'))).code).toBe(0);
    expect(readFileSync(join(home, 'slip.txt'), 'utf8')).toMatch(/given back\s+elsewhere\s+Refund +-.4\.00[\s\S]*cash at the office/);
    expect((await till(home, 'export', '--day', String(listed?.['day']), '--format', 'csv', '--out', join(home, 'day.csv'))).code).toBe(0);
    const [head = '', ...rows] = readFileSync(join(home, 'day.csv'), 'utf8').replace(/^\ufeff/, '').trim().split('\r\n').map((line) => line.split(','));
    const cells = (name: string): readonly string[] => rows.map((row) => row[head.indexOf(name)] ?? '');
    expect([cells('Amount'), cells('In totals'), cells('Given back elsewhere')]).toEqual([['-6.00', '-4.00', '10.00'], ['0.00', '0.00', '10.00'], ['-6.00', '-4.00', '']]);
    expect((await till(home, 'verify')).code).toBe(0);
  }

  it('case 15: paid after its time was up is given back elsewhere, and then nobody has to look any more', async () => {
    const home = newHome({ payment: times });
    const shown = await till(home, 'present', '--gateway', 'aggregator', '--amount', '7.00');
    expect(shown.code).toBe(3);
    shop.simulator.world.payAllWaiting();
    expect((await till(home, 'resolve')).code).toBe(3);
    const payment = shown.lines.at(-1) ?? {};
    const [review] = (await till(home, 'find', String(payment.attemptRef))).lines;
    expect(review).toMatchObject({ state: 'review', verdict: 'notKnownYet' });
    await expectRefused(refund(home, payment), /cannot refund/);
    const given = await refund(home, payment, '--outside', '--reason', 'transferred back');
    expect(given.code, given.stderr).toBe(0);
    expect(given.lines.at(-1)).toMatchObject({ amount: 700, way: 'outside', state: 'refunded', final: true });
    const lines = (await till(home, 'list')).lines;
    expect(lines[0]).toMatchObject({ state: 'reversed', verdict: 'notPaid' });
    expect(lines[1]).toMatchObject({ totals: [{ gateway: 'aggregator', paid: 0, refunded: 0 }], outside: [{ gateway: 'aggregator', count: 1, minor: 700 }] });
    await till(home, 'shift', 'open');
    expect((await till(home, 'shift', 'close')).lines[0]).toMatchObject({ sums: { tenders: [], outsideRefunds: [{ currency: 'CNY', count: 1, minor: 700 }] } });
    expect((await till(home, 'verify')).code).toBe(0);
  });
});

it('a gateway that can give it back itself has nothing recorded', async () => {
  const home = newHome();
  const paid = (await till(home, 'pay', '--gateway', 'shouqianba', '--amount', '3.00', '--code', shop.simulator.codes['paid'] ?? '')).lines.at(-1) ?? {};
  await expectRefused(refund(home, paid, '--outside', '--reason', 'cash'), /can refund.*Nothing was recorded/);
  await expectRefused(till(home, 'refund', '--payment', 'S0000000000000000000000', '--outside', '--reason', 'cash'), /S0000000000000000000000/);
  expect((await till(home, 'list')).lines.at(-1)).toEqual({ totals: [{ gateway: 'shouqianba', currency: 'CNY', paid: 300, refunded: 0, net: 300 }] });
});
