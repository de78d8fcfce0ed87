/** `till refund`: gives back all or a part of a payment and prints how it ends, whatever the network does; or records what was given back elsewhere. */
import { randomUUID } from 'node:crypto';
import { message, messageText, type Message } from '../core/contract/messages.ts';
import type { Amount, PaymentView, RefundReply, RefundView } from '../core/contract/types.ts';
import { readablePayment } from '../core/journal/journal.ts';
import { amountWithSign, makeAmount, sameAmount } from '../core/money/amount.ts';
import { holdsMoney, refundableMinor } from '../core/payment/payment.ts';
import { refundIsEnded } from '../core/refund/state.ts';
import type { OpenTill } from '../host/assemble.ts';
import { amountOf } from './amount.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { gatewayNames } from './gateway-names.ts';
import { Lines, paymentShown, refundShown } from './lines.ts';
import { onePayment } from './one-payment.ts';
import { isoTime, type Output } from './output.ts';
import { reasonOf } from './reason.ts';
import { receiptPrinted } from './receipt-printed.ts';
import { Watch } from './watch.ts';
import { word } from './words.ts';

export interface RefundOptions {
  readonly payment: string;
  readonly amount?: string | undefined;
  readonly reason?: string | undefined;
  /** The caller's own name of this refund: given again, it is the first one's outcome (CASES 8). */
  readonly request?: string | undefined;
  /** Given back elsewhere: recorded, and nothing is sent. */
  readonly outside?: boolean | undefined;
}

/** So long after its beginning the command says what is known: a lost answer has been asked for with every pause by then. */
const mostSeconds = 66;
const lookMilliseconds = 20;
/** Numbers that a gateway may be asked about; anything else is a number of nobody. */
const reference = /^[\x21-\x7e]{4,64}$/;

/** What is wanted, once the payment is known; `amount` null for all that is left. */
interface Wanted {
  readonly amount: Amount | null;
  readonly reason: string;
  readonly commandId: string;
}

/** Why nothing is given back, and what was wanted. */
interface Refused {
  readonly kind: 'refused';
  readonly said: string;
  readonly payment: PaymentView | null;
  readonly amount: Amount;
}

interface RefundOfPayment {
  readonly refund: RefundView;
  readonly payment: PaymentView;
}

type Begun = { readonly kind: 'started'; readonly payment: PaymentView; readonly refund: RefundView } | Refused;

export async function refund(opened: OpenTill, options: RefundOptions, output: Output, interrupted: Promise<void>): Promise<number> {
  const began = performance.now();
  const { till, configuration } = opened;
  const { locale, currency } = configuration.store;
  if (options.outside === true && options.reason === undefined) throw new CommandEnd(exitCodes.wrongUsage, word('outsideReason', locale));
  const reason = options.reason === undefined ? (configuration.refund.reasons[0] ?? word('returnedGoods', locale)) : reasonOf(options.reason);
  const known = findPayment(opened, options.payment);
  // What is no amount is wrong usage, whatever the reference is.
  const amount = options.amount === undefined ? null : amountOf(options.amount, known.kind === 'one' ? known.record.currency : currency, locale);

  const commandId = commandOf(options.request);
  const open = openRefundsOf(opened, options.payment);

  const lines = new Lines(output);
  const watch = new Watch<RefundOfPayment>(isOver);
  watchTill(opened, lines, watch);
  const stopped = interrupted.then(() => 'interrupted' as const);
  if ((await Promise.race([takenUp(opened, options.payment), stopped])) === 'interrupted') return exitCodes.notKnownYet;

  const wanted: Wanted = { amount, reason, commandId };
  const earlier = earlierRefund(opened, options, open, wanted, output);
  const beginning = earlier === null ? await Promise.race([begin(opened, options, wanted, watch), stopped]) : follow(earlier, watch);
  if (beginning === 'interrupted') till.stop();
  if (beginning !== 'interrupted' && beginning.kind === 'refused') return refuse(opened, beginning, output);
  if (watch.newest === null) return exitCodes.notKnownYet;
  const ended = await Promise.race([watch.over(mostSeconds * 1000 - (performance.now() - began)), stopped]);
  watch.cancel();
  if (ended === 'interrupted') till.stop();
  const { refund: last, payment } = watch.newest;
  lines.final(refundShown(last, payment, locale));
  const { stopMessage } = till.status();
  if (stopMessage !== null) output.note(messageText(stopMessage, locale));
  if (ended !== 'interrupted') await receiptPrinted(opened, payment.paymentId);
  return exitCodeOf(last);
}

