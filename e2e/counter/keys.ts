/** Hands at a number pad and a keyboard scanner: physical keys, at the pace of a person or of a machine. */
import type { CDPSession, Page } from 'playwright';

/** What is printed on the pad's keys. `−` is written `-` here. */
export type CommandKey = 'Enter' | '-' | '+' | '*' | '/';

const commands: Readonly<Record<CommandKey, string>> = { Enter: 'NumpadEnter', '-': 'NumpadSubtract', '+': 'NumpadAdd', '*': 'NumpadMultiply', '/': 'NumpadDivide' };

/** How long a person's finger stays on a key. A scanner's keys follow each other within 65 ms. */
const fingerMilliseconds = 90;
/** From the ones measured: 7 to 16 ms between keys. */
const scannerGapMilliseconds = 8;

export function padCode(key: string): string {
  if (Object.hasOwn(commands, key)) return commands[key as CommandKey];
  return key === '.' ? 'NumpadDecimal' : `Numpad${key}`;
}

export async function pressByHand(page: Page, key: string): Promise<void> {
  await page.keyboard.press(padCode(key), { delay: fingerMilliseconds });
}

/** A letter or a sign on the large keyboard. */
export async function writeByHand(page: Page, letter: string): Promise<void> {
  await page.keyboard.press(letter, { delay: fingerMilliseconds });
}

/**
 * Types as a keyboard scanner does, Enter at the end. The times of the keys are said to the browser, so that a busy
 * machine doesn't turn a scan into typing.
 */
export async function typeAsScanner(session: CDPSession, text: string): Promise<void> {
  const began = Date.now();
  const keys = [...[...text].map((digit) => ({ code: `Digit${digit}`, key: digit, text: digit, virtual: digit.charCodeAt(0) })), { code: 'Enter', key: 'Enter', text: '\r', virtual: 13 }];
  await Promise.all(
    keys.flatMap(({ code, key, text: typed, virtual }, index) => {
      const at = (began + index * scannerGapMilliseconds) / 1000;
      const same = { code, key, windowsVirtualKeyCode: virtual, nativeVirtualKeyCode: virtual };
      return [
        session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...same, text: typed, timestamp: at }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...same, timestamp: at + 0.003 }),
      ];
    }),
  );
}
