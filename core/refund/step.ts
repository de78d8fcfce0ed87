/** The refund engine: `stepRefund(state, event)` is pure and total, as `step` is for attempts. */
import type { RefundOrderFacts, RefundRefusal } from '../gateways/gateway.ts';
import { dueAfterNotice, reviewPausesSeconds, secondsOfDay } from '../payment/policy.ts';
import type { RefundAnswered, RefundCreated, RefundEvent, RefundNotAnswered, RefundSettled, RefundTakenUp } from './events.ts';
import { pendingLooksMost, pendingPausesSeconds, refundAskPausesSeconds, settledLooksMost } from './policy.ts';
import { refundIsEnded, type RefundState, type RefundStep } from './state.ts';

/** Begins a refund. Through a gateway it goes out as soon as this event is durable; cash and outside ones end at once. */
export function beginRefund(event: RefundCreated): RefundStep {
  const isSent = event.way === 'gateway' && !event.found;
  const state: RefundState = {
    name: isSent ? 'submitting' : 'refunded',
    created: event,
    gatewayRefundRef: event.foundReference,
    kept: {},
    identityKnown: true,
    repeatAllowed: true,
    inFlight: isSent ? 'refund' : null,
    transmissions: isSent ? 1 : 0,
    tokenRetried: false,
    planBeforeNotice: null,
    asked: 0,
    tries: 0,
    next: null,
    reviewRounds: 0,
    refusal: null,
    unknownWhy: null,
    evidence: null,
    recorded: null,
    settledLooks: 0,
    changed: event.time,
    refundedAt: isSent ? null : event.time.wall,
  };
  return { state, send: isSent ? 'refund' : null };
}

/** What an event does to a refund. */
export function stepRefund(before: RefundState, event: Exclude<RefundEvent, RefundCreated>): RefundStep {
  const state: RefundState = { ...before, changed: event.time };
  switch (event.type) {
    case 'refundAnswered':
      return onAnswered(state, event);
    case 'refundNotAnswered':
      return onNotAnswered(state, event);
    case 'refundTimerFired':
      return state.next === null ? stay(state) : onDue({ ...state, next: null });
    case 'refundNotified':
      return onNotified(state);
    case 'refundAskedNow':
      return refundMayBeAsked(state) ? askNow({ ...state, next: null }) : stay(state);
    case 'refundTakenUp':
      return onTakenUp(state, event);
    case 'refundSettled':
      return onSettled(state, event);
    case 'refundBooked':
      return onBooked(state);
  }
}

/** True where asking can tell something now. */
export function refundMayBeAsked(state: RefundState): boolean {
  return !refundIsEnded(state) && state.inFlight === null && state.identityKnown && (canAsk(state) || looksAtPayment(state));
}

/** The statement says that it went through, and the till says that it didn't: its money is held until a person has looked. */
function onBooked(state: RefundState): RefundStep {
  const isNot = state.name === 'refused' || (state.name === 'settled' && state.recorded?.as === 'notRefunded');
  return isNot ? review({ ...state, refusal: null }) : stay(state);
}

// ---- answers

