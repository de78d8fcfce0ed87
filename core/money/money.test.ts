/** Amounts and rates: exact on the way in and out, and everything that is no amount is told apart. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAmounts, amountDigits, amountText, amountWithSign, makeAmount, minorFromWire, parseAmount, type AmountProblem } from './amount.ts';
import { currencies, currencyDecimals, isCurrency } from './currency.ts';
import { decimalText, exactDecimal, scaledDecimal } from './exact-decimal.ts';

describe('parseAmount', () => {
  it.each([
    ['12', 1200], ['12.3', 1230], ['12.30', 1230], ['0.01', 1], ['00012', 1200], ['99999999.99', 9_999_999_999],
  ] as const)('reads %s', (text, minor) => {
    expect(parseAmount(text, 'CNY')).toEqual({ kind: 'amount', amount: { minor, currency: 'CNY' } });
  });

  it.each([
    ['', 'empty'], ['0', 'zero'], ['0.00', 'zero'], ['-1', 'notDigits'], ['1e3', 'notDigits'], ['1.', 'notDigits'], ['.5', 'notDigits'], ['1,00', 'notDigits'],
    ['１２', 'notDigits'], [' 1', 'notDigits'], ['1.234', 'tooManyDecimals'], ['100000000', 'tooLarge'], ['99999999999', 'tooLarge'],
  ] as const)('calls %j %s', (text, problem: AmountProblem) => {
    expect(parseAmount(text, 'CNY')).toEqual({ kind: 'problem', problem });
  });

  it('knows currencies without decimals', () => {
    expect(parseAmount('500', 'JPY')).toEqual({ kind: 'amount', amount: { minor: 500, currency: 'JPY' } });
    expect(parseAmount('5.0', 'JPY')).toEqual({ kind: 'problem', problem: 'tooManyDecimals' });
  });

  it('gives back what it was given, for every amount and currency', () => {
    fc.assert(
      fc.property(fc.constantFrom(...currencies), fc.integer({ min: 1, max: 9_999_999_999 }), (currency, minor) => {
        const bounded = currencyDecimals(currency) === 0 ? (minor % 99_999_999) + 1 : minor;
        expect(parseAmount(amountDigits({ minor: bounded, currency }), currency)).toEqual({ kind: 'amount', amount: { minor: bounded, currency } });
      }),
    );
  });
});

describe('amounts for people', () => {
  it('group thousands and carry the sign of their currency', () => {
    expect(amountText({ minor: 128_460, currency: 'CNY' })).toBe('1,284.60');
    expect(amountText({ minor: 123_456_789, currency: 'JPY' })).toBe('123,456,789');
    expect(amountWithSign({ minor: 1450, currency: 'AUD' })).toBe('A$14.50');
    expect(amountDigits({ minor: -5, currency: 'CNY' })).toBe('-0.05');
  });
});

describe('sums', () => {
  it('are exact within one currency, and refuse to mix two', () => {
    expect(addAmounts(makeAmount(10, 'CNY'), makeAmount(20, 'CNY'))).toEqual({ minor: 30, currency: 'CNY' });
    expect(() => addAmounts(makeAmount(10, 'CNY'), makeAmount(20, 'AUD'))).toThrow('cannot add');
  });

  it('refuse what is no whole number of minor units, and unknown currencies', () => {
    expect(() => makeAmount(0.1, 'CNY')).toThrow('whole number');
    expect(() => makeAmount(1, 'XXX')).toThrow('unknown currency');
    expect(isCurrency('__proto__')).toBe(false);
  });
});

describe('minor units from the wire', () => {
  it('are digits or whole numbers, and nothing else', () => {
    expect(['100', 100, '0'].map(minorFromWire)).toEqual([100, 100, 0]);
    expect(['1.00', '-1', '1e2', ' 1', '', null, 1.5, -1, Number.NaN, {}, '1'.repeat(16)].map(minorFromWire)).toEqual(Array.from({ length: 11 }, () => null));
  });
});

describe('exchange rates', () => {
  it('are the same in both of Omipay’s forms, without a float', () => {
    expect(exactDecimal('5.01540000')).toEqual(scaledDecimal(501_540_000, 8));
    expect(scaledDecimal('650000000', 8)).toEqual({ digits: '65', scale: 1 });
    expect(decimalText({ digits: '65', scale: 1 })).toBe('6.5');
    expect(decimalText(exactDecimal('0.05') ?? { digits: '', scale: 0 })).toBe('0.05');
  });

  it('are null where they are no plain decimal', () => {
    expect(['', '-1', '1e3', '1.', 'x'].map(exactDecimal)).toEqual([null, null, null, null, null]);
    expect(scaledDecimal(1.5, 8)).toBeNull();
  });
});
