/** A gateway's number that a person entered (CASES 22): asked under at once, and believed only where the answer names our own. */
import type { OrderNumberEntry } from '../contract/types.ts';
import type { Outcome } from '../gateways/gateway.ts';
import { reviewPausesSeconds, sentinelTriesMost } from './policy.ts';
import { after, nextReviewRound, review, sendQuery, sentinelAfterItsLooks, stay, withFacts, without, withWord } from './moves.ts';
import { isEnded, isQuiet, type AttemptState, type Step } from './state.ts';

/** True where the gateway's number is what is missing: only orders that it can be asked about by that number alone. */
export function lacksNumber(state: AttemptState): boolean {
  if (state.created.traits.queryBy !== 'gatewayRef' || state.gatewayRef !== null || state.cash !== null || state.foreign) return false;
  switch (state.name) {
    // What the till still asks about by itself may yet bring the number; what ended without money has no use for it.
    case 'submitting':
    case 'waitingForPayer':
    case 'unknown':
    case 'reversing':
    case 'declined':
    case 'reversed':
      return false;
    case 'paid':
    case 'settled':
    case 'lapsed':
    case 'review':
      return true;
  }
}

/** Where the entering stands, for the screens. */
export function orderNumberEntry(state: AttemptState): OrderNumberEntry {
  if (state.claim !== null) return 'asking';
  return lacksNumber(state) ? (state.claimEnd ?? 'wanted') : 'none';
}

/** A number was entered: the gateway is asked under it, and nothing else changes. */
export function enterNumber(state: AttemptState, number: string): Step {
  if (!lacksNumber(state) || state.inFlight !== null || !state.identityKnown) return stay(state);
  // A review's pauses begin anew: somebody waits for what is said under the number.
  return sendQuery({ ...watched(state), claim: { number, unanswered: 0 }, claimEnd: null, reviewRounds: 0 });
}

/** A notification names the number while the till still asks in other ways, or has none: it is asked under it, too. */
export function claimNumber(state: AttemptState, number: string): Step {
  if (lacksNumber(state)) return enterNumber(state, number);
  // What ended without money, or is being undone, has no use for a number that may be anybody's.
  if (state.name !== 'submitting' && state.name !== 'waitingForPayer' && state.name !== 'unknown') return stay(state);
  return sendQuery({ ...state, claim: { number, unanswered: 0 }, claimEnd: null });
}

/** A person's word is compared with the gateway's as soon as there is a way to ask (CASES 17). */
function watched(state: AttemptState): AttemptState {
  if (state.name !== 'settled' || state.sentinel !== null) return state;
  return { ...state, sentinel: sentinelAfterItsLooks };
}

/** What an answer to a question under a claimed number makes of the claim; `null` stands for no answer. */
export function judgeClaim(outcome: Outcome | null): 'believed' | 'wrong' | 'unanswered' {
  if (outcome === null) return 'unanswered';
  switch (outcome.kind) {
    case 'paid':
      return outcome.amountCompared ? 'believed' : 'wrong';
    case 'waiting':
    case 'reversed':
      return 'believed';
    case 'declined':
      // Words that name no order are about the number, and not about ours.
      return outcome.order === null ? 'wrong' : 'believed';
    case 'notFound':
      return 'wrong';
    case 'unknown':
      if (outcome.why === 'mismatch') return 'wrong';
      return (outcome.order?.gatewayRef ?? null) === null ? 'unanswered' : 'believed';
    case 'shown':
    case 'refunded':
    case 'refundPending':
    case 'refundDeclined':
      return 'unanswered';
  }
}

/** The number is the order's: from here on it is asked and refunded by it. */
export function believed(state: AttemptState): AttemptState {
  return { ...state, gatewayRef: state.claim?.number ?? state.gatewayRef, claim: null, claimEnd: null };
}

/** What was paid stays paid: the number is kept for its refunds, and the amount was compared where the answer is paid. */
export function numberedPaid(state: AttemptState, outcome: Outcome | null): Step {
  // Our own order, by the gateway's word unpaid: what was told and sold is wrong, and a person must look (CASES 23).
  if ((outcome?.kind === 'declined' || outcome?.kind === 'reversed') && !state.refundBegun) return review(withWord(state, outcome.kind, outcome.evidence), 'saidPaidAndNot');
  if (outcome?.kind !== 'paid') return stay(without(state, 'next'));
  return stay(without(withWord(withFacts(state, outcome.order), 'paid', outcome.evidence), 'next'), { amountCheck: outcome.amountCompared ? 'compared' : state.amountCheck });
}

/** Another order's number: it is forgotten, and with it everything that was said about that order. */
export function forgetNumber(state: AttemptState, why: 'wrong' | 'unanswered'): Step {
  const forgotten: AttemptState = { ...state, claim: null, claimEnd: why };
  if (!isEnded(state)) return nextReviewRound(forgotten);
  return stay(without(forgotten, 'next'), { sentinel: null });
}

/** Without an answer the claim is neither right nor wrong: a review goes on asking, what has its outcome asks a few times. */
export function askNumberLater(state: AttemptState): Step {
  if (state.claim === null) return stay(state);
  const unanswered = state.claim.unanswered + 1;
  const asked: AttemptState = { ...state, claim: { ...state.claim, unanswered } };
  // A quiet code must be able to lapse, whatever anybody claimed.
  if (isQuiet(state) && unanswered >= sentinelTriesMost) return forgetNumber(asked, 'unanswered');
  if (!isEnded(state)) return nextReviewRound(asked);
  return unanswered >= sentinelTriesMost ? forgetNumber(asked, 'unanswered') : stay(after(asked, reviewPausesSeconds[0]));
}
