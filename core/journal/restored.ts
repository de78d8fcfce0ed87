/** CASES 29: whether this journal is an older copy of one that went further, and what must happen before a refund is sent again. */
import type { HeadWitness, Instant, Log } from '../ports.ts';
import type { NewEntry } from './journal.ts';
import type { JournalReader } from './storage.ts';

/** The aggregate of what reconciling found and noted. */
export const reconcileAggregate = 'reconcile';

interface Reconciled {
  readonly type: 'reconciled';
  readonly gateway: string;
  /** The head that the journal should have had: another restore asks for another reconciling. */
  readonly missedHash: string | null;
}

interface Noticed {
  readonly type: 'restoreNoticed';
  readonly missedHash: string;
  readonly noticedAt: Instant;
  /** Of the newest row that the copy had. */
  readonly headAt: Instant;
}

export class RestoredJournal {
  private readonly reader: JournalReader;
  private readonly witness: HeadWitness | null;
  private readonly log: Log;
  private readonly gateways: ReadonlySet<string>;
  private readonly missedHash: string | null;
  private readonly reconciled = new Set<string>();
  /** Rows that are missing at least; 0 where none is. */
  readonly rowsMissing: number;
  /** Between its last row and the moment at which it was noticed, what is missing happened. */
  private noticedAt: Instant | null = null;
  private headAt: Instant | null = null;

  constructor(reader: JournalReader, witness: HeadWitness | null, gateways: Iterable<string>, log: Log) {
    this.reader = reader;
    this.witness = witness;
    this.log = log;
    this.gateways = new Set(gateways);
    const seen = witness?.read() ?? null;
    const isHere = seen === null || reader.row(seen.sequence)?.hash === seen.hash;
    this.rowsMissing = isHere ? 0 : Math.max(1, seen.sequence - reader.head().sequence);
    this.missedHash = isHere ? null : seen.hash;
    if (!isHere) this.readRows();
  }

  /** The row that notes it, once; null where it was noted before, or nothing is missing. */
  noticeEntry(now: Instant): NewEntry | null {
    if (this.missedHash === null || this.noticedAt !== null) return null;
    this.noticedAt = now;
    this.headAt = this.reader.row(this.reader.head().sequence)?.at ?? now;
    const payload: Noticed = { type: 'restoreNoticed', missedHash: this.missedHash, noticedAt: this.noticedAt, headAt: this.headAt };
    return { aggregate: reconcileAggregate, type: payload.type, payload };
  }

  /** Whether a statement of these days has all that may be missing. */
  covers(days: { readonly fromDay: string; readonly toDay: string }, dayOf: (at: Instant) => string): boolean {
    return this.headAt !== null && this.noticedAt !== null && days.fromDay <= dayOf(this.headAt) && days.toDay >= dayOf(this.noticedAt);
  }

  /** True until every gateway's statement was matched: what is missing may have been a refund. */
  isRestored(): boolean {
    return this.missedHash !== null && [...this.gateways].some((gateway) => !this.reconciled.has(gateway));
  }

  /** True until this gateway's statement was matched; for what no statement shows (cash), until all were. */
  lacksRefunds(gateway: string): boolean {
    return this.missedHash !== null && (this.gateways.has(gateway) ? !this.reconciled.has(gateway) : this.isRestored());
  }

  /** The row that says that a gateway's statement was matched. */
  reconciledEntry(gateway: string): NewEntry {
    const payload: Reconciled = { type: 'reconciled', gateway, missedHash: this.missedHash };
    return { aggregate: reconcileAggregate, type: payload.type, payload };
  }

  noteReconciled(gateway: string): void {
    this.reconciled.add(gateway);
  }

  /** Writes the head outside the home, unless the journal is behind what stands there. */
  write(): void {
    const head = this.reader.head();
    if (this.witness === null || this.isRestored() || head.sequence === 0) return;
    try {
      this.witness.write(head);
    } catch (error) {
      this.log.warn('the head of the chain could not be written outside the home', { error: String(error) });
    }
  }

  private readRows(): void {
    for (const row of this.reader.rowsOf(reconcileAggregate)) {
      const payload = JSON.parse(row.payload) as Reconciled | Noticed | { readonly type: 'differenceNoted' };
      if (payload.type === 'differenceNoted' || payload.missedHash !== this.missedHash) continue;
      if (payload.type === 'reconciled') this.reconciled.add(payload.gateway);
      else {
        this.noticedAt = payload.noticedAt;
        this.headAt = payload.headAt;
      }
    }
  }
}
