/** What a cash sale takes: never less than is due, and the drawer moves by what is due. */
import { describe, expect, it } from 'vitest';
import { messageText } from '../contract/messages.ts';
import type { Amount } from '../money/amount.ts';
import { countCash } from './take-cash.ts';

const dollars = (minor: number): Amount => ({ minor, currency: 'AUD' });

describe('counting cash', () => {
  it('is due rounded, with the change against what is due', () => {
    expect(countCash(dollars(1453), 2000, dollars(5))).toEqual({ kind: 'enough', due: dollars(1455), received: dollars(2000), change: dollars(545), roundingMinor: 2 });
    expect(countCash(dollars(1452), 1450, dollars(5))).toEqual({ kind: 'enough', due: dollars(1450), received: dollars(1450), change: dollars(0), roundingMinor: -2 });
  });

  it('says how much is missing, by what is due after rounding', () => {
    const counted = countCash(dollars(1453), 1450, dollars(5));
    expect(counted).toMatchObject({ kind: 'short', by: dollars(5) });
    expect(counted.kind === 'short' && messageText(counted.message, 'en')).toContain('0.05 short');
    expect(countCash(dollars(1453), 0, dollars(5))).toMatchObject({ kind: 'short', by: dollars(1455) });
  });
});
