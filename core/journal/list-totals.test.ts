/** The list's totals are sums of exactly the rows given, and agree with the sums that the journal itself makes. */
import { describe, expect, it } from 'vitest';
import { dayTotals } from '../find/day.ts';
import { journalOf, paymentRecord, refundRecord } from '../testing/day-records.ts';
import { listTotals, type ListTotals } from './list-totals.ts';
import type { PaymentRecord, RefundRecord } from './storage.ts';

const day = '2026-11-21';

/** The totals of the day, compared with what the day's screen has of the same rows. */
function totalsOf(payments: readonly PaymentRecord[], refunds: readonly RefundRecord[] = []): ListTotals {
  const journal = journalOf(payments, refunds);
  const query = { fromDay: day, toDay: day, filter: {} };
  const made = listTotals(journal.dayRows({ ...query, after: null, count: 100 }));
  const screen = dayTotals(journal.daySums(query)).byGateway.map((sum) => ({ gateway: sum.key, currency: sum.currency, paid: sum.salesMinor, refunded: sum.refundsMinor, net: sum.netMinor }));
  // The screen leaves out what has nothing that counts.
  expect(made.totals.filter((sum) => sum.paid !== 0 || sum.refunded !== 0)).toEqual(screen.toSorted((left, right) => (left.gateway + left.currency < right.gateway + right.currency ? -1 : 1)));
  return made;
}

describe('totals', () => {
  it('are apart by gateway and currency', () => {
    const payments = [
      paymentRecord({ paymentId: '1', amountMinor: 1234 }), paymentRecord({ paymentId: '2', amountMinor: 766 }),
      paymentRecord({ paymentId: '3', gateway: 'omipay', currency: 'AUD', amountMinor: 500 }), paymentRecord({ paymentId: '4', gateway: 'omipay', amountMinor: 70 }),
      paymentRecord({ paymentId: '5', gateway: 'cash', wallet: 'cash', amountMinor: 10 }),
    ];
    expect(totalsOf(payments).totals).toEqual([
      { gateway: 'cash', currency: 'CNY', paid: 10, refunded: 0, net: 10 }, { gateway: 'omipay', currency: 'AUD', paid: 500, refunded: 0, net: 500 },
      { gateway: 'omipay', currency: 'CNY', paid: 70, refunded: 0, net: 70 }, { gateway: 'shouqianba', currency: 'CNY', paid: 2000, refunded: 0, net: 2000 },
    ]);
  });

  it('have a refund on its own day, whenever its payment was made', () => {
    const earlier = paymentRecord({ paymentId: '1', day: '2026-11-20', startedAt: Date.UTC(2026, 10, 20, 3) });
    const today = paymentRecord({ paymentId: '2' });
    const refunds = [refundRecord(earlier, 'R1', { day, amountMinor: 900 }), refundRecord(earlier, 'R0', { amountMinor: 50 }), refundRecord(today, 'R2', { day: '2026-11-22', amountMinor: 7 })];
    expect(totalsOf([earlier, today], refunds).totals).toEqual([{ gateway: 'shouqianba', currency: 'CNY', paid: 3850, refunded: 900, net: 2950 }]);
  });

  it('leave out what is open, refused, another till’s, given back elsewhere, or never counted as a sale', () => {
    const paid = paymentRecord({ paymentId: '1' });
    const foreign = paymentRecord({ paymentId: '2', foreign: true });
    const payments = [paid, foreign, paymentRecord({ paymentId: '3', state: 'review', verdict: 'notKnownYet', open: true }), paymentRecord({ paymentId: '4', state: 'declined', verdict: 'notPaid' })];
    const refunds = [
      refundRecord(paid, 'R1', { state: 'pending', open: true }), refundRecord(paid, 'R2', { state: 'refused' }), refundRecord(paid, 'R3', { way: 'outside' }), refundRecord(paid, 'R4', { undo: true }),
      // What another till took is no sale of ours, but we gave it back.
      refundRecord(foreign, 'R5', { amountMinor: 3850 }),
    ];
    expect(totalsOf(payments, refunds)).toEqual({ totals: [{ gateway: 'shouqianba', currency: 'CNY', paid: 3850, refunded: 3850, net: 0 }], settled: [], outside: [{ gateway: 'shouqianba', currency: 'CNY', count: 1, minor: 1000 }] });
  });

  it('have what was given back elsewhere apart, by gateway and currency, as the day’s screen does', () => {
    const [yuan, dollars] = [paymentRecord({ paymentId: '1', gateway: 'aggregator' }), paymentRecord({ paymentId: '2', gateway: 'aggregator', currency: 'AUD' })];
    const refunds = [
      refundRecord(yuan, 'R1', { way: 'outside', amountMinor: 100 }), refundRecord(yuan, 'R2', { way: 'outside', amountMinor: 23 }), refundRecord(dollars, 'R3', { way: 'outside', amountMinor: 7 }),
      // Of what never counted as a sale too: no gateway's book has it.
      refundRecord(yuan, 'R4', { way: 'outside', amountMinor: 4, undo: true }), refundRecord(yuan, 'R5', { way: 'outside', amountMinor: 9, day: '2026-11-22' }),
    ];
    expect(totalsOf([yuan, dollars], refunds).outside).toEqual([
      { gateway: 'aggregator', currency: 'AUD', count: 1, minor: 7 }, { gateway: 'aggregator', currency: 'CNY', count: 3, minor: 127 },
    ]);
    expect(dayTotals(journalOf([yuan, dollars], refunds).daySums({ fromDay: day, toDay: day, filter: {} })).outside).toEqual([
      { currency: 'AUD', count: 1, minor: 7 }, { currency: 'CNY', count: 3, minor: 127 },
    ]);
  });

  it('case 17: have what a person recorded apart', () => {
    const settled = paymentRecord({ paymentId: '1', state: 'settled', settledAs: 'paid' });
    const payments = [settled, paymentRecord({ paymentId: '2', state: 'settled', verdict: 'notPaid', settledAs: 'notPaid', amountMinor: 5 }), paymentRecord({ paymentId: '3', amountMinor: 100 })];
    const refunds = [refundRecord(settled, 'R1', { state: 'settled', settledAs: 'refunded', amountMinor: 40 }), refundRecord(settled, 'R2', { state: 'settled', settledAs: 'refunded', amountMinor: 2 })];
    const { totals, settled: apart } = totalsOf(payments, refunds);
    expect(totals).toEqual([{ gateway: 'shouqianba', currency: 'CNY', paid: 100, refunded: 0, net: 100 }]);
    expect(apart.map(({ as, count, minor }) => ({ as, count, minor }))).toEqual([{ as: 'notPaid', count: 1, minor: 5 }, { as: 'paid', count: 1, minor: 3850 }, { as: 'refunded', count: 2, minor: 42 }]);
  });
});
