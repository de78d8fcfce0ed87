/** What a screen may ask of the till and what the till tells it: the types of the contract, free of any library. */
import type { Amount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import type { PayerCharge } from '../money/payer-charge.ts';
import type { ReceiptDocument } from '../receipt/document.ts';
import type { DayPage, DayView, ExportFormat, FindReply, ListFilter, LongTask, ReconcileReply, ReconcileResult, StatementFile, StatementLook, StatementMapping, TaskReply } from './day-types.ts';
import type { Message } from './messages.ts';
import type { CashReply, CashTaken, LookUpReply, Refundable, RefundPlanReply, RefundReply, RefundRequest, RefundView, Settled, SettleHow, SettleReply } from './refund-types.ts';
import type { ActivateTerminalReply, ActivateTerminalRequest, SaveSettingsReply, SettingsChange, SettingsReply, TestGatewayReply } from './settings-types.ts';
import type { CloseReply, CountReply, Denomination, ShiftReply, ShiftView, XReply, ZView } from './shift-types.ts';
import type { Approval, PeopleReply, Person, PersonChange, PersonName, Role, SignReply, StaffStatus } from './staff-types.ts';

export type * from './day-types.ts';
export type * from './display-types.ts';
export type * from './refund-types.ts';
export type * from './settings-types.ts';
export type * from './shift-types.ts';
export type * from './staff-types.ts';
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
export type AttemptStateName = 'submitting' | 'waitingForPayer' | 'unknown' | 'reversing' | 'paid' | 'declined' | 'reversed' | 'review' | 'settled' | 'lapsed';

/** What the cashier is told. */
export type Verdict = 'paid' | 'notPaid' | 'notKnownYet';

/** Why an attempt was not paid, in the till's own words; the gateway's stand beside it. */
export type DeclineReason =
  | 'insufficientBalance' | 'codeExpired' | 'codeInvalid' | 'payerCancelled' | 'walletLimit' | 'shopLimit' | 'cardNotSupported'
  | 'walletNotTaken' | 'amountRefused' | 'gatewayUnreachable' | 'wrongKey' | 'anotherTill' | 'clockOff' | 'merchantBlocked' | 'terminalUnknown'
  | 'requestRefused' | 'closed' | 'neverArrived' | 'other';

/** Why a person must look. */
export type ReviewReason =
  /** Six reversals without a confirmation. */
  | 'reversalFailed'
  /** The gateway has no reversal, and the time is up. */
  | 'cannotUndo'
  /** A shown code that can't be closed, and that nobody has paid: nobody waits for it (CASES 27). */
  | 'codeNotClosed'
  /** A shown code that can't be closed, and that somebody is paying right now, the gateway says. */
  | 'payerIsPaying'
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
  /** The gateway said paid, and then that it isn't, of the same order. */
  | 'saidPaidAndNot'
  /** The number was already in use at the gateway (CASES 5). */
  | 'numberInUse'
  /** The day of the payment is over, so it can't be undone any more (CASES 18). */
  | 'dayIsOver'
  /** The settings no longer hold the identity it was sent under (CASES 6). */
  | 'identityMissing'
  /** The gateway takes neither key of the terminal that it was sent under (CASES 32). */
  | 'terminalKeyRefused'
  /** A person had recorded an outcome, and the gateway now says otherwise (CASES 17). */
  | 'settledContradicted'
  /** The gateway's statement shows money under a number that ended without any. */
  | 'onStatement'
  /** The journal is an older copy, and what became of it is missing: it may have been reversed (CASES 29). */
  | 'historyMissing';

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
  /** `scan`: the customer's code was scanned. `show`: the customer scans ours. Cash and found orders count as scans. */
  readonly direction: 'scan' | 'show';
  /** What the customer scans; null until the gateway gave it, and again once it can't be paid any more. */
  readonly shownCode: ShownCode | null;
  readonly orderNumberEntry: OrderNumberEntry;
  /** The last four digits of the code; null where there was none. */
  readonly last4: string | null;
  /** What the payer was charged in a currency of their own; null where it was the shop's, or no answer named it. */
  readonly charged: PayerCharge | null;
  /** The gateway has notified that the payer disputes it (a chargeback): somebody must look in its portal. */
  readonly disputed: boolean;
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
  /** The shop's day on which it began. */
  readonly day: string;
  /** `cash`: taken at the drawer, no gateway spoke. */
  readonly tender: 'gateway' | 'cash';
  readonly cash: CashTaken | null;
  /** Who was at the till. */
  readonly operator: PersonName;
  /** Another till's order, here only because it was refunded here (CASES 38): in no total of sales. */
  readonly foreign: boolean;
  /** What a person recorded; null where nobody did. */
  readonly settled: Settled | null;
  /** Oldest first. */
  readonly refunds: readonly RefundView[];
  readonly refundable: Refundable;
}

