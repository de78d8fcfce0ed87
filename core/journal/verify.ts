/** Proves a journal whole: the hash chain, what the engine makes of each row, and every projection, all from the rows alone. */
import { recordState } from '../receipt/print-queue.ts';
import { stepPayment, type Payment } from '../payment/payment.ts';
import { verifyChain, type ChainState } from './chain.ts';
import { commandOf, isAboutRefund, isPaymentRow, paymentEntry, printEvent, stateAfter } from './journal.ts';
import { moveOf, paymentRecord, refundRecord } from './projection.ts';
import { carriedOver } from '../shift/carried-over.ts';
import { isShiftRow } from '../shift/events.ts';
import { ShiftFolder } from './shift-rows.ts';
import type { JournalReader, JournalRow, MoveRecord, PaymentRecord, PrintJobRecord, RefundRecord, ShiftRecord } from './storage.ts';

/** The stored projections, each in any order. */
export interface StoredProjections {
  readonly payments: Iterable<PaymentRecord>;
  readonly refunds: Iterable<RefundRecord>;
  readonly moves: Iterable<MoveRecord>;
  readonly shifts: Iterable<ShiftRecord>;
  readonly printJobs: Iterable<PrintJobRecord>;
  readonly commands: Iterable<{ readonly commandId: string; readonly aggregate: string }>;
}

/** What the rows say that the projections must be. */
export interface RebuiltProjections {
  readonly payments: Map<string, PaymentRecord>;
  readonly refunds: Map<string, RefundRecord>;
  /** By sequence: a row makes at most one. */
  readonly moves: Map<number, MoveRecord>;
  readonly shifts: Map<number, ShiftRecord>;
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
    ?? difference('refunds', rebuilt.refunds, stored.refunds, (record) => record.refundRef, (record) => record)
    ?? difference('moves', rebuilt.moves, stored.moves, (record) => record.sequence, (record) => record)
    ?? difference('shifts', rebuilt.shifts, stored.shifts, (record) => record.number, (record) => record)
    ?? difference('print jobs', rebuilt.printJobs, stored.printJobs, (record) => record.jobId, (record) => record)
    ?? difference('commands', rebuilt.commands, stored.commands, (command) => command.commandId, (command) => command.aggregate);
  return why === null ? chain : { kind: 'broken', sequence: chain.rows, why };
}

/** The projections folded from the rows; broken where a row isn't what the engine makes of it. */
export function rebuild(reader: JournalReader): RebuiltProjections | Extract<ChainState, { kind: 'broken' }> {
  const rebuilt = nothingRebuilt();
  const folded = new Map<string, Payment>();
  const moved = (move: MoveRecord): void => {
    rebuilt.moves.set(move.sequence, move);
    shifts.moved(move);
  };
  const shifts = new ShiftFolder({ shifts: rebuilt.shifts, moved, carriedOver: () => carriedOver(folded.values()) });
  let sequence = 0;
  for (;;) {
    const rows = reader.rowsAfter(sequence, pageRows);
    for (const row of rows) {
      const why = taken(() => take(row, rebuilt, folded, shifts, moved));
      if (why !== null) return { kind: 'broken', sequence: row.sequence, why };
      sequence = row.sequence;
    }
    if (rows.length < pageRows) return rebuilt;
  }
}

/** The refunds of one payment folded from its rows; null where a row isn't what the engine makes of it. */
export function refundsOf(rows: readonly JournalRow[]): readonly RefundRecord[] | null {
  const rebuilt = nothingRebuilt();
  const folded = new Map<string, Payment>();
  for (const row of rows) if (isPaymentRow(row) && taken(() => takePaymentRow(row, rebuilt, folded, () => undefined)) !== null) return null;
  return [...rebuilt.refunds.values()];
}

function nothingRebuilt(): RebuiltProjections {
  return { payments: new Map(), refunds: new Map(), moves: new Map(), shifts: new Map(), printJobs: new Map(), commands: new Map() };
}

/** Why a row isn't what it should be; null where it is. One that the engine takes at no price is broken like any other. */
function taken(take: () => string | null): string | null {
  try {
    return take();
  } catch (error) {
    return `the engine makes nothing of it: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function take(row: JournalRow, rebuilt: RebuiltProjections, folded: Map<string, Payment>, shifts: ShiftFolder, moved: (move: MoveRecord) => void): string | null {
  if (isPaymentRow(row)) return takePaymentRow(row, rebuilt, folded, moved);
  const commandId = (JSON.parse(row.payload) as { readonly commandId?: string | null }).commandId ?? null;
  if (commandId !== null) rebuilt.commands.set(commandId, row.aggregate);
  if (isShiftRow(row)) return shifts.take(row);
  if (row.type.startsWith('print')) takePrintRow(row, rebuilt);
  return null;
}

function takePaymentRow(row: JournalRow, rebuilt: RebuiltProjections, folded: Map<string, Payment>, moved: (move: MoveRecord) => void): string | null {
  const { event, ...entry } = paymentEntry(row);
  const before = folded.get(row.aggregate) ?? null;
  const { payment, send } = stepPayment(before, event);
  const state = stateAfter(payment, event);
  if (state !== entry.state || (send?.call ?? null) !== entry.send) return `the engine makes ${state} of it, not ${entry.state}`;
  folded.set(row.aggregate, payment);
  const move = moveOf(before, payment, row.sequence);
  if (move !== null) moved(move);
  rebuilt.payments.set(row.aggregate, paymentRecord(payment, row.sequence, rebuilt.payments.get(row.aggregate)?.paidSequence ?? null));
  if (isAboutRefund(event)) takeRefundRow(row, payment, event.refundRef, rebuilt);
  const commandId = commandOf(event);
  if (commandId !== null) rebuilt.commands.set(commandId, row.aggregate);
  return null;
}

function takeRefundRow(row: JournalRow, payment: Payment, refundRef: string, rebuilt: RebuiltProjections): void {
  const refund = payment.refunds.find((one) => one.created.refundRef === refundRef);
  if (refund !== undefined) rebuilt.refunds.set(refundRef, refundRecord(payment, refund, row.sequence, rebuilt.refunds.get(refundRef) ?? null));
}

function takePrintRow(row: JournalRow, rebuilt: RebuiltProjections): void {
  const event = printEvent(row);
  const queuedAt = event.type === 'printQueued' ? event.queuedAt : (rebuilt.printJobs.get(event.jobId)?.queuedAt ?? row.at);
  rebuilt.printJobs.set(event.jobId, { jobId: event.jobId, paymentId: row.aggregate, state: recordState(event), queuedAt });
}

function difference<Stored, Value, Key extends string | number>(name: string, rebuilt: ReadonlyMap<Key, Value>, stored: Iterable<Stored>, keyOf: (one: Stored) => Key, valueOf: (one: Stored) => Value): string | null {
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
