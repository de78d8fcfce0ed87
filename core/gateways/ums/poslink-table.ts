/**
 * Every word of poslink's that the till knows (FIELD): UMS' product that charges scanned codes. No document of ours describes
 * it, so `errCode` ends nothing, and whatever these rows leave out is `unknown`.
 */
import type { UnknownWhy } from '../gateway.ts';

interface Row {
  readonly where: string;
}

/** `errCode`: 00 only says that the call worked (FIELD). */
export const poslinkCodes: Readonly<Record<string, Row & { readonly means: 'worked' }>> = {
  '00': { means: 'worked', where: 'FIELD' },
};

export type PoslinkMeaning =
  | { readonly kind: 'paid' | 'reversed' | 'declined' }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy };

const unsure: PoslinkMeaning = { kind: 'unknown', why: 'gatewayUnsure' };

/** `queryResCode` as the answer to a query. */
export const queryResults: Readonly<Record<string, Row & { readonly means: PoslinkMeaning }>> = {
  '0': { means: { kind: 'paid' }, where: 'FIELD' },
  // The payer may still be typing the password, or the wallet's answer was lost.
  '1': { means: unsure, where: 'FIELD' },
  '2': { means: { kind: 'reversed' }, where: 'FIELD' },
  // Also for a part: how much the shop still has, it doesn't say.
  '3': { means: unsure, where: 'FIELD' },
  '4': { means: { kind: 'reversed' }, where: 'FIELD' },
  '5': { means: { kind: 'declined' }, where: 'FIELD' },
  FF: { means: unsure, where: 'FIELD' },
};

/**
 * `queryResCode` as the answer to a query of a refund, a list of its own: 00 is done, also in every answer that was seen
 * (fixtures/poslink.ts), and 0 is none of its words. What the others mean nothing says for certain.
 */
export const refundResults: Readonly<Record<string, Row & { readonly means: 'refunded' }>> = {
  '00': { means: 'refunded', where: "UMS' page of poslink v6, query-refund" },
};
