/** What the auditor says that a till has heard: the answers to its own questions, as durable rows took them up. */
import { describe, expect, it } from 'vitest';
import type { JournalRow } from '../../core/journal/storage.ts';
import type { Transmission, Word } from '../observations.ts';
import { Mirror } from './mirror.ts';

const attemptRef = 'A1';
const created = row(1, { type: 'attemptCreated', gateway: 'omipay', amount: { minor: 1000, currency: 'CNY' }, by: { operatorId: 'T01', name: 'T01' } }, 'submitting');

function mirrorOf(rows: readonly JournalRow[]): Mirror {
  const mirror = new Mirror(() => 0, { moved: () => undefined, refundMoved: () => undefined });
  for (const one of rows) mirror.stored(one);
  return mirror;
}

function row(sequence: number, event: object, state: string): JournalRow {
  const { type } = event as { readonly type: string };
  return { sequence, at: 0, aggregate: 'payment', type, payload: JSON.stringify({ event: { ...event, attemptRef }, state, send: null }), previousHash: '', hash: '' };
}

function asked(word: Word): Transmission {
  return { call: 'query', reference: attemptRef, refund: null, amountMinor: null, code: null, account: '1', number: 1, process: 1, gateway: 'omipay', sentAt: 0, endedAt: 0, end: 'intact', word };
}

function seenIn(mirror: Mirror) {
  const attempt = mirror.attempts.get(attemptRef);
  if (attempt === undefined) throw new Error('the attempt is not in its rows');
  return attempt;
}

describe('what a till has heard', () => {
  it('has the word of its question, once a row took it up', () => {
    const mirror = mirrorOf([created]);
    seenIn(mirror).transmissions.push(asked('paid'));
    expect(seenIn(mirror).heard).toEqual(new Set());
    mirror.stored(row(2, { type: 'answered', call: 'query', outcome: { kind: 'paid' } }, 'paid'));
    expect(seenIn(mirror).heard).toEqual(new Set(['paid']));
  });

  it('forgets with an older copy of the journal, and an answer about the order of another brings nothing back', () => {
    const mirror = mirrorOf([created]);
    seenIn(mirror).transmissions.push(asked('paid'));
    mirror.stored(row(2, { type: 'answered', call: 'query', outcome: { kind: 'paid' } }, 'paid'));
    mirror.replacedBy([created]);
    expect(seenIn(mirror).heard).toEqual(new Set());
    mirror.stored(row(2, { type: 'gatewayRefEntered' }, 'settled'));
    mirror.stored(row(3, { type: 'answered', call: 'query', outcome: { kind: 'unknown', why: 'mismatch' } }, 'settled'));
    expect(seenIn(mirror).heard).toEqual(new Set());
  });

  it('takes no word twice: what died with its process is nobody\'s', () => {
    const mirror = mirrorOf([created]);
    seenIn(mirror).transmissions.push(asked('paid'));
    mirror.stored(row(2, { type: 'takenUp' }, 'review'));
    mirror.stored(row(3, { type: 'answered', call: 'query', outcome: { kind: 'unknown', why: 'mismatch' } }, 'review'));
    expect(seenIn(mirror).heard).toEqual(new Set());
  });
});
