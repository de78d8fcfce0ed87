/** `till export`: the list of a day as a file, whole or not there at all. */
import { dirname, resolve } from 'node:path';
import { TooManyRows } from '../adapters/export/writing.ts';
import { message, messageText } from '../core/contract/messages.ts';
import type { ExportFormat } from '../core/contract/types.ts';
import { exportDays } from '../host/export-work.ts';
import type { OpenReading } from '../host/reading.ts';
import { workShop } from '../host/work-shop-settings.ts';
import { givenDay } from './day.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import type { Output } from './output.ts';

export interface ExportOptions {
  readonly day: string;
  readonly format: string;
  readonly out: string;
}

const formats: readonly ExportFormat[] = ['csv', 'xlsx', 'pdf'];

export async function exportCommand(opened: OpenReading, options: ExportOptions, output: Output, interrupted: Promise<void>): Promise<number> {
  const day = givenDay('--day', options.day);
  const format = formats.find((one) => one === options.format);
  if (format === undefined) throw new CommandEnd(exitCodes.wrongUsage, `--format: ${formats.join(', ')}, not ${options.format.slice(0, 20)}`);
  const stopping = new AbortController();
  void interrupted.then(() => stopping.abort());
  try {
    const place = { path: resolve(options.out), existing: 'replace' } as const;
    const { rows, path } = await exportDays(opened.journal, workShop(opened.settings), { fromDay: day, toDay: day }, { format, place, signal: stopping.signal });
    output.line({ day, format, out: path, rows }, messageText(message('exportDone', { n: String(rows), folder: path }), opened.store.locale));
    return exitCodes.done;
  } catch (error) {
    throw notExported(error, opened, options.out, stopping.signal.aborted);
  }
}

function notExported(error: unknown, { store }: OpenReading, out: string, isStopped: boolean): unknown {
  if (isStopped) return new CommandEnd(exitCodes.refused, messageText(message('exportCancelled'), store.locale));
  if (error instanceof TooManyRows) return new CommandEnd(exitCodes.refused, `--format: ${error.message}`);
  const isSystems = error instanceof Error && 'code' in error;
  return isSystems ? new CommandEnd(exitCodes.wrongUsage, `--out: ${messageText(message('exportFailed', { folder: dirname(resolve(out)) }), store.locale)} (${error.message})`) : error;
}
