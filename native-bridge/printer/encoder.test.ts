/** Byte-exact tests of the ESC/POS encoder, and its bytes read back by iconv, bwip-js and zbarimg. */
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { ReceiptBlock, ReceiptDocument } from '../../core/receipt/document.ts';
import { barcodeModuleDots, code128, qrModuleDots } from './codes.ts';
import { encodeReceipt, warmUpEncoder, type PaperSettings } from './encoder.ts';
import { missingReaders, readBack, splitStream } from './read-back.ts';

const paper48: PaperSettings = { columns: 48, encoding: 'gb18030' };
const paper32: PaperSettings = { columns: 32, encoding: 'gb18030' };

const missing = missingReaders();
if (missing.length > 0) console.log(`skipped: reading receipts back needs ${missing.join(' and ')} (apt install zbar-tools)`);

/** What is between the beginning and the end that every job has. */
function bodyHex(blocks: readonly ReceiptBlock[], paper: PaperSettings = paper48): string {
  const hex = Buffer.from(encodeReceipt({ blocks }, paper)).toString('hex');
  const beginning = '1b401b52001c2e';
  expect(hex.startsWith(beginning)).toBe(true);
  return hex.slice(beginning.length);
}

const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

describe('bytes', () => {
  it('text', () => {
    expect(bodyHex([{ type: 'text', text: 'Corner shop', align: 'left', bold: false, size: 1 }])).toBe(`${ascii('Corner shop')}0a`);
  });

  it('Chinese text is GB18030 between FS & and FS .', () => {
    expect(bodyHex([{ type: 'text', text: '收款成功', align: 'center', bold: true, size: 1 }])).toBe('1b45011b61011c26cad5bfeeb3c9b9a60a1b45001b61001c2e');
  });

  it('¥ becomes the full-width one, which is two bytes', () => {
    expect(bodyHex([{ type: 'text', text: '¥38.50', align: 'left', bold: false, size: 1 }])).toBe(`1c26a3a4${ascii('38.50')}0a1c2e`);
  });

  it('a large row has both sizes set and taken back', () => {
    expect(bodyHex([{ type: 'row', left: '合计', right: '38.50', bold: true, size: 2 }])).toBe(
      `1b45011d21111c210c1c26bacfbcc6${ascii(' '.repeat(15))}${ascii('38.50')}0a1b45001d21001c21001c2e`,
    );
  });

  it('a banner is reversed across the whole width', () => {
    expect(bodyHex([{ type: 'banner', text: 'COPY' }], paper32)).toBe(`1b45011d21111c210c1d4201${ascii('      COPY      ')}0a1b45001d21001c21001d4200`);
  });

  it.each<[string, ReceiptBlock, string]>([
    ['a dashed rule', { type: 'rule', style: 'dashed' }, `${'2d'.repeat(48)}0a`],
    ['a solid rule', { type: 'rule', style: 'solid' }, `1c26${'a9a4'.repeat(24)}0a1c2e`],
    ['feed', { type: 'feed', lines: 3 }, '1b6403'],
    ['feed above the limit', { type: 'feed', lines: 1e9 }, '1b6414'],
    ['feed of nonsense', { type: 'feed', lines: -1 }, '1b6400'],
    ['cut', { type: 'cut' }, '1d564200'],
    ['drawer', { type: 'drawer' }, '1b700019fa'],
    ['QR', { type: 'qr', text: 'A1' }, '1b61011d286b0400314132001d286b03003143081d286b03003145311d286b050031503041311d286b03003151301b6100'],
    ['barcode', { type: 'barcode', text: 'AB12' }, `1b61011d48001d68501d77031d6b4906${ascii('{BAB12')}${ascii('AB12')}0a1b6100`],
  ])('%s', (_name, block, hex) => expect(bodyHex([block])).toBe(hex));

  it('nothing in a text can be a command', () => {
    expect(bodyHex([{ type: 'text', text: 'a\x1bp\x00\x19\xfab\x10\x04\x01', align: 'left', bold: false, size: 1 }])).not.toMatch(/1b70|1004/);
  });

  it('characters that the printer lacks are marked, Latin ones lose their marks', () => {
    const text = '𠮷野家 㐀 ñandú 😀 ﬁ•−';
    expect(bodyHex([{ type: 'text', text, align: 'left', bold: false, size: 1 }])).toBe(
      `1c26a1fed2b0bcd220a1fe20${ascii('nand')}a8b220a1fe20${ascii('fi')}a1a42d0a1c2e`,
    );
  });
});

