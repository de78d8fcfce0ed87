/** `till export`: the list of a day as a file, whole or not there at all, or as it prints. */
import { dirname, resolve } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { TooManyRows } from '../adapters/export/writing.ts';
import { message, messageText } from '../core/contract/messages.ts';
import type { ExportFormat } from '../core/contract/types.ts';
import type { Clock } from '../core/ports.ts';
import { exportDays } from '../host/export-work.ts';
import type { OpenReading } from '../host/reading.ts';
import { workShop } from '../host/work-shop-settings.ts';
import { dayPaper, paperFormats, type PaperFormat } from './day-paper.ts';
import { givenDay } from './day.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import type { Output } from './output.ts';
import { Progress } from './progress.ts';

export interface ExportOptions {
  readonly day: string;
  readonly format: string;
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

const fileFormats: readonly ExportFormat[] = ['csv', 'xlsx', 'pdf'];

export async function exportCommand(opened: OpenReading, options: ExportOptions, output: Output, interrupted: Promise<void>, clock: Pick<Clock, 'wall' | 'monotonic'> = systemClock()): Promise<number> {
  const day = givenDay('--day', options.day);
  const format = givenFormat(options.format);
  const stopping = new AbortController();
  const { signal } = stopping;
  void interrupted.then(() => stopping.abort());
  try {
    if (isPaper(format)) return await dayPaper(opened, { day, format, printedAt: clock.wall(), signal }, options, output);
    if (options.out === undefined) throw new CommandEnd(exitCodes.wrongUsage, '--out: where to write it; escpos and text alone go to the screen');
    const progress = new Progress(output, opened.store.locale, clock);
    const place = { path: resolve(options.out), existing: 'replace' } as const;
    const control = { format, place, signal, onRows: (done: number, total: number) => progress.rows('rowsExported', done, total) };
    const { rows, path } = await exportDays(opened.journal, workShop(opened.settings), { fromDay: day, toDay: day }, control);
    output.line({ day, format, out: path, rows }, messageText(message('exportDone', { n: String(rows), folder: path }), opened.store.locale));
    return exitCodes.done;
  } catch (error) {
    throw notExported(error, opened, options.out, signal.aborted);
  }
}

function givenFormat(text: string): ExportFormat | PaperFormat {
  const formats = [...fileFormats, ...paperFormats];
  const format = formats.find((one) => one === text);
  if (format === undefined) throw new CommandEnd(exitCodes.wrongUsage, `--format: ${formats.join(', ')}, not ${text.slice(0, 20)}`);
  return format;
}

function isPaper(format: ExportFormat | PaperFormat): format is PaperFormat {
  return format === 'escpos' || format === 'text';
}

function notExported(error: unknown, { store }: OpenReading, out: string | undefined, isStopped: boolean): unknown {
  if (error instanceof CommandEnd) return error;
  if (isStopped) return new CommandEnd(exitCodes.interrupted, messageText(message('exportCancelled'), store.locale));
  if (error instanceof TooManyRows) return new CommandEnd(exitCodes.refused, `--format: ${error.message}`);
  const isOfPlace = out !== undefined && error instanceof Error && 'code' in error;
  return isOfPlace ? new CommandEnd(exitCodes.wrongUsage, `--out: ${messageText(message('exportFailed', { folder: dirname(resolve(out)) }), store.locale)} (${error.message})`) : error;
}
