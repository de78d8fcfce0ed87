/** Shouqianba, with one rule broken in each copy. */
import { bug, type PlantedBug } from '../planted-bugs.ts';

export const bugs: readonly PlantedBug[] = [
  bug('the amount is not compared', ['order.ts', 'minorFromWire(order.total_amount) !== amount.minor)', 'minorFromWire(order.total_amount) === null)']),
  bug('the number is not compared', ['order.ts', "  if (order.client_sn !== '' && order.client_sn !== attempt.attemptRef) return 'mismatch';\n", '']),
  bug('an unlisted state is a refusal', ['outcomes.ts', "return row === undefined ? reading.unknown('unlisted') : reading.outcome(", "return row === undefined ? reading.outcome('declined', 'other') : reading.outcome("]),
  bug('the signature is over other bytes', ['sign.ts', 'md5Hex(body, ', 'md5Hex(body.slice(1), ']),
  bug('500 refuses', ['table.ts', "'500': { means: 'unsure'", "'500': { means: 'refused'"], ['table.ts', "  UNKNOWN_SYSTEM_ERROR: endsNothing('appendix 1, 3.2 vi'),", "  UNKNOWN_SYSTEM_ERROR: declines('other', 'appendix 1, 3.2 vi'),"]),
  bug('a refund has a number of 40 random bits', ['index.ts', "reference: { prefix: 'R', length: 20, alphabet: '0123456789' }", "reference: { prefix: 'R', length: 13, alphabet: '0123456789' }"]),
];
