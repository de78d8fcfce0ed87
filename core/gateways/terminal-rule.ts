/** How a gateway gives a till its terminal: a number and a first key for an activation code, and a new key at each check-in (CASES 32). */
import type { Instant, WireAnswer, WireRequest } from '../ports.ts';
import type { Evidence } from './gateway.ts';
import type { SettingField } from './setting-field.ts';

/** Who signs an activation: the vendor of the till's program. `vendorKey` is a secret. */
export interface Vendor {
  readonly appId: string;
  readonly vendorSn: string;
  readonly vendorKey: string;
}

/** What a person types in for an activation. */
export type ActivationKey = 'code' | keyof Vendor;

export interface Activation {
  /** Where the gateway is, as in its settings. */
  readonly baseUrl: string;
  readonly vendor: Vendor;
  /** What the owner was given for this till: lives some days, for a few uses. */
  readonly code: string;
  /** Made once by chance and kept: never told from hardware (FIELD). */
  readonly deviceId: string;
}

/** What was refused, in the till's own words. */
export type TerminalRefusal =
  /** The code is wrong, too old, or used up; or another field of the request. */
  | 'codeRefused'
  /** The key that signed it: the vendor's of an activation, the terminal's of a check-in. */
  | 'keyRefused'
  /** There is no such terminal, or it was put out of use. */
  | 'terminalUnknown' | 'other';

export type ActivationAnswer =
  /** `terminalKey` is a secret. */
  | { readonly kind: 'activated'; readonly terminalSn: string; readonly terminalKey: string }
  | { readonly kind: 'refused'; readonly why: TerminalRefusal; readonly evidence: Evidence }
  /** No reliable answer: the code may have been used all the same. */
  | { readonly kind: 'unknown'; readonly evidence: Evidence };

export type CheckInAnswer =
  | { readonly kind: 'checkedIn'; readonly terminalKey: string }
  | { readonly kind: 'refused'; readonly why: TerminalRefusal; readonly evidence: Evidence }
  /** No reliable answer: the key may have been changed all the same. */
  | { readonly kind: 'unknown'; readonly evidence: Evidence };

export interface TerminalRule<Settings = unknown> {
  /** The settings that hold what an activation gives. */
  readonly settingKeys: { readonly number: string; readonly key: string };
  /** How a person types an activation in: exactly `code`, `appId`, `vendorSn` and `vendorKey`. None of it is kept. */
  readonly activationForm: readonly (SettingField & { readonly key: ActivationKey; readonly kind: 'text' | 'secret' })[];
  /** The terminal's number in this block, and the key that stands in it. */
  terminalOf(settings: Settings): { readonly number: string; readonly key: string };
  withKey(settings: Settings, key: string): Settings;
  buildActivation(activation: Activation): WireRequest;
  /** Total: never throws. */
  readActivation(answer: WireAnswer): ActivationAnswer;
  /** Signed with the key in these settings. */
  buildCheckIn(settings: Settings, deviceId: string): WireRequest;
  /** Total. Believed of this terminal alone. */
  readCheckIn(settings: Settings, answer: WireAnswer): CheckInAnswer;
  /**
   * What the answer to any call says of the key that signed its request: `refused`, and then nothing of the request was looked
   * at; `taken`; null where it says neither.
   */
  keyWord(answer: WireAnswer): 'taken' | 'refused' | null;
  /** The gateway's own day of a moment, counted from 1970: a check-in is due once in each. */
  dayOf(now: Instant): number;
}
