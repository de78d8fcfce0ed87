/** Journals each event, then acts on it: the only place that talks to a gateway, and never before the row is durable. */
import type { Call, Gateway, GatewayIdentity, PaymentCode } from '../gateways/gateway.ts';
import type { Amount } from '../money/amount.ts';
import { JournalUnavailable, type PrintJobRecord } from '../journal/storage.ts';
import type { Journal, NewEntry, PaymentEntry } from '../journal/journal.ts';
import type { Clock, HttpTransport, Log, Random, WireRequest, WireResult } from '../ports.ts';
import { httpDate } from '../time/http-date.ts';
import type { AttemptCreated, EventTime, PaymentEvent, TimerName } from './events.ts';
import { paymentIsTakenUp, stepPayment, type Payment } from './payment.ts';
import type { PaymentPolicy } from './policy.ts';
import { makeReference } from './reference.ts';
import { isEnded, type AttemptState, type Send } from './state.ts';

/** A gateway as this till uses it: the pure folder, its settings, and what both say. */
export interface ConfiguredGateway {
  readonly gateway: Gateway;
  readonly settings: unknown;
  readonly identity: GatewayIdentity;
  readonly policy: PaymentPolicy;
  /** The currency it is set up for, and the most that one payment may be there. */
  readonly maximumAmount: Amount;
  readonly supportPhone: string | null;
}

/** Rows that must be written together with a payment's event: its first receipt (one receipt per payment). */
export interface Companions {
  readonly entries: readonly NewEntry[];
  readonly printJobs: readonly PrintJobRecord[];
  /** Called once they are durable. */
  written(): void;
}

export interface RunnerPorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly http: HttpTransport;
  readonly log: Log;
  readonly gateways: ReadonlyMap<string, ConfiguredGateway>;
  /** What is written in the same transaction when a payment changes from `before` to `after`. */
  companions(before: Payment | null, after: Payment): Companions;
  /** Called after an event is durable. */
  changed(payment: Payment, event: PaymentEvent): void;
  /** Called when the journal could not take a row: from then on nothing is sent until `resume`. */
  journalFailed(error: JournalUnavailable): void;
}

export class PaymentRunner {
  private readonly ports: RunnerPorts;
  private readonly payments = new Map<string, Payment>();
  /** Codes of attempts whose payment may have to be sent again; memory only (money rule 9). */
  private readonly codes = new Map<string, PaymentCode>();
  private readonly timers = new Map<string, { due: number; cancel: () => void }>();
  /** Which request of an attempt counts: one that was out when the attempt was taken up anew doesn't any more. */
  private readonly counting = new Map<string, number>();
  private transmissions = 0;
  private stopped = false;

  constructor(ports: RunnerPorts) {
    this.ports = ports;
  }

  /** Payments in memory: open ones and those that a sentinel looks at. */
  active(): readonly Payment[] {
    return [...this.payments.values()];
  }

  payment(paymentId: string): Payment | null {
    return this.payments.get(paymentId) ?? null;
  }

  /** Takes up everything that was left open (money rule 7); the caller waits for the answers it wants. */
  takeUp(): void {
    const { journal } = this.ports;
    for (const record of journal.reader.payments({ by: 'takenUp' })) {
      const payment = this.payments.get(record.paymentId) ?? journal.payment(record.paymentId);
      if (payment) this.payments.set(payment.paymentId, payment);
    }
    for (const payment of this.active()) {
      for (const attempt of payment.attempts) {
        if (!isEnded(attempt) || attempt.sentinel !== null) this.takeUpAttempt(payment.paymentId, attempt);
      }
    }
  }

  private takeUpAttempt(paymentId: string, attempt: AttemptState): void {
    const { attemptRef } = attempt.created;
    this.counting.delete(attemptRef);
    this.apply(paymentId, { type: 'takenUp', time: this.time(), attemptRef, identityKnown: this.identityKnown(attempt), codeInMemory: this.codes.has(attemptRef) });
  }

  /** Begins an attempt with the code in hand. Throws JournalUnavailable, and then nothing was sent. */
  begin(event: AttemptCreated, code: PaymentCode): Payment {
    this.codes.set(event.attemptRef, code);
    try {
      return this.commit(event.paymentId, event, event.commandId);
    } catch (error) {
      this.codes.delete(event.attemptRef);
      throw error;
    }
  }

