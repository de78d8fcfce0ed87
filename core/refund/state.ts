/** What the engine knows of one refund: derived from its events alone, plain data. */
import type { RefundStateName } from '../contract/types.ts';
import type { Evidence, Kept, RefundCall, RefundRefusal, UnknownWhy } from '../gateways/gateway.ts';
import type { EventTime } from '../payment/events.ts';
import type { Instant, Monotonic } from '../ports.ts';
import type { RefundCreated, RefundRecorded } from './events.ts';

export interface RefundState {
  readonly name: RefundStateName;
  readonly created: RefundCreated;
  readonly gatewayRefundRef: string | null;
  /** What answers gave to keep for later calls. */
  readonly kept: Kept;
  /** False while the settings don't hold the identity that its payment was sent under (CASES 6). */
  readonly identityKnown: boolean;
  /** False where nothing is sent again: a second refund would fit, or the journal is an older copy (CASES 24, 29). */
  readonly repeatAllowed: boolean;
  readonly inFlight: RefundCall | null;
  /** How often the refund itself was sent; all but the first are repeats (CASES 2). */
  readonly transmissions: number;
  /** The access token of the first transmission was refused, and it went out once more: still the first that was looked at. */
  readonly tokenRetried: boolean;
  /** The question that is out was asked because of a notification: when the plan goes on if it tells nothing new. */
  readonly planBeforeNotice: Monotonic | null;
  readonly asked: number;
  /** Questions since the last step forward; decides the next pause. */
  readonly tries: number;
  /** When the next question is due. */
  readonly next: Monotonic | null;
  readonly reviewRounds: number;
  readonly refusal: RefundRefusal | null;
  readonly unknownWhy: UnknownWhy | 'noAnswer' | null;
  readonly evidence: Evidence | null;
  readonly recorded: RefundRecorded | null;
  readonly settledLooks: number;
  readonly changed: EventTime;
  readonly refundedAt: Instant | null;
}

export interface RefundStep {
  readonly state: RefundState;
  readonly send: RefundCall | null;
}

/** True where its outcome is known. */
export function refundIsEnded(state: RefundState): boolean {
  switch (state.name) {
    case 'refunded':
    case 'refused':
    case 'settled':
      return true;
    case 'submitting':
    case 'unknown':
    case 'pending':
    case 'review':
      return false;
  }
}

/** True while it must be taken up at the next start. */
export function refundIsTakenUp(state: RefundState): boolean {
  return !refundIsEnded(state) || (state.name === 'settled' && state.next !== null);
}

/** True where the money is gone, or may be: it counts against what is left to refund (money rule 6). */
export function refundHoldsMoney(state: RefundState): boolean {
  return state.name === 'refunded' || !refundIsEnded(state) || state.recorded?.as === 'refunded' && state.name === 'settled';
}
