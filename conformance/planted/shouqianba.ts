/** Shouqianba, with one rule broken in each copy. */
import { bug, type PlantedBug } from '../planted-bugs.ts';

export const bugs: readonly PlantedBug[] = [
  bug('the amount is not compared', ['order.ts', 'minorFromWire(order.total_amount) !== amount.minor)', 'minorFromWire(order.total_amount) === null)']),
  bug('the number is not compared', ['order.ts', "  if (order.client_sn !== '' && order.client_sn !== attempt.attemptRef) return 'mismatch';\n", '']),
  bug('an unlisted state is a refusal', ['outcomes.ts', "return row === undefined ? reading.unknown('unlisted') : reading.outcome(", "return row === undefined ? reading.outcome('declined', 'other') : reading.outcome("]),
  bug('the signature is over other bytes', ['sign.ts', 'md5Hex(body, ', 'md5Hex(body.slice(1), ']),
  bug('500 refuses', ['table.ts', "'500': { means: 'unsure'", "'500': { means: 'refused'"], ['table.ts', "  UNKNOWN_SYSTEM_ERROR: endsNothing('appendix 1, 3.2 vi'),", "  UNKNOWN_SYSTEM_ERROR: declines('other', 'appendix 1, 3.2 vi'),"]),
  bug('a refund has a number of 40 random bits', ['index.ts', "reference: { prefix: 'R', length: 20, alphabet: '0123456789' }", "reference: { prefix: 'R', length: 13, alphabet: '0123456789' }"]),
  bug('an order that nobody is sure of has failed', ['table.ts', "PAY_ERROR: { means: 'unsure'", "PAY_ERROR: { means: 'declined'"]),
  bug('a payment that failed for nobody knows whom is refused', ['table.ts', "PAY_FAIL_ERROR: { pay: unsure,", "PAY_FAIL_ERROR: { pay: { means: 'declined', orderStatus: ['PAY_ERROR', ''] },"]),
  bug('a payment that is failing is refused', ['table.ts', "PAY_FAIL_IN_PROGRESS: { pay: unsure,", "PAY_FAIL_IN_PROGRESS: { pay: { means: 'declined', orderStatus: [''] },"]),
  bug('a cancel that stopped nothing for certain has undone the order', ['table.ts', 'CANCEL_ABORT_ERROR: { reverse: unsure,', "CANCEL_ABORT_ERROR: { reverse: { means: 'reversed', orderStatus: ['CANCEL_ERROR', ''] },"]),
  bug('no day ends the cancel', ['index.ts', 'onlyOnDayAtOffsetMinutes: 480', 'onlyOnDayAtOffsetMinutes: null']),
  bug('refunds after years', ['index.ts', 'withinDays: 90', 'withinDays: 9000']),
  bug('WeChat is called Alipay', ['table.ts', "'3': { wallet: 'wechat'", "'3': { wallet: 'alipay'"]),
];
