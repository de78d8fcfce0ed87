/** settings.json as something that can be changed: key by key, as a whole, and never over somebody else's change. */
import { createHash } from 'node:crypto';
import type { ZodType } from 'zod';
import type { Settings, SettingsProblem } from '../core/contract/settings.ts';
import { problemOf } from '../core/contract/settings.ts';
import { replaceFile } from './files.ts';
import { editJson } from './json-edit.ts';
import { parseSettings, readSettingsText, settingsPath } from './settings.ts';

/** Where the text of the settings is: a file, or the memory of a training. */
export interface SettingsText {
  read(): { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable'; readonly problem: SettingsProblem };
  /** Durable on return. Throws where it can't be written; then the old text stands. */
  replace(text: string): void;
}

export function settingsFile(home: string): SettingsText {
  const path = settingsPath(home);
  return {
    read() {
      const read = readSettingsText(path);
      if (read.kind === 'text') return read;
      return { kind: 'unreadable', problem: read.kind === 'missing' ? problemOf('', 'is missing') : read.problem };
    },
    // A new file of this user's alone (mode 0600) in the old one's place.
    replace: (text) => replaceFile(path, Buffer.from(text, 'utf8')),
  };
}

export function settingsInMemory(first: object): SettingsText {
  let text = JSON.stringify(first, null, 2);
  return {
    read: () => ({ kind: 'text', text }),
    replace(next) {
      text = next;
    },
  };
}

/** Tells one text from another. */
export function markOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

export interface KeyEdit {
  readonly path: readonly string[];
  readonly value: unknown;
}

export type Edited =
  | { readonly kind: 'edited'; readonly text: string; readonly settings: Settings }
  | { readonly kind: 'wrong'; readonly problems: readonly SettingsProblem[] };

/** The text with these keys changed, where it is then a valid file. */
export function editSettings(text: string, edits: readonly KeyEdit[], gatewaySchemas: Readonly<Record<string, ZodType>>): Edited {
  const edited = edits.reduce((before, { path, value }) => editJson(before, path, value), text);
  const parsed = parseSettings(edited, gatewaySchemas);
  return parsed.kind === 'settings' ? { kind: 'edited', text: edited, settings: parsed.settings } : parsed;
}
