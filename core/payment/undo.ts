/** Undoing an attempt: when a reversal may leave, what proves that it worked, and what is a person’s matter instead. */
import type { ReviewReason } from '../contract/types.ts';
import type { Outcome } from '../gateways/gateway.ts';
import { dayAtOffset } from '../time/day.ts';
import { after, ask, askLater, at, ended, nextReviewRound, review, sendQuery, sendReversal, stay, undoLater, withFacts, without, withWord } from './moves.ts';
import { absenceProofSeconds, reversalsMost } from './policy.ts';
import { reasonWithoutEnd } from './show.ts';
import { canQuery, hasFirstRules, undoMayBeMissing, type AttemptState, type Step } from './state.ts';

/** There is nothing to show, or nobody to show it to: the order is closed where it can be, and else a quiet matter (CASES 27). */
export function withoutCode(state: AttemptState): Step {
  if (state.name === 'reversing') return askOn(state);
  if (state.name === 'review') return nextReviewRound(state);
  if (state.created.traits.reverse !== null) return beginUndo(state, 'deadline');
  const over: AttemptState = { ...without(state, 'deadline'), gaveUp: state.gaveUp === 'person' ? 'person' : 'deadline', deadlinePassed: true };
  // What was answered may have told of money: it is asked about before anybody hears that the sale may be charged anew.
  return canQuery(over) && !hasFirstRules(over) ? sendQuery(over) : review(over, reviewWithoutUndo(over));
}

/**
 * After a transmission of the payment that settled nothing: ask at once after the first one, with pauses after a repeat.
 * A give-up that waited for it begins its undoing so; past the deadline a person takes over where nothing can be asked.
 */
export function askOn(state: AttemptState, notAtOnce = false): Step {
  if (state.name === 'reversing') return canQuery(state) ? sendQuery(state) : undoWhenAllowed(state);
  if (state.deadlinePassed && !canQuery(state)) return review(state, reviewWithoutUndo(state));
  return notAtOnce || state.payTransmissions > 1 ? askLater(state) : ask(state);
}

/** What the gateway said to a reversal: undone is confirmed, absent is proven, and anything else is asked about. */
export function onReverseAnswer(before: AttemptState, outcome: Outcome): Step {
  const state = { ...before, evidence: outcome.evidence };
  switch (outcome.kind) {
    case 'reversed':
      return confirmUndone({ ...withWord(withFacts(state, outcome.order), 'reversed', outcome.evidence), phase: 'confirming' });
    case 'notFound':
      // Where no query can be made, a second reversal that finds nothing either is the proof.
      if (before.phase === 'provingAbsence') return absent(withWord(state, 'notFound', outcome.evidence));
      // CASES 19: the payment may still be under way to the gateway, so absence is proven by a second word later.
      return stay(after(withWord(state, 'notFound', outcome.evidence), absenceProofSeconds), { phase: 'provingAbsence' });
    case 'unknown':
      return queryAfterReversal(withFacts(state, outcome.order));
    case 'paid':
    case 'waiting':
    case 'shown':
    case 'declined':
    case 'refunded':
    case 'refundPending':
    case 'refundDeclined':
      return queryAfterReversal(state);
  }
}

/** A query confirms it; where none can be made, the gateway's own "undone" stands (money rule 2). */
function confirmUndone(state: AttemptState): Step {
  return canQuery(state) ? sendQuery(state) : ended(state, 'reversed', null, false);
}

/** A reversal without a confirmation: ask at once what the order is now. */
export function queryAfterReversal(state: AttemptState): Step {
  return canQuery(state) ? sendQuery({ ...state, phase: 'undoing' }) : undoLater({ ...state, phase: 'undoing' });
}

/** Once a reversal may have left, paid is not an end (CASES 15); in a review a person decides (CASES 17). */
export function onPaidAgainstUndo(state: AttemptState): Step {
  if (state.created.traits.reverse?.undoesPaid !== true) return keepReview(state, 'paidAfterGivingUp');
  return state.name === 'review' ? nextReviewRound(state) : undoLater(state);
}

/** Hands it to a person for this reason; one who has it already goes on to the next round, told of the new reason. */
export function keepReview(state: AttemptState, reason: ReviewReason): Step {
  return state.name === 'review' ? nextReviewRound({ ...state, reviewReason: reason }) : review(state, reason);
}

/** Nothing certain is known of it now; what is being undone, or with a person, stays there. */
export function unsure(state: AttemptState, why: AttemptState['unknownWhy']): AttemptState {
  return state.name === 'reversing' || state.name === 'review' ? { ...state, unknownWhy: why } : { ...state, name: 'unknown', unknownWhy: why };
}

