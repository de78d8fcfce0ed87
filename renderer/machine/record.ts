/** Record the outcome (CASES 17): a named person says how a payment or a refund ended that no gateway tells. Nothing is preset. */
import { message } from '../../core/contract/messages.ts';
import type { Amount, PaymentView, SettleHow } from '../../core/contract/types.ts';
import { amountWithSign } from '../../core/money/amount.ts';
import { approvalAsked, approvalOf, approvalRefused, approvalSent, approvedByBadge, approvingDigit, approvingWithoutLast, isApproved, nobodyYet, type Approving } from './approving.ts';
import { clearedCounter } from './actions.ts';
import { goBack, type Back } from './back.ts';
import { calls, refused, stay, type Moment, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import type { Part } from './part.ts';
import { remember } from './payments.ts';
import { pressOn } from './press.ts';
import { openRefund } from './refund-open.ts';
import type { TillScreen } from './state.ts';
import { canGoBack, goesBackCap } from './turned.ts';

export interface RecordPlace {
  readonly name: 'record';
  /** The step that digits belong to; `sentence` is the field. */
  readonly stage: 'paid' | 'how' | 'owner' | 'sentence' | 'sending';
  readonly payment: PaymentView;
  /** Set where it is about a refund: `paid` then means that the customer got it back. */
  readonly refundRef: string | null;
  readonly as: 'paid' | 'notPaid' | null;
  readonly how: SettleHow | null;
  readonly sentence: string;
  readonly approving: Approving;
  /** One for as long as the screen stands, as Refund's. */
  readonly commandId: string | null;
  /** Its newest answer is missing: nobody knows yet whether it is recorded. */
  readonly unclear: boolean;
  readonly back: Back;
}

export const hows: readonly SettleHow[] = ['supportSaid', 'seenInPortal', 'onStatement', 'other'];
const sentenceMostCharacters = 200;

export function openRecord(state: TillScreen, payment: PaymentView, { refundRef = null, back }: { readonly refundRef?: string | null; readonly back: Back }): Step {
  return stay({
    ...state, menu: 'closed',
    place: { name: 'record', stage: 'paid', payment, refundRef, as: null, how: null, sentence: '', approving: nobodyYet, commandId: null, unclear: false, back },
  });
}

/** The sum that is recorded: the payment's, or its refund's. */
export function recordAmount(at: RecordPlace): Amount {
  return at.payment.refunds.find((refund) => refund.refundRef === at.refundRef)?.amount ?? at.payment.amount;
}

export const record: Part<RecordPlace> = {
  busy: (at) => at.stage === 'sending',
  digits(at, state) {
    if (at.stage === 'sending' || at.stage === 'sentence') return 'none';
    return at.stage === 'owner' && approvalAsked(state) ? 'text' : 'choice';
  },
  keys: keysOf,
  onDigit(state, at, key) {
    if (key === 'up') return stepUp(state, at);
    if (at.stage === 'paid') return key === '1' || key === '2' ? said(state, at, key === '1' ? 'paid' : 'notPaid') : refused(state);
    const how = hows[Number(key) - 1];
    if (at.stage === 'how' || !approvalAsked(state)) return how ? known(state, at, how) : refused(state);
    const approving = approvingDigit(state, at.approving, key);
    return approving ? stay({ ...state, place: { ...at, approving } }) : refused(state);
  },
  // The first two rows are whether, the others how.
  onRow(state, at, index) {
    if (at.stage === 'sending') return refused(state);
    if (index < 2) return said(state, at, index === 0 ? 'paid' : 'notPaid');
    const how = hows[index - 2];
    return how && at.as ? known(state, at, how) : refused(state);
  },
  onText: (state, at, text) => stay({ ...state, place: { ...at, sentence: text.slice(0, sentenceMostCharacters) } }),
  onHoldDelete: (state, at) => stay({ ...state, place: { ...at, approving: nobodyYet } }),
  onScan(state, at, scan) {
    if (scan.kind !== 'badge' || at.stage === 'sending') return null;
    return stay({ ...state, place: { ...at, approving: approvedByBadge(scan), stage: at.as && at.how ? 'owner' : at.stage } });
  },
  onReply(state, at, reply) {
    if (reply.name !== 'settle' || reply.tag !== at.commandId || at.stage !== 'sending') return stay(state);
    const answer = reply.reply;
    if (answer.kind === 'done') return recorded(state, at, answer.payment);
    // Only now is it known what became of the one before: Enter after this is a word of its own.
    const commandId = answer.kind === 'refused' && answer.message.key === 'settledOtherwise' ? null : at.commandId;
    const again: RecordPlace = { ...at, stage: 'owner', unclear: false, commandId, approving: answer.kind === 'refused' ? nobodyYet : approvalRefused(answer) };
    // Why a PIN didn't count stands beside its dots.
    return stay({ ...state, place: again, notice: answer.kind === 'refused' ? { kind: 'message', message: answer.message } : null });
  },
  // What another screen asked may be lost while this one's word is on its way, or before there is one.
  onLost(state, at, { tag }) {
    if (at.stage !== 'sending' || tag !== at.commandId) return stay(state);
    return stay({ ...state, place: { ...at, stage: 'owner', unclear: true, approving: nobodyYet }, notice: { kind: 'words', key: 'notice.recordUnclear' } });
  },
  onPayment: (state, at, payment) => stay(payment.paymentId === at.payment.paymentId ? { ...state, place: { ...at, payment } } : state),
};

function said(state: TillScreen, at: RecordPlace, as: 'paid' | 'notPaid'): Step {
  return stay({ ...state, place: { ...at, as, stage: at.how ? 'owner' : 'how' } });
}

/** "Other" is nothing that anybody could check: it needs its sentence. */
function known(state: TillScreen, at: RecordPlace, how: SettleHow): Step {
  return stay({ ...state, place: { ...at, how, stage: how === 'other' && at.sentence.trim() === '' ? 'sentence' : 'owner' } });
}

function stepUp(state: TillScreen, at: RecordPlace): Step {
  if (at.stage === 'owner') return stay({ ...state, place: { ...at, stage: 'how', approving: nobodyYet } });
  return at.stage === 'how' ? stay({ ...state, place: { ...at, stage: 'paid' } }) : refused(state);
}

function keysOf(at: RecordPlace): readonly Binding[] {
  if (at.stage === 'sending') return [];
  if (at.stage === 'sentence') return [{ key: '-', word: 'cap.back', press: leaveSentence }, { key: 'Enter', word: 'cap.sentenceDone', primary: true, press: sentenceDone }];
  const typed = at.stage === 'owner' && at.approving.pin.typed.length > 0;
  return [
    typed ? { key: '-', word: 'cap.delete', press: deletePin } : { key: '-', word: 'cap.doNotRecord', press: pressOn('record', (state, here) => goBack(state, here.back)) },
    ...refundKey(at),
    { key: '*', word: 'cap.addSentence', press: pressOn('record', (state, here) => stay({ ...state, place: { ...here, stage: 'sentence' } })) },
    recordKey(at),
  ];
}

/** Only where the gateway's last matching word is paid is there anything to give back. */
function refundKey(at: RecordPlace): readonly Binding[] {
  const { refundable } = at.payment;
  if (at.refundRef !== null || !canGoBack(refundable)) return [];
  return [{ key: '+', ...goesBackCap(refundable), press: pressOn('record', (state, here) => openRefund(state, here.payment.paymentId, { back: here.back })) }];
}

function recordKey(at: RecordPlace): Binding {
  if (!at.as) return { key: 'Enter', word: 'cap.recordMissing', press: send };
  const word = at.refundRef === null ? (at.as === 'paid' ? 'cap.recordPaid' : 'cap.recordNotPaid') : at.as === 'paid' ? 'cap.recordRefunded' : 'cap.recordNotRefunded';
  return { key: 'Enter', word, values: { amount: amountWithSign(recordAmount(at)) }, primary: true, press: send };
}

const deletePin = pressOn('record', (state, at) => stay({ ...state, place: { ...at, approving: approvingWithoutLast(at.approving) } }));
const sentenceDone = pressOn('record', (state, at) => stay({ ...state, place: { ...at, stage: nextMissing(at) } }));
const leaveSentence = pressOn('record', (state, at) => {
  const how = at.how === 'other' ? null : at.how;
  return stay({ ...state, place: { ...at, sentence: '', how, stage: nextMissing({ ...at, how }) } });
});

const send = pressOn('record', (state, at, moment) => {
  if (!at.as || !at.how) return stay({ ...state, notice: { kind: 'words', key: 'notice.recordMissing' } });
  if (at.how === 'other' && at.sentence.trim() === '') return stay({ ...state, place: { ...at, stage: 'sentence' }, notice: { kind: 'message', message: message('settleReason') } });
  if (approvalAsked(state) && !isApproved(state, at.approving)) return stay({ ...state, place: { ...at, stage: 'owner' }, notice: { kind: 'message', message: message('approvalOwner') } });
  return sent(state, at, { as: at.as, how: at.how }, moment);
});

function sent(state: TillScreen, at: RecordPlace, { as, how }: { readonly as: 'paid' | 'notPaid'; readonly how: SettleHow }, moment: Moment): Step {
  const commandId = at.commandId ?? moment.freshId;
  const approval = approvalAsked(state) ? approvalOf(state, at.approving) : null;
  const sentence = at.sentence.trim();
  return stay({ ...state, place: { ...at, stage: 'sending', approving: approvalSent, commandId } }, calls('settle', {
    commandId, paymentId: at.payment.paymentId, as, how, sentence: sentence === '' ? null : sentence,
    ...(at.refundRef === null ? {} : { refundRef: at.refundRef }), ...(approval ? { approval } : {}),
  }, commandId));
}

/** The verdict it came from is over: Sale, or the list or payment that it was opened from. */
function recorded(state: TillScreen, at: RecordPlace, payment: PaymentView): Step {
  const known = remember(state, payment);
  const step = at.back === null || at.back.name === 'payment' ? stay(clearedCounter(known)) : goBack(known, at.back);
  // Its payment goes on being paid whatever is recorded of the refund.
  const told = at.refundRef === null ? payment.message : payment.refunds.find(({ refundRef }) => refundRef === at.refundRef)?.message;
  return told ? { ...step, state: { ...step.state, notice: { kind: 'message', message: told } } } : step;
}

function nextMissing({ as, how }: Pick<RecordPlace, 'as' | 'how'>): 'paid' | 'how' | 'owner' {
  if (!as) return 'paid';
  return how ? 'owner' : 'how';
}
