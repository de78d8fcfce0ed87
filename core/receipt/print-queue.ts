/** Print jobs: journaled like money, so that a payment has one receipt, and every further one says that it is a copy. */
import type { PersonName, PrintState } from '../contract/types.ts';
import type { Journal, NewEntry, PrintEvent, PrintJobKind } from '../journal/journal.ts';
import { JournalUnavailable, type PrintJobRecord } from '../journal/storage.ts';
import { makeReference } from '../payment/reference.ts';
import type { Clock, Log, Monotonic, Printer, PrintResult, Random } from '../ports.ts';
import type { ReceiptDocument } from './document.ts';

/** Work for the printer: what it is, what it belongs to, and which one of these it is about. */
export interface PrintWork {
  readonly kind: PrintJobKind;
  /** A payment's id, `shift-1`, or `reports`. */
  readonly aggregate: string;
  /** A refund's number, a row's sequence, a Z's number or a day; empty where the aggregate says it all. */
  readonly subject: string;
}

/** A job of which no byte left prints by itself this long after it was queued (CASES 40). */
const printsByItselfMilliseconds = 10 * 60_000;
/** A drawer that opens by itself later than that would stand open beside nobody (CASES 40). */
const drawerOpensMilliseconds = 5000;

export interface PrintQueuePorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly printer: Printer;
  readonly log: Log;
  /** The paper of a job; null where there is nothing to print any more. */
  document(work: PrintWork): ReceiptDocument | null;
  changed(aggregate: string): void;
  problem(result: Exclude<PrintResult, { kind: 'printed' }>): void;
  journalFailed(error: JournalUnavailable): void;
}

interface Job {
  readonly record: PrintJobRecord & { readonly paymentId: string };
  readonly work: PrintWork;
  /** Until when it prints by itself, by the clock that never jumps; null where a person asked for it, and its age is no matter. */
  readonly freshUntil: Monotonic | null;
}

export class PrintQueue {
  private readonly ports: PrintQueuePorts;
  private readonly waiting: Job[] = [];
  private printing: string | null = null;

  constructor(ports: PrintQueuePorts) {
    this.ports = ports;
  }

  /** The rows that queue a job, to be written together with what causes it; `by` whom a person's own wish is. */
  newJob(work: PrintWork, by: PersonName | null = null): { readonly entry: NewEntry; readonly job: Job } {
    // What it is stands in the job's id, so that a job that was left over knows it.
    const jobId = `${work.kind}.${work.subject}.${makeReference(this.ports.random, 20)}`;
    const queuedAt = this.ports.clock.wall();
    const event: PrintEvent = { type: 'printQueued', jobId, kind: work.kind, queuedAt, ...(by === null ? {} : { by }) };
    const record = { jobId, paymentId: work.aggregate, state: 'waiting', queuedAt } as const;
    return { entry: { aggregate: work.aggregate, type: event.type, payload: event }, job: { record, work, freshUntil: this.freshUntil(work, 0) } };
  }

  /** Takes a queued job, once its row is durable. */
  add(job: Job): void {
    this.waiting.push(job);
    this.drain();
  }

  /** Queues a job that a person asked for. Throws JournalUnavailable. */
  queue(work: PrintWork, by: PersonName): void {
    const { entry, job } = this.newJob(work, by);
    this.ports.journal.append([entry], { printJobs: [job.record] });
    this.add(job);
  }

  /** A person asked for a first print that waits: it prints however old it is. False where none waits. */
  printNow(work: PrintWork): boolean {
    // The journal knows it also where this process never heard of it: a second receipt must not stand beside it.
    const { aggregate: paymentId } = work;
    const record = this.ports.journal.reader.printJobs({ paymentId }).find((job) => job.state === 'waiting' && isWork(job, work));
    if (record === undefined) return false;
    const index = this.waiting.findIndex((job) => job.record.jobId === record.jobId);
    if (index >= 0) this.waiting.splice(index, 1);
    if (this.printing !== record.jobId) this.waiting.unshift({ record: { ...record, paymentId }, work, freshUntil: null });
    this.drain();
    return true;
  }

  /** Takes up what was left at the last start: begun jobs wait for a key, fresh unbegun ones print (CASES 40). */
  takeUp(): void {
    for (const record of this.ports.journal.reader.printJobs({ unfinished: true })) {
      // A half-printed one waits for a key, and then says that it is a copy.
      if (record.paymentId === null || record.state === 'interrupted') continue;
      const work = workOf(record, record.paymentId);
      // How long the till was away only the wall clock says; a drawer that opens after that would stand open beside nobody.
      const age = work.kind === 'drawer' ? drawerOpensMilliseconds : Math.max(0, this.ports.clock.wall() - record.queuedAt);
      const job: Job = { record: { ...record, paymentId: record.paymentId }, work, freshUntil: this.freshUntil(work, age) };
      if (record.state === 'printing') this.write(job, { type: 'printEnded', jobId: record.jobId, how: 'interrupted', detail: null });
      else if (this.isFresh(job)) this.waiting.push(job);
      else this.write(job, { type: 'printEnded', jobId: record.jobId, how: 'dropped', detail: null });
    }
    this.drain();
  }

  /** Prints what waits; called whenever the printer may be able to again. */
  drain(): void {
    if (this.printing !== null) return;
    const job = this.waiting.shift();
    if (job === undefined) return;
    if (!this.isFresh(job)) {
      this.write(job, { type: 'printEnded', jobId: job.record.jobId, how: 'dropped', detail: null });
      this.drain();
      return;
    }
    void this.print(job);
  }

  private async print(job: Job): Promise<void> {
    const { jobId } = job.record;
    const document = this.ports.document(job.work);
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

  private isFresh({ freshUntil }: Job): boolean {
    return freshUntil === null || this.ports.clock.monotonic() < freshUntil;
  }

  private freshUntil(work: PrintWork, age: number): Monotonic {
    return this.ports.clock.monotonic() + (work.kind === 'drawer' ? drawerOpensMilliseconds : printsByItselfMilliseconds) - age;
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

/** What a job is, read from its id. */
function workOf(record: PrintJobRecord, aggregate: string): PrintWork {
  const [kind, subject] = record.jobId.split('.');
  return { kind: kind as PrintJobKind, aggregate, subject: subject ?? '' };
}

function isWork(record: PrintJobRecord, { kind, subject }: PrintWork): boolean {
  return record.jobId.startsWith(`${kind}.${subject}.`);
}

/** True for a receipt and its copies; refunds, evidence and the drawer are neither. */
export function isReceiptJob(job: PrintJobRecord): boolean {
  return job.jobId.startsWith('receipt.') || job.jobId.startsWith('copy.');
}

/** The newest receipt's state, as a screen shows it; other prints of the payment don't count. */
export function printState(jobs: readonly PrintJobRecord[]): PrintState {
  return stateOf(jobs.findLast(isReceiptJob));
}

/** The newest print of one of these kinds and this subject. */
export function printStateOf(jobs: readonly PrintJobRecord[], kinds: readonly PrintJobKind[], subject: string): PrintState {
  return stateOf(jobs.findLast((job) => isWorkOf(job, kinds, subject)));
}

/** Whether a job is one of these kinds about this subject. */
export function isWorkOf(job: PrintJobRecord, kinds: readonly PrintJobKind[], subject: string): boolean {
  return kinds.some((kind) => job.jobId.startsWith(`${kind}.${subject}.`));
}

function stateOf(job: PrintJobRecord | undefined): PrintState {
  return job === undefined || job.state === 'dropped' ? 'none' : job.state;
}
