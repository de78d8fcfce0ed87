/** The browser host from outside: the printed address opens the screens in a browser, once, and the till answers there. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBuilt, projectFolder } from './electron-runtime.ts';

const program = '/usr/bin/chromium';
const whySkipped = existsSync(program) ? (isBuilt ? null : 'dist/ is not built (node scripts/prepare.mjs)') : `there is no ${program}`;
if (whySkipped !== null) console.warn(`Browser specs are skipped: ${whySkipped}.`);

describe.skipIf(whySkipped !== null)('the till in a browser', () => {
  const home = mkdtempSync(join(tmpdir(), 'scantill-browser-'));
  let host: ChildProcess;
  let browser: Browser;
  let address: string;
  let page: Page;

  beforeAll(async () => {
    host = spawn(process.execPath, [join(projectFolder, 'dist', 'cli', 'till.js'), 'serve', '--home', home, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
    address = await firstUrl(host);
    browser = await chromium.launch({ executablePath: program, args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'] });
    page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  });

  afterAll(async () => {
    await browser?.close();
    if (host !== undefined) {
      const ended = new Promise((resolve) => host.once('exit', resolve));
      host.kill('SIGTERM');
      await ended;
    }
    rmSync(home, { recursive: true, force: true });
  });

  it('opens the screens and takes the token out of the address', async () => {
    const problems: string[] = [];
    page.on('console', (said) => void (said.type() === 'error' && problems.push(said.text())));
    await page.goto(address);
    expect(page.url()).toBe(`${new URL(address).origin}/`);
    await page.locator('#root > *').first().waitFor();
    // What a policy blocks is said on the console.
    expect(problems).toEqual([]);
  });

  it('is answered over the socket by the till in training', async () => {
    await page.goto('about:blank');
    await page.goto(`${new URL(address).origin}/main-none`);
    const status = await page.evaluate(`new Promise((resolve, reject) => {
      const socket = new WebSocket('ws://' + location.host + '/till');
      socket.onopen = () => socket.send(JSON.stringify({ id: 1, name: 'status', request: {} }));
      socket.onmessage = (message) => { const frame = JSON.parse(message.data); if (frame.id === 1) resolve(frame.reply); };
      socket.onerror = () => reject(new Error('refused'));
    })`);
    expect(status).toMatchObject({ training: true, currency: 'CNY' });
  });

  it('tells a browser that comes with the used address how to get a new one', async () => {
    const other = await (await browser.newContext()).newPage();
    const answer = await other.goto(address);
    expect(answer?.status()).toBe(403);
    expect(await other.textContent('body')).toContain('start it again');
    await other.close();
  });

  it('case 8: lets a second screen take over with Enter, and tells the first', async () => {
    const first = await page.context().newPage();
    const second = await page.context().newPage();
    const origin = new URL(address).origin;
    // The page of the test before has its own socket.
    await page.goto('about:blank');
    await first.goto(origin);
    await first.getByText('Type the amount').first().waitFor();
    await second.goto(origin);
    await second.getByText('Another screen operates this till').waitFor();
    // Chromium drops keys until the first frame of a new page is shown.
    await expect.poll(async () => {
      await second.keyboard.press('Enter');
      return second.getByText('Another screen operates this till').isVisible();
    }).toBe(false);
    await second.getByText('Type the amount').first().waitFor();
    await first.getByText('The till is on another screen').waitFor();
    await first.close();
    await second.close();
  });

  it('does not let another page reach the socket', async () => {
    const other = await (await browser.newContext()).newPage();
    const outcome = await other.evaluate(`new Promise((resolve) => {
      const socket = new WebSocket('ws://${new URL(address).host}/till');
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    })`);
    expect(outcome).toBe('refused');
    await other.close();
  });
});

function firstUrl(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    process.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
    if (process.stdout === null) return;
    createInterface(process.stdout).once('line', (line) => resolve((JSON.parse(line) as { url: string }).url));
  });
}
