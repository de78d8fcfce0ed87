/** Scanners in HID POS mode through node-hid: finds them, opens them, and finds them again after unplugging. */
import { readdirSync } from 'node:fs';
import { codeOf, messageOf } from '../limits.ts';
import { createHidReports } from './hid-report.ts';
import { createFramePump, createStateTeller, type FramePump, type ScannerSource, type SourcePorts } from './source.ts';

/** The part of node-hid that is used here. */
export interface HidModule {
  devicesAsync(): Promise<readonly HidDeviceInfo[]>;
  readonly HIDAsync: { open(path: string, options?: { nonExclusive?: boolean }): Promise<HidDevice> };
}

export interface HidDeviceInfo {
  readonly vendorId: number;
  readonly productId: number;
  readonly path?: string | undefined;
  readonly usagePage?: number | undefined;
  readonly usage?: number | undefined;
}

export interface HidDevice {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  sendFeatureReport(report: number[]): Promise<number>;
  close(): Promise<void>;
}

export interface HidPorts extends SourcePorts {
  readonly load: () => Promise<HidModule>;
  /** Changes when a HID device comes or goes, so that the costly search runs only then; null where the system can't say. */
  readonly fingerprint: () => string | null;
}

export const hidScannerId = 'hid';

const scannerUsagePage = 0x8c;
const scannerUsage = 0x02;

/** These makers' scanners stay silent until they are told that somebody listens. */
const wakeVendors: ReadonlySet<number> = new Set([0x0c2e, 0x23d0]);
const wakeReport: readonly number[] = [254, 1];

const lookMilliseconds = 500;
/** Where the system can't say that something changed. */
const blindSearchMilliseconds = 3_000;
/** Where it can: now and then anyway. */
const searchMilliseconds = 30_000;
/** After a failure: permissions, for one, arrive a moment after the device. */
const retryMilliseconds = 2_000;
const mostScanners = 8;

export async function loadNodeHid(): Promise<HidModule> {
  const loaded = await import('node-hid');
  // Depending on the bundler, a CommonJS module arrives with or without its names.
  return 'devicesAsync' in loaded ? loaded : (loaded as { readonly default: HidModule }).default;
}

/** The names of the raw HID devices on Linux: reading a directory is a thousand times cheaper than asking each device. */
export function hidrawFingerprint(): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return readdirSync('/sys/class/hidraw').sort().join(' ');
  } catch {
    return '';
  }
}

function libraryAdvice(error: unknown): string {
  const install = process.platform === 'linux' ? 'Install libudev1 and libusb-1.0-0 (sudo apt install libudev1 libusb-1.0-0).' : 'Install this program again.';
  return `The library for HID scanners could not be loaded. ${install} ${messageOf(error)}`;
}

function permissionAdvice(info: HidDeviceInfo, error: unknown): string {
  if (process.platform !== 'linux') return `The scanner could not be opened: ${messageOf(error)}`;
  const vendor = info.vendorId.toString(16).padStart(4, '0');
  return `The scanner at ${info.path ?? '?'} could not be opened. Put KERNEL=="hidraw*", ATTRS{idVendor}=="${vendor}", MODE="0660", TAG+="uaccess" into /etc/udev/rules.d/70-scantill.rules and plug it in again. ${messageOf(error)}`;
}

function isScanner(info: HidDeviceInfo): boolean {
  return info.usagePage === scannerUsagePage && info.usage === scannerUsage && info.path !== undefined;
}

interface OpenScanner {
  readonly device: HidDevice;
  readonly pump: FramePump;
}

export function startHidScanner(ports: SourcePorts, more: Partial<Pick<HidPorts, 'load' | 'fingerprint'>> = {}): ScannerSource {
  const load = more.load ?? loadNodeHid;
  const fingerprint = more.fingerprint ?? hidrawFingerprint;
  const tell = createStateTeller(hidScannerId, 'hid', ports);
  const scanners = new Map<string, OpenScanner>();
  let library: HidModule | null = null;
  let closed = false;
  let searchDueAt = Number.NEGATIVE_INFINITY;
  let searchedFingerprint: string | null = null;
  let cancelLook: () => void = () => {};
  let round: Promise<void> = Promise.resolve();

  async function drop(path: string): Promise<void> {
    const scanner = scanners.get(path);
    if (scanner === undefined) return;
    scanners.delete(path);
    scanner.pump.lineDown();
    await scanner.device.close().catch(() => undefined);
    // The next look has to search, whatever the fingerprint says.
    searchDueAt = Number.NEGATIVE_INFINITY;
    if (scanners.size === 0 && !closed) tell('gone', 'The scanner was unplugged. Push the USB plug in.');
  }

  async function wake(device: HidDevice, info: HidDeviceInfo): Promise<void> {
    if (!wakeVendors.has(info.vendorId)) return;
    await device.sendFeatureReport([...wakeReport]).catch((error: unknown) => {
      ports.log.warn('the scanner did not take its feature report', { detail: messageOf(error) });
    });
  }

  /** Opens one scanner. Returns what to tell where that failed. */
  async function open(hid: HidModule, info: HidDeviceInfo): Promise<string | null> {
    const path = info.path ?? '';
    try {
      const device = await hid.HIDAsync.open(path, { nonExclusive: process.platform === 'darwin' });
      const pump = createFramePump(hidScannerId, createHidReports(), ports);
      scanners.set(path, { device, pump });
      device.on('error', () => void drop(path));
      device.on('data', (report) => pump.push(report));
      await wake(device, info);
      return null;
    } catch (error) {
      return permissionAdvice(info, error);
    }
  }

  async function search(hid: HidModule): Promise<void> {
    const found = (await hid.devicesAsync()).filter(isScanner).slice(0, mostScanners);
    const present = new Set(found.map((info) => info.path ?? ''));
    for (const path of scanners.keys()) if (!present.has(path)) await drop(path);
    const failures: string[] = [];
    for (const info of found) {
      if (closed || scanners.has(info.path ?? '')) continue;
      const failure = await open(hid, info);
      if (failure !== null) failures.push(failure);
    }
    if (closed) return;
    if (failures.length > 0) searchDueAt = ports.clock.monotonic() + retryMilliseconds;
    if (scanners.size > 0) tell('ready', null);
    else if (failures[0] !== undefined) tell('attention', failures[0]);
    else tell('gone', 'No scanner in HID POS mode is plugged in. Scan the maker’s code "USB HID POS", or set the scanner up as a keyboard.');
  }

  function isDue(): boolean {
    const seen = fingerprint();
    const now = ports.clock.monotonic();
    if (seen === searchedFingerprint && now < searchDueAt) return false;
    searchedFingerprint = seen;
    searchDueAt = now + (seen === null ? blindSearchMilliseconds : searchMilliseconds);
    return true;
  }

  async function look(): Promise<void> {
    if (!isDue()) return;
    try {
      library ??= await load();
      // node-hid loads its native part with the first call: a missing system library shows here.
      await search(library);
    } catch (error) {
      tell('attention', codeOf(error) === 'EACCES' ? messageOf(error) : libraryAdvice(error));
    }
  }

  async function lookAndGoOn(): Promise<void> {
    await look();
    if (!closed) cancelLook = ports.clock.after(lookMilliseconds, run);
  }

  function run(): void {
    round = lookAndGoOn();
  }

  run();
  return {
    async close() {
      closed = true;
      cancelLook();
      await round;
      for (const path of scanners.keys()) await drop(path);
    },
  };
}
