/** Refund rows under a number that a gateway may give to several refunds of one order, of which one may never have heard it. */
import type { Matching } from './matching.ts';
import type { OurEntry, OurOrder } from './our-side.ts';
import type { StatementRow } from './statement.ts';

interface MatchedRow {
  readonly minor: number | null;
  /** As it stands; null where the row has none. */
  readonly time: string | null;
  readonly ours: OurEntry;
}

export class SharedNumbers {
  readonly #matching: Matching;
  /** By payment and number, only where the order has a refund without one. */
  readonly #matched = new Map<string, MatchedRow[]>();

  constructor(matching: Matching) {
    this.#matching = matching;
  }

  /** `named` are the order's refunds that have the row's number. `atTheEnd` where the statement's other rows decide whose it is. */
  refundIn(order: OurOrder, named: readonly OurEntry[], row: StatementRow): OurEntry | 'atTheEnd' | null {
    const known = this.#likeliest(named.filter((refund) => isAlike(refund, row))) ?? this.#copied(order, row);
    if (known !== null) return this.#noted(order, row, known);
    return this.#unseen(nameless(order)).some((refund) => isAlike(refund, row)) ? 'atTheEnd' : byNumber(named, row);
  }

  /**
   * Now that all rows were seen. One that did go out and has no row yet is the one that this row names, with another amount; else it
   * is the nameless one's whose amount it has. A copy of a row is that row once more, and tells of no second refund.
   */
  refundAtTheEnd(order: OurOrder, named: readonly OurEntry[], row: StatementRow): OurEntry | null {
    const awaited = this.#unseen(named).find((refund) => refund.moved === 'yes' && this.#isNear(refund));
    const ours = this.#copied(order, row) ?? awaited ?? this.#namelessFor(order, row) ?? byNumber(named, row);
    return ours === null ? null : this.#noted(order, row, ours);
  }

  /** A refused one is believed to be done only where it alone can be meant: a person is told so, and its money is held. */
  #namelessFor(order: OurOrder, row: StatementRow): OurEntry | null {
    const alike = this.#unseen(nameless(order)).filter((refund) => isAlike(refund, row));
    const [refused, another] = alike.filter((refund) => isRefused(refund) && this.#isNear(refund));
    return this.#likeliest(alike.filter(({ moved }) => moved !== 'no')) ?? (another === undefined ? refused : undefined) ?? null;
  }

  /** The refund of a row that this one repeats: the same money at the same time, or at a time that one of them doesn't tell. */
  #copied(order: OurOrder, row: StatementRow): OurEntry | null {
    const time = timeOf(row);
    const same = this.#matched.get(keyOf(order, row))?.find((one) => one.minor === row.minor && (one.time === null || time === null || one.time === time));
    return same?.ours ?? null;
  }

  #noted(order: OurOrder, row: StatementRow, ours: OurEntry): OurEntry {
    if (nameless(order).length === 0) return ours;
    const key = keyOf(order, row);
    this.#matched.set(key, [...(this.#matched.get(key) ?? []), { minor: row.minor, time: timeOf(row), ours }]);
    return ours;
  }

  #likeliest(refunds: readonly OurEntry[]): OurEntry | null {
    const unseen = this.#unseen(refunds);
    return unseen.find((refund) => refund.moved === 'yes') ?? unseen[0] ?? null;
  }

  #unseen(refunds: readonly OurEntry[]): readonly OurEntry[] {
    return refunds.filter((refund) => this.#matching.book.seen(this.#matching.book.entryOf(refund).place) === 0);
  }

  #isNear(refund: OurEntry): boolean {
    return this.#matching.near(this.#matching.book.entryOf(refund).place);
  }
}

/** Refunds whose answer was lost, with the number in it. */
function nameless(order: OurOrder): readonly OurEntry[] {
  return order.refunds.filter((refund) => refund.gatewayRefs.length === 0);
}

/** What was given back in cash, or elsewhere, moved nothing there, and did not fail either. */
function isRefused({ moved, state }: OurEntry): boolean {
  return moved === 'no' && state !== 'refunded';
}

function isAlike(refund: OurEntry, row: StatementRow): boolean {
  return refund.minor === -(row.minor ?? 0);
}

function byNumber(named: readonly OurEntry[], row: StatementRow): OurEntry | null {
  return (named.length === 1 ? named[0] : named.find((refund) => isAlike(refund, row))) ?? null;
}

function timeOf({ cells }: StatementRow): string | null {
  return cells.time === undefined || cells.time === '' ? null : cells.time;
}

function keyOf({ payment }: OurOrder, { refundRef }: StatementRow): string {
  return `${payment.paymentId} ${refundRef ?? ''}`;
}
