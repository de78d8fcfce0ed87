/**
 * Matches a statement against the journal, row by row: by references, then by amount, never by amount alone. Nothing is
 * changed by it. Sums are kept apart from the differences, so that what isn't explained shows.
 */
import type { ReconcileRow, StatementField } from '../contract/types.ts';
import type { Currency } from '../money/currency.ts';
import type { Instant } from '../ports.ts';
import { shiftDay } from '../time/civil-day.ts';
import { Differences, type BookedThere, type FoundDifference } from './differences.ts';
import { OurBook, type BookedEntry, type PrimaryReference } from './our-book.ts';
import type { OurEntry, OurOrder, OurSide } from './our-side.ts';
import type { StatementDays, StatementRow } from './statement.ts';

export interface MatchOptions {
  readonly side: OurSide;
  readonly currency: Currency;
  /** The statement's columns, of which the best reference is chosen. */
  readonly fields: readonly (StatementField | null)[];
  /** Days that the statement covers; null where it doesn't say: then nothing is missing there. */
  readonly days: StatementDays | null;
  /** The instants at which those days begin and end on the gateway's clock. */
  readonly bounds: { readonly from: Instant; readonly to: Instant };
  /** Terminal numbers of this till; empty where it has none. */
  readonly terminals: ReadonlySet<string>;
  /** Gets every row that differs; the result has the first thousand. */
  readonly sink: (row: ReconcileRow) => void;
}

export interface Match {
  readonly rows: number;
  readonly matched: number;
  readonly missingHere: number;
  readonly missingThere: number;
  readonly different: number;
  readonly theirsMinor: number;
  readonly oursMinor: number;
  readonly explainedMinor: number;
  readonly differences: readonly ReconcileRow[];
  readonly booked: readonly BookedThere[];
}

const millisecondsOfDay = 86_400_000;

/** A payment begun this near to the end of the statement's days may stand on the next statement. */
const edgeMilliseconds = 10 * 60_000;

/** Rows of one payment that can only be judged together: its attempts, or a payment and its undoing. */
interface Held {
  readonly entry: BookedEntry;
  readonly reference: string;
  readonly rows: StatementRow[];
}

export class Matcher {
  readonly #options: MatchOptions;
  readonly #book: OurBook;
  readonly #primary: PrimaryReference;
  readonly #differences: Differences;
  readonly #held = new Map<number, Held>();
  #rows = 0;
  #theirsMinor = 0;
  /** Payments that never counted as sales and were given back: theirs and ours, since the refund is both. */
  #givenBackMinor = 0;

  constructor(options: MatchOptions) {
    this.#options = options;
    this.#primary = (['attemptRef', 'gatewayRef', 'walletRef'] as const).find((field) => options.fields.includes(field)) ?? 'attemptRef';
    this.#book = new OurBook(options.side, this.#primary);
    this.#differences = new Differences(options.sink);
    // A day before and after belong to the edges, and one more to shops whose day ends after midnight.
    if (options.days !== null) this.#takeIn(shiftDay(options.days.fromDay, -2), shiftDay(options.days.toDay, 2));
  }

  /** Rows that aren't final, and such that are no payments (fees, payouts), are passed over. */
  add(row: StatementRow): void {
    if (row.kind === 'other' || row.outcome !== 'done') return;
    this.#rows += 1;
    const currency = row.currency === null ? this.#options.currency : currencyNames[row.currency] ?? row.currency;
    if (currency !== this.#options.currency) {
      // Currencies are never added up: it is listed, and changes no sum.
      this.#differ({ kind: 'missingHere', looksLike: 'notInJournal', row, ours: null, fields: ['currency'], effectMinor: 0 });
      return;
    }
    this.#theirsMinor += row.minor ?? 0;
    if (row.kind === 'refund') this.#addRefund(row);
    else this.#addPayment(row);
  }

