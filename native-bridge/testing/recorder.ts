/** Records device events for tests, and waits for the ones that a test is about. */
import type { Clock, DeviceEvent, Log } from '../../core/ports.ts';

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Recorder {
  readonly events: DeviceEvent[];
  readonly emit: (event: DeviceEvent) => void;
  /** Resolves with the next event not yet waited for that fits. */
  next(fits: (event: DeviceEvent) => boolean): Promise<DeviceEvent>;
}

export function createRecorder(): Recorder {
  const events: DeviceEvent[] = [];
  let seen = 0;
  let waiting: (() => void) | null = null;
  return {
    events,
    emit(event) {
      events.push(event);
      waiting?.();
    },
    next(fits) {
      return new Promise((resolve) => {
        const look = (): void => {
          while (seen < events.length) {
            const event = events[seen];
            seen += 1;
            if (event !== undefined && fits(event)) {
              waiting = null;
              resolve(event);
              return;
            }
          }
        };
        waiting = look;
        look();
      });
    },
  };
}

export interface ManualClock extends Clock {
  /** Lets time pass; actions run when due, and what they started gets to run in between. */
  advance(milliseconds: number): Promise<void>;
}

/** A clock that stands still until told. */
export function createManualClock(): ManualClock {
  let now = 0;
  let timers: { readonly at: number; readonly action: () => void }[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    wall: () => now,
    monotonic: () => now,
    after(milliseconds, action) {
      const timer = { at: now + milliseconds, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(milliseconds) {
      const until = now + milliseconds;
      await settle();
      for (;;) {
        const due = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((timer) => timer !== due);
        now = Math.max(now, due.at);
        due.action();
        await settle();
      }
      now = until;
    },
  };
}
