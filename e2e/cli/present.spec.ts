/** Codes that the customer scans, through the real command line at every gateway: what the till says equals the gateway's book. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { GatewayId, Order } from '../../simulator/index.ts';
import { inParallel, start, till, type Ended, type Line } from './support.ts';
import { testShop } from './test-shop.ts';

const gateways = ['shouqianba', 'omipay', 'ums', 'omoney', 'aggregator'] as const satisfies readonly GatewayId[];
/** What the documents of these two leave out: nothing closes a shown code (CASES 27). */
const neverCloses: ReadonlySet<GatewayId> = new Set(['omipay', 'aggregator']);
const stories = ['paid', 'paidLate', 'abandoned', 'answerLostIgnored', 'wrongAmount', 'killedThenPaid', 'killedUnpaid'] as const;
type Story = (typeof stories)[number];

interface Seen {
  readonly shown: Ended;
  readonly resolved: Ended | null;
  readonly listed: Ended;
  readonly refunded: Ended | null;
  readonly order: Order | null;
  readonly orderAfterRefund: Order | null;
}

const shop = testShop();
const seen = new Map<string, Seen>();
const times = { deadlineSeconds: 4, presentSeconds: 8, answerTimeoutSeconds: 2, reverseNotBeforeSeconds: 1, pollIntervalSeconds: 1 };

beforeAll(async () => {
  const all = gateways.flatMap((gateway) => stories.map((story) => ({ gateway, story })));
  await inParallel(all, 8, async ({ gateway, story }) => {
    seen.set(`${gateway} ${story}`, await play(gateway, story));
  });
}, 600_000);

async function play(gateway: GatewayId, story: Story): Promise<Seen> {
  const home = shop.newHome({ payment: times });
  const { world } = shop.simulator;
  // Each story has an amount of its own, by which a script finds its order.
  const minor = 1000 + gateways.findIndex((id) => id === gateway) * 20 + stories.indexOf(story);
  if (story === 'answerLostIgnored' || story === 'wrongAmount') world.playNextShown(story, { gateway, amount: minor });
  const run = start(['present', '--home', home, '--json', '--gateway', gateway, '--amount', (minor / 100).toFixed(2)]);
  const qr = story === 'answerLostIgnored' || story === 'wrongAmount' ? null : await Promise.race([firstQr(run.child.stdout), run.ended.then(() => null)]);
  if (qr !== null) await meanwhile(story, qr, () => run.child.kill('SIGKILL'));
  const shown = await run.ended;
  if (story === 'killedThenPaid' && qr !== null) world.payShown(qr);
  const resolved = story.startsWith('killed') ? await till(home, 'resolve') : null;
  const listed = await till(home, 'list');
  const canRefund = story === 'paid' && gateway !== 'aggregator';
  const reference = shown.lines.find((line) => line.attemptRef)?.attemptRef ?? '';
  const bookOf = (): Order | null => structuredClone(world.books().orders.find((order) => order.reference === reference && order.gateway === gateway) ?? null);
  const order = bookOf();
  const refunded = canRefund ? await till(home, 'refund', '--payment', reference, '--amount', '1.00') : null;
  return { shown, resolved, listed, refunded, order, orderAfterRefund: bookOf() };
}

async function meanwhile(story: Story, qr: string, kill: () => void): Promise<void> {
  const { world } = shop.simulator;
  if (story === 'paid') expect(world.payShown(qr).done).toBe(true);
  // After two questions that heard nothing.
  if (story === 'paidLate') {
    const reference = world.shown().find((code) => code.qr === qr)?.reference;
    const questions = (): number => world.requests().filter((request) => request.call === 'query' && request.reference === reference).length;
    await vi.waitFor(() => expect(questions()).toBeGreaterThanOrEqual(2), { timeout: 7000, interval: 50 });
    expect(world.payShown(qr).done).toBe(true);
  }
  if (story.startsWith('killed')) kill();
}

