/** Omipay's signature: MD5 over merchant number, time, nonce and key, in upper case (document 2.3). */
import { md5Hex } from '../md5.ts';

export function sign(merchantNumber: string, timestamp: string, nonce: string, secretKey: string): string {
  return md5Hex([merchantNumber, timestamp, nonce, secretKey].join('&')).toUpperCase();
}
