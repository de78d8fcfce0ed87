/** Matches a statement's refunds: by their own number, else by their order and amount. */
import type { Matching } from './matching.ts';
import type { OurEntry, OurOrder } from './our-side.ts';
import { SharedNumbers } from './shared-numbers.ts';
import type { StatementRow } from './statement.ts';

export class RefundMatch {
  readonly #matching: Matching;
  readonly #shared: SharedNumbers;
  /** Rows of which the statement's other rows decide whose they are. */
  readonly #atTheEnd: StatementRow[] = [];

  constructor(matching: Matching) {
    this.#matching = matching;
    this.#shared = new SharedNumbers(matching);
  }

  add(row: StatementRow): void {
    const number = refundNumbers(row).find((one) => this.#matching.book.refund(one) !== null);
    const known = number === undefined ? null : this.#matching.book.refund(number);
    if (known?.moved === 'yes' && this.#matching.book.seen(known.place) === 0) {
      this.#matching.compare(known, row, () => withOurNumber(this.#anyOrder(row), refundNumbers(row)));
      return;
    }
    const order = this.#anyOrder(row);
    const ours = this.#refundIn(order, row);
    if (ours === 'atTheEnd') this.#atTheEnd.push(row);
    else this.#enter(order, row, ours);
  }

  /** To be called once, when every row was added. */
  finish(): void {
    for (const row of this.#atTheEnd) {
      const order = this.#anyOrder(row);
      this.#enter(order, row, order === null ? null : this.#shared.refundAtTheEnd(order, withTheirNumber(order, refundNumbers(row)), row));
    }
  }

  #enter(order: OurOrder | null, row: StatementRow, ours: OurEntry | null): void {
    if (ours === null) {
      const looksLike = order === null ? 'notInJournal' : 'refundMissing';
      this.#matching.differ({ kind: 'missingHere', looksLike, row, ours: order?.payment ?? null, fields: this.#matching.strangeTerminal(row), effectMinor: row.minor ?? 0 });
      return;
    }
    const entry = this.#matching.book.entryOf(ours);
    if (entry.moved === 'yes' && this.#matching.book.seen(entry.place) === 0) {
      this.#matching.compare(entry, row, () => ours);
      return;
    }
    const looksLike = entry.moved === 'yes' || this.#matching.book.seen(entry.place) > 0 ? 'duplicate' : entry.moved === 'open' ? 'openHere' : 'bookedUnderOurNumber';
    this.#matching.book.see(entry.place);
    if (looksLike !== 'duplicate') this.#matching.differences.book(ours, [row]);
    this.#matching.differ({ kind: 'missingHere', looksLike, row, ours, fields: ['state'], effectMinor: row.minor ?? 0 });
  }

  /** A refund of an order of ours, and the journal has none under its number. */
  isMissing(row: StatementRow): boolean {
    const order = this.#anyOrder(row);
    if (order === null) return false;
    const numbers = refundNumbers(row);
    return withOurNumber(order, numbers) === null && withTheirNumber(order, numbers).length === 0;
  }

  #anyOrder(row: StatementRow): OurOrder | null {
    return this.#matching.orderOf(row) ?? refundNumbers(row).map((number) => this.#matching.book.order(number)).find((order) => order !== null) ?? null;
  }

  /** By the refund's number; where the row has none that could be ours, by the order and the amount. */
  #refundIn(order: OurOrder | null, row: StatementRow): OurEntry | 'atTheEnd' | null {
    if (order === null) return null;
    const numbers = refundNumbers(row);
    const ours = withOurNumber(order, numbers);
    if (ours !== null) return ours;
    const named = withTheirNumber(order, numbers);
    if (named.length > 0) return this.#shared.refundIn(order, named, row);
    const telling = row.refundRef !== null && ![row.attemptRef, row.gatewayRef, row.walletRef].includes(row.refundRef);
    if (telling) return null;
    const alike = order.refunds.filter((refund) => refund.minor === -(row.minor ?? 0));
    return this.#unseenOf(alike) ?? alike[0] ?? null;
  }

  #unseenOf(refunds: readonly OurEntry[]): OurEntry | null {
    const unseen = refunds.filter((refund) => this.#matching.book.seen(this.#matching.book.entryOf(refund).place) === 0);
    return unseen.find((refund) => refund.moved === 'yes') ?? unseen[0] ?? null;
  }
}

function withOurNumber(order: OurOrder | null, numbers: readonly string[]): OurEntry | null {
  return order?.refunds.find((refund) => refund.references.some((reference) => numbers.includes(reference))) ?? null;
}

/** A gateway may give several refunds of one order the same number. */
function withTheirNumber(order: OurOrder, numbers: readonly string[]): readonly OurEntry[] {
  return order.refunds.filter((refund) => refund.gatewayRefs.some((reference) => numbers.includes(reference)));
}

/** The refund's number as it stands, and without the order's number before it: some files join the two. */
function refundNumbers(row: StatementRow): string[] {
  const { refundRef, attemptRef } = row;
  if (refundRef === null) return [];
  return attemptRef !== null && refundRef.startsWith(attemptRef) ? [refundRef, refundRef.slice(attemptRef.length).replace(/^[-_/]/u, '')] : [refundRef];
}
