/** Journals each event, then acts on it: the only place that talks to a gateway, and never before the row is durable. */
import { AccessTokens, type TokenReply } from './access-tokens.ts';
import { configuredFor, configuredUnder } from '../configuration.ts';
import type { AttemptCall, AttemptFacts, Call, Gateway, GatewayIdentity, Outcome, PaymentCode, RefundCall } from '../gateways/gateway.ts';
import { makeAmount, type Amount } from '../money/amount.ts';
import { message, type Message } from '../contract/messages.ts';
import { JournalUnavailable, type PaymentRecord, type PrintJobRecord } from '../journal/storage.ts';
import { commandOf, foldPayment, stateAfter, type Journal, type NewEntry, type PaymentEntry } from '../journal/journal.ts';
import type { Clock, HttpTransport, Instant, Log, Monotonic, Random, WireRequest, WireResult } from '../ports.ts';
import { httpDate } from '../time/http-date.ts';
import type { RefundCreated } from '../refund/events.ts';
import { mayRepeat } from '../refund/rules.ts';
import { refundHoldsMoney, refundIsTakenUp, type RefundState } from '../refund/state.ts';
import type { Answered, AttemptCreated, CashTaken, EventTime, ForeignFound, PaymentEvent, TimerName } from './events.ts';
import { KeysInTurn } from './keys-in-turn.ts';
import { stoodInOlderCopy } from './older-copy.ts';
import { atGatewayMinor, holdsMoney, paymentIsTakenUp, stepPayment, type Payment } from './payment.ts';
import type { PaymentPolicy } from './policy.ts';
import { heardOutcome, refusesKey } from '../terminal/heard.ts';
import type { TerminalDesk } from '../terminal/desk.ts';
import type { KeyVerdict } from '../terminal/keys.ts';
import { makeReference } from './reference.ts';
import { isShown } from './show.ts';
import { isEnded, isTakenUp, type AttemptState, type Send } from './state.ts';

/** A gateway as this till uses it: the pure folder, its settings, and what both say. */
export interface ConfiguredGateway {
  readonly gateway: Gateway;
  readonly settings: unknown;
  readonly identity: GatewayIdentity;
  readonly policy: PaymentPolicy;
  /** The same for a code that we show. */
  readonly presentPolicy: PaymentPolicy;
  /** The currency it is set up for, and the most that one payment may be there. */
  readonly maximumAmount: Amount;
  readonly supportPhone: string | null;
  /** The same gateway as it was set up before: asked only about what was sent under that identity (CASES 6). */
  readonly former?: readonly ConfiguredGateway[];
}

/** Rows that must be written together with a payment's event: an approval, its first receipt (one receipt per payment). */
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
  /** Signs what a terminal sends with the right one of its keys. */
  readonly terminals: TerminalDesk;
  /** What is written in the same transaction when a payment changes from `before` to `after`. */
  companions(before: Payment | null, after: Payment, event: PaymentEvent): Companions;
  /** False while a restored journal lacks this gateway's refunds: what is missing may tell how an open one ended (CASES 29). */
  refundsMayRepeat(gateway: string): boolean;
  /** How a request ended, and as whom it was sent: told before its event is journaled. */
  met(sentAs: ConfiguredGateway, met: RequestMet): void;
  /** The newest of several keys of one identity was taken by the gateway: those before it may go. False where that can't be looked at now. */
  keyTaken(newest: ConfiguredGateway): boolean;
  /** Called after an event is durable. */
  changed(payment: Payment, event: PaymentEvent): void;
  /** A payment can't be folded from its rows, which is a fault of ours: nothing of it is known or asked. Told once of each. */
  unreadable(paymentId: string): void;
  /** Called when the journal could not take a row: from then on nothing is sent until `resume`. */
  journalFailed(error: JournalUnavailable): void;
}

/** What one request met: of a payment, a question, an undoing or a refund, and of the access token that it needed. */
export type RequestMet =
  /** It didn't reach the gateway, or no answer came back. `isNewSale`: it was the first of a sale, which so was never sent. */
  | { readonly kind: 'notAnswered'; readonly isNewSale: boolean }
  /** No access token for these credentials: it was not sent. */
  | { readonly kind: 'credentialsRefused'; readonly isNewSale: boolean }
  /** `gatewayClock`: the gateway's own time, where it named it. */
  | { readonly kind: 'answered'; readonly outcome: Outcome; readonly gatewayClock: Instant | null };

