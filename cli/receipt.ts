/** `till receipt`: a payment's receipt, or a refund's slip, as the printer would get it or as plain text. */
import { message, messageText } from '../core/contract/messages.ts';
import type { PaymentView, RefundView } from '../core/contract/types.ts';
import type { ReceiptDocument } from '../core/receipt/document.ts';
import { paymentReceipt } from '../core/receipt/payment-receipt.ts';
import { refundReceipt } from '../core/receipt/refund-receipt.ts';
import type { OpenReading } from '../host/reading.ts';
import { encodeReceipt } from '../native-bridge/printer/encoder.ts';
import { receiptText } from '../native-bridge/printer/text.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { said, type Output } from './output.ts';
import { writeOut } from './write-out.ts';

export interface ReceiptOptions {
  readonly text?: boolean | undefined;
  readonly out: string;
}

const defaultPaper = { columns: 48, encoding: 'gb18030' } as const;

/** A refund's own number means its slip; any other number of the payment means the payment's receipt. */
export function receipt(opened: OpenReading, reference: string, options: ReceiptOptions, output: Output): number {
  const { locale } = opened.store;
  const [found, ...others] = opened.reading.find(reference);
  const [unreadable] = opened.reading.unreadable();
  if (unreadable !== undefined) throw new CommandEnd(exitCodes.notFound, messageText(message('paymentUnreadable', { number: unreadable.number }), locale));
  if (found === undefined || others.length > 0) throw new CommandEnd(exitCodes.notFound, messageText(message('paymentNotFound'), locale));
  const { payment } = found;
  const refund = found.refunds.find((one) => one.refund.refundRef === reference || one.refund.gatewayRefundRef === reference)?.refund ?? null;
  const document = refund === null ? receiptOf(opened, payment) : slipOf(opened, payment, refund);
  const bytes = options.text === true ? documentText(document, opened) : documentBytes(document, opened);
  writeOut(options.out, bytes);
  output.line({ paymentId: payment.paymentId, refundRef: refund?.refundRef ?? null, out: options.out, bytes: bytes.length }, `${options.out}: ${bytes.length} bytes`);
  return exitCodes.done;
}

/** A document as the printer of the settings gets it. */
export function documentBytes(document: ReceiptDocument, opened: OpenReading): Uint8Array {
  return encodeReceipt(document, { ...defaultPaper, ...opened.printer });
}

/** A document as plain text of the printer's width. */
export function documentText(document: ReceiptDocument, opened: OpenReading): Uint8Array {
  const { columns } = { ...defaultPaper, ...opened.printer };
  return new TextEncoder().encode(receiptText(document, columns));
}

function receiptOf(opened: OpenReading, payment: PaymentView): ReceiptDocument {
  if (payment.verdict !== 'paid') throw new CommandEnd(exitCodes.notFound, said(payment, opened.store.locale));
  // A file is not the customer's paper: where a receipt was begun, this is a copy of it.
  const copy = payment.receipt !== 'none' && payment.receipt !== 'waiting';
  return paymentReceipt(opened.reading.onReceipt(payment.paymentId) ?? payment, opened.shop, copy);
}

function slipOf(opened: OpenReading, payment: PaymentView, refund: RefundView): ReceiptDocument {
  const printed = opened.reading.refundPrinted(payment.paymentId, refund.refundRef);
  return refundReceipt(payment, refund, opened.shop, printed !== 'none' && printed !== 'waiting');
}
