/** Omipay, with one rule broken in each copy. */
import { bug, type PlantedBug } from '../planted-bugs.ts';

export const bugs: readonly PlantedBug[] = [
  bug('the amount is not compared', ['outcomes.ts', "  if (wire.amount !== '' && minorFromWire(wire.amount) !== attempt.amount.minor) return 'differs';\n", '']),
  bug('the number is not compared', ['outcomes.ts', "  if (wire.out_order_no !== '' && wire.out_order_no !== attempt.attemptRef) return 'mismatch';\n", '']),
  bug('error words to a repeat end it', ['table.ts', "({ kind: 'declined', reason, aboutOrder: false })", "({ kind: 'declined', reason, aboutOrder: true })"]),
  bug('the secret stands in the address', ['requests.ts', '    m_number: settings.merchantNumber,\n', '    m_number: settings.merchantNumber,\n    secret_key: settings.secretKey,\n']),
  bug('an unlisted state is a refusal', ['outcomes.ts', "  if (row === undefined) return reading.unknown('unlisted');\n  // Money is believed", "  if (row === undefined) return { kind: 'declined', reason: 'other', aboutOrder: true, order: reading.orderFacts(), evidence: reading.evidence };\n  // Money is believed"]),
  bug('a refund that was taken is done', ['refunds.ts', "  return { kind: 'refundPending', refund: reading.facts, evidence: reading.evidence };\n}\n\n/** QueryRefund", "  return { kind: 'refunded', refund: reading.facts, evidence: reading.evidence };\n}\n\n/** QueryRefund"]),
  bug('the same payment once more after more than an hour', ['index.ts', 'repeatPayWithinSeconds: 45', 'repeatPayWithinSeconds: 4500']),
  bug('the signature is in small letters', ['sign.ts', '.toUpperCase()', '']),
];
