/** Collects what a match finds: counts, sums that must explain each other, and the rows that differ. */
import type { DifferenceKind, ReconcileRow, StatementField } from '../contract/types.ts';
import type { FoundRefund } from '../refund/desk.ts';
import type { OurEntry } from './our-side.ts';
import type { StatementRow } from './statement.ts';

export interface FoundDifference {
  readonly kind: DifferenceKind;
  readonly looksLike: ReconcileRow['looksLike'];
  readonly row: StatementRow | null;
  readonly ours: OurEntry | null;
  readonly fields: readonly StatementField[];
  /** Theirs minus ours, minor units. */
  readonly effectMinor: number;
}

/** A payment or refund of ours that the statement books as done while the journal doesn't: a review at once. */
export interface BookedThere {
  readonly paymentId: string;
  /** The attempts that the rows name; all of the payment's where a row names none. Those that the journal has as paid are to be passed over. */
  readonly attemptRefs: readonly string[];
  /** Null where it is about the payment. */
  readonly refundRef: string | null;
}

/** As many rows of each kind are kept for the screen; the sink gets all. */
const keptOfEachKind = 1000;

export class Differences {
  readonly booked: BookedThere[] = [];
  /** Refunds of our payments that the journal lacks: all of them, since a restored journal must hold each (CASES 29). */
  readonly refundsMissing: FoundRefund[] = [];
  readonly counts: Record<DifferenceKind, number> = { missingHere: 0, missingThere: 0, different: 0 };
  matched = 0;
  explainedMinor = 0;
  readonly #kept: Record<DifferenceKind, ReconcileRow[]> = { different: [], missingHere: [], missingThere: [] };
  readonly #sink: (row: ReconcileRow) => void;
  #index = 0;

  /** `sink` gets every row that differs, in the order in which it is found. */
  constructor(sink: (row: ReconcileRow) => void) {
    this.#sink = sink;
  }

  add(found: FoundDifference): void {
    this.#index += 1;
    const { kind, looksLike, row, ours, fields, effectMinor } = found;
    const difference: ReconcileRow = { index: this.#index, kind, theirs: row?.cells ?? null, ours: ours === null ? null : shown(ours), fields, effectMinor, looksLike, note: null };
    this.counts[kind] += 1;
    this.explainedMinor += effectMinor;
    if (this.#kept[kind].length < keptOfEachKind) this.#kept[kind].push(difference);
    if (kind === 'missingHere' && looksLike === 'refundMissing' && row !== null && ours !== null) this.refundsMissing.push({ paymentId: ours.paymentId, minor: Math.abs(effectMinor), reference: refundReference(row) });
    this.#sink(difference);
  }

  book(ours: OurEntry, rows: readonly StatementRow[]): void {
    if (ours.kind === 'refund') {
      this.booked.push({ paymentId: ours.paymentId, attemptRefs: [], refundRef: ours.references[0] ?? null });
      return;
    }
    const named = [...new Set(rows.flatMap((row) => row.attemptRef ?? []))].filter((reference) => ours.references.includes(reference));
    this.booked.push({ paymentId: ours.paymentId, attemptRefs: named.length > 0 ? named : ours.references, refundRef: null });
  }

  /** The rows to show: what differs, then what is missing here, then there; at most a thousand. */
  kept(): readonly ReconcileRow[] {
    return [...this.#kept.different, ...this.#kept.missingHere, ...this.#kept.missingThere].slice(0, keptOfEachKind);
  }
}

function shown(ours: OurEntry): NonNullable<ReconcileRow['ours']> {
  return {
    paymentId: ours.paymentId, number: ours.number, reference: ours.references.at(-1) ?? ours.number, gatewayRef: ours.gatewayRefs.at(-1) ?? null,
    amount: { minor: ours.kind === 'refund' ? -ours.minor : ours.minor, currency: ours.currency }, state: ours.state, at: ours.at,
  };
}

/** The refund's number there; of a row without one, what tells it from the order's other refunds. */
function refundReference({ cells }: StatementRow): string {
  return cells.refundRef ?? `${cells.attemptRef ?? ''} ${cells.gatewayRef ?? ''} ${cells.time ?? ''}`;
}
