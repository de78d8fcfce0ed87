/** The payer's phone beside the training till: found where the training band leads to, used by keyboard. */
import type { Browser, Page } from 'playwright';
import type { Counter } from './counter.ts';

export interface PayersPhone {
  readonly page: Page;
  /** The digits under the barcode. */
  code(): Promise<string>;
  /** Goes to a button with Tab and presses it. */
  press(button: string): Promise<void>;
  /** Goes to a choice of its forms and sets it. */
  choose(label: string): Promise<void>;
}

export async function takePhone(counter: Counter, browser: Browser, language: 'zh-CN' | 'en'): Promise<PayersPhone> {
  const address = await counter.page.locator('a[href*="/simulator/phone/"]').getAttribute('href');
  if (address === null) throw new Error('the training band leads to no phone');
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  await page.goto(`${address}?lang=${language}`);
  return {
    page,
    async code() {
      return ((await page.getByText(/^\d{4} \d{4} \d{4} \d+$/).textContent()) ?? '').replaceAll(' ', '');
    },
    async press(button) {
      const target = page.getByRole('button', { name: button, exact: true });
      await target.waitFor();
      const isFocused = (): Promise<boolean> => target.evaluate((element) => element === document.activeElement);
      for (let tabs = 0; tabs < 40 && !(await isFocused()); tabs += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    },
    choose: (label) => page.getByLabel(label, { exact: true }).press('Space'),
  };
}
