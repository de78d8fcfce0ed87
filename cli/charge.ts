/** Follows the one payment that a command makes, from the till's start to its last line, whatever the network does meanwhile. */
import { messageText } from '../core/contract/messages.ts';
import type { PaymentView } from '../core/contract/types.ts';
import type { OpenTill } from '../host/assemble.ts';
import { exitCodes } from './exit.ts';
import { Lines, paymentShown } from './lines.ts';
import type { Output } from './output.ts';
import { receiptPrinted } from './receipt-printed.ts';
import { Watch } from './watch.ts';

export interface Charge {
  /** Makes the payment, on a till that has started; throws a `CommandEnd` where it is refused. */
  readonly begin: () => Promise<PaymentView>;
  /** So long after its beginning the command ends with what is known. */
  readonly limitSeconds: number;
}

/** Returns the exit code. What was open before is taken up first, and has lines of its own. */
export async function charge(opened: OpenTill, { begin, limitSeconds }: Charge, output: Output, interrupted: Promise<void>): Promise<number> {
  const began = performance.now();
  const { till, configuration } = opened;
  const { locale } = configuration.store;
  const lines = new Lines(output);
  const watch = new Watch<PaymentView>(isOver);
  till.onEvent((event) => {
    // Nothing more can be written, so nothing more is sent: what is known now is all that this command will know.
    if (event.type === 'status' && event.status.phase === 'stopped') watch.giveUp();
    if (event.type !== 'payment') return;
    // The final line of our own payment is printed once it is over, not twice.
    if (!(watch.isMeant(event.payment) && isOver(event.payment))) lines.taken(paymentShown(event.payment, locale));
    watch.see(event.payment);
  });
  const stopped = interrupted.then(() => 'interrupted' as const);
  if ((await Promise.race([till.start().then(() => 'ready' as const), stopped])) === 'interrupted') return exitCodes.notKnownYet;

  const payment = await begin();
  lines.changed(paymentShown(payment, locale));
  watch.expect(({ paymentId }) => paymentId === payment.paymentId);
  watch.see(payment);
  const ended = await Promise.race([watch.over(limitSeconds * 1000 - (performance.now() - began)), stopped]);
  watch.cancel();
  if (ended === 'interrupted') till.stop();
  const last = watch.newest ?? payment;
  lines.final(paymentShown(last, locale));
  const { stopMessage, journal } = till.status();
  // The rule about codes is off, and that is said (CASES 34).
  if (stopMessage === null) for (const said of [journal.message, journal.also]) if (said) output.note(messageText(said, locale));
  if (stopMessage !== null) output.note(messageText(stopMessage, locale));
  if (ended !== 'interrupted') await receiptPrinted(opened, last.paymentId);
  return exitCodeOf(last);
}

/** True once a payment's own way is over: it ended, or only a person can end it. */
function isOver(payment: PaymentView): boolean {
  return payment.verdict !== 'notKnownYet' || payment.state === 'review';
}

function exitCodeOf(payment: PaymentView): number {
  switch (payment.verdict) {
    case 'paid':
      return exitCodes.done;
    case 'notPaid':
      return exitCodes.notPaid;
    case 'notKnownYet':
      return exitCodes.notKnownYet;
  }
}
