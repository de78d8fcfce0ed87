/** Why a payment is found by a text: one answer for every storage, so that what is ranked and what is shown agree. */
import type { FindQuery, FindRecord, PaymentRecord, ReferenceRecord } from './storage.ts';

export type FindText = NonNullable<FindQuery['text']>;

/** Shorter texts match a reference only as a whole. */
export const leastPartCharacters = 4;

/** What people are most likely to have typed stands first; it decides which of several matches is shown. */
const kindOrder: readonly ReferenceRecord['kind'][] = ['number', 'attemptRef', 'gatewayRef', 'walletRef', 'saleRef', 'refundRef', 'gatewayRefundRef', 'paymentId'];

/** A to Z as a to z, nothing else: references are ASCII, and the index folds the same. */
export function foldedCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The part of a text that may be the beginning or the end of a reference; null where it is too short. */
export function partOf(text: FindText): string | null {
  return text.reference !== null && text.reference.length >= leastPartCharacters ? text.reference : null;
}

/**
 * The best match of a text with a payment: a whole reference or a whole code (these are exact), else a part of a reference,
 * else the last four digits, else the amount. A code's own text is a secret: its match shows the last four digits.
 */
export function matchOf(record: PaymentRecord, text: FindText): Omit<FindRecord, 'record'> | null {
  const reference = referenceMatch(record.references, text);
  if (reference?.exact === true) return reference;
  if (text.codeHash !== null && record.codeHashes.includes(text.codeHash)) return { matched: 'code', text: record.last4 ?? '', exact: true };
  if (reference !== null) return reference;
  if (text.last4 !== null && record.last4 === text.last4) return { matched: 'last4', text: record.last4, exact: false };
  if (text.amountMinor !== null && record.amountMinor === text.amountMinor) return { matched: 'amount', text: String(record.amountMinor), exact: false };
  return null;
}

function referenceMatch(references: readonly ReferenceRecord[], text: FindText): Omit<FindRecord, 'record'> | null {
  if (text.reference === null) return null;
  const whole = foldedCase(text.reference);
  const part = partOf(text) === null ? null : whole;
  let best: { readonly rank: number; readonly reference: ReferenceRecord } | null = null;
  for (const reference of references) {
    const how = howMatched(reference, whole, part);
    if (how === null) continue;
    const rank = how * kindOrder.length + kindOrder.indexOf(reference.kind);
    if (best === null || rank < best.rank || (rank === best.rank && reference.value < best.reference.value)) best = { rank, reference };
  }
  if (best === null) return null;
  return { matched: shownKind(best.reference.kind), text: best.reference.value, exact: best.rank < kindOrder.length };
}

/** 0 for the whole, 1 for its beginning, 2 for its end. A payment's id is on no paper, so no part of it is looked for. */
function howMatched(reference: ReferenceRecord, whole: string, part: string | null): 0 | 1 | 2 | null {
  const value = foldedCase(reference.value);
  if (value === whole) return 0;
  if (part === null || reference.kind === 'paymentId') return null;
  if (value.startsWith(part)) return 1;
  return value.endsWith(part) ? 2 : null;
}

function shownKind(kind: ReferenceRecord['kind']): FindRecord['matched'] {
  return kind === 'paymentId' ? 'number' : kind;
}
