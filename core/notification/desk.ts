/** What gateways tell by themselves: read by the gateway's own rule, and never more than a reason to ask (CASES 22, ERRATA). */
import type { ConfiguredGateway, PaymentRunner } from '../payment/runner.ts';
import { step } from '../payment/step.ts';
import type { Notified } from '../payment/events.ts';
import type { Payment } from '../payment/payment.ts';
import type { AttemptState } from '../payment/state.ts';
import type { Journal } from '../journal/journal.ts';
import type { Notification, NotificationReply, NotificationRequest } from '../gateways/gateway.ts';
import type { Clock, Log, Monotonic } from '../ports.ts';
import type { RefundNotified } from '../refund/events.ts';
import { stepRefund } from '../refund/step.ts';

/** Notices of one order within so long are asked about once, and once more when it is over: the newest may tell what the first answer didn't. */
const againMilliseconds = 2000;
/** So many subjects are remembered; older ones may be asked about again. */
const rememberedMost = 1000;

const notNow: NotificationReply = { status: 503, contentType: 'text/plain', body: 'later' };

export interface NotificationDeskPorts {
  readonly gateways: ReadonlyMap<string, ConfiguredGateway>;
  readonly journal: Journal;
  readonly runner: PaymentRunner;
  readonly clock: Clock;
  readonly log: Log;
  /** True while nothing may be asked: the till begins, ends, or its journal can't be written. */
  isStopped(): boolean;
  refusedByJournal(error: unknown): unknown;
  /** A payment is disputed, and nobody was told of it yet. @param number the receipt's */
  disputed(gateway: string, number: string): void;
}

/** What goes back to whoever notified, and whether what came was refused; some gateways want a good HTTP status for that, too. */
export interface NotificationAnswer extends NotificationReply {
  readonly refused?: true;
}

/** A flood of refused ones is one line in so long: it pushes nothing else out of the log. */
const refusedLineMilliseconds = 10_000;

type About = Extract<Notification, { kind: 'about' }>;

interface Found {
  readonly payment: Payment;
  readonly attempt: AttemptState;
}

export class NotificationDesk {
  private readonly ports: NotificationDeskPorts;
  private readonly lastNoticed = new Map<string, Monotonic>();
  /** Attempts that are asked about once more, as notices came while they could not be. */
  private readonly asksAgain = new Set<string>();
  /** By gateway: when one that was refused was logged last, and how many came since. */
  private readonly refused = new Map<string, { loggedAt: Monotonic; since: number }>();

  constructor(ports: NotificationDeskPorts) {
    this.ports = ports;
  }

  /** The reply that the gateway's document wants; null where no such gateway is set up, or it notifies nobody. */
  notified(gatewayId: string, request: NotificationRequest): NotificationAnswer | null {
    const configured = this.ports.gateways.get(gatewayId);
    const rule = configured?.gateway.notification ?? null;
    if (configured === undefined || rule === null) return null;
    // What can't be acted on now is sent again later by whoever sends it.
    if (this.ports.isStopped()) return notNow;
    const read = rule.read(request, configured.settings);
    if (read.kind === 'refused') {
      this.logRefused(gatewayId, read.why);
      return { ...read.reply, refused: true };
    }
    return this.take(gatewayId, read) ? read.reply : notNow;
  }

  private logRefused(gateway: string, why: string): void {
    const now = this.ports.clock.monotonic();
    const last = this.refused.get(gateway);
    if (last !== undefined && now - last.loggedAt < refusedLineMilliseconds) {
      last.since += 1;
      return;
    }
    this.ports.log.warn('a notification was refused', { gateway, why, unlogged: last?.since ?? 0 });
    this.refused.set(gateway, { loggedAt: now, since: 0 });
  }

  /** False where what follows from it could not be taken. */
  private take(gatewayId: string, about: About): boolean {
    const { attemptRef, gatewayRef, verified } = about;
    this.ports.log.info('a notification', { gateway: gatewayId, attemptRef, gatewayRef, verified });
    return this.ask(gatewayId, about);
  }

