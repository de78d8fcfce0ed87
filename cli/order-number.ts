/** `till order-number`: enters the gateway's number of a payment that can be asked about by it alone, and waits for what the gateway says (CASES 22). */
import { randomUUID } from 'node:crypto';
import { messageText, type MessageKey } from '../core/contract/messages.ts';
import type { OrderNumberEntry, PaymentView } from '../core/contract/types.ts';
import type { OpenTill } from '../host/assemble.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { gatewayNames } from './gateway-names.ts';
import { onePayment } from './one-payment.ts';
import { paymentFields, paymentText, type Output } from './output.ts';
import { word } from './words.ts';

const lookMilliseconds = 20;

/** What is said of the number itself, beside the payment's own line. */
const said: Readonly<Record<Exclude<OrderNumberEntry, 'wanted'>, MessageKey>> = {
  none: 'orderNumberFound', asking: 'orderNumberAsking', wrong: 'orderNumberWrong', unanswered: 'orderNumberUnanswered',
};

export async function orderNumber(opened: OpenTill, reference: string, number: string, output: Output, interrupted: Promise<void>): Promise<number> {
  const { till, configuration } = opened;
  const { locale } = configuration.store;
  const paymentId = paymentOf(opened, reference);
  const stopped = interrupted.then(() => 'interrupted' as const);
  // What is open is asked first, as at every start: its own answer may bring the number.
  if ((await Promise.race([quiet(opened, paymentId, () => till.start()), stopped])) === 'interrupted') return exitCodes.notKnownYet;
  const reply = await till.call('enterOrderNumber', { commandId: randomUUID(), paymentId, number });
  if (reply.kind !== 'done') throw new CommandEnd(till.status().phase === 'stopped' ? exitCodes.journal : exitCodes.refused, messageText(reply.message, locale, gatewayNames));
  const ended = await Promise.race([quiet(opened, paymentId, () => Promise.resolve()), stopped]);
  if (ended === 'interrupted') till.stop();
  const payment = viewOf(opened, paymentId);
  const { orderNumberEntry: entry } = payment;
  output.line({ ...paymentFields(payment, locale), orderNumber: entry === 'none' ? 'found' : entry, final: true }, paymentText(payment, locale));
  if (entry !== 'wanted') output.note(messageText({ key: said[entry], values: { gateway: payment.gateway } }, locale, gatewayNames));
  return exitCodeOf(entry);
}

function exitCodeOf(entry: OrderNumberEntry): number {
  switch (entry) {
    case 'none':
      return exitCodes.done;
    case 'wanted':
    case 'wrong':
      return exitCodes.refused;
    case 'asking':
    case 'unanswered':
      return exitCodes.notKnownYet;
  }
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

/** Until no request about the payment is out, at most as long as an answer may take. */
async function quiet({ till, configuration }: OpenTill, paymentId: string, begin: () => Promise<void>): Promise<void> {
  const answerSeconds = Math.max(0, ...[...configuration.gateways.values()].map(({ policy }) => policy.connectSeconds + policy.answerTimeoutSeconds));
  const until = performance.now() + answerSeconds * 1000;
  await begin();
  const isAsked = (): boolean => till.activePayments().some((payment) => payment.paymentId === paymentId && payment.attempts.some((attempt) => attempt.inFlight !== null));
  while (isAsked() && performance.now() < until) await new Promise((done) => setTimeout(done, lookMilliseconds));
}

function viewOf({ till, configuration }: OpenTill, paymentId: string): PaymentView {
  const detail = till.paymentDetail(paymentId);
  if (detail === null) throw new CommandEnd(exitCodes.refused, messageText(till.missing(paymentId), configuration.store.locale));
  return detail.payment;
}