/**
 * The gateway's number of an order that can be asked about and refunded by it alone (CASES 22). `none`: nothing to enter.
 * `wanted`: no answer ever named it, and it may be entered. `asking`: one was entered, and the gateway is asked under it; another
 * may be entered instead. `wrong`: the one entered last was not this order's, and is forgotten. `unanswered`: nobody said.
 */
export type OrderNumberEntry = 'none' | 'wanted' | 'asking' | 'wrong' | 'unanswered';

/** A code that the customer scans. */
export interface ShownCode {
  /** The content of the QR code. */
  readonly qr: string;
  readonly since: Instant;
  /** Until when it is offered: then it is closed. */
  readonly until: Instant;
  /** The wallets that surely can scan it; empty where that isn't known. */
  readonly wallets: readonly Wallet[];
  /** The gateway says that somebody has opened it and is paying. */
  readonly scanned: boolean;
}

/** One line of evidence, as the journal has it. */
export interface TimelineEntry {
  readonly at: Instant;
  /** The journal's number of this line. */
  readonly sequence: number;
  readonly by: 'till' | 'gateway' | 'person' | 'unknown';
  readonly what:
    | 'disputed' | 'journaled' | 'sent' | 'repeated' | 'codeAsked' | 'codeShown' | 'lapsed' | 'answerPaid' | 'answerWaiting' | 'answerDeclined' | 'answerReversed' | 'answerNotFound'
    | 'answerUnknown' | 'noAnswer' | 'neverSent' | 'asked' | 'keptWaiting' | 'gaveUp' | 'parked' | 'deadline' | 'undoSent'
    | 'handedToPerson' | 'restarted' | 'notWanted' | 'wantedAgain' | 'receiptPrinted' | 'receiptInterrupted'
    | 'numberEntered' | 'settledPaid' | 'settledNotPaid' | 'reopened' | 'cashTaken' | 'cashReturned' | 'drawerOpened' | 'foundElsewhere'
    | 'approved' | 'refundJournaled' | 'refundSent' | 'refundRepeated' | 'refundAsked' | 'refundDone' | 'refundAccepted'
    | 'refundRefused' | 'refundNotFound' | 'refundCash' | 'refundOutside' | 'refundHandedToPerson' | 'refundSettled';
  /** Who did it, where a person did. */
  readonly person: string | null;
  /** The refund that this line is about; null where it is about the payment. */
  readonly refundRef: string | null;
  /** What the line moved, at the right edge; null where it moved nothing. */
  readonly amount: Amount | null;
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
  readonly staff: StaffStatus;
  /** The open shift; null where none is. */
  readonly shift: { readonly number: number; readonly openedAt: Instant; readonly by: PersonName } | null;
  /** True where nothing is sold without an open shift: a shop that has people (decision 8). */
  readonly shiftNeeded: boolean;
  /** Cash as a tender: whether it is taken, what it is rounded to, and the notes that one digit stands for. */
  readonly cash: { readonly on: boolean; readonly roundTo: Amount; readonly notes: readonly Amount[] };
  readonly refund: { readonly reasons: readonly string[]; readonly approvalAbove: Amount };
  /** Whether a gateway here shows codes for customers to scan. */
  readonly showing: boolean;
  /** Running work, and work that ended in the last minute. */
  readonly tasks: readonly LongTask[];
  /** CASES 29: this journal is an older copy; no refund before it was reconciled. */
  readonly restored: boolean;
  readonly dayChangeHour: number;
  /** Open payments, reviews included, quiet ones not. */
  readonly openCount: number;
  readonly scanner: StatusLight & { readonly present: boolean };
  readonly printer: StatusLight & { readonly present: boolean };
  readonly gateways: readonly (StatusLight & { readonly id: string; readonly names: Readonly<Record<Locale, string>> })[];
  /** `also`: that a payment can't be read, where another note has the message; both are shown. */
  readonly journal: StatusLight & { readonly also?: Message };
  /** Where gateways' notifications come in; null where nothing is set up to take them. */
  readonly notifications: StatusLight | null;
  readonly clockCheckedAt: Instant | null;
}

/** What the till made of a scan. A payment code itself never leaves the main process: screens get a handle. */
export type ScanSeen =
  | { readonly kind: 'paymentCode'; readonly scanId: string; readonly wallet: Wallet; readonly last4: string; readonly digits: number; readonly expiresAt: Instant }
  | { readonly kind: 'receipt'; readonly paymentId: string; readonly number: string; readonly amount: Amount; readonly verdict: Verdict }
  /** A badge of this shop: `scanId` approves or signs in. */
  | { readonly kind: 'badge'; readonly scanId: string; readonly person: PersonName & { readonly role: Role } }
  /** May be the number of another till's order (CASES 38): `lookUp` asks its gateway. */
  | { readonly kind: 'foreignReceipt'; readonly reference: string; readonly gateway: string }
  /** `scanId` is a handle for `setBadge`: whatever is neither a payment code nor a receipt may become somebody's badge. */
  | { readonly kind: 'other'; readonly scanId: string | null; readonly message: Message }
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

