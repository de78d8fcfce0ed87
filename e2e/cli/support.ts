/** Runs the built command line as its users do: a process, its lines, its exit code. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL(process.env['SCANTILL_PROGRAM'] ?? '../../dist/cli/till.js', import.meta.url));

export interface Line {
  readonly paymentId?: string;
  readonly attemptRef?: string;
  readonly gatewayRef?: string | null;
  readonly state?: string;
  readonly verdict?: string;
  readonly amount?: number;
  readonly final?: boolean;
  readonly message?: string;
  readonly refundRef?: string | null;
  readonly refunds?: readonly RefundLine[];
  readonly totals?: readonly TotalLine[];
  readonly [key: string]: unknown;
}

export interface RefundLine {
  readonly refundRef: string;
  readonly state: string;
  readonly amount: number;
  readonly [key: string]: unknown;
}

export interface TotalLine {
  readonly gateway: string;
  readonly currency: string;
  readonly paid: number;
  readonly refunded: number;
  readonly net: number;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly Line[];
  readonly stdout: string;
  readonly stderr: string;
}

/** Times short enough for a test; the rules are the same. */
export const quickTimes = { deadlineSeconds: 4, answerTimeoutSeconds: 2, reverseNotBeforeSeconds: 1, pollIntervalSeconds: 1 };

export function makeHome(gateways: unknown, change: Readonly<Record<string, unknown>> = {}): string {
  const home = mkdtempSync(join(tmpdir(), 'scantill-e2e-'));
  const settings = {
    store: { name: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'en', currency: 'CNY' }, terminal: { id: 'T01' }, gateways, payment: quickTimes, ...change,
  };
  writeSettings(home, JSON.stringify(settings));
  return home;
}

export function writeSettings(home: string, text: string): void {
  const path = join(home, 'settings.json');
  writeFileSync(path, text);
  chmodSync(path, 0o600);
}

/** Where a till writes what it keeps outside of its home: never into the developer's own folder, and gone with the home. */
function stateFolder(args: readonly string[]): string {
  const home = args[args.indexOf('--home') + 1];
  return join(args.includes('--home') && home !== undefined ? home : tmpdir(), 'state-of-e2e');
}

export function dropHome(home: string): void {
  rmSync(home, { recursive: true, force: true });
}

/** Starts a command; `wrapper` goes in front of the program (strace). */
export function start(args: readonly string[], wrapper: readonly string[] = []): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const commandLine = [...wrapper, process.execPath, program, ...args];
  const [file = process.execPath, ...rest] = commandLine;
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C.UTF-8', FORCE_COLOR: '0', XDG_STATE_HOME: stateFolder(args) } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr, lines: linesOf(stdout) }));
  });
  return { child, ended };
}

const strace = '/usr/bin/strace';
export const canKillAtSteps = existsSync(strace);

/** Runs a command that is killed at its nth call of these to the system. Throws where the first one didn't kill it: nothing was shown then. */
export async function killedAtStep(args: readonly string[], step: number, calls = 'fsync,fdatasync'): Promise<Ended> {
  const ended = await start(args, [strace, '-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:signal=KILL:when=${step}`]).ended;
  if (step === 1 && ended.signal !== 'SIGKILL') throw new Error(`not killed at its first ${calls}: ${ended.stdout}${ended.stderr}`);
  return ended;
}

/** A command with `--json` to its end. */
export function till(home: string, ...args: readonly string[]): Promise<Ended> {
  const [command = '', ...rest] = args;
  return start([command, '--home', home, '--json', ...rest]).ended;
}

function linesOf(stdout: string): readonly Line[] {
  return stdout.split('\n').flatMap((line) => {
    // A line that was cut by a kill was never said.
    try {
      return line === '' ? [] : [JSON.parse(line) as Line];
    } catch {
      return [];
    }
  });
}

/** Runs the jobs, at most `most` at a time. */
export async function inParallel<Job>(jobs: readonly Job[], most: number, work: (job: Job) => Promise<void>): Promise<void> {
  const left = [...jobs];
  await Promise.all(
    Array.from({ length: most }, async () => {
      for (let job = left.shift(); job !== undefined; job = left.shift()) await work(job);
    }),
  );
}
