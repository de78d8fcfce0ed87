/** Refunds and cash as screens see them. Types alone. */
import type { Amount } from '../money/amount.ts';
import type { Message } from './messages.ts';
import type { Approval, ApprovalRefusal, PersonName } from './staff-types.ts';
import type { Instant, Locale, PaymentView, Wallet } from './types.ts';

/**
 * Where a refund stands. `submitting`: journaled, the request may be on the wire. `unknown`: no reliable answer, being asked.
 * `pending`: accepted, not arrived; being asked. `refunded`: the gateway said so. `refused`: nothing was given back.
 * `review`: every automatic way is used up, a person looks; asking goes on. `settled`: a named person recorded how it ended.
 */
export type RefundStateName = 'submitting' | 'unknown' | 'pending' | 'refunded' | 'refused' | 'review' | 'settled';

export interface RefundView {
  readonly refundRef: string;
  readonly paymentId: string;
  /** The attempt whose money it gives back. */
  readonly attemptRef: string;
  readonly amount: Amount;
  readonly state: RefundStateName;
  /** True while its outcome is not known. */
  readonly open: boolean;
  /** In a settled one: whether the person recorded it as given back. */
  readonly settledAs: 'refunded' | 'notRefunded' | null;
  /** `cash`: out of the drawer. `outside`: given back elsewhere and recorded here. */
  readonly way: 'gateway' | 'cash' | 'outside';
  readonly reason: string;
  readonly by: PersonName;
  /** Who approved it, where somebody had to. */
  readonly approvedBy: PersonName | null;
  readonly gatewayRefundRef: string | null;
  readonly startedAt: Instant;
  readonly changedAt: Instant;
  readonly asked: number;
  readonly nextAt: Instant | null;
  readonly message: Message | null;
  readonly gatewayCode: string | null;
  readonly gatewayWords: string | null;
}

/** What can be given back of a payment now. */
export interface Refundable {
  /** Paid, less what is refunded or open. */
  readonly left: Amount;
  readonly refunded: Amount;
  /** Under way: neither given back nor available. */
  readonly open: Amount;
  /** True where only all of it can be given back at once (another till's order, or a gateway without partial refunds). */
  readonly wholeOnly: boolean;
  /** Why nothing can be refunded now; null where it can. */
  readonly refusal: Message | null;
  /** True where what was given back elsewhere may be recorded: the gateway can't, or has refused the last refund for good. */
  readonly outsideAllowed: boolean;
}

export interface RefundRequest {
  readonly commandId: string;
  readonly paymentId: string;
  /** The attempt whose money goes back; left out, the one that paid (or whose money a loud review is about). */
  readonly attemptRef?: string | undefined;
  readonly amount: Amount;
  readonly reason: string;
  readonly approval?: Approval | undefined;
}

export type RefundReply =
  | { readonly kind: 'started'; readonly payment: PaymentView; readonly refund: RefundView }
  | ApprovalRefusal
  /** Nothing was sent. */
  | { readonly kind: 'refused'; readonly message: Message };

/** What a refund needs before it is sent: shown on the form, so that nobody learns it afterwards. */
export interface RefundPlan {
  readonly payment: PaymentView;
  readonly refundable: Refundable;
  readonly reasons: readonly string[];
  readonly approvalAbove: Amount;
  /** Cash comes out of the drawer, the rest goes back to the wallet. */
  readonly way: 'gateway' | 'cash';
}

/** `refused`: there is no such payment, or it can't be read. */
export type RefundPlanReply = RefundPlan | { readonly kind: 'refused'; readonly message: Message };

/** An order that another till made, as its gateway describes it (CASES 38). */
export interface ForeignOrder {
  /** Handle of this look-up, for the refund that may follow within ten minutes. */
  readonly lookUpId: string;
  readonly gateway: string;
  readonly gatewayNames: Readonly<Record<Locale, string>>;
  readonly attemptRef: string;
  readonly gatewayRef: string | null;
  readonly walletRef: string | null;
  readonly wallet: Wallet;
  readonly amount: Amount;
  readonly paidAt: Instant | null;
  /** Null where all of it may be refunded; else why not. */
  readonly refusal: Message | null;
}

export type LookUpReply =
  | { readonly kind: 'ours'; readonly payment: PaymentView }
  | { readonly kind: 'foreign'; readonly order: ForeignOrder }
  | { readonly kind: 'notFound'; readonly message: Message }
  /** The gateway gave no reliable answer, or it is a payment of ours that can't be read. */
  | { readonly kind: 'notKnown'; readonly message: Message };

/** What a cash sale took. */
export interface CashTaken {
  /** What the customer handed over; for an exact sum, the amount due. */
  readonly received: Amount;
  readonly change: Amount;
  /** Amount due minus the sale's amount, where cash is rounded: may be negative (minor units). */
  readonly roundingMinor: number;
  /** What the drawer's sum moves by: the amount after rounding. */
  readonly due: Amount;
  /** Taken back before the next sale: not cash after all. */
  readonly returned: boolean;
}

export type CashReply =
  | { readonly kind: 'taken'; readonly payment: PaymentView }
  | { readonly kind: 'short'; readonly by: Amount; readonly message: Message }
  | { readonly kind: 'refused'; readonly message: Message };

/** What a person recorded about a payment (or refund) without an outcome (CASES 17). */
export interface Settled {
  readonly as: 'paid' | 'notPaid';
  readonly how: SettleHow;
  readonly sentence: string | null;
  readonly by: PersonName;
  readonly at: Instant;
}

export type SettleHow = 'supportSaid' | 'seenInPortal' | 'onStatement' | 'other';

export type SettleReply = { readonly kind: 'done'; readonly payment: PaymentView } | ApprovalRefusal | { readonly kind: 'refused'; readonly message: Message };
