/** Every fault of a refund that the simulator knows, through the real command line: what the till says equals the gateway's book, and nothing is given back twice. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../simulator/index.ts';
import { inParallel, till, type Ended, type RefundLine } from './support.ts';
import { testShop } from './test-shop.ts';

interface Case {
  readonly gateway: 'shouqianba' | 'omipay';
  readonly name: string;
  readonly code: string;
  /** Of a payment of 10.00: more than half of it, or a small part, which Omipay could give back twice (CASES 24). */
  readonly amount: '6.00' | '1.00';
}

interface Seen extends Case {
  readonly home: string;
  readonly attemptRef: string;
  readonly refunded: Ended;
  /** Null where the outcome was known after the refund, or no command would bring it. */
  readonly resolved: Ended | null;
  readonly listed: Ended;
  readonly verified: Ended | null;
}

const exitOf: Readonly<Record<string, number>> = { refunded: 0, refused: 2, pending: 3, unknown: 3, review: 3, submitting: 3 };

const shop = testShop();
const seen: Seen[] = [];

beforeAll(async () => {
  const stories = Object.entries(shop.simulator.codes).filter(([name]) => name.startsWith('refund'));
  const cases = (['shouqianba', 'omipay'] as const).flatMap((gateway) => stories.map(([name, code]): Case => ({ gateway, name, code, amount: '6.00' })));
  const small = stories.filter(([name]) => /Lost|Twice|Silent|Garbage|Status/.test(name)).map(([name, code]): Case => ({ gateway: 'omipay', name, code, amount: '1.00' }));
  // Slow stories first, so that the quick ones fill the gaps.
  await inParallel([...cases, ...small].toSorted((left, right) => Number(isSlow(right.name)) - Number(isSlow(left.name))), 20, async (one) => {
    seen.push(await play(one));
  });
}, 900_000);

async function play(one: Case): Promise<Seen> {
  const home = shop.newHome();
  const paid = await till(home, 'pay', '--gateway', one.gateway, '--amount', '10.00', '--code', one.code);
  const attemptRef = String(paid.lines.at(-1)?.attemptRef);
  const refunded = await till(home, 'refund', '--payment', attemptRef, '--amount', one.amount);
  const resolved = refunded.code === 3 && !neverEnds(one.name) ? await till(home, 'resolve') : null;
  const listed = await till(home, 'list');
  // The simple ones have nothing that the others don't.
  const verified = refunded.code === 0 && !isSlow(one.name) ? null : await till(home, 'verify');
  return { ...one, home, attemptRef, refunded, resolved, listed, verified };
}

function isSlow(name: string): boolean {
  return /Slow|Never|Dead|Late|Booked|Silent|Error|Wrong|Other/.test(name);
}

/** Nothing but a person, or days, would end these: one look more tells nothing new. */
function neverEnds(name: string): boolean {
  return /NeverEnds|Slow60|WrongReference$|WrongAmount$/.test(name);
}

/** The network delivers our one request twice, and Omipay, which promises no idempotency, books or refuses it as two. */
function isDoubledOutside(one: Case): boolean {
  return one.gateway === 'omipay' && one.name === 'refundProcessedTwice';
}

function orderOf(one: Seen): Order {
  const order = shop.simulator.world.books().orders.find((other) => other.gateway === one.gateway && other.reference === one.attemptRef);
  if (order === undefined) throw new Error(`${told(one)}: no order ${one.attemptRef} in the book`);
  return order;
}

function entryOf(one: Seen): RefundLine | undefined {
  return one.listed.lines[0]?.refunds?.[0];
}

function told(one: Seen): string {
  return `${one.gateway} ${one.name} ${one.amount}`;
}

