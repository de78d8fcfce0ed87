/** The settings of a running till: read and changed where they are kept, and in force with the write. */
import type { ZodType } from 'zod';
import { editSettings, markOf, type SettingsText } from '../adapters/settings-file.ts';
import { parseSettings } from '../adapters/settings.ts';
import type { Settings } from '../core/contract/settings.ts';
import type { Gateway } from '../core/gateways/gateway.ts';
import type { KeyChange, Prepared, SettingsStore } from '../core/settings/store.ts';

export interface SettingsStoreOptions {
  readonly text: SettingsText;
  readonly kept: boolean;
  readonly gateways: readonly Gateway[];
  readonly gatewaySchemas: Readonly<Record<string, ZodType>>;
  /** Called with the settings that were just written. */
  readonly inForce: (settings: Settings) => void;
}

export function settingsStore({ text, kept, gateways, gatewaySchemas, inForce }: SettingsStoreOptions): SettingsStore {
  const prepare = (changes: readonly KeyChange[], mark: string): Prepared => {
    const read = text.read();
    if (read.kind === 'unreadable') return read;
    if (markOf(read.text) !== mark) return { kind: 'changedMeanwhile' };
    const edited = editSettings(read.text, changes, gatewaySchemas);
    if (edited.kind === 'wrong') return edited;
    return {
      kind: 'ready',
      write() {
        const again = text.read();
        if (again.kind === 'unreadable' || again.text !== read.text) return 'changedMeanwhile';
        try {
          text.replace(edited.text);
        } catch {
          return 'notWritten';
        }
        inForce(edited.settings);
        return 'written';
      },
    };
  };
  return {
    kept,
    gateways,
    prepare,
    read() {
      const read = text.read();
      if (read.kind === 'unreadable') return read;
      const parsed = parseSettings(read.text, gatewaySchemas);
      return parsed.kind === 'settings' ? { kind: 'stored', mark: markOf(read.text), raw: parsed.raw } : { kind: 'unreadable', problem: parsed.problems[0] };
    },
  };
}
