/** The settings as their screens see and change them: never a secret's value, always the state of the file they were read from. Types alone. */
import type { ReceiptDocument } from '../receipt/document.ts';
import type { Amount } from '../money/amount.ts';
import type { Message } from './messages.ts';
import type { Approval, ApprovalRefusal } from './staff-types.ts';
import type { Instant, Locale, PaymentView, Wallet } from './types.ts';

/** What the owner may see and change. */
export interface SettingsView {
  /** Which state of settings.json this is: a save from an older one is refused, so that nobody's change is lost. */
  readonly mark: string;
  /** False in training: what is changed there is forgotten when the training ends. */
  readonly kept: boolean;
  readonly refundReasons: readonly string[];
  readonly receipt: ReceiptSettings;
  /** Every gateway that this version speaks to, set up or not. */
  readonly gateways: readonly GatewaySettings[];
  readonly routing: RoutingSettings;
}

type Words = Readonly<Record<Locale, string>>;

/** A gateway's form (SCREENS.md 5.17). */
export interface GatewaySettings {
  readonly id: string;
  readonly names: Words;
  /** It stands in settings.json; else it is off. */
  readonly on: boolean;
  /** Whether it takes scanned codes and shows codes in the store's currency, as it is set up now. */
  readonly scans: boolean;
  readonly shows: boolean;
  readonly fields: readonly SettingFieldView[];
  /** What is typed in to activate a terminal of this till (CASES 32), with keys such as `activation.code`; null where there is none to activate. */
  readonly activation: readonly SettingFieldView[] | null;
}

/** One field of a form, with what stands in settings.json; groups are flattened. */
export interface SettingFieldView {
  /** In the gateway's block: `terminalSn`, `payment.deadlineSeconds`. */
  readonly key: string;
  readonly kind: 'text' | 'secret' | 'address' | 'choice' | 'number' | 'amount';
  readonly label: Words;
  readonly help: Words | null;
  /** What holds where it is empty; null where it must be filled. */
  readonly whenEmpty: Words | null;
  /** The group that it stands in. */
  readonly group: Words | null;
  readonly choices: readonly { readonly value: string; readonly label: Words }[];
  readonly unit: Words | null;
  /** What the form advises for a number. */
  readonly wise: { readonly least: number; readonly most: number } | null;
  /** As it is written; null where nothing is. Of a secret always null. */
  readonly value: string | null;
  readonly isSet: boolean;
  /** It came with an activation and is kept among the till's secrets, not in settings.json. */
  readonly keptApart: boolean;
}

/** Where a scanned code goes by wallet, where new ones go while that is down, and in which order gateways show codes. */
export interface RoutingSettings {
  readonly cpm: Readonly<Record<Wallet, string | null>>;
  readonly fallback: Readonly<Record<Wallet, string | null>>;
  readonly mpm: readonly string[];
}

export interface ReceiptSettings {
  readonly header: readonly string[];
  readonly footer: readonly string[];
  /** A receipt of this shop without these lines, and before which of its blocks they stand. */
  readonly sample: { readonly document: ReceiptDocument; readonly headerAt: number; readonly footerAt: number };
}

/** One section as it should be; what is left out stays as it is. */
export interface SettingsChange {
  readonly refundReasons?: readonly string[] | undefined;
  readonly receipt?: { readonly header: readonly string[]; readonly footer: readonly string[] } | undefined;
  readonly gateway?: GatewayChange | undefined;
  readonly routing?: RoutingSettings | undefined;
}

export interface GatewayChange {
  readonly id: string;
  /** Only what was changed, by the fields' keys; null takes a key out. Secrets are among them where they are replaced. */
  readonly values: Readonly<Record<string, string | null>>;
  /** CASES 6: the old identity is kept for what hangs on it; without it a save that would cut something off is not made. */
  readonly keepFormer?: boolean | undefined;
}

/** What an identity still carries, named before it or its key is changed (CASES 6). */
export interface Hanging {
  readonly gateway: string;
  readonly names: Words;
  /** The fields that make the difference, and their values before and after; of a secret only that there is one. */
  readonly changes: readonly { readonly label: Words; readonly before: string; readonly after: string }[];
  /** Payments without an outcome, oldest first. */
  readonly open: readonly PaymentView[];
  readonly openRefunds: readonly { readonly payment: PaymentView; readonly amount: Amount; readonly startedAt: Instant }[];
  /** Receipts' numbers of payments of this gateway that had something open when they could still be read: under which identity they were sent isn't known. */
  readonly unreadable: readonly string[];
  /** Paid payments that may still be refunded; `withinDays` null where the gateway names no end. */
  readonly refundable: number;
  readonly withinDays: number | null;
}

