/** Training: a shop of its own against the simulator in this process, no account needed, no real money (CASES 37). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ZodType } from 'zod';
import { makePrivateFolder, replaceFile } from '../adapters/files.ts';
import { settingsSchema, type Settings } from '../core/contract/settings.ts';
import type { Locale } from '../core/contract/types.ts';
import type { Simulator } from '../simulator/index.ts';

export interface Training {
  readonly phoneUrl: string;
  /** Keeps the simulator's port for the next start. */
  rememberPort(): void;
  isIssuedCode(code: string): boolean;
  close(): Promise<void>;
}

const shopNames: Readonly<Record<Locale, string>> = { 'zh-CN': 'ScanTill 练习店', en: 'ScanTill training shop' };

/** The shop of the training, without its gateways. */
export function trainingShop(locale: Locale): Readonly<Record<'store' | 'terminal', unknown>> {
  return { store: { name: shopNames[locale], timezone: 'Asia/Shanghai', locale, currency: 'CNY' }, terminal: { id: 'T01' } };
}

/** The folder is the training's own: its journal, its secrets, and the port of last time. */
export async function startTraining(
  folder: string,
  gatewaySchemas: Readonly<Record<string, ZodType>>,
  locale: Locale,
): Promise<{ readonly settings: Settings; readonly file: object; readonly training: Training }> {
  const simulator = await startAsLastTime(join(folder, 'simulator-port'), locale);
  const file = trainingFile(gatewaySchemas, locale, simulator.gateways);
  return { settings: settingsSchema(gatewaySchemas).parse(file), file, training: { rememberPort: () => rememberPort(folder, new URL(simulator.url).port), phoneUrl: simulator.phoneUrl, isIssuedCode: (code) => simulator.isIssuedCode(code), close: () => simulator.close() } };
}

/** The settings of the training shop; without the simulator's blocks where its journal is only read. */
export function trainingSettings(gatewaySchemas: Readonly<Record<string, ZodType>>, locale: Locale, blocks: object = {}): Settings {
  return settingsSchema(gatewaySchemas).parse(trainingFile(gatewaySchemas, locale, blocks));
}

/** What would stand in the training's settings.json. */
function trainingFile(gatewaySchemas: Readonly<Record<string, ZodType>>, locale: Locale, blocks: object): object {
  return { ...trainingShop(locale), gateways: Object.fromEntries(Object.entries(blocks).filter(([id]) => Object.hasOwn(gatewaySchemas, id))) };
}

/**
 * An attempt is asked about only where it was sent to (CASES 6), so what a training left open needs the same port again.
 * Where another program has it meanwhile, any port will do.
 */
async function startAsLastTime(path: string, locale: Locale): Promise<Simulator> {
  // Loaded here alone: a till with real gateways has no use for it.
  const { startSimulator } = await import('../simulator/index.ts');
  const port = portOfLastTime(path);
  if (port === null) return startSimulator({ locale });
  try {
    return await startSimulator({ port, locale });
  } catch {
    return startSimulator({ locale });
  }
}

function portOfLastTime(path: string): number | null {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return /^[1-9][0-9]{3,4}$/.test(text) ? Number(text) : null;
  } catch {
    return null;
  }
}

function rememberPort(folder: string, port: string): void {
  try {
    makePrivateFolder(folder);
    replaceFile(join(folder, 'simulator-port'), Buffer.from(`${port}\n`));
  } catch {
    // A home that can't be written is the journal's to report.
  }
}
