/** The questions that stand between a scan and a second charge (CASES 9, 10, 11). */
import { message } from './contract/messages.ts';
import type { Assurance, PaymentView, PayReply, PresentReply } from './contract/types.ts';
import type { JournalReader, PaymentRecord } from './journal/storage.ts';
import type { Amount } from './money/amount.ts';
import { amountWithSign, sameAmount } from './money/amount.ts';
import { leadingAttempt, type Payment } from './payment/payment.ts';
import { isShown } from './payment/show.ts';
import { isEnded, isQuiet, type AttemptState } from './payment/state.ts';
import type { Instant } from './ports.ts';

/** A sale as the guards see it. */
export interface GuardedSale {
  readonly codeHash: string | null;
  readonly amount: Amount;
  readonly saleRef: string | null;
  /** The payment that this is a new attempt of; null for a new sale. */
  readonly paymentId: string | null;
  readonly assurances: ReadonlySet<Assurance>;
  /** The command line has no second customer standing there: CASES 11 is about the screens. */
  readonly askAboutCustomer: boolean;
}

export interface GuardPorts {
  readonly reader: JournalReader;
  payment(paymentId: string): Payment | null;
  /** Payments that somebody waits for, from memory. */
  open(): readonly Payment[];
  view(payment: Payment): PaymentView;
  timeText(at: Instant): string;
  now(): Instant;
}

const givenUpMilliseconds = 10 * 60_000;

/** The first objection against charging this sale; null where it may be charged. */
export function objection(sale: GuardedSale, ports: GuardPorts): PayReply | null {
  return codeObjection(sale, ports) ?? saleObjection(sale, ports);
}

/** The same for a sale without a customer's code: one that is shown, or paid in cash. */
export function saleObjection(sale: GuardedSale, ports: GuardPorts): PresentReply | null {
  return saleRefObjection(sale, ports) ?? customerObjection(sale, ports);
}

function codeObjection(sale: GuardedSale, ports: GuardPorts): PayReply | null {
  if (sale.codeHash === null) return null;
  const records = ports.reader.payments({ by: 'codeHash', value: sale.codeHash });
  const unreadable = records.find((record) => ports.payment(record.paymentId) === null);
  if (unreadable !== undefined) return unreadableBefore(unreadable);
  for (const record of records) {
    const found = attemptsWithCode(record, sale.codeHash, ports);
    if (found === null) continue;
    if (record.open) return { kind: 'codeOpen', other: found, message: message('codeUsedTwice') };
  }
  for (const record of records) {
    const found = attemptsWithCode(record, sale.codeHash, ports);
    if (found === null || !sameRecordAmount(record, sale.amount)) continue;
    if (record.verdict === 'paid' && !sale.assurances.has('chargeAgain')) {
      const values = { amount: amountWithSign(sale.amount), time: ports.timeText(found.paidAt ?? found.startedAt) };
      return { kind: 'askCodePaid', other: found, message: message('alreadyPaid', values) };
    }
    if (record.verdict === 'notPaid' && record.paymentId === sale.paymentId && sale.askAboutCustomer && !sale.assurances.has('sameCodeAgain')) {
      return { kind: 'askSameCodeFailed', other: found };
    }
  }
  return null;
}

function attemptsWithCode(record: PaymentRecord, codeHash: string, ports: GuardPorts): PaymentView | null {
  const payment = ports.payment(record.paymentId);
  if (!payment?.attempts.some((attempt) => attempt.created.codeHash === codeHash)) return null;
  return ports.view(payment);
}

/** CASES 10: the shop's own order number names one sale. */
function saleRefObjection(sale: GuardedSale, ports: GuardPorts): PresentReply | null {
  if (sale.saleRef === null) return null;
  for (const record of ports.reader.payments({ by: 'saleRef', value: sale.saleRef })) {
    if (record.paymentId === sale.paymentId) continue;
    // Given back in full, the sale's number is free again.
    const isPaid = record.verdict === 'paid' && (record.settledAs !== null || record.refundedMinor < record.amountMinor);
    const blocks = (record.open && !wasNeverOffered(ports.payment(record.paymentId))) || (isPaid && !sale.assurances.has('chargeAgain'));
    if (blocks) return { kind: 'refused', message: message('saleRefUsed', { key: sale.saleRef }) };
  }
  return null;
}

/** Nobody can pay an order whose code nobody has: its sale is charged anew, as the cashier is told. */
function wasNeverOffered(payment: Payment | null): boolean {
  return payment !== null && payment.attempts.every(canBePaidByNobody);
}

function canBePaidByNobody(attempt: AttemptState): boolean {
  if (isEnded(attempt)) return attempt.name !== 'paid' && attempt.name !== 'settled';
  return isQuiet(attempt) && isShown(attempt) && attempt.qr === null;
}

/** CASES 11: a refreshed code hides from the rule about codes, so the amount of a payment that hangs, or ended unseen, asks once. */
function customerObjection(sale: GuardedSale, ports: GuardPorts): PresentReply | null {
  if (!sale.askAboutCustomer || sale.assurances.has('anotherCustomer')) return null;
  const hanging = ports.open().find((payment) => payment.paymentId !== sale.paymentId && sameAmount(leadingAttempt(payment).created.amount, sale.amount));
  if (hanging !== undefined) return { kind: 'askSameCustomer', other: ports.view(hanging), givenUp: false };
  const since = ports.now() - givenUpMilliseconds;
  // What ended in the last ten minutes has begun somewhat earlier: twenty minutes cover deadline, reversals and a restart.
  const recent = ports.reader.payments({ by: 'amount', ...sale.amount, since: since - givenUpMilliseconds });
  for (const record of recent.toReversed()) {
    const payment = record.paymentId === sale.paymentId ? null : ports.payment(record.paymentId);
    // What nobody can read can't be shown to be asked about, and may be this customer's money.
    if (payment === null && record.paymentId !== sale.paymentId && record.open) return unreadableBefore(record);
    if (payment === null) continue;
    const lead = leadingAttempt(payment);
    const givenUp = (lead.name === 'reversed' || lead.name === 'declined') && lead.gaveUp !== 'no' && (lead.endedAt ?? 0) >= since;
    // Paid while nobody looked: the cashier may have it in mind as not paid, and sell it again.
    const paidUnseen = record.verdict === 'paid' && (lead.parked || lead.resumed) && (lead.paidAt ?? 0) >= since;
    if (givenUp || paidUnseen) return { kind: 'askSameCustomer', other: ports.view(payment), givenUp };
  }
  return null;
}

function unreadableBefore({ number }: PaymentRecord): Extract<PresentReply, { kind: 'refused' }> {
  return { kind: 'refused', message: message('unreadableBefore', { number }) };
}

function sameRecordAmount(record: PaymentRecord, amount: Amount): boolean {
  return record.amountMinor === amount.minor && record.currency === amount.currency;
}
