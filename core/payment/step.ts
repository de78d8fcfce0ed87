/** The payment engine: `step(state, event)` is pure and total, and is the only place that decides about money. */
import type { DeclineReason, ReviewReason } from '../contract/types.ts';
import type { OrderFacts, Outcome } from '../gateways/gateway.ts';
import { askNumberLater, believed, enterNumber, forgetNumber, judgeClaim, numberedPaid } from './claim.ts';
import { onNotified, onPerson, onTimer } from './due.ts';
import type { Answered, AttemptEvent, AttemptSettled, CashReturned, NotAnswered } from './events.ts';
import { asLoudAsSaid, onAmountComparison, onLapsedAnswer, onReviewQueryAnswer, onSentinelAnswer, onSettledAnswer, saysSomething } from './looks.ts';
import { askLater, at, ended, named, nextReviewRound, paid, review, sendQuery, sendUnread, settle, stay, withFacts, withWaiting, withWord } from './moves.ts';
import { dueAfterNotice, sentinelTriesMost } from './policy.ts';
import { canQuery, isEnded, isQuiet, reversalMayHaveLeft, undoMayBeMissing, type AttemptState, type Step } from './state.ts';
import { isBeingPaid } from './show.ts';
import { onTakenUp } from './take-up.ts';
import { askOn, keepReview, onPaidAgainstUndo, onReverseAnswer, onUndoQueryAnswer, queryAfterReversal, reviewWithoutUndo, undoWhenAllowed, unsure, withoutCode } from './undo.ts';

/** What an event does to an attempt. Total: an event that says nothing here leaves the state as it is. */
export function step(state: AttemptState, event: AttemptEvent): Step {
  const now: AttemptState = { ...state, changed: event.time };
  switch (event.type) {
    case 'answered':
      return onAnswered(now, event);
    case 'notAnswered':
      return onNotAnswered(now, event);
    case 'timerFired':
      return onTimer(now, event);
    case 'personActed':
      return onPerson(now, event);
    case 'takenUp':
      return onTakenUp(state, now, event);
    case 'cashReturned':
      return onCashReturned(now, event);
    case 'settled':
      return onSettled(now, event);
    case 'gatewayRefEntered':
      return enterNumber(now, event.gatewayRef);
    case 'notified':
      return onNotified(now, event);
    case 'disputed':
      // A note for people: whether the money is there, only words about the order say.
      return stay(state, { disputed: true });
    case 'bookedElsewhere':
      // A statement never says paid by itself: it calls a person, and the gateway is asked again.
      return isEnded(now) && now.name !== 'paid' && now.cash === null && !now.foreign ? review(now, 'onStatement') : stay(now);
  }
}

/** The drawer gives it back: no money came in. */
function onCashReturned(state: AttemptState, event: CashReturned): Step {
  if (state.cash === null || state.name !== 'paid') return stay(state);
  return stay(state, { name: 'reversed', paidAt: null, endedAt: event.time.wall });
}

/** A named person's word ends a review, and nothing else (CASES 17). */
function onSettled(state: AttemptState, event: AttemptSettled): Step {
  // While an answer is on its way, the gateway's word comes first.
  if (state.name !== 'review' || state.inFlight !== null) return stay(state);
  return settle(state, { as: event.as, how: event.how, sentence: event.sentence, by: event.by, at: event.time.wall });
}

function onAnswered(state: AttemptState, event: Answered): Step {
  // An answer to nothing that is out is stale: the request was given up before, and only a query tells the truth now.
  if (state.inFlight !== event.call) return stay(state);
  const clock = event.gatewayClock === null ? state.gatewayClockAhead : event.gatewayClock - event.time.wall;
  const landed: AttemptState = { ...state, inFlight: null, gatewayClockAhead: clock, reverseNotBefore: undoneNotBefore(state, event) };
  switch (event.call) {
    case 'pay':
      return onPayAnswer(landed, event.outcome);
    case 'present':
      return onPresentAnswer(landed, event.outcome);
    case 'query':
      return onQueryAnswer(landed, event.outcome);
    case 'reverse':
      return onReverseAnswer(landed, event.outcome);
  }
}

function onNotAnswered(state: AttemptState, event: NotAnswered): Step {
  if (state.inFlight !== event.call) return stay(state);
  const landed: AttemptState = { ...state, inFlight: null, reverseNotBefore: undoneNotBefore(state, event) };
  switch (event.call) {
    case 'pay':
      // Money rule 3: never sent ends an attempt only as the end of its first transmission (CASES 2).
      if (event.how === 'neverSent' && landed.payTransmissions === 1) return ended(landed, 'declined', notSentBecause(event.reason), !landed.tokenRetried);
      return askOn(unsure(landed, 'noAnswer'), event.how === 'neverSent');
    case 'present':
      if (event.how === 'neverSent' && landed.payTransmissions === 1) return ended(landed, 'declined', notSentBecause(event.reason), !landed.tokenRetried);
      return withoutCode(unsure(landed, 'noAnswer'));
    case 'query':
      return onQueryAnswer(landed, null);
    case 'reverse':
      return queryAfterReversal(landed);
  }
}

