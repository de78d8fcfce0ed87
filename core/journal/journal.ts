/** The journal as the engine uses it: entries go in chained, payments come out folded from their rows. */
import type { PersonName } from '../contract/types.ts';
import type { PaymentEvent } from '../payment/events.ts';
import { stepPayment, type Payment } from '../payment/payment.ts';
import type { Clock, Instant } from '../ports.ts';
import { rowHash } from './chain.ts';
import type { RefundEvent } from '../refund/events.ts';
import type { JournalReader, JournalRow, JournalStorage, MoveRecord, PrintJobRecord, ProjectionChanges, ShiftRecord } from './storage.ts';
import { isPaid, moveOf, paymentRecord, refundRecord } from './projection.ts';

/** What is written: the event itself, and with it what the engine made of it, so that the journal speaks for itself. */
export interface PaymentEntry {
  readonly event: PaymentEvent;
  /** The state it led to. */
  readonly state: string;
  /** The call that is sent next, once this row is durable; null for none. */
  readonly send: string | null;
}

/** What is on a piece of paper. `subject` of a job says which refund, shift or slip. */
export type PrintJobKind = 'receipt' | 'copy' | 'evidence' | 'code' | 'refund' | 'refundCopy' | 'slip' | 'x' | 'z' | 'zCopy' | 'day' | 'drawer';

/** What happened to a print job. */
export type PrintEvent =
  /** `by` is whoever asked for it; missing where it prints by itself, and in rows of journals from before it was kept. */
  | { readonly type: 'printQueued'; readonly jobId: string; readonly kind: PrintJobKind; readonly queuedAt: Instant; readonly by?: PersonName }
  | { readonly type: 'printBegun'; readonly jobId: string }
  | { readonly type: 'printEnded'; readonly jobId: string; readonly how: 'printed' | 'notBegun' | 'interrupted' | 'dropped'; readonly detail: string | null };

const paymentEventTypes: Readonly<Record<PaymentEvent['type'], true>> = {
  attemptCreated: true, cashTaken: true, foreignFound: true, answered: true, notAnswered: true, timerFired: true, personActed: true, takenUp: true,
  cashReturned: true, settled: true, bookedElsewhere: true, gatewayRefEntered: true, notified: true, disputed: true,
  refundCreated: true, refundAnswered: true, refundNotAnswered: true, refundTimerFired: true, refundAskedNow: true, refundNotified: true, refundTakenUp: true, refundSettled: true, refundBooked: true,
};

export function isPaymentRow(row: JournalRow): boolean {
  return Object.hasOwn(paymentEventTypes, row.type);
}

/** What an event is about: one refund, or one attempt. */
export function isAboutRefund(event: PaymentEvent): event is RefundEvent {
  return 'refundRef' in event;
}

/** The state that an event led to, as its row says it. */
export function stateAfter(payment: Payment, event: PaymentEvent): string {
  const state = isAboutRefund(event)
    ? payment.refunds.find((refund) => refund.created.refundRef === event.refundRef)
    : payment.attempts.find((attempt) => attempt.created.attemptRef === event.attemptRef);
  if (state === undefined) throw new Error(`an event of something unknown: ${event.type}`);
  return state.name;
}

/** The command that an event carried out; null for what no command caused. */
export function commandOf(event: PaymentEvent): string | null {
  return 'commandId' in event ? event.commandId : null;
}

export function paymentEntry(row: Pick<JournalRow, 'payload'>): PaymentEntry {
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

/** The same for whoever goes on with the others: null also where nothing can be made of its rows, which is a fault of ours. */
export function readablePayment(rows: readonly JournalRow[]): Payment | null {
  try {
    return foldPayment(rows);
  } catch {
    return null;
  }
}

export interface NewEntry {
  readonly aggregate: string;
  readonly type: string;
  readonly payload: unknown;
}

/** What one append means for the projections. */
export interface AppendOptions {
  /** A payment after the first row of the append, and before it. */
  readonly payment?: { readonly before: Payment | null; readonly after: Payment; readonly event: PaymentEvent } | undefined;
  readonly printJobs?: readonly PrintJobRecord[] | undefined;
  readonly shifts?: readonly ShiftRecord[] | undefined;
  readonly moves?: readonly MoveRecord[] | undefined;
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
    this.storage.append(rows, this.changes(options, rows));
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

  private changes(options: AppendOptions, rows: readonly JournalRow[]): ProjectionChanges {
    const sequence = rows[0]?.sequence ?? 0;
    const aggregate = rows[0]?.aggregate ?? '';
    const { payment, commandId } = options;
    const changed = payment === undefined ? noPayment : this.paymentChanges(payment, sequence);
    return {
      ...changed,
      moves: [...changed.moves, ...(options.moves ?? [])],
      shifts: options.shifts ?? [],
      printJobs: options.printJobs ?? [],
      commands: commandId ? [{ commandId, aggregate }] : [],
    };
  }

  private paymentChanges({ before, after, event }: NonNullable<AppendOptions['payment']>, sequence: number): Pick<ProjectionChanges, 'payments' | 'refunds' | 'moves'> {
    // Only a paid payment has a row that made it paid; every other is spared the look.
    const record = after.attempts.some(isPaid) ? this.storage.payments({ by: 'paymentId', value: after.paymentId })[0] : undefined;
    const move = moveOf(before, after, sequence);
    return {
      payments: [paymentRecord(after, sequence, record?.paidSequence ?? null)],
      refunds: isAboutRefund(event) ? this.refundChanges(after, event, sequence) : [],
      moves: move === null ? [] : [move],
    };
  }

  private refundChanges(after: Payment, event: RefundEvent, sequence: number): ProjectionChanges['refunds'] {
    const refund = after.refunds.find((one) => one.created.refundRef === event.refundRef);
    if (refund === undefined) throw new Error(`an event of an unknown refund: ${event.refundRef}`);
    const record = event.type === 'refundCreated' ? undefined : this.storage.refunds({ refundRef: event.refundRef })[0];
    return [refundRecord(after, refund, sequence, record ?? null)];
  }
}

const noPayment = { payments: [], refunds: [], moves: [] } as const;
