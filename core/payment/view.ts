/** A payment as screens, lists and the command line show it: plain data without a secret. */
import { message, type Message, type MessageKey } from '../contract/messages.ts';
import type { DeclineReason, Locale, PaymentView, PrintState, ReviewReason } from '../contract/types.ts';
import { amountWithSign } from '../money/amount.ts';
import type { Clock } from '../ports.ts';
import { refundable, type RefundContext } from '../refund/rules.ts';
import { refundView } from '../refund/view.ts';
import { attemptToRefund, isOpen, isOurMoney, leadingAttempt, verdictOf, type Payment } from './payment.ts';
import { orderNumberEntry } from './claim.ts';
import { reversalsMost } from './policy.ts';
import { isEnded, isQuiet, shownState, type AttemptState } from './state.ts';

/** What a view needs beside the payment. */
export interface ViewContext {
  readonly clock: Clock;
  gatewayNames(gateway: string): Readonly<Record<Locale, string>>;
  supportPhone(gateway: string): string | null;
  /** The settings key of its secret: `gateways.shouqianba.terminalKey`; null where an activation keeps it elsewhere. */
  keyName(gateway: string): string | null;
  /** The settings key of the number that a refusal's code is about, or of the whole block. */
  numberName(gateway: string, code: string | null): string;
  /** Whether whoever reads it can have a code shown instead. */
  canShow(): boolean;
  printState(paymentId: string): PrintState;
  likelyDuplicateOf(payment: Payment): string | null;
  /** Whether the drawer opened for it. */
  drawerState(paymentId: string): PrintState;
  /** What decides whether it can be refunded now. */
  refunds(): RefundContext;
}

/** A payment for people; `lead` is the attempt whose numbers and words it shows. */
export function paymentView(payment: Payment, context: ViewContext, lead: AttemptState = leadingAttempt(payment)): PaymentView {
  const { created } = lead;
  const next = lead.inFlight === null ? lead.timers.next : undefined;
  return {
    paymentId: payment.paymentId,
    number: created.number,
    saleRef: created.saleRef,
    amount: created.amount,
    state: shownState(lead),
    verdict: verdictOf(payment),
    open: isOpen(payment) && !payment.attempts.filter((attempt) => !isEnded(attempt)).every(isQuiet),
    quiet: isQuiet(lead),
    gateway: created.gateway,
    gatewayNames: context.gatewayNames(created.gateway),
    attemptRef: created.attemptRef,
    gatewayRef: lead.gatewayRef,
    walletRef: lead.walletRef,
    wallet: lead.wallet,
    direction: created.direction,
    shownCode: shownCodeOf(lead),
    orderNumberEntry: orderNumberEntry(lead),
    last4: created.last4,
    charged: lead.charged,
    disputed: payment.attempts.some((attempt) => attempt.disputed),
    startedAt: created.time.wall,
    changedAt: lead.changed.wall,
    paidAt: lead.paidAt,
    declineReason: lead.declineReason,
    reviewReason: lead.reviewReason,
    message: drawerMessage(payment.paymentId, lead, context) ?? messageOf(lead, context, recorderOf(payment, lead)),
    gatewayCode: lead.evidence?.code ?? null,
    gatewayWords: lead.evidence?.words ?? null,
    canUndo: created.traits.reverse !== null,
    gaveUp: lead.gaveUp !== 'no',
    parked: lead.parked,
    notWanted: lead.notWanted,
    questionSeconds: created.policy.questionSeconds,
    deadlineSeconds: created.policy.deadlineSeconds,
    asked: lead.asked,
    nextAt: next === undefined ? null : context.clock.wall() + Math.max(0, next - context.clock.monotonic()),
    undoTries: lead.reversals,
    undoTriesMost: reversalsMost,
    receipt: context.printState(payment.paymentId),
    likelyDuplicateOf: context.likelyDuplicateOf(payment),
    supportPhone: context.supportPhone(created.gateway),
    day: created.day,
    tender: lead.cash === null ? 'gateway' : 'cash',
    cash: cashOf(lead),
    operator: created.by,
    foreign: lead.foreign,
    settled: lead.name === 'settled' ? lead.recorded : null,
    refunds: payment.refunds.map((refund) => refundView(payment.paymentId, attemptOf(payment, refund.created.attemptRef), refund, context)),
    refundable: refundable(payment, attemptToRefund(payment), context.refunds()),
  };
}

