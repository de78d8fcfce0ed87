/** Refunds at a running till: what may be given back, and by whose word. */
import { message, type Message } from '../contract/messages.ts';
import type { ActReply, RefundPlanReply, RefundReply, RefundRequest } from '../contract/types.ts';
import { configuredFor } from '../configuration.ts';
import type { NewEntry } from '../journal/journal.ts';
import { JournalUnavailable } from '../journal/storage.ts';
import { atGatewayMinor, attemptToRefund, moneyIsMoving, openRefund, refundableMinor, refundedMinor, refundOpenMinor, type Payment } from '../payment/payment.ts';
import { numberBy, referenceRules } from '../payment/reference.ts';
import type { ConfiguredGateway } from '../payment/runner.ts';
import { isEnded, type AttemptState } from '../payment/state.ts';
import type { Allowed } from '../staff/desk.ts';
import type { Act } from '../staff/roles.ts';
import type { RefundCreated } from './events.ts';
import { ForeignDesk, type ForeignPorts } from './foreign-desk.ts';
import { refundMayBeAsked } from './step.ts';
import { amountRefusal, mayRepeat, outsideRefusal, refundable } from './rules.ts';

export interface RefundDeskPorts extends ForeignPorts {
  /** False while the drawer belongs to no shift of a shop that has people: nothing may move it. */
  drawerInUse(): boolean;
  journalFailed(error: JournalUnavailable): Message;
}

type Refused = { readonly kind: 'refused'; readonly message: Message };

/** A refund of our payment on a gateway's statement that the journal doesn't have. */
export interface FoundRefund {
  readonly paymentId: string;
  readonly minor: number;
  /** Its number there. */
  readonly reference: string;
}

/** A refund that was checked and may be journaled. */
interface Checked {
  readonly kind: 'checked';
  readonly payment: Payment;
  readonly attempt: AttemptState;
}

/** The number of a refund that no gateway sees: as unique as the others (CASES 4). */
const ownReference = { prefix: 'R', length: 20, alphabet: '0123456789' } as const;
/** Undoing what can't be reversed any more is the till's own act (CASES 18). */
const automaticReason = 'undo';
const foundReason = 'statement';

export class RefundDesk {
  private readonly ports: RefundDeskPorts;
  /** Another till's receipts. */
  readonly foreign: ForeignDesk;

  constructor(ports: RefundDeskPorts) {
    this.ports = ports;
    this.foreign = new ForeignDesk(ports, {
      repeated: (commandId) => this.repeated(commandId), refusedByJournal: (error) => this.refusedByJournal(error),
      begin: (payment, attempt, request, allowed) => this.begin(payment, attempt, request, allowed, 'refundForeign', 'gateway'),
    });
  }

  plan(paymentId: string, attemptRef: string | undefined): RefundPlanReply {
    const payment = this.ports.runner.load(paymentId);
    if (payment === null) return refused(this.ports.runner.missing(paymentId));
    const attempt = attemptRef === undefined ? attemptToRefund(payment) : attemptNamed(payment, attemptRef);
    const { reasons, approvalAbove } = this.ports.configuration.refund;
    return {
      payment: this.ports.view(payment),
      refundable: refundable(payment, attempt, this.ports.context()),
      reasons, approvalAbove,
      way: attempt !== null && attempt.cash !== null ? 'cash' : 'gateway',
    };
  }

  // ---- one refund

  async refund(request: RefundRequest): Promise<RefundReply> {
    const actNow = (): Act => (this.needsApproval(request) ? 'refundAboveLimit' : 'refundUpToLimit');
    return this.afterApproval(request, actNow, (payment, attempt, allowed, act) => this.begin(payment, attempt, request, allowed, act, attempt.cash === null ? 'gateway' : 'cash'));
  }

  /** Given back elsewhere: only where the gateway can't, or refuses for good. */
  async recordOutside(request: RefundRequest): Promise<RefundReply> {
    return this.afterApproval(request, () => 'recordOutsideRefund', (payment, attempt, allowed, act) => this.begin(payment, attempt, request, allowed, act, 'outside'));
  }

  /** The PIN first, because its digest takes a moment; then everything else at once, so that nothing can come between check and row. */
  private async afterApproval(request: RefundRequest, actNow: () => Act, begin: (payment: Payment, attempt: AttemptState, allowed: Allowed, act: Act) => RefundReply): Promise<RefundReply> {
    const act = actNow();
    const repeated = this.repeated(request.commandId);
    if (repeated !== null) return repeated;
    const early = this.check(request, act);
    if (early.kind === 'refused') return early;
    const allowed = await this.ports.staff.allow(act, request.approval);
    if (allowed.kind !== 'allowed') return allowed;
    const again = this.repeated(request.commandId);
    if (again !== null) return again;
    const checked = this.check(request, act);
    if (checked.kind === 'refused') return checked;
    // Another refund of the payment may have gone through meanwhile, and the two together be above the limit.
    const needed = actNow();
    return this.ports.staff.suffices(allowed, needed) ? begin(checked.payment, checked.attempt, allowed, needed) : this.ports.staff.needed(needed);
  }

