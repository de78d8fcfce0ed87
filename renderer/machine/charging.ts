/** A charge from the scan to the till's answer: what is asked first, what is refused, what is on its way. */
import type { Amount, Assurance, PayReply, PresentRequest } from '../../core/contract/types.ts';
import { emptyEntry, entryOf } from './entry.ts';
import { stay, type Moment, type Step } from './inputs.ts';
import { entryRules, type Charge, type Guard, type HeldScan, type TillScreen } from './state.ts';
import { hasAmount, shownPayment } from './view.ts';
import { remember } from './payments.ts';

/** Sends a charge, or asks for a code to show. The screen claims nothing until the till has answered. */
export function startCharge(state: TillScreen, charge: Charge, moment: Moment): Step {
  const request: PresentRequest = {
    commandId: moment.freshId, amount: charge.amount,
    ...(charge.paymentId === null ? {} : { paymentId: charge.paymentId }),
    ...(charge.assurances.length === 0 ? {} : { assurances: charge.assurances }),
  };
  const next = { ...state, charging: { commandId: moment.freshId, charge }, guard: null, held: null, typedCode: null, place: { name: 'counter' } as const };
  return stay(next, charge.scan === null ? { kind: 'present', request } : { kind: 'pay', request: { ...request, scanId: charge.scan.scanId } });
}

export function newCharge(scan: HeldScan, amount: Amount, paymentId: string | null = null): Charge {
  return { scan, amount, paymentId, assurances: [] };
}

/** The same charge, said again after a person answered the till's question. */
export function assuredCharge(guard: Guard, assurance: Assurance): Charge {
  const said = guard.charge.assurances.includes(assurance) ? guard.charge.assurances : [...guard.charge.assurances, assurance];
  return { ...guard.charge, assurances: said };
}

/** Keeps a code that was shown first, until an amount stands and Enter charges it, or its time is over. */
export function holdScan(state: TillScreen, scan: HeldScan): TillScreen {
  return { ...state, held: scan, typedCode: null, guard: null };
}

/** What the till made of a charge. */
export function onPayReply(state: TillScreen, commandId: string, reply: PayReply): TillScreen {
  if (reply.kind === 'started') {
    const known = remember(state, reply.payment);
    if (state.charging?.commandId !== commandId) return known;
    return { ...known, charging: null, currentId: reply.payment.paymentId, entry: emptyEntry, askedToGiveUp: false, rearmedAt: null, receiptUp: false };
  }
  if (state.charging?.commandId !== commandId) return state;
  const { charge } = state.charging;
  const idle = { ...state, charging: null };
  switch (reply.kind) {
    case 'askSameCustomer':
      return { ...remember(idle, reply.other), guard: { kind: 'sameCustomer', other: reply.other, givenUp: reply.givenUp, charge } };
    case 'askCodePaid':
      return backToSale(idle, { kind: 'codePaid', other: reply.other, charge });
    case 'codeOpen':
      return backToSale(remember(idle, reply.other), { kind: 'codeOpen', other: reply.other, charge });
    case 'askSameCodeFailed':
      return { ...idle, guard: { kind: 'sameCodeFailed', other: reply.other, charge } };
    case 'refused':
      return { ...idle, notice: { kind: 'message', message: reply.message } };
  }
}

/** The till's answer can't be read: nothing is claimed, and nobody charges again before looking. */
export function onPayUnclear(state: TillScreen, commandId: string): Step {
  if (state.charging?.commandId !== commandId) return stay(state);
  return stay({ ...state, charging: null, notice: { kind: 'words', key: 'notice.payUnclear' } }, { kind: 'loadOpen' });
}

/** These two questions stand in the scan block of Sale, whichever screen the scan began on; the amount stays. */
function backToSale(state: TillScreen, guard: Guard): TillScreen {
  const rules = entryRules(state);
  const entry = hasAmount(state) || !rules ? state.entry : entryOf(guard.charge.amount, rules);
  const shown = shownPayment(state);
  return { ...state, guard, entry, currentId: shown && shown.verdict === 'notKnownYet' ? state.currentId : null };
}
