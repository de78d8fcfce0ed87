/** The small moves that steps are made of: ask, wait, undo, end. Each returns the next state and what to send. */
import type { AttemptStateName, DeclineReason, ReviewReason, Settled } from '../contract/types.ts';
import type { Evidence, OrderFacts, Outcome } from '../gateways/gateway.ts';
import type { Monotonic } from '../ports.ts';
import { quietPausesSeconds, reversalsMost, reversePausesSeconds, reviewPausesSeconds, secondsOfDay, sentinelDaysMost, sentinelPausesSeconds, sentinelRetrySeconds, sentinelTriesMost } from './policy.ts';
import { reasonWithoutEnd } from './show.ts';
import { canQuery, isQuiet, type AttemptState, type Sentinel, type Step } from './state.ts';

type Change = Partial<AttemptState>;

export function stay(state: AttemptState, change: Change = {}): Step {
  return { state: { ...state, ...change }, send: null };
}

/** Sends a query, or leaves things as they are where the gateway can't be asked. */
export function sendQuery(state: AttemptState): Step {
  if (!canQuery(state)) return stay(without(state, 'next'));
  return { state: { ...without(state, 'next'), inFlight: 'query', asked: state.asked + 1 }, send: { attemptRef: state.created.attemptRef, refundRef: null, call: 'query' } };
}

/** Sends the reversal. The caller has checked that one may leave. @param phase what it is for */
export function sendReversal(state: AttemptState, phase: 'undoing' | 'provingAbsence' = 'undoing'): Step {
  return {
    // What was said before it leaves is no word about the order as it is then: a refund waits for the next one.
    state: { ...without(state, 'next'), inFlight: 'reverse', reversals: state.reversals + 1, phase, lastWord: null },
    send: { attemptRef: state.created.attemptRef, refundRef: null, call: 'reverse' },
  };
}

/** Sends the very same payment again, to learn what became of it (CASES 21). */
export function sendPayAgain(state: AttemptState): Step {
  return {
    state: { ...without(state, 'next'), inFlight: 'pay', payTransmissions: state.payTransmissions + 1 },
    send: { attemptRef: state.created.attemptRef, refundRef: null, call: 'pay' },
  };
}

/** Sends the payment, or the request for a code to show, once more under the same number, as if for the first time. The caller has checked that the first one was not looked at. */
export function sendUnread(state: AttemptState, call: 'pay' | 'present'): Step {
  return {
    state: { ...without(state, 'next'), inFlight: call, tokenRetried: true, reverseNotBefore: state.changed.monotonic + state.created.policy.reverseNotBeforeSeconds * 1000 },
    send: { attemptRef: state.created.attemptRef, refundRef: null, call },
  };
}

/** True while the same code may be sent again under the same number. */
export function mayPayAgain(state: AttemptState): boolean {
  const within = state.created.traits.repeatPayWithinSeconds;
  if (within === null || !state.codeUsable) return false;
  return state.changed.monotonic < state.created.scanned + within * 1000;
}

/** Asks in whatever way there is: by query, else by the same payment again; with no way left, only the deadline decides. */
export function ask(state: AttemptState): Step {
  if (canQuery(state)) return sendQuery(state);
  if (mayPayAgain(state)) return sendPayAgain(state);
  return stay(without(state, 'next'));
}

/** Asks again after the poll interval. */
export function askLater(state: AttemptState, change: Change = {}, seconds = state.created.policy.pollIntervalSeconds): Step {
  return stay(after(state, seconds), change);
}

/** The state with its `next` timer set `seconds` from now. */
export function after(state: AttemptState, seconds: number): AttemptState {
  return at(state, state.changed.monotonic + seconds * 1000);
}

export function at(state: AttemptState, due: Monotonic): AttemptState {
  return { ...state, timers: { ...state.timers, next: due } };
}

export function without(state: AttemptState, timer: 'next' | 'deadline'): AttemptState {
  const { [timer]: _gone, ...timers } = state.timers;
  return { ...state, timers };
}

/** An order's facts taken over; what is known already is never overwritten by nothing. */
export function withFacts(state: AttemptState, order: OrderFacts | null): AttemptState {
  if (!order) return state;
  return {
    ...state,
    gatewayRef: order.gatewayRef ?? state.gatewayRef,
    walletRef: order.walletRef ?? state.walletRef,
    wallet: order.wallet ?? state.wallet,
    payerId: order.payerId ?? state.payerId,
    kept: order.kept === undefined ? state.kept : { ...state.kept, ...order.kept },
    charged: order.charged ?? state.charged,
  };
}

export function withWord(state: AttemptState, kind: Outcome['kind'], evidence: Evidence): AttemptState {
  return { ...state, lastWord: kind, payerIsThere: false, saidPaid: state.saidPaid || kind === 'paid', evidence };
}

/** Accepted and not paid yet, and whether the payer is at it. */
export function withWaiting(state: AttemptState, { order, payerIsThere, evidence }: Extract<Outcome, { kind: 'waiting' }>): AttemptState {
  return { ...withWord(withFacts(state, order), 'waiting', evidence), payerIsThere: payerIsThere === true };
}

/** Paid: the gateway's word, reference and amount compared (or to be compared by one more query). */
export function paid(state: AttemptState, amountCompared: boolean): Step {
  const settled: AttemptState = { ...state, name: 'paid', phase: null, timers: {}, paidAt: state.changed.wall, reviewReason: null, declineReason: null, sentinel: null, codeUsable: false };
  if (amountCompared) return stay(settled, { amountCheck: 'compared' });
  if (!canQuery(state)) return stay(settled, { amountCheck: 'unanswered' });
  return sendQuery({ ...settled, amountCheck: 'pending' });
}

