/** Prints a line per change of payments and refunds, and marks the last one of each. */
import type { Locale, PaymentView, RefundView } from '../core/contract/types.ts';
import { paymentFields, paymentText, refundFields, refundText, type Output } from './output.ts';

/** What a line shows: of a payment or of a refund, as it stands now. */
export interface Shown {
  /** Lines with the same key are about the same thing. */
  readonly key: string;
  readonly isOpen: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The same for people. */
  readonly text: string;
}

export function paymentShown(payment: PaymentView, locale: Locale): Shown {
  return { key: payment.paymentId, isOpen: payment.verdict === 'notKnownYet', fields: paymentFields(payment, locale), text: paymentText(payment, locale) };
}

export function refundShown(refund: RefundView, payment: PaymentView, locale: Locale): Shown {
  return { key: refund.refundRef, isOpen: refund.open, fields: refundFields(refund, payment, locale), text: refundText(refund, payment, locale) };
}

export class Lines {
  private readonly output: Output;
  private readonly printed = new Map<string, string>();
  private readonly ended = new Set<string>();

  constructor(output: Output) {
    this.output = output;
  }

  /** Prints it where something that a line shows has changed since its last line. */
  changed({ key, fields, text }: Shown): void {
    const { time: _time, ...rest } = fields;
    const content = JSON.stringify(rest);
    if (this.printed.get(key) === content) return;
    this.printed.set(key, content);
    this.output.line(fields, text);
  }

  /**
   * The same for what was there before: what ended long ago is silent, whoever looks at it again; what was open and ends has
   * its last line, once.
   */
  taken(shown: Shown): void {
    if (shown.isOpen) this.changed(shown);
    else if (this.printed.has(shown.key) && !this.ended.has(shown.key)) this.final(shown);
  }

  /** The last line of it: `"final": true`. */
  final({ key, fields, text }: Shown): void {
    this.ended.add(key);
    this.output.line({ ...fields, final: true }, `${text}  (final)`);
  }
}
