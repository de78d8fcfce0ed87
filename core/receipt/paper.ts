/** Which document a print job is: receipts, refunds, slips, reports and the drawer, made from the journal at the moment they print. */
import type { PaymentView } from '../contract/types.ts';
import type { TillConfiguration } from '../configuration.ts';
import type { DayDesk } from '../find/desk.ts';
import type { Journal } from '../journal/journal.ts';
import { paidAttempt, type Payment } from '../payment/payment.ts';
import type { AttemptState } from '../payment/state.ts';
import { timeline } from '../payment/timeline.ts';
import { isShiftRow, shiftAggregate, shiftEvent, shiftNumber } from '../shift/events.ts';
import type { ShiftDesk } from '../shift/desk.ts';
import { xReport } from '../shift/z-report.ts';
import type { StaffDesk } from '../staff/desk.ts';
import { makeAmount } from '../money/amount.ts';
import { cashSlip } from './cash-receipt.ts';
import { codeSlip } from './code-slip.ts';
import { dayReceipt } from './day-receipt.ts';
import type { ReceiptDocument } from './document.ts';
import { evidenceReceipt, paymentReceipt, type ReceiptShop } from './payment-receipt.ts';
import type { PrintWork } from './print-queue.ts';
import { refundReceipt } from './refund-receipt.ts';
import { xReceipt, zReceipt } from './shift-receipt.ts';

export interface PaperPorts {
  readonly configuration: TillConfiguration;
  readonly journal: Journal;
  readonly staff: StaffDesk;
  readonly shifts: ShiftDesk;
  readonly days: DayDesk;
  payment(paymentId: string): Payment | null;
  view(payment: Payment, lead?: AttemptState): PaymentView;
}

export class Paper {
  private readonly ports: PaperPorts;

  constructor(ports: PaperPorts) {
    this.ports = ports;
  }

  /** Null where there is nothing true to print any more. */
  document(work: PrintWork): ReceiptDocument | null {
    switch (work.kind) {
      case 'receipt':
      case 'copy':
        return this.receipt(work.aggregate, work.kind === 'copy');
      case 'evidence':
        return this.evidence(work.aggregate);
      case 'code':
        return this.code(work.aggregate, work.subject);
      case 'refund':
      case 'refundCopy':
        return this.refund(work.aggregate, work.subject, work.kind === 'refundCopy');
      case 'slip':
        return this.slip(Number(work.subject));
      case 'x':
        return this.x(work.subject);
      case 'z':
      case 'zCopy':
        return this.z(Number(work.subject), work.kind === 'zCopy');
      case 'day':
        return this.day(work.subject);
      case 'drawer':
        return { blocks: [{ type: 'drawer' }] };
    }
  }

  private receipt(paymentId: string, copy: boolean): ReceiptDocument | null {
    const payment = this.ports.payment(paymentId);
    if (payment === null) return null;
    const paid = paidAttempt(payment);
    // The receipt is the paid attempt's, also while a person must look at another one of the same sale.
    if (paid !== null) return this.ports.view(payment).verdict === 'paid' ? paymentReceipt(this.ports.view(payment, paid), this.shop(), copy) : null;
    const view = this.ports.view(payment);
    return view.verdict === 'paid' ? paymentReceipt(view, this.shop(), copy) : null;
  }

  private evidence(paymentId: string): ReceiptDocument | null {
    const payment = this.ports.payment(paymentId);
    return payment === null ? null : evidenceReceipt(this.ports.view(payment), timeline(this.ports.journal.reader.rowsOf(paymentId)), this.shop());
  }

  /** Null once another attempt of the sale took its place: the paper that was asked for is that attempt's no more. */
  private code(paymentId: string, attemptRef: string): ReceiptDocument | null {
    const payment = this.ports.payment(paymentId);
    const view = payment === null ? null : this.ports.view(payment);
    return view === null || view.attemptRef !== attemptRef ? null : codeSlip(view, this.shop());
  }

  private refund(paymentId: string, refundRef: string, copy: boolean): ReceiptDocument | null {
    const payment = this.ports.payment(paymentId);
    const view = payment === null ? null : this.ports.view(payment);
    const refund = view?.refunds.find((one) => one.refundRef === refundRef);
    return view === null || refund === undefined ? null : refundReceipt(view, refund, this.shop(), copy);
  }

  /** The slip of the drawer's move that the journal's row of this sequence booked. */
  private slip(sequence: number): ReceiptDocument | null {
    const row = this.ports.journal.reader.row(sequence);
    const event = row === null || !isShiftRow(row) ? null : shiftEvent(row);
    if (row === null || event?.type !== 'cashMoved') return null;
    const { direction, minor, reason, by, approvedBy, time } = event;
    const move = { at: time.wall, direction, amount: makeAmount(minor, this.ports.configuration.store.currency), reason, by, approvedBy };
    return cashSlip(move, shiftNumber(row.aggregate), this.shop());
  }

  private x(subject: string): ReceiptDocument | null {
    const shift = this.ports.shifts.current();
    if (shift === null) return null;
    const [upToSequence = 0, look] = subject.split('-').map(Number);
    const { staff, configuration, journal } = this.ports;
    const at = journal.reader.row(upToSequence)?.at ?? shift.opened.time.wall;
    // What is hidden on the screen must not come out of the printer: a supervisor's look at this shift is a row of it.
    const isLookedAt = look !== undefined && journal.reader.rowsOf(shiftAggregate(shift.number)).some((row) => row.sequence === look && row.type === 'expectedShown');
    const report = xReport(shift, this.ports.shifts.sums(shift, upToSequence), { at, by: staff.who(), cashShown: !staff.isOn() || isLookedAt });
    return xReceipt(report, this.shop(), this.gatewayNames(), configuration.cash.on);
  }

  /** A closed shift's Z. Throws where there is none: callers have looked. */
  z(number: number, copy: boolean): ReceiptDocument {
    const report = this.ports.shifts.report(number);
    if (report === null) throw new Error(`there is no Z ${number}`);
    return zReceipt(report, this.shop(), this.gatewayNames(), copy);
  }

  private day(day: string): ReceiptDocument {
    return dayReceipt(this.ports.days.onPaper(day), this.shop(), this.gatewayNames());
  }

  private gatewayNames(): Readonly<Record<string, Readonly<Record<'zh-CN' | 'en', string>>>> {
    return Object.fromEntries([...this.ports.configuration.gateways.values()].map(({ gateway }) => [gateway.id, gateway.names]));
  }

  private shop(): ReceiptShop {
    const { store, terminalId, receipt, training } = this.ports.configuration;
    return { storeName: store.name, terminalId, timezone: store.timezone, locale: store.locale, header: receipt.header, footer: receipt.footer, training: training !== null };
  }
}
