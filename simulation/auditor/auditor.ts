/** The auditor: hears everything that can be seen from outside, keeps its own account of it, and names every broken rule. */
import type { Assurance, PaymentView, PayReply, PayRequest, TillCallName, TillCalls } from '../../core/contract/types.ts';
import type { JournalRow } from '../../core/journal/storage.ts';
import type { ReceiptDocument } from '../../core/receipt/document.ts';
import type { Findings } from '../findings.ts';
import type { Books } from '../gateways/books.ts';
import type { Transmission, WireObserver } from '../observations.ts';
import type { ToldObserver } from '../screen.ts';
import { Mirror, openStates, type PrintRow, type SeenAttempt } from './mirror.ts';
import { OutcomeRules } from './outcome-rules.ts';
import { SecretRules } from './secret-rules.ts';
import { WireRules } from './wire-rules.ts';

export interface AuditorOptions {
  readonly findings: Findings;
  readonly now: () => number;
  readonly books: readonly Books[];
  readonly secrets: readonly string[];
  readonly isCode: (digits: string) => boolean;
}

/** Selling begins when all were asked, or their answers' time is up (CASES 26); timers may be a little late. */
const startMostMilliseconds = 15_500;

const reviewAskedMilliseconds = 62 * 60_000;

export class Auditor implements WireObserver, ToldObserver {
  readonly mirror: Mirror;
  readonly #options: AuditorOptions;
  readonly #wire: WireRules;
  readonly #outcomes: OutcomeRules;
  readonly #secrets: SecretRules;
  readonly #assurances = new Map<string, readonly Assurance[]>();
  readonly #paymentOfCommand = new Map<string, string>();
  readonly #receipts = new Map<string, number>();
  readonly #queued = new Map<string, number>();
  #shown = 0;

  constructor(options: AuditorOptions) {
    this.#options = options;
    this.mirror = new Mirror(options.now, {
      moved: (attempt, before, row) => this.#moved(attempt, before, row),
      printed: (paymentId, row) => this.#printRow(paymentId, row),
    });
    this.#wire = new WireRules(this.mirror, options.findings, (commandId) => this.#assurances.get(commandId ?? '') ?? []);
    this.#outcomes = new OutcomeRules(options.findings, options.now);
    this.#secrets = new SecretRules(options.findings, options.secrets, options.isCode);
  }

  // ---- the process

  processStarted(number: number): void {
    this.#wire.processStarted(number, this.#options.now());
    this.#waitAnew();
  }

  startEnded(startedAt: number): void {
    const took = this.#options.now() - startedAt;
    if (took > startMostMilliseconds) this.#options.findings.broken('CASES 26: start', `start at ${startedAt}`, `it took ${took} ms`);
  }

  threw(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#options.findings.broken('engine threw', text.split('\n')[0] ?? '', text);
  }

  misread(what: string): void {
    this.#options.findings.broken('wire format', what, 'the gateway cannot take such a request');
  }

  logged(text: string): void {
    this.#secrets.check('the log', text);
  }

  /** At quiet moments: nothing hangs that no row moves any more. */
  lookForHanging(): void {
    for (const attempt of this.mirror.open) if (attempt.state !== 'review') this.#outcomes.checkHanging(attempt);
  }

  /** CASES 16: a review goes on being asked, every hour at least, where the gateway can be asked by our number. */
  checkReviews(): void {
    for (const attempt of this.mirror.open) {
      if (attempt.state !== 'review' || attempt.gateway !== 'shouqianba' || !this.#wire.isOwn(attempt)) continue;
      const last = Math.max(attempt.openSince, attempt.transmissions.at(-1)?.sentAt ?? 0);
      if (this.#options.now() - last > reviewAskedMilliseconds) this.#options.findings.broken('CASES 16: asking goes on', attempt.reference, `not asked for ${Math.round((this.#options.now() - last) / 60_000)} minutes`);
    }
  }

  // ---- the journal

  stored(row: JournalRow): void {
    this.#secrets.check('the journal', row.payload);
    this.mirror.stored(row);
  }

  #moved(attempt: SeenAttempt, before: string | null, row: JournalRow): void {
    this.#options.findings.note(() => `journal ${row.sequence} ${attempt.reference} ${row.type}: ${before ?? 'new'} -> ${attempt.state}${attempt.announced.call === null ? '' : `, sends ${attempt.announced.call}`}`);
    this.#outcomes.moved(attempt, before);
  }

  #printRow(paymentId: string, row: PrintRow): void {
    this.#options.findings.note(() => `journal ${paymentId} ${row.type} ${row.jobId} ${row.how ?? ''}`);
    if (row.type !== 'printQueued' || row.kind !== 'receipt') return;
    this.#queued.set(paymentId, (this.#queued.get(paymentId) ?? 0) + 1);
    if (this.mirror.verdict(paymentId) !== 'paid') this.#options.findings.broken('money 8: one receipt', paymentId, 'a receipt was queued for what is not paid');
  }

  // ---- the wire

  sending(sent: Transmission): void {
    this.#options.findings.note(() => `process ${sent.process} sends ${sent.call} ${sent.number} of ${String(sent.reference)} to ${sent.gateway}`);
    if (sent.call === 'other') this.misread(`${sent.gateway}: a call that nobody knows`);
    else this.#wire.sending(sent);
  }

  ended(sent: Transmission): void {
    this.#options.findings.note(() => `${sent.call} ${sent.number} of ${String(sent.reference)} ended: ${String(sent.end)} ${sent.word ?? ''}`);
  }

  // ---- people

