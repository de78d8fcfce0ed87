/** Runs the till for a browser until it is told to end, and prints the address to open. */
import { screenCodeDigits } from '../core/scan/codes.ts';
import { messageText, message } from '../core/contract/messages.ts';
import { openTill } from '../host/assemble.ts';
import { checkWholeChain } from '../host/chain-check.ts';
import { systemLocale } from '../host/local-language.ts';
import { devicesModule, screensFolder } from '../host/places.ts';
import { startScreenTill, type ScreenTillOptions } from '../host/screen-till.ts';
import { forkChild } from '../native-bridge/process/fork.ts';
import { startBrowserHost, type BrowserHost } from './server.ts';

export interface ServeOptions {
  readonly home: string;
  readonly port: number;
  readonly mode: 'auto' | 'training' | 'real';
  /** Gets the address, good for one first load. */
  readonly onAddress: (address: string) => void;
  readonly onNotice: (text: string) => void;
}

/** Resolves after the end: a signal, and an orderly close. Rejects where the port can't be had. */
export async function serve({ home, port, mode, onAddress, onNotice }: ServeOptions): Promise<void> {
  const locale = systemLocale();
  const open: ScreenTillOptions['open'] = (onTask) => openTill({ onTask, home, mode, locale, codeDigits: screenCodeDigits, logToStandardError: false, withScanners: true, ownerAccess: false, spawnDevices: () => forkChild(devicesModule) });
  const till = startScreenTill({ open, checkChain: checkWholeChain, locale });
  let host: BrowserHost;
  try {
    host = await startBrowserHost({ till, screensFolder, port });
  } catch (error) {
    await till.close();
    throw error;
  }
  const ended = endSignal();
  onAddress(host.newAddress());
  await ended;
  const openCount = till.openCount();
  if (openCount > 0) onNotice(messageText(message('quitWithOpen', { n: String(openCount) }), till.locale()));
  await host.close();
  await till.close();
}

function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    // SIGHUP too: with its terminal goes whoever could have ended it.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
