/** `till resolve`: takes up all that is open until it ends or its tries are used up. */
import { isOpen, leadingAttempt, type Payment } from '../core/payment/payment.ts';
import type { OpenTill } from '../host/assemble.ts';
import { exitCodes } from './exit.ts';
import { PaymentLines } from './lines.ts';
import { receiptPrinted } from './pay.ts';
import type { Output } from './output.ts';

const mostSeconds = 185;
const lookMilliseconds = 50;

export async function resolve(opened: OpenTill, output: Output, interrupted: Promise<void>): Promise<number> {
  const { till, configuration } = opened;
  // Counted from the very beginning: starting asks, and closing takes a moment.
  const until = Date.now() + mostSeconds * 1000;
  const lines = new PaymentLines(output, configuration.store.locale);
  const paid = new Set<string>();
  till.onEvent((event) => {
    if (event.type === 'payment') lines.taken(event.payment);
    if (event.type === 'payment' && event.payment.verdict === 'paid') paid.add(event.payment.paymentId);
  });
  let stopped = false;
  void interrupted.then(() => {
    stopped = true;
  });
  const starting = till.start();
  const rounds = new Map(till.activePayments().map((payment) => [payment.paymentId, reviewRounds(payment)]));
  await Promise.race([starting, interrupted]);
  while (!stopped && till.status().phase !== 'stopped' && Date.now() < until && till.activePayments().some((payment) => isBusy(payment, rounds))) {
    await new Promise((done) => setTimeout(done, lookMilliseconds));
  }
  if (!stopped) for (const paymentId of paid) await receiptPrinted(opened, paymentId);
  if (stopped) till.stop();
  const open = till.activePayments().filter(isOpen);
  for (const payment of open) lines.final(till.view(payment));
  output.line({ open: open.length }, open.length === 0 ? 'nothing is open' : `${open.length} not known yet`);
  if (till.status().phase === 'stopped') return exitCodes.journal;
  return open.length === 0 ? exitCodes.done : exitCodes.notKnownYet;
}

/** True while something is still being done about a payment: a review is busy until its first round here is over. */
function isBusy(payment: Payment, rounds: ReadonlyMap<string, number>): boolean {
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
