/** Physical keys as the keys of the 17-key pad: by position, so that Num Lock, layout and input method change nothing. */
import type { PadKey } from '../machine/keys.ts';

const byCode: Readonly<Record<string, PadKey>> = {
  Enter: 'Enter', NumpadEnter: 'Enter',
  Backspace: '-', Escape: '-', Minus: '-', NumpadSubtract: '-',
  NumpadAdd: '+', Equal: '+', F6: '+',
  NumpadMultiply: '*', F8: '*',
  NumpadDivide: '/', Slash: '/', F10: '/',
  NumpadDecimal: '.', NumpadComma: '.', Period: '.', Comma: '.',
  ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', PageUp: 'left', PageDown: 'right',
};

/** The pad's key of a physical one; null for a key that the till has no use for. */
export function padKey(code: string, shift: boolean): PadKey | null {
  // The star of a keyboard without a number pad stands above the 8.
  if (code === 'Digit8' && shift) return '*';
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return digit as PadKey;
  return Object.hasOwn(byCode, code) ? byCode[code] ?? null : null;
}