/** CASES 25: where the payment's request had to wait before it left, so does what undoes it. */
function undoneNotBefore(state: AttemptState, { call, time, durationMilliseconds, waitedMilliseconds }: Answered | NotAnswered): number {
  if (waitedMilliseconds === undefined || (call !== 'pay' && call !== 'present')) return state.reverseNotBefore;
  const left = time.monotonic - durationMilliseconds + waitedMilliseconds;
  return Math.max(state.reverseNotBefore, left + state.created.policy.reverseNotBeforeSeconds * 1000);
}

function onPayAnswer(state: AttemptState, outcome: Outcome): Step {
  const first = state.payTransmissions === 1;
  switch (outcome.kind) {
    case 'paid': {
      const known = withWord(withFacts(state, outcome.order), 'paid', outcome.evidence);
      if (first && outcome.saysAlreadyPaid) return review({ ...known, numberInUse: true }, 'numberInUse');
      if (!first && !outcome.aboutOrder) return askOn(unsure(known, 'unlisted'));
      return onPaidWord(known, outcome.order, outcome.amountCompared);
    }
    case 'waiting':
      return onWaitingWord(withWaiting(state, outcome), state.created.policy.firstQueryAfterSeconds);
    case 'declined':
      if (first || outcome.aboutOrder) return onDeclinedWord(state, outcome);
      return askOn(unsure({ ...state, evidence: outcome.evidence }, 'unlisted'));
    case 'unknown': {
      const known = { ...withFacts(state, outcome.order), evidence: outcome.evidence };
      // CASES 32: a refused terminal key, and the request was not looked at: it goes out once more under the other one.
      if (first && outcome.why === 'tokenRefused' && mayGoOutUnread(state) && state.codeUsable) return sendUnread(known, 'pay');
      const inUse = first && outcome.why === 'numberInUse';
      return askOn(unsure({ ...known, numberInUse: known.numberInUse || inUse }, outcome.why));
    }
    case 'shown':
    case 'reversed':
    case 'notFound':
    case 'refunded':
    case 'refundPending':
    case 'refundDeclined':
      // None is an answer to a payment: only a query can be believed about it.
      return askOn(unsure({ ...state, evidence: outcome.evidence }, 'unlisted'));
  }
}

/** The answer to the order of a code to show. */
function onPresentAnswer(state: AttemptState, outcome: Outcome): Step {
  const first = state.payTransmissions === 1;
  switch (outcome.kind) {
    case 'shown': {
      const known = withWord(withFacts(state, outcome.order), 'shown', outcome.evidence);
      // It came too late to be shown: what was given up meanwhile is closed.
      if (state.name !== 'submitting' || state.deadlinePassed) return withoutCode(known);
      return onWaitingWord({ ...known, qr: { content: outcome.qr, since: state.changed.wall } }, state.created.policy.firstQueryAfterSeconds);
    }
    case 'declined':
      if (first || outcome.aboutOrder) return onDeclinedWord(state, outcome);
      return withoutCode(unsure({ ...state, evidence: outcome.evidence }, 'unlisted'));
    case 'unknown': {
      const known = { ...withFacts(state, outcome.order), evidence: outcome.evidence };
      // The request was not looked at; no money moves by asking for a code, so it may go out once more.
      if (outcome.why === 'tokenRefused' && mayGoOutUnread(state)) return sendUnread(known, 'present');
      return withoutCode(unsure({ ...known, numberInUse: known.numberInUse || (first && outcome.why === 'numberInUse') }, outcome.why));
    }
    case 'paid':
    case 'waiting':
    case 'reversed':
    case 'notFound':
    case 'refunded':
    case 'refundPending':
    case 'refundDeclined':
      // None is an answer to a request for a code: only a query can be believed about the order.
      return withoutCode(unsure({ ...state, evidence: outcome.evidence }, 'unlisted'));
  }
}

/** A request that a refused token or key kept unread goes out once more while its sale is still being begun. */
function mayGoOutUnread(state: AttemptState): boolean {
  return !state.tokenRetried && state.name === 'submitting' && !state.deadlinePassed;
}

/** Nothing left here: nobody could be reached, our own credentials got no access, it couldn't be built, or was given up before. */
function notSentBecause(reason: string): DeclineReason {
  if (reason === 'notBuilt' || reason === 'notWanted') return reason === 'notBuilt' ? 'requestRefused' : 'neverArrived';
  return reason === 'credentials' ? 'wrongKey' : 'gatewayUnreachable';
}

