/** The keyed hash by which the journal knows a payment code again without holding it (money rule 9, CASES 34). */
import { createHmac, createSecretKey } from 'node:crypto';
import type { PaymentCode } from '../gateways/gateway.ts';
import type { Random, Secrets } from '../ports.ts';

const secretName = 'code-hash-key';
const keyBytes = 32;

/** Hashes codes; `keyIsNew` where the key had to be made although the journal already holds payments. */
export interface CodeHasher {
  readonly keyIsNew: boolean;
  hash(code: PaymentCode): string;
}

export function codeHasher(secrets: Secrets, random: Random): CodeHasher {
  const known = secrets.read(secretName);
  const key = known !== null && known.length === keyBytes ? known : random.bytes(keyBytes);
  const keyIsNew = key !== known;
  if (keyIsNew) secrets.write(secretName, key);
  const keyObject = createSecretKey(key);
  return { keyIsNew, hash: (code) => createHmac('sha256', keyObject).update(code).digest('hex') };
}