describe('every story of a refund', () => {
  it('ends the command with its documented exit code and a final line', () => {
    for (const one of seen) {
      const last = one.refunded.lines.at(-1);
      expect(last, `${told(one)}: ${one.refunded.stderr}`).toMatchObject({ final: true, amount: one.amount === '6.00' ? 600 : 100 });
      expect(one.refunded.code, told(one)).toBe(exitOf[String(last?.state)]);
      expect(one.refunded.lines.filter((line) => line.final), told(one)).toHaveLength(1);
    }
  });

  it('says refunded only where the book has given the money back, and refused only where it has not', () => {
    for (const one of seen.filter((other) => !isDoubledOutside(other))) {
      const entry = entryOf(one);
      const booked = orderOf(one).refunds.filter((refund) => refund.reference === entry?.refundRef && refund.phase !== 'failed');
      const words = `${told(one)}: ${entry?.state}, book ${booked.map((refund) => refund.state).join() || 'empty'}`;
      if (entry?.state === 'refunded') expect(booked, words).toMatchObject([{ phase: 'done', amount: entry.amount }]);
      if (entry?.state === 'refused') expect(booked, words).toEqual([]);
    }
  });

  it('gives back once: one number per request, one refund in the book, never more than was paid', () => {
    const doubled = new Set(seen.filter(isDoubledOutside).map((one) => one.attemptRef));
    expect(shop.simulator.world.books().doubleRefunds.filter((one) => !doubled.has(one.reference))).toEqual([]);
    for (const one of seen) {
      const order = orderOf(one);
      const entry = entryOf(one);
      if (!isDoubledOutside(one)) expect(order.refunds.filter((refund) => refund.phase !== 'failed').length, told(one)).toBeLessThanOrEqual(1);
      expect(order.refunds.every((refund) => refund.reference === entry?.refundRef), told(one)).toBe(true);
      const numbers = shop.simulator.world.requests().filter((request) => request.call === 'refund' && request.reference === one.attemptRef).map((request) => request.body?.['refund_request_no'] ?? request.body?.['out_refund_no']);
      expect([...new Set(numbers)], told(one)).toEqual([entry?.refundRef]);
      // Where nothing promises that a repeat is the same refund, a part that could fit twice is sent once.
      if (one.gateway === 'omipay' && one.amount === '1.00') expect(numbers, told(one)).toHaveLength(1);
    }
  });

  it('lists totals that equal the book to the minor unit, once the outcome is known', () => {
    for (const one of seen.filter((other) => !isDoubledOutside(other))) {
      const entry = entryOf(one);
      if (entry === undefined || (entry.state !== 'refunded' && entry.state !== 'refused')) continue;
      const done = orderOf(one).refunds.filter((refund) => refund.phase === 'done').reduce((sum, refund) => sum + refund.amount, 0);
      const currency = one.gateway === 'omipay' ? 'AUD' : 'CNY';
      expect(one.listed.lines.at(-1)?.totals, told(one)).toEqual([{ gateway: one.gateway, currency, paid: 1000, refunded: done, net: 1000 - done }]);
    }
  });

  it('resolves to exit 0 where the outcome is known, and to 3 where it is not', () => {
    for (const one of seen) {
      if (one.resolved === null) continue;
      const state = entryOf(one)?.state;
      expect(one.resolved.code, `${told(one)}: ${state} ${one.resolved.stderr}`).toBe(state === 'refunded' || state === 'refused' ? 0 : 3);
    }
  });

  it('knows every simple story’s end', () => {
    const ends = Object.fromEntries(seen.map((one) => [told(one), entryOf(one)?.state]));
    for (const gateway of ['shouqianba', 'omipay']) {
      expect(ends).toMatchObject({
        [`${gateway} refundLost 6.00`]: 'refunded', [`${gateway} refundInProgress 6.00`]: 'refunded',
        [`${gateway} refundShopBalance 6.00`]: 'refused', [`${gateway} refundOrderState 6.00`]: 'refused', [`${gateway} refundNeverEnds 6.00`]: 'pending',
      });
    }
    // Case 24: nothing tells whether it was booked, and a second one could fit.
    expect(ends).toMatchObject({ 'shouqianba refundAnswerLost 6.00': 'refunded', 'omipay refundAnswerLost 6.00': 'pending', 'omipay refundAnswerLost 1.00': 'review', 'omipay refundLost 1.00': 'review', 'omipay refundFails 6.00': 'refused' });
  });

  it('is accepted by the simulator’s strict checks, byte for byte', () => {
    const refused = shop.simulator.world.requests().filter((request) => request.refusedAs !== null);
    expect(refused.map((request) => `${request.path} ${request.refusedAs}`)).toEqual([]);
  });

  it('leaves a journal that verifies', () => {
    for (const one of seen) if (one.verified !== null) expect(one.verified.code, `${told(one)}: ${one.verified.stdout}`).toBe(0);
  });
});
