/** Everything that can happen to a payment: a closed union, journaled before anything is done about it. */
import type { PersonName, SettleHow, Wallet } from '../contract/types.ts';
import type { AttemptCall, Direction, GatewayIdentity, Outcome } from '../gateways/gateway.ts';
import type { Amount } from '../money/amount.ts';
import type { Instant, Monotonic } from '../ports.ts';
import type { RefundEvent } from '../refund/events.ts';
import type { PaymentPolicy } from './policy.ts';

/** When something happened: the wall clock for people, the monotonic one for every wait (CASES 25). */
export interface EventTime {
  readonly wall: Instant;
  readonly monotonic: Monotonic;
}

/** What the engine must know about the attempt's gateway, fixed when the attempt is made. */
export interface AttemptTraits {
  readonly queryBy: 'attemptRef' | 'gatewayRef';
  readonly reverse: null | { readonly undoesPaid: boolean; readonly onlyOnDayAtOffsetMinutes: number | null };
  readonly repeatPayWithinSeconds: number | null;
}

/** `next`: the next query, reversal, proof or sentinel, as the state has it; `deadline`: the payer's time is up. */
export type TimerName = 'next' | 'deadline';

export interface AttemptCreated {
  readonly type: 'attemptCreated';
  /** Which of the engine's rules hold for it. Absent in rows from before the second ones: they fold as they were decided then. */
  readonly rules?: 2;
  readonly time: EventTime;
  readonly attemptRef: string;
  readonly paymentId: string;
  /** False for a further attempt of a payment that was not paid. */
  readonly firstAttempt: boolean;
  /** The short number of the receipt. */
  readonly number: string;
  /** The shop's day, and the hour of its clock. */
  readonly day: string;
  readonly hour: number;
  readonly saleRef: string | null;
  readonly commandId: string | null;
  readonly amount: Amount;
  readonly gateway: string;
  readonly identity: GatewayIdentity;
  readonly traits: AttemptTraits;
  readonly policy: PaymentPolicy;
  readonly direction: Direction;
  /** The wallet that a code was asked for to show; null where the settings decide, and for a scanned one. */
  readonly showFor: Wallet | null;
  /** The wallets that surely can scan the code; missing for a scanned one, and in rows of journals from before it was kept. */
  readonly shownWallets?: readonly Wallet[];
  /** Keyed hash of the payment code; null where the key is lost (CASES 34). */
  readonly codeHash: string | null;
  /** Null where there was no code. */
  readonly last4: string | null;
  readonly wallet: Wallet;
  /** When the code was scanned: the same code is sent again only while it is fresh (CASES 21). */
  readonly scanned: Monotonic;
  readonly subject: string;
  /** What the gateway is told of who was at the till. */
  readonly operator: string;
  readonly by: PersonName;
  readonly terminalId: string;
}

/** Cash for a sale: paid at once, no gateway spoke (SCREENS.md 5.1a). */
export interface CashTaken {
  readonly type: 'cashTaken';
  readonly time: EventTime;
  readonly attemptRef: string;
  readonly paymentId: string;
  readonly firstAttempt: boolean;
  readonly number: string;
  readonly day: string;
  readonly hour: number;
  readonly saleRef: string | null;
  readonly commandId: string;
  /** What is due after rounding: what the drawer's sum moves by. */
  readonly amount: Amount;
  /** Due minus the sale's own amount. */
  readonly roundingMinor: number;
  readonly receivedMinor: number;
  readonly subject: string;
  readonly by: PersonName;
  readonly terminalId: string;
}

/** Not cash after all: said by the same person before the next sale. */
export interface CashReturned {
  readonly type: 'cashReturned';
  readonly time: EventTime;
  readonly attemptRef: string;
  readonly commandId: string;
  readonly by: PersonName;
}

/** Another till's order, taken into this journal only to give its money back (CASES 38). */
export interface ForeignFound {
  readonly type: 'foreignFound';
  readonly time: EventTime;
  readonly attemptRef: string;
  readonly paymentId: string;
  readonly number: string;
  readonly day: string;
  readonly hour: number;
  readonly amount: Amount;
  readonly gateway: string;
  readonly identity: GatewayIdentity;
  readonly policy: PaymentPolicy;
  readonly gatewayRef: string | null;
  readonly walletRef: string | null;
  readonly wallet: Wallet;
  readonly direction: Direction;
  readonly paidAt: Instant | null;
  readonly subject: string;
  readonly by: PersonName;
  readonly terminalId: string;
}

