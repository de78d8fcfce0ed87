/** Tests of the day's sums as the screen lays them out: currencies apart, cash hidden where it must be, shares that add up. */
import { describe, expect, it } from 'vitest';
import { dayHead, hourBars, shares, sumTables } from './day-sums.ts';
import { dayPlus, shopDayOf, spanOf } from './days.ts';
import { sampleDayView } from './samples-day.ts';

const { totals } = sampleDayView;

describe('the sums of a day', () => {
  it('put the store’s currency in front and the others beside it, never added', () => {
    const head = dayHead(totals, 'CNY');
    expect(head.main).toMatchObject({ currency: 'CNY', netMinor: 972_260, sales: 202 });
    expect(head.others.map(({ currency, netMinor }) => [currency, netMinor])).toEqual([['AUD', 21_460]]);
  });
  it('have one table for each currency, whose rows add up to its total', () => {
    for (const rows of [totals.byWallet, totals.byGateway, totals.byOperator]) {
      for (const table of sumTables(rows, totals, 'CNY')) {
        expect(table.rows.reduce((sum, row) => sum + row.netMinor, 0)).toBe(table.total.netMinor);
      }
    }
  });
});

describe('the hours', () => {
  it('reach from the first to the last with a sale, then or a week before', () => {
    const bars = hourBars(sampleDayView, 'CNY', 'takings', 0);
    expect([bars[0]?.hour, bars.at(-1)?.hour, bars.length]).toEqual(['08', '21', 14]);
    expect(bars.reduce((sum, bar) => sum + bar.now, 0)).toBe(981_010);
  });
  it('begin where the shop’s day begins', () => {
    const late = { ...sampleDayView, totals: { ...totals, byHour: [{ ...totals.byHour[0], key: '23' }, { ...totals.byHour[0], key: '02' }] as typeof totals.byHour }, weekBefore: [] };
    expect(hourBars(late, 'CNY', 'sales', 4).map(({ hour }) => hour)).toEqual(['23', '00', '01', '02']);
  });
});

it('shares are whole per cents that are a hundred together', () => {
  const parts = shares(totals.byWallet, 'CNY');
  expect(parts.map(({ key }) => key)).toEqual(['wechat', 'alipay', 'unionpay', 'cash']);
  expect(parts.reduce((sum, { percent }) => sum + percent, 0)).toBe(100);
  expect(shares([], 'CNY')).toEqual([]);
});

describe('days', () => {
  it('follow the shop’s clock and its change of day', () => {
    const at = Date.UTC(2025, 10, 20, 18, 30);
    expect(shopDayOf(at, { timezone: 'Asia/Shanghai', dayChangeHour: 0 })).toBe('2025-11-21');
    expect(shopDayOf(at, { timezone: 'Asia/Shanghai', dayChangeHour: 4 })).toBe('2025-11-20');
  });
  it('run over months, years and leap days', () => {
    expect([dayPlus('2025-12-31', 1), dayPlus('2024-03-01', -1), dayPlus('2025-11-20', -7)]).toEqual(['2026-01-01', '2024-02-29', '2025-11-13']);
  });
  it('span a day, the seven up to it, or its month as far as it has come', () => {
    expect(spanOf('2025-11-20', 'day', '2025-11-20')).toEqual({ fromDay: '2025-11-20', toDay: '2025-11-20' });
    expect(spanOf('2025-11-20', 'week', '2025-11-20')).toEqual({ fromDay: '2025-11-14', toDay: '2025-11-20' });
    expect(spanOf('2025-11-20', 'month', '2025-11-20')).toEqual({ fromDay: '2025-11-01', toDay: '2025-11-20' });
    expect(spanOf('2025-02-10', 'month', '2025-11-20')).toEqual({ fromDay: '2025-02-01', toDay: '2025-02-28' });
  });
});
