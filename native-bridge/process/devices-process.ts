/** Entry point of the devices process: a fork of a Node host, or a utility process of Electron. */
import { runDevices, type HostPort } from './hub.ts';
import { systemClock } from './system-clock.ts';

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

function electronPort(parentPort: ParentPort): HostPort {
  return {
    send: (message) => parentPort.postMessage(message),
    onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
    exit: () => process.exit(0),
  };
}

function forkPort(): HostPort {
  // The host is gone: nobody is left to scan or print for.
  process.on('disconnect', () => process.exit(0));
  return {
    // A message may meet a channel that is just closing.
    send: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => void process.on('message', listener),
    // Disconnecting sends out what is still on its way, and then ends the process.
    exit: () => process.disconnect(),
  };
}

function hostPort(): HostPort | null {
  if ('parentPort' in process && process.parentPort !== undefined && process.parentPort !== null) return electronPort(process.parentPort);
  return process.send === undefined ? null : forkPort();
}

const host = hostPort();
if (host === null) {
  console.error('The devices process is started by the till; by itself it does nothing.');
  process.exitCode = 64;
} else {
  // Ctrl+C reaches the whole process group. The host decides when the devices end, so that a receipt is finished.
  process.on('SIGINT', () => undefined);
  runDevices(host, systemClock);
}
