/** What a gateway is to the engine: a pair of pure functions and a description. A gateway says how, the engine says when. */
import type { ZodType } from 'zod';
import type { DeclineReason, Wallet } from '../contract/types.ts';
import type { Amount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import type { PayerCharge } from '../money/payer-charge.ts';
import type { Instant, WireAnswer, WireRequest } from '../ports.ts';
import type { DocumentedWord } from './documented.ts';
import type { SettingField } from './setting-field.ts';
import type { StatementProfile } from './statement-profile.ts';
import type { TerminalRule } from './terminal-rule.ts';

/** The scanned digits. A secret: lives in memory only, and only as long as a request may need it (money rule 9). */
export type PaymentCode = string;

/** How a sale is paid: we scan the customer's code (CPM), or the customer scans one that we show (MPM). */
export type Direction = 'scan' | 'show';

/**
 * What an attempt is asked with: `pay` charges a scanned code, `present` gets a code to show, `query` asks for the outcome,
 * `reverse` undoes a payment or closes what was shown.
 */
export type AttemptCall = 'pay' | 'present' | 'query' | 'reverse';

/** What a refund is asked with: `refund` gives money back, also as the same request once more; `queryRefund` asks how it ended. */
export type RefundCall = 'refund' | 'queryRefund';

export type Call = AttemptCall | RefundCall;

/** What a gateway may know of one refund. Present for the two calls of refunds alone. */
export interface RefundFacts {
  /** Our number of it there: the same in every transmission. */
  readonly refundRef: string;
  /** Theirs, once an answer that was ours named it. */
  readonly gatewayRefundRef: string | null;
  readonly amount: Amount;
  /** What other refunds of the same payment gave back or hold, by the journal: some gateways answer with the total so far. */
  readonly earlier: Amount;
  /** What answers about it gave to keep (`RefundOrderFacts.kept`). */
  readonly kept: Kept;
  /** Why, in the shop's words; gateways that take a text get it. */
  readonly reason: string;
}

/** What a gateway's answer gave for its own later calls, in its own words: the links to follow, say. Journaled; no secret. */
export type Kept = Readonly<Record<string, string>>;

/** What a gateway may know of one attempt when it builds a request or reads an answer. */
export interface AttemptFacts {
  /** Our order number there. */
  readonly attemptRef: string;
  /** Theirs, once an answer that was ours named it; in a query it may be a claim. */
  readonly gatewayRef: string | null;
  /**
   * True where a person entered `gatewayRef` (CASES 22): it may be any order's, so an answer is about ours only where it names
   * our number. Present for `query` alone.
   */
  readonly gatewayRefIsClaim?: boolean;
  readonly amount: Amount;
  readonly direction: Direction;
  /** Present for `pay` alone. */
  readonly code: PaymentCode | null;
  /** The wallet that a code was asked for to show; null leaves it to the settings. Present for `present` alone. */
  readonly showFor: Wallet | null;
  /** For how long a shown code is offered; null for a scanned one. */
  readonly presentSeconds: number | null;
  /** What earlier answers gave to keep (`OrderFacts.kept`). */
  readonly kept: Kept;
  /** Present for `refund` and `queryRefund` alone. */
  readonly refund: RefundFacts | null;
  /** What the payer sees as the subject of the charge: the shop's name. */
  readonly subject: string;
  readonly operator: string;
  readonly terminalId: string;
}

/** What changes from request to request. */
export interface Moment {
  readonly now: Instant;
  /** 32 fresh characters of a-z and 0-9. */
  readonly nonce: string;
  /** The access token of a gateway that has a `token` rule; null elsewhere. A secret. */
  readonly token: string | null;
}

/** Where an attempt was sent to and as whom; it is asked and undone under the same alone (CASES 6). */
export interface GatewayIdentity {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Terminal or merchant number. */
  readonly account: string;
}

/** What an answer says beside the outcome, kept as evidence. No payment code, no secret. */
export interface Evidence {
  /** The gateway's code, as it came: `PAY_FAIL/EXPIRED_BARCODE`. */
  readonly code: string | null;
  /** The gateway's words for a person, as they came. */
  readonly words: string | null;
}

/** Facts about an order that an answer named and that were checked to be this attempt's. */
export interface OrderFacts {
  readonly gatewayRef: string | null;
  /** The wallet's own bill number (`trade_no`). */
  readonly walletRef: string | null;
  readonly wallet: Wallet | null;
  readonly payerId: string | null;
  /** When it was paid by the gateway's clock; null where none is named without doubt. */
  readonly paidAt: Instant | null;
  /** What later calls need of this answer; laid over what was kept before. */
  readonly kept?: Kept;
  /** What the payer is charged in a currency of their own; missing where the answer names none, and in older journals. */
  readonly charged?: PayerCharge;
}

/** Facts about a refund that an answer named and that were checked to be this one's. */
export interface RefundOrderFacts {
  readonly gatewayRefundRef: string | null;
  /** When the money went back by the gateway's clock; null where none is named without doubt. */
  readonly refundedAt: Instant | null;
  /** What later calls need of this answer. */
  readonly kept?: Kept;
}

/** Why a refund was refused, in the till's own words. */
export type RefundRefusal =
  /** More than the gateway can still give back for this order. */
  | 'amountTooMuch'
  /** The shop's balance at the gateway doesn't cover it. */
  | 'shopBalance'
  /** Too long ago. */
  | 'tooOld'
  /** The order is in no state to be refunded: not paid, closed, or already given back. */
  | 'orderState'
  /** This amount can't be given back: only all of it, say. */
  | 'amountRefused'
  | 'terminalUnknown' | 'orderUnknown' | 'wrongKey' | 'clockOff' | 'merchantBlocked' | 'requestRefused' | 'gatewayUnreachable' | 'other';

/**
 * What an answer means. A closed union; whatever isn't listed in a gateway's tables is `unknown` (money rule 2).
 * `aboutOrder` says that the words speak of the order itself and not of this request: only such words count as the
 * answer to a repeat (CASES 2).
 */
export type Outcome =
  | {
      readonly kind: 'paid';
      readonly order: OrderFacts;
      readonly aboutOrder: boolean;
      /** False where the answer names no amount: a query right after compares it (CASES 23). */
      readonly amountCompared: boolean;
      /** True for "this order was paid already": as the answer to a first transmission it may be another's order (CASES 5). */
      readonly saysAlreadyPaid: boolean;
      readonly evidence: Evidence;
    }
  /** The answer to `present`: the order stands, and this is what the customer scans. */
  | { readonly kind: 'shown'; readonly order: OrderFacts; readonly qr: string; readonly evidence: Evidence }
  | {
      readonly kind: 'waiting';
      readonly order: OrderFacts;
      /** True where the words say that the payer is at it right now: has opened the code, or types the password. */
      readonly payerIsThere?: boolean;
      readonly evidence: Evidence;
    }
  | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly aboutOrder: boolean; readonly order: OrderFacts | null; readonly evidence: Evidence }
  | { readonly kind: 'reversed'; readonly order: OrderFacts | null; readonly evidence: Evidence }
  | { readonly kind: 'notFound'; readonly evidence: Evidence }
  /** The money went back, or is on its way without anybody being able to stop it. Reference and amount were compared. */
  | { readonly kind: 'refunded'; readonly refund: RefundOrderFacts; readonly evidence: Evidence }
  /** Accepted, but it has not arrived: it may still fail. */
  | { readonly kind: 'refundPending'; readonly refund: RefundOrderFacts; readonly evidence: Evidence }
  /**
   * Nothing was given back. `aboutRefund` says that the words speak of the refund itself and not of this request: only
   * such words count as the answer to a repeat (CASES 2).
   */
  | { readonly kind: 'refundDeclined'; readonly reason: RefundRefusal; readonly aboutRefund: boolean; readonly evidence: Evidence }
  | {
      readonly kind: 'unknown';
      readonly why: UnknownWhy;
      /** Set where the answer was surely ours, so that its number can be asked for. */
      readonly order: OrderFacts | null;
      /** The same of a refund; left out where nothing about it was surely ours. */
      readonly refund?: RefundOrderFacts;
      readonly evidence: Evidence;
    };

