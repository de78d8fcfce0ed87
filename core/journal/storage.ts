/** The Journal port: an append-only table of hash-chained rows with projections that can be rebuilt from it (DESIGN.md 5). */
import type { AttemptStateName, ListFilter, MatchedBy, RefundStateName, Verdict, Wallet } from '../contract/types.ts';
import type { Currency } from '../money/currency.ts';
import type { Instant } from '../ports.ts';

/** One row as it is stored. `hash` covers `previousHash` and every other field, so that any edit shows. */
export interface JournalRow {
  /** 1, 2, 3, … without a gap. */
  readonly sequence: number;
  readonly at: Instant;
  /** What the row belongs to: a payment id, `staff`, `shift-1`, `reconcile`, `reports` or `till`. */
  readonly aggregate: string;
  readonly type: string;
  /** JSON text, exactly the bytes that were hashed. */
  readonly payload: string;
  /** Hex SHA-256 of the row before; 64 zeros for the first. */
  readonly previousHash: string;
  readonly hash: string;
}

/** The row of one payment in the projection `payments`: what lists and searches need, derived from the rows alone. */
export interface PaymentRecord {
  readonly paymentId: string;
  readonly number: string;
  /** The shop's day on which it began: `2026-11-21`. */
  readonly day: string;
  /** The hour of the shop's clock at which it began, 0 to 23. */
  readonly hour: number;
  readonly startedAt: Instant;
  readonly amountMinor: number;
  readonly currency: Currency;
  /** Gateway id, or `cash`. */
  readonly gateway: string;
  readonly wallet: Wallet | 'cash';
  /** Last four digits of the leading attempt's code. */
  readonly last4: string | null;
  readonly state: AttemptStateName;
  readonly verdict: Verdict;
  readonly operatorId: string;
  /** Another till's order: in no total of sales (CASES 38). */
  readonly foreign: boolean;
  /** What a person recorded, while that stands (CASES 17). */
  readonly settledAs: 'paid' | 'notPaid' | null;
  /** Given back so far, and under way; minor units. */
  readonly refundedMinor: number;
  readonly refundOpenMinor: number;
  /** True while it is taken up at the next start: not ended, or a sentinel is due (CASES 20). */
  readonly takenUp: boolean;
  /** True while its outcome is not known. Refunds without an outcome don't count here. */
  readonly open: boolean;
  /** Sequence of the row that made it paid; null while it isn't (CASES 39). */
  readonly paidSequence: number | null;
  readonly saleRef: string | null;
  /** Every whole reference by which it can be found, those of its refunds too, sorted; each value once. */
  readonly references: readonly ReferenceRecord[];
  /** Keyed hashes of its payment codes (money rule 9). */
  readonly codeHashes: readonly string[];
  readonly payerIds: readonly string[];
  /** Sequence of the newest row that is the payment's own; rows of its receipts don't count. */
  readonly lastSequence: number;
}

export interface ReferenceRecord {
  readonly value: string;
  readonly kind: Extract<MatchedBy, 'number' | 'attemptRef' | 'gatewayRef' | 'walletRef' | 'saleRef' | 'refundRef' | 'gatewayRefundRef' | 'paymentId'>;
}

/** The row of one refund in the projection `refunds`. */
export interface RefundRecord {
  readonly refundRef: string;
  /** The gateway's own number of it; null where it told none. */
  readonly gatewayRefundRef: string | null;
  readonly paymentId: string;
  /** The payment's short number. */
  readonly number: string;
  /** The refund's own day and hour. */
  readonly day: string;
  readonly hour: number;
  readonly startedAt: Instant;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly gateway: string;
  readonly wallet: Wallet | 'cash';
  readonly way: 'gateway' | 'cash' | 'outside';
  readonly state: RefundStateName;
  readonly settledAs: 'refunded' | 'notRefunded' | null;
  readonly open: boolean;
  /** It gave back what had never counted as a sale (a loud review): in no total, so that net sums stay those of the gateway. */
  readonly undo: boolean;
  readonly operatorId: string;
  readonly approvedById: string | null;
  /** Sequence of the row that made it refunded; null while it isn't. */
  readonly refundedSequence: number | null;
  readonly lastSequence: number;
}

/**
 * Money that became certain, at the row that made it so, in the projection `moves`. Never changed afterwards: reports of
 * shifts are sums over a range of sequences (CASES 39), the same years later.
 */
