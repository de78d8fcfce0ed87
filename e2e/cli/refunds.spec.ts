/** What may be refunded and what may not, by which numbers, on which day: through the real command line, compared with the gateway's book and what reached it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ForeignOrder, Order } from '../../simulator/index.ts';
import { quickTimes, start, till, writeSettings, type Ended, type Line } from './support.ts';
import { testShop } from './test-shop.ts';

const shop = testShop();
const { newHome } = shop;

/** A paid payment; its last line. */
async function pay(home: string, gateway: 'shouqianba' | 'omipay' = 'shouqianba', story = 'paid', ...more: readonly string[]): Promise<Line> {
  const paid = await till(home, 'pay', '--gateway', gateway, '--amount', '10.00', '--code', shop.simulator.codes[story] ?? '', ...more);
  expect(paid.code, paid.stderr).toBe(0);
  return paid.lines.at(-1) ?? {};
}

function refund(home: string, reference: unknown, ...more: readonly string[]): Promise<Ended> {
  return till(home, 'refund', '--payment', String(reference), ...more);
}

function orderOf(payment: Line): Order | undefined {
  return shop.simulator.world.books().orders.find((order) => order.reference === payment.attemptRef);
}

function bookForeign(given: ForeignOrder): Order {
  const order = shop.simulator.world.bookForeign(given);
  if (order === null) throw new Error('the reference is taken');
  return order;
}

/** Refused on the spot: exit 2, one line that says why, and nothing reached a gateway. */
async function expectRefused(ended: Promise<Ended>, words: RegExp): Promise<void> {
  const before = shop.simulator.world.requests().length;
  const { code, lines, stderr } = await ended;
  expect(lines, stderr).toEqual([expect.objectContaining({ state: 'refused', refundRef: null, final: true, message: expect.stringMatching(words) as string })]);
  expect(code).toBe(2);
  expect(shop.simulator.world.requests().length).toBe(before);
}

