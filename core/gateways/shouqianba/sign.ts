/** Shouqianba's signature: MD5 over the bytes of the request body and the terminal's key (document 2.2). */
import { md5Hex } from '../md5.ts';

/** The `Authorization` header: who signs, and the signature in lower case. `body` must be the very bytes that are sent. */
export function authorization(terminalSn: string, terminalKey: string, body: Uint8Array): string {
  return `${terminalSn} ${md5Hex(body, terminalKey)}`;
}