function onAnswered(state: RefundState, event: RefundAnswered): RefundStep {
  // An answer to nothing that is out is stale: the request was given up before, and only a question tells the truth now.
  if (state.inFlight !== event.call) return stay(state);
  const first = event.call === 'refund' && state.transmissions === 1;
  const landed: RefundState = { ...state, inFlight: null, planBeforeNotice: null, evidence: event.outcome.evidence };
  if (state.planBeforeNotice !== null && event.outcome.kind !== 'refunded' && event.outcome.kind !== 'refundDeclined') {
    return stay({ ...landed, next: dueAfterNotice(state.planBeforeNotice, state.changed.monotonic, event.outcome.kind !== 'unknown') });
  }
  switch (event.outcome.kind) {
    case 'refunded':
      return onRefunded(withNumber(landed, event.outcome.refund));
    case 'refundPending':
      return accepted(withNumber(landed, event.outcome.refund));
    case 'refundDeclined':
      return onDeclined(landed, event.outcome.reason, first || event.call === 'queryRefund' || event.outcome.aboutRefund);
    case 'notFound':
      if (landed.recorded !== null) return onNotThere(landed);
      // What the gateway never got may be sent again under its number, where that can't be a second refund; else a person looks.
      return event.call === 'queryRefund' && mayRepeat(landed) ? sendRefund(landed) : unsure(landed, 'unlisted');
    case 'unknown':
      // The first request was not looked at: it goes out once more under a new token, and under its number.
      if (first && event.outcome.why === 'tokenRefused' && !state.tokenRetried) return sendAgainUnread(landed);
      return unsure(event.outcome.refund === undefined ? landed : withNumber(landed, event.outcome.refund), event.outcome.why);
    case 'shown':
    case 'paid':
    case 'waiting':
    case 'declined':
    case 'reversed':
      // Words about the payment say nothing about its refund.
      return unsure(landed, 'unlisted');
  }
}

/** The gateway says that the money went back. */
function onRefunded(state: RefundState): RefundStep {
  // A person's word stands where the gateway agrees, and its looks end; where it doesn't, a person must look again (CASES 17).
  if (state.name === 'settled') return state.recorded?.as === 'refunded' ? stay({ ...state, next: null }) : review(state);
  if (state.recorded !== null) return nextReviewRound(state);
  return stay({ ...state, name: 'refunded', next: null, refusal: null, unknownWhy: null, refundedAt: state.changed.wall });
}

/** After a person's word nothing is sent by itself, ever: what isn't there agrees with "not refunded", and contradicts the other. */
function onNotThere(state: RefundState): RefundStep {
  if (state.name !== 'settled') return nextReviewRound(state);
  return state.recorded?.as === 'notRefunded' ? stay({ ...state, next: null }) : review(state);
}

function onNotAnswered(state: RefundState, event: RefundNotAnswered): RefundStep {
  if (state.inFlight !== event.call) return stay(state);
  const landed: RefundState = { ...state, inFlight: null, planBeforeNotice: null };
  if (state.planBeforeNotice !== null) return stay({ ...landed, next: dueAfterNotice(state.planBeforeNotice, state.changed.monotonic, false) });
  // Money rule 3: never sent ends a refund only as the end of its first transmission (CASES 2).
  if (event.call === 'refund' && event.how === 'neverSent' && landed.transmissions === 1) return refused(landed, notSentBecause(event.reason));
  return unsure(landed, 'noAnswer');
}

/** Nothing left here. */
function notSentBecause(reason: string): RefundRefusal {
  if (reason === 'credentials') return 'wrongKey';
  return reason === 'notBuilt' ? 'requestRefused' : 'gatewayUnreachable';
}

/** `believed`: the words end it, as the answer to a first transmission or as words about the refund itself (CASES 2). */
function onDeclined(state: RefundState, reason: RefundRefusal, believed: boolean): RefundStep {
  if (state.name === 'settled') return state.recorded?.as === 'refunded' ? review(state) : stay({ ...state, next: null });
  // What contradicts a recorded word stays with a person, however often the gateway says it.
  if (state.recorded !== null) return nextReviewRound(state);
  // Where every transmission is a refund of its own, the failure of one says nothing about another that may still arrive.
  if (believed && state.created.traits.limitMeansDone && state.transmissions > 1) return state.name === 'review' ? nextReviewRound(state) : review(state);
  if (believed) return refused(state, reason);
  // CASES 24: nothing more fits, so the first one was probably booked.
  if (reason === 'amountTooMuch' && state.created.traits.limitMeansDone) return probablyDone(state);
  return unsure(state, 'unlisted');
}

function refused(state: RefundState, reason: RefundRefusal): RefundStep {
  return stay({ ...state, name: 'refused', refusal: reason, next: null, unknownWhy: null });
}