/** The steps of a connection test, in this order; it stops at the first that fails. No step moves money. */
/** `methods` is a step of gateways alone that list their means of payment. */
export type TestStepName = 'server' | 'certificate' | 'clock' | 'signature' | 'query' | 'methods';

export interface TestStep {
  readonly step: TestStepName;
  readonly state: 'passed' | 'failed' | 'notRun';
  readonly detail: TestDetail | null;
}

export type TestDetail =
  | { readonly kind: 'milliseconds'; readonly n: number }
  | { readonly kind: 'validUntil'; readonly at: Instant }
  /** On this machine itself, without encryption. */
  | { readonly kind: 'local' }
  | { readonly kind: 'secondsApart'; readonly n: number }
  /** It answered in its own way, but its words don't tell a wrong key from a number that doesn't exist. */
  | { readonly kind: 'cannotTell' }
  /** The means of payment that are open for the shop, as the gateway calls them. */
  | { readonly kind: 'methods'; readonly codes: readonly string[] }
  /** The one of the settings isn't among them: no order could be paid. */
  | { readonly kind: 'methodNotOpen'; readonly method: string; readonly codes: readonly string[] }
  /** The server doesn't say what time it is. */
  | { readonly kind: 'noTime' }
  | { readonly kind: 'addressUnknown' | 'unreachable' | 'silent' | 'certificateWrong' | 'keyWrong' | 'notItsAnswer' | 'numberKnown' };

export interface ConnectionTest {
  readonly gateway: string;
  readonly at: Instant;
  readonly steps: readonly TestStep[];
  /** The gateway's own code and words beside what isn't as it should be, for support; null where all is well. */
  readonly code: string | null;
  readonly words: string | null;
}

export type TestGatewayReply =
  | { readonly kind: 'tested'; readonly test: ConnectionTest }
  | { readonly kind: 'wrong'; readonly problems: readonly SettingProblem[] }
  | ApprovalRefusal
  | { readonly kind: 'refused'; readonly message: Message };

export interface ActivateTerminalRequest {
  readonly commandId: string;
  readonly gateway: string;
  /** What was typed on the gateway's form and isn't saved; it is saved with the activation. */
  readonly values: GatewayChange['values'];
  /** By `ActivationKey`: used once and kept nowhere. */
  readonly activation: Readonly<Record<string, string>>;
  readonly approval?: Approval | undefined;
}

export type ActivateTerminalReply =
  /** The terminal is in use, and its key is kept. */
  | { readonly kind: 'activated'; readonly number: string; readonly settings: SettingsView; readonly message: Message }
  /** With the gateway's own code and words, for support. */
  | { readonly kind: 'notActivated'; readonly message: Message; readonly code: string | null; readonly words: string | null }
  | { readonly kind: 'wrong'; readonly problems: readonly SettingProblem[] }
  | ApprovalRefusal
  | { readonly kind: 'refused'; readonly message: Message };

/** What is wrong with one key, in both languages; without the value. */
export interface SettingProblem {
  /** `refund.reasons[2]`, as in settings.json. */
  readonly key: string;
  /** 最多 200 个字符。 ｜ Must have at most 200 characters. The field that it stands at says which. */
  readonly words: Readonly<Record<Locale, string>>;
}

export type SettingsReply =
  | { readonly kind: 'settings'; readonly settings: SettingsView }
  | ApprovalRefusal
  | { readonly kind: 'refused'; readonly message: Message };

export type SaveSettingsReply =
  /** Written, journaled and in force. */
  | { readonly kind: 'saved'; readonly settings: SettingsView }
  /** Nothing was written: these keys are wrong, in the order of the file. */
  | { readonly kind: 'wrong'; readonly problems: readonly SettingProblem[] }
  /** Nothing was written: this hangs on the identity, or on its key, that would be changed. `keepFormer` changes it all the same. */
  | { readonly kind: 'hanging'; readonly hanging: Hanging }
  /** Somebody changed the file meanwhile: nothing was written, and this is how it stands now. */
  | { readonly kind: 'changedMeanwhile'; readonly settings: SettingsView; readonly message: Message }
  | ApprovalRefusal
  | { readonly kind: 'refused'; readonly message: Message };