function attemptOf(payment: Payment, attemptRef: string): AttemptState {
  return payment.attempts.find((attempt) => attempt.created.attemptRef === attemptRef) ?? leadingAttempt(payment);
}

/** The code while the customer may scan it: what is being closed is offered to nobody. */
function shownCodeOf({ qr, name, created, changed, wallet, timers, gaveUp, deadlinePassed, payerIsThere }: AttemptState): PaymentView['shownCode'] {
  // Where nothing closes it, the last question may still be out when it was taken back or its time is over.
  if (qr === null || name !== 'waitingForPayer' || gaveUp !== 'no' || deadlinePassed) return null;
  const left = timers.deadline === undefined ? 0 : timers.deadline - changed.monotonic;
  return { qr: qr.content, since: qr.since, until: changed.wall + Math.max(0, Math.min(left, created.policy.deadlineSeconds * 1000)), wallets: wallet === 'other' ? (created.shownWallets ?? []) : [wallet], scanned: payerIsThere };
}

function cashOf({ cash, created, name }: AttemptState): PaymentView['cash'] {
  if (cash === null) return null;
  const { currency } = created.amount;
  return {
    received: { minor: cash.receivedMinor, currency },
    change: { minor: cash.receivedMinor - created.amount.minor, currency },
    roundingMinor: cash.roundingMinor,
    due: created.amount,
    returned: name === 'reversed',
  };
}

const declineMessages: Readonly<Record<DeclineReason, MessageKey>> = {
  insufficientBalance: 'insufficientBalance',
  codeExpired: 'codeExpired',
  codeInvalid: 'codeInvalid',
  payerCancelled: 'payerCancelled',
  walletLimit: 'walletLimit',
  shopLimit: 'shopLimit',
  cardNotSupported: 'cardNotSupported',
  walletNotTaken: 'walletNotTaken',
  amountRefused: 'amountRefused',
  gatewayUnreachable: 'gatewayUnreachable',
  wrongKey: 'wrongKey',
  anotherTill: 'anotherTill',
  clockOff: 'clockOff',
  merchantBlocked: 'merchantBlocked',
  terminalUnknown: 'terminalUnknown',
  requestRefused: 'requestRefused',
  closed: 'closed',
  neverArrived: 'neverArrived',
  other: 'declinedOther',
};

const reviewMessages: Readonly<Record<ReviewReason, MessageKey>> = {
  reversalFailed: 'reversalFailed',
  cannotUndo: 'cannotUndo',
  codeNotClosed: 'codeNotClosed',
  payerIsPaying: 'payerIsPaying',
  paidAfterGivingUp: 'paidAfterGivingUp',
  paidAfterUndo: 'paidAfterUndo',
  paidTwice: 'paidTwice',
  notWanted: 'paidNotWanted',
  answerMismatch: 'answerMismatch',
  saidPaidAndNot: 'saidPaidAndNot',
  numberInUse: 'numberInUse',
  dayIsOver: 'dayIsOver',
  identityMissing: 'identityMissing',
  terminalKeyRefused: 'terminalKeyRefused',
  settledContradicted: 'settledContradicted',
  onStatement: 'onStatement',
  historyMissing: 'historyMissing',
};

/** The cash is booked whatever the drawer does; whoever stands there must hear that it stayed shut. */
function drawerMessage(paymentId: string, lead: AttemptState, context: ViewContext): Message | null {
  if (lead.cash === null || lead.name !== 'paid') return null;
  const drawer = context.drawerState(paymentId);
  return drawer === 'waiting' || drawer === 'interrupted' ? message('drawerNotOpened') : null;
}

