/** The journal as the engine uses it: entries go in chained, payments come out folded from their rows. */
import type { PaymentEvent } from '../payment/events.ts';
import { stepPayment, type Payment } from '../payment/payment.ts';
import type { Clock, Instant } from '../ports.ts';
import { rowHash } from './chain.ts';
import type { JournalReader, JournalRow, JournalStorage, PrintJobRecord, ProjectionChanges } from './storage.ts';
import { isPaid, paymentRecord } from './projection.ts';

/** What is written: the event itself, and with it what the engine made of it, so that the journal speaks for itself. */
export interface PaymentEntry {
  readonly event: PaymentEvent;
  /** The state it led to. */
  readonly state: string;
  /** The call that is sent next, once this row is durable; null for none. */
  readonly send: string | null;
}

/** What happened to a print job. */
export type PrintEvent =
  | { readonly type: 'printQueued'; readonly jobId: string; readonly kind: 'receipt' | 'copy' | 'evidence'; readonly queuedAt: Instant }
  | { readonly type: 'printBegun'; readonly jobId: string }
  | { readonly type: 'printEnded'; readonly jobId: string; readonly how: 'printed' | 'notBegun' | 'interrupted' | 'dropped'; readonly detail: string | null };

const paymentEventTypes: ReadonlySet<string> = new Set<PaymentEvent['type']>(['attemptCreated', 'answered', 'notAnswered', 'timerFired', 'personActed', 'takenUp']);

export function isPaymentRow(row: JournalRow): boolean {
  return paymentEventTypes.has(row.type);
}

export function paymentEntry(row: JournalRow): PaymentEntry {
  return JSON.parse(row.payload) as PaymentEntry;
}

export function printEvent(row: JournalRow): PrintEvent {
  return JSON.parse(row.payload) as PrintEvent;
}

/** A payment folded from its rows; null where it has none. */
export function foldPayment(rows: readonly JournalRow[]): Payment | null {
  let payment: Payment | null = null;
  for (const row of rows) if (isPaymentRow(row)) payment = stepPayment(payment, paymentEntry(row).event).payment;
  return payment;
}

export interface NewEntry {
  readonly aggregate: string;
  readonly type: string;
  readonly payload: unknown;
}

/** What one append means for the projections, beside the payments that are folded anew. */
export interface AppendOptions {
  readonly payment?: Payment | undefined;
  readonly printJobs?: readonly PrintJobRecord[] | undefined;
  readonly commandId?: string | null | undefined;
}

export class Journal {
  private readonly storage: JournalStorage;
  private readonly clock: Clock;
  private tail: { sequence: number; hash: string };

  constructor(storage: JournalStorage, clock: Clock) {
    this.storage = storage;
    this.clock = clock;
    this.tail = storage.head();
  }

  /** The newest row's number, from memory: also known while the disk answers nothing. */
  get lastSequence(): number {
    return this.tail.sequence;
  }

  get reader(): JournalReader {
    return this.storage;
  }

  /** Writes the entries in one transaction, durable on return. Throws JournalUnavailable, and then nothing was written. */
  append(entries: readonly NewEntry[], options: AppendOptions = {}): void {
    const rows = this.chained(entries);
    const last = rows.at(-1);
    if (last === undefined) return;
    // A payment's own row comes first; rows of its receipt may follow in the same transaction.
    this.storage.append(rows, this.changes(options, rows[0]?.sequence ?? last.sequence));
    this.tail = { sequence: last.sequence, hash: last.hash };
  }

  payment(paymentId: string): Payment | null {
    return foldPayment(this.storage.rowsOf(paymentId));
  }

  private chained(entries: readonly NewEntry[]): JournalRow[] {
    const rows: JournalRow[] = [];
    let { sequence, hash } = this.tail;
    for (const entry of entries) {
      sequence += 1;
      const row = { sequence, at: this.clock.wall(), aggregate: entry.aggregate, type: entry.type, payload: JSON.stringify(entry.payload), previousHash: hash };
      hash = rowHash(row);
      rows.push({ ...row, hash });
    }
    return rows;
  }

  private changes(options: AppendOptions, sequence: number): ProjectionChanges {
    const { payment, commandId } = options;
    // Only a paid payment has a row that made it paid; every other is spared the look.
    const before = payment && payment.attempts.some(isPaid) ? this.storage.payments({ by: 'paymentId', value: payment.paymentId })[0] : undefined;
    return {
      payments: payment ? [paymentRecord(payment, sequence, before?.paidSequence ?? null)] : [],
      printJobs: options.printJobs ?? [],
      commands: payment && commandId ? [{ commandId, paymentId: payment.paymentId }] : [],
    };
  }
}
