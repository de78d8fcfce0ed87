/** What reaches the screen machine, and what it asks for in return. */
import type {
  ActReply, Amount, Instant, OpenPayments, PaymentDetail, PaymentView, PayReply, PayRequest, Preferences, PresentRequest, ScanSeen, TillCallName, TillCalls, TillEvent, TillStatus,
} from '../../core/contract/types.ts';
import type { PadKey } from './keys.ts';
import type { Link, TillScreen } from './state.ts';

/** The time of an input and a fresh identifier for the command that it may become. */
export interface Moment {
  readonly now: Instant;
  readonly freshId: string;
}

/** A call of the contract for a screen of `parts.ts`. `tag` tells its answer from an older one's. */
export type CallRequest = { [Name in TillCallName]: { readonly kind: 'call'; readonly name: Name; readonly request: TillCalls[Name][0]; readonly tag: string } }[TillCallName];

/** The till's answer to such a call. */
export type Reply = { [Name in TillCallName]: { readonly type: 'reply'; readonly name: Name; readonly tag: string; readonly reply: TillCalls[Name][1] } }[TillCallName];

/** Such a call went unanswered: what it did isn't known. */
export interface ReplyLost {
  readonly type: 'replyLost';
  readonly name: TillCallName;
  readonly tag: string;
}

export type Input =
  | { readonly type: 'key'; readonly key: PadKey }
  /** `−` held down: everything that was typed goes. */
  | { readonly type: 'holdDelete' }
  /** A row or a late bar was touched. */
  | { readonly type: 'row'; readonly index: number }
  /** A long list was scrolled to this row. */
  | { readonly type: 'need'; readonly index: number }
  | { readonly type: 'bar'; readonly paymentId: string }
  /** The bar, or the line on the status bar, of long work was touched. */
  | { readonly type: 'task'; readonly taskId: string }
  | { readonly type: 'list'; readonly list: 'open' | 'quiet' }
  /** A letter of a full keyboard where no field has the focus; and what now stands in the field that has it. */
  | { readonly type: 'letter'; readonly letter: string }
  | { readonly type: 'text'; readonly text: string }
  | Reply
  | ReplyLost
  | { readonly type: 'goOpen' }
  /** The training band was touched; and what came of opening the phone. */
  | { readonly type: 'phone' }
  | { readonly type: 'phoneFailed'; readonly url: string }
  | { readonly type: 'scan'; readonly scan: ScanSeen }
  | { readonly type: 'scanLost' }
  | { readonly type: 'link'; readonly link: Link }
  | { readonly type: 'event'; readonly event: TillEvent }
  | { readonly type: 'status'; readonly status: TillStatus }
  | { readonly type: 'payReply'; readonly commandId: string; readonly reply: PayReply }
  | { readonly type: 'payUnclear'; readonly commandId: string }
  | { readonly type: 'actReply'; readonly reply: ActReply }
  | { readonly type: 'actLost' }
  | { readonly type: 'open'; readonly open: OpenPayments }
  | { readonly type: 'recent'; readonly recent: readonly PaymentView[] }
  | { readonly type: 'detail'; readonly paymentId: string; readonly detail: PaymentDetail | null }
  | { readonly type: 'preferences'; readonly preferences: Preferences }
  /** A customer display has taken what it was given, or there is none. */
  | { readonly type: 'display'; readonly up: boolean }
  | { readonly type: 'tick' };

export type SoundName = 'paid' | 'notPaid' | 'notKnown' | 'tick';

export type Request =
  | CallRequest
  | { readonly kind: 'pay'; readonly request: PayRequest }
  | { readonly kind: 'present'; readonly request: PresentRequest }
  | { readonly kind: 'submitTyped'; readonly text: string }
  | { readonly kind: 'amountEntered'; readonly amount: Amount }
  | { readonly kind: 'askNow' | 'keepWaiting' | 'park' | 'printReceipt' | 'printEvidence' | 'printCode'; readonly paymentId: string }
  | { readonly kind: 'giveUp'; readonly paymentId: string; readonly commandId: string }
  | { readonly kind: 'setNotWanted'; readonly paymentId: string; readonly on: boolean }
  | { readonly kind: 'retryJournal' | 'takeOver' | 'loadStatus' | 'loadOpen' | 'loadRecent' }
  | { readonly kind: 'loadDetail'; readonly paymentId: string }
  | { readonly kind: 'openPhone'; readonly url: string }
  /** A reference onto the clipboard: never a code or a PIN. */
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'savePreferences'; readonly preferences: Preferences }
  | { readonly kind: 'sound'; readonly sound: SoundName };

export interface Step {
  readonly state: TillScreen;
  readonly requests: readonly Request[];
}

export function stay(state: TillScreen, ...requests: Request[]): Step {
  return { state, requests };
}

/** A key that does nothing here: a soft tick, and nothing else. */
export function refused(state: TillScreen): Step {
  return stay(state, { kind: 'sound', sound: 'tick' });
}

/** A request that carries a call; its answer comes back as a `reply` with the same name and tag. */
export function calls<Name extends TillCallName>(name: Name, request: TillCalls[Name][0], tag = ''): CallRequest {
  return { kind: 'call', name, request, tag } as CallRequest;
}