  /** A person's act. Throws JournalUnavailable, and then nothing was done. */
  act(paymentId: string, event: PaymentEvent & { readonly type: 'personActed' }): Payment {
    return this.commit(paymentId, event, event.commandId);
  }

  /** Makes a payment that had ended active again, so that an act on it can be carried out. */
  load(paymentId: string): Payment | null {
    const known = this.payments.get(paymentId);
    if (known) return known;
    return this.ports.journal.payment(paymentId);
  }

  /** Nothing is sent any more, and no timer runs: the process is about to end (CASES 31). */
  stop(): void {
    this.stopped = true;
    for (const timer of this.timers.values()) timer.cancel();
    this.timers.clear();
    this.codes.clear();
  }

  time(): EventTime {
    return { wall: this.ports.clock.wall(), monotonic: this.ports.clock.monotonic() };
  }

  /** True where the settings still hold the identity under which the attempt was sent (CASES 6). */
  private identityKnown(attempt: AttemptState): boolean {
    const now = this.ports.gateways.get(attempt.created.gateway)?.identity;
    const then = attempt.created.identity;
    return now !== undefined && now.origin === then.origin && now.account === then.account;
  }

  /** Journals and carries out an event that comes from outside a command; a journal that fails stops everything. */
  private apply(paymentId: string, event: PaymentEvent): void {
    if (this.stopped) return;
    try {
      this.commit(paymentId, event, null);
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      this.ports.journalFailed(error);
    }
  }

  private commit(paymentId: string, event: PaymentEvent, commandId: string | null): Payment {
    // A payment that begins has no rows to be folded from; a new attempt of an old one has.
    const before = event.type === 'attemptCreated' && event.firstAttempt ? null : this.load(paymentId);
    const { payment, send } = stepPayment(before, event);
    const companions = this.write(before, payment, event, send, commandId);
    this.keep(payment);
    // The request leaves before anybody is told: a scan waits for nothing but the disk.
    if (send !== null) void this.send(payment, send);
    this.setTimers(payment);
    this.tell(payment, event, companions);
    return payment;
  }

  /** Whoever can't be told doesn't undo what was journaled and sent. */
  private tell(payment: Payment, event: PaymentEvent, companions: Companions): void {
    try {
      this.ports.changed(payment, event);
      companions.written();
    } catch (error) {
      this.ports.log.error('telling failed', { paymentId: payment.paymentId, error: String(error) });
    }
  }

  private write(before: Payment | null, payment: Payment, event: PaymentEvent, send: Send | null, commandId: string | null): Companions {
    const entry: PaymentEntry = { event, state: attemptOf(payment, event.attemptRef).name, send: send?.call ?? null };
    const companions = this.ports.companions(before, payment);
    this.ports.journal.append([{ aggregate: payment.paymentId, type: event.type, payload: entry }, ...companions.entries], {
      payment,
      printJobs: companions.printJobs,
      commandId,
    });
    return companions;
  }

  private keep(payment: Payment): void {
    if (paymentIsTakenUp(payment)) this.payments.set(payment.paymentId, payment);
    else this.payments.delete(payment.paymentId);
    for (const attempt of payment.attempts) if (!attempt.codeUsable) this.codes.delete(attempt.created.attemptRef);
  }

  // ---- timers

  private setTimers(payment: Payment): void {
    for (const attempt of payment.attempts) {
      this.setTimer(payment.paymentId, attempt, 'next');
      this.setTimer(payment.paymentId, attempt, 'deadline');
    }
  }

  private setTimer(paymentId: string, attempt: AttemptState, timer: TimerName): void {
    const { attemptRef } = attempt.created;
    const key = `${timer} ${attemptRef}`;
    const due = attempt.timers[timer];
    const running = this.timers.get(key);
    if (running?.due === due) return;
    running?.cancel();
    this.timers.delete(key);
    if (due === undefined) return;
    const wait = Math.max(0, due - this.ports.clock.monotonic());
    const cancel = this.ports.clock.after(wait, () => {
      this.timers.delete(key);
      this.apply(paymentId, { type: 'timerFired', time: this.time(), attemptRef, timer });
    });
    this.timers.set(key, { due, cancel });
  }

