/** What a payment says of recording elsewhere is what the till then does: a screen offers it where it is taken, and nowhere else. */
import { describe, expect, it } from 'vitest';
import type { RefundRefusal } from '../gateways/gateway.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench, outcomes } from '../testing/bench.ts';
import { paid } from '../testing/shop.ts';

const taken: Readonly<Record<RefundRefusal, boolean>> = {
  tooOld: true, orderState: true, shopBalance: true, amountRefused: true,
  amountTooMuch: false, terminalUnknown: false, orderUnknown: false, wrongKey: false, clockOff: false, merchantBlocked: false, requestRefused: false, gatewayUnreachable: false, other: false,
};

const outside = (bench: Bench, paymentId: string, minor: number) => bench.till.call('recordOutsideRefund', { commandId: 'outside', paymentId, amount: makeAmount(minor, 'CNY'), reason: 'by transfer' });

describe('what was given back elsewhere may be recorded', () => {
  it.each(Object.entries(taken))('after %s: %s, as the payment says', async (refusal, allowed) => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench, 3850, '130000000000000001');
    expect(bench.payment(paymentId).refundable.outsideAllowed).toBe(false);
    await bench.till.call('refund', { commandId: 'refund', paymentId, amount: makeAmount(1000, 'CNY'), reason: 'returned' });
    await bench.take('refund').answer(outcomes.refundDeclined(refusal as RefundRefusal));
    expect(bench.payment(paymentId)).toMatchObject({ refunds: [{ state: 'refused' }], refundable: { refusal: null, outsideAllowed: allowed } });
    expect((await outside(bench, paymentId, 1000)).kind).toBe(allowed ? 'started' : 'refused');
  });

  it('never of more than is left, nor of what was never paid', async () => {
    const bench = await Bench.started();
    const { paymentId } = await paid(bench, 3850, '130000000000000001');
    await bench.till.call('refund', { commandId: 'refund', paymentId, amount: makeAmount(1000, 'CNY'), reason: 'returned' });
    await bench.take('refund').answer(outcomes.refundDeclined('tooOld'));
    expect((await outside(bench, paymentId, 3850)).kind).toBe('started');
    expect(bench.payment(paymentId).refundable.outsideAllowed).toBe(false);
    const declined = await bench.started('130000000000000002', 100);
    await bench.take('pay').answer(outcomes.declined(true));
    expect(bench.payment(declined.paymentId).refundable.outsideAllowed).toBe(false);
  });
});
