/** Our entries of a statement's days, packed so that a million fit beside the statement, and what was seen of them. */
import type { StatementField } from '../contract/types.ts';
import type { OurEntry, OurOrder, OurSide } from './our-side.ts';

/** By which reference payments are found without asking the journal for each. */
export type PrimaryReference = Extract<StatementField, 'attemptRef' | 'gatewayRef' | 'walletRef'>;

const movedCodes = { no: 0, open: 1, yes: 2 } as const;
const movedNames = ['no', 'open', 'yes'] as const;

/** An entry as the book keeps it. */
export interface BookedEntry {
  readonly place: number;
  readonly minor: number;
  readonly moved: OurEntry['moved'];
}

/** Payments by their primary reference, refunds by their number. */
export class OurBook {
  readonly #payments = new Map<string, number>();
  readonly #refunds = new Map<string, number>();
  readonly #minor: number[] = [];
  readonly #at: number[] = [];
  readonly #moved: number[] = [];
  /** How many rows of the statement were matched with the entry. */
  readonly #seen: number[] = [];
  /** Payments with more than one attempt: which of them is paid shows only when all rows are there. */
  readonly #several = new Set<number>();
  readonly #side: OurSide;
  readonly #primary: PrimaryReference;

  constructor(side: OurSide, primary: PrimaryReference) {
    this.#side = side;
    this.#primary = primary;
  }

  /** Takes an entry in; one that is there already stays as it is. Its place. */
  add(entry: OurEntry): number {
    const index = entry.kind === 'payment' ? this.#payments : this.#refunds;
    const keys = this.#keysOf(entry);
    const known = keys.map((key) => index.get(key)).find((place) => place !== undefined);
    if (known !== undefined) return known;
    const place = this.#minor.length;
    this.#minor.push(entry.minor);
    this.#at.push(entry.at);
    this.#moved.push(movedCodes[entry.moved]);
    this.#seen.push(0);
    for (const key of keys) index.set(key, place);
    if (entry.kind === 'payment' && entry.references.length > 1) this.#several.add(place);
    return place;
  }

  /** The payment with this primary reference, among the entries taken in. */
  payment(reference: string): BookedEntry | null {
    return this.#entry(this.#payments.get(reference));
  }

  refund(refundRef: string): BookedEntry | null {
    return this.#entry(this.#refunds.get(refundRef));
  }

  /** The order of any reference, from the journal; its entries are taken in. */
  order(reference: string): OurOrder | null {
    const order = this.#side.order(reference);
    if (order !== null) for (const entry of [order.payment, ...order.refunds]) this.add(entry);
    return order;
  }

  entryOf(entry: OurEntry): BookedEntry {
    const booked = this.#entry(this.add(entry));
    if (booked === null) throw new Error('an entry that was just taken in is missing');
    return booked;
  }

  hasSeveralAttempts(place: number): boolean {
    return this.#several.has(place);
  }

  /** The sum of what moved among the entries that `counts`; refunds take away. */
  total(counts: (place: number) => boolean): number {
    const refunds = new Set(this.#refunds.values());
    return this.#minor.reduce((sum, minor, place) => (this.#moved[place] === movedCodes.yes && counts(place) ? sum + (refunds.has(place) ? -minor : minor) : sum), 0);
  }

  at(place: number): number {
    return this.#at[place] ?? 0;
  }

  seen(place: number): number {
    return this.#seen[place] ?? 0;
  }

  see(place: number): void {
    this.#seen[place] = this.seen(place) + 1;
  }

  /** Entries whose money moved and that no row was matched with. Each once, with a reference by which the journal finds it. */
  *unseen(): Iterable<{ readonly kind: OurEntry['kind']; readonly reference: string; readonly place: number; readonly minor: number }> {
    const given = new Set<number>();
    for (const [kind, index] of [['payment', this.#payments], ['refund', this.#refunds]] as const) {
      for (const [reference, place] of index) {
        if (this.#moved[place] !== movedCodes.yes || this.seen(place) > 0 || given.has(place)) continue;
        given.add(place);
        yield { kind, reference, place, minor: this.#minor[place] ?? 0 };
      }
    }
  }

  #entry(place: number | undefined): BookedEntry | null {
    return place === undefined ? null : { place, minor: this.#minor[place] ?? 0, moved: movedNames[this.#moved[place] ?? 0] ?? 'no' };
  }

  #keysOf(entry: OurEntry): readonly string[] {
    if (entry.kind === 'refund') return entry.references;
    const chosen = this.#primary === 'attemptRef' ? entry.references : this.#primary === 'gatewayRef' ? entry.gatewayRefs : entry.walletRefs;
    // The short number is no reference of a gateway; it only keeps an entry without one from being forgotten.
    return chosen.length > 0 ? chosen : entry.references.length > 0 ? entry.references : [entry.number];
  }
}
