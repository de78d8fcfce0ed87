/** The day's totals, what its paper leaves out, and what is carried over: never added where the directions or the currencies differ. */
import { describe, expect, it } from 'vitest';
import type { CarriedOver } from '../contract/types.ts';
import { makeAmount } from '../money/amount.ts';
import type { PaymentRecord, RefundRecord } from '../journal/storage.ts';
import { dayReceipt } from '../receipt/day-receipt.ts';
import { Bench, outcomes } from '../testing/bench.ts';
import { journalOf, paymentRecord, refundRecord } from '../testing/day-records.ts';
import { dayOnPaper } from './day-paper.ts';
import { dayTotals } from './day.ts';
import { carriedCheck } from './desk.ts';

const day = '2026-11-21';
const open = { state: 'unknown', verdict: 'notKnownYet', open: true } as const;

function totalsOf(payments: readonly PaymentRecord[], refunds: readonly RefundRecord[]): ReturnType<typeof dayTotals> {
  return dayTotals(journalOf(payments, refunds).daySums({ fromDay: day, toDay: day, filter: {} }));
}

describe('what is not known yet', () => {
  it('is told of sales and of refunds apart, and in each currency', () => {
    const sales = [
      paymentRecord({ paymentId: '1', ...open }), paymentRecord({ paymentId: '2', ...open, state: 'review', amountMinor: 670 }), paymentRecord({ paymentId: '3', ...open, currency: 'AUD', amountMinor: 900 }),
      paymentRecord({ paymentId: '4' }),
    ];
    const [, , , paid = paymentRecord({ paymentId: '4' })] = sales;
    expect(totalsOf(sales, [refundRecord(paid, 'R1', { state: 'pending', open: true }), refundRecord(paid, 'R2')]).open).toEqual([
      { kind: 'sale', currency: 'AUD', count: 1, minor: 900 }, { kind: 'sale', currency: 'CNY', count: 2, minor: 4520 }, { kind: 'refund', currency: 'CNY', count: 1, minor: 1000 },
    ]);
  });

  it('is told of the day before in the same words', async () => {
    const bench = await Bench.started();
    const [sale, paid] = [paymentRecord({ paymentId: '1', ...open, day: '2026-11-20' }), paymentRecord({ paymentId: '2', day: '2026-11-20' })];
    bench.journal.append([], { payments: [sale, paid], refunds: [refundRecord(paid, 'R1', { state: 'pending', open: true })], moves: [], shifts: [], printJobs: [], commands: [] });
    const { dayBefore } = await bench.till.call('day', { day, filter: {} });
    expect(dayBefore?.open).toEqual([{ kind: 'sale', currency: 'CNY', count: 1, minor: 3850 }, { kind: 'refund', currency: 'CNY', count: 1, minor: 1000 }]);
  });

  it('has a sum of each currency before a shift opens or closes, the store’s first', () => {
    const entry = (minor: number, currency: 'AUD' | 'CNY'): CarriedOver => ({ kind: 'payment', number: '1', reference: 'A', amount: makeAmount(minor, currency), startedAt: 0 });
    const carried = [entry(700, 'AUD'), entry(2600, 'CNY'), entry(400, 'CNY')];
    expect(carriedCheck('openPayments', carried, 'CNY')).toEqual({ what: 'openPayments', fine: false, count: 3, amounts: [makeAmount(3000, 'CNY'), makeAmount(700, 'AUD')] });
    expect(carriedCheck('openPayments', [], 'CNY')).toEqual({ what: 'openPayments', fine: true, count: 0, amounts: [] });
  });
});

describe('the day on paper', () => {
  async function printed(rows: number): Promise<{ readonly rowsLeftOut: number | null; readonly text: string }> {
    const bench = await Bench.started({ printer: true });
    await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    const payments = Array.from({ length: rows - 1 }, (_none, index) => paymentRecord({ paymentId: String(index) }));
    bench.journal.append([], { payments, refunds: [], moves: [], shifts: [], printJobs: [], commands: [] });
    const reply = await bench.till.call('printDay', { day });
    await bench.clock.pass(1);
    const document = bench.printed.at(-1)?.document;
    return { rowsLeftOut: reply.kind === 'done' ? reply.rowsLeftOut : null, text: JSON.stringify(document?.blocks ?? []) };
  }

  it('has its list up to three hundred rows', async () => {
    const { rowsLeftOut, text } = await printed(300);
    expect(rowsLeftOut).toBe(0);
    expect(text.match(/WeChat/g)?.length).toBeGreaterThan(299);
  });

  it('says so, and tells the screen, where the list is longer', async () => {
    const { rowsLeftOut, text } = await printed(412);
    expect(rowsLeftOut).toBe(412);
    expect(text).toContain('Left out: 412 rows');
    expect(text.match(/WeChat/g)?.length).toBeLessThan(3);
  });

  it('is the same from the journal alone, which is what the command line has', async () => {
    const bench = await Bench.started({ printer: true });
    await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    await bench.till.call('printDay', { day });
    await bench.clock.pass(1);
    const printed = bench.printed.at(-1)?.document;
    expect(printed).toBeDefined();
    const shop = { storeName: 'Corner shop', terminalId: 'T01', timezone: 'Asia/Shanghai', locale: 'en', header: [], footer: [], training: false } as const;
    const read = dayOnPaper(bench.journal, day, { printedAt: bench.clock.wall() - 1000, cashShown: true, nameOf: (operatorId) => ({ operatorId, name: operatorId }) });
    expect(dayReceipt(read, shop, {}).blocks).toEqual(printed?.blocks);
  });
});
