/** What a key's action does to the screen, and what it asks of the till. */
import { assuredCharge, newCharge, startCharge } from './charging.ts';
import { addLine, deleteDigit, emptyEntry, entryOf, entryTotal, type Entry } from './entry.ts';
import { refused, stay, type Moment, type Step } from './inputs.ts';
import type { Action } from './keys.ts';
import { withoutBar } from './payments.ts';
import { entryRules, type TillScreen } from './state.ts';
import { hasAmount, ringedPayment, shownPayment } from './view.ts';

type Perform = (state: TillScreen, moment: Moment) => Step;

export function perform(state: TillScreen, action: Action, moment: Moment): Step {
  return performers[action](state, moment);
}

/** The counter without a payment on it. The typed amount and a held code stay. */
export function clearedCounter(state: TillScreen): TillScreen {
  return { ...state, place: { name: 'counter' }, currentId: null, guard: null, askedToGiveUp: false, rearmedAt: null, receiptUp: false, typedCode: null };
}

/** Changes what is typed, and lets it rest before it is read aloud. */
export function withEntry(state: TillScreen, entry: Entry): TillScreen {
  return { ...state, entry, entryChangedAt: state.now, entrySettled: false };
}

/** Opens the list of what has no outcome. */
export function goOpen(state: TillScreen): Step {
  const list = state.openPayments && state.openPayments.open.length === 0 && state.openPayments.quiet.length > 0 ? 'quiet' : 'open';
  return stay({ ...state, menu: 'closed', place: { name: 'open', list, index: 0 }, bars: [], detail: null }, { kind: 'loadOpen' });
}

/** Opens the payer's phone of the training till beside this screen, which stays as it is. */
export function openPhone(state: TillScreen): Step {
  const url = state.status?.phoneUrl ?? null;
  return url === null ? refused(state) : stay({ ...state, menu: 'closed' }, { kind: 'openPhone', url });
}

