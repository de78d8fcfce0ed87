/** What was found of another till's orders waits here to be given back; screens only hold a handle of it. */
import type { FoundOrder } from '../gateways/gateway.ts';
import { makeReference } from '../payment/reference.ts';
import type { Clock, Monotonic, Random } from '../ports.ts';

export type FoundForeign = Extract<FoundOrder, { kind: 'found' }>;

export interface LookedUp {
  readonly gateway: string;
  /** As it was asked for: ours, theirs or the wallet's number. */
  readonly reference: string;
  readonly order: FoundForeign;
}

/** Later than that the order must be looked up again. */
const keptMilliseconds = 10 * 60_000;

export class LookUps {
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly kept = new Map<string, { readonly at: Monotonic; readonly found: LookedUp }>();

  constructor(clock: Clock, random: Random) {
    this.clock = clock;
    this.random = random;
  }

  /** How many are kept. */
  get size(): number {
    return this.kept.size;
  }

  /** Keeps what was found and returns its handle. */
  keep(found: LookedUp): string {
    this.dropOld();
    const lookUpId = makeReference(this.random, 20);
    this.kept.set(lookUpId, { at: this.clock.monotonic(), found });
    return lookUpId;
  }

  /** What a handle stands for; null once it is too old. It stays, because an approval may be asked for first. */
  find(lookUpId: string): LookedUp | null {
    this.dropOld();
    return this.kept.get(lookUpId)?.found ?? null;
  }

  private dropOld(): void {
    const oldest = this.clock.monotonic() - keptMilliseconds;
    for (const [lookUpId, { at }] of this.kept) if (at < oldest) this.kept.delete(lookUpId);
  }
}
