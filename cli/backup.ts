/** `till backup` and `till restore`: a verified copy of the journal on another disk, and the way back from it. */
import { resolve } from 'node:path';
import { backupJournal, restoreBackup } from '../adapters/backup.ts';
import { homeWitness, witnessFolder } from '../adapters/witness.ts';
import { message, messageText } from '../core/contract/messages.ts';
import type { OpenHome } from '../host/reading.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import type { Output } from './output.ts';

export async function backup(opened: OpenHome, options: { readonly to?: string | undefined }, output: Output): Promise<number> {
  const target = options.to ?? opened.settings.backup.folder;
  if (target === null) throw new CommandEnd(exitCodes.wrongUsage, '--to: the settings name no backup.folder');
  const made = await backupJournal({ folder: opened.folder, target: resolve(target), name: 'manual' });
  if (made.kind === 'failed') throw new CommandEnd(exitCodes.refused, `${messageText(message('backupFailed', { folder: target }), opened.store.locale)} (${made.why}: ${made.detail})`);
  output.line({ out: made.path, bytes: made.bytes }, `${made.path}: ${made.bytes} bytes`);
  return exitCodes.done;
}

/** Only into a home without a journal: what happened since the backup is not in it, and nothing of a newer one may be lost. */
export function restore(opened: OpenHome, options: { readonly from: string }, output: Output): number {
  const { folder, settings } = opened;
  const restored = restoreBackup(resolve(options.from), folder, (journal) => homeWitness(journal, { home: folder, terminalId: settings.terminal.id, folder: witnessFolder() }));
  if (restored.kind === 'refused') {
    const code = restored.why === 'inUse' || restored.why === 'notWritable' ? exitCodes.journal : exitCodes.refused;
    throw new CommandEnd(code, `--from: ${reasons[restored.why]} (${restored.detail})`);
  }
  output.line({ restored: true, rows: restored.sequence }, `${restored.sequence} rows are back; refunds wait until a statement was reconciled`);
  return exitCodes.done;
}

const reasons = {
  journalThere: 'this home has a journal, and nothing is ever put over one; move it away first',
  inUse: 'a till uses this home',
  notFound: 'there is no such file',
  broken: 'this is no whole backup',
  notWritable: 'the home cannot be written',
} as const;
