/** A clock that stands still until a test turns it. */
import type { Clock } from './clock.ts';

export interface ManualClock extends Clock {
  /** Lets `milliseconds` pass and carries out, in order, all that falls due. */
  advance(milliseconds: number): void;
  /** Moves the wall clock alone, as when somebody sets it. */
  setWall(instant: number): void;
}

interface Planned {
  readonly at: number;
  readonly action: () => void;
}

export function manualClock(start: number = Date.UTC(2026, 10, 21, 4, 0, 0)): ManualClock {
  let elapsed = 0;
  let wallOffset = start;
  const planned = new Set<Planned>();

  function nextUntil(limit: number): Planned | null {
    let next: Planned | null = null;
    for (const entry of planned) {
      if (entry.at <= limit && (next === null || entry.at < next.at)) next = entry;
    }
    return next;
  }

  return {
    wall: () => wallOffset + elapsed,
    monotonic: () => elapsed,
    after(milliseconds, action) {
      const entry = { at: elapsed + milliseconds, action };
      planned.add(entry);
      return () => {
        planned.delete(entry);
      };
    },
    advance(milliseconds) {
      const limit = elapsed + milliseconds;
      for (let next = nextUntil(limit); next !== null; next = nextUntil(limit)) {
        planned.delete(next);
        elapsed = next.at;
        next.action();
      }
      elapsed = limit;
    },
    setWall(instant) {
      wallOffset = instant - elapsed;
    },
  };
}
