/** The auditor: hears everything that can be seen from outside, keeps its own account of it, and names every broken rule. */
import type { Assurance, OpenPayments, PaymentView, PayReply, PayRequest, TillCallName, TillCalls } from '../../core/contract/types.ts';
import type { JournalRow } from '../../core/journal/storage.ts';
import type { ReceiptDocument } from '../../core/receipt/document.ts';
import type { Findings } from '../findings.ts';
import type { Books } from '../gateways/books.ts';
import type { Transmission, WireObserver } from '../observations.ts';
import type { DigestReads } from '../pins.ts';
import type { ToldObserver } from '../screen.ts';
import { waitsForNextLook } from './final-rules.ts';
import { Ledger } from './ledger.ts';
import { ListRules } from './list-rules.ts';
import { Mirror } from './mirror.ts';
import { OutcomeRules } from './outcome-rules.ts';
import { PaperRules } from './paper-rules.ts';
import { RefundRules } from './refund-rules.ts';
import { SecretRules } from './secret-rules.ts';
import { ShownRules } from './shown-rules.ts';
import { askedByTheirNumber, openStates, type SeenAttempt, type SeenRefund } from './seen.ts';
import { ShiftRules } from './shift-rules.ts';
import { StaffRules } from './staff-rules.ts';
import { WireRules } from './wire-rules.ts';

export interface AuditorOptions {
  readonly findings: Findings;
  readonly now: () => number;
  readonly books: readonly Books[];
  readonly secrets: readonly string[];
  readonly terminalId: string;
  readonly approvalAboveMinor: number;
  readonly isCode: (digits: string) => boolean;
  /** PINs and badges of the shop's people: in no journal, log, event or paper. */
  readonly isPersonal: (text: string) => boolean;
  /** Whose badge a scan was; null where it was nobody's. */
  readonly badgeOf: (scanId: string) => string | null;
}

/** Selling begins when all were asked, or their answers' time is up (CASES 26); timers may be a little late. */
const startMostMilliseconds = 15_500;

const reviewAskedMilliseconds = 62 * 60_000;
const quietAskedMilliseconds = 24 * 3_600_000 + 120_000;

export class Auditor implements WireObserver, ToldObserver {
  readonly mirror: Mirror;
  readonly ledger = new Ledger();
  readonly shifts: ShiftRules;
  readonly refunds: RefundRules;
  readonly staff: StaffRules;
  readonly papers: PaperRules;
  /** An older copy of the journal came back in this history. */
  isRestored = false;
  readonly #options: AuditorOptions;
  readonly #wire: WireRules;
  readonly #outcomes: OutcomeRules;
  readonly #secrets: SecretRules;
  readonly #lists: ListRules;
  readonly #shownCodes: ShownRules;
  readonly #assurances = new Map<string, readonly Assurance[]>();
  readonly #paymentOfCommand = new Map<string, string>();
  #shown = 0;
  #lastSequence = 0;

  constructor(options: AuditorOptions) {
    this.#options = options;
    const { findings, now, books } = options;
    this.mirror = new Mirror(now, {
      moved: (attempt, before, row) => this.#moved(attempt, before, row),
      refundMoved: (refund, before, row, attemptBefore) => this.#refundMoved(refund, before, row, attemptBefore),
    });
    this.shifts = new ShiftRules(this.ledger, this.mirror, findings);
    this.refunds = new RefundRules(findings, this.mirror, books, now);
    this.staff = new StaffRules(findings, options.terminalId, options.approvalAboveMinor);
    this.papers = new PaperRules(this.mirror, findings, now);
    this.#wire = new WireRules(this.mirror, findings, (commandId) => this.#assurances.get(commandId ?? '') ?? [], (reference) => this.#isAnothers(reference));
    this.#outcomes = new OutcomeRules(findings, now);
    this.#secrets = new SecretRules(findings, options.secrets, options.isCode, options.isPersonal);
    this.#lists = new ListRules(this.mirror, findings);
    this.#shownCodes = new ShownRules(findings, (reference) => books.map((one) => one.orders.get(reference)).find((one) => one !== undefined));
  }

