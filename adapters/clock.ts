/** The system's clock: wall time for people and gateways, monotonic time for every wait. */
import type { Clock } from '../core/ports.ts';

/** The longest wait that a Node timer keeps; a longer one would fire at once. */
const longestTimerMilliseconds = 2 ** 31 - 1;

export function systemClock(): Clock {
  const monotonic = (): number => performance.now();
  return {
    wall: () => Date.now(),
    monotonic,
    after(milliseconds, action) {
      const due = monotonic() + Math.max(0, milliseconds);
      let timer: ReturnType<typeof setTimeout>;
      const wait = (): void => {
        // Rounded up: Node cuts fractions off, and a wait must never end before its time.
        const left = Math.ceil(due - monotonic());
        if (left <= 0) return action();
        timer = setTimeout(wait, Math.min(left, longestTimerMilliseconds));
      };
      timer = setTimeout(wait, Math.min(Math.ceil(Math.max(0, milliseconds)), longestTimerMilliseconds));
      return () => clearTimeout(timer);
    },
  };
}
