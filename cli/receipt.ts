/** `till receipt`: a payment's receipt as the printer would get it, or as plain text. */
import { writeFileSync } from 'node:fs';
import { message, messageText } from '../core/contract/messages.ts';
import { paymentReceipt } from '../core/receipt/payment-receipt.ts';
import type { OpenReading } from '../host/reading.ts';
import { encodeReceipt } from '../native-bridge/printer/encoder.ts';
import { receiptText } from '../native-bridge/printer/text.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { said, type Output } from './output.ts';

export interface ReceiptOptions {
  readonly text?: boolean | undefined;
  readonly out: string;
}

const defaultPaper = { columns: 48, encoding: 'gb18030' } as const;

export function receipt(opened: OpenReading, reference: string, options: ReceiptOptions, output: Output): number {
  const { locale } = opened.store;
  const [payment, ...others] = opened.reading.find(reference);
  if (payment === undefined || others.length > 0) throw new CommandEnd(exitCodes.notFound, messageText(message('paymentNotFound'), locale));
  if (payment.verdict !== 'paid') {
    throw new CommandEnd(exitCodes.notFound, said(payment, locale));
  }
  // A file is not the customer's paper: where a receipt was begun, this is a copy of it.
  const copy = payment.receipt !== 'none' && payment.receipt !== 'waiting';
  const document = paymentReceipt(payment, opened.shop, copy);
  const paper = { ...defaultPaper, ...opened.printer };
  const bytes = options.text === true ? new TextEncoder().encode(receiptText(document, paper.columns)) : encodeReceipt(document, paper);
  write(options.out, bytes);
  output.line({ paymentId: payment.paymentId, out: options.out, bytes: bytes.length }, `${options.out}: ${bytes.length} bytes`);
  return exitCodes.done;
}

function write(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new CommandEnd(exitCodes.wrongUsage, `--out: ${error instanceof Error ? error.message : String(error)}`);
  }
}
