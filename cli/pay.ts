/** `till pay`: charges a scanned code and prints how it ends, whatever the network does meanwhile. */
import { randomUUID } from 'node:crypto';
import { message, messageText, type Message } from '../core/contract/messages.ts';
import type { PaymentView, PayReply } from '../core/contract/types.ts';
import { commandLineCodeDigits, isPaymentCode } from '../core/scan/codes.ts';
import type { OpenTill } from '../host/assemble.ts';
import { amountOf } from './amount.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { PaymentLines } from './lines.ts';
import type { Output } from './output.ts';

export interface PayOptions {
  readonly gateway: string;
  readonly amount: string;
  readonly code: string;
  readonly ref?: string | undefined;
  readonly again?: boolean | undefined;
}

/** After the deadline a reversal gets this long to be confirmed; then the command ends with what is known (DESIGN.md 7). */
const afterDeadlineSeconds = 75;
/** Of which the receipt and the closing of everything may need so much. */
const closingSeconds = 8;
/** A receipt that prints may finish before the process ends; a stuck printer doesn't hold it. */
const receiptSeconds = 5;

export async function pay(opened: OpenTill, options: PayOptions, output: Output, interrupted: Promise<void>): Promise<number> {
  const began = performance.now();
  const { till, configuration } = opened;
  const { locale } = configuration.store;
  const refuse = (said: Message): CommandEnd => new CommandEnd(exitCodes.wrongUsage, messageText(said, locale));
  const configured = configuration.gateways.get(options.gateway);
  if (configured === undefined) throw refuse(message('gatewayNotSet', { gateway: options.gateway }));
  const amount = amountOf(options.amount, configured.maximumAmount.currency, locale);
  if (!isPaymentCode(options.code, commandLineCodeDigits, null)) throw refuse(message('codeFormat', { n: `${commandLineCodeDigits.least}–${commandLineCodeDigits.most}` }));
  if (options.ref === '') throw new CommandEnd(exitCodes.wrongUsage, '--ref: an order number has at least one character');
  if (!configured.gateway.capabilities.cpm) throw refuse(message('walletNotTaken'));

  const lines = new PaymentLines(output, locale);
  const watch = new Watch();
  till.onEvent((event) => {
    // Nothing more can be written, so nothing more is sent: what is known now is all that this command will know.
    if (event.type === 'status' && event.status.phase === 'stopped') watch.giveUp();
    if (event.type !== 'payment') return;
    // The final line of our own payment is printed once it is over, not twice.
    if (!(event.payment.paymentId === watch.paymentId && isOver(event.payment))) lines.taken(event.payment);
    watch.see(event.payment);
  });
  const stopped = interrupted.then(() => 'interrupted' as const);
  if ((await Promise.race([till.start().then(() => 'ready' as const), stopped])) === 'interrupted') return exitCodes.notKnownYet;

  const scan = till.holdCode(options.code, null, true);
  if (scan.kind !== 'paymentCode') throw refuse('message' in scan ? scan.message : message('notAPaymentCode'));
  const reply = await till.call('pay', {
    commandId: randomUUID(), scanId: scan.scanId, amount, gateway: options.gateway, saleRef: options.ref,
    assurances: options.again === true ? ['chargeAgain'] : [],
  });
  const payment = started(reply, till.status().phase === 'stopped', locale);
  lines.changed(payment);
  const limitSeconds = configured.policy.deadlineSeconds + afterDeadlineSeconds - closingSeconds;
  const over = watch.until(payment, limitSeconds * 1000 - (performance.now() - began));
  const ended = await Promise.race([over, stopped]);
  watch.cancel();
  if (ended === 'interrupted') till.stop();
  const last = watch.newest ?? payment;
  lines.final(last);
  const { stopMessage, journal } = till.status();
  // The rule about codes is off, and that is said (CASES 34).
  if (stopMessage === null && journal.message !== null) output.note(messageText(journal.message, locale));
  if (stopMessage !== null) output.note(messageText(stopMessage, locale));
  if (ended !== 'interrupted') await receiptPrinted(opened, last.paymentId);
  return exitCodeOf(last);
}

function started(reply: PayReply, stopped: boolean, locale: 'zh-CN' | 'en'): PaymentView {
  switch (reply.kind) {
    case 'started':
      return reply.payment;
    case 'refused':
      throw new CommandEnd(stopped ? exitCodes.journal : exitCodes.wrongUsage, messageText(reply.message, locale));
    case 'codeOpen':
    case 'askCodePaid':
      throw new CommandEnd(exitCodes.wrongUsage, messageText(reply.message, locale));
    case 'askSameCustomer':
    case 'askSameCodeFailed':
      // Questions for a screen: the command line names its sale and isn't asked.
      throw new Error(`a question for a screen reached the command line: ${reply.kind}`);
  }
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

/** Waits for one payment to be over. */
class Watch {
  paymentId: string | null = null;
  newest: PaymentView | null = null;
  private timer: NodeJS.Timeout | null = null;
  private finish: (() => void) | null = null;

  see(payment: PaymentView): void {
    if (payment.paymentId !== this.paymentId) return;
    this.newest = payment;
    if (isOver(payment)) this.finish?.();
  }

  until(payment: PaymentView, milliseconds: number): Promise<'over'> {
    this.paymentId = payment.paymentId;
    this.newest ??= payment;
    if (isOver(payment)) return Promise.resolve('over');
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
}

/** Lets what a payment's last change queued for the printer finish, where the printer takes it. */
export async function receiptPrinted({ till, journal }: OpenTill, paymentId: string): Promise<void> {
  const printing = (): boolean => journal.printJobs({ paymentId }).some((job) => job.state === 'waiting' || job.state === 'printing');
  const until = Date.now() + receiptSeconds * 1000;
  while (till.status().printer.light === 'ready' && printing() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
}
