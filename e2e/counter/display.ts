/** A display for Electron where the machine has none: an Xvfb of our own, on a number that it chooses itself. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const needsOne = process.platform === 'linux' && !process.env['DISPLAY'];

/** True where Electron can draw: on a display that is there, or on one that we can start. */
export const displayPossible = !needsOne || spawnSync('Xvfb', ['-help']).error === undefined;

export interface Display {
  /** What a program needs in its environment to draw there. */
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

export async function openDisplay(): Promise<Display> {
  if (!needsOne) return { environment: {}, close: () => undefined };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    createInterface(server.stdio[3] as Readable).once('line', resolve);
  });
  return { environment: { DISPLAY: `:${number.trim()}` }, close: () => void server.kill('SIGTERM') };
}
