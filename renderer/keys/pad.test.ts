/** Tests of keys by position. */
import { expect, it } from 'vitest';
import { padKey } from './pad.ts';

it.each([
  ['Numpad7', '7'], ['Digit7', '7'], ['NumpadEnter', 'Enter'], ['NumpadAdd', '+'], ['F6', '+'], ['NumpadMultiply', '*'], ['F8', '*'],
  ['NumpadSubtract', '-'], ['Backspace', '-'], ['Escape', '-'], ['NumpadDivide', '/'], ['F10', '/'], ['NumpadDecimal', '.'], ['ArrowUp', 'up'], ['PageDown', 'right'],
] as const)('%s is %s', (code, key) => expect(padKey(code, false)).toBe(key));

it('the star above the 8 is the star', () => expect(padKey('Digit8', true)).toBe('*'));
it('a letter is no key of the till', () => expect(padKey('KeyA', false)).toBeNull());
it('a name that every object has is no key', () => expect(padKey('constructor', false)).toBeNull());
