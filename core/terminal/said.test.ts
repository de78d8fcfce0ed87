/** No secret of an activation comes back out of the gateway's words (CASES 33). */
import { expect, test } from 'vitest';
import { saidWithout } from './said.ts';

const refused = (code: string | null, words: string | null) => ({ kind: 'refused', why: 'codeRefused', evidence: { code, words } }) as const;

test('the code and the vendor’s key are masked, however they are written', () => {
  const answer = refused('400/12345678', '激活码 1234 5678 已过期, key 12345678-vendor');
  expect(saidWithout(answer, ['12345678', '12345678-vendor'])).toEqual(refused('400/****', '激活码 **** 已过期, key ****'));
});

test('what names none stands as it was said', () => {
  const answer = refused('400/INVALID_PARAMS', '激活码已过期');
  expect(saidWithout(answer, ['12345678', 'vendor-key-0001'])).toEqual(answer);
  expect(saidWithout(refused(null, null), ['12345678'])).toEqual(refused(null, null));
  const activated = { kind: 'activated', terminalSn: '12345678', terminalKey: 'key-00000001' } as const;
  expect(saidWithout(activated, ['12345678'])).toBe(activated);
});