/** Who recorded how it ended, or that its money was given back; empty where nobody did. */
function recorderOf(payment: Payment, { recorded, created }: AttemptState): string {
  const ofRefund = payment.refunds.findLast((refund) => refund.created.attemptRef === created.attemptRef && refund.recorded !== null)?.recorded;
  return (recorded ?? ofRefund)?.by.name ?? '';
}

/** What happened, what it means for the money, and what to do next. */
function messageOf(attempt: AttemptState, context: ViewContext, recorder: string): Message {
  return message(messageKey(attempt, context), {
    amount: amountWithSign(attempt.created.amount),
    gateway: attempt.created.gateway,
    name: recorder,
    n: messageNumber(attempt),
    address: attempt.created.identity.origin,
    key: attempt.declineReason === 'wrongKey' ? (context.keyName(attempt.created.gateway) ?? '') : context.numberName(attempt.created.gateway, attempt.evidence?.code ?? null),
  });
}

/** The one number that a message may name: minutes of a wrong clock, the old terminal, or the tries. */
function messageNumber(attempt: AttemptState): string {
  if (attempt.declineReason === 'clockOff') return String(minutesOff(attempt));
  if (attempt.reviewReason === 'identityMissing' || !attempt.identityKnown) return attempt.created.identity.account;
  return String(attempt.reversals);
}

/** By the date of the gateway's own answers; 0 where none says so. */
function minutesOff({ gatewayClockAhead }: AttemptState): number {
  return Math.round(Math.abs(gatewayClockAhead) / 60_000);
}

function messageKey(attempt: AttemptState, context: ViewContext): MessageKey {
  switch (shownState(attempt)) {
    case 'submitting':
      return attempt.created.direction === 'show' ? 'codeAsked' : 'submitting';
    case 'waitingForPayer':
      if (attempt.created.direction !== 'show') return 'waitingForPayer';
      return attempt.payerIsThere ? 'codeScanned' : 'codeShown';
    case 'unknown':
      return unknownMessage(attempt);
    case 'reversing':
      return attempt.reversals > 1 ? 'reverseFailing' : 'undoing';
    case 'paid':
      return attempt.cash === null ? 'paid' : 'cashTaken';
    case 'declined':
      return declineMessage(attempt, context);
    case 'reversed':
      return attempt.cash === null ? 'undone' : 'cashReturned';
    case 'lapsed':
      return attempt.qr === null ? 'codeNeverShown' : 'codeNotClosed';
    case 'settled':
      if (attempt.recorded?.as !== 'paid') return 'settledNotPaid';
      return isOurMoney(attempt) ? 'settledPaidConfirmed' : 'settledPaid';
    case 'review':
      return reviewMessage(attempt);
  }
}

function declineMessage(attempt: AttemptState, context: ViewContext): MessageKey {
  const reason = attempt.declineReason ?? 'other';
  if (reason === 'wrongKey' && context.keyName(attempt.created.gateway) === null) return 'wrongKeyActivated';
  if (reason === 'clockOff' && minutesOff(attempt) === 0) return 'clockRefused';
  if (reason === 'walletNotTaken' && context.canShow()) return 'walletNotTakenShow';
  return declineMessages[reason];
}

function unknownMessage(attempt: AttemptState): MessageKey {
  if (attempt.unknownWhy === 'mismatch') return 'answerMismatch';
  return attempt.unknownWhy === 'noAnswer' ? 'answerLost' : 'stillAsking';
}

function reviewMessage(attempt: AttemptState): MessageKey {
  if (!attempt.identityKnown) return 'identityMissing';
  const reason = attempt.reviewReason ?? 'cannotUndo';
  // "After the undo" would be wrong where nothing was undone: it had been declined.
  if (reason === 'codeNotClosed' && attempt.qr === null) return 'codeNeverShown';
  if (reason === 'paidAfterUndo' && attempt.reversals === 0) return 'paidAfterDecline';
  return reviewMessages[reason];
}
