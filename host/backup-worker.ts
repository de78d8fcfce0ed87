/** Copies the journal to another disk in a worker thread, and reads the copy back. */
import { parentPort, workerData } from 'node:worker_threads';
import { backupJournal, type BackupOptions } from '../adapters/backup.ts';

parentPort?.postMessage(await backupJournal(workerData as Pick<BackupOptions, 'folder' | 'target' | 'name'>));