export interface MoveRecord {
  readonly sequence: number;
  /**
   * `sale`: became paid. `refund`: became refunded. `outsideRefund`: recorded as given back elsewhere. `cashReturned`: a cash
   * sale taken back. `settledPaid`, `settledNotPaid`, `settledRefunded`: a person's word. `drawerIn`, `drawerOut`, `drawerOpened`: the drawer alone.
   */
  readonly kind: 'sale' | 'refund' | 'outsideRefund' | 'cashReturned' | 'settledPaid' | 'settledNotPaid' | 'settledRefunded' | 'drawerIn' | 'drawerOut' | 'drawerOpened';
  readonly paymentId: string | null;
  readonly refundRef: string | null;
  /** Gateway id, or `cash`. */
  readonly gateway: string;
  readonly wallet: Wallet | 'cash';
  readonly currency: Currency;
  /** Always positive or zero; the kind says which way. For cash what the drawer moved by, rounding included. */
  readonly minor: number;
  readonly operatorId: string;
}

/** The row of one shift in the projection `shifts`. */
export interface ShiftRecord {
  /** 1, 2, 3, …; a closed shift's Z has the same number. */
  readonly number: number;
  readonly openedSequence: number;
  /** Null while it is open. */
  readonly closedSequence: number | null;
}

/** Sums of moves of one kind, gateway, wallet and currency within a range of sequences. */
export interface MoveSum {
  readonly kind: MoveRecord['kind'];
  readonly gateway: string;
  readonly wallet: Wallet | 'cash';
  readonly currency: Currency;
  readonly count: number;
  readonly minor: number;
}

/** A search over payments: a text, a filter, or both. */
export interface FindQuery {
  /** Null lists the newest that pass the filter. */
  readonly text: null | {
    /** Matched without case as the whole, the beginning or the end of a reference; at least 4 characters for a part. */
    readonly reference: string | null;
    /** The text read as an amount in minor units. */
    readonly amountMinor: number | null;
    readonly last4: string | null;
    readonly codeHash: string | null;
  };
  readonly filter: ListFilter;
  readonly count: number;
}

export interface FindRecord {
  readonly record: PaymentRecord;
  readonly matched: MatchedBy;
  /** The whole text that matched. */
  readonly text: string;
  readonly exact: boolean;
}

/** A row of the day's list: a sale on the day it began, or a refund on its own day. */
export type DayRecord = { readonly kind: 'sale'; readonly record: PaymentRecord } | { readonly kind: 'refund'; readonly record: RefundRecord; readonly payment: PaymentRecord };

export interface DayQuery {
  readonly fromDay: string;
  readonly toDay: string;
  readonly filter: ListFilter;
}

/** Sums of rows of the day's list that share everything which totals are made by. */
export interface DaySumRecord {
  readonly kind: 'sale' | 'refund';
  readonly gateway: string;
  readonly wallet: Wallet | 'cash';
  readonly currency: Currency;
  readonly operatorId: string;
  readonly hour: number;
  readonly settledAs: 'paid' | 'notPaid' | 'refunded' | 'notRefunded' | null;
  readonly open: boolean;
  /** In the totals: a paid sale of ours, or a refund that went through. */
  readonly counts: boolean;
  /** Recorded as given back elsewhere: in no total, and summed apart. */
  readonly outside: boolean;
  readonly rows: number;
  readonly minor: number;
}

/** Everything of a sum but what is summed: rows are added up where this is the same, in every storage by these very words. */
export function daySumKey(sum: DaySumRecord): string {
  const { kind, gateway, wallet, currency, operatorId, hour, settledAs, open, counts, outside } = sum;
  return JSON.stringify([kind, gateway, wallet, currency, operatorId, hour, settledAs, open, counts, outside]);
}

/** The row of one print job in the projection `print_jobs`. */
export interface PrintJobRecord {
  readonly jobId: string;
  /** Aggregate that it belongs to: a payment's id, `shift-1`, or `reports`. */
  readonly paymentId: string | null;
  readonly state: 'waiting' | 'printing' | 'printed' | 'interrupted' | 'dropped';
  readonly queuedAt: Instant;
}

/** What one append changes beside the rows themselves; stored in the same transaction. */
export interface ProjectionChanges {
  readonly payments: readonly PaymentRecord[];
  readonly refunds: readonly RefundRecord[];
  readonly moves: readonly MoveRecord[];
  readonly shifts: readonly ShiftRecord[];
  readonly printJobs: readonly PrintJobRecord[];
  /** Ids of commands that were carried out, with the aggregate each concerns (CASES 8). */
  readonly commands: readonly { readonly commandId: string; readonly aggregate: string }[];
}

