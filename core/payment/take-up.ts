/** What a start makes of what the journal left open (CASES 25, 6). */
import { onDeadline } from './due.ts';
import type { TakenUp } from './events.ts';
import { ask, mayPayAgain, nextReviewRound, review, sendQuery, stay, without } from './moves.ts';
import { isShown } from './show.ts';
import { canQuery, isEnded, reversalMayHaveLeft, type AttemptState, type Step } from './state.ts';
import { reviewWithoutUndo, undoWhenAllowed, unsure } from './undo.ts';

/** CASES 25: how long the till was away is unknown, so every wait is counted from here and the gateway is asked at once. */
export function onTakenUp(before: AttemptState, now: AttemptState, event: TakenUp): Step {
  const { policy } = now.created;
  const here = event.time.monotonic;
  const left = (before.timers.deadline ?? before.changed.monotonic) - before.changed.monotonic;
  const deadline = here + Math.max(0, Math.min(left, policy.deadlineSeconds * 1000));
  const rebased: AttemptState = {
    ...now,
    inFlight: null,
    planBeforeNotice: null,
    resumed: now.resumed || !isEnded(now),
    historyMissing: now.historyMissing || event.historyMissing,
    codeUsable: now.codeUsable && event.codeInMemory,
    reverseNotBefore: here + policy.reverseNotBeforeSeconds * 1000,
    timers: before.timers.deadline === undefined ? {} : { deadline },
    identityKnown: event.identityKnown,
  };
  if (!event.identityKnown) return withoutIdentity(rebased);
  if (rebased.reviewReason === 'identityMissing' && reversalMayHaveLeft(rebased)) return backInReview({ ...rebased, name: 'review', reviewReason: 'reversalFailed', phase: null });
  if (rebased.claim !== null && isEnded(rebased)) return sendQuery(rebased);
  switch (rebased.name) {
    case 'submitting':
    case 'waitingForPayer':
    case 'unknown':
      return takeUpOpen(rebased, event.codeInMemory);
    case 'reversing':
      return takeUpUndo(rebased);
    case 'review':
      return canQuery(rebased) ? sendQuery({ ...rebased, phase: null }) : nextReviewRound(rebased);
    case 'declined':
    case 'reversed':
      return takeUpSentinel(rebased);
    case 'settled':
      return rebased.sentinel === null ? stay(rebased) : sendQuery({ ...rebased, sentinel: { ...rebased.sentinel, extraLook: true } });
    case 'paid':
      return rebased.amountCheck === 'pending' ? sendQuery(rebased) : stay(rebased);
    case 'lapsed':
      return rebased.sentinel === null ? stay(rebased) : sendQuery(rebased);
  }
}

/** A review that is asked about at once, where it can be asked about at all. */
function backInReview(state: AttemptState): Step {
  return canQuery(state) ? sendQuery(state) : nextReviewRound(state);
}

function takeUpUndo(state: AttemptState): Step {
  const going: AttemptState = { ...state, phase: state.phase === 'asking' ? 'asking' : 'undoing' };
  return canQuery(going) ? sendQuery(going) : undoWhenAllowed(going);
}

function takeUpOpen(state: AttemptState, screenIsThere: boolean): Step {
  const asking = state.name === 'submitting' ? unsure(state, 'noAnswer') : state;
  // The screen that showed the code is gone with its process: nobody offers it any more, so it is closed.
  if (isShown(asking) && !screenIsThere) return onDeadline(without(asking, 'deadline'));
  if (canQuery(asking) || mayPayAgain(asking)) return ask(asking);
  return review(asking, reviewWithoutUndo(asking));
}

function takeUpSentinel(state: AttemptState): Step {
  if (state.sentinel === null) return stay(state);
  return sendQuery({ ...state, sentinel: { ...state.sentinel, atNextStart: false, extraLook: true, unansweredTries: 0 } });
}

/** CASES 6: nothing is called under another identity; a person puts the old one back. */
function withoutIdentity(state: AttemptState): Step {
  if (state.name === 'paid' && !state.notWanted) return stay({ ...state, timers: {} }, { amountCheck: 'unanswered' });
  if (isEnded(state)) return stay({ ...state, timers: {} });
  // A review keeps its reason: the old terminal being back doesn't make a person's decision for them.
  const reviewReason = state.name === 'review' ? state.reviewReason : 'identityMissing';
  return stay({ ...state, timers: {} }, { name: 'review', reviewReason, phase: null, codeUsable: false });
}
