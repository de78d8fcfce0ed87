/** `till report`, `till shift x` and `till shift z`: the reports of shifts, read from the journal, also beside a running till. */
import { systemClock } from '../adapters/clock.ts';
import { message, messageText } from '../core/contract/messages.ts';
import type { ShiftSums, ZReport } from '../core/contract/types.ts';
import type { Total } from '../core/journal/list-totals.ts';
import { readNewestZ, readX, readZ } from '../core/journal/shift-reading.ts';
import { sumText } from '../core/receipt/blocks.ts';
import { xReceipt, zReceipt } from '../core/receipt/shift-receipt.ts';
import { zText } from '../core/shift/z-report.ts';
import type { OpenReading } from '../host/reading.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { gatewayNames } from './gateway-names.ts';
import { isoTime, type Output } from './output.ts';
import { documentText } from './receipt.ts';
import { writeOut } from './write-out.ts';

export interface ReportOptions {
  readonly z: string;
  readonly text?: boolean | undefined;
  readonly out?: string | undefined;
}

/** The shift so far. */
export function xCommand(opened: OpenReading, output: Output): number {
  const report = opened.journal.snapshot(() => readX(opened.journal, systemClock()));
  if (report === null) throw new CommandEnd(exitCodes.refused, messageText(message('shiftNotOpen'), opened.store.locale));
  const document = xReceipt(report, opened.shop, gatewayNames, opened.settings.cash.on);
  output.line({ number: report.shift.number, ...report, totals: totalsOf(report.sums) }, new TextDecoder().decode(documentText(document, opened)));
  return exitCodes.done;
}

/** The newest Z once more. It makes none: a close does. */
export function zCommand(opened: OpenReading, output: Output): number {
  const report = readNewestZ(opened.journal);
  if (report === null) throw noZ(opened);
  output.line(zObject(report), paperText(report, opened));
  return exitCodes.done;
}

/** One Z, the same bytes every time: as sorted JSON, or as it prints. */
export function reportCommand(opened: OpenReading, options: ReportOptions, output: Output): number {
  if (!/^[0-9]{1,9}$/.test(options.z)) throw new CommandEnd(exitCodes.wrongUsage, `--z: not the number of a Z: ${options.z.slice(0, 20)}`);
  const number = Number(options.z);
  const report = readZ(opened.journal, number);
  if (report === null) throw noZ(opened);
  const text = options.text === true ? paperText(report, opened) : `${JSON.stringify(zObject(report))}\n`;
  if (options.out === undefined) {
    output.line(options.text === true ? { number, text } : zObject(report), text.replace(/\n$/, ''));
    return exitCodes.done;
  }
  const bytes = new TextEncoder().encode(text);
  writeOut(options.out, bytes);
  output.line({ number, out: options.out, bytes: bytes.length }, `${options.out}: ${bytes.length} bytes`);
  return exitCodes.done;
}

/** The Z as it is kept, its keys sorted, and beside it the sums by gateway in the form of the list's totals. */
export function zObject(report: ZReport): Readonly<Record<string, unknown>> {
  const kept = JSON.parse(zText(report)) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries({ ...kept, totals: totalsOf(report.sums) }).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function totalsOf({ tenders }: ShiftSums): readonly Total[] {
  const totals = new Map<string, Total>();
  for (const { gateway, currency, salesMinor, refundsMinor } of tenders) {
    const key = `${gateway} ${currency}`;
    const before = totals.get(key) ?? { gateway, currency, paid: 0, refunded: 0, net: 0 };
    totals.set(key, { ...before, paid: before.paid + salesMinor, refunded: before.refunded + refundsMinor, net: before.net + salesMinor - refundsMinor });
  }
  return [...totals].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, total]) => total);
}

/** A Z for people, in one line. */
export function zLine({ number, closedAt, counted, differenceMinor, left }: ZReport): string {
  const drawer = counted === null ? '' : `  counted ${sumText(counted.minor, counted.currency)}, difference ${sumText(differenceMinor, left.currency)}, left ${sumText(left.minor, left.currency)}`;
  return `Z ${number}  ${isoTime(closedAt)}${drawer}`;
}

function paperText(report: ZReport, opened: OpenReading): string {
  return new TextDecoder().decode(documentText(zReceipt(report, opened.shop, gatewayNames, false), opened));
}

function noZ(opened: OpenReading): CommandEnd {
  return new CommandEnd(exitCodes.refused, messageText(message('zNotFound'), opened.store.locale));
}