/** A name of the caller's own, beside the numbers that the till gives its commands. */
function commandOf(request: string | undefined): string {
  if (request === undefined) return randomUUID();
  if (!reference.test(request)) throw new CommandEnd(exitCodes.wrongUsage, '--request: 4 to 64 printable characters without blanks');
  return `request:${request}`;
}

/** The numbers of this payment's refunds that have no outcome yet. */
function openRefundsOf(opened: OpenTill, text: string): readonly string[] {
  const found = findPayment(opened, text);
  if (found.kind !== 'one') return [];
  const refunds = readablePayment(opened.journal.rowsOf(found.record.paymentId))?.refunds ?? [];
  return refunds.filter((one) => !refundIsEnded(one)).map(({ created }) => created.refundRef);
}

/** The refund that this command repeats: of its own name, or else one that was open when it began; null where it begins one. */
function earlierRefund(opened: OpenTill, options: RefundOptions, open: readonly string[], { amount, commandId }: Wanted, output: Output): RefundOfPayment | null {
  if (options.request !== undefined) {
    const named = requestedBefore(opened, commandId);
    if (named !== null) mustBeTheSame(named, opened, options, amount);
    return named;
  }
  const earlier = options.outside === true ? null : goneThroughSince(opened, options.payment, open, amount);
  if (earlier !== null) output.note(word('refundWasOpen', opened.configuration.store.locale));
  return earlier;
}

/** The refund that an earlier command with this name began; null where none did. */
function requestedBefore({ till, journal }: OpenTill, commandId: string): RefundOfPayment | null {
  const paymentId = journal.aggregateOfCommand(commandId);
  const refundRef = paymentId === null ? undefined : readablePayment(journal.rowsOf(paymentId))?.refunds.find(({ created }) => created.commandId === commandId)?.created.refundRef;
  return paymentId === null ? null : refundOf(till, paymentId, refundRef);
}

/**
 * A refund of this amount, or of all that was left, that was open when the command began, and has gone through since: whoever
 * repeats a command that was cut off wants that one, and no second.
 */
function goneThroughSince(opened: OpenTill, text: string, open: readonly string[], amount: Amount | null): RefundOfPayment | null {
  for (const refundRef of open) {
    const paymentId = opened.journal.refunds({ refundRef })[0]?.paymentId;
    const one = paymentId === undefined ? null : refundOf(opened.till, paymentId, refundRef);
    if (one?.refund.state !== 'refunded' || !namesAttempt(opened, one, text)) continue;
    if (amount === null ? isAllGivenBack(opened, one) : sameAmount(one.refund.amount, amount)) return one;
  }
  return null;
}

/** A name that was given to another refund is wrong usage: its outcome would be told for this one. */
function mustBeTheSame(named: RefundOfPayment, opened: OpenTill, { payment: text, request = '' }: RefundOptions, amount: Amount | null): void {
  const isSame = namesPayment(opened, named, text) && namesAttempt(opened, named, text) && (amount === null || sameAmount(named.refund.amount, amount));
  if (!isSame) throw new CommandEnd(exitCodes.wrongUsage, word('requestUsed', opened.configuration.store.locale, { key: request, n: named.refund.refundRef }));
}

/** A number that several payments have names each of them; one that none has names no refund. */
function namesPayment(opened: OpenTill, { payment: { paymentId } }: RefundOfPayment, text: string): boolean {
  const found = findPayment(opened, text);
  if (found.kind === 'one') return found.record.paymentId === paymentId;
  return opened.journal.payments({ by: 'reference', value: text }).some((record) => record.paymentId === paymentId);
}

/** Of a sale that was paid twice, a number of the one is not the other's; the sale's own number is either's. */
function namesAttempt(opened: OpenTill, { payment: { paymentId }, refund }: RefundOfPayment, text: string): boolean {
  const named = attemptNamed(opened, paymentId, text);
  return named === undefined || named === refund.attemptRef;
}

/** Of the attempt that it gave back: the payment's other one may be paid, too. */
function isAllGivenBack({ journal }: OpenTill, { payment: { paymentId }, refund }: RefundOfPayment): boolean {
  const payment = readablePayment(journal.rowsOf(paymentId));
  const attempt = payment?.attempts.find(({ created }) => created.attemptRef === refund.attemptRef);
  return payment !== null && attempt !== undefined && refundableMinor(payment, attempt) === 0;
}

