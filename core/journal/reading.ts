/** Questions to a journal that need no till: find, list, totals. They work beside a running till (DESIGN.md 7). */
import type { Locale, MatchedBy, PaymentView, PrintState, RefundView } from '../contract/types.ts';
import { findQuery } from '../find/find.ts';
import type { RefundCapability } from '../gateways/gateway.ts';
import type { Currency } from '../money/currency.ts';
import { paidAttempt, type Payment } from '../payment/payment.ts';
import { paymentView, type ViewContext } from '../payment/view.ts';
import type { Clock } from '../ports.ts';
import { printState, printStateOf } from '../receipt/print-queue.ts';
import { listTotals, type ListTotals } from './list-totals.ts';
import { readablePayment } from './journal.ts';
import { matchOf } from './matching.ts';
import { dayCursor, paymentCounts, refundCounts, type DayRecord, type JournalReader, type PaymentRecord } from './storage.ts';

/** A refund of a listed payment. */
export interface ListedRefund {
  readonly refund: RefundView;
  /** The shop's day on which it was made: the one in whose totals it is. */
  readonly day: string;
  /** True where it is in the totals of its day. */
  readonly counts: boolean;
}

/** A payment with what the list says of it beside its view. */
export interface Listed {
  readonly payment: PaymentView;
  /** True where it is in the totals of its day. */
  readonly counts: boolean;
  /** Oldest first, those of other days too. */
  readonly refunds: readonly ListedRefund[];
}

/** A payment that was searched for: what of it the text was found in, and whether it is the whole of that. */
export interface SearchedFor extends Listed {
  readonly matched: MatchedBy;
  readonly exact: boolean;
}

export interface DayList extends ListTotals {
  /** Oldest first: payments that began on this day, and earlier ones that have a refund on it. Each is folded as it is read. */
  readonly payments: Iterable<Listed>;
}

export interface ReadingContext {
  readonly clock: Clock;
  gatewayNames(gateway: string): Readonly<Record<Locale, string>>;
  refundCapability(gateway: string): RefundCapability | null;
}

/** Rows of the list that are read from the journal at once. */
const pageRows = 1000;

export class JournalReading {
  private readonly reader: JournalReader;
  private readonly context: ViewContext;
  private readonly unread = new Map<string, PaymentRecord>();

  constructor(reader: JournalReader, context: ReadingContext) {
    this.reader = reader;
    this.context = {
      ...context,
      gatewayNames: (gateway) => context.gatewayNames(gateway),
      supportPhone: () => null,
      keyName: (gateway) => `gateways.${gateway}`,
      numberName: (gateway) => `gateways.${gateway}`,
      canShow: () => false,
      printState: (paymentId) => printState(reader.printJobs({ paymentId })),
      likelyDuplicateOf: () => null,
      drawerState: () => 'none',
      refunds: () => ({ now: context.clock.wall(), capability: (gateway) => context.refundCapability(gateway), cannotRefund: () => false, identityKnown: () => true, lacksRefunds: () => false }),
    };
  }

  /**
   * What the journal last recorded of payments that were met here and that can't be read: nothing above has them, and sums of
   * a day count them as they were recorded. Complete once what was asked for was gone through.
   */
  unreadable(): readonly PaymentRecord[] {
    return [...this.unread.values()];
  }

  /** Payments that have exactly this reference: ours, theirs, the wallet's, a refund's, the short number, the sale's. */
  find(reference: string): readonly Listed[] {
    return this.reader.payments({ by: 'reference', value: reference }).flatMap((record) => this.listed(record) ?? []);
  }

  /**
   * The same; and where no payment has the text as it stands, what Find on the screens finds: the whole in another case, else
   * its beginning or end (4 characters or more), the last four digits of a code, or an amount of `currency`. Newest first, at
   * most `count`.
   */
  search(text: string, currency: Currency, count: number): readonly SearchedFor[] {
    const whole = this.find(text);
    // One that can't be read is found all the same: nothing else is meant.
    if (whole.length > 0 || this.unread.size > 0) return whole.map((listed) => ({ ...listed, matched: this.wholeMatch(listed, text), exact: true }));
    const query = findQuery(text, {}, count, { currency, codeHash: () => null });
    const found = query.text === null ? [] : this.reader.find(query);
    const exact = found.filter((one) => one.exact);
    return (exact.length > 0 ? exact : found).flatMap(({ record, matched, exact: isExact }) => {
      const listed = this.listed(record);
      return listed === null ? [] : [{ ...listed, matched, exact: isExact }];
    });
  }

  /** One day of the shop. Its totals are sums of exactly the rows of that day, as the list has them. */
  day(day: string): DayList {
    const rows = this.rowsOf(day);
    const records = new Map<string, PaymentRecord>();
    for (const row of rows) records.set(row.record.paymentId, row.kind === 'sale' ? row.record : row.payment);
    const ordered = [...records.values()].toSorted((left, right) => left.startedAt - right.startedAt);
    return { payments: this.eachListed(ordered), ...listTotals(rows) };
  }

  /** The payment as its receipt has it: the paid attempt speaks, also while a person must look at another one of the sale. */
  onReceipt(paymentId: string): PaymentView | null {
    const payment = this.payment(paymentId);
    if (payment === null) return null;
    return paymentView(payment, this.context, paidAttempt(payment) ?? undefined);
  }

  /** What became of a refund's slip. */
  refundPrinted(paymentId: string, refundRef: string): PrintState {
    return printStateOf(this.reader.printJobs({ paymentId }), ['refund', 'refundCopy'], refundRef);
  }

  private wholeMatch({ payment }: Listed, reference: string): MatchedBy {
    // The screens show a payment's number for its id, which is on no paper; whoever asks by the id here has it.
    if (reference === payment.paymentId) return 'paymentId';
    const [record] = this.reader.payments({ by: 'paymentId', value: payment.paymentId });
    return (record === undefined ? null : matchOf(record, { reference, amountMinor: null, last4: null, codeHash: null }))?.matched ?? 'number';
  }

  private *eachListed(records: readonly PaymentRecord[]): Iterable<Listed> {
    for (const record of records) {
      const listed = this.listed(record);
      if (listed !== null) yield listed;
    }
  }

  private listed(record: PaymentRecord): Listed | null {
    const payment = this.payment(record.paymentId);
    if (payment === null) {
      this.unread.set(record.paymentId, record);
      return null;
    }
    const view = paymentView(payment, this.context);
    const refunds = new Map(view.refunds.map((refund) => [refund.refundRef, refund]));
    return {
      payment: view,
      counts: paymentCounts(record),
      refunds: this.reader.refunds({ paymentId: record.paymentId }).flatMap((one) => {
        const refund = refunds.get(one.refundRef);
        return refund === undefined ? [] : [{ refund, day: one.day, counts: refundCounts(one) }];
      }),
    };
  }

  private rowsOf(day: string): readonly DayRecord[] {
    const rows: DayRecord[] = [];
    for (let after: string | null = null; ; ) {
      const page: readonly DayRecord[] = this.reader.dayRows({ fromDay: day, toDay: day, filter: {}, after, count: pageRows });
      rows.push(...page);
      const last = page.at(-1);
      if (last === undefined || page.length < pageRows) return rows;
      after = dayCursor(last);
    }
  }

  private payment(paymentId: string): Payment | null {
    return readablePayment(this.reader.rowsOf(paymentId));
  }
}
