/** What a refused terminal key makes of an answer: nothing of the request was looked at (CASES 32). */
import type { Outcome } from '../gateways/gateway.ts';
import type { TerminalTrouble } from './desk.ts';
import type { KeyVerdict } from './keys.ts';

/**
 * The outcome as the engine is to hear it.
 * @param outcome as the gateway's folder read it
 * @param repeated whether the request went out under the other key already: then its answer stands
 * @param trouble why the terminal can't trade, once this answer was heard
 */
export function heardOutcome(outcome: Outcome, verdict: KeyVerdict, repeated: boolean, trouble: TerminalTrouble | null): Outcome {
  if (!refusesKey(outcome)) return outcome;
  const isOrder = outcome.kind === 'declined' || outcome.kind === 'refundDeclined';
  if (verdict === 'otherKey' && isOrder && !repeated) return { kind: 'unknown', why: 'tokenRefused', order: null, evidence: outcome.evidence };
  if (verdict === 'bothRefused' && outcome.kind === 'unknown') return { ...outcome, why: 'bothKeysRefused' };
  return outcome.kind === 'declined' && trouble === 'anotherTill' ? { ...outcome, reason: 'anotherTill' } : outcome;
}

/** Only words about the key: whatever else an answer says stands, whoever signed its request. */
export function refusesKey(outcome: Outcome): boolean {
  if (outcome.kind === 'declined' || outcome.kind === 'refundDeclined') return outcome.reason === 'wrongKey';
  return outcome.kind === 'unknown' && outcome.why === 'keyRefused';
}