  /** Asks now, or when it may again; false where the journal could not take it, or where it is about what can't be read. */
  private ask(gatewayId: string, about: About): boolean {
    const found = this.find(gatewayId, about);
    if (found === 'unreadable') {
      // What can't be noted is not acknowledged: its sender repeats it, and a program that reads the payment again takes it.
      this.ports.log.warn('a notification is about a payment that can’t be read', { gateway: gatewayId, attemptRef: about.attemptRef, gatewayRef: about.gatewayRef });
      return false;
    }
    if (found === null) return true;
    if (about.dispute !== undefined && !this.noteDispute(found, about.dispute, about.verified)) return false;
    const { attemptRef } = found.attempt.created;
    if (this.isTooSoon(attemptRef)) {
      this.askAgain(attemptRef, gatewayId, about);
      return true;
    }
    try {
      // The question that is out may have been answered before what this notice tells.
      if (this.askAbout(found, about) === 'isAsked') this.askAgain(attemptRef, gatewayId, about);
      return true;
    } catch (error) {
      this.ports.refusedByJournal(error);
      return false;
    }
  }

  /** The first one for an attempt is journaled and told; the same again, true or not, writes nothing. False where the journal could not take it. */
  private noteDispute({ payment, attempt }: Found, words: string, verified: boolean): boolean {
    const { runner, log } = this.ports;
    if (attempt.disputed) return true;
    const { attemptRef, gateway, number } = attempt.created;
    log.warn('a notification says that the payer disputes a payment', { gateway, attemptRef, verified });
    try {
      runner.act(payment.paymentId, { type: 'disputed', time: runner.time(), attemptRef, words, verified });
    } catch (error) {
      this.ports.refusedByJournal(error);
      return false;
    }
    this.ports.disputed(gateway, number);
    return true;
  }

  /** A notice that was acknowledged is not sent again, so its question is asked yet, once for all that came meanwhile. */
  private askAgain(attemptRef: string, gatewayId: string, about: About): void {
    if (this.asksAgain.has(attemptRef)) return;
    this.asksAgain.add(attemptRef);
    this.ports.clock.after(againMilliseconds, () => {
      this.asksAgain.delete(attemptRef);
      this.lastNoticed.delete(attemptRef);
      if (!this.ports.isStopped()) this.ask(gatewayId, about);
    });
  }

  /** The payment and attempt that it names, of this gateway's own; null where there is none, and `unreadable` where it may be one that can't be read. */
  private find(gatewayId: string, about: About): Found | 'unreadable' | null {
    let isUnreadable = false;
    for (const value of [about.attemptRef, about.gatewayRef]) {
      const records = value === null ? [] : this.ports.journal.reader.payments({ by: 'reference', value });
      for (const record of records) {
        const payment = this.ports.runner.load(record.paymentId);
        if (payment === null) isUnreadable = true;
        const attempt = payment?.attempts.find(({ created, gatewayRef }) => created.gateway === gatewayId && (created.attemptRef === value || gatewayRef === value));
        if (payment !== null && attempt !== undefined) return { payment, attempt };
      }
    }
    return isUnreadable ? 'unreadable' : null;
  }

  private askAbout({ payment, attempt }: Found, { gatewayRef, refundRef }: About): 'asked' | 'isAsked' | 'nothing' {
    const { runner } = this.ports;
    const { attemptRef } = attempt.created;
    const refund = refundRef === null ? undefined : payment.refunds.find((one) => one.created.refundRef === refundRef && one.created.attemptRef === attemptRef);
    if (refund !== undefined) {
      const event: RefundNotified = { type: 'refundNotified', time: runner.time(), refundRef: refund.created.refundRef, attemptRef };
      if (stepRefund(refund, event).send === null) return refund.inFlight === 'queryRefund' ? 'isAsked' : 'nothing';
      runner.act(payment.paymentId, event);
      return 'asked';
    }
    const event: Notified = { type: 'notified', time: runner.time(), attemptRef, gatewayRef: gatewayRef !== null && this.isTaken(gatewayRef) ? null : gatewayRef };
    // Nothing is written for a notice from which nothing follows: anybody may send as many as they like.
    if (step(attempt, event).send === null) return attempt.inFlight === 'query' ? 'isAsked' : 'nothing';
    runner.act(payment.paymentId, event);
    return 'asked';
  }

  /** A number that this journal has already is no other order's. */
  private isTaken(gatewayRef: string): boolean {
    return this.ports.journal.reader.payments({ by: 'reference', value: gatewayRef }).length > 0;
  }

  private isTooSoon(attemptRef: string): boolean {
    const now = this.ports.clock.monotonic();
    const last = this.lastNoticed.get(attemptRef);
    if (last !== undefined && now - last < againMilliseconds) return true;
    this.lastNoticed.delete(attemptRef);
    this.lastNoticed.set(attemptRef, now);
    const [oldest] = this.lastNoticed.keys();
    if (this.lastNoticed.size > rememberedMost && oldest !== undefined) this.lastNoticed.delete(oldest);
    return false;
  }
}
