/** The rules about refunds: never more than was paid, one request for one wish, and only the gateway's word ends one. */
import type { RefundView } from '../../core/contract/types.ts';
import type { Findings, Rule } from '../findings.ts';
import type { Books } from '../gateways/books.ts';
import type { Transmission, Word } from '../observations.ts';
import type { Mirror } from './mirror.ts';
import { isHeld, lastWordOf, openRefundStates, sentTimes, sumOf, type SeenAttempt, type SeenRefund } from './seen.ts';

/** Which states may follow which: forward only, and what a person recorded is reopened, never overwritten (CASES 17). */
const follows: Readonly<Record<string, readonly string[]>> = {
  submitting: ['submitting', 'unknown', 'pending', 'refunded', 'refused', 'review'],
  unknown: ['unknown', 'pending', 'refunded', 'refused', 'review'],
  pending: ['pending', 'refunded', 'refused', 'review'],
  review: ['review', 'pending', 'refunded', 'refused', 'settled'],
  refunded: ['refunded'],
  refused: ['refused'],
  settled: ['settled', 'review'],
};

/** The longest without an answer and without a person being called; what was accepted may take a week. */
const openMostMilliseconds = 300_000;
const pendingMostMilliseconds = 8 * 86_400_000;

export class RefundRules {
  readonly #findings: Findings;
  readonly #mirror: Mirror;
  readonly #books: readonly Books[];
  readonly #now: () => number;
  readonly #ofCommand = new Map<string, string>();

  constructor(findings: Findings, mirror: Mirror, books: readonly Books[], now: () => number) {
    this.#findings = findings;
    this.#mirror = mirror;
    this.#books = books;
    this.#now = now;
  }

  forget(): void {
    this.#ofCommand.clear();
  }

  moved(refund: SeenRefund, before: string | null): void {
    if (before === null) {
      this.#created(refund);
      return;
    }
    if (openRefundStates.has(before)) this.checkHanging(refund, before);
    if (refund.state === before) return;
    if (!(follows[before] ?? []).includes(refund.state)) this.#broken(before === 'settled' ? 'CASES 17: recorded' : 'moves go forward', refund, `${before} became ${refund.state}`);
    if (refund.state === 'refunded' && !refund.transmissions.some((sent) => says(sent, 'refunded'))) this.#broken('money 2: only an explicit word ends', refund, 'refunded without the gateway saying so');
    if (refund.state === 'refused' && !refusedForCertain(refund)) this.#broken('money 2: only an explicit word ends', refund, 'refused without an explicit word about it');
  }

