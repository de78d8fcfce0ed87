/** Paper at a running till: what a person asks for, as a first print or a copy, and the rows of what prints by itself. */
import { message, type Message } from '../contract/messages.ts';
import type { ActReply, PrintState } from '../contract/types.ts';
import type { Journal, NewEntry } from '../journal/journal.ts';
import type { PrintJobRecord } from '../journal/storage.ts';
import type { PaymentEvent } from '../payment/events.ts';
import { paidAttempt, type Payment } from '../payment/payment.ts';
import type { Companions, PaymentRunner } from '../payment/runner.ts';
import type { PaymentViews } from '../payment/views.ts';
import { shiftAggregate } from '../shift/events.ts';
import type { ShiftDesk, ShiftPaper } from '../shift/desk.ts';
import type { StaffDesk } from '../staff/desk.ts';
import { isWorkOf, printStateOf, type PrintQueue, type PrintWork } from './print-queue.ts';
import { printsItself } from './prints-itself.ts';

export interface PrintDeskPorts {
  readonly journal: Journal;
  readonly runner: PaymentRunner;
  readonly views: PaymentViews;
  readonly prints: PrintQueue;
  readonly shifts: Pick<ShiftDesk, 'current' | 'report' | 'xSubject'>;
  readonly staff: Pick<StaffDesk, 'who'>;
  readonly printerPresent: boolean;
  refusedByJournal(error: unknown): Refused;
}

type Refused = { readonly kind: 'refused'; readonly message: Message };
type PrintReply = { readonly kind: 'done' } | Refused;

const noCompanions: Companions = { entries: [], printJobs: [], written: () => undefined };

export class PrintDesk {
  private readonly ports: PrintDeskPorts;

  constructor(ports: PrintDeskPorts) {
    this.ports = ports;
  }

  // ---- a person asks

  receipt(paymentId: string): ActReply {
    const payment = this.ports.runner.load(paymentId);
    if (payment === null) return { kind: 'refused', message: this.ports.runner.missing(paymentId) };
    const subject = paidAttempt(payment)?.created.attemptRef ?? '';
    const begun = this.everBegan(paymentId, ['receipt', 'copy'], subject);
    return this.ofPayment({ kind: begun ? 'copy' : 'receipt', aggregate: paymentId, subject });
  }

  refund(paymentId: string, refundRef: string): ActReply {
    const begun = this.everBegan(paymentId, ['refund', 'refundCopy'], refundRef);
    return this.ofPayment({ kind: begun ? 'refundCopy' : 'refund', aggregate: paymentId, subject: refundRef });
  }

  evidence(paymentId: string): ActReply {
    return this.ofPayment({ kind: 'evidence', aggregate: paymentId, subject: '' });
  }

  /** The code that the customer scans, while it can be paid: no receipt, and no copy of one. */
  code(paymentId: string): ActReply {
    const view = this.ports.views.viewOf(paymentId);
    if (view !== null && view.shownCode === null) return { kind: 'refused', message: message('noCodeToPrint') };
    return this.ofPayment({ kind: 'code', aggregate: paymentId, subject: view?.attemptRef ?? '' });
  }

  x(): PrintReply {
    const shift = this.ports.shifts.current();
    if (shift === null) return { kind: 'refused', message: message('shiftNotOpen') };
    return this.print({ kind: 'x', aggregate: shiftAggregate(shift.number), subject: this.ports.shifts.xSubject() });
  }

  z(number: number): PrintReply {
    const aggregate = shiftAggregate(number);
    const begun = this.everBegan(aggregate, ['z', 'zCopy'], String(number));
    return this.print({ kind: begun ? 'zCopy' : 'z', aggregate, subject: String(number) });
  }

  day(day: string): PrintReply {
    return this.print({ kind: 'day', aggregate: 'reports', subject: day });
  }

  /** The newest print of one of these kinds about this subject. */
  printed(aggregate: string, kinds: readonly PrintWork['kind'][], subject: string): PrintState {
    return printStateOf(this.ports.journal.reader.printJobs({ paymentId: aggregate }), kinds, subject);
  }

  /** True once a byte of it may have left, whatever became of later prints: then every further one says that it is a copy. */
  private everBegan(aggregate: string, kinds: readonly PrintWork['kind'][], subject: string): boolean {
    return this.ports.journal.reader.printJobs({ paymentId: aggregate }).some((job) => isWorkOf(job, kinds, subject) && job.state !== 'waiting' && job.state !== 'dropped');
  }

  private ofPayment(work: PrintWork): ActReply {
    const view = this.ports.views.viewOf(work.aggregate);
    if (view === null) return { kind: 'refused', message: this.ports.runner.missing(work.aggregate) };
    if ((work.kind === 'receipt' || work.kind === 'copy') && view.verdict !== 'paid') return { kind: 'refused', message: message('noReceiptYet') };
    const queued = this.print(work);
    return queued.kind === 'refused' ? queued : { kind: 'done', payment: this.ports.views.viewOf(work.aggregate) ?? view };
  }

  private print(work: PrintWork): PrintReply {
    const { printerPresent, shifts, prints, staff } = this.ports;
    if (!printerPresent) return { kind: 'refused', message: message('printerAbsent') };
    if (work.kind === 'z' && shifts.report(Number(work.subject)) === null) return { kind: 'refused', message: message('zNotFound') };
    try {
      if (!prints.printNow(work)) prints.queue(work, staff.who());
    } catch (error) {
      return this.ports.refusedByJournal(error);
    }
    return { kind: 'done' };
  }

  // ---- by itself

  /** What prints by itself goes into the journal with the very row that causes it: exactly once, whatever dies. */
  companions(before: Payment | null, after: Payment, event: PaymentEvent): Companions {
    const works = printsItself(before, after, event, (paymentId, attemptRef) => this.printed(paymentId, ['receipt', 'copy'], attemptRef) !== 'none');
    if (works.length === 0 || !this.ports.printerPresent) return noCompanions;
    const jobs = works.map((work) => this.ports.prints.newJob(work));
    return {
      entries: jobs.map(({ entry }) => entry),
      printJobs: jobs.map(({ job }) => job.record),
      written: () => {
        for (const { job } of jobs) this.ports.prints.add(job);
      },
    };
  }

  /** The rows of a shift's paper, to be written with what causes it; null without a printer. */
  shiftPaper(kind: ShiftPaper, aggregate: string, subject: string): { readonly entry: NewEntry; readonly job: PrintJobRecord; written(): void } | null {
    const { printerPresent, prints } = this.ports;
    if (!printerPresent) return null;
    const { entry, job } = prints.newJob({ kind, aggregate, subject });
    return { entry, job: job.record, written: () => prints.add(job) };
  }
}
