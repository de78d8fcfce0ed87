/** Refund: three steps in one column. Defaults make the first two done, so a plain refund is scan, PIN, Enter. */
import { message } from '../../core/contract/messages.ts';
import type { Amount, ForeignOrder, RefundPlanReply } from '../../core/contract/types.ts';
import { amountText, amountWithSign, parseAmount } from '../../core/money/amount.ts';
import { approvalAsked, approvalOf, approvalRefused, approvalSent, approvedByBadge, approvingDigit, approvingWithoutLast, isApproved, nobodyYet } from './approving.ts';
import { goBack } from './back.ts';
import { typeKey, type AmountKey, type EntryRules } from './entry.ts';
import { calls, refused, stay, type Moment, type Reply, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import type { Part } from './part.ts';
import { openPaymentDetail } from './payment-detail.ts';
import { pressOn } from './press.ts';
import { lookUpAgain, openLookUp, openRefund, reasonsOf, type OtherReceipt, type RefundPlace } from './refund-open.ts';
import { openResult } from './refund-result.ts';
import type { TillScreen } from './state.ts';
import { recordsOutside } from './turned.ts';

export const reasonMostCharacters = 200;

/** What stands on the form once the till has answered; null before. */
export interface RefundForm {
  readonly way: 'gateway' | 'cash' | 'outside' | 'foreign';
  /** The most that can go back. */
  readonly left: Amount;
  readonly wholeOnly: boolean;
  /** Null where nobody may approve it alone, whatever the amount. */
  readonly approvalAbove: Amount | null;
  /** What went back before or is under way, in minor units: the limit counts it together with what goes back now. */
  readonly beforeMinor: number;
}

/** Whether a cashier may approve this amount alone: several small refunds of one payment are one large one. */
export function approvesAlone({ approvalAbove, beforeMinor }: RefundForm, amount: Amount): boolean {
  return approvalAbove !== null && amount.currency === approvalAbove.currency && beforeMinor + amount.minor <= approvalAbove.minor;
}

export function refundForm({ subject, elsewhere }: RefundPlace): RefundForm | null {
  if (subject.kind === 'foreign') return subject.order && { way: 'foreign', left: subject.order.amount, wholeOnly: true, approvalAbove: null, beforeMinor: 0 };
  if (!subject.plan) return null;
  const { refundable, approvalAbove, way } = subject.plan;
  const isOutside = recordsOutside(refundable) || (elsewhere && refundable.refusal === null && refundable.outsideAllowed);
  // What moves no money here rests on a person's word: no cashier records it alone.
  return { way: isOutside ? 'outside' : way, left: refundable.left, wholeOnly: refundable.wholeOnly, approvalAbove: isOutside ? null : approvalAbove, beforeMinor: refundable.refunded.minor + refundable.open.minor };
}

/** What goes back by what is typed: all that is left, unless less was typed. */
export function refundAmount(at: RefundPlace): Amount | null {
  const form = refundForm(at);
  if (!form || at.typed === null || at.typed === '') return form?.left ?? null;
  const parsed = parseAmount(at.typed.endsWith('.') ? at.typed.slice(0, -1) : at.typed, form.left.currency);
  return parsed.kind === 'amount' ? parsed.amount : { ...form.left, minor: 0 };
}

/** The step that is ringed. Where nobody has to approve, the last one is done by itself. */
export function refundStep(at: RefundPlace, state: TillScreen): 'amount' | 'reason' | 'approval' {
  if (at.stage === 'amount') return 'amount';
  return at.stage === 'approval' && approvalAsked(state) ? 'approval' : 'reason';
}

export const refund: Part<RefundPlace> = {
  busy: (at) => at.stage === 'sending',
  digits(at, state) {
    if (at.stage === 'amount') return 'text';
    if (at.stage !== 'approval' && at.stage !== 'reason') return 'none';
    return refundStep(at, state) === 'approval' ? 'text' : 'choice';
  },
  keys: keysOf,
  onDigit(state, at, key) {
    if (key === 'up' || key === 'down') return moved(state, at, key);
    if (at.stage === 'amount') return typedAmount(state, at, key);
    if (refundStep(at, state) === 'reason') return /^[1-9]$/.test(key) ? chosen(state, at, Number(key) - 1) : refused(state);
    const approving = approvingDigit(state, at.approving, key);
    return approving ? stay({ ...state, place: { ...at, approving } }) : refused(state);
  },
  onRow: (state, at, index) => (at.stage === 'amount' || at.stage === 'reason' || at.stage === 'other' || at.stage === 'approval' ? chosen(state, at, index) : refused(state)),
  onText: (state, at, text) => stay({ ...state, place: { ...at, sentence: text.slice(0, reasonMostCharacters) } }),
  onHoldDelete: (state, at) => stay({ ...state, place: at.stage === 'amount' ? { ...at, typed: '' } : { ...at, approving: nobodyYet } }),
  onScan(state, at, scan) {
    if (at.stage === 'sending') return stay({ ...state, notice: { kind: 'message', message: message('refundWaitsForOutcome') } });
    switch (scan.kind) {
      case 'paymentCode': return stay({ ...state, notice: { kind: 'words', key: 'notice.refundScan' } });
      case 'badge': return refundForm(at) && at.stage !== 'cannot' ? stay({ ...state, place: { ...at, stage: 'approval', approving: approvedByBadge(scan), other: null } }) : null;
      case 'receipt': return onReceipt(state, at, scan);
      case 'foreignReceipt': return onReceipt(state, at, { kind: 'foreign', reference: scan.reference });
      default: return null;
    }
  },
  onReply,
  // A lost link ends what other screens asked, and not the refund: that one is said again and answered.
  onLost(state, at, { name, tag }) {
    const { subject } = at;
    const isPlan = name === 'refundPlan' && at.stage === 'loading' && subject.kind === 'ours' && tag === subject.paymentId;
    const isLookUp = name === 'lookUp' && at.stage === 'lookingUp' && subject.kind === 'foreign' && tag === subject.reference;
    if (isPlan || isLookUp) return said(goBack(state, at.back), { kind: 'words', key: 'notice.callFailed' });
    if (at.stage !== 'sending' || tag !== at.commandId) return stay(state);
    return stay({ ...state, place: { ...at, stage: 'approval', unclear: true, approving: nobodyYet }, notice: { kind: 'words', key: 'notice.refundUnclear' } });
  },
};

function keysOf(at: RefundPlace, state: TillScreen): readonly Binding[] {
  const leave: Binding = { key: '-', word: 'cap.doNotRefund', press: doNotRefund };
  switch (at.stage) {
    case 'sending': return [];
    case 'loading': case 'lookingUp': return [leave];
    case 'cannot': return [{ key: '-', word: 'cap.back', press: doNotRefund }, ...(at.subject.kind === 'ours' ? [{ key: 'Enter', word: 'cap.openIt', primary: true, press: showPayment } as const] : [])];
    case 'switching': return [{ key: '-', word: 'cap.keepReceipt', press: keepReceipt }, { key: 'Enter', word: 'cap.switchReceipt', primary: true, press: switchReceipt }];
    case 'amount': return [{ key: '*', word: 'cap.allOfIt', press: allOfIt }, at.typed ? { key: '-', word: 'cap.delete', press: deleteDigit } : leave, { key: 'Enter', word: 'cap.next', primary: true, press: nextStep }];
    case 'other': return [{ key: '-', word: 'cap.back', press: leaveSentence }, { key: 'Enter', word: 'cap.next', primary: true, press: nextStep }];
    case 'reason': return [...changeAmount(at), ...otherWay(at), leave, { key: 'Enter', word: 'cap.next', primary: true, press: nextStep }];
    case 'approval': {
      const amount = refundAmount(at);
      const word = refundForm(at)?.way === 'outside' ? 'cap.recordIt' : 'cap.refundIt';
      const typed = approvalAsked(state) && at.approving.pin.typed.length > 0;
      return [
        ...changeAmount(at), ...otherWay(at), typed ? { key: '-', word: 'cap.delete', press: deleteDigit } : leave,
        { key: 'Enter', word, values: { amount: amount ? amountWithSign(amount) : '' }, primary: true, press: send },
      ];
    }
  }
}

function changeAmount(at: RefundPlace): readonly Binding[] {
  return refundForm(at)?.wholeOnly === false ? [{ key: '*', word: 'cap.changeAmount', press: pressOn('refund', (state, here) => stay({ ...state, place: { ...here, stage: 'amount', typed: '' } })) }] : [];
}

/** What its gateway has refused for good may have been given back elsewhere, and is recorded then; or it is tried there once more. */
function otherWay(at: RefundPlace): readonly Binding[] {
  if (at.subject.kind !== 'ours' || !at.subject.plan || at.unclear) return [];
  const { refusal, outsideAllowed } = at.subject.plan.refundable;
  if (refusal !== null || !outsideAllowed) return [];
  return [{ key: '+', word: at.elsewhere ? 'cap.refundThrough' : 'cap.elsewhere', press: pressOn('refund', (state, here) => stay({ ...state, place: { ...here, elsewhere: !here.elsewhere, approving: nobodyYet } })) }];
}

const doNotRefund = pressOn('refund', (state, at) => goBack(state, at.back));
const keepReceipt = pressOn('refund', (state, at) => stay({ ...state, place: { ...at, stage: 'approval', other: null } }));
const allOfIt = pressOn('refund', (state, at) => stay({ ...state, place: { ...at, stage: 'approval', typed: null } }));
const showPayment = pressOn('refund', (state, at) => (at.subject.kind === 'ours' ? openPaymentDetail(state, at.subject.paymentId, at.back) : refused(state)));
const leaveSentence = pressOn('refund', (state, at) => stay({ ...state, place: { ...at, stage: 'reason', reason: 0 } }));

const switchReceipt = pressOn('refund', (state, at) => {
  if (!at.other) return refused(state);
  return at.other.kind === 'ours' ? openRefund(state, at.other.paymentId, { back: at.back }) : openLookUp(state, at.other.reference, at.back);
});

const deleteDigit = pressOn('refund', (state, at) => stay({
  ...state, place: at.stage === 'amount' ? { ...at, typed: at.typed?.slice(0, -1) ?? null } : { ...at, approving: approvingWithoutLast(at.approving) },
}));

/** Enter on a step that isn't the last: what stands is taken. */
const nextStep = pressOn('refund', (state, at) => {
  const amount = refundAmount(at);
  if (at.stage === 'amount') {
    if (!amount || amount.minor === 0) return refused(state);
    return stay({ ...state, place: { ...at, stage: 'reason', typed: at.typed === '' ? null : at.typed } });
  }
  if (at.reason === 'other' && at.sentence.trim() === '') return at.stage === 'other' ? said(stay(state), { kind: 'message', message: message('reasonMissing') }) : stay({ ...state, place: { ...at, stage: 'other' } });
  return stay({ ...state, place: { ...at, stage: 'approval' } });
});

const send = pressOn('refund', (state, at, moment) => {
  const form = refundForm(at);
  const amount = refundAmount(at);
  const reason = at.reason === 'other' ? at.sentence.trim() : at.reasons[at.reason] ?? '';
  if (!form || !amount || amount.minor === 0) return refused(state);
  if (reason === '') return stay({ ...state, place: { ...at, stage: at.reason === 'other' ? 'other' : 'reason' } });
  if (approvalAsked(state) && !isApproved(state, at.approving)) {
    return said(stay(state), { kind: 'message', message: message(approvesAlone(form, amount) ? 'approvalCashier' : 'approvalSupervisor') });
  }
  return sent(state, at, { amount, reason, form }, moment);
});

function sent(state: TillScreen, at: RefundPlace, { amount, reason, form }: { readonly amount: Amount; readonly reason: string; readonly form: RefundForm }, moment: Moment): Step {
  const commandId = at.commandId ?? moment.freshId;
  const approval = approvalAsked(state) ? approvalOf(state, at.approving) : null;
  const common = { commandId, reason, ...(approval ? { approval } : {}) };
  const next: TillScreen = { ...state, place: { ...at, stage: 'sending', approving: approvalSent, commandId } };
  if (at.subject.kind === 'foreign') {
    return at.subject.order ? stay(next, calls('refundForeign', { ...common, lookUpId: at.subject.order.lookUpId }, commandId)) : refused(state);
  }
  const request = { ...common, paymentId: at.subject.paymentId, amount };
  return stay(next, form.way === 'outside' ? calls('recordOutsideRefund', request, commandId) : calls('refund', request, commandId));
}

function onReply(state: TillScreen, at: RefundPlace, reply: Reply): Step {
  switch (reply.name) {
    case 'refundPlan': return at.stage === 'loading' && at.subject.kind === 'ours' && reply.tag === at.subject.paymentId ? planned(state, at, reply.reply) : stay(state);
    case 'lookUp': {
      if (at.stage !== 'lookingUp' || at.subject.kind !== 'foreign' || reply.tag !== at.subject.reference) return stay(state);
      const found = reply.reply;
      if (found.kind === 'ours') return openRefund(state, found.payment.paymentId, { back: at.back });
      if (found.kind === 'foreign') return foundElsewhere(state, at, found.order);
      return said(goBack(state, at.back), { kind: 'message', message: found.message });
    }
    case 'refund': case 'recordOutsideRefund': case 'refundForeign': {
      if (reply.tag !== at.commandId || at.stage !== 'sending') return stay(state);
      const answer = reply.reply;
      if (answer.kind === 'started') return openResult(state, answer.payment, answer.refund.refundRef, at.back);
      // An answer that was lost before may still be on its way to a refund: its number stays.
      const again = { ...state, place: { ...at, stage: 'approval', unclear: false } as const };
      if (answer.kind === 'refused') return said(stay({ ...again, place: { ...again.place, approving: nobodyYet } }), { kind: 'message', message: answer.message });
      return stay({ ...again, place: { ...again.place, approving: approvalRefused(answer) } });
    }
    default: return stay(state);
  }
}

/** The form as it begins, or why there is none. What was preset and doesn't fit is all that is left. */
function planned(state: TillScreen, at: RefundPlace, plan: RefundPlanReply): Step {
  if (at.subject.kind !== 'ours') return stay(state);
  if ('kind' in plan) return said(goBack(state, at.back), { kind: 'message', message: plan.message });
  const because = at.reason === 0 ? 'goodsReturned' : 'chargedTwice';
  const place = { ...at, subject: { ...at.subject, plan }, ...reasonsOf(state, because, plan.reasons) };
  const { refusal, left } = plan.refundable;
  if ((refusal && !recordsOutside(plan.refundable)) || left.minor === 0) return stay({ ...state, place: { ...place, stage: 'cannot' } });
  const stage = at.typed !== null && !plan.refundable.wholeOnly ? 'amount' : 'approval';
  return stay({ ...state, place: { ...place, stage, typed: stage === 'amount' ? at.typed : null } });
}

function foundElsewhere(state: TillScreen, at: RefundPlace, order: ForeignOrder): Step {
  if (at.subject.kind !== 'foreign') return stay(state);
  return stay({ ...state, place: { ...at, subject: { ...at.subject, order }, stage: order.refusal ? 'cannot' : 'approval' } });
}

function onReceipt(state: TillScreen, at: RefundPlace, other: OtherReceipt | { readonly kind: 'receipt'; readonly paymentId: string; readonly number: string; readonly amount: Amount }): Step {
  const next: OtherReceipt = other.kind === 'receipt' ? { kind: 'ours', paymentId: other.paymentId, number: other.number, amount: other.amount } : other;
  const same = next.kind === 'ours' ? at.subject.kind === 'ours' && at.subject.paymentId === next.paymentId : at.subject.kind === 'foreign' && at.subject.reference === next.reference;
  if (same) return next.kind === 'foreign' ? lookUpAgain(state, at, next.reference) : stay(state);
  // Nothing stands on this form yet that could be lost.
  if (!refundForm(at) || at.stage === 'cannot') return next.kind === 'ours' ? openRefund(state, next.paymentId, { back: at.back }) : openLookUp(state, next.reference, at.back);
  return stay({ ...state, place: { ...at, stage: 'switching', other: next, approving: nobodyYet } });
}

function typedAmount(state: TillScreen, at: RefundPlace, key: string): Step {
  const form = refundForm(at);
  if (!form || !/^[0-9.]/.test(key)) return refused(state);
  // The sum on the receipt is copied as it stands there: with its point, whichever way amounts are typed on Sale.
  const rules: EntryRules = { currency: form.left.currency, maximumMinor: form.left.minor, mode: 'decimalPoint' };
  const entry = typeKey({ lines: [], typed: at.typed ?? '' }, key as AmountKey, rules);
  if (entry) return stay({ ...state, place: { ...at, typed: entry.typed } });
  const tooMuch = typeKey({ lines: [], typed: at.typed ?? '' }, key as AmountKey, { ...rules, maximumMinor: Number.MAX_SAFE_INTEGER }) !== null;
  const tick = refused(state);
  return tooMuch ? { ...tick, state: { ...state, notice: { kind: 'message', message: message('refundTooMuch', { max: amountText(form.left) }) } } } : tick;
}

function chosen(state: TillScreen, at: RefundPlace, index: number): Step {
  if (index === at.reasons.length) return stay({ ...state, place: { ...at, stage: 'other', reason: 'other' } });
  return at.reasons[index] === undefined ? refused(state) : stay({ ...state, place: { ...at, stage: 'approval', reason: index } });
}

/** Arrows go through the steps on a full keyboard. */
function moved(state: TillScreen, at: RefundPlace, key: 'up' | 'down'): Step {
  if (key === 'down') return at.stage === 'reason' ? stay({ ...state, place: { ...at, stage: 'approval' } }) : refused(state);
  return at.stage === 'approval' && approvalAsked(state) ? stay({ ...state, place: { ...at, stage: 'reason' } }) : refused(state);
}

function said(step: Step, notice: NonNullable<TillScreen['notice']>): Step {
  return { ...step, state: { ...step.state, notice } };
}