describe('how much goes back', () => {
  it('all of it without --amount, and nothing twice', async () => {
    const home = newHome();
    const payment = await pay(home);
    const first = await refund(home, payment.attemptRef);
    expect(first).toMatchObject({ code: 0 });
    expect(first.lines.at(-1)).toMatchObject({ paymentId: payment.paymentId, state: 'refunded', amount: 1000, currency: 'CNY', final: true });
    expect(first.lines.every((line) => typeof line['time'] === 'string' && typeof line.refundRef === 'string' && line.message !== '')).toBe(true);
    await expectRefused(refund(home, payment.attemptRef), /given back already/);
    await expectRefused(refund(home, payment.attemptRef, '--amount', '10.00'), /given back already/);
    await expectRefused(refund(home, payment.attemptRef, '--amount', '0.01'), /given back already/);
    expect(orderOf(payment)?.refunds).toMatchObject([{ amount: 1000, phase: 'done' }]);
  });

  it('a part, further parts, and the rest; never more than is left', async () => {
    const home = newHome();
    const payment = await pay(home);
    expect((await refund(home, payment.paymentId, '--amount', '3')).code).toBe(0);
    expect((await refund(home, payment.paymentId, '--amount', '2.5', '--reason', 'one was broken')).code).toBe(0);
    await expectRefused(refund(home, payment.paymentId, '--amount', '4.51'), /At most ¥4.50/);
    await expectRefused(refund(home, payment.paymentId, '--amount', '99999999.99'), /At most ¥4.50/);
    expect((await refund(home, payment.paymentId)).lines.at(-1)).toMatchObject({ amount: 450, state: 'refunded' });
    const order = orderOf(payment);
    expect(order?.refunds.map((one) => one.amount)).toEqual([300, 250, 450]);
    expect(new Set(order?.refunds.map((one) => one.reference)).size).toBe(3);
    const [listed, totals] = (await till(home, 'find', String(payment.attemptRef))).lines.concat((await till(home, 'list')).lines.slice(-1));
    expect(listed?.refunds).toMatchObject([{ amount: 300, state: 'refunded' }, { amount: 250, state: 'refunded', reason: 'one was broken' }, { amount: 450, state: 'refunded' }]);
    expect(totals?.totals).toEqual([{ gateway: 'shouqianba', currency: 'CNY', paid: 1000, refunded: 1000, net: 0 }]);
  });

  it('money rule 6: what is still open counts as gone', async () => {
    const home = newHome();
    const payment = await pay(home, 'omipay', 'refundSlow60');
    const run = start(['refund', '--home', home, '--json', '--payment', String(payment.attemptRef), '--amount', '6']);
    await new Promise((done) => run.child.stdout?.once('data', done));
    run.child.kill('SIGTERM');
    // Case 31: interrupted, it says not known yet.
    const ended = await run.ended;
    expect(ended.code).toBe(3);
    expect(ended.lines.at(-1)).toMatchObject({ final: true, amount: 600 });
    expect(['submitting', 'pending', 'unknown']).toContain(ended.lines.at(-1)?.state);
    for (const amount of ['6', '4', '0.01']) {
      const again = await refund(home, payment.attemptRef, '--amount', amount);
      expect(again.code, amount).toBe(2);
      expect(again.lines.at(-1)).toMatchObject({ state: 'refused', refundRef: null, final: true });
    }
    // At most the very same one was asked for again.
    const numbers = shop.simulator.world.requests().filter((request) => request.call === 'refund' && request.reference === payment.attemptRef).map((request) => request.body?.['out_refund_no']);
    expect(new Set(numbers)).toEqual(new Set([ended.lines.at(-1)?.refundRef]));
    expect(orderOf(payment)?.refunds).toHaveLength(1);
  });

  it('refuses what was not paid, what is not known, and what nobody knows', async () => {
    const home = newHome();
    const declined = (await till(home, 'pay', '--gateway', 'shouqianba', '--amount', '5', '--code', shop.simulator.codes['insufficient'] ?? '')).lines.at(-1);
    await expectRefused(refund(home, declined?.attemptRef), /not paid/);
    const open = (await till(home, 'pay', '--gateway', 'omipay', '--amount', '5', '--code', shop.simulator.codes['ignored'] ?? '')).lines.at(-1);
    const refused = await refund(home, open?.attemptRef);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.lines.at(-1)).toMatchObject({ state: 'refused', refundRef: null, final: true });
    const code = shop.simulator.codes['waits'] ?? '';
    for (const reference of ['nobody-knows-this', 'x', '1234', code]) {
      const unknown = await refund(home, reference);
      expect(unknown.code, reference).toBe(2);
      // Money rule 9: what may be a payment code isn't said again.
      expect(unknown.stdout.includes(code) || unknown.stderr.includes(code)).toBe(false);
      expect(unknown.lines.at(-1), reference).toMatchObject({ paymentId: null, refundRef: null, state: 'refused', final: true });
    }
    expect(shop.simulator.world.requests().filter((request) => request.call === 'refund' && (request.reference === declined?.attemptRef || request.reference === open?.attemptRef))).toEqual([]);
  });

  it('wrong usage is 64 and sends nothing', async () => {
    const home = newHome();
    const payment = await pay(home);
    const before = shop.simulator.world.requests().length;
    for (const amount of ['0', '0.00', '-1', '1e1', '1.234', '', '１', '1,00', '999999999']) {
      const ended = await till(home, 'refund', `--payment=${payment.attemptRef}`, `--amount=${amount}`);
      expect({ code: ended.code, stdout: ended.stdout }, amount).toEqual({ code: 64, stdout: '' });
    }
    for (const args of [['refund'], ['refund', '--payment', 'x', '--reason', ''], ['refund', '--payment', 'x', '--frob'], ['refund', '--payment', 'x', '--reason', 'y'.repeat(201)]]) expect((await till(home, ...args)).code, args.join(' ')).toBe(64);
    expect(shop.simulator.world.requests().length).toBe(before);
  });

  it('takes the first reason of the settings where none is given', async () => {
    const home = newHome({ refund: { reasons: ['wrong size', 'other'] } });
    const payment = await pay(home);
    await refund(home, payment.attemptRef, '--amount', '1');
    await refund(home, payment.attemptRef, '--amount', '1', '--reason', 'other');
    expect((await till(home, 'list')).lines[0]?.refunds).toMatchObject([{ reason: 'wrong size' }, { reason: 'other' }]);
  });
});

