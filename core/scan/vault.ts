/** Scanned payment codes wait here for their amount; screens only ever hold a handle (money rule 9). */
import type { PaymentCode } from '../gateways/gateway.ts';
import type { Clock, Monotonic, Random } from '../ports.ts';
import { makeReference } from '../payment/reference.ts';

export interface HeldCode {
  readonly code: PaymentCode;
  readonly scanned: Monotonic;
}

/** A scan waits this long for its amount, and a guard's answer; the screens count down 30 s of it. */
export const heldCodeSeconds = 60;
const heldMost = 20;

export class CodeVault {
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly held = new Map<string, HeldCode>();

  constructor(clock: Clock, random: Random) {
    this.clock = clock;
    this.random = random;
  }

  /** Keeps a code and returns its handle. */
  hold(code: PaymentCode): string {
    this.dropOld();
    const scanId = makeReference(this.random, 20);
    this.held.set(scanId, { code, scanned: this.clock.monotonic() });
    return scanId;
  }

  /** The code of a handle; null once it is too old. It stays, because a guard may ask before it is charged. */
  find(scanId: string): HeldCode | null {
    this.dropOld();
    return this.held.get(scanId) ?? null;
  }

  release(scanId: string): void {
    this.held.delete(scanId);
  }

  clear(): void {
    this.held.clear();
  }

  private dropOld(): void {
    const oldest = this.clock.monotonic() - heldCodeSeconds * 1000;
    for (const [scanId, held] of this.held) {
      if (held.scanned < oldest || this.held.size > heldMost) this.held.delete(scanId);
    }
  }
}
