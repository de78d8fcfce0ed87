/** Which screen a state shows: a pure reading, so that no screen can claim what the till hasn't said. */
import type { PaymentView } from '../../core/contract/types.ts';
import { codeStage } from './code-stage.ts';
import { entryRules, type TillScreen } from './state.ts';
import { entryTotal } from './entry.ts';
import type { PartName } from './places.ts';
import { isEmptyDay } from './today-rows.ts';

export type ViewName =
  | 'connecting' | 'occupied' | 'takenOver' | 'stopped' | 'recovering'
  | 'sale' | 'charging' | 'typeCode' | 'codePaid' | 'codeOpen' | 'sameCodeFailed' | 'sameCustomer'
  | 'waiting' | 'question' | 'unknown' | 'reversing' | 'review' | 'paid' | 'notPaid' | 'presentQr'
  | 'open' | 'openEmpty'
  | PartName;

/** Stripes are not shown before this: most payments have their outcome by then. */
export const quietStartMs = 1000;
/** After this a scan on Not paid no longer charges the last amount by itself (CASES 13). */
export const notPaidFreshMs = 60_000;

/** The screen itself; an open menu lies over it. */
export function viewName(state: TillScreen): ViewName {
  if (state.link === 'occupied' || state.link === 'takenOver') return state.link;
  if (!state.status) return 'connecting';
  if (state.place.name === 'open') return openList(state).length === 0 ? 'openEmpty' : 'open';
  if (state.place.name !== 'counter' && state.place.name !== 'payment') return state.place.name;
  const shown = shownPayment(state);
  if (state.place.name === 'payment' && shown) return paymentView(state, shown);
  if (state.status.phase !== 'ready' && !shown) return state.status.phase;
  return counterView(state, shown);
}

function counterView(state: TillScreen, shown: PaymentView | null): ViewName {
  if (state.charging) return 'charging';
  if (state.guard && !(state.guard.kind === 'sameCodeFailed' && shown)) return state.guard.kind;
  if (shown) return paymentView(state, shown);
  return state.typedCode === null ? 'sale' : 'typeCode';
}

function paymentView(state: TillScreen, payment: PaymentView): ViewName {
  const stage = codeStage(payment);
  // A scan that came after it has expired is asked about like any other that comes late.
  if (stage !== null && !(stage === 'expired' && state.held !== null)) return 'presentQr';
  switch (payment.state) {
    case 'submitting':
    case 'waitingForPayer':
      return waitingView(state, payment);
    case 'declined':
    case 'reversed':
      return 'notPaid';
    // A person's word is looked at in the payment's own screen; at the counter it reads as what still needs a person.
    case 'settled':
    case 'lapsed':
      return 'review';
    default:
      return payment.state;
  }
}

function waitingView(state: TillScreen, payment: PaymentView): ViewName {
  if (payment.gaveUp) return 'waiting';
  const elapsed = state.now - payment.startedAt;
  if (elapsed < quietStartMs && state.place.name === 'counter' && !state.askedToGiveUp) return 'charging';
  if (state.askedToGiveUp) return 'question';
  const asked = elapsed >= payment.questionSeconds * 1000 && !state.keptWaiting.includes(payment.paymentId);
  return asked ? 'question' : 'waiting';
}

/** The payment that the screen is about: the one that was opened, or the one at the counter. */
export function shownPayment(state: TillScreen): PaymentView | null {
  const id = state.place.name === 'payment' ? state.place.paymentId : state.place.name === 'counter' ? state.currentId : null;
  return id === null ? null : state.payments[id] ?? null;
}

/** The rows of the list that Open shows now. */
export function openList(state: TillScreen): readonly PaymentView[] {
  if (state.place.name !== 'open' || !state.openPayments) return [];
  return state.openPayments[state.place.list];
}

/** The ringed row of Open. */
export function ringedPayment(state: TillScreen): PaymentView | null {
  if (state.place.name !== 'open') return null;
  const rows = openList(state);
  return rows[Math.min(state.place.index, rows.length - 1)] ?? null;
}

/** The payment whose timeline or receipt is on screen, so that its detail has to be fetched. */
export function detailWanted(state: TillScreen): string | null {
  const ringed = ringedPayment(state);
  if (ringed) return ringed.paymentId;
  const view = viewName(state);
  const shown = shownPayment(state);
  if (!shown) return null;
  return view === 'waiting' || view === 'charging' || (view === 'paid' && state.receiptUp) ? shown.paymentId : null;
}

/** Open payments that this screen isn't about: the number on the striped chip. */
export function chipCount(state: TillScreen): number {
  const shown = shownPayment(state);
  const onScreen = shown?.open && !shown.quiet ? 1 : 0;
  return Math.max(0, (state.status?.openCount ?? 0) - onScreen);
}

/** Nothing is sold before the shift is open. */
export function shiftIsMissing({ status }: TillScreen): boolean {
  return status !== null && status.shiftNeeded && status.shift === null;
}

/** Not paid long enough that a scan is held instead of charged. */
export function notPaidIsStale(state: TillScreen, payment: PaymentView): boolean {
  return state.now - Math.max(payment.changedAt, state.rearmedAt ?? 0) >= notPaidFreshMs;
}

export function hasAmount(state: TillScreen): boolean {
  const rules = entryRules(state);
  return rules !== null && entryTotal(state.entry, rules).minor > 0;
}

/** Changes exactly when something else stands on screen: what the 400 ms guard and the focus go by. */
export function screenSignature(state: TillScreen): string {
  const view = viewName(state);
  const shown = shownPayment(state);
  const phase = view === 'notPaid' && shown ? `${notPaidIsStale(state, shown)}/${state.held !== null}/${state.guard?.kind ?? ''}` : '';
  const { place } = state;
  const stage = 'stage' in place ? place.stage : '';
  const isEmpty = place.name === 'today' && isEmptyDay(place);
  return [state.menu, view, shown?.paymentId ?? '', shown?.state ?? '', phase, state.receiptUp, stage, isEmpty].join('|');
}