/** Ended without money; a sentinel looks again, because a gateway can be wrong (CASES 20). */
export function ended(state: AttemptState, name: 'declined' | 'reversed', reason: DeclineReason | null, certain: boolean): Step {
  const settled: AttemptState = { ...state, name, phase: null, timers: {}, declineReason: reason, reviewReason: null, codeUsable: false, endedAt: state.changed.wall };
  if (certain || !canQuery(state)) return stay(settled, { sentinel: null });
  const sentinel: Sentinel = { round: 0, unansweredTries: 0, days: 0, atNextStart: true, extraLook: false };
  return stay(after(settled, sentinelPausesSeconds[0]), { sentinel });
}

/** A person must look; asking goes on in the background. */
export function review(state: AttemptState, reason: ReviewReason): Step {
  const begun: AttemptState = { ...without(state, 'deadline'), name: 'review', reviewReason: reason, reviewRounds: 0, phase: null, codeUsable: false, sentinel: null, amountCheck: 'notNeeded' };
  return nextReviewRound(begun);
}

/** Plans the next round of a review; what is quiet is asked daily after the first hour (CASES 27). */
export function nextReviewRound(state: AttemptState): Step {
  const pauses = isQuiet(state) ? quietPausesSeconds : reviewPausesSeconds;
  const pause = pauses[Math.min(state.reviewRounds, pauses.length - 1)] ?? secondsOfDay;
  return stay(after(state, pause), { reviewRounds: state.reviewRounds + 1, phase: null });
}

/** A reversal wasn't confirmed: the next try after its pause, or a person, or the review's next round. */
export function undoLater(state: AttemptState): Step {
  if (state.name === 'review') return nextReviewRound(state);
  if (state.reversals >= reversalsMost) return review(state, reasonWithoutEnd(state, 'reversalFailed'));
  const pause = reversePausesSeconds[Math.max(0, state.reversals - 1)] ?? 0;
  const due = Math.max(state.changed.monotonic + pause * 1000, state.reverseNotBefore);
  return stay(at(state, due), { phase: 'undoing' });
}

/** A sentinel that has no planned looks of its own left: what it asks, a person's word or a notice made it ask. */
export const sentinelAfterItsLooks: Sentinel = { round: sentinelPausesSeconds.length, unansweredTries: 0, days: 0, atNextStart: false, extraLook: false };

/** The next look of a sentinel, or its end. */
export function sentinelLater(state: AttemptState, sentinel: Sentinel, answered: boolean): Step {
  const next = nextLook(state, sentinel, answered);
  if (next === null) {
    return stay(without(state, 'next'), { sentinel: sentinel.atNextStart ? { ...sentinel, round: sentinelPausesSeconds.length, extraLook: false } : null });
  }
  return stay(after(state, next.seconds), { sentinel: next.sentinel });
}

function nextLook(state: AttemptState, looked: Sentinel, answered: boolean): { sentinel: Sentinel; seconds: number } | null {
  // A look at a start doesn't use up a planned one: how long the till was away is unknown, so its pause begins anew.
  const round = looked.extraLook || !answered ? looked.round : looked.round + 1;
  if (answered) {
    const pause = sentinelPausesSeconds[round];
    return pause === undefined ? null : { sentinel: { ...looked, round, extraLook: false, unansweredTries: 0 }, seconds: pause };
  }
  const tries = looked.unansweredTries + 1;
  if (tries < sentinelTriesMost) return { sentinel: { ...looked, unansweredTries: tries }, seconds: sentinelRetrySeconds };
  // Days are counted by looks a day apart: a till that is started ten times in an hour has not asked for a week.
  const days = looked.extraLook ? looked.days : looked.days + 1;
  if (days > sentinelDaysMost || isLongAgo(state)) return null;
  return { sentinel: { ...looked, unansweredTries: tries, extraLook: false, days }, seconds: secondsOfDay };
}

/** A till that is started daily never waits a whole day: the wall clock ends its looks instead. */
function isLongAgo(state: AttemptState): boolean {
  return state.endedAt !== null && state.changed.wall - state.endedAt > (sentinelDaysMost + 1) * secondsOfDay * 1000;
}

/** A person's word stands; the gateway is asked once a day for a week whether it says otherwise (CASES 17). */
export function settle(state: AttemptState, recorded: Settled): Step {
  const settled: AttemptState = { ...state, name: 'settled', phase: null, timers: {}, recorded, reviewReason: state.reviewReason === 'answerMismatch' ? 'answerMismatch' : null, codeUsable: false, inFlight: null, endedAt: state.changed.wall };
  return nextSettledLook(settled, sentinelAfterItsLooks);
}

export function nextSettledLook(state: AttemptState, looked: Sentinel, answered = true): Step {
  // What a notice made the till ask is asked again while it goes unanswered.
  if (!answered && looked.extraLook && looked.unansweredTries + 1 < sentinelTriesMost) return stay(after(state, sentinelRetrySeconds), { sentinel: { ...looked, unansweredTries: looked.unansweredTries + 1 } });
  if (!canQuery(state) || looked.days >= sentinelDaysMost || isLongAgo(state)) return stay(without(state, 'next'), { sentinel: null });
  return stay(after(state, secondsOfDay), { sentinel: { ...looked, days: looked.extraLook ? looked.days : looked.days + 1, extraLook: false } });
}

export function named(state: AttemptState, name: AttemptStateName): AttemptState {
  return { ...state, name };
}