/** Another repeat could tell nothing new: a day for the statement or the wallet to show it, then a person looks. */
function probablyDone(state: RefundState): RefundStep {
  return stay(later({ ...state, name: 'pending', unknownWhy: 'refundLimit' }, secondsOfDay));
}

/** Starts don't shorten the day, and a till that is started daily doesn't wait for ever. */
function stillProbablyDone(state: RefundState): RefundStep {
  const waited = state.changed.wall - state.created.time.wall;
  return waited >= secondsOfDay * 1000 ? review(state) : probablyDone(state);
}

/** Accepted is not arrived: it is watched until it ends, and for a week at most without a person. */
function accepted(state: RefundState): RefundStep {
  if (state.name === 'settled') return nextSettledLook(state);
  // A person was called already: the same word again takes nothing back.
  if (state.name === 'review') return nextReviewRound(state);
  const tries = state.name === 'pending' ? state.tries + 1 : 0;
  const pending: RefundState = { ...state, name: 'pending', tries };
  if (tries >= looksMost(pending)) return review(pending);
  return stay(later(pending, pendingPausesSeconds[Math.min(tries, pendingPausesSeconds.length - 1)] ?? 3600));
}

/** No reliable answer: asked at once, then with growing pauses; then a person must look, and the asking goes on. */
function unsure(state: RefundState, why: RefundState['unknownWhy']): RefundStep {
  const doubtful: RefundState = { ...state, unknownWhy: why };
  if (doubtful.name === 'settled') return nextSettledLook(doubtful);
  if (doubtful.name === 'review') return nextReviewRound(doubtful);
  // What was accepted stays accepted while a look goes unanswered.
  if (doubtful.name === 'pending') return accepted(doubtful);
  const unknown: RefundState = { ...doubtful, name: 'unknown' };
  // Nothing asks for the refund itself: its payment is looked at a few times, and then a person looks.
  if (!canAsk(unknown)) return accepted(unknown);
  if (state.name === 'submitting' && why === 'noAnswer') return askNow(unknown);
  const pause = refundAskPausesSeconds[unknown.tries];
  return pause === undefined ? review(unknown) : stay(later({ ...unknown, tries: unknown.tries + 1 }, pause));
}

function review(state: RefundState): RefundStep {
  return nextReviewRound({ ...state, name: 'review', reviewRounds: 0 });
}

function nextReviewRound(state: RefundState): RefundStep {
  // Where nothing can be asked, nothing is planned: a person's word or a statement ends it.
  if (!canAsk(state)) return stay({ ...state, next: null });
  const pause = reviewPausesSeconds[Math.min(state.reviewRounds, reviewPausesSeconds.length - 1)] ?? secondsOfDay;
  return stay(later({ ...state, reviewRounds: state.reviewRounds + 1 }, pause));
}

// ---- asking

/** True where some request can tell how the refund ended without being able to be a second one. */
function canAsk(state: RefundState): boolean {
  return canQuery(state) || mayRepeat(state);
}

/** What a person recorded is never sent again by itself, also where a statement contradicts it. */
function mayRepeat(state: RefundState): boolean {
  return state.created.traits.mayRepeat && state.recorded === null && state.repeatAllowed && state.unknownWhy !== 'refundLimit';
}

/** How often a pending refund is looked at: for days where that can tell, a few times where only its payment can be asked. */
function looksMost(state: RefundState): number {
  if (canAsk(state)) return pendingLooksMost;
  return asksPayment(state) ? pendingPausesSeconds.length : 0;
}

/** True where only its payment can be asked about: the answer ends nothing, and is shown to the person who must look. */
export function asksPayment(state: RefundState): boolean {
  return state.created.traits.asksPaymentInstead === true && state.recorded === null && !canAsk(state);
}

/** Only until a person was called: what the payment says tells them nothing new. */
function looksAtPayment(state: RefundState): boolean {
  return state.name === 'pending' && asksPayment(state);
}

function canQuery(state: RefundState): boolean {
  const { queryBy } = state.created.traits;
  return queryBy === 'refundRef' || (queryBy === 'gatewayRefundRef' && state.gatewayRefundRef !== null);
}

