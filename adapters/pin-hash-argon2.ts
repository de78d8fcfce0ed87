/** The digest of a PIN: argon2id, keyed, so that a stolen journal alone gives no PIN away, however few digits it has. */
import { argon2id } from 'hash-wasm';

/** What a digest is made with beside the PIN: one salt and one pepper for the shop, both secrets of this till. */
export interface PinKeys {
  readonly salt: Uint8Array;
  readonly pepper: Uint8Array;
}

export const digestBytes = 32;

/** Changing one of these makes every PIN unknown. OWASP's second set of parameters. */
const memoryKibibytes = 19 * 1024;
const passes = 2;
const lanes = 1;

/** 32 bytes. Rejects where WebAssembly can't run. */
export function pinDigest(pin: string, keys: PinKeys): Promise<Uint8Array> {
  return argon2id({ password: pin, salt: keys.salt, secret: keys.pepper, memorySize: memoryKibibytes, iterations: passes, parallelism: lanes, hashLength: digestBytes, outputType: 'binary' });
}
