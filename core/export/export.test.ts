/** The rows of an export and its sums: exact, on their own days, and equal to each other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentRecord, RefundRecord } from '../journal/storage.ts';
import { dayTable, type DayTableOptions } from './day-table.ts';
import { isAmountCell, type Cell, type FileTable } from './table.ts';
import { journalOf, morning, paymentRecord, refundRecord } from '../testing/day-records.ts';
import { zonedTime } from './zoned-time.ts';

function table(payments: readonly PaymentRecord[], refunds: readonly RefundRecord[] = [], change: Partial<DayTableOptions> = {}): FileTable {
  return dayTable({
    journal: journalOf(payments, refunds), query: { fromDay: '2026-11-21', toDay: '2026-11-21', filter: {} }, storeName: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'en',
    gatewayName: (id) => id.toUpperCase(), operatorName: (id) => (id === 'o1' ? 'Li' : 'Wang'), ...change,
  });
}

function rowsOf(made: FileTable): Record<string, Cell>[] {
  return [...made.pages].flat().map((row) => Object.fromEntries(made.columns.map((column, index) => [column.key, row[index] ?? null])));
}

describe('the table of a day', () => {
  const paid = paymentRecord({ paymentId: '1', saleRef: 'S-7' });

  it('has every column of a sale', () => {
    expect(rowsOf(table([paid]))).toEqual([{
      day: '2026-11-21', time: '2026-11-21T10:42:19+08:00', kind: 'Sale', number: 'T01-261121-1', amount: { minor: 3850, currency: 'CNY' }, counted: { minor: 3850, currency: 'CNY' }, outside: null, currency: 'CNY', wallet: 'WeChat',
      gateway: 'SHOUQIANBA', state: 'Paid', operator: 'Li', reference: 'T0125112000000000000001', gatewayRef: '7895259485000001', walletRef: '4200001234000000000000000001', saleRef: 'S-7', last4: '4129', refundOf: null,
    }]);
  });

  it('has a refund as a row of its own, on its own day, below zero', () => {
    const refund = refundRecord(paid, 'R1', { day: '2026-11-22', startedAt: morning + 86_400_000 });
    expect(rowsOf(table([paid], [refund])).map((row) => row['kind'])).toEqual(['Sale']);
    const next = rowsOf(table([paid], [refund], { query: { fromDay: '2026-11-22', toDay: '2026-11-22', filter: {} } }));
    expect(next).toEqual([expect.objectContaining({ kind: 'Refund', day: '2026-11-22', amount: { minor: -1000, currency: 'CNY' }, reference: 'R1', refundOf: 'T0125112000000000000001', operator: 'Wang' })]);
  });

  it('has the gateway’s own number of each refund, also where a sale has several', () => {
    const sold = paymentRecord({ paymentId: '1', references: [...paid.references, { value: 'OMI-1', kind: 'gatewayRefundRef' }, { value: 'OMI-2', kind: 'gatewayRefundRef' }] });
    const rows = rowsOf(table([sold], [refundRecord(sold, 'R1', { gatewayRefundRef: 'OMI-2' }), refundRecord(sold, 'R2', { gatewayRefundRef: 'OMI-1' }), refundRecord(sold, 'R3', { state: 'pending', open: true })]));
    expect(rows.filter((row) => row['kind'] === 'Refund').map((row) => [row['reference'], row['gatewayRef']])).toEqual([['R3', null], ['R2', 'OMI-1'], ['R1', 'OMI-2']]);
  });

  it('counts nothing of what was not paid, is open, or was recorded by a person', () => {
    const others = [
      paymentRecord({ paymentId: '2', state: 'declined', verdict: 'notPaid' }), paymentRecord({ paymentId: '3', state: 'review', verdict: 'notKnownYet', open: true }),
      paymentRecord({ paymentId: '4', state: 'settled', settledAs: 'paid' }),
    ];
    const made = table(others, [refundRecord(paid, 'R1', { paymentId: '2', state: 'pending', open: true })]);
    expect(rowsOf(made).map((row) => row['counted'])).toEqual([0, 0, 0, 0].map((minor) => ({ minor, currency: 'CNY' })));
    expect(made.sums().at(-1)?.rows).toEqual(expect.arrayContaining([['Not known yet', 'CNY', 1, { minor: 3850, currency: 'CNY' }], ['Refund not known yet', 'CNY', 1, { minor: 1000, currency: 'CNY' }], ['Recorded as paid', 'CNY', 1, { minor: 3850, currency: 'CNY' }]]));
    expect(made.sums()[0]?.rows).toEqual([]);
  });

  it('has what was given back elsewhere in a column and a sum of its own', () => {
    const made = table([paid], [refundRecord(paid, 'R1'), refundRecord(paid, 'R2', { way: 'outside', amountMinor: 250 }), refundRecord(paid, 'R3', { way: 'outside', amountMinor: 30 })]);
    const rows = rowsOf(made);
    expect(rows.filter((row) => row['outside'] !== null).map(({ kind, state, amount, counted, outside }) => ({ kind, state, amount, counted, outside }))).toEqual([30, 250].map((minor) => ({
      kind: 'Refund', state: 'Given back elsewhere', amount: { minor: -minor, currency: 'CNY' }, counted: { minor: 0, currency: 'CNY' }, outside: { minor: -minor, currency: 'CNY' },
    })));
    expect(made.sums()[0]?.rows).toEqual([['CNY', 'CNY', 1, { minor: 3850, currency: 'CNY' }, 1, { minor: 1000, currency: 'CNY' }, { minor: 2850, currency: 'CNY' }]]);
    expect(made.sums().at(-1)).toMatchObject({ title: 'Not in the totals', rows: [['Given back elsewhere', 'CNY', 2, { minor: 280, currency: 'CNY' }]] });
  });

  it('speaks the shop\'s language', () => {
    const made = table([paid], [], { locale: 'zh-CN' });
    expect(made.columns.map((column) => column.heading).slice(0, 6)).toEqual(['日期', '时间', '类型', '编号', '金额', '计入合计']);
    expect(rowsOf(made)[0]).toMatchObject({ kind: '收款', wallet: '微信', state: '已收' });
  });

  it('is whole over many pages', () => {
    const many = Array.from({ length: 2500 }, (_none, index) => paymentRecord({ paymentId: String(index), startedAt: morning + index }));
    const pages = [...table(many).pages];
    expect(pages.map((page) => page.length)).toEqual([1000, 1000, 500]);
    expect(new Set(pages.flat().map((row) => row[3])).size).toBe(2500);
  });

  it('has sums that equal its rows in every currency, whatever the day was like', () => {
    const sale = fc.record({ amountMinor: fc.integer({ min: 1, max: 5_000_000 }), currency: fc.constantFrom('CNY' as const, 'AUD' as const, 'JPY' as const), verdict: fc.constantFrom('paid' as const, 'notPaid' as const, 'notKnownYet' as const), wallet: fc.constantFrom('wechat' as const, 'cash' as const), refunds: fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 2 }) });
    fc.assert(fc.property(fc.array(sale, { maxLength: 30 }), (sales) => {
      const payments = sales.map(({ amountMinor, currency, verdict, wallet }, index) => paymentRecord({ paymentId: String(index), amountMinor, currency, verdict, wallet, gateway: wallet === 'cash' ? 'cash' : 'omipay', open: verdict === 'notKnownYet' }));
      const refunds = sales.flatMap(({ refunds: all }, index) => all.flatMap((amountMinor, place) => { const of = payments[index]; return of === undefined ? [] : [refundRecord(of, `R${index}-${place}`, { amountMinor })]; }));
      const made = table(payments, refunds);
      const counted = new Map<string, number>();
      for (const row of rowsOf(made)) {
        const cell = row['counted'] ?? null;
        if (isAmountCell(cell) && cell.minor !== 0) counted.set(cell.currency, (counted.get(cell.currency) ?? 0) + cell.minor);
      }
      for (const sums of made.sums().slice(0, 4)) {
        const net = new Map<string, number>();
        for (const row of sums.rows) {
          const cell = row.at(-1) ?? null;
          if (isAmountCell(cell)) net.set(cell.currency, (net.get(cell.currency) ?? 0) + cell.minor);
        }
        for (const currency of ['CNY', 'AUD', 'JPY']) expect(net.get(currency) ?? 0).toBe(counted.get(currency) ?? 0);
      }
    }));
  });
});

describe('times of an export', () => {
  it('carry the offset of the shop at that moment, through the hour that comes twice', () => {
    const time = zonedTime('Australia/Sydney');
    expect(time(Date.UTC(2026, 3, 4, 15, 30))).toBe('2026-04-05T02:30:00+11:00');
    expect(time(Date.UTC(2026, 3, 4, 16, 30))).toBe('2026-04-05T02:30:00+10:00');
    expect(zonedTime('America/St_Johns')(Date.UTC(2026, 10, 21, 2, 0, 1))).toBe('2026-11-20T22:30:01-03:30');
    expect(zonedTime('UTC')(Date.UTC(2026, 0, 1, 0, 0, 0))).toBe('2026-01-01T00:00:00+00:00');
  });
});
