/** What the customer sees of a screen: a pure reading of it, which can say nothing that the cashier's screen doesn't. */
import type { CustomerDisplay, DisplayShows, PaymentView } from '../../core/contract/types.ts';
import { cashDue } from './cash.ts';
import { codeStage } from './code-stage.ts';
import { entryTotal } from './entry.ts';
import { entryRules, type TillScreen } from './state.ts';
import { wentBack } from './turned.ts';
import { hasAmount, notPaidIsStale, quietStartMs, shiftIsMissing, viewName } from './view.ts';

/** Paid leaves the customer's display after this. */
export const paidShownMs = 8000;
/** Nobody has touched the till for so long: the light goes out. */
export const lightOutMs = 300_000;

/** Null while this screen doesn't operate the till: then it has nothing to say to a customer. */
export function customerDisplay(state: TillScreen): CustomerDisplay | null {
  const { status } = state;
  if (state.link !== 'up' || status === null) return null;
  const { storeName, locale, timezone, training } = status;
  return { shop: { name: storeName, locale, timezone, training }, shows: shows(state) };
}

function shows(state: TillScreen): DisplayShows {
  const { place } = state;
  if (place.name === 'signIn') return rest(state);
  if (place.name === 'cashChange') {
    const { cash } = place.payment;
    return cash === null ? rest(state) : { kind: 'cash', due: cash.due, received: cash.received, change: cash.change };
  }
  const due = place.name === 'cashReceived' ? cashDue(state) : null;
  if (due !== null) return { kind: 'pay', amount: due };
  const asked = state.charging?.charge ?? state.guard?.charge;
  if (asked) return { kind: 'amount', amount: asked.amount };
  const current = state.currentId === null ? undefined : state.payments[state.currentId];
  return current ? ofPayment(state, current) : ofEntry(state);
}

/** The amount as it is typed; once it rests, the customer is asked for the code. */
function ofEntry(state: TillScreen): DisplayShows {
  const rules = entryRules(state);
  if (state.place.name !== 'counter' || !rules || !hasAmount(state) || shiftIsMissing(state)) return rest(state);
  const amount = entryTotal(state.entry, rules);
  return { kind: state.entrySettled && state.held === null ? 'pay' : 'amount', amount };
}

function ofPayment(state: TillScreen, payment: PaymentView): DisplayShows {
  const { amount } = payment;
  switch (codeStage(payment)) {
    case 'making': return { kind: 'amount', amount };
    case 'up': return ofCode(payment);
    case 'scanned': return { kind: 'confirm', amount };
    case 'closing': return { kind: 'checking', amount };
    case 'notClosed': return rest(state);
    case 'expired': case null: break;
  }
  switch (payment.state) {
    case 'submitting': return { kind: state.now - payment.startedAt < quietStartMs ? 'amount' : 'confirm', amount };
    case 'waitingForPayer': return { kind: 'confirm', amount };
    case 'unknown': case 'reversing': case 'review': return { kind: 'checking', amount };
    case 'paid': return ofPaid(state, payment);
    // What was given back by a refund had been taken.
    case 'declined': case 'reversed': return notPaidIsStale(state, payment) || wentBack(payment) ? rest(state) : { kind: 'notPaid', amount };
    case 'settled': case 'lapsed': return rest(state);
  }
}

function ofCode({ amount, shownCode }: PaymentView): DisplayShows {
  if (shownCode === null) return { kind: 'checking', amount };
  return {
    kind: 'code', amount, qr: shownCode.qr,
    // The till counts on from a clock that is finer than milliseconds.
    until: Math.round(shownCode.until), wallets: shownCode.wallets,
  };
}

/** Only while Paid stands before the cashier: the customer never knows it first. */
function ofPaid(state: TillScreen, { amount, receipt }: PaymentView): DisplayShows {
  if (viewName(state) !== 'paid') return { kind: 'checking', amount };
  if (state.now - state.shownSince >= paidShownMs) return rest(state);
  return { kind: 'paid', amount, receipt: receipt !== 'none' };
}

function rest(state: TillScreen): DisplayShows {
  return { kind: state.now - state.lastHandAt >= lightOutMs ? 'dark' : 'idle' };
}
