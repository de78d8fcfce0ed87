/** Statement files of OMoney and the aggregator read back: bytes, headers, rows, days, sums and faults. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unified } from '../gateways/aggregator-test-client.ts';
import { omoneyCaller } from '../gateways/omoney-test-client.ts';
import { manualClock, startSimulator } from '../index.ts';
import type { GatewayId, ManualClock, Simulator } from '../index.ts';
import { send } from '../test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
  clock = manualClock(Date.UTC(2026, 10, 21, 15, 59, 0));
  simulator = await startSimulator({ clock });
});
afterEach(() => simulator.close());

function textOf(gateway: GatewayId, day = '2026-11-21', faults?: Parameters<Simulator['world']['statement']>[2]): string {
  return simulator.world.statement(gateway, day, faults)?.bytes.toString('utf8') ?? '';
}

const linesOf = (text: string): string[][] => text.replace(/^\uFEFF/, '').split('\r\n').filter((line) => line !== '').map((line) => line.split(','));

/** One payment refunded in part, one whose refund hangs, one cancelled, one in yen. */
async function tradeAtOmoney(): Promise<void> {
  const caller = await omoneyCaller(simulator);
  await caller.create({ order_id: 'R1', amount: '12.34' });
  simulator.world.confirm('R1');
  simulator.world.playNextShown('refundNeverEnds');
  await caller.create({ order_id: 'R2', amount: '5.00' });
  await caller.refund('R1', { refund_order_id: 'F1', amount: '2.34' });
  await caller.refund('R2', { refund_order_id: 'F2', amount: '1.00' });
  await caller.create({ order_id: 'R3' });
  await caller.post('/v1/payment/R3/cancel');
  await caller.create({ order_id: 'R4', amount: '1200.00', currency: 'JPY' });
  clock.advance(60_000);
  simulator.world.confirm('R4');
}

describe('OMoney\'s statement', () => {
  it('has its field names, UTC times, decimals as in its calls, and what was taken', async () => {
    await tradeAtOmoney();
    const text = textOf('omoney');
    expect(text.startsWith('\uFEFFcreate_time,')).toBe(true);
    const [headers, ...rows] = linesOf(text);
    expect(headers).toEqual(['create_time', 'type', 'payment_id', 'order_id', 'refund_id', 'refund_order_id', 'transaction_id', 'payment_method', 'currency', 'amount', 'status']);
    expect(rows.map((cells) => [cells[0], cells[1], cells[3], cells[5], ...cells.slice(7)])).toEqual([
      ['2026-11-21T15:59:00Z', 'PAYMENT', 'R1', '', 'ALIPAY', 'CNY', '12.34', 'SUCCESS'],
      ['2026-11-21T15:59:00Z', 'REFUND', 'R1', 'F1', 'ALIPAY', 'CNY', '-2.34', 'SUCCESS'],
      ['2026-11-21T15:59:00Z', 'PAYMENT', 'R2', '', 'ALIPAY', 'CNY', '5.00', 'SUCCESS'],
      ['2026-11-21T15:59:00Z', 'REFUND', 'R2', 'F2', 'ALIPAY', 'CNY', '-1.00', 'WAIT'],
      ['2026-11-21T16:00:00Z', 'PAYMENT', 'R4', '', 'ALIPAY', 'JPY', '1200.00', 'SUCCESS'],
    ]);
    const order = simulator.world.order('R1');
    expect(rows[1]).toEqual(expect.arrayContaining([order?.gatewayNumber, order?.refunds[0]?.gatewayNumber, order?.tradeNumber]));
  });

  it('is of the UTC day', async () => {
    await tradeAtOmoney();
    expect(linesOf(textOf('omoney', '2026-11-22'))).toHaveLength(1);
  });
});

describe('the aggregator\'s statement', () => {
  it('is in yuan and of China\'s day, with the sum of its rows', async () => {
    await unified(simulator, { order_no: 'R1', amount: '1234', attach: 'table7' });
    simulator.world.confirm('R1');
    await unified(simulator, { order_no: 'R2', amount: '500', bank_code: '912' });
    clock.advance(60_000);
    simulator.world.confirm('R2');
    simulator.world.refundElsewhere('R2', 100);
    const lines = linesOf(textOf('aggregator', '2026-11-22'));
    expect(linesOf(textOf('aggregator'))).toEqual([
      ['创建时间', '支付时间', '商户订单号', '平台订单号', '交易类型', '支付方式', '订单金额(元)', '实付金额(元)', '订单状态', '附加字段'],
      ['2026-11-21 23:59:00', '2026-11-21 23:59:00', '\tR1', `\t${simulator.world.order('R1')?.gatewayNumber ?? ''}`, '收款', '支付宝扫码', '12.34', '12.34', '交易成功', 'table7'],
      ['合计', '1笔', '', '', '', '', '12.34', '12.34', '', ''],
    ]);
    expect(lines.slice(1).map((cells) => [cells[1], cells[4], cells[5], cells[6]])).toEqual([
      ['2026-11-22 00:00:00', '收款', '微信扫码', '5.00'], ['2026-11-22 00:00:00', '退款', '微信扫码', '-1.00'], ['2笔', '', '', '4.00'],
    ]);
  });
});

describe.each<[GatewayId, number, number]>([['omoney', 3, 9], ['aggregator', 2, 6]])('a statement of %s with faults', (gateway, reference, amount) => {
  it('leaves out the first row, changes the last and adds a stranger\'s; the control call sends the same bytes', async () => {
    for (const name of ['R1', 'R2', 'R3']) simulator.world.bookForeign({ gateway, reference: name, amount: 1000 });
    const cellsOf = (text: string) => linesOf(text).map((cells) => [cells[reference]?.trim() ?? '', cells[amount]]).filter(([name]) => /^(R|T)\d/.test(name ?? ''));
    const faults = { missing: 1, extra: 1, amount: 1 };
    expect(cellsOf(textOf(gateway))).toEqual([['R1', '10.00'], ['R2', '10.00'], ['R3', '10.00']]);
    expect(cellsOf(textOf(gateway, '2026-11-21', faults))).toEqual([['R2', '10.00'], ['R3', '10.01'], [expect.stringMatching(/^T99\d{17}$/), '1.00']]);
    const sent = await send(`${simulator.url}/simulator/statement/${gateway}?day=2026-11-21&faults=missing:2`);
    expect([sent.status, sent.text]).toEqual([200, textOf(gateway, '2026-11-21', { missing: 2, extra: 0, amount: 0 })]);
  });
});
