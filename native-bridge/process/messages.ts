/** What the host and the devices process say to each other: closed unions, checked on arrival. */
import { z } from 'zod';
import type { DeviceEvent, PrintResult } from '../../core/ports.ts';
import type { ReceiptDocument } from '../../core/receipt/document.ts';

const port = z.int().min(1).max(65_535);
const baudRate = z.int().positive();
const path = z.string().min(1).max(4_096);
const paper = { columns: z.literal([32, 42, 48]), encoding: z.literal('gb18030'), dots: z.int().min(200).max(2_000).optional() };

export const scannerSettings = z.discriminatedUnion('type', [
  z.object({ type: z.literal('serial'), path, baudRate, gapMilliseconds: z.int().min(5).max(1_000).optional() }),
  z.object({ type: z.literal('hid') }),
]);

export const printerSettings = z.discriminatedUnion('type', [
  z.object({ type: z.literal('tcp'), host: z.string().min(1).max(255), port, ...paper }),
  z.object({ type: z.literal('serial'), path, baudRate, ...paper }),
  z.object({ type: z.literal('usb'), path, ...paper }),
]);

/** The `devices` block of the settings. */
export const devicesSettings = z.object({ scanners: z.array(scannerSettings).max(16), printer: printerSettings.nullable() });

export type ScannerSettings = z.infer<typeof scannerSettings>;
export type DevicesSettings = z.infer<typeof devicesSettings>;

const text = z.string().max(20_000);
const align = z.enum(['left', 'center', 'right']);
const size = z.literal([1, 2]);

const receiptBlock = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text, align, bold: z.boolean(), size }),
  z.object({ type: z.literal('row'), left: text, right: text, bold: z.boolean(), size }),
  z.object({ type: z.literal('rule'), style: z.enum(['solid', 'dashed']) }),
  z.object({ type: z.literal('banner'), text }),
  z.object({ type: z.literal('barcode'), text }),
  z.object({ type: z.literal('qr'), text }),
  z.object({ type: z.literal('feed'), lines: z.number() }),
  z.object({ type: z.literal('cut') }),
  z.object({ type: z.literal('drawer') }),
]);

const receiptDocument: z.ZodType<ReceiptDocument> = z.object({ blocks: z.array(receiptBlock).max(5_000) });

export function isReceiptDocument(document: unknown): boolean {
  return receiptDocument.safeParse(document).success;
}

const printerProblem = z.enum(['absent', 'unreachable', 'busy', 'paperOut', 'coverOpen', 'error', 'permission']);
const problem = { problem: printerProblem, detail: z.string() };

const printResult: z.ZodType<PrintResult> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('printed') }),
  z.object({ kind: z.literal('notBegun'), ...problem }),
  z.object({ kind: z.literal('interrupted'), ...problem }),
]);

const deviceState = z.enum(['ready', 'gone', 'attention']);
const scannerId = z.string();

const deviceEvent: z.ZodType<DeviceEvent> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('scan'), scannerId, text: z.string(), symbology: z.string().nullable() }),
  z.object({ type: z.literal('garbled'), scannerId }),
  z.object({ type: z.literal('scanner'), scannerId, kind: z.enum(['serial', 'hid', 'keyboard']), state: deviceState, detail: z.string().nullable() }),
  z.object({ type: z.literal('printer'), state: deviceState, problem: printerProblem.nullable(), detail: z.string().nullable() }),
  z.object({ type: z.literal('devices'), state: z.enum(['running', 'restarting']) }),
]);

/** A job's number is unique within one run of the client; the till's own job id is only for the log. */
const jobNumber = z.int().min(1);

const toDevices = z.discriminatedUnion('type', [
  z.object({ type: z.literal('configure'), settings: devicesSettings }),
  z.object({ type: z.literal('print'), jobNumber, jobId: z.string(), document: receiptDocument }),
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('close') }),
]);

const toHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('running') }),
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('event'), event: deviceEvent }),
  z.object({ type: z.literal('printResult'), jobNumber, result: printResult }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['info', 'warn', 'error']),
    message: z.string(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
]);

export type MessageToDevices = z.infer<typeof toDevices>;
export type MessageToHost = z.infer<typeof toHost>;

/** Null for anything that isn't such a message. */
export function readMessageToDevices(message: unknown): MessageToDevices | null {
  return toDevices.safeParse(message).data ?? null;
}

export function readMessageToHost(message: unknown): MessageToHost | null {
  return toHost.safeParse(message).data ?? null;
}
