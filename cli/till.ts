/** The till on the command line: for scripts, support and tests from outside (DESIGN.md 7, docs/command-line.md). */
import process from 'node:process';
import { Command, CommanderError, Option } from 'commander';
import { JournalUnavailable } from '../core/journal/storage.ts';
import { defaultHome, givenHome } from '../host/home.ts';
import { version } from '../host/version.ts';
import { activate, checkIn } from './activate.ts';
import { backup, restore } from './backup.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { find, list } from './look.ts';
import { surroundings, verifying, withCopies, withReading, withTill, type CommonOptions } from './open.ts';
import { output, type Output } from './output.ts';
import { pay } from './pay.ts';
import { present } from './present.ts';
import { receipt } from './receipt.ts';
import { refund } from './refund.ts';
import { reportCommand, xCommand, zCommand } from './report.ts';
import { resolve } from './resolve.ts';
import { orderNumber } from './order-number.ts';
import { settle } from './settle.ts';
import { closeShift, openShift, shiftAct, type ShiftOptions } from './shift.ts';
import { verify } from './verify.ts';

const interrupted = new Promise<void>((done) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done());
});

// A command is loaded when it is asked for where it brings much along: files of tables, the transport, a whole simulated world.
const program = new Command('till').description('ScanTill on the command line').version(version).exitOverride().showHelpAfterError(false);

