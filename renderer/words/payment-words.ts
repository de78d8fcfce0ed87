/** A payment in words: its stage in a list, why it was not paid, what is asked before a charge, when it is asked next. */
import type { PaymentView } from '../../core/contract/types.ts';
import { amountWithSign } from '../../core/money/amount.ts';
import { sameWord, tellsPaid } from '../machine/same-customer.ts';
import type { Guard, LateBar, TillScreen } from '../machine/state.ts';
import { hasOpenRefund, lateRefund, wentBack } from '../machine/turned.ts';
import { clockText, secondsUntil } from './format.ts';
import type { Said, Translate } from './i18n.ts';
import { headline, sentences } from './sentences.ts';
import type { WordKey } from './zh-CN.ts';

/** `Undoing, try 4`, as lists say it. */
export function stageWords(t: Translate, payment: PaymentView): string {
  if (hasOpenRefund(payment)) return t('refund.stage');
  switch (payment.state) {
    case 'paid': return t('verdict.paid');
    case 'declined': return t('verdict.notPaid');
    case 'reversed': return t('verdict.undone');
    case 'reversing': return t('open.stage.reversing', { count: Math.max(1, payment.undoTries) });
    case 'settled': return t(payment.settled?.as === 'notPaid' ? 'payment.settledNotPaid' : 'payment.settledPaid');
    default: return t(`open.stage.${payment.state}`);
  }
}

export interface NotPaidWords {
  readonly reason: string;
  readonly money: string;
  readonly next: string;
}

/** Reason, money, next: the message's first and last sentence around the one about the money. */
export function notPaidWords(payment: PaymentView, { t, text }: Said): NotPaidWords {
  const said = payment.message ? sentences(text(payment.message)) : [];
  if (payment.state === 'reversed' && wentBack(payment)) {
    return { reason: t('notPaid.refundedReason'), money: t('notPaid.moneyRefunded'), next: t('notPaid.undoneNext') };
  }
  if (payment.state === 'reversed' && payment.direction === 'show') {
    // Where the closing undoes a paid order, nobody knows whether there was one.
    return { reason: t('notPaid.codeClosed'), money: t('notPaid.moneyUndone'), next: t('notPaid.codeNext') };
  }
  if (payment.state === 'reversed') {
    return { reason: headline(said[0] ?? t('notPaid.undoneReason')), money: t('notPaid.moneyUndone'), next: said.slice(2).join(' ') || t('notPaid.undoneNext') };
  }
  return { reason: headline(said[0] ?? t('notPaid.declinedReason')), money: t('notPaid.money'), next: said.slice(2).join(' ') };
}

export interface GuardWords {
  readonly title: string;
  readonly text: string;
  readonly foot: string;
  /** What Enter does. */
  readonly enter: string;
}

export function guardWords(guard: Guard, { t }: Said, timezone?: string): GuardWords {
  const amount = amountWithSign(guard.charge.amount);
  switch (guard.kind) {
    case 'sameCustomer':
      return {
        title: t(sameCustomerTitle(guard), { amount: amountWithSign(guard.other.amount) }),
        text: t(sameCustomerText(guard)), foot: '', enter: t(sameWord(guard)),
      };
    case 'codePaid':
      return { title: t('guard.codePaid', { amount }), text: t('guard.codePaidText'), foot: t('guard.codePaidFoot', { amount }), enter: t('cap.waitForAnother') };
    case 'codeOpen': {
      const { nextAt } = guard.other;
      const foot = nextAt === null ? t('guard.codeOpenFoot') : t('guard.codeOpenFootAt', { time: clockText(nextAt, timezone) });
      return { title: t('guard.codeOpen'), text: t('guard.codeOpenText'), foot, enter: t('cap.showOther') };
    }
    case 'sameCodeFailed':
      return { title: t('guard.codeFailed'), text: t('guard.codeFailedText'), foot: t('guard.codeFailedFoot'), enter: t('cap.useFailedCode') };
  }
}

function sameCustomerTitle(guard: Extract<Guard, { kind: 'sameCustomer' }>): WordKey {
  if (tellsPaid(guard)) return 'guard.titlePaidNow';
  return guard.other.quiet ? 'guard.titleNotClosed' : guard.givenUp ? 'guard.titleGivenUp' : 'guard.title';
}

function sameCustomerText(guard: Extract<Guard, { kind: 'sameCustomer' }>): WordKey {
  const { other, givenUp, charge } = guard;
  if (tellsPaid(guard)) return charge.scan === null ? 'guard.subPaidNowShow' : 'guard.subPaidNow';
  if (other.quiet) return charge.scan === null ? 'guard.subNotClosedShow' : 'guard.subNotClosed';
  if (charge.scan === null) return givenUp ? 'guard.subGivenUpShow' : 'guard.subShow';
  return givenUp ? 'guard.subGivenUp' : 'guard.sub';
}

/** When this one is asked or undone next, in the words of the place: a wall clock time if it is a minute away. */
export function nextWords(
  payment: Pick<PaymentView, 'nextAt'>, state: TillScreen, t: Translate, keys: { readonly at: 'open.next' | 'guard.nextAt'; readonly in: 'open.nextIn' | 'guard.nextIn'; readonly now: 'open.nextNow' | 'guard.asking' },
): string {
  if (payment.nextAt === null) return t(keys.now);
  const seconds = secondsUntil(payment.nextAt, state.now);
  return seconds < 60 ? t(keys.in, { seconds }) : t(keys.at, { time: clockText(payment.nextAt, state.status?.timezone, 'minutes') });
}

/** `1 min 12 s`. */
export function spanWords(t: Translate, seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? t('time.seconds', { seconds }) : t('time.minutes', { minutes, seconds: seconds % 60 });
}

/** On a locked screen: that something has ended and how, and nothing of how much. */
function lockedWord(bar: LateBar): WordKey {
  if (lateRefund(bar)) return 'late.locked.refund';
  if (bar.payment.state === 'review') return 'late.locked.review';
  return bar.payment.verdict === 'paid' ? 'late.locked.paid' : 'late.locked.notPaid';
}

/** A payment that ended while nobody looked, in one line. */
export function barText(t: Translate, bar: LateBar, state: TillScreen): string {
  const { payment } = bar;
  const values = { amount: amountWithSign(payment.amount), time: clockText(payment.startedAt, state.status?.timezone, 'minutes') };
  const refund = lateRefund(bar);
  if (state.place.name === 'signIn') return t(lockedWord(bar));
  if (refund) return t(refund.state === 'refused' ? 'late.notRefunded' : 'late.refunded', { ...values, amount: amountWithSign(refund.amount) });
  if (payment.state === 'review') return t('late.review', values);
  if (payment.verdict === 'paid') return t(payment.parked ? 'late.parkedPaid' : 'late.paid', values);
  return t(payment.parked ? 'late.parkedNotPaid' : 'late.notPaid', values);
}