  /** Money rule 6 and CASES 7 and 8, at the moment a refund becomes durable. */
  #created(refund: SeenRefund): void {
    const { attempt, amountMinor, leftBeforeMinor, commandId } = refund;
    if (refund.state !== (refund.way === 'gateway' ? 'submitting' : 'refunded')) this.#broken('moves go forward', refund, `it began as ${refund.state}`);
    if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0 || amountMinor > leftBeforeMinor) this.#broken('money 6: never more than was paid', refund, `${amountMinor} is given back where ${leftBeforeMinor} was left of ${attempt.amountMinor}`);
    if (!holdsMoney(attempt)) this.#broken('money 6: never more than was paid', refund, `its payment is ${attempt.state}, and the gateway's last word about it is not paid`);
    if (attempt.isForeign && amountMinor !== attempt.amountMinor) this.#broken('CASES 38: foreign receipt', refund, 'a part of another till’s order is given back');
    for (const other of this.#mirror.refundsOf(attempt.paymentId)) {
      if (other !== refund && openRefundStates.has(other.state)) this.#broken('CASES 7: one request at a time', refund, `${other.reference} of the same payment is ${other.state}`);
    }
    if (commandId === null) return;
    const known = this.#ofCommand.get(commandId);
    if (known !== undefined) this.#broken('CASES 8: one command, one refund', refund, `the command made ${known} before`);
    this.#ofCommand.set(commandId, refund.reference);
  }

  /** What goes out for a refund, or to ask about one. */
  sending(sent: Transmission, isRestored: boolean): void {
    const refund = sent.refund === null ? undefined : this.#mirror.refunds.get(sent.refund);
    if (refund === undefined) {
      this.#findings.broken('money 1: durable before sent', String(sent.refund), `${sent.call} was sent, and the journal has no such refund`);
      return;
    }
    const { announced, attempt } = refund;
    if (announced.call === sent.call && !announced.wasSent) announced.wasSent = true;
    else this.#broken('money 1: durable before sent', refund, `${sent.call} was sent, but the newest durable row ${announced.sequence} announces ${String(announced.call)}${announced.wasSent ? ', which was sent' : ''}`);
    // UMS' question names the refund alone, and of one that never arrived it knows no order.
    if (sent.reference !== attempt.reference && (sent.call === 'refund' || sent.reference !== null)) this.#broken('money 5: amounts', refund, `it was sent for ${String(sent.reference)}, and belongs to ${attempt.reference}`);
    if (sent.amountMinor !== null && sent.amountMinor !== refund.amountMinor) this.#broken('money 5: amounts', refund, `the journal has ${refund.amountMinor}, the wire ${sent.amountMinor}`);
    const first = attempt.transmissions[0];
    if (first !== undefined && first.account !== sent.account) this.#broken('CASES 6: identity', refund, `its payment was begun as ${first.account}, and ${sent.call} was sent as ${sent.account}`);
    if (sent.call === 'refund') this.#money(refund, sent, isRestored);
    refund.transmissions.push(sent);
  }

  /** True where a question about a payment is the announced one about its refund: OMoney has no other once the answer was lost (ERRATA 2.2). */
  asksPayment(sent: Transmission): boolean {
    if (sent.gateway !== 'omoney' || sent.reference === null) return false;
    const refund = this.#mirror.attempts.get(sent.reference)?.refunds.find(({ announced, number }) => number === null && announced.call === 'queryRefund' && !announced.wasSent);
    if (refund === undefined) return false;
    refund.announced.wasSent = true;
    const first = refund.attempt.transmissions[0];
    if (first !== undefined && first.account !== sent.account) this.#broken('CASES 6: identity', refund, `its payment was begun as ${first.account}, and was asked about as ${sent.account}`);
    return true;
  }

  #money(refund: SeenRefund, sent: Transmission, isRestored: boolean): void {
    const { attempt } = refund;
    if (isRestored) this.#broken('CASES 29: restored', refund, 'a refund was sent although the journal is an older copy');
    const isRepeat = sentTimes(refund, 'refund') > 0;
    const wasLookedAt = refund.transmissions.some((other) => other.call === 'refund' && other.end !== 'neverSent' && other.word !== 'tokenRefused');
    if (wasLookedAt && attempt.gateway === 'omoney') this.#broken('CASES 24: repeat of a refund', refund, 'it was sent again, and every request is a refund of its own');
    if (isRepeat && attempt.gateway === 'omipay' && refund.amountMinor * 2 <= refund.leftBeforeMinor) this.#broken('CASES 24: repeat of a refund', refund, `${refund.amountMinor} of ${refund.leftBeforeMinor} was sent again, and a second one fits`);
    const others = (this.#mirror.ofPayment.get(attempt.paymentId) ?? []).flatMap((one) => [...one.transmissions, ...one.refunds.filter((other) => other !== refund).flatMap((other) => other.transmissions)]);
    const out = others.find((other) => other.endedAt === null && other.process === sent.process && (other.call === 'reverse' || other.call === 'refund'));
    if (out !== undefined) this.#broken('CASES 7: one request at a time', refund, `it was sent while ${out.call} of ${String(out.reference)} was out`);
  }

  /** What a screen is told of a refund. */
  told(view: RefundView): void {
    const refund = this.#mirror.refunds.get(view.refundRef);
    if (refund === undefined || refund.state !== view.state) {
      this.#findings.broken('told before durable', view.refundRef, `told ${view.state}, the journal has ${refund?.state ?? 'nothing'}`);
      return;
    }
    if (view.amount.minor !== refund.amountMinor) this.#broken('money 5: amounts', refund, `told ${view.amount.minor}, the journal has ${refund.amountMinor}`);
    if (refund.way !== 'gateway') return;
    if (view.state === 'refunded' && this.booked(refund, ['done']) !== refund.amountMinor) this.#broken('told refunded without it', refund, `the gateway's books have ${this.booked(refund, ['done'])} of ${refund.amountMinor}`);
    if (view.state === 'refused' && this.booked(refund, ['done', 'pending']) > 0) this.#broken('told not refunded with it', refund, 'the gateway has it in its books');
  }

  /** What the gateway's books have under a refund's number. */
  booked(refund: SeenRefund, states: readonly ('done' | 'pending')[]): number {
    const order = this.#books.map((books) => books.orders.get(refund.attempt.reference)).find((one) => one !== undefined);
    return (order?.refunds ?? []).reduce((sum, one) => sum + (one.reference === refund.reference && states.some((state) => state === one.state) ? one.amountMinor : 0), 0);
  }

  checkHanging(refund: SeenRefund, state = refund.state): void {
    const open = this.#now() - refund.openSince;
    // A review waits for a person, and is told until one came.
    if (state === 'review') return;
    const most = state === 'pending' ? pendingMostMilliseconds : openMostMilliseconds;
    if (open > most) this.#broken('liveness', refund, `${state} for ${Math.round(open / 1000)} s`);
  }

  #broken(rule: Rule, refund: SeenRefund, detail: string): void {
    this.#findings.broken(rule, refund.reference, detail);
  }
}

function says(sent: Transmission, ...words: readonly Word[]): boolean {
  return sent.end === 'intact' && sent.word !== null && words.includes(sent.word);
}

/** CASES 2: a refusal is an end to the first transmission alone; words about the refund itself are one always. */
function refusedForCertain(refund: SeenRefund): boolean {
  if (refund.transmissions.some((sent) => says(sent, 'refundFailed'))) return true;
  const sent = refund.transmissions.filter(({ word }) => word !== 'tokenRefused');
  const [first] = sent;
  // It waited for an access token that never came.
  if (first === undefined) return refund.attempt.gateway === 'omoney';
  if (sent.filter(({ call }) => call === 'refund').length !== 1) return false;
  return says(first, 'refundRefused', 'refused') || (sent.length === 1 && first.end === 'neverSent');
}

function holdsMoney(attempt: SeenAttempt): boolean {
  if (attempt.state === 'paid' || attempt.isForeign || attempt.gateway === 'cash' || attempt.settledAs === 'paid') return true;
  // An undone review was one until this very refund gave all of it back.
  const wasReview = attempt.state === 'review' || attempt.state === 'settled' || (attempt.state === 'reversed' && sumOf(attempt.refunds, isHeld) >= attempt.amountMinor);
  const last = lastWordOf(attempt);
  return wasReview && (last === 'paid' || last === 'paidBefore');
}
