/** A clock that a test moves by hand: timers fire in order, and nothing ever sleeps. */
import type { Clock, Instant, Monotonic } from '../ports.ts';

export class ManualClock implements Clock {
  private now = 0;
  private origin: Instant;
  private timers: { due: number; action: () => void }[] = [];

  constructor(wall: Instant) {
    this.origin = wall;
  }

  wall(): Instant {
    return this.origin + this.now;
  }

  monotonic(): Monotonic {
    return this.now;
  }

  /** Moves the wall clock alone, as a person or a time server would. */
  setWall(wall: Instant): void {
    this.origin = wall - this.now;
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer = { due: this.now + milliseconds, action };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  }

  /** Lets time pass, firing what falls due; microtasks run in between, so that answers are taken in. */
  async pass(seconds: number): Promise<void> {
    const end = this.now + seconds * 1000;
    for (;;) {
      await settle();
      const next = this.timers.toSorted((left, right) => left.due - right.due)[0];
      if (next === undefined || next.due > end) break;
      this.timers = this.timers.filter((one) => one !== next);
      this.now = Math.max(this.now, next.due);
      next.action();
    }
    this.now = end;
    await settle();
  }
}

/** Lets promises that are ready run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
