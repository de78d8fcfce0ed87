/** Waits for one refund to be over, or for the moment from which nothing more will be heard of it soon. */
import type { PaymentView, RefundView } from '../core/contract/types.ts';

export class RefundWatch {
  /** The refund as it was told last. */
  refund: RefundView | null = null;
  payment: PaymentView | null = null;
  private subject: { readonly isPayment: (payment: PaymentView) => boolean; readonly before: ReadonlySet<string> } | null = null;
  private until = Number.POSITIVE_INFINITY;
  private timer: NodeJS.Timeout | null = null;
  private finish: (() => void) | null = null;

  /** The next refund of this payment is meant: its first event comes before the command that made it returns. */
  expect({ paymentId, refunds }: PaymentView): void {
    this.subject = { isPayment: (payment) => payment.paymentId === paymentId, before: new Set(refunds.map((refund) => refund.refundRef)) };
  }

  /** The same for an order of another till, which has no payment here before its refund. */
  expectOrder(attemptRef: string): void {
    this.subject = { isPayment: (payment) => payment.attemptRef === attemptRef, before: new Set() };
  }

  /** True where the refund is the one that is waited for. */
  isMeant(refund: RefundView, payment: PaymentView): boolean {
    return this.subject !== null && this.subject.isPayment(payment) && !this.subject.before.has(refund.refundRef);
  }

  see(payment: PaymentView): void {
    const refund = payment.refunds.find((one) => this.isMeant(one, payment));
    if (refund === undefined) return;
    this.refund = refund;
    this.payment = payment;
    if (this.isOver(refund)) this.finish?.();
  }

  /** Resolves after `milliseconds` at the latest. */
  over(milliseconds: number): Promise<'over'> {
    this.until = Date.now() + milliseconds;
    if (this.refund !== null && this.isOver(this.refund)) return Promise.resolve('over');
    return new Promise((resolve) => {
      this.finish = () => resolve('over');
      this.timer = setTimeout(this.finish, milliseconds);
    });
  }

  giveUp(): void {
    this.finish?.();
  }

  cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private isOver(refund: RefundView): boolean {
    return !refund.open || refund.state === 'review' || (refund.nextAt !== null && refund.nextAt > this.until);
  }
}