/** `null` stands for a query that got no answer. */
function onQueryAnswer(before: AttemptState, outcome: Outcome | null): Step {
  const state: AttemptState = { ...before, planBeforeNotice: null };
  if (before.planBeforeNotice !== null && !isDecisive(outcome)) {
    const heard = asLoudAsSaid(withOutcome(state, outcome));
    // Somebody who is paying right now is news to come.
    return stay(at(heard, dueAfterNotice(before.planBeforeNotice, state.changed.monotonic, saysSomething(outcome) && !isBeingPaid(heard))));
  }
  return state.claim === null ? onAnswerOfOurs(state, outcome) : onAnswerUnderClaim(state, outcome);
}

/** Words that a review acts on whenever they are said; anything else waits for its planned round. */
function isDecisive(outcome: Outcome | null): boolean {
  return outcome?.kind === 'paid' || outcome?.kind === 'declined' || outcome?.kind === 'reversed' || (outcome?.kind === 'unknown' && outcome.why === 'mismatch');
}

/** CASES 22: nothing that is said under a claimed number is believed before it turned out to be our order's. */
function onAnswerUnderClaim(state: AttemptState, outcome: Outcome | null): Step {
  switch (judgeClaim(outcome)) {
    case 'believed':
      return state.name === 'paid' ? numberedPaid(believed(state), outcome) : onAnswerOfOurs(believed(state), outcome);
    case 'wrong':
      return isOnItsWay(state) ? withoutClaim({ ...state, claim: null, claimEnd: 'wrong' }) : forgetNumber(state, 'wrong');
    case 'unanswered':
      return isOnItsWay(state) ? claimUnanswered(state) : askNumberLater(state);
  }
}

/** A number that nothing is said under is given up soon where the till has a plan of its own, and at its deadline at once. */
function claimUnanswered(state: AttemptState): Step {
  const unanswered = (state.claim?.unanswered ?? 0) + 1;
  const isOver = state.name === 'reversing' || state.deadlinePassed || unanswered >= sentinelTriesMost;
  if (isOver || state.claim === null) return withoutClaim({ ...state, claim: null, claimEnd: 'unanswered' });
  return askLater({ ...state, claim: { ...state.claim, unanswered } });
}

/** Goes on as if nobody had named a number. */
function withoutClaim(state: AttemptState): Step {
  if (state.name === 'reversing') return canQuery(state) ? sendQuery(state) : undoWhenAllowed(state);
  if (state.deadlinePassed) return review(state, reviewWithoutUndo(state));
  return askLater(state);
}

/** True while neither an outcome nor a person was reached. */
function isOnItsWay(state: AttemptState): boolean {
  return !isEnded(state) && state.name !== 'review';
}

function onAnswerOfOurs(before: AttemptState, outcome: Outcome | null): Step {
  const state = withOutcome(before, outcome);
  if (state.name === 'paid') return onAmountComparison(state, outcome);
  if (state.name === 'settled') return onSettledAnswer(state, outcome);
  if (state.name === 'lapsed') return onLapsedAnswer(state, outcome);
  if (state.name === 'declined' || state.name === 'reversed') return onSentinelAnswer(state, outcome);
  // What contradicted a person's word is a person's to end.
  if (state.recorded !== null) return nextReviewRound(state);
  // CASES 32: only another activation helps; asking goes on, and its answer ends it then. Once a reversal left, its own plan goes on.
  if (outcome?.kind === 'unknown' && outcome.why === 'bothKeysRefused' && state.name !== 'review' && !reversalMayHaveLeft(state)) return review(state, 'terminalKeyRefused');
  if (outcome !== null) {
    if (outcome.kind === 'paid') return onPaidWord(state, outcome.order, outcome.amountCompared);
    // Some gateways call an order closed both when nobody paid it and when all of it was given back: then our refunds decide.
    if (outcome.kind === 'declined' && state.refundBegun) return state.name === 'review' ? nextReviewRound(state) : stay(state);
    if (outcome.kind === 'declined') return onDeclinedWord(state, outcome);
    if (outcome.kind === 'reversed') return ended(state, 'reversed', null, false);
  }
  // A review is as loud as the newest word, also of the question after one of its reversals.
  const heard = state.name === 'review' ? asLoudAsSaid(state) : state;
  if (heard.phase !== null) return onUndoQueryAnswer(heard, outcome);
  if (heard.name === 'review') return onReviewQueryAnswer(heard, outcome);
  if (state.deadlinePassed) return reviewAfterLastAnswer(state, outcome);
  if (outcome === null) return askLater(state);
  return outcome.kind === 'waiting' ? onWaitingWord(state) : askLater(stillUnsure(state, outcome));
}

