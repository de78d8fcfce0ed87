/** `till resolve`: takes up all that is open, refunds too, until it ends or its tries are used up. */
import { message, messageText } from '../core/contract/messages.ts';
import type { Locale, PaymentView } from '../core/contract/types.ts';
import { isOpen, leadingAttempt, type Payment } from '../core/payment/payment.ts';
import type { RefundState } from '../core/refund/state.ts';
import type { OpenTill } from '../host/assemble.ts';
import { backedUp } from './backed-up.ts';
import { exitCodes } from './exit.ts';
import { Lines, paymentShown, refundShown } from './lines.ts';
import type { Output } from './output.ts';
import { receiptPrinted } from './receipt-printed.ts';

const mostSeconds = 185;
const lookMilliseconds = 50;

export async function resolve(opened: OpenTill, output: Output, interrupted: Promise<void>): Promise<number> {
  const { till, configuration } = opened;
  // Counted from the very beginning: starting asks, and closing takes a moment.
  const until = performance.now() + mostSeconds * 1000;
  const { locale } = configuration.store;
  const lines = new Lines(output);
  const printing = new Set<string>();
  till.onEvent((event) => {
    if (event.type !== 'payment') return;
    const { payment } = event;
    lines.taken(paymentShown(payment, locale));
    for (const refund of payment.refunds) lines.taken(refundShown(refund, payment, locale));
    printing.add(payment.paymentId);
  });
  let stopped = false;
  void interrupted.then(() => {
    stopped = true;
  });
  const starting = till.start();
  const rounds = new Map(till.activePayments().map((payment) => [payment.paymentId, reviewRounds(payment)]));
  await Promise.race([starting, interrupted]);
  const copied = stopped ? null : till.backUpMissing();
  while (!stopped && till.status().phase !== 'stopped' && performance.now() < until && till.activePayments().some((payment) => isBusy(payment, rounds, until))) {
    await new Promise((done) => setTimeout(done, lookMilliseconds));
  }
  if (!stopped) for (const paymentId of printing) await receiptPrinted(opened, paymentId);
  if (copied !== null && !stopped) await backedUp(opened, copied, output, (until - performance.now()) / 1000);
  if (stopped) till.stop();
  const unreadable = till.unreadablePayments();
  if (unreadable.length > 0) output.note(messageText(message('paymentUnreadable', { number: unreadable.join(', ') }), locale));
  const open = till.activePayments().map((payment) => sayOpen(payment, till.view(payment), lines, locale)).reduce((sum, count) => sum + count, unreadable.length);
  output.line({ open }, open === 0 ? 'nothing is open' : `${open} not known yet`);
  if (till.status().phase === 'stopped') return exitCodes.journal;
  return open === 0 ? exitCodes.done : exitCodes.notKnownYet;
}

/** The last line of what is open of a payment; how much that is: the payment itself, and its refund. */
function sayOpen(payment: Payment, view: PaymentView, lines: Lines, locale: Locale): number {
  const openRefunds = view.refunds.filter((refund) => refund.open);
  if (isOpen(payment)) lines.final(paymentShown(view, locale));
  for (const refund of openRefunds) lines.final(refundShown(refund, view, locale));
  return (isOpen(payment) ? 1 : 0) + openRefunds.length;
}

/** True while something is still being done about a payment: a review is busy until its first round here is over. */
function isBusy(payment: Payment, rounds: ReadonlyMap<string, number>, until: number): boolean {
  return isPaymentBusy(payment, rounds) || payment.refunds.some((refund) => isRefundBusy(refund, until));
}

function isPaymentBusy(payment: Payment, rounds: ReadonlyMap<string, number>): boolean {
  return payment.attempts.some((attempt) => {
    if (attempt.inFlight !== null) return true;
    switch (attempt.name) {
      case 'submitting':
      case 'waitingForPayer':
      case 'unknown':
      case 'reversing':
        return true;
      case 'review':
        return attempt.phase !== null || (attempt.timers.next !== undefined && attempt.reviewRounds <= (rounds.get(payment.paymentId) ?? 0) && attempt.asked > 0 && waitsForUndo(attempt.timers.next, attempt.changed.monotonic));
      case 'paid':
      case 'declined':
      case 'reversed':
      case 'settled':
      case 'lapsed':
        return false;
    }
  });
}

/** A round of a review that waits for its reversal to be allowed waits seconds; the next round waits a minute or more. */
function waitsForUndo(next: number, changed: number): boolean {
  return next - changed < 60_000;
}

function reviewRounds(payment: Payment): number {
  return leadingAttempt(payment).reviewRounds;
}

/** A refund is waited for as long as its next question comes while this command may run (the till's clock counts as ours does). */
function isRefundBusy(refund: RefundState, until: number): boolean {
  if (refund.inFlight !== null) return true;
  switch (refund.name) {
    case 'submitting':
    case 'unknown':
    case 'pending':
      return refund.next !== null && refund.next < until;
    case 'review':
    case 'refunded':
    case 'refused':
    case 'settled':
      return false;
  }
}
