/** The gateway's number (CASES 22): a supervisor copies it from the portal, the till asks under it, and only the gateway's word counts. */
import type { PaymentView } from '../../core/contract/types.ts';
import { approvalAsked, approvalOf, approvalRefused, approvalSent, approvedByBadge, approvingDigit, approvingWithoutLast, isApproved, nobodyYet, type Approving } from './approving.ts';
import { goBack, type Back } from './back.ts';
import { calls, refused, stay, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import type { Part } from './part.ts';
import { remember } from './payments.ts';
import { pressOn } from './press.ts';
import type { TillScreen } from './state.ts';

export interface OrderNumberPlace {
  readonly name: 'orderNumber';
  /** The step that keys belong to: the number's field, then who says so. */
  readonly stage: 'number' | 'who' | 'sending';
  readonly payment: PaymentView;
  readonly typed: string;
  readonly approving: Approving;
  /** One for as long as it is the same number. */
  readonly commandId: string | null;
  readonly back: Back;
}

/** The till takes no longer ones. */
export const orderNumberMost = 64;
/** Shorter ones are no gateway's, and were not copied whole. */
const leastCharacters = 6;

/** True where the number is missing, or the one that was entered may be replaced. */
export function mayEnterNumber({ orderNumberEntry }: PaymentView): boolean {
  return orderNumberEntry !== 'none';
}

export function openOrderNumber(state: TillScreen, payment: PaymentView, back: Back): Step {
  return stay({ ...state, menu: 'closed', place: { name: 'orderNumber', stage: 'number', payment, typed: '', approving: nobodyYet, commandId: null, back } });
}

/** Whether somebody must be named beside whoever is signed in: a supervisor's own word needs nobody else's. */
export function numberNeedsApproval(state: TillScreen): boolean {
  const role = state.status?.staff.person?.role;
  return approvalAsked(state) && (role === undefined || role === 'cashier' || state.status?.staff.state !== 'signedIn');
}

export const orderNumber: Part<OrderNumberPlace> = {
  busy: (at) => at.stage === 'sending',
  digits: (at) => (at.stage === 'who' ? 'text' : 'none'),
  keys: keysOf,
  onDigit(state, at, key) {
    const approving = at.stage === 'who' ? approvingDigit(state, at.approving, key) : null;
    return approving ? stay({ ...state, place: { ...at, approving } }) : refused(state);
  },
  onText(state, at, text) {
    const typed = text.replace(/\s/g, '').slice(0, orderNumberMost);
    // What the till did with the one before is no word about this one.
    return stay({ ...state, place: { ...at, typed, commandId: typed === at.typed ? at.commandId : null } });
  },
  onHoldDelete: (state, at) => stay({ ...state, place: { ...at, approving: nobodyYet } }),
  onScan(state, at, scan) {
    if (scan.kind !== 'badge' || at.stage === 'sending') return null;
    return stay({ ...state, place: { ...at, approving: approvedByBadge(scan) } });
  },
  onReply(state, at, reply) {
    if (reply.name !== 'enterOrderNumber' || reply.tag !== at.commandId || at.stage !== 'sending') return stay(state);
    const answer = reply.reply;
    if (answer.kind === 'done') return entered(state, at, answer.payment);
    if (answer.kind === 'refused') return stay({ ...state, place: { ...at, stage: 'number', commandId: null, approving: nobodyYet }, notice: { kind: 'message', message: answer.message } });
    // Why a PIN didn't count stands beside its dots.
    return stay({ ...state, place: { ...at, stage: 'who', approving: approvalRefused(answer) }, notice: null });
  },
  // The same command again does nothing twice (CASES 8): it stays, so that it can be sent again.
  onLost(state, at, { tag }) {
    if (at.stage !== 'sending' || tag !== at.commandId) return stay(state);
    return stay({ ...state, place: { ...at, stage: numberNeedsApproval(state) ? 'who' : 'number', approving: nobodyYet }, notice: { kind: 'words', key: 'notice.callFailed' } });
  },
  onPayment: (state, at, payment) => stay(payment.paymentId === at.payment.paymentId ? { ...state, place: { ...at, payment } } : state),
};

function keysOf(at: OrderNumberPlace): readonly Binding[] {
  switch (at.stage) {
    case 'sending':
      return [];
    case 'number':
      return [{ key: '-', word: 'cap.back', press: leave }, { key: 'Enter', word: 'cap.askUnderNumber', primary: isWhole(at), press: send }];
    case 'who':
      return [
        at.approving.pin.typed.length > 0 ? { key: '-', word: 'cap.delete', press: deletePin } : { key: '-', word: 'cap.back', press: backToNumber },
        { key: 'Enter', word: 'cap.askUnderNumber', primary: true, press: send },
      ];
  }
}

function isWhole({ typed }: OrderNumberPlace): boolean {
  return typed.length >= leastCharacters;
}

const leave = pressOn('orderNumber', (state, at) => goBack(state, at.back));
const backToNumber = pressOn('orderNumber', (state, at) => stay({ ...state, place: { ...at, stage: 'number', approving: nobodyYet } }));
const deletePin = pressOn('orderNumber', (state, at) => stay({ ...state, place: { ...at, approving: approvingWithoutLast(at.approving) } }));

const send = pressOn('orderNumber', (state, at, moment) => {
  if (!isWhole(at)) return stay({ ...state, place: { ...at, stage: 'number' }, notice: { kind: 'words', key: 'notice.numberMissing' } });
  const needs = numberNeedsApproval(state);
  if (needs && !isApproved(state, at.approving)) return at.stage === 'who' ? refused(state) : stay({ ...state, place: { ...at, stage: 'who' } });
  const commandId = at.commandId ?? moment.freshId;
  const approval = approvalAsked(state) ? approvalOf(state, at.approving) : null;
  return stay({ ...state, place: { ...at, stage: 'sending', approving: approvalSent, commandId } }, calls('enterOrderNumber', {
    commandId, paymentId: at.payment.paymentId, number: at.typed, ...(approval ? { approval } : {}),
  }, commandId));
});

/** Where it came from stands again, and shows what the gateway says as soon as it says it. */
function entered(state: TillScreen, at: OrderNumberPlace, payment: PaymentView): Step {
  const step = goBack(remember(state, payment), at.back);
  return { ...step, state: { ...step.state, notice: { kind: 'words', key: 'notice.numberAsked' } } };
}
