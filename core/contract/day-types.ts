/** Finding, the day's list, exports and reconciling as screens and the command line see them. Types alone. */
import type { Amount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import type { Message } from './messages.ts';
import type { RefundStateName } from './refund-types.ts';
import type { PersonName } from './staff-types.ts';
import type { AttemptStateName, Instant, PaymentView, Verdict, Wallet } from './types.ts';

/** What a search or a list is narrowed to; every absent field lets all through. */
export interface ListFilter {
  /** First and last day of the shop, both included: `2026-11-21`. */
  readonly fromDay?: string | undefined;
  readonly toDay?: string | undefined;
  readonly leastMinor?: number | undefined;
  readonly mostMinor?: number | undefined;
  readonly wallet?: Wallet | 'cash' | undefined;
  /** Gateway id, or `cash`. */
  readonly gateway?: string | undefined;
  readonly operatorId?: string | undefined;
  /**
   * `paid`: the money is there. `declined`: declined or reversed. `unknown`: every state whose outcome isn't known, a review and
   * a pending refund too. `refunded`: sales with a refund that went through or is under way, and those refunds. `settled`: a
   * person's word stands. Any other: that leading state alone. A refund's row goes by its own state.
   */
  readonly state?: AttemptStateName | 'refunded' | undefined;
}

/** Why a payment was found. */
export type MatchedBy = 'number' | 'paymentId' | 'attemptRef' | 'gatewayRef' | 'walletRef' | 'saleRef' | 'refundRef' | 'gatewayRefundRef' | 'code' | 'last4' | 'amount' | 'filter';

export interface FindHit {
  readonly payment: PaymentView;
  readonly matched: MatchedBy;
  /** The text that matched, whole; what was typed stands in it at `from` (characters) for `length`. */
  readonly text: string;
  readonly from: number;
  readonly length: number;
  readonly exact: boolean;
}

export interface FindReply {
  /** Exact first, then newest. */
  readonly hits: readonly FindHit[];
  /** True where more matched than were asked for. */
  readonly more: boolean;
}

/** One row of the day's list: a sale, or a refund on its own day. */
export interface DayRow {
  readonly kind: 'sale' | 'refund';
  /** The row's place, for the page after it. */
  readonly cursor: string;
  readonly paymentId: string;
  readonly number: string;
  readonly at: Instant;
  /** The sale's amount; for a refund what went back. */
  readonly amount: Amount;
  readonly gateway: string;
  readonly wallet: Wallet | 'cash';
  readonly last4: string | null;
  readonly state: AttemptStateName | RefundStateName;
  readonly verdict: Verdict;
  /** In the totals: paid and not taken back, or refunded. Settled ones count apart. */
  readonly counts: boolean;
  /** A refund that was given back elsewhere and recorded here: in no total, and summed apart. */
  readonly outside: boolean;
  readonly settled: boolean;
  readonly open: boolean;
  readonly operator: PersonName | null;
  readonly reference: string;
  readonly gatewayRef: string | null;
  readonly saleRef: string | null;
}

/** Sums of the rows shown, in minor units; currencies apart, always. */
export interface DaySum {
  readonly key: string;
  readonly currency: Currency;
  readonly sales: number;
  readonly salesMinor: number;
  readonly refunds: number;
  readonly refundsMinor: number;
  readonly netMinor: number;
}

export interface DayTotals {
  readonly byCurrency: readonly DaySum[];
  readonly byGateway: readonly DaySum[];
  readonly byWallet: readonly DaySum[];
  readonly byOperator: readonly DaySum[];
  /** `key` is the hour of the shop's clock: `00` to `23`. */
  readonly byHour: readonly DaySum[];
  /** Not known yet: in no total. Sales and refunds apart: the one may bring the money that the other may take. */
  readonly open: readonly { readonly kind: 'sale' | 'refund'; readonly currency: Currency; readonly count: number; readonly minor: number }[];
  /** Recorded by a person: apart. */
  readonly settled: readonly { readonly as: 'paid' | 'notPaid' | 'refunded'; readonly currency: Currency; readonly count: number; readonly minor: number }[];
  /** Given back elsewhere and recorded here: apart, since no gateway's money moved. */
  readonly outside: readonly { readonly currency: Currency; readonly count: number; readonly minor: number }[];
  readonly rows: number;
}

export interface DayPage {
  readonly day: string;
  /** The day's own, newest first. What isn't settled, of any day, comes with the sums: `DayView.unsettled`. */
  readonly rows: readonly DayRow[];
  /** Cursor of the next page; null at the end. */
  readonly next: string | null;
}

export interface DayView {
  readonly day: string;
  readonly totals: DayTotals;
  /** The same weekday a week before, by hour, for the chart. */
  readonly weekBefore: readonly DaySum[];
  /** The calendar day before; null where it has no rows. */
  readonly dayBefore: { readonly day: string; readonly byCurrency: readonly DaySum[]; readonly open: DayTotals['open'] } | null;
  /** With something that has no outcome, of any day, oldest first: on top of the list until settled, and in no sum here but its own day's. */
  readonly unsettled: readonly PaymentView[];
  /** False for a cashier with an open shift, who will count the drawer: then no sum here holds cash; counts do. */
  readonly cashShown: boolean;
}

// ---- long work

export type ExportFormat = 'csv' | 'xlsx' | 'pdf';

/** Something that may take long, in a worker; selling goes on. */
export interface LongTask {
  readonly taskId: string;
  readonly kind: 'export' | 'reconcile' | 'verify' | 'backup';
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  /** Null while it isn't known. */
  readonly total: number | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** The file or folder that it writes, for people. */
  readonly target: string;
  readonly format: ExportFormat | null;
  readonly message: Message | null;
}

export type TaskReply = { readonly kind: 'started'; readonly task: LongTask } | { readonly kind: 'refused'; readonly message: Message };

// ---- reconciling

/** What a statement's column can be. `time` and below may be absent; a row is matched by references and amount. */
export type StatementField = 'attemptRef' | 'gatewayRef' | 'walletRef' | 'refundRef' | 'amount' | 'refundAmount' | 'kind' | 'time' | 'state' | 'currency' | 'terminal' | 'fee';

export interface StatementFile {
  readonly path: string;
  readonly name: string;
  readonly changedAt: Instant;
  readonly bytes: number;
  /** When it was matched last, and what was left unexplained then. */
  readonly matchedAt: Instant | null;
  /** Differences that were left then; 0 for all matched. */
  readonly differencesLeft: number | null;
}

export interface StatementColumn {
  /** The heading as it stands in the file. */
  readonly theirs: string;
  /** Null where it wasn't recognised. */
  readonly ours: StatementField | null;
  readonly example: string;
}

/** What a statement looks like before it is matched. */
export interface StatementLook {
  readonly path: string;
  readonly gateway: string | null;
  readonly terminal: string | null;
  readonly fromDay: string | null;
  readonly toDay: string | null;
  readonly rows: number;
  readonly encoding: string;
  readonly columns: readonly StatementColumn[];
  /** Never guessed from figures alone: the match waits for it (null). */
  readonly amountUnit: 'minor' | 'major' | null;
  readonly problem: Message | null;
}

/** How a gateway's statements are read; remembered per gateway. */
export interface StatementMapping {
  readonly columns: Readonly<Record<string, StatementField>>;
  readonly amountUnit: 'minor' | 'major';
}

export type DifferenceKind = 'missingHere' | 'missingThere' | 'different';

export interface ReconcileRow {
  /** 1 for the first difference. */
  readonly index: number;
  readonly kind: DifferenceKind;
  readonly theirs: Readonly<Partial<Record<StatementField, string>>> | null;
  readonly ours: { readonly paymentId: string; readonly number: string; readonly reference: string; readonly gatewayRef: string | null; readonly amount: Amount; readonly state: string; readonly at: Instant } | null;
  /** Fields that differ. */
  readonly fields: readonly StatementField[];
  /** Theirs minus ours, minor units. */
  readonly effectMinor: number;
  /** What it looks like. */
  readonly looksLike: 'notInJournal' | 'bookedUnderOurNumber' | 'notOnStatement' | 'otherDay' | 'otherAmount' | 'otherState' | 'openHere' | 'refundMissing' | 'duplicate';
  readonly note: string | null;
}

export interface ReconcileResult {
  readonly gateway: string;
  readonly path: string;
  readonly currency: Currency;
  /** Days that the statement covers; null where it names none. */
  readonly fromDay: string | null;
  readonly toDay: string | null;
  readonly rows: number;
  readonly matched: number;
  readonly missingHere: number;
  readonly missingThere: number;
  readonly different: number;
  readonly theirsMinor: number;
  readonly oursMinor: number;
  /** Sum of all effects; equal to the difference of the totals, or the rest is unexplained. */
  readonly explainedMinor: number;
  readonly unexplainedMinor: number;
  /** At most the first thousand; the export has all. */
  readonly differences: readonly ReconcileRow[];
}

export type ReconcileReply = { readonly kind: 'started'; readonly task: LongTask } | { readonly kind: 'refused'; readonly message: Message };
