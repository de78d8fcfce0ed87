/** What the journal keeps of changed settings: who, when and which keys; never a value, it might be a secret. */
import type { PersonName } from '../contract/types.ts';
import type { EventTime } from '../payment/events.ts';

/** The aggregate that all changes of settings belong to. */
export const settingsAggregate = 'settings';

/** Journaled before the file is written: a change that nobody stands behind is worse than a word about one that failed. */
export interface SettingsChanged {
  readonly type: 'settingsChanged';
  readonly time: EventTime;
  readonly by: PersonName;
  readonly commandId: string;
  /** As in settings.json: `refund.reasons`, `gateways.shouqianba.terminalKey`. */
  readonly keys: readonly string[];
}

/** The file could not be written after all: everything stayed as it was. */
export interface SettingsNotWritten {
  readonly type: 'settingsNotWritten';
  readonly time: EventTime;
  readonly by: PersonName;
  /** The command of the `settingsChanged` that it takes back. */
  readonly ofCommand: string;
}

/** A person activated a terminal: its number here is public, its key is among the secrets (CASES 32). */
export interface TerminalActivated {
  readonly type: 'terminalActivated';
  readonly time: EventTime;
  readonly by: PersonName;
  readonly commandId: string;
  readonly gateway: string;
  readonly number: string;
}

export type SettingsEvent = SettingsChanged | SettingsNotWritten | TerminalActivated;