export class PaymentRunner {
  private readonly ports: RunnerPorts;
  private readonly payments = new Map<string, Payment>();
  /** Codes of attempts whose payment may have to be sent again; memory only (money rule 9). */
  private readonly codes = new Map<string, PaymentCode>();
  /** Attempts whose code this very process shows: a screen may still stand before the customer. */
  private readonly shownHere = new Set<string>();
  private readonly tokens: AccessTokens;
  private readonly keys = new KeysInTurn();
  /** With what the journal's projections hold of each, which no row changes any more. */
  private readonly unreadable = new Map<string, PaymentRecord | null>();
  private readonly timers = new Map<string, { due: number; cancel: () => void }>();
  /** Which request of an attempt counts: one that was out when the attempt was taken up anew doesn't any more. */
  private readonly counting = new Map<string, number>();
  private transmissions = 0;
  private stopped = false;

  constructor(ports: RunnerPorts) {
    this.ports = ports;
    this.tokens = new AccessTokens(ports);
  }

  /** The access token that a request to this gateway carries (null where it wants none). */
  token(configured: ConfiguredGateway): TokenReply | Promise<TokenReply> {
    return this.tokens.get(configured);
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
    for (const record of this.ports.journal.reader.payments({ by: 'takenUp' })) {
      const payment = this.load(record.paymentId);
      if (payment) this.payments.set(payment.paymentId, payment);
    }
    for (const payment of this.active()) {
      for (const attempt of payment.attempts) {
        // What is on the wire in this very process gets its answer: it is not asked a second time beside it.
        if (this.counting.has(attempt.created.attemptRef)) continue;
        if (isTakenUp(attempt)) this.takeUpAttempt(payment.paymentId, attempt);
      }
    }
    this.takeUpRefunds();
  }

  /** Refunds that are asked nothing just now: what else is under way goes on as it is. */
  takeUpRefunds(): void {
    for (const payment of this.active()) {
      for (const refund of payment.refunds) if (refundIsTakenUp(refund) && !this.counting.has(refund.created.refundRef)) this.takeUpRefund(payment, refund);
    }
  }

  /** Other settings are in force: what waited for its terminal to be put back is taken up again (CASES 6). */
  identitiesChanged(): void {
    for (const payment of this.active()) {
      for (const attempt of payment.attempts) {
        // Known again, or gone: somebody may have edited the file by hand before the screens saved something else in it.
        if (attempt.inFlight === null && attempt.identityKnown !== this.identityKnown(attempt) && (!isEnded(attempt) || !attempt.identityKnown)) this.takeUpAttempt(payment.paymentId, attempt);
      }
      for (const refund of payment.refunds) {
        if (!refund.identityKnown && refundIsTakenUp(refund) && this.identityKnown(attemptOf(payment, refund.created.attemptRef))) this.takeUpRefund(payment, refund);
      }
    }
  }

  /** At a shift's close what ended without money is looked at once more (CASES 20). */
  lookNow(): void {
    for (const payment of this.active()) {
      for (const attempt of payment.attempts) {
        if (!isEnded(attempt) || attempt.sentinel === null || attempt.inFlight !== null) continue;
        this.apply(payment.paymentId, { type: 'timerFired', time: this.time(), attemptRef: attempt.created.attemptRef, timer: 'shiftClose' });
      }
    }
  }

  private takeUpRefund(payment: Payment, refund: RefundState): void {
    const { refundRef, attemptRef } = refund.created;
    this.counting.delete(refundRef);
    const attempt = attemptOf(payment, attemptRef);
    this.apply(payment.paymentId, { type: 'refundTakenUp', time: this.time(), refundRef, attemptRef, identityKnown: this.identityKnown(attempt), mayRepeat: this.mayRepeat(payment, attempt, refund) });
  }

