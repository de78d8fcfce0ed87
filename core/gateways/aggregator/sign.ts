/** The aggregator's signatures (document 4): MD5 over the sorted pairs with the secret as one of them; two rules, one each way. */
import { md5Hex } from '../md5.ts';

export type Pairs = Readonly<Record<string, string>>;

/** Of a request: pairs without a value are left out (document 4, "request"). Lower case. */
export function signRequest(pairs: Pairs, secret: string): string {
  return digest(Object.entries({ ...pairs, secret }).filter(([, value]) => value !== ''));
}

/** Of a notification: pairs without a value stay (document 4, "notification"); `sign` itself is no part of it. Lower case. */
export function signNotification(pairs: Pairs, secret: string): string {
  return digest(Object.entries({ ...pairs, secret }).filter(([key]) => key !== 'sign'));
}

/** Sorted by the characters' codes, nothing encoded. */
function digest(pairs: readonly (readonly [string, string])[]): string {
  const sorted = pairs.toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return md5Hex(sorted.map(([key, value]) => `${key}=${value}`).join('&'));
}
