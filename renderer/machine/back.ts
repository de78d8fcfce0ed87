/** Where `−` leads from a screen that was opened out of another one: that one, as it stood. */
import { clearedCounter } from './actions.ts';
import { calls, stay, type Request, type Step } from './inputs.ts';
import type { Place, TillScreen } from './state.ts';

/** The place that stands again, with the payment that was at the counter; null: the next sale, with the amount that is typed there. */
export type Back = Place | null;

export function goBack(state: TillScreen, back: Back): Step {
  if (!back) return stay(clearedCounter(state));
  return stay({ ...state, place: back, receiptUp: false }, ...readAgain(back));
}

/** A payment's lines are older than what was done meanwhile. */
function readAgain(back: Exclude<Back, null>): readonly Request[] {
  if (back.name === 'paymentDetail') return [calls('paymentDetail', { paymentId: back.paymentId }, back.paymentId)];
  return back.name === 'open' ? [{ kind: 'loadOpen' }] : [];
}

/** The place to come back to from what stands now. */
export function backHere({ place }: TillScreen): Back {
  return place;
}