describe('Code 128', () => {
  it.each([
    ['1234', '{C\x0c\x22'],
    ['12345', '{C\x0c\x22{B5'],
    ['A1234', '{BA{C\x0c\x22'],
    ['A12345', '{BA1{C\x17\x2d'],
    ['A12345B', '{BA12345B'],
    ['A123456B', '{BA{C\x0c\x22\x38{BB'],
    ['12', '{B12'],
    ['a{b', '{Ba{{b'],
  ])('%s', (text, data) => expect(Buffer.from(code128(text)?.data ?? []).toString('latin1')).toBe(data));

  it.each(['', '收', 'a\n', 'x'.repeat(300)])('%j is none', (text) => expect(code128(text)).toBeNull());

  it('is as wide as it says: start, symbols, check of 11 modules, stop of 13', () => {
    expect(code128('1234567890')?.modules).toBe((1 + 5 + 1) * 11 + 13);
  });

  it('is made narrower until it fits, or left out', () => {
    expect(barcodeModuleDots(100, 576)).toBe(3);
    expect(barcodeModuleDots(200, 576)).toBe(2);
    // One dot is none that a usual scanner reads.
    expect(barcodeModuleDots(400, 576)).toBeNull();
    // A reference of one letter and 22 digits has bars of two dots on every paper.
    for (const dots of [384, 512, 576]) expect(barcodeModuleDots(code128('S0123456789012345678901')?.modules ?? 0, dots)).toBeGreaterThanOrEqual(2);
  });

  it('is a QR code where it is too wide, once, with the text below it', () => {
    const long = 'abcdefghijklmnopqrstuvwxyzabcdef';
    const qr = `1d286b0400314132001d286b03003143071d286b03003145311d286b2300315030${ascii(long)}1d286b0300315130`;
    expect(bodyHex([{ type: 'barcode', text: long }], paper32)).toBe(`1b6101${qr}${ascii(long)}0a1b6100`);
    expect(bodyHex([{ type: 'barcode', text: long }, { type: 'qr', text: long }], paper32)).toBe(`1b6101${qr}${ascii(long)}0a1b6100`);
    expect(bodyHex([{ type: 'qr', text: long }, { type: 'barcode', text: long }], paper32)).toBe(`1b6101${qr}${ascii(long)}0a1b6100`);
    expect(bodyHex([{ type: 'qr', text: long }, { type: 'qr', text: 'A1' }], paper32).match(/1d286b0300315130/g)).toHaveLength(2);
  });
});

describe('QR sizes', () => {
  it('fit the paper', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2331 }), fc.constantFrom(384, 512, 576), (bytes, dots) => {
        const moduleDots = qrModuleDots(bytes, dots);
        // 177 modules are the largest code there is, on 58 mm paper it doesn't fit with two dots.
        if (moduleDots === null) expect(bytes).toBeGreaterThan(1300);
        else expect(moduleDots).toBeGreaterThanOrEqual(2);
      }),
    );
    expect(qrModuleDots(0, 576)).toBeNull();
    expect(qrModuleDots(3000, 576)).toBeNull();
  });
});

const receipt: ReceiptDocument = {
  blocks: [
    { type: 'banner', text: '练习 TRAINING' },
    { type: 'text', text: '街角小店', align: 'center', bold: true, size: 2 },
    { type: 'text', text: '地址：上海市静安区南京西路一千二百六十六号恒隆广场一期地下一层一〇八室', align: 'left', bold: false, size: 1 },
    { type: 'rule', style: 'solid' },
    { type: 'row', left: '合计', right: '¥38.50', bold: true, size: 2 },
    { type: 'row', left: '微信支付', right: '•• 4417', bold: false, size: 1 },
    { type: 'rule', style: 'dashed' },
    { type: 'barcode', text: 'T0125112003861234567890' },
    { type: 'qr', text: 'T0125112003861234567890ABCDEF' },
    { type: 'feed', lines: 2 },
    { type: 'cut' },
    { type: 'drawer' },
  ],
};

