/** A JournalStorage in memory for tests of core: the same contract as the SQLite one, word by word and without an index. */
import { firstHash } from '../journal/chain.ts';
import { refundHasState, saleHasRefund, saleHasState } from '../journal/list-states.ts';
import { matchOf } from '../journal/matching.ts';
import { dayCursor, daySumKey, JournalUnavailable, paymentCounts, refundCounts, refundIsOutside } from '../journal/storage.ts';
import type {
  DayQuery, DayRecord, DaySumRecord, FindQuery, FindRecord, JournalRow, JournalStorage, MoveRecord, MoveSum, PaymentQuery, PaymentRecord, PrintJobRecord,
  ProjectionChanges, RefundRecord, ShiftRecord,
} from '../journal/storage.ts';

interface Range {
  readonly afterSequence: number;
  readonly upToSequence: number;
}

export class MemoryJournal implements JournalStorage {
  readonly rows: JournalRow[] = [];
  readonly paymentRecords = new Map<string, PaymentRecord>();
  readonly refundRecords = new Map<string, RefundRecord>();
  readonly moves: MoveRecord[] = [];
  readonly shifts = new Map<number, ShiftRecord>();
  readonly jobs = new Map<string, PrintJobRecord>();
  readonly commands = new Map<string, string>();
  /** Set by a test: the next appends fail, as on a full disk. */
  full = false;

  head(): { readonly sequence: number; readonly hash: string } {
    const last = this.rows.at(-1);
    return { sequence: last?.sequence ?? 0, hash: last?.hash ?? firstHash };
  }

  append(rows: readonly JournalRow[], changes: ProjectionChanges): void {
    if (this.full) throw new JournalUnavailable('notWritable', 'no space left');
    const used = changes.commands.find((command) => this.commands.has(command.commandId));
    if (used !== undefined) throw new Error(`command ${used.commandId} was carried out before`);
    this.rows.push(...rows);
    for (const record of changes.payments) this.paymentRecords.set(record.paymentId, record);
    for (const record of changes.refunds) this.refundRecords.set(record.refundRef, record);
    this.moves.push(...changes.moves);
    for (const shift of changes.shifts) this.shifts.set(shift.number, shift);
    for (const job of changes.printJobs) this.jobs.set(job.jobId, job);
    for (const command of changes.commands) this.commands.set(command.commandId, command.aggregate);
  }

  rowsOf(aggregate: string): readonly JournalRow[] {
    return this.rows.filter((row) => row.aggregate === aggregate);
  }

  rowsAfter(after: number, count: number): readonly JournalRow[] {
    return this.rows.filter((row) => row.sequence > after).slice(0, count);
  }

  rowsOfType(type: string, after: number): readonly JournalRow[] {
    return this.rows.filter((row) => row.sequence > after && row.type === type);
  }

  row(sequence: number): JournalRow | null {
    return this.rows.find((row) => row.sequence === sequence) ?? null;
  }

  payments(query: PaymentQuery): readonly PaymentRecord[] {
    const all = [...this.paymentRecords.values()].toSorted(oldestFirst);
    switch (query.by) {
      case 'paymentId':
        return all.filter((record) => record.paymentId === query.value);
      case 'reference':
        return all.filter((record) => record.references.some((reference) => reference.value === query.value));
      case 'codeHash':
        return all.filter((record) => record.codeHashes.includes(query.value));
      case 'payerId':
        return all.filter((record) => record.payerIds.includes(query.value) && record.startedAt >= query.since);
      case 'saleRef':
        return all.filter((record) => record.saleRef === query.value);
      case 'takenUp':
        return all.filter((record) => record.takenUp);
      case 'day':
        return all.filter((record) => record.day === query.value);
      case 'amount':
        return all.filter((record) => record.amountMinor === query.minor && record.currency === query.currency && record.startedAt >= query.since);
      case 'newest':
        return all.toReversed().slice(0, query.count);
    }
  }

  countOfDay(day: string): number {
    return this.payments({ by: 'day', value: day }).length;
  }

  refunds(query: { readonly paymentId: string } | { readonly refundRef: string } | { readonly open: true }): readonly RefundRecord[] {
    const all = [...this.refundRecords.values()].toSorted((left, right) => left.startedAt - right.startedAt || compare(left.refundRef, right.refundRef));
    if ('paymentId' in query) return all.filter((record) => record.paymentId === query.paymentId);
    return 'refundRef' in query ? all.filter((record) => record.refundRef === query.refundRef) : all.filter((record) => record.open);
  }

  find(query: FindQuery): readonly FindRecord[] {
    const { text } = query;
    const passing = [...this.paymentRecords.values()].filter((record) => salePasses(record, query.filter));
    const found = passing.flatMap((record): FindRecord[] => {
      const match = text === null ? ({ matched: 'filter', text: '', exact: false } as const) : matchOf(record, text);
      return match === null ? [] : [{ record, ...match }];
    });
    return found.toSorted((left, right) => Number(right.exact) - Number(left.exact) || newestFirst(left.record, right.record)).slice(0, query.count);
  }

  dayRows(query: DayQuery & { readonly after: string | null; readonly count: number }): readonly DayRecord[] {
    const { after } = query;
    const rows = this.rowsOfDays(query).filter((row) => after === null || dayCursor(row) < after);
    return rows.toSorted((left, right) => compare(dayCursor(right), dayCursor(left))).slice(0, query.count);
  }

