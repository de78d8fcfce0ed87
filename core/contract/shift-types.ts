/** Shifts, the drawer, X and Z reports as screens and paper see them. Types alone. */
import type { Amount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import type { ReceiptDocument } from '../receipt/document.ts';
import type { Message } from './messages.ts';
import type { ApprovalRefusal, PersonName } from './staff-types.ts';
import type { Instant, Wallet } from './types.ts';

/** One kind of note or coin and how many of it were counted. */
export interface Denomination {
  readonly value: Amount;
  readonly pieces: number;
}

/** Sums of one gateway (or `cash`), wallet and currency within a shift, in minor units. */
export interface TenderSum {
  /** Gateway id, or `cash`. */
  readonly gateway: string;
  readonly wallet: Wallet | 'cash';
  readonly currency: Currency;
  readonly sales: number;
  readonly salesMinor: number;
  readonly refunds: number;
  readonly refundsMinor: number;
}

/** What moved the drawer other than sales and refunds. */
export interface DrawerMove {
  readonly at: Instant;
  readonly direction: 'in' | 'out' | 'opened';
  /** Zero for an opening with nothing to book. */
  readonly amount: Amount;
  readonly reason: string;
  readonly by: PersonName;
  readonly approvedBy: PersonName | null;
}

/** An attempt or refund without an outcome that a report carries over. */
export interface CarriedOver {
  readonly kind: 'payment' | 'refund';
  readonly number: string;
  readonly reference: string;
  readonly amount: Amount;
  readonly startedAt: Instant;
}

/** What is known of a shift's money at one moment; an X shows it, a Z keeps it. All sums in minor units. */
export interface ShiftSums {
  /** Rows of the journal that count: after `afterSequence`, up to and with `upToSequence` (CASES 39). */
  readonly afterSequence: number;
  readonly upToSequence: number;
  readonly tenders: readonly TenderSum[];
  /** Recorded by a person, apart from every other total (CASES 17). */
  readonly settled: readonly { readonly as: 'paid' | 'notPaid' | 'refunded'; readonly currency: Currency; readonly count: number; readonly minor: number }[];
  /** Given back elsewhere and only recorded here. */
  readonly outsideRefunds: readonly { readonly currency: Currency; readonly count: number; readonly minor: number }[];
  readonly cashReturned: { readonly count: number; readonly minor: number };
  readonly carriedOver: readonly CarriedOver[];
  readonly moves: readonly DrawerMove[];
  /** What the drawer should hold, in the store's currency: float + cash sales − cash refunds + in − out. */
  readonly expectedDrawerMinor: number;
  readonly drawerOpenings: number;
}

export interface OpenShift {
  readonly number: number;
  readonly openedAt: Instant;
  readonly openedBy: PersonName;
  readonly float: Amount;
  /** A close was begun: what was counted, and whether the one recount is used up. */
  readonly count: CountView | null;
}

/** A count, blind until it was journaled. */
export interface CountView {
  readonly counted: Amount;
  readonly expected: Amount;
  readonly differenceMinor: number;
  readonly recountUsed: boolean;
}

/** What the shift screens open with. */
export interface ShiftView {
  readonly current: OpenShift | null;
  /** False in a shop without a drawer (cash off): count, float and cash are skipped. */
  readonly drawer: boolean;
  /** Denominations to count by, greatest first. */
  readonly denominations: readonly Amount[];
  readonly lastZ: { readonly number: number; readonly closedAt: Instant; readonly by: PersonName; readonly left: Amount } | null;
  readonly checks: readonly ShiftCheck[];
}

/** A line of "check, then open" or "check, then count". */
export interface ShiftCheck {
  readonly what: 'openPayments' | 'openRefunds' | 'journal' | 'printer' | 'scanner' | 'gateways' | 'clock' | 'backup';
  readonly fine: boolean;
  readonly count: number;
  /** Of what is carried over: a sum for each currency, the store's first. */
  readonly amounts: readonly Amount[];
}

export interface XReport {
  readonly shift: OpenShift;
  readonly at: Instant;
  readonly by: PersonName | null;
  /** Until a supervisor shows them, the sums of cash tenders and the expected drawer are 0; counts and moves stay. */
  readonly cashShown: boolean;
  readonly sums: ShiftSums;
}

/** A closed shift: kept in the journal as it was, and made again from its rows to the byte. */
export interface ZReport {
  /** 1, 2, 3, … without a gap. */
  readonly number: number;
  readonly shift: number;
  readonly terminalId: string;
  readonly openedAt: Instant;
  readonly openedBy: PersonName;
  readonly closedAt: Instant;
  readonly closedBy: PersonName;
  readonly float: Amount;
  readonly sums: ShiftSums;
  readonly counted: Amount | null;
  readonly differenceMinor: number;
  readonly differenceReason: string | null;
  readonly recounts: number;
  /** What stays in the drawer for the next shift. */
  readonly left: Amount;
  readonly training: boolean;
}

export interface ZView {
  readonly report: ZReport;
  /** The Z as it prints. */
  readonly document: ReceiptDocument;
  readonly printed: 'none' | 'waiting' | 'printing' | 'printed' | 'interrupted';
  /** Null where no backup folder is set; else what became of this Z's backup. */
  readonly backup: null | { readonly state: 'running' | 'done' | 'failed'; readonly folder: string };
}

export type ShiftReply = { readonly kind: 'done'; readonly shift: ShiftView } | ApprovalRefusal | { readonly kind: 'refused'; readonly message: Message };
export type CountReply = { readonly kind: 'counted'; readonly count: CountView } | { readonly kind: 'refused'; readonly message: Message };
export type CloseReply = { readonly kind: 'closed'; readonly z: ZView } | ApprovalRefusal | { readonly kind: 'refused'; readonly message: Message };
export type XReply = { readonly kind: 'report'; readonly report: XReport } | ApprovalRefusal | { readonly kind: 'refused'; readonly message: Message };
