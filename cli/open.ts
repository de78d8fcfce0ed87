/** Opens a home for a command, to write or to read, and says in the documented exit codes why it can't. */
import { existsSync } from 'node:fs';
import { messageText } from '../core/contract/messages.ts';
import type { Locale } from '../core/contract/types.ts';
import { JournalUnavailable } from '../core/journal/storage.ts';
import { commandLineCodeDigits } from '../core/scan/codes.ts';
import type { OpenTill, OpenTillResult } from '../host/assemble.ts';
import { givenHome, thisMachine } from '../host/home.ts';
import { systemLocale } from '../host/local-language.ts';
import type { OpenProblem } from '../host/open-problem.ts';
import { devicesModule } from '../host/places.ts';
import { openForCopies, openReading, type OpenHome, type OpenReading } from '../host/reading.ts';
import { forkChild } from '../native-bridge/process/fork.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import type { Output } from './output.ts';

/** What every command takes. */
export interface CommonOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly training?: boolean;
}

/** The language of what is wrong with a home: the shop's own isn't known yet. */
export const locale: Locale = systemLocale();
export const surroundings = thisMachine();

export async function openTillOf(options: CommonOptions): Promise<OpenTillResult> {
  // What only reads needs no transport and no devices: loading them takes a quarter of its time.
  const { openTill } = await import('../host/assemble.ts');
  return openTill({
    home: homeOf(options), locale, mode: options.training === true ? 'training' : 'real', codeDigits: commandLineCodeDigits,
    spawnDevices: () => forkChild(devicesModule), logToStandardError: false, withScanners: false, ownerAccess: true,
  });
}

export async function withTill(options: CommonOptions, action: (opened: OpenTill) => Promise<number>): Promise<number> {
  const result = await openTillOf(options);
  if (result.kind !== 'ok') throw problem(result);
  try {
    return await action(result.opened);
  } finally {
    await result.opened.close();
  }
}

export async function withReading(options: CommonOptions, action: (opened: OpenReading) => number | Promise<number>): Promise<number> {
  const result = openReading({ home: homeOf(options), training: options.training === true, locale });
  if (result.kind !== 'ok') throw problem(result);
  try {
    return await action(result.opened);
  } finally {
    result.opened.close();
  }
}

/** The journal of any version but a newer one: its rows are copied as they are. */
export async function withCopies(options: CommonOptions, action: (home: OpenHome) => number | Promise<number>): Promise<number> {
  const result = openForCopies({ home: homeOf(options), training: options.training === true, locale });
  if (result.kind !== 'ok') throw problem(result);
  return action(result.opened);
}

/** A file that is no database any more is a broken journal, and `verify` is asked for just that. */
export async function verifying(out: Output, action: () => Promise<number>): Promise<number> {
  try {
    return await action();
  } catch (error) {
    const isBroken = (error instanceof JournalUnavailable && error.reason === 'broken') || (error instanceof CommandEnd && error.journalBroken);
    if (!isBroken) throw error;
    out.line({ whole: false, sequence: null, why: error.message }, `broken: ${error.message}`);
    return exitCodes.broken;
  }
}

export function homeOf(options: CommonOptions): string {
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
    case 'journalOlder':
    case 'notWritable':
      return new CommandEnd(exitCodes.journal, said);
    case 'journalBroken':
      return new CommandEnd(exitCodes.journal, said, true);
  }
}
