/** The journal on SQLite: an acknowledged row survives power loss, and whatever can't be stored leaves nothing behind (DESIGN.md 5). */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { dayCursor, daySumKey, JournalUnavailable } from '../../core/journal/storage.ts';
import type {
  DayQuery, DayRecord, DaySumRecord, FindQuery, FindRecord, JournalReader, JournalRow, JournalStorage, MoveRecord, MoveSum, PaymentQuery, PaymentRecord,
  PrintJobRecord, ProjectionChanges, RefundRecord, ShiftRecord,
} from '../../core/journal/storage.ts';
import { makePrivateFolder } from '../files.ts';
import { assertFull, emptyDatabase, isHalfMade, journalFileName, lockFileName, openDatabase, takeLock, versionOf } from './database.ts';
import { translated, translating } from './errors.ts';
import { Finder } from './finder.ts';
import { ListWalker, usualLimits, type Narrowed, type Place, type Prepare, type WalkLimits } from './lists.ts';
import { migrations } from './migrations.ts';
import { prepareAll, type Statements } from './prepare.ts';
import { ProjectionWriter } from './projections.ts';
import type { RefundsOf } from './remake.ts';
import { paymentOf, refundOf, type PaymentRow, type RefundRow } from './records.ts';
import { dumps, otherLookups, paymentLookups, projectionTables, recordLookups, writes } from './statements.ts';

/** Every row of the projections in the order of their keys, so that `verify` can compare them with what the rows say. */
export interface ProjectionDump {
  readonly payments: Iterable<PaymentRecord>;
  readonly refunds: Iterable<RefundRecord>;
  readonly moves: Iterable<MoveRecord>;
  readonly shifts: Iterable<ShiftRecord>;
  readonly printJobs: Iterable<PrintJobRecord>;
  readonly commands: Iterable<CommandRecord>;
}

interface CommandRecord {
  readonly commandId: string;
  readonly aggregate: string;
}

/** A journal that is only read. Works beside a running till and without one. */
export interface ReadableJournal extends JournalReader {
  /** Runs `action` on one unchanging state of the journal, whatever the till appends meanwhile. */
  snapshot<Result>(action: () => Result): Result;
  /** The stored projections. Read each to its end, or break off, before the next call. */
  dumpProjections(): ProjectionDump;
  close(): void;
}

/** The journal of the one till that may write it. */
export interface WritableJournal extends JournalStorage, ReadableJournal {
  /** Replaces all projections in one transaction. `changes` must not read from this journal row by row (`rowsAfter` is fine). */
  rebuildProjections(changes: Iterable<ProjectionChanges>): void;
  /** Makes a durable write that changes nothing. Throws JournalUnavailable while the journal can't take a row. */
  assertWritable(): void;
}

interface JournalPlace {
  /** The home of this till, on a local disk. Made where it is missing. */
  readonly folder: string;
  /** Tests make them small, so that few rows see every way. */
  readonly limits?: WalkLimits;
}

interface SequenceRange {
  readonly afterSequence: number;
  readonly upToSequence: number;
}

const noHash = '0'.repeat(64);

/**
 * Opens the journal. `till` takes the lock of this folder and may write; another till gets `inUse` at once, and the system
 * frees the lock when the process dies (CASES 28); an older program's journal is brought up to date, for which it needs `refundsOf`. `reader` takes no lock; a home without a journal reads as an empty one.
 */
export function openJournal(options: JournalPlace & { readonly access: 'till'; readonly refundsOf?: RefundsOf }): WritableJournal;
export function openJournal(options: JournalPlace & { readonly access: 'reader' }): ReadableJournal;
export function openJournal(options: JournalPlace & { readonly access: 'till' | 'reader'; readonly refundsOf?: RefundsOf }): WritableJournal | ReadableJournal {
  return translating(() => (options.access === 'till' ? openForTill(options.folder, options.refundsOf, options.limits) : openForReader(join(options.folder, journalFileName))));
}

/** What a journal of any version has. */
export type JournalRows = Pick<ReadableJournal, 'head' | 'row' | 'rowsAfter' | 'close'>;

