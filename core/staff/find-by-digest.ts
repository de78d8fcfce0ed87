/** Who has this PIN: one digest compared with everybody's, so that the time it takes says nothing about who it was or how much of it was right. */
import type { Staff, StaffPerson } from './staff.ts';

/** Length of a PIN's digest (adapters/pin-hash.ts). */
export const digestBytes = 32;

/**
 * The person whose PIN has this digest; null where it is nobody's. Reads every byte of every digest, whatever matches and
 * wherever it differs: no way out early, no branch on a byte.
 */
export function findByDigest(staff: Pick<Staff, 'people'>, digest: Uint8Array): StaffPerson | null {
  const withPin = staff.people.filter((person) => person.pin !== null);
  let found = -1;
  withPin.forEach(({ pin }, position) => {
    const same = sameDigest(pin ?? new Uint8Array(), digest);
    found = found * (1 - same) + position * same;
  });
  return withPin[found] ?? null;
}

/** 1 where both are the same digest, else 0. */
function sameDigest(left: Uint8Array, right: Uint8Array): 0 | 1 {
  let difference = (left.length ^ digestBytes) | (right.length ^ digestBytes);
  for (let at = 0; at < digestBytes; at += 1) difference |= Number(left[at]) ^ Number(right[at]);
  // Zero alone becomes negative by the subtraction; its sign bit is the answer. No difference has that bit itself.
  return ((difference - 1) >>> 31) as 0 | 1;
}