export interface PresentRequest {
  /** Made by the screen; a repeat after a dropped connection gets the first one's payment (CASES 8). */
  readonly commandId: string;
  readonly amount: Amount;
  /** A new attempt of a sale that was not paid. */
  readonly paymentId?: string | undefined;
  readonly saleRef?: string | undefined;
  /** The command line names the gateway; the screens leave it to the routing. */
  readonly gateway?: string | undefined;
  /** The wallet that the code is for, where the gateway makes codes of one wallet; absent leaves it to the settings. */
  readonly wallet?: Wallet | undefined;
  readonly assurances?: readonly Assurance[] | undefined;
}

export type PresentReply = Extract<PayReply, { kind: 'started' | 'askSameCustomer' | 'refused' }>;

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
  /** Shows a code that the customer scans (C-scan-B). The payment's view carries it once the gateway has given it. */
  present: [PresentRequest, PresentReply];
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
  /** Prints the code that the customer scans, while it can be paid: a slip that is no receipt. */
  printCode: [{ readonly paymentId: string }, ActReply];
  /** Tries the journal again after it could not be written. */
  retryJournal: [Record<string, never>, TillStatus];
  openPayments: [Record<string, never>, OpenPayments];
  /** The newest payments, newest first, at most `count`. */
  recentPayments: [{ readonly count: number }, readonly PaymentView[]];
  paymentDetail: [{ readonly paymentId: string }, PaymentDetail | null];

  // ---- cash
  payCash: [{ readonly commandId: string; readonly amount: Amount; readonly receivedMinor: number; readonly paymentId?: string | undefined; readonly saleRef?: string | undefined }, CashReply];
  /** Not cash after all: the same person, before the next sale. */
  returnCash: [{ readonly commandId: string; readonly paymentId: string }, ActReply];

  // ---- refunds
  refundPlan: [{ readonly paymentId: string; readonly attemptRef?: string | undefined }, RefundPlanReply];
  refund: [RefundRequest, RefundReply];
  askRefundNow: [{ readonly paymentId: string; readonly refundRef: string }, ActReply];
  /** Given back elsewhere, where the gateway can't refund: recorded with a reason and an approval, reported apart. */
  recordOutsideRefund: [RefundRequest, RefundReply];
  printRefund: [{ readonly paymentId: string; readonly refundRef: string }, ActReply];
  /** Asks the gateways for an order that isn't in this journal (CASES 38). */
  lookUp: [{ readonly reference: string }, LookUpReply];
  refundForeign: [{ readonly commandId: string; readonly lookUpId: string; readonly reason: string; readonly approval?: Approval | undefined }, RefundReply];

  // ---- a person's word
  settle: [{ readonly commandId: string; readonly paymentId: string; readonly refundRef?: string | undefined; readonly as: 'paid' | 'notPaid'; readonly how: SettleHow; readonly sentence: string | null; readonly approval?: Approval | undefined }, SettleReply];

  /** The gateway's number of an order, from its portal: a claim that is asked under at once, and never paid by itself (CASES 22). */
  enterOrderNumber: [{ readonly commandId: string; readonly paymentId: string; readonly number: string; readonly approval?: Approval | undefined }, SettleReply];

  // ---- people
  people: [Record<string, never>, readonly Person[]];
  signIn: [{ readonly approval: Approval }, SignReply];
  /** Hides the screen; who was there stays signed in until somebody else signs in. */
  lock: [Record<string, never>, TillStatus];
  /** The first person is an owner and needs no approval; later ones need an owner's. */
  addPerson: [{ readonly commandId: string; readonly name: string; readonly role: Role; readonly approval?: Approval | undefined }, PeopleReply];
  changePerson: [{ readonly commandId: string; readonly operatorId: string; readonly change: PersonChange; readonly approval?: Approval | undefined }, PeopleReply];
  setPin: [{ readonly commandId: string; readonly operatorId: string; readonly pin: string; readonly approval?: Approval | undefined }, PeopleReply];
  /** `scanId` null takes the badge away at once. */
  setBadge: [{ readonly commandId: string; readonly operatorId: string; readonly scanId: string | null; readonly approval?: Approval | undefined }, PeopleReply];

  // ---- settings, the owner's; the approval is as with people
  settings: [{ readonly approval?: Approval | undefined }, SettingsReply];
  /** `mark` is the one of the `SettingsView` that the change was made on. */
  saveSettings: [{ readonly commandId: string; readonly mark: string; readonly change: SettingsChange; readonly approval?: Approval | undefined }, SaveSettingsReply];

  /** Tries a gateway as it is set up, with unsaved `values` over it, in steps that move no money. */
  testGateway: [{ readonly gateway: string; readonly values: Readonly<Record<string, string | null>>; readonly approval?: Approval | undefined }, TestGatewayReply];

  /** A new terminal for the vendor's code (CASES 32), in use at once; the number is told, the key to nobody. */
  activateTerminal: [ActivateTerminalRequest, ActivateTerminalReply];

  // ---- shifts
  shift: [Record<string, never>, ShiftView];
  openShift: [{ readonly commandId: string; readonly floatMinor: number; readonly denominations?: readonly Denomination[] | undefined }, ShiftReply];
  /** In or out of the drawer; `amountMinor` 0 opens it with nothing to book. */
  moveCash: [{ readonly commandId: string; readonly direction: 'in' | 'out'; readonly amountMinor: number; readonly reason: string; readonly approval?: Approval | undefined }, ShiftReply];
  /** Read any time; `approval` of a supervisor shows the cash sums and is journaled. */
  xReport: [{ readonly approval?: Approval | undefined }, XReply];
  printX: [Record<string, never>, { readonly kind: 'done' } | { readonly kind: 'refused'; readonly message: Message }];
  /** Journals a count; only its answer tells what it should be. The second one is the recount. */
  countDrawer: [{ readonly commandId: string; readonly countedMinor: number; readonly denominations?: readonly Denomination[] | undefined }, CountReply];
  /** `leftMinor` stays in the drawer for the next shift; the takings are taken out. `uncounted`: by the machine's owner alone. */
  closeShift: [{ readonly commandId: string; readonly differenceReason?: string | undefined; readonly leftMinor?: number | undefined; readonly uncounted?: true | undefined }, CloseReply];
  z: [{ readonly number: number }, ZView | null];
  printZ: [{ readonly number: number }, { readonly kind: 'done' } | { readonly kind: 'refused'; readonly message: Message }];

  // ---- find and the day
  /** `scanId`: a payment code that was scanned, looked up by its hash; then `text` is empty. */
  find: [{ readonly text: string; readonly filter: ListFilter; readonly count: number; readonly scanId?: string | undefined }, FindReply];
  day: [{ readonly day: string; readonly filter: ListFilter }, DayView];
  dayPage: [{ readonly day: string; readonly filter: ListFilter; readonly after: string | null; readonly count: number }, DayPage];
  /** `rowsLeftOut`: the list is too long for paper, and its totals print alone; 0 where it prints. */
  printDay: [{ readonly day: string }, { readonly kind: 'done'; readonly rowsLeftOut: number } | { readonly kind: 'refused'; readonly message: Message }];

  // ---- long work, carried out by the host in a worker
  startExport: [{ readonly commandId: string; readonly fromDay: string; readonly toDay: string; readonly format: ExportFormat; readonly folder?: string | undefined }, TaskReply];
  /** Where the next one goes, and the places that are there to choose from; `folder` is one of them. */
  exportFolders: [Record<string, never>, { readonly folder: string; readonly folders: readonly string[] }];
  cancelTask: [{ readonly taskId: string }, null];
  /** `folders`: all places that may hold statements; `folder` is one of them. */
  statements: [{ readonly folder?: string | undefined }, { readonly folder: string; readonly folders: readonly string[]; readonly files: readonly StatementFile[] }];
  statementLook: [{ readonly path: string; readonly gateway?: string | undefined; readonly mapping?: StatementMapping | undefined }, StatementLook];
  startReconcile: [{ readonly commandId: string; readonly path: string; readonly gateway: string; readonly mapping: StatementMapping }, ReconcileReply];
  reconcileResult: [{ readonly taskId: string }, ReconcileResult | { readonly kind: 'refused'; readonly message: Message } | null];
  /** A note on a difference is an event of its own; the journal is never changed from a file. */
  noteDifference: [{ readonly commandId: string; readonly taskId: string; readonly index: number; readonly note: string }, ReconcileResult | { readonly kind: 'refused'; readonly message: Message } | null];
  exportDifferences: [{ readonly taskId: string; readonly format: ExportFormat }, TaskReply];
}

/** Calls that the host carries out beside the till: files and workers are no business of core. */
export type HostCallName = 'startExport' | 'exportFolders' | 'cancelTask' | 'statements' | 'statementLook' | 'startReconcile' | 'reconcileResult' | 'noteDifference' | 'exportDifferences';

export type TillCallName = keyof TillCalls;

/** What the till says without being asked. */
export type TillEvent =
  | { readonly type: 'status'; readonly status: TillStatus }
  | { readonly type: 'payment'; readonly payment: PaymentView }
  /** Progress and end of long work. */
  | { readonly type: 'task'; readonly task: LongTask }
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
