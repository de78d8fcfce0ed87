/** What a gateway says to an activation, without what was typed for it: its words are shown, printed and logged (CASES 33). */
import type { ActivationAnswer } from '../gateways/terminal-rule.ts';
import { codeForPeople, wordsForPeople } from '../gateways/words.ts';

/** The same answer with none of the secrets in its code or words, also where it groups their characters for reading. */
export function saidWithout(answer: ActivationAnswer, secrets: readonly string[]): ActivationAnswer {
  if (answer.kind === 'activated') return answer;
  const { code, words } = answer.evidence;
  // The longer one first: a short one that is part of it would leave the rest of it to be read.
  const hidden = [...secrets].sort((one, other) => other.length - one.length);
  return {
    ...answer,
    evidence: {
      code: hidden.reduce<string | null>((said, secret) => (said === null ? null : codeForPeople([said], secret)), code),
      words: hidden.reduce<string | null>((said, secret) => (said === null ? null : wordsForPeople(said, secret)), words),
    },
  };
}
