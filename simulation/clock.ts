/** Virtual time: a queue of what happens when, the wall clock over it, and the till's clock, which ends with its process. */
import type { Clock } from '../core/ports.ts';
import type { SeededRandom } from './random.ts';
import type { TillProcess } from './process.ts';

interface Planned {
  readonly at: number;
  /** Ties are broken by the order of planning: one seed, one history. */
  readonly order: number;
  action: (() => void) | null;
}

export class VirtualTime {
  /** True milliseconds since the history began. */
  now = 0;
  readonly #heap: Planned[] = [];
  #order = 0;
  readonly #wallAtStart: number;
  #skew = 0;

  constructor(wallAtStart: number) {
    this.#wallAtStart = wallAtStart;
  }

  /** The gateways' clock, which is right. */
  trueWall(): number {
    return this.#wallAtStart + Math.round(this.now);
  }

  /** The till's wall clock, which may not be. */
  tillWall(): number {
    return this.trueWall() + this.#skew;
  }

  setSkew(milliseconds: number): void {
    this.#skew = milliseconds;
  }

  /** Plans an action; the function that comes back cancels it. */
  after(milliseconds: number, action: () => void): () => void {
    const planned: Planned = { at: exact(this.now + Math.max(0, milliseconds)), order: this.#order, action };
    this.#order += 1;
    this.#push(planned);
    return () => {
      planned.action = null;
    };
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(milliseconds, resolve);
    });
  }

  /** Lets everything happen until `end`, or until `stopped` says so. Promises settle between two actions. */
  async run(end: number, stopped: () => boolean = () => false): Promise<void> {
    await promisesSettled();
    for (;;) {
      const next = this.#heap[0];
      if (next === undefined || next.at > end) break;
      this.#pop();
      if (next.action === null) continue;
      this.now = next.at;
      next.action();
      await promisesSettled();
      if (stopped()) return;
    }
    this.now = exact(Math.max(this.now, end));
  }

  #push(planned: Planned): void {
    const heap = this.#heap;
    let index = heap.push(planned) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Planned;
      if (!isBefore(planned, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = planned;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Planned, heap[child] as Planned)) child += 1;
      const below = heap[child] as Planned;
      if (!isBefore(below, last)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
  }
}

/** Times are whole 1024ths of a millisecond, which doubles add and subtract exactly: fifteen seconds later is never a hair less. */
function exact(milliseconds: number): number {
  return Math.round(milliseconds * 1024) / 1024;
}

function isBefore(left: Planned, right: Planned): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}

/** All promises that can settle without time passing have settled: their jobs run before any immediate. */
function promisesSettled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The till's clock: its monotonic origin is this process run's own, and after its death no timer fires. */
export function tillClock(time: VirtualTime, process: TillProcess, random: SeededRandom): Clock {
  const bootedBefore = random.between(1000, 1_000_000_000) + 0.125;
  return {
    wall: () => time.tillWall(),
    monotonic: () => time.now - process.startedAt + bootedBefore,
    after: (milliseconds, action) => {
      if (!process.isAlive) return () => undefined;
      // A timer is never early, and a busy machine makes it a little late.
      return time.after(milliseconds + random.between(0, 3), () => process.enter(action));
    },
  };
}
