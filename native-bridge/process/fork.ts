/** Runs the devices process as a fork of a Node host. */
import { fork } from 'node:child_process';
import type { ChildHandle } from './client.ts';

export function forkChild(modulePath: string): ChildHandle {
  // Nothing of the child may get onto the host's stdout: the command line prints JSON there.
  const child = fork(modulePath, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  let exited = false;
  const exitListeners: (() => void)[] = [];
  const end = (): void => {
    if (exited) return;
    exited = true;
    for (const listener of exitListeners) listener();
  };
  child.once('exit', end);
  // The child could not be started, or a message met a closing channel; without a listener this would end the host.
  child.on('error', () => {
    if (child.pid === undefined) end();
  });
  return {
    postMessage(message) {
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exitListeners.push(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
