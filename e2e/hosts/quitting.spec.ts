/** Closing the window over a payment whose outcome isn't known: the till says so, Enter waits, − quits, and nothing is lost (case 31). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, describe, expect, it } from 'vitest';
import { digitsOf } from '../../simulator/scripts.ts';
import { electronProgram, projectFolder, whySkipped } from './electron-runtime.ts';

interface Started {
  readonly application: ElectronApplication;
  readonly page: Page;
}

describe.skipIf(whySkipped !== null)('case 31: closing the window', () => {
  const home = mkdtempSync(join(tmpdir(), 'scantill-quitting-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  async function start(): Promise<Started> {
    const application = await _electron.launch({ executablePath: electronProgram ?? '', args: ['--no-sandbox', projectFolder, '--home', home] });
    const page = await application.firstWindow();
    await page.waitForLoadState('load');
    return { application, page };
  }

  const openCount = (page: Page): Promise<unknown> => page.evaluate("window.scantill.call('status', {}).then((status) => status.openCount)");
  const phase = (page: Page): Promise<unknown> => page.evaluate("window.scantill.call('status', {}).then((status) => status.phase)");

  /** A customer who takes half a minute to type the password. */
  async function sell(page: Page): Promise<void> {
    await expect.poll(() => phase(page)).toBe('ready');
    const reply = await page.evaluate(`(async () => {
      const scan = await window.scantill.call('submitScan', { text: '${digitsOf('waits', 30)}', source: 'typed' });
      const reply = await window.scantill.call('pay', { commandId: crypto.randomUUID(), scanId: scan.scanId, amount: { minor: 3850, currency: 'CNY' } });
      return reply.kind;
    })()`);
    expect(reply).toBe('started');
  }

  /** Closes as the window's own cross does, and waits for the question. */
  async function close({ application }: Started): Promise<Page> {
    const question = application.waitForEvent('window');
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    const window = await question;
    await window.waitForURL('**/quit');
    // Chromium drops keys of a window that isn't shown yet.
    await expect.poll(() => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().every((one) => one.isVisible()))).toBe(true);
    return window;
  }

  /** The key ends the very window that it is pressed in, which is no failure. */
  const press = (window: Page, key: string): Promise<void> => window.keyboard.press(key).catch(() => undefined);

  it('asks while a payment is open; Enter keeps waiting, − quits, and the next start takes it up', async () => {
    const first = await start();
    await sell(first.page);

    const question = await close(first);
    expect(await question.textContent('main')).toMatch(/^1 not known yet\.|还有 1 笔结果未知/);
    await question.screenshot({ path: join(projectFolder, 'e2e', 'output', 'quit-question.png') });
    const answered = question.waitForEvent('close');
    await press(question, 'Enter');
    await answered;
    expect(await openCount(first.page)).toBe(1);

    const again = await close(first);
    const ended = first.application.waitForEvent('close');
    await press(again, '-');
    await ended;

    const second = await start();
    await expect.poll(() => phase(second.page)).toBe('ready');
    const found = await second.page.evaluate("window.scantill.call('recentPayments', { count: 5 }).then((payments) => payments.map((payment) => payment.amount.minor))");
    expect(found).toEqual([3850]);
    const last = second.application.waitForEvent('close');
    if ((await openCount(second.page)) === 0) await second.application.evaluate(({ app }) => app.quit());
    else await press(await close(second), '-');
    await last;
  });

  it('ends at once when told to by the system, without a question', async () => {
    const { application, page } = await start();
    await expect.poll(() => phase(page)).toBe('ready');
    const process = application.process();
    const ended = new Promise((resolve) => process.once('exit', (code, signal) => resolve(code ?? signal)));
    process.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
