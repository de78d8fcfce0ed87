/** Headings, amounts, times and cells of statements, as real files have them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateways } from '../gateways/registry.ts';
import { amountDigits } from '../money/amount.ts';
import { shiftDay } from '../time/civil-day.ts';
import { amountCell } from './amount-cell.ts';
import { findColumns, findMapped } from './columns.ts';
import { profilesOf } from './profiles.ts';
import { cleanCell, kindOf, readRow, type RowReading } from './read-row.ts';
import { statementBounds } from './reconcile-days.ts';
import { dayOf, daysIn } from './statement-time.ts';

const profiles = profilesOf(gateways);

describe('an amount cell', () => {
  it('is read exactly, in all the ways in which statements print it', () => {
    const read: readonly (readonly [string, number])[] = [
      ['38.50', 3850], ['1,234.50', 123_450], ['¥ 38.50', 3850], ['¥38.5', 3850], ['-38.50', -3850], ['¥-38.50', -3850], ['-¥38.50', -3850], ['−38.50', -3850], ['(38.50)', -3850],
      ['３８．５０', 3850], ['38.50元', 3850], ['A$14.50', 1450], ['CNY 14.50', 1450], ['14.50 AUD', 1450], ['+3', 300], ['0.00', 0], ['38.5000', 3850], ['90071992547.40', 9_007_199_254_740],
    ];
    for (const [text, minor] of read) expect([text, amountCell(text, 'major', 'CNY')]).toEqual([text, minor]);
    expect(amountCell('3850', 'minor', 'CNY')).toBe(3850);
    expect(amountCell('3850分', 'minor', 'CNY')).toBe(3850);
    expect(amountCell('3850', 'major', 'JPY')).toBe(3850);
  });

  it('is nothing where it could be read in two ways, or not at all', () => {
    for (const text of ['', '-', 'abc', '1,5', '1.234,50', '38.505', '--3', '-(3)', '3e2', '0x10', '1 2', '38.50分', '12345678901234567890']) expect([text, amountCell(text, 'major', 'CNY')]).toEqual([text, null]);
    for (const text of ['38.50', '38.50元']) expect(amountCell(text, 'minor', 'CNY')).toBeNull();
  });

  it('comes back from every amount that the till prints', () => {
    fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), (minor) => {
      expect(amountCell(amountDigits({ minor, currency: 'CNY' }), 'major', 'CNY')).toBe(minor);
    }));
  });
});

describe('the columns of a statement', () => {
  const shouqianba = ['交易时间', '商户订单号', '商户流水号', '收钱吧订单号', '第三方订单号', '交易类型', '支付方式', '订单金额', '实收金额', '状态', '终端号', '操作员', '交易摘要'];

  it('are found under lines that are no table', () => {
    const found = findColumns(profiles, [['#收钱吧交易对账单'], ['#起始时间：[2026-11-21 00:00:00]，终止时间：[2026-11-21 23:59:59]'], shouqianba], null);
    expect(found).toMatchObject({ line: 2, gateway: 'shouqianba', amountUnit: 'major' });
    expect(found?.fields).toEqual(['time', 'attemptRef', 'refundRef', 'gatewayRef', 'walletRef', 'kind', null, 'amount', null, 'state', 'terminal', null, null]);
  });

  it('are found in English', () => {
    const found = findColumns(profiles, [['Omipay Transaction Report'], ['Order No', 'Out Order No', 'Refund No', 'Out Refund No', 'Type', 'Currency', 'Amount', 'Created (EST)', 'Platform', 'Status', 'POS No']], null);
    expect(found?.gateway).toBe('omipay');
    expect(found?.fields).toEqual(['gatewayRef', 'attemptRef', null, 'refundRef', 'kind', 'currency', 'amount', 'time', null, 'state', 'terminal']);
  });

  it('name the unit in the heading or in a line above, and are never guessed', () => {
    const unitOf = (...lines: string[][]): string | null => findColumns(profiles, lines, null)?.amountUnit ?? null;
    expect(unitOf(['商户订单号', '金额（元）'])).toBe('major');
    expect(unitOf(['商户订单号', '金额(分)'])).toBe('minor');
    expect(unitOf(['out_trade_no', 'Amount(CNY)'])).toBe('major');
    expect(unitOf(['out_trade_no', 'amount_fen', 'total (fen)'])).toBe('minor');
    expect(unitOf(['单位：分'], ['商户订单号', '金额'])).toBe('minor');
    expect(unitOf(['商户订单号', '金额'], ['A1', '38.50'])).toBeNull();
    expect(unitOf(['out_trade_no', 'amount'], ['A1', '3850'])).toBeNull();
  });

  it('are left to a person where nothing was recognised', () => {
    expect(findColumns(profiles, [['x', 'y', 'z'], ['1', '2', '3']], null)).toMatchObject({ line: 0, fields: [null, null, null], amountUnit: null });
    expect(findColumns(profiles, [], null)).toBeNull();
  });

  it('are read by the mapping that a person made', () => {
    const mapping = { columns: { y: 'attemptRef', z: 'amount' }, amountUnit: 'minor' } as const;
    expect(findMapped(profiles, [['title'], ['x', 'y', 'z']], mapping, 'ums')).toMatchObject({ line: 1, fields: [null, 'attemptRef', 'amount'], amountUnit: 'minor', gateway: 'ums' });
    expect(findMapped(profiles, [['x', 'y']], mapping, 'ums')).toBeNull();
  });
});

describe('a line of a statement', () => {
  const reading: RowReading = { fields: ['time', 'attemptRef', 'kind', 'amount', 'state', 'refundAmount'], amountUnit: 'major', currency: 'CNY' };
  const row = (...cells: string[]): unknown => readRow(cells, reading);

  it('loses what keeps a spreadsheet from rounding its cells', () => {
    for (const text of ['\t123', '`123', "'123", '="123"', ' 123 ', '`123\t']) expect(cleanCell(text)).toBe('123');
  });

  it('is a payment, a refund, an undoing or no payment, by its word or its sign', () => {
    expect(row('2026-11-21 10:00:00', 'A1', '收款', '38.50', '成功', '')).toMatchObject({ kind: 'payment', minor: 3850, day: '2026-11-21', outcome: 'done', attemptRef: 'A1' });
    expect(row('2026-11-21', 'A1', '退款', '38.50', '成功', '')).toMatchObject({ kind: 'refund', minor: -3850 });
    expect(row('2026-11-21', 'A1', '退款', '38.50', '成功', '10.00')).toMatchObject({ kind: 'refund', minor: -1000 });
    expect(row('2026-11-21', 'A1', '', '-38.50', '', '')).toMatchObject({ kind: 'refund', minor: -3850 });
    expect(row('2026-11-21', 'A1', '交易', '-38.50', '', '')).toMatchObject({ kind: 'refund', minor: -3850 });
    expect(row('2026-11-21', 'A1', '撤单', '-38.50', '撤单成功', '')).toMatchObject({ kind: 'undo', minor: -3850, outcome: 'done' });
    expect(row('2026-11-21', 'A1', 'Payment', '38.50', 'Refunded', '0.00')).toMatchObject({ kind: 'payment', minor: 3850, outcome: 'done' });
    expect(row('2026-11-21', 'A1', 'Refund', '-38.50', 'Refunding', '')).toMatchObject({ kind: 'refund', outcome: 'pending' });
    expect(row('2026-11-21', 'A1', '收款', '38.50', '已关闭', '')).toMatchObject({ outcome: 'failed' });
    expect(kindOf('提现')).toBe('other');
  });

  it('is none where it is a total, a remark or empty', () => {
    expect(row('合计', '', '', '38.50', '', '')).toBeNull();
    expect(row('Total', '', '', '38.50', '', '')).toBeNull();
    expect(row('#注意', '', '', '', '', '')).toBeNull();
    expect(row('', '', '', '38.50', '', '')).toBeNull();
    expect(row('2026-11-21', '', '收款', '38.50', '', '')).toMatchObject({ attemptRef: null, minor: 3850 });
  });
});

describe('times of statements', () => {
  it('are days in any of their forms', () => {
    for (const text of ['2026-11-21 10:42:19', '2026/11/21', '2026.11.21', '20261121104219', '20261121', '2026年11月21日', '21/11/2026 10:42', '11/21/2026', '２０２６-11-21']) expect([text, dayOf(text)]).toEqual([text, '2026-11-21']);
    for (const text of ['', '10:42', '2026-13-01', '12345678901234567890', '1.50']) expect([text, dayOf(text)]).toEqual([text, null]);
    expect(daysIn('#起始时间：[2026-11-01 00:00:00]，终止时间：[2026-11-20 23:59:59]')).toEqual(['2026-11-01', '2026-11-20']);
  });

  it('are counted by the calendar', () => {
    expect(shiftDay('2028-02-28', 1)).toBe('2028-02-29');
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01');
    expect(shiftDay('2026-01-01', -1)).toBe('2025-12-31');
    fc.assert(fc.property(fc.integer({ min: -20_000, max: 20_000 }), (count) => {
      expect(shiftDay(shiftDay('2026-11-21', count), -count)).toBe('2026-11-21');
    }));
  });

  it('begin on the gateway\'s clock, or on the shop\'s where it has none, also on the days when that one changes', () => {
    const days = { fromDay: '2026-11-21', toDay: '2026-11-21' };
    expect(statementBounds(profiles, days, 'shouqianba', 'Australia/Sydney')).toEqual({ from: Date.UTC(2026, 10, 20, 16), to: Date.UTC(2026, 10, 21, 16) });
    expect(statementBounds(profiles, days, 'omipay', 'Australia/Sydney')).toEqual({ from: Date.UTC(2026, 10, 20, 14), to: Date.UTC(2026, 10, 21, 14) });
    expect(statementBounds(profiles, days, 'unheard', 'Australia/Sydney')).toEqual({ from: Date.UTC(2026, 10, 20, 13), to: Date.UTC(2026, 10, 21, 13) });
    // Sydney's clock goes from 02:00 to 03:00 on 2026-10-04: that day has 23 hours.
    expect(statementBounds(profiles, { fromDay: '2026-10-04', toDay: '2026-10-04' }, 'unheard', 'Australia/Sydney')).toEqual({ from: Date.UTC(2026, 9, 3, 14), to: Date.UTC(2026, 9, 4, 13) });
  });
});
