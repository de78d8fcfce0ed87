/** Prints a line per change of each refund, and marks the last one of the refund that a command is about. */
import type { Locale, PaymentView, RefundView } from '../core/contract/types.ts';
import { refundFields, refundText, type Output } from './output.ts';

export class RefundLines {
  private readonly output: Output;
  private readonly locale: Locale;
  private readonly printed = new Map<string, string>();
  private readonly ended = new Set<string>();

  constructor(output: Output, locale: Locale) {
    this.output = output;
    this.locale = locale;
  }

  /** Prints the refund where something that a line shows has changed since its last line. */
  changed(refund: RefundView, payment: PaymentView): void {
    const { time: _time, ...shown } = refundFields(refund, payment, this.locale);
    const text = JSON.stringify(shown);
    if (this.printed.get(refund.refundRef) === text) return;
    this.printed.set(refund.refundRef, text);
    this.output.line(refundFields(refund, payment, this.locale), refundText(refund, payment, this.locale));
  }

  /**
   * The same for refunds that were there before: one that ended long ago is silent, whoever looks at its payment again; one
   * that was open and ends has its last line.
   */
  taken(refund: RefundView, payment: PaymentView): void {
    if (!refund.open && !this.printed.has(refund.refundRef)) return;
    if (refund.open) return this.changed(refund, payment);
    this.final(refund, payment);
  }

  /** The last line of a refund: `"final": true`. There is one. */
  final(refund: RefundView, payment: PaymentView): void {
    if (this.ended.has(refund.refundRef)) return;
    this.ended.add(refund.refundRef);
    this.output.line({ ...refundFields(refund, payment, this.locale), final: true }, `${refundText(refund, payment, this.locale)}  (final)`);
  }
}
