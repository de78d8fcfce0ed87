/** A person's word about what no gateway tells: how a payment or a refund in review ended (CASES 17). */
import { message, type Message } from '../contract/messages.ts';
import type { SettleReply, TillCalls } from '../contract/types.ts';
import type { Clock } from '../ports.ts';
import { asksPayment } from '../refund/step.ts';
import type { StaffDesk } from '../staff/desk.ts';
import { leadingAttempt, openRefund, type Payment } from './payment.ts';
import type { PaymentRunner } from './runner.ts';
import { isEnded } from './state.ts';
import type { PaymentViews } from './views.ts';

export interface SettleDeskPorts {
  readonly runner: PaymentRunner;
  readonly views: PaymentViews;
  readonly staff: StaffDesk;
  readonly clock: Clock;
  /** Why nothing that is about money may be written now; null where it may. */
  notNow(): Message | null;
  refusedByJournal(error: unknown): { readonly kind: 'refused'; readonly message: Message };
}

type SettleRequest = TillCalls['settle'][0];

const pendingSettlesAfterMilliseconds = 86_400_000;

export class SettleDesk {
  private readonly ports: SettleDeskPorts;

  constructor(ports: SettleDeskPorts) {
    this.ports = ports;
  }

  /** The owner's PIN, then the word is journaled; the gateway's own word is never overwritten by it. */
  async settle(request: SettleRequest): Promise<SettleReply> {
    const { runner, views, staff } = this.ports;
    const before = this.repeated(request);
    if (before !== null) return before;
    const early = this.refusal(request);
    if (early !== null) return { kind: 'refused', message: early };
    const allowed = await staff.allow('settle', request.approval);
    if (allowed.kind !== 'allowed') return allowed;
    const repeated = this.repeated(request);
    if (repeated !== null) return repeated;
    const refusal = this.refusal(request);
    const payment = runner.load(request.paymentId);
    if (refusal !== null || payment === null) return { kind: 'refused', message: refusal ?? runner.missing(request.paymentId) };
    const time = runner.time();
    const by = allowed.approval?.by ?? allowed.by;
    const approved = staff.approvalEntry(allowed, 'settle', time, { refundRef: request.refundRef ?? null, amount: null });
    const entry = approved === null ? null : { aggregate: payment.paymentId, type: approved.type, payload: approved };
    const { commandId, how, sentence } = request;
    const refund = request.refundRef === undefined ? null : openRefund(payment);
    const { attemptRef } = refund?.created ?? leadingAttempt(payment).created;
    try {
      const after = refund === null
        ? runner.act(payment.paymentId, { type: 'settled', time, attemptRef, commandId, as: request.as, how, sentence, by }, entry)
        : runner.act(payment.paymentId, { type: 'refundSettled', time, refundRef: refund.created.refundRef, attemptRef, commandId, as: request.as === 'paid' ? 'refunded' : 'notRefunded', how, sentence, by }, entry);
      return { kind: 'done', payment: views.view(after) };
    } catch (error) {
      return this.ports.refusedByJournal(error);
    }
  }

  /** The first one's answer (CASES 8), but only to the same word: another one was recorded by nobody, and isn't answered as done. */
  private repeated({ commandId, paymentId, refundRef, as }: SettleRequest): SettleReply | null {
    const { views } = this.ports;
    const payment = views.ofCommand(commandId);
    if (payment === null) return null;
    const word = views.wordOf(payment.paymentId, commandId);
    const isSame = payment.paymentId === paymentId && word !== null && word.as === as && word.refundRef === (refundRef ?? null);
    return isSame ? { kind: 'done', payment } : { kind: 'refused', message: message('settledOtherwise') };
  }

  private refusal(request: SettleRequest): Message | null {
    const why = this.ports.notNow();
    if (why !== null) return why;
    if (request.how === 'other' && (request.sentence ?? '').trim() === '') return message('settleReason');
    const payment = this.ports.runner.load(request.paymentId);
    if (payment === null) return this.ports.runner.missing(request.paymentId);
    if (request.refundRef !== undefined) return this.refundRefusal(payment, request.refundRef);
    const lead = leadingAttempt(payment);
    // A person's word about a payment whose refund is out would leave that refund without a payment.
    if (openRefund(payment) !== null) return message('refundOpen');
    if (lead.name === 'review' && lead.inFlight !== null) return message('settleAsking');
    // Recorded as paid while another try of the sale is on its way, the customer may yet pay twice.
    if (request.as === 'paid' && payment.attempts.some((attempt) => attempt !== lead && !isEnded(attempt) && attempt.name !== 'review')) return message('settleAsking');
    return lead.name === 'review' ? null : message('settleNotOpen');
  }

  /** A refund in review, one that was accepted and hasn't arrived for a day, or one that nothing can be asked about (CASES 24). */
  private refundRefusal(payment: Payment, refundRef: string): Message | null {
    const refund = openRefund(payment);
    if (refund === null || refund.created.refundRef !== refundRef) return message('settleNotOpen');
    if (refund.inFlight !== null) return message('settleAsking');
    const isLate = refund.name === 'pending' && (refund.unknownWhy === 'refundLimit' || asksPayment(refund) || this.ports.clock.wall() - refund.created.time.wall > pendingSettlesAfterMilliseconds);
    return refund.name === 'review' || isLate ? null : message('settleNotOpen');
  }
}