export type UnknownWhy =
  /** No table lists these words, or the answer is no answer of this gateway at all. */
  | 'unlisted'
  /** The gateway says that it doesn't know. */
  | 'gatewayUnsure'
  /** Reference or amount is not ours. */
  | 'mismatch'
  /** The number is in use already (CASES 5). */
  | 'numberInUse'
  /** Key or signature refused: an outcome on the first submission, "ask again" later (DESIGN.md 7). */
  | 'keyRefused'
  /** The reversal was refused; only a query says what the order is now. */
  | 'reversalRefused'
  /** Not this much more can be given back: after a lost answer that means that it was probably done (CASES 24). */
  | 'refundLimit'
  /** The access token was refused, and the request was not looked at: it may go out once more under a new one. */
  | 'tokenRefused'
  /** Neither of the terminal's two keys is taken any more (CASES 32). */
  | 'bothKeysRefused';

/** An order that another till made, as its gateway describes it (CASES 38). */
export type FoundOrder =
  | {
      readonly kind: 'found';
      /** Our side's order number there. */
      readonly attemptRef: string;
      readonly gatewayRef: string | null;
      readonly walletRef: string | null;
      readonly wallet: Wallet | null;
      readonly amount: Amount;
      /** How it was paid, where the gateway treats the two differently; a scan where nothing says. */
      readonly direction?: Direction;
      readonly paidAt: Instant | null;
      /** Paid, and nothing of it was given back: the only state in which another till's order may be refunded. */
      readonly untouched: boolean;
      readonly evidence: Evidence;
    }
  | { readonly kind: 'notFound'; readonly evidence: Evidence }
  /** No reliable answer: nothing may be concluded from it. */
  | { readonly kind: 'unknown'; readonly evidence: Evidence };

