/** Where a code that the customer scans stands: a pure reading of what the till says of its payment. */
import type { PaymentView } from '../../core/contract/types.ts';

/**
 * `making`: the gateway is asked for it. `up`: the customer may scan it. `closing`: it was taken back or is too old, and
 * isn't surely closed yet. `expired`: too old, and surely closed. `notClosed`: it can't be closed, and nobody has paid it.
 */
export type CodeStage = 'making' | 'up' | 'closing' | 'expired' | 'notClosed';

/** Null where the payment's usual screen says it all: paid, not paid, not known, for a person. */
export function codeStage(payment: PaymentView): CodeStage | null {
  if (payment.direction !== 'show') return null;
  switch (payment.state) {
    case 'submitting': return 'making';
    case 'waitingForPayer': return payment.shownCode === null ? 'closing' : 'up';
    case 'reversing': return 'closing';
    case 'review': return payment.quiet ? 'notClosed' : null;
    case 'lapsed': return 'notClosed';
    case 'reversed': return hasExpired(payment) ? 'expired' : null;
    case 'declined': return hasExpired(payment) && (payment.declineReason === 'closed' || payment.declineReason === 'codeExpired') ? 'expired' : null;
    default: return null;
  }
}

/** True while somebody could pay it, or could have: nothing else is begun for this sale. */
export function isCodeLive(payment: PaymentView): boolean {
  const stage = codeStage(payment);
  return stage === 'making' || stage === 'up' || stage === 'closing';
}

/** It ended after its time was up; one that was taken back before that is not paid like any other. */
function hasExpired({ changedAt, startedAt, deadlineSeconds }: PaymentView): boolean {
  return changedAt - startedAt >= deadlineSeconds * 1000;
}