/** Options that stand before or behind a command, as people write them. */
function command(name: string, description: string, parent = program): Command {
  return parent
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

command('present', 'shows a code that the customer scans')
  .requiredOption('--gateway <id>', 'the gateway')
  .requiredOption('--amount <amount>', 'for example 12.34')
  .option('--wallet <name>', 'wechat, alipay, unionpay or other; what the settings say where it is missing')
  .option('--ref <order>', 'the shop’s own order number')
  .option('--again', 'show a code although this order is paid already')
  .action((options) => run(options, (out) => withTill(options, (opened) => present(opened, options, out, interrupted))));

command('refund', 'gives back all or a part of a payment')
  .requiredOption('--payment <reference>', 'any whole reference of the payment')
  .option('--amount <amount>', 'for example 1.00; all that is left where it is missing')
  .option('--reason <text>', 'why; the first reason of the settings where it is missing')
  .option('--request <name>', 'a name of your own for this refund: given again, it is the first one’s outcome')
  .option('--outside', 'it was given back elsewhere: records it, for what the gateway cannot refund; wants --reason')
  .action((options) => run(options, (out) => withTill(options, (opened) => refund(opened, options, out, interrupted))));

command('resolve', 'takes up all that is open until it ends or its tries are used up')
  .action((options) => run(options, (out) => withTill(options, (opened) => resolve(opened, out, interrupted))));

command('settle', 'records how a payment or refund in review ended')
  .argument('<reference>')
  .requiredOption('--as <outcome>', 'paid or notPaid; of a refund, paid means given back')
  .requiredOption('--reason <text>', 'how it is known')
  .option('--refund <reference>', 'the refund that is meant')
  .action((reference: string, options) => run(options, (out) => withTill(options, (opened) => settle(opened, reference, options, out, interrupted))));

command('order-number', 'enters the gateway’s number of a payment that no answer named; the gateway is asked under it')
  .argument('<reference>')
  .argument('<number>')
  .action((reference: string, number: string, options) => run(options, (out) => withTill(options, (opened) => orderNumber(opened, reference, number, out, interrupted))));

command('find', 'payments with this reference; else with a part of one, an amount or the last four digits of a code')
  .argument('<text>')
  .action((text: string, options) => run(options, (out) => withReading(options, (opened) => find(opened, text, out))));

command('list', 'payments of a day, with totals')
  .option('--day <day>', 'for example 2026-11-21; today where it is missing')
  .action((options) => run(options, (out) => withReading(options, (opened) => list(opened, options.day, out))));

command('receipt', 'a receipt as ESC/POS bytes or as text; of a refund by its own number')
  .argument('<reference>')
  .option('--text', 'plain text')
  .requiredOption('--out <file>', 'where to write it')
  .action((reference: string, options) => run(options, (out) => withReading(options, (opened) => receipt(opened, reference, options, out))));

command('shift', 'opens and closes the shift, and reads its reports')
  .argument('<act>', 'open; close: counts the drawer and makes the Z; x: the shift so far; z: the newest Z once more')
  .option('--float <amount>', 'open: what lies in the drawer; what the last close left where it is missing')
  .option('--counted <amount>', 'close: what lies in the drawer; nobody counted where it is missing')
  .option('--reason <text>', 'close: why the count differs')
  .option('--left <amount>', 'close: what stays for the next shift; all of it where it is missing')
  .action((act: string, options) => run(options, (out) => shift(act, options, out)));

command('report', 'a Z, the same bytes every time')
  .requiredOption('--z <number>', 'its number')
  .option('--text', 'as it prints')
  .option('--out <file>', 'where to write it; to the screen where it is missing')
  .action((options) => run(options, (out) => withReading(options, (opened) => reportCommand(opened, options, out))));

command('export', 'the list of a day as a file, or as it prints')
  .requiredOption('--day <day>', 'for example 2026-11-21')
  .requiredOption('--format <format>', 'csv, xlsx or pdf; escpos or text: the day on paper')
  .option('--out <file>', 'where to write it; escpos and text to the screen where it is missing')
  .action((options) => run(options, (out) => withReading(options, async (opened) => (await import('./export.ts')).exportCommand(opened, options, out, interrupted))));

command('reconcile', 'matches a gateway’s statement against the journal')
  .requiredOption('--gateway <id>', 'whose statement it is')
  .argument('<file>')
  .option('--column <theirs=ours>', 'what a column is; more than once', (text: string, before: readonly string[]) => [...before, text], [])
  .option('--unit <unit>', 'of the amounts: major (yuan, dollars) or minor (fen, cents)')
  .action((file: string, options) => run(options, (out) => withReading(options, async (opened) => (await import('./reconcile.ts')).reconcileCommand(opened, file, options, out, interrupted))));

command('activate', 'makes a terminal of an activation code')
  .option('--gateway <id>', 'the gateway; the only one that has terminals where it is missing')
  .option('--code <code>', 'the activation code; that of the file where it is missing')
  .requiredOption('--vendor <file>', 'a file with appId, vendorSn and vendorKey; and code')
  .action((options) => run(options, (out) => activate(options, out)));

command('checkin', 'changes a terminal’s key')
  .option('--gateway <id>', 'as in activate')
  .action((options) => run(options, (out) => withTill(options, (opened) => checkIn(opened, options, out))));

command('backup', 'copies the journal to another disk and reads the copy back')
  .option('--to <folder>', 'a folder that is there; that of the settings where it is missing')
  .action((options) => run(options, (out) => withCopies(options, (opened) => backup(opened, options, out))));

command('restore', 'puts a backup into a home that has no journal')
  .requiredOption('--from <file>', 'the backup')
  .action((options) => run(options, (out) => withCopies(options, (opened) => restore(opened, options, out))));

command('verify', 'recomputes the hash chain and the projections')
  .action((options) => run(options, (out) => verifying(out, () => withReading(options, (opened) => verify(opened, out)))));

command('simulate', 'the seeded simulation over production code')
  .requiredOption('--payments <number>', 'how many payments')
  .requiredOption('--seed <number>', 'the seed')
  .option('--workers <number>', 'how many processes share the work; 1 where it is missing')
  .addOption(new Option('--lane <part>').hideHelp())
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

function shift(act: string, options: CommonOptions & ShiftOptions, out: Output): Promise<number> {
  switch (shiftAct(act, options)) {
    case 'open':
      return withTill(options, (opened) => openShift(opened, options, out, interrupted));
    case 'close':
      return withTill(options, (opened) => closeShift(opened, options, out, interrupted));
    case 'x':
      return withReading(options, (opened) => xCommand(opened, out));
    case 'z':
      return withReading(options, (opened) => zCommand(opened, out));
  }
}

/** Runs one command and keeps its exit code. */
async function run(options: CommonOptions, action: (out: Output) => Promise<number>): Promise<void> {
  process.exitCode = await action(output(options.json === true));
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
