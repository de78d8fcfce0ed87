/** What is said about the gateway's number that was entered last: while it is asked about, and where it was forgotten. */
import { message, type Message } from '../../core/contract/messages.ts';
import type { PaymentView } from '../../core/contract/types.ts';
import type { WordKey } from './zh-CN.ts';

/** True where a number was entered that isn't known to be the order's. */
export function isAboutNumber({ orderNumberEntry }: PaymentView): boolean {
  return orderNumberEntry === 'asking' || orderNumberEntry === 'wrong' || orderNumberEntry === 'unanswered';
}

/** What stands in the number's place among the references. */
export function numberWord({ orderNumberEntry }: PaymentView): WordKey {
  return orderNumberEntry === 'none' ? 'payment.orderNumber.wanted' : `payment.orderNumber.${orderNumberEntry}`;
}

export function numberMessage({ orderNumberEntry, gateway }: PaymentView): Message {
  if (orderNumberEntry === 'wrong') return message('orderNumberWrong', { gateway });
  return message(orderNumberEntry === 'unanswered' ? 'orderNumberUnanswered' : 'orderNumberAsking', { gateway });
}
