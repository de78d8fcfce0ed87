/** How an attempt begins: a scan or a code to show, cash that is there already, another till’s order. */
import type { Wallet } from '../contract/types.ts';
import type { AttemptCreated, CashTaken, ForeignFound } from './events.ts';
import type { AttemptState, Step } from './state.ts';

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
    charged: null,
    disputed: false,
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
    payerIsThere: false,
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
