/** Where a code that the customer scans stands: a pure reading of what the till says of its payment. */
import type { PaymentView } from '../../core/contract/types.ts';

/**
 * `making`: the gateway is asked for it. `up`: the customer may scan it. `scanned`: the gateway says that somebody has, and is
 * paying. `closing`: it was taken back or is too old, and
 * isn't surely closed yet. `expired`: too old or ended by the gateway, and surely closed. `notClosed`: it can't be closed, and nobody has paid it.
 */
export type CodeStage = 'making' | 'up' | 'scanned' | 'closing' | 'expired' | 'notClosed';

/** Null where the payment's usual screen says it all: paid, not paid, not known, for a person. */
export function codeStage(payment: PaymentView): CodeStage | null {
  if (payment.direction !== 'show') return null;
  switch (payment.state) {
    case 'submitting': return 'making';
    case 'waitingForPayer': return stageOfCode(payment.shownCode);
    case 'reversing': return 'closing';
    case 'review': return payment.quiet ? 'notClosed' : null;
    case 'lapsed': return 'notClosed';
    case 'reversed': return endedByItself(payment) ? 'expired' : null;
    case 'declined': return endedByItself(payment) && (payment.declineReason === 'closed' || payment.declineReason === 'codeExpired') ? 'expired' : null;
    default: return null;
  }
}

/** True while somebody could pay it, or could have: nothing else is begun for this sale. */
export function isCodeLive(payment: PaymentView): boolean {
  const stage = codeStage(payment);
  return stage === 'making' || stage === 'up' || stage === 'scanned' || stage === 'closing';
}

function stageOfCode(shown: PaymentView['shownCode']): CodeStage {
  if (shown === null) return 'closing';
  return shown.scanned ? 'scanned' : 'up';
}

/** The gateway ended it, however early, or its time was up; one that was taken back before that is not paid like any other. */
function endedByItself({ gaveUp, changedAt, startedAt, deadlineSeconds }: PaymentView): boolean {
  return !gaveUp || changedAt - startedAt >= deadlineSeconds * 1000;
}
