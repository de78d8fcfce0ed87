/** The journal's side of a match: payments and refunds of one gateway, in the few words that a statement can be compared by. */
import type { AttemptStateName, RefundStateName } from '../contract/types.ts';
import type { JournalReader, PaymentRecord, ReferenceRecord, RefundRecord } from '../journal/storage.ts';
import { dayCursor } from '../journal/storage.ts';
import type { Currency } from '../money/currency.ts';
import type { Instant } from '../ports.ts';
import { shiftDay } from '../time/civil-day.ts';

export interface OurEntry {
  readonly kind: 'payment' | 'refund';
  readonly paymentId: string;
  /** The payment's short number. */
  readonly number: string;
  /** Every attempt's number of a payment; a refund's own number. */
  readonly references: readonly string[];
  /** The gateway's numbers of them. */
  readonly gatewayRefs: readonly string[];
  readonly walletRefs: readonly string[];
  /** Positive for both kinds. */
  readonly minor: number;
  readonly currency: Currency;
  readonly at: Instant;
  readonly state: AttemptStateName | RefundStateName;
  /** `yes`: the money moved, by the gateway's word or a person's. `open`: not known yet. `no`: it did not, or it is no sale of ours. */
  readonly moved: 'yes' | 'open' | 'no';
  /** A refund that gave back what never counted as a sale: its payment stands on the statement, and rightly. */
  readonly undo: boolean;
}

export interface OurOrder {
  readonly payment: OurEntry;
  readonly refunds: readonly OurEntry[];
}

export interface OurSide {
  /** Entries of these days of the shop, in any order. */
  entries(fromDay: string, toDay: string): Iterable<OurEntry>;
  /** The order that has this whole reference, its refunds' included, on whatever day; null where there is none of this gateway. */
  order(reference: string): OurOrder | null;
  /** Whether anything was ever sold there. */
  hasSold(): boolean;
}

const rowsAtOnce = 2000;

/** The side as the journal has it. Reads in pages, so that a year needs no more memory than a day. */
export function journalSide(journal: JournalReader, gateway: string): OurSide {
  return {
    *entries(fromDay, toDay) {
      // A day at a time: a page then never has to look past its own day.
      for (let day = fromDay; day <= toDay; day = shiftDay(day, 1)) yield* entriesOfDay(journal, gateway, day);
    },
    order(reference) {
      const record = journal.payments({ by: 'reference', value: reference }).find((one) => one.gateway === gateway && isKnownBy(one, reference));
      if (record === undefined) return null;
      return { payment: paymentEntry(record), refunds: journal.refunds({ paymentId: record.paymentId }).map((refund) => refundEntry(refund)) };
    },
    hasSold: () => journal.daySums({ fromDay: '0000-01-01', toDay: '9999-12-31', filter: { gateway } }).some(({ kind, counts }) => kind === 'sale' && counts),
  };
}

/** The shop's own order number is no number of the gateway's, and may be as short as `17`. */
const gatewaysKinds = new Set<ReferenceRecord['kind']>(['attemptRef', 'gatewayRef', 'walletRef', 'refundRef', 'gatewayRefundRef', 'number']);

function isKnownBy(record: PaymentRecord, reference: string): boolean {
  return record.references.some((one) => one.value === reference && gatewaysKinds.has(one.kind));
}

function* entriesOfDay(journal: JournalReader, gateway: string, day: string): Iterable<OurEntry> {
  let after: string | null = null;
  for (;;) {
    const rows = journal.dayRows({ fromDay: day, toDay: day, filter: { gateway }, after, count: rowsAtOnce });
    for (const row of rows) yield row.kind === 'sale' ? paymentEntry(row.record) : refundEntry(row.record);
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return;
    after = dayCursor(last);
  }
}

export function paymentEntry(record: PaymentRecord): OurEntry {
  const of = (kind: string): string[] => record.references.filter((reference) => reference.kind === kind).map((reference) => reference.value);
  return {
    kind: 'payment', paymentId: record.paymentId, number: record.number, references: of('attemptRef'), gatewayRefs: of('gatewayRef'), walletRefs: of('walletRef'),
    minor: record.amountMinor, currency: record.currency, at: record.startedAt, state: record.state, moved: paymentMoved(record), undo: false,
  };
}

function paymentMoved(record: PaymentRecord): OurEntry['moved'] {
  // Another till's order is no sale of ours, though a refund of it is ours (CASES 38).
  if (record.foreign) return 'no';
  if (record.settledAs !== null) return record.settledAs === 'paid' ? 'yes' : 'no';
  if (record.verdict === 'paid') return 'yes';
  return record.verdict === 'notPaid' ? 'no' : 'open';
}

export function refundEntry(record: RefundRecord): OurEntry {
  return {
    kind: 'refund', paymentId: record.paymentId, number: record.number, references: [record.refundRef], gatewayRefs: record.gatewayRefundRef === null ? [] : [record.gatewayRefundRef], walletRefs: [],
    minor: record.amountMinor, currency: record.currency, at: record.startedAt, state: record.state, moved: refundMoved(record), undo: record.undo,
  };
}

function refundMoved(record: RefundRecord): OurEntry['moved'] {
  // Given back in cash or elsewhere: no statement of the gateway has it.
  if (record.way !== 'gateway') return 'no';
  if (record.state === 'refunded' || record.settledAs === 'refunded') return 'yes';
  return record.open ? 'open' : 'no';
}
