/** Tests of the HID source against a node-hid of the test: finding, waking, unplugging, missing libraries and permissions. */
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createManualClock, createRecorder, silentLog } from '../testing/recorder.ts';
import { hidrawFingerprint, loadNodeHid, startHidScanner, type HidDevice, type HidDeviceInfo, type HidModule } from './hid.ts';

class FakeDevice extends EventEmitter implements HidDevice {
  readonly features: number[][] = [];
  isClosed = false;
  sendFeatureReport(report: number[]): Promise<number> {
    this.features.push(report);
    return Promise.resolve(report.length);
  }
  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

const scannerInfo: HidDeviceInfo = { vendorId: 0x1eab, productId: 0x22, path: '/dev/hidraw3', usagePage: 0x8c, usage: 2 };
const keyboardInfo: HidDeviceInfo = { vendorId: 1, productId: 1, path: '/dev/hidraw0', usagePage: 1, usage: 6 };

function createBench(firstDevices: readonly HidDeviceInfo[]) {
  const clock = createManualClock();
  const recorder = createRecorder();
  const bench = { devices: [...firstDevices], opened: [] as FakeDevice[], searches: 0, openError: null as Error | null };
  const hid: HidModule = {
    devicesAsync() {
      bench.searches += 1;
      return Promise.resolve(bench.devices);
    },
    HIDAsync: {
      open() {
        if (bench.openError !== null) return Promise.reject(bench.openError);
        const device = new FakeDevice();
        bench.opened.push(device);
        return Promise.resolve(device);
      },
    },
  };
  const source = startHidScanner(
    { clock, log: silentLog, emit: recorder.emit },
    { load: () => Promise.resolve(hid), fingerprint: () => bench.devices.map((info) => info.path).join() },
  );
  return { bench, clock, recorder, source };
}

function report(text: string): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes[0] = 2;
  bytes[1] = text.length;
  bytes.set(Buffer.from(`]Q1${text}`), 2);
  return bytes;
}

describe('the HID source', () => {
  it('opens the scanner among other devices and reads it', async () => {
    const { bench, clock, recorder, source } = createBench([keyboardInfo, scannerInfo]);
    await clock.advance(0);
    bench.opened[0]?.emit('data', report('134567890123456789'));
    expect(bench.opened).toHaveLength(1);
    expect(recorder.events).toEqual([
      { type: 'scanner', scannerId: 'hid', kind: 'hid', state: 'ready', detail: null },
      { type: 'scan', scannerId: 'hid', text: '134567890123456789', symbology: ']Q1' },
    ]);
    expect(bench.opened[0]?.features).toEqual([]);
    await source.close();
    expect(bench.opened[0]?.isClosed).toBe(true);
  });

  it.each([0x0c2e, 0x23d0])('wakes the scanners of vendor %i', async (vendorId) => {
    const { bench, clock, source } = createBench([{ ...scannerInfo, vendorId }]);
    await clock.advance(0);
    expect(bench.opened[0]?.features).toEqual([[254, 1]]);
    await source.close();
  });

  it('finds an unplugged scanner again, and searches only when something changed', async () => {
    const { bench, clock, recorder, source } = createBench([scannerInfo]);
    await clock.advance(10_000);
    expect(bench.searches).toBe(1);
    bench.devices = [];
    bench.opened[0]?.emit('error', new Error('could not read from HID device'));
    await clock.advance(10_000);
    bench.devices = [scannerInfo];
    await clock.advance(500);
    expect(recorder.events.map((event) => (event.type === 'scanner' ? event.state : event.type))).toEqual(['ready', 'gone', 'gone', 'ready']);
    expect(bench.searches).toBe(3);
    await source.close();
  });

  it('says which rule to write where it may not open the scanner, and tries again', async () => {
    const { bench, clock, recorder, source } = createBench([]);
    bench.openError = new Error('cannot open device with path /dev/hidraw3');
    bench.devices = [scannerInfo];
    await clock.advance(0);
    expect(recorder.events.at(-1)).toMatchObject({ state: 'attention' });
    if (process.platform === 'linux') expect(recorder.events.at(-1)).toMatchObject({ detail: expect.stringContaining('ATTRS{idVendor}=="1eab"') });
    bench.openError = null;
    await clock.advance(2_500);
    expect(recorder.events.at(-1)).toMatchObject({ state: 'ready' });
    await source.close();
  });

  it('a missing system library is told with what to install', async () => {
    const clock = createManualClock();
    const recorder = createRecorder();
    const source = startHidScanner(
      { clock, log: silentLog, emit: recorder.emit },
      { load: () => Promise.reject(new Error('libudev.so.1: cannot open shared object file')), fingerprint: () => '' },
    );
    await clock.advance(100);
    expect(recorder.events).toHaveLength(1);
    expect(recorder.events[0]).toMatchObject({ type: 'scanner', state: 'attention', detail: expect.stringContaining('libudev.so.1') });
    await source.close();
  });
});

describe('the real node-hid', () => {
  it('loads, or says why not', async () => {
    const outcome = await loadNodeHid().then(
      (hid) => typeof hid.devicesAsync,
      (error: unknown) => error,
    );
    expect(outcome === 'function' || outcome instanceof Error).toBe(true);
    expect(hidrawFingerprint()).toBeTypeOf(process.platform === 'linux' ? 'string' : 'object');
  });
});