  /** Also by what the order holds now: an older program may have allowed a repeat that could be a second refund (CASES 24). */
  private mayRepeat(payment: Payment, attempt: AttemptState, { created }: RefundState): boolean {
    const capability = configuredFor(this.ports.gateways, attempt.created)?.gateway.capabilities.refund ?? null;
    return this.ports.refundsMayRepeat(attempt.created.gateway) && capability !== null && mayRepeat(capability, created.amount.minor, atGatewayMinor(payment, attempt));
  }

  private takeUpAttempt(paymentId: string, attempt: AttemptState): void {
    const { attemptRef } = attempt.created;
    this.counting.delete(attemptRef);
    this.apply(paymentId, { type: 'takenUp', time: this.time(), attemptRef, identityKnown: this.identityKnown(attempt), codeInMemory: this.codes.has(attemptRef) || this.shownHere.has(attemptRef), historyMissing: stoodInOlderCopy(this.ports.journal.reader, paymentId, attemptRef) });
  }

  /** Begins an attempt with the code in hand; null where one is to be shown. Throws JournalUnavailable, and then nothing was sent. */
  begin(event: AttemptCreated, code: PaymentCode | null): Payment {
    if (code === null) this.shownHere.add(event.attemptRef);
    else this.codes.set(event.attemptRef, code);
    try {
      return this.commit(event.paymentId, event);
    } catch (error) {
      this.codes.delete(event.attemptRef);
      this.shownHere.delete(event.attemptRef);
      throw error;
    }
  }

  /** Cash, or another till's order: nothing is sent for it. Throws JournalUnavailable, and then nothing was done. */
  enter(event: CashTaken | ForeignFound): Payment {
    return this.commit(event.paymentId, event);
  }

  /** Begins a refund, with the approval's row in the same transaction. Throws JournalUnavailable, and then nothing was sent. */
  refund(paymentId: string, event: RefundCreated, approval: NewEntry | null): Payment {
    return this.commit(paymentId, event, approval === null ? [] : [approval]);
  }

  /** A person's act. Throws JournalUnavailable, and then nothing was done. */
  act(paymentId: string, event: Extract<PaymentEvent, { type: 'personActed' | 'cashReturned' | 'settled' | 'refundAskedNow' | 'refundSettled' | 'refundBooked' | 'bookedElsewhere' | 'gatewayRefEntered' | 'notified' | 'disputed' | 'refundNotified' }>, approval: NewEntry | null = null): Payment {
    return this.commit(paymentId, event, approval === null ? [] : [approval]);
  }

  /** A payment, also one that had ended, so that an act on it can be carried out. Null where there is none, or where it can't be read: then that is told. */
  load(paymentId: string): Payment | null {
    const known = this.payments.get(paymentId);
    if (known) return known;
    const rows = this.ports.journal.reader.rowsOf(paymentId);
    try {
      return foldPayment(rows);
    } catch (error) {
      this.noteUnreadable(paymentId, error);
      return null;
    }
  }

  /** What is said of a payment that `load` has not: there is none, or it is on record and can't be read, so that its money isn't known. */
  missing(paymentId: string): Message {
    const record = this.recordOf(paymentId);
    return record === null ? message('paymentNotFound') : message('paymentUnreadable', { number: record.number });
  }

  /** What is said of a command that was carried out before on a payment that can't be read; null for every other one. */
  missingOfCommand(commandId: string): Message | null {
    const paymentId = this.ports.journal.reader.aggregateOfCommand(commandId);
    return paymentId === null || this.recordOf(paymentId) === null || this.load(paymentId) !== null ? null : this.missing(paymentId);
  }

  /** What the journal holds of payments that can't be read: what of them is open is open still, and nothing asks about it. */
  unreadableRecords(): readonly PaymentRecord[] {
    return [...this.unreadable.values()].filter((record) => record !== null);
  }

  private recordOf(paymentId: string): PaymentRecord | null {
    return this.ports.journal.reader.payments({ by: 'paymentId', value: paymentId })[0] ?? null;
  }

  /** The others go on: one payment keeps no till from selling, nor from asking about the rest (money rule 7). */
  private noteUnreadable(paymentId: string, error: unknown): void {
    if (this.unreadable.has(paymentId)) return;
    this.unreadable.set(paymentId, this.recordOf(paymentId));
    this.ports.log.error('a payment can’t be read from the journal', { paymentId, error: String(error) });
    this.ports.unreadable(paymentId);
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
    return configuredFor(this.ports.gateways, attempt.created) !== null;
  }

