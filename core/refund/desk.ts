/** Refunds at a running till: what may be given back, by whose word, and another till's receipts (CASES 38). */
import { message, type Message, type MessageKey } from '../contract/messages.ts';
import type { ActReply, Approval, ForeignOrder, LookUpReply, PaymentView, RefundPlan, RefundReply, RefundRequest } from '../contract/types.ts';
import type { TillConfiguration } from '../configuration.ts';
import { configuredFor } from '../configuration.ts';
import type { FoundOrder, RefundRefusal } from '../gateways/gateway.ts';
import type { Journal, NewEntry } from '../journal/journal.ts';
import { JournalUnavailable } from '../journal/storage.ts';
import { sameAmount } from '../money/amount.ts';
import type { ForeignFound } from '../payment/events.ts';
import { attemptToRefund, moneyIsMoving, openRefund, refundableMinor, refundedMinor, refundOpenMinor, type Payment } from '../payment/payment.ts';
import { makeReference, numberBy, referenceRules } from '../payment/reference.ts';
import type { ConfiguredGateway, PaymentRunner } from '../payment/runner.ts';
import { isEnded, type AttemptState } from '../payment/state.ts';
import type { Clock, HttpTransport, Instant, Log, Random, WireResult } from '../ports.ts';
import type { Allowed, StaffDesk } from '../staff/desk.ts';
import type { Act } from '../staff/roles.ts';
import type { TerminalDesk } from '../terminal/desk.ts';
import type { KeyVerdict } from '../terminal/keys.ts';
import type { RefundCreated } from './events.ts';
import { refundMayBeAsked } from './step.ts';
import { amountRefusal, mayRepeat, refundable, type RefundContext } from './rules.ts';

export interface RefundDeskPorts {
  readonly configuration: TillConfiguration;
  readonly journal: Journal;
  readonly runner: PaymentRunner;
  readonly staff: StaffDesk;
  readonly terminals: TerminalDesk;
  readonly clock: Clock;
  readonly random: Random;
  readonly http: HttpTransport;
  readonly log: Log;
  /** Why nothing can be begun now; null where it can. */
  stopped(): Message | null;
  /** False while the drawer belongs to no shift of a shop that has people: nothing may move it. */
  drawerInUse(): boolean;
  context(): RefundContext;
  view(payment: Payment): PaymentView;
  /** Day, hour and a new short number of the shop. */
  today(at: Instant): { readonly day: string; readonly hour: number };
  newNumber(day: string): string;
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

const lookUpMilliseconds = 10 * 60_000;
/** The number of a refund that no gateway sees: as unique as the others (CASES 4). */
const ownReference = { prefix: 'R', length: 20, alphabet: '0123456789' } as const;
/** Undoing what can't be reversed any more is the till's own act (CASES 18). */
const automaticReason = 'undo';
const foundReason = 'statement';

export class RefundDesk {
  private readonly ports: RefundDeskPorts;
  private readonly lookUps = new Map<string, { readonly at: Instant; readonly gateway: string; readonly reference: string; readonly order: Extract<FoundOrder, { kind: 'found' }> }>();

  constructor(ports: RefundDeskPorts) {
    this.ports = ports;
  }

  plan(paymentId: string, attemptRef: string | undefined): RefundPlan | null {
    const payment = this.ports.runner.load(paymentId);
    if (payment === null) return null;
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
    if (payment === null) return refused(message('paymentNotFound'));
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
        mayRepeat: capability !== null && mayRepeat(capability, what.amount.minor, refundableMinor(payment, attempt)),
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
    const refund = payment === null ? null : openRefund(payment);
    if (payment === null || refund === null || refund.created.refundRef !== refundRef || !refundMayBeAsked(refund)) return refused(message('nothingToAsk'));
    const { attemptRef } = refund.created;
    try {
      return { kind: 'done', payment: this.ports.view(this.ports.runner.act(paymentId, { type: 'refundAskedNow', time: this.ports.runner.time(), refundRef, attemptRef, by: this.ports.staff.who() })) };
    } catch (error) {
      return this.refusedByJournal(error);
    }
  }

  // ---- another till's receipt

  /** Which gateway may know a number that this journal doesn't; null where none may. */
  gatewayOf(reference: string): string | null {
    return this.ableToLookUp(reference)[0]?.gateway.id ?? null;
  }

