/** Time as the simulator sees it: a port, so that tests can turn it by hand. */

export interface Clock {
  /** Milliseconds since 1970 by the wall clock; for stamps and for signature windows. */
  wall(): number;
  /** Milliseconds that never jump; for measuring. */
  monotonic(): number;
  /** Calls `action` once after `milliseconds`; returns a function that cancels it. */
  after(milliseconds: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A clock over another one that forgets everything still planned when it is stopped. */
export function stoppableClock(base: Clock): Clock & { stop(): void } {
  const planned = new Set<() => void>();
  let stopped = false;
  return {
    wall: () => base.wall(),
    monotonic: () => base.monotonic(),
    after(milliseconds, action) {
      if (stopped) return () => undefined;
      const cancelBase = base.after(milliseconds, () => {
        planned.delete(cancel);
        if (!stopped) action();
      });
      const cancel = () => {
        planned.delete(cancel);
        cancelBase();
      };
      planned.add(cancel);
      return cancel;
    },
    stop() {
      stopped = true;
      for (const cancel of planned) cancel();
    },
  };
}
