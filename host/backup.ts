/** The copy of the journal that each Z makes, in a worker beside selling, and which one was finished last. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BackupResult } from '../adapters/backup.ts';
import { replaceFile } from '../adapters/files.ts';
import type { Backup, Log } from '../core/ports.ts';
import { backupWorkerModule } from './places.ts';

/** In the home: the name of the newest finished copy. The copy itself may be on a stick that somebody took along. */
const finishedFile = 'last-backup';

/** `target` null: no folder is set, and no copy is made. */
export function journalBackup(folder: string, target: string | null, log: Log): Backup {
  return {
    folder: target,
    isMade: (name) => finishedName(folder).endsWith(`-${name}.db`),
    begin(name, ended) {
      if (target === null) return;
      const worker = new Worker(backupWorkerModule, { workerData: { folder, target, name }, stdout: true });
      worker.unref();
      let told = false;
      const tell = (how: 'done' | 'failed', detail: string): void => {
        if (told) return;
        told = true;
        if (how === 'done') noteFinished(folder, detail, log);
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

/** Empty where none was finished, or nothing says so: then a copy is made that may be one too many. */
function finishedName(folder: string): string {
  try {
    return readFileSync(join(folder, finishedFile), 'utf8').trim();
  } catch {
    return '';
  }
}

function noteFinished(folder: string, path: string, log: Log): void {
  try {
    replaceFile(join(folder, finishedFile), new TextEncoder().encode(`${basename(path)}\n`));
  } catch (error) {
    log.warn('the name of the newest backup could not be kept', { error: String(error) });
  }
}
