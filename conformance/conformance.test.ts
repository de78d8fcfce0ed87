/** Every registered gateway keeps every rule of the suite, against its simulator and its document. */
import { describe, expect, test } from 'vitest';
import { documentedIds } from './documents.ts';
import { ids, rules, subjectOf } from './suite.ts';

describe.each(ids.map((id) => ({ id, subject: subjectOf(id) })))('$id', ({ subject }) => {
  test.each(rules)('$name', async ({ check }) => {
    expect(await check(await subject)).toEqual([]);
  }, 120_000);
});

test('every copied document belongs to a gateway', () => {
  expect(documentedIds().toSorted()).toEqual(ids.toSorted());
});
