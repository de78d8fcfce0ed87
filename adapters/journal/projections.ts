/** Writes what an append changes in the projections: little, so that an append costs little beside its fsync. */
import type Database from 'better-sqlite3';
import type { PaymentRecord, ProjectionChanges, RefundRecord } from '../../core/journal/storage.ts';
import { dayIsFar, eraOf, facetOfPayment, facetOfRefund, reversedText, type FacetColumns } from './records.ts';
import type { writes } from './statements.ts';

export class ProjectionWriter {
  readonly #writes: Readonly<Record<keyof typeof writes, Database.Statement>>;

  constructor(prepared: Readonly<Record<keyof typeof writes, Database.Statement>>) {
    this.#writes = prepared;
    for (const one of [prepared.facet, prepared.addFacet, prepared.movePayment, prepared.putPayment, prepared.codes, prepared.rowOfPayment]) one.pluck();
  }

  apply(changes: ProjectionChanges): void {
    for (const record of changes.payments) this.#putPayment(record);
    for (const record of changes.refunds) this.#putRefund(record);
    for (const move of changes.moves) {
      this.#writes.addMove.run(move.sequence, move.kind, move.paymentId, move.refundRef, move.gateway, move.wallet, move.currency, move.minor, move.operatorId);
    }
    for (const shift of changes.shifts) this.#writes.putShift.run(shift.number, shift.openedSequence, shift.closedSequence);
    for (const job of changes.printJobs) this.#writes.putPrintJob.run(job.jobId, job.paymentId, job.state, job.queuedAt);
    for (const command of changes.commands) this.#writes.addCommand.run(command.commandId, command.aggregate);
  }

  #putPayment(record: PaymentRecord): void {
    const columns = {
      payment_id: record.paymentId, number: record.number, day: record.day, hour: record.hour, started_at: record.startedAt, amount_minor: record.amountMinor,
      last4: record.last4, sale_ref: record.saleRef, facet: this.#facet(facetOfPayment(record)), refunded_minor: record.refundedMinor,
      refund_open_minor: record.refundOpenMinor, taken_up: Number(record.takenUp), paid_sequence: record.paidSequence, last_sequence: record.lastSequence,
      day_is_far: dayIsFar(record.day, record.startedAt),
    };
    const row = (this.#writes.movePayment.get(columns) ?? this.#writes.putPayment.get(columns)) as number;
    this.#putReferences(row, record);
    this.#putCodes(row, record);
    this.#putPayers(row, record);
  }

  #putReferences(row: number, record: PaymentRecord): void {
    const { startedAt } = record;
    const stored = this.#writes.references.all(row) as { readonly value: string; readonly kind: string; readonly startedAt: number }[];
    const kept = new Set<string>();
    for (const { value, kind, startedAt: before } of stored) {
      if (before === startedAt && record.references.some((reference) => reference.value === value && reference.kind === kind)) kept.add(value);
      else this.#writes.dropReference.run(row, value);
    }
    for (const { value, kind } of record.references) {
      if (kept.has(value)) continue;
      const era = eraOf(startedAt);
      this.#writes.addEra.run(era);
      this.#writes.addReference.run(row, value, reversedText(value), kind, startedAt, era);
    }
  }

  #putCodes(row: number, record: PaymentRecord): void {
    const stored = this.#writes.codes.all(row) as string[];
    if (JSON.stringify(stored) === JSON.stringify(record.codeHashes)) return;
    if (stored.length > 0) this.#writes.dropCodes.run(row);
    record.codeHashes.forEach((value, position) => this.#writes.addCode.run(row, position, value));
  }

  #putPayers(row: number, record: PaymentRecord): void {
    const stored = this.#writes.payers.all(row);
    const wanted = record.payerIds.map((value) => ({ value, startedAt: record.startedAt }));
    if (JSON.stringify(stored) === JSON.stringify(wanted)) return;
    if (stored.length > 0) this.#writes.dropPayers.run(row);
    wanted.forEach(({ value, startedAt }, position) => this.#writes.addPayer.run(row, position, value, startedAt));
  }

  #putRefund(record: RefundRecord): void {
    const payment = this.#writes.rowOfPayment.get(record.paymentId);
    if (payment === undefined) throw new Error(`refund ${record.refundRef} has no payment ${record.paymentId}`);
    this.#writes.putRefund.run({
      refund_ref: record.refundRef, gateway_refund_ref: record.gatewayRefundRef, payment, number: record.number, day: record.day, hour: record.hour, started_at: record.startedAt,
      amount_minor: record.amountMinor, facet: this.#facet(facetOfRefund(record)), approved_by_id: record.approvedById,
      refunded_sequence: record.refundedSequence, last_sequence: record.lastSequence, day_is_far: dayIsFar(record.day, record.startedAt),
    });
  }

  #facet(columns: FacetColumns): number {
    return (this.#writes.facet.get(columns) ?? this.#writes.addFacet.get(columns)) as number;
  }
}
