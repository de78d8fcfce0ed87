/** Tests of the HID POS reports: bytes laid out as the manuals in DEVICES.md say, codes over several reports, and damage. */
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { createHidReports, layoutOf, type HidLayout } from './hid-report.ts';
import type { Frame } from './framing.ts';

interface ReportParts {
  readonly text: string;
  readonly symbology?: string;
  readonly continued?: boolean;
  readonly vendorSymbology?: number;
  readonly length?: number;
}

/** Lays a report out byte by byte: the numbers here come from the manuals, not from the parser. */
function report(layout: HidLayout, parts: ReportParts): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes[0] = 2;
  bytes[1] = parts.length ?? parts.text.length;
  const put = (text: string, at: number): void => bytes.set(Buffer.from(text, 'latin1'), at);
  switch (layout) {
    case 'standard':
      put(parts.symbology ?? '', 2);
      put(parts.text, 5);
      break;
    case 'bare':
      put(parts.text, 2);
      bytes[62] = parts.vendorSymbology ?? 0;
      break;
    case 'shifted':
      put(parts.symbology ?? '', 3);
      put(parts.text, 6);
      break;
  }
  bytes[63] = parts.continued === true ? 1 : 0;
  return bytes;
}

const code = '134567890123456789';
const scan = (text: string, symbology: string | null): Frame => ({ kind: 'scan', text, symbology });
const garbled: Frame = { kind: 'garbled' };

describe('layouts', () => {
  it.each<[string, Uint8Array, Frame]>([
    ['standard', report('standard', { text: code, symbology: ']Q1' }), scan(code, ']Q1')],
    ['standard without an identifier', report('standard', { text: code }), scan(code, null)],
    ['standard with a CR suffix', report('standard', { text: `${code}\r`, symbology: ']C0' }), scan(code, ']C0')],
    ['bare', report('bare', { text: code }), scan(code, null)],
    ['bare with a vendor symbology', report('bare', { text: code, vendorSymbology: 0x73 }), scan(code, null)],
    ['bare with the AIM prefix in the data', report('bare', { text: `]Q1${code}` }), scan(code, ']Q1')],
    ['shifted', report('shifted', { text: code, symbology: ']E0' }), scan(code, ']E0')],
  ])('%s', (_name, bytes, frame) => expect(createHidReports().push(bytes, 0)).toEqual([frame]));

  it('a recorded Honeywell answer is the standard layout', () => {
    // The beginning of a REVINF answer as published for Honeywell: 2, 56, "]X0", "Product Name: Voyag"…
    expect(layoutOf(Uint8Array.from([2, 56, 93, 88, 48, 80, 114, 111, 100, 117, 99, 116]))).toBe('standard');
  });
});

describe('codes over several reports', () => {
  it.each<HidLayout>(['standard', 'bare', 'shifted'])('%s: 150 characters', (layout) => {
    const text = 'https://example.com/'.padEnd(150, '0123456789');
    const reports = createHidReports();
    const symbology = layout === 'bare' ? {} : { symbology: ']Q1' };
    expect(reports.push(report(layout, { text: text.slice(0, 56), ...symbology, continued: true }), 0)).toEqual([]);
    expect(reports.dueAt()).toBe(500);
    expect(reports.push(report(layout, { text: text.slice(56, 112), ...symbology, continued: true }), 4)).toEqual([]);
    expect(reports.push(report(layout, { text: text.slice(112), ...symbology }), 8)).toEqual([scan(text, layout === 'bare' ? null : ']Q1')]);
    expect(reports.dueAt()).toBeNull();
  });

  it('a rest that never comes is garbled, and the next code is whole', () => {
    const reports = createHidReports();
    reports.push(report('standard', { text: 'A'.repeat(56), symbology: ']Q1', continued: true }), 0);
    expect(reports.settle(499)).toEqual([]);
    expect(reports.push(report('standard', { text: code, symbology: ']Q1' }), 500)).toEqual([garbled, scan(code, ']Q1')]);
  });

  it('unplugged in the middle is garbled', () => {
    const reports = createHidReports();
    reports.push(report('bare', { text: 'A'.repeat(56), continued: true }), 0);
    expect(reports.reset()).toEqual([garbled]);
    expect(reports.reset()).toEqual([]);
  });

  it('an endless code is garbled and takes no more memory', () => {
    const reports = createHidReports();
    for (let index = 0; index < 1000; index += 1) reports.push(report('bare', { text: 'A'.repeat(56), continued: true }), index);
    expect(reports.push(report('bare', { text: 'A' }), 1000)).toEqual([garbled]);
  });
});

describe('damage', () => {
  it.each<[string, Uint8Array, readonly Frame[]]>([
    ['a length above the data', report('standard', { text: code, symbology: ']Q1', length: 200 }), [garbled]],
    ['bytes that are no text', report('standard', { text: '12\xff\xfe', symbology: ']Q1' }), [garbled]],
    ['an empty report', report('standard', { text: '' }), []],
    ['another report', Uint8Array.from([4, ...report('standard', { text: code }).subarray(1)]), []],
    ['a short report', Uint8Array.from([2, 3, 0x31, 0x32, 0x33]), []],
  ])('%s', (_name, bytes, frames) => expect(createHidReports().push(bytes, 0)).toEqual(frames));

  it('never throws, whatever arrives, and says at most one thing per report', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 20 }), (stream) => {
        const reports = createHidReports();
        for (const [index, bytes] of stream.entries()) {
          if (bytes.length > 0) bytes[0] = 2;
          expect(reports.push(bytes, index).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