describe.skipIf(missing.length > 0)('read back by a second party', () => {
  it.each([paper48, paper32, { columns: 42, encoding: 'gb18030' } as const])('a receipt on $columns columns', async (paper) => {
    const seen = await readBack(encodeReceipt(receipt, paper));
    expect(seen.barcodes).toEqual(['T0125112003861234567890']);
    expect(seen.qrs).toEqual(['T0125112003861234567890ABCDEF']);
    expect([seen.cuts, seen.drawers]).toEqual([1, 1]);
    expect(seen.lines).toContain('街角小店');
    expect(seen.lines.find((line) => line.startsWith('合计'))).toMatch(/^合计 +￥38\.50$/);
    expect(seen.lines.find((line) => line.startsWith('微信支付'))).toMatch(/^微信支付 +·· 4417$/);
    expect(seen.lines.join('')).toContain('上海市静安区南京西路');
  });

  // Every gateway's order numbers, the longest alphabet and length that it makes of them (CASES 4).
  it.each([
    ['shouqianba', 'S0123456789012345678901'], ['omipay', 'A9876543210987654321098'], ['omoney', 'M01234567890123456789012'], ['aggregator', 'G0123456789012345678'], ['ums', '1001U1234567890123456789012'], ['ums, a refund', '1001R9999999999999999999999'],
  ])('case 4: an order number of %s is scanned from every width of paper', async (_gateway, number) => {
    for (const paper of [paper32, { columns: 42, encoding: 'gb18030' } as const, paper48]) {
      const stream = encodeReceipt({ blocks: [{ type: 'barcode', text: number }, { type: 'qr', text: number }] }, paper);
      const seen = await readBack(stream);
      expect(new Set([...seen.barcodes, ...seen.qrs])).toEqual(new Set([number]));
      expect(seen.qrs).toHaveLength(1);
      expect(seen.lines).toHaveLength(1);
      expect(seen.lines[0]?.trim()).toBe(number);
      for (const piece of splitStream(stream)) {
        if (piece.type === 'barcode') expect(piece.moduleDots).toBeGreaterThanOrEqual(2);
        if (piece.type === 'qr') expect(piece.moduleDots).toBeGreaterThanOrEqual(4);
      }
    }
  });

  it('a number of 27 characters has bars on 80 mm, and on 58 mm its QR code alone', async () => {
    const number = '1001U1234567890123456789012';
    const blocks: readonly ReceiptBlock[] = [{ type: 'barcode', text: number }];
    expect(await readBack(encodeReceipt({ blocks }, paper48))).toMatchObject({ barcodes: [number], qrs: [] });
    expect(await readBack(encodeReceipt({ blocks }, paper32))).toMatchObject({ barcodes: [], qrs: [number] });
  });

  it('any mix of letters and digits in a barcode', async () => {
    for (const text of ['12', '123', 'A1', '0000000000', '1a22b333c4444d55555e666666f', '{}|~ !"#', '99999999999999999X', 'x1234567']) {
      const seen = await readBack(encodeReceipt({ blocks: [{ type: 'barcode', text }] }, { ...paper48, dots: 2000 }));
      expect(seen.barcodes).toEqual([text]);
    }
  });

  it('QR codes with Chinese, and long ones', async () => {
    for (const text of ['https://qr.example.com/订单', 'x'.repeat(600)]) {
      const seen = await readBack(encodeReceipt({ blocks: [{ type: 'qr', text }] }, paper48));
      expect(seen.qrs).toEqual([text]);
    }
  });
});

const anyBlock: fc.Arbitrary<ReceiptBlock> = fc.oneof(
  fc.record({
    type: fc.constant('text' as const),
    text: fc.string({ unit: 'binary', maxLength: 120 }),
    align: fc.constantFrom('left', 'center', 'right'),
    bold: fc.boolean(),
    size: fc.constantFrom(1, 2),
  }),
  fc.record({
    type: fc.constant('row' as const),
    left: fc.string({ unit: 'grapheme', maxLength: 60 }),
    right: fc.string({ unit: 'grapheme', maxLength: 60 }),
    bold: fc.boolean(),
    size: fc.constantFrom(1, 2),
  }),
  fc.record({ type: fc.constant('banner' as const), text: fc.string({ unit: 'grapheme', maxLength: 40 }) }),
  fc.record({ type: fc.constant('barcode' as const), text: fc.string({ maxLength: 60 }) }),
  fc.record({ type: fc.constant('qr' as const), text: fc.string({ unit: 'grapheme', maxLength: 100 }) }),
  fc.record({ type: fc.constant('feed' as const), lines: fc.double() }),
);

describe('properties', () => {
  it('whatever a document holds, the stream is only commands that we mean, and text in its mode', () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 8 }), fc.constantFrom(paper32, paper48), (blocks, paper) => {
        const pieces = splitStream(encodeReceipt({ blocks }, paper));
        expect(pieces.filter((piece) => piece.type === 'drawer' || piece.type === 'cut' || piece.type === 'statusRequest')).toEqual([]);
        for (const piece of pieces) {
          if (piece.type === 'text' && !piece.chinese) expect(piece.bytes.every((byte) => byte === 0x0a || (byte >= 0x20 && byte <= 0x7e))).toBe(true);
        }
      }),
    );
  });

  it('warming up changes nothing', () => {
    const before = encodeReceipt(receipt, paper48);
    warmUpEncoder();
    expect(encodeReceipt(receipt, paper48)).toEqual(before);
  });
});
