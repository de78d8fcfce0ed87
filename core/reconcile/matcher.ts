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
  /**
   * Whether it is surely of our merchant and has all that went through there in its days by the gateway's own word, with no
   * refund of ours that isn't final. Only then can a restored journal go by what is not on it (CASES 29).
   */
  readonly showsAll: boolean;
}

export class Matcher {
  readonly #options: MatchOptions;
  readonly #matching: Matching;
  readonly #payments: PaymentMatch;
  readonly #refunds: RefundMatch;
  #rows = 0;
  #theirsMinor = 0;
  #refundRows = 0;
  #refundsPending = 0;

  constructor(options: MatchOptions) {
    this.#options = options;
    this.#matching = new Matching(options);
    this.#payments = new PaymentMatch(this.#matching);
    this.#refunds = new RefundMatch(this.#matching);
  }

  /** Rows that aren't final, and such that are no payments (fees, payouts), are passed over. */
  add(row: StatementRow): void {
    if (row.kind === 'refund' && row.outcome === 'pending' && this.#refunds.isMissing(row)) this.#refundsPending += 1;
    if (row.kind === 'other' || row.outcome !== 'done') return;
    this.#rows += 1;
    const currency = row.currency === null ? this.#options.currency : currencyNames[row.currency] ?? row.currency;
    if (currency !== this.#options.currency) {
      // Currencies are never added up: it is listed, and changes no sum.
      this.#matching.differ({ kind: 'missingHere', looksLike: 'notInJournal', row, ours: null, fields: ['currency'], effectMinor: 0 });
      return;
    }
    this.#theirsMinor += row.minor ?? 0;
    if (row.kind === 'refund') {
      this.#refundRows += 1;
      this.#refunds.add(row);
    } else this.#payments.add(row);
  }

  finish(): Match {
    this.#refunds.finish();
    this.#payments.finish();
    const { book, differences } = this.#matching;
    const oursMinor = this.#payments.givenBackMinor + book.total((place) => this.#matching.inDays(place) || (book.seen(place) > 0 && this.#matching.near(place)));
    const certain = { payment: 0, refund: 0 };
    for (const missing of book.unseen()) if (this.#matching.inDays(missing.place)) certain[missing.kind] += this.#missingThere(missing) ? 1 : 0;
    const { counts, matched, explainedMinor, booked, refundsMissing } = differences;
    return { rows: this.#rows, matched, ...counts, theirsMinor: this.#theirsMinor, oursMinor, explainedMinor, differences: differences.kept(), booked, refundsMissing, showsAll: this.#showsAll(certain) };
  }

  #showsAll(missing: Readonly<Record<OurEntry['kind'], number>>): boolean {
    const { counts, matched, booked, refundsMissing } = this.#matching.differences;
    if (missing.payment > 0 || this.#refundsPending > 0) return false;
    // A file without any refund may be one that leaves them out. One that has some lacks those that other days' statements have.
    if (missing.refund > 0 && this.#refundRows === 0) return false;
    const hasOurs = matched + counts.different + booked.length + refundsMissing.length > 0;
    // Without a row of ours it may be anybody's, unless none can be expected.
    return hasOurs || !this.#options.side.hasSold();
  }

  /** True where it should have been there: by the gateway's own word, and not so near to the days' ends that another day's statement may have it. */
  #missingThere(missing: { readonly kind: OurEntry['kind']; readonly reference: string; readonly place: number; readonly minor: number }): boolean {
    const order = this.#matching.book.order(missing.reference);
    const ours = missing.kind === 'payment' ? order?.payment : order?.refunds.find((refund) => refund.references.includes(missing.reference));
    const looksLike = this.#matching.atEdge(missing.place) ? 'otherDay' : missing.kind === 'refund' ? 'refundMissing' : 'notOnStatement';
    this.#matching.differ({ kind: 'missingThere', looksLike, row: null, ours: ours ?? null, fields: [], effectMinor: missing.kind === 'refund' ? missing.minor : -missing.minor });
    return looksLike !== 'otherDay' && (ours?.state === 'paid' || ours?.state === 'refunded');
  }
}

const currencyNames: Readonly<Record<string, string>> = { RMB: 'CNY', 人民币: 'CNY', '¥': 'CNY', 澳元: 'AUD', 澳币: 'AUD', 美元: 'USD' };
