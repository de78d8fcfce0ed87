/** MD5 as the gateways' signatures want it: over exactly the bytes given. It proves nothing by itself; TLS does. */
import { createHash } from 'node:crypto';

/** The digest in lower-case hexadecimal; parts are hashed one after the other, text as UTF-8. */
export function md5Hex(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