function refundOf(till: OpenTill['till'], paymentId: string, refundRef: string | undefined): RefundOfPayment | null {
  const payment = till.paymentDetail(paymentId)?.payment;
  const refund = payment?.refunds.find((one) => one.refundRef === refundRef);
  return payment === undefined || refund === undefined ? null : { payment, refund };
}

function follow(earlier: RefundOfPayment, watch: Watch<RefundOfPayment>): Begun {
  watch.expect(({ refund }) => refund.refundRef === earlier.refund.refundRef);
  watch.see(earlier);
  return { kind: 'started', ...earlier };
}

function watchTill({ till, configuration }: OpenTill, lines: Lines, watch: Watch<RefundOfPayment>): void {
  const { locale } = configuration.store;
  till.onEvent((event) => {
    // Nothing more can be written, so nothing more is sent: what is known now is all that this command will know.
    if (event.type === 'status' && event.status.phase === 'stopped') watch.giveUp();
    if (event.type !== 'payment') return;
    const { payment } = event;
    lines.taken(paymentShown(payment, locale));
    for (const one of payment.refunds) {
      if (!watch.isMeant({ refund: one, payment })) lines.taken(refundShown(one, payment, locale));
      // The final line of our own refund is printed once it is over, not twice.
      else if (one.open) lines.changed(refundShown(one, payment, locale));
    }
    const ours = payment.refunds.find((one) => watch.isMeant({ refund: one, payment }));
    if (ours !== undefined) watch.see({ refund: ours, payment });
  });
}

/** True once a refund's own way is over, only a person can end it, or it is asked about again only after this command. */
function isOver({ refund: { open, state, nextAt } }: RefundOfPayment, until: number): boolean {
  return !open || state === 'review' || (nextAt !== null && nextAt > until);
}

function findPayment({ journal }: OpenTill, text: string): ReturnType<typeof onePayment> {
  return onePayment(journal, text, (record) => record.verdict !== 'notPaid' && record.amountMinor > record.refundedMinor + record.refundOpenMinor);
}

/** Starts the till, and waits until a refund of this payment that was left open has been asked about once. */
async function takenUp(opened: OpenTill, text: string): Promise<void> {
  const { till, configuration } = opened;
  const answerSeconds = Math.max(0, ...[...configuration.gateways.values()].map(({ policy }) => policy.connectSeconds + policy.answerTimeoutSeconds));
  await till.start();
  const until = performance.now() + answerSeconds * 1000;
  const found = findPayment(opened, text);
  if (found.kind !== 'one') return;
  const isAsked = (): boolean => till.activePayments().some((payment) => payment.paymentId === found.record.paymentId && payment.refunds.some((one) => one.inFlight !== null));
  while (isAsked() && performance.now() < until) await new Promise((done) => setTimeout(done, lookMilliseconds));
}

// ---- beginning

async function begin(opened: OpenTill, { payment: text, outside = false }: RefundOptions, wanted: Wanted, watch: Watch<RefundOfPayment>): Promise<Begun> {
  const { locale, currency } = opened.configuration.store;
  const nothing = wanted.amount ?? makeAmount(0, currency);
  // Looked up again: what was open before may have its outcome now.
  const found = findPayment(opened, text);
  switch (found.kind) {
    case 'one':
      return beginOurs(opened, found.record.paymentId, text, { ...wanted, outside }, watch);
    case 'several':
      return { kind: 'refused', said: word('severalPayments', locale, { n: String(found.count), key: text }), payment: null, amount: nothing };
    case 'none':
      // Another till's order is no payment here: nothing can be recorded on it.
      return reference.test(text) && !outside ? beginLookedUp(opened, text, wanted, watch) : refusedWith(notFound(text), null, nothing, opened);
  }
}

/** Digits that may be a payment code are a secret, and no reference: they are said in four (money rule 9). */
function notFound(text: string): Message {
  return message('lookUpNotFound', { key: /^[0-9]{15,}$/.test(text) ? `…${text.slice(-4)}` : text.slice(0, 64) });
}

