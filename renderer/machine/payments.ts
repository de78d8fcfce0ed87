/** What the screens remember of payments: the newest word of the till on each, and the ends that nobody was looking at. */
import type { OpenPayments, PaymentDetail, PaymentView } from '../../core/contract/types.ts';
import type { TillScreen } from './state.ts';
import { hasOpenRefund, openRefundOf } from './turned.ts';
import { detailWanted, shownPayment } from './view.ts';

/** How many rows the tape has. */
export const tapeRows = 7;
/** Bars wait for room, so that each is seen; more than these no counter can have parked. */
const barsMost = 12;

/** Takes in a payment as the till tells it. An older view never replaces a newer one. */
export function remember(state: TillScreen, payment: PaymentView): TillScreen {
  const known = state.payments[payment.paymentId];
  if (known && isOlder(payment, known)) return state;
  const payments = { ...state.payments, [payment.paymentId]: payment };
  return { ...state, payments, recent: state.recent && withRow(state.recent, payment) };
}

/** A payment event: remembered, shown where it is on screen, and said in a bar where its end isn't. */
export function onPayment(state: TillScreen, payment: PaymentView): TillScreen {
  const before = state.payments[payment.paymentId];
  if (before && isOlder(payment, before)) return state;
  const next = remember(state, payment);
  const ends = payment.paymentId === state.currentId && before?.verdict === 'notKnownYet' && payment.verdict !== 'notKnownYet';
  // A review that ends by its own refund is said by the refund's screen: "nothing was taken" would be wrong.
  if (ends && state.place.name !== 'signIn' && !isRefundResultOf(state, payment)) {
    return { ...next, place: { name: 'counter' }, menu: 'closed', askedToGiveUp: false, receiptUp: false };
  }
  if (shownPayment(state)?.paymentId === payment.paymentId || isRefundShown(state, payment)) return next;
  const refundRef = refundEnded(before, payment);
  if (refundRef !== null) return forget(withBar(next, payment, refundRef));
  return forget(endedUnseen(before, payment) ? withBar(next, payment) : next);
}

/** The open payments of the till, on arrival and whenever they are looked at. */
export function onOpenPayments(state: TillScreen, openPayments: OpenPayments): TillScreen {
  const all = [...openPayments.open, ...openPayments.quiet];
  const known = onListThatHasAny(all.reduce(listed, { ...state, openPayments }), state.openPayments);
  return state.counterTakenUp ? known : takenUp(known, openPayments);
}

/** Opened before anything of it was known, the place shows the list that has something in it. */
function onListThatHasAny(state: TillScreen, before: OpenPayments | null): TillScreen {
  const { place, openPayments } = state;
  const wasEmpty = before === null || before.open.length + before.quiet.length === 0;
  if (place.name !== 'open' || place.list === 'quiet' || !wasEmpty || openPayments === null) return state;
  return openPayments.open.length === 0 && openPayments.quiet.length > 0 ? { ...state, place: { ...place, list: 'quiet' } } : state;
}

/** A list may come before the event of what it tells: a payment that has turned to a person meanwhile is heard all the same. */
function listed(state: TillScreen, payment: PaymentView): TillScreen {
  const before = state.payments[payment.paymentId];
  const next = remember(state, payment);
  const isHeard = before !== undefined && !isOlder(payment, before) && payment.state === 'review' && endedUnseen(before, payment) && shownPayment(state)?.paymentId !== payment.paymentId;
  return isHeard ? withBar(next, payment) : next;
}

/** Payments that were open here and aren't in the till's list any more: their ends went past while the link was gone. */
export function unheardEnds(state: TillScreen, openPayments: OpenPayments): readonly string[] {
  const listed = new Set([...openPayments.open, ...openPayments.quiet].map((payment) => payment.paymentId));
  return Object.values(state.payments).filter((payment) => payment.open && !listed.has(payment.paymentId)).map((payment) => payment.paymentId);
}

/** A payment with its timeline: the newest word on it, and its lines where they are on screen. */
export function onDetail(state: TillScreen, paymentId: string, detail: PaymentDetail | null): TillScreen {
  const next = detail ? onPayment(state, detail.payment) : state;
  return detailWanted(next) === paymentId ? { ...next, detail } : next;
}

export function onRecent(state: TillScreen, recent: readonly PaymentView[]): TillScreen {
  return { ...state, recent: recent.slice(0, tapeRows) };
}

export function withoutBar(state: TillScreen, paymentId: string): TillScreen {
  return { ...state, bars: state.bars.filter((bar) => bar.payment.paymentId !== paymentId) };
}

/** After a reload of the page: whoever stood at the counter still stands there. Parked ones and reviews stay in the list. */
function takenUp(state: TillScreen, openPayments: OpenPayments): TillScreen {
  // While what was left open is still being asked, nobody can say yet who waits.
  if (state.status?.phase !== 'ready') return state;
  if (state.charging || state.currentId !== null) return { ...state, counterTakenUp: true };
  // A paid one stands in the list for its refund: nobody waits at the counter for that.
  const waited = openPayments.open.filter((payment) => payment.verdict === 'notKnownYet' && !payment.parked && payment.state !== 'review');
  const newest = waited.at(-1);
  return { ...state, counterTakenUp: true, currentId: newest?.paymentId ?? null };
}

function endedUnseen(before: PaymentView | undefined, now: PaymentView): boolean {
  // Nobody waits for a quiet one; once it is paid after all, it must be heard.
  if (now.quiet) return false;
  if (now.state === 'review') return before?.state !== 'review' || before.quiet;
  return before !== undefined && before.open && !now.open && now.verdict !== 'notKnownYet';
}

/** The screens that say by themselves what became of a refund. */
function isRefundShown(state: TillScreen, payment: PaymentView): boolean {
  return isRefundResultOf(state, payment) || (state.place.name === 'paymentDetail' && state.place.paymentId === payment.paymentId);
}

function isRefundResultOf({ place }: TillScreen, payment: PaymentView): boolean {
  return place.name === 'refundResult' && place.payment.paymentId === payment.paymentId;
}

/** The refund that had no outcome and has one now. */
function refundEnded(before: PaymentView | undefined, now: PaymentView): string | null {
  const open = before && openRefundOf(before);
  return open && now.refunds.some((refund) => refund.refundRef === open.refundRef && !refund.open) ? open.refundRef : null;
}

function withBar(state: TillScreen, payment: PaymentView, refundRef: string | null = null): TillScreen {
  const others = withoutBar(state, payment.paymentId).bars;
  return { ...state, bars: [...others, { payment, since: state.now, refundRef }].slice(-barsMost) };
}

/** Keeps what is open, on the counter or in a bar: a day has thousands of payments. */
function forget(state: TillScreen): TillScreen {
  const kept = Object.entries(state.payments).filter(([id, payment]) => (
    payment.open || payment.quiet || hasOpenRefund(payment) || id === state.currentId || (state.place.name === 'payment' && state.place.paymentId === id)
  ));
  return { ...state, payments: Object.fromEntries(kept) };
}

function isOlder(payment: PaymentView, known: PaymentView): boolean {
  if (payment.changedAt !== known.changedAt) return payment.changedAt < known.changedAt;
  return payment.verdict === 'notKnownYet' && known.verdict !== 'notKnownYet' && payment.state !== 'review';
}

function withRow(recent: readonly PaymentView[], payment: PaymentView): readonly PaymentView[] {
  const others = recent.filter((row) => row.paymentId !== payment.paymentId);
  return [...others, payment].sort((left, right) => right.startedAt - left.startedAt).slice(0, tapeRows);
}
