/** What the auditor knows of one attempt and one refund: from the journal's rows and the wire alone. */
import type { Transmission, WireCall, Word } from '../observations.ts';

/** The newest durable row of something, the call it announces, and whether that call was seen on the wire already. */
export interface Announced {
  readonly sequence: number;
  readonly call: string | null;
  wasSent: boolean;
}

export interface SeenAttempt {
  readonly reference: string;
  readonly paymentId: string;
  readonly gateway: string;
  readonly amountMinor: number;
  readonly direction: 'scan' | 'show';
  readonly saleRef: string | null;
  readonly commandId: string | null;
  readonly operatorId: string;
  /** The shop's day and hour, as the row has them. */
  readonly day: string;
  readonly hour: number;
  /** Another till's order, taken up only to give its money back. */
  readonly isForeign: boolean;
  readonly createdAt: number;
  readonly createdSequence: number;
  state: string;
  /** What a person recorded, while that stands. */
  settledAs: 'paid' | 'notPaid' | null;
  /** When a person recorded it last. */
  settledAt: number | null;
  /** When it last became open, or was open at a start; what is open too long breaks the liveness rule. */
  openSince: number;
  announced: Announced;
  /** Reversals announced before the first review. */
  reversals: number;
  /** True while it counts as undone because its money went back by refunds. */
  undoneByRefunds: boolean;
  hasBeenInReview: boolean;
  toldPaid: boolean;
  /** An older copy of the journal took the place of the one that knew more of it. */
  hasForgotten: boolean;
  /** What the screen was told last: a code to show, and that nobody at the counter waits for it (CASES 27). */
  toldCode: string | null;
  toldQuiet: boolean;
  /** A code of it was on a screen once. */
  wasOffered: boolean;
  /** The gateway's words that durable rows took up: what arrived and died with its process was heard by nobody. */
  readonly heard: Set<Word>;
  /** What the newest request's answer said, by its row; null where it said nothing. */
  lastHeard: Word | null;
  /** The newest answer said that somebody is paying it right now. */
  isBeingPaid: boolean;
  /** Somebody named a number of the gateway's for it, which may be another's (CASES 22). */
  hasClaim: boolean;
  /** When it lapsed; null while it hasn't. */
  lapsedAt: number | null;
  /** What people said about it: acts that hold until they are taken back. */
  readonly acts: Set<string>;
  readonly refunds: SeenRefund[];
  readonly transmissions: Transmission[];
  /** How many of these a row has told of, or nobody will: what is answered under another's number is in none of them. */
  transmissionsRead: number;
}

export interface SeenRefund {
  readonly reference: string;
  readonly attempt: SeenAttempt;
  readonly amountMinor: number;
  readonly way: 'gateway' | 'cash' | 'outside';
  readonly commandId: string | null;
  readonly operatorId: string;
  readonly day: string;
  readonly hour: number;
  readonly isAutomatic: boolean;
  /** The gateway's own number of it, as this journal's rows have it: what the till can ask by. */
  number: string | null;
  readonly createdSequence: number;
  /** What was left to give back before it, refunds under way counted as gone. */
  readonly leftBeforeMinor: number;
  state: string;
  settledAs: 'refunded' | 'notRefunded' | null;
  /** It gave back what had not counted as a sale when it was made. */
  readonly isUndo: boolean;
  openSince: number;
  announced: Announced;
  readonly transmissions: Transmission[];
}

export interface PrintRow {
  readonly type: string;
  readonly jobId: string;
  readonly kind?: string;
  readonly how?: string;
}

/** `comparing`: the gateway said paid without naming an amount, and a query that compares it is out (CASES 23). */
export const openStates: ReadonlySet<string> = new Set(['comparing', 'submitting', 'waitingForPayer', 'unknown', 'reversing', 'review']);

export const openRefundStates: ReadonlySet<string> = new Set(['submitting', 'unknown', 'pending', 'review']);

/** True where its money is gone, or may be (money rule 6). */
export function isHeld(refund: SeenRefund): boolean {
  return refund.state === 'refunded' || openRefundStates.has(refund.state) || (refund.state === 'settled' && refund.settledAs === 'refunded');
}

/** True where its money is certainly gone, by the gateway's word or a person's. */
export function isGone(refund: SeenRefund): boolean {
  return isHeld(refund) && !openRefundStates.has(refund.state);
}

/** Gateways that are asked by their own numbers alone, which a lost answer leaves unknown. */
export const askedByTheirNumber: ReadonlySet<string> = new Set(['omipay', 'omoney']);

/** False while no row has an answer that named the number that alone can be asked by. */
export function knowsTheirNumber(attempt: SeenAttempt): boolean {
  return !askedByTheirNumber.has(attempt.gateway) || attempt.heard.has('waiting') || attempt.heard.has('paid');
}

/** Gateways whose reversals give back what was paid; elsewhere they close what nobody paid, and no more. */
export const undoesPaid: ReadonlySet<string> = new Set(['shouqianba']);

/** A close that undoes nothing, forgotten by an older copy of the journal, leaves "paid" true. */
export function isForgottenClose(attempt: SeenAttempt): boolean {
  return attempt.hasForgotten && !undoesPaid.has(attempt.gateway);
}

/** Words about the order itself. */
export const orderWords: ReadonlySet<Word> = new Set<Word>(['paid', 'paidBefore', 'waiting', 'notPaid', 'undone', 'notFound']);

/** The newest word about the order that reached the till as it was said. */
export function lastWordOf(attempt: SeenAttempt): Word | null {
  return attempt.transmissions.findLast((sent) => sent.end === 'intact' && sent.call !== 'reverse' && sent.word !== null && orderWords.has(sent.word))?.word ?? null;
}

export function sumOf(refunds: readonly SeenRefund[], wanted: (refund: SeenRefund) => boolean): number {
  return refunds.reduce((sum, refund) => sum + (wanted(refund) ? refund.amountMinor : 0), 0);
}

/** How often a call of an attempt or a refund was seen on the wire. */
export function sentTimes(seen: { readonly transmissions: readonly Transmission[] }, call: WireCall): number {
  let count = 0;
  for (const transmission of seen.transmissions) if (transmission.call === call) count += 1;
  return count;
}
