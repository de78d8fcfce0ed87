/** The Journal port: an append-only table of hash-chained rows with projections that can be rebuilt from it (DESIGN.md 5). */
import type { Instant } from '../ports.ts';

/** One row as it is stored. `hash` covers `previousHash` and every other field, so that any edit shows. */
export interface JournalRow {
  /** 1, 2, 3, … without a gap. */
  readonly sequence: number;
  readonly at: Instant;
  /** What the row belongs to: a payment id, a print job id, or `till`. */
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
  readonly startedAt: Instant;
  readonly amountMinor: number;
  readonly currency: string;
  readonly gateway: string;
  readonly state: string;
  readonly verdict: string;
  /** True while it is taken up at the next start: not ended, or a sentinel is due (CASES 20). */
  readonly takenUp: boolean;
  /** True while its outcome is not known. */
  readonly open: boolean;
  /** Sequence of the row that made it paid; null while it isn't (CASES 39). */
  readonly paidSequence: number | null;
  readonly saleRef: string | null;
  /** Every whole reference by which it can be found: ours, theirs, the wallet's, the short number, the sale's. */
  readonly references: readonly string[];
  /** Keyed hashes of its payment codes (money rule 9). */
  readonly codeHashes: readonly string[];
  readonly payerIds: readonly string[];
  /** Sequence of the newest row that is the payment's own; rows of its receipts don't count. */
  readonly lastSequence: number;
}

/** The row of one print job in the projection `print_jobs`. */
export interface PrintJobRecord {
  readonly jobId: string;
  readonly paymentId: string | null;
  readonly state: 'waiting' | 'printing' | 'printed' | 'interrupted' | 'dropped';
  readonly queuedAt: Instant;
}

/** What one append changes beside the rows themselves; stored in the same transaction. */
export interface ProjectionChanges {
  readonly payments: readonly PaymentRecord[];
  readonly printJobs: readonly PrintJobRecord[];
  /** Ids of commands that were carried out, with the payment each concerns (CASES 8). */
  readonly commands: readonly { readonly commandId: string; readonly paymentId: string }[];
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

/** The journal can't take a row: disk full, no permission, another till, or a broken file. Nothing was written. */
export class JournalUnavailable extends Error {
  readonly reason: 'notWritable' | 'inUse' | 'broken' | 'newer' | 'settingsLost';
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
  payments(query: PaymentQuery): readonly PaymentRecord[];
  /** How many payments began on this day of the shop, for the short number. */
  countOfDay(day: string): number;
  printJobs(query: { readonly paymentId: string } | { readonly unfinished: true }): readonly PrintJobRecord[];
  paymentOfCommand(commandId: string): string | null;
}

export interface JournalStorage extends JournalReader {
  /**
   * Stores the rows and the projections' changes in one transaction, durable on return: an acknowledged row survives
   * power loss (money rule 1). Throws JournalUnavailable, and then nothing of it was stored.
   */
  append(rows: readonly JournalRow[], changes: ProjectionChanges): void;
  close(): void;
}