async function beginOurs(opened: OpenTill, paymentId: string, text: string, wanted: Wanted & { readonly outside: boolean }, watch: Watch<RefundOfPayment>): Promise<Begun> {
  const { till } = opened;
  const attemptRef = attemptNamed(opened, paymentId, text);
  const plan = await till.call('refundPlan', { paymentId, attemptRef });
  if ('kind' in plan) return refusedWith(plan.message, null, wanted.amount ?? makeAmount(0, opened.configuration.store.currency), opened);
  const { payment, refundable } = plan;
  const amount = wanted.amount ?? refundable.left;
  // What can't be refunded may still be recorded: the till says which (no way there, too old).
  if (refundable.refusal !== null && !wanted.outside) return refusedWith(refundable.refusal, payment, amount, opened);
  // The next refund of this payment is meant: its first event comes before the command that makes it returns.
  const before = new Set(payment.refunds.map((one) => one.refundRef));
  watch.expect((told) => told.payment.paymentId === paymentId && !before.has(told.refund.refundRef));
  const request = { commandId: wanted.commandId, paymentId, attemptRef, amount, reason: wanted.reason };
  return begun(await (wanted.outside ? till.call('recordOutsideRefund', request) : till.call('refund', request)), payment, amount, opened);
}

/** Where a sale was paid twice, a number of one of the two means that one, also once it was given back. */
function attemptNamed({ journal }: OpenTill, paymentId: string, text: string): string | undefined {
  const payment = readablePayment(journal.rowsOf(paymentId));
  const named = payment?.attempts.find((attempt) => [attempt.created.attemptRef, attempt.gatewayRef, attempt.walletRef].includes(text));
  if (named === undefined) return undefined;
  const { attemptRef } = named.created;
  return holdsMoney(named) || payment?.refunds.some(({ created }) => created.attemptRef === attemptRef) === true ? attemptRef : undefined;
}

/** CASES 38: another till's order, of which only all can be given back. */
async function beginLookedUp(opened: OpenTill, text: string, wanted: Wanted, watch: Watch<RefundOfPayment>): Promise<Begun> {
  const { till, configuration } = opened;
  const found = await till.call('lookUp', { reference: text });
  const nothing = wanted.amount ?? makeAmount(0, configuration.store.currency);
  switch (found.kind) {
    case 'ours':
      return beginOurs(opened, found.payment.paymentId, text, { ...wanted, outside: false }, watch);
    case 'notFound':
      return refusedWith(notFound(text), null, nothing, opened);
    case 'notKnown':
      return refusedWith(found.message, null, nothing, opened);
    case 'foreign':
      break;
  }
  const { order } = found;
  if (order.refusal !== null) return refusedWith(order.refusal, null, wanted.amount ?? order.amount, opened);
  if (wanted.amount !== null && !sameAmount(wanted.amount, order.amount)) return refusedWith(message('refundWholeOnly', { max: amountWithSign(order.amount) }), null, wanted.amount, opened);
  // An order of another till has no payment here before its refund.
  watch.expect((told) => told.payment.attemptRef === order.attemptRef);
  return begun(await till.call('refundForeign', { commandId: wanted.commandId, lookUpId: order.lookUpId, reason: wanted.reason }), null, order.amount, opened);
}

function begun(reply: RefundReply, payment: PaymentView | null, amount: Amount, opened: OpenTill): Begun {
  switch (reply.kind) {
    case 'started':
      return reply;
    case 'refused':
    case 'approvalNeeded':
    case 'wrongPin':
    case 'pinWait':
      return refusedWith(reply.message, payment, amount, opened);
  }
}

function refusedWith(said: Message, payment: PaymentView | null, amount: Amount, { configuration }: OpenTill): Refused {
  return { kind: 'refused', said: messageText(said, configuration.store.locale, gatewayNames), payment, amount };
}

// ---- ending

/** Nothing was sent. A journal that can't be written is told apart. */
function refuse({ till }: OpenTill, { said, payment, amount }: Refused, output: Output): number {
  if (till.status().phase === 'stopped') throw new CommandEnd(exitCodes.journal, said);
  const line = {
    time: isoTime(Date.now()), paymentId: payment?.paymentId ?? null, refundRef: null, state: 'refused', amount: amount.minor, currency: amount.currency, message: said,
    gateway: payment?.gateway ?? null, attemptRef: payment?.attemptRef ?? null, final: true,
  };
  output.line(line, [payment?.number, amount.minor === 0 ? undefined : `-${amountWithSign(amount)}`, 'refused', said, '(final)'].filter((part) => part !== undefined).join('  '));
  return exitCodes.refused;
}

function exitCodeOf(refund: RefundView): number {
  switch (refund.state) {
    case 'refunded':
      return exitCodes.done;
    case 'refused':
      return exitCodes.refused;
    case 'submitting':
    case 'unknown':
    case 'pending':
    case 'review':
      return exitCodes.notKnownYet;
    case 'settled':
      return refund.settledAs === 'refunded' ? exitCodes.done : exitCodes.refused;
  }
}
