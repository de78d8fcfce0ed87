/** The keys of one terminal: what each event makes of them (CASES 32). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activatedAgain, afterWord, besideSettings, checkedIn, checkInBegun, checkInRefused, firstKeys, isCheckInDue, keyInUse, type TerminalKeys } from './keys.ts';

const first = firstKeys('https://a.example', '1', 'K1', 'K1');
const second = checkedIn(checkInBegun(first), 'K2', 10);
const refusedBy = (...keys: readonly string[]) => new Set(keys);

describe('a check-in', () => {
  test('case 32: makes the new key the one in use, and keeps the old one', () => {
    expect(second).toMatchObject({ newest: 'K2', older: 'K1', inUse: 'newest', newestWorked: false, checkInOpen: false, checkedInOn: 10 });
    expect(keyInUse(second)).toBe('K2');
  });
  test('case 32: keeps the one that was in use, not one that never worked', () => {
    const back = afterWord(second, 'K2', 'refused', refusedBy('K2')).keys;
    expect(keyInUse(back)).toBe('K1');
    expect(checkedIn(checkInBegun(back), 'K3', 11)).toMatchObject({ newest: 'K3', older: 'K1' });
  });
  test('that gives the same key changes nothing but the day', () => {
    expect(checkedIn(checkInBegun(first), 'K1', 10)).toEqual({ ...first, checkedInOn: 10 });
  });
  test('is due once in each day, and at once where an answer never came', () => {
    expect([isCheckInDue(first, 10), isCheckInDue(second, 10), isCheckInDue(second, 11), isCheckInDue(second, 9)]).toEqual([true, false, true, false]);
    expect(isCheckInDue(checkInBegun(second), 10)).toBe(true);
    expect(isCheckInDue(checkInRefused(checkInBegun(second)), 10)).toBe(false);
  });
});

describe('what the gateway says of a key', () => {
  test('case 32: a refused key gives way to the other, once', () => {
    const { keys, verdict } = afterWord(second, 'K2', 'refused', refusedBy('K2'));
    expect([keyInUse(keys), verdict]).toEqual(['K1', 'otherKey']);
    // Once both are, each request tries the other one: the gateway may have been wrong for a moment.
    expect(afterWord(keys, 'K1', 'refused', refusedBy('K2', 'K1'))).toEqual({ keys: second, verdict: 'bothRefused' });
    expect(afterWord(second, 'K2', 'refused', refusedBy('K2', 'K1'))).toEqual({ keys, verdict: 'bothRefused' });
    expect(afterWord(keys, 'K2', 'refused', refusedBy('K2', 'K1'))).toEqual({ keys, verdict: 'bothRefused' });
    expect(afterWord(keys, 'K1', 'taken', refusedBy()).keys).toBe(keys);
  });
  test('case 32: the new one has worked once it was taken', () => {
    expect(afterWord(second, 'K2', 'taken', refusedBy()).keys).toEqual({ ...second, newestWorked: true });
    expect(afterWord(second, 'K1', 'taken', refusedBy()).keys).toBe(second);
  });
  test('two requests that were out together switch once', () => {
    const { keys } = afterWord(second, 'K2', 'refused', refusedBy('K2'));
    expect(afterWord(keys, 'K2', 'refused', refusedBy('K2'))).toEqual({ keys, verdict: 'otherKey' });
  });
  test('the only key stands as it is; with a check-in open another one may be had', () => {
    expect(afterWord(first, 'K1', 'refused', refusedBy('K1'))).toEqual({ keys: first, verdict: 'asItIs' });
    expect(afterWord(checkInBegun(first), 'K1', 'refused', refusedBy('K1')).verdict).toBe('otherKey');
    // The one that asked for it must ask again: what came before it is no use.
    expect(afterWord(checkInBegun(second), 'K2', 'refused', refusedBy('K2'))).toEqual({ keys: checkInBegun(second), verdict: 'otherKey' });
  });
  test('a key that was replaced meanwhile says nothing', () => {
    expect(afterWord(second, 'K0', 'refused', refusedBy('K0'))).toEqual({ keys: second, verdict: 'otherKey' });
    expect(afterWord(second, 'K0', 'taken', refusedBy())).toEqual({ keys: second, verdict: 'asItIs' });
  });
});

describe('beside the settings', () => {
  test('the key that stood there all along changes nothing', () => {
    expect(besideSettings(second, 'K1')).toBe(second);
    const third = checkedIn(checkInBegun(second), 'K3', 11);
    expect(besideSettings(third, 'K1')).toBe(third);
  });
  test('one that was typed anew is the newest, and the one in use stays', () => {
    expect(besideSettings(checkedIn(second, 'K3', 11), 'K9')).toMatchObject({ newest: 'K9', older: 'K3', inUse: 'newest', fromSettings: 'K9' });
  });
  test('an activation is newer than what the settings held before it', () => {
    const activated = firstKeys('https://a.example', '1', 'A1', null);
    expect(besideSettings(activated, 'K1')).toMatchObject({ newest: 'A1', older: 'K1', fromSettings: 'K1' });
    expect(besideSettings(activated, 'A1')).toBe(activated);
    // After a check-in nothing of the settings is older than that: it was typed since.
    expect(besideSettings(checkedIn(checkInBegun(activated), 'A2', 10), 'K9')).toMatchObject({ newest: 'K9', older: 'A2', inUse: 'newest', fromSettings: 'K9', checkedInOn: 10 });
    expect(activatedAgain(second, 'A1')).toMatchObject({ newest: 'A1', older: 'K2', checkedInOn: null });
    expect(activatedAgain(second, 'K2')).toBe(second);
  });
});

test('whatever happens, the key in use is one of the two, and a key that was in use goes only when another came', () => {
  const event = fc.oneof(
    fc.constant({ type: 'begin' } as const), fc.record({ type: fc.constant('checkedIn' as const), key: fc.constantFrom('K1', 'K2', 'K3', 'K4') }),
    fc.constant({ type: 'refusedCheckIn' } as const), fc.record({ type: fc.constantFrom('taken' as const, 'refused' as const), key: fc.constantFrom('K1', 'K2', 'K3', 'K4') }),
  );
  fc.assert(fc.property(fc.array(event, { maxLength: 30 }), (events) => {
    let keys: TerminalKeys = first;
    const refused = new Set<string>();
    for (const [index, one] of events.entries()) {
      const before = keyInUse(keys);
      if (one.type === 'begin') keys = checkInBegun(keys);
      else if (one.type === 'checkedIn') keys = checkedIn(keys, one.key, index);
      else if (one.type === 'refusedCheckIn') keys = checkInRefused(keys);
      else {
        if (one.type === 'refused') refused.add(one.key);
        else refused.clear();
        keys = afterWord(keys, one.key, one.type, refused).keys;
      }
      expect([keys.newest, keys.older]).toContain(keyInUse(keys));
      expect([keys.newest, keys.older]).toContain(before);
    }
  }));
});
