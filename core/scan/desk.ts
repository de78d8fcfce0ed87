/** What a scan is at a running till: a receipt of ours, a badge, a payment code, another till's receipt, or something else. */
import { message, type Message } from '../contract/messages.ts';
import type { PaymentView, ScanSeen } from '../contract/types.ts';
import type { TillConfiguration } from '../configuration.ts';
import type { JournalReader } from '../journal/storage.ts';
import type { Payment } from '../payment/payment.ts';
import type { Clock } from '../ports.ts';
import { isUntouchedForeign } from '../refund/foreign-desk.ts';
import type { StaffDesk } from '../staff/desk.ts';
import { isPaymentCode, walletOfCode } from './codes.ts';
import { heldCodeSeconds, type CodeVault } from './vault.ts';

export interface ScanDeskPorts {
  readonly configuration: TillConfiguration;
  readonly reader: JournalReader;
  readonly vault: CodeVault;
  readonly staff: StaffDesk;
  readonly clock: Clock;
  payment(paymentId: string): Payment | null;
  /** What is said of a payment on record that can't be read. */
  missing(paymentId: string): Message;
  view(payment: Payment): PaymentView;
  /** Which gateway may know a number that this journal doesn't; null where none may. */
  gatewayOf(reference: string): string | null;
}

export class ScanDesk {
  private readonly ports: ScanDeskPorts;

  constructor(ports: ScanDeskPorts) {
    this.ports = ports;
  }

  submit(text: string, symbology: string | null, typed: boolean): ScanSeen {
    // A badge is something that one has: its number typed from memory is none.
    return this.receiptOf(text) ?? (typed ? null : this.badgeOf(text)) ?? this.holdCode(text, symbology, typed);
  }

  /** Takes digits that were given as a payment code, whatever else they may be the number of. */
  holdCode(text: string, symbology: string | null, typed: boolean): ScanSeen {
    const { vault } = this.ports;
    const { codeDigits, training } = this.ports.configuration;
    if (!isPaymentCode(text, codeDigits, symbology)) {
      const gateway = this.ports.gatewayOf(text);
      if (gateway !== null) return { kind: 'foreignReceipt', reference: text, gateway };
      const values = { n: `${codeDigits.least}–${codeDigits.most}` };
      return { kind: 'other', scanId: typed ? null : vault.hold(text), message: typed ? message('codeFormat', values) : message('notAPaymentCode') };
    }
    if (training !== null && !training.isIssuedCode(text)) return { kind: 'other', scanId: null, message: message('trainingCodeOnly') };
    const scanId = vault.hold(text);
    const expiresAt = this.ports.clock.wall() + heldCodeSeconds * 1000;
    return { kind: 'paymentCode', scanId, wallet: walletOfCode(text), last4: text.slice(-4), digits: text.length, expiresAt };
  }

  private badgeOf(text: string): ScanSeen | null {
    const person = this.ports.staff.badgeOf(text);
    return person === null ? null : { kind: 'badge', scanId: this.ports.vault.hold(text), person };
  }

  private receiptOf(text: string): ScanSeen | null {
    const records = this.ports.reader.payments({ by: 'reference', value: text });
    // A number that several payments have identifies none of them (CASES 4): Find shows them all.
    const [record, another] = records;
    if (record === undefined || another !== undefined) return null;
    const payment = this.ports.payment(record.paymentId);
    if (payment === null) return { kind: 'other', scanId: null, message: this.ports.missing(record.paymentId) };
    const view = isUntouchedForeign(payment) ? null : this.ports.view(payment);
    return view === null ? null : { kind: 'receipt', paymentId: view.paymentId, number: view.number, amount: view.amount, verdict: view.verdict };
  }
}
