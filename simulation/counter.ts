/** The counter where the cashier stands: commands with ids of their own, said again until the till has answered for sure. */
import type { HostCallName, TillCallName, TillCalls } from '../core/contract/types.ts';
import type { VirtualTime } from './clock.ts';
import type { SeededRandom } from './random.ts';
import type { Screen } from './screen.ts';

type OwnCallName = Exclude<TillCallName, HostCallName>;

/** A till that isn't ready for this long is given up on. */
const triesMost = 80;

export class Counter {
  readonly screen: Screen;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  /** False once a command about cash was given up on: what is in the drawer is anybody's guess then. */
  isSure = true;
  #commands = 0;

  constructor(screen: Screen, time: VirtualTime, random: SeededRandom) {
    this.screen = screen;
    this.time = time;
    this.random = random;
  }

  newCommand(): string {
    this.#commands += 1;
    return `command-${this.#commands}-${this.random.digits(6)}`;
  }

  /**
   * Carries a command out: the very same one again while the till is down, recovers or can't write. `ready` makes the till
   * ready for it before each try. Null only where it never answered.
   */
  async insist<Name extends OwnCallName>(name: Name, request: () => Promise<TillCalls[Name][0]>, ready: () => Promise<void>): Promise<TillCalls[Name][1] | null> {
    for (let tries = 0; tries < triesMost; tries += 1) {
      await this.screen.untilUp();
      await ready();
      const reply = await this.screen.call(name, await request());
      if (reply !== null && !(isRefused(reply) && (await this.#isNotReady()))) return reply;
      await this.time.sleep(this.random.between(500, 3000));
    }
    this.isSure = false;
    return null;
  }

  /** Recovering, stopped or down: a refusal says nothing about the command then. */
  async #isNotReady(): Promise<boolean> {
    const { screen } = this;
    if (screen.status?.phase === 'stopped') {
      await screen.call('retryJournal', {});
      return true;
    }
    const status = await screen.frame();
    return status === null || status.phase !== 'ready' || status.staff.state === 'signedOut' || status.staff.state === 'locked';
  }
}

function isRefused(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && 'kind' in reply && (reply.kind === 'refused' || reply.kind === 'approvalNeeded');
}