/** How a gateway looks up an order that isn't in this journal. */
export interface LookUp<Settings = unknown> {
  /** True where such a text may be one of its numbers; anything else isn't asked for. */
  mayBe(reference: string): boolean;
  build(reference: string, settings: Settings, moment: Moment): WireRequest;
  /** Total: never throws. */
  read(reference: string, answer: WireAnswer, settings: Settings): FoundOrder;
}

/** What the engine needs to know about a gateway, and all that it knows. */
export interface Capabilities {
  readonly cpm: boolean;
  readonly mpm: boolean;
  readonly currencies: readonly Currency[];
  /** By which number an order of a scanned code can be asked for. */
  readonly queryBy: 'attemptRef' | 'gatewayRef';
  /** Null where a scanned payment can't be undone. */
  readonly reverse: null | ReverseCapability;
  /** What holds for orders of a shown code; null where none can be shown. */
  readonly present: null | PresentCapability;
  /** How long after the scan the very same payment may be sent again to learn its outcome; null where never (CASES 21). */
  readonly repeatPayWithinSeconds: number | null;
  /** Seconds before the first query of an order in progress. */
  readonly firstQueryAfterSeconds: number;
  /**
   * Our order numbers: `prefix`, then random letters of `alphabet` up to `length` in all, at least 50 random bits of them
   * (CASES 4). A letter in front and digits behind make a short barcode that can't be taken for a payment code.
   */
  readonly reference: ReferenceRule;
  /** Null where the gateway can't give money back: it is told beforehand, and nothing is sent. */
  readonly refund: null | RefundCapability;
}

/** How numbers of ours are made: `prefix`, then random letters of `alphabet` up to `length` in all. */
export interface ReferenceRule {
  readonly prefix: string;
  readonly length: number;
  readonly alphabet: string;
}

export interface ReverseCapability {
  /** Whether it also undoes a paid order (CASES 15). */
  readonly undoesPaid: boolean;
  /** Minutes east of Greenwich of the day on which it works alone; null where no day ends it (CASES 18). */
  readonly onlyOnDayAtOffsetMinutes: number | null;
}

export interface PresentCapability {
  /** By which number an order of a shown code can be asked for. */
  readonly queryBy: 'attemptRef' | 'gatewayRef';
  /** Null where a shown code can't be closed: unpaid, it becomes a quiet review (CASES 27). */
  readonly reverse: null | ReverseCapability;
  /** Seconds between the code being shown and the first query. */
  readonly firstQueryAfterSeconds: number;
  /** The longest that the gateway keeps a code payable; null where nothing says. The till offers it no longer. */
  readonly validSecondsMost: number | null;
  /** The wallets of which one can be asked for; empty where one code serves all, or the settings decide (`shownWallets`). */
  readonly wallets: readonly Wallet[];
}

/** How a gateway's access token is got: kept in memory, renewed ahead, one renewal at a time, never logged. */
export interface TokenRule<Settings = unknown> {
  build(settings: Settings): WireRequest;
  /** Total: never throws. */
  read(answer: WireAnswer): TokenAnswer;
}

export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string; readonly expiresInSeconds: number }
  /** The credentials are refused: nothing can be asked with them. */
  | { readonly kind: 'refused'; readonly evidence: Evidence }
  | { readonly kind: 'unknown'; readonly evidence: Evidence };

/** A request that came to the notification listener, as it came. */
export interface NotificationRequest {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** After the question mark, undecoded; empty where there is none. */
  readonly query: string;
  readonly body: Uint8Array;
}

/** What the listener answers, as the document says. */
export interface NotificationReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What a notification says, all of which only ever triggers a query (CASES 22, ERRATA). */
export type Notification =
  | {
      readonly kind: 'about';
      /** Our order number; null where it names none. */
      readonly attemptRef: string | null;
      /** Theirs: a claim that a query compares before anything is believed. */
      readonly gatewayRef: string | null;
      /** Our number of a refund, where it is about one. */
      readonly refundRef: string | null;
      /** False where nothing signs it, or no key is configured to verify it. */
      readonly verified: boolean;
      /** Set where it says that the payer disputes the payment, with its words: told to people and journaled once, and no money moves by it. */
      readonly dispute?: string;
      readonly reply: NotificationReply;
    }
  /** The signature is wrong, or it can't be read: nothing is asked because of it. */
  | { readonly kind: 'refused'; readonly why: 'signature' | 'unreadable'; readonly reply: NotificationReply };

