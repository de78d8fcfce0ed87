/** What a screen may ask of the till and what the till tells it: the types of the contract, free of any library. */
import type { Amount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import type { ReceiptDocument } from '../receipt/document.ts';
import type { Message } from './messages.ts';

export type { ReceiptBlock, ReceiptDocument } from '../receipt/document.ts';
export type { Message, MessageKey } from './messages.ts';
export type { Amount } from '../money/amount.ts';
export type { Currency } from '../money/currency.ts';

/** Milliseconds since 1970 by the till's wall clock. */
export type Instant = number;

export type Locale = 'zh-CN' | 'en';

/** The wallet, told from the code's prefix: for labels and routing, never a reason to refuse (CASES 36). */
export type Wallet = 'wechat' | 'alipay' | 'unionpay' | 'other';

/** Where an attempt stands (DESIGN.md 4). */
export type AttemptStateName = 'submitting' | 'waitingForPayer' | 'unknown' | 'reversing' | 'paid' | 'declined' | 'reversed' | 'review';

/** What the cashier is told. */
export type Verdict = 'paid' | 'notPaid' | 'notKnownYet';

/** Why an attempt was not paid, in the till's own words; the gateway's stand beside it. */
export type DeclineReason =
  | 'insufficientBalance' | 'codeExpired' | 'codeInvalid' | 'payerCancelled' | 'walletLimit' | 'shopLimit' | 'cardNotSupported'
  | 'walletNotTaken' | 'amountRefused' | 'gatewayUnreachable' | 'wrongKey' | 'clockOff' | 'merchantBlocked' | 'terminalUnknown'
  | 'requestRefused' | 'closed' | 'neverArrived' | 'other';

/** Why a person must look. */
export type ReviewReason =
  /** Six reversals without a confirmation. */
  | 'reversalFailed'
  /** The gateway has no reversal, and the time is up. */
  | 'cannotUndo'
  /** The gateway says paid after the till or the cashier gave up. */
  | 'paidAfterGivingUp'
  /** The gateway says paid after it had said that no money moved, or after a confirmed reversal. */
  | 'paidAfterUndo'
  /** A second attempt of one sale is paid too. */
  | 'paidTwice'
  /** Paid, although the customer paid otherwise (CASES 14). */
  | 'notWanted'
  /** The gateway's amount or number is not ours. */
  | 'answerMismatch'
  /** The number was already in use at the gateway (CASES 5). */
  | 'numberInUse'
  /** The day of the payment is over, so it can't be undone any more (CASES 18). */
  | 'dayIsOver'
  /** The settings no longer hold the identity it was sent under (CASES 6). */
  | 'identityMissing';

export type PrintState = 'none' | 'waiting' | 'printing' | 'printed' | 'interrupted';

/** One payment as a list or a verdict screen shows it. Plain data; safe to send to a renderer. */
export interface PaymentView {
  readonly paymentId: string;
  /** The short number on the receipt: `T01-251120-0386`. */
  readonly number: string;
  /** The shop's own order number, where one was given. */
  readonly saleRef: string | null;
  readonly amount: Amount;
  readonly state: AttemptStateName;
  readonly verdict: Verdict;
  /** True while its outcome is not known and someone waits for it: it counts in the status bar's chip. */
  readonly open: boolean;
  /** Open, but nothing that a cashier waits for (CASES 27). */
  readonly quiet: boolean;
  readonly gateway: string;
  readonly gatewayNames: Readonly<Record<Locale, string>>;
  readonly attemptRef: string;
  readonly gatewayRef: string | null;
  readonly walletRef: string | null;
  readonly wallet: Wallet;
  /** The last four digits of the code; null where there was none. */
  readonly last4: string | null;
  readonly startedAt: Instant;
  readonly changedAt: Instant;
  /** When it became paid, by the till's clock. */
  readonly paidAt: Instant | null;
  readonly declineReason: DeclineReason | null;
  readonly reviewReason: ReviewReason | null;
  /** What happened, what it means for the money, what to do next; null where the verdict says it all. */
  readonly message: Message | null;
  /** The gateway's own code and words, for support; null where it said none. */
  readonly gatewayCode: string | null;
  readonly gatewayWords: string | null;
  /** True where the gateway can undo: decides what Waiting promises. */
  readonly canUndo: boolean;
  readonly gaveUp: boolean;
  readonly parked: boolean;
  readonly notWanted: boolean;
  /** Seconds of the policy this attempt runs under, counted from `startedAt`. */
  readonly questionSeconds: number;
  readonly deadlineSeconds: number;
  /** How often the gateway was asked, and when it is asked or undone next (wall clock); null while a request is out. */
  readonly asked: number;
  readonly nextAt: Instant | null;
  /** How often the reversal was sent. */
  readonly undoTries: number;
  readonly undoTriesMost: number;
  readonly receipt: PrintState;
  /** Another payment of the same payer and amount within ten minutes (CASES 12). */
  readonly likelyDuplicateOf: string | null;
  readonly supportPhone: string | null;
}

/** One line of evidence, as the journal has it. */
export interface TimelineEntry {
  readonly at: Instant;
  /** The journal's number of this line. */
  readonly sequence: number;
  readonly by: 'till' | 'gateway' | 'person' | 'unknown';
  readonly what:
    | 'journaled' | 'sent' | 'repeated' | 'answerPaid' | 'answerWaiting' | 'answerDeclined' | 'answerReversed' | 'answerNotFound'
    | 'answerUnknown' | 'noAnswer' | 'neverSent' | 'asked' | 'keptWaiting' | 'gaveUp' | 'parked' | 'deadline' | 'undoSent'
    | 'handedToPerson' | 'restarted' | 'notWanted' | 'wantedAgain' | 'receiptPrinted' | 'receiptInterrupted';
  /** How many lines of the same kind in a row this one stands for. */
  readonly count: number;
  /** References, words or seconds that belong to it, ready to show; never a secret. */
  readonly detail: string | null;
}

export interface PaymentDetail {
  readonly payment: PaymentView;
  readonly timeline: readonly TimelineEntry[];
  /** The receipt as it prints; null while the payment isn't paid. */
  readonly receipt: ReceiptDocument | null;
}

export interface OpenPayments {
  /** Oldest first. */
  readonly open: readonly PaymentView[];
  readonly quiet: readonly PaymentView[];
  readonly settledToday: { readonly paid: number; readonly undone: number; readonly longestSeconds: number };
  readonly chain: 'whole' | 'checking' | 'broken';
}

export type Light = 'ready' | 'attention' | 'gone';

export interface StatusLight {
  readonly light: Light;
  /** What is wrong, in three sentences; null when all is well. */
  readonly message: Message | null;
}

/** Everything on the frame of every screen. */
export interface TillStatus {
  readonly version: string;
  readonly training: boolean;
  /** The payer's phone of the built-in simulator, in training only. */
  readonly phoneUrl: string | null;
  readonly storeName: string;
  readonly terminalId: string;
  readonly timezone: string;
  readonly locale: Locale;
  readonly currency: Currency;
  readonly maximumAmount: Amount;
  /** `recovering`: open payments are asked before anything new is sold (money rule 7). `stopped`: nothing can be sold; `stopMessage` says why. */
  readonly phase: 'recovering' | 'ready' | 'stopped';
  readonly stopMessage: Message | null;
  readonly recovery: { readonly open: number; readonly asked: number };
  /** Open payments, reviews included, quiet ones not. */
  readonly openCount: number;
  readonly scanner: StatusLight & { readonly present: boolean };
  readonly printer: StatusLight & { readonly present: boolean };
  readonly gateways: readonly (StatusLight & { readonly id: string; readonly names: Readonly<Record<Locale, string>> })[];
  readonly journal: StatusLight;
  readonly clockCheckedAt: Instant | null;
}

/** What the till made of a scan. A payment code itself never leaves the main process: screens get a handle. */
export type ScanSeen =
  | { readonly kind: 'paymentCode'; readonly scanId: string; readonly wallet: Wallet; readonly last4: string; readonly digits: number; readonly expiresAt: Instant }
  | { readonly kind: 'receipt'; readonly paymentId: string; readonly number: string; readonly amount: Amount; readonly verdict: Verdict }
  | { readonly kind: 'other'; readonly message: Message }
  | { readonly kind: 'garbled'; readonly message: Message };

/** What a person has already answered, so that it isn't asked again for this scan. */
export type Assurance = 'anotherCustomer' | 'chargeAgain' | 'sameCodeAgain';

export interface PayRequest {
  /** Made by the screen; a repeat after a dropped connection gets the first one's payment (CASES 8). */
  readonly commandId: string;
  readonly scanId: string;
  readonly amount: Amount;
  /** A new attempt of a sale that was not paid. */
  readonly paymentId?: string | undefined;
  readonly saleRef?: string | undefined;
  /** The command line names the gateway; the screens leave it to the routing. */
  readonly gateway?: string | undefined;
  readonly assurances?: readonly Assurance[] | undefined;
}

export type PayReply =
  | { readonly kind: 'started'; readonly payment: PaymentView }
  /** CASES 11: the amount of a payment that is open or was given up a moment ago. */
  | { readonly kind: 'askSameCustomer'; readonly other: PaymentView; readonly givenUp: boolean }
  /** CASES 9: this code has paid this amount already. */
  | { readonly kind: 'askCodePaid'; readonly other: PaymentView; readonly message: Message }
  /** CASES 9: this code's payment is open; it is charged no amount at all. */
  | { readonly kind: 'codeOpen'; readonly other: PaymentView; readonly message: Message }
  /** The same code with the same amount has just failed. */
  | { readonly kind: 'askSameCodeFailed'; readonly other: PaymentView }
  /** Nothing was sent. */
  | { readonly kind: 'refused'; readonly message: Message };

/** The answer to a command that acts on one payment: its view after it, or why nothing was done. */
export type ActReply = { readonly kind: 'done'; readonly payment: PaymentView } | { readonly kind: 'refused'; readonly message: Message };

/** Every question and command of the contract: name → [request, reply]. */
export interface TillCalls {
  status: [Record<string, never>, TillStatus];
  /** Hands over a scan of a keyboard scanner, or a code typed by hand. A `scan` event does not follow: the reply is it. */
  submitScan: [{ readonly text: string; readonly source: 'keyboard' | 'typed' }, ScanSeen];
  /** Says that an amount stands, so that a connection can be opened ahead (DESIGN.md 8). */
  amountEntered: [{ readonly amount: Amount }, null];
  pay: [PayRequest, PayReply];
  /** Asks the gateway at once, or takes the next reversal early; at most every 2 s. */
  askNow: [{ readonly paymentId: string }, ActReply];
  keepWaiting: [{ readonly paymentId: string }, ActReply];
  giveUp: [{ readonly commandId: string; readonly paymentId: string }, ActReply];
  park: [{ readonly paymentId: string }, ActReply];
  /** CASES 14: the customer paid otherwise; `on: false` takes it back. */
  setNotWanted: [{ readonly paymentId: string; readonly on: boolean }, ActReply];
  /** Prints the receipt again, marked as a copy; the first print where none had begun. */
  printReceipt: [{ readonly paymentId: string }, ActReply];
  /** Prints the timeline with journal numbers and references. */
  printEvidence: [{ readonly paymentId: string }, ActReply];
  /** Tries the journal again after it could not be written. */
  retryJournal: [Record<string, never>, TillStatus];
  openPayments: [Record<string, never>, OpenPayments];
  /** The newest payments, newest first, at most `count`. */
  recentPayments: [{ readonly count: number }, readonly PaymentView[]];
  paymentDetail: [{ readonly paymentId: string }, PaymentDetail | null];
}

export type TillCallName = keyof TillCalls;

/** What the till says without being asked. */
export type TillEvent =
  | { readonly type: 'status'; readonly status: TillStatus }
  | { readonly type: 'payment'; readonly payment: PaymentView }
  /** A scan of a serial or HID scanner, or one that a keyboard scanner cut short. */
  | { readonly type: 'scan'; readonly scan: ScanSeen };

/** What a screen remembers of this workstation. Never money, never secrets. */
export interface Preferences {
  /** Null follows the store's language. */
  readonly locale: Locale | null;
  readonly theme: 'system' | 'light' | 'dark';
  readonly keypad: 'shown' | 'hidden';
  readonly amountEntry: 'decimalPoint' | 'centsFirst';
  /** 0 to 100. */
  readonly volume: number;
}

/** The one interface that the screens know (DESIGN.md 6). Each host carries it in its own way. */
export interface TillClient {
  call<Name extends TillCallName>(name: Name, request: TillCalls[Name][0]): Promise<TillCalls[Name][1]>;
  onEvent(listener: (event: TillEvent) => void): () => void;
}
