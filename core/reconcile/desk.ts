/** A gateway's statement at a running till: money that it shows and the journal ended without, notes, and what a restored journal learns. */
import { message, type Message, type MessageKey } from '../contract/messages.ts';
import type { PersonName } from '../contract/types.ts';
import type { Journal, NewEntry } from '../journal/journal.ts';
import { reconcileAggregate, type RestoredJournal, type StatementSpan } from '../journal/restored.ts';
import type { TillLights } from '../lights.ts';
import type { PaymentRunner } from '../payment/runner.ts';
import { isEnded } from '../payment/state.ts';
import type { Clock } from '../ports.ts';
import type { FoundRefund, RefundDesk } from '../refund/desk.ts';
import type { StaffDesk } from '../staff/desk.ts';
import { localText } from '../time/day.ts';
import type { StatementDays } from './statement.ts';

export interface ReconcileDeskPorts {
  readonly journal: Journal;
  readonly restored: RestoredJournal;
  readonly runner: PaymentRunner;
  readonly refunds: RefundDesk;
  readonly staff: StaffDesk;
  readonly lights: TillLights;
  readonly clock: Clock;
  readonly timezone: string;
  /** When a statement's days begin and end: on the gateway's clock, which is not the shop's. */
  spanOf(gateway: string, days: StatementDays): StatementSpan;
  /** The frame of the screens shows something else now. */
  changed(): void;
  refusedByJournal(error: unknown): { readonly kind: 'refused'; readonly message: Message };
}

/** Those of one gateway, after a statement that lifted nothing. */
const restoredNotes: ReadonlySet<MessageKey | undefined> = new Set<MessageKey>(['restoredDays', 'restoredNotAll', 'restoredNotHeld']);

/** What the status bar says of a restored journal before any statement was matched; null where no row is known to be missing. */
export function restoredNote({ rowsMissing }: RestoredJournal): Message | null {
  return rowsMissing === 0 ? null : message('restoredWorld', { n: String(rowsMissing) });
}

export class ReconcileDesk {
  private readonly ports: ReconcileDeskPorts;

  constructor(ports: ReconcileDeskPorts) {
    this.ports = ports;
  }

  /** The statement shows money under these numbers that ended here without any: a person must look. */
  paymentsBooked(attemptRefs: readonly string[], by: PersonName): void {
    const { runner, journal } = this.ports;
    for (const attemptRef of attemptRefs) {
      const record = journal.reader.payments({ by: 'reference', value: attemptRef })[0];
      const payment = record === undefined ? null : runner.load(record.paymentId);
      const attempt = payment?.attempts.find((one) => one.created.attemptRef === attemptRef);
      if (payment === null || attempt === undefined || attempt.name === 'paid' || !isEnded(attempt) || attempt.recorded?.as === 'paid') continue;
      this.tryWriting(() => runner.act(payment.paymentId, { type: 'bookedElsewhere', time: runner.time(), attemptRef, by }));
    }
  }

  /** The statement has a refund of ours as done that ended here as not done: its money is held, and a person must look. */
  refundsBooked(refundRefs: readonly string[], by: PersonName): void {
    const { runner, journal } = this.ports;
    for (const refundRef of refundRefs) {
      const record = journal.reader.refunds({ refundRef })[0];
      const payment = record === undefined ? null : runner.load(record.paymentId);
      const refund = payment?.refunds.find((one) => one.created.refundRef === refundRef);
      if (payment === null || refund === undefined || (refund.name !== 'refused' && refund.name !== 'settled')) continue;
      this.tryWriting(() => runner.act(payment.paymentId, { type: 'refundBooked', time: runner.time(), refundRef, attemptRef: refund.created.attemptRef, by }));
    }
  }

  /** A note on a difference between the journal and a statement: an event of its own, by whoever stands there. */
  note(note: { readonly commandId: string; readonly gateway: string; readonly reference: string; readonly text: string }): Message | null {
    const { journal, runner, staff } = this.ports;
    if (journal.reader.aggregateOfCommand(note.commandId) !== null) return null;
    const payload = { type: 'differenceNoted', time: runner.time(), by: staff.who(), ...note };
    return this.tryWriting(() => journal.append([{ aggregate: reconcileAggregate, type: payload.type, payload }], { commandId: note.commandId }));
  }

  // ---- a restored journal

  /** Notes once that this journal is an older copy of one that went further. */
  noticeRestored(): void {
    const entry = this.ports.restored.noticeEntry(this.ports.clock.wall());
    if (entry !== null) this.write([entry]);
  }

  /**
   * A gateway's statement was matched. In a restored journal the refunds that it shows are held, and refunds there go on once
   * all are and it covers all that may be missing (CASES 29). Many refunds come in pages, with `days` null but for the last one.
   * True where all that were given are held; what was held before is.
   */
  matched(gateway: string, statement: { readonly days: StatementDays | null; readonly refunds: readonly FoundRefund[] }, by: PersonName): boolean {
    const { restored, refunds, lights, runner } = this.ports;
    if (!restored.isRestored() && !restored.lacksRefunds(gateway)) return true;
    // A till that was opened for this statement alone has not started.
    this.noticeRestored();
    const areHeld = statement.refunds.map((found) => refunds.found(found)).every((held) => held);
    if (!areHeld || statement.days === null) return areHeld;
    const span = this.ports.spanOf(gateway, statement.days);
    const entries = restored.reconciledEntries(gateway, span, by);
    if (entries.length === 0 || this.write(entries) !== null) return areHeld;
    restored.noteReconciled(gateway, span);
    if (!restored.isRestored()) {
      lights.journalStopped(null);
      restored.write();
    } else if (restoredNotes.has(lights.lights().journal.message?.key) && lights.lights().journal.message?.values['gateway'] === gateway) {
      // Another gateway's statement is still owed; why this one's didn't do is past.
      lights.journalSays(restoredNote(restored));
    }
    // Refunds of this gateway that had to hold still are asked for again.
    runner.takeUpRefunds();
    this.ports.changed();
    return areHeld;
  }

  /**
   * After a statement was matched: why refunds at this gateway still wait, said on the status bar until they don't; null where
   * they wait for nothing of it. `notHeld`: it has a refund that fits no payment here; `notAll`: it lacks some of ours.
   */
  whyStillWaiting(gateway: string, why: 'notHeld' | 'notAll' | null): Message | null {
    const { restored, lights, timezone } = this.ports;
    if (!restored.lacksRefunds(gateway)) return null;
    this.noticeRestored();
    const needed = restored.stillNeeds(gateway);
    if (needed === null) return null;
    const days = { from: localText(needed.from, timezone), to: localText(needed.to, timezone) };
    const said = why === null ? message('restoredDays', { gateway, ...days }) : message(why === 'notHeld' ? 'restoredNotHeld' : 'restoredNotAll', { gateway });
    if (lights.lights().journal.light !== 'gone') lights.journalNote(said);
    this.ports.changed();
    return said;
  }

  private write(entries: readonly NewEntry[]): Message | null {
    return this.tryWriting(() => this.ports.journal.append(entries));
  }

  /** Null where it was written, else what the till says now. */
  private tryWriting(write: () => unknown): Message | null {
    try {
      write();
      return null;
    } catch (error) {
      return this.ports.refusedByJournal(error).message;
    }
  }
}