/** The first `qr` that the command prints. */
function firstQr(stdout: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  return new Promise((done) => {
    stdout?.on('data', (chunk: string) => {
      text += chunk;
      for (const line of text.split('\n').slice(0, -1)) {
        const { qr } = JSON.parse(line) as Line;
        if (typeof qr === 'string') done(qr);
      }
    });
  });
}

const of = (gateway: GatewayId, story: Story): Seen => {
  const found = seen.get(`${gateway} ${story}`);
  if (found === undefined) throw new Error('not played');
  return found;
};

const last = ({ lines }: Ended): Line => lines.at(-1) ?? {};

describe.each(gateways)('%s', (gateway) => {
  const closes = !neverCloses.has(gateway);

  it('prints what the customer scans, and how it ends: paid, as the book has it', () => {
    const { shown, order } = of(gateway, 'paid');
    expect(shown.stderr).toBe('');
    expect(shown.lines.some((line) => typeof line['qr'] === 'string' && line.state === 'waitingForPayer' && typeof line.paymentId === 'string')).toBe(true);
    expect([shown.code, last(shown).state, last(shown).verdict, last(shown).final]).toEqual([0, 'paid', 'paid', true]);
    expect(order).toMatchObject({ state: 'paid', timesCharged: 1, amount: last(shown).amount });
  });

  it('paid late in its time is paid', () => {
    const { shown, order } = of(gateway, 'paidLate');
    expect([shown.code, last(shown).state]).toEqual([0, 'paid']);
    expect(order).toMatchObject({ state: 'paid', timesCharged: 1 });
  });

  it(closes ? 'abandoned is closed, and not paid' : 'case 27: abandoned can\'t be closed: not known, and nobody waits', () => {
    const { shown, listed, order } = of(gateway, 'abandoned');
    expect([shown.code, last(shown).verdict]).toEqual(closes ? [2, 'notPaid'] : [3, 'notKnownYet']);
    expect(order?.timesCharged).toBe(0);
    if (closes) expect(order?.state).not.toBe('waiting');
    else expect(listed.lines[0]).toMatchObject({ state: 'review' });
  });

  it('an answer that was lost shows nothing, and what it made is closed where anything closes it', () => {
    const { shown, order } = of(gateway, 'answerLostIgnored');
    expect(shown.lines.some((line) => 'qr' in line)).toBe(false);
    expect([shown.code, last(shown).verdict]).toEqual(closes ? [2, 'notPaid'] : [3, 'notKnownYet']);
    expect(order?.timesCharged).toBe(0);
  });

  it('money rule 2: answers about another amount are never believed', () => {
    const { shown } = of(gateway, 'wrongAmount');
    expect(last(shown).verdict).not.toBe('paid');
  });

  it('money rule 7: killed while it is up, and paid meanwhile: the next start says paid', () => {
    const { resolved, listed, order } = of(gateway, 'killedThenPaid');
    expect(order).toMatchObject({ state: 'paid', timesCharged: 1 });
    expect([resolved?.code, listed.lines[0]?.state]).toEqual([0, 'paid']);
  });

  it('case 27: killed while it is up and paid by nobody: the next start closes it, or goes on asking quietly', () => {
    const { resolved, listed, order } = of(gateway, 'killedUnpaid');
    expect(order?.timesCharged).toBe(0);
    expect([resolved?.code, listed.lines[0]?.verdict]).toEqual(closes ? [0, 'notPaid'] : [3, 'notKnownYet']);
  });

  it('gives a part back where it can, and says so beforehand where it can\'t', async () => {
    const { shown, refunded, orderAfterRefund: order } = of(gateway, 'paid');
    if (gateway === 'aggregator') return expect(order?.refunds).toEqual([]);
    expect(shown.code).toBe(0);
    expect([0, 3]).toContain(refunded?.code);
    expect(order?.refunds.reduce((sum, refund) => sum + refund.amount, 0)).toBe(100);
  });
});
