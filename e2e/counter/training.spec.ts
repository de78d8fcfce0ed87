/** The first minute of a newcomer, in both languages: no settings, the training till, the payer's phone beside it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Counter } from './counter.ts';
import { hosts, openBrowser } from './hosts.ts';
import { takePhone, type PayersPhone } from './phone.ts';

/** Looks like a real WeChat code, and no simulator has shown it. */
const foreignCode = '134872093745120938';

for (const host of hosts) {
  const why = host.whySkipped;
  const name = `training ${host.name}`;
  if (why !== null) console.warn(`${name}: skipped, ${why}.`);
  describe.skipIf(why !== null)(why === null ? name : `${name} (skipped: ${why})`, () => {
    const home = mkdtempSync(join(tmpdir(), 'scantill-training-'));
    const counter = new Counter(host, home);
    let browser: Browser | null = null;

    beforeAll(async () => {
      await counter.start();
      await counter.headline(/^(Type the amount, then scan|输入金额，再扫付款码)$/);
      if (!(await counter.shows('Type the amount, then scan'))) {
        await counter.menu('7', '6', '1');
        await counter.press('/');
      }
      await counter.headline('Type the amount, then scan');
      browser = await openBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      await counter.stop();
      rmSync(home, { recursive: true, force: true });
    });

    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await counter.tellFailure(task.name);
    });

    const phoneInEnglish = (): Promise<PayersPhone> => {
      if (browser === null) throw new Error('no browser for the phone');
      return takePhone(counter, browser, 'en');
    };

    it('case 37: wears the violet frame and refuses a code that its own simulator has not issued', async () => {
      await counter.sees('No real money. Receipts say TRAINING');
      expect(await counter.page.evaluate("getComputedStyle(document.querySelector('.training-band')).backgroundColor")).toBe('rgb(91, 43, 179)');
      await counter.type('5');
      await counter.amount('¥5.00');
      await counter.scanAsKeyboard(foreignCode);
      await counter.sees('Training takes no real money');
      await counter.page.getByRole('alert').getByText('Nothing was charged.').waitFor();
      await counter.press('-');
      await counter.headline('Type the amount, then scan');
    });

    // Electron hands the address to the system's browser, and a test machine has none.
    if (host.name === 'in Chromium') it("opens the customer's phone by / 9", async () => {
      const opened = counter.page.context().waitForEvent('page');
      await counter.menu('9');
      const phone = await opened;
      await phone.getByText('Simulated wallet · not real money').waitFor();
      await phone.close();
      await counter.headline('Type the amount, then scan');
    });

    it("sells in the first minute: type, scan the phone's code, pay on the phone, Paid, and the receipt's preview", async () => {
      const phone = await phoneInEnglish();
      await phone.page.getByText('Simulated wallet · not real money').waitFor();
      await counter.type('38.5');
      await counter.sees('Scan now');
      await counter.scanAsKeyboard(await phone.code());
      await counter.headline('Waiting for the customer to pay');
      await phone.page.getByText('asks you to pay').waitFor();
      await phone.page.getByText('38.50', { exact: true }).waitFor();
      await phone.press('Pay');
      await counter.headline('Paid');
      await counter.amount('¥38.50');
      await counter.sees('TRAINING');
      await counter.press('+');
      const receipt = counter.region('Receipt');
      await receipt.getByText('¥38.50').waitFor();
      expect(await receipt.getByText('TRAINING · NO REAL MONEY').count()).toBe(2);
      // Barcode and QR of our own order number, drawn once their code is loaded.
      const codes = receipt.getByRole('img', { name: /^[0-9A-Za-z]{20,32}$/ });
      await codes.nth(1).waitFor();
      expect(await codes.nth(0).getAttribute('aria-label')).toBe(await codes.nth(1).getAttribute('aria-label'));
      await phone.page.getByText(/· Paid$/).waitFor();
      await counter.press('Enter');
      await counter.headline('Type the amount, then scan');
      await phone.page.close();
    });

    it('plays the same in Chinese, with a customer who cancels on the phone', async () => {
      await counter.menu('7', '6', '1');
      await counter.press('/');
      await counter.headline('输入金额，再扫付款码');
      await counter.sees('练习模式');
      const phone = await phoneInEnglish();
      await counter.type('6');
      await counter.amount('¥6.00');
      await counter.scanAsKeyboard(await phone.code());
      await counter.headline('等顾客在手机上付款');
      await phone.press('Cancel');
      await counter.headline('支付失败');
      await counter.sees('没有扣顾客的钱。');
      await phone.page.close();
    });
  });
}
