/** Print jobs: journaled like money, so that a payment has one receipt, and every further one says that it is a copy. */
import type { PrintState } from '../contract/types.ts';
import type { Journal, NewEntry, PrintEvent } from '../journal/journal.ts';
import { JournalUnavailable, type PrintJobRecord } from '../journal/storage.ts';
import { makeReference } from '../payment/reference.ts';
import type { Clock, Instant, Log, Printer, PrintResult, Random } from '../ports.ts';
import type { ReceiptDocument } from './document.ts';

export type PrintKind = 'receipt' | 'copy' | 'evidence';

/** A job of which no byte left prints by itself this long after it was queued (CASES 40). */
const printsByItselfMilliseconds = 10 * 60_000;

export interface PrintQueuePorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly printer: Printer;
  readonly log: Log;
  /** The paper of a job; null where there is nothing to print any more. */
  document(paymentId: string, kind: PrintKind): ReceiptDocument | null;
  changed(paymentId: string): void;
  problem(result: Exclude<PrintResult, { kind: 'printed' }>): void;
  journalFailed(error: JournalUnavailable): void;
}

interface Job {
  readonly record: PrintJobRecord & { readonly paymentId: string };
  readonly kind: PrintKind;
  /** A person asked for it just now, so that its age is no matter. */
  readonly asked: boolean;
}

export class PrintQueue {
  private readonly ports: PrintQueuePorts;
  private readonly waiting: Job[] = [];
  private printing: string | null = null;

  constructor(ports: PrintQueuePorts) {
    this.ports = ports;
  }

  /** The rows that queue a job, to be written together with what causes it. */
  newJob(paymentId: string, kind: PrintKind): { readonly entry: NewEntry; readonly job: Job } {
    // The kind stands in the job's id, so that a job that was left over knows what it is.
    const jobId = `${kind}-${makeReference(this.ports.random, 20)}`;
    const queuedAt = this.ports.clock.wall();
    const event: PrintEvent = { type: 'printQueued', jobId, kind, queuedAt };
    const record = { jobId, paymentId, state: 'waiting', queuedAt } as const;
    return { entry: { aggregate: paymentId, type: event.type, payload: event }, job: { record, kind, asked: false } };
  }

  /** Takes a queued job, once its row is durable. */
  add(job: Job): void {
    this.waiting.push(job);
    this.drain();
  }

  /** Queues a job that a person asked for. Throws JournalUnavailable. */
  queue(paymentId: string, kind: PrintKind): void {
    const { entry, job } = this.newJob(paymentId, kind);
    this.ports.journal.append([entry], { printJobs: [job.record] });
    this.add(job);
  }

  /** A person asked for the receipt that waits: it prints however old it is. False where none waits. */
  printNow(paymentId: string): boolean {
    // The journal knows it also where this process never heard of it: a second receipt must not stand beside it.
    const record = this.ports.journal.reader.printJobs({ paymentId }).find((job) => job.state === 'waiting' && kindOfJob(job.jobId) === 'receipt');
    if (record === undefined) return false;
    const index = this.waiting.findIndex((job) => job.record.jobId === record.jobId);
    if (index >= 0) this.waiting.splice(index, 1);
    if (this.printing !== record.jobId) this.waiting.unshift({ record: { ...record, paymentId }, kind: 'receipt', asked: true });
    this.drain();
    return true;
  }

  /** Takes up what was left at the last start: begun jobs wait for a key, fresh unbegun ones print (CASES 40). */
  takeUp(): void {
    for (const record of this.ports.journal.reader.printJobs({ unfinished: true })) {
      // A half-printed one waits for a key, and then says that it is a copy.
      if (record.paymentId === null || record.state === 'interrupted') continue;
      const job: Job = { record: { ...record, paymentId: record.paymentId }, kind: kindOfJob(record.jobId), asked: false };
      if (record.state === 'printing') this.write(job, { type: 'printEnded', jobId: record.jobId, how: 'interrupted', detail: null });
      else if (this.isFresh(record.queuedAt)) this.waiting.push(job);
      else this.write(job, { type: 'printEnded', jobId: record.jobId, how: 'dropped', detail: null });
    }
    this.drain();
  }

  /** Prints what waits; called whenever the printer may be able to again. */
  drain(): void {
    if (this.printing !== null) return;
    const job = this.waiting.shift();
    if (job === undefined) return;
    if (!job.asked && !this.isFresh(job.record.queuedAt)) {
      this.write(job, { type: 'printEnded', jobId: job.record.jobId, how: 'dropped', detail: null });
      this.drain();
      return;
    }
    void this.print(job);
  }

  private async print(job: Job): Promise<void> {
    const { jobId, paymentId } = job.record;
    const document = this.ports.document(paymentId, job.kind);
    if (document === null) {
      // Paid no longer: what would be printed isn't true any more.
      this.write(job, { type: 'printEnded', jobId, how: 'dropped', detail: null });
      this.drain();
      return;
    }
    this.printing = jobId;
    // Journaled before the first byte: after a crash in between, the job may have been printed and waits for a key.
    if (!this.write(job, { type: 'printBegun', jobId })) {
      this.printing = null;
      return;
    }
    const result = await this.ports.printer.print(jobId, document);
    this.printing = null;
    this.finish(job, result);
  }

  private finish(job: Job, result: PrintResult): void {
    const { jobId } = job.record;
    switch (result.kind) {
      case 'printed':
        this.write(job, { type: 'printEnded', jobId, how: 'printed', detail: null });
        this.drain();
        return;
      case 'notBegun':
        this.waiting.unshift(job);
        this.write(job, { type: 'printEnded', jobId, how: 'notBegun', detail: result.detail });
        this.ports.problem(result);
        return;
      case 'interrupted':
        this.write(job, { type: 'printEnded', jobId, how: 'interrupted', detail: result.detail });
        this.ports.problem(result);
        return;
    }
  }

  private write(job: Job, event: PrintEvent): boolean {
    const record: PrintJobRecord = { ...job.record, state: recordState(event) };
    try {
      this.ports.journal.append([{ aggregate: job.record.paymentId, type: event.type, payload: event }], { printJobs: [record] });
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      this.ports.journalFailed(error);
      return false;
    }
    this.ports.log.info('print job', { jobId: event.jobId, event: event.type, state: record.state });
    this.ports.changed(job.record.paymentId);
    return true;
  }

  private isFresh(queuedAt: Instant): boolean {
    return this.ports.clock.wall() - queuedAt < printsByItselfMilliseconds;
  }
}

export function recordState(event: PrintEvent): PrintJobRecord['state'] {
  switch (event.type) {
    case 'printQueued':
      return 'waiting';
    case 'printBegun':
      return 'printing';
    case 'printEnded':
      return event.how === 'notBegun' ? 'waiting' : event.how;
  }
}

function kindOfJob(jobId: string): PrintKind {
  const kind = jobId.split('-')[0];
  return kind === 'copy' || kind === 'evidence' ? kind : 'receipt';
}

/** True for a receipt and its copies; evidence on paper is neither. */
export function isReceiptJob(job: PrintJobRecord): boolean {
  return kindOfJob(job.jobId) !== 'evidence';
}

/** The newest receipt's state, as a screen shows it; evidence prints don't count. */
export function printState(jobs: readonly PrintJobRecord[]): PrintState {
  const newest = jobs.findLast(isReceiptJob);
  if (newest === undefined || newest.state === 'dropped') return 'none';
  return newest.state;
}
