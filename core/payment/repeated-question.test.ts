/** A sale's command that a screen says again after a lost link, where the till has answered, or will answer, with a question. */
import { describe, expect, it } from 'vitest';
import type { Assurance, PayReply } from '../contract/types.ts';
import type { Capabilities } from '../gateways/gateway.ts';
import { JournalUnavailable } from '../journal/storage.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench, outcomes, withUndo } from '../testing/bench.ts';
import { settle } from '../testing/manual-clock.ts';

/** The aggregator's kind: it shows codes, and nothing closes them. */
const open: Capabilities = { ...withUndo, mpm: true, reverse: null, present: { queryBy: 'attemptRef', reverse: null, firstQueryAfterSeconds: 2, validSecondsMost: 240, wallets: [] } };

async function untilQuiet(bench: Bench): Promise<void> {
  for (let second = 0; second < 240; second += 1) {
    await bench.clock.pass(1);
    while (bench.pending[0]?.call === 'query') await bench.take('query').answer(outcomes.waiting());
  }
}

/** A code of 38.50 whose time is over and that may still be paid, and another customer's scan of the same amount. */
async function beforeAnother() {
  const bench = await Bench.started({ capabilities: open });
  const { paymentId, attemptRef } = await bench.shown();
  await bench.take('present').answer(outcomes.shown());
  await untilQuiet(bench);
  const scan = bench.scan('130000000000000004');
  if (scan.kind !== 'paymentCode') throw new Error(scan.kind);
  const say = async (commandId: string, assurances: readonly Assurance[] = ['anotherCustomer'], minor = 3850): Promise<PayReply> =>
    bench.till.call('pay', { commandId, scanId: scan.scanId, amount: makeAmount(minor, 'CNY'), assurances });
  return { bench, paymentId, attemptRef, say };
}

const turns = [['paid', outcomes.paid()], ['being paid', outcomes.paying()], ['paid otherwise than we asked', outcomes.unknown('mismatch')]] as const;

describe('the same command, after its answer was lost', () => {
  it.each(turns)('case 11: of a code that turned out to be %s it is the same question again, and only a command of its own charges', async (_what, answer) => {
    const { bench, paymentId, say } = await beforeAnother();
    const said = say('once');
    await settle();
    await bench.take('query').answer(answer);
    const first = await said;
    expect(first).toMatchObject({ kind: 'askSameCustomer', other: { paymentId } });
    const queries = bench.count('query');
    const again = say('once');
    await settle();
    expect([bench.count('query') - queries, bench.count('pay')]).toEqual([0, 0]);
    expect(await again).toEqual(first);
    const second = say('another');
    await settle();
    if (bench.pending[0]?.call === 'query') await bench.take('query').answer(answer);
    expect(await second).toMatchObject({ kind: 'started' });
    expect(bench.count('pay')).toBe(1);
  });

  it('case 11: a question asked without any word stays one too, whatever came of the other payment meanwhile', async () => {
    const { bench, paymentId, say } = await beforeAnother();
    const first = await say('once', []);
    expect(first).toMatchObject({ kind: 'askSameCustomer', other: { paymentId, quiet: true } });
    await bench.till.call('askNow', { paymentId });
    await bench.take('query').answer(outcomes.paid());
    await bench.till.call('settle', { commandId: 'recorded', paymentId, as: 'paid', how: 'seenInPortal', sentence: null });
    expect(bench.payment(paymentId).open).toBe(false);
    expect(await say('once', [])).toEqual(first);
    expect(bench.count('pay')).toBe(0);
  });

  it('case 11: a code to show is asked about the same', async () => {
    const { bench, paymentId } = await beforeAnother();
    const show = (commandId: string) => bench.till.call('present', { commandId, amount: makeAmount(3850, 'CNY'), assurances: ['anotherCustomer'] });
    const said = show('once');
    await settle();
    await bench.take('query').answer(outcomes.paid());
    const first = await said;
    expect(first).toMatchObject({ kind: 'askSameCustomer', other: { paymentId } });
    expect(await show('once')).toEqual(first);
    expect(await show('another')).toMatchObject({ kind: 'started' });
    expect(bench.count('present')).toBe(2);
  });

  it('case 8: another amount, code or word under the same number is no repeat', async () => {
    const { bench, say } = await beforeAnother();
    expect(await say('once', [])).toMatchObject({ kind: 'askSameCustomer' });
    const said = say('once');
    await settle();
    await bench.take('query').answer(outcomes.waiting());
    expect(await said).toMatchObject({ kind: 'started' });
    const other = await beforeAnother();
    expect(await other.say('once', [])).toMatchObject({ kind: 'askSameCustomer' });
    expect(await other.say('once', [], 900)).toMatchObject({ kind: 'started', payment: { amount: { minor: 900 } } });
  });
});

describe('the same command, while its answer is waited for', () => {
  it('case 11: has the first one\'s answer, not one by what is known by now', async () => {
    const { bench, paymentId, say } = await beforeAnother();
    await bench.till.call('askNow', { paymentId });
    const older = bench.take('query');
    const first = say('once');
    await settle();
    await older.answer(outcomes.paying());
    const second = say('once');
    await settle();
    await bench.take('query').answer(outcomes.paying());
    expect(await first).toMatchObject({ kind: 'askSameCustomer', other: { paymentId, reviewReason: 'payerIsPaying' } });
    expect(await second).toEqual(await first);
    expect(bench.count('pay')).toBe(0);
  });
});

describe('a journal that refuses the question', () => {
  it('case 11: refuses the sale once, and nothing is left that fails unheard later', async () => {
    const { bench, paymentId } = await beforeAnother();
    const other = bench.show(3850, { assurances: ['anotherCustomer'] });
    await settle();
    await bench.take('query').answer(outcomes.waiting());
    expect(await other).toMatchObject({ kind: 'started' });
    await bench.take('present').answer(outcomes.shown('https://qr.example/2'));
    await untilQuiet(bench);
    await bench.till.call('askNow', { paymentId });
    const older = bench.take('query');
    const append = bench.journal.append.bind(bench.journal);
    // Full for a question, not for the answer to the one that is out.
    bench.journal.append = (rows, changes) => {
      if (rows.some(({ type }) => type === 'personActed')) throw new JournalUnavailable('notWritable', 'no space left');
      append(rows, changes);
    };
    const unheard: unknown[] = [];
    const hear = (error: unknown): void => void unheard.push(error);
    process.on('unhandledRejection', hear);
    const said = bench.pay('130000000000000005', 3850, { assurances: ['anotherCustomer'] });
    await settle();
    await older.answer(outcomes.waiting());
    expect(await said).toMatchObject({ kind: 'refused', message: { key: 'journalStoppedWithOpen' } });
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', hear);
    expect(unheard).toEqual([]);
  });
});
