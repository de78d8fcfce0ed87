/** A disk in memory and the journal's storage over it: a process can die in the middle of an append, and the disk can be full. */
import { firstHash } from '../core/journal/chain.ts';
import { JournalUnavailable, type JournalReader, type JournalRow, type JournalStorage, type PaymentQuery, type PaymentRecord, type PrintJobRecord, type ProjectionChanges } from '../core/journal/storage.ts';
import type { StoredProjections } from '../core/journal/verify.ts';
import type { Secrets } from '../core/ports.ts';
import { ProcessIsDead, type TillProcess } from './process.ts';
import type { SeededRandom } from './random.ts';

interface Unfinished {
  readonly rows: readonly JournalRow[];
  readonly changes: ProjectionChanges;
}

/** What survives a power cut. */
export class Disk implements JournalReader {
  readonly rows: JournalRow[] = [];
  readonly #payments = new Map<string, PaymentRecord>();
  readonly secrets = new Map<string, Uint8Array>();
  isFull = false;
  readonly #rowsOf = new Map<string, JournalRow[]>();
  readonly #idsBy = { reference: new Map<string, Set<string>>(), codeHash: new Map<string, Set<string>>(), payerId: new Map<string, Set<string>>(), saleRef: new Map<string, Set<string>>() };
  readonly #takenUp = new Set<string>();
  readonly #printJobs = new Map<string, PrintJobRecord>();
  readonly #commands = new Map<string, string>();
  readonly #stored: (row: JournalRow) => void;
  /** A write that was refused although its bytes had reached the disk: a power cut may bring it back. */
  #limbo: Unfinished | null = null;

  /** `stored` hears of every row that is durable from now on. */
  constructor(stored: (row: JournalRow) => void) {
    this.#stored = stored;
  }

  head(): { readonly sequence: number; readonly hash: string } {
    return this.rows.at(-1) ?? { sequence: 0, hash: firstHash };
  }

