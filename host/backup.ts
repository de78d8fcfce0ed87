/** The copy of the journal that each Z makes, in a worker beside selling. */
import { Worker } from 'node:worker_threads';
import type { BackupResult } from '../adapters/backup.ts';
import type { Backup, Log } from '../core/ports.ts';
import { backupWorkerModule } from './places.ts';

/** `target` null: no folder is set, and no copy is made. */
export function journalBackup(folder: string, target: string | null, log: Log): Backup {
  return {
    folder: target,
    begin(name, ended) {
      if (target === null) return;
      const worker = new Worker(backupWorkerModule, { workerData: { folder, target, name }, stdout: true });
      worker.unref();
      let told = false;
      const tell = (how: 'done' | 'failed', detail: string): void => {
        if (told) return;
        told = true;
        if (how === 'done') log.info('backup written', { name, detail });
        else log.error('the backup could not be written', { name, detail });
        ended(how);
      };
      worker.once('message', (result: BackupResult) => tell(result.kind, result.kind === 'done' ? result.path : `${result.why}: ${result.detail}`));
      worker.once('error', (error) => tell('failed', String(error)));
      worker.once('exit', () => tell('failed', 'the worker ended without a word'));
    },
  };
}
