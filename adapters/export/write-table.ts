/** Writes a table into a file of the wanted kind, whole or not at all. */
import type { FileTable } from '../../core/export/table.ts';
import type { ExportFormat } from '../../core/contract/types.ts';
import { writeCsv } from './csv.ts';
import { FileTarget, type TargetPlace } from './target.ts';
import type { Writing } from './writing.ts';

export interface TableWriting {
  readonly table: FileTable;
  readonly format: ExportFormat;
  readonly place: TargetPlace;
  readonly onRows?: (rows: number) => void;
  /** Told as soon as something stands on the disk, so that another process can tidy up after this one. */
  readonly onTemporary?: (path: string) => void;
  readonly signal?: AbortSignal;
}

/** Loaded when they are needed: their libraries take longer to read than most statements. */
const writers: Readonly<Record<ExportFormat, (writing: Writing) => Promise<number>>> = {
  csv: writeCsv,
  xlsx: async (writing) => (await import('./xlsx.ts')).writeXlsx(writing),
  pdf: async (writing) => (await import('./pdf.ts')).writePdf(writing),
};

/**
 * Resolves with the path that the file has and its rows. Rejects with the system's error, `TooManyRows`, or the signal's
 * reason, and then there is no new file, and an older one is untouched.
 */
export async function writeTable({ table, format, place, onRows, onTemporary, signal }: TableWriting): Promise<{ readonly path: string; readonly rows: number }> {
  const target = new FileTarget(place);
  try {
    onTemporary?.(target.temporary);
    const cancel = signal ?? new AbortController().signal;
    const rows = await writers[format]({ table, target, signal: cancel, onRows: onRows ?? (() => undefined) });
    cancel.throwIfAborted();
    return { path: target.commit(), rows };
  } finally {
    target.discard();
  }
}
