/** One piece of long work in a thread of its own: progress, a cancel that leaves nothing behind, and always an end. */
import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../core/ports.ts';
import type { FromWorker, ToWorker, WorkEnd, WorkerData } from './long-work-types.ts';
import { longWorkModule } from './places.ts';

export interface WorkThread {
  readonly ended: Promise<WorkEnd>;
  /** Asks it to stop; a thread that doesn't hear is ended. Resolves once nothing of it is left. */
  cancel(): Promise<void>;
}

/** A thread deep in a library hears nothing: after this long it is ended from outside. */
const patienceMilliseconds = 3000;

export function startWork(data: WorkerData, clock: Pick<Clock, 'after'>, onProgress: (done: number, total: number) => void): WorkThread {
  const worker = new Worker(longWorkModule, { workerData: data, stdout: true });
  // A till that is closed doesn't wait for a table.
  worker.unref();
  let temporary: string | null = null;
  let cancelled = false;
  const ended = new Promise<WorkEnd>((resolve) => {
    worker.on('message', (said: FromWorker) => {
      if (said.type === 'temporary') temporary = said.path;
      else if (said.type === 'progress') onProgress(said.done, said.total);
      else resolve(said.end);
    });
    worker.once('error', (error: unknown) => resolve({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) }));
    worker.once('exit', () => resolve(cancelled ? { kind: 'cancelled' } : { kind: 'failed', detail: 'the worker ended' }));
  }).finally(() => {
    // Of a thread that was ended, or ran out of memory: a whole file has its own name by now.
    if (temporary !== null) rmSync(temporary, { force: true });
  });
  return {
    ended,
    async cancel() {
      cancelled = true;
      worker.postMessage('cancel' satisfies ToWorker);
      const giveUp = clock.after(patienceMilliseconds, () => void worker.terminate());
      await ended;
      giveUp();
    },
  };
}
