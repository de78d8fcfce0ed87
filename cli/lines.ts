/** Prints a line per change of each payment, and marks the last one of the payment that a command is about. */
import type { Locale, PaymentView } from '../core/contract/types.ts';
import { paymentFields, paymentText, type Output } from './output.ts';

export class PaymentLines {
  private readonly output: Output;
  private readonly locale: Locale;
  private readonly printed = new Map<string, string>();
  private readonly ended = new Set<string>();

  constructor(output: Output, locale: Locale) {
    this.output = output;
    this.locale = locale;
  }

  /** Prints the payment where something that a line shows has changed since its last line. */
  changed(payment: PaymentView): void {
    const fields = paymentFields(payment, this.locale);
    const { time: _time, ...shown } = fields;
    const text = JSON.stringify(shown);
    if (this.printed.get(payment.paymentId) === text) return;
    this.printed.set(payment.paymentId, text);
    this.output.line(fields, paymentText(payment, this.locale));
  }

  /**
   * The same for payments that were there before: one that ended long ago is silent, whoever looks at it again; one that was
   * open and ends has its last line.
   */
  taken(payment: PaymentView): void {
    const isOver = payment.verdict !== 'notKnownYet';
    if (isOver && !this.printed.has(payment.paymentId)) return;
    if (!isOver) return this.changed(payment);
    if (this.ended.has(payment.paymentId)) return;
    this.ended.add(payment.paymentId);
    this.final(payment);
  }

  /** The last line of a payment: `"final": true`. */
  final(payment: PaymentView): void {
    this.output.line({ ...paymentFields(payment, this.locale), final: true }, `${paymentText(payment, this.locale)}  (final)`);
  }
}
