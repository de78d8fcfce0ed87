/** Order numbers and ids: random from the system, never a counter or a time alone (CASES 4). */
import type { Random } from '../ports.ts';

export const upperCaseAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** `length` characters of `alphabet`, each equally likely. */
export function makeReference(random: Random, length: number, alphabet: string = upperCaseAndDigits): string {
  // Bytes above the largest multiple of the alphabet are dropped: else its first letters would come more often.
  const usable = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length * 2)) {
      if (byte < usable && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
