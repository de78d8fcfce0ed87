/** The rules about paper and the drawer: each thing prints once by itself, and no drawer opens without an event, or late (CASES 40). */
import type { JournalRow } from '../../core/journal/storage.ts';
import type { ReceiptDocument } from '../../core/receipt/document.ts';
import type { Findings } from '../findings.ts';
import type { Mirror } from './mirror.ts';
import type { PrintRow } from './seen.ts';

interface Job {
  readonly kind: string;
  readonly subject: string;
  readonly aggregate: string;
  readonly queuedAt: number;
  isOnPaper: boolean;
}

/** What a till prints by itself, once. */
const printedOnce: ReadonlySet<string> = new Set(['receipt', 'refund', 'slip', 'z']);
/** Rows that open the drawer. */
const opensDrawer: ReadonlySet<string> = new Set(['cashTaken', 'cashReturned', 'refundCreated', 'cashMoved']);
const drawerMostMilliseconds = 5100;

export class PaperRules {
  readonly #mirror: Mirror;
  readonly #findings: Findings;
  readonly #now: () => number;
  readonly #jobs = new Map<string, Job>();
  /** What a row of money made print, without anybody asking. */
  readonly #byItself = new Set<string>();
  readonly #originals = new Set<string>();
  readonly #queued = new Set<string>();
  /** The newest row that is neither print nor approval, by which a print is caused. */
  #cause: { readonly type: string; readonly sequence: number; readonly aggregate: string } = { type: '', sequence: 0, aggregate: '' };
  #isAsked = false;

  constructor(mirror: Mirror, findings: Findings, now: () => number) {
    this.#mirror = mirror;
    this.#findings = findings;
    this.#now = now;
  }

  /** An older journal doesn't know what was printed since. */
  forget(): void {
    this.#byItself.clear();
    this.#originals.clear();
    for (const job of this.#jobs.values()) job.isOnPaper = false;
  }

  /** Between this and the answer a person asks for paper. */
  asked(isAsked: boolean): void {
    this.#isAsked = isAsked;
  }

  stored(row: JournalRow): void {
    if (!row.type.startsWith('print')) {
      if (row.type !== 'approved') this.#cause = { type: row.type, sequence: row.sequence, aggregate: row.aggregate };
      return;
    }
    const { type, jobId, how } = JSON.parse(row.payload) as PrintRow;
    this.#findings.note(() => `journal ${row.aggregate} ${type} ${jobId} ${how ?? ''}`);
    if (type === 'printQueued') this.#queue(jobId, row);
  }

  #queue(jobId: string, row: JournalRow): void {
    const [kind = '', subject = ''] = jobId.split('.');
    this.#jobs.set(jobId, { kind, subject, aggregate: row.aggregate, queuedAt: this.#now(), isOnPaper: false });
    const key = `${kind} ${row.aggregate} ${subject}`;
    const isByItself = printedOnce.has(kind) && row.sequence - this.#cause.sequence <= 3 && this.#cause.aggregate === row.aggregate && !this.#isAsked;
    if (isByItself && this.#byItself.has(key)) this.#broken(key, 'it was queued a second time by itself');
    if (isByItself) this.#byItself.add(key);
    if (kind === 'receipt') {
      this.#queued.add(row.aggregate);
      if (this.#mirror.verdict(row.aggregate) !== 'paid') this.#broken(row.aggregate, 'a receipt was queued for what is not paid');
    }
    if (kind === 'refund' && this.#mirror.refunds.get(subject) === undefined) this.#broken(subject, 'a slip was queued for a refund that the journal does not have');
    if (kind === 'drawer' && (!opensDrawer.has(this.#cause.type) || row.sequence - this.#cause.sequence > 3)) this.#broken(row.aggregate, `the drawer is opened by ${this.#cause.type}`);
  }

  /** A document of which at least one byte reached the printer. */
  paper(jobId: string, document: ReceiptDocument): void {
    const job = this.#jobs.get(jobId);
    this.#findings.note(() => `paper: ${jobId}`);
    if (job === undefined) {
      this.#broken(jobId, 'it was printed, and no row queued it');
      return;
    }
    if (job.kind === 'code') this.#code(job);
    if (job.kind === 'receipt' || job.kind === 'copy') this.#receipt(job, document);
    if (job.kind === 'drawer' && this.#now() - job.queuedAt > drawerMostMilliseconds) this.#findings.broken('CASES 40: drawer', jobId, `it opened ${Math.round((this.#now() - job.queuedAt) / 1000)} s after it was to`);
    if (job.isOnPaper) this.#broken(jobId, 'one job was printed twice');
    job.isOnPaper = true;
  }

  /** A slip with a code that can't be paid any more would only mislead. */
  #code(job: Job): void {
    const attempt = this.#mirror.attempts.get(job.subject);
    if (attempt?.state !== 'waitingForPayer') this.#findings.broken('shown codes', job.subject, `its code was printed while it is ${attempt?.state ?? 'not in the journal'}`);
  }

  #receipt(job: Job, document: ReceiptDocument): void {
    const attempts = this.#mirror.ofPayment.get(job.aggregate) ?? [];
    const isPaid = attempts.some((attempt) => attempt.state === 'paid' || (attempt.state === 'settled' && attempt.settledAs === 'paid'));
    if (!isPaid) this.#broken(job.aggregate, `a receipt was printed, and it is ${attempts.map(({ state }) => state).join(', ') || 'not in the journal'}`);
    const isMarked = document.blocks.some((block) => block.type === 'banner');
    if (!isMarked && this.#originals.has(job.aggregate)) this.#broken(job.aggregate, 'two receipts were printed that are no copies');
    if (!isMarked) this.#originals.add(job.aggregate);
    if (isMarked !== (job.kind === 'copy')) this.#broken(job.aggregate, `a ${job.kind} was printed ${isMarked ? '' : 'un'}marked`);
  }

  /** At the end: what was paid once by a wallet had its receipt queued. */
  checkReceipts(): void {
    for (const [paymentId, attempts] of this.#mirror.ofPayment) {
      const wasPaid = attempts.some((attempt) => attempt.state === 'paid' && attempt.toldPaid && attempt.gateway !== 'cash' && !attempt.isForeign);
      if (wasPaid && !this.#queued.has(paymentId)) this.#broken(paymentId, 'it was paid, and no receipt was ever queued');
    }
  }

  #broken(about: string, detail: string): void {
    this.#findings.broken('money 8: one receipt', about, detail);
  }
}