  async lookUp(reference: string): Promise<LookUpReply> {
    // A number that several payments have identifies none of them (CASES 4).
    const ours = this.ports.journal.reader.payments({ by: 'reference', value: reference });
    const payment = ours.length === 1 && ours[0] !== undefined ? this.ports.runner.load(ours[0].paymentId) : null;
    if (payment !== null && !isUntouchedForeign(payment)) return { kind: 'ours', payment: this.ports.view(payment) };
    const able = this.ableToLookUp(reference);
    const answers = await Promise.all(able.map(async (configured) => ({ configured, found: await this.ask(configured, reference) })));
    for (const { configured, found } of answers) if (found.kind === 'found') return this.foreign(configured, reference, found);
    const unsure = answers.find(({ found }) => found.kind === 'unknown');
    if (unsure !== undefined) return { kind: 'notKnown', message: message('lookUpNotKnown', { gateway: unsure.configured.gateway.id }) };
    return { kind: 'notFound', message: message('lookUpNotFound', { key: reference }) };
  }

  private ableToLookUp(reference: string): readonly ConfiguredGateway[] {
    return [...this.ports.configuration.gateways.values()].filter(({ gateway }) => gateway.lookUp?.mayBe(reference) === true && gateway.capabilities.refund !== null);
  }

  private async ask(configured: ConfiguredGateway, reference: string, isRepeat = false): Promise<FoundOrder> {
    const { gateway, policy } = configured;
    const { lookUp } = gateway;
    const nothing = { code: null, words: null };
    if (lookUp === null) return { kind: 'unknown', evidence: nothing };
    const token = this.ports.runner.token(configured);
    // Where no token has to be fetched, the question leaves at once.
    const access = token instanceof Promise ? await token : token;
    if (access.kind !== 'token') return { kind: 'unknown', evidence: nothing };
    const reservation = this.ports.terminals.sign(configured, null);
    const signing = reservation instanceof Promise ? await reservation : reservation;
    const { settings } = signing;
    const moment = { now: this.ports.clock.wall(), nonce: makeReference(this.ports.random, 32, 'abcdefghijklmnopqrstuvwxyz0123456789'), token: access.token };
    let result: WireResult | null = null;
    let keyVerdict: KeyVerdict;
    try {
      result = await this.ports.http.send(lookUp.build(reference, settings, moment), { connectMilliseconds: policy.connectSeconds * 1000, answerMilliseconds: policy.answerTimeoutSeconds * 1000 });
    } finally {
      // Also where it could not be built: what never lands keeps check-ins and activations waiting for ever.
      keyVerdict = signing.landed(result?.kind === 'answer' ? result.answer : null);
    }
    if (result.kind !== 'answer') return { kind: 'unknown', evidence: nothing };
    // Nothing of it was looked at: the same question once more, under the terminal's other key.
    if (keyVerdict === 'otherKey' && !isRepeat) return this.ask(configured, reference, true);
    return lookUp.read(reference, result.answer, settings);
  }

  private foreign({ gateway }: ConfiguredGateway, reference: string, order: Extract<FoundOrder, { kind: 'found' }>): LookUpReply {
    // The number asked for may be the gateway's: ours has our own under it.
    const known = this.ports.journal.reader.payments({ by: 'reference', value: order.attemptRef })[0];
    const payment = known === undefined ? null : this.ports.runner.load(known.paymentId);
    if (payment !== null && !isUntouchedForeign(payment)) return { kind: 'ours', payment: this.ports.view(payment) };
    const lookUpId = makeReference(this.ports.random, 20);
    this.lookUps.set(lookUpId, { at: this.ports.clock.monotonic(), gateway: gateway.id, reference, order });
    const view: ForeignOrder = {
      lookUpId, gateway: gateway.id, gatewayNames: gateway.names, attemptRef: order.attemptRef, gatewayRef: order.gatewayRef, walletRef: order.walletRef,
      wallet: order.wallet ?? 'other', amount: order.amount, paidAt: order.paidAt, refusal: this.foreignRefusal(gateway.id, order),
    };
    return { kind: 'foreign', order: view };
  }

  private foreignRefusal(gateway: string, order: Extract<FoundOrder, { kind: 'found' }>): Message | null {
    if (this.ports.context().lacksRefunds(gateway)) return message('refundAfterRestore');
    return order.untouched ? null : message('foreignTouched', { gateway });
  }

