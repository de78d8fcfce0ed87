/** What a time that is up, a person or a notice makes of an attempt. */
import { claimNumber } from './claim.ts';
import type { Notified, PersonActed, TimerFired } from './events.ts';
import { lapse, lookAfterNotice, lookBesidePlan } from './looks.ts';
import { ask, nextReviewRound, review, sendQuery, stay, without } from './moves.ts';
import { reviewPausesSeconds } from './policy.ts';
import { hasLapsed, isShown } from './show.ts';
import { canQuery, isEnded, isQuiet, type AttemptState, type Step } from './state.ts';
import { beginUndo, onNextUndo, reviewWithoutUndo } from './undo.ts';

/** A timer fired; one that was taken back since says nothing. */
export function onTimer(state: AttemptState, event: TimerFired): Step {
  if (event.timer === 'shiftClose') return lookBesidePlan(state);
  if (state.timers[event.timer] === undefined) return stay(state);
  return event.timer === 'deadline' ? onDeadline(without(state, 'deadline')) : onNext(without(state, 'next'));
}

/** Nobody waits any longer: what can be undone is, and else the gateway is asked a last time. */
export function onDeadline(state: AttemptState): Step {
  if (state.name !== 'submitting' && state.name !== 'waitingForPayer' && state.name !== 'unknown') return stay(state);
  if (state.created.traits.reverse !== null) return beginUndo(state, 'deadline');
  // What was said before is no word about the order as it is now: only the last question's own answer is.
  const over: AttemptState = { ...state, gaveUp: state.gaveUp === 'person' ? 'person' : 'deadline', deadlinePassed: true, codeUsable: false, lastWord: isShown(state) ? null : state.lastWord };
  if (state.inFlight !== null) return stay(over);
  if ((state.gaveUp === 'person' && !isShown(state)) || !canQuery(over)) return review(over, reviewWithoutUndo(over));
  return sendQuery(over);
}

/** The planned next thing is due. */
function onNext(state: AttemptState): Step {
  if (state.inFlight !== null || !state.identityKnown) return stay(state);
  switch (state.name) {
    case 'submitting':
    case 'waitingForPayer':
    case 'unknown':
      return ask(state);
    case 'reversing':
      return onNextUndo(state);
    case 'review':
      if (state.phase === 'provingAbsence' || canQuery(state)) return sendQuery(state);
      return isQuiet(state) && hasLapsed(state, false) ? lapse(state) : nextReviewRound(state);
    case 'declined':
    case 'reversed':
    case 'settled':
    case 'paid':
      return sendQuery(state);
    case 'lapsed':
      return state.claim === null && state.sentinel === null ? stay(state) : sendQuery(state);
  }
}

/** A key at the counter. It never makes an outcome by itself. */
export function onPerson(state: AttemptState, event: PersonActed): Step {
  switch (event.act) {
    case 'askedNow':
      return onAskedNow(state);
    case 'keptWaiting':
      return stay(state);
    case 'gaveUp':
      return onGaveUp(state);
    case 'parked':
      return stay(state, { parked: true, codeUsable: false });
    case 'notWanted':
      // What is paid already is no parked payment any more: giving money back is a refund.
      return isEnded(state) ? stay(state) : stay(state, { notWanted: true });
    case 'wantedAgain':
      return stay(state, { notWanted: false });
  }
}

/**
 * A notification is a reason to ask and nothing else: it may be anybody's, late, or a lie. Where only the gateway's number
 * could be asked by and none is known, the one that it names is a claim (CASES 22).
 */
export function onNotified(state: AttemptState, event: Notified): Step {
  if (state.inFlight !== null || !state.identityKnown || state.cash !== null || state.foreign) return stay(state);
  // A number that somebody only claimed is none: a later notice may name the right one.
  if (state.created.traits.queryBy === 'gatewayRef' && state.gatewayRef === null) return event.gatewayRef === null ? stay(state) : claimNumber(state, event.gatewayRef);
  switch (state.name) {
    case 'submitting':
    case 'waitingForPayer':
    case 'unknown':
      return onAskedNow(state);
    case 'reversing':
      // Its own plan asks often enough, and no notification may hurry a reversal.
      return stay(state);
    case 'review':
      // Beside the planned rounds: it neither uses one up nor sends what a round would.
      return state.phase === null ? sendQuery({ ...state, planBeforeNotice: state.timers.next ?? state.changed.monotonic + reviewPausesSeconds[0] * 1000 }) : stay(state);
    case 'declined':
    case 'reversed':
      // Money under what had ended without any: a look of the sentinel's, beside its planned ones.
      return state.sentinel === null ? lookAfterNotice(state) : lookBesidePlan(state);
    case 'settled':
      // Past its looks, only money under "not paid" is news.
      return state.sentinel === null && state.recorded?.as === 'notPaid' ? lookAfterNotice(state) : lookBesidePlan(state);
    case 'lapsed':
      return lookAfterNotice(state);
    case 'paid':
      return stay(state);
  }
}

/** Does the planned next thing now. What has no plan (a request is out, or an outcome is there) stays as it is. */
function onAskedNow(state: AttemptState): Step {
  if (state.inFlight !== null || isEnded(state)) return stay(state);
  // Under another identity nothing is called, whoever asks (CASES 6).
  if (!state.identityKnown) return stay(state);
  if (state.name === 'reversing' && state.changed.monotonic < state.reverseNotBefore && state.phase === 'undoing') return stay(state);
  // Absence is proven by a word fifteen seconds later, and no key shortens that (CASES 19).
  if (state.phase === 'provingAbsence') return stay(state);
  return onNext(without(state, 'next'));
}

function onGaveUp(state: AttemptState): Step {
  if (state.name !== 'submitting' && state.name !== 'waitingForPayer' && state.name !== 'unknown') return stay(state);
  if (state.created.traits.reverse !== null) return beginUndo(state, 'person');
  const given: AttemptState = { ...state, gaveUp: 'person', codeUsable: false };
  // A shown code that can't be closed is off the screen now: one last question, then nobody waits for it.
  if (isShown(state)) return onDeadline({ ...without(given, 'deadline') });
  if (given.inFlight !== null || canQuery(given)) return stay(given);
  return review(given, reviewWithoutUndo(given));
}