  daySums(query: DayQuery): readonly DaySumRecord[] {
    const sums = new Map<string, DaySumRecord>();
    for (const row of this.rowsOfDays(query)) {
      const sum = sumOf(row);
      add(sums, daySumKey(sum), sum, (before) => ({ ...before, rows: before.rows + 1, minor: before.minor + sum.minor }));
    }
    return sorted(sums);
  }

  moveSums(range: Range): readonly MoveSum[] {
    const sums = new Map<string, MoveSum>();
    for (const { kind, gateway, wallet, currency, minor } of this.movesIn(range)) {
      add(sums, JSON.stringify([kind, gateway, wallet, currency]), { kind, gateway, wallet, currency, count: 1, minor }, (before) => ({ ...before, count: before.count + 1, minor: before.minor + minor }));
    }
    return sorted(sums);
  }

  drawerMoves(range: Range): readonly MoveRecord[] {
    return this.movesIn(range).filter((move) => move.kind === 'drawerIn' || move.kind === 'drawerOut' || move.kind === 'drawerOpened');
  }

  shift(number: number | 'newest'): ShiftRecord | null {
    return this.shifts.get(number === 'newest' ? Math.max(...this.shifts.keys()) : number) ?? null;
  }

  printJobs(query: { readonly paymentId: string } | { readonly unfinished: true }): readonly PrintJobRecord[] {
    const all = [...this.jobs.values()].toSorted((left, right) => left.queuedAt - right.queuedAt || compare(left.jobId, right.jobId));
    if ('paymentId' in query) return all.filter((job) => job.paymentId === query.paymentId);
    return all.filter((job) => job.state !== 'printed' && job.state !== 'dropped');
  }

  aggregateOfCommand(commandId: string): string | null {
    return this.commands.get(commandId) ?? null;
  }

  close(): void {
    // Nothing is held open.
  }

  private movesIn(range: Range): readonly MoveRecord[] {
    return this.moves.filter((move) => move.sequence > range.afterSequence && move.sequence <= range.upToSequence).toSorted((left, right) => left.sequence - right.sequence);
  }

  private rowsOfDays(query: DayQuery): readonly DayRecord[] {
    const within = ({ day }: { readonly day: string }): boolean => day >= query.fromDay && day <= query.toDay;
    const sales = [...this.paymentRecords.values()].filter((record) => within(record) && salePasses(record, query.filter));
    const refunds = [...this.refundRecords.values()].filter((record) => within(record) && refundPasses(record, query.filter));
    return [...sales.map((record): DayRecord => ({ kind: 'sale', record })), ...refunds.map((record): DayRecord => ({ kind: 'refund', record, payment: this.paymentOf(record) }))];
  }

  private paymentOf(refund: RefundRecord): PaymentRecord {
    const payment = this.paymentRecords.get(refund.paymentId);
    if (payment === undefined) throw new Error(`refund ${refund.refundRef} has no payment`);
    return payment;
  }
}

function sumOf(row: DayRecord): DaySumRecord {
  const { gateway, wallet, currency, operatorId, hour, settledAs, open, amountMinor } = row.record;
  const counts = row.kind === 'sale' ? paymentCounts(row.record) : refundCounts(row.record);
  return { kind: row.kind, gateway, wallet, currency, operatorId, hour, settledAs, open, counts, outside: row.kind === 'refund' && refundIsOutside(row.record), rows: 1, minor: amountMinor };
}

function salePasses(record: PaymentRecord, filter: DayQuery['filter']): boolean {
  return passes(record, filter) && (filter.state === undefined || saleHasState(record, saleHasRefund(record), filter.state));
}

/** A refund's row is narrowed by its own state, amount and operator. */
function refundPasses(record: RefundRecord, filter: DayQuery['filter']): boolean {
  return passes(record, filter) && (filter.state === undefined || refundHasState(record, filter.state));
}

function passes(record: PaymentRecord | RefundRecord, filter: DayQuery['filter']): boolean {
  return (
    (filter.fromDay === undefined || record.day >= filter.fromDay)
    && (filter.toDay === undefined || record.day <= filter.toDay)
    && (filter.leastMinor === undefined || record.amountMinor >= filter.leastMinor)
    && (filter.mostMinor === undefined || record.amountMinor <= filter.mostMinor)
    && (filter.wallet === undefined || record.wallet === filter.wallet)
    && (filter.gateway === undefined || record.gateway === filter.gateway)
    && (filter.operatorId === undefined || record.operatorId === filter.operatorId)
  );
}

function add<Sum>(sums: Map<string, Sum>, key: string, first: Sum, next: (before: Sum) => Sum): void {
  const before = sums.get(key);
  sums.set(key, before === undefined ? first : next(before));
}

/** By their keys, so that two storages give the same order. */
function sorted<Sum>(sums: ReadonlyMap<string, Sum>): readonly Sum[] {
  return [...sums].toSorted(([left], [right]) => compare(left, right)).map(([, sum]) => sum);
}

function oldestFirst(left: PaymentRecord, right: PaymentRecord): number {
  return left.startedAt - right.startedAt || compare(left.number, right.number) || compare(left.paymentId, right.paymentId);
}

function newestFirst(left: PaymentRecord, right: PaymentRecord): number {
  return right.startedAt - left.startedAt || compare(right.paymentId, left.paymentId);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
