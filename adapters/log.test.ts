/** The log: complete, without secrets, and never a reason to fail. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog, logFileName, type LogOptions, type TillLog } from './log.ts';

let home = '';
let log: TillLog | null = null;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'scantill-log-'));
});
afterEach(() => {
  log?.close();
  rmSync(home, { recursive: true, force: true });
});

const folder = (): string => join(home, 'logs');
function open(options: Partial<LogOptions> = {}): TillLog {
  log = createLog({ folder: folder(), toStandardError: false, secrets: () => [], ...options });
  return log;
}
const text = (): string => readFileSync(join(folder(), logFileName), 'utf8');
const lines = (): Record<string, unknown>[] => text().trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);

test('a line is on file when the call returns, as JSON, for this user alone', () => {
  open().warn('answer lost', { attemptRef: '20261121000038501234567890123456', gatewayRef: '7895259485469122', milliseconds: 15_000, again: false, wallet: null, none: undefined });
  expect(lines()).toEqual([
    { level: 'warn', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), attemptRef: '20261121000038501234567890123456', gatewayRef: '7895259485469122', milliseconds: 15_000, again: false, wallet: null, msg: 'answer lost' },
  ]);
  expect(statSync(join(folder(), logFileName)).mode & 0o777).toBe(0o600);
  expect(statSync(folder()).mode & 0o777).toBe(0o700);
});

test('known secrets are masked wherever they stand', () => {
  const keys = ['terminal-key-1', 'quo"te\\key', 'key with ü&='];
  const said = open({ secrets: () => keys });
  const release = said.hold('130123456789012345');
  said.hold('130123456789012345')();
  said.hold('987654321098765');
  said.info('sent terminal-key-1 for 130123456789012345', { url: `https://x/y?code=130123456789012345&k=${encodeURIComponent('key with ü&=')}`, body: '{"k":"quo\\"te\\\\key"}', raw: 'quo"te\\key', number: 987654321098765 });
  for (const secret of ['terminal-key-1', '130123456789012345', 'quo', 'key with', 'key%20with']) expect(text()).not.toContain(secret);
  expect(lines()[0]).toMatchObject({ msg: 'sent ••• for •••', url: 'https://x/y?code=•••&k=•••', raw: '•••', number: '•••' });
  release();
  release();
  said.info('now 130123456789012345');
  expect(lines()[1]).toMatchObject({ msg: 'now 130123456789012345' });
});

test('fields that are secret by name are masked whatever they hold', () => {
  open().error('x', { terminalKey: 'a', Authorization: 'b', clientSecret: 'c', sign: 'd', code: '130123456789012345', paymentCode: '1', reason: 'EXPIRED_BARCODE' });
  open().error('y', { code: 'PAY_FAIL/EXPIRED_BARCODE', keyName: 'terminalKey' });
  expect(lines()[0]).toMatchObject({ terminalKey: '•••', Authorization: '•••', clientSecret: '•••', sign: '•••', code: '•••', paymentCode: '•••', reason: 'EXPIRED_BARCODE' });
  expect(lines()[1]).toMatchObject({ code: 'PAY_FAIL/EXPIRED_BARCODE', keyName: 'terminalKey' });
});

test('a full file is put aside, and only so many are kept', () => {
  const said = open({ fileBytes: 1000, files: 3 });
  for (let number = 0; number < 100; number += 1) said.info(`line ${number} ${'x'.repeat(100)}`);
  expect(readdirSync(folder()).sort()).toEqual([logFileName, `${logFileName}.1`, `${logFileName}.2`]);
  for (const name of readdirSync(folder())) expect(statSync(join(folder(), name)).size).toBeLessThan(1200);
  const kept = [2, 1, 0].flatMap((number) => readFileSync(join(folder(), number === 0 ? logFileName : `${logFileName}.${number}`), 'utf8').trim().split('\n'));
  expect(kept.map((line) => Number(/line (\d+)/.exec(line)?.[1]))).toEqual(Array.from({ length: kept.length }, (_, index) => 100 - kept.length + index));
});

test('two processes may write and rotate one log', () => {
  const first = open({ fileBytes: 1000, files: 10 });
  const second = createLog({ folder: folder(), toStandardError: false, secrets: () => [], fileBytes: 1000, files: 10 });
  for (let number = 0; number < 20; number += 1) {
    first.info(`first ${number}`);
    second.info(`second ${number}`);
  }
  second.close();
  const all = readdirSync(folder()).map((name) => readFileSync(join(folder(), name), 'utf8')).join('');
  expect(all.trim().split('\n')).toHaveLength(40);
});

test('a log that can not be written stops nothing, and says later how much was lost', () => {
  writeFileSync(folder(), 'a file where the folder should be');
  const said = open();
  said.info('lost');
  said.error('lost too');
  rmSync(folder());
  said.info('written');
  expect(lines()).toMatchObject([{ msg: 'log lines were lost', lines: 2 }, { msg: 'written' }]);
});

test('nothing is lost at exit, and a full disk does not throw', (context) => {
  const script = `import { createLog } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
    const log = createLog({ folder: ${JSON.stringify(folder())}, toStandardError: true, secrets: () => ['hidden-key'] });
    for (let number = 0; number < 500; number += 1) log.info('hidden-key line ' + number);
    process.exit(0);`;
  // Into a file: a pipe whose reader is slow is full after a while, and then lines are dropped by design.
  const said = join(home, 'stderr');
  const whole = spawnSync(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', openSync(said, 'w')] });
  expect(whole.status).toBe(0);
  expect(lines()).toHaveLength(500);
  expect(readFileSync(said, 'utf8').trim().split('\n')).toHaveLength(500);
  expect(readFileSync(said, 'utf8')).not.toContain('hidden-key');

  if (spawnSync('prlimit', ['--version']).status !== 0) {
    process.stdout.write('skipped: prlimit is not installed\n');
    return context.skip('prlimit is not installed');
  }
  rmSync(folder(), { recursive: true });
  // Node's own cache would meet the limit as well.
  const { NODE_COMPILE_CACHE: _, ...withoutCompileCache } = process.env;
  const limited = execFileSync('prlimit', ['--fsize=3000:unlimited', process.execPath, '--input-type=module', '-e', `process.on('SIGXFSZ', () => {});${script.replace('toStandardError: true', 'toStandardError: false')}`], { encoding: 'utf8', env: withoutCompileCache });
  expect(limited).toBe('');
  expect(existsSync(folder())).toBe(true);
  expect(text().length).toBeLessThanOrEqual(3000);
});
