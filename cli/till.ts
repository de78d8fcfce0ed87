/** The till on the command line: for scripts, support and tests from outside (DESIGN.md 7). */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { Command, CommanderError } from 'commander';
import { messageText } from '../core/contract/messages.ts';
import type { Locale } from '../core/contract/types.ts';
import { commandLineCodeDigits } from '../core/scan/codes.ts';
import { JournalUnavailable } from '../core/journal/storage.ts';
import { openTill, type OpenTill } from '../host/assemble.ts';
import { defaultHome, givenHome, thisMachine } from '../host/home.ts';
import { systemLocale } from '../host/local-language.ts';
import type { OpenProblem } from '../host/open-problem.ts';
import { devicesModule } from '../host/places.ts';
import { openReading, type OpenReading } from '../host/reading.ts';
import { version } from '../host/version.ts';
import { forkChild } from '../native-bridge/process/fork.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { find, list } from './look.ts';
import { output, type Output } from './output.ts';
import { pay } from './pay.ts';
import { receipt } from './receipt.ts';
import { resolve } from './resolve.ts';
import { verify } from './verify.ts';

interface CommonOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly training?: boolean;
}

const surroundings = thisMachine();
const locale: Locale = systemLocale();
const interrupted = new Promise<void>((done) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done());
});

const program = new Command('till').description('ScanTill on the command line').version(version).exitOverride().showHelpAfterError(false);

/** Options that stand before or behind a command, as people write them. */
function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--home <folder>', 'folder with settings.json, the journal and logs (or SCANTILL_HOME)')
    .option('--json', 'one JSON object per line')
    .option('--training', 'the built-in simulator instead of real gateways')
    .exitOverride();
}

command('pay', 'charges a scanned payment code')
  .requiredOption('--gateway <id>', 'the gateway')
  .requiredOption('--amount <amount>', 'for example 12.34')
  .requiredOption('--code <digits>', 'the payment code')
  .option('--ref <order>', 'the shop’s own order number')
  .option('--again', 'charge although this code or order has paid this amount already')
  .action((options) => run(options, (out) => withTill(options, (opened) => pay(opened, options, out, interrupted))));

command('resolve', 'takes up all that is open until it ends or its tries are used up')
  .action((options) => run(options, (out) => withTill(options, (opened) => resolve(opened, out, interrupted))));

command('find', 'payments with this reference')
  .argument('<reference>')
  .action((reference: string, options) => run(options, (out) => withReading(options, (opened) => find(opened, reference, out))));

command('list', 'payments of a day, with totals')
  .option('--day <day>', 'for example 2026-11-21; today where it is missing')
  .action((options) => run(options, (out) => withReading(options, (opened) => list(opened, options.day, out))));

command('receipt', 'a receipt as ESC/POS bytes or as text')
  .argument('<reference>')
  .option('--text', 'plain text')
  .requiredOption('--out <file>', 'where to write it')
  .action((reference: string, options) => run(options, (out) => withReading(options, (opened) => receipt(opened, reference, options, out))));

command('verify', 'recomputes the hash chain and the projections')
  .action((options) => run(options, (out) => verifying(out, () => withReading(options, (opened) => verify(opened, out)))));

command('simulate', 'the seeded simulation over production code')
  .requiredOption('--payments <number>', 'how many payments')
  .requiredOption('--seed <number>', 'the seed')
  .action((options) => run(options, async (out) => (await import('./simulate.ts')).simulateCommand(options, out)));

command('serve', 'the till for a browser on this machine')
  .option('--port <number>', 'any free one where it is missing')
  .action((options) => run(options, async (out) => (await import('./serve.ts')).serveCommand({ ...options, home: givenHome(options.home, surroundings) ?? defaultHome(surroundings) }, out)));

program
  .command('simulator')
  .description('the gateways on loopback, with the payer’s phone')
  .option('--port <number>', 'any free one where it is missing')
  .option('--json', 'one JSON object per line')
  .exitOverride()
  .action((options) => run(options, async (out) => (await import('./simulator.ts')).simulatorCommand(options, out, interrupted)));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = endedWith(error);
}
// Timers of a till that was interrupted, and sockets that a gateway holds, must not keep the process.
process.exit(process.exitCode);

/** Runs one command and keeps its exit code. */
async function run(options: CommonOptions, action: (out: Output) => Promise<number>): Promise<void> {
  process.exitCode = await action(output(options.json === true));
}

async function withTill(options: CommonOptions, action: (opened: OpenTill) => Promise<number>): Promise<number> {
  const home = homeOf(options);
  const result = await openTill({
    home, locale, mode: options.training === true ? 'training' : 'real', codeDigits: commandLineCodeDigits,
    spawnDevices: () => forkChild(devicesModule), logToStandardError: false, withScanners: false, ownerAccess: true,
  });
  if (result.kind !== 'ok') throw problem(result);
  try {
    return await action(result.opened);
  } finally {
    await result.opened.close();
  }
}

async function withReading(options: CommonOptions, action: (opened: OpenReading) => number): Promise<number> {
  const result = openReading({ home: homeOf(options), training: options.training === true, locale });
  if (result.kind !== 'ok') throw problem(result);
  try {
    return action(result.opened);
  } finally {
    result.opened.close();
  }
}

/** A file that is no database any more is a broken journal, and `verify` is asked for just that. */
async function verifying(out: Output, action: () => Promise<number>): Promise<number> {
  try {
    return await action();
  } catch (error) {
    const isBroken = (error instanceof JournalUnavailable && error.reason === 'broken') || (error instanceof CommandEnd && error.journalBroken);
    if (!isBroken) throw error;
    out.line({ whole: false, sequence: null, why: error.message }, `broken: ${error.message}`);
    return exitCodes.broken;
  }
}

function homeOf(options: CommonOptions): string {
  const home = givenHome(options.home, surroundings);
  if (home === null) throw new CommandEnd(exitCodes.wrongUsage, '--home or SCANTILL_HOME: which folder holds settings.json?');
  if (!existsSync(home) && options.training !== true) throw new CommandEnd(exitCodes.settings, `--home: there is no folder ${home}`);
  return home;
}

function problem(result: OpenProblem): CommandEnd {
  const said = `${messageText(result.message, locale)} (${result.detail})`;
  switch (result.kind) {
    case 'missingSettings':
    case 'settingsProblem':
      return new CommandEnd(exitCodes.settings, said);
    case 'journalInUse':
    case 'journalNewer':
    case 'notWritable':
      return new CommandEnd(exitCodes.journal, said);
    case 'journalBroken':
      return new CommandEnd(exitCodes.journal, said, true);
  }
}

/** The exit code of what a command threw, its sentences on stderr. */
function endedWith(error: unknown): number {
  if (error instanceof CommandEnd) {
    output(false).note(error.message);
    return error.code;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.wrongUsage;
  if (error instanceof JournalUnavailable) {
    output(false).note(error.message);
    return exitCodes.journal;
  }
  throw error;
}
