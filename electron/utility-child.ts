/** Runs the devices process as a utility process: what breaks in a native module there never touches a payment. */
import { utilityProcess } from 'electron';
import type { ChildHandle } from '../native-bridge/process/client.ts';

export function utilityChild(modulePath: string): ChildHandle {
  const child = utilityProcess.fork(modulePath, [], { serviceName: 'ScanTill devices', stdio: ['ignore', 'ignore', 'inherit'] });
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  return {
    postMessage(message) {
      if (!exited) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', () => listener()),
    kill: () => void child.kill(),
  };
}
