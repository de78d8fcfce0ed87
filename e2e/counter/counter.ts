/** The cashier at the counter: presses keys, never clicks, and waits for what stands on the screen. */
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from 'playwright';
import { projectFolder } from '../hosts/electron-runtime.ts';
import type { Host, RunningTill } from './hosts.ts';
import { pressByHand, typeAsScanner, writeByHand, type CommandKey } from './keys.ts';

/** A screen that has stood this long takes Enter − + *: nobody confirms what they haven't seen (SCREENS.md 3). */
const seenAfterMilliseconds = 450;
const patienceMilliseconds = 25_000;

export class Counter {
  readonly #host: Host;
  readonly #home: string;
  #till: RunningTill | null = null;

  constructor(host: Host, home: string) {
    this.#host = host;
    this.#home = home;
  }

  get page(): Page {
    return this.#running().page;
  }

  get pid(): number {
    return this.#running().pid;
  }

  /** Electron's own process; null in Chromium. */
  get application(): ElectronApplication | null {
    return this.#running().application;
  }

  async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#till = await this.#host.start(this.#home, environment);
    this.page.setDefaultTimeout(patienceMilliseconds);
  }

  /** The screen in front of the customer. */
  async customer(): Promise<Page> {
    const page = await this.#running().customer();
    page.setDefaultTimeout(patienceMilliseconds);
    return page;
  }

  async kill(): Promise<void> {
    await this.#running().kill();
  }

  async stop(): Promise<void> {
    await this.#till?.stop();
  }

  /** What stands on the screen. */
  async picture(name: string): Promise<void> {
    const file = name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60);
    await this.page.screenshot({ path: join(projectFolder, 'e2e', 'output', 'counter', `${file}.png`) });
  }

  /** What stood on the screen when a test failed: a picture, and its words beside the failure, for where no picture gets out. */
  async tellFailure(name: string): Promise<void> {
    const words = await this.page.locator('body').innerText();
    console.error(`${name}: on the screen stood: ${words.replaceAll(/\s+/g, ' ').slice(0, 1500)}`);
    await this.picture(name);
  }

  /** Digits and the point, one after the other as a person types them. */
  async type(text: string): Promise<void> {
    for (const key of text) await pressByHand(this.page, key);
  }

  /** A name or a sentence in the field that has the focus: letters of a keyboard, and what an input method commits. */
  async write(text: string): Promise<void> {
    if (/^[ -~]+$/.test(text)) for (const letter of text) await writeByHand(this.page, letter);
    else await this.page.keyboard.insertText(text);
  }

  /** A key with a command on it, once the screen has been seen. */
  async press(key: CommandKey): Promise<void> {
    await this.#seen();
    await pressByHand(this.page, key);
  }

  /** `/` and a digit, then what the menu leads to. */
  async menu(...digits: readonly string[]): Promise<void> {
    await this.press('/');
    for (const digit of digits) await pressByHand(this.page, digit);
  }

  /** A scan of a scanner that is a keyboard. */
  async scanAsKeyboard(code: string): Promise<void> {
    await typeAsScanner(this.page, code);
  }

  /** Waits for the sentence, word or stop that the screen opens with. */
  async headline(words: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: words, exact: true }).waitFor();
  }

  /** Whether the screen opens with these words at this moment. */
  shows(words: string): Promise<boolean> {
    return this.page.getByRole('heading', { level: 1, name: words, exact: true }).isVisible();
  }

  /** Waits until this stands somewhere on the screen. */
  async sees(words: string | RegExp): Promise<void> {
    await this.#standing(words).first().waitFor();
  }

  async isGone(words: string | RegExp): Promise<void> {
    await this.#standing(words).first().waitFor({ state: 'hidden' });
  }

  /** Waits for the one big number. */
  async amount(figures: string): Promise<void> {
    await this.page.locator('#amount').filter({ hasText: new RegExp(`^${figures.replaceAll('.', '\\.')}$`) }).waitFor();
  }

  /** The cap or large choice of a key, as it is printed. */
  async cap(words: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: words }).first().waitFor();
  }

  region(name: string): Locator {
    return this.page.getByRole('complementary', { name });
  }

  /** What only screen readers hear is said apart. */
  #standing(words: string | RegExp): Locator {
    return this.page.locator('.frame > :not(.said)').getByText(words);
  }

  async #seen(): Promise<void> {
    await this.page.evaluate(standsStill, seenAfterMilliseconds);
  }

  #running(): RunningTill {
    if (this.#till === null) throw new Error('the till was not started');
    return this.#till;
  }
}

/** Runs in the page: resolves when the screen has been the same for so long. */
function standsStill(milliseconds: number): Promise<void> {
  const picture = (): string => {
    const view = document.querySelector<HTMLElement>('.frame')?.dataset['view'] ?? '';
    return [view, document.getElementById('title')?.textContent, document.querySelector('.receipt') === null].join('|');
  };
  return new Promise((resolve) => {
    let shown = picture();
    let since = performance.now();
    const look = (): void => {
      const now = picture();
      if (now !== shown) since = performance.now();
      shown = now;
      if (performance.now() - since >= milliseconds) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
}
