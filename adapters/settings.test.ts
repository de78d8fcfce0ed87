/** Reading settings.json: each trouble ends in a sentence with the key and the fix, and never in a value. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { readSettings, type SettingsRead } from './settings.ts';

const gatewaySchemas = { shouqianba: z.strictObject({ terminalKey: z.string() }) };
const good = '{ "store": { "name": "街角" }, "terminal": {}, "gateways": { "shouqianba": { "terminalKey": "hidden-key" } } }';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'scantill-settings-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(content: string | Uint8Array, mode = 0o600): SettingsRead {
  const path = join(home, 'settings.json');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return readSettings(home, gatewaySchemas);
}

test('a good file, with and without a byte order mark', () => {
  for (const text of [good, `\uFEFF${good}`]) expect(write(text)).toMatchObject({ kind: 'ok', settings: { store: { name: '街角' } } });
});

test('a missing file, a missing home', () => {
  expect(readSettings(home, gatewaySchemas).kind).toBe('missing');
  expect(readSettings(join(home, 'nowhere'), gatewaySchemas).kind).toBe('missing');
});

test.each([0o640, 0o604, 0o620, 0o602, 0o666, 0o644, 0o610])('mode %o is open to others', (mode) => {
  const read = write(good, mode);
  expect(read.kind).toBe('readableByOthers');
  expect(read.kind === 'readableByOthers' && read.problem.sentence.en).toContain(`chmod 600 ${join(home, 'settings.json')}`);
  expect(read.kind === 'readableByOthers' && read.problem.sentence['zh-CN']).toContain('chmod 600');
});

test('a stricter mode is fine', () => {
  expect(write(good, 0o400).kind).toBe('ok');
});

test('a syntax error names line and column and quotes nothing', () => {
  const read = write('{\n  "gateways": { "shouqianba": { "terminalKey": hidden-key } }\n}');
  expect(read).toMatchObject({ kind: 'problem', problem: { key: '' } });
  const words = JSON.stringify(read);
  expect(words).toContain('line 2, column 48');
  expect(words).toContain('第 2 行第 48 列');
  expect(words).not.toContain('hidden');
});

test('a key that stands twice is named', () => {
  expect(JSON.stringify(write('{ "store": {}, "terminal": {},\n "store": {}, "gateways": {} }'))).toContain('the key store twice, again at line 2, column 2');
});

test('a wrong key is named, the secret beside it is not', () => {
  const read = write(good.replace('"terminalKey"', '"terminalkey"'));
  expect(read).toMatchObject({ kind: 'problem', problem: { key: expect.stringMatching(/^gateways\.shouqianba\.terminal[kK]ey$/) } });
  expect(JSON.stringify(read)).not.toContain('hidden');
});

test('what is no text, no file, or too deep is a problem and no crash', () => {
  expect(write(new Uint8Array([0x7b, 0xff, 0xfe]))).toMatchObject({ kind: 'problem', problem: { sentence: { en: 'settings.json must be saved as UTF-8 text.' } } });
  expect(write('['.repeat(100_000)).kind).toBe('problem');
  rmSync(join(home, 'settings.json'));
  mkdirSync(join(home, 'settings.json'), { mode: 0o700 });
  expect(readSettings(home, gatewaySchemas)).toMatchObject({ kind: 'problem', problem: { sentence: { en: expect.stringContaining('EISDIR') } } });
});
