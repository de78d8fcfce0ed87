/** Where the settings are kept: read as they stand, changed key by key, and in force as soon as they are written. */
import type { SettingsProblem } from '../contract/settings.ts';
import type { Gateway } from '../gateways/gateway.ts';

/** One key as it should be; `value` undefined takes it out. */
export interface KeyChange {
  /** From the top of the file: `['refund', 'reasons']`. */
  readonly path: readonly string[];
  readonly value: unknown;
}

export interface StoredSettings {
  readonly kind: 'stored';
  /** Changes with every change of the file, whoever made it. */
  readonly mark: string;
  /** The file as it is written. Holds secrets: never to a screen or a log as a whole. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export type Prepared =
  /** Would be a whole and valid file. `write` puts it in the old one's place at once, durably, and then in force. */
  | { readonly kind: 'ready'; write(): 'written' | 'changedMeanwhile' | 'notWritten' }
  | { readonly kind: 'wrong'; readonly problems: readonly SettingsProblem[] }
  | { readonly kind: 'changedMeanwhile' }
  | { readonly kind: 'unreadable'; readonly problem: SettingsProblem };

export interface SettingsStore {
  /** False where nothing outlives the process (training). */
  readonly kept: boolean;
  /** The gateways that this version speaks to, in the order of their forms. */
  readonly gateways: readonly Gateway[];
  read(): StoredSettings | { readonly kind: 'unreadable'; readonly problem: SettingsProblem };
  /** Tries changes on the file of this mark without writing anything. */
  prepare(changes: readonly KeyChange[], mark: string): Prepared;
}
