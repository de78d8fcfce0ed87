/** Cash at a running till: taken without a network or a gateway, and taken back only by the same person before the next sale. */
import { message, type Message } from '../contract/messages.ts';
import type { ActReply, CashReply, PaymentView, PayReply } from '../contract/types.ts';
import type { TillConfiguration } from '../configuration.ts';
import type { Journal } from '../journal/journal.ts';
import { JournalUnavailable } from '../journal/storage.ts';
import { amountWithSign, sameAmount, type Amount } from '../money/amount.ts';
import type { CashTaken } from '../payment/events.ts';
import { isOpen, isPaidOrRecorded, leadingAttempt, paidAttempt, type Payment } from '../payment/payment.ts';
import { makeReference } from '../payment/reference.ts';
import type { PaymentRunner } from '../payment/runner.ts';
import type { Instant, Random } from '../ports.ts';
import type { StaffDesk } from '../staff/desk.ts';
import { countCash } from './take-cash.ts';

export interface CashDeskPorts {
  readonly configuration: TillConfiguration;
  readonly journal: Journal;
  readonly runner: PaymentRunner;
  readonly random: Random;
  readonly staff: StaffDesk;
  /** Why nothing can be sold now; null where it can. */
  refusal(): Message | null;
  /** The sale's own number is in use (CASES 10); null where it isn't. */
  saleRefObjection(amount: Amount, saleRef: string, paymentId: string | null): PayReply | null;
  view(payment: Payment): PaymentView;
  today(at: Instant): { readonly day: string; readonly hour: number };
  newNumber(day: string): string;
  journalFailed(error: JournalUnavailable): Message;
}

interface CashRequest {
  readonly commandId: string;
  readonly amount: Amount;
  readonly receivedMinor: number;
  readonly paymentId?: string | undefined;
  readonly saleRef?: string | undefined;
}

type Refused = { readonly kind: 'refused'; readonly message: Message };

export class CashDesk {
  private readonly ports: CashDeskPorts;

  constructor(ports: CashDeskPorts) {
    this.ports = ports;
  }

  take(request: CashRequest): CashReply {
    const repeated = this.repeated(request.commandId);
    if (repeated !== null) return { kind: 'taken', payment: repeated };
    const refusal = this.ports.runner.missingOfCommand(request.commandId) ?? this.refusal(request);
    if (refusal !== null) return refused(refusal);
    const before = this.paymentToPay(request);
    if (before !== null && 'key' in before) return refused(before);
    const objected = request.saleRef === undefined ? null : this.ports.saleRefObjection(request.amount, request.saleRef, before?.paymentId ?? null);
    if (objected !== null && 'message' in objected) return refused(objected.message);
    const counted = countCash(request.amount, request.receivedMinor, this.ports.configuration.cash.roundTo);
    if (counted.kind === 'short') return counted;
    try {
      return { kind: 'taken', payment: this.ports.view(this.ports.runner.enter(this.event(request, before, counted.due, counted.roundingMinor))) };
    } catch (error) {
      return this.refusedByJournal(error);
    }
  }

  private refusal({ amount }: CashRequest): Message | null {
    const { cash, store, maximumAmount } = this.ports.configuration;
    const refusal = this.ports.refusal();
    if (refusal !== null) return refusal;
    if (!cash.on || amount.currency !== store.currency) return message('cashOff');
    if (amount.minor <= 0) return message('amountMissing');
    return amount.minor > maximumAmount.minor ? message('amountTooLarge', { max: amountWithSign(maximumAmount) }) : null;
  }

  /** The sale that cash pays after a code did not; money rule 4 holds for cash too. */
  private paymentToPay(request: CashRequest): Payment | Message | null {
    if (request.paymentId === undefined) return null;
    const payment = this.ports.runner.load(request.paymentId);
    if (payment === null) return this.ports.runner.missing(request.paymentId);
    if (isOpen(payment)) return message('cashWhileOpen');
    if (isPaidOrRecorded(payment)) return message('saleAlreadyPaid');
    return sameAmount(leadingAttempt(payment).created.amount, request.amount) ? payment : null;
  }

  private event(request: CashRequest, before: Payment | null, due: Amount, roundingMinor: number): CashTaken {
    const { random, runner, staff, configuration } = this.ports;
    const time = runner.time();
    const today = this.ports.today(time.wall);
    const first = before?.attempts[0]?.created;
    return {
      type: 'cashTaken', time, ...today,
      attemptRef: `C${makeReference(random, 22, '0123456789')}`,
      paymentId: before?.paymentId ?? makeReference(random, 20),
      firstAttempt: before === null,
      number: first?.number ?? this.ports.newNumber(today.day),
      saleRef: first?.saleRef ?? request.saleRef ?? null,
      commandId: request.commandId,
      amount: due, roundingMinor, receivedMinor: request.receivedMinor,
      subject: configuration.store.name, by: staff.who(), terminalId: configuration.terminalId,
    };
  }

  /** "Not cash after all": the same person, nothing sold since, nothing closed since, nothing given back. */
  giveBack(commandId: string, paymentId: string): ActReply {
    const repeated = this.repeated(commandId);
    if (repeated !== null) return { kind: 'done', payment: repeated };
    const refusal = this.ports.refusal();
    if (refusal !== null) return refused(refusal);
    const payment = this.ports.runner.load(paymentId);
    if (payment === null) return refused(this.ports.runner.missing(paymentId));
    const attempt = paidAttempt(payment);
    if (attempt === null || attempt.cash === null) return refused(message('notCashPayment'));
    const by = this.ports.staff.who();
    if (!this.isNewest(payment) || by.operatorId !== attempt.created.by.operatorId || payment.refunds.length > 0) return refused(message('cashReturnTooLate'));
    const { attemptRef } = attempt.created;
    try {
      return { kind: 'done', payment: this.ports.view(this.ports.runner.act(paymentId, { type: 'cashReturned', time: this.ports.runner.time(), attemptRef, commandId, by })) };
    } catch (error) {
      return this.refusedByJournal(error);
    }
  }

  /** By the journal's order: after a clock set back, times would say otherwise. */
  private isNewest(payment: Payment): boolean {
    const { reader, lastSequence } = this.ports.journal;
    const paidSequence = reader.payments({ by: 'paymentId', value: payment.paymentId })[0]?.paidSequence ?? null;
    if (paidSequence === null || paidSequence <= this.newestCloseSequence()) return false;
    return reader.moveSums({ afterSequence: paidSequence, upToSequence: lastSequence }).every((sum) => sum.kind !== 'sale');
  }

  private newestCloseSequence(): number {
    const { reader } = this.ports.journal;
    const newest = reader.shift('newest');
    if (newest === null) return 0;
    return newest.closedSequence ?? (newest.number > 1 ? (reader.shift(newest.number - 1)?.closedSequence ?? 0) : 0);
  }

  private repeated(commandId: string): PaymentView | null {
    const paymentId = this.ports.journal.reader.aggregateOfCommand(commandId);
    const payment = paymentId === null ? null : this.ports.runner.load(paymentId);
    return payment === null ? null : this.ports.view(payment);
  }

  private refusedByJournal(error: unknown): Refused {
    if (!(error instanceof JournalUnavailable)) throw error;
    return refused(this.ports.journalFailed(error));
  }
}

function refused(said: Message): Refused {
  return { kind: 'refused', message: said };
}
