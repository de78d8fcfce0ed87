/** The inside of the devices process: runs the scanners and the printer that the host configures, and reports to it. */
import type { Clock, DeviceEvent, Log, LogFields, PrintResult } from '../../core/ports.ts';
import { messageOf } from '../limits.ts';
import { warmUpEncoder } from '../printer/encoder.ts';
import { startPrinter, type PrinterPorts, type PrinterSettings, type RunningPrinter } from '../printer/transport.ts';
import { startHidScanner } from '../scanner/hid.ts';
import { startSerialScanner } from '../scanner/serial.ts';
import type { ScannerSource, SourcePorts } from '../scanner/source.ts';
import { readMessageToDevices, type DevicesSettings, type MessageToDevices, type MessageToHost, type ScannerSettings } from './messages.ts';

/** The line to the host: a fork's channel or Electron's parent port. */
export interface HostPort {
  send(message: MessageToHost): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Ends this process. */
  exit(): void;
}

export interface HubParts {
  readonly startScanner: (settings: ScannerSettings, ports: SourcePorts) => ScannerSource;
  readonly startPrinter: (settings: PrinterSettings, ports: PrinterPorts) => RunningPrinter;
}

function startScanner(settings: ScannerSettings, ports: SourcePorts): ScannerSource {
  switch (settings.type) {
    case 'serial':
      return startSerialScanner(settings, ports);
    case 'hid':
      return startHidScanner(ports);
  }
}

const realParts: HubParts = { startScanner, startPrinter };

const absent: PrintResult = { kind: 'notBegun', problem: 'absent', detail: 'No printer is set up.' };

export function runDevices(host: HostPort, clock: Clock, parts: HubParts = realParts): void {
  const log = createHostLog(host);
  const emit = (event: DeviceEvent): void => host.send({ type: 'event', event });
  const ports = { clock, log, emit };
  let scanners: readonly ScannerSource[] = [];
  let printer: RunningPrinter | null = null;
  let current = '';
  /** Configuring and closing wait for each other: a device must be let go before it is opened again. */
  let turn: Promise<void> = Promise.resolve();
  const printing = new Set<Promise<void>>();

  async function stop(): Promise<void> {
    const running: readonly { close(): Promise<void> }[] = printer === null ? scanners : [...scanners, printer];
    scanners = [];
    printer = null;
    await Promise.all(running.map((device) => device.close()));
  }

  async function configure(settings: DevicesSettings): Promise<void> {
    const wanted = JSON.stringify(settings);
    if (wanted === current) return;
    current = wanted;
    await stop();
    scanners = settings.scanners.map((scanner) => parts.startScanner(scanner, ports));
    printer = settings.printer === null ? null : parts.startPrinter(settings.printer, ports);
    if (printer !== null) warmUpEncoder();
  }

  async function print(message: Extract<MessageToDevices, { type: 'print' }>): Promise<void> {
    const result = printer === null ? absent : await printer.print(message.jobId, message.document);
    log.info('print job', { jobId: message.jobId, result: result.kind });
    host.send({ type: 'printResult', jobNumber: message.jobNumber, result });
  }

  function track(job: Promise<void>): void {
    printing.add(job);
    void job.finally(() => printing.delete(job));
  }

  function inTurn(work: () => Promise<void>): void {
    turn = turn.then(work).catch((error: unknown) => log.error('the devices could not be set up', { detail: messageOf(error) }));
  }

  function act(message: MessageToDevices): void {
    switch (message.type) {
      case 'configure':
        inTurn(() => configure(message.settings));
        return;
      case 'print':
        // After a configuration under way, but not one after the other: the printer has its own queue.
        inTurn(async () => track(print(message)));
        return;
      case 'ping':
        host.send({ type: 'pong' });
        return;
      case 'close':
        // The system closes the devices; only a receipt has to be waited for.
        inTurn(async () => {
          await Promise.all(printing);
          host.exit();
        });
        return;
    }
  }

  host.onMessage((raw) => {
    const message = readMessageToDevices(raw);
    if (message === null) log.error('a message from the host was not understood');
    else act(message);
  });
  host.send({ type: 'running' });
}

/** The devices process has no log file: what it has to say goes to the host's. */
function createHostLog(host: HostPort): Log {
  const write = (level: 'info' | 'warn' | 'error', message: string, fields: LogFields = {}): void => {
    const known = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    host.send({ type: 'log', level, message, fields: Object.fromEntries(known) });
  };
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}
