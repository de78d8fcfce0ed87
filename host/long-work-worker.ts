/** Does one piece of long work in a worker thread, on a connection to the journal that only reads: the process that pays stays free. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openJournal, type ReadableJournal } from '../adapters/journal/sqlite-journal.ts';
import { TooManyRows } from '../adapters/export/writing.ts';
import { exportDays, exportDifferences } from './export-work.ts';
import type { FromWorker, WorkEnd, WorkerData } from './long-work-types.ts';
import { reconcileFile } from './reconcile-work.ts';
import { lookAtStatement } from './statement-look.ts';

const { folder, shop, task } = workerData as WorkerData;
const cancel = new AbortController();
parentPort?.on('message', () => cancel.abort());

const leastMillisecondsBetween = 250;
let toldAt = Number.NEGATIVE_INFINITY;

function tell(said: FromWorker): void {
  parentPort?.postMessage(said);
}

/** At most four times a second: nobody reads faster. */
function onRows(done: number, total: number): void {
  const now = performance.now();
  if (now - toldAt < leastMillisecondsBetween) return;
  toldAt = now;
  tell({ type: 'progress', done, total });
}

async function work(journal: ReadableJournal): Promise<WorkEnd> {
  const { signal } = cancel;
  const onTemporary = (path: string): void => tell({ type: 'temporary', path });
  switch (task.kind) {
    case 'export':
      return { kind: 'exported', ...(await exportDays(journal, shop, task, { format: task.format, place: task.place, onRows, onTemporary, signal })) };
    case 'exportDifferences':
      return { kind: 'exported', ...(await exportDifferences(task.result, task.differencesPath, shop, { format: task.format, place: task.place, onRows, onTemporary, signal })) };
    case 'look':
      return { kind: 'looked', look: (await lookAtStatement(task.request, shop, signal)).look };
    case 'reconcile':
      return reconcile(journal, task);
  }
}

async function reconcile(journal: ReadableJournal, { request, differencesPath }: Extract<typeof task, { kind: 'reconcile' }>): Promise<WorkEnd> {
  const file = openSync(differencesPath, 'w', 0o600);
  try {
    const found = await reconcileFile(journal, shop, request, { onRows, signal: cancel.signal, onDifference: (row) => writeSync(file, `${JSON.stringify(row)}\n`) });
    return found.kind === 'refused' ? { kind: 'refused', message: found.message } : { kind: 'reconciled', result: found.result, news: { booked: found.booked, refundsMissing: found.refundsMissing, showsAll: found.showsAll } };
  } finally {
    closeSync(file);
  }
}

function endOf(error: unknown): WorkEnd {
  if (cancel.signal.aborted) return { kind: 'cancelled' };
  if (error instanceof TooManyRows) return { kind: 'tooManyRows', most: error.most };
  return { kind: 'failed', detail: error instanceof Error ? error.message : String(error) };
}

async function main(): Promise<void> {
  let end: WorkEnd;
  try {
    const journal = openJournal({ folder, access: 'reader' });
    try {
      end = await work(journal);
    } finally {
      journal.close();
    }
  } catch (error) {
    end = endOf(error);
  }
  tell({ type: 'ended', end });
  // Nothing more is heard: the thread ends.
  parentPort?.close();
}

void main();
