/** UMS's statement file read back: bytes, headers, rows, days, sums and faults. */
import { describe, expect, it } from 'vitest';
import type { ManualClock, Simulator } from '../index.ts';
import { send, simulatorForEach } from '../test-client.ts';
import { numberOf, ums } from '../ums-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

simulatorForEach((made) => ({ clock, simulator } = made), Date.UTC(2026, 10, 21, 15, 50, 0));

const create = (name: string, totalAmount: number, change: Record<string, unknown> = {}) => ums(simulator, 'trade/precreate', { merOrderId: numberOf(name), totalAmount, tradeType: 'APP', ...change });
const linesOf = (day: string, faults?: Parameters<Simulator['world']['statement']>[2]): string[][] =>
  (simulator.world.statement('ums', day, faults)?.bytes.toString('utf8') ?? '').replace(/^\uFEFF/, '').split('\r\n').filter((line) => line !== '').map((line) => line.split(','));

/** Two sales, one of them refunded after midnight in China, one given back, one never paid. */
async function trade(): Promise<void> {
  await create('R1', 1234);
  await create('R2', 500);
  await create('R3', 700, { secureTransaction: 'true' });
  await create('R4', 900);
  for (const name of ['R1', 'R2', 'R3']) simulator.world.confirm(numberOf(name));
  await ums(simulator, 'secure-cancel', { merOrderId: numberOf('R3') });
  clock.advance(600_000);
  await ums(simulator, 'refund', { merOrderId: numberOf('R2'), refundOrderId: numberOf('F2'), refundAmount: 105 });
}

describe('UMS\'s statement', () => {
  it('is UTF-8 with a mark and has what moved on the day in China', async () => {
    await trade();
    expect(simulator.world.statement('ums', '2026-11-21')?.bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const lines = linesOf('2026-11-21');
    expect(lines[0]).toEqual(['清算日期', '交易时间', '终端号', '交易类型', '商户订单号', '退款订单号', '平台流水号', '渠道订单号', '支付渠道', '交易金额', '状态']);
    expect(lines.slice(1).map((cells) => [cells[3], cells[4]?.trim(), cells[5]?.trim(), cells[9]])).toEqual([
      ['消费', numberOf('R1'), '', '12.34'], ['消费', numberOf('R2'), '', '5.00'], ['消费', numberOf('R3'), '', '7.00'], ['担保撤销', numberOf('R3'), '', '-7.00'], ['4笔', '', '', '17.34'],
    ]);
    expect(linesOf('2026-11-22').slice(1).map((cells) => [cells[0], cells[3], cells[5]?.trim(), cells[9]])).toEqual([
      ['2026-11-22', '退货', numberOf('F2'), '-1.05'], ['总计', '1笔', '', '-1.05'],
    ]);
  });

  it('with faults leaves out the first row, changes the last and adds a stranger\'s', async () => {
    await trade();
    const amounts = linesOf('2026-11-21', { missing: 1, extra: 1, amount: 1 }).slice(1).map((cells) => cells[9]);
    expect(amounts).toEqual(['5.00', '7.00', '-6.99', '1.00', '6.01']);
    const result = await send(`${simulator.url}/simulator/statement/ums?day=2026-11-21`);
    expect(result).toMatchObject({ status: 200, headers: { 'content-disposition': 'attachment; filename="ums-2026-11-21.csv"' } });
  });
});
