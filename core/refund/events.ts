/** Everything that can happen to a refund: journaled in its payment's aggregate before anything is done about it. */
import type { PersonName, SettleHow } from '../contract/types.ts';
import type { Outcome, RefundCall } from '../gateways/gateway.ts';
import type { Amount } from '../money/amount.ts';
import type { EventTime } from '../payment/events.ts';
import type { Instant } from '../ports.ts';

/** What the engine must know about how the gateway refunds, fixed when the refund is made. */
export interface RefundTraits {
  readonly queryBy: 'refundRef' | 'gatewayRefundRef' | null;
  /** Whether its payment is asked about while its own number isn't known (`RefundCapability`); missing in older journals. */
  readonly asksPaymentInstead?: boolean;
  /** Whether the same request may be sent again under the same number after a lost answer (CASES 24). */
  readonly mayRepeat: boolean;
  /** True where nothing promises that a repeat is the same refund: then "over the limit" means that it was probably done. */
  readonly limitMeansDone: boolean;
}

export interface RefundCreated {
  readonly type: 'refundCreated';
  readonly time: EventTime;
  readonly refundRef: string;
  /** The attempt whose money goes back. */
  readonly attemptRef: string;
  readonly amount: Amount;
  /** `cash`: out of the drawer. `outside`: given back elsewhere, recorded here. Both need no gateway and end at once. */
  readonly way: 'gateway' | 'cash' | 'outside';
  readonly reason: string;
  readonly by: PersonName;
  readonly approvedBy: PersonName | null;
  /** The till's own, to undo what can't be reversed any more (CASES 18). */
  readonly automatic: boolean;
  /** Found on the gateway's statement by a restored journal: it went through before, and nothing is sent (CASES 29). */
  readonly found: boolean;
  /** Its number on the statement, so that the same statement finds it once. */
  readonly foundReference: string | null;
  readonly commandId: string | null;
  readonly day: string;
  readonly hour: number;
  readonly traits: RefundTraits;
  readonly connectSeconds: number;
  readonly answerTimeoutSeconds: number;
}

export interface RefundAnswered {
  readonly type: 'refundAnswered';
  readonly time: EventTime;
  readonly refundRef: string;
  readonly attemptRef: string;
  readonly call: RefundCall;
  readonly outcome: Outcome;
  readonly durationMilliseconds: number;
}

export interface RefundNotAnswered {
  readonly type: 'refundNotAnswered';
  readonly time: EventTime;
  readonly refundRef: string;
  readonly attemptRef: string;
  readonly call: RefundCall;
  readonly how: 'neverSent' | 'lost';
  readonly reason: string;
  readonly durationMilliseconds: number;
}

/** The planned next question is due. */
export interface RefundTimerFired {
  readonly type: 'refundTimerFired';
  readonly time: EventTime;
  readonly refundRef: string;
  readonly attemptRef: string;
}

/** The gateway's notification names this refund; whatever it says is only a reason to ask. */
export interface RefundNotified {
  readonly type: 'refundNotified';
  readonly time: EventTime;
  readonly refundRef: string;
  readonly attemptRef: string;
}

export interface RefundAskedNow {
  readonly type: 'refundAskedNow';
  readonly time: EventTime;
  readonly refundRef: string;
  readonly attemptRef: string;
  readonly by: PersonName;
}

/** The till took the refund up again after a start, or after the journal could not be written for a while. */
export interface RefundTakenUp {
  readonly type: 'refundTakenUp';
  readonly time: EventTime;
  readonly refundRef: string;
  readonly attemptRef: string;
  readonly identityKnown: boolean;
  /** False where it is only asked about, never sent again: a second refund would fit, or it is a restored journal that wasn't reconciled (CASES 24, 29). */
  readonly mayRepeat: boolean;
}

/** A named person recorded how it ended. */
export interface RefundSettled {
  readonly type: 'refundSettled';
  readonly time: EventTime;
  readonly refundRef: string;
  readonly attemptRef: string;
  readonly commandId: string;
  readonly as: 'refunded' | 'notRefunded';
  readonly how: SettleHow;
  readonly sentence: string | null;
  readonly by: PersonName;
}

/** The gateway's statement has it as done, and the till as not done (SCREENS.md 5.12a). */
export interface RefundBooked {
  readonly type: 'refundBooked';
  readonly time: EventTime;
  readonly refundRef: string;
  readonly attemptRef: string;
  /** Who matched the statement; missing in rows of journals from before it was kept. */
  readonly by?: PersonName;
}

export type RefundEvent = RefundBooked | RefundNotified | RefundCreated | RefundAnswered | RefundNotAnswered | RefundTimerFired | RefundAskedNow | RefundTakenUp | RefundSettled;

/** What a person recorded, as the state keeps it. */
export interface RefundRecorded {
  readonly as: 'refunded' | 'notRefunded';
  readonly how: SettleHow;
  readonly sentence: string | null;
  readonly by: PersonName;
  readonly at: Instant;
}