/** Why a person must look at what neither a question nor a reversal can end. */
export function reviewWithoutUndo(state: AttemptState): ReviewReason {
  if (state.numberInUse) return 'numberInUse';
  return state.unknownWhy === 'mismatch' ? 'answerMismatch' : reasonWithoutEnd(state, 'cannotUndo');
}

/** A query's answer while the attempt is being undone; paid, declined and reversed have been dealt with. */
export function onUndoQueryAnswer(state: AttemptState, outcome: Outcome | null): Step {
  switch (state.phase) {
    case 'asking':
    case null:
      return undoWhenAllowed(state);
    case 'undoing':
      return undoLater(state);
    case 'confirming':
      return onConfirmation(state, outcome);
    case 'provingAbsence':
      return outcome?.kind === 'notFound' ? absent(state) : undoLater(state);
  }
}

/**
 * The gateway's own "undone" stands where the confirming query got no answer, or finds no such order (money rule 2). Any other
 * answer may be money: of another amount or number a person looks, and else it is undone and asked about once more.
 */
function onConfirmation(state: AttemptState, outcome: Outcome | null): Step {
  if (hasFirstRules(state)) return outcome?.kind === 'waiting' ? undoLater(state) : ended(state, 'reversed', null, false);
  if (outcome === null || outcome.kind === 'notFound') return ended(state, 'reversed', null, false);
  if (outcome.kind === 'unknown' && outcome.why === 'mismatch') return keepReview(unsure(state, 'mismatch'), 'answerMismatch');
  return undoLater(state);
}

/**
 * Twice "no such order" proves that it never arrived. Not so where the gateway itself had given its code: that one may be
 * known there only once somebody scans it, so it stays a code that nothing closed (CASES 27).
 */
function absent(state: AttemptState): Step {
  return state.qr === null ? ended(state, 'declined', 'neverArrived', false) : keepReview(state, reasonWithoutEnd(state, 'cannotUndo'));
}

/** Sends the first reversal once it may leave; until then the gateway is asked. */
export function undoWhenAllowed(state: AttemptState): Step {
  const wait = state.reverseNotBefore - state.changed.monotonic;
  if (wait > 0) return stay(at(state, state.changed.monotonic + Math.min(wait, state.created.policy.pollIntervalSeconds * 1000)));
  return undoNow(state);
}

/** Sends a reversal, unless the day on which it works is over (CASES 18), the order may be another's (CASES 5), or it may have been told paid (CASES 29). */
function undoNow(state: AttemptState): Step {
  if (state.numberInUse) return keepReview(state, 'numberInUse');
  if (undoMayBeMissing(state)) return keepReview(state, 'historyMissing');
  // Past its day only the gateway's word says whether there is anything to give back (CASES 18).
  if (dayIsOver(state)) return sendQuery(keepReview(state, reasonWithoutEnd(state, 'dayIsOver')).state);
  return sendReversal(state);
}

/** Whether the gateway's day on which a reversal works is over, by its own clock (CASES 18). */
export function dayIsOver(state: AttemptState): boolean {
  const offset = state.created.traits.reverse?.onlyOnDayAtOffsetMinutes ?? null;
  if (offset === null) return false;
  const ahead = state.gatewayClockAhead;
  return dayAtOffset(state.changed.wall + ahead, offset) !== dayAtOffset(state.created.time.wall + ahead, offset);
}

/** Begins the undoing: from now on it is durable, whatever dies. The first move is always a query. */
export function beginUndo(state: AttemptState, gaveUp: 'person' | 'deadline'): Step {
  const begun: AttemptState = { ...without(state, 'deadline'), name: 'reversing', phase: 'asking', gaveUp, deadlinePassed: gaveUp === 'deadline', codeUsable: false, claim: state.inFlight === null ? null : state.claim };
  if (begun.inFlight !== null) return stay(begun);
  return canQuery(begun) ? sendQuery(begun) : undoWhenAllowed(begun);
}

/** The next move of an undoing is due. */
export function onNextUndo(state: AttemptState): Step {
  switch (state.phase) {
    case 'undoing':
      if (state.reversals >= reversalsMost) return review(state, reasonWithoutEnd(state, 'reversalFailed'));
      // After a restart the wait begins anew (CASES 25), also where there is nothing to ask meanwhile.
      return undoWhenAllowed(state);
    case 'provingAbsence':
      return canQuery(state) ? sendQuery(state) : sendReversal(state, 'provingAbsence');
    case 'asking':
    case 'confirming':
    case null:
      return canQuery(state) ? sendQuery(state) : undoWhenAllowed(state);
  }
}