  // ---- the wire

  private async send(payment: Payment, send: Send): Promise<void> {
    const attempt = attemptOf(payment, send.attemptRef);
    const began = this.ports.clock.monotonic();
    this.transmissions += 1;
    const transmission = this.transmissions;
    this.counting.set(send.attemptRef, transmission);
    const result = await this.transmit(attempt, send.call);
    if (this.stopped || this.counting.get(send.attemptRef) !== transmission) return;
    this.counting.delete(send.attemptRef);
    const durationMilliseconds = Math.round(this.ports.clock.monotonic() - began);
    this.apply(payment.paymentId, this.resultEvent(attempt, send.call, result, durationMilliseconds));
  }

  private async transmit(attempt: AttemptState, call: Call): Promise<WireResult> {
    const { created } = attempt;
    const configured = this.ports.gateways.get(created.gateway);
    if (!configured) return { kind: 'neverSent', reason: 'unreachable', detail: 'the gateway is not set up' };
    const moment = { now: this.ports.clock.wall(), nonce: makeReference(this.ports.random, 32, 'abcdefghijklmnopqrstuvwxyz0123456789') };
    const request = this.build(configured, attempt, call, moment);
    if (request === null) return { kind: 'lost', reason: 'broken', detail: 'the request could not be built' };
    const limits = { connectMilliseconds: created.policy.connectSeconds * 1000, answerMilliseconds: created.policy.answerTimeoutSeconds * 1000 };
    return this.ports.http.send(request, limits);
  }

  /** A gateway folder that can't build a request is our own fault: it is logged, and the attempt is asked about like any other. */
  private build(configured: ConfiguredGateway, attempt: AttemptState, call: Call, moment: Parameters<Gateway['build']>[3]): WireRequest | null {
    try {
      return configured.gateway.build(call, this.facts(attempt, call), configured.settings, moment);
    } catch (error) {
      this.ports.log.error('a request could not be built', { attemptRef: attempt.created.attemptRef, call, error: String(error) });
      return null;
    }
  }

  private facts(attempt: AttemptState, call: Call): Parameters<Gateway['build']>[1] {
    const { created } = attempt;
    return {
      attemptRef: created.attemptRef,
      gatewayRef: attempt.gatewayRef,
      amount: created.amount,
      code: call === 'pay' ? (this.codes.get(created.attemptRef) ?? null) : null,
      subject: created.subject,
      operator: created.operator,
      terminalId: created.terminalId,
    };
  }

  private resultEvent(attempt: AttemptState, call: Call, result: WireResult, durationMilliseconds: number): PaymentEvent {
    const { created } = attempt;
    const common = { time: this.time(), attemptRef: created.attemptRef, call, durationMilliseconds };
    const log = { attemptRef: created.attemptRef, gateway: created.gateway, call, durationMilliseconds };
    if (result.kind !== 'answer') {
      this.ports.log.warn('no answer', { ...log, how: result.kind, reason: result.reason, detail: result.detail });
      return { ...common, type: 'notAnswered', how: result.kind, reason: result.reason };
    }
    // The gateway is looked up again only to read: what was sent is compared with what came back.
    const gateway = this.ports.gateways.get(created.gateway)?.gateway;
    if (!gateway) throw new Error(`an answer of a gateway that is not set up: ${created.gateway}`);
    const outcome = gateway.read(call, this.facts(attempt, call), result.answer);
    this.ports.log.info('answer', { ...log, status: result.answer.status, outcome: outcome.kind, code: outcome.evidence.code, gatewayRef: attempt.gatewayRef });
    return { ...common, type: 'answered', outcome, gatewayClock: httpDate(result.answer.headers['date']) };
  }
}

function attemptOf(payment: Payment, attemptRef: string): AttemptState {
  const attempt = payment.attempts.find((one) => one.created.attemptRef === attemptRef);
  if (!attempt) throw new Error(`no attempt ${attemptRef} in payment ${payment.paymentId}`);
  return attempt;
}
