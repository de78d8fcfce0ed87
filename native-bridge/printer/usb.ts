/** A USB printer as the character device of Linux, `/dev/usb/lp0`. */
import { close as closeFile, constants, open as openFile, read as readFile, write as writeFile } from 'node:fs';
import { promisify } from 'node:util';
import type { Clock, PrinterProblem } from '../../core/ports.ts';
import { codeOf, messageOf, pause } from '../limits.ts';
import { written, type Connecting, type ConnectionHandlers, type PrinterConnection, type Written } from './connection.ts';

export interface UsbTarget {
  readonly path: string;
}

const open = promisify(openFile);
const close = promisify(closeFile);

/** The driver takes 8 kB at once; smaller pieces tell sooner that it is stuck. */
const pieceBytes = 4_096;
const retryMilliseconds = 20;
const readBytes = 64;
/** DLE EOT 1: harmless, and the driver takes it only when everything before it has left. */
const probe = Uint8Array.of(0x10, 0x04, 0x01);

function problemOf(code: string): PrinterProblem {
  switch (code) {
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
      return 'absent';
    case 'EBUSY':
      return 'busy';
    case 'EACCES':
    case 'EPERM':
      return 'permission';
    case 'ENOSPC':
      return 'paperOut';
    default:
      return 'error';
  }
}

function openDetail(path: string, problem: PrinterProblem, message: string): string {
  switch (problem) {
    case 'absent':
      return `${path} is not there. Switch the printer on and plug its USB cable in.`;
    case 'busy':
      return `${path} is used by another program. Close that one.`;
    case 'permission':
      return `No permission to open ${path}. Add this user to the group lp (sudo usermod -aG lp USER) and log in again.`;
    case 'unreachable':
    case 'paperOut':
    case 'coverOpen':
    case 'error':
      return `${path} could not be opened: ${message}`;
  }
}

const isBusyNow = (error: unknown): boolean => ['EAGAIN', 'EWOULDBLOCK', 'EINTR'].includes(codeOf(error));

function writePiece(descriptor: number, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    writeFile(descriptor, bytes, 0, bytes.length, null, (error, count) => (error ? reject(error) : resolve(count)));
  });
}

function readSome(descriptor: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(readBytes);
  return new Promise((resolve, reject) => {
    readFile(descriptor, buffer, 0, readBytes, null, (error, count) => (error ? reject(error) : resolve(buffer.subarray(0, count))));
  });
}

export async function connectUsb(target: UsbTarget, handlers: ConnectionHandlers, clock: Clock): Promise<Connecting> {
  let descriptor: number;
  try {
    // A blocking read would keep this process from ever ending (DEVICES.md, trap 2).
    descriptor = await open(target.path, constants.O_RDWR | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const problem = problemOf(codeOf(error));
    return { kind: 'failed', problem, detail: openDetail(target.path, problem, messageOf(error)) };
  }
  let lost: string | undefined;
  let closed = false;

  /** Reads what there is, without waiting for it. Returns whether the device is still there. */
  async function readAvailable(): Promise<boolean> {
    try {
      const bytes = await readSome(descriptor);
      if (bytes.length > 0) handlers.onData(bytes);
      return true;
    } catch (error) {
      if (isBusyNow(error)) return true;
      lost = `${target.path}: ${messageOf(error)}`;
      if (!closed) handlers.onLost();
      return false;
    }
  }

  const isOver = (): boolean => closed;

  async function readOn(): Promise<void> {
    while (!isOver() && (await readAvailable())) await pause(clock, retryMilliseconds);
  }
  const reading = readOn();

  async function send(bytes: Uint8Array, milliseconds: number): Promise<Written> {
    const deadline = clock.monotonic() + milliseconds;
    let sent = 0;
    while (sent < bytes.length) {
      try {
        sent += await writePiece(descriptor, bytes.subarray(sent, sent + pieceBytes));
      } catch (error) {
        if (!isBusyNow(error)) return { kind: 'failed', begun: sent > 0, problem: problemOf(codeOf(error)), detail: `${target.path}: ${messageOf(error)}` };
        if (clock.monotonic() >= deadline) return { kind: 'failed', begun: sent > 0, problem: 'busy', detail: `The printer at ${target.path} takes no data.` };
        await pause(clock, retryMilliseconds);
      }
    }
    return written;
  }

  const connection: PrinterConnection = {
    write: send,
    async flush(milliseconds) {
      const outcome = await send(probe, milliseconds);
      return outcome.kind === 'failed' ? { ...outcome, begun: true } : outcome;
    },
    lostBecause: () => lost,
    async close() {
      closed = true;
      await reading;
      await close(descriptor).catch(() => undefined);
    },
  };
  return { kind: 'open', connection };
}
