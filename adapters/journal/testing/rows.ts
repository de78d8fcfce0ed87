/** Rows and projections for the journal's tests: linked as the journal links them, with made-up hashes. */
import { createHash } from 'node:crypto';
import type { JournalRow, PaymentRecord, ProjectionChanges } from '../../../core/journal/storage.ts';

export const noChanges: ProjectionChanges = { payments: [], printJobs: [], commands: [] };

export function rowAfter(head: { readonly sequence: number; readonly hash: string }, aggregate = 'P1', payload = '{}'): JournalRow {
  const row = { sequence: head.sequence + 1, at: 1_763_700_000_000 + head.sequence, aggregate, type: 'test', payload, previousHash: head.hash };
  return { ...row, hash: createHash('sha256').update(JSON.stringify(row)).digest('hex') };
}

export function paymentRecord(paymentId: string, startedAt: number, changed: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    paymentId,
    number: `T01-261121-${paymentId}`,
    day: '2026-11-21',
    startedAt,
    amountMinor: 3850,
    currency: 'CNY',
    gateway: 'shouqianba',
    state: 'paid',
    verdict: 'paid',
    takenUp: false,
    open: false,
    paidSequence: null,
    saleRef: null,
    references: [`ref-${paymentId}`, `T01-261121-${paymentId}`],
    codeHashes: [],
    payerIds: [],
    lastSequence: 1,
    ...changed,
  };
}
