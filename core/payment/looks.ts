/** Questions about what nobody waits for any more: reviews, recorded outcomes, ended and lapsed attempts, an amount that no answer named. */
import type { Outcome } from '../gateways/gateway.ts';
import { askLater, at, named, nextReviewRound, nextSettledLook, review, sendQuery, sendReversal, sentinelAfterItsLooks, sentinelLater, stay, without } from './moves.ts';
import { hasLapsed, isBeingPaid, isSurelyUnpaid } from './show.ts';
import { hasFirstRules, isEnded, isQuiet, undoMayBeMissing, type AttemptState, type Step } from './state.ts';
import { dayIsOver, keepReview } from './undo.ts';

/**
 * A code that the gateway says is unpaid is nobody's matter at the counter any more, whatever made it one (CASES 27). One that
 * somebody is paying at this moment is: it is heard, and asked again in a minute.
 */
export function asLoudAsSaid(state: AttemptState): AttemptState {
  const { reviewReason: reason } = state;
  const turns = reason === 'cannotUndo' || reason === 'reversalFailed' || reason === 'dayIsOver' || reason === 'payerIsPaying';
  if ((isQuiet(state) || (turns && reason !== 'payerIsPaying')) && isBeingPaid(state)) return { ...state, reviewReason: 'payerIsPaying', reviewRounds: 0 };
  return turns && isSurelyUnpaid(state) ? { ...state, reviewReason: 'codeNotClosed' } : state;
}

/** Still not known and not open: nothing asks any more, and only money makes it heard again. */
export function lapse(state: AttemptState): Step {
  return stay({ ...state, timers: {} }, { name: 'lapsed', phase: null, endedAt: state.changed.wall });
}

/** A round of a review: still unpaid means one more reversal, where one may leave at all (CASES 17). */
export function onReviewQueryAnswer(state: AttemptState, outcome: Outcome | null): Step {
  const unpaid = outcome?.kind === 'waiting' || outcome?.kind === 'notFound';
  if (isQuiet(state) && unpaid && hasLapsed(state, true)) return lapse(state);
  // Money under another amount or number is what nobody must miss.
  if (isQuiet(state) && outcome?.kind === 'unknown' && outcome.why === 'mismatch') return keepReview(state, 'answerMismatch');
  if (!unpaid || state.saidPaid || state.recorded !== null || state.refundBegun || state.created.traits.reverse === null || state.numberInUse || undoMayBeMissing(state) || dayIsOver(state)) return nextReviewRound(state);
  if (state.changed.monotonic < state.reverseNotBefore) return stay(at(state, state.reverseNotBefore));
  return sendReversal(state);
}

/** False for a question that learned nothing: it is asked again soon. */
export function saysSomething(outcome: Outcome | null): boolean {
  return outcome !== null && outcome.kind !== 'unknown';
}

/** What lapsed is asked about because of a notice alone. */
export function onLapsedAnswer(state: AttemptState, outcome: Outcome | null): Step {
  if (outcome?.kind === 'paid') return review(state, 'paidAfterGivingUp');
  if (outcome?.kind === 'waiting' && isBeingPaid(state)) return review(state, 'payerIsPaying');
  return state.sentinel === null ? stay(state) : sentinelLater(state, state.sentinel, saysSomething(outcome));
}

/** A look at what ended without money: money found there calls a person (CASES 17). */
export function onSentinelAnswer(state: AttemptState, outcome: Outcome | null): Step {
  // It ended by a person's word about its refund, and the money is there.
  if (outcome?.kind === 'paid' && state.undoneByRefunds) return review({ ...state, undoneByRefunds: false }, 'settledContradicted');
  if (outcome?.kind === 'paid') return review(state, state.notWanted ? 'notWanted' : 'paidAfterUndo');
  // Money under our number that isn't ours in amount is what nobody must miss.
  if (outcome?.kind === 'unknown' && outcome.why === 'mismatch' && !hasFirstRules(state)) return review(state, 'answerMismatch');
  const sentinel = state.sentinel;
  if (sentinel === null) return stay(state);
  return sentinelLater(state, sentinel, saysSomething(outcome));
}

/** CASES 17: an answer that agrees with what was recorded ends the looks; money that contradicts it opens it again. */
export function onSettledAnswer(state: AttemptState, outcome: Outcome | null): Step {
  const { sentinel, recorded } = state;
  if (sentinel === null || recorded === null) return stay(state);
  // Our own refunds of all of it change what the gateway says of the order: that contradicts nobody.
  if (state.heldByRefundsMinor >= state.created.amount.minor && (outcome?.kind === 'paid' || outcome?.kind === 'reversed' || outcome?.kind === 'declined')) return stay(without(state, 'next'), { sentinel: null });
  if (outcome?.kind === 'paid') return recorded.as === 'paid' ? stay(without(state, 'next'), { sentinel: null }) : review(state, 'settledContradicted');
  if (outcome?.kind === 'declined' || outcome?.kind === 'reversed') {
    return recorded.as === 'notPaid' ? stay(without(state, 'next'), { sentinel: null }) : review(state, 'settledContradicted');
  }
  return nextSettledLook(state, sentinel, saysSomething(outcome));
}

/** CASES 23: one query compares the amount of a payment whose answer named none; unanswered, it is paid. */
export function onAmountComparison(state: AttemptState, outcome: Outcome | null): Step {
  if (state.amountCheck !== 'pending') return stay(state);
  const mismatch = outcome?.kind === 'unknown' && outcome.why === 'mismatch';
  if (mismatch) return review(state, 'answerMismatch');
  if (outcome?.kind === 'declined' || outcome?.kind === 'reversed') return review(state, hasFirstRules(state) ? 'answerMismatch' : 'saidPaidAndNot');
  // Said while the comparison was under way: the customer has paid otherwise as well (CASES 14).
  if (state.notWanted) return review(state, 'notWanted');
  // An answer that nobody has paid is no silence: neither word is believed, and it is asked on like a payment that waits.
  if (outcome?.kind === 'waiting' && !hasFirstRules(state)) return askOnAsWaiting(state);
  return stay(state, { amountCheck: outcome?.kind === 'paid' && outcome.amountCompared ? 'compared' : 'unanswered' });
}

/** As long as a payment may wait for its payer; then it is with a person like any other. */
function askOnAsWaiting(state: AttemptState): Step {
  const deadline = state.changed.monotonic + state.created.policy.deadlineSeconds * 1000;
  return askLater({ ...named(state, 'waitingForPayer'), amountCheck: 'notNeeded', paidAt: null, timers: { deadline } });
}

/** A notice about what nobody looks at any more was acknowledged, so it must not be forgotten: asked until the gateway has answered, across starts. */
export function lookAfterNotice(state: AttemptState): Step {
  return sendQuery({ ...without(state, 'next'), sentinel: { ...sentinelAfterItsLooks, extraLook: true } });
}

/** A look of the sentinel that uses up none of its planned ones. */
export function lookBesidePlan(state: AttemptState): Step {
  const { sentinel } = state;
  if (sentinel === null || !isEnded(state) || state.inFlight !== null || !state.identityKnown) return stay(state);
  return sendQuery({ ...state, sentinel: { ...sentinel, extraLook: true, unansweredTries: 0 } });
}
