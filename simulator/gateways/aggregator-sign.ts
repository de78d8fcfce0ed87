/** The aggregator's two signature rules (section 4): all pairs with `secret` among them, sorted, MD5 in lower case. */
import { createHash } from 'node:crypto';

export type Pairs = Readonly<Record<string, string>>;

/** Requests: pairs with an empty value don't count. */
export function signRequest(pairs: Pairs, secret: string): string {
  return sign(Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== '')), secret);
}

/** Notifications: pairs with an empty value count. */
export function signNotification(pairs: Pairs, secret: string): string {
  return sign(pairs, secret);
}

/** Values as they are, not URL-encoded; whatever stands in `sign` is left out. */
function sign(pairs: Pairs, secret: string): string {
  const { sign: _own, ...signed } = pairs;
  const text = Object.entries({ ...signed, secret })
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return createHash('md5').update(text).digest('hex');
}
