/** Statement files read back: bytes, headers, rows, totals, days, and the faults for tests of reconciling. */
import { execFileSync } from 'node:child_process';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock, startSimulator } from '../index.ts';
import type { ManualClock, Simulator } from '../index.ts';
import { send, shouqianba, tellerOf } from '../test-client.ts';
import type { ScanGateway } from '../test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
  clock = manualClock(Date.UTC(2026, 10, 21, 4, 0, 0));
  simulator = await startSimulator({ clock });
});
afterEach(() => simulator.close());

const day = '2026-11-21';

/** One sale, one refunded in part, one undone (at Shouqianba), one never paid. */
async function tradeADay(gateway: ScanGateway): Promise<void> {
  const teller = tellerOf(simulator, gateway);
  await teller.pay('R1', simulator.world.code('paid'), '1234');
  await teller.pay('R2', simulator.world.code('paid', 0, 'alipay'), '5000');
  clock.advance(60_000);
  await teller.refund('R2', 'F2', '1005');
  clock.advance(60_000);
  await teller.pay('R3', simulator.world.code('insufficient'), '700');
  if (gateway !== 'shouqianba') return;
  await teller.pay('R4', simulator.world.code('paid'), '9');
  await shouqianba(simulator, 'cancel', { client_sn: 'R4' });
}

/** The cells of each line; the test's own rows have no quotes. */
function linesOf(text: string): string[][] {
  return text.split('\r\n').filter((line) => line !== '').map((line) => line.split(','));
}

function textOf(gateway: ScanGateway, faults?: Parameters<Simulator['world']['statement']>[2]): string {
  const bytes = simulator.world.statement(gateway, day, faults)?.bytes ?? Buffer.alloc(0);
  return gateway === 'shouqianba' ? iconv.decode(bytes, 'gb18030') : bytes.toString('utf8');
}

describe('Shouqianba\'s statement', () => {
  it('is GB18030 with lines before and after the table, and sums that are the book\'s', async () => {
    await tradeADay('shouqianba');
    const lines = linesOf(textOf('shouqianba'));
    const head = lines.findIndex((cells) => cells[0] === '交易时间');
    expect(lines.slice(0, head).every((cells) => cells[0]?.startsWith('#'))).toBe(true);
    expect(lines[head]).toEqual(['交易时间', '商户订单号', '商户流水号', '收钱吧订单号', '第三方订单号', '交易类型', '支付方式', '订单金额', '实收金额', '状态', '终端号', '操作员', '交易摘要']);
    const short = lines.slice(head + 1).map((cells) => [cells[0], cells[1], cells[2], cells[5], cells[6], cells[7]]);
    expect(short).toEqual([
      ['2026-11-21 12:00:00', '\tR1', '\tR1', '收款', '微信', '12.34'],
      ['2026-11-21 12:00:00', '\tR2', '\tR2', '收款', '支付宝', '50.00'],
      ['2026-11-21 12:01:00', '\tR2', '\tR2-F2', '退款', '支付宝', '-10.05'],
      ['2026-11-21 12:02:00', '\tR4', '\tR4', '收款', '微信', '0.09'],
      ['2026-11-21 12:02:00', '\tR4', '\tR4', '撤单', '微信', '-0.09'],
      ['合计', '', '', '收款3笔 退款及撤单2笔', '', '52.29'],
    ]);
    expect(simulator.world.books().totals).toMatchObject([{ net: 5229 }]);
    const order = simulator.world.order('R1');
    expect(lines[head + 1]).toEqual(expect.arrayContaining([`\t${order?.gatewayNumber}`, `\`${order?.tradeNumber}`, '\tSIMULATOR000001', '南门便利店']));
  });

  it('is read by another decoder, characters beyond GBK and quoted cells included', async () => {
    simulator.world.bookForeign({ gateway: 'shouqianba', amount: 1, reference: 'R9', subject: '㐂"𠮷",店' });
    const bytes = simulator.world.statement('shouqianba', day)?.bytes ?? Buffer.alloc(0);
    const text = execFileSync('iconv', ['-f', 'GB18030', '-t', 'UTF-8'], { input: bytes }).toString('utf8');
    expect(text).toContain('"㐂""𠮷"",店"');
    expect(text).toBe(iconv.decode(bytes, 'gb18030'));
  });

  it('lists a refund on the day on which it was done, by China\'s clock', async () => {
    clock.setWall(Date.UTC(2026, 10, 21, 15, 59, 58));
    const teller = tellerOf(simulator, 'shouqianba');
    await teller.pay('R1', simulator.world.code('refundInProgress'), '100');
    await teller.refund('R1', 'F1', '40');
    clock.advance(10_000);
    const amountsOn = (date: string) => linesOf(iconv.decode(simulator.world.statement('shouqianba', date)?.bytes ?? Buffer.alloc(0), 'gb18030')).filter((cells) => cells[1]?.includes('R1')).map((cells) => cells[7]);
    expect([amountsOn('2026-11-21'), amountsOn('2026-11-22')]).toEqual([['1.00'], ['-0.40']]);
  });
});

