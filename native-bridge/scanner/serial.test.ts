/** Tests of the serial scanner on real pseudo-terminals: scanning, unplugging and replugging without a restart or a busy core. */
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../core/ports.ts';
import { systemClock } from '../process/system-clock.ts';
import { createPtyPair, socatMissing, type PtyPair } from '../testing/pty.ts';
import { createManualClock, createRecorder, silentLog, type Recorder } from '../testing/recorder.ts';
import type { OpenSerial, SerialHandlers } from '../serial/line.ts';
import { startSerialScanner } from './serial.ts';
import type { ScannerSource } from './source.ts';

const code = '134567890123456789';
const isState = (state: string) => (event: DeviceEvent) => event.type === 'scanner' && event.state === state;
const isScan = (event: DeviceEvent): boolean => event.type === 'scan';

describe.skipIf(socatMissing)('on a pseudo-terminal', () => {
  let pty: PtyPair;
  let recorder: Recorder;
  let source: ScannerSource | null;

  beforeEach(() => {
    pty = createPtyPair();
    recorder = createRecorder();
    source = null;
  });
  afterEach(async () => {
    await source?.close();
    await pty.remove();
  });

  const start = (): void => {
    source = startSerialScanner({ path: pty.devicePath, baudRate: 9600 }, { clock: systemClock, log: silentLog, emit: recorder.emit });
  };

  it('reads codes with and without a suffix', async () => {
    await pty.plug();
    start();
    await recorder.next(isState('ready'));
    pty.send(code);
    expect(await recorder.next(isScan)).toEqual({ type: 'scan', scannerId: `serial:${pty.devicePath}`, text: code, symbology: null });
    pty.send(`]Q1${code}\r\n\x02281234567890123456\x03`);
    expect(await recorder.next(isScan)).toMatchObject({ text: code, symbology: ']Q1' });
    expect(await recorder.next(isScan)).toMatchObject({ text: '281234567890123456' });
    expect(recorder.events.filter((event) => event.type === 'garbled')).toEqual([]);
  });

  it('waits for a scanner that is not there yet, and takes an unplugged one up again', async () => {
    start();
    expect(await recorder.next(isState('gone'))).toMatchObject({ detail: expect.stringContaining('Plug the device in') });
    for (let round = 0; round < 2; round += 1) {
      await pty.plug();
      await recorder.next(isState('ready'));
      pty.send(`${code}\r`);
      await recorder.next(isScan);
      pty.send('1345');
      await pty.unplug();
      await recorder.next(isState('gone'));
    }
    expect(recorder.events.filter(isScan)).toHaveLength(2);
  }, 20_000);

  it('a device node that vanishes without any word from the driver is an unplugged scanner (trap 1)', async () => {
    await pty.plug();
    start();
    await recorder.next(isState('ready'));
    rmSync(pty.devicePath);
    expect(await recorder.next(isState('gone'))).toMatchObject({ detail: expect.stringContaining('unplugged') });
  });

  it('keeps the core idle while plugged and while unplugged', async () => {
    await pty.plug();
    start();
    await recorder.next(isState('ready'));
    await pty.unplug();
    await recorder.next(isState('gone'));
    const before = process.cpuUsage();
    const since = systemClock.monotonic();
    await new Promise<void>((resolve) => systemClock.after(1000, resolve));
    const used = process.cpuUsage(before);
    const busy = (used.user + used.system) / 1000 / (systemClock.monotonic() - since);
    expect(busy).toBeLessThan(0.3);
  });
});

describe('with a line of the test', () => {
  it('tells what keeps it from opening, once, and tries again', async () => {
    const clock = createManualClock();
    const recorder = createRecorder();
    let openings = 0;
    const denied: OpenSerial = () => {
      openings += 1;
      return Promise.resolve({ kind: 'failed', problem: 'library', detail: 'Install serialport.' });
    };
    const source = startSerialScanner({ path: '/dev/x', baudRate: 9600 }, { clock, log: silentLog, emit: recorder.emit }, denied);
    await clock.advance(10_000);
    expect(openings).toBe(6);
    expect(recorder.events).toEqual([{ type: 'scanner', scannerId: 'serial:/dev/x', kind: 'serial', state: 'attention', detail: 'Install serialport.' }]);
    await source.close();
    await clock.advance(10_000);
    expect(openings).toBe(6);
  });

  it('half a code at the moment of unplugging is garbled, never a scan', async () => {
    const clock = createManualClock();
    const recorder = createRecorder();
    const lines: SerialHandlers[] = [];
    const openLine: OpenSerial = (_settings, handlers) => {
      lines.push(handlers);
      return Promise.resolve({ kind: 'open', line: { write: () => Promise.resolve({ kind: 'written' }), close: () => Promise.resolve() } });
    };
    const source = startSerialScanner({ path: '/dev/x', baudRate: 9600 }, { clock, log: silentLog, emit: recorder.emit }, openLine);
    await clock.advance(0);
    lines[0]?.onData(Buffer.from('13456789'));
    lines[0]?.onGone('/dev/x was unplugged');
    await clock.advance(1000);
    lines[1]?.onData(Buffer.from(code));
    await clock.advance(59);
    expect(recorder.events.map((event) => event.type)).toEqual(['scanner', 'garbled', 'scanner', 'scanner']);
    await clock.advance(1);
    expect(recorder.events.at(-1)).toMatchObject({ type: 'scan', text: code });
    await source.close();
  });
});
