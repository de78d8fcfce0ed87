/** A gateway is named by its folder and its line in the registry: nothing else may know one from another. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ids } from './suite.ts';

const root = join(import.meta.dirname, '..');
const rooms = ['core', 'host', 'renderer', 'cli', 'electron', 'browser-host', 'adapters', 'native-bridge'];

/** Who may, and why. */
const allowed: Readonly<Record<string, string>> = {
  'core/gateways/registry.ts': 'the one line of each',
  'renderer/machine/samples.ts': 'made-up data of the screens’ checks',
  'renderer/machine/samples-day.ts': 'made-up data of the screens’ checks',
  'renderer/machine/samples-money.ts': 'made-up data of the screens’ checks',
  'renderer/machine/samples-present.ts': 'made-up data of the screens’ checks',
  'renderer/machine/samples-settings.ts': 'made-up data of the screens’ checks',
  'renderer/machine/samples-shift.ts': 'made-up data of the screens’ checks',
};

function filesOf(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesOf(path);
    return /\.tsx?$/.test(path) && !/\.test\.tsx?$|\/testing\//.test(path) ? [path] : [];
  });
}

/** What the machine reads: comments may say whose habit a line is about. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

/** The gateways that a file names, its own folder's apart. */
function namedIn(path: string): readonly string[] {
  const own = /^core\/gateways\/([^/]+)\//.exec(path)?.[1];
  const code = codeOf(readFileSync(join(root, path), 'utf8'));
  return ids.filter((id) => id !== own && new RegExp(`\\b${id}\\b`, 'i').test(code));
}

const naming = rooms.flatMap(filesOf).filter((path) => namedIn(path).length > 0);

test('nothing outside its folder and the registry names a gateway', () => {
  expect(naming.filter((path) => allowed[path] === undefined).map((path) => `${path}: ${namedIn(path).join(', ')}`)).toEqual([]);
});

test('what is allowed to is still needed', () => {
  expect(Object.keys(allowed).filter((path) => !naming.includes(path))).toEqual([]);
});

test('the check sees the files: the registry names all', () => {
  expect(namedIn('core/gateways/registry.ts')).toEqual(ids);
});
