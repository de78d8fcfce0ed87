/** Another till's receipts (CASES 38): looked up at the gateways, and given back as a whole once their gateway was asked again. */
import { message, type Message } from '../contract/messages.ts';
import type { Approval, ForeignOrder, LookUpReply, PaymentView, RefundReply, RefundRequest } from '../contract/types.ts';
import type { TillConfiguration } from '../configuration.ts';
import type { FoundOrder } from '../gateways/gateway.ts';
import type { Journal } from '../journal/journal.ts';
import { sameAmount } from '../money/amount.ts';
import type { ForeignFound } from '../payment/events.ts';
import { attemptToRefund, refundableMinor, type Payment } from '../payment/payment.ts';
import { makeReference } from '../payment/reference.ts';
import type { ConfiguredGateway, PaymentRunner } from '../payment/runner.ts';
import type { AttemptState } from '../payment/state.ts';
import type { Clock, HttpTransport, Instant, Random, WireResult } from '../ports.ts';
import type { Allowed, StaffDesk } from '../staff/desk.ts';
import type { TerminalDesk } from '../terminal/desk.ts';
import type { KeyVerdict } from '../terminal/keys.ts';
import { LookUps, type FoundForeign } from './look-ups.ts';
import { refundable, type RefundContext } from './rules.ts';

type Refused = { readonly kind: 'refused'; readonly message: Message };

export interface ForeignPorts {
  readonly configuration: TillConfiguration;
  readonly journal: Journal;
  readonly runner: PaymentRunner;
  readonly staff: StaffDesk;
  readonly terminals: TerminalDesk;
  readonly clock: Clock;
  readonly random: Random;
  readonly http: HttpTransport;
  /** Why nothing can be begun now; null where it can. */
  stopped(): Message | null;
  context(): RefundContext;
  view(payment: Payment): PaymentView;
  /** Day, hour and a new short number of the shop. */
  today(at: Instant): { readonly day: string; readonly hour: number };
  newNumber(day: string): string;
}

/** What every refund at this till goes through. */
export interface RefundActs {
  /** CASES 8: what the same command began before; null where it didn't. */
  repeated(commandId: string): RefundReply | null;
  /** Begins a refund that was checked and approved. */
  begin(payment: Payment, attempt: AttemptState, request: Pick<RefundRequest, 'commandId' | 'amount' | 'reason'>, allowed: Allowed): RefundReply;
  refusedByJournal(error: unknown): Refused;
}

export class ForeignDesk {
  private readonly ports: ForeignPorts;
  private readonly acts: RefundActs;
  private readonly lookUps: LookUps;

  constructor(ports: ForeignPorts, acts: RefundActs) {
    this.ports = ports;
    this.acts = acts;
    this.lookUps = new LookUps(ports.clock, ports.random);
  }

  /** Which gateway may know a number that this journal doesn't; null where none may. */
  gatewayOf(reference: string): string | null {
    return this.ableToLookUp(reference)[0]?.gateway.id ?? null;
  }

  async lookUp(reference: string): Promise<LookUpReply> {
    // A number that several payments have identifies none of them (CASES 4).
    const ours = this.ports.journal.reader.payments({ by: 'reference', value: reference });
    const unreadable = ours.find((record) => this.ports.runner.load(record.paymentId) === null);
    // It is ours, and must not be taken for another till's: what was given back of it isn't known.
    if (unreadable !== undefined) return { kind: 'notKnown', message: this.ports.runner.missing(unreadable.paymentId) };
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

  private foreign({ gateway }: ConfiguredGateway, reference: string, order: FoundForeign): LookUpReply {
    // The number asked for may be the gateway's: ours has our own under it.
    const known = this.ports.journal.reader.payments({ by: 'reference', value: order.attemptRef })[0];
    const payment = known === undefined ? null : this.ports.runner.load(known.paymentId);
    if (known !== undefined && payment === null) return { kind: 'notKnown', message: this.ports.runner.missing(known.paymentId) };
    if (payment !== null && !isUntouchedForeign(payment)) return { kind: 'ours', payment: this.ports.view(payment) };
    const view: ForeignOrder = {
      lookUpId: this.lookUps.keep({ gateway: gateway.id, reference, order }), gateway: gateway.id, gatewayNames: gateway.names, attemptRef: order.attemptRef, gatewayRef: order.gatewayRef, walletRef: order.walletRef,
      wallet: order.wallet ?? 'other', amount: order.amount, paidAt: order.paidAt, refusal: this.foreignRefusal(gateway.id, order),
    };
    return { kind: 'foreign', order: view };
  }

  private foreignRefusal(gateway: string, order: FoundForeign): Message | null {
    if (this.ports.context().lacksRefunds(gateway)) return message('refundAfterRestore');
    return order.untouched ? null : message('foreignTouched', { gateway });
  }

  /** Asked once more right before: only what is paid and untouched is given back, and all of it (CASES 38). */
  async refundForeign(request: { readonly commandId: string; readonly lookUpId: string; readonly reason: string; readonly approval?: Approval | undefined }): Promise<RefundReply> {
    const repeated = this.acts.repeated(request.commandId);
    if (repeated !== null) return repeated;
    const before = this.lookUps.find(request.lookUpId);
    if (before === null) return refused(message('lookUpExpired'));
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

  private beginForeign(request: { readonly commandId: string; readonly reason: string }, configured: ConfiguredGateway, order: FoundForeign, allowed: Allowed): RefundReply {
    const again = this.acts.repeated(request.commandId);
    if (again !== null) return again;
    const refusal = this.ports.stopped() ?? this.foreignRefusal(configured.gateway.id, order);
    if (refusal !== null) return refused(refusal);
    const [taken] = this.ports.journal.reader.payments({ by: 'reference', value: order.attemptRef });
    try {
      const payment = taken === undefined ? this.ports.runner.enter(this.foreignFound(configured, order, allowed)) : this.ports.runner.load(taken.paymentId);
      if (payment === null) return refused(taken === undefined ? message('paymentNotFound') : this.ports.runner.missing(taken.paymentId));
      const attempt = attemptToRefund(payment);
      if (attempt === null) return refused(message('paymentNotFound'));
      const refusalNow = refundable(payment, attempt, this.ports.context()).refusal;
      if (refusalNow !== null) return refused(refusalNow);
      return this.acts.begin(payment, attempt, { ...request, amount: order.amount }, allowed);
    } catch (error) {
      return this.acts.refusedByJournal(error);
    }
  }

  private foreignFound(configured: ConfiguredGateway, order: FoundForeign, allowed: Allowed): ForeignFound {
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
}

/** In this journal only because a refund of it was tried here: its gateway must be asked again before the next try. */
export function isUntouchedForeign(payment: Payment): boolean {
  const [attempt] = payment.attempts;
  return attempt?.foreign === true && refundableMinor(payment, attempt) === attempt.created.amount.minor;
}

function refused(said: Message): Refused {
  return { kind: 'refused', message: said };
}