describe('numbers', () => {
  it.each(['shouqianba', 'omipay'] as const)('every reference of a payment at %s finds it and refunds it, and a part of one only finds it', async (gateway) => {
    const home = newHome();
    const payment = await pay(home, gateway, 'paid', '--ref', 'ORDER-77');
    const found = (await till(home, 'find', 'ORDER-77')).lines[0] ?? {};
    const order = orderOf(payment);
    const references = [payment.attemptRef, payment.gatewayRef, payment.paymentId, found['number'], 'ORDER-77', ...(gateway === 'shouqianba' ? [order?.tradeNumber] : [])];
    for (const [index, reference] of references.entries()) {
      expect(typeof reference).toBe('string');
      const part = index % 2 === 0 ? String(reference).slice(0, -1) : String(reference).slice(1);
      // A payment's id stands on no paper: it is found as a whole alone.
      expect((await till(home, 'find', part)).lines.map(({ paymentId, exact }) => ({ paymentId, exact })), part).toEqual(reference === payment.paymentId ? [] : [{ paymentId: payment.paymentId, exact: false }]);
      expect((await till(home, 'find', String(reference))).lines).toMatchObject([{ paymentId: payment.paymentId }]);
    }
    // A refund at Omipay takes seconds to arrive; the look-up by number is the same for both.
    const asked = gateway === 'omipay' ? references.slice(0, 2) : references;
    for (const reference of asked) expect(await refund(home, reference, '--amount', '1'), String(reference)).toMatchObject({ code: 0 });
    const left = 10 - asked.length;
    const listed = (await till(home, 'find', 'ORDER-77')).lines[0];
    expect(listed?.refunds).toHaveLength(asked.length);
    // A refund's own numbers find its payment too.
    for (const one of listed?.refunds ?? []) expect((await till(home, 'find', one.refundRef)).lines).toMatchObject([{ paymentId: payment.paymentId }]);
    expect((await refund(home, listed?.refunds?.[0]?.refundRef)).lines.at(-1)).toMatchObject({ state: 'refunded', amount: left * 100 });
    expect(orderOf(payment)?.refunds.reduce((sum, one) => sum + one.amount, 0)).toBe(1000);
  });

  it('a part of a reference refunds nothing', async () => {
    const home = newHome();
    const payment = await pay(home);
    for (const part of [String(payment.attemptRef).slice(0, 12), String(payment.gatewayRef).slice(-6), String(payment['number']).slice(0, -1)]) {
      const ended = await refund(home, part);
      expect(ended).toMatchObject({ code: 2 });
      expect(ended.lines.at(-1)).toMatchObject({ paymentId: null, state: 'refused' });
    }
    expect(orderOf(payment)?.refunds).toEqual([]);
  });

  it('case 10: an order number of two sales means the one that has something left; fully refunded, the number is free', async () => {
    const home = newHome();
    const first = await pay(home, 'shouqianba', 'paid', '--ref', 'ORDER-5');
    expect((await refund(home, 'ORDER-5')).code).toBe(0);
    const second = await pay(home, 'shouqianba', 'paidAlipay', '--ref', 'ORDER-5');
    expect((await refund(home, 'ORDER-5', '--amount', '4')).lines.at(-1)).toMatchObject({ paymentId: second.paymentId, state: 'refunded' });
    expect(orderOf(first)?.refunds).toHaveLength(1);
    await pay(home, 'shouqianba', 'paidUnionpay', '--ref', 'ORDER-5', '--again');
    await expectRefused(refund(home, 'ORDER-5'), /2 payments/);
  });

  it('case 38: another till’s order goes back as a whole, or not at all', async () => {
    const home = newHome();
    const foreign = bookForeign({ gateway: 'shouqianba', amount: 2500 });
    const part = await refund(home, foreign.gatewayNumber, '--amount', '1');
    expect(part).toMatchObject({ code: 2 });
    expect(part.lines.at(-1)).toMatchObject({ state: 'refused', message: expect.stringContaining('25.00') as string });
    const whole = await refund(home, foreign.gatewayNumber);
    expect(whole.lines.at(-1), whole.stderr).toMatchObject({ state: 'refunded', amount: 2500, final: true });
    expect(whole.code).toBe(0);
    expect((await refund(home, foreign.gatewayNumber)).code).toBe(2);
    expect(shop.simulator.world.order(foreign.reference)?.refunds).toMatchObject([{ amount: 2500, phase: 'done' }]);
    // What another till took is no sale of this one; what this one gave back is.
    const listed = (await till(home, 'list')).lines;
    expect(listed[0]).toMatchObject({ foreign: true, counts: false });
    expect(listed.at(-1)?.totals).toEqual([{ gateway: 'shouqianba', currency: 'CNY', paid: 0, refunded: 2500, net: -2500 }]);
    const touched = bookForeign({ gateway: 'shouqianba', amount: 2500, refunded: 100 });
    expect((await refund(home, touched.gatewayNumber)).code).toBe(2);
    expect((await refund(home, touched.gatewayNumber, '--amount', '24')).code).toBe(2);
    expect((await till(home, 'verify')).code).toBe(0);
  });
});