const performers: Readonly<Record<Action, Perform>> = {
  menu: (state) => stay({ ...state, menu: 'main' }),
  closeMenu: (state) => stay({ ...state, menu: 'closed' }),
  backToMenu: (state) => stay({ ...state, menu: state.menu === 'settings' ? 'sections' : 'main' }),
  takeOver: (state) => stay({ ...state, link: 'connecting' }, { kind: 'takeOver' }),
  retryJournal: (state) => stay(state, { kind: 'retryJournal' }),

  deleteDigit: (state) => {
    const rules = entryRules(state);
    return rules ? stay(withEntry(state, deleteDigit(state.entry, rules))) : refused(state);
  },
  addLine: (state) => {
    const rules = entryRules(state);
    const entry = rules && addLine(state.entry, rules);
    return entry ? stay(withEntry(state, entry)) : refused(state);
  },
  typeCode: (state) => stay({ ...state, typedCode: '' }),
  deleteCodeDigit: (state) => stay({ ...state, typedCode: state.typedCode?.slice(0, -1) ?? null }),
  leaveTyping: (state) => stay({ ...state, typedCode: null }),
  // The digits leave the screen's state at once: from here on there is only the till's handle.
  useTypedCode: (state) => stay({ ...state, typedCode: null }, { kind: 'submitTyped', text: state.typedCode ?? '' }),
  charge: (state, moment) => {
    const rules = entryRules(state);
    if (!state.held || !rules || !hasAmount(state)) return refused(state);
    return startCharge(state, newCharge(state.held, entryTotal(state.entry, rules)), moment);
  },
  dropCode: (state) => stay({ ...state, held: null }),

  askNow: onShown('askNow'),
  askToGiveUp: (state) => stay({ ...state, askedToGiveUp: true }),
  giveUp: (state, moment) => {
    const payment = shownPayment(state);
    if (!payment) return refused(state);
    return stay({ ...state, askedToGiveUp: false }, { kind: 'giveUp', paymentId: payment.paymentId, commandId: moment.freshId });
  },
  keepWaiting: (state) => {
    const payment = shownPayment(state);
    if (!payment) return refused(state);
    // Asked before its time, the question comes again at its time.
    const due = state.now - payment.startedAt >= payment.questionSeconds * 1000;
    const keptWaiting = due ? [...state.keptWaiting.slice(-20), payment.paymentId] : state.keptWaiting;
    const next = { ...state, askedToGiveUp: false, keptWaiting };
    return due ? stay(next, { kind: 'keepWaiting', paymentId: payment.paymentId }) : stay(next);
  },
  park: (state) => {
    const payment = shownPayment(state);
    return payment ? stay(clearedCounter(state), { kind: 'park', paymentId: payment.paymentId }) : refused(state);
  },

  done: (state) => stay(clearedCounter(state)),
  printAgain: onShown('printReceipt'),
  showReceipt: (state) => stay({ ...state, receiptUp: true }),
  hideReceipt: (state) => stay({ ...state, receiptUp: false }),

  changeAmount: (state) => {
    const payment = shownPayment(state);
    const rules = entryRules(state);
    if (!payment || !rules) return refused(state);
    return stay(withEntry(clearedCounter(state), payment.amount.currency === rules.currency ? entryOf(payment.amount, rules) : emptyEntry));
  },
  sameAmountAgain: (state) => stay({ ...state, rearmedAt: state.now }),
  chargeHeld: (state, moment) => {
    const payment = shownPayment(state);
    if (!payment || !state.held) return refused(state);
    return startCharge({ ...state, currentId: payment.paymentId }, newCharge(state.held, payment.amount, payment.paymentId), moment);
  },
  cancelSale: (state) => stay({ ...clearedCounter(state), held: null, entry: emptyEntry }),
  useFailedCode: assured('sameCodeAgain'),
  waitForNewCode: (state) => stay({ ...state, guard: null }),

  // The amount belongs to the sale that was recognised: the next customer must not find it armed.
  sameCustomer: (state) => showGuarded({ ...state, entry: emptyEntry, held: null }),
  anotherCustomer: assured('anotherCustomer'),
  neither: backToAmount,
  chargeAgain: assured('chargeAgain'),
  waitForAnother: (state) => stay({ ...state, guard: null }),
  showOther: showGuarded,
  backToAmount: (state) => {
    const rules = entryRules(state);
    const step = backToAmount(state);
    return rules ? stay(withEntry(step.state, deleteDigit(step.state.entry, rules))) : step;
  },

  leavePayment: (state) => {
    if (state.place.name !== 'payment') return stay(clearedCounter(state));
    return stay({ ...state, place: { name: 'counter' }, currentId: state.currentId === state.place.paymentId ? null : state.currentId });
  },
  printEvidence: onShown('printEvidence'),
  openRinged: (state) => {
    const payment = ringedPayment(state);
    return payment ? stay(withoutBar({ ...state, place: { name: 'payment', paymentId: payment.paymentId } }, payment.paymentId)) : refused(state);
  },
  askRinged: onRinged('askNow'),
  evidenceRinged: onRinged('printEvidence'),
  notWanted: (state) => {
    const payment = ringedPayment(state);
    return payment ? stay(state, { kind: 'setNotWanted', paymentId: payment.paymentId, on: !payment.notWanted }) : refused(state);
  },
  move: refused,
  otherList: (state) => stay(otherList(state)),
  backToSale: (state) => stay({ ...state, place: { name: 'counter' } }),
};

/** The other of Open's two lists, from its first row. */
export function otherList(state: TillScreen): TillScreen {
  if (state.place.name !== 'open') return state;
  return { ...state, place: { name: 'open', list: state.place.list === 'open' ? 'quiet' : 'open', index: 0 }, detail: null };
}

/** The amount of a question, back in Sale with the code kept: a guard forgets neither. */
export function backToAmount(state: TillScreen): Step {
  const rules = entryRules(state);
  if (!state.guard || !rules) return refused(state);
  const { charge } = state.guard;
  const entry = hasAmount(state) ? state.entry : entryOf(charge.amount, rules);
  const held = charge.scan !== null && charge.scan.expiresAt > state.now ? charge.scan : null;
  return stay({ ...clearedCounter(state), entry, held });
}

function showGuarded(state: TillScreen): Step {
  if (!state.guard) return refused(state);
  return stay({ ...clearedCounter(state), currentId: state.guard.other.paymentId });
}

function assured(assurance: 'anotherCustomer' | 'chargeAgain' | 'sameCodeAgain'): Perform {
  return (state, moment) => (state.guard ? startCharge(state, assuredCharge(state.guard, assurance), moment) : refused(state));
}

function onShown(kind: 'askNow' | 'printReceipt' | 'printEvidence'): Perform {
  return (state) => {
    const payment = shownPayment(state);
    return payment ? stay(state, { kind, paymentId: payment.paymentId }) : refused(state);
  };
}

function onRinged(kind: 'askNow' | 'printEvidence'): Perform {
  return (state) => {
    const payment = ringedPayment(state);
    return payment ? stay(state, { kind, paymentId: payment.paymentId }) : refused(state);
  };
}
