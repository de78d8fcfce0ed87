/** Starts the worker that checks the whole chain, and brings back what it found. */
import { Worker } from 'node:worker_threads';
import type { ChainState } from '../core/journal/chain.ts';
import { verifyWorkerModule } from './places.ts';

export interface ChainCheck {
  /** Null where the check couldn't be made or was cancelled: nothing is known then. */
  readonly result: Promise<ChainState | null>;
  cancel(): void;
}

export function checkWholeChain(folder: string, onError: (error: Error) => void): ChainCheck {
  const worker = new Worker(verifyWorkerModule, { workerData: { folder }, stdout: true });
  // Nothing waits for it at the end of the process.
  worker.unref();
  const result = new Promise<ChainState | null>((resolve) => {
    worker.once('message', (state: ChainState) => resolve(state));
    worker.once('error', (error) => {
      onError(error instanceof Error ? error : new Error(String(error)));
      resolve(null);
    });
    worker.once('exit', () => resolve(null));
  });
  return { result, cancel: () => void worker.terminate() };
}
