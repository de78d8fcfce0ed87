/** Decimal amounts on the wire: exact, and nothing taken that isn't one. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountDigits, makeAmount } from '../money/amount.ts';
import { minorFromDecimal, wholeFromDecimal } from './decimal.ts';

test.each([['38.5', 3850], ['38.50', 3850], ['38.5000', 3850], ['38', 3850 - 50], ['0.01', 1], ['0.00', 0], ['60000.00', 6_000_000]])('%s CNY is %i fen', (text, minor) => {
  expect(minorFromDecimal(text, 'CNY')).toBe(minor);
});

test.each(['', '.5', '5.', '-1', '+1', '1e2', '1,000.00', ' 1', '38.501', '１', '0x10', '1.123456789', '9999999999999'])('%j is no amount', (text) => {
  expect(minorFromDecimal(text, 'CNY')).toBeNull();
});

test.each([['10000.00', 10_000], ['10000', 10_000], ['10000.5', null], ['', null]])('%j as a whole number of fen is %j', (text, whole) => {
  expect(wholeFromDecimal(text)).toBe(whole);
});

test('a currency without decimals takes none', () => {
  expect(minorFromDecimal('500', 'JPY')).toBe(500);
  expect(minorFromDecimal('500.00', 'JPY')).toBe(500);
  expect(minorFromDecimal('500.5', 'JPY')).toBeNull();
});

test('what is written is read back', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000_00 }), fc.constantFrom('CNY', 'JPY', 'AUD'), (minor, currency) => {
    expect(minorFromDecimal(amountDigits(makeAmount(minor, currency)), makeAmount(0, currency).currency)).toBe(minor);
  }));
});