export interface NotificationRule<Settings = unknown> {
  /** Total: never throws. */
  read(request: NotificationRequest, settings: Settings): Notification;
}

export interface RefundCapability {
  /** By which number the order must be known to be refunded. */
  readonly orderBy: 'attemptRef' | 'gatewayRef';
  readonly partial: boolean;
  /** How long after the payment; null where nothing says. */
  readonly withinDays: number | null;
  /**
   * What the same request under the same number does after a lost answer. `same`: it is the same refund, however often it is
   * sent. `whenMoreThanHalf`: nothing promises that, so it is sent again only where a second one can't fit (CASES 24). `never`.
   */
  readonly repeat: 'same' | 'whenMoreThanHalf' | 'never';
  /** By which number the refund can be asked for; null where not at all, and then only a repeat can tell. */
  readonly queryBy: 'refundRef' | 'gatewayRefundRef' | null;
  /**
   * True where `queryRefund` of a refund whose number is not known asks for its payment instead: nothing in the answer ends the
   * refund, and a person who must look is shown what it said. It is `pending` meanwhile, for the short pauses alone.
   */
  readonly asksPaymentInstead?: boolean;
  /** Our refund numbers, as `reference` of orders (CASES 4). */
  readonly reference: ReferenceRule;
}

/** How the connection test learns which means of payment are open for the shop: a question that moves nothing. */
export interface MethodsRule<Settings = unknown> {
  /** Null where these settings can't ask. */
  build(settings: Settings, moment: Moment): WireRequest | null;
  /** The codes in an answer; null where it is no list of them. Total. */
  read(answer: WireAnswer): readonly string[] | null;
  /** The code that the settings name: every order asks for it. */
  configured(settings: Settings): string;
}

export interface Gateway<Settings = unknown> {
  readonly id: string;
  readonly names: Readonly<Record<'zh-CN' | 'en', string>>;
  readonly capabilities: Capabilities;
  readonly settings: ZodType<Settings>;
  /** The settings' form: one field for each key of `settings`, in the order of the screen. */
  readonly form: readonly SettingField[];
  /** Names of the settings that are secret, so that nothing ever shows or logs them. */
  readonly secretKeys: readonly string[];
  /** Words of a refusal that are about one of the settings, and its name: what the message to the owner names. */
  readonly settingsOfWords?: Readonly<Record<string, string>>;
  /** Which ways this block of settings allows, where that isn't simply what the capabilities say. */
  directions?(settings: Settings): { readonly cpm: boolean; readonly mpm: boolean };
  /** Our numbers where they depend on the settings; the capabilities' own rules elsewhere. */
  references?(settings: Settings): { readonly order: ReferenceRule; readonly refund: ReferenceRule | null };
  /**
   * The wallets that surely can scan a code for which none was asked, so that this block decides; empty where that isn't known.
   * Left out where one code serves all, or one wallet alone.
   */
  shownWallets?(settings: Settings): readonly Wallet[];
  identity(settings: Settings): GatewayIdentity;
  currency(settings: Settings): Currency;
  /** Null where orders of others can't be asked for. */
  readonly lookUp: LookUp<Settings> | null;
  /** Null where requests carry no access token. */
  readonly token: TokenRule<Settings> | null;
  /** Null where the gateway notifies nobody. */
  readonly notification: NotificationRule<Settings> | null;
  /** Left out where the gateway lists no means of payment. */
  readonly methods?: MethodsRule<Settings>;
  /** Left out where a till has no terminal of its own to activate and to check in (CASES 32). */
  readonly terminal?: TerminalRule<Settings> | undefined;
  /** Every word of its documents that its tables list, for the conformance suite and docs/gateways.md. */
  readonly documented?: readonly DocumentedWord[];
  /** What its statement files look like; left out where nobody has seen one: then the common headings read it. */
  readonly statement?: StatementProfile;
  /** The request exactly as it goes out; the body holds the bytes that were signed. */
  build(call: Call, attempt: AttemptFacts, settings: Settings, moment: Moment): WireRequest;
  /** Total: never throws. Compares reference and amount before it believes a word about the order. */
  read(call: Call, attempt: AttemptFacts, answer: WireAnswer, settings: Settings): Outcome;
}
