/** A code that the customer scans, at the counter: how it is asked for, and what its keys do. */
import type { PaymentView } from '../../core/contract/types.ts';
import { startCharge } from './charging.ts';
import { codeStage } from './code-stage.ts';
import { entryTotal } from './entry.ts';
import { refused, stay, type Moment, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import { entryRules, type TillScreen } from './state.ts';
import { hasAmount, shownPayment } from './view.ts';

/** Whether some gateway of this shop shows codes: else the cap isn't there. */
export function canShow({ status }: TillScreen): boolean {
  return status !== null && status.showing;
}

/** `*` on Sale: a code for the amount that stands. */
export function showCode(state: TillScreen, moment: Moment): Step {
  const rules = entryRules(state);
  if (!rules || !hasAmount(state) || !canShow(state)) return refused(state);
  return startCharge(state, { scan: null, amount: entryTotal(state.entry, rules), paymentId: null, assurances: [] }, moment);
}

/** A code, or a new one, for the sale that was not paid. */
export function showAgain(state: TillScreen, moment: Moment): Step {
  const failed = shownPayment(state);
  if (!failed || !canShow(state)) return refused(state);
  return startCharge({ ...state, currentId: failed.paymentId }, { scan: null, amount: failed.amount, paymentId: failed.paymentId, assurances: [] }, moment);
}

/** The caps of the screen that shows a code. One press takes the code back: it is asked about first, and what was paid stays paid. */
export function codeBindings(state: TillScreen, shown: PaymentView | null): readonly Binding[] {
  const askNow: Binding = { key: 'Enter', action: 'askNow', word: 'cap.askNow', primary: true };
  const cancelCode: Binding = { key: '-', action: 'giveUp', word: 'cap.cancelCode' };
  switch (shown && codeStage(shown)) {
    case 'making':
      return [cancelCode];
    case 'up': case 'scanned':
      return [cancelCode, ...(state.status?.printer.present ? [{ key: '+', press: printCode, word: 'cap.printCode' } as const] : []), askNow];
    case 'closing':
      return [{ key: '+', action: 'park', word: 'cap.park' }, askNow];
    case 'expired':
      return [{ key: '-', action: 'cancelSale', word: 'cap.cancelSale' }, { key: 'Enter', press: showAgain, word: 'cap.newCode', primary: true }];
    case 'notClosed':
      return [{ key: '-', action: 'cancelSale', word: 'cap.cancelSale' }, { key: 'Enter', action: 'changeAmount', word: 'cap.chargeOtherwise', primary: true }];
    default:
      return [];
  }
}

function printCode(state: TillScreen): Step {
  const payment = shownPayment(state);
  return payment ? stay(state, { kind: 'printCode', paymentId: payment.paymentId }) : refused(state);
}
