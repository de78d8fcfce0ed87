/** Where a scan goes, by the screen that stands: the routing table of SCREENS.md 3. */
import { amountWithSign } from '../../core/money/amount.ts';
import { message } from '../../core/contract/messages.ts';
import type { Message, ScanSeen } from '../../core/contract/types.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { clockText } from '../words/format.ts';
import { holdScan, newCharge, startCharge } from './charging.ts';
import type { Back } from './back.ts';
import { codeStage, isCodeLive } from './code-stage.ts';
import { emptyEntry, entryTotal } from './entry.ts';
import { stay, type Moment, type Step } from './inputs.ts';
import { handOver } from './sign-in.ts';
import { openPaymentDetail } from './payment-detail.ts';
import { openLookUp, openRefund } from './refund-open.ts';
import { entryRules, type HeldScan, type TillScreen } from './state.ts';
import { hasAmount, notPaidIsStale, shiftIsMissing, shownPayment, viewName, type ViewName } from './view.ts';

type PaymentCode = Extract<ScanSeen, { kind: 'paymentCode' }>;

export function onScan(before: TillScreen, scan: ScanSeen, moment: Moment): Step {
  const state: TillScreen = { ...before, menu: 'closed' };
  if (state.link !== 'up' || !state.status) return says(state, 'notice.scanNoLink');
  if (scan.kind === 'other' || scan.kind === 'garbled') return tells(state, scan.message);
  if (scan.kind === 'receipt') return onReceipt(state, scan, viewName(state));
  if (scan.kind === 'badge') return handOver(state, scan);
  if (scan.kind === 'foreignReceipt') return isWaiting(state) ? tells(state, message('scanWhileOpen')) : openLookUp(state, scan.reference, backFrom(state));
  if (state.status.phase === 'stopped' && state.status.stopMessage) return tells(state, state.status.stopMessage);
  if (state.status.phase !== 'ready') return tells(state, message('recovering'));
  if (shiftIsMissing(state) && viewName(state) === 'sale') return tells(state, message('shiftClosed'));
  return onPaymentCode(state, scan, viewName(state), moment);
}

/** Where a sale begins or has ended, a receipt begins its refund; elsewhere it opens its payment. */
function onReceipt(state: TillScreen, { paymentId }: Extract<ScanSeen, { kind: 'receipt' }>, view: ViewName): Step {
  if (isWaiting(state)) return tells(state, message('scanWhileOpen'));
  switch (view) {
    case 'sale': case 'typeCode': case 'codePaid': case 'codeOpen': case 'sameCodeFailed': case 'sameCustomer': case 'paid': case 'notPaid': case 'presentQr': case 'cashReceived': case 'cashChange':
      return openRefund({ ...state, guard: null, typedCode: null }, paymentId, { back: backFrom(state) });
    default:
      return openPaymentDetail(state, paymentId, backFrom(state));
  }
}

/** Somebody stands at the counter whose payment has no outcome: nothing else is begun. */
function isWaiting(state: TillScreen): boolean {
  const view = viewName(state);
  const shown = shownPayment(state);
  if (view === 'presentQr') return shown !== null && isCodeLive(shown);
  return view === 'charging' || view === 'waiting' || view === 'question' || view === 'unknown' || view === 'reversing' || view === 'review';
}

/** Paid and the change are over once something else is looked at; all else stands again as it was. */
function backFrom(state: TillScreen): Back {
  const view = viewName(state);
  return view === 'paid' || view === 'cashChange' ? null : state.place;
}

/** A scan that no till has taken: the connection was gone. */
export function onScanLost(state: TillScreen): Step {
  return says(state, 'notice.scanNoLink');
}

function onPaymentCode(state: TillScreen, scan: PaymentCode, view: ViewName, moment: Moment): Step {
  switch (view) {
    case 'sale': case 'typeCode': case 'codePaid': case 'codeOpen': case 'sameCodeFailed':
      return chargeOrHold(state, heldScan(scan), moment);
    case 'sameCustomer':
      return state.guard ? startCharge(state, newCharge(heldScan(scan), state.guard.charge.amount, state.guard.charge.paymentId), moment) : stay(state);
    case 'paid':
      return afterPaid(state, scan);
    case 'notPaid':
      return afterNotPaid(state, scan, moment);
    case 'presentQr':
      return whileCodeShown(state, scan, moment);
    case 'charging': case 'waiting': case 'question': case 'unknown': case 'reversing': case 'review':
      return tells(state, message('scanWhileOpen'));
    default:
      return elsewhere(state);
  }
}

/** Two ways to pay one sale are never open at once: the code is taken back first, and surely closed, before a scan charges. */
function whileCodeShown(state: TillScreen, scan: PaymentCode, moment: Moment): Step {
  const shown = shownPayment(state);
  switch (shown && codeStage(shown)) {
    case 'expired': return afterNotPaid(state, scan, moment);
    case 'notClosed': return says(state, 'notice.scanNotClosed');
    case 'closing': return tells(state, message('scanWhileOpen'));
    default: return says(state, 'notice.scanWhileCode');
  }
}

/** An amount stands: the scan charges it. No amount: the code is held. */
function chargeOrHold(state: TillScreen, scan: HeldScan, moment: Moment): Step {
  const rules = entryRules(state);
  if (!rules || !hasAmount(state)) return stay(holdScan(state, scan));
  return startCharge(state, newCharge(scan, entryTotal(state.entry, rules)), moment);
}

/** The customer's phone still in front of the scanner is no new sale; anybody else's code is the next one's. */
function afterPaid(state: TillScreen, scan: PaymentCode): Step {
  const paid = shownPayment(state);
  if (paid && paid.wallet === scan.wallet && paid.last4 === scan.last4) {
    const time = clockText(paid.paidAt ?? paid.changedAt, state.status?.timezone);
    return tells(state, message('alreadyPaid', { amount: amountWithSign(paid.amount), time }));
  }
  return stay(holdScan({ ...state, currentId: null, place: { name: 'counter' }, receiptUp: false, entry: emptyEntry }, heldScan(scan)));
}

/** Within a minute a new code tries the same sale again; later it may be the next customer's, so it is held (CASES 13). */
function afterNotPaid(state: TillScreen, scan: PaymentCode, moment: Moment): Step {
  const failed = shownPayment(state);
  if (!failed) return stay(state);
  if (notPaidIsStale(state, failed)) return stay({ ...state, held: heldScan(scan), guard: null });
  const current = { ...state, currentId: failed.paymentId };
  return startCharge(current, newCharge(heldScan(scan), failed.amount, failed.paymentId), moment);
}

function elsewhere(state: TillScreen): Step {
  const current = state.currentId === null ? null : state.payments[state.currentId];
  if (current?.verdict === 'notKnownYet') return tells(state, message('scanWhileOpen'));
  return says(state, 'notice.scanElsewhere');
}

function heldScan(scan: PaymentCode): HeldScan {
  return { scanId: scan.scanId, wallet: scan.wallet, last4: scan.last4, expiresAt: scan.expiresAt };
}

function tells(state: TillScreen, said: Message): Step {
  return stay({ ...state, notice: { kind: 'message', message: said } });
}

function says(state: TillScreen, key: WordKey): Step {
  return stay({ ...state, notice: { kind: 'words', key } });
}
