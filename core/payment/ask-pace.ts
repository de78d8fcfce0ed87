/** "Ask now" asks about one payment or refund at most every two seconds. */
import { message } from '../contract/messages.ts';
import type { ActReply } from '../contract/types.ts';
import type { Clock, Monotonic } from '../ports.ts';

const askAgainMilliseconds = 2000;

export class AskPace {
  private readonly clock: Clock;
  private readonly lastAsked = new Map<string, Monotonic>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Asks, or says that it was asked a moment ago. `subject` is a payment's id or a refund's number. */
  ask(subject: string, ask: () => ActReply): ActReply {
    const now = this.clock.monotonic();
    if (now - (this.lastAsked.get(subject) ?? -askAgainMilliseconds) < askAgainMilliseconds) return { kind: 'refused', message: message('tooSoon') };
    this.lastAsked.set(subject, now);
    return ask();
  }
}
