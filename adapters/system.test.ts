/** Clock, random bytes and secrets of the system. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, chmodSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';
import { makePrivateFolder, replaceFile } from './files.ts';
import { systemRandom } from './random.ts';
import { fileSecrets } from './secrets.ts';

describe('clock', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  test.each([1, 0.4, 3000, 2 ** 31 + 5, 40 * 86_400_000])('waits %d ms, no less and once', (milliseconds) => {
    let count = 0;
    systemClock().after(milliseconds, () => (count += 1));
    expect(count).toBe(0);
    vi.advanceTimersByTime(Math.max(0, Math.ceil(milliseconds) - 1));
    expect(count).toBe(0);
    vi.advanceTimersByTime(2);
    expect(count).toBe(1);
    vi.advanceTimersByTime(2 ** 31);
    expect(count).toBe(1);
  });

  test.each([10, 2 ** 31 + 10])('a wait of %d ms can be cancelled, also after it would have been renewed', (milliseconds) => {
    let count = 0;
    const cancel = systemClock().after(milliseconds, () => (count += 1));
    vi.advanceTimersByTime(milliseconds - 1);
    cancel();
    cancel();
    vi.advanceTimersByTime(100);
    expect(count).toBe(0);
  });

  test('a wall clock that jumps moves no wait', () => {
    const clock = systemClock();
    let count = 0;
    clock.after(1000, () => (count += 1));
    const before = clock.monotonic();
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(500);
    expect(count).toBe(0);
    expect(clock.monotonic() - before).toBe(500);
    vi.advanceTimersByTime(500);
    expect(count).toBe(1);
  });
});

test('random bytes are as many as asked for and differ', () => {
  const random = systemRandom();
  expect(random.bytes(16)).toHaveLength(16);
  expect(random.bytes(0)).toHaveLength(0);
  expect(random.bytes(16)).not.toEqual(random.bytes(16));
});

describe('secrets and files', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'scantill-secrets-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  test('a secret comes back, for this user alone, and replaces the one before as a whole', () => {
    const secrets = fileSecrets(join(home, 'new', 'home'));
    expect(secrets.read('code-hash')).toBeNull();
    secrets.write('code-hash', new Uint8Array([1, 2, 255]));
    secrets.write('code-hash', new Uint8Array([7]));
    expect(secrets.read('code-hash')).toEqual(new Uint8Array([7]));
    const folder = join(home, 'new', 'home', 'secrets');
    expect(readdirSync(folder)).toEqual(['code-hash']);
    expect(statSync(join(folder, 'code-hash')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, 'new')).mode & 0o777).toBe(0o700);
  });

  test('a folder that was too open is put right', () => {
    mkdirSync(join(home, 'secrets'));
    chmodSync(join(home, 'secrets'), 0o755);
    fileSecrets(home).write('key', new Uint8Array([1]));
    expect(statSync(join(home, 'secrets')).mode & 0o777).toBe(0o700);
  });

  test.each(['', '../settings.json', 'a/b', '.hidden', 'a..b', 'a\0b'])('%j is no name', (name) => {
    expect(() => fileSecrets(home).read(name)).toThrow('name');
    expect(() => fileSecrets(home).write(name, new Uint8Array())).toThrow('name');
  });

  test('a secret that can not be written throws and leaves the old one', () => {
    const secrets = fileSecrets(home);
    secrets.write('key', new Uint8Array([1]));
    mkdirSync(join(home, 'secrets', 'folder'));
    expect(() => secrets.write('folder', new Uint8Array([1]))).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(readdirSync(join(home, 'secrets')).sort()).toEqual(['folder', 'key']);
    // There and unreadable is not the same as never written: a key must not be replaced for that.
    expect(() => secrets.read('folder')).toThrow(/can't be read/);
    expect(secrets.read('never-written')).toBeNull();
    expect(secrets.read('key')).toEqual(new Uint8Array([1]));
  });

  test('an existing folder keeps its mode, and an empty file can be replaced', () => {
    chmodSync(home, 0o755);
    makePrivateFolder(home);
    expect(statSync(home).mode & 0o777).toBe(0o755);
    writeFileSync(join(home, 'x'), '');
    replaceFile(join(home, 'x'), new TextEncoder().encode('whole'));
    expect(readFileSync(join(home, 'x'), 'utf8')).toBe('whole');
  });
});