/** Which payments a look-up wants; every field is answered from an index. */
export type PaymentQuery =
  | { readonly by: 'paymentId'; readonly value: string }
  /** A whole reference, never a part of one. */
  | { readonly by: 'reference'; readonly value: string }
  | { readonly by: 'codeHash'; readonly value: string }
  | { readonly by: 'payerId'; readonly value: string; readonly since: Instant }
  | { readonly by: 'saleRef'; readonly value: string }
  | { readonly by: 'takenUp' }
  | { readonly by: 'day'; readonly value: string }
  /** Payments of exactly this amount that began at `since` or later. */
  | { readonly by: 'amount'; readonly minor: number; readonly currency: string; readonly since: Instant }
  | { readonly by: 'newest'; readonly count: number };

/** The journal can't take a row, or can't be read: disk full, no permission, another till, another version, or a broken file. Nothing was written. */
export class JournalUnavailable extends Error {
  /** `older`: only a till that opens it brings it up to this program, and nothing but its rows can be read until then. */
  readonly reason: 'notWritable' | 'inUse' | 'broken' | 'newer' | 'older' | 'settingsLost';
  constructor(reason: JournalUnavailable['reason'], detail: string) {
    super(detail);
    this.name = 'JournalUnavailable';
    this.reason = reason;
  }
}

export interface JournalReader {
  /** The newest row's sequence and hash; sequence 0 and 64 zeros for an empty journal. */
  head(): { readonly sequence: number; readonly hash: string };
  /** Rows of one aggregate, oldest first. */
  rowsOf(aggregate: string): readonly JournalRow[];
  /** Rows with a sequence above `after`, oldest first, at most `count`. */
  rowsAfter(after: number, count: number): readonly JournalRow[];
  /** Rows of one type with a sequence above `after`, oldest first. Looks at every row in between: name a narrow range. */
  rowsOfType(type: string, after: number): readonly JournalRow[];
  payments(query: PaymentQuery): readonly PaymentRecord[];
  /** How many payments began on this day of the shop, for the short number. */
  countOfDay(day: string): number;
  printJobs(query: { readonly paymentId: string } | { readonly unfinished: true }): readonly PrintJobRecord[];
  aggregateOfCommand(commandId: string): string | null;
  /** Oldest first. */
  refunds(query: { readonly paymentId: string } | { readonly refundRef: string } | { readonly open: true }): readonly RefundRecord[];
  /** Exact matches first, then newest; at most `count`. */
  find(query: FindQuery): readonly FindRecord[];
  /** Rows of the list, newest first, after `after` (the `dayCursor` of a row; null for the first), at most `count`. */
  dayRows(query: DayQuery & { readonly after: string | null; readonly count: number }): readonly DayRecord[];
  daySums(query: DayQuery): readonly DaySumRecord[];
  /** Sums over rows after `afterSequence`, up to and with `upToSequence`. */
  moveSums(range: { readonly afterSequence: number; readonly upToSequence: number }): readonly MoveSum[];
  /** Drawer moves of a range, oldest first: their rows hold reason and names. */
  drawerMoves(range: { readonly afterSequence: number; readonly upToSequence: number }): readonly MoveRecord[];
  /** The shift of this number, or the newest; null where there is none. */
  shift(number: number | 'newest'): ShiftRecord | null;
  /** The row of this sequence; null where there is none. */
  row(sequence: number): JournalRow | null;
}

/** Where a row stands in the list: later rows have smaller cursors, so that a page after it is a range of an index. */
export function dayCursor(row: DayRecord): string {
  const { startedAt } = row.record;
  const id = row.kind === 'sale' ? row.record.paymentId : row.record.refundRef;
  return `${String(startedAt).padStart(15, '0')} ${row.kind} ${id}`;
}

/** Whether a row of the list is in its totals. */
export function paymentCounts(record: Pick<PaymentRecord, 'verdict' | 'settledAs' | 'foreign'>): boolean {
  return record.verdict === 'paid' && record.settledAs === null && !record.foreign;
}

export function refundCounts(record: Pick<RefundRecord, 'state' | 'undo' | 'way'>): boolean {
  return record.state === 'refunded' && !record.undo && record.way !== 'outside';
}

/** Whether a refund was given back elsewhere and only recorded here: no gateway's and no drawer's money, whatever it was of. */
export function refundIsOutside(record: Pick<RefundRecord, 'state' | 'way'>): boolean {
  return record.state === 'refunded' && record.way === 'outside';
}

export interface JournalStorage extends JournalReader {
  /**
   * Stores the rows and the projections' changes in one transaction, durable on return: an acknowledged row survives
   * power loss (money rule 1). Throws JournalUnavailable, and then nothing of it was stored.
   */
  append(rows: readonly JournalRow[], changes: ProjectionChanges): void;
  close(): void;
}
