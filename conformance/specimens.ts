/** True answers of a gateway's simulator, one or two for each call and outcome: what the rules of reading cut, double and falsify. */
import type { AttemptFacts, Call, Gateway, Outcome } from '../core/gateways/gateway.ts';
import type { WireAnswer } from '../core/ports.ts';
import { playSale } from './course.ts';
import type { Variant } from './documents.ts';
import { Stand } from './stand.ts';

export interface Specimen {
  readonly call: Call;
  readonly facts: AttemptFacts;
  readonly settings: unknown;
  readonly answer: WireAnswer;
  readonly outcome: Outcome;
}

/** Scripts whose answers, together, hold every kind of outcome that the simulator can bring about without a fault. */
const scripts = ['paid', 'waits:12', 'refused', 'insufficient', 'expired', 'ignored', 'closesItself:8', 'alreadyKnown', 'refundInProgress:12', 'refundFails', 'refundOrderState', 'refundMerchantRejected', 'refundOverLimit'];
const mostOfAKind = 2;

export async function collectSpecimens(gateway: Gateway, variants: readonly Variant[]): Promise<readonly Specimen[]> {
  const kept: Specimen[] = [];
  for (const variant of variants) {
    const stand = await Stand.open(gateway, variant);
    const counts = new Map<string, number>();
    try {
      for (const direction of stand.directions) {
        for (const script of scripts) {
          for (const { call, facts, answer, outcome } of await playSale(stand, direction, script)) {
            if (answer === null || outcome === null) continue;
            const kind = `${direction} ${call} ${outcome.kind}`;
            const count = counts.get(kind) ?? 0;
            if (count >= mostOfAKind) continue;
            counts.set(kind, count + 1);
            kept.push({ call, facts, settings: stand.settings, answer, outcome });
          }
        }
      }
    } finally {
      await stand.close();
    }
  }
  return kept;
}
