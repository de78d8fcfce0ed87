/** Omipay's signature: MD5 over merchant number, time, nonce and key, in upper case (document 2.3). */
import { timingSafeEqual } from 'node:crypto';
import { md5Hex } from '../md5.ts';

export function sign(merchantNumber: string, timestamp: string, nonce: string, secretKey: string): string {
  return md5Hex([merchantNumber, timestamp, nonce, secretKey].join('&')).toUpperCase();
}

/** Whether two signatures are the same, told in the same time wherever they differ. */
export function sameSignature(left: string, right: string): boolean {
  const [one, other] = [new TextEncoder().encode(left), new TextEncoder().encode(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