  finish(): Match {
    for (const held of this.#held.values()) this.#judge(held);
    const oursMinor = this.#givenBackMinor + this.#book.total((place) => this.#inDays(place) || (this.#book.seen(place) > 0 && this.#near(place)));
    for (const missing of this.#book.unseen()) if (this.#inDays(missing.place)) this.#missingThere(missing);
    const { counts, matched, explainedMinor, booked } = this.#differences;
    return { rows: this.#rows, matched, ...counts, theirsMinor: this.#theirsMinor, oursMinor, explainedMinor, differences: this.#differences.kept(), booked };
  }

  #takeIn(fromDay: string, toDay: string): void {
    for (const entry of this.#options.side.entries(fromDay, toDay)) if (entry.currency === this.#options.currency) this.#book.add(entry);
  }

  #inDays(place: number): boolean {
    const at = this.#book.at(place);
    return this.#options.days !== null && at >= this.#options.bounds.from && at < this.#options.bounds.to;
  }

  /** Within the statement's days or the day before or after them: the same row of the other day's statement. */
  #near(place: number): boolean {
    const at = this.#book.at(place);
    return this.#options.days === null || (at >= this.#options.bounds.from - millisecondsOfDay && at < this.#options.bounds.to + millisecondsOfDay);
  }

  // ---- payments and their undoing

  #addPayment(row: StatementRow): void {
    const primary = row[this.#primary];
    const entry = (primary === null ? null : this.#book.payment(primary)) ?? this.#lookUp(row);
    if (entry === null) {
      this.#differ({ kind: 'missingHere', looksLike: 'notInJournal', row, ours: null, fields: this.#strangeTerminal(row), effectMinor: row.minor ?? 0 });
    } else if (row.kind === 'undo' || entry.moved !== 'yes' || this.#book.hasSeveralAttempts(entry.place)) {
      this.#hold(entry, row);
    } else if (this.#book.seen(entry.place) > 0) {
      this.#differ({ kind: 'missingHere', looksLike: 'duplicate', row, ours: this.#oursOf(row), fields: [], effectMinor: row.minor ?? 0 });
    } else {
      this.#compare(entry, row, () => this.#oursOf(row));
    }
  }

  #lookUp(row: StatementRow): BookedEntry | null {
    const order = this.#orderOf(row);
    return order === null ? null : this.#book.entryOf(order.payment);
  }

  #orderOf(row: StatementRow): OurOrder | null {
    for (const reference of [row.attemptRef, row.gatewayRef, row.walletRef]) {
      const order = reference === null ? null : this.#book.order(reference);
      if (order !== null) return order;
    }
    return null;
  }

