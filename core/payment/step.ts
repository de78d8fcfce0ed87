/** The payment engine: `step(state, event)` is pure and total, and is the only place that decides about money. */
import type { DeclineReason, ReviewReason, Wallet } from '../contract/types.ts';
import type { OrderFacts, Outcome } from '../gateways/gateway.ts';
import { dayAtOffset } from '../time/day.ts';
import type { Answered, AttemptCreated, AttemptEvent, AttemptSettled, CashReturned, CashTaken, ForeignFound, NotAnswered, Notified, PersonActed, TakenUp, TimerFired } from './events.ts';
import { after, ask, askLater, at, ended, mayPayAgain, named, nextReviewRound, nextSettledLook, paid, review, sendQuery, sendReversal, sendUnread, sentinelAfterItsLooks, sentinelLater, settle, stay, undoLater, withFacts, without, withWord } from './moves.ts';
import { askNumberLater, believed, claimNumber, enterNumber, forgetNumber, judgeClaim, numberedPaid } from './claim.ts';
import { absenceProofSeconds, reversalsMost, reviewPausesSeconds, sentinelTriesMost } from './policy.ts';
import { hasLapsed, isShown, isSurelyUnpaid, reasonWithoutEnd } from './show.ts';
import { canQuery, isEnded, isQuiet, reversalMayHaveLeft, undoMayBeMissing, type AttemptState, type Step } from './state.ts';

/** Begins an attempt: its first transmission goes out as soon as this event is durable (money rule 1). */
export function begin(event: AttemptCreated): Step {
  const call = event.direction === 'show' ? 'present' : 'pay';
  const state: AttemptState = {
    ...blank(event, event.wallet),
    name: 'submitting',
    inFlight: call,
    payTransmissions: 1,
    codeUsable: call === 'pay',
    timers: { deadline: event.time.monotonic + event.policy.deadlineSeconds * 1000 },
    reverseNotBefore: event.time.monotonic + event.policy.reverseNotBeforeSeconds * 1000,
  };
  return { state, send: { attemptRef: event.attemptRef, refundRef: null, call } };
}

/** Cash is paid when it is taken: no gateway is asked, and no money rule waits for one. */
export function beginCash(event: CashTaken): Step {
  const created: AttemptCreated = {
    ...event, type: 'attemptCreated', gateway: 'cash', identity: { origin: '', account: '' }, traits: { queryBy: 'gatewayRef', reverse: null, repeatPayWithinSeconds: null },
    policy: cashPolicy, direction: 'scan', showFor: null, codeHash: null, last4: null, wallet: 'other', scanned: event.time.monotonic, operator: event.by.operatorId,
  };
  const state: AttemptState = {
    ...blank(created, 'other'), name: 'paid', amountCheck: 'compared', paidAt: event.time.wall, cash: { receivedMinor: event.receivedMinor, roundingMinor: event.roundingMinor },
  };
  return { state, send: null };
}

/** Another till's order, as its gateway described it: paid, and never asked about by us (CASES 38). */
export function beginForeign(event: ForeignFound): Step {
  const created: AttemptCreated = {
    ...event, type: 'attemptCreated', firstAttempt: true, saleRef: null, commandId: null, traits: { queryBy: 'gatewayRef', reverse: null, repeatPayWithinSeconds: null },
    showFor: null, codeHash: null, last4: null, scanned: event.time.monotonic, operator: event.by.operatorId,
  };
  const state: AttemptState = {
    ...blank(created, event.wallet), name: 'paid', amountCheck: 'compared', paidAt: event.paidAt, gatewayRef: event.gatewayRef, walletRef: event.walletRef, lastWord: 'paid', saidPaid: true, foreign: true,
  };
  return { state, send: null };
}

const cashPolicy = {
  connectSeconds: 0, answerTimeoutSeconds: 0, firstQueryAfterSeconds: 0, pollIntervalSeconds: 0, questionSeconds: 0, deadlineSeconds: 0, reverseNotBeforeSeconds: 0,
} as const;

/** An attempt of which nothing is known yet. */
function blank(created: AttemptCreated, wallet: Wallet): AttemptState {
  return {
    name: 'submitting',
    created,
    gatewayRef: null,
    walletRef: null,
    wallet,
    payerId: null,
    identityKnown: true,
    inFlight: null,
    payTransmissions: 0,
    tokenRetried: false,
    planBeforeNotice: null,
    qr: null,
    kept: {},
    asked: 0,
    reversals: 0,
    phase: null,
    codeUsable: false,
    gaveUp: 'no',
    deadlinePassed: false,
    parked: false,
    resumed: false,
    notWanted: false,
    historyMissing: false,
    numberInUse: false,
    amountCheck: 'notNeeded',
    timers: {},
    reverseNotBefore: created.time.monotonic,
    reviewReason: null,
    reviewRounds: 0,
    declineReason: null,
    unknownWhy: null,
    lastWord: null,
    saidPaid: false,
    evidence: null,
    sentinel: null,
    recorded: null,
    refundBegun: false,
    heldByRefundsMinor: 0,
    undoneByRefunds: false,
    cash: null,
    foreign: false,
    claim: null,
    claimEnd: null,
    gatewayClockAhead: 0,
    changed: created.time,
    paidAt: null,
    endedAt: null,
  };
}

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

