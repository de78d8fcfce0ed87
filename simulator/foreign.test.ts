/** Orders of another till: booked by a test, known to the gateways, refundable there (CASES 38). */
import { describe, expect, it } from 'vitest';
import type { Simulator } from './index.ts';
import { omipay, parsed, send, shouqianba, simulatorForEach, tellerOf, wordOf } from './test-client.ts';
import type { Answer } from './test-client.ts';

let simulator: Simulator;

simulatorForEach((made) => ({ simulator } = made));

const post = (name: string, body: unknown) =>
  send(`${simulator.url}/simulator/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('case 38: another till\'s order', () => {
  it('is known to Shouqianba by each of its numbers, names its terminal, and is refunded in full by ours', async () => {
    const order = parsed(await post('orders', { gateway: 'shouqianba', amount: 3850 }))['order'] as { reference: string; gatewayNumber: string; tradeNumber: string };
    for (const fields of [{ client_sn: order.reference }, { sn: order.gatewayNumber }, { sn: order.tradeNumber }]) {
      const data = (parsed(await shouqianba(simulator, 'query', fields))['biz_response'] as Answer)['data'];
      expect(data).toMatchObject({ order_status: 'PAID', total_amount: '3850', terminal_sn: 'SIMULATOR000002', client_sn: order.reference });
    }
    expect(wordOf(await tellerOf(simulator, 'shouqianba').refund(order.reference, 'F1', '3850'))).toBe('REFUND_SUCCESS');
    expect(simulator.world.order(order.reference)).toMatchObject({ state: 'refunded', terminal: 'SIMULATOR000002', refunds: [{ terminal: 'SIMULATOR000001' }] });
  });

  it('is known to Omipay by its order_no, with what was refunded of it', async () => {
    const order = simulator.world.bookForeign({ gateway: 'omipay', amount: 1000, refunded: 400, at: '2026-11-20T10:00:00+11:00' });
    expect(parsed(await omipay(simulator, 'QueryOrder', { order_no: order?.gatewayNumber ?? '' }))).toMatchObject({ result_code: 'PAID', amount: 1000, pay_time: '20261120090000' });
    const teller = tellerOf(simulator, 'omipay');
    expect(wordOf(await teller.refund(order?.reference ?? '', 'F1', '601'))).toBe('AMOUNT_OVER_LIMIT');
    expect(wordOf(await teller.refund(order?.reference ?? '', 'F1', '600'))).toBe('SUCCESS');
    expect(simulator.world.books().totals).toMatchObject([{ gateway: 'omipay', charged: 1000, refunded: 400, refundsOpen: 600 }]);
  });

  it('plays the refund of a scripted code', async () => {
    const order = simulator.world.bookForeign({ gateway: 'shouqianba', amount: 100, code: simulator.world.code('refundNotRefundable') });
    expect(wordOf(await tellerOf(simulator, 'shouqianba').refund(order?.reference ?? '', 'F1', '100'))).toBe('UPAY_TCP_ORDER_NOT_REFUNDABLE');
  });

  it('may be unpaid', async () => {
    simulator.world.bookForeign({ gateway: 'omipay', amount: 100, paid: false, reference: 'X1' });
    expect(wordOf(await tellerOf(simulator, 'omipay').query('X1'))).toBe('PAYING');
    expect(wordOf(await tellerOf(simulator, 'omipay').refund('X1', 'F1', '100'))).toBe('ORDER_NOT_PAID');
  });

  it.each([
    [{ gateway: 'shouqianba', amount: 100, refunded: 101 }, 400],
    [{ gateway: 'shouqianba', amount: 100, paid: false, refunded: 1 }, 400],
    [{ gateway: 'shouqianba', amount: 100, currency: 'AUD' }, 400],
    [{ gateway: 'nobody', amount: 100 }, 400],
    [{ gateway: 'shouqianba', amount: 1.5 }, 400],
    [{ gateway: 'shouqianba', amount: 100, reference: 'R1' }, 409],
  ])('%j is refused', async (body, status) => {
    await tellerOf(simulator, 'shouqianba').pay('R1', simulator.world.code('paid'));
    expect((await post('orders', body)).status).toBe(status);
    expect(simulator.world.books().orders).toHaveLength(1);
  });
});

describe('a refund in the back office', () => {
  it('is done behind the till\'s back, and never of more than is left', async () => {
    await tellerOf(simulator, 'shouqianba').pay('R1', simulator.world.code('paid'));
    expect((await post('refunds', { reference: 'R1', amount: 60 })).status).toBe(200);
    expect((await post('refunds', { reference: 'R1', amount: 41 })).status).toBe(409);
    expect((await post('refunds', { reference: 'R1' })).status).toBe(400);
    expect(simulator.world.order('R1')).toMatchObject({ state: 'partlyRefunded', refunds: [{ amount: 60, phase: 'done', reference: 'back-office' }] });
    expect(wordOf(await tellerOf(simulator, 'shouqianba').refund('R1', 'F1', '41'))).toBe('REFUNDABLE_AMOUNT_NOT_ENOUGH');
  });
});
