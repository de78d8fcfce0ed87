/**
 * Matches a statement against the journal, row by row: by references, then by amount, never by amount alone. Nothing is
 * changed by it. Sums are kept apart from the differences, so that what isn't explained shows.
 */
import type { ReconcileResult } from '../contract/types.ts';
import type { FoundRefund } from '../refund/desk.ts';
import type { BookedThere } from './differences.ts';
import { PaymentMatch } from './match-payments.ts';
import { RefundMatch } from './match-refunds.ts';
import { Matching, type MatchOptions } from './matching.ts';
import type { OurEntry } from './our-side.ts';
import type { StatementRow } from './statement.ts';

/** What a match found; `differences` are the first thousand, the options' sink has all. */
export interface Match extends Omit<ReconcileResult, 'gateway' | 'path' | 'currency' | 'fromDay' | 'toDay' | 'unexplainedMinor'> {
  readonly booked: readonly BookedThere[];
  /** Refunds of our payments that the journal lacks, every one of them. */
  readonly refundsMissing: readonly FoundRefund[];
}

export class Matcher {
  readonly #options: MatchOptions;
  readonly #matching: Matching;
  readonly #payments: PaymentMatch;
  readonly #refunds: RefundMatch;
  #rows = 0;
  #theirsMinor = 0;

  constructor(options: MatchOptions) {
    this.#options = options;
    this.#matching = new Matching(options);
    this.#payments = new PaymentMatch(this.#matching);
    this.#refunds = new RefundMatch(this.#matching);
  }

  /** Rows that aren't final, and such that are no payments (fees, payouts), are passed over. */
  add(row: StatementRow): void {
    if (row.kind === 'other' || row.outcome !== 'done') return;
    this.#rows += 1;
    const currency = row.currency === null ? this.#options.currency : currencyNames[row.currency] ?? row.currency;
    if (currency !== this.#options.currency) {
      // Currencies are never added up: it is listed, and changes no sum.
      this.#matching.differ({ kind: 'missingHere', looksLike: 'notInJournal', row, ours: null, fields: ['currency'], effectMinor: 0 });
      return;
    }
    this.#theirsMinor += row.minor ?? 0;
    if (row.kind === 'refund') this.#refunds.add(row);
    else this.#payments.add(row);
  }

  finish(): Match {
    this.#payments.finish();
    const { book, differences } = this.#matching;
    const oursMinor = this.#payments.givenBackMinor + book.total((place) => this.#matching.inDays(place) || (book.seen(place) > 0 && this.#matching.near(place)));
    for (const missing of book.unseen()) if (this.#matching.inDays(missing.place)) this.#missingThere(missing);
    const { counts, matched, explainedMinor, booked, refundsMissing } = differences;
    return { rows: this.#rows, matched, ...counts, theirsMinor: this.#theirsMinor, oursMinor, explainedMinor, differences: differences.kept(), booked, refundsMissing };
  }

  #missingThere(missing: { readonly kind: OurEntry['kind']; readonly reference: string; readonly place: number; readonly minor: number }): void {
    const order = this.#matching.book.order(missing.reference);
    const ours = missing.kind === 'payment' ? order?.payment : order?.refunds.find((refund) => refund.references.includes(missing.reference));
    const looksLike = this.#matching.atEdge(missing.place) ? 'otherDay' : missing.kind === 'refund' ? 'refundMissing' : 'notOnStatement';
    this.#matching.differ({ kind: 'missingThere', looksLike, row: null, ours: ours ?? null, fields: [], effectMinor: missing.kind === 'refund' ? missing.minor : -missing.minor });
  }
}

const currencyNames: Readonly<Record<string, string>> = { RMB: 'CNY', 人民币: 'CNY', '¥': 'CNY', 澳元: 'AUD', 澳币: 'AUD', 美元: 'USD' };