// ---- answers

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
      return onWaitingWord(withWord(withFacts(state, outcome.order), 'waiting', outcome.evidence), state.created.policy.firstQueryAfterSeconds);
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

/** There is nothing to show, or nobody to show it to: the order is closed where it can be, and else a quiet matter (CASES 27). */
function withoutCode(state: AttemptState): Step {
  if (state.name === 'reversing') return askOn(state);
  if (state.name === 'review') return nextReviewRound(state);
  if (state.created.traits.reverse !== null) return beginUndo(state, 'deadline');
  return review({ ...state, gaveUp: state.gaveUp === 'person' ? 'person' : 'deadline', deadlinePassed: true }, reviewWithoutUndo(state));
}

/** Nothing left here: nobody could be reached, our own credentials got no access, it couldn't be built, or was given up before. */
function notSentBecause(reason: string): DeclineReason {
  if (reason === 'notBuilt' || reason === 'notWanted') return reason === 'notBuilt' ? 'requestRefused' : 'neverArrived';
  return reason === 'credentials' ? 'wrongKey' : 'gatewayUnreachable';
}

/**
 * After a transmission of the payment that settled nothing: ask at once after the first one, with pauses after a repeat.
 * A give-up that waited for it begins its undoing so; past the deadline a person takes over where nothing can be asked.
 */
function askOn(state: AttemptState, notAtOnce = false): Step {
  if (state.name === 'reversing') return canQuery(state) ? sendQuery(state) : undoWhenAllowed(state);
  if (state.deadlinePassed && !canQuery(state)) return review(state, reviewWithoutUndo(state));
  return notAtOnce || state.payTransmissions > 1 ? askLater(state) : ask(state);
}

/** `null` stands for a query that got no answer. */
function onQueryAnswer(before: AttemptState, outcome: Outcome | null): Step {
  const state: AttemptState = { ...before, planBeforeNotice: null };
  if (before.planBeforeNotice !== null && !isDecisive(outcome)) return stay(at(quietened(withOutcome(state, outcome)), before.planBeforeNotice));
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
  if (state.phase !== null) return onUndoQueryAnswer(state, outcome);
  if (state.name === 'review') return onReviewQueryAnswer(quietened(state), outcome);
  if (state.deadlinePassed) return review(state, reviewWithoutUndo(state));
  if (outcome === null) return askLater(state);
  return outcome.kind === 'waiting' ? onWaitingWord(state) : askLater(stillUnsure(state, outcome));
}

