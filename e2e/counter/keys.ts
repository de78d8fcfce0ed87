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

const virtualCodes: Readonly<Record<string, number>> = { Enter: 13, '-': 109, '+': 107, '*': 106, '/': 111, '.': 110 };

/**
 * Presses a key of the pad, NumLock on. When it was pressed is said to the browser, so that a busy machine doesn't turn two
 * presses of a person into a scanner's.
 */
export async function pressByHand(page: Page, key: string): Promise<void> {
  const session = await sessionOf(page);
  const virtual = virtualCodes[key] ?? 96 + Number(key);
  const same = { code: padCode(key), key, location: 3, isKeypad: true, windowsVirtualKeyCode: virtual, nativeVirtualKeyCode: virtual };
  const pressedAt = Date.now();
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...same, text: key === 'Enter' ? '\r' : key, timestamp: pressedAt / 1000 });
  await page.waitForTimeout(Math.max(0, pressedAt + fingerMilliseconds - Date.now()));
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...same, timestamp: Date.now() / 1000 });
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

function sessionOf(page: Page): Promise<CDPSession> {
  const known = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, known);
  return known;
}

/** A letter or a sign on the large keyboard. */
export async function writeByHand(page: Page, letter: string): Promise<void> {
  await page.keyboard.press(letter, { delay: fingerMilliseconds });
}

/**
 * Types as a keyboard scanner does, Enter at the end. The times of the keys are said to the browser, so that a busy
 * machine doesn't turn a scan into typing.
 */
export async function typeAsScanner(page: Page, text: string): Promise<void> {
  const session = await sessionOf(page);
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
