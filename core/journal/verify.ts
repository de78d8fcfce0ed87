/** Proves a journal whole: the hash chain, what the engine makes of each row, and every projection, all from the rows alone. */
import { recordState } from '../receipt/print-queue.ts';
import { stepPayment, type Payment } from '../payment/payment.ts';
import { verifyChain, type ChainState } from './chain.ts';
import { isPaymentRow, paymentEntry, printEvent } from './journal.ts';
import { paymentRecord } from './projection.ts';
import type { JournalReader, JournalRow, PaymentRecord, PrintJobRecord } from './storage.ts';

/** The stored projections, each in any order. */
export interface StoredProjections {
  readonly payments: Iterable<PaymentRecord>;
  readonly printJobs: Iterable<PrintJobRecord>;
  readonly commands: Iterable<{ readonly commandId: string; readonly paymentId: string }>;
}

/** What the rows say that the projections must be. */
export interface RebuiltProjections {
  readonly payments: Map<string, PaymentRecord>;
  readonly printJobs: Map<string, PrintJobRecord>;
  readonly commands: Map<string, string>;
}

const pageRows = 1000;

/** Recomputes everything and says where it breaks first. */
export function verifyJournal(reader: JournalReader, stored: StoredProjections): ChainState {
  const chain = verifyChain(reader);
  if (chain.kind === 'broken') return chain;
  const rebuilt = rebuild(reader);
  if ('kind' in rebuilt) return rebuilt;
  const why =
    difference('payments', rebuilt.payments, stored.payments, (record) => record.paymentId, (record) => record)
    ?? difference('print jobs', rebuilt.printJobs, stored.printJobs, (record) => record.jobId, (record) => record)
    ?? difference('commands', rebuilt.commands, stored.commands, (command) => command.commandId, (command) => command.paymentId);
  return why === null ? chain : { kind: 'broken', sequence: chain.rows, why };
}

/** The projections folded from the rows; broken where a row isn't what the engine makes of it. */
export function rebuild(reader: JournalReader): RebuiltProjections | Extract<ChainState, { kind: 'broken' }> {
  const rebuilt: RebuiltProjections = { payments: new Map(), printJobs: new Map(), commands: new Map() };
  const folded = new Map<string, Payment>();
  let sequence = 0;
  for (;;) {
    const rows = reader.rowsAfter(sequence, pageRows);
    for (const row of rows) {
      const why = take(row, rebuilt, folded);
      if (why !== null) return { kind: 'broken', sequence: row.sequence, why };
      sequence = row.sequence;
    }
    if (rows.length < pageRows) return rebuilt;
  }
}

function take(row: JournalRow, rebuilt: RebuiltProjections, folded: Map<string, Payment>): string | null {
  if (isPaymentRow(row)) return takePaymentRow(row, rebuilt, folded);
  if (row.type.startsWith('print')) takePrintRow(row, rebuilt);
  return null;
}

function takePaymentRow(row: JournalRow, rebuilt: RebuiltProjections, folded: Map<string, Payment>): string | null {
  const entry = paymentEntry(row);
  const { payment, send } = stepPayment(folded.get(row.aggregate) ?? null, entry.event);
  const state = payment.attempts.find((attempt) => attempt.created.attemptRef === entry.event.attemptRef)?.name;
  if (state !== entry.state || (send?.call ?? null) !== entry.send) return `the engine makes ${state} of it, not ${entry.state}`;
  folded.set(row.aggregate, payment);
  const before = rebuilt.payments.get(row.aggregate)?.paidSequence ?? null;
  rebuilt.payments.set(row.aggregate, paymentRecord(payment, row.sequence, before));
  const { event } = entry;
  const commandId = event.type === 'attemptCreated' || event.type === 'personActed' ? event.commandId : null;
  if (commandId !== null) rebuilt.commands.set(commandId, row.aggregate);
  return null;
}

function takePrintRow(row: JournalRow, rebuilt: RebuiltProjections): void {
  const event = printEvent(row);
  const queuedAt = event.type === 'printQueued' ? event.queuedAt : (rebuilt.printJobs.get(event.jobId)?.queuedAt ?? row.at);
  rebuilt.printJobs.set(event.jobId, { jobId: event.jobId, paymentId: row.aggregate, state: recordState(event), queuedAt });
}

function difference<Stored, Value>(name: string, rebuilt: ReadonlyMap<string, Value>, stored: Iterable<Stored>, keyOf: (one: Stored) => string, valueOf: (one: Stored) => Value): string | null {
  let seen = 0;
  for (const one of stored) {
    seen += 1;
    const expected = rebuilt.get(keyOf(one));
    if (expected === undefined) return `the projection of ${name} holds ${keyOf(one)}, which the journal doesn't`;
    if (canonical(expected) !== canonical(valueOf(one))) return `the projection of ${name} disagrees with the journal about ${keyOf(one)}`;
  }
  return seen === rebuilt.size ? null : `the projection of ${name} lacks ${rebuilt.size - seen} rows of the journal`;
}

/** JSON with sorted keys, so that two equal records have one text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  });
}
