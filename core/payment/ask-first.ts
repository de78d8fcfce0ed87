/** Before another customer is charged an amount for which a code of ours may still be paid: the gateway is asked once more, and its answer waited for. */
import type { Clock, Monotonic } from '../ports.ts';
import type { StaffDesk } from '../staff/desk.ts';
import type { Payment } from './payment.ts';
import type { PaymentRunner } from './runner.ts';
import { canStillBePaid } from './show.ts';
import type { AttemptState } from './state.ts';

export interface AskFirstPorts {
  readonly runner: PaymentRunner;
  readonly staff: StaffDesk;
  readonly clock: Clock;
}

export class AskFirst {
  private readonly ports: AskFirstPorts;
  /** By attempt: who waits for the end of the question that is out. */
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(ports: AskFirstPorts) {
    this.ports = ports;
  }

  /**
   * Asks about every code of these payments that may still be paid. Resolves once each was answered, was not, or its time is up;
   * null where none can be asked about. Throws JournalUnavailable, and then nobody waits; rejects with it where it comes later.
   */
  ask(payments: readonly Payment[]): Promise<unknown> | null {
    const codes = payments.flatMap(({ paymentId, attempts }) => attempts.filter(canStillBePaid).map((attempt) => ({ paymentId, attempt, until: this.untilFor(attempt) })));
    // What throws at once comes before what may reject later: nobody would be there to hear that.
    const now = codes.filter(({ attempt }) => !isAsked(attempt)).filter(({ paymentId, attempt }) => isAsked(this.askNow(paymentId, attempt))).map(({ attempt, until }) => this.answerOf(attempt, until));
    const later = codes.filter(({ attempt }) => isAsked(attempt)).map(({ paymentId, attempt, until }) => this.askOnceMore(paymentId, attempt, until));
    return now.length + later.length === 0 ? null : Promise.all([...now, ...later]);
  }

  /** A request of this attempt was answered, or was not. */
  answered(attemptRef: string): void {
    for (const go of this.waiting.get(attemptRef) ?? []) go();
  }

  private untilFor({ created }: AttemptState): Monotonic {
    return this.ports.clock.monotonic() + created.policy.answerTimeoutSeconds * 1000;
  }

  /** The question that is out may have been answered before the other customer stood there: it ends first, in the same time. */
  private async askOnceMore(paymentId: string, { created }: AttemptState, until: Monotonic): Promise<void> {
    await this.answerOf({ created }, until);
    if (this.ports.clock.monotonic() >= until) return;
    const attempt = attemptOf(this.ports.runner.load(paymentId), created.attemptRef);
    if (attempt === undefined || !canStillBePaid(attempt)) return;
    if (isAsked(attempt) || isAsked(this.askNow(paymentId, attempt))) await this.answerOf(attempt, until);
  }

  private askNow(paymentId: string, { created: { attemptRef } }: AttemptState): AttemptState | undefined {
    const { runner, staff } = this.ports;
    return attemptOf(runner.act(paymentId, { type: 'personActed', time: runner.time(), attemptRef, act: 'askedNow', commandId: null, by: staff.who() }), attemptRef);
  }

  private answerOf({ created }: Pick<AttemptState, 'created'>, until: Monotonic): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.waiting.get(created.attemptRef) ?? new Set();
      // An access token that has to be fetched first may take longer: nobody is kept at the counter for that.
      const cancel = this.ports.clock.after(Math.max(0, until - this.ports.clock.monotonic()), () => go());
      const go = (): void => {
        cancel();
        waiting.delete(go);
        if (waiting.size === 0) this.waiting.delete(created.attemptRef);
        resolve();
      };
      this.waiting.set(created.attemptRef, waiting.add(go));
    });
  }
}

function isAsked(attempt: AttemptState | undefined): boolean {
  return attempt?.inFlight === 'query';
}

function attemptOf(payment: Payment | null, attemptRef: string): AttemptState | undefined {
  return payment?.attempts.find(({ created }) => created.attemptRef === attemptRef);
}
