/** What is different about a code that we show: when nobody waits for it any more, and when it lapses (CASES 27). */
import type { ReviewReason } from '../contract/types.ts';
import { lapseAfterSeconds } from './policy.ts';
import { canQuery, isEnded, type AttemptState } from './state.ts';

/** True for a sale whose code the customer scans. */
export function isShown(state: AttemptState): boolean {
  return state.created.direction === 'show';
}

/** True for a code that a customer has, that nothing has closed or will, and that isn't known to be paid: whoever has it may pay it. */
export function canStillBePaid(state: AttemptState): boolean {
  return isShown(state) && state.qr !== null && !isEnded(state) && state.lastWord !== 'paid' && (state.created.traits.reverse === null || state.name === 'review');
}

/**
 * True where nobody can be waiting for it: the code never reached a screen, or the gateway's newest word is that it is
 * unpaid. Without such a word the customer may have paid what we couldn't see, and a person must look.
 */
export function isSurelyUnpaid(state: AttemptState): boolean {
  if (!isShown(state) || state.saidPaid || state.numberInUse) return false;
  // Also one that never came here may be in somebody's hand.
  if (isBeingPaid(state)) return false;
  return state.qr === null || state.lastWord === 'waiting' || state.lastWord === 'notFound';
}

/** True where the gateway's newest word is that somebody is paying the code right now: money may come at any moment. */
export function isBeingPaid(state: AttemptState): boolean {
  // Also where a reversal has left since, and nobody has said what became of it.
  return isShown(state) && !state.saidPaid && !state.numberInUse && (state.lastWord === 'waiting' || state.lastWord === null) && state.payerIsThere;
}

/** The reason of a review of what could not be closed or undone: quiet where it is a code that nobody paid, and nobody is paying. */
export function reasonWithoutEnd(state: AttemptState, otherwise: ReviewReason): ReviewReason {
  if (state.unknownWhy === 'mismatch') return otherwise;
  if (isBeingPaid(state)) return 'payerIsPaying';
  return isSurelyUnpaid(state) ? 'codeNotClosed' : otherwise;
}

/** True once a code that could never be closed has stayed unpaid for a week: what can be asked was asked, and has just said so. */
export function hasLapsed(state: AttemptState, answered: boolean): boolean {
  const old = state.changed.wall - state.created.time.wall >= lapseAfterSeconds * 1000;
  return old && (answered || !canQuery(state));
}