  private check(request: RefundRequest, act: Act): Checked | Refused {
    const stopped = this.ports.stopped();
    if (stopped !== null) return refused(stopped);
    if (request.reason.trim() === '') return refused(message('reasonMissing'));
    const payment = this.ports.runner.load(request.paymentId);
    if (payment === null) return refused(this.ports.runner.missing(request.paymentId));
    const attempt = request.attemptRef === undefined ? attemptToRefund(payment) : attemptNamed(payment, request.attemptRef);
    const able = refundable(payment, attempt, this.ports.context());
    const refusal = act === 'recordOutsideRefund' ? outsideRefusal(able.refusal, payment, attempt) : able.refusal;
    // Another till's order is looked at once more before each try (CASES 38).
    if (attempt?.foreign === true && act !== 'refundForeign') return refused(message('foreignLookUp'));
    if (refusal !== null) return refused(refusal);
    if (attempt === null || request.amount.currency !== able.left.currency) return refused(message('refundNotPaid'));
    if (attempt.cash !== null && !this.ports.drawerInUse()) return refused(message('shiftNotOpen'));
    const tooMuch = amountRefusal(request.amount.minor, able);
    return tooMuch === null ? { kind: 'checked', payment, attempt } : refused(tooMuch);
  }

  /** Several small refunds of one payment are one large one: the limit counts them together. */
  private needsApproval(request: RefundRequest): boolean {
    const { approvalAbove } = this.ports.configuration.refund;
    const payment = this.ports.runner.load(request.paymentId);
    const attempt = payment === null ? null : request.attemptRef === undefined ? attemptToRefund(payment) : attemptNamed(payment, request.attemptRef);
    if (payment === null || attempt === null) return false;
    const { attemptRef } = attempt.created;
    const before = refundedMinor(payment, attemptRef) + refundOpenMinor(payment, attemptRef);
    return request.amount.currency !== approvalAbove.currency || before + request.amount.minor > approvalAbove.minor;
  }

  private begin(payment: Payment, attempt: AttemptState, request: Pick<RefundRequest, 'commandId' | 'amount' | 'reason'>, allowed: Allowed, act: Act, way: RefundCreated['way']): RefundReply {
    const { created } = attempt;
    const configured = configuredFor(this.ports.configuration.gateways, created) ?? this.ports.configuration.gateways.get(created.gateway);
    const event = this.newRefund(payment, attempt, { ...request, by: allowed.by, approvedBy: allowed.approval?.by ?? null, automatic: false, found: false, foundReference: null, way }, configured ?? null);
    const approved = this.ports.staff.approvalEntry(allowed, act, event.time, { refundRef: event.refundRef, amount: event.amount });
    const entry: NewEntry | null = approved === null ? null : { aggregate: payment.paymentId, type: approved.type, payload: approved };
    try {
      return this.started(this.ports.runner.refund(payment.paymentId, event, entry), event.refundRef);
    } catch (error) {
      return this.refusedByJournal(error);
    }
  }

  private newRefund(
    payment: Payment, attempt: AttemptState, what: Pick<RefundCreated, 'amount' | 'reason' | 'by' | 'approvedBy' | 'automatic' | 'way' | 'found' | 'foundReference'> & { readonly commandId: string | null }, configured: ConfiguredGateway | null,
  ): RefundCreated {
    const { random, runner } = this.ports;
    const capability = what.way === 'gateway' ? (configured?.gateway.capabilities.refund ?? null) : null;
    const rule = capability === null || configured === null ? ownReference : (referenceRules(configured).refund ?? capability.reference);
    const time = runner.time();
    const { policy } = attempt.created;
    return {
      type: 'refundCreated', time,
      refundRef: numberBy(rule, random),
      attemptRef: attempt.created.attemptRef,
      amount: what.amount, way: what.way, reason: what.reason, by: what.by, approvedBy: what.approvedBy, automatic: what.automatic, found: what.found, foundReference: what.foundReference, commandId: what.commandId,
      ...this.ports.today(time.wall),
      traits: {
        queryBy: capability?.queryBy ?? null,
        ...(capability?.asksPaymentInstead === true ? { asksPaymentInstead: true } : {}),
        mayRepeat: capability !== null && mayRepeat(capability, what.amount.minor, atGatewayMinor(payment, attempt)),
        limitMeansDone: capability?.repeat === 'whenMoreThanHalf',
      },
      connectSeconds: policy.connectSeconds, answerTimeoutSeconds: policy.answerTimeoutSeconds,
    };
  }

