/** Records of a day that a test writes down in a line each. */
import type { PaymentRecord, RefundRecord } from '../journal/storage.ts';
import { MemoryJournal } from './memory-journal.ts';

/** 2026-11-21 10:42:19 in Shanghai. */
export const morning = Date.UTC(2026, 10, 21, 2, 42, 19);

export function paymentRecord(change: Partial<PaymentRecord> & { readonly paymentId: string }): PaymentRecord {
  const { paymentId } = change;
  return {
    number: `T01-261121-${paymentId}`, day: '2026-11-21', hour: 10, startedAt: morning, amountMinor: 3850, currency: 'CNY', gateway: 'shouqianba', wallet: 'wechat', last4: '4129',
    state: 'paid', verdict: 'paid', operatorId: 'o1', foreign: false, settledAs: null, refundedMinor: 0, refundOpenMinor: 0, takenUp: false, open: false, paidSequence: 1, saleRef: null,
    references: [
      { value: `T01251120${paymentId.padStart(14, '0')}`, kind: 'attemptRef' }, { value: `7895259485${paymentId.padStart(6, '0')}`, kind: 'gatewayRef' },
      { value: `4200001234${paymentId.padStart(18, '0')}`, kind: 'walletRef' }, { value: `T01-261121-${paymentId}`, kind: 'number' },
    ],
    codeHashes: [], payerIds: [], lastSequence: 1, ...change,
  };
}

export function refundRecord(payment: PaymentRecord, refundRef: string, change: Partial<RefundRecord> = {}): RefundRecord {
  return {
    refundRef, gatewayRefundRef: null, paymentId: payment.paymentId, number: payment.number, day: payment.day, hour: payment.hour, startedAt: payment.startedAt + 60_000, amountMinor: 1000, currency: payment.currency,
    gateway: payment.gateway, wallet: payment.wallet, way: 'gateway', state: 'refunded', settledAs: null, open: false, undo: false, operatorId: 'o2', approvedById: null, refundedSequence: 2, lastSequence: 2, ...change,
  };
}

export function journalOf(payments: readonly PaymentRecord[], refunds: readonly RefundRecord[] = []): MemoryJournal {
  const journal = new MemoryJournal();
  journal.append([], { payments, refunds, moves: [], shifts: [], printJobs: [], commands: [] });
  return journal;
}
