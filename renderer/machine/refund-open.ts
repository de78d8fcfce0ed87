/** How a refund begins: a payment of this till, or a receipt that its journal doesn't know. */
import type { Amount, ForeignOrder, Locale, RefundPlan } from '../../core/contract/types.ts';
import { nobodyYet, type Approving } from './approving.ts';
import type { Back } from './back.ts';
import { calls, stay, type Step } from './inputs.ts';
import type { TillScreen } from './state.ts';

/** Whose money goes back. */
export type Subject =
  | { readonly kind: 'ours'; readonly paymentId: string; readonly plan: RefundPlan | null }
  | { readonly kind: 'foreign'; readonly reference: string; readonly order: ForeignOrder | null };

/** Another receipt that was scanned while this one's refund is on screen. */
export type OtherReceipt =
  | { readonly kind: 'ours'; readonly paymentId: string; readonly number: string; readonly amount: Amount }
  | { readonly kind: 'foreign'; readonly reference: string };

export interface RefundPlace {
  readonly name: 'refund';
  /** The three steps are `amount`, `reason` (`other`: its sentence) and `approval`; defaults make the first two done. */
  readonly stage: 'loading' | 'lookingUp' | 'amount' | 'reason' | 'other' | 'approval' | 'sending' | 'cannot' | 'switching';
  readonly subject: Subject;
  /** The gateway refused it for good: what was given back elsewhere is recorded. */
  readonly elsewhere: boolean;
  /** The amount as it is typed; null: all that is left. */
  readonly typed: string | null;
  readonly reasons: readonly string[];
  /** An index into `reasons`; `other` takes the sentence. */
  readonly reason: number | 'other';
  readonly sentence: string;
  readonly approving: Approving;
  /** Set by the first Enter, and kept over whatever is answered: one that came to nothing is a first one again, and a refund is never sent twice. */
  readonly commandId: string | null;
  /** Its newest answer is missing: nobody knows yet what became of it. */
  readonly unclear: boolean;
  readonly other: OtherReceipt | null;
  readonly back: Back;
}

/** What a refund may begin with instead of the defaults. */
export interface RefundStart {
  readonly back?: Back;
  /** The reason that stands already: its place among the four defaults. */
  readonly because?: 'goodsReturned' | 'chargedTwice';
  readonly typed?: string | null;
  /** The amount is what was wrong: its step comes first. */
  readonly atAmount?: boolean;
  /** What the gateway refused for good was given back elsewhere. */
  readonly elsewhere?: boolean;
}

/** The four of SCREENS.md 5.11; the fourth is the sentence. They go into the journal, so they are in the shop's language. */
const defaults: Readonly<Record<Locale, readonly [goodsReturned: string, wrongAmount: string, chargedTwice: string]>> = {
  'zh-CN': ['顾客退货', '金额收错', '重复收款'],
  en: ['Goods returned', 'Wrong amount charged', 'Charged twice'],
};

/** Nine keys, and the last one is the sentence. */
const reasonsMost = 8;

export function openRefund(state: TillScreen, paymentId: string, start: RefundStart = {}): Step {
  const place = refundPlace(state, { kind: 'ours', paymentId, plan: null }, start);
  return stay({ ...state, menu: 'closed', place }, calls('refundPlan', { paymentId }, paymentId));
}

/** A receipt that isn't in this journal: its gateway is asked (CASES 38). */
export function openLookUp(state: TillScreen, reference: string, back: Back = null): Step {
  const place = refundPlace(state, { kind: 'foreign', reference, order: null }, { back });
  return stay({ ...state, menu: 'closed', place: { ...place, stage: 'lookingUp' } }, calls('lookUp', { reference }, reference));
}

/** What was looked up is believed for a while only. The command stays: a refund that went out under it is never a second one. */
export function lookUpAgain(state: TillScreen, at: RefundPlace, reference: string): Step {
  if (at.stage === 'lookingUp' || at.stage === 'sending' || at.unclear) return stay(state);
  const { state: next, requests } = openLookUp(state, reference, at.back);
  return stay(next.place.name === 'refund' ? { ...next, place: { ...next.place, commandId: at.commandId } } : next, ...requests);
}

function refundPlace(state: TillScreen, subject: Subject, start: RefundStart): RefundPlace {
  const { reasons, reason, sentence } = reasonsOf(state, start.because ?? 'goodsReturned', []);
  return {
    name: 'refund', stage: 'loading', subject, elsewhere: start.elsewhere ?? false, typed: start.atAmount ? start.typed ?? '' : start.typed ?? null, reasons, reason, sentence,
    approving: nobodyYet, commandId: null, unclear: false, other: null, back: start.back ?? null,
  };
}

interface Reasons {
  readonly reasons: readonly string[];
  readonly reason: number | 'other';
  readonly sentence: string;
}

/** The shop's own reasons where it has some, else the defaults; and which of them stands. */
export function reasonsOf(state: TillScreen, because: 'goodsReturned' | 'chargedTwice', planned: readonly string[]): Reasons {
  const [goodsReturned, wrongAmount, chargedTwice] = defaults[state.status?.locale ?? 'zh-CN'];
  const own = [planned, state.status?.refund.reasons ?? []].find((list) => list.length > 0);
  const reasons = (own ?? [goodsReturned, wrongAmount, chargedTwice]).slice(0, reasonsMost);
  if (because === 'goodsReturned') return { reasons, reason: 0, sentence: '' };
  const index = reasons.indexOf(chargedTwice);
  return index === -1 ? { reasons, reason: 'other', sentence: chargedTwice } : { reasons, reason: index, sentence: '' };
}
