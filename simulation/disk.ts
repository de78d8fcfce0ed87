/** A disk in memory that survives power cuts: the journal's rows and projections, indexed where every payment looks, and copies of it. */
import type { JournalRow, MoveRecord, PaymentQuery, PaymentRecord, PrintJobRecord, ProjectionChanges, RefundRecord } from '../core/journal/storage.ts';
import { JournalUnavailable } from '../core/journal/storage.ts';
import type { StoredProjections } from '../core/journal/verify.ts';
import { MemoryJournal } from '../core/testing/memory-journal.ts';

interface Unfinished {
  readonly rows: readonly JournalRow[];
  readonly changes: ProjectionChanges;
}

/** Everything that a copy of the journal holds, at one moment. */
export interface DiskImage {
  readonly rows: readonly JournalRow[];
  readonly sequence: number;
  readonly payments: ReadonlyMap<string, PaymentRecord>;
  readonly refunds: ReadonlyMap<string, RefundRecord>;
  readonly moves: readonly MoveRecord[];
  readonly shifts: Disk['shifts'];
  readonly jobs: ReadonlyMap<string, PrintJobRecord>;
  readonly commands: ReadonlyMap<string, string>;
}

export class Disk extends MemoryJournal {
  readonly secrets = new Map<string, Uint8Array>();
  isFull = false;
  /** How many payments were ever begun, also those that an older copy doesn't know. */
  begun = 0;
  readonly #rowsOf = new Map<string, JournalRow[]>();
  readonly #idsBy = { reference: new Map<string, Set<string>>(), codeHash: new Map<string, Set<string>>(), payerId: new Map<string, Set<string>>(), saleRef: new Map<string, Set<string>>() };
  readonly #takenUp = new Set<string>();
  readonly #jobsOf = new Map<string, Set<string>>();
  readonly #unfinishedJobs = new Set<string>();
  readonly #stored: (row: JournalRow) => void;
  /** A write that was refused although its bytes had reached the disk: a power cut may bring it back. */
  #limbo: Unfinished | null = null;

  /** `stored` hears of every row that is durable from now on. */
  constructor(stored: (row: JournalRow) => void) {
    super();
    this.#stored = stored;
  }

  override append(rows: readonly JournalRow[], changes: ProjectionChanges): void {
    this.#limbo = null;
    let { sequence, hash } = this.head();
    for (const row of rows) {
      if (row.sequence !== sequence + 1 || row.previousHash !== hash) throw new Error(`row ${row.sequence} doesn't follow the journal's head ${sequence}`);
      ({ sequence, hash } = row);
    }
    for (const { paymentId } of changes.payments) if (!this.paymentRecords.has(paymentId)) this.begun += 1;
    super.append(rows, changes);
    this.#index(rows, changes.payments, changes.printJobs);
    for (const row of rows) this.#stored(row);
  }

  refuse(rows: readonly JournalRow[], changes: ProjectionChanges, reachedTheDisk: boolean): never {
    if (reachedTheDisk) this.#limbo = { rows, changes };
    throw new JournalUnavailable('notWritable', 'the disk is full');
  }

  /** The power goes: what was refused with its bytes on the disk is there after all. */
  powerCut(): void {
    const limbo = this.#limbo;
    if (limbo !== null) this.append(limbo.rows, limbo.changes);
  }

  // ---- copies

  image(): DiskImage {
    return {
      rows: [...this.rows], sequence: this.head().sequence, payments: new Map(this.paymentRecords), refunds: new Map(this.refundRecords), moves: [...this.moves],
      shifts: new Map(this.shifts), jobs: new Map(this.jobs), commands: new Map(this.commands),
    };
  }

