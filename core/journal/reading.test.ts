/** What the command line finds: a whole reference first, and only without one what Find on the screens finds. */
import { describe, expect, it } from 'vitest';
import { Bench, outcomes } from '../testing/bench.ts';
import { makeUnreadable } from '../testing/unreadable.ts';
import { JournalReading } from './reading.ts';

async function sold(bench: Bench, saleRef: string, minor: number, code: string): Promise<string> {
  const { paymentId } = await bench.started(code, minor, { saleRef });
  await bench.take('pay').answer(outcomes.paid({ order: { gatewayRef: `G${saleRef}-at-gateway`, walletRef: null, wallet: null, payerId: null, paidAt: null } }));
  return paymentId;
}

describe('search', () => {
  it('takes a whole reference as it stands, then one in another case, then either end, an amount or the last four; else nothing', async () => {
    const bench = await Bench.started();
    const ten = await sold(bench, 'ORDER-10', 3850, '130000000000000011');
    const hundred = await sold(bench, 'ORDER-100', 4520, '130000000000004129');
    const reading = new JournalReading(bench.journal, { clock: bench.clock, gatewayNames: (id) => ({ 'zh-CN': id, en: id }), refundCapability: () => null });
    const found = (text: string): readonly unknown[] => reading.search(text, 'CNY', 10).map(({ payment, matched, exact }) => [payment.paymentId, matched, exact]);

    expect(found('ORDER-10')).toEqual([[ten, 'saleRef', true]]);
    // Whole in another case is whole: the longer one that begins with it isn't meant.
    expect(found('order-10')).toEqual([[ten, 'saleRef', true]]);
    expect(found(ten)).toEqual([[ten, 'paymentId', true]]);
    expect(new Set(found('ORDER-1'))).toEqual(new Set([[ten, 'saleRef', false], [hundred, 'saleRef', false]]));
    expect(found('r-100')).toEqual([[hundred, 'saleRef', false]]);
    expect(found('45.20')).toEqual([[hundred, 'amount', false]]);
    expect(found('4129')).toEqual([[hundred, 'last4', false]]);
    for (const nothing of ['', ' ', 'ORD', 'RDER-1', '45.21', ten.slice(0, 10)]) expect(found(nothing), nothing).toEqual([]);
    expect(reading.search('ORDER-1', 'CNY', 1)).toHaveLength(1);
  });
});

it('what can’t be read ends neither a day nor a search: the others are there, and its record is told apart', async () => {
  const bench = await Bench.started();
  const unreadable = await sold(bench, 'ORDER-10', 3850, '130000000000000011');
  const other = await sold(bench, 'ORDER-11', 900, '130000000000000012');
  makeUnreadable(bench, unreadable);
  const reading = (): JournalReading => new JournalReading(bench.journal, { clock: bench.clock, gatewayNames: (id) => ({ 'zh-CN': id, en: id }), refundCapability: () => null });
  const day = reading();
  const { payments, totals } = day.day('2026-11-21');
  expect([...payments].map(({ payment }) => payment.paymentId)).toEqual([other]);
  expect(day.unreadable().map(({ paymentId }) => paymentId)).toEqual([unreadable]);
  expect(totals).toEqual([{ gateway: 'bench', currency: 'CNY', paid: 4750, refunded: 0, net: 4750 }]);
  const search = reading();
  expect(search.search('ORDER-10', 'CNY', 9)).toEqual([]);
  expect(search.unreadable().map(({ paymentId }) => paymentId)).toEqual([unreadable]);
  const part = reading();
  expect(part.search('ORDER-1', 'CNY', 9).map(({ payment }) => payment.paymentId)).toEqual([other]);
  expect(part.unreadable()).toHaveLength(1);
  expect(part.onReceipt(unreadable)).toBeNull();
});