describe('Omipay\'s statement', () => {
  it('is English UTF-8 in dollars, with a total per currency and the refund\'s own numbers', async () => {
    await tradeADay('omipay');
    const lines = linesOf(textOf('omipay'));
    const head = lines.findIndex((cells) => cells[0] === 'Order No');
    expect(lines[head]).toEqual(['Order No', 'Out Order No', 'Refund No', 'Out Refund No', 'Type', 'Currency', 'Amount', 'Created (EST)', 'Platform', 'Status', 'POS No']);
    expect(lines.slice(head + 1).map((cells) => cells.slice(3))).toEqual([
      ['', 'Payment', 'AUD', '12.34', '2026-11-21 14:00:00', 'WECHATPAY', 'Paid', 'SIMPOS01'],
      ['', 'Payment', 'AUD', '50.00', '2026-11-21 14:00:00', 'ALIPAY', 'Paid', 'SIMPOS01'],
      ['F2', 'Refund', 'AUD', '-10.05', '2026-11-21 14:01:00', 'ALIPAY', 'Refunded', 'SIMPOS01'],
      ['', '3 rows', 'AUD', '52.29', '', '', '', ''],
    ]);
    expect(lines[head + 3]?.slice(0, 3)).toEqual([simulator.world.order('R2')?.gatewayNumber, 'R2', simulator.world.order('R2')?.refunds[0]?.gatewayNumber]);
  });

  it('calls an open refund Refunding, and leaves out one that failed', async () => {
    const teller = tellerOf(simulator, 'omipay');
    await teller.pay('R1', simulator.world.code('refundNeverEnds'));
    await teller.pay('R2', simulator.world.code('refundFails'));
    await teller.refund('R1', 'F1', '40');
    await teller.refund('R2', 'F2', '40');
    expect(linesOf(textOf('omipay')).filter((cells) => cells[4] === 'Refund').map((cells) => [cells[3], cells[9]])).toEqual([['F1', 'Refunding']]);
  });
});

describe('a statement with faults', () => {
  it.each<[ScanGateway]>([['shouqianba'], ['omipay']])('of %s leaves out the first row, changes the last and adds a stranger\'s', async (gateway) => {
    await tradeADay(gateway);
    const [reference, amount] = gateway === 'shouqianba' ? [1, 7] : [1, 6];
    const rowsOf = (text: string) => linesOf(text).filter((cells) => /^\t?(R|T)\d/.test(cells[reference] ?? '')).map((cells) => [cells[reference]?.trim(), cells[amount]]);
    const whole = rowsOf(textOf(gateway));
    const spoilt = rowsOf(textOf(gateway, { missing: 1, extra: 1, amount: 1 }));
    expect(spoilt).toHaveLength(whole.length);
    expect(spoilt.slice(0, -2)).toEqual(whole.slice(1, -1));
    expect(spoilt.at(-2)).toEqual(gateway === 'shouqianba' ? ['R4', '-0.08'] : ['R2', '-10.04']);
    expect(spoilt.at(-1)).toEqual([expect.stringMatching(/^T99\d{17}$/), '1.00']);
  });
});

describe('the control call', () => {
  const get = (rest: string) => send(`${simulator.url}/simulator/statement/${rest}`);

  it('sends the file under its name', async () => {
    await tradeADay('omipay');
    const result = await get(`omipay?day=${day}&format=csv&faults=missing:2`);
    expect(result).toMatchObject({ status: 200, headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="omipay-2026-11-21.csv"' } });
    expect(result.text).toBe(textOf('omipay', { missing: 2, extra: 0, amount: 0 }));
    expect((await get(`shouqianba?day=${day}`)).headers['content-type']).toBe('text/csv; charset=gb18030');
  });

  it.each([
    ['nobody?day=2026-11-21', 400], ['omipay', 400], ['omipay?day=2026-02-30', 400], ['omipay?day=2026-11-21&format=pdf', 400],
    ['omipay?day=2026-11-21&faults=earthquake:1', 400], ['omipay?day=2026-11-21&faults=missing', 400], ['omipay?day=2026-11-21&faults=missing:1', 409],
  ])('%s is HTTP %i', async (rest, status) => {
    expect((await get(rest)).status).toBe(status);
  });
});