  // ---- the process

  processStarted(number: number): void {
    this.#wire.processStarted(number, this.#options.now());
    this.staff.processStarted();
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
    for (const refund of this.mirror.openRefunds) this.refunds.checkHanging(refund);
  }

  /** What a person recorded is looked at daily: the end can't be judged before (CASES 17). */
  get waitsForNextLook(): boolean {
    return this.#options.books.some(({ orders }) => [...orders.values()].some((order) => {
      const attempt = this.mirror.attempts.get(order.reference);
      return attempt !== undefined && waitsForNextLook(attempt, order);
    }));
  }

  /** CASES 16 and 27: a review goes on being asked, hourly or daily, where the gateway can be asked by our number. */
  checkReviews(): void {
    for (const attempt of this.mirror.open) {
      if (attempt.state !== 'review' || askedByTheirNumber.has(attempt.gateway) || (attempt.gateway === 'shouqianba' && !this.#wire.isOwn(attempt))) continue;
      const last = Math.max(attempt.openSince, attempt.transmissions.at(-1)?.sentAt ?? 0);
      // A view speaks of one attempt: whether one behind it is quiet, nobody is told.
      const mayBeQuiet = attempt.toldQuiet || (attempt.direction === 'show' && (this.mirror.ofPayment.get(attempt.paymentId)?.length ?? 0) > 1);
      if (this.#options.now() - last > (mayBeQuiet ? quietAskedMilliseconds : reviewAskedMilliseconds)) this.#options.findings.broken('CASES 16: asking goes on', attempt.reference, `not asked for ${Math.round((this.#options.now() - last) / 60_000)} minutes`);
    }
  }

  /** True while a code hangs that nobody paid and nobody could close. */
  get hasQuiet(): boolean {
    return [...this.mirror.open].some((attempt) => attempt.state === 'review' && attempt.toldQuiet);
  }

  /** The lists of what is open, as they stand at the end. */
  listed(lists: OpenPayments): void {
    this.#shownCodes.listed(lists, this.mirror.open);
  }

  // ---- the journal

  stored(row: JournalRow): void {
    this.#secrets.check('the journal', row.payload);
    this.#lastSequence = row.sequence;
    this.staff.next(row);
    this.papers.stored(row);
    if (this.mirror.stored(row)) return;
    this.shifts.stored(row);
    this.staff.stored(row);
  }

  /** An older copy of the journal is back: the account is made anew from its rows, without judging them twice. */
  restored(rows: readonly JournalRow[]): void {
    const { findings } = this.#options;
    this.isRestored = true;
    findings.isMuted = true;
    for (const part of [this.ledger, this.shifts, this.staff, this.refunds, this.papers]) part.forget();
    this.#paymentOfCommand.clear();
    this.mirror.replacedBy(rows);
    for (const row of rows) {
      this.shifts.stored(row);
      this.staff.stored(row);
    }
    this.#lastSequence = rows.length;
    findings.isMuted = false;
    this.#wire.restored();
  }

  #moved(attempt: SeenAttempt, before: string | null, row: JournalRow): void {
    this.#options.findings.note(() => `journal ${row.sequence} ${attempt.reference} ${row.type}: ${before ?? 'new'} -> ${attempt.state}${attempt.announced.call === null ? '' : `, sends ${attempt.announced.call}`}`);
    this.ledger.attemptMoved(attempt, before, row.sequence);
    this.#outcomes.moved(attempt, before);
    if (row.type === 'settled') this.staff.settled(attempt.reference, null);
    if (personsRows.has(row.type) || before === null) this.staff.actedBy(row, operatorOf(row));
    if (before === null && attempt.gateway === 'cash') this.#cashTaken(attempt);
  }

  #refundMoved(refund: SeenRefund, before: string | null, row: JournalRow, attemptBefore: string): void {
    this.#options.findings.note(() => `journal ${row.sequence} refund ${refund.reference} of ${refund.attempt.reference}, ${refund.amountMinor}, ${row.type}: ${before ?? 'new'} -> ${refund.state}${refund.announced.call === null ? '' : `, sends ${refund.announced.call}`}`);
    this.ledger.refundMoved(refund, before, row.sequence, attemptBefore);
    this.refunds.moved(refund, before);
    if (before === null) this.staff.refundCreated(refund);
    if (row.type === 'refundSettled') this.staff.settled(refund.reference, refund.reference);
    if ((before === null && !refund.isAutomatic) || personsRows.has(row.type)) this.staff.actedBy(row, operatorOf(row));
  }

  /** Money rule 4 holds for cash too: nothing of the sale is open, and nothing has paid it. */
  #cashTaken(attempt: SeenAttempt): void {
    const other = (this.mirror.ofPayment.get(attempt.paymentId) ?? []).find((one) => one !== attempt && (openStates.has(one.state) || one.state === 'paid'));
    if (other !== undefined) this.#options.findings.broken('money 4: one live attempt', attempt.reference, `cash was taken while ${other.reference} is ${other.state}`);
  }

  // ---- the wire

  sending(sent: Transmission): void {
    this.#options.findings.note(() => `process ${sent.process} sends ${sent.call} ${sent.number} of ${String(sent.reference)}${sent.refund === null ? '' : ` refund ${sent.refund}`} to ${sent.gateway}`);
    if (sent.call === 'other') this.misread(`${sent.gateway}: a call that nobody knows`);
    else if (sent.call === 'refund' || sent.call === 'queryRefund') this.refunds.sending(sent, this.isRestored);
    else if (sent.call === 'query' && this.refunds.asksPayment(sent)) return;
    else this.#wire.sending(sent);
  }

  ended(sent: Transmission): void {
    this.#options.findings.note(() => `${sent.call} ${sent.number} of ${String(sent.reference)} ended: ${String(sent.end)} ${sent.word ?? ''}`);
  }

  /** An order that this journal can't know: another till's, or one that was lost with the journal's newest rows. */
  #isAnothers(reference: string): boolean {
    return this.mirror.lost.has(reference) || this.#options.books.some((books) => books.orders.get(reference)?.isForeign === true);
  }

  // ---- people

  digestGiven(reads: DigestReads): void {
    this.staff.digestGiven(reads);
  }

  asking<Name extends TillCallName>(name: Name, request: TillCalls[Name][0]): void {
    this.#options.findings.note(() => `cashier: ${name} ${JSON.stringify(request)}`);
    this.staff.asking(name, request, this.#options.badgeOf);
    this.papers.asked(name.startsWith('print'));
    if (name === 'pay' || name === 'present') {
      const { commandId, assurances } = request as PayRequest;
      this.#assurances.set(commandId, assurances ?? []);
    }
    if (name === 'retryJournal') {
      this.#wire.journalRetried(this.#options.now());
      this.#waitAnew();
    }
  }

  replied<Name extends TillCallName>(name: Name, request: TillCalls[Name][0], reply: TillCalls[Name][1]): void {
    this.papers.asked(false);
    if (name === 'pay' || name === 'present') this.#paid(request as PayRequest, reply as PayReply);
    else this.#options.findings.note(() => `till: ${replyText(reply)}`);
    if (name === 'day') this.#lists.day(reply as TillCalls['day'][1], (request as TillCalls['day'][0]).filter, this.#lastSequence);
    if (name === 'dayPage') {
      const { after, filter } = request as TillCalls['dayPage'][0];
      this.#lists.page(after, reply as TillCalls['dayPage'][1], filter, this.#lastSequence);
    }
    if (name === 'xReport') {
      const x = reply as TillCalls['xReport'][1];
      if (x.kind === 'report') this.shifts.shown(x.report, this.#lastSequence);
    }
  }

  #paid(request: PayRequest, reply: PayReply): void {
    this.#options.findings.note(() => `till: ${replyText(reply)}`);
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
      const namesIt = first.saleRef !== null && first.saleRef === request.saleRef && !isGivenBack(attempts);
      // A code that never was on a screen keeps nobody from charging its sale anew.
      const isOpenSale = attempts.some((attempt) => openStates.has(attempt.state) && (attempt.wasOffered || !attempt.toldQuiet));
      if (namesIt && (isOpenSale || (verdict === 'paid' && !said.includes('chargeAgain')))) {
        findings.broken('CASES 10: sale reference', paymentId, `${first.saleRef} is ${verdict} as ${otherId}`);
      }
      const isOpen = attempts.some((attempt) => openStates.has(attempt.state) && !attempt.toldQuiet);
      if (isOpen && first.amountMinor === request.amount.minor && request.gateway === undefined && !said.includes('anotherCustomer')) {
        findings.broken('CASES 11: same amount', paymentId, `${otherId} hangs with the same amount, and nobody was asked`);
      }
    }
  }

  told(view: PaymentView): void {
    const { findings } = this.#options;
    for (const refund of view.refunds) this.refunds.told(refund);
    const attempt = this.mirror.attempts.get(view.attemptRef);
    const shown = attempt?.state === 'comparing' ? 'submitting' : attempt?.state;
    if (attempt === undefined || shown !== view.state) {
      findings.broken('told before durable', view.attemptRef, `told ${view.state}, the journal has ${attempt?.state ?? 'nothing'}`);
      return;
    }
    if (view.amount.minor !== attempt.amountMinor || !Number.isSafeInteger(view.amount.minor)) findings.broken('money 5: amounts', view.attemptRef, `told ${view.amount.minor}, the journal has ${attempt.amountMinor}`);
    if (view.verdict !== this.mirror.verdict(view.paymentId)) findings.broken('told before durable', view.attemptRef, `told ${view.verdict}, the journal has ${this.mirror.verdict(view.paymentId)}`);
    if (view.verdict === 'paid' && attempt.state === 'paid') this.#toldPaid(attempt);
    // One payment has one view: what it told of another attempt's code is off the screen.
    for (const other of this.mirror.ofPayment.get(view.paymentId) ?? []) if (other !== attempt) other.toldCode = null;
    this.#shownCodes.told(view, attempt);
    if (view.verdict === 'notPaid' && view.open) findings.broken('told not paid with money', view.attemptRef, 'told not paid while it is open');
  }

  /** At the moment of telling, the money is there: for this number, this amount, and not undone. */
  #toldPaid(attempt: SeenAttempt): void {
    attempt.toldPaid = true;
    if (attempt.gateway === 'cash') return;
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

  /** A document of which at least one byte reached the printer. */
  paper(jobId: string, document: ReceiptDocument): void {
    this.#secrets.check('paper', JSON.stringify(document));
    this.papers.paper(jobId, document);
  }

  #waitAnew(): void {
    for (const attempt of this.mirror.open) attempt.openSince = this.#options.now();
    for (const refund of this.mirror.openRefunds) refund.openSince = this.#options.now();
  }
}

/** Rows of payments and refunds that somebody's act alone writes, beside the first one. */
const personsRows: ReadonlySet<string> = new Set(['personActed', 'settled', 'cashReturned', 'gatewayRefEntered', 'bookedElsewhere', 'refundAskedNow', 'refundSettled', 'refundBooked']);

function operatorOf(row: JournalRow): string | undefined {
  return (JSON.parse(row.payload) as { readonly event: { readonly by?: { readonly operatorId: string } } }).event.by?.operatorId;
}

/** CASES 10: a sale that was given back in full frees its number. */
function isGivenBack(attempts: readonly SeenAttempt[]): boolean {
  const paid = attempts.filter((attempt) => attempt.state === 'paid');
  return paid.length > 0 && paid.every((attempt) => attempt.refunds.reduce((sum, refund) => sum + (refund.state === 'refunded' ? refund.amountMinor : 0), 0) >= attempt.amountMinor);
}

function replyText(reply: unknown): string {
  if (typeof reply !== 'object' || reply === null || !('kind' in reply)) return 'answers';
  const key = 'message' in reply && typeof reply.message === 'object' && reply.message !== null && 'key' in reply.message ? String(reply.message.key) : '';
  return `${String(reply.kind)} ${key}`;
}
