/** CASES 22 through the real command line: Omipay's answer was lost for good, and its number comes from a person. */
import { describe, expect, it } from 'vitest';
import type { Order } from '../../simulator/index.ts';
import { till, type Line } from './support.ts';
import { testShop } from './test-shop.ts';

const shop = testShop();

async function paid(home: string, script: string): Promise<Line> {
  const ended = await till(home, 'pay', '--gateway', 'omipay', '--amount', '10.00', '--code', shop.simulator.codes[script] ?? '');
  return ended.lines.at(-1) ?? {};
}

function orderOf(line: Line): Order {
  const order = shop.simulator.world.books().orders.find((one) => one.gateway === 'omipay' && one.reference === line.attemptRef);
  if (order === undefined) throw new Error(`no order ${line.attemptRef} in the book`);
  return order;
}

describe('a number that no answer named', () => {
  it('case 22: the answer was lost, the repeat says paid; with the number from the portal it can be refunded', async () => {
    const home = shop.newHome();
    const payment = await paid(home, 'answerLost');
    expect(payment).toMatchObject({ state: 'paid', gatewayRef: null });
    const before = await till(home, 'refund', '--payment', String(payment.attemptRef));
    expect(before).toMatchObject({ code: 2, lines: [{ state: 'refused' }] });

    const wrong = await till(home, 'order-number', String(payment.attemptRef), '999999999999999999');
    expect(wrong.lines, wrong.stderr).toMatchObject([{ paymentId: payment.paymentId, state: 'paid', verdict: 'paid', gatewayRef: null, orderNumber: 'wrong', final: true }]);
    expect(wrong.code).toBe(2);

    const { gatewayNumber } = orderOf(payment);
    const entered = await till(home, 'order-number', String(payment.attemptRef), gatewayNumber);
    expect(entered.lines, entered.stderr).toMatchObject([{ state: 'paid', verdict: 'paid', gatewayRef: gatewayNumber, orderNumber: 'found', final: true }]);
    expect(entered.code).toBe(0);
    expect((await till(home, 'order-number', String(payment.attemptRef), gatewayNumber)).code).toBe(2);
    expect((await till(home, 'find', gatewayNumber)).lines).toMatchObject([{ paymentId: payment.paymentId }]);

    const refunded = await till(home, 'refund', '--payment', String(payment.attemptRef));
    expect(refunded.lines.at(-1), refunded.stderr).toMatchObject({ state: 'refunded', amount: 1000 });
    expect(orderOf(payment).refunds).toMatchObject([{ phase: 'done', amount: 1000 }]);
    expect((await till(home, 'verify')).code).toBe(0);
  });

  it('case 22: another order’s number is never believed, whether it is in this journal or not', async () => {
    const home = shop.newHome();
    const here = await paid(home, 'paid');
    const elsewhere = await paid(shop.newHome(), 'paid');
    const payment = await paid(home, 'answerLost');
    const taken = await till(home, 'order-number', String(payment.attemptRef), String(here.gatewayRef));
    expect(taken).toMatchObject({ code: 2, lines: [] });
    const others = await till(home, 'order-number', String(payment.attemptRef), String(elsewhere.gatewayRef));
    expect(others.lines, others.stderr).toMatchObject([{ state: 'paid', gatewayRef: null, orderNumber: 'wrong' }]);
    expect(others.code).toBe(2);
    expect((await till(home, 'order-number', 'nobody', '123456')).code).toBe(2);
    expect((await till(home, 'order-number', String(here.attemptRef), '123456')).code).toBe(2);
    expect((await till(home, 'verify')).code).toBe(0);
  });
});
