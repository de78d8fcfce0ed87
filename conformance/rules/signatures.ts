/** Signatures against fixtures: a folder has some that were computed elsewhere, and its own functions come to the same. */
import type { SignatureVector } from '../../core/gateways/signature-vector.ts';
import type { Rule } from '../rule.ts';

/** As many characters as a digest has; the shortest header that names somebody is longer. */
const leastCharacters = 32;

const recomputed: Rule = {
  name: 'signatures come out as the folder’s vectors say, over that text and with that key alone',
  check: ({ gateway, vectors }) => (vectors.length === 0 ? [`core/gateways/${gateway.id}/fixtures/vectors.ts has no vector: nothing shows that a signature is the gateway’s`] : vectors.flatMap(wrong)),
};

function wrong(vector: SignatureVector): readonly string[] {
  const { where, signed, key, signature } = vector;
  return [
    ...(signature.length >= leastCharacters ? [] : [`${where}: ${signature.length} characters are no signature`]),
    ...(vector.holds(signed, key, signature) ? [] : [`${where}: the signature comes out otherwise`]),
    ...(changes(signed).some((other) => vector.holds(other, key, signature)) ? [`${where}: another text has the same signature`] : []),
    ...(changes(key).some((other) => vector.holds(signed, other, signature)) ? [`${where}: another key makes the same signature`] : []),
    ...(changes(signature).some((other) => vector.holds(signed, key, other)) ? [`${where}: another signature is taken`] : []),
  ];
}

/** With its first letter or digit changed, one in the middle, and without its first character. */
function changes(text: string): readonly string[] {
  const at = (from: number) => from + text.slice(from).search(/[0-9A-Za-z]/);
  return [...[0, Math.floor(text.length / 2)].map((from) => `${text.slice(0, at(from))}${text[at(from)] === 'b' ? 'c' : 'b'}${text.slice(at(from) + 1)}`), text.slice(1)];
}

export const signatureRules: readonly Rule[] = [recomputed];
