/** CASES 29: whether this journal is an older copy of one that went further, and what must happen before a refund is sent again. */
import type { PersonName } from '../contract/types.ts';
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
  /** Who matched it; missing in rows of journals from before it was kept. */
  readonly by?: PersonName;
}

interface Noticed {
  readonly type: 'restoreNoticed';
  readonly missedHash: string;
  readonly noticedAt: Instant;
  /** Of the newest row that the copy had. */
  readonly headAt: Instant;
  /** Those at which a refund may be missing, off or on. The journal's first rows of this type have none. */
  readonly gateways?: readonly string[];
}

/** One restore, and whose statements were matched since. Between `headAt` and `noticedAt` happened what is missing. */
interface Notice {
  readonly missedHash: string;
  readonly noticedAt: Instant;
  readonly headAt: Instant;
  readonly gateways: ReadonlySet<string>;
  readonly reconciled: Set<string>;
}

/** The instants at which a statement begins and ends. */
export interface StatementSpan {
  readonly from: Instant;
  readonly to: Instant;
}

export class RestoredJournal {
  private readonly reader: JournalReader;
  private readonly witness: HeadWitness | null;
  private readonly log: Log;
  private readonly ableNow: () => readonly string[];
  /** The head that the journal should have had, until all is matched; null where it has it. */
  private missedHash: string | null;
  /** Every restore that the journal tells of: a gateway that was off since may still owe its statement. */
  private readonly notices: Notice[];
  /** Rows that are missing at least; 0 where none is. */
  readonly rowsMissing: number;

  /** `ableNow` are the gateways that are on and can refund, asked each time: settings change while the till runs. */
  constructor(reader: JournalReader, witness: HeadWitness | null, ableNow: () => readonly string[], log: Log) {
    this.reader = reader;
    this.witness = witness;
    this.log = log;
    this.ableNow = ableNow;
    const seen = witness?.read() ?? null;
    const isHere = seen === null || reader.row(seen.sequence)?.hash === seen.hash;
    this.rowsMissing = isHere ? 0 : Math.max(1, seen.sequence - reader.head().sequence);
    this.missedHash = isHere ? null : seen.hash;
    this.notices = noticesIn(reader);
  }

  /** The row that notes it, once; null where it was noted before, or nothing is missing. */
  noticeEntry(now: Instant): NewEntry | null {
    if (this.missedHash === null || !this.isUnnoticed()) return null;
    const headAt = this.reader.row(this.reader.head().sequence)?.at ?? now;
    const gateways = [...new Set([...this.ableNow(), ...gatewaysIn(this.reader)])].toSorted();
    this.notices.push({ missedHash: this.missedHash, noticedAt: now, headAt, gateways: new Set(gateways), reconciled: new Set() });
    const payload: Noticed = { type: 'restoreNoticed', missedHash: this.missedHash, noticedAt: now, headAt, gateways };
    return { aggregate: reconcileAggregate, type: payload.type, payload };
  }

  /** True until the statement of every gateway that is on was matched: what is missing may have been a refund. */
  isRestored(): boolean {
    return this.ableNow().some((gateway) => this.owes(gateway));
  }

  /** True until this gateway's statement was matched, however long it was off; for what no statement shows (cash), until all were. */
  lacksRefunds(gateway: string): boolean {
    return this.owes(gateway) || (!this.ableNow().includes(gateway) && this.isRestored());
  }

  /** What a gateway's statement must cover for its refunds to go on; null where they wait for nothing of it. */
  stillNeeds(gateway: string): StatementSpan | null {
    const owed = this.notices.filter((notice) => this.owesFor(notice, gateway));
    return owed.length === 0 ? null : { from: Math.min(...owed.map(({ headAt }) => headAt)), to: Math.max(...owed.map(({ noticedAt }) => noticedAt)) };
  }

  /** The rows that say that a gateway's statement was matched: one for each restore of which the span has all that may be missing. */
  reconciledEntries(gateway: string, span: StatementSpan, by: PersonName): readonly NewEntry[] {
    return this.coveredBy(gateway, span).map(({ missedHash }) => {
      const payload: Reconciled = { type: 'reconciled', gateway, missedHash, by };
      return { aggregate: reconcileAggregate, type: payload.type, payload };
    });
  }

  noteReconciled(gateway: string, span: StatementSpan): void {
    for (const notice of this.coveredBy(gateway, span)) notice.reconciled.add(gateway);
    if (!this.isRestored()) this.missedHash = null;
  }

  /** Writes the head outside the home, unless the journal is behind what stands there. */
  write(): void {
    const head = this.reader.head();
    if (this.witness === null || (this.missedHash !== null && this.isRestored()) || head.sequence === 0) return;
    try {
      this.witness.write(head);
    } catch (error) {
      this.log.warn('the head of the chain could not be written outside the home', { error: String(error) });
    }
  }

  private isUnnoticed(): boolean {
    return this.missedHash !== null && !this.notices.some(({ missedHash }) => missedHash === this.missedHash);
  }

  private owes(gateway: string): boolean {
    return this.isUnnoticed() || this.notices.some((notice) => this.owesFor(notice, gateway));
  }

  private owesFor(notice: Notice, gateway: string): boolean {
    // Until the first restored till has matched all, a gateway that was set up since is held to it as well.
    return !notice.reconciled.has(gateway) && (notice.gateways.has(gateway) || (notice.missedHash === this.missedHash && this.ableNow().includes(gateway)));
  }

  private coveredBy(gateway: string, { from, to }: StatementSpan): readonly Notice[] {
    return this.notices.filter((notice) => this.owesFor(notice, gateway) && from <= notice.headAt && to > notice.noticedAt);
  }
}

function noticesIn(reader: JournalReader): Notice[] {
  const notices: Notice[] = [];
  for (const row of reader.rowsOf(reconcileAggregate)) {
    const payload = JSON.parse(row.payload) as Reconciled | Noticed | { readonly type: 'differenceNoted' };
    if (payload.type === 'restoreNoticed') {
      const { missedHash, noticedAt, headAt, gateways } = payload;
      notices.push({ missedHash, noticedAt, headAt, gateways: new Set(gateways), reconciled: new Set() });
    } else if (payload.type === 'reconciled') {
      for (const notice of notices) if (notice.missedHash === payload.missedHash) notice.reconciled.add(payload.gateway);
    }
  }
  return notices;
}

/** Every gateway that the journal has a payment or a refund of. */
function gatewaysIn(reader: JournalReader): readonly string[] {
  return [...new Set(reader.daySums({ fromDay: '0000-01-01', toDay: '9999-12-31', filter: {} }).map(({ gateway }) => gateway))].filter((gateway) => gateway !== 'cash');
}
