/** Tests of the whole devices process as a real fork: a scanner on a pseudo-terminal, a printer on a socket, kill -9. */
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../core/ports.ts';
import type { ReceiptDocument } from '../../core/receipt/document.ts';
import { missingReaders, readBack } from '../printer/read-back.ts';
import { createPtyPair, socatMissing } from '../testing/pty.ts';
import { createRecorder, silentLog } from '../testing/recorder.ts';
import { startDevices, type ChildHandle } from './client.ts';
import { forkChild } from './fork.ts';
import { systemClock } from './system-clock.ts';

const modulePath = fileURLToPath(new URL('./devices-process.ts', import.meta.url));
const receipt: ReceiptDocument = { blocks: [{ type: 'text', text: '收款成功 ¥38.50', align: 'left', bold: false, size: 1 }, { type: 'barcode', text: 'T012511200386' }, { type: 'cut' }] };
const code = '134567890123456789';
const isDevices = (state: string) => (event: DeviceEvent) => event.type === 'devices' && event.state === state;
const isScanner = (state: string) => (event: DeviceEvent) => event.type === 'scanner' && event.state === state;

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function startSink(): Promise<{ readonly port: number; received: Buffer }> {
  const sink = { port: 0, received: Buffer.alloc(0) };
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      sink.received = Buffer.concat([sink.received, bytes]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sink.port = (server.address() as AddressInfo).port;
  cleanups.push(() => void server.close());
  return sink;
}

describe.skipIf(socatMissing)('the devices process', () => {
  it('scans and prints, survives kill -9, and ends when asked', async () => {
    const pty = createPtyPair();
    cleanups.push(() => pty.remove());
    await pty.plug();
    const sink = await startSink();
    const recorder = createRecorder();
    const children: ChildHandle[] = [];
    const exits: number[] = [];
    const devices = startDevices({
      clock: systemClock,
      log: silentLog,
      settings: { scanners: [{ type: 'serial', path: pty.devicePath, baudRate: 9600 }], printer: { type: 'tcp', host: '127.0.0.1', port: sink.port, columns: 48, encoding: 'gb18030' } },
      spawn() {
        const child = forkChild(modulePath);
        const index = children.push(child) - 1;
        child.onExit(() => void exits.push(index));
        return child;
      },
    });
    devices.onEvent(recorder.emit);
    cleanups.push(() => devices.close());

    for (const round of [0, 1]) {
      await recorder.next(isDevices('running'));
      await recorder.next(isScanner('ready'));
      pty.send(`${code}\r`);
      expect(await recorder.next((event) => event.type === 'scan')).toMatchObject({ text: code });
      expect(await devices.print(`job-${round}`, receipt)).toEqual({ kind: 'printed' });
      if (round === 0) {
        children[0]?.kill();
        await recorder.next(isDevices('restarting'));
      }
    }
    await devices.close();
    expect(exits).toEqual([0, 1]);
    if (missingReaders().length === 0) {
      const seen = await readBack(sink.received);
      expect(seen).toMatchObject({ lines: ['收款成功 ￥38.50', 'T012511200386', '收款成功 ￥38.50', 'T012511200386'], barcodes: ['T012511200386', 'T012511200386'], cuts: 2 });
    }
  }, 30_000);

  it('a process that ends at once is started again, and closing ends that', async () => {
    const recorder = createRecorder();
    const devices = startDevices({
      clock: systemClock,
      log: silentLog,
      settings: { scanners: [{ type: 'hid' }], printer: null },
      spawn: () => forkChild(fileURLToPath(new URL('../limits.ts', import.meta.url))),
    });
    devices.onEvent(recorder.emit);
    await recorder.next(isDevices('restarting'));
    await recorder.next(isDevices('restarting'));
    await devices.close();
  }, 30_000);
});
