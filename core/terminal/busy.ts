/** Whether anything of a gateway is under way, so that its terminal's key may not change now (CASES 32). */
import type { Payment } from '../payment/payment.ts';
import { isEnded } from '../payment/state.ts';
import { refundIsEnded } from '../refund/state.ts';

/** What a person must look at waits for days: a check-in between two of its questions changes nothing for it. @param except an attempt that is left out */
export function underWay(payments: readonly Payment[], gatewayId: string, except: string | null): boolean {
  return payments.some(({ attempts, refunds }) => {
    const ours = attempts.filter(({ created }) => created.gateway === gatewayId);
    return ours.some((one) => one.created.attemptRef !== except && !isEnded(one) && one.name !== 'review')
      || refunds.some((one) => !refundIsEnded(one) && one.name !== 'review' && ours.some(({ created }) => created.attemptRef === one.created.attemptRef));
  });
}