describe('days', () => {
  it('a refund counts on its own day, its payment on the day it began', async () => {
    const store = { name: 'Corner shop', locale: 'en', currency: 'CNY' };
    // These two zones never have the same day.
    const home = newHome({ store: { ...store, timezone: 'Etc/GMT+12' } });
    const payment = await pay(home);
    expect((await refund(home, payment.attemptRef, '--amount', '1')).code).toBe(0);
    const settings = { store: { ...store, timezone: 'Pacific/Kiritimati' }, terminal: { id: 'T01' }, gateways: shop.simulator.gateways, payment: quickTimes };
    writeSettings(home, JSON.stringify(settings));
    expect((await refund(home, payment.attemptRef, '--amount', '2.50')).code).toBe(0);
    const later = (await till(home, 'list')).lines;
    expect(later[0]).toMatchObject({ paymentId: payment.paymentId, amount: 1000, refunds: [{ amount: 100 }, { amount: 250 }] });
    expect(later.at(-1)?.totals).toEqual([{ gateway: 'shouqianba', currency: 'CNY', paid: 0, refunded: 250, net: -250 }]);
    const earlier = (await till(home, 'list', '--day', String(later[0]?.['day']))).lines;
    expect(earlier.at(-1)?.totals).toEqual([{ gateway: 'shouqianba', currency: 'CNY', paid: 1000, refunded: 100, net: 900 }]);
    // What a list sums up is what its lines say.
    for (const lines of [later, earlier]) expect(summed(lines, lines === later ? String(later[0]?.refunds?.[1]?.['day']) : String(later[0]?.['day']))).toEqual(lines.at(-1)?.totals?.[0]);
  });
});

function summed(lines: readonly Line[], day: string): unknown {
  const payments = lines.slice(0, -1);
  const paid = payments.reduce((sum, line) => sum + (line['day'] === day && line['counts'] === true ? (line.amount ?? 0) : 0), 0);
  const refunded = payments.flatMap((line) => line.refunds ?? []).reduce((sum, one) => sum + (one['day'] === day && one['counts'] === true ? one.amount : 0), 0);
  return { gateway: 'shouqianba', currency: 'CNY', paid, refunded, net: paid - refunded };
}

describe('paper', () => {
  it('has a slip of a refund by the refund’s number, and the receipt by any other', async () => {
    const home = newHome();
    const payment = await pay(home);
    const refundRef = String((await refund(home, payment.attemptRef, '--amount', '1.50')).lines.at(-1)?.refundRef);
    const out = join(home, 'slip.txt');
    expect(await till(home, 'receipt', refundRef, '--text', '--out', out)).toMatchObject({ code: 0 });
    const slip = readFileSync(out, 'utf8');
    for (const text of [refundRef, '1.50', String(payment.attemptRef)]) expect(slip).toContain(text);
    expect(await till(home, 'receipt', String(payment.attemptRef), '--text', '--out', out)).toMatchObject({ code: 0 });
    expect(readFileSync(out, 'utf8')).not.toContain(refundRef);
  });
});