  store(rows: readonly JournalRow[], changes: ProjectionChanges): void {
    this.#limbo = null;
    let { sequence, hash } = this.head();
    for (const row of rows) {
      if (row.sequence !== sequence + 1 || row.previousHash !== hash) throw new Error(`row ${row.sequence} doesn't follow the journal's head ${sequence}`);
      ({ sequence, hash } = row);
    }
    for (const { commandId } of changes.commands) if (this.#commands.has(commandId)) throw new Error(`the command ${commandId} was carried out before`);
    for (const row of rows) this.#add(row);
    for (const record of changes.payments) this.#put(record);
    for (const job of changes.printJobs) this.#printJobs.set(job.jobId, job);
    for (const { commandId, paymentId } of changes.commands) this.#commands.set(commandId, paymentId);
    for (const row of rows) this.#stored(row);
  }

  refuse(rows: readonly JournalRow[], changes: ProjectionChanges, reachedTheDisk: boolean): never {
    if (reachedTheDisk) this.#limbo = { rows, changes };
    throw new JournalUnavailable('notWritable', 'the disk is full');
  }

  /** The power goes: what was refused with its bytes on the disk is there after all. */
  powerCut(): void {
    const limbo = this.#limbo;
    if (limbo !== null) this.store(limbo.rows, limbo.changes);
  }

  rowsOf(aggregate: string): readonly JournalRow[] {
    return this.#rowsOf.get(aggregate) ?? [];
  }

  rowsAfter(after: number, count: number): readonly JournalRow[] {
    return this.rows.slice(after, after + count);
  }

  /** Everything that stands beside the rows, for `verify`. */
  projections(): StoredProjections {
    return {
      payments: this.#payments.values(),
      printJobs: this.#printJobs.values(),
      commands: [...this.#commands].map(([commandId, paymentId]) => ({ commandId, paymentId })),
    };
  }

  records(): Iterable<readonly [string, PaymentRecord]> {
    return this.#payments;
  }

  /** How many payments there are. */
  get size(): number {
    return this.#payments.size;
  }

  payments(query: PaymentQuery): readonly PaymentRecord[] {
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
      case 'day':
        return oldestFirst([...this.#payments.values()].filter((record) => record.day === query.value));
      case 'amount':
        return oldestFirst([...this.#payments.values()].filter((record) => record.amountMinor === query.minor && record.currency === query.currency && record.startedAt >= query.since));
      case 'newest':
        return oldestFirst([...this.#payments.values()]).toReversed().slice(0, query.count);
    }
  }

  countOfDay(day: string): number {
    let count = 0;
    for (const record of this.#payments.values()) if (record.day === day) count += 1;
    return count;
  }

  printJobs(query: { readonly paymentId: string } | { readonly unfinished: true }): readonly PrintJobRecord[] {
    const jobs: PrintJobRecord[] = [];
    for (const job of this.#printJobs.values()) {
      const wanted = 'paymentId' in query ? job.paymentId === query.paymentId : job.state !== 'printed' && job.state !== 'dropped';
      if (wanted) jobs.push(job);
    }
    return jobs.sort((left, right) => left.queuedAt - right.queuedAt || (left.jobId < right.jobId ? -1 : 1));
  }

  paymentOfCommand(commandId: string): string | null {
    return this.#commands.get(commandId) ?? null;
  }

  #add(row: JournalRow): void {
    this.rows.push(row);
    const rows = this.#rowsOf.get(row.aggregate);
    if (rows === undefined) this.#rowsOf.set(row.aggregate, [row]);
    else rows.push(row);
  }

  #put(record: PaymentRecord): void {
    const id = record.paymentId;
    this.#payments.set(id, record);
    if (record.takenUp) this.#takenUp.add(id);
    else this.#takenUp.delete(id);
    for (const value of record.references) added(this.#idsBy.reference, value, id);
    for (const value of record.codeHashes) added(this.#idsBy.codeHash, value, id);
    for (const value of record.payerIds) added(this.#idsBy.payerId, value, id);
    if (record.saleRef !== null) added(this.#idsBy.saleRef, record.saleRef, id);
  }

  #records(ids: Iterable<string>): PaymentRecord[] {
    const records: PaymentRecord[] = [];
    for (const id of ids) {
      const record = this.#payments.get(id);
      if (record !== undefined) records.push(record);
    }
    return records;
  }
}

function added(index: Map<string, Set<string>>, value: string, id: string): void {
  const ids = index.get(value);
  if (ids === undefined) index.set(value, new Set([id]));
  else ids.add(id);
}

function oldestFirst(records: PaymentRecord[]): PaymentRecord[] {
  return records.sort((left, right) => left.startedAt - right.startedAt || (left.number < right.number ? -1 : left.number > right.number ? 1 : 0));
}

/** The Journal port of one process. */
export function journalStorage(disk: Disk, process: TillProcess, random: SeededRandom): JournalStorage {
  return {
    append: (rows, changes) => {
      if (!process.isAlive) throw new ProcessIsDead();
      if (process.diesAt('before the row is written')) throw new ProcessIsDead();
      if (disk.isFull) disk.refuse(rows, changes, random.chance(0.3));
      disk.store(rows, changes);
      // Durable, and nobody was told: after the restart it is there all the same.
      if (process.diesAt('after the row is written')) throw new ProcessIsDead();
    },
    head: () => disk.head(),
    rowsOf: (aggregate) => disk.rowsOf(aggregate),
    rowsAfter: (after, count) => disk.rowsAfter(after, count),
    payments: (query) => disk.payments(query),
    countOfDay: (day) => disk.countOfDay(day),
    printJobs: (query) => disk.printJobs(query),
    paymentOfCommand: (commandId) => disk.paymentOfCommand(commandId),
    close: () => undefined,
  };
}

/** The Secrets port: durable on return as the journal is. */
export function secretsOn(disk: Disk, process: TillProcess): Secrets {
  return {
    read: (name) => disk.secrets.get(name) ?? null,
    write: (name, value) => {
      if (process.diesAt('before a secret is written')) return;
      disk.secrets.set(name, value);
      process.diesAt('after a secret is written');
    },
  };
}
