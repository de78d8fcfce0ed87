/** One run of the till's process: it can be killed at every call of a port, and then its ports do nothing any more. */
import { JournalUnavailable } from '../core/journal/storage.ts';
import type { SeededRandom } from './random.ts';

/**
 * Thrown by the storage of a dead process. It looks like a journal that can't be written, because that is the only
 * error that production code stops at in an orderly way; whatever the dead code does with it reaches nothing.
 */
export class ProcessIsDead extends JournalUnavailable {
  constructor() {
    super('notWritable', 'the process is dead');
    this.name = 'ProcessIsDead';
  }
}

export interface ProcessOptions {
  readonly number: number;
  readonly startedAt: number;
  readonly random: SeededRandom;
  /** How likely it is to die before, and again after, each call of a port that has an effect. */
  readonly killChance: number;
  /** Called once, when it dies. */
  died(where: string): void;
  /** Called when production code throws what nobody catches. */
  threw(error: unknown): void;
}

export class TillProcess {
  readonly number: number;
  readonly startedAt: number;
  isAlive = true;
  readonly #options: ProcessOptions;
  #isImmortal = false;

  constructor(options: ProcessOptions) {
    this.#options = options;
    this.number = options.number;
    this.startedAt = options.startedAt;
  }

  /**
   * A place to die at: true where it just did, or had before. Only ports with an effect are such places: a process that
   * dies between two effects has done the same as one that dies right before the second.
   */
  diesAt(where: string): boolean {
    if (this.isAlive && !this.#isImmortal && this.#options.random.chance(this.#options.killChance)) this.kill(where);
    return !this.isAlive;
  }

  /** From now on only `kill` ends it. */
  becomesImmortal(): void {
    this.#isImmortal = true;
  }

  kill(where: string): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.#options.died(where);
  }

  /** Runs a callback into the till, unless it is dead. */
  enter(action: () => void): void {
    if (!this.isAlive) return;
    try {
      action();
    } catch (error) {
      if (!(error instanceof ProcessIsDead)) this.#options.threw(error);
    }
  }
}