/** A named person recorded how an attempt ended (CASES 17). */
export interface AttemptSettled {
  readonly type: 'settled';
  readonly time: EventTime;
  readonly attemptRef: string;
  readonly commandId: string;
  readonly as: 'paid' | 'notPaid';
  readonly how: SettleHow;
  readonly sentence: string | null;
  readonly by: PersonName;
}

/** The gateway answered the transmission that was out. */
export interface Answered {
  readonly type: 'answered';
  readonly time: EventTime;
  readonly attemptRef: string;
  readonly call: AttemptCall;
  readonly outcome: Outcome;
  readonly durationMilliseconds: number;
  /** How much of it the request waited for an access token or its terminal's check-in before it left; missing where for none. */
  readonly waitedMilliseconds?: number;
  /** The answer's `Date` header: the gateway's clock (CASES 18). */
  readonly gatewayClock: Instant | null;
}

/** The transmission that was out ended without an answer. */
export interface NotAnswered {
  readonly type: 'notAnswered';
  readonly time: EventTime;
  readonly attemptRef: string;
  readonly call: AttemptCall;
  readonly how: 'neverSent' | 'lost';
  readonly reason: string;
  readonly durationMilliseconds: number;
  /** As in `Answered`. */
  readonly waitedMilliseconds?: number;
}

export interface TimerFired {
  readonly type: 'timerFired';
  readonly time: EventTime;
  readonly attemptRef: string;
  /** `shiftClose`: no timer of the attempt's own; what ended without money is looked at once more (CASES 20). */
  readonly timer: TimerName | 'shiftClose';
}

/** What a person at the till did about an attempt. */
export interface PersonActed {
  readonly type: 'personActed';
  readonly time: EventTime;
  readonly attemptRef: string;
  readonly act: 'askedNow' | 'keptWaiting' | 'gaveUp' | 'parked' | 'notWanted' | 'wantedAgain';
  readonly commandId: string | null;
  readonly by: PersonName;
}

/** The gateway's statement shows money under our number: a person must look (SCREENS.md 5.12a). */
export interface BookedElsewhere {
  readonly type: 'bookedElsewhere';
  readonly time: EventTime;
  readonly attemptRef: string;
  /** Who matched the statement; missing in rows of journals from before it was kept. */
  readonly by?: PersonName;
}

/** A person entered the gateway's number of the order, which no answer had named (CASES 22). */
export interface GatewayRefEntered {
  readonly type: 'gatewayRefEntered';
  readonly time: EventTime;
  readonly attemptRef: string;
  readonly commandId: string;
  /** A claim: asked under at once, believed where the answer is about our order. */
  readonly gatewayRef: string;
  readonly by: PersonName;
}

/** The gateway's notification names this attempt; whatever it says is only a reason to ask. */
export interface Notified {
  readonly type: 'notified';
  readonly time: EventTime;
  readonly attemptRef: string;
  /** The gateway's number that it names: a claim, as one that a person entered (CASES 22). */
  readonly gatewayRef: string | null;
}

/**
 * A notification says that the payer disputes the payment (a chargeback). Unsigned at some gateways, and no call tells it: a person
 * must look in the gateway's portal, and nothing of the money changes here. Once for an attempt.
 */
export interface Disputed {
  readonly type: 'disputed';
  readonly time: EventTime;
  readonly attemptRef: string;
  /** The notification's words; no payment code, no secret. */
  readonly words: string;
  readonly verified: boolean;
}

/** The till took the attempt up again: after a start, or after the journal could not be written for a while. */
export interface TakenUp {
  readonly type: 'takenUp';
  readonly time: EventTime;
  readonly attemptRef: string;
  /** False where the settings no longer hold the identity that it was sent under (CASES 6). */
  readonly identityKnown: boolean;
  /** False once the payment code is gone from memory, or the screen that showed it: it was another process that had it. */
  readonly codeInMemory: boolean;
  /** True where the journal is an older copy that the attempt stood in: a reversal or a person's word may be missing (CASES 29). */
  readonly historyMissing: boolean;
}

/** What happens to one attempt after it was made. */
export type AttemptEvent = Answered | NotAnswered | TimerFired | PersonActed | TakenUp | CashReturned | AttemptSettled | BookedElsewhere | GatewayRefEntered | Notified | Disputed;

export type PaymentEvent = AttemptCreated | CashTaken | ForeignFound | AttemptEvent | RefundEvent;
