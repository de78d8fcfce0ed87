/** The place of a fault in JSON, checked against JSON.parse's own verdict. */
import { array, assert, constantFrom, jsonValue, property } from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonFault } from './json-fault.ts';

test.each([
  ['{"a": 1,}', 1, 9],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
  ['{\n  "a": "x\n}', 2, 8],
  ['{"a": 01}', 1, 8],
  ['{"a": tru}', 1, 7],
  ['{"a": "\\x"}', 1, 7],
  ['{\n  // comment\n}', 2, 3],
  ['{"a": 1', 1, 8],
  ['', 1, 1],
  ['{} {}', 1, 4],
  ["{'a': 1}", 1, 2],
])('%j', (text, line, column) => {
  expect(findJsonFault(text)).toEqual({ line, column, repeatedKey: null });
});

test('a repeated key is a fault, also in other letters of the same text', () => {
  expect(findJsonFault('{"a": {"b": 1,\n "\\u0062": 2}}')).toEqual({ line: 2, column: 2, repeatedKey: 'b' });
  expect(findJsonFault('{"a": {"b": 1}, "b": 1}')).toBeNull();
});

test('any JSON has no fault', () => {
  assert(property(jsonValue({ maxDepth: 5 }), constantFrom(0, 2), (value, indent) => {
    expect(findJsonFault(JSON.stringify(value, null, indent))).toBeNull();
  }));
});

test('what JSON.parse refuses has a fault, and the other way round', () => {
  const pieces = array(constantFrom('{', '}', '[', ']', ',', ':', '"k"', '"v"', '1', '-', '.5', 'e9', 'null', ' ', '\n'), { maxLength: 8 });
  assert(
    property(pieces, (parts) => {
      const text = parts.join('');
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      const fault = findJsonFault(text);
      expect(fault === null || fault.repeatedKey !== null).toBe(valid);
    }),
    { numRuns: 2000 },
  );
});
