/** Cash: rounding that never gives anything away for nothing, digits that stand for notes, and change to the last coin. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Amount } from './amount.ts';
import { cashOffers, dueInCash, handedOver, makeChange, roundCash } from './cash.ts';
import { currencies, type Currency } from './currency.ts';
import { denominationsOf, isCoin } from './denominations.ts';

const yuan = (minor: number): Amount => ({ minor, currency: 'CNY' });
const usualNotes = [100, 500, 1000, 2000, 5000, 10_000].map(yuan);

describe('rounding cash', () => {
  it.each([
    [1450, 5, 1450], [1451, 5, 1450], [1452, 5, 1450], [1453, 5, 1455], [1457, 5, 1455], [1458, 5, 1460],
    [3854, 10, 3850], [3855, 10, 3860], [3859, 10, 3860], [3850, 1, 3850], [99, 100, 100], [49, 100, 100], [1, 5, 5], [0, 5, 0],
  ] as const)('%d to coins of %d is %d', (amount, coin, due) => {
    expect(roundCash(amount, coin)).toBe(due);
  });

  it('is the nearest sum that coins can make, and never nothing, whatever the amount', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), fc.constantFrom(1, 5, 10, 50, 100), (amount, coin) => {
      const due = roundCash(amount, coin);
      expect(due % coin).toBe(0);
      expect(due).toBeGreaterThan(0);
      if (amount * 2 >= coin) expect(Math.abs(due - amount) * 2).toBeLessThanOrEqual(coin);
    }));
  });

  it('keeps the currency', () => {
    expect(dueInCash({ minor: 1453, currency: 'AUD' }, { minor: 5, currency: 'AUD' })).toEqual({ minor: 1455, currency: 'AUD' });
  });
});

describe('what was handed over', () => {
  it.each([
    ['', null], ['0', 3850], ['4', 4000], ['5', 5000], ['1', 10_000], ['3', 30_000], ['9', 9000],
    ['58.5', 5850], ['58.', 5800], ['100', 10_000], ['40', 4000], ['38', 3800], ['00', 0], ['0.', 0], ['1.234', 0],
  ] as const)('%j for 38.50', (typed, minor) => {
    expect(handedOver(typed, yuan(3850))).toEqual(minor === null ? null : yuan(minor));
  });

  it.each([
    ['5', 35, 'CNY', 500], ['1', 100, 'CNY', 100], ['1', 101, 'CNY', 1000], ['1', 850, 'JPY', 1000], ['9', 850, 'JPY', 900], ['8', 850, 'JPY', 8000],
  ] as const)('%s for %d %s', (typed, due, currency, minor) => {
    expect(handedOver(typed, { minor: due, currency })).toEqual({ minor, currency });
  });

  it('one digit is always enough, and ten times less of it would not be', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 99_999_999 }), (digit, due) => {
      const received = handedOver(String(digit), yuan(due))?.minor ?? 0;
      expect(received).toBeGreaterThanOrEqual(due);
      expect(received === digit * 100 || received / 10 < due).toBe(true);
    }));
  });
});

describe('likely notes', () => {
  it('are exact, the next round sum, and single notes, each with its change', () => {
    expect(cashOffers(yuan(3850), usualNotes).map(({ digit, received, change }) => [digit, received.minor, change.minor])).toEqual([
      ['0', 3850, 0], ['4', 4000, 150], ['5', 5000, 1150], ['1', 10_000, 6150],
    ]);
    expect(cashOffers(yuan(5000), usualNotes).map(({ digit, received }) => [digit, received.minor])).toEqual([['0', 5000], ['6', 6000], ['1', 10_000]]);
    expect(cashOffers(yuan(12_000), usualNotes).map(({ received }) => received.minor)).toEqual([12_000, 20_000]);
  });

  it('are at most four, least first, and each is what its digit stands for', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9_999_999 }), (minor) => {
      const offers = cashOffers(yuan(minor), usualNotes);
      expect(offers.length).toBeLessThanOrEqual(4);
      expect(offers.map((offer) => offer.received.minor)).toEqual(offers.map((offer) => offer.received.minor).toSorted((left, right) => left - right));
      for (const { digit, received, change } of offers) {
        expect(handedOver(digit, yuan(minor))).toEqual(received);
        expect(received.minor - change.minor).toBe(minor);
      }
    }));
  });
});

describe('change', () => {
  it('is made up of notes and coins, greatest first', () => {
    expect(makeChange(yuan(1150)).map(({ value, pieces, coin }) => [value.minor, pieces, coin])).toEqual([[1000, 1, false], [100, 1, false], [50, 1, true]]);
    expect(makeChange({ minor: 40, currency: 'AUD' }).map(({ value, pieces }) => [value.minor, pieces])).toEqual([[20, 2]]);
    expect(makeChange(yuan(3000), [2000, 1000].map(yuan)).map(({ value, pieces }) => [value.minor, pieces])).toEqual([[2000, 1], [1000, 1]]);
  });

  it('says nothing where there is none, or no coin is small enough', () => {
    expect(makeChange(yuan(0))).toEqual([]);
    expect(makeChange(yuan(3))).toEqual([]);
    expect(makeChange(yuan(50), [yuan(100)])).toEqual([]);
  });

  it('adds up to the change in every currency', () => {
    fc.assert(fc.property(fc.constantFrom(...currencies), fc.integer({ min: 1, max: 5000 }), (currency: Currency, count) => {
      const change = { minor: count * (denominationsOf(currency).at(-1)?.minor ?? 1), currency };
      expect(makeChange(change).reduce((sum, { value, pieces }) => sum + value.minor * pieces, 0)).toBe(change.minor);
    }));
  });

  it('knows notes and coins of every currency, each once, greatest first', () => {
    for (const currency of currencies) {
      const values = denominationsOf(currency).map(({ minor }) => minor);
      expect(values).toEqual([...new Set(values)].toSorted((left, right) => right - left));
      expect(values.length).toBeGreaterThan(5);
    }
    expect([isCoin(yuan(50)), isCoin(yuan(100))]).toEqual([true, false]);
  });
});
