/** What hangs on an identity and can't be read is counted with it: its identity stands in no projection (CASES 6). */
import { expect, it } from 'vitest';
import { gateways } from '../gateways/registry.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench, lost, outcomes } from '../testing/bench.ts';
import { hangingOn, type Matters } from './hanging.ts';

/** Of a gateway by this name, where none of its payments can be read. */
function hanging({ journal }: Bench, id: string): Matters | null {
  const [gateway] = gateways;
  if (gateway === undefined) throw new Error('no gateway');
  const view = (): never => {
    throw new Error('nothing can be read');
  };
  const identity = { origin: 'https://bench.example', account: 'another' };
  return hangingOn({ ...gateway, id }, identity, { reader: journal, active: () => [], load: () => null, unreadable: () => journal.payments({ by: 'newest', count: 9 }), view, dayBefore: () => '2026-11-21' });
}

it('case 6: what is open or may be refunded and can’t be read hangs on its gateway, whatever its identity was', async () => {
  const bench = await Bench.started();
  const whole = await bench.started('130000000000000001', 500);
  await bench.take('pay').answer(outcomes.paid());
  await bench.till.call('refund', { commandId: 'refund-1', paymentId: whole.paymentId, amount: makeAmount(500, 'CNY'), reason: 'returned' });
  await bench.take('refund').answer(outcomes.refunded());
  expect(hanging(bench, 'bench')).toBeNull();
  const returned = await bench.started('130000000000000002', 900);
  await bench.take('pay').answer(outcomes.paid());
  expect(hanging(bench, 'bench')).toMatchObject({ unreadable: [], refundable: 1 });
  await bench.till.call('refund', { commandId: 'refund-2', paymentId: returned.paymentId, amount: makeAmount(900, 'CNY'), reason: 'returned' });
  await bench.take('refund').end(lost);
  const open = await bench.started('130000000000000003', 3850);
  const found = hanging(bench, 'bench');
  expect(found).toMatchObject({ open: [], openRefunds: [], refundable: 0 });
  expect(found?.unreadable.toSorted()).toEqual([returned.number, open.number]);
  expect(hanging(bench, 'another')).toBeNull();
});