  /** Asked once more right before: only what is paid and untouched is given back, and all of it (CASES 38). */
  async refundForeign(request: { readonly commandId: string; readonly lookUpId: string; readonly reason: string; readonly approval?: Approval | undefined }): Promise<RefundReply> {
    const repeated = this.repeated(request.commandId);
    if (repeated !== null) return repeated;
    const before = this.lookUps.get(request.lookUpId);
    if (before === undefined || this.ports.clock.monotonic() - before.at > lookUpMilliseconds) return refused(message('lookUpExpired'));
    if (request.reason.trim() === '') return refused(message('reasonMissing'));
    const configured = this.ports.configuration.gateways.get(before.gateway);
    if (configured === undefined) return refused(message('gatewayNotSet', { gateway: before.gateway }));
    const allowed = await this.ports.staff.allow('refundForeign', request.approval);
    if (allowed.kind !== 'allowed') return allowed;
    const now = await this.ask(configured, before.reference);
    if (now.kind !== 'found') return refused(message('lookUpNotKnown', { gateway: before.gateway }));
    if (!sameAmount(now.amount, before.order.amount) || now.attemptRef !== before.order.attemptRef) return refused(message('foreignTouched', { gateway: before.gateway }));
    return this.beginForeign(request, configured, now, allowed);
  }

  private beginForeign(request: { readonly commandId: string; readonly reason: string }, configured: ConfiguredGateway, order: Extract<FoundOrder, { kind: 'found' }>, allowed: Allowed): RefundReply {
    const again = this.repeated(request.commandId);
    if (again !== null) return again;
    const refusal = this.ports.stopped() ?? this.foreignRefusal(configured.gateway.id, order);
    if (refusal !== null) return refused(refusal);
    const [taken] = this.ports.journal.reader.payments({ by: 'reference', value: order.attemptRef });
    try {
      const payment = taken === undefined ? this.ports.runner.enter(this.foreignFound(configured, order, allowed)) : this.ports.runner.load(taken.paymentId);
      const attempt = payment === null ? null : attemptToRefund(payment);
      if (payment === null || attempt === null) return refused(message('paymentNotFound'));
      const refusalNow = refundable(payment, attempt, this.ports.context()).refusal;
      if (refusalNow !== null) return refused(refusalNow);
      return this.begin(payment, attempt, { ...request, amount: order.amount }, allowed, 'refundForeign', 'gateway');
    } catch (error) {
      return this.refusedByJournal(error);
    }
  }

  private foreignFound(configured: ConfiguredGateway, order: Extract<FoundOrder, { kind: 'found' }>, allowed: Allowed): ForeignFound {
    const { runner, random, configuration } = this.ports;
    const time = runner.time();
    const today = this.ports.today(time.wall);
    return {
      type: 'foreignFound', time, ...today,
      attemptRef: order.attemptRef, paymentId: makeReference(random, 20), number: this.ports.newNumber(today.day),
      amount: order.amount, gateway: configured.gateway.id, identity: configured.identity, policy: configured.policy,
      gatewayRef: order.gatewayRef, walletRef: order.walletRef, wallet: order.wallet ?? 'other', direction: order.direction ?? 'scan', paidAt: order.paidAt,
      subject: configuration.store.name, by: allowed.by, terminalId: configuration.terminalId,
    };
  }

  private refusedByJournal(error: unknown): Refused {
    if (!(error instanceof JournalUnavailable)) throw error;
    return refused(this.ports.journalFailed(error));
  }
}

/** A record of what was done elsewhere is for what can't be done here: everything else has its own reason against it. */
function outsideRefusal(refusal: Message | null, payment: Payment, attempt: AttemptState | null): Message | null {
  if (refusal !== null) return elsewhereOnly.has(refusal.key) ? null : refusal;
  const last = payment.refunds.findLast((refund) => refund.created.attemptRef === attempt?.created.attemptRef);
  if (last?.name === 'refused' && last.refusal !== null && refusedForGood.has(last.refusal)) return null;
  return message(attempt?.cash === null ? 'refundSupported' : 'refundNotPaid', { gateway: attempt?.created.gateway ?? '' });
}

const elsewhereOnly: ReadonlySet<MessageKey> = new Set<MessageKey>(['refundNotSupported', 'refundTooOld', 'refundNoGatewayRef', 'refundOnlyRecorded']);
const refusedForGood: ReadonlySet<RefundRefusal> = new Set<RefundRefusal>(['tooOld', 'orderState', 'shopBalance', 'amountRefused']);

/** In this journal only because a refund of it was tried here: its gateway must be asked again before the next try. */
export function isUntouchedForeign(payment: Payment): boolean {
  const [attempt] = payment.attempts;
  return attempt?.foreign === true && refundableMinor(payment, attempt) === attempt.created.amount.minor;
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

