/** Strict and exact reading of answer bodies. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestBody, readJsonObject } from './json.ts';
import { codePoint } from '../testing/code-points.ts';
import { noise } from '../testing/gateway-answers.ts';

const read = (text: string) => readJsonObject(new TextEncoder().encode(text));

describe('readJsonObject', () => {
  test('keeps numbers as the text they were written in', () => {
    expect({ ...read('{"rate": 5.01540000, "sn": 9894259244067349123, "n": -1e2}') }).toEqual({ rate: '5.01540000', sn: '9894259244067349123', n: '-1e2' });
  });

  test('trims keys, reads escapes, nests', () => {
    expect(read('{"total_amount ":"1","a":{"b":["\\u6536\\"",true,false,null,{}]}, "":[] }')).toEqual(
      Object.assign(Object.create(null), { total_amount: '1', a: { b: ['收"', true, false, null, {}] }, '': [] }),
    );
  });

  test('a byte order mark is no garbage', () => {
    expect(read('\uFEFF{"a":"1"}')).toEqual({ a: '1' });
  });

  test('one key with one value twice is harmless, with two values it is no answer', () => {
    expect(read('{"a":"1","a ":1}')).toEqual({ a: '1' });
    expect(read('{"a":"1","a":"2"}')).toBeNull();
    expect(read('{"d":{"a":1,"a":2}}')).toBeNull();
    expect(read('{"a":{},"a":{}}')).toBeNull();
  });

  test.each(['', ' ', 'null', '[]', '"x"', '1', '{', '{}x', '{"a":1}{"a":1}', '{"a":1,}', "{'a':1}", '{“a”:1}', '{"a":01}', '<html>', '\u0000{}'])('%j is no answer', (text) => {
    expect(read(text)).toBeNull();
  });

  test('other encodings, endless nesting and oversize are no answer', () => {
    expect(readJsonObject(new Uint8Array([0x7b, 0x22, 0xca, 0xd5, 0x22, 0x3a, 0x31, 0x7d]))).toBeNull();
    expect(read(`{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`)).toBeNull();
    expect(read(`{"a":"${'x'.repeat(largestBody)}"}`)).toBeNull();
  });

  test('a key named __proto__ is a key like any other', () => {
    const object = read('{"__proto__":{"result_code":"200"}}');
    expect(object?.['result_code']).toBeUndefined();
  });

  test('agrees with JSON.parse on everything but numbers', () => {
    const scalars = [fc.string({ unit: codePoint }), fc.boolean(), fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true })];
    const objects = fc.object({ key: fc.stringMatching(/^[a-z_]{1,9}$/), values: scalars, maxDepth: 4 });
    const numbersAsText = (_key: string, value: unknown) => (typeof value === 'number' ? JSON.stringify(value) : value);
    fc.assert(fc.property(objects, fc.constantFrom(0, 2, '\t'), (object, space) => {
      const text = JSON.stringify(object, null, space);
      expect(JSON.stringify(read(text))).toBe(JSON.stringify(JSON.parse(text, numbersAsText)));
    }));
  });

  test('never throws', () => {
    expect(() => fc.assert(fc.property(noise, (body) => void readJsonObject(body)))).not.toThrow();
  });
});
