/** Order numbers and ids: random from the system, never a counter or a time alone (CASES 4). */
import type { ReferenceRule } from '../gateways/gateway.ts';
import type { Random } from '../ports.ts';
import type { ConfiguredGateway } from './runner.ts';

export const upperCaseAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** How our order and refund numbers at this gateway are made. */
export function referenceRules({ gateway, settings }: ConfiguredGateway): { readonly order: ReferenceRule; readonly refund: ReferenceRule | null } {
  const { reference, refund } = gateway.capabilities;
  return gateway.references?.(settings) ?? { order: reference, refund: refund?.reference ?? null };
}

/** A number of ours. */
export function numberBy(rule: ReferenceRule, random: Random): string {
  return rule.prefix + makeReference(random, rule.length - rule.prefix.length, rule.alphabet);
}

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