  /** Journals and carries out an event that comes from outside a command; a journal that fails stops everything. */
  private apply(paymentId: string, event: PaymentEvent): void {
    if (this.stopped) return;
    try {
      this.commit(paymentId, event);
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      this.ports.journalFailed(error);
    }
  }

  private commit(paymentId: string, event: PaymentEvent, beside: readonly NewEntry[] = []): Payment {
    // A payment that begins has no rows to be folded from; a new attempt of an old one has.
    const before = isFirst(event) ? null : (this.payments.get(paymentId) ?? this.ports.journal.payment(paymentId));
    const { payment, send } = stepPayment(before, event);
    const companions = this.write(before, payment, event, send, beside);
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

  private write(before: Payment | null, payment: Payment, event: PaymentEvent, send: Send | null, beside: readonly NewEntry[]): Companions {
    const entry: PaymentEntry = { event, state: stateAfter(payment, event), send: send?.call ?? null };
    const companions = this.ports.companions(before, payment, event);
    this.ports.journal.append([{ aggregate: payment.paymentId, type: event.type, payload: entry }, ...beside, ...companions.entries], {
      payment: { before, after: payment, event },
      printJobs: companions.printJobs,
      commandId: commandOf(event),
    });
    return companions;
  }

  private keep(payment: Payment): void {
    if (paymentIsTakenUp(payment)) this.payments.set(payment.paymentId, payment);
    else this.payments.delete(payment.paymentId);
    for (const attempt of payment.attempts) {
      // Parked while the first transmission still waits for a token or a check-in: that one needs it yet.
      if (!attempt.codeUsable && attempt.inFlight !== 'pay') this.codes.delete(attempt.created.attemptRef);
      if (isEnded(attempt)) this.shownHere.delete(attempt.created.attemptRef);
    }
  }

  // ---- timers

  private setTimers(payment: Payment): void {
    for (const attempt of payment.attempts) {
      this.setAttemptTimer(payment.paymentId, attempt, 'next', attempt.timers.next);
      this.setAttemptTimer(payment.paymentId, attempt, 'deadline', deadlineOf(payment, attempt));
    }
    for (const { created, next } of payment.refunds) {
      const { refundRef, attemptRef } = created;
      this.setTimer(refundRef, next ?? undefined, () => this.apply(payment.paymentId, { type: 'refundTimerFired', time: this.time(), refundRef, attemptRef }));
    }
  }

  private setAttemptTimer(paymentId: string, attempt: AttemptState, timer: TimerName, due: Monotonic | undefined): void {
    const { attemptRef } = attempt.created;
    this.setTimer(`${timer} ${attemptRef}`, due, () => this.apply(paymentId, { type: 'timerFired', time: this.time(), attemptRef, timer }));
  }

  private setTimer(key: string, due: number | undefined, fire: () => void): void {
    const running = this.timers.get(key);
    if (running?.due === due) return;
    running?.cancel();
    this.timers.delete(key);
    if (due === undefined) return;
    const wait = Math.max(0, due - this.ports.clock.monotonic());
    const cancel = this.ports.clock.after(wait, () => {
      this.timers.delete(key);
      fire();
    });
    this.timers.set(key, { due, cancel });
  }

  // ---- the wire

  private async send(payment: Payment, send: Send): Promise<void> {
    const began = this.ports.clock.monotonic();
    const subject = send.refundRef ?? send.attemptRef;
    this.transmissions += 1;
    const transmission = this.transmissions;
    this.counting.set(subject, transmission);
    const transmitted = await this.transmit(payment, send);
    if (this.stopped || this.counting.get(subject) !== transmission) return;
    this.counting.delete(subject);
    const since = (moment: number): number => Math.round(moment - began);
    const waited = transmitted.leftAt === null ? {} : { waitedMilliseconds: since(transmitted.leftAt) };
    const event = this.resultEvent(payment, send, transmitted, { durationMilliseconds: since(this.ports.clock.monotonic()), ...waited });
    this.apply(payment.paymentId, event);
    const { sentAs } = transmitted;
    if (sentAs === null || (event.type !== 'answered' && event.type !== 'refundAnswered')) return;
    const isNews = this.keys.isNewsThatTaken(sentAs, configuredUnder(this.ports.gateways, attemptOf(payment, send.attemptRef).created), event.outcome);
    if (isNews && this.ports.keyTaken(sentAs)) this.keys.noteTaken(sentAs);
  }

  /** How the request ended, and as whom it was sent: its answer is read with the very settings that it was made with. */
  private async transmit(payment: Payment, send: Send): Promise<SentAs> {
    const { created } = attemptOf(payment, send.attemptRef);
    // The same identity or none: another terminal's key knows nothing of it (CASES 6).
    const configured = this.keys.next(configuredUnder(this.ports.gateways, created), isNewSale(attemptOf(payment, send.attemptRef), send));
    if (!configured) return { ...neverSent('unreachable', 'the gateway is not set up'), sentAs: null };
    return { ...(await this.transmitAs(configured, payment, send)), sentAs: configured };
  }

  private async transmitAs(configured: ConfiguredGateway, payment: Payment, send: Send): Promise<Transmitted> {
    // A gateway without tokens waits for nothing: its request leaves in the same turn as its row was written.
    const reply = this.tokens.get(configured);
    const access = reply instanceof Promise ? await reply : reply;
    // It may have been stopped while the token was fetched: then nothing new leaves (CASES 31).
    if (this.stopped) return neverSent('unreachable', 'the till was stopped');
    if (access.kind !== 'token') return { result: access, keyVerdict: 'asItIs', leftAt: null };
    if (reply instanceof Promise && !this.isStillWanted(payment.paymentId, send)) return neverSent('notWanted', 'it was given up while its access token was fetched');
    // The same with a terminal's key: only a check-in has to be waited for.
    const reservation = this.ports.terminals.sign(configured, send.call === 'pay' || send.call === 'present' ? send.attemptRef : null);
    const signing = reservation instanceof Promise ? await reservation : reservation;
    const leftAt = reply instanceof Promise || reservation instanceof Promise ? this.ports.clock.monotonic() : null;
    const result = reservation instanceof Promise && !this.isStillWanted(payment.paymentId, send)
      ? neverSent('notWanted', 'it was given up while its terminal was checked in').result
      : await this.exchange({ ...configured, settings: signing.settings }, payment, send, access.token);
    return { result, keyVerdict: signing.landed(result.kind === 'answer' ? result.answer : null), leftAt };
  }

  private heardNothing(sentAs: ConfiguredGateway, { kind, reason }: Exclude<WireResult, { kind: 'answer' }>, newSale: boolean): void {
    // Reasons of our own: they say nothing about the gateway.
    if (reason === 'notBuilt' || reason === 'notWanted') return;
    if (reason === 'credentials') this.keys.refuse(sentAs);
    this.ports.met(sentAs, { kind: reason === 'credentials' ? 'credentialsRefused' : 'notAnswered', isNewSale: newSale && kind === 'neverSent' });
  }

  /**
   * What an answer says of the key that was used, and whether there is another to go on with. A question is asked with that one by
   * its plan; the first request of a refund goes out once more, as after a refused token: nothing of it was looked at.
   */
  private keyHeard(payment: Payment, send: Send, sentAs: ConfiguredGateway, read: Outcome, verdict: KeyVerdict): KeyVerdict {
    // A terminal's own keys take their turns first.
    if (verdict !== 'asItIs') return verdict;
    // Not every gateway has a word for a wrong key: what no table lists may be one, and then the next request tries another.
    if (refusesKey(read) || (read.kind === 'unknown' && read.why === 'unlisted')) this.keys.refuse(sentAs);
    if (!refusesKey(read)) return verdict;
    const blocks = configuredUnder(this.ports.gateways, attemptOf(payment, send.attemptRef).created);
    return send.call === 'refund' && blocks.some((block) => !this.keys.isRefused(block)) ? 'otherKey' : verdict;
  }

  /** One request to its end. */
  private async exchange(configured: ConfiguredGateway, payment: Payment, send: Send, token: string | null): Promise<WireResult> {
    const { created } = attemptOf(payment, send.attemptRef);
    const moment = { now: this.ports.clock.wall(), nonce: makeReference(this.ports.random, 32, 'abcdefghijklmnopqrstuvwxyz0123456789'), token };
    const request = this.build(configured, payment, send, moment);
    if (request === null) return neverSent('notBuilt', 'the request could not be built').result;
    const times = send.refundRef === null ? created.policy : refundOf(payment, send.refundRef).created;
    const result = await this.ports.http.send(request, { connectMilliseconds: times.connectSeconds * 1000, answerMilliseconds: times.answerTimeoutSeconds * 1000 });
    // Whoever said it: a token that is fetched anew moves nothing, and one that died would stop everything until its own end.
    if (token !== null && result.kind === 'answer' && result.answer.status === 401) this.tokens.refused(configured, token);
    return result;
  }

  /** False once the till ends, or where a payment was given up before its first request could leave (CASES 31). */
  private isStillWanted(paymentId: string, send: Send): boolean {
    if (this.stopped) return false;
    if (send.call !== 'pay' && send.call !== 'present') return true;
    const now = this.payments.get(paymentId)?.attempts.find((one) => one.created.attemptRef === send.attemptRef);
    return now === undefined || now.name === 'submitting' && !now.deadlinePassed;
  }

  /** A gateway folder that can't build a request is our own fault: it is logged, and nothing left. */
  private build(configured: ConfiguredGateway, payment: Payment, send: Send, moment: Parameters<Gateway['build']>[3]): WireRequest | null {
    try {
      return configured.gateway.build(send.call, this.facts(payment, send), configured.settings, moment);
    } catch (error) {
      this.ports.log.error('a request could not be built', { attemptRef: send.attemptRef, refundRef: send.refundRef, call: send.call, error: String(error) });
      return null;
    }
  }

  private facts(payment: Payment, send: Send): AttemptFacts {
    const attempt = attemptOf(payment, send.attemptRef);
    const { created } = attempt;
    // A number that a person entered is asked under, and nothing else is done by it.
    const claim = send.call === 'query' ? attempt.claim : null;
    const refund = send.refundRef === null ? null : refundOf(payment, send.refundRef);
    return {
      attemptRef: created.attemptRef,
      gatewayRef: attempt.gatewayRef ?? claim?.number ?? null,
      gatewayRefIsClaim: claim !== null,
      amount: created.amount,
      direction: created.direction,
      showFor: send.call === 'present' ? created.showFor : null,
      presentSeconds: created.direction === 'show' ? created.policy.deadlineSeconds : null,
      kept: attempt.kept,
      code: send.call === 'pay' ? (this.codes.get(created.attemptRef) ?? null) : null,
      refund: refund === null ? null : { refundRef: refund.created.refundRef, gatewayRefundRef: refund.gatewayRefundRef, kept: refund.kept, earlier: makeAmount(earlierMinor(payment, refund), created.amount.currency), amount: refund.created.amount, reason: refund.created.reason },
      subject: created.subject,
      operator: refund?.created.by.operatorId ?? created.operator,
      terminalId: created.terminalId,
    };
  }

  private resultEvent(payment: Payment, send: Send, { result, keyVerdict, sentAs }: SentAs, took: Took): PaymentEvent {
    const attempt = attemptOf(payment, send.attemptRef);
    const { gateway: gatewayId } = attempt.created;
    const { durationMilliseconds } = took;
    const log = { attemptRef: send.attemptRef, refundRef: send.refundRef ?? undefined, gateway: gatewayId, call: send.call, ...took };
    if (result.kind !== 'answer') {
      this.ports.log.warn('no answer', { ...log, how: result.kind, reason: result.reason, detail: result.detail });
      if (sentAs !== null) this.heardNothing(sentAs, result, isNewSale(attempt, send));
      const ended = { time: this.time(), attemptRef: send.attemptRef, durationMilliseconds, how: result.kind, reason: result.reason };
      return send.refundRef === null ? { ...ended, ...took, type: 'notAnswered', call: attemptCall(send.call) } : { ...ended, type: 'refundNotAnswered', refundRef: send.refundRef, call: refundCall(send.call) };
    }
    if (sentAs === null) throw new Error(`an answer to a request that nobody sent: ${gatewayId}`);
    const read = sentAs.gateway.read(send.call, this.facts(payment, send), result.answer, sentAs.settings);
    const { tokenRetried } = send.refundRef === null ? attempt : refundOf(payment, send.refundRef);
    const outcome = heardOutcome(read, this.keyHeard(payment, send, sentAs, read, keyVerdict), tokenRetried, this.ports.terminals.trouble(sentAs));
    const gatewayClock = httpDate(result.answer.headers['date']);
    this.ports.met(sentAs, { kind: 'answered', outcome, gatewayClock });
    this.ports.log.info('answer', { ...log, status: result.answer.status, outcome: outcome.kind, code: outcome.evidence.code, gatewayRef: attempt.gatewayRef });
    const answered = { time: this.time(), attemptRef: send.attemptRef, durationMilliseconds, outcome };
    if (send.refundRef !== null) return { ...answered, type: 'refundAnswered', refundRef: send.refundRef, call: refundCall(send.call) };
    return { ...answered, ...took, type: 'answered', call: attemptCall(send.call), gatewayClock };
  }
}

/** The first request for a payment or a code to show: nothing was sent under its number before. */
function isNewSale(attempt: AttemptState, { call }: Send): boolean {
  return (call === 'pay' || call === 'present') && attempt.payTransmissions <= 1;
}

/** How a request ended, and what its answer says of the terminal's key that signed it. */
interface Transmitted {
  readonly result: WireResult;
  readonly keyVerdict: KeyVerdict;
  /** When the request left, by the monotonic clock, where it had to wait for a token or a check-in; null where it left at once, or not at all. */
  readonly leftAt: Monotonic | null;
}

interface SentAs extends Transmitted {
  readonly sentAs: ConfiguredGateway | null;
}

/** How long a transmission took, and how much of it the request waited before it left. */
type Took = Pick<Answered, 'durationMilliseconds' | 'waitedMilliseconds'>;

function neverSent(reason: Extract<WireResult, { kind: 'neverSent' }>['reason'], detail: string): Transmitted {
  return { result: { kind: 'neverSent', reason, detail }, keyVerdict: 'asItIs', leftAt: null };
}

/** True for an event that makes a payment: it has no rows to be folded from. */
function isFirst(event: PaymentEvent): boolean {
  return event.type === 'foreignFound' || ((event.type === 'attemptCreated' || event.type === 'cashTaken') && event.firstAttempt);
}

function attemptCall(call: Call): AttemptCall {
  if (call === 'refund' || call === 'queryRefund') throw new Error(`${call} is no call of an attempt`);
  return call;
}

function refundCall(call: Call): RefundCall {
  if (call !== 'refund' && call !== 'queryRefund') throw new Error(`${call} is no call of a refund`);
  return call;
}

function refundOf(payment: Payment, refundRef: string): RefundState {
  const refund = payment.refunds.find((one) => one.created.refundRef === refundRef);
  if (!refund) throw new Error(`no refund ${refundRef} in payment ${payment.paymentId}`);
  return refund;
}

/** What other refunds of the same attempt gave back, or hold. */
function earlierMinor(payment: Payment, refund: RefundState): number {
  const others = payment.refunds.filter((one) => one !== refund && one.created.attemptRef === refund.created.attemptRef && refundHoldsMoney(one));
  return others.reduce((sum, one) => sum + one.created.amount.minor, 0);
}

function attemptOf(payment: Payment, attemptRef: string): AttemptState {
  const attempt = payment.attempts.find((one) => one.created.attemptRef === attemptRef);
  if (!attempt) throw new Error(`no attempt ${attemptRef} in payment ${payment.paymentId}`);
  return attempt;
}

/**
 * When an attempt's time is over. A code that is still offered, or a scan that can be undone, ends at once where an earlier attempt of the sale, ended before
 * it, turns out to be paid after all: nobody may be let to pay twice.
 */
function deadlineOf(payment: Payment, attempt: AttemptState): Monotonic | undefined {
  const { deadline } = attempt.timers;
  const canBeTakenBack = isShown(attempt) || attempt.created.traits.reverse?.undoesPaid === true;
  const isPaidOtherwise = canBeTakenBack && payment.attempts.some((other) => other !== attempt && holdsMoney(other));
  return deadline !== undefined && isPaidOtherwise ? 0 : deadline;
}
