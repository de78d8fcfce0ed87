/** Every scripted payer and fault of the simulator, through the real command line: what the till says equals the gateway's book. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../simulator/index.ts';
import { inParallel, till, type Ended } from './support.ts';
import { testShop } from './test-shop.ts';

interface Case {
  readonly gateway: 'shouqianba' | 'omipay';
  readonly name: string;
  readonly code: string;
}

interface Seen extends Case {
  readonly paid: Ended;
  /** Null where nothing was open after the payment. */
  readonly resolved: Ended | null;
  readonly found: Ended;
  readonly verified: Ended;
  readonly home: string;
}

const exitOf: Readonly<Record<string, number>> = { paid: 0, notPaid: 2, notKnownYet: 3 };

const shop = testShop();
const seen: Seen[] = [];

beforeAll(async () => {
  const cases = (['shouqianba', 'omipay'] as const).flatMap((gateway) => Object.entries(shop.simulator.codes).flatMap(([name, code]) => (isRefundStory(name) ? [] : [{ gateway, name, code }])));
  // Slow stories first, so that the quick ones fill the gaps.
  await inParallel(cases.toSorted((left, right) => Number(isSlow(right.name)) - Number(isSlow(left.name))), 12, async (one) => {
    seen.push(await play(one));
  });
}, 900_000);

async function play(one: Case): Promise<Seen> {
  const home = shop.newHome();
  const paid = await till(home, 'pay', '--gateway', one.gateway, '--amount', '12.34', '--code', one.code);
  const resolved = paid.code === 3 ? await till(home, 'resolve') : null;
  const found = await till(home, 'list');
  const verified = await till(home, 'verify');
  return { ...one, paid, resolved, found, verified, home };
}

/** Their payments are plain; refunds.spec.ts tells what becomes of their refunds. */
function isRefundStory(name: string): boolean {
  return name.startsWith('refund');
}

function isSlow(name: string): boolean {
  return /always|silent|late|lost|cancel|dead/i.test(name);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
}

/** Stories in which the request reaches the gateway after every proof that it never would. */
function booksAfterProof(name: string): boolean {
  return /^(bookedLate|lostThenBooked)/.test(name);
}

/** The gateway's order of a run, by the number that the till printed. */
function orderOf(one: Seen): Order | undefined {
  const reference = one.paid.lines.find((line) => line.attemptRef)?.attemptRef;
  return shop.simulator.world.books().orders.find((order) => order.reference === reference && order.gateway === one.gateway);
}

describe('every story of the simulator', () => {
  it('ends each command with its documented exit code and a final line', () => {
    for (const one of seen) {
      const last = one.paid.lines.at(-1);
      expect(last, `${one.gateway} ${one.name}: ${one.paid.stderr}`).toMatchObject({ final: true });
      expect(one.paid.code, `${one.gateway} ${one.name}`).toBe(exitOf[String(last?.verdict)]);
    }
  });

  it('says paid only where the book has the money, and not paid only where it has not', () => {
    for (const one of seen) {
      const order = orderOf(one);
      const verdict = one.found.lines.find((line) => line.attemptRef)?.verdict;
      const hasMoney = order !== undefined && order.state === 'paid';
      const told = `${one.gateway} ${one.name}: ${verdict}, book ${order?.state ?? 'empty'}`;
      if (verdict === 'paid') expect(hasMoney, told).toBe(true);
      if (verdict === 'notPaid' && !booksAfterProof(one.name)) expect(hasMoney, told).toBe(false);
    }
  });

  it('case 20: what a gateway books after it said twice that there is no such order becomes a loud review at the next start', async () => {
    const late = seen.filter((one) => booksAfterProof(one.name) && one.found.lines[0]?.verdict === 'notPaid' && orderOf(one)?.state === 'paid');
    expect(late.length).toBeGreaterThan(0);
    for (const one of late) {
      const again = await till(one.home, 'resolve');
      expect(again.code, `${one.gateway} ${one.name}`).toBe(3);
      expect(again.lines.findLast((line) => line.paymentId === one.found.lines[0]?.paymentId)).toMatchObject({ state: 'review', verdict: 'notKnownYet' });
    }
  });

  it('charges at most once, and sends exactly one pay per attempt where the gateway can be asked', () => {
    for (const one of seen) {
      const order = orderOf(one);
      expect(order?.timesCharged ?? 0, `${one.gateway} ${one.name}`).toBeLessThanOrEqual(1);
      const reference = one.paid.lines.find((line) => line.attemptRef)?.attemptRef;
      const pays = shop.simulator.world.requests().filter((request) => request.call === 'pay' && request.reference === reference && request.gateway === one.gateway);
      if (one.gateway === 'shouqianba') expect(pays.length, one.name).toBe(1);
      // The very same payment again is Omipay's only way to ask after a lost answer: one order number, one code.
      expect(new Set(pays.map((request) => JSON.stringify([request.body?.['qrcode'], request.body?.['amount']]))).size).toBeLessThanOrEqual(1);
    }
  });

  it('is accepted by the simulator’s strict checks, byte for byte', () => {
    const refused = shop.simulator.world.requests().filter((request) => request.refusedAs !== null);
    expect(refused.map((request) => `${request.path} ${request.refusedAs}`)).toEqual([]);
  });

  it('knows every simple story’s end', () => {
    const ends = Object.fromEntries(seen.map((one) => [`${one.gateway} ${one.name}`, one.paid.code]));
    for (const gateway of ['shouqianba', 'omipay']) {
      expect(ends).toMatchObject({ [`${gateway} paid`]: 0, [`${gateway} refused`]: 2, [`${gateway} insufficient`]: 2, [`${gateway} expired`]: 2, [`${gateway} answerLost`]: 0 });
    }
    expect(ends).toMatchObject({ 'shouqianba ignored': 2, 'omipay ignored': 3, 'shouqianba cancelFailsAlways': 3 });
  });

  it('money rule 9: leaves no payment code and no secret in any file or line', () => {
    const secrets = [shop.simulator.gateways.shouqianba.terminalKey, shop.simulator.gateways.omipay.secretKey];
    for (const one of seen) {
      for (const file of filesBelow(one.home)) {
        const content = readFileSync(file, 'latin1');
        for (const secret of [one.code, ...(file.endsWith('settings.json') ? [] : secrets)]) expect(content.includes(secret), `${file} of ${one.name}`).toBe(false);
      }
      for (const text of [one.paid.stdout, one.paid.stderr, one.found.stdout]) for (const secret of [one.code, ...secrets]) expect(text.includes(secret), one.name).toBe(false);
    }
  });

  it('leaves a journal that verifies', () => {
    for (const one of seen) expect(one.verified.code, `${one.gateway} ${one.name}: ${one.verified.stdout}`).toBe(0);
  });
});
