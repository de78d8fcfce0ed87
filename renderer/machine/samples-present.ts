/** Codes that the customer scans, for tests and pictures: up, being closed, expired, and one that can't be closed. */
import { message } from '../../core/contract/messages.ts';
import type { PaymentView } from '../../core/contract/types.ts';
import { sampleNow, samplePayment, shouqianba } from './samples.ts';

const shown = { direction: 'show', wallet: 'other', last4: null, deadlineSeconds: 240 } as const;

/** As the gateway gives it: short where it is a link, long where it carries the whole order. */
export const sampleQr = 'https://qr.shouqianba.com/8a1f09c7d2e64b0f';
export const longQr = `https://qr.example.com/pay?token=${'7K2MQ9XR4D'.repeat(27)}`;

export function sampleMaking(change: Partial<PaymentView> = {}): PaymentView {
  return samplePayment('submitting', { ...shown, message: message('codeAsked', { gateway: shouqianba.id }), ...change });
}

/** Good for another 1:48. */
export function sampleCodeUp(change: Partial<PaymentView> = {}): PaymentView {
  const startedAt = change.startedAt ?? sampleNow;
  return samplePayment('waitingForPayer', {
    ...shown, startedAt, message: message('codeShown'), asked: 3, shownCode: { qr: sampleQr, since: startedAt, until: startedAt + 108_000, wallets: ['wechat', 'alipay', 'unionpay'], scanned: false }, ...change,
  });
}

/** Somebody has scanned it and is typing the password. */
export function sampleScanned(change: Partial<PaymentView> = {}): PaymentView {
  const startedAt = change.startedAt ?? sampleNow;
  return sampleCodeUp({ message: message('codeScanned'), asked: 5, shownCode: { qr: sampleQr, since: startedAt, until: startedAt + 96_000, wallets: ['wechat', 'alipay', 'unionpay'], scanned: true }, ...change });
}

export function sampleClosing(change: Partial<PaymentView> = {}): PaymentView {
  return samplePayment('reversing', { ...shown, gaveUp: true, changedAt: sampleNow + 30_000, ...change });
}

/** Closed before its time, or after it. */
export function sampleClosed(afterSeconds: number, change: Partial<PaymentView> = {}): PaymentView {
  return samplePayment('reversed', { ...shown, gaveUp: true, message: message('undone'), changedAt: sampleNow + afterSeconds * 1000, ...change });
}

/** It could not be closed, and somebody is typing the password. */
export function sampleBeingPaid(change: Partial<PaymentView> = {}): PaymentView {
  return sampleNotClosed({ reviewReason: 'payerIsPaying', quiet: false, open: true, message: message('payerIsPaying', { gateway: shouqianba.id }), nextAt: sampleNow + 310_000, ...change });
}

export function sampleNotClosed(change: Partial<PaymentView> = {}): PaymentView {
  return samplePayment('review', {
    ...shown, reviewReason: 'codeNotClosed', quiet: true, open: false, message: message('codeNotClosed'), changedAt: sampleNow + 250_000, canUndo: false, ...change,
  });
}
