/** Which earlier refund a repeated `refund` tells, where a sale was paid twice. */
import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../core/gateways/gateway.ts';
import { makeAmount } from '../core/money/amount.ts';
import { Bench, facts, lost, outcomes, withUndo } from '../core/testing/bench.ts';
import { never, openedOver, printed } from './bench-till.ts';
import { refund, type RefundOptions } from './refund.ts';

const capabilities: Capabilities = { ...withUndo, refund: withUndo.refund === null ? null : { ...withUndo.refund, repeat: 'never', queryBy: 'refundRef' } };

/** A sale whose first attempt was called declined, and is paid after all, beside its second. */
async function paidTwice(): Promise<{ readonly bench: Bench; readonly paymentId: string; readonly first: string; readonly second: string }> {
  const bench = await Bench.started({ capabilities });
  const { paymentId, attemptRef: first } = await bench.started();
  await bench.take('pay').answer(outcomes.declined());
  const { attemptRef: second } = await bench.started('130000000000000002', 3850, { paymentId });
  await bench.take('pay').answer(outcomes.paid({ order: facts({ gatewayRef: 'G2' }) }));
  await bench.clock.pass(60);
  await bench.take('query').answer(outcomes.paid());
  return { bench, paymentId, first, second };
}

/** The command over this till; whatever it asks the gateway is paid, and given back. */
async function run(bench: Bench, options: RefundOptions): Promise<{ readonly code: number; readonly last: Readonly<Record<string, unknown>> | undefined }> {
  const gateways = new Map([['bench', { policy: { connectSeconds: 1, answerTimeoutSeconds: 1 }, gateway: { names: { en: 'Bench' } } }]]);
  const output = { ...printed(), bytes: () => expect.unreachable('no bytes') };
  let isOver = false;
  const running = refund(openedOver(bench, gateways), options, output, never).finally(() => {
    isOver = true;
  });
  running.catch(() => undefined);
  while (!isOver) {
    const request = bench.pending.shift();
    if (request === undefined) await new Promise((done) => setImmediate(done));
    else await request.answer(request.call === 'query' ? outcomes.paid() : outcomes.refunded());
  }
  return { code: await running, last: output.lines.at(-1) };
}

const refundsOf = (bench: Bench, paymentId: string): readonly (readonly [string, string])[] => bench.payment(paymentId).refunds.map(({ attemptRef, state }) => [attemptRef, state] as const);

describe('a refund of a sale that was paid twice', () => {
  it.each(['38.50', undefined])('case 8: of one attempt isn’t taken for done where the other’s, open when the command began, went through (amount %s)', async (amount) => {
    const { bench: before, paymentId, first, second } = await paidTwice();
    await before.till.call('refund', { commandId: 'cut-off', paymentId, attemptRef: second, amount: makeAmount(3850, 'CNY'), reason: 'returned' });
    await before.take('refund').end(lost);
    const bench = before.reborn();
    expect(await run(bench, { payment: first, amount })).toMatchObject({ code: 0, last: { state: 'refunded' } });
    expect(refundsOf(bench, paymentId)).toEqual([[second, 'refunded'], [first, 'refunded']]);
  });

  it.each(['38.50', undefined])('case 8: of the one that was open when the command began is that one, and no second (amount %s)', async (amount) => {
    const { bench: before, paymentId, second } = await paidTwice();
    await before.till.call('refund', { commandId: 'cut-off', paymentId, attemptRef: second, amount: makeAmount(3850, 'CNY'), reason: 'returned' });
    await before.take('refund').end(lost);
    const bench = before.reborn();
    expect(await run(bench, { payment: second, amount })).toMatchObject({ code: 0, last: { state: 'refunded' } });
    expect(refundsOf(bench, paymentId)).toEqual([[second, 'refunded']]);
  });

  it('case 8: under the name of the other attempt’s refund, or of nobody’s number, is wrong usage; the sale’s own number is either’s', async () => {
    const { bench, paymentId, first, second } = await paidTwice();
    const named = { amount: '38.50', request: 'job-1' };
    const done = await run(bench, { ...named, payment: second });
    expect(done).toMatchObject({ code: 0, last: { state: 'refunded' } });
    for (const payment of [first, 'NOBODYS-NUMBER']) await expect(run(bench, { ...named, payment })).rejects.toMatchObject({ code: 64 });
    for (const payment of [second, bench.payment(paymentId).number]) expect(await run(bench, { ...named, payment })).toMatchObject({ code: 0, last: { refundRef: done.last?.['refundRef'] } });
    expect(refundsOf(bench, paymentId)).toEqual([[second, 'refunded']]);
  });
});
