/** A display of its own for each Electron, by Xvfb on a number that it chooses itself: windows of two tests never cover each other or take each other's focus. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const canMakeOne = process.platform === 'linux' && spawnSync('Xvfb', ['-help']).error === undefined;

/** True where Electron can draw: on a display that we start, or on the one that is there. */
export const displayPossible = canMakeOne || process.platform !== 'linux' || Boolean(process.env['DISPLAY']);

export interface Display {
  /** What a program needs in its environment to draw there. */
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

export async function openDisplay(): Promise<Display> {
  if (!canMakeOne) return { environment: {}, close: () => undefined };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    createInterface(server.stdio[3] as Readable).once('line', resolve);
  });
  return { environment: { DISPLAY: `:${number.trim()}` }, close: () => void server.kill('SIGTERM') };
}
