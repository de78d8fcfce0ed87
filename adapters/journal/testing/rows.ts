/** Rows and projections for the journal's tests: linked as the journal links them, with made-up hashes. */
import { createHash } from 'node:crypto';
import type { JournalRow, PaymentRecord, ProjectionChanges, ReferenceRecord } from '../../../core/journal/storage.ts';

export const noChanges: ProjectionChanges = { payments: [], refunds: [], moves: [], shifts: [], printJobs: [], commands: [] };

/** References as attempts have them, in the order in which they are stored. */
export function attemptRefs(...values: readonly string[]): readonly ReferenceRecord[] {
  return values.toSorted((left, right) => (left < right ? -1 : 1)).map((value) => ({ value, kind: 'attemptRef' }));
}

export function rowAfter(head: { readonly sequence: number; readonly hash: string }, aggregate = 'P1', payload = '{}'): JournalRow {
  const row = { sequence: head.sequence + 1, at: 1_763_700_000_000 + head.sequence, aggregate, type: 'test', payload, previousHash: head.hash };
  return { ...row, hash: createHash('sha256').update(JSON.stringify(row)).digest('hex') };
}

export function paymentRecord(paymentId: string, startedAt: number, changed: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    paymentId,
    number: `T01-261121-${paymentId}`,
    day: '2026-11-21',
    hour: 10,
    startedAt,
    amountMinor: 3850,
    currency: 'CNY',
    gateway: 'shouqianba',
    wallet: 'wechat',
    last4: '4417',
    state: 'paid',
    verdict: 'paid',
    operatorId: 'none',
    foreign: false,
    settledAs: null,
    refundedMinor: 0,
    refundOpenMinor: 0,
    takenUp: false,
    open: false,
    paidSequence: null,
    saleRef: null,
    references: [{ value: `T01-261121-${paymentId}`, kind: 'number' }, { value: `ref-${paymentId}`, kind: 'attemptRef' }],
    codeHashes: [],
    payerIds: [],
    lastSequence: 1,
    ...changed,
  };
}
