/** Tests of line breaking and of the plain text of a receipt. */
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { columnsOf, printable } from './characters.ts';
import { rowLines, wrap } from './layout.ts';
import { receiptText } from './text.ts';

describe('wrapping', () => {
  it.each<[string, number, readonly string[]]>([
    ['one two three', 8, ['one two', 'three']],
    ['收款成功', 4, ['收款', '成功']],
    ['收款成功。', 8, ['收款成', '功。']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['合计 38.50 元', 8, ['合计', '38.50 元']],
    ['two\nlines', 20, ['two', 'lines']],
    ['', 20, ['']],
    ['收', 1, ['收']],
  ])('%j at %i', (text, width, lines) => expect(wrap(text, width)).toEqual(lines));

  it('no line is wider than the paper, and nothing but spaces is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 2, max: 48 }), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
        const paragraphs = text.split(/\r\n|\r|\n/).map(printable).join('');
        expect(lines.join('').replaceAll(' ', '')).toBe(paragraphs.replaceAll(' ', ''));
      }),
    );
  });
});

describe('rows', () => {
  it.each<[string, string, number, readonly string[]]>([
    ['Total', '38.50', 12, ['Total  38.50']],
    ['合计', '￥38.50', 12, ['合计 ￥38.50']],
    ['合计', '￥38.50', 11, ['合计', '￥38.50']],
    ['', '38.50', 5, ['38.50']],
    ['Thanks', '', 10, ['Thanks']],
  ])('%s | %s at %i', (left, right, width, lines) => expect(rowLines(left, right, width).map((line) => line.text)).toEqual(lines));

  it('a value on a line of its own stands right', () => {
    expect(rowLines('a long label here', '38.50', 18).at(-1)).toEqual({ align: 'right', text: '38.50' });
  });
});

describe('plain text', () => {
  it('is the receipt line by line', () => {
    const text = receiptText(
      {
        blocks: [
          { type: 'banner', text: 'TRAINING' },
          { type: 'text', text: '街角小店', align: 'center', bold: true, size: 2 },
          { type: 'rule', style: 'dashed' },
          { type: 'row', left: '合计', right: '¥38.50', bold: true, size: 2 },
          { type: 'row', left: '一个很长很长很长很长的名字', right: '1234567890', bold: false, size: 1 },
          { type: 'barcode', text: 'T01-251120-0386' },
          { type: 'qr', text: 'T01' },
          { type: 'feed', lines: 2 },
          { type: 'cut' },
          { type: 'drawer' },
        ],
      },
      32,
    );
    expect(text).toBe(
      [
        '        *** TRAINING ***',
        '            街角小店',
        '--------------------------------',
        '合计                     ￥38.50',
        '一个很长很长很长很长的名字',
        '                      1234567890',
        '        T01-251120-0386',
        '              T01',
        '',
        '',
        '',
      ].join('\n'),
    );
  });
});
