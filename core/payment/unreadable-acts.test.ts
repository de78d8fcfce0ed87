/** What a person wants of a payment that can't be read is refused by what it is: on record, and its money not known. */
import { describe, expect, it } from 'vitest';
import { JournalUnavailable } from '../journal/storage.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench, lost, outcomes } from '../testing/bench.ts';
import { makeUnreadable } from '../testing/unreadable.ts';

interface Unreadable {
  readonly bench: Bench;
  readonly paymentId: string;
  readonly number: string;
  readonly attemptRef: string;
  readonly said: { readonly key: 'paymentUnreadable'; readonly values: { readonly number: string } };
}

/** A payment of 38.50, paid or without an outcome, that the next process of the till can't read. */
async function unreadable(how: 'paid' | 'open', change: { readonly command?: string } = {}): Promise<Unreadable> {
  const before = await Bench.started();
  const { paymentId, number, attemptRef } = await before.started('130000000000000001', 3850, change.command === undefined ? {} : { commandId: change.command });
  if (how === 'paid') await before.take('pay').answer(outcomes.paid());
  else await before.take('pay').end(lost);
  makeUnreadable(before, paymentId);
  const bench = before.reborn();
  await bench.till.start();
  return { bench, paymentId, number, attemptRef, said: { key: 'paymentUnreadable', values: { number } } };
}

const amount = makeAmount(3850, 'CNY');

describe('a payment on record that can’t be read', () => {
  it('is not refunded, nor recorded as given back elsewhere, and nobody says that there is none', async () => {
    const { bench, paymentId, said } = await unreadable('paid');
    const refused = { kind: 'refused', message: said };
    expect(await bench.till.call('refundPlan', { paymentId })).toMatchObject(refused);
    expect(await bench.till.call('refund', { commandId: 'r1', paymentId, amount, reason: 'returned' })).toMatchObject(refused);
    expect(await bench.till.call('recordOutsideRefund', { commandId: 'r2', paymentId, amount, reason: 'returned' })).toMatchObject(refused);
    expect(await bench.till.call('askRefundNow', { paymentId, refundRef: 'R1' })).toMatchObject(refused);
    expect(bench.pending).toEqual([]);
  });

  it('case 38: is not taken for another till’s receipt: no gateway is asked about its number', async () => {
    const { bench, attemptRef, number, said } = await unreadable('paid');
    expect(await bench.till.call('lookUp', { reference: attemptRef })).toEqual({ kind: 'notKnown', message: said });
    expect(bench.pending).toEqual([]);
    expect(bench.till.submitScan(attemptRef, null, false)).toEqual({ kind: 'other', scanId: null, message: said });
    expect(bench.till.submitScan(number, null, true)).toEqual({ kind: 'other', scanId: null, message: said });
  });

  it('is neither tried again, nor paid in cash, nor settled, asked about, given up or printed', async () => {
    const { bench, paymentId, said } = await unreadable('open');
    const refused = { kind: 'refused', message: said };
    expect(await bench.pay('130000000000000009', 3850, { paymentId })).toMatchObject(refused);
    expect(await bench.till.call('payCash', { commandId: 'c1', amount, receivedMinor: 3850, paymentId })).toMatchObject(refused);
    expect(await bench.till.call('returnCash', { commandId: 'c2', paymentId })).toMatchObject(refused);
    expect(await bench.till.call('settle', { commandId: 's1', paymentId, as: 'notPaid', how: 'other', sentence: 'in the portal' })).toMatchObject(refused);
    expect(await bench.till.call('enterOrderNumber', { commandId: 'o1', paymentId, number: '1234567890' })).toMatchObject(refused);
    expect(await bench.till.call('askNow', { paymentId })).toMatchObject(refused);
    expect(await bench.till.call('giveUp', { commandId: 'g1', paymentId })).toMatchObject(refused);
    expect(await bench.till.call('setNotWanted', { paymentId, on: true })).toMatchObject(refused);
    expect(await bench.till.call('printReceipt', { paymentId })).toMatchObject(refused);
    expect(await bench.till.call('printEvidence', { paymentId })).toMatchObject(refused);
    expect(bench.pending).toEqual([]);
  });

  it('case 8: is what a repeat of its own command is told of, whatever else the repeat says', async () => {
    const { bench, said } = await unreadable('open', { command: 'same' });
    const refused = { kind: 'refused', message: said };
    expect(await bench.pay('130000000000000009', 900, { commandId: 'same', assurances: ['anotherCustomer'] })).toMatchObject(refused);
    expect(await bench.till.call('payCash', { commandId: 'same', amount, receivedMinor: 3850 })).toMatchObject(refused);
  });

  it('is counted among what is not known where the journal can’t be written: its goods are kept, too', async () => {
    const { bench } = await unreadable('open');
    bench.journal.append = () => {
      throw new JournalUnavailable('notWritable', 'no space');
    };
    expect(await bench.pay('130000000000000009', 900)).toMatchObject({ kind: 'refused', message: { key: 'journalStoppedWithOpen', values: { n: '1' } } });
  });

  it('leaves what is not on record as it was: there is no such payment', async () => {
    const { bench } = await unreadable('open');
    expect(await bench.till.call('refundPlan', { paymentId: 'none' })).toMatchObject({ kind: 'refused', message: { key: 'paymentNotFound' } });
    expect(await bench.till.call('lookUp', { reference: 'nobody-knows' })).toMatchObject({ kind: 'notFound' });
  });
});
