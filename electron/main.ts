/** The Electron host: one window, one till, and nothing of the till's business in here. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, Menu, session as sessions, type BrowserWindow } from 'electron';
import { screenCodeDigits } from '../core/scan/codes.ts';
import { openTill } from '../host/assemble.ts';
import { checkWholeChain } from '../host/chain-check.ts';
import { defaultHome, givenHome, thisMachine } from '../host/home.ts';
import { localeOf } from '../host/local-language.ts';
import { devicesModule, screensFolder } from '../host/places.ts';
import { CustomerDisplays } from '../host/customer-displays.ts';
import { startScreenTill, type ScreenTill, type ScreenTillOptions } from '../host/screen-till.ts';
import { showToCustomer } from './customer-window.ts';
import { denyEverything, denyPermissions } from './hardening.ts';
import { QuitQuestion } from './quit-question.ts';
import { serveScreens } from './screen-address.ts';
import { answerCalls } from './till-calls.ts';
import { openTillWindow } from './till-window.ts';
import { utilityChild } from './utility-child.ts';
import { askedDisplay, withDisplayValue } from './which-display.ts';
import { openWorkstation } from './workstation.ts';

const { values: given } = parseArgs({ args: withDisplayValue(process.argv.slice(1)), options: { home: { type: 'string' }, training: { type: 'boolean' }, 'customer-display': { type: 'string' } }, strict: false });
const homeOption = typeof given.home === 'string' ? given.home : undefined;
const machine = thisMachine();
const chosenHome = givenHome(homeOption, machine);
const home = chosenHome ?? defaultHome(machine);

// A home that was asked for is a till of its own, with a window, preferences and single instance of its own.
if (chosenHome !== null) {
  mkdirSync(join(home, 'window'), { recursive: true, mode: 0o700 });
  app.setPath('userData', join(home, 'window'));
}

const quitQuestion = new QuitQuestion();
let window: BrowserWindow | null = null;
let leaving = false;

if (app.requestSingleInstanceLock()) {
  denyEverything((contents, url) => quitQuestion.navigated(contents, url));
  app.on('second-instance', focusWindow);
  // Not awaited here: Electron gets ready only once this module is through.
  void app.whenReady().then(run).catch(fail);
} else {
  app.exit(0);
}

function fail(error: unknown): void {
  console.error(error);
  app.exit(1);
}

function startTill(): ScreenTill {
  const locale = localeOf(app.getPreferredSystemLanguages()[0] ?? app.getLocale());
  const open: ScreenTillOptions['open'] = (onTask) =>
    openTill({
      home, locale, onTask,
      mode: given.training === true ? 'training' : 'auto',
      codeDigits: screenCodeDigits,
      logToStandardError: false,
      withScanners: true,
      ownerAccess: false,
      spawnDevices: () => utilityChild(devicesModule),
    });
  return startScreenTill({ open, checkChain: checkWholeChain, locale });
}

function run(): void {
  removeMenu();
  const workstation = openWorkstation();
  // In memory alone: the page leaves nothing on this machine.
  const session = sessions.fromPartition('till', { cache: false });
  denyPermissions(session);
  serveScreens(session, screensFolder, (pathname) => quitQuestion.page(pathname));
  // The page's process starts while this one opens the journal; what the page asks meanwhile waits for the till.
  const opened = openTillWindow({
    session, workstation,
    preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)),
    onClose: () => void leaveTill(till, session),
    onShown: () => till.note('window shown', { milliseconds: Math.round(performance.now()) }),
    onCrash: (reason) => till.note('the page crashed and is loaded again', { reason }),
  });
  window = opened;
  const till = startTill();
  const displays = new CustomerDisplays();
  answerCalls({ till, workstation, window: opened, displays });
  showToCustomer({
    session, workstation, displays,
    till: opened,
    preload: fileURLToPath(new URL('./display-preload.cjs', import.meta.url)),
    asked: askedDisplay(given['customer-display'] ?? process.env['SCANTILL_CUSTOMER_DISPLAY']),
  });
  app.on('before-quit', (event) => {
    if (leaving) return;
    event.preventDefault();
    void leaveTill(till, session);
  });
  // The system or whoever started us wants an end: what is open is durable and needs no answer (CASES 31).
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void endTill(till));
}

function focusWindow(): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

let asking = false;

/** Quitting waits for open payments, or is said aloud (CASES 31). */
async function leaveTill(till: ScreenTill, session: Electron.Session): Promise<void> {
  if (leaving || asking) return;
  const openCount = till.openCount();
  if (openCount > 0 && window !== null && !window.isDestroyed()) {
    asking = true;
    const answer = await quitQuestion.ask(window, session, openCount, till.locale());
    asking = false;
    if (answer === 'wait') return;
  }
  await endTill(till);
}

async function endTill(till: ScreenTill): Promise<void> {
  if (leaving) return;
  leaving = true;
  window?.hide();
  await till.close();
  app.exit(0);
}

/** The keys are the till's; macOS alone needs a menu for copying and quitting. */
function removeMenu(): void {
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null);
}
