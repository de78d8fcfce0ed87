/** Tests of the framing parser: every suffix, noise, limits, and that chunking never matters. */
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { createFraming, defaultFraming, separateSymbology, type Frame } from './framing.ts';

const gap = defaultFraming.gapMilliseconds;
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const scan = (text: string, symbology: string | null = null): Frame => ({ kind: 'scan', text, symbology });
const garbled: Frame = { kind: 'garbled' };

function framesOf(stream: string, settleAfter = 10_000): Frame[] {
  const framing = createFraming();
  return [...framing.push(bytes(stream), 0), ...framing.settle(settleAfter)];
}

describe('suffixes', () => {
  it.each([
    ['CR', '134567890123456789\r'],
    ['LF', '134567890123456789\n'],
    ['CR LF', '134567890123456789\r\n'],
    ['tab', '134567890123456789\t'],
    ['STX ETX', '\x02134567890123456789\x03'],
    ['STX ETX CR LF', '\x02134567890123456789\x03\r\n'],
    ['STX CR', '\x02134567890123456789\r'],
  ])('%s ends a code', (_name, stream) => {
    expect(framesOf(stream)).toEqual([scan('134567890123456789')]);
  });

  it('silence ends a code of a scanner without a suffix', () => {
    const framing = createFraming();
    expect(framing.push(bytes('13456'), 0)).toEqual([]);
    expect(framing.push(bytes('78901'), gap - 1)).toEqual([]);
    expect(framing.dueAt()).toBe(2 * gap - 1);
    expect(framing.settle(2 * gap - 2)).toEqual([]);
    expect(framing.settle(2 * gap - 1)).toEqual([scan('1345678901')]);
    expect(framing.dueAt()).toBeNull();
    expect(framing.settle(10 * gap)).toEqual([]);
  });

  it('bytes after the silence begin the next code, also where nobody called settle', () => {
    const framing = createFraming();
    framing.push(bytes('111111'), 0);
    expect(framing.push(bytes('222222\r'), gap)).toEqual([scan('111111'), scan('222222')]);
  });

  it('keeps two codes of one burst apart', () => {
    expect(framesOf('111\r\n222\r\n')).toEqual([scan('111'), scan('222')]);
    expect(framesOf('\x02111\x03\x02222\x03')).toEqual([scan('111'), scan('222')]);
  });
});

describe('a code cut short', () => {
  it('is garbled where the scanner is known to send a suffix, and once only', () => {
    const framing = createFraming();
    framing.push(bytes('111111\r'), 0);
    framing.push(bytes('2222'), 1000);
    expect(framing.settle(1000 + gap)).toEqual([]);
    expect(framing.settle(1000 + 4 * gap)).toEqual([garbled]);
    framing.push(bytes('333333'), 3000);
    expect(framing.settle(3000 + gap)).toEqual([scan('333333')]);
  });

  it('is joined again where only the reading was held up', () => {
    const framing = createFraming();
    framing.push(bytes('111111\r'), 0);
    framing.push(bytes('2222'), 1000);
    expect(framing.push(bytes('33\r'), 1000 + 2 * gap)).toEqual([scan('222233')]);
  });

  it('is garbled where STX came without ETX', () => {
    expect(framesOf('\x021234')).toEqual([garbled]);
    expect(framesOf('\x021234\x025678\x03')).toEqual([garbled, scan('5678')]);
  });

  it('is garbled where the line went down in the middle', () => {
    const framing = createFraming();
    framing.push(bytes('1234'), 0);
    expect(framing.reset()).toEqual([garbled]);
    expect(framing.reset()).toEqual([]);
    expect(framing.push(bytes('5678\r'), 1)).toEqual([scan('5678')]);
  });
});

