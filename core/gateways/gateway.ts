/** What a gateway is to the engine: a pair of pure functions and a description. A gateway says how, the engine says when. */
import type { ZodType } from 'zod';
import type { DeclineReason, Wallet } from '../contract/types.ts';
import type { Amount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import type { Instant, WireAnswer, WireRequest } from '../ports.ts';

/** The scanned digits. A secret: lives in memory only, and only as long as a request may need it (money rule 9). */
export type PaymentCode = string;

/** The calls that exist so far: `pay` charges a scanned code, `query` asks for the outcome, `reverse` undoes. */
export type Call = 'pay' | 'query' | 'reverse';

/** What a gateway may know of one attempt when it builds a request or reads an answer. */
export interface AttemptFacts {
  /** Our order number there. */
  readonly attemptRef: string;
  /** Theirs, once an answer that was ours named it. */
  readonly gatewayRef: string | null;
  readonly amount: Amount;
  /** Present for `pay` alone. */
  readonly code: PaymentCode | null;
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
}

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
  | { readonly kind: 'waiting'; readonly order: OrderFacts; readonly evidence: Evidence }
  | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly aboutOrder: boolean; readonly order: OrderFacts | null; readonly evidence: Evidence }
  | { readonly kind: 'reversed'; readonly order: OrderFacts | null; readonly evidence: Evidence }
  | { readonly kind: 'notFound'; readonly evidence: Evidence }
  | {
      readonly kind: 'unknown';
      readonly why: UnknownWhy;
      /** Set where the answer was surely ours, so that its number can be asked for. */
      readonly order: OrderFacts | null;
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
  | 'reversalRefused';

/** What the engine needs to know about a gateway, and all that it knows. */
export interface Capabilities {
  readonly cpm: boolean;
  readonly mpm: boolean;
  readonly currencies: readonly Currency[];
  /** By which number an order can be asked for. */
  readonly queryBy: 'attemptRef' | 'gatewayRef';
  /** Null where nothing can be undone. */
  readonly reverse: null | {
    /** Whether it also undoes a paid order (CASES 15). */
    readonly undoesPaid: boolean;
    /** Minutes east of Greenwich of the day on which it works alone; null where no day ends it (CASES 18). */
    readonly onlyOnDayAtOffsetMinutes: number | null;
  };
  /** How long after the scan the very same payment may be sent again to learn its outcome; null where never (CASES 21). */
  readonly repeatPayWithinSeconds: number | null;
  /** Seconds before the first query of an order in progress. */
  readonly firstQueryAfterSeconds: number;
  /**
   * Our order numbers: `prefix`, then random letters of `alphabet` up to `length` in all, at least 50 random bits of them
   * (CASES 4). A letter in front and digits behind make a short barcode that can't be taken for a payment code.
   */
  readonly reference: { readonly prefix: string; readonly length: number; readonly alphabet: string };
}

export interface Gateway<Settings = unknown> {
  readonly id: string;
  readonly names: Readonly<Record<'zh-CN' | 'en', string>>;
  readonly capabilities: Capabilities;
  readonly settings: ZodType<Settings>;
  /** Names of the settings that are secret, so that nothing ever shows or logs them. */
  readonly secretKeys: readonly string[];
  identity(settings: Settings): GatewayIdentity;
  currency(settings: Settings): Currency;
  /** The request exactly as it goes out; the body holds the bytes that were signed. */
  build(call: Call, attempt: AttemptFacts, settings: Settings, moment: Moment): WireRequest;
  /** Total: never throws. Compares reference and amount before it believes a word about the order. */
  read(call: Call, attempt: AttemptFacts, answer: WireAnswer): Outcome;
}
