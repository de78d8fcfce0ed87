/** The Electron host from outside: the window works, and the page in it can reach the till and nothing else. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronProgram, projectFolder, whySkipped } from './electron-runtime.ts';

if (whySkipped !== null) console.warn(`Electron specs are skipped: ${whySkipped}.`);

describe.skipIf(whySkipped !== null)('the Electron window', () => {
  const home = mkdtempSync(join(tmpdir(), 'scantill-electron-'));
  let application: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    application = await _electron.launch({ executablePath: electronProgram ?? '', args: ['--no-sandbox', projectFolder, '--home', home] });
    page = await application.firstWindow();
    await page.waitForLoadState('load');
  });

  afterAll(async () => {
    await application?.close();
    rmSync(home, { recursive: true, force: true });
  });

  /** Runs text in the page; a promise's outcome is waited for, and a rejection comes back as its message. */
  const inPage = (text: string): Promise<unknown> => page.evaluate(`(async () => (${text}))().catch((error) => String(error))`);
  const call = (name: string, request: unknown): Promise<unknown> => inPage(`window.scantill.call(${JSON.stringify(name)}, ${JSON.stringify(request)})`);

  it('shows the screens', async () => {
    await page.locator('#root > *').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('answers a call of the contract, in training against the built-in simulator', async () => {
    expect(await call('status', {})).toMatchObject({ training: true, currency: 'CNY' });
  });

  it('tells the page what happens', async () => {
    await expect.poll(() => inPage("window.scantill.call('status', {}).then((status) => status.phase)")).toBe('ready');
    // Who listens must be there before what is told: the two are told over different ways.
    await inPage("void (window.heard = new Promise((resolve) => { const end = window.scantill.onEvent((event) => { end(); resolve(event.type); }); }))");
    await application.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('till:event', { type: 'status', status: null });
    });
    expect(await inPage('window.heard')).toBe('status');
  });

  it('gives the page the bridge and nothing of Node', async () => {
    expect(await inPage("Object.keys(window.scantill).sort()")).toEqual(['call', 'host', 'onEvent', 'openPhone', 'preferences', 'showCustomer']);
    expect(await inPage("['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window)")).toEqual([]);
    expect(await inPage("window.scantill.call.constructor('return typeof process')()")).toMatch(/EvalError|undefined/);
  });

  it.each([
    ['an unknown call', 'activePayments', {}],
    ["a call by the name of an object's own member", 'constructor', {}],
    ['a call with a key too many', 'status', { more: 1 }],
    ['an amount that is no whole number', 'amountEntered', { amount: { minor: 12.5, currency: 'CNY' } }],
    ['a negative amount', 'amountEntered', { amount: { minor: -1, currency: 'CNY' } }],
    ['an unknown currency', 'amountEntered', { amount: { minor: 1, currency: 'XXX' } }],
  ])('refuses %s', async (_what, name, request) => {
    expect(await call(name, request)).toMatch(/unknown call|not a valid request/);
  });

  it('keeps the preferences of this workstation, and refuses others', async () => {
    const preferences = { locale: 'en', theme: 'dark', keypad: 'hidden', amountEntry: 'centsFirst', volume: 20 };
    expect(await inPage(`window.scantill.preferences.write(${JSON.stringify(preferences)}).then(() => window.scantill.preferences.read())`)).toEqual(preferences);
    expect(await inPage('window.scantill.preferences.write({ volume: 500 })')).toMatch(/not valid preferences/);
  });

  it('has a policy that allows no other source', async () => {
    const policy = await inPage("fetch('/').then((answer) => answer.headers.get('content-security-policy'))");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('goes nowhere else', async () => {
    const before = page.url();
    expect(await inPage("fetch('https://example.com/', { mode: 'no-cors' }).then(() => 'fetched', () => 'blocked')")).toBe('blocked');
    expect(await inPage("String(window.open('https://example.com/'))")).toBe('null');
    expect(await inPage("(() => { const script = document.createElement('script'); script.textContent = 'window.injected = true'; document.body.append(script); return 'injected' in window; })()")).toBe(false);
    await inPage("void (window.location.href = 'https://example.com/')");
    expect(await inPage('window.scantill.host')).toBe('electron');
    expect(page.url()).toBe(before);
    expect(application.windows()).toHaveLength(1);
  });

  it('reaches no other address, even past its own policy', async () => {
    const answers = await application.evaluate(async ({ BrowserWindow }) => {
      const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
      const statusOf = async (url: string): Promise<number> => (await session?.fetch(url))?.status ?? 0;
      return [await statusOf('https://example.com/'), await statusOf('http://example.com/'), await statusOf('https://till.invalid/../package.json'), await statusOf('https://till.invalid/%2e%2e%2fcli%2ftill.js')];
    });
    expect(answers).toEqual([403, 403, 404, 404]);
  });

  it('is given no permission', async () => {
    const states = await inPage("Promise.all(['camera', 'microphone', 'geolocation', 'notifications'].map((name) => navigator.permissions.query({ name }).then((permission) => permission.state)))");
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
  });

  it('is one per home: a second start ends by itself and leaves the till to the first', async () => {
    const second = spawn(electronProgram ?? '', ['--no-sandbox', projectFolder, '--home', home], { stdio: 'ignore' });
    expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
    expect(await call('status', {})).toMatchObject({ phase: 'ready' });
  });

  it('comes back when its page crashes', async () => {
    const loaded = await application.evaluate(
      ({ BrowserWindow }) =>
        new Promise<string>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once('did-finish-load', () => resolve(contents.getURL()));
          contents?.forcefullyCrashRenderer();
        }),
    );
    expect(new URL(loaded).pathname).toBe('/');
  });
});
