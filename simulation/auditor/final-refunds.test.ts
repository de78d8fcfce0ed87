/** What may be asked of a till that a person told wrong: that it finds out what it can ask about, and no more. */
import { describe, expect, it } from 'vitest';
import type { JournalRow } from '../../core/journal/storage.ts';
import { VirtualTime } from '../clock.ts';
import { Findings } from '../findings.ts';
import { Books, type BookedRefund } from '../gateways/books.ts';
import { Payers } from '../gateways/payers.ts';
import { faultless } from '../profile.ts';
import { SeededRandom } from '../random.ts';
import { auditRefund } from './final-refunds.ts';
import { Mirror } from './mirror.ts';
import { RefundRules } from './refund-rules.ts';

const attemptRef = 'A1';
const refundRef = 'R1';
const amount = { minor: 1000, currency: 'CNY' };
const by = { operatorId: 'T01', name: 'T01' };

/** The rules broken by a refund that was booked so, answered with these numbers, and recorded as not given back. */
function brokenBy(book: (begin: () => BookedRefund, books: Books) => readonly string[]): readonly string[] {
  const time = new VirtualTime(0);
  const random = new SeededRandom(3);
  const books = new Books('omipay', false, time, random, faultless.gateway);
  const payer = new Payers(time, random).newPayer(5000);
  const order = books.open(attemptRef, amount.minor, payer, '130000000000000001', 24);
  books.pay(order);
  const numbers = book(() => books.beginRefund(order, refundRef, amount.minor), books);
  const findings = new Findings(time, false);
  const mirror = new Mirror(() => time.now, { moved: () => undefined, refundMoved: () => undefined });
  const rules = new RefundRules(findings, mirror, [books], () => time.now);
  const events: readonly (readonly [event: object, state: string])[] = [
    [{ type: 'attemptCreated', gateway: 'omipay', amount, by }, 'paid'],
    [{ type: 'refundCreated', refundRef, amount, by, way: 'gateway' }, 'submitting'],
    ...numbers.map((number) => [{ type: 'refundAnswered', refundRef, outcome: { kind: 'refundPending', refund: { gatewayRefundRef: number } } }, 'pending'] as const),
    [{ type: 'refundSettled', refundRef, as: 'notRefunded', by }, 'settled'],
  ];
  for (const [index, [event, state]] of events.entries()) mirror.stored(row(index + 1, event, state));
  const refund = mirror.refunds.get(refundRef);
  if (refund === undefined) throw new Error('the refund is not in its rows');
  refund.transmissions.push({
    call: 'queryRefund', reference: attemptRef, refund: refundRef, amountMinor: null, code: null, account: '1', number: 1, process: 1, gateway: 'omipay', sentAt: 0, endedAt: 0, end: 'intact', word: 'refundFailed',
  });
  auditRefund({ findings, refunds: rules }, refund, order);
  return findings.found.map(({ rule }) => rule);
}

function row(sequence: number, event: object, state: string): JournalRow {
  const { type } = event as { readonly type: string };
  return { sequence, at: 0, aggregate: 'payment', type, payload: JSON.stringify({ event: { ...event, attemptRef }, state, send: null }), previousHash: '', hash: '' };
}

describe('case 17: a refund recorded as not given back that the gateway gave back', () => {
  it('case 17: must be found out by the number that an answer gave', () => {
    expect(brokenBy((begin, books) => {
      const refund = begin();
      books.endRefund(refund, 'done');
      return [refund.number];
    })).toEqual(['CASES 17: recorded']);
  });

  it('case 17: can’t be found out where its answer was lost and only a second one’s number is known', () => {
    expect(brokenBy((begin, books) => {
      books.endRefund(begin(), 'done');
      const second = begin();
      books.endRefund(second, 'failed');
      return [second.number];
    })).toEqual([]);
  });

  it('case 29: can’t be found out where the copy of the journal never heard its number', () => {
    expect(brokenBy((begin, books) => {
      books.endRefund(begin(), 'done');
      return [];
    })).toEqual([]);
  });
});