  #oursOf(row: StatementRow): OurEntry | null {
    return this.#orderOf(row)?.payment ?? null;
  }

  /** A row and the entry that its references name: nothing is left to say but the amount and the day. */
  #compare(entry: BookedEntry, row: StatementRow, ours: () => OurEntry | null): void {
    const signed = row.kind === 'refund' ? -entry.minor : entry.minor;
    this.#book.see(entry.place);
    if (!this.#near(entry.place)) {
      this.#differ({ kind: 'different', looksLike: 'otherDay', row, ours: ours(), fields: row.minor === signed ? ['time'] : ['time', 'amount'], effectMinor: row.minor ?? 0 });
    } else if (row.minor === signed) {
      this.#differences.matched += 1;
    } else {
      this.#differ({ kind: 'different', looksLike: 'otherAmount', row, ours: ours(), fields: ['amount'], effectMinor: (row.minor ?? 0) - signed });
    }
  }

  #hold(entry: BookedEntry, row: StatementRow): void {
    const held = this.#held.get(entry.place);
    if (held !== undefined) held.rows.push(row);
    else this.#held.set(entry.place, { entry, reference: row.attemptRef ?? row.gatewayRef ?? row.walletRef ?? '', rows: [row] });
  }

  #judge({ entry, rows }: Held): void {
    const left = this.#withoutUndone(rows);
    for (const row of left.filter((one) => one.kind === 'undo')) {
      // Undone there: of a payment that stands here, or whose first half is on another statement.
      const standsHere = entry.moved === 'yes';
      this.#differ({ kind: standsHere ? 'different' : 'missingHere', looksLike: standsHere ? 'otherState' : 'otherDay', row, ours: this.#oursOf(row), fields: ['state'], effectMinor: row.minor ?? 0 });
    }
    this.#judgePayments(entry, left.filter((row) => row.kind === 'payment'));
  }

  #judgePayments(entry: BookedEntry, payments: readonly StatementRow[]): void {
    const first = payments[0];
    if (first === undefined) return;
    const order = this.#orderOf(first);
    const ours = order?.payment ?? null;
    const extra = this.#withoutGivenBack(order, entry.moved === 'yes' && this.#book.seen(entry.place) === 0 ? payments.slice(1) : payments);
    if (entry.moved === 'yes' && this.#book.seen(entry.place) === 0) this.#compare(entry, first, () => ours);
    for (const row of extra) this.#differ({ kind: 'missingHere', looksLike: this.#extraLooksLike(entry, row, payments), row, ours, fields: ['state'], effectMinor: row.minor ?? 0 });
    const attempts = new Set(payments.map((row) => row.attemptRef));
    if (ours !== null && extra.length > 0 && (entry.moved !== 'yes' || attempts.size > 1)) this.#differences.book(ours, payments);
  }

  /** A payment of which we know only that it was given back: the statement has both, and so have we. */
  #withoutGivenBack(order: OurOrder | null, payments: readonly StatementRow[]): readonly StatementRow[] {
    const left = [...payments];
    for (const refund of order?.refunds.filter((one) => one.undo && one.moved === 'yes') ?? []) {
      const place = left.findIndex((row) => row.minor === refund.minor);
      if (place < 0) continue;
      left.splice(place, 1);
      this.#givenBackMinor += refund.minor;
      this.#differences.matched += 1;
    }
    return left;
  }

  #extraLooksLike(entry: BookedEntry, row: StatementRow, payments: readonly StatementRow[]): ReconcileRow['looksLike'] {
    if (payments.indexOf(row) > 0 && payments.findIndex((one) => one.attemptRef === row.attemptRef) < payments.indexOf(row)) return 'duplicate';
    return entry.moved === 'open' ? 'openHere' : 'bookedUnderOurNumber';
  }

  /** A payment and its undoing of one attempt, of one amount, on one statement: nothing is left of them, and we say so too. */
  #withoutUndone(rows: readonly StatementRow[]): StatementRow[] {
    const left = [...rows];
    for (const undo of rows.filter((row) => row.kind === 'undo' && row.minor !== null)) {
      const place = left.findIndex((row) => row.kind === 'payment' && row.minor === -(undo.minor ?? 0) && row.attemptRef === undo.attemptRef);
      if (place < 0) continue;
      left.splice(place, 1);
      left.splice(left.indexOf(undo), 1);
      this.#differences.matched += 2;
    }
    return left;
  }

  // ---- refunds

  #addRefund(row: StatementRow): void {
    const number = refundNumbers(row).find((one) => this.#book.refund(one) !== null);
    const known = number === undefined ? null : this.#book.refund(number);
    if (known?.moved === 'yes' && this.#book.seen(known.place) === 0) {
      this.#compare(known, row, () => this.#refundIn(this.#anyOrder(row), row));
      return;
    }
    const order = this.#anyOrder(row);
    const ours = this.#refundIn(order, row);
    if (ours === null) {
      const looksLike = order === null ? 'notInJournal' : 'refundMissing';
      this.#differ({ kind: 'missingHere', looksLike, row, ours: order?.payment ?? null, fields: this.#strangeTerminal(row), effectMinor: row.minor ?? 0 });
      return;
    }
    const entry = this.#book.entryOf(ours);
    if (entry.moved === 'yes' && this.#book.seen(entry.place) === 0) {
      this.#compare(entry, row, () => ours);
      return;
    }
    const looksLike = entry.moved === 'yes' || this.#book.seen(entry.place) > 0 ? 'duplicate' : entry.moved === 'open' ? 'openHere' : 'bookedUnderOurNumber';
    this.#book.see(entry.place);
    if (looksLike !== 'duplicate') this.#differences.book(ours, [row]);
    this.#differ({ kind: 'missingHere', looksLike, row, ours, fields: ['state'], effectMinor: row.minor ?? 0 });
  }

  #anyOrder(row: StatementRow): OurOrder | null {
    return this.#orderOf(row) ?? refundNumbers(row).map((number) => this.#book.order(number)).find((order) => order !== null) ?? null;
  }

  /** By the refund's number; where the row has none that could be ours, by the order and the amount. */
  #refundIn(order: OurOrder | null, row: StatementRow): OurEntry | null {
    if (order === null) return null;
    const numbers = refundNumbers(row);
    const byNumber = order.refunds.find((refund) => refund.references.some((reference) => numbers.includes(reference)));
    if (byNumber !== undefined) return byNumber;
    const telling = row.refundRef !== null && ![row.attemptRef, row.gatewayRef, row.walletRef, ...order.gatewayRefundRefs].includes(row.refundRef);
    if (telling) return null;
    const alike = order.refunds.filter((refund) => refund.minor === -(row.minor ?? 0));
    const unseen = alike.filter((refund) => this.#book.seen(this.#book.entryOf(refund).place) === 0);
    return unseen.find((refund) => refund.moved === 'yes') ?? unseen[0] ?? alike[0] ?? null;
  }

  // ---- what is left

  #missingThere(missing: { readonly kind: OurEntry['kind']; readonly reference: string; readonly place: number; readonly minor: number }): void {
    const order = this.#book.order(missing.reference);
    const ours = missing.kind === 'payment' ? order?.payment : order?.refunds.find((refund) => refund.references.includes(missing.reference));
    const at = this.#book.at(missing.place);
    const { from, to } = this.#options.bounds;
    const atEdge = at < from + edgeMilliseconds || at >= to - edgeMilliseconds;
    const looksLike = atEdge ? 'otherDay' : missing.kind === 'refund' ? 'refundMissing' : 'notOnStatement';
    this.#differ({ kind: 'missingThere', looksLike, row: null, ours: ours ?? null, fields: [], effectMinor: missing.kind === 'refund' ? missing.minor : -missing.minor });
  }

  #strangeTerminal(row: StatementRow): readonly StatementField[] {
    const { terminals } = this.#options;
    return row.terminal !== null && terminals.size > 0 && !terminals.has(row.terminal) ? ['terminal'] : [];
  }

  #differ(found: FoundDifference): void {
    this.#differences.add(found);
  }
}

const currencyNames: Readonly<Record<string, string>> = { RMB: 'CNY', 人民币: 'CNY', '¥': 'CNY', 澳元: 'AUD', 澳币: 'AUD', 美元: 'USD' };

/** The refund's number as it stands, and without the order's number before it: some files join the two. */
function refundNumbers(row: StatementRow): string[] {
  const { refundRef, attemptRef } = row;
  if (refundRef === null) return [];
  return attemptRef !== null && refundRef.startsWith(attemptRef) ? [refundRef, refundRef.slice(attemptRef.length).replace(/^[-_/]/u, '')] : [refundRef];
}