/** A journal's rows alone, of which no version changes anything: one of an older program reads as one of this one does. A missing file reads as an empty journal. */
export function openRows(path: string): JournalRows {
  return translating(() => {
    const database = openToRead(path);
    try {
      const { head, row, rowsAfter } = prepareAll(database, { head: otherLookups.head, row: otherLookups.row, rowsAfter: otherLookups.rowsAfter });
      return {
        head: () => translating(() => (head.get() as { sequence: number; hash: string } | undefined) ?? { sequence: 0, hash: noHash }),
        row: (sequence) => translating(() => (row.get(sequence) as JournalRow | undefined) ?? null),
        rowsAfter: (after, count) => translating(() => rowsAfter.all(after, count) as JournalRow[]),
        close: () => void database.close(),
      };
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function openForTill(folder: string, refundsOf: RefundsOf | undefined, limits: WalkLimits = usualLimits): WritableJournal {
  makePrivateFolder(folder);
  const lock = takeLock(join(folder, lockFileName));
  try {
    return new TillJournal(openDatabase(join(folder, journalFileName), refundsOf), lock, limits);
  } catch (error) {
    lock.close();
    throw error;
  }
}

function openForReader(path: string): ReadableJournal {
  const database = openToRead(path);
  try {
    const version = versionOf(database);
    if (version < migrations.length) throw new JournalUnavailable('older', `${path} has version ${version}; open the till once, so that it is brought up to ${migrations.length}`);
    return new SqliteReader(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Of any version but a newer one; an empty journal where none is there. */
function openToRead(path: string): Database.Database {
  if (!existsSync(path)) return emptyDatabase();
  const database = new Database(path, { readonly: true, timeout: 2000 });
  try {
    if (versionOf(database) > 0) return database;
    // A till is making it at this moment, or died at it.
    database.close();
    return emptyDatabase();
  } catch (error) {
    database.close();
    if (isHalfMade(error)) return emptyDatabase();
    throw error;
  }
}

class SqliteReader implements ReadableJournal {
  protected readonly database: Database.Database;
  readonly #payments: Statements<PaymentQuery['by']>;
  readonly #others: Statements<keyof typeof otherLookups>;
  readonly #records: Statements<keyof typeof recordLookups>;
  readonly #sales: ListWalker;
  readonly #refunds: ListWalker;
  readonly #finder: Finder;

  constructor(database: Database.Database, limits: WalkLimits = usualLimits) {
    this.database = database;
    const prepare: Prepare = (texts) => prepareAll(database, texts);
    this.#payments = prepareAll(database, paymentLookups);
    this.#others = prepareAll(database, otherLookups);
    this.#others.countOfDay.pluck();
    this.#others.aggregateOfCommand.pluck();
    this.#records = prepareAll(database, recordLookups);
    this.#sales = new ListWalker(database, 'sale', prepare, limits);
    this.#refunds = new ListWalker(database, 'refund', prepare, limits);
    this.#finder = new Finder(this.#sales, prepare, (rows) => this.#paymentsOf(rows), limits);
  }

  head(): { readonly sequence: number; readonly hash: string } {
    return translating(() => (this.#others.head.get() as { sequence: number; hash: string } | undefined) ?? { sequence: 0, hash: noHash });
  }

  rowsOf(aggregate: string): readonly JournalRow[] {
    return translating(() => this.#others.rowsOf.all(aggregate) as JournalRow[]);
  }

  rowsAfter(after: number, count: number): readonly JournalRow[] {
    return translating(() => this.#others.rowsAfter.all(after, count) as JournalRow[]);
  }

  rowsOfType(type: string, after: number): readonly JournalRow[] {
    return translating(() => this.#others.rowsOfType.all(after, type) as JournalRow[]);
  }

  row(sequence: number): JournalRow | null {
    return translating(() => (this.#others.row.get(sequence) as JournalRow | undefined) ?? null);
  }

  payments(query: PaymentQuery): readonly PaymentRecord[] {
    const statement = this.#payments[query.by];
    return translating(() => (statement.all(...parametersOf(query)) as PaymentRow[]).map(paymentOf));
  }

  countOfDay(day: string): number {
    return translating(() => this.#others.countOfDay.get(day) as number);
  }

  refunds(query: { readonly paymentId: string } | { readonly refundRef: string } | { readonly open: true }): readonly RefundRecord[] {
    return translating(() => {
      if ('paymentId' in query) return (this.#others.refundsOfPayment.all(query.paymentId) as RefundRow[]).map(refundOf);
      if ('refundRef' in query) return (this.#others.refundByRef.all(query.refundRef) as RefundRow[]).map(refundOf);
      return (this.#others.refundsOpen.all() as RefundRow[]).map(refundOf);
    });
  }

  find(query: FindQuery): readonly FindRecord[] {
    return this.snapshot(() => this.#finder.find(query));
  }

  dayRows(query: DayQuery & { readonly after: string | null; readonly count: number }): readonly DayRecord[] {
    return this.snapshot(() => {
      const sales = this.#paymentsOf(placesBelow(this.#sales, query, 'sale').map(({ row }) => row)).map((record): DayRecord => ({ kind: 'sale', record }));
      const refunds = this.#refundRowsOf(placesBelow(this.#refunds, query, 'refund').map(({ row }) => row));
      const rows = [...sales, ...refunds].map((row) => ({ cursor: dayCursor(row), row }));
      return rows.sort((left, right) => (left.cursor < right.cursor ? 1 : -1)).slice(0, query.count).map(({ row }) => row);
    });
  }

  daySums(query: DayQuery): readonly DaySumRecord[] {
    return this.snapshot(() => {
      const rows = [this.#sales, this.#refunds].flatMap((list) => {
        const narrowed = list.narrowed(query.filter, query);
        return narrowed === null ? [] : list.sums(narrowed);
      });
      const sums = new Map<string, DaySumRecord>();
      for (const row of rows) {
        const key = daySumKey(row);
        const before = sums.get(key);
        sums.set(key, before === undefined ? row : { ...row, rows: before.rows + row.rows, minor: before.minor + row.minor });
      }
      return sortedByKey(sums);
    });
  }

  moveSums(range: SequenceRange): readonly MoveSum[] {
    const sums = translating(() => this.#others.moveSums.all(range.afterSequence, range.upToSequence) as MoveSum[]);
    return sortedByKey(new Map(sums.map((sum) => [JSON.stringify([sum.kind, sum.gateway, sum.wallet, sum.currency]), sum])));
  }

  drawerMoves(range: SequenceRange): readonly MoveRecord[] {
    return translating(() => this.#others.drawerMoves.all(range.afterSequence, range.upToSequence) as MoveRecord[]);
  }

  shift(number: number | 'newest'): ShiftRecord | null {
    const row = translating(() => (number === 'newest' ? this.#others.newestShift.get() : this.#others.shift.get(number)) as ShiftRecord | undefined);
    return row ?? null;
  }

  /** Unfinished jobs are those that wait, print, or were broken off: a person or the printer still has to end them. */
  printJobs(query: { readonly paymentId: string } | { readonly unfinished: true }): readonly PrintJobRecord[] {
    return translating(
      () => ('paymentId' in query ? this.#others.printJobsOfPayment.all(query.paymentId) : this.#others.printJobsUnfinished.all()) as PrintJobRecord[],
    );
  }

  aggregateOfCommand(commandId: string): string | null {
    return translating(() => (this.#others.aggregateOfCommand.get(commandId) as string | undefined) ?? null);
  }

  snapshot<Result>(action: () => Result): Result {
    return translating(() => (this.database.inTransaction ? action() : this.database.transaction(action).deferred()));
  }

  dumpProjections(): ProjectionDump {
    const { database } = this;
    return {
      payments: dumping<PaymentRow, PaymentRecord>(database, dumps.payments, paymentOf),
      refunds: dumping<RefundRow, RefundRecord>(database, dumps.refunds, refundOf),
      moves: dumping<MoveRecord, MoveRecord>(database, dumps.moves, (row) => row),
      shifts: dumping<ShiftRecord, ShiftRecord>(database, dumps.shifts, (row) => row),
      printJobs: dumping<PrintJobRecord, PrintJobRecord>(database, dumps.printJobs, (row) => row),
      commands: dumping<CommandRecord, CommandRecord>(database, dumps.commands, (row) => row),
    };
  }

  close(): void {
    this.database.close();
  }

  /** In the order of `rows`. */
  #paymentsOf(rows: readonly number[]): readonly PaymentRecord[] {
    const stored = this.#records.payments.all(JSON.stringify(rows)) as PaymentRow[];
    const byRow = new Map(stored.map((one) => [one.row, one]));
    return rows.map((row) => paymentOf(known(byRow.get(row), row)));
  }

  #refundRowsOf(rows: readonly number[]): readonly DayRecord[] {
    const stored = this.#records.refunds.all(JSON.stringify(rows)) as RefundRow[];
    const payments = this.#paymentsOf(stored.map((one) => one.paymentRow));
    return stored.map((one, index) => ({ kind: 'refund', record: refundOf(one), payment: known(payments[index], one.paymentRow) }));
  }
}

class TillJournal extends SqliteReader implements WritableJournal {
  readonly #lock: Database.Database;
  readonly #writes: Statements<keyof typeof writes>;
  readonly #projections: ProjectionWriter;
  /** A roll-back failed with the disk: it is made up for before the next write. */
  #rollBackDue = false;

  constructor(database: Database.Database, lock: Database.Database, limits: WalkLimits) {
    super(database, limits);
    this.#lock = lock;
    this.#writes = prepareAll(database, writes);
    this.#projections = new ProjectionWriter(this.#writes);
  }

  append(rows: readonly JournalRow[], changes: ProjectionChanges): void {
    this.#write(() => {
      let { sequence, hash } = this.head();
      for (const row of rows) {
        if (row.sequence !== sequence + 1 || row.previousHash !== hash) throw new Error(`row ${row.sequence} doesn't follow the journal's head ${sequence}`);
        this.#writes.addEvent.run(row.sequence, row.at, row.aggregate, row.type, row.payload, row.previousHash, row.hash);
        ({ sequence, hash } = row);
      }
      this.#projections.apply(changes);
    });
  }

  rebuildProjections(changes: Iterable<ProjectionChanges>): void {
    this.#write(() => {
      for (const table of projectionTables) this.database.exec(`DELETE FROM ${table}`);
      for (const change of changes) this.#projections.apply(change);
    });
  }

  assertWritable(): void {
    this.#write(() => this.database.pragma(`user_version = ${migrations.length}`));
  }

  override close(): void {
    super.close();
    this.#lock.close();
  }

  /**
   * One transaction, durable on return or without any effect. (Where the disk takes the bytes and then fails the fsync, a
   * power cut before the next append can still bring the row back: an attempt that was journaled and not sent, which asking clears up.)
   */
  #write(action: () => void): void {
    translating(() => {
      if (this.#rollBackDue && this.database.inTransaction) this.#writes.rollback.run();
      this.#rollBackDue = false;
      this.#writes.begin.run();
      try {
        action();
        assertFull(this.database);
        this.#writes.commit.run();
      } catch (error) {
        this.#rollBack();
        throw error;
      }
    });
  }

  #rollBack(): void {
    // SQLite has rolled back by itself after some errors, disk full among them.
    if (!this.database.inTransaction) return;
    try {
      this.#writes.rollback.run();
    } catch {
      // The first error is the one to report.
      this.#rollBackDue = true;
    }
  }
}

function parametersOf(query: PaymentQuery): readonly (string | number)[] {
  switch (query.by) {
    case 'takenUp': return [];
    case 'reference': return [query.value, query.value];
    case 'newest': return [query.count];
    case 'payerId': return [query.value, query.since];
    case 'amount': return [query.minor, query.currency, query.since];
    default: return [query.value];
  }
}

/** The page of one list after a row of both: at one instant sales stand above refunds, as their cursors say. */
function placesBelow(list: ListWalker, query: DayQuery & { readonly after: string | null; readonly count: number }, kind: 'sale' | 'refund'): readonly Place[] {
  const narrowed = list.narrowed(query.filter, query);
  if (narrowed === null) return [];
  return list.newest(query.after === null ? narrowed : startingBelow(narrowed, query.after, kind), query.count);
}

function startingBelow(narrowed: Narrowed, cursor: string, kind: 'sale' | 'refund'): Narrowed {
  const [instant = '', cursorKind = '', ...id] = cursor.split(' ');
  const startedAt = Number(instant);
  if (startedAt >= narrowed.beforeAt) return narrowed;
  if (kind === cursorKind) return { ...narrowed, beforeAt: startedAt, beforeId: id.join(' ') };
  return { ...narrowed, beforeAt: kind === 'sale' ? startedAt : startedAt + 1, beforeId: '' };
}

function known<Value>(value: Value | undefined, row: number): Value {
  if (value === undefined) throw new Error(`the record of row ${row} is missing`);
  return value;
}

function sortedByKey<Sum>(sums: ReadonlyMap<string, Sum>): readonly Sum[] {
  return [...sums].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, sum]) => sum);
}

function* dumping<Row, Result>(database: Database.Database, text: string, shape: (row: Row) => Result): Generator<Result> {
  try {
    for (const row of database.prepare<unknown[], Row>(text).iterate()) yield shape(row);
  } catch (error) {
    throw translated(error);
  }
}