/** The last question's answer settled nothing: one that names another amount or number is told as such. */
function reviewAfterLastAnswer(state: AttemptState, outcome: Outcome | null): Step {
  const heard = outcome === null ? state : stillUnsure(state, outcome);
  return review(heard, reviewWithoutUndo(heard));
}

/** The answer's facts and words taken over, where it was about this attempt. */
function withOutcome(state: AttemptState, outcome: Outcome | null): AttemptState {
  if (outcome === null) return state;
  switch (outcome.kind) {
    case 'waiting': {
      const known = withWaiting(state, outcome);
      // Our number and amount, and unpaid: an earlier answer that named others wasn't about this order.
      return known.unknownWhy === 'mismatch' ? { ...known, unknownWhy: null } : known;
    }
    case 'paid':
    case 'reversed':
    case 'declined':
      return withWord(withFacts(state, outcome.order), outcome.kind, outcome.evidence);
    case 'notFound':
      return withWord(state, 'notFound', outcome.evidence);
    case 'shown':
      return state;
    case 'unknown':
      return { ...withFacts(state, outcome.order), evidence: outcome.evidence };
    case 'refunded':
    case 'refundPending':
    case 'refundDeclined':
      // Words about a refund are no answer to a query of the order.
      return { ...state, evidence: outcome.evidence };
  }
}

/** The gateway says paid, and the answer is about this attempt. */
function onPaidWord(before: AttemptState, order: OrderFacts, amountCompared: boolean): Step {
  // Whatever follows: money on a code that nobody waited for any more is told aloud (CASES 27).
  const state: AttemptState = isQuiet(before) ? { ...before, reviewReason: 'paidAfterGivingUp' } : before;
  if (state.refundBegun || state.recorded !== null) return state.name === 'review' ? nextReviewRound(state) : stay(state);
  if (state.notWanted) return keepReview(state, 'notWanted');
  if (state.numberInUse && !paidAfterCreation(state, order)) return state.name === 'review' ? nextReviewRound(state) : review(state, 'numberInUse');
  if (undoMayBeMissing(state)) return state.name === 'review' && !endsInPaid(state.reviewReason) ? nextReviewRound(state) : keepReview(state, 'historyMissing');
  if (reversalMayHaveLeft(state)) return onPaidAgainstUndo(state);
  const undoesPaid = state.created.traits.reverse?.undoesPaid === true;
  // CASES 15: where nothing undoes a paid order, paid after giving up is for a person to decide.
  if (state.gaveUp === 'person' && !undoesPaid) return keepReview(state, 'paidAfterGivingUp');
  if (state.name === 'review' && state.gaveUp !== 'no') return keepReview(state, 'paidAfterGivingUp');
  if (state.name === 'review' && !endsInPaid(state.reviewReason)) return nextReviewRound(state);
  return paid(state, amountCompared);
}

/** Reviews of what was never given up, and not called paid before: the gateway's word ends them (CASES 17). */
function endsInPaid(reason: ReviewReason | null): boolean {
  return reason === 'identityMissing' || reason === 'numberInUse' || reason === 'saidPaidAndNot' || reason === 'cannotUndo' || reason === 'terminalKeyRefused';
}

/** CASES 5: an order under a number that was in use is ours only if it was paid after we wrote it down. */
function paidAfterCreation(state: AttemptState, order: OrderFacts): boolean {
  // In the gateway's time, whose `Date` header counts whole seconds.
  return order.paidAt !== null && order.paidAt + 1000 > state.created.time.wall + state.gatewayClockAhead;
}

function onDeclinedWord(state: AttemptState, outcome: Extract<Outcome, { kind: 'declined' }>): Step {
  const known = withWord(withFacts(state, outcome.order), 'declined', outcome.evidence);
  // Declined after a reversal left is what the reversal was for.
  return reversalMayHaveLeft(known) ? ended(known, 'reversed', null, false) : ended(known, 'declined', reasonOf(known, outcome.reason), false);
}

/** A code that was up, and that the gateway ended by itself without a reason, was closed: a new one can be made. */
function reasonOf(state: AttemptState, reason: DeclineReason): DeclineReason {
  return reason === 'other' && state.qr !== null ? 'closed' : reason;
}

function onWaitingWord(state: AttemptState, seconds = state.created.policy.pollIntervalSeconds): Step {
  if (state.name === 'reversing') return onUndoQueryAnswer(state, null);
  if (state.deadlinePassed) return review(state, reviewWithoutUndo(state));
  return askLater({ ...named(state, 'waitingForPayer'), unknownWhy: null }, {}, seconds);
}

/** One unanswered question doesn't take back "the payer is typing"; an answer that isn't ours does. */
function stillUnsure(state: AttemptState, outcome: Outcome): AttemptState {
  if (outcome.kind === 'unknown' && outcome.why === 'mismatch') return unsure(state, 'mismatch');
  return state;
}
