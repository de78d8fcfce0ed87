/** The settings as their screens see and change them: never a secret's value, always the state of the file they were read from. Types alone. */
import type { ReceiptDocument } from '../receipt/document.ts';
import type { Message } from './messages.ts';
import type { ApprovalRefusal } from './staff-types.ts';
import type { Locale } from './types.ts';

/** What the owner may see and change. */
export interface SettingsView {
  /** Which state of settings.json this is: a save from an older one is refused, so that nobody's change is lost. */
  readonly mark: string;
  /** False in training: what is changed there is forgotten when the training ends. */
  readonly kept: boolean;
  readonly refundReasons: readonly string[];
  readonly receipt: ReceiptSettings;
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
}

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
  /** Somebody changed the file meanwhile: nothing was written, and this is how it stands now. */
  | { readonly kind: 'changedMeanwhile'; readonly settings: SettingsView; readonly message: Message }
  | ApprovalRefusal
  | { readonly kind: 'refused'; readonly message: Message };
