/** `till activate` and `till checkin`: a terminal for the vendor's code, and a new key for it (CASES 32). */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { systemClock } from '../adapters/clock.ts';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import { createLog } from '../adapters/log.ts';
import { systemRandom } from '../adapters/random.ts';
import { fileSecrets } from '../adapters/secrets.ts';
import { readSettingsText, settingsPath } from '../adapters/settings.ts';
import type { Locale } from '../core/contract/types.ts';
import type { TerminalRule } from '../core/gateways/terminal-rule.ts';
import { gateways } from '../core/gateways/registry.ts';
import { refundsOf } from '../core/journal/verify.ts';
import { TerminalDesk, type ActivationResult, type CheckInResult, type KeyedGateway } from '../core/terminal/desk.ts';
import type { OpenTill } from '../host/assemble.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { homeOf, locale, type CommonOptions } from './open.ts';
import { isoTime, type Output } from './output.ts';
import { word, type Word } from './terminal-words.ts';

export interface ActivateOptions extends CommonOptions {
  readonly gateway?: string;
  /** Goes before the one in the file; an argument can be read by other users of the machine. */
  readonly code?: string;
  /** A file with the vendor's credentials, and the activation code where it is to stand in no argument either. */
  readonly vendor: string;
}

const vendorSchema = z.object({ appId: z.string().min(1), vendorSn: z.string().min(1), vendorKey: z.string().min(1), code: z.string().min(1).optional() });

/** Needs no terminal in the settings yet: the block's address is all that it goes by. The home must not be another till's just now. */
export async function activate(options: ActivateOptions, output: Output): Promise<number> {
  const { id, rule } = withTerminals(options.gateway);
  const home = homeOf(options);
  const block = blockOf(home, id, rule);
  const { code: codeInFile, ...vendor } = vendorOf(options.vendor);
  const code = options.code ?? codeInFile;
  if (code === undefined) throw new CommandEnd(exitCodes.wrongUsage, '--code: is missing; write it into the --vendor file as "code"');
  const { undiciTransport } = await import('../adapters/http/undici-transport.ts');
  const journal = openJournal({ folder: home, access: 'till', refundsOf });
  const secrets = new Set<string>();
  const log = createLog({ folder: join(home, 'logs'), toStandardError: false, secrets: () => [...secrets] });
  const http = undiciTransport();
  try {
    const desk = new TerminalDesk({ secrets: fileSecrets(home), clock: systemClock(), random: systemRandom(), http, log, isBusy: () => false, keepSecret: (value) => secrets.add(value) });
    const result = await desk.activate(id, rule, block.baseUrl, vendor, code);
    const another = result.kind === 'activated' && block.number !== null && block.number !== result.number;
    printActivation(id, result, another, output);
    return exitOf(result.kind);
  } finally {
    http.close();
    log.close();
    journal.close();
  }
}

/** A new key, while nothing of this gateway is under way. From then on it is changed daily. */
export async function checkIn(opened: OpenTill, options: { readonly gateway?: string }, output: Output): Promise<number> {
  const { id } = withTerminals(options.gateway);
  await opened.till.start();
  const result = await opened.till.checkIn(id);
  if (result === null) throw new CommandEnd(exitCodes.settings, `gateways.${id}: it is not set up`);
  printCheckIn(id, result, opened.configuration.store.locale, output);
  return exitOf(result.kind);
}

/** The gateway that is meant: there is but one with terminals, so its name may be left out. */
function withTerminals(asked: string | undefined): { readonly id: string; readonly rule: TerminalRule } {
  const all: readonly KeyedGateway['gateway'][] = gateways;
  const found = all.find(({ id, terminal }) => terminal !== undefined && (asked === undefined || id === asked));
  if (found?.terminal === undefined) throw new CommandEnd(exitCodes.wrongUsage, `--gateway: ${asked?.slice(0, 20) ?? 'none'} has no terminals to activate`);
  return { id: found.id, rule: found.terminal };
}