  asking<Name extends TillCallName>(name: Name, request: TillCalls[Name][0]): void {
    this.#options.findings.note(() => `cashier: ${name} ${JSON.stringify(request)}`);
    if (name === 'pay') {
      const { commandId, assurances } = request as PayRequest;
      this.#assurances.set(commandId, assurances ?? []);
    }
    if (name === 'retryJournal') {
      this.#wire.journalRetried(this.#options.now());
      this.#waitAnew();
    }
  }

  replied<Name extends TillCallName>(name: Name, request: TillCalls[Name][0], reply: TillCalls[Name][1]): void {
    if (name === 'pay') this.#paid(request as PayRequest, reply as PayReply);
  }

  #paid(request: PayRequest, reply: PayReply): void {
    this.#options.findings.note(() => `till: ${reply.kind}${reply.kind === 'started' ? ` ${reply.payment.paymentId}` : reply.kind === 'refused' ? ` ${reply.message.key}` : ''}`);
    if (reply.kind !== 'started') return;
    const { paymentId } = reply.payment;
    const before = this.#paymentOfCommand.get(request.commandId);
    if (before !== undefined) {
      if (before !== paymentId) this.#options.findings.broken('money 8: one command, one payment', request.commandId, `it was ${before} and is ${paymentId}`);
      return;
    }
    this.#paymentOfCommand.set(request.commandId, paymentId);
    this.#guarded(request, paymentId);
  }

  /** CASES 10 and 11, seen when a payment begins. */
  #guarded(request: PayRequest, paymentId: string): void {
    const { findings } = this.#options;
    const said = request.assurances ?? [];
    for (const [otherId, attempts] of this.mirror.ofPayment) {
      const first = attempts[0];
      if (otherId === paymentId || first === undefined) continue;
      const verdict = this.mirror.verdict(otherId);
      const namesIt = first.saleRef !== null && first.saleRef === request.saleRef;
      if (namesIt && (verdict === 'notKnownYet' || (verdict === 'paid' && !said.includes('chargeAgain')))) {
        findings.broken('CASES 10: sale reference', paymentId, `${first.saleRef} is ${verdict} as ${otherId}`);
      }
      const isOpen = attempts.some((attempt) => openStates.has(attempt.state));
      if (isOpen && first.amountMinor === request.amount.minor && request.gateway === undefined && !said.includes('anotherCustomer')) {
        findings.broken('CASES 11: same amount', paymentId, `${otherId} hangs with the same amount, and nobody was asked`);
      }
    }
  }

  told(view: PaymentView): void {
    const { findings } = this.#options;
    const attempt = this.mirror.attempts.get(view.attemptRef);
    const shown = attempt?.state === 'comparing' ? 'submitting' : attempt?.state;
    if (attempt === undefined || shown !== view.state) {
      findings.broken('told before durable', view.attemptRef, `told ${view.state}, the journal has ${attempt?.state ?? 'nothing'}`);
      return;
    }
    if (view.amount.minor !== attempt.amountMinor || !Number.isSafeInteger(view.amount.minor)) findings.broken('money 5: amounts', view.attemptRef, `told ${view.amount.minor}, the journal has ${attempt.amountMinor}`);
    if (view.verdict === 'paid') this.#toldPaid(attempt);
    if (view.verdict === 'notPaid' && view.open) findings.broken('told not paid with money', view.attemptRef, 'told not paid while it is open');
  }

  /** At the moment of telling, the money is there: for this number, this amount, and not undone. */
  #toldPaid(attempt: SeenAttempt): void {
    attempt.toldPaid = true;
    const order = this.#options.books.map((books) => books.orders.get(attempt.reference)).find((one) => one !== undefined);
    if (order?.isCharged !== true || order.amountMinor !== attempt.amountMinor) {
      this.#options.findings.broken('told paid without money', attempt.reference, `the gateway's order is ${order === undefined ? 'not there' : `${order.state}, ${order.amountMinor}`}`);
    }
  }

  shown(what: unknown): void {
    // Every third: a view that holds a secret holds it each time, and writing all of them out would be a tenth of the run.
    this.#shown += 1;
    if (this.#shown % 3 !== 0) return;
    this.#secrets.check('a screen', JSON.stringify(what));
  }

  // ---- paper

  /** At most one receipt of a payment is no copy, and only paid ones have any. */
  paper(document: ReceiptDocument): void {
    this.#secrets.check('paper', JSON.stringify(document));
    const reference = document.blocks.find((block) => block.type === 'qr')?.text;
    if (reference === undefined) return;
    const attempt = this.mirror.attempts.get(reference);
    this.#options.findings.note(() => `paper: a receipt of ${reference}`);
    if (attempt?.state !== 'paid') this.#options.findings.broken('money 8: one receipt', reference, `a receipt was printed, and it is ${attempt?.state ?? 'not in the journal'}`);
    if (document.blocks.some((block) => block.type === 'banner') || attempt === undefined) return;
    const count = (this.#receipts.get(attempt.paymentId) ?? 0) + 1;
    this.#receipts.set(attempt.paymentId, count);
    if (count > 1) this.#options.findings.broken('money 8: one receipt', attempt.paymentId, `${count} receipts were printed that are no copies`);
  }

  /** At the end: what was paid once had its receipt queued. */
  checkReceipts(): void {
    for (const [paymentId, attempts] of this.mirror.ofPayment) {
      const wasPaid = attempts.some((attempt) => attempt.state === 'paid' && attempt.toldPaid);
      if (wasPaid && !this.#queued.has(paymentId)) this.#options.findings.broken('money 8: one receipt', paymentId, 'it was paid, and no receipt was ever queued');
    }
  }

  #waitAnew(): void {
    for (const attempt of this.mirror.open) attempt.openSince = this.#options.now();
  }
}
