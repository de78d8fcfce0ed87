/** Matches a statement's payments and their undoing: by references alone, one row for each payment of ours. */
import type { ReconcileRow } from '../contract/types.ts';
import type { Matching } from './matching.ts';
import type { BookedEntry } from './our-book.ts';
import type { OurEntry, OurOrder } from './our-side.ts';
import type { StatementRow } from './statement.ts';

/** Rows of one payment that can only be judged together: its attempts, or a payment and its undoing. */
interface Held {
  readonly entry: BookedEntry;
  readonly rows: StatementRow[];
}

export class PaymentMatch {
  /** Payments that never counted as sales and were given back: theirs and ours, since the refund is both. */
  givenBackMinor = 0;
  readonly #matching: Matching;
  readonly #held = new Map<number, Held>();

  constructor(matching: Matching) {
    this.#matching = matching;
  }

  add(row: StatementRow): void {
    const primary = row[this.#matching.primary];
    const entry = (primary === null ? null : this.#matching.book.payment(primary)) ?? this.#lookUp(row);
    if (entry === null) {
      this.#matching.differ({ kind: 'missingHere', looksLike: 'notInJournal', row, ours: null, fields: this.#matching.strangeTerminal(row), effectMinor: row.minor ?? 0 });
    } else if (row.kind === 'undo' || entry.moved !== 'yes' || this.#matching.book.hasSeveralAttempts(entry.place)) {
      this.#hold(entry, row);
    } else if (this.#matching.book.seen(entry.place) > 0) {
      this.#matching.differ({ kind: 'missingHere', looksLike: 'duplicate', row, ours: this.#oursOf(row), fields: [], effectMinor: row.minor ?? 0 });
    } else {
      this.#matching.compare(entry, row, () => this.#oursOf(row));
    }
  }

  /** Judges what could only be judged with all rows there. */
  finish(): void {
    for (const held of this.#held.values()) this.#judge(held);
  }

  #lookUp(row: StatementRow): BookedEntry | null {
    const order = this.#matching.orderOf(row);
    return order === null ? null : this.#matching.book.entryOf(order.payment);
  }

  #oursOf(row: StatementRow): OurEntry | null {
    return this.#matching.orderOf(row)?.payment ?? null;
  }

  #hold(entry: BookedEntry, row: StatementRow): void {
    const held = this.#held.get(entry.place);
    if (held !== undefined) held.rows.push(row);
    else this.#held.set(entry.place, { entry, rows: [row] });
  }

  #judge({ entry, rows }: Held): void {
    const left = this.#withoutUndone(rows);
    for (const row of left.filter((one) => one.kind === 'undo')) {
      // Undone there: of a payment that stands here, or whose first half is on another statement.
      const standsHere = entry.moved === 'yes';
      this.#matching.differ({ kind: standsHere ? 'different' : 'missingHere', looksLike: standsHere ? 'otherState' : 'otherDay', row, ours: this.#oursOf(row), fields: ['state'], effectMinor: row.minor ?? 0 });
    }
    this.#judgePayments(entry, left.filter((row) => row.kind === 'payment'));
  }

  #judgePayments(entry: BookedEntry, payments: readonly StatementRow[]): void {
    const first = payments[0];
    if (first === undefined) return;
    const order = this.#matching.orderOf(first);
    const ours = order?.payment ?? null;
    const extra = this.#withoutGivenBack(order, entry.moved === 'yes' && this.#matching.book.seen(entry.place) === 0 ? payments.slice(1) : payments);
    if (entry.moved === 'yes' && this.#matching.book.seen(entry.place) === 0) this.#matching.compare(entry, first, () => ours);
    for (const row of extra) this.#matching.differ({ kind: 'missingHere', looksLike: this.#extraLooksLike(entry, row, payments), row, ours, fields: ['state'], effectMinor: row.minor ?? 0 });
    const attempts = new Set(payments.map((row) => row.attemptRef));
    if (ours !== null && extra.length > 0 && (entry.moved !== 'yes' || attempts.size > 1)) this.#matching.differences.book(ours, payments);
  }

  /** A payment of which we know only that it was given back: the statement has both, and so have we. */
  #withoutGivenBack(order: OurOrder | null, payments: readonly StatementRow[]): readonly StatementRow[] {
    const left = [...payments];
    for (const refund of order?.refunds.filter((one) => one.undo && one.moved === 'yes') ?? []) {
      const place = left.findIndex((row) => row.minor === refund.minor);
      if (place < 0) continue;
      left.splice(place, 1);
      this.givenBackMinor += refund.minor;
      this.#matching.differences.matched += 1;
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
      this.#matching.differences.matched += 2;
    }
    return left;
  }
}
