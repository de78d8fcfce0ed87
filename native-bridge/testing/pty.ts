/** A pair of pseudo-terminals made by socat, for tests: one end is the device, the other the hand that holds it. */
import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, type ReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const socatMissing = spawnSync('socat', ['-V']).error !== undefined;
if (socatMissing) console.log('skipped: tests with pseudo-terminals need socat (apt install socat)');

export interface PtyPair {
  /** What the till opens. */
  readonly devicePath: string;
  plug(): Promise<void>;
  unplug(): Promise<void>;
  /** Sends bytes out of the device to the till. */
  send(bytes: string | Uint8Array): void;
  /** Reads what the till sends to the device. */
  read(): ReadStream;
  remove(): Promise<void>;
}

export function createPtyPair(): PtyPair {
  const folder = mkdtempSync(join(tmpdir(), 'scantill-pty-'));
  const devicePath = join(folder, 'device');
  const handPath = join(folder, 'hand');
  let unplugCurrent: (() => Promise<void>) | null = null;

  async function plug(): Promise<void> {
    const socat = spawn('socat', ['-d', '-d', `pty,raw,echo=0,link=${devicePath}`, `pty,raw,echo=0,link=${handPath}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise<void>((resolve) => {
      socat.once('exit', () => resolve());
    });
    unplugCurrent = async () => {
      socat.kill('SIGTERM');
      await ended;
    };
    await new Promise<void>((resolve) => {
      let said = '';
      socat.stderr.on('data', (text: Buffer) => {
        said += text.toString();
        if (said.includes('starting data transfer loop')) resolve();
      });
    });
  }

  async function unplug(): Promise<void> {
    await unplugCurrent?.();
    unplugCurrent = null;
  }

  return {
    devicePath,
    plug,
    unplug,
    send(bytes) {
      writeFileSync(handPath, bytes);
    },
    read: () => createReadStream(handPath),
    async remove() {
      await unplug();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
