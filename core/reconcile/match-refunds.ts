/** Matches a statement's refunds: by their own number, else by their order and amount. */
import type { Matching } from './matching.ts';
import type { OurEntry, OurOrder } from './our-side.ts';
import type { StatementRow } from './statement.ts';

export class RefundMatch {
  readonly #matching: Matching;

  constructor(matching: Matching) {
    this.#matching = matching;
  }

  add(row: StatementRow): void {
    const number = refundNumbers(row).find((one) => this.#matching.book.refund(one) !== null);
    const known = number === undefined ? null : this.#matching.book.refund(number);
    if (known?.moved === 'yes' && this.#matching.book.seen(known.place) === 0) {
      this.#matching.compare(known, row, () => this.#refundIn(this.#anyOrder(row), row));
      return;
    }
    const order = this.#anyOrder(row);
    const ours = this.#refundIn(order, row);
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
    return withNumber(order, refundNumbers(row)).length === 0;
  }

  #anyOrder(row: StatementRow): OurOrder | null {
    return this.#matching.orderOf(row) ?? refundNumbers(row).map((number) => this.#matching.book.order(number)).find((order) => order !== null) ?? null;
  }

  /** By the refund's number; where the row has none that could be ours, by the order and the amount. */
  #refundIn(order: OurOrder | null, row: StatementRow): OurEntry | null {
    if (order === null) return null;
    const numbered = withNumber(order, refundNumbers(row));
    if (numbered.length === 1) return numbered[0] ?? null;
    const telling = numbered.length === 0 && row.refundRef !== null && ![row.attemptRef, row.gatewayRef, row.walletRef].includes(row.refundRef);
    if (telling) return null;
    const alike = (numbered.length === 0 ? order.refunds : numbered).filter((refund) => refund.minor === -(row.minor ?? 0));
    const unseen = alike.filter((refund) => this.#matching.book.seen(this.#matching.book.entryOf(refund).place) === 0);
    return unseen.find((refund) => refund.moved === 'yes') ?? unseen[0] ?? alike[0] ?? null;
  }
}

/** The refunds that have one of these numbers, ours or the gateway's. A gateway may give several of one order the same. */
function withNumber(order: OurOrder, numbers: readonly string[]): readonly OurEntry[] {
  const ours = order.refunds.filter((refund) => refund.references.some((reference) => numbers.includes(reference)));
  return ours.length > 0 ? ours : order.refunds.filter((refund) => refund.gatewayRefs.some((reference) => numbers.includes(reference)));
}

/** The refund's number as it stands, and without the order's number before it: some files join the two. */
function refundNumbers(row: StatementRow): string[] {
  const { refundRef, attemptRef } = row;
  if (refundRef === null) return [];
  return attemptRef !== null && refundRef.startsWith(attemptRef) ? [refundRef, refundRef.slice(attemptRef.length).replace(/^[-_/]/u, '')] : [refundRef];
}
