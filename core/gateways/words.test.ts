/** What is kept of a gateway's words. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codePoint } from '../testing/code-points.ts';
import { testCode } from '../testing/gateway-answers.ts';
import { codeForPeople, cutTo, keptReference, looksLikePaymentCode, textForWire, wordsForPeople } from './words.ts';

describe('words for people', () => {
  test('are short, printable and whole', () => {
    expect(wordsForPeople(' 过期的\u0000\n支付条码\u202e ', null)).toBe('过期的 支付条码');
    expect(wordsForPeople('\ud800', null)).toBeNull();
    expect([...(wordsForPeople('😀'.repeat(300), null) ?? '')]).toHaveLength(200);
    expect(wordsForPeople('', null)).toBeNull();
  });

  test('never hold the payment code, grouped or not', () => {
    expect(wordsForPeople(`bad code ${testCode}.`, testCode)).toBe('bad code ****.');
    expect(wordsForPeople('1345 6789 0123 4567 89', testCode)).toBe('****');
    expect(codeForPeople(['FAIL', testCode], testCode)).toBe('FAIL/****');
    expect(keptReference(testCode, testCode)).toBeNull();
  });

  test('hide what looks like a code when it is no longer in memory', () => {
    for (const code of [testCode, '281234567890123456', '6212345678901234567']) expect(wordsForPeople(`code ${code}!`, null)).toBe('code ****!');
    expect(wordsForPeople('order 7894259244067349', null)).toBe('order 7894259244067349');
  });

  test('tell what may be a code, as often as they are asked', () => {
    for (const text of [testCode, '281234567890123456', '6212345678901234567', `order ${testCode}`]) {
      expect([looksLikePaymentCode(text), looksLikePaymentCode(text)]).toEqual([true, true]);
    }
    for (const text of ['', '7894259244067349', 'bc112874260946a2af2b7107825e6ce2', 'S1234567890123456789012', `${testCode}0`]) expect(looksLikePaymentCode(text)).toBe(false);
  });

  test('a code hides in no text at all', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.stringMatching(/^[0-9]{15,32}$/), (before, after, code) => {
      expect(wordsForPeople(before + code + after, code) ?? '').not.toContain(code);
      expect(codeForPeople([before, code, after], code) ?? '').not.toContain(code);
      expect(keptReference(before + code + after, code)).toBeNull();
    }));
  });

  test('references are printable ASCII', () => {
    expect(keptReference('okSzXt3uY4-W8fKBH7B4z8seMzBU', null)).toBe('okSzXt3uY4-W8fKBH7B4z8seMzBU');
    for (const text of ['', 'a b', '订单', 'x'.repeat(129)]) expect(keptReference(text, null)).toBeNull();
  });
});

test('text for the wire is cut by characters and can be percent-encoded', () => {
  expect(cutTo('😀😀😀', 2)).toBe('😀😀');
  expect(textForWire('小'.repeat(64), 64)).toBe('小'.repeat(21));
  expect(textForWire(' 小店\n\ud800 ', 64)).toBe('小店');
  fc.assert(fc.property(fc.string({ unit: codePoint }), (text) => void encodeURIComponent(textForWire(text, 64))));
});
