/** UMS, with one rule broken in each copy. */
import { bug, type PlantedBug } from '../planted-bugs.ts';

export const bugs: readonly PlantedBug[] = [
  bug('the amount is not compared', ['order.ts', "  if (wire.totalAmount !== '' && !isAmount(wire.totalAmount, attempt)) return 'mismatch';\n", '']),
  bug('the number is not compared', ['order.ts', "  if (wire.merOrderId !== '' && wire.merOrderId !== attempt.attemptRef) return 'mismatch';\n", '']),
  bug('the signature is over other bytes', ['sign.ts', "createHash('sha256').update(body).digest('hex')", "createHash('sha256').update(body.slice(1)).digest('hex')"]),
  bug('a notification is believed unsigned', ['notification.ts', "    if (settings.notifyKey !== undefined && !isVerified) return { kind: 'refused', why: 'signature', reply: reply('FAILED') };\n", '']),
  bug('closing refused means closed', ['table.ts', "OPERATION_NOT_ALLOWED: { ...nothing, close: closeRefused,", 'OPERATION_NOT_ALLOWED: { ...nothing, close: done,']),
  bug('a code of the table is missing', ['table.ts', "  INVALID_RESPONSE: endsNothing('2.1'),\n", '']),
  bug('an order that is not clear is closed', ['table.ts', "UNKNOWN: { means: 'unsure', where: '2.3' }", "UNKNOWN: { means: 'closed', where: '2.3' }"]),
  bug('an order of which some is going back is paid', ['table.ts', "TRADE_REFUND: { means: 'refunding'", "TRADE_REFUND: { means: 'paid'"]),
  bug('poslink: a timeout refuses', ['poslink-table.ts', "'1': { means: unsure", "'1': { means: { kind: 'declined' }"]),
  bug('poslink: given back in part is undone', ['poslink-table.ts', "'3': { means: unsure", "'3': { means: { kind: 'reversed' }"]),
  bug('the form’s example of a notice address is listened on by nobody', ['settings.ts', 'https://shop.example/notify/ums', 'https://shop.example/ums']),
];