  private started(payment: Payment, refundRef: string): RefundReply {
    const view = this.ports.view(payment);
    const refund = view.refunds.find((one) => one.refundRef === refundRef);
    if (refund === undefined) throw new Error(`refund ${refundRef} is not in its payment`);
    return { kind: 'started', payment: view, refund };
  }

  /** CASES 8: the same command again gets the first one's refund. */
  private repeated(commandId: string): RefundReply | null {
    const paymentId = this.ports.journal.reader.aggregateOfCommand(commandId);
    const payment = paymentId === null ? null : this.ports.runner.load(paymentId);
    const refund = payment?.refunds.find((one) => one.created.commandId === commandId);
    return payment === null || refund === undefined ? null : this.started(payment, refund.created.refundRef);
  }

  /** CASES 18: the reversal's day is over and the order is paid: the till gives it back under a number that is stored first. */
  undoByRefund(payment: Payment): void {
    const attempt = payment.attempts.find((one) => one.name === 'review' && one.reviewReason === 'dayIsOver' && one.gaveUp !== 'no' && one.lastWord === 'paid' && one.recorded === null && !one.refundBegun && !one.historyMissing);
    if (attempt === undefined || refundable(payment, attempt, this.ports.context()).refusal !== null) return;
    const configured = configuredFor(this.ports.configuration.gateways, attempt.created);
    const { terminalId } = this.ports.configuration;
    const by = { operatorId: terminalId, name: terminalId };
    const amount = { ...attempt.created.amount, minor: refundableMinor(payment, attempt) };
    try {
      this.ports.runner.refund(payment.paymentId, this.newRefund(payment, attempt, { amount, reason: automaticReason, by, approvedBy: null, automatic: true, found: false, foundReference: null, way: 'gateway', commandId: null }, configured ?? null), null);
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      this.ports.journalFailed(error);
    }
  }

  /**
   * A restored journal learns from a statement that money of a payment went back: it is held from now on (CASES 29).
   * False where it could not be held: then nothing may be refunded yet.
   */
  found({ paymentId, minor, reference }: FoundRefund): boolean {
    const payment = this.ports.runner.load(paymentId);
    const attempt = payment === null ? null : attemptToRefund(payment);
    if (payment === null) return false;
    if (attempt === null) return nothingToHold(payment, minor);
    // Under its own number it was found before, or is known by itself.
    if (payment.refunds.some((refund) => refund.gatewayRefundRef === reference || refund.created.refundRef === reference)) return true;
    if (minor <= 0 || moneyIsMoving(payment)) return false;
    const leftMinor = refundableMinor(payment, attempt);
    // Nothing more can be given back of it, so that nothing is left to hold.
    if (leftMinor === 0) return true;
    if (minor > leftMinor) return false;
    const { terminalId } = this.ports.configuration;
    const by = { operatorId: terminalId, name: terminalId };
    const amount = { ...attempt.created.amount, minor };
    try {
      this.ports.runner.refund(paymentId, this.newRefund(payment, attempt, { amount, reason: foundReason, by, approvedBy: null, automatic: true, found: true, foundReference: reference, way: 'gateway', commandId: null }, null), null);
      return true;
    } catch (error) {
      this.refusedByJournal(error);
      return false;
    }
  }

  askNow(paymentId: string, refundRef: string): ActReply {
    const stopped = this.ports.stopped();
    if (stopped !== null) return refused(stopped);
    const payment = this.ports.runner.load(paymentId);
    if (payment === null) return refused(this.ports.runner.missing(paymentId));
    const refund = openRefund(payment);
    if (refund === null || refund.created.refundRef !== refundRef || !refundMayBeAsked(refund)) return refused(message('nothingToAsk'));
    const { attemptRef } = refund.created;
    try {
      return { kind: 'done', payment: this.ports.view(this.ports.runner.act(paymentId, { type: 'refundAskedNow', time: this.ports.runner.time(), refundRef, attemptRef, by: this.ports.staff.who() })) };
    } catch (error) {
      return this.refusedByJournal(error);
    }
  }

  private refusedByJournal(error: unknown): Refused {
    if (!(error instanceof JournalUnavailable)) throw error;
    return refused(this.ports.journalFailed(error));
  }
}

/**
 * Whether a refund that a statement shows has nothing here that must be held for it: all has ended without money. One of a part
 * leaves something to the order, and then the gateway itself must have said that nothing is left.
 */
function nothingToHold(payment: Payment, minor: number): boolean {
  return !moneyIsMoving(payment) && payment.attempts.every(isEnded) && payment.attempts.some(({ name, created }) => name === 'reversed' || minor >= created.amount.minor);
}

function attemptNamed(payment: Payment, attemptRef: string): AttemptState | null {
  return payment.attempts.find((attempt) => attempt.created.attemptRef === attemptRef) ?? null;
}

function refused(said: Message): Refused {
  return { kind: 'refused', message: said };
}

