/** What the engine knows of one attempt: derived from its events alone, plain data. */
import type { AttemptStateName, DeclineReason, ReviewReason, Settled, Wallet } from '../contract/types.ts';
import type { AttemptCall, Call, Evidence, Kept, Outcome, UnknownWhy } from '../gateways/gateway.ts';
import type { PayerCharge } from '../money/payer-charge.ts';
import type { Instant, Monotonic } from '../ports.ts';
import type { AttemptCreated, EventTime, TimerName } from './events.ts';

/**
 * Where the undoing stands, in `reversing` and in a review's rounds.
 * `asking`: queries only, no reversal may leave yet. `undoing`: a reversal left, not confirmed. `confirming`: the gateway
 * said undone, a query is to confirm it. `provingAbsence`: the gateway doesn't know the order, a query must say so too.
 */
export type UndoPhase = 'asking' | 'undoing' | 'confirming' | 'provingAbsence';

/** A look at an attempt that ended without money (CASES 20). */
export interface Sentinel {
  /** Index of the next look; after the planned ones, looks are daily while they go unanswered. */
  readonly round: number;
  readonly unansweredTries: number;
  readonly days: number;
  /** It is also looked at when the till next starts. */
  readonly atNextStart: boolean;
  /** The look that is out was made because of a start, beside the planned ones. */
  readonly extraLook: boolean;
}

export interface AttemptState {
  readonly name: AttemptStateName;
  readonly created: AttemptCreated;
  readonly gatewayRef: string | null;
  readonly walletRef: string | null;
  readonly wallet: Wallet;
  readonly payerId: string | null;
  /** What the payer was charged in a currency of their own; null where no answer named it. */
  readonly charged: PayerCharge | null;
  /** A notification said that the payer disputes it: a note, and no state. */
  readonly disputed: boolean;
  /** False while the settings don't hold the identity it was sent under: then nothing is called (CASES 6). */
  readonly identityKnown: boolean;
  /** The request that is out; at most one at a time (CASES 7). */
  readonly inFlight: AttemptCall | null;
  /** How often the payment itself was sent: the charge of a scanned code, or the order of a shown one. */
  readonly payTransmissions: number;
  /** The access token of the first transmission was refused, and it went out once more: still the first that was looked at. */
  readonly tokenRetried: boolean;
  /** The question that is out was asked because of a notification: when the plan goes on if it tells nothing new. */
  readonly planBeforeNotice: Monotonic | null;
  /** What the customer scans, once the gateway gave it. */
  readonly qr: { readonly content: string; readonly since: Instant } | null;
  /** What answers gave to keep for later calls. */
  readonly kept: Kept;
  readonly asked: number;
  readonly reversals: number;
  readonly phase: UndoPhase | null;
  /** False once the code is gone from memory or must not be sent again (CASES 21). */
  readonly codeUsable: boolean;
  readonly gaveUp: 'no' | 'person' | 'deadline';
  /** The payer's time is up: no more waiting, only the last answer and then the undo or a person. */
  readonly deadlinePassed: boolean;
  readonly parked: boolean;
  /** It was taken up while it was open, so that nobody at the counter saw how it ended. */
  readonly resumed: boolean;
  readonly notWanted: boolean;
  /** It was taken up from an older copy of the journal: a reversal or a person's word may be missing (CASES 29). */
  readonly historyMissing: boolean;
  /** The number was in use when it was first sent (CASES 5). */
  readonly numberInUse: boolean;
  /** Whether a query still has to compare the amount of a payment that is paid (CASES 23). */
  readonly amountCheck: 'notNeeded' | 'pending' | 'compared' | 'unanswered';
  readonly timers: Readonly<Partial<Record<TimerName, Monotonic>>>;
  readonly reverseNotBefore: Monotonic;
  readonly reviewReason: ReviewReason | null;
  readonly reviewRounds: number;
  readonly declineReason: DeclineReason | null;
  readonly unknownWhy: UnknownWhy | 'noAnswer' | null;
  /** The gateway's last word about the order that was surely about this attempt. */
  readonly lastWord: Outcome['kind'] | null;
  /** The last word about an order that isn't paid yet said that the payer is paying it right now. */
  readonly payerIsThere: boolean;
  /** The gateway has said paid at least once: from then on a review undoes nothing by itself (CASES 17). */
  readonly saidPaid: boolean;
  readonly evidence: Evidence | null;
  readonly sentinel: Sentinel | null;
  /** What a person recorded: from then on nothing is undone by itself, ever (CASES 17). Kept when the gateway contradicts it. */
  readonly recorded: Settled | null;
  /** A refund of its money was begun: nothing is reversed any more (CASES 18), and no word makes it paid. */
  readonly refundBegun: boolean;
  /** What refunds hold of its money: given back, on its way, or recorded as given back. */
  readonly heldByRefundsMinor: number;
  /** It ended because refunds gave all of it back, and for no word about the order. */
  readonly undoneByRefunds: boolean;
  /** Set for cash: what was handed over, and by how much the sale's amount was rounded. */
  readonly cash: { readonly receivedMinor: number; readonly roundingMinor: number } | null;
  /** Another till's order (CASES 38). */
  readonly foreign: boolean;
  /** The gateway's number as a person entered it: asked under, and not believed before the answer names ours (CASES 22). */
  readonly claim: { readonly number: string; readonly unanswered: number } | null;
  /** What became of the number that was entered last, where it was forgotten. */
  readonly claimEnd: 'wrong' | 'unanswered' | null;
  /** The gateway's clock minus ours, from its last `Date` header. */
  readonly gatewayClockAhead: number;
  readonly changed: EventTime;
  readonly paidAt: Instant | null;
  /** When it ended without money; null where it didn't. Looks of the sentinel don't move it. */
  readonly endedAt: Instant | null;
}

