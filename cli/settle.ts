/** `till settle`: records how a payment or refund in review ended, by the owner's word (CASES 17). */
import { randomUUID } from 'node:crypto';
import { messageText, type MessageKey } from '../core/contract/messages.ts';
import type { PaymentView, SettleReply } from '../core/contract/types.ts';
import type { OpenTill } from '../host/assemble.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { onePayment } from './one-payment.ts';
import { paymentFields, paymentText, refundFields, refundText, type Output } from './output.ts';
import { reasonOf } from './reason.ts';
import { word } from './words.ts';

export interface SettleOptions {
  readonly as: string;
  readonly reason: string;
  readonly refund?: string | undefined;
}

const lookMilliseconds = 20;
/** What the till answers of a refund that is under way and that it goes on asking about by itself. */
const notAPersonsYet: ReadonlySet<MessageKey> = new Set<MessageKey>(['settleNotOpen', 'settleAsking']);

export async function settle(opened: OpenTill, reference: string, options: SettleOptions, output: Output, interrupted: Promise<void>): Promise<number> {
  const { till, configuration } = opened;
  const { locale } = configuration.store;
  const { as } = options;
  if (as !== 'paid' && as !== 'notPaid') throw new CommandEnd(exitCodes.wrongUsage, `--as: paid or notPaid, not ${as.slice(0, 20)}`);
  const sentence = reasonOf(options.reason);
  const paymentId = paymentOf(opened, reference);
  const hadMoney = gatewaySaysPaid(viewOf(opened, paymentId));
  const stopped = interrupted.then(() => 'interrupted' as const);
  // The gateway is asked once more first: its own word needs no person's.
  if ((await Promise.race([askedOnce(opened, paymentId), stopped])) === 'interrupted') return exitCodes.notKnownYet;
  const before = viewOf(opened, paymentId);
  // A refund's own number says which one is meant.
  const refundRef = options.refund ?? before.refunds.find((one) => one.refundRef === reference)?.refundRef;
  const subject = refundRef === undefined ? before : before.refunds.find((one) => one.refundRef === refundRef);
  if (subject === undefined) throw new CommandEnd(exitCodes.refused, `--refund: ${messageText({ key: 'paymentNotFound', values: {} }, locale)}`);
  // Its own questions and its undoing come first: only what they could not end is a person's. Which accepted refund is one, the till knows.
  const isUnderWay = subject.open && subject.state !== 'review';
  if (isUnderWay && subject.state !== 'pending') throw new CommandEnd(exitCodes.notKnownYet, word('stillAsked', locale));
  // The gateway has just said what nobody knew when the command was given.
  if (as === 'notPaid' && refundRef === undefined && !hadMoney && gatewaySaysPaid(before)) throw new CommandEnd(exitCodes.refused, messageText({ key: 'settlePaidThere', values: { gateway: before.gateway } }, locale, { [before.gateway]: before.gatewayNames }));
  const reply = await till.call('settle', { commandId: randomUUID(), paymentId, refundRef, as, how: 'other', sentence });
  if (isUnderWay && reply.kind === 'refused' && notAPersonsYet.has(reply.message.key)) throw new CommandEnd(exitCodes.notKnownYet, word('stillAsked', locale));
  printSettled(settled(opened, reply), refundRef, opened, output);
  return exitCodes.done;
}

/** Money that could be given back is there by the gateway's word alone. */
function gatewaySaysPaid({ refundable }: PaymentView): boolean {
  return refundable.left.minor > 0;
}

function paymentOf({ journal, configuration }: OpenTill, reference: string): string {
  const { locale } = configuration.store;
  const found = onePayment(journal, reference, (record) => record.state === 'review');
  switch (found.kind) {
    case 'one':
      return found.record.paymentId;
    case 'none':
      throw new CommandEnd(exitCodes.refused, messageText({ key: 'paymentNotFound', values: {} }, locale));
    case 'several':
      throw new CommandEnd(exitCodes.refused, word('severalPayments', locale, { n: String(found.count), key: reference }));
  }
}

async function askedOnce({ till, configuration }: OpenTill, paymentId: string): Promise<void> {
  const answerSeconds = Math.max(0, ...[...configuration.gateways.values()].map(({ policy }) => policy.connectSeconds + policy.answerTimeoutSeconds));
  const until = performance.now() + answerSeconds * 1000;
  await till.start();
  const isAsked = (): boolean =>
    till.activePayments().some((payment) => payment.paymentId === paymentId && [...payment.attempts, ...payment.refunds].some((one) => one.inFlight !== null));
  while (isAsked() && performance.now() < until) await new Promise((done) => setTimeout(done, lookMilliseconds));
}

function viewOf({ till, configuration }: OpenTill, paymentId: string): PaymentView {
  const detail = till.paymentDetail(paymentId);
  if (detail === null) throw new CommandEnd(exitCodes.refused, messageText(till.missing(paymentId), configuration.store.locale));
  return detail.payment;
}

function settled({ till, configuration }: OpenTill, reply: SettleReply): PaymentView {
  if (reply.kind === 'done') return reply.payment;
  throw new CommandEnd(till.status().phase === 'stopped' ? exitCodes.journal : exitCodes.refused, messageText(reply.message, configuration.store.locale));
}

/** A line of what was recorded: of the payment, or of its refund. */
function printSettled(payment: PaymentView, refundRef: string | undefined, { configuration }: OpenTill, output: Output): void {
  const { locale } = configuration.store;
  const refund = payment.refunds.find((one) => one.refundRef === refundRef);
  if (refund === undefined) output.line({ ...paymentFields(payment, locale), settledAs: payment.settled?.as ?? null, final: true }, paymentText(payment, locale));
  else output.line({ ...refundFields(refund, payment, locale), settledAs: refund.settledAs, final: true }, refundText(refund, payment, locale));
}
