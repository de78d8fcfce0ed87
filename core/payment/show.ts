/** What is different about a code that we show: when nobody waits for it any more, and when it lapses (CASES 27). */
import type { ReviewReason } from '../contract/types.ts';
import { lapseAfterSeconds } from './policy.ts';
import { canQuery, type AttemptState } from './state.ts';

/** True for a sale whose code the customer scans. */
export function isShown(state: AttemptState): boolean {
  return state.created.direction === 'show';
}

/**
 * True where nobody can be waiting for it: the code never reached a screen, or the gateway's newest word is that it is
 * unpaid. Without such a word the customer may have paid what we couldn't see, and a person must look.
 */
export function isSurelyUnpaid(state: AttemptState): boolean {
  if (!isShown(state) || state.saidPaid || state.numberInUse) return false;
  return state.qr === null || state.lastWord === 'waiting' || state.lastWord === 'notFound';
}

/** The reason of a review of what could not be closed or undone: quiet where it is a code that nobody paid. */
export function reasonWithoutEnd(state: AttemptState, otherwise: ReviewReason): ReviewReason {
  return isSurelyUnpaid(state) && state.unknownWhy !== 'mismatch' ? 'codeNotClosed' : otherwise;
}

/** True once a code that could never be closed has stayed unpaid for a week: what can be asked was asked, and has just said so. */
export function hasLapsed(state: AttemptState, answered: boolean): boolean {
  const old = state.changed.wall - state.created.time.wall >= lapseAfterSeconds * 1000;
  return old && (answered || !canQuery(state));
}