/** A request to send, after the event that asked for it is durable. */
export interface Send {
  readonly attemptRef: string;
  /** Null for what is about the attempt itself. */
  readonly refundRef: string | null;
  readonly call: Call;
}

/** The result of a step: the new state, and at most one request. */
export interface Step {
  readonly state: AttemptState;
  readonly send: Send | null;
}

/**
 * True for an attempt of a journal from before the second rules. What followed from its answers then (another attempt, a refund)
 * stands in the rows behind it, so that nothing else may be made of them now.
 */
export function hasFirstRules({ created }: AttemptState): boolean {
  return created.rules === undefined;
}

/** True where the state is an outcome and not a question any more. */
export function isEnded(state: AttemptState): boolean {
  switch (state.name) {
    case 'paid':
      return state.amountCheck !== 'pending';
    case 'declined':
    case 'reversed':
    case 'settled':
    case 'lapsed':
      return true;
    case 'submitting':
    case 'waitingForPayer':
    case 'unknown':
    case 'reversing':
    case 'review':
      return false;
  }
}

/** The state as people see it: an attempt whose amount is still being compared isn't called paid (CASES 23). */
export function shownState(state: AttemptState): AttemptStateName {
  return state.name === 'paid' && state.amountCheck === 'pending' ? 'submitting' : state.name;
}

/** True while the attempt must be taken up at the next start: it is open, a sentinel still looks at it, a number is asked about, or a question is out. */
export function isTakenUp(state: AttemptState): boolean {
  return !isEnded(state) || state.sentinel !== null || state.claim !== null || state.inFlight !== null;
}

/** True where the gateway can be asked about the order with what is known. */
export function canQuery(state: AttemptState): boolean {
  return state.created.traits.queryBy === 'attemptRef' || state.gatewayRef !== null || state.claim !== null;
}

/** True for what nobody at the counter waits for: a shown code that can't be closed and that nobody has paid (CASES 27). */
export function isQuiet(state: AttemptState): boolean {
  return state.name === 'review' && state.reviewReason === 'codeNotClosed';
}

/**
 * True where the rows that are missing may tell of a reversal that undoes what is paid, or that a person was told paid:
 * then "paid" is no end (CASES 15), and no reversal leaves (CASES 29).
 */
export function undoMayBeMissing(state: AttemptState): boolean {
  return state.historyMissing && state.created.traits.reverse?.undoesPaid === true;
}

/** True once a reversal may have reached the gateway: from then on "paid" is not an end (CASES 15). */
export function reversalMayHaveLeft(state: AttemptState): boolean {
  return state.reversals > 0;
}