  /** An older copy takes the journal's place. */
  restore(image: DiskImage): void {
    this.#limbo = null;
    this.rows.splice(0, this.rows.length, ...image.rows);
    this.moves.splice(0, this.moves.length, ...image.moves);
    refilled<string, PaymentRecord>(this.paymentRecords, image.payments);
    refilled<string, RefundRecord>(this.refundRecords, image.refunds);
    refilled(this.shifts, image.shifts);
    refilled<string, PrintJobRecord>(this.jobs, image.jobs);
    refilled<string, string>(this.commands, image.commands);
    for (const index of [this.#rowsOf, this.#takenUp, this.#jobsOf, this.#unfinishedJobs, ...Object.values(this.#idsBy)]) index.clear();
    this.#index(image.rows, image.payments.values(), image.jobs.values());
  }

  // ---- reading

  override rowsOf(aggregate: string): readonly JournalRow[] {
    return this.#rowsOf.get(aggregate) ?? [];
  }

  override rowsAfter(after: number, count: number): readonly JournalRow[] {
    return this.rows.slice(after, after + count);
  }

  override row(sequence: number): JournalRow | null {
    return this.rows[sequence - 1] ?? null;
  }

  /** Everything that stands beside the rows, for `verify`. */
  projections(): StoredProjections {
    return {
      payments: this.paymentRecords.values(), refunds: this.refundRecords.values(), moves: this.moves, shifts: this.shifts.values(), printJobs: this.jobs.values(),
      commands: [...this.commands].map(([commandId, aggregate]) => ({ commandId, aggregate })),
    };
  }

  override payments(query: PaymentQuery): readonly PaymentRecord[] {
    switch (query.by) {
      case 'paymentId':
        return this.#records([query.value]);
      case 'reference':
      case 'codeHash':
      case 'saleRef':
        return oldestFirst(this.#records(this.#idsBy[query.by].get(query.value) ?? []));
      case 'payerId':
        return oldestFirst(this.#records(this.#idsBy.payerId.get(query.value) ?? []).filter((record) => record.startedAt >= query.since));
      case 'takenUp':
        return oldestFirst(this.#records(this.#takenUp));
      case 'newest':
        return query.count === 1 ? this.#newest() : super.payments(query);
      case 'day':
      case 'amount':
        return super.payments(query);
    }
  }

  override countOfDay(day: string): number {
    let count = 0;
    for (const record of this.paymentRecords.values()) if (record.day === day) count += 1;
    return count;
  }

  override printJobs(query: { readonly paymentId: string } | { readonly unfinished: true }): readonly PrintJobRecord[] {
    const ids = 'paymentId' in query ? (this.#jobsOf.get(query.paymentId) ?? []) : this.#unfinishedJobs;
    const jobs: PrintJobRecord[] = [];
    for (const id of ids) {
      const job = this.jobs.get(id);
      if (job !== undefined) jobs.push(job);
    }
    return jobs.sort((left, right) => left.queuedAt - right.queuedAt || (left.jobId < right.jobId ? -1 : 1));
  }

  // ---- the indexes

  #index(rows: Iterable<JournalRow>, payments: Iterable<PaymentRecord>, jobs: Iterable<PrintJobRecord>): void {
    for (const row of rows) {
      const known = this.#rowsOf.get(row.aggregate);
      if (known === undefined) this.#rowsOf.set(row.aggregate, [row]);
      else known.push(row);
    }
    for (const record of payments) this.#indexPayment(record);
    for (const job of jobs) {
      if (job.paymentId !== null) added(this.#jobsOf, job.paymentId, job.jobId);
      if (job.state === 'printed' || job.state === 'dropped') this.#unfinishedJobs.delete(job.jobId);
      else this.#unfinishedJobs.add(job.jobId);
    }
  }

  #indexPayment(record: PaymentRecord): void {
    const id = record.paymentId;
    if (record.takenUp) this.#takenUp.add(id);
    else this.#takenUp.delete(id);
    for (const { value } of record.references) added(this.#idsBy.reference, value, id);
    for (const value of record.codeHashes) added(this.#idsBy.codeHash, value, id);
    for (const value of record.payerIds) added(this.#idsBy.payerId, value, id);
    if (record.saleRef !== null) added(this.#idsBy.saleRef, record.saleRef, id);
  }

  #newest(): readonly PaymentRecord[] {
    let newest: PaymentRecord | null = null;
    for (const record of this.paymentRecords.values()) if (newest === null || compareAge(newest, record) < 0) newest = record;
    return newest === null ? [] : [newest];
  }

  #records(ids: Iterable<string>): PaymentRecord[] {
    const records: PaymentRecord[] = [];
    for (const id of ids) {
      const record = this.paymentRecords.get(id);
      if (record !== undefined) records.push(record);
    }
    return records;
  }
}

function refilled<Key, Value>(map: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  map.clear();
  for (const [key, value] of from) map.set(key, value);
}

function added(index: Map<string, Set<string>>, value: string, id: string): void {
  const ids = index.get(value);
  if (ids === undefined) index.set(value, new Set([id]));
  else ids.add(id);
}

function oldestFirst(records: PaymentRecord[]): PaymentRecord[] {
  return records.sort(compareAge);
}

function compareAge(left: PaymentRecord, right: PaymentRecord): number {
  return left.startedAt - right.startedAt || compare(left.number, right.number) || compare(left.paymentId, right.paymentId);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
