/** Before another customer is charged an amount for which a code of ours may still be paid: the gateway is asked once more, and its answer waited for. */
import type { Clock } from '../ports.ts';
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
   * null where none can be asked about. Throws JournalUnavailable, and then nothing was asked.
   */
  ask(payments: readonly Payment[]): Promise<unknown> | null {
    const { runner, staff } = this.ports;
    const asked: Promise<void>[] = [];
    for (const { paymentId, attempts } of payments) {
      for (const { created: { attemptRef } } of attempts.filter(canStillBePaid)) {
        const after = runner.act(paymentId, { type: 'personActed', time: runner.time(), attemptRef, act: 'askedNow', commandId: null, by: staff.who() });
        const attempt = after.attempts.find((one) => one.created.attemptRef === attemptRef);
        if (attempt !== undefined && attempt.inFlight === 'query') asked.push(this.answerOf(attempt));
      }
    }
    return asked.length === 0 ? null : Promise.all(asked);
  }

  /** A request of this attempt was answered, or was not. */
  answered(attemptRef: string): void {
    for (const go of this.waiting.get(attemptRef) ?? []) go();
  }

  private answerOf({ created }: AttemptState): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.waiting.get(created.attemptRef) ?? new Set();
      // An access token that has to be fetched first may take longer: nobody is kept at the counter for that.
      const cancel = this.ports.clock.after(created.policy.answerTimeoutSeconds * 1000, () => go());
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