function onDue(state: RefundState): RefundStep {
  return canAsk(state) || state.name === 'settled' || looksAtPayment(state) ? askNow(state) : review(state);
}

function askNow(state: RefundState): RefundStep {
  if (state.inFlight !== null || !state.identityKnown) return stay(state);
  if (canQuery(state) || looksAtPayment(state)) return { state: { ...state, inFlight: 'queryRefund', asked: state.asked + 1, next: null }, send: 'queryRefund' };
  // What a person recorded is never sent again by itself.
  return mayRepeat(state) && state.name !== 'settled' ? sendRefund(state) : stay(state);
}

/** The very same refund once more, under its number: journaled before it leaves, like the first (CASES 2). */
function sendRefund(state: RefundState): RefundStep {
  return { state: { ...state, inFlight: 'refund', transmissions: state.transmissions + 1, asked: state.asked + 1, next: null }, send: 'refund' };
}

/** The first request was not looked at: the next one is the first that is, and whatever ends a first one ends it. */
function sendAgainUnread(state: RefundState): RefundStep {
  return { state: { ...state, inFlight: 'refund', tokenRetried: true, next: null }, send: 'refund' };
}

/** A notification is a reason to ask, beside the plan, and only where a question can't be a second refund. */
function onNotified(state: RefundState): RefundStep {
  if (state.next === null || state.inFlight !== null || !state.identityKnown || !canQuery(state)) return stay(state);
  return { state: { ...state, inFlight: 'queryRefund', asked: state.asked + 1, next: null, planBeforeNotice: state.next }, send: 'queryRefund' };
}

// ---- people and starts

function onSettled(state: RefundState, event: RefundSettled): RefundStep {
  // While an answer is on its way, the gateway's word comes first.
  if (refundIsEnded(state) || state.inFlight !== null) return stay(state);
  const recorded = { as: event.as, how: event.how, sentence: event.sentence, by: event.by, at: event.time.wall };
  return nextSettledLook({ ...state, name: 'settled', recorded, settledLooks: 0, next: null });
}

function nextSettledLook(state: RefundState): RefundStep {
  if (!canQuery(state) || state.settledLooks >= settledLooksMost) return stay({ ...state, next: null });
  return stay(later({ ...state, settledLooks: state.settledLooks + 1 }, secondsOfDay));
}

/** CASES 25: how long the till was away is unknown, so it is asked at once and every pause is counted from here. */
function onTakenUp(state: RefundState, event: RefundTakenUp): RefundStep {
  const rebased: RefundState = { ...state, inFlight: null, planBeforeNotice: null, next: null, identityKnown: event.identityKnown, repeatAllowed: event.mayRepeat };
  if (state.name === 'settled' && state.next !== null && !event.identityKnown) return stay(later(rebased, secondsOfDay));
  if (state.name === 'settled') return state.next === null ? stay(rebased) : askNow(rebased);
  if (refundIsEnded(state)) return stay(rebased);
  if (!event.identityKnown) return stay({ ...rebased, name: 'review' });
  if (rebased.name === 'pending' && rebased.unknownWhy === 'refundLimit') return stillProbablyDone(rebased);
  const asking: RefundState = rebased.name === 'submitting' ? { ...rebased, name: 'unknown', unknownWhy: 'noAnswer' } : rebased;
  if (canAsk(asking)) return askNow(asking);
  return asking.name !== 'review' && asksPayment(asking) ? askNow({ ...asking, name: 'pending' }) : review(asking);
}

// ---- small moves

function stay(state: RefundState): RefundStep {
  return { state, send: null };
}

function later(state: RefundState, seconds: number): RefundState {
  return { ...state, next: state.changed.monotonic + seconds * 1000 };
}

function withNumber(state: RefundState, { gatewayRefundRef, kept }: RefundOrderFacts): RefundState {
  return { ...state, gatewayRefundRef: gatewayRefundRef ?? state.gatewayRefundRef, kept: { ...state.kept, ...kept } };
}
