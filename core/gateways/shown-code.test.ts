/** Codes and pages that a customer can scan. */
import { expect, test } from 'vitest';
import { isPageAddress, isScannable } from './shown-code.ts';

test('a scannable text is printable, has no blank and is neither empty nor endless', () => {
  for (const text of ['https://qr.example/1', 'weixin://wxpay/bizpayurl?pr=1', 'x'.repeat(1024)]) expect([text, isScannable(text)]).toEqual([text, true]);
  for (const text of ['', ' ', 'a b', 'a\n', '码', 'x'.repeat(1025)]) expect([text, isScannable(text)]).toEqual([text, false]);
});

test('a page is an address that a browser opens, and runs nothing', () => {
  for (const text of ['https://pay.example/go?id=1', 'http://127.0.0.1:8080/pay']) expect([text, isPageAddress(text)]).toEqual([text, true]);
  for (const text of ['', 'pay.example/go', 'javascript:alert(1)', 'weixin://pay', 'https://', 'https://a b', `https://pay.example/${'x'.repeat(2048)}`]) expect([text, isPageAddress(text)]).toEqual([text, false]);
});
