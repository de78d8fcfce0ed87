/** Tests of typing an amount. */
import { describe, expect, it } from 'vitest';
import { addLine, deleteDigit, emptyEntry, entryLines, entryOf, entryTotal, typeKey, type AmountKey, type Entry, type EntryRules } from './entry.ts';

const yuan: EntryRules = { currency: 'CNY', maximumMinor: 5_000_000, mode: 'decimalPoint' };
const fen: EntryRules = { ...yuan, mode: 'centsFirst' };

function typed(keys: readonly AmountKey[], rules: EntryRules, from: Entry = emptyEntry): Entry {
  return keys.reduce((entry, key) => typeKey(entry, key, rules) ?? entry, from);
}

function minor(keys: readonly AmountKey[], rules: EntryRules): number {
  return entryTotal(typed(keys, rules), rules).minor;
}

describe('an amount with a decimal point', () => {
  it('reads 38.5 as 38.50', () => expect(minor(['3', '8', '.', '5'], yuan)).toBe(3850));
  it('begins with 0 where the point comes first', () => expect(minor(['.', '5'], yuan)).toBe(50));
  it('drops zeros in front', () => expect(typed(['0', '00', '7'], yuan).typed).toBe('7'));
  it('refuses a second point', () => expect(typeKey(typed(['1', '.'], yuan), '.', yuan)).toBeNull());
  it('refuses a digit past the places of the currency', () => expect(typeKey(typed(['1', '.', '2', '5'], yuan), '0', yuan)).toBeNull());
  it('refuses 00 where only one place is left', () => expect(typeKey(typed(['1', '.', '2'], yuan), '00', yuan)).toBeNull());
  it('refuses a digit past the limit of the shop', () => expect(typeKey(typed(['5', '0', '0', '0', '0'], yuan), '0', yuan)).toBeNull());
  it('refuses a ninth digit whatever the limit is', () => {
    const open = { ...yuan, maximumMinor: Number.MAX_SAFE_INTEGER };
    expect(typeKey(typed(['1', '2', '3', '4', '5', '6', '7', '8'], open), '9', open)).toBeNull();
  });
  it('has no point in a currency without decimals', () => expect(typeKey(emptyEntry, '.', { ...yuan, currency: 'JPY' })).toBeNull());
});

describe('an amount with cents first', () => {
  it('reads 3850 as 38.50', () => expect(minor(['3', '8', '5', '0'], fen)).toBe(3850));
  it('reads 5 as 0.05', () => expect(minor(['5'], fen)).toBe(5));
  it('has no point', () => expect(typeKey(emptyEntry, '.', fen)).toBeNull());
});

describe('lines', () => {
  const two = addLine(typed(['1', '2', '.', '5'], yuan), yuan) ?? emptyEntry;

  it('add up with the one that is being typed', () => {
    const three = typed(['8'], yuan, two);
    expect(entryTotal(three, yuan).minor).toBe(2050);
    expect(entryLines(three, yuan).map((line) => line.minor)).toEqual([1250, 800]);
  });
  it('are not made of nothing', () => expect(addLine(emptyEntry, yuan)).toBeNull());
  it('come back to be edited when the line after them is deleted', () => expect(deleteDigit(two, yuan)).toEqual({ lines: [], typed: '12.50' }));
  it('count against the limit together', () => {
    const nearly = addLine(entryOf({ minor: 4_999_900, currency: 'CNY' }, yuan), yuan) ?? emptyEntry;
    expect(typeKey(nearly, '2', yuan)).toBeNull();
    expect(typeKey(nearly, '1', yuan)).not.toBeNull();
  });
});

it('an amount that is put back reads the same in both ways of typing', () => {
  const amount = { minor: 50, currency: 'CNY' } as const;
  expect(entryTotal(entryOf(amount, yuan), yuan)).toEqual(amount);
  expect(entryTotal(entryOf(amount, fen), fen)).toEqual(amount);
});
