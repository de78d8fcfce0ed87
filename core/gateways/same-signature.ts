/** Compares two signatures in the same time wherever they differ. */
import { timingSafeEqual } from 'node:crypto';

/** Whether they are the same text; a difference in length alone may show in the time. A gateway that doesn't mind case writes both in one. */
export function sameSignature(left: string, right: string): boolean {
  const [one, other] = [new TextEncoder().encode(left), new TextEncoder().encode(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
