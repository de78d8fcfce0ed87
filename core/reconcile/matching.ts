/** What matching a row needs, of payments and of refunds alike: our book, the statement's days, and where differences go. */
import type { ReconcileRow, StatementField } from '../contract/types.ts';
import type { Currency } from '../money/currency.ts';
import type { Instant } from '../ports.ts';
import { shiftDay } from '../time/civil-day.ts';
import { Differences, type FoundDifference } from './differences.ts';
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

const millisecondsOfDay = 86_400_000;

/** A payment begun this near to the end of the statement's days may stand on the next statement. */
const edgeMilliseconds = 10 * 60_000;

export class Matching {
  readonly book: OurBook;
  readonly differences: Differences;
  readonly primary: PrimaryReference;
  readonly #options: MatchOptions;

  constructor(options: MatchOptions) {
    this.#options = options;
    this.primary = (['attemptRef', 'gatewayRef', 'walletRef'] as const).find((field) => options.fields.includes(field)) ?? 'attemptRef';
    this.book = new OurBook(options.side, this.primary);
    this.differences = new Differences(options.sink);
    // A day before and after belong to the edges, and one more to shops whose day ends after midnight.
    if (options.days !== null) this.#takeIn(shiftDay(options.days.fromDay, -2), shiftDay(options.days.toDay, 2));
  }

  inDays(place: number): boolean {
    const at = this.book.at(place);
    return this.#options.days !== null && at >= this.#options.bounds.from && at < this.#options.bounds.to;
  }

  /** Within the statement's days or the day before or after them: the same row of the other day's statement. */
  near(place: number): boolean {
    const at = this.book.at(place);
    return this.#options.days === null || (at >= this.#options.bounds.from - millisecondsOfDay && at < this.#options.bounds.to + millisecondsOfDay);
  }

  /** At an end of the statement's days, where the row may be on the neighbouring day's. */
  atEdge(place: number): boolean {
    const at = this.book.at(place);
    const { from, to } = this.#options.bounds;
    return at < from + edgeMilliseconds || at >= to - edgeMilliseconds;
  }

  /** Our order that the row's references name; null where none is ours. */
  orderOf(row: StatementRow): OurOrder | null {
    for (const reference of [row.attemptRef, row.gatewayRef, row.walletRef]) {
      const order = reference === null ? null : this.book.order(reference);
      if (order !== null) return order;
    }
    return null;
  }

  /** A row and the entry that its references name: nothing is left to say but the amount and the day. */
  compare(entry: BookedEntry, row: StatementRow, ours: () => OurEntry | null): void {
    const signed = row.kind === 'refund' ? -entry.minor : entry.minor;
    this.book.see(entry.place);
    if (!this.near(entry.place)) {
      this.differ({ kind: 'different', looksLike: 'otherDay', row, ours: ours(), fields: row.minor === signed ? ['time'] : ['time', 'amount'], effectMinor: row.minor ?? 0 });
    } else if (row.minor === signed) {
      this.differences.matched += 1;
    } else {
      this.differ({ kind: 'different', looksLike: 'otherAmount', row, ours: ours(), fields: ['amount'], effectMinor: (row.minor ?? 0) - signed });
    }
  }

  /** The terminal is a difference where the row names one that isn't this till's. */
  strangeTerminal(row: StatementRow): readonly StatementField[] {
    const { terminals } = this.#options;
    return row.terminal !== null && terminals.size > 0 && !terminals.has(row.terminal) ? ['terminal'] : [];
  }

  differ(found: FoundDifference): void {
    this.differences.add(found);
  }

  #takeIn(fromDay: string, toDay: string): void {
    for (const entry of this.#options.side.entries(fromDay, toDay)) if (entry.currency === this.#options.currency) this.book.add(entry);
  }
}
