/** One opened serial line, for scanners and printers: loads serialport lazily, and notices an unplugged device by itself. */
import type { Clock } from '../../core/ports.ts';
import { deviceIdentity } from '../device-node.ts';
import { codeOf, messageOf, within } from '../limits.ts';

export interface SerialLine {
  /** Resolves when the bytes were sent out, or with what prevented it. Never rejects. */
  write(bytes: Uint8Array): Promise<SerialWrite>;
  /** Closes the line. Nothing is reported afterwards. Resolves always. */
  close(): Promise<void>;
}

export type SerialWrite = { readonly kind: 'written' } | { readonly kind: 'failed'; readonly detail: string };

export type SerialProblem = 'absent' | 'busy' | 'permission' | 'library' | 'error';

export type SerialOpening =
  | { readonly kind: 'open'; readonly line: SerialLine }
  | { readonly kind: 'failed'; readonly problem: SerialProblem; readonly detail: string };

export interface SerialSettings {
  readonly path: string;
  readonly baudRate: number;
}

export interface SerialHandlers {
  readonly onData: (bytes: Uint8Array) => void;
  /** The device is gone or the line broke. The line has been closed already. Called at most once. */
  readonly onGone: (detail: string) => void;
}

export type OpenSerial = (settings: SerialSettings, handlers: SerialHandlers, clock: Clock) => Promise<SerialOpening>;

const openMilliseconds = 5_000;
const closeMilliseconds = 2_000;

/**
 * On Linux serialport says nothing when a CDC device is unplugged, `isOpen` stays true, and its read loop spins a core
 * (DEVICES.md, trap 1). The device node vanishes at once, so it is looked at this often: 10 microseconds each time.
 */
const lookMilliseconds = 250;

/** The part of serialport that is used here. */
interface PortLike {
  readonly isOpen: boolean;
  open(done: (error: Error | null) => void): void;
  close(done: (error: Error | null) => void): void;
  write(bytes: Buffer, done: (error: Error | null | undefined) => void): unknown;
  drain(done: (error: Error | null) => void): void;
  on(event: 'data', listener: (bytes: Buffer) => void): unknown;
  on(event: 'error' | 'close', listener: (error: Error | null) => void): unknown;
}

type Loaded = { readonly kind: 'loaded'; readonly create: (settings: SerialSettings) => PortLike } | { readonly kind: 'failed'; readonly detail: string };

async function loadSerialPort(): Promise<Loaded> {
  try {
    const { SerialPort } = await import('serialport');
    return { kind: 'loaded', create: (settings) => new SerialPort({ path: settings.path, baudRate: settings.baudRate, autoOpen: false }) };
  } catch (error) {
    return { kind: 'failed', detail: `The serial port library could not be loaded. Install the package serialport for this system again (npm install serialport). ${messageOf(error)}` };
  }
}

function problemOf(error: Error, path: string): SerialProblem {
  const text = `${codeOf(error)} ${error.message}`;
  if (/ENOENT|No such file|File not found|ENXIO|ENODEV/i.test(text) || deviceIdentity(path) === null) return 'absent';
  if (/EACCES|EPERM|Permission denied|Access denied/i.test(text)) return process.platform === 'win32' ? 'busy' : 'permission';
  if (/EBUSY|Cannot lock|busy|temporarily unavailable/i.test(text)) return 'busy';
  return 'error';
}

function detailOf(problem: SerialProblem, path: string, error: Error): string {
  switch (problem) {
    case 'absent':
      return `${path} is not there. Plug the device in.`;
    case 'permission':
      return `No permission to open ${path}. Add this user to the group dialout (sudo usermod -aG dialout USER) and log in again.`;
    case 'busy':
      return `${path} is used by another program. Close that one.`;
    case 'library':
    case 'error':
      return `${path} could not be opened: ${error.message}`;
  }
}

function closePort(port: PortLike, clock: Clock): Promise<unknown> {
  if (!port.isOpen) return Promise.resolve();
  const closed = new Promise<void>((resolve) => {
    port.close(() => resolve());
  });
  return within(clock, closeMilliseconds, closed);
}

async function openPort(port: PortLike, clock: Clock): Promise<Error | null> {
  const opened = new Promise<Error | null>((resolve) => {
    port.open((error) => resolve(error));
  });
  const result = await within(clock, openMilliseconds, opened);
  switch (result.kind) {
    case 'done':
      return result.value;
    case 'late':
      // It may still open one day, and would then keep others out.
      void opened.then(() => closePort(port, clock));
      return new Error(`no answer from the driver within ${openMilliseconds / 1000} s`);
  }
}

function sendOut(port: PortLike, bytes: Uint8Array): Promise<SerialWrite> {
  return new Promise((resolve) => {
    const fail = (error: Error): void => resolve({ kind: 'failed', detail: error.message });
    port.write(Buffer.from(bytes), (writeError) => {
      if (writeError) {
        fail(writeError);
        return;
      }
      port.drain((drainError) => {
        if (drainError) fail(drainError);
        else resolve({ kind: 'written' });
      });
    });
  });
}

/** Opens a line with serialport. Resolves always. */
export const openSerialLine: OpenSerial = async (settings, handlers, clock) => {
  const identity = deviceIdentity(settings.path);
  if (identity === null) return { kind: 'failed', problem: 'absent', detail: `${settings.path} is not there. Plug the device in.` };
  const library = await loadSerialPort();
  if (library.kind === 'failed') return { kind: 'failed', problem: 'library', detail: library.detail };

  let port: PortLike;
  try {
    port = library.create(settings);
  } catch (error) {
    return { kind: 'failed', problem: 'error', detail: messageOf(error) };
  }
  let over = false;
  let cancelLook: () => void = () => {};
  let fail: ((outcome: SerialWrite) => void) | null = null;

  async function end(): Promise<void> {
    over = true;
    cancelLook();
    fail?.({ kind: 'failed', detail: 'the line was closed' });
    await closePort(port, clock);
  }

  async function lose(detail: string): Promise<void> {
    if (over) return;
    await end();
    // The driver's own words for an unplugged device help nobody ("bad file descriptor").
    handlers.onGone(deviceIdentity(settings.path) === identity ? detail : `${settings.path} was unplugged`);
  }

  function look(): void {
    cancelLook = clock.after(lookMilliseconds, () => {
      if (deviceIdentity(settings.path) === identity) look();
      else void lose(`${settings.path} was unplugged`);
    });
  }

  // Errors come as events too, also while opening; without a listener they would end the process.
  port.on('error', (error) => void lose(error?.message ?? 'error'));
  const error = await openPort(port, clock);
  if (error !== null) {
    over = true;
    const problem = problemOf(error, settings.path);
    return { kind: 'failed', problem, detail: detailOf(problem, settings.path, error) };
  }
  port.on('data', (bytes) => {
    if (!over) handlers.onData(bytes);
  });
  port.on('close', (reason) => void lose(reason?.message ?? `${settings.path} was closed by the system`));
  look();

  return {
    kind: 'open',
    line: {
      write(bytes) {
        if (over) return Promise.resolve({ kind: 'failed', detail: 'the line is closed' });
        return new Promise((resolve) => {
          fail = resolve;
          void sendOut(port, bytes).then(resolve);
        });
      },
      close: end,
    },
  };
};