/** Address and terminal of a block that may have no terminal yet; everything else in it must be right. */
function blockOf(home: string, id: string, rule: TerminalRule): { readonly baseUrl: string; readonly number: string | null } {
  const path = settingsPath(home);
  const read = readSettingsText(path);
  if (read.kind === 'missing') throw new CommandEnd(exitCodes.settings, `${path}: there is no such file; write gateways.${id}.baseUrl into it first`);
  if (read.kind !== 'text') throw new CommandEnd(exitCodes.settings, read.problem.sentence[locale]);
  const block = z.object({ gateways: z.object({ [id]: z.record(z.string(), z.unknown()) }) }).safeParse(jsonOf(read.text)).data?.gateways[id];
  if (block === undefined) throw new CommandEnd(exitCodes.settings, `gateways.${id}: is missing in ${path}`);
  const { number, key } = rule.settingKeys;
  const whole = { ...block, [number]: block[number] ?? '1', [key]: block[key] ?? 'none-yet' };
  const parsed = gateways.find((gateway) => gateway.id === id)?.settings.safeParse(whole);
  const [issue] = parsed?.error?.issues ?? [];
  if (issue !== undefined) throw new CommandEnd(exitCodes.settings, `gateways.${id}.${issue.path.join('.')}: ${issue.message}`);
  return { baseUrl: String(block['baseUrl']).replace(/\/+$/, ''), number: typeof block[number] === 'string' ? block[number] : null };
}

function vendorOf(file: string): z.infer<typeof vendorSchema> {
  const path = resolve(file);
  const read = readSettingsText(path);
  switch (read.kind) {
    case 'missing':
      throw new CommandEnd(exitCodes.wrongUsage, `--vendor: there is no file ${path}`);
    case 'readableByOthers':
      throw new CommandEnd(exitCodes.settings, `--vendor: ${word('vendorReadable', locale, { path })}`);
    case 'problem':
      throw new CommandEnd(exitCodes.settings, `--vendor: ${word('vendorWrong', locale)}`);
    case 'text': {
      const parsed = vendorSchema.safeParse(jsonOf(read.text));
      if (!parsed.success) throw new CommandEnd(exitCodes.settings, `--vendor: ${word('vendorWrong', locale)}`);
      return parsed.data;
    }
  }
}

/** What stands in the file may be secret: what is wrong with it is said in general. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function printActivation(gateway: string, result: ActivationResult, another: boolean, output: Output): void {
  const key = activationWord(result, another);
  const number = result.kind === 'activated' ? result.number : null;
  const message = word(key, locale, { number: number ?? '' });
  const evidence = result.kind === 'refused' || result.kind === 'unknown' ? result.evidence : { code: null, words: null };
  output.line(
    { time: isoTime(systemClock().wall()), gateway, state: result.kind, terminalSn: number, message, gatewayCode: evidence.code, gatewayWords: evidence.words, final: true },
    message,
  );
}

function activationWord(result: ActivationResult, another: boolean): Word {
  switch (result.kind) {
    case 'activated':
      return another ? 'activatedAnother' : 'activated';
    case 'refused':
      return result.why;
    case 'unknown':
      return 'activationUnknown';
    case 'busy':
      return 'activationBusy';
    case 'notKept':
      return 'notKept';
  }
}

function printCheckIn(gateway: string, result: CheckInResult, language: Locale, output: Output): void {
  const key = { checkedIn: 'checkedIn', refused: 'checkInRefused', unknown: 'checkInUnknown', busy: 'checkInBusy', none: 'checkInRefused', notKept: 'notKept' } as const;
  const message = word(key[result.kind], language);
  output.line({ time: isoTime(systemClock().wall()), gateway, state: result.kind, message, final: true }, message);
}

function exitOf(kind: ActivationResult['kind'] | CheckInResult['kind']): number {
  switch (kind) {
    case 'activated':
    case 'checkedIn':
      return exitCodes.done;
    case 'refused':
    case 'busy':
    case 'none':
      return exitCodes.refused;
    case 'unknown':
      return exitCodes.notKnownYet;
    case 'notKept':
      return exitCodes.journal;
  }
}
