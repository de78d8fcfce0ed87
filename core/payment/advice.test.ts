/** What a refusal tells the cashier and the owner to do next: never a key that isn't there, or minutes that nobody measured. */
import { describe, expect, it } from 'vitest';
import type { DeclineReason } from '../contract/types.ts';
import type { Outcome, RefundRefusal } from '../gateways/gateway.ts';
import { Bench, outcomes } from '../testing/bench.ts';

const declinedAs = (reason: DeclineReason): Outcome => ({ kind: 'declined', reason, aboutOrder: false, order: null, evidence: { code: 'FAIL', words: null } });

describe('a time that is refused', () => {
  it('is told with the minutes that the gateway’s own date shows, and without any where it shows none', async () => {
    const bench = await Bench.started();
    const first = await bench.started();
    await bench.take('pay').answer(declinedAs('clockOff'), new Date(bench.clock.wall() + 600_000).toUTCString());
    expect(bench.payment(first.paymentId).message).toMatchObject({ key: 'clockOff', values: { n: '10' } });
    const second = await bench.started('130000000000000002');
    await bench.take('pay').answer(declinedAs('clockOff'), new Date(bench.clock.wall()).toUTCString());
    expect(bench.payment(second.paymentId).message).toMatchObject({ key: 'clockRefused' });
    const third = await bench.started('130000000000000003');
    await bench.take('pay').answer(declinedAs('clockOff'));
    expect(bench.payment(third.paymentId).message).toMatchObject({ key: 'clockRefused' });
  });
});

describe('a code that no gateway takes', () => {
  it('offers the shown code where a screen has its key and a gateway shows codes, and else not', async () => {
    for (const [screens, shows, key] of [[true, true, 'walletNotTakenShow'], [true, false, 'walletNotTaken'], [false, true, 'walletNotTaken']] as const) {
      const bench = await Bench.started({ screens, routeCode: () => null, routeShowing: () => (shows ? 'bench' : null) });
      expect(await bench.pay('130000000000000001', 3850)).toMatchObject({ kind: 'refused', message: { key } });
    }
  });
  it('offers it too where the gateway itself doesn’t take the wallet', async () => {
    const bench = await Bench.started({ screens: true, routeShowing: () => 'bench' });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(declinedAs('walletNotTaken'));
    expect(bench.payment(paymentId).message).toMatchObject({ key: 'walletNotTakenShow' });
  });
});

describe('a refund that is refused for who we are', () => {
  it.each([['clockOff', 'refundClockOff'], ['merchantBlocked', 'refundMerchantBlocked'], ['terminalUnknown', 'refundNumberUnknown'], ['wrongKey', 'refundWrongKey']] as const)('%s: %s', async (reason: RefundRefusal, key) => {
    const bench = await Bench.started();
    const { paymentId, amount } = await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    await bench.till.call('refund', { commandId: 'refund', paymentId, amount, reason: 'test' });
    await bench.take('refund').answer(outcomes.refundDeclined(reason));
    expect(bench.payment(paymentId).refunds[0]).toMatchObject({ state: 'refused', message: { key } });
  });
});
