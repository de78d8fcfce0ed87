/** A JournalStorage in memory for tests of core: the same contract as the SQLite one, without a disk. */
import { firstHash } from '../journal/chain.ts';
import { JournalUnavailable, type JournalRow, type JournalStorage, type PaymentQuery, type PaymentRecord, type PrintJobRecord, type ProjectionChanges } from '../journal/storage.ts';

export class MemoryJournal implements JournalStorage {
  readonly rows: JournalRow[] = [];
  readonly paymentRecords = new Map<string, PaymentRecord>();
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
    this.rows.push(...rows);
    for (const record of changes.payments) this.paymentRecords.set(record.paymentId, record);
    for (const job of changes.printJobs) this.jobs.set(job.jobId, job);
    for (const command of changes.commands) this.commands.set(command.commandId, command.paymentId);
  }

  rowsOf(aggregate: string): readonly JournalRow[] {
    return this.rows.filter((row) => row.aggregate === aggregate);
  }

  rowsAfter(after: number, count: number): readonly JournalRow[] {
    return this.rows.filter((row) => row.sequence > after).slice(0, count);
  }

  payments(query: PaymentQuery): readonly PaymentRecord[] {
    const all = [...this.paymentRecords.values()].toSorted((left, right) => right.startedAt - left.startedAt);
    switch (query.by) {
      case 'paymentId':
        return all.filter((record) => record.paymentId === query.value);
      case 'reference':
        return all.filter((record) => record.references.includes(query.value));
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
        return all.slice(0, query.count);
    }
  }

  countOfDay(day: string): number {
    return this.payments({ by: 'day', value: day }).length;
  }

  printJobs(query: { readonly paymentId: string } | { readonly unfinished: true }): readonly PrintJobRecord[] {
    const all = [...this.jobs.values()];
    if ('paymentId' in query) return all.filter((job) => job.paymentId === query.paymentId);
    return all.filter((job) => job.state === 'waiting' || job.state === 'printing');
  }

  paymentOfCommand(commandId: string): string | null {
    return this.commands.get(commandId) ?? null;
  }

  close(): void {
    // Nothing is held open.
  }
}
