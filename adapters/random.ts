/** Unpredictable bytes from the operating system. */
import { randomBytes } from 'node:crypto';
import type { Random } from '../core/ports.ts';

export function systemRandom(): Random {
  return {
    // A copy: Node's Buffer would carry its own methods (and a shared pool) into core.
    bytes: (length) => new Uint8Array(randomBytes(length)),
  };
}