describe('a person’s word', () => {
  it('case 17: settles a review, refuses what has its outcome, and is reopened by money that contradicts it', async () => {
    const home = newHome();
    const payment = (await till(home, 'pay', '--gateway', 'omipay', '--amount', '10.00', '--code', shop.simulator.codes['ignored'] ?? '')).lines.at(-1) ?? {};
    expect(payment).toMatchObject({ state: 'review' });
    expect((await till(home, 'settle', String(payment.attemptRef), '--as', 'maybe', '--reason', 'x')).code).toBe(64);
    expect((await till(home, 'settle', String(payment.attemptRef), '--as', 'notPaid', '--reason', ' ')).code).toBe(64);
    expect((await till(home, 'settle', 'nobody', '--as', 'notPaid', '--reason', 'x')).code).toBe(2);
    const settled = await till(home, 'settle', String(payment.attemptRef), '--as', 'notPaid', '--reason', 'support said so');
    expect(settled.lines, settled.stderr).toMatchObject([{ paymentId: payment.paymentId, state: 'settled', verdict: 'notPaid', final: true }]);
    expect(settled.code).toBe(0);
    expect((await till(home, 'settle', String(payment.attemptRef), '--as', 'paid', '--reason', 'x')).code).toBe(2);
    expect(await till(home, 'resolve')).toMatchObject({ code: 0 });
    const lines = (await till(home, 'list')).lines;
    expect(lines.at(-1)).toMatchObject({ totals: [{ gateway: 'omipay', paid: 0, net: 0 }], settled: [{ as: 'notPaid', count: 1, minor: 1000 }] });
    // The customer pays after all: whoever resolves next is told aloud.
    shop.simulator.world.confirm(String(payment.attemptRef), 'omipay');
    const against = await till(home, 'settle', String(payment.attemptRef), '--as', 'notPaid', '--reason', 'nobody paid');
    expect(against.code, against.stdout).toBe(2);
    expect(against.stderr).toContain('has just said that this one is paid');
    const reopened = await till(home, 'resolve');
    expect(reopened.code, reopened.stdout).toBe(3);
    expect(reopened.lines.at(-2)).toMatchObject({ paymentId: payment.paymentId, state: 'review', verdict: 'notKnownYet' });
    // Its money is there, so it can go back, and with it the review ends.
    expect((await refund(home, payment.attemptRef)).code).toBe(0);
    expect(await till(home, 'resolve')).toMatchObject({ code: 0 });
    expect((await till(home, 'list')).lines[0]).toMatchObject({ state: 'reversed', verdict: 'notPaid' });
    expect((await till(home, 'verify')).code).toBe(0);
  });

  it('case 8: given again under the caller’s own name it tells the first one’s outcome, and sends no other', async () => {
    const home = newHome();
    const payment = await pay(home);
    const first = await refund(home, payment.attemptRef, '--amount', '1.00', '--request', 'RETURN-77');
    expect(first.code, first.stderr).toBe(0);
    const again = await refund(home, payment.attemptRef, '--amount', '1.00', '--request', 'RETURN-77');
    expect(again.code, again.stderr).toBe(0);
    expect(again.lines.at(-1)?.refundRef).toBe(first.lines.at(-1)?.refundRef);
    expect((await till(home, 'list')).lines.at(-1)).toMatchObject({ totals: [{ refunded: 100 }] });
    expect((await refund(home, payment.attemptRef, '--amount', '1.00')).code).toBe(0);
    expect((await till(home, 'list')).lines.at(-1)).toMatchObject({ totals: [{ refunded: 200 }] });
    expect((await refund(home, payment.attemptRef, '--request', 'no')).code).toBe(64);
    // A name that belongs to another refund gives nothing back, and doesn't say that it did.
    expect((await refund(home, payment.attemptRef, '--amount', '2.00', '--request', 'RETURN-77')).code).toBe(64);
    const other = await pay(home, 'shouqianba', 'paid', '--again');
    expect((await refund(home, other.attemptRef, '--amount', '1.00', '--request', 'RETURN-77')).code).toBe(64);
  });

  it('settles a refund that nobody can answer for', async () => {
    const home = newHome();
    const payment = await pay(home, 'omipay', 'refundAnswerLost');
    const open = await refund(home, payment.attemptRef, '--amount', '1');
    expect(open.lines.at(-1), open.stderr).toMatchObject({ state: 'review' });
    expect(open.code).toBe(3);
    expect((await till(home, 'resolve')).code).toBe(3);
    const refundRef = String(open.lines.at(-1)?.refundRef);
    const settled = await till(home, 'settle', String(payment.attemptRef), '--refund', refundRef, '--as', 'paid', '--reason', 'seen in the portal');
    expect(settled.lines, settled.stderr).toMatchObject([{ refundRef, state: 'settled', settledAs: 'refunded', final: true }]);
    expect(settled.code).toBe(0);
    expect((await till(home, 'resolve')).code).toBe(0);
    // Recorded as given back, it is not there any more.
    await expectRefused(refund(home, payment.attemptRef, '--amount', '9.01'), /At most A\$9.00/);
    expect((await refund(home, payment.attemptRef)).lines.at(-1)).toMatchObject({ amount: 900, state: 'refunded' });
  });
});
