/** The question about a customer with the same amount: whose the other payment is, whether its code was paid, and that it has been. */
import { sameAmount } from '../../core/money/amount.ts';
import type { WordKey } from '../words/zh-CN.ts';
import type { Guard, TillScreen } from './state.ts';

/** A code that nothing closes is this customer's own: whether it was paid is the question, not whose it is. */
export function asksAboutQuiet(guard: Guard | null): boolean {
  return guard?.kind === 'sameCustomer' && guard.other.quiet;
}

/** Such a code was asked about once more before the charge, and has been paid by whoever has it (CASES 27). */
export function tellsPaid(guard: Guard | null): boolean {
  return guard?.kind === 'sameCustomer' && guard.other.direction === 'show' && guard.other.reviewReason === 'paidAfterGivingUp';
}

/** What Enter does. */
export function sameWord(guard: Guard | null): WordKey {
  if (tellsPaid(guard)) return 'guard.paidNow';
  return asksAboutQuiet(guard) ? 'guard.notClosedWait' : 'guard.same';
}

/** True while the till asks about a code that nothing closes before it charges another customer the same. */
export function isAskedFirst({ charging, payments }: TillScreen): boolean {
  if (charging === null || !charging.charge.assurances.includes('anotherCustomer')) return false;
  const { amount } = charging.charge;
  return Object.values(payments).some((other) => other.direction === 'show' && other.state === 'review' && other.reviewReason !== 'paidAfterGivingUp' && sameAmount(other.amount, amount));
}