describe('symbology', () => {
  it.each([
    [']Q1134567890\r', scan('134567890', ']Q1')],
    [']E06901234567892\r', scan('6901234567892', ']E0')],
    ['\x02]C1134567890\x03', scan('134567890', ']C1')],
    [']13\r', scan(']13')],
  ])('%j', (stream, frame) => expect(framesOf(stream)).toEqual([frame]));

  it('a prefix alone is no code', () => expect(framesOf(']Q1\r')).toEqual([garbled]));

  it('is null without a prefix', () => expect(separateSymbology('1')).toEqual({ text: '1', symbology: null }));
});

describe('noise and limits', () => {
  it.each([
    ['a control byte inside', '12\x0734\r', [garbled]],
    ['a byte that is not ASCII', '12\xff34\r', [garbled]],
    ['noise before the code', '\x001234\r', [garbled]],
    ['a wrong baud rate', '\xf8\x80\xfe\x00\xe0', [garbled]],
    ['a plug going in', '\x00', []],
    ['suffixes without a code', '\r\n\r\n', []],
    ['GS1 field separators', '01\x1d17\r', [scan('0117')]],
  ])('%s', (_name, stream, frames) => expect(framesOf(stream)).toEqual(frames));

  it('a code above the limit is garbled and the next one is whole', () => {
    expect(framesOf(`${'9'.repeat(5000)}\r123\r`)).toEqual([garbled, scan('123')]);
    expect(framesOf(`${'9'.repeat(1024)}\r`)).toEqual([scan('9'.repeat(1024))]);
  });
});

/** Streams rich in the bytes that matter. */
const streamByte = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0x30, max: 0x39 }) },
  { weight: 2, arbitrary: fc.constantFrom(0x02, 0x03, 0x09, 0x0a, 0x0d, 0x1d, 0x5d, 0x51) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
);

describe('properties', () => {
  it('any chunking of the same bytes yields the same frames', () => {
    fc.assert(
      fc.property(fc.array(streamByte, { maxLength: 120 }), fc.array(fc.nat(120), { maxLength: 12 }), (stream, cuts) => {
        const whole = createFraming();
        const expected = [...whole.push(Uint8Array.from(stream), 0), ...whole.settle(10_000)];
        const chunked = createFraming();
        const borders = [0, ...[...cuts].sort((a, b) => a - b), stream.length];
        const actual: Frame[] = [];
        for (const [index, border] of borders.entries()) {
          actual.push(...chunked.push(Uint8Array.from(stream.slice(border, borders[index + 1] ?? border)), 0));
        }
        actual.push(...chunked.settle(10_000));
        expect(actual).toEqual(expected);
      }),
    );
  });

  it('with pauses in the stream, chunking and early or repeated settling change nothing', () => {
    const timed = fc.array(fc.record({ byte: streamByte, pause: fc.constantFrom(0, 0, 0, 1, gap - 1, gap, gap * 3, gap * 4, gap * 9) }), { maxLength: 60 });
    fc.assert(
      fc.property(timed, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (stream, pokes) => {
        const plain = createFraming();
        const poked = createFraming();
        const expected: Frame[] = [];
        const actual: Frame[] = [];
        let now = 0;
        for (const [index, { byte, pause }] of stream.entries()) {
          if (pokes[index] === true) {
            for (let at = now; at <= now + pause; at += 1 + Math.floor(pause / 7)) actual.push(...poked.settle(at));
          }
          now += pause;
          expected.push(...plain.push(Uint8Array.of(byte), now));
          actual.push(...poked.push(Uint8Array.of(), now), ...poked.push(Uint8Array.of(byte), now));
        }
        expect([...actual, ...poked.settle(1e9)]).toEqual([...expected, ...plain.settle(1e9)]);
      }),
    );
  });

  it('clean codes with any suffix come out as they went in', () => {
    const code = fc.stringMatching(/^[0-9]{1,32}$/);
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 6 }), fc.constantFrom('\r', '\n', '\r\n', '\t', '\x03\r'), (codes, suffix) => {
        expect(framesOf(codes.map((text) => text + suffix).join(''))).toEqual(codes.map((text) => scan(text)));
      }),
    );
  });
});
