/** A scanner on a serial line (virtual COM port): opens it, and opens it again whenever it was unplugged. */
import { openSerialLine, type OpenSerial, type SerialLine, type SerialOpening, type SerialSettings } from '../serial/line.ts';
import { createFraming, defaultFraming } from './framing.ts';
import { createFramePump, createStateTeller, type ScannerSource, type SourcePorts } from './source.ts';

export interface SerialScannerSettings extends SerialSettings {
  /** The silence that ends a code of this scanner, where the ten-scan run measured one. */
  readonly gapMilliseconds?: number | undefined;
}

/** An unplugged scanner is back this soon after the system sees it. */
const absentMilliseconds = 500;
const troubleMilliseconds = 2_000;

export function serialScannerId(settings: SerialSettings): string {
  return `serial:${settings.path}`;
}

export function startSerialScanner(settings: SerialScannerSettings, ports: SourcePorts, openLine: OpenSerial = openSerialLine): ScannerSource {
  const scannerId = serialScannerId(settings);
  const tell = createStateTeller(scannerId, 'serial', ports);
  const framing = createFraming({ ...defaultFraming, gapMilliseconds: settings.gapMilliseconds ?? defaultFraming.gapMilliseconds });
  const pump = createFramePump(scannerId, framing, ports);
  let closed = false;
  let line: SerialLine | null = null;
  let cancelRetry: () => void = () => {};
  let opening: Promise<void> = Promise.resolve();

  function retryAfter(milliseconds: number): void {
    if (!closed) cancelRetry = ports.clock.after(milliseconds, open);
  }

  function open(): void {
    opening = openLine(settings, { onData: (bytes) => pump.push(bytes), onGone: lost }, ports.clock).then(settleOpening);
  }

  async function settleOpening(result: SerialOpening): Promise<void> {
    switch (result.kind) {
      case 'open':
        if (closed) {
          await result.line.close();
          return;
        }
        line = result.line;
        tell('ready', null);
        return;
      case 'failed':
        if (closed) return;
        tell(result.problem === 'absent' ? 'gone' : 'attention', result.detail);
        retryAfter(result.problem === 'absent' ? absentMilliseconds : troubleMilliseconds);
        return;
    }
  }

  function lost(detail: string): void {
    line = null;
    if (closed) return;
    pump.lineDown();
    tell('gone', detail);
    retryAfter(absentMilliseconds);
  }

  open();
  return {
    async close() {
      closed = true;
      cancelRetry();
      pump.stop();
      await opening;
      await line?.close();
    },
  };
}
