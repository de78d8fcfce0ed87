/** Everything that a screen of the till remembers: plain data, changed only by `step`. */
import type {
  Amount, Assurance, Instant, LongTask, Message, OpenPayments, PaymentDetail, PaymentView, Preferences, TillStatus, Wallet,
} from '../../core/contract/types.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { noCounts, type Counts } from './counting.ts';
import { emptyEntry, type Entry, type EntryRules } from './entry.ts';
import type { PartPlace } from './places.ts';

/** How this screen stands to its till. `occupied`: another screen operates it; `takenOver`: another took it from this one. */
export type Link = 'connecting' | 'up' | 'down' | 'occupied' | 'takenOver';

/** A payment code that was read: never the code itself, only the till's handle to it. */
export interface HeldScan {
  readonly scanId: string;
  readonly wallet: Wallet;
  readonly last4: string;
  readonly expiresAt: Instant;
}

/** What a sale is to be charged with. */
export interface Charge {
  /** Null where the customer is to scan a code of ours. */
  readonly scan: HeldScan | null;
  readonly amount: Amount;
  /** The payment that was not paid and is tried again. */
  readonly paymentId: string | null;
  readonly assurances: readonly Assurance[];
}

/** A charge that the till asked about before doing it: nothing was charged yet. */
export type Guard =
  | { readonly kind: 'sameCustomer'; readonly other: PaymentView; readonly givenUp: boolean; readonly charge: Charge }
  | { readonly kind: 'codePaid' | 'codeOpen' | 'sameCodeFailed'; readonly other: PaymentView; readonly charge: Charge };

/** Where the cashier has gone. The counter shows the sale, or the payment that is being made of it. */
export type Place =
  | { readonly name: 'counter' }
  | { readonly name: 'open'; readonly list: 'open' | 'quiet'; readonly index: number }
  | { readonly name: 'payment'; readonly paymentId: string }
  | PartPlace;

/** One thing to say that is no verdict. */
export type Notice =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'words'; readonly key: WordKey; readonly values?: Readonly<Record<string, string>> }
  /** Something went as it was meant to, and can't be seen otherwise: it stops nothing. */
  | { readonly kind: 'done'; readonly key: WordKey; readonly values?: Readonly<Record<string, string>> };

/** A payment, or its refund, that ended while it wasn't on screen. */
export interface LateBar {
  readonly payment: PaymentView;
  /** Set where the bar is about a refund. */
  readonly refundRef: string | null;
  readonly since: Instant;
}

/** Long work that has ended. */
export interface TaskBar {
  readonly task: LongTask;
  readonly since: Instant;
}

export interface TillScreen {
  readonly now: Instant;
  readonly link: Link;
  readonly status: TillStatus | null;
  readonly preferences: Preferences;
  readonly entry: Entry;
  readonly entryChangedAt: Instant;
  /** True once the amount has rested: it is read aloud, and the till was told. */
  readonly entrySettled: boolean;
  /** The digits of a code typed by hand; null while the amount is typed. */
  readonly typedCode: string | null;
  readonly held: HeldScan | null;
  readonly charging: { readonly commandId: string; readonly charge: Charge } | null;
  readonly guard: Guard | null;
  /** The payment at the counter. */
  readonly currentId: string | null;
  readonly payments: Readonly<Record<string, PaymentView>>;
  readonly place: Place;
  /** `sections`: the settings that exist; `settings`: those of this screen. */
  readonly menu: 'closed' | 'main' | 'sections' | 'settings';
  /** The cashier asked to give up: the question stands before its time. */
  readonly askedToGiveUp: boolean;
  readonly keptWaiting: readonly string[];
  /** Not paid: when the same amount was confirmed for the next scan. */
  readonly rearmedAt: Instant | null;
  readonly receiptUp: boolean;
  readonly detail: PaymentDetail | null;
  readonly openPayments: OpenPayments | null;
  /** Whoever stood at the counter before this page was loaded has been put back there, once selling had begun. */
  readonly counterTakenUp: boolean;
  readonly recent: readonly PaymentView[] | null;
  readonly notice: Notice | null;
  readonly bars: readonly LateBar[];
  readonly taskBars: readonly TaskBar[];
  /** Some customer display shows what it is given. */
  readonly displayUp: boolean;
  /** Notes and coins counted so far: leaving the count keeps them. */
  readonly drawerCounts: Counts;
  /** When a person last touched the till, and when the till was last asked to lock. */
  readonly lastHandAt: Instant;
  readonly lockAskedAt: Instant;
  /** Since when what is on screen stands there. */
  readonly shownSince: Instant;
}

export const defaultPreferences: Preferences = { locale: null, theme: 'system', keypad: 'shown', amountEntry: 'decimalPoint', volume: 60 };

export function initialState(now: Instant, preferences: Preferences = defaultPreferences): TillScreen {
  return {
    now, link: 'connecting', status: null, preferences, entry: emptyEntry, entryChangedAt: now, entrySettled: true, typedCode: null, held: null,
    charging: null, guard: null, currentId: null, payments: {}, place: { name: 'counter' }, menu: 'closed', askedToGiveUp: false,
    keptWaiting: [], rearmedAt: null, receiptUp: false, detail: null, openPayments: null, counterTakenUp: false, recent: null, notice: null, bars: [], taskBars: [], displayUp: false,
    drawerCounts: noCounts, lastHandAt: now, lockAskedAt: 0, shownSince: now,
  };
}

/** How amounts are typed here; null before the till has said its currency. */
export function entryRules(state: TillScreen): EntryRules | null {
  if (!state.status) return null;
  return { currency: state.status.currency, maximumMinor: state.status.maximumAmount.minor, mode: state.preferences.amountEntry };
}
