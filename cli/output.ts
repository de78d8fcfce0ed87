/** What the command line prints: with `--json` one object per line on stdout and nothing else there, otherwise lines for people. */
import { writeSync } from 'node:fs';
import { messageText } from '../core/contract/messages.ts';
import type { Locale, PaymentView, RefundView } from '../core/contract/types.ts';
import { amountWithSign } from '../core/money/amount.ts';

export interface Output {
  /** One object of the documented form; `text` is what people get instead. */
  line(object: Readonly<Record<string, unknown>>, text: string): void;
  /** A document itself, on stdout in the place of lines. */
  bytes(bytes: Uint8Array): void;
  /** Words for a person, on stderr. */
  note(text: string): void;
}

export function output(json: boolean): Output {
  return {
    // Written at once: a line that stands in a buffer when the process is killed was never said.
    line: (object, text) => writeAll(1, encoded(`${json ? JSON.stringify(object) : text}\n`)),
    bytes: (bytes) => writeAll(1, bytes),
    note: (text) => writeAll(2, encoded(`${text}\n`)),
  };
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Writes everything, also into a pipe whose reader is slow. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      // Nobody reads any more: the payment goes on all the same.
      if (error.code === 'EPIPE') return;
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

/** The fields of a `pay` line; a listed payment has them at its top level. */
export function paymentFields(payment: PaymentView, locale: Locale): Readonly<Record<string, unknown>> {
  return {
    time: isoTime(payment.changedAt),
    paymentId: payment.paymentId,
    attemptRef: payment.attemptRef,
    gatewayRef: payment.gatewayRef,
    state: payment.state,
    verdict: payment.verdict,
    amount: payment.amount.minor,
    currency: payment.amount.currency,
    gateway: payment.gateway,
    ...(payment.shownCode === null ? {} : { qr: payment.shownCode.qr }),
    message: said(payment, locale),
    number: payment.number,
    saleRef: payment.saleRef,
    walletRef: payment.walletRef,
    gatewayCode: payment.gatewayCode,
    gatewayWords: payment.gatewayWords,
  };
}

/** The payment's sentences, its gateway by name. */
export function said(payment: PaymentView, locale: Locale): string {
  return payment.message === null ? '' : messageText(payment.message, locale, { [payment.gateway]: payment.gatewayNames });
}

/** The same for a person: one line. */
export function paymentText(payment: PaymentView, locale: Locale): string {
  return `${isoTime(payment.changedAt)}  ${payment.number}  ${amountWithSign(payment.amount)}  ${payment.state}  ${payment.attemptRef}  ${payment.shownCode === null ? '' : `${payment.shownCode.qr}  `}${said(payment, locale)}`;
}

/** The fields of a `refund` line. `gateway` and `gatewayNames` are its payment's. */
export function refundFields(refund: RefundView, payment: Pick<PaymentView, 'gateway' | 'gatewayNames'>, locale: Locale): Readonly<Record<string, unknown>> {
  return {
    time: isoTime(refund.changedAt),
    paymentId: refund.paymentId,
    refundRef: refund.refundRef,
    state: refund.state,
    amount: refund.amount.minor,
    currency: refund.amount.currency,
    message: refundSaid(refund, payment, locale),
    gateway: payment.gateway,
    gatewayRefundRef: refund.gatewayRefundRef,
    attemptRef: refund.attemptRef,
    reason: refund.reason,
    way: refund.way,
    gatewayCode: refund.gatewayCode,
    gatewayWords: refund.gatewayWords,
  };
}

function refundSaid(refund: RefundView, payment: Pick<PaymentView, 'gateway' | 'gatewayNames'>, locale: Locale): string {
  return refund.message === null ? '' : messageText(refund.message, locale, { [payment.gateway]: payment.gatewayNames });
}

/** The same for a person: one line. */
export function refundText(refund: RefundView, payment: Pick<PaymentView, 'gateway' | 'gatewayNames' | 'number'>, locale: Locale): string {
  return `${isoTime(refund.changedAt)}  ${payment.number}  -${amountWithSign(refund.amount)}  ${refund.state}  ${refund.refundRef}  ${refundSaid(refund, payment, locale)}`;
}

export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
