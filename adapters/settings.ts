/** Reads HOME/settings.json: whole and private, or a sentence that says which key is wrong and how to fix it. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ZodType } from 'zod';
import { problemOf, settingsProblem, settingsProblems, settingsSchema, type Settings, type SettingsProblem } from '../core/contract/settings.ts';
import { errorCode } from './files.ts';
import { findJsonFault, type JsonFault } from './json-fault.ts';

export type SettingsRead =
  | { readonly kind: 'ok'; readonly settings: Settings; readonly path: string }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'problem'; readonly problem: SettingsProblem; readonly path: string }
  /** It holds keys to money, and others on this machine can read or change it. */
  | { readonly kind: 'readableByOthers'; readonly problem: SettingsProblem; readonly path: string };

/** `gatewaySchemas` as for `settingsSchema`. Resolves every trouble into words: nothing is thrown, no value is ever quoted. */
export function readSettings(home: string, gatewaySchemas: Readonly<Record<string, ZodType>>): SettingsRead {
  const path = settingsPath(home);
  const read = readSettingsText(path);
  if (read.kind !== 'text') return { ...read, path };
  const parsed = parseSettings(read.text, gatewaySchemas);
  if (parsed.kind === 'wrong') return { kind: 'problem', path, problem: parsed.problems[0] };
  return { kind: 'ok', path, settings: parsed.settings };
}

export function settingsPath(home: string): string {
  return join(home, 'settings.json');
}

type TextRead =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'problem' | 'readableByOthers'; readonly problem: SettingsProblem };

/** The file's text, where it is there and private. */
export function readSettingsText(path: string): TextRead {
  try {
    // Looked at before it is read: a file that others may change must not even be believed.
    const mode = statSync(path).mode;
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return { kind: 'readableByOthers', problem: readableByOthers(path) };
    // The decoder drops a byte order mark, which Windows editors like to write.
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? { kind: 'missing' } : { kind: 'problem', problem: unreadable(error) };
  }
}

type Parsed =
  | { readonly kind: 'settings'; readonly settings: Settings; readonly raw: Readonly<Record<string, unknown>> }
  /** The first problem is the one that is told where there is room for one. */
  | { readonly kind: 'wrong'; readonly problems: readonly [SettingsProblem, ...SettingsProblem[]] };

/** What a text says, or all that is wrong with it. */
export function parseSettings(text: string, gatewaySchemas: Readonly<Record<string, ZodType>>): Parsed {
  const fault = findJsonFault(text);
  if (fault !== null) return { kind: 'wrong', problems: [faultProblem(fault)] };
  const raw: unknown = JSON.parse(text);
  const parsed = settingsSchema(gatewaySchemas).safeParse(raw);
  if (parsed.success) return { kind: 'settings', settings: parsed.data, raw: raw as Readonly<Record<string, unknown>> };
  const [first, ...others] = settingsProblems(parsed.error, raw);
  return { kind: 'wrong', problems: [first ?? settingsProblem(parsed.error, raw), ...others] };
}

function faultProblem({ line, column, repeatedKey }: JsonFault): SettingsProblem {
  const en = repeatedKey === null
    ? `settings.json is no valid JSON at line ${line}, column ${column}: look for a missing quote, comma or brace there.`
    : `settings.json has the key ${repeatedKey} twice, again at line ${line}, column ${column}: remove one of them.`;
  const zh = repeatedKey === null
    ? `settings.json 第 ${line} 行第 ${column} 列不是有效的 JSON：看看那里是不是少了引号、逗号或括号。`
    : `settings.json 里的键 ${repeatedKey} 写了两次，第二次在第 ${line} 行第 ${column} 列：删掉一个。`;
  return { key: '', sentence: { en, 'zh-CN': zh } };
}

function readableByOthers(path: string): SettingsProblem {
  return {
    key: '',
    sentence: {
      en: `settings.json holds secret keys and can be read or changed by others on this machine. Fix it with: chmod 600 ${path}`,
      'zh-CN': `settings.json 里有密钥，本机其他用户却能读或能改。请执行：chmod 600 ${path}`,
    },
  };
}

function unreadable(error: unknown): SettingsProblem {
  const code = errorCode(error);
  // A decoder's error has no code of the file system.
  if (code === '' || code.startsWith('ERR_')) return problemOf('', 'must be saved as UTF-8 text');
  return problemOf('', `cannot be read (${code}): check the file and its folder`);
}
