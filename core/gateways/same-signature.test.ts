/** Signatures are compared whole. */
import { expect, test } from 'vitest';
import { sameSignature } from './same-signature.ts';

test('only the same text is the same signature: neither its beginning, nor another case, nor nothing', () => {
  const signature = '00ff34a1';
  expect(sameSignature(signature, '00ff34a1')).toBe(true);
  for (const other of ['', '00ff34a', '00ff34a10', '10ff34a1', '00FF34A1', '00ff34a\u0131']) expect([other, sameSignature(signature, other)]).toEqual([other, false]);
  expect(sameSignature('', '')).toBe(true);
});
