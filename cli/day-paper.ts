/** `till export` as the day prints on the till: as the printer gets it, or as plain text of the printer's width. */
import { resolve } from 'node:path';
import { breathe } from '../adapters/export/writing.ts';
import type { Instant } from '../core/contract/types.ts';
import { dayOnPaper } from '../core/find/day-paper.ts';
import { dayReceipt, type DayOnPaper } from '../core/receipt/day-receipt.ts';
import type { OpenReading } from '../host/reading.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { gatewayNames } from './gateway-names.ts';
import type { Output } from './output.ts';
import { documentBytes, documentText } from './receipt.ts';
import { word } from './words.ts';
import { writeOutWhole } from './write-out.ts';

export const paperFormats = ['escpos', 'text'] as const;
export type PaperFormat = (typeof paperFormats)[number];

export interface DayPaperOptions {
  /** Missing: to stdout. */
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

export interface DayPaperAbout {
  readonly day: string;
  readonly format: PaperFormat;
  readonly printedAt: Instant;
  readonly signal: AbortSignal;
}

/** Throws the system's error where it can't be written, or the signal's reason; then there is no new file. */
export async function dayPaper(opened: OpenReading, about: DayPaperAbout, options: DayPaperOptions, output: Output): Promise<number> {
  const { day, format, printedAt, signal } = about;
  const { out } = options;
  if (out === undefined && format === 'escpos' && options.json === true) throw new CommandEnd(exitCodes.wrongUsage, '--out: where to write the bytes; with --json stdout has lines alone');
  const shown = read(opened, day, printedAt);
  const document = dayReceipt(shown, opened.shop, gatewayNames);
  const bytes = format === 'text' ? documentText(document, opened) : documentBytes(document, opened);
  await breathe(signal);
  const fields = { day, format, rows: shown.rows.length, rowsLeftOut: shown.rowsLeftOut };
  if (out === undefined) print({ ...fields, bytes }, options, output);
  else {
    const path = resolve(out);
    writeOutWhole(path, bytes);
    output.line({ ...fields, out: path, bytes: bytes.length }, `${path}: ${bytes.length} bytes`);
  }
  if (shown.rowsLeftOut > 0) output.note(word('dayListLeftOut', opened.store.locale, { n: String(shown.rowsLeftOut) }));
  return exitCodes.done;
}

/** One unchanging state: the totals are those of the rows below them, whatever a running till appends meanwhile. */
function read({ journal }: OpenReading, day: string, printedAt: Instant): DayOnPaper {
  // Whoever runs the command line owns the machine: cash is shown. The paper names no people.
  return journal.snapshot(() => dayOnPaper(journal, day, { printedAt, cashShown: true, nameOf: (operatorId) => ({ operatorId, name: operatorId }) }));
}

function print({ bytes, ...fields }: { readonly day: string; readonly format: PaperFormat; readonly rows: number; readonly rowsLeftOut: number; readonly bytes: Uint8Array }, { json }: DayPaperOptions, output: Output): void {
  if (json === true) output.line({ ...fields, text: new TextDecoder().decode(bytes) }, '');
  else output.bytes(bytes);
}
