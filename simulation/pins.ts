/** Digests of PINs that tell how they are looked at: which byte was read how often. */
import { createHash } from 'node:crypto';
import type { PinHasher } from '../core/ports.ts';
import type { VirtualTime } from './clock.ts';
import type { TillProcess } from './process.ts';
import type { SeededRandom } from './random.ts';

/** The reads of one digest that the till was given. */
export type DigestReads = Uint32Array;

/** Hex of a PIN's digest, as the journal has it. */
export function pinDigest(pin: string): string {
  return createHash('sha256').update(`pepper of the simulated till ${pin}`).digest('hex');
}

/** The PinHasher port of one process: it takes a while, as the real one does. `given` hears of every digest as it is handed over. */
export function pinHasher(time: VirtualTime, process: TillProcess, random: SeededRandom, given: (reads: DigestReads) => void): PinHasher {
  return {
    digest: (pin) =>
      new Promise((resolve) => {
        time.after(random.between(20, 400), () => process.enter(() => {
          const bytes = new Uint8Array(Buffer.from(pinDigest(pin), 'hex'));
          const reads = new Uint32Array(bytes.length);
          given(reads);
          resolve(watched(bytes, reads));
        }));
      }),
  };
}

/** The same bytes; each look at one is counted. */
function watched(bytes: Uint8Array, reads: DigestReads): Uint8Array {
  return new Proxy(bytes, {
    get(target, key) {
      const index = typeof key === 'string' ? Number(key) : Number.NaN;
      if (Number.isInteger(index) && index >= 0 && index < reads.length) {
        reads[index] = (reads[index] ?? 0) + 1;
        return target[index];
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value as (...parts: unknown[]) => unknown).bind(target) : value;
    },
  });
}
