/** What a browser remembers of this screen: in its local storage, checked on the way in. */
import type { Preferences } from '../../core/contract/types.ts';
import { defaultPreferences } from '../machine/state.ts';
import type { PreferenceStore } from './connection.ts';

const storageKey = 'scantill.preferences';

export function browserPreferences(storage: Pick<Storage, 'getItem' | 'setItem'>): PreferenceStore {
  return {
    read: () => Promise.resolve(readPreferences(storage.getItem(storageKey))),
    write: (preferences) => {
      storage.setItem(storageKey, JSON.stringify(preferences));
      return Promise.resolve();
    },
  };
}

/** Preferences from stored text; whatever isn't one of the known values is the default. */
export function readPreferences(text: string | null): Preferences {
  const stored = parsed(text);
  return {
    locale: oneOf(['zh-CN', 'en', null], stored['locale'], defaultPreferences.locale),
    theme: oneOf(['system', 'light', 'dark'], stored['theme'], defaultPreferences.theme),
    keypad: oneOf(['shown', 'hidden'], stored['keypad'], defaultPreferences.keypad),
    amountEntry: oneOf(['decimalPoint', 'centsFirst'], stored['amountEntry'], defaultPreferences.amountEntry),
    volume: volumeOf(stored['volume']),
  };
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Somebody else's text under our key: the defaults stand.
    return {};
  }
}

function oneOf<Value>(allowed: readonly Value[], value: unknown, fallback: Value): Value {
  return allowed.find((candidate) => candidate === value) ?? fallback;
}

function volumeOf(value: unknown): number {
  return typeof value === 'number' && value >= 0 && value <= 100 ? value : defaultPreferences.volume;
}
