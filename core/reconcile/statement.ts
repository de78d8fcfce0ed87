/** A gateway's statement as the match reads it: one row of money with its references, whatever the file looked like. */
import type { StatementField } from '../contract/types.ts';

/** `undo`: a payment taken back before it was final (cancel, reversal). `other`: fees, payouts and the like, which are no payment. */
export type StatementKind = 'payment' | 'refund' | 'undo' | 'other';

export interface StatementRow {
  readonly kind: StatementKind;
  /** The cells as they stand in the file, cleaned of what spreadsheets need: for people. */
  readonly cells: Readonly<Partial<Record<StatementField, string>>>;
  readonly attemptRef: string | null;
  readonly gatewayRef: string | null;
  readonly walletRef: string | null;
  readonly refundRef: string | null;
  /** Minor units; negative where money went back. Null where the cell can't be read. */
  readonly minor: number | null;
  /** `2026-11-21` by the gateway's clock; null where the row names none. */
  readonly day: string | null;
  /** `pending`: taken, not final. `failed`: no money moved. */
  readonly outcome: 'done' | 'pending' | 'failed';
  readonly currency: string | null;
  readonly terminal: string | null;
}

/** Days that a statement covers, both included. */
export interface StatementDays {
  readonly fromDay: string;
  readonly toDay: string;
}
