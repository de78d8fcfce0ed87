/** A report that can't read a payment carries it over all the same, by what the projections hold of it. */
import { expect, it } from 'vitest';
import { readX } from '../journal/shift-reading.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench, lost, outcomes } from '../testing/bench.ts';
import { makeUnreadable } from '../testing/unreadable.ts';

it('what is open of a payment that can’t be read is in the X, in the Z, in the checks before it, and counted before anybody quits', async () => {
  const before = await Bench.started();
  await before.till.call('openShift', { commandId: 'open-1', floatMinor: 0 });
  const returned = await before.started('130000000000000002', 900);
  await before.take('pay').answer(outcomes.paid());
  await before.till.call('refund', { commandId: 'refund-1', paymentId: returned.paymentId, amount: makeAmount(250, 'CNY'), reason: 'returned' });
  await before.take('refund').end(lost);
  before.pending.length = 0;
  const sale = await before.started('130000000000000001', 3850);
  await before.take('pay').end(lost);
  const whileReadable = readX(before.journal, before.clock)?.sums.carriedOver;
  expect(whileReadable?.map(({ kind, number, amount }) => [kind, number, amount.minor])).toEqual([['payment', sale.number, 3850], ['refund', returned.number, 250]]);
  for (const { paymentId } of [sale, returned]) makeUnreadable(before, paymentId);

  expect(readX(before.journal, before.clock)?.sums.carriedOver).toEqual(whileReadable);
  const bench = before.reborn();
  await bench.till.start();
  expect(bench.till.status().openCount).toBe(2);
  const checks = (await bench.till.call('shift', {})).checks.filter(({ what }) => what === 'openPayments' || what === 'openRefunds');
  expect(checks.map(({ what, fine, count, amounts }) => [what, fine, count, amounts.map(({ minor }) => minor)])).toEqual([['openPayments', false, 1, [3850]], ['openRefunds', false, 1, [250]]]);
  await bench.till.call('countDrawer', { commandId: 'count-1', countedMinor: 0 });
  const closed = await bench.till.call('closeShift', { commandId: 'close-1', leftMinor: 0 });
  expect(closed).toMatchObject({ kind: 'closed', z: { report: { sums: { carriedOver: whileReadable } } } });
});
