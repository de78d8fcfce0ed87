/** UMS, with one rule broken in each copy. */
import { bug, type PlantedBug } from '../planted-bugs.ts';

export const bugs: readonly PlantedBug[] = [
  bug('the amount is not compared', ['order.ts', "  if (wire.totalAmount !== '' && !isAmount(wire.totalAmount, attempt)) return 'mismatch';\n", '']),
  bug('the number is not compared', ['order.ts', "  if (wire.merOrderId !== '' && wire.merOrderId !== attempt.attemptRef) return 'mismatch';\n", '']),
  bug('the signature is over other bytes', ['sign.ts', "createHash('sha256').update(body).digest('hex')", "createHash('sha256').update(body.slice(1)).digest('hex')"]),
  bug('a notification is believed unsigned', ['notification.ts', "    if (settings.notifyKey !== undefined && !isVerified) return { kind: 'refused', why: 'signature', reply: reply('FAILED') };\n", '']),
  bug('closing refused means closed', ['table.ts', "OPERATION_NOT_ALLOWED: { ...nothing, close: closeRefused,", 'OPERATION_NOT_ALLOWED: { ...nothing, close: done,']),
  bug('a code of the table is missing', ['table.ts', "  INVALID_RESPONSE: endsNothing('2.1'),\n", '']),
];
