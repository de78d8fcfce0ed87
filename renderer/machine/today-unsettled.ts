/** The day's list as it stands on screen: what isn't settled on top, of any day, and the day's own rows below, none of them twice. */
import type { DayRow, DayView, ListFilter, PaymentView, RefundView } from '../../core/contract/types.ts';
import { shopDayOf } from './days.ts';
import { isOpen } from './today-filter.ts';

/** So many stand on top; the others are a key away, in Open. */
const pinnedMost = 3;

export interface ShownRows {
  /** The unsettled ones, oldest first, and then the day's, newest first. */
  readonly rows: readonly DayRow[];
  /** How many of them stand on top. */
  readonly pinned: number;
  /** How many more aren't settled, and are in no row on top. */
  readonly more: number;
  /** How many of those on top would stand among the day's rows, as far as these are known. */
  readonly ofDay: number;
}

interface Subject {
  readonly day: string;
  readonly filter: ListFilter;
  /** Null until the till has said the sums of this day, and what isn't settled. */
  readonly view: DayView | null;
}

/** A list is put together once for each page that comes in, however often it is drawn. */
const put = new WeakMap<readonly DayRow[], Subject & { readonly shown: ShownRows }>();

export function shownRows(rows: readonly DayRow[], { day, filter, view }: Subject): ShownRows {
  const known = put.get(rows);
  if (known && known.day === day && known.filter === filter && known.view === view) return known.shown;
  const shown = together(rows, { day, filter, view });
  put.set(rows, { day, filter, view, shown });
  return shown;
}

function together(rows: readonly DayRow[], { day, filter, view }: Subject): ShownRows {
  // Who narrows the list asks for these rows and no others.
  const unsettled = isOpen(filter) ? (view?.unsettled ?? []).flatMap(unsettledRows).toSorted((left, right) => left.at - right.at) : [];
  if (unsettled.length === 0) return { rows, pinned: 0, more: 0, ofDay: 0 };
  const pinned = unsettled.slice(0, pinnedMost);
  const keys = new Set(pinned.map(keyOf));
  const rest = rows.filter((row) => !keys.has(keyOf(row)));
  const sales = new Set(pinned.filter(({ kind }) => kind === 'sale').map(({ paymentId }) => paymentId));
  const salesOfDay = view?.unsettled.filter((payment) => payment.day === day && sales.has(payment.paymentId)).length ?? 0;
  return { rows: [...pinned, ...rest], pinned: pinned.length, more: unsettled.length - pinned.length, ofDay: Math.max(salesOfDay, rows.length - rest.length) };
}

/** The sale and its refunds are rows of their own, on days of their own. */
function keyOf({ kind, paymentId, reference }: DayRow): string {
  return kind === 'sale' ? `sale ${paymentId}` : `refund ${reference}`;
}

/** How many rows aren't settled and are of another day than this one: a sale by its own day, a refund by its own. */
export function unsettledBeside(view: DayView, day: string | null, shop: Parameters<typeof shopDayOf>[1]): number {
  return view.unsettled.flatMap((payment) => unsettledRows(payment).filter((row) => (row.kind === 'sale' ? payment.day : shopDayOf(row.at, shop)) !== day)).length;
}

/** What of a payment has no outcome: itself, or what is on its way back of it. */
function unsettledRows(payment: PaymentView): readonly DayRow[] {
  const refunds = payment.refunds.filter(({ open }) => open).map((refund) => refundRow(payment, refund));
  return payment.open || refunds.length === 0 ? [saleRow(payment), ...refunds] : refunds;
}

function saleRow(payment: PaymentView): DayRow {
  const { paymentId, number, startedAt: at, amount, gateway, last4, state, verdict, operator, attemptRef: reference, gatewayRef, saleRef } = payment;
  return {
    kind: 'sale', cursor: `unsettled sale ${paymentId}`, paymentId, number, at, amount, gateway, wallet: payment.tender === 'cash' ? 'cash' : payment.wallet, last4, state, verdict,
    // Paid by one try, and still asked about another: it is in the day's total, on top as below.
    counts: verdict === 'paid' && payment.settled === null && !payment.foreign, outside: false, settled: false, open: true, operator, reference, gatewayRef, saleRef,
  };
}

function refundRow(payment: PaymentView, refund: RefundView): DayRow {
  const { refundRef: reference, startedAt: at, amount, state, by: operator, gatewayRefundRef: gatewayRef } = refund;
  return { ...saleRow(payment), counts: false, kind: 'refund', cursor: `unsettled refund ${reference}`, at, amount, state, operator, reference, gatewayRef };
}
