/** The keyed hashes by which the journal knows a payment code or a badge again without holding it (money rule 9, CASES 34). */
import { createHmac, createSecretKey } from 'node:crypto';
import type { Random, Secrets } from '../ports.ts';

const keyBytes = 32;

/** Hashes codes; `keyIsNew` where the key had to be made although the journal already holds payments. */
export interface CodeHasher {
  readonly keyIsNew: boolean;
  hash(text: string): string;
}

export function codeHasher(secrets: Secrets, random: Random): CodeHasher {
  return keyedHasher('code-hash-key', secrets, random);
}

/** A key of its own, so that a badge and a payment code never have comparable hashes. */
export function badgeHasher(secrets: Secrets, random: Random): CodeHasher {
  return keyedHasher('badge-key', secrets, random);
}

function keyedHasher(secretName: string, secrets: Secrets, random: Random): CodeHasher {
  const known = secrets.read(secretName);
  const key = known !== null && known.length === keyBytes ? known : random.bytes(keyBytes);
  const keyIsNew = key !== known;
  if (keyIsNew) secrets.write(secretName, key);
  const keyObject = createSecretKey(key);
  return { keyIsNew, hash: (text) => createHmac('sha256', keyObject).update(text).digest('hex') };
}