/** The answer's facts and words taken over, where it was about this attempt. */
function withOutcome(state: AttemptState, outcome: Outcome | null): AttemptState {
  if (outcome === null) return state;
  switch (outcome.kind) {
    case 'waiting': {
      const known = withWord(withFacts(state, outcome.order), 'waiting', outcome.evidence);
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

function onReverseAnswer(before: AttemptState, outcome: Outcome): Step {
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
function queryAfterReversal(state: AttemptState): Step {
  return canQuery(state) ? sendQuery({ ...state, phase: 'undoing' }) : undoLater({ ...state, phase: 'undoing' });
}

// ---- words about the order

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
  return reason === 'identityMissing' || reason === 'numberInUse' || reason === 'cannotUndo' || reason === 'terminalKeyRefused';
}

/** CASES 5: an order under a number that was in use is ours only if it was paid after we wrote it down. */
function paidAfterCreation(state: AttemptState, order: OrderFacts): boolean {
  // In the gateway's time, whose `Date` header counts whole seconds.
  return order.paidAt !== null && order.paidAt + 1000 > state.created.time.wall + state.gatewayClockAhead;
}

/** Once a reversal may have left, paid is not an end (CASES 15); in a review a person decides (CASES 17). */
function onPaidAgainstUndo(state: AttemptState): Step {
  if (state.created.traits.reverse?.undoesPaid !== true) return keepReview(state, 'paidAfterGivingUp');
  return state.name === 'review' ? nextReviewRound(state) : undoLater(state);
}

function keepReview(state: AttemptState, reason: ReviewReason): Step {
  return state.name === 'review' ? nextReviewRound({ ...state, reviewReason: reason }) : review(state, reason);
}

function onDeclinedWord(state: AttemptState, outcome: Extract<Outcome, { kind: 'declined' }>): Step {
  const known = withWord(withFacts(state, outcome.order), 'declined', outcome.evidence);
  // Declined after a reversal left is what the reversal was for.
  return reversalMayHaveLeft(known) ? ended(known, 'reversed', null, false) : ended(known, 'declined', outcome.reason, false);
}

function onWaitingWord(state: AttemptState, seconds = state.created.policy.pollIntervalSeconds): Step {
  if (state.name === 'reversing') return onUndoQueryAnswer(state, null);
  if (state.deadlinePassed) return review(state, reviewWithoutUndo(state));
  return askLater({ ...named(state, 'waitingForPayer'), unknownWhy: null }, {}, seconds);
}

function unsure(state: AttemptState, why: AttemptState['unknownWhy']): AttemptState {
  return state.name === 'reversing' || state.name === 'review' ? { ...state, unknownWhy: why } : { ...state, name: 'unknown', unknownWhy: why };
}

/** One unanswered question doesn't take back "the payer is typing"; an answer that isn't ours does. */
function stillUnsure(state: AttemptState, outcome: Outcome): AttemptState {
  if (outcome.kind === 'unknown' && outcome.why === 'mismatch') return unsure(state, 'mismatch');
  return state;
}

function reviewWithoutUndo(state: AttemptState): ReviewReason {
  if (state.numberInUse) return 'numberInUse';
  return state.unknownWhy === 'mismatch' ? 'answerMismatch' : reasonWithoutEnd(state, 'cannotUndo');
}

// ---- undoing

/** A query's answer while the attempt is being undone; paid, declined and reversed have been dealt with. */
function onUndoQueryAnswer(state: AttemptState, outcome: Outcome | null): Step {
  switch (state.phase) {
    case 'asking':
    case null:
      return undoWhenAllowed(state);
    case 'undoing':
      return undoLater(state);
    case 'confirming':
      // The gateway's own "undone" stands where the confirming query has no better word (money rule 2).
      return outcome?.kind === 'waiting' ? undoLater(state) : ended(state, 'reversed', null, false);
    case 'provingAbsence':
      return outcome?.kind === 'notFound' ? absent(state) : undoLater(state);
  }
}

/**
 * Twice "no such order" proves that it never arrived. Not so where the gateway itself had given its code: that one may be
 * known there only once somebody scans it, so it stays a code that nothing closed (CASES 27).
 */
function absent(state: AttemptState): Step {
  return state.qr === null ? ended(state, 'declined', 'neverArrived', false) : keepReview(state, reasonWithoutEnd(state, 'cannotUndo'));
}

/** Sends the first reversal once it may leave; until then the gateway is asked. */
function undoWhenAllowed(state: AttemptState): Step {
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

function dayIsOver(state: AttemptState): boolean {
  const offset = state.created.traits.reverse?.onlyOnDayAtOffsetMinutes ?? null;
  if (offset === null) return false;
  const ahead = state.gatewayClockAhead;
  return dayAtOffset(state.changed.wall + ahead, offset) !== dayAtOffset(state.created.time.wall + ahead, offset);
}

/** Begins the undoing: from now on it is durable, whatever dies. The first move is always a query. */
function beginUndo(state: AttemptState, gaveUp: 'person' | 'deadline'): Step {
  const begun: AttemptState = { ...without(state, 'deadline'), name: 'reversing', phase: 'asking', gaveUp, deadlinePassed: gaveUp === 'deadline', codeUsable: false, claim: state.inFlight === null ? null : state.claim };
  if (begun.inFlight !== null) return stay(begun);
  return canQuery(begun) ? sendQuery(begun) : undoWhenAllowed(begun);
}

// ---- reviews and sentinels

/** A code that the gateway says is unpaid is nobody's matter at the counter any more, whatever made it one (CASES 27). */
function quietened(state: AttemptState): AttemptState {
  const turns = state.reviewReason === 'cannotUndo' || state.reviewReason === 'reversalFailed' || state.reviewReason === 'dayIsOver';
  return turns && isSurelyUnpaid(state) ? { ...state, reviewReason: 'codeNotClosed' } : state;
}

/** Still not known and not open: nothing asks any more, and only money makes it heard again. */
function lapse(state: AttemptState): Step {
  return stay({ ...state, timers: {} }, { name: 'lapsed', phase: null, endedAt: state.changed.wall });
}

/** A round of a review: still unpaid means one more reversal, where one may leave at all (CASES 17). */
function onReviewQueryAnswer(state: AttemptState, outcome: Outcome | null): Step {
  const unpaid = outcome?.kind === 'waiting' || outcome?.kind === 'notFound';
  if (isQuiet(state) && unpaid && hasLapsed(state, true)) return lapse(state);
  // Money under another amount or number is what nobody must miss.
  if (isQuiet(state) && outcome?.kind === 'unknown' && outcome.why === 'mismatch') return keepReview(state, 'answerMismatch');
  if (!unpaid || state.saidPaid || state.recorded !== null || state.refundBegun || state.created.traits.reverse === null || state.numberInUse || undoMayBeMissing(state) || dayIsOver(state)) return nextReviewRound(state);
  if (state.changed.monotonic < state.reverseNotBefore) return stay(at(state, state.reverseNotBefore));
  return sendReversal(state);
}

/** False for a question that learned nothing: it is asked again soon. */
function saysSomething(outcome: Outcome | null): boolean {
  return outcome !== null && outcome.kind !== 'unknown';
}

/** What lapsed is asked about because of a notice alone. */
function onLapsedAnswer(state: AttemptState, outcome: Outcome | null): Step {
  if (outcome?.kind === 'paid') return review(state, 'paidAfterGivingUp');
  return state.sentinel === null ? stay(state) : sentinelLater(state, state.sentinel, saysSomething(outcome));
}

function onSentinelAnswer(state: AttemptState, outcome: Outcome | null): Step {
  // It ended by a person's word about its refund, and the money is there.
  if (outcome?.kind === 'paid' && state.undoneByRefunds) return review({ ...state, undoneByRefunds: false }, 'settledContradicted');
  if (outcome?.kind === 'paid') return review(state, state.notWanted ? 'notWanted' : 'paidAfterUndo');
  const sentinel = state.sentinel;
  if (sentinel === null) return stay(state);
  return sentinelLater(state, sentinel, saysSomething(outcome));
}

/** CASES 17: an answer that agrees with what was recorded ends the looks; money that contradicts it opens it again. */
function onSettledAnswer(state: AttemptState, outcome: Outcome | null): Step {
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
function onAmountComparison(state: AttemptState, outcome: Outcome | null): Step {
  if (state.amountCheck !== 'pending') return stay(state);
  const mismatch = outcome?.kind === 'unknown' && outcome.why === 'mismatch';
  if (mismatch || outcome?.kind === 'declined' || outcome?.kind === 'reversed') return review(state, 'answerMismatch');
  // Said while the comparison was under way: the customer has paid otherwise as well (CASES 14).
  if (state.notWanted) return review(state, 'notWanted');
  return stay(state, { amountCheck: outcome?.kind === 'paid' && outcome.amountCompared ? 'compared' : 'unanswered' });
}

// ---- timers and people

function onTimer(state: AttemptState, event: TimerFired): Step {
  if (event.timer === 'shiftClose') return lookBesidePlan(state);
  if (state.timers[event.timer] === undefined) return stay(state);
  return event.timer === 'deadline' ? onDeadline(without(state, 'deadline')) : onNext(without(state, 'next'));
}

function onDeadline(state: AttemptState): Step {
  if (state.name !== 'submitting' && state.name !== 'waitingForPayer' && state.name !== 'unknown') return stay(state);
  if (state.created.traits.reverse !== null) return beginUndo(state, 'deadline');
  // What was said before is no word about the order as it is now: only the last question's own answer is.
  const over: AttemptState = { ...state, gaveUp: state.gaveUp === 'person' ? 'person' : 'deadline', deadlinePassed: true, codeUsable: false, lastWord: isShown(state) ? null : state.lastWord };
  if (state.inFlight !== null) return stay(over);
  if ((state.gaveUp === 'person' && !isShown(state)) || !canQuery(over)) return review(over, reviewWithoutUndo(over));
  return sendQuery(over);
}

/** A notice about what nobody looks at any more was acknowledged, so it must not be forgotten: asked until the gateway has answered, across starts. */
function lookAfterNotice(state: AttemptState): Step {
  return sendQuery({ ...without(state, 'next'), sentinel: { ...sentinelAfterItsLooks, extraLook: true } });
}

/** A look of the sentinel that uses up none of its planned ones. */
function lookBesidePlan(state: AttemptState): Step {
  const { sentinel } = state;
  if (sentinel === null || !isEnded(state) || state.inFlight !== null || !state.identityKnown) return stay(state);
  return sendQuery({ ...state, sentinel: { ...sentinel, extraLook: true, unansweredTries: 0 } });
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

function onNextUndo(state: AttemptState): Step {
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

function onPerson(state: AttemptState, event: PersonActed): Step {
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
function onNotified(state: AttemptState, event: Notified): Step {
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

// ---- after a start

/** CASES 25: how long the till was away is unknown, so every wait is counted from here and the gateway is asked at once. */
function onTakenUp(before: AttemptState, now: AttemptState, event: TakenUp): Step {
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
