/** The rules about codes that customers scan: offered only while they can be paid, quiet while nobody paid, loud once somebody did. */
import type { OpenPayments, PaymentView } from '../../core/contract/types.ts';
import type { Findings } from '../findings.ts';
import type { Order } from '../gateways/books.ts';
import { lastWordOf, type SeenAttempt } from './seen.ts';

/** Reasons of a review that a code has which nobody paid and nobody could close: they make it nobody's matter (CASES 27). */
const unpaidReasons: ReadonlySet<string | null> = new Set(['cannotUndo', 'reversalFailed', 'dayIsOver', 'codeNotClosed']);

export class ShownRules {
  readonly #findings: Findings;
  readonly #order: (reference: string) => Order | undefined;

  constructor(findings: Findings, order: (reference: string) => Order | undefined) {
    this.#findings = findings;
    this.#order = order;
  }

  /** What a screen is told of an attempt. */
  told(view: PaymentView, attempt: SeenAttempt): void {
    attempt.toldCode = view.shownCode?.qr ?? null;
    attempt.toldQuiet = view.quiet;
    if (view.direction !== attempt.direction) this.#findings.broken('shown codes', attempt.reference, `told ${view.direction}, the journal has ${attempt.direction}`);
    if (view.shownCode !== null) this.#offered(view, attempt);
    if (attempt.direction === 'show') this.#loudness(view, attempt);
    else if (view.quiet) this.#findings.broken('CASES 27: quiet', attempt.reference, 'a scanned code is called quiet');
  }

  /** The lists at the end: whatever the gateway has called paid is among those that somebody looks at. */
  listed(lists: OpenPayments, attempts: Iterable<SeenAttempt>): void {
    const quiet = new Set(lists.quiet.map(({ paymentId }) => paymentId));
    const open = new Set(lists.open.map(({ paymentId }) => paymentId));
    for (const attempt of attempts) {
      if (attempt.state !== 'review') continue;
      if (!quiet.has(attempt.paymentId) && !open.has(attempt.paymentId)) this.#findings.broken('CASES 27: quiet', attempt.reference, 'a review is in no list');
      if (attempt.heard.has('paid') && lastWordOf(attempt) === 'paid' && !open.has(attempt.paymentId)) this.#findings.broken('CASES 27: quiet', attempt.reference, 'it was paid, and stands among what nobody looks at');
    }
  }

  #offered(view: PaymentView, attempt: SeenAttempt): void {
    attempt.wasOffered = true;
    const { state, reference, acts } = attempt;
    if (state !== 'waitingForPayer' || acts.has('gaveUp')) this.#findings.broken('shown codes', reference, `its code is offered while it is ${state}${acts.has('gaveUp') ? ', given up' : ''}`);
    const order = this.#order(reference);
    if (order === undefined || order.direction !== 'show' || order.code !== view.shownCode?.qr) this.#findings.broken('shown codes', reference, 'the code on the screen is not its order’s');
  }

  #loudness(view: PaymentView, attempt: SeenAttempt): void {
    if (view.quiet && view.open) this.#findings.broken('CASES 27: quiet', attempt.reference, 'it is quiet, and counted in the chip');
    if (view.quiet && attempt.heard.has('paid')) this.#findings.broken('CASES 27: quiet', attempt.reference, 'the gateway has said paid, and nobody is called');
    if (view.quiet && attempt.isBeingPaid) this.#findings.broken('CASES 27: quiet', attempt.reference, 'somebody is paying it right now, and nobody is called');
    if (view.state === 'review' && !view.quiet && unpaidReasons.has(view.reviewReason) && attempt.lastHeard === 'waiting') this.#findings.broken('CASES 27: quiet', attempt.reference, `nobody paid it, and it is a loud review: ${String(view.reviewReason)}`);
  }
}
