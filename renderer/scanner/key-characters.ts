/** What a scanner that is a keyboard means by a physical key: its character, its row of digits, its suffix. */

/** The two places of a keyboard that have digits. A scanner uses one of them for all of a code. */
export type DigitRow = 'top' | 'pad';

const shiftedDigits = ')!@#$%^&*(';

/** The keys of the US layout that carry two characters, without and with Shift. */
const punctuation: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadDecimal: ['.', '.'],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
};

/** The character that a scanner set to the US layout means by a physical key, or null where the key has none. */
export function decodeKey(code: string, shift: boolean): string | null {
  const digit = /^(Digit|Numpad)([0-9])$/.exec(code);
  if (digit !== null) {
    const value = digit[2] ?? '';
    return shift && digit[1] === 'Digit' ? shiftedDigits.charAt(Number(value)) : value;
  }
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const pair = Object.hasOwn(punctuation, code) ? punctuation[code] : undefined;
  return pair === undefined ? null : pair[shift ? 1 : 0];
}

/** Where a digit's key stands; null for a key that is no digit. */
export function digitRow(code: string): DigitRow | null {
  if (/^Digit[0-9]$/.test(code)) return 'top';
  return /^Numpad[0-9]$/.test(code) ? 'pad' : null;
}

export function isSuffix(code: string): boolean {
  return code === 'Enter' || code === 'NumpadEnter' || code === 'Tab';
}

/** A scanner presses Shift between its characters. It breaks no burst and types nothing. */
export function isShift(code: string): boolean {
  return code === 'ShiftLeft' || code === 'ShiftRight';
}

/** Splits the AIM identifier (`]Q1`) off a code that begins with one. */
export function separateSymbology(code: string): { readonly text: string; readonly symbology: string | null } {
  const prefix = /^\][A-Za-z][0-9A-Za-z]/.exec(code)?.[0];
  return prefix === undefined ? { text: code, symbology: null } : { text: code.slice(prefix.length), symbology: prefix };
}
