/** Which sound belongs to a change of screen: nothing is said by sound alone, so one sound per verdict is enough. */
import type { PaymentView } from '../../core/contract/types.ts';
import type { SoundName } from './inputs.ts';
import type { TillScreen } from './state.ts';
import { lateRefund } from './turned.ts';
import { codeStage, isCodeLive } from './code-stage.ts';
import { shownPayment } from './view.ts';

export function soundBetween(before: TillScreen, after: TillScreen): SoundName | null {
  // A bar that waited for room and stands now was heard when it came.
  const bar = after.bars.find((candidate) => !before.bars.some(({ payment, refundRef }) => payment === candidate.payment && refundRef === candidate.refundRef));
  if (bar?.refundRef) return lateRefund(bar)?.state === 'refused' ? 'notPaid' : null;
  if (bar) return endSound(bar.payment);
  const shown = shownPayment(after);
  if (!shown) return null;
  const then = shownPayment(before);
  const same = then?.paymentId === shown.paymentId;
  if (!same && then === null && before.charging === null) return null;
  if (soundState(shown) !== (same && then ? soundState(then) : null)) return endSound(shown);
  return crossedQuestion(before, after, shown) ? 'notKnown' : null;
}

/** What is heard for a state; waiting is silent. */
function endSound(payment: PaymentView): SoundName | null {
  const heard = soundState(payment);
  return heard === 'silent' ? null : heard;
}

function soundState(payment: PaymentView): SoundName | 'silent' {
  if (payment.verdict === 'paid') return 'paid';
  if (payment.verdict === 'notPaid') return 'notPaid';
  // A code that nobody pays stops nobody's hand: it is closed, or stays as it is.
  if (isCodeLive(payment) || codeStage(payment) === 'notClosed') return 'silent';
  return payment.state === 'submitting' || payment.state === 'waitingForPayer' ? 'silent' : 'notKnown';
}

/** The knocks come once more when the question's time is reached and nothing is known. */
function crossedQuestion(before: TillScreen, after: TillScreen, payment: PaymentView): boolean {
  if (payment.verdict !== 'notKnownYet' || payment.state === 'review' || isCodeLive(payment)) return false;
  const due = payment.startedAt + payment.questionSeconds * 1000;
  return before.now < due && after.now >= due;
}
