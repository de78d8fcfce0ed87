/** The two ways to stand at the till: the browser host in Chromium, and the Electron window. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { _electron, chromium, type Browser, type ElectronApplication, type Page } from 'playwright';
import { program } from '../cli/support.ts';
import { electronProgram, isBuilt, projectFolder } from '../hosts/electron-runtime.ts';
import { displayPossible, openDisplay, type Display } from './display.ts';

const browserProgram = '/usr/bin/chromium';
const browserFlags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

const windowMilliseconds = 25_000;
const endMilliseconds = 20_000;

/** A till that runs, and the screen before the cashier. */
export interface RunningTill {
  readonly page: Page;
  /** The process that holds the journal and speaks to the gateways. */
  readonly pid: number;
  /** What the customer looks at: in Electron the window that the till opens by itself, in Chromium the page that a second screen is pointed to. */
  customer(): Promise<Page>;
  /** Electron's own process; null in Chromium. */
  readonly application: ElectronApplication | null;
  /** Pulls its plug: `kill -9`. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** What the till finds in its environment beside our own. */
type Environment = Readonly<Record<string, string>>;

export interface Host {
  readonly name: string;
  readonly whySkipped: string | null;
  start(home: string, environment: Environment): Promise<RunningTill>;
}

const notBuilt = isBuilt ? null : 'dist/ is not built (node scripts/prepare.mjs)';

export const hosts: readonly Host[] = [
  { name: 'in Chromium', whySkipped: existsSync(browserProgram) ? notBuilt : `there is no ${browserProgram}`, start: startInBrowser },
  { name: 'in Electron', whySkipped: whyNoElectron(), start: startInElectron },
];

function whyNoElectron(): string | null {
  if (electronProgram === null) return 'ELECTRON_OVERRIDE_DIST_PATH names no Electron runtime';
  if (!existsSync(electronProgram)) return `there is no ${electronProgram}`;
  return displayPossible ? notBuilt : 'there is no display, and no Xvfb to make one';
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserProgram, args: browserFlags });
}

async function startInBrowser(home: string, environment: Environment): Promise<RunningTill> {
  const till = spawn(process.execPath, [program, 'serve', '--home', home, '--json'], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  const address = await addressOf(till);
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(address);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await ended(till, () => till.kill(signal));
    await browser.close();
  };
  return { page, pid: till.pid ?? 0, application: null, customer: () => openCustomerPage(page), kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

async function openCustomerPage(page: Page): Promise<Page> {
  const customer = await page.context().newPage();
  await customer.setViewportSize({ width: 1024, height: 600 });
  await customer.goto(new URL('/display', page.url()).href);
  await page.bringToFront();
  return customer;
}

async function startInElectron(home: string, given: Environment): Promise<RunningTill> {
  const display = await openDisplay();
  try {
    return await openWindow(home, { ...definedOnly(process.env), ...display.environment, ...given }, display);
  } catch (error) {
    display.close();
    throw error;
  }
}

async function openWindow(home: string, environment: Record<string, string>, display: Display): Promise<RunningTill> {
  const application = await _electron.launch({ executablePath: electronProgram ?? '', args: ['--no-sandbox', projectFolder, '--home', home], env: environment });
  const page = await windowOf(application, (url) => !isCustomers(url));
  await allShown(application);
  const till = application.process();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await ended(till, () => till.kill(signal));
    display.close();
  };
  return { page, pid: till.pid ?? 0, application, customer: () => customerWindow(application), kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** Chromium drops the keys of a window that isn't shown yet. */
async function allShown(application: ElectronApplication): Promise<void> {
  const hidden = (): Promise<number> => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((window) => !window.isVisible()).length);
  if (await soon(async () => await hidden() === 0) === null) throw new Error('a window of Electron was never shown');
}

/** What `look` finds, as soon as it finds something; null where that is never. */
async function soon<Found>(look: () => Found | Promise<Found>): Promise<Exclude<Found, false | undefined> | null> {
  for (const deadline = Date.now() + windowMilliseconds; Date.now() < deadline; ) {
    const found = await look();
    if (found !== undefined && found !== false) return found as Exclude<Found, false | undefined>;
    await new Promise((later) => setTimeout(later, 50));
  }
  return null;
}

function isCustomers(url: string): boolean {
  return url.endsWith('/display.html');
}

async function customerWindow(application: ElectronApplication): Promise<Page> {
  const page = await windowOf(application, isCustomers);
  await page.locator('.display').waitFor();
  return page;
}

/** The window with such an address, as soon as there is one: the till's and the customer's come in any order. */
async function windowOf(application: ElectronApplication, isIt: (url: string) => boolean): Promise<Page> {
  const known = (page: Page): boolean => page.url() !== 'about:blank' && page.url() !== '' && isIt(page.url());
  const found = await soon(() => application.windows().find(known));
  if (found !== null) return found;
  throw new Error(`no such window among: ${application.windows().map((page) => page.url()).join(', ')}`);
}

/** Throws where the process doesn't end, and ends it for good: whoever waits for it has a reason to tell. */
function ended(process: ChildProcess, act: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.exitCode !== null || process.signalCode !== null) {
      resolve();
      return;
    }
    const never = setTimeout(() => {
      process.kill('SIGKILL');
      reject(new Error(`the till was told to end, and did not within ${endMilliseconds / 1000} s`));
    }, endMilliseconds);
    process.once('exit', () => {
      clearTimeout(never);
      resolve();
    });
    act();
  });
}

function addressOf(till: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    till.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
    if (till.stdout === null) return;
    createInterface(till.stdout).once('line', (line) => resolve((JSON.parse(line) as { url: string }).url));
  });
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
