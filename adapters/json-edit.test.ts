/** One value changes, and everything else stays as it was written. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editJson } from './json-edit.ts';
import { findJsonFault } from './json-fault.ts';

const file = `{
  "store": { "name": "Corner shop",   "currency": "CNY" },
  "refund": { "reasons": ["Wrong item"], "approvalAbove": "50.00" },
  "gateways": {
    "later": { "2": 1, "1": 12345678901234567890, "text": "a \\"}\\" b" },
    "shouqianba": { "terminalSn": "1" }
  }
}
`;

describe('a settings file', () => {
  test('keeps every other character', () => {
    expect(editJson(file, ['refund', 'reasons'], ['Wrong item', '尺码不合'])).toBe(file.replace('["Wrong item"]', '["Wrong item", "尺码不合"]'));
    expect(editJson(file, ['gateways', 'shouqianba', 'terminalSn'], '2')).toBe(file.replace('"terminalSn": "1"', '"terminalSn": "2"'));
  });

  test('gets a new key at the end of its group, in the manner of the group', () => {
    expect(editJson(file, ['store', 'locale'], 'en')).toBe(file.replace('"currency": "CNY"', '"currency": "CNY", "locale": "en"'));
    expect(editJson(file, ['terminal', 'id'], 'T02')).toContain('\n  },\n  "terminal": { "id": "T02" }\n}');
    expect(editJson('{}', ['refund', 'reasons'], ['a'])).toBe('{\n  "refund": { "reasons": ["a"] }\n}');
  });

  test('loses a key with its comma, wherever it stood', () => {
    expect(editJson(file, ['refund', 'reasons'], undefined)).toBe(file.replace('"reasons": ["Wrong item"], ', ''));
    expect(editJson(file, ['refund', 'approvalAbove'], undefined)).toBe(file.replace(', "approvalAbove": "50.00"', ''));
    expect(editJson(file, ['gateways', 'shouqianba', 'terminalSn'], undefined)).toBe(file.replace('"terminalSn": "1"', ''));
    expect(editJson(file, ['nothing', 'here'], undefined)).toBe(file);
  });
});

test('says the same as a change of what was read', () => {
  const key = fc.constantFrom('a', 'b', '1', 'quote " \\', '中 {', 'toString');
  const group = fc.dictionary(key, fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.dictionary(key, fc.jsonValue({ maxDepth: 1 }))));
  fc.assert(fc.property(group, fc.array(key, { minLength: 1, maxLength: 3 }), fc.option(fc.jsonValue({ maxDepth: 2 }), { nil: undefined }), fc.constantFrom(0, 1, 2, '\t'), (before, path, value, indent) => {
    const expected = changed(before, path, value);
    fc.pre(expected !== null);
    const edited = editJson(JSON.stringify(before, null, indent), path, value);
    expect(findJsonFault(edited)).toBeNull();
    expect(JSON.parse(edited)).toEqual(JSON.parse(JSON.stringify(expected)));
  }), { numRuns: 500 });
});

type Group = Readonly<Record<string, unknown>>;

/** The same change on the objects; null where something on the way is no group. */
function changed(group: Group, [key = '', ...rest]: readonly string[], value: unknown): Group | null {
  const own = Object.hasOwn(group, key);
  if (rest.length === 0) return value === undefined ? Object.fromEntries(Object.entries(group).filter(([name]) => name !== key)) : { ...group, [key]: value };
  if (!own && value === undefined) return group;
  const inner = own ? group[key] : {};
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return null;
  const deeper = changed(inner as Group, rest, value);
  return deeper === null ? null : { ...group, [key]: deeper };
}
