/** What a cash sale takes: rounding, enough or too little, and the change. */
import { message, type Message } from '../contract/messages.ts';
import { amountText, makeAmount, type Amount } from '../money/amount.ts';
import { dueInCash } from '../money/cash.ts';

/** `cash` as the event of a cash sale and `CashTaken` need it. */
export type CashCounted =
  | { readonly kind: 'enough'; readonly due: Amount; readonly received: Amount; readonly change: Amount; readonly roundingMinor: number }
  | { readonly kind: 'short'; readonly by: Amount; readonly message: Message };

/** `amount` is what the sale costs before rounding, `receivedMinor` what was handed over, `roundTo` the smallest coin. */
export function countCash(amount: Amount, receivedMinor: number, roundTo: Amount): CashCounted {
  const due = dueInCash(amount, roundTo);
  const { currency } = amount;
  if (receivedMinor < due.minor) {
    const by = makeAmount(due.minor - receivedMinor, currency);
    return { kind: 'short', by, message: message('cashShort', { x: amountText(by) }) };
  }
  return { kind: 'enough', due, received: makeAmount(receivedMinor, currency), change: makeAmount(receivedMinor - due.minor, currency), roundingMinor: due.minor - amount.minor };
}
