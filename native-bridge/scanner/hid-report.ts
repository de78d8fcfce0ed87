/** Reads the input reports of HID POS scanners (usage page 0x8C): three layouts, codes continued over several reports. Pure. */
import type { Monotonic } from '../../core/ports.ts';
import { separateSymbology, type Frame } from './framing.ts';

/**
 * The layouts seen in the field (DEVICES.md), all with the report's number at 0 and the length of the data at 1:
 * `standard` has the AIM identifier at 2 to 4 and data from 5; `bare` has data from 2 and no AIM identifier (Newland,
 * Unitech, Saveo); `shifted` has the AIM identifier one byte later (some Honeywell), and the data too.
 */
export type HidLayout = 'standard' | 'bare' | 'shifted';

export interface HidReports {
  /** Takes one report that arrived at `at`; the first byte is its number. */
  push(report: Uint8Array, at: Monotonic): readonly Frame[];
  /** Gives up on a continued code whose next report never came. */
  settle(at: Monotonic): readonly Frame[];
  dueAt(): Monotonic | null;
  /** The scanner is gone: a code that had begun is garbled. */
  reset(): readonly Frame[];
}

export interface HidReportOptions {
  /** The reports of one code follow each other within a few milliseconds. */
  readonly continuationMilliseconds: number;
  readonly maximumLength: number;
}

export const defaultHidReports: HidReportOptions = { continuationMilliseconds: 500, maximumLength: 1024 };

const scannedDataReport = 2;
const reportLength = 64;
const dataLength = 56;
const closingBracket = 0x5d;
const groupSeparator = 0x1d;

const dataStart: Readonly<Record<HidLayout, number>> = { standard: 5, bare: 2, shifted: 6 };
const symbologyStart: Readonly<Record<HidLayout, number | null>> = { standard: 2, bare: null, shifted: 3 };

/** Tells the layout from the bytes: no list of products could keep up. */
export function layoutOf(report: Uint8Array): HidLayout {
  if (report[2] === closingBracket) return 'standard';
  if (report[3] === closingBracket && !isPrintable(report[2])) return 'shifted';
  // A standard report without an identifier leaves its three bytes empty.
  if (report[2] === 0 && report[3] === 0 && report[4] === 0) return 'standard';
  return 'bare';
}

function isPrintable(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x20 && byte <= 0x7e;
}

function symbologyOf(report: Uint8Array, layout: HidLayout): string | null {
  const start = symbologyStart[layout];
  // The bare layout's own number at 62 follows no common table, and no number is better than a wrong one.
  if (start === null || report[start] !== closingBracket) return null;
  return separateSymbology(String.fromCharCode(...report.subarray(start, start + 3))).symbology;
}

/** The text of a code without the suffix that a scanner may be set to, or null where it holds anything but text. */
function textOf(data: readonly number[]): string | null {
  const code = String.fromCharCode(...data.filter((byte) => byte !== groupSeparator));
  const trimmed = code.replace(/[\r\n\t\0]+$/, '');
  return /^[\x20-\x7e]+$/.test(trimmed) ? trimmed : null;
}

export function createHidReports(options: HidReportOptions = defaultHidReports): HidReports {
  let data: number[] = [];
  let layout: HidLayout | null = null;
  let symbology: string | null = null;
  let damaged = false;
  let lastReportAt: Monotonic = 0;

  function clear(): void {
    data = [];
    layout = null;
    symbology = null;
    damaged = false;
  }

  function finish(): readonly Frame[] {
    const text = textOf(data);
    const known = symbology;
    const bad = damaged;
    clear();
    if (bad || text === null) return [{ kind: 'garbled' }];
    if (known !== null) return [{ kind: 'scan', text, symbology: known }];
    const separated = separateSymbology(text);
    return separated.text === '' ? [{ kind: 'garbled' }] : [{ kind: 'scan', ...separated }];
  }

  function abandon(): readonly Frame[] {
    const begun = layout !== null;
    clear();
    return begun ? [{ kind: 'garbled' }] : [];
  }

  function settle(at: Monotonic): readonly Frame[] {
    return layout !== null && at - lastReportAt >= options.continuationMilliseconds ? abandon() : [];
  }

  function append(report: Uint8Array, current: HidLayout): void {
    const length = report[1] ?? 0;
    const start = dataStart[current];
    if (length > dataLength || start + length > report.length || data.length + length > options.maximumLength) damaged = true;
    else data.push(...report.subarray(start, start + length));
  }

  return {
    push(report, at) {
      const frames = [...settle(at)];
      // Other reports are status and answers to commands.
      if (report[0] !== scannedDataReport || report.length < reportLength) return frames;
      if (layout === null) {
        layout = layoutOf(report);
        symbology = symbologyOf(report, layout);
      }
      lastReportAt = at;
      append(report, layout);
      const isContinued = ((report[63] ?? 0) & 1) === 1;
      if (isContinued) return frames;
      // An empty report says that a button was released or nothing was read.
      if (data.length === 0 && !damaged) {
        clear();
        return frames;
      }
      return [...frames, ...finish()];
    },
    settle,
    dueAt() {
      return layout === null ? null : lastReportAt + options.continuationMilliseconds;
    },
    reset: abandon,
  };
}
