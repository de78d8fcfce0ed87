/** Checks the whole chain of a journal in a worker thread, on a connection that only reads: the process that pays stays free. */
import { parentPort, workerData } from 'node:worker_threads';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import { verifyChain } from '../core/journal/chain.ts';

const { folder } = workerData as { readonly folder: string };
const journal = openJournal({ folder, access: 'reader' });
try {
  parentPort?.postMessage(verifyChain(journal));
} finally {
  journal.close();
}
